"""Exports: what an animation can be taken away as, ordered, made by a worker and kept as an artefact."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from billing import entitlements
from billing.entitlements import Answer
from billing.tiers import Feature
from core.errors import DomainError
from generation import drafts, feedback, orders, queue
from generation.engine import drafting, knobs
from generation.engine.drafting import Draft
from generation.engine.errors import Cancelled, RequestFault
from generation.engine.exports import formats
from generation.engine.exports.captions import read_webvtt
from generation.engine.exports.formats import FORMATS, Format
from generation.engine.exports.material import Material, Part
from generation.engine.languages import ENGLISH
from generation.engine.pipeline import Animation
from generation.engine.types import Event, Fault
from generation.models import Job
from generation.scribe import Scribe
from generation.signing import file_name
from projects import storage
from projects.models import Artefact, Revision
from projects.permissions import require_edit
from projects.selectors import variants_for
from projects.services import publish_artefact, stored_files, variant_for

WORDS = {
    "slides": (
        gettext_lazy("Slides"),
        gettext_lazy("PowerPoint, Keynote, Google Slides: a scene a slide, with notes"),
    ),
    "deck": (gettext_lazy("Web deck"), gettext_lazy("One HTML file that plays without a network")),
    "handout": (gettext_lazy("Hand-out"), gettext_lazy("PDF to print: a picture of each scene, three questions")),
    "webm": (gettext_lazy("WebM video"), gettext_lazy("For wikis and pages that take no MP4")),
    "gif": (gettext_lazy("GIF"), gettext_lazy("Plays anywhere, without captions")),
    "sheet": (gettext_lazy("Contact sheet"), gettext_lazy("JPEG: three pictures of each scene")),
    "transcript": (gettext_lazy("Transcript"), gettext_lazy("What is shown and said, as text")),
    "notebook": (gettext_lazy("Notebook"), gettext_lazy("Jupyter: the code, ready to run and change")),
    "scorm12": (gettext_lazy("SCORM 1.2"), gettext_lazy("For Moodle, Canvas and others: reports how much was watched")),
    "scorm2004": (gettext_lazy("SCORM 2004"), gettext_lazy("4th edition, for platforms that ask for it")),
    "h5p": (gettext_lazy("H5P"), gettext_lazy("Interactive video that stops after each scene and asks")),
    "moodle": (gettext_lazy("Moodle questions"), gettext_lazy("Moodle XML: match scenes, and three to write about")),
    "cartridge": (gettext_lazy("Common Cartridge"), gettext_lazy("A page and questions for any learning platform")),
    "zip": (gettext_lazy("Everything"), gettext_lazy("Zip: video, picture, captions, transcript, code")),
}


WITHOUT_PICTURES = {"transcript", "notebook"}


@dataclass(frozen=True, slots=True)
class Export:
    """A format beside what there is of it: the file, or the job that makes it, or neither."""

    format: Format
    artefact: Artefact | None
    job: Job | None
    may: Answer

    @property
    def label(self) -> Any:
        """What it is called."""
        return WORDS[self.format.name][0]

    @property
    def note(self) -> Any:
        """What it is good for."""
        return WORDS[self.format.name][1]

    @property
    def is_being_made(self) -> bool:
        """Whether a job for it waits or runs."""
        return self.job is not None and not self.job.is_final


@dataclass(frozen=True, slots=True)
class Made:
    """An export's file, the variant it is, and the film that was drawn for it, if one was."""

    file: Path
    variant: str
    drawn: Animation | None


def order(*, user: User, revision: Revision, name: str, idempotency_key: str = "") -> Job:
    """Queue an export of a revision; one that waits or runs already is returned as it is.

    Raises DomainError "not_found" for others, "format", "no_video" before the video is made, "tier_export" for a format
    that her tier lacks, and as `services.submit` "too_many_jobs" and "idempotency_conflict".
    """
    require_edit(user, revision.animation)
    if name not in FORMATS:
        names = ", ".join(FORMATS)
        raise DomainError(
            "format", _("There is no such format."), hint=_("Choose one of: %(names)s.") % {"names": names}
        )
    video = video_of(user, revision)
    if video is None:
        raise DomainError(
            "no_video", _("There is no video to export yet."), status=409, hint=_("Wait until it is made.")
        )
    entitlements.of(user).require(Feature.EXPORT, name)
    asked = {"revision": str(revision.pk), "format": name}
    request = orders.Request(user, Job.Kind.EXPORT, idempotency_key, orders.digest(asked))
    if (earlier := request.earlier() or _unfinished(revision, name)) is not None:
        return earlier
    return request.enqueue(
        lambda: Job(
            animation=revision.animation,
            parent=revision,
            quality=video.quality,
            prompt=revision.prompt,
            draft={"export": name, "storyboard": revision.storyboard},
        )
    )


def overview(user: User, revision: Revision) -> list[Export]:
    """Return every format with what there is of it for her; one with the mark is none where she may have it without."""
    files = {one.kind: one for one in variants_for(user, revision.artefacts.all())}
    entitlement = entitlements.as_kept(user)
    if entitlement.may(Feature.CLEAN):
        files = {kind: one for kind, one in files.items() if one.variant != Artefact.Variant.MARKED}
    jobs = {job.draft["export"]: job for job in _jobs(revision).order_by("created")}
    return [
        Export(each, files.get(each.name), jobs.get(each.name), entitlement.may(Feature.EXPORT, each.name))
        for each in FORMATS.values()
    ]


def video_of(user: User, revision: Revision) -> Artefact | None:
    """Return the best video of a revision that she may have."""
    videos = {one.quality: one for one in _files(user, revision) if one.kind == Artefact.Kind.VIDEO}
    return next((videos[quality] for quality in reversed(Job.QualityChoice.values) if quality in videos), None)


def has_to_be_drawn(job: Job, *, marked: bool) -> bool:
    """Whether the film is there with the mark only, although the export may go without: it was made before she paid."""
    video = video_of(job.owner, job.parent) if job.parent is not None else None
    needs_pictures = job.draft["export"] not in WITHOUT_PICTURES
    return not marked and needs_pictures and video is not None and video.variant == Artefact.Variant.MARKED


def draft_of(revision: Revision) -> Draft:
    """Return what a revision was drawn from, to draw just that once more: nothing is written anew."""
    storyboard = drafts.storyboard_from_json(revision.storyboard)
    return drafting.redraft(revision.source, storyboard, {}, title=revision.title, template=revision.template)


def make(job: Job, out: Path, scribe: Scribe, drawn: Animation | None = None) -> Made:
    """Make the file of an export job in the folder `out`, of the film just `drawn` where one was.

    Raises Cancelled, RequestFault and OSError.
    """
    if job.parent is None:
        raise RequestFault(Fault("no_video", "The version to export is gone.", hint="Export the newest version."))
    told = -1

    def tell(share: float) -> None:
        nonlocal told
        if scribe.should_stop():
            raise Cancelled
        if (percent := math.floor(share * 20) * 5) > told:
            told = percent
            scribe.event(Event("progress", {"percent": percent}))

    out.mkdir(parents=True, exist_ok=True)
    scribe.event(Event("stage", {"stage": "exporting"}))
    video = video_of(job.owner, job.parent)
    material = _material(job, job.parent, out, video, drawn)
    wanted = FORMATS[job.draft["export"]]
    file = formats.make(wanted.name, material, out / f"export{wanted.suffix}", tell)
    variant = str(Artefact.Variant.PLAIN)
    if wanted.name not in WITHOUT_PICTURES:
        variant = variant_for(job.parent, marked=False) if drawn or video is None else video.variant
    return Made(file, variant, drawn)


def deliver(claimed: queue.Claim, made: Made) -> None:
    """Keep what was made as artefacts of the job's revision and close the job, unless it was cancelled."""
    drawn = made.drawn
    films = {"video": drawn.video, "poster": drawn.poster} if drawn is not None else {}
    with stored_files({"file": made.file, **films}) as stored, queue.held(claimed) as job:
        if job.cancel_requested or job.parent is None:
            queue.close(job, Job.State.CANCELLED)
            return
        wanted = FORMATS[job.draft["export"]]
        if drawn is not None:
            _keep_film(job.parent, job.quality, drawn.seconds, stored)
        artefact = publish_artefact(
            revision=job.parent,
            kind=wanted.name,
            quality="",
            source=stored.pop("file"),
            content_type=wanted.content_type,
            variant=made.variant,
        )
        job.revision = job.parent
        data = {"artefacts": [{"id": str(artefact.pk), "kind": artefact.kind, "quality": ""}]}
        queue.close(job, Job.State.SUCCEEDED, data=data)
        feedback.exported(job)


def _keep_film(revision: Revision, quality: str, seconds: float, stored: dict[str, storage.Stored]) -> None:
    variant = variant_for(revision, marked=False)
    for kind, content_type, length in (("video", "video/mp4", seconds), ("poster", "image/jpeg", None)):
        publish_artefact(
            revision=revision,
            kind=kind,
            quality=quality,
            source=stored.pop(kind),
            content_type=content_type,
            seconds=length,
            variant=variant,
        )


def _files(user: User, revision: Revision) -> list[Artefact]:
    return list(variants_for(user, Artefact.objects.filter(revision=revision)))


def _jobs(revision: Revision) -> Any:
    return Job.objects.filter(kind=Job.Kind.EXPORT, parent=revision)


def _unfinished(revision: Revision, name: str) -> Job | None:
    waiting = _jobs(revision).filter(state__in=[Job.State.QUEUED, Job.State.RUNNING])
    return next((job for job in waiting if job.draft["export"] == name), None)


def _material(job: Job, revision: Revision, folder: Path, video: Artefact | None, drawn: Animation | None) -> Material:
    wanted = ("", video.quality if video else "")
    files = {one.kind: one for one in _files(job.owner, revision) if one.quality in wanted}
    films = {"video": drawn.video, "poster": drawn.poster} if drawn is not None else {}
    paths = {kind: films.get(kind) or _fetch(files[kind], folder) for kind in ("video", "poster", "captions", "script")}
    scenes = [scene for scene in revision.storyboard["scenes"] if scene.get("state") in (None, "rendered", "cached")]
    parts = tuple(
        Part(scene["title"], scene["shown"], scene["said"], scene["start"], scene["seconds"]) for scene in scenes
    )
    return Material(
        title=revision.title,
        stem=Path(file_name(files["video"])).stem,
        video=paths["video"],
        poster=paths["poster"],
        captions=read_webvtt(paths["captions"].read_text(encoding="utf-8")),
        script=paths["script"].read_text(encoding="utf-8"),
        parts=parts,
        knobs=tuple(knobs.extract(revision.source)),
        understood=tuple(revision.understood),
        prompt=revision.prompt,
        language=revision.storyboard.get("language", ENGLISH),
        address=_address(revision),
    )


def _address(revision: Revision) -> str:
    path = reverse("studio", args=[revision.animation_id])
    return f"{settings.SITE_URL}{path}" if settings.SITE_URL else ""


def _fetch(artefact: Artefact, folder: Path) -> Path:
    path = folder / f"{artefact.kind}{Path(artefact.file).suffix}"
    with path.open("wb") as copy:
        for piece in storage.current().read(artefact.file, 0, artefact.size):
            copy.write(piece)
    return path

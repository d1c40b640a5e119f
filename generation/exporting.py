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
from core.errors import DomainError
from generation import feedback, orders, queue
from generation.engine import knobs
from generation.engine.errors import Cancelled, RequestFault
from generation.engine.exports import formats
from generation.engine.exports.captions import read_webvtt
from generation.engine.exports.formats import FORMATS, Format
from generation.engine.exports.material import Material, Part
from generation.engine.languages import ENGLISH
from generation.engine.types import Event, Fault
from generation.models import Job
from generation.scribe import Scribe
from generation.signing import file_name
from projects import storage
from projects.models import Artefact, Revision
from projects.permissions import require_edit
from projects.services import publish_artefact, stored_files

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
    "zip": (gettext_lazy("Everything"), gettext_lazy("Zip: video, picture, captions, transcript, code")),
}


@dataclass(frozen=True, slots=True)
class Export:
    """A format beside what there is of it: the file, or the job that makes it, or neither."""

    format: Format
    artefact: Artefact | None
    job: Job | None

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


def order(*, user: User, revision: Revision, name: str, idempotency_key: str = "") -> Job:
    """Queue an export of a revision; one that waits or runs already is returned as it is.

    Raises DomainError "not_found" for others, "format", "no_video" before the video is made, and as `services.submit`
    "too_many_jobs" and "idempotency_conflict".
    """
    require_edit(user, revision.animation)
    if name not in FORMATS:
        names = ", ".join(FORMATS)
        raise DomainError(
            "format", _("There is no such format."), hint=_("Choose one of: %(names)s.") % {"names": names}
        )
    video = video_of(revision)
    if video is None:
        raise DomainError(
            "no_video", _("There is no video to export yet."), status=409, hint=_("Wait until it is made.")
        )
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


def overview(revision: Revision) -> list[Export]:
    """Return every format with what there is of it for a revision."""
    files = {one.kind: one for one in revision.artefacts.all()}
    jobs = {job.draft["export"]: job for job in _jobs(revision).order_by("created")}
    return [Export(each, files.get(each.name), jobs.get(each.name)) for each in FORMATS.values()]


def video_of(revision: Revision) -> Artefact | None:
    """Return the best video there is of a revision."""
    return revision.artefacts.filter(kind=Artefact.Kind.VIDEO, quality=orders.best_quality(revision)).first()


def make(job: Job, out: Path, scribe: Scribe) -> Path:
    """Make the file of an export job in the folder `out`. Raises Cancelled, RequestFault and OSError."""
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
    material = _material(job.parent, out)
    wanted = FORMATS[job.draft["export"]]
    return formats.make(wanted.name, material, out / f"export{wanted.suffix}", tell)


def deliver(claimed: queue.Claim, made: Path) -> None:
    """Keep the file as an artefact of the job's revision and close the job, unless it was cancelled."""
    with stored_files({"file": made}) as stored, queue.held(claimed) as job:
        if job.cancel_requested or job.parent is None:
            queue.close(job, Job.State.CANCELLED)
            return
        wanted = FORMATS[job.draft["export"]]
        artefact = publish_artefact(
            revision=job.parent,
            kind=wanted.name,
            quality="",
            source=stored.pop("file"),
            content_type=wanted.content_type,
        )
        job.revision = job.parent
        data = {"artefacts": [{"id": str(artefact.pk), "kind": artefact.kind, "quality": ""}]}
        queue.close(job, Job.State.SUCCEEDED, data=data)
        feedback.exported(job)


def _jobs(revision: Revision) -> Any:
    return Job.objects.filter(kind=Job.Kind.EXPORT, parent=revision)


def _unfinished(revision: Revision, name: str) -> Job | None:
    waiting = _jobs(revision).filter(state__in=[Job.State.QUEUED, Job.State.RUNNING])
    return next((job for job in waiting if job.draft["export"] == name), None)


def _material(revision: Revision, folder: Path) -> Material:
    video = video_of(revision)
    files = {one.kind: one for one in revision.artefacts.all() if one.quality in ("", video.quality if video else "")}
    paths = {kind: _fetch(files[kind], folder) for kind in ("video", "poster", "captions", "script")}
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

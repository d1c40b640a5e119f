"""Reads what is there after a soak: jobs, events, revisions, and every file, opened and played."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import av
from django.conf import settings

from generation import worker
from generation.models import Job
from projects.models import Artefact, Revision
from projects.services import sweep_orphans
from tests.soak.checks import SeenFile, SeenJob
from tests.soak.injecting import COSTS_AN_ATTEMPT, Injection

MOMENT_SECONDS = 3.0  # harm is noticed a little later than it is done


def jobs() -> list[SeenJob]:
    """Read every job, and look into its files."""
    whole: dict[str, str] = {}
    found = []
    for job in Job.objects.order_by("created").prefetch_related("events"):
        artefacts = Artefact.objects.filter(revision=job.revision_id) if job.revision_id else Artefact.objects.none()
        files = []
        for artefact in artefacts:
            if artefact.file not in whole:
                whole[artefact.file] = wrong_with(artefact)
            files.append(SeenFile(artefact.file, artefact.kind, whole[artefact.file]))
        events = sorted((event.seq, event.kind, event.data) for event in job.events.all())
        found.append(
            SeenJob(
                id=str(job.pk),
                animation=str(job.animation_id),
                key=job.idempotency_key,
                state=job.state,
                attempt=job.attempt,
                last_seq=job.last_seq,
                cancel_requested=job.cancel_requested,
                fault=job.fault,
                revision=str(job.revision_id) if job.revision_id else None,
                events=events,
                files=files,
            )
        )
    return found


def wrong_with(artefact: Artefact) -> str:
    """Say what is wrong with an artefact's file; a video is decoded from its first to its last frame."""
    path = artefact.path
    if not path.is_file():
        return "is not there"
    content = path.read_bytes()
    if (len(content), hashlib.sha256(content).hexdigest()) != (artefact.size, artefact.sha256):
        return "is not what was recorded"
    if artefact.kind == Artefact.Kind.VIDEO:
        try:
            with av.open(str(path)) as video:
                frames = sum(1 for _frame in video.decode(video=0))
        except av.FFmpegError as error:
            return f"does not play: {error}"
        if frames == 0:
            return "has no frame"
    return ""


def revisions() -> dict[str, int]:
    """Count the revisions of each animation."""
    return dict(Counter(str(animation) for animation in Revision.objects.values_list("animation", flat=True)))


def clean() -> int:
    """Do the hourly cleaning as if the hour had passed; return how many files without a row it removed."""
    removed = sweep_orphans(older_than=0)
    worker.LEFTOVER_AGE_SECONDS = 0.0
    worker.clean()
    return removed


def files_on_disk() -> list[str]:
    """Names of all files in the store."""
    root = Path(settings.MEDIA_ROOT)
    return [path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()]


def known_files() -> list[str]:
    """Names of all files that have a row."""
    return list(Artefact.objects.values_list("file", flat=True))


def boxes_in(folder: Path) -> list[str]:
    """What crashed work left in the data folder: unfinished work, and temporary files of workers and site.

    ONNX Runtime keeps one small file of its own, whatever becomes of the process.
    """
    return [str(path) for name in ("work", "tmp") for path in (folder / name).glob("*") if path.name != ".ses"]


def hits(injections: Iterable[Injection]) -> dict[str, int]:
    """Count for each job the harm that was done while it was alive and may have cost it an attempt."""
    times = [one.at for one in injections if one.kind in COSTS_AN_ATTEMPT]
    found = {}
    for job in Job.objects.all():
        first = job.events.filter(kind="started").order_by("seq").first()
        if first is not None and job.finished is not None:
            begin, end = first.created.timestamp() - MOMENT_SECONDS, job.finished.timestamp() + MOMENT_SECONDS
            found[str(job.pk)] = sum(begin - 20 <= at <= end for at in times)
    return found


def recoveries() -> dict[str, int]:
    """Count how often jobs went back in line, by reason."""
    reasons: Counter[str] = Counter()
    for job in Job.objects.prefetch_related("events"):
        reasons.update(e.data["reason"] for e in job.events.all() if e.kind == "queued" and e.seq > 1)
    return dict(reasons)


def seconds_to_end() -> list[float]:
    """Seconds from submit to end of every job that succeeded, in order."""
    done: Any = Job.objects.filter(state=Job.State.SUCCEEDED, finished__isnull=False)
    return sorted((job.finished - job.created).total_seconds() for job in done)

"""What somebody may know of jobs, and how the queue does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet, Sum
from django.db.models.functions import Now

from generation import film, manuscript, periods
from generation.film import Reel
from generation.models import CheckTick, Job, JobEvent, Worker
from generation.previews import Preview, load
from projects.models import Revision
from projects.selectors import animations_editable_by


def jobs_visible_to(user: Any) -> QuerySet[Job]:
    """Jobs of animations `user` may change, newest first."""
    editable = animations_editable_by(user).select_related(None).order_by().values("pk")
    return Job.objects.filter(animation__in=editable).select_related("animation__project", "revision", "owner")


def drawing(jobs: QuerySet[Job]) -> QuerySet[Job]:
    """Those of the jobs that draw an animation; exports only copy one that is there."""
    return jobs.exclude(kind=Job.Kind.EXPORT)


def latest_job(user: Any, animation_id: Any) -> Job | None:
    """The newest job that draws an animation: the one its page follows."""
    drawn = drawing(jobs_visible_to(user).filter(animation=animation_id))
    return drawn.order_by("-created", "-id").first()


def ticked(user: Any, revision: Revision) -> frozenset[str]:
    """Keys of the items that this person has checked on a revision's card."""
    return frozenset(CheckTick.objects.filter(user=user, revision=revision).values_list("key", flat=True))


def events_after(job: Job, seq: int) -> QuerySet[JobEvent]:
    """The job's events with a number above `seq`, in order."""
    events: QuerySet[JobEvent] = JobEvent.objects.filter(job=job, seq__gt=seq)
    return events.order_by("seq")


def latest_preview(job: Job) -> Preview | None:
    """The last frame drawn so far, while it is remembered."""
    return load(job.pk)


def latest_reel(job: Job) -> Reel | None:
    """How much of a running job's video can be played already, while that is remembered."""
    return film.load(job.pk) if job.state == Job.State.RUNNING else None


def latest_code(job: Job) -> dict[str, str] | None:
    """What a model has written so far for a running job, by scene, while that is remembered."""
    return manuscript.load(job.pk) if job.state == Job.State.RUNNING and job.draft.get("writer") else None


def film_segments(job: Job, *, run: int, scene: str, after: int, to: int) -> bytes | None:
    """Segments `after` + 1 to `to` of a scene, put together; None unless all of them are there."""
    return film.segments(job.pk, run=run, scene=scene, after=after, to=to)


@dataclass(frozen=True, slots=True)
class QueueHealth:
    """How the queue does. `fault` says why a live worker refuses work; None where one is ready or none lives."""

    live_workers: int
    ready_workers: int
    slots: int
    waiting: int
    running: int
    fault: dict[str, Any] | None

    @property
    def state(self) -> str:
        """`ready`, `refusing` (a worker lives but may not work) or `no_worker`."""
        if self.ready_workers:
            return "ready"
        return "refusing" if self.live_workers else "no_worker"


def queue_health() -> QueueHealth:
    """Look at the workers that beat within a lease, and at the jobs that wait and run."""
    live = Worker.objects.filter(seen__gt=Now() - periods.lease())
    ready = live.filter(ready=True)
    refusing = None if ready.exists() else live.filter(ready=False).first()
    return QueueHealth(
        live_workers=live.count(),
        ready_workers=ready.count(),
        slots=ready.aggregate(total=Sum("slots"))["total"] or 0,
        waiting=Job.objects.filter(state=Job.State.QUEUED).count(),
        running=Job.objects.filter(state=Job.State.RUNNING).count(),
        fault=refusing.fault if refusing else None,
    )

"""What lies on a teacher's shelf: her running jobs and her animations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from django.db.models import Prefetch

from generation import selectors as jobs
from generation.models import Job, JobEvent
from generation.signing import artefact_path
from pages import examples
from projects import comments
from projects import selectors as projects
from projects.models import Animation, Artefact

SHOWN = 60
NOTICES = 10


@dataclass(frozen=True, slots=True)
class Tile:
    """An animation as a picture with a title."""

    animation: Animation
    poster: str
    seconds: float | None
    state: str


@dataclass(frozen=True, slots=True)
class Running:
    """A job that is not finished; `percent` is None before its drawing has begun."""

    job: Job
    percent: float | None


def of(user: Any) -> dict[str, Any]:
    """Context of the dashboard's shelf."""
    told = comments.notices_for(user)[:NOTICES]
    return {"running": running(user), "tiles": tiles(user), "starters": examples.starters(), "notices": told}


def running(user: Any) -> list[Running]:
    """Unfinished jobs, oldest first, with the last percent each one told."""
    unfinished = list(
        jobs.drawing(jobs.jobs_visible_to(user))
        .filter(state__in=[Job.State.QUEUED, Job.State.RUNNING])
        .select_related("animation")
        .order_by("created")
    )
    told = JobEvent.objects.filter(job__in=unfinished, kind="progress").order_by("seq")
    percents = {event.job_id: event.data.get("percent") for event in told}
    return [Running(job, percents.get(job.pk)) for job in unfinished]


def tiles(user: Any) -> list[Tile]:
    """The newest animations that are not being made for the first time."""
    files = Artefact.objects.filter(kind__in=[Artefact.Kind.POSTER, Artefact.Kind.VIDEO])
    shown = projects.variants_for(user, files)
    states = jobs.drawing(Job.objects.all()).only("animation_id", "state", "created").order_by("-created")
    animations = projects.animations_owned_by(user).prefetch_related(
        Prefetch("current_revision__artefacts", queryset=shown, to_attr="shown"),
        Prefetch("jobs", queryset=states, to_attr="newest_jobs"),
    )
    found = []
    heavy = ("current_revision__source", "current_revision__storyboard")
    for animation in animations.defer(*heavy).order_by("-updated")[:SHOWN]:
        newest = cast("list[Job]", animation.newest_jobs)  # the prefetch above made it
        latest = newest[0] if newest else None
        if animation.current_revision is None and latest is not None and not latest.is_final:
            continue
        found.append(_tile(user, animation, latest))
    return found


def _tile(user: Any, animation: Any, latest: Job | None) -> Tile:
    artefacts = animation.current_revision.shown if animation.current_revision else []
    poster = next((one for one in artefacts if one.kind == Artefact.Kind.POSTER), None)
    video = next((one for one in artefacts if one.kind == Artefact.Kind.VIDEO), None)
    return Tile(
        animation=animation,
        poster=artefact_path(poster, user, inline=True) if poster else "",
        seconds=video.seconds if video else None,
        state=latest.state if latest else "",
    )

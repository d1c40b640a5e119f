"""Tells those named in the settings what somebody did with an animation. Whether anything is kept is theirs to say."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from generation import rewriting
from generation.models import Job
from projects.models import Revision

ACCEPTED, EDITED, REGENERATED, REPAIRED = "accepted", "edited", "regenerated", "repaired"


def made(job: Job) -> None:
    """A job delivered its revision: somebody changed in words what was there, or had the same request made again."""
    if job.revision is None or job.kind != Job.Kind.GENERATE:
        return
    if rewriting.is_wish(job.draft):
        _tell(EDITED, job, job.revision, before=job.parent.source if job.parent else "")
        return
    earlier = job.animation.revisions.filter(prompt=job.prompt).exclude(pk=job.revision.pk).order_by("-number").first()
    if earlier is not None and earlier.source != job.revision.source:
        _tell(REGENERATED, job, job.revision, before=earlier.source)


def exported(job: Job) -> None:
    """Somebody takes a revision away to use it: the plainest sign that it is good."""
    if job.revision is not None:
        _tell(ACCEPTED, job, job.revision)


def repaired(job: Job, before: str, after: str, faults: Sequence[str]) -> None:
    """A model mended a scene that did not run."""
    _send(
        REPAIRED,
        job,
        subject=str(job.pk),
        prompt=job.prompt,
        before=before,
        after=after,
        model=settings.MODEL_NAME,
        faults=faults,
    )


def _tell(kind: str, job: Job, revision: Revision, *, before: str = "") -> None:
    model = revision.template or settings.MODEL_NAME
    about = str(revision.pk)
    _send(kind, job, subject=about, prompt=revision.prompt, before=before, after=revision.source, model=model)


def _send(
    kind: str, job: Job, *, subject: str, prompt: str, before: str, after: str, model: str, faults: Sequence[str] = ()
) -> None:
    """After the commit, and whatever comes of it: feedback is no reason to fail a job."""
    for path in settings.FEEDBACK_LISTENERS:
        listener = partial(
            import_string(path),
            kind=kind,
            user=job.owner,
            subject=subject,
            prompt=prompt,
            before=before,
            after=after,
            model=model,
            faults=tuple(faults),
        )
        transaction.on_commit(listener, robust=True)

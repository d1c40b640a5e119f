"""Tells those named in the settings what somebody did with an animation. Whether anything is kept is theirs to say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

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


def drafted(job: Job, adapter: str, mended: Sequence[tuple[str, str, Sequence[str]]], *, paying: bool) -> None:
    """A model wrote the draft of a job; of scenes that it mended, `mended` holds what did not run and what does."""
    model = adapter or settings.MODEL_NAME
    for before, after, faults in mended:
        about = str(job.pk)
        _send(REPAIRED, job, subject=about, prompt=job.prompt, before=before, after=after, model=model, faults=faults)
    if not job.draft.get("template") and not rewriting.is_wish(job.draft):
        facts = {"job": str(job.pk), "prompt": job.prompt, "storyboard": job.draft["storyboard"]}
        _after_commit(settings.DRAFT_LISTENERS, {**facts, "served": adapter, "paying": paying})


def _tell(kind: str, job: Job, revision: Revision, *, before: str = "") -> None:
    model = revision.template or settings.MODEL_NAME
    about = str(revision.pk)
    _send(kind, job, subject=about, prompt=revision.prompt, before=before, after=revision.source, model=model)


def _send(
    kind: str, job: Job, *, subject: str, prompt: str, before: str, after: str, model: str, faults: Sequence[str] = ()
) -> None:
    facts = {"kind": kind, "user": job.owner, "subject": subject, "prompt": prompt}
    code = {"before": before, "after": after, "model": model, "faults": tuple(faults)}
    _after_commit(settings.FEEDBACK_LISTENERS, {**facts, **code})


def _after_commit(listeners: Sequence[str], facts: Mapping[str, Any]) -> None:
    """Tell them once it is true, and whatever comes of it: no listener is a reason to fail a job."""
    for path in listeners:

        def tell(path: str = path) -> None:
            import_string(path)(**facts)

        transaction.on_commit(tell, robust=True)

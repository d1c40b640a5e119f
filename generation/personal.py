"""What the jobs of a person say, for her to take away."""

from __future__ import annotations

from collections.abc import Iterator

from accounts.models import User
from core.personal import Part, table
from generation.models import Board, CheckTick, CodeDraft, Job, JobEvent


def data(user: User) -> Iterator[Part]:
    """Return her jobs with their events, her ticks on cards, and storyboards that she has not drawn yet."""
    yield table("generation/jobs", Job.objects.filter(owner=user), leave_out=["lease_owner", "lease_until", "fence"])
    yield table("generation/job_events", JobEvent.objects.filter(job__owner=user))
    yield table("generation/checks_ticked", CheckTick.objects.filter(user=user))
    drafts = CodeDraft.objects.filter(animation__project__owner=user)
    yield table("generation/code_drafts", drafts)
    yield table("generation/storyboards", Board.objects.filter(animation__project__owner=user))

"""Upkeep of the ledger: what a job took of its owner's month ends with the job, whatever became of it."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone

from billing import quota
from billing import services as billing
from generation.models import Job

SETTLING = timedelta(minutes=1)  # younger reservations are left alone
AT_A_TIME = 500


def upkeep() -> None:
    """End reservations whose job is over or gone, and let tiers that ran out by the clock run out. Safe at any time."""
    heal_ledger()
    billing.refresh_due()


def heal_ledger() -> int:
    """Write the ends that are missing in the ledger; return how many there were.

    A job's end and its line in the ledger are one transaction, so only a job that was deleted with its animation, or
    one ended by hand, leaves any.
    """
    alive = Job.objects.filter(pk=OuterRef("job"), state__in=[Job.State.QUEUED, Job.State.RUNNING])
    old = quota.open_reservations().filter(created__lt=timezone.now() - SETTLING).exclude(Exists(alive))
    waiting = list(old.order_by("created").values_list("job", flat=True)[:AT_A_TIME])
    states = dict(Job.objects.filter(pk__in=waiting).values_list("pk", "state"))
    made = [job for job in waiting if states.get(job) == Job.State.SUCCEEDED]
    over = [job for job in waiting if states.get(job) in {None, Job.State.FAILED, Job.State.CANCELLED}]
    quota.heal(made=made, over=over)
    return len(made) + len(over)

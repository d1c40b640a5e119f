"""The job queue: claim, keep, hand back and sweep leases. Every step is one short transaction on the job's row.

Leases are measured by the database's clock, so workers on different machines agree. A worker's write passes
only `held`, which demands the fence of its own claim; see docs/jobs.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Now
from django.utils.functional import cached_property

from accounts.tiers import Tier
from billing import quota
from core.after_commit import after_commit
from generation import fairness, periods
from generation.dispatch import wake
from generation.engine.types import Fault
from generation.events import record
from generation.fairness import Start
from generation.faults import WORKER_LOST, to_json
from generation.models import Job

CLAIM_TRIES = 20


class LeaseLost(Exception):
    """The job is no longer this worker's: nothing may be written for it any more."""


@dataclass(frozen=True, slots=True)
class Place:
    """What a claim would take: a job, the turn it goes on, whose turn that was, and the turn that is left for that."""

    job_id: UUID
    turn: float
    head_id: UUID
    turn_left: float


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to run one job, valid until another claim raises the fence."""

    job_id: UUID
    fence: int
    attempt: int


def join(job: Job, *, tier: str, video_seconds: float) -> None:
    """Give a new job its place in line. The caller holds a lock on the owner's row: her jobs join one by one."""
    job.tier, job.cost = Tier(tier), fairness.expected_cost(video_seconds, job.quality)
    hers = Job.objects.filter(owner=job.owner)
    waiting = hers.filter(state=Job.State.QUEUED).count()
    counted = hers.filter(Q(state=Job.State.QUEUED) | Q(started__isnull=False))
    last = counted.order_by("-turn").values_list("tier", "cost", "turn").first()
    job.turn = fairness.joining_turn(fairness.clock(_recent()), Start(*last) if last else None, waiting)


def claim(owner: str) -> Claim | None:
    """Give the next job in line to worker `owner`, or None where nothing waits."""
    for _try in range(CLAIM_TRIES):
        place = next_in_line()
        if place is None:
            return None
        with transaction.atomic():
            taken = take(place.job_id, owner)
            if taken is not None:
                _settle(place)
                return taken
    return None


def next_in_line() -> Place | None:
    """Return the job to run next: of the person whose turn it is (`fairness`), her most urgent, then oldest one."""
    recent = _recent()
    head = fairness.choose(_Line(), recent)
    if head is None:
        return None
    hers = Job.objects.filter(state=Job.State.QUEUED, owner=head.owner_id, tier=head.tier)
    job = hers.order_by("-priority", "created", "pk").first() or head
    turn = fairness.started_turn(head.turn, fairness.clock(recent), job.cost)
    return Place(job.pk, turn, head.pk, job.turn)


def take(job_id: UUID, owner: str) -> Claim | None:
    """Claim one job by a single conditional update. Return None where somebody else was faster."""
    with transaction.atomic():
        taken = Job.objects.filter(pk=job_id, state=Job.State.QUEUED).update(
            state=Job.State.RUNNING,
            fence=F("fence") + 1,
            attempt=F("attempt") + 1,
            lease_owner=owner,
            lease_until=Now() + periods.lease(),
            started=Now(),
        )
        if not taken:
            return None
        job = Job.objects.get(pk=job_id)
        record(job, "started", {"attempt": job.attempt})
    return Claim(job.pk, job.fence, job.attempt)


@contextmanager
def held(claimed: Claim) -> Iterator[Job]:
    """Open a transaction in which the job is surely still the claimer's, its row locked. Raises LeaseLost."""
    with transaction.atomic():
        job = (
            Job.objects.select_for_update()
            .filter(pk=claimed.job_id, fence=claimed.fence, state=Job.State.RUNNING)
            .first()
        )
        if job is None:
            raise LeaseLost
        yield job


def prolong(owner: str, claims: Sequence[Claim]) -> set[UUID]:
    """Renew the leases of `owner`'s claims; return the jobs that are still its own."""
    kept = set()
    for claimed in claims:
        renewed = Job.objects.filter(
            pk=claimed.job_id, fence=claimed.fence, lease_owner=owner, state=Job.State.RUNNING
        ).update(lease_until=Now() + periods.lease())
        if renewed:
            kept.add(claimed.job_id)
    return kept


def hand_back(claimed: Claim) -> None:
    """Put a claimed job back in line without counting the attempt. Raises LeaseLost."""
    with held(claimed) as job:
        if job.cancel_requested:
            close(job, Job.State.CANCELLED)
        else:
            _requeue(job, reason="worker_stopping", attempt=job.attempt - 1)


def retry(claimed: Claim, fault: Fault) -> None:
    """Put a job back in line after a fault of ours, or park it at the last attempt. Raises LeaseLost."""
    with held(claimed) as job:
        _again_or_park(job, fault)


def close(job: Job, state: Job.State, *, fault: Fault | None = None, data: Mapping[str, Any] | None = None) -> None:
    """Write the final state, its event and the end of what it reserved of the month.

    The caller holds the row lock and knows that the job is not final.
    """
    job.state = state
    job.fault = to_json(fault) if fault else None
    job.lease_owner, job.lease_until = "", None
    Job.objects.filter(pk=job.pk).update(
        state=state, fault=job.fault, lease_owner="", lease_until=None, finished=Now(), revision=job.revision
    )
    if job.kind == Job.Kind.GENERATE:
        if state == Job.State.SUCCEEDED:
            quota.commit(job.pk)
        else:
            quota.release(job.pk, state.value)
    record(job, state.value, {"fault": job.fault} if fault else data)


def sweep() -> int:
    """Take jobs from workers that stopped beating: back in line, or parked as failed at the last attempt.

    Any number of sweepers may run at once. Returns how many jobs this one moved.
    """
    moved = 0
    for job_id, fence in _expired(Job.objects.all()).values_list("pk", "fence"):
        with transaction.atomic():
            job = _expired(Job.objects.select_for_update()).filter(pk=job_id, fence=fence).first()
            if job is None:
                continue
            moved += 1
            _again_or_park(job, WORKER_LOST)
    return moved


def overdue() -> QuerySet[Job]:
    """Jobs that wait although their wake-up should long have reached a worker, or was never sent."""
    patience = Now() - periods.wake_patience()
    return Job.objects.filter(state=Job.State.QUEUED).filter(
        Q(dispatched__isnull=True, created__lt=patience) | Q(dispatched__lt=patience)
    )


def _expired(jobs: QuerySet[Job]) -> QuerySet[Job]:
    """Leases that ran out, and leases so long that only a clock set back can have made them."""
    return jobs.filter(state=Job.State.RUNNING).filter(
        Q(lease_until__lt=Now()) | Q(lease_until__gt=Now() + 2 * periods.lease())
    )


def _again_or_park(job: Job, fault: Fault) -> None:
    if job.cancel_requested:
        close(job, Job.State.CANCELLED)
    elif job.attempt >= periods.max_attempts():
        close(job, Job.State.FAILED, fault=fault)
    else:
        _requeue(job, reason=fault.code, attempt=job.attempt)


def _requeue(job: Job, *, reason: str, attempt: int) -> None:
    Job.objects.filter(pk=job.pk).update(
        state=Job.State.QUEUED, attempt=attempt, lease_owner="", lease_until=None, dispatched=None
    )
    record(job, "queued", {"reason": reason, "attempt": attempt})
    after_commit(wake, job.pk)


def _settle(place: Place) -> None:
    """Write the turn a job went on. Where an urgent job went on an older one's turn, that one gets its turn instead."""
    if place.head_id != place.job_id:
        Job.objects.filter(pk=place.head_id, state=Job.State.QUEUED).update(turn=place.turn_left)
    Job.objects.filter(pk=place.job_id).update(turn=place.turn)


def _recent() -> list[Start]:
    """The latest starts, which say how late it is in virtual time and whether Free is short."""
    started = Job.objects.filter(started__isnull=False).order_by("-started").values_list("tier", "cost", "turn")
    return [Start(*row) for row in started[: fairness.WINDOW]]


class _Line:
    """The waiting jobs in the database, for `fairness.choose`."""

    def first(self, *, free_only: bool, below_cap: bool) -> Job | None:
        """Return the waiting job with the lowest turn, read by an index however many wait."""
        waiting = Job.objects.filter(state=Job.State.QUEUED).only("owner_id", "tier", "cost", "turn")
        if free_only:
            waiting = waiting.filter(tier=Tier.FREE)
        if below_cap:
            waiting = waiting.exclude(owner__in=self._at_cap)
        return waiting.order_by("turn", "created", "pk").first()

    @cached_property
    def _at_cap(self) -> set[UUID]:
        running = Job.objects.filter(state=Job.State.RUNNING).order_by().values_list("owner", "tier")
        return fairness.at_cap({(person, tier): count for person, tier, count in running.annotate(Count("pk"))})

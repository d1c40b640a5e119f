"""The ledger of new animations: reserved when asked for, used when made, given back when not. docs/billing.md.

What is used in a month are its reservations without those given back. Every line is written in the transaction of the
deed it tells of, so a process that is killed leaves both or neither. The caller of `reserve` holds a lock on the
person's row: of many submits at once each sees what the one before it reserved.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from billing.models import QuotaEntry
from billing.tiers import Terms

Kind = QuotaEntry.Kind


@dataclass(frozen=True, slots=True)
class Allowance:
    """How much of a month is used. `most` is the bound; `limited` says that it is one people should see."""

    used: int
    most: int
    limited: bool
    month: date

    @property
    def left(self) -> int:
        """New animations that may still be asked for this month."""
        return max(0, self.most - self.used)

    @property
    def resets(self) -> date:
        """The first day of the next month."""
        return next_month(self.month)

    @property
    def resets_on(self) -> str:
        """That day in words, as in "1 December"."""
        return date_format(self.resets, "j F")

    @property
    def sentence(self) -> str:
        """What is left, for people."""
        words = {"left": self.left, "most": self.most, "day": self.resets_on}
        return _("%(left)d of %(most)d new animations left this month; resets on %(day)s.") % words

    def as_json(self) -> dict[str, Any]:
        """For the API."""
        return {"used": self.used, "limit": self.most, "left": self.left, "resets": self.resets.isoformat()}


def this_month() -> date:
    """The first day of the month that it is now."""
    return timezone.localdate().replace(day=1)


def next_month(month: date) -> date:
    """The first day of the month after."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def used(user: User, month: date) -> int:
    """Reservations of the month that were not given back."""
    hers = QuotaEntry.objects.filter(user=user, month=month)
    counted = hers.aggregate(
        reserved=Count("pk", filter=Q(kind=Kind.RESERVE)), released=Count("pk", filter=Q(kind=Kind.RELEASE))
    )
    return int(counted["reserved"]) - int(counted["released"])


def allowance(user: User, terms: Terms) -> Allowance:
    """What is left of this month under these terms."""
    month = this_month()
    return Allowance(used(user, month), terms.most, terms.generations is not None, month)


def reserve(*, user: User, job: UUID, tier: str) -> None:
    """Take one of this month for a job. The caller has asked whether there is one, under a lock on the user's row."""
    QuotaEntry.objects.create(user=user, month=this_month(), kind=Kind.RESERVE, job=job, tier=tier)


def commit(job: UUID) -> None:
    """The job made what was asked for. Does nothing for a job that reserved nothing or has its end already."""
    _end(job, Kind.COMMIT, "")


def release(job: UUID, reason: str) -> None:
    """Give back what a job that failed or was cancelled took. Does nothing where nothing is to be given back."""
    _end(job, Kind.RELEASE, reason)


def _end(job: UUID, kind: QuotaEntry.Kind, reason: str) -> None:
    lines = {line.kind: line for line in QuotaEntry.objects.filter(job=job)}
    reserved = lines.get(Kind.RESERVE)
    if reserved is None or len(lines) > 1:
        return
    QuotaEntry.objects.bulk_create(
        [
            QuotaEntry(
                user_id=reserved.user_id, month=reserved.month, kind=kind, job=job, tier=reserved.tier, reason=reason
            )
        ],
        ignore_conflicts=True,  # two who end one job at once write one end
    )


def open_reservations() -> QuerySet[QuotaEntry]:
    """Reservations whose job has no end in the ledger yet."""
    ended = QuotaEntry.objects.filter(job=OuterRef("job"), kind__in=[Kind.COMMIT, Kind.RELEASE])
    return QuotaEntry.objects.filter(kind=Kind.RESERVE).exclude(Exists(ended))


@transaction.atomic
def heal(*, made: Iterable[UUID], over: Iterable[UUID]) -> None:
    """Write the ends that are missing: of jobs that were `made`, and of those that are `over` or gone without."""
    for job in made:
        commit(job)
    for job in over:
        release(job, "healed")

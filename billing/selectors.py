"""What somebody may see of billing: the plans, her own one, and her own ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from billing import entitlements
from billing.entitlements import Entitlement
from billing.models import QuotaEntry
from billing.tiers import PLANS, Plan

LINES = 25
Kind = QuotaEntry.Kind


@dataclass(frozen=True, slots=True)
class Offer:
    """A plan as the plan page shows it to somebody."""

    plan: Plan
    is_hers: bool

    @property
    def month(self) -> str:
        """The price of a month."""
        return _dollars(self.plan.month)

    @property
    def year(self) -> str:
        """The price of a year."""
        return _dollars(self.plan.year)


@dataclass(frozen=True, slots=True)
class Line:
    """A new animation in the ledger, and what became of it: `outcome` is "commit", "release" or empty as yet."""

    when: datetime
    outcome: str
    reason: str


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the ledger in numbers."""

    month: date
    made: int
    given_back: int
    open: int


def offers(entitlement: Entitlement | None) -> list[Offer]:
    """Every plan, in the order of the page; hers is marked. District and School are one tier: School is marked."""
    hers = next((plan.code for plan in PLANS.values() if entitlement and plan.tier == entitlement.tier), "")
    return [Offer(plan, plan.code == hers) for plan in PLANS.values()]


def contact() -> str:
    """Whom to ask about plans, grants and invoices."""
    return str(settings.BILLING_CONTACT)


def source_of(entitlement: Entitlement) -> str:
    """Where a person has her tier from, in words; empty on Free."""
    row = entitlement.row
    if row is None:
        return ""
    organisation = row.account.organisation
    if organisation is not None:
        return _("You have a seat of %(name)s.") % {"name": organisation.name}
    return _("It is your own.")


def ends_of(entitlement: Entitlement) -> datetime | None:
    """When what she has ends by itself, or is paid until; None where neither is known."""
    return None if entitlement.row is None else entitlements.end_of(entitlement.row)


def ledger_of(user: User) -> QuerySet[QuotaEntry]:
    """The ledger of a person, newest line first."""
    return QuotaEntry.objects.filter(user=user)


def lines(user: User) -> list[Line]:
    """Her newest animations as the ledger has them."""
    reserved = list(ledger_of(user).filter(kind=Kind.RESERVE)[:LINES])
    ends = {
        end.job: end
        for end in ledger_of(user).exclude(kind=Kind.RESERVE).filter(job__in=[line.job for line in reserved])
    }
    found = []
    for line in reserved:
        end = ends.get(line.job)
        found.append(Line(line.created, end.kind if end else "", end.reason if end else ""))
    return found


def months(user: User) -> list[Month]:
    """Her last twelve months in numbers, newest first."""
    counts = (
        ledger_of(user)
        .order_by("-month")
        .values("month")
        .annotate(
            reserved=Count("pk", filter=Q(kind=Kind.RESERVE)),
            made=Count("pk", filter=Q(kind=Kind.COMMIT)),
            given_back=Count("pk", filter=Q(kind=Kind.RELEASE)),
        )
    )
    return [
        Month(row["month"], row["made"], row["given_back"], row["reserved"] - row["made"] - row["given_back"])
        for row in counts[:12]
    ]


def _dollars(cents: int) -> str:
    """An amount as people write it: $199.90, and $6 for whole dollars."""
    return f"${cents // 100:,}" if cents % 100 == 0 else f"${cents / 100:,.2f}"

"""Which entries of the audit trail somebody may read, and how they are found again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from accounts.models import Organisation
from accounts.permissions import is_staff
from core.models import AuditEntry

RUNS = ("owner", "admin")  # roles that see what an organisation's people did


def organisations_run_by(user: Any) -> QuerySet[Organisation]:
    """Organisations that `user` runs: where she is owner or administrator, and the schools of such a district."""
    if not (user.is_authenticated and user.is_active):
        return Organisation.objects.none()
    own = Q(memberships__user=user, memberships__role__in=RUNS)
    above = Q(parent__memberships__user=user, parent__memberships__role__in=RUNS)
    return Organisation.objects.filter(own | above).distinct()


def entries_visible_to(user: Any) -> QuerySet[AuditEntry]:
    """Every entry for staff; for those who run an organisation, what its people did since they belong to it."""
    entries: QuerySet[AuditEntry] = AuditEntry.objects.select_related("actor").order_by("-created", "-id")
    if is_staff(user):
        return entries
    run = list(organisations_run_by(user).values_list("pk", flat=True))
    if not run:
        return entries.none()
    theirs = AuditEntry.objects.filter(
        actor__memberships__organisation__in=run, created__gte=F("actor__memberships__created")
    )
    return entries.filter(pk__in=theirs.order_by().values("pk"))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader looks for; empty fields ask for nothing."""

    verb: str = ""
    person: str = ""
    target: str = ""
    first: date | None = None
    last: date | None = None


def matching(entries: QuerySet[AuditEntry], wanted: Wanted) -> QuerySet[AuditEntry]:
    """Keep the entries that fit all of it. Days are those of the site's time zone; the last one is included."""
    if wanted.verb:
        entries = entries.filter(verb__startswith=wanted.verb)
    if wanted.person:
        entries = entries.filter(Q(actor__email__icontains=wanted.person) | Q(actor_key=wanted.person))
    if wanted.target:
        entries = entries.filter(target_id=wanted.target)
    if wanted.first:
        entries = entries.filter(created__gte=_midnight(wanted.first, time.min))
    if wanted.last:
        entries = entries.filter(created__lte=_midnight(wanted.last, time.max))
    return entries


def _midnight(day: date, at: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, at))

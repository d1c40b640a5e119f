"""Seats of schools and districts: how many were bought, and who sits on them."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import seats as room
from accounts.models import Membership, Organisation, User
from accounts.permissions import require_review
from billing import services
from billing.models import Grant, Seat, Subscription
from billing.tiers import TERMS
from core import audit
from core.errors import DomainError


def sources_of(organisation: Organisation) -> list[Grant | Subscription]:
    """Return what the organisation itself bought or was given and is good now, what ends last first."""
    now = timezone.now()
    team = [tier for tier, terms in TERMS.items() if terms.team]
    grants = Grant.objects.filter(account__organisation=organisation, revoked=None, starts__lte=now, tier__in=team)
    paid = Q(status__in=Subscription.ENTITLING) | Q(status=Subscription.Status.PAST_DUE, grace_until__gt=now)
    subscriptions = Subscription.objects.filter(paid, account__organisation=organisation, tier__in=team)
    live = grants.filter(Q(until=None) | Q(until__gt=now)).order_by("-until", "created")
    return [*live, *subscriptions.order_by("created")]


def limit(organisation: Organisation) -> int | None:
    """Return how many seats the organisation has; None where it has none of its own (setting SEAT_LIMIT)."""
    sources = sources_of(organisation)
    return sum(source.quantity for source in sources) if sources else None


@transaction.atomic
def seat_people(organisation: Organisation) -> int:
    """Seat everybody who is in and has no seat yet, who came first first, as far as seats go. Return how many."""
    pool = room.pool_of(organisation)
    Organisation.objects.select_for_update().get(pk=pool.pk)
    sources = sources_of(pool)
    free = {source.pk: source.quantity - source.seats.count() for source in sources}
    here = Q(memberships__organisation=pool) | Q(memberships__organisation__parent=pool)
    seated = Seat.objects.filter(Q(grant__in=_of(sources, Grant)) | Q(subscription__in=_of(sources, Subscription)))
    unseated = User.objects.filter(here, is_active=True).exclude(pk__in=seated.values("user"))
    placed = 0
    for user in unseated.distinct().order_by("memberships__created"):
        source = next((one for one in sources if free[one.pk] > 0), None)
        if source is None:
            break
        if not Seat.objects.filter(user=user, **_names(source)).exists():
            services.give_seat(by=None, source=source, user=user)
            free[source.pk] -= 1
            placed += 1
    return placed


@transaction.atomic
def free_seats(user_id: Any, organisation: Organisation) -> int:
    """Free what somebody sat on in an organisation that she is no longer in. Return how many seats."""
    pool = organisation.parent or organisation
    here = Q(organisation=pool) | Q(organisation__parent=pool)
    places = [organisation.pk]
    if not Membership.objects.filter(here, user=user_id).exists():
        places.append(pool.pk)
    held = Seat.objects.filter(user=user_id).filter(
        Q(grant__account__organisation__in=places) | Q(subscription__account__organisation__in=places)
    )
    seats = list(held.select_related("user", "grant", "subscription"))
    for seat in seats:
        services.take_seat(by=None, seat=seat)
    return len(seats)


@transaction.atomic
def change_quantity(*, by: User, grant: Grant, seats: int) -> Grant:
    """Give an organisation's grant another number of seats. Raises "not_found", "seats", or "in_use" below its use."""
    require_review(by)
    fresh = Grant.objects.select_for_update().get(pk=grant.pk)
    taken = fresh.seats.count()
    if seats < 1:
        raise DomainError("seats", _("A grant has at least one seat."), status=422, hint=_("To end it, take it back."))
    if seats < taken:
        raise DomainError(
            "in_use",
            _("%(taken)d people sit on these seats, so they cannot be fewer.") % {"taken": taken},
            status=409,
            hint=_("Remove who has left from the school first; their work stays."),
        )
    before, fresh.quantity = fresh.quantity, seats
    fresh.save(update_fields=["quantity", "updated"])
    audit.record("grant.seats_changed", actor=by, target=fresh, data={"from": before, "to": seats})
    if fresh.account.organisation is not None:
        seat_people(fresh.account.organisation)
    return fresh


def note_joined(sender: Any, instance: Membership, created: bool, **kwargs: Any) -> None:
    """Seat whoever came into a school."""
    if created:
        seat_people(Organisation.objects.select_related("parent").get(pk=instance.organisation_id))


def note_left(sender: Any, instance: Membership, origin: Any = None, **kwargs: Any) -> None:
    """Free the seat of whoever left a school for who waits for one. An account that goes takes its seats along."""
    if isinstance(origin, Membership) or getattr(origin, "model", None) is Membership:
        organisation = Organisation.objects.select_related("parent").get(pk=instance.organisation_id)
        if free_seats(instance.user_id, organisation):
            seat_people(organisation)


def _of(sources: list[Grant | Subscription], kind: type[Any]) -> list[Any]:
    return [source.pk for source in sources if isinstance(source, kind)]


def _names(source: Grant | Subscription) -> dict[str, Any]:
    return {"grant": source} if isinstance(source, Grant) else {"subscription": source}

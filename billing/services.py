"""Every change to who may what: accounts, grants, seats, and the copy of the tier that the job queue reads."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Organisation, User
from accounts.tiers import Tier
from billing import entitlements
from billing.models import BillingAccount, Grant, Seat, Subscription
from core import audit
from core.errors import DomainError

BEGUN = timedelta(days=2)  # how far back `refresh_due` looks for grants that have started


def account_of_user(user: User) -> BillingAccount:
    """The account of a person, made when it is first needed."""
    account, _made = BillingAccount.objects.get_or_create(user=user, defaults={"email": user.email})
    return account


def account_of_organisation(organisation: Organisation, *, email: str) -> BillingAccount:
    """The account of a school or district, made when it is first needed, with the address for its invoices."""
    account, _made = BillingAccount.objects.get_or_create(organisation=organisation, defaults={"email": email})
    return account


# --- Grants --------------------------------------------------------------------------------------
@transaction.atomic
def give(
    *,
    by: User | None,
    account: BillingAccount,
    tier: str,
    reason: str,
    until: datetime | None = None,
    quantity: int = 1,
    reference: str = "",
) -> Grant:
    """Give an account a tier. `by` is the member of staff, none for the system itself.

    Raises DomainError "grant" where it is for Free, has no reason, ends before it starts or has more than a person can
    sit on.
    """
    if tier not in set(Tier.values) - {Tier.FREE}:
        raise DomainError("grant", _("Choose a tier above Free."), hint=_("To end a grant, take it back."))
    if not reason.strip():
        raise DomainError("grant", _("Say why this is given."), hint=_("It stands in the audit trail."))
    if until is not None and until <= timezone.now():
        raise DomainError("grant", _("It would already be over."), hint=_("Choose a later day."))
    if quantity < 1 or (quantity > 1 and account.organisation_id is None):
        raise DomainError("grant", _("A person has one seat."), hint=_("Give several seats to an organisation."))
    grant = Grant(account=account, tier=tier, reason=reason.strip(), until=until, quantity=quantity, by=by)
    grant.reference = reference.strip()
    grant.save()
    return noted_grant(grant=grant, by=by)


@transaction.atomic
def noted_grant(*, grant: Grant, by: User | None) -> Grant:
    """Write down a grant just stored (the admin site stores its own), and let it count at once."""
    data = {
        "tier": grant.tier,
        "seats": grant.quantity,
        "until": grant.until.isoformat() if grant.until else None,
        "reason": grant.reason,
        "reference": grant.reference,
    }
    audit.record("grant.given", actor=by, target=grant, data=data)
    refresh_account(grant.account)
    return grant


@transaction.atomic
def take_back(*, by: User | None, grant: Grant) -> Grant:
    """End a grant now. A second call changes nothing."""
    grant = Grant.objects.select_for_update().get(pk=grant.pk)
    if grant.revoked is None:
        grant.revoked = timezone.now()
        grant.save(update_fields=["revoked", "updated"])
        audit.record("grant.taken_back", actor=by, target=grant, data={"tier": grant.tier})
        refresh_account(grant.account)
    return grant


# --- Seats ---------------------------------------------------------------------------------------
@transaction.atomic
def give_seat(*, by: User | None, source: Grant | Subscription, user: User) -> Seat:
    """Seat a person on what an organisation has; a second call changes nothing.

    Raises DomainError "no_seat" when all are taken, "not_for_seats" for what a person has for herself.
    """
    source = type(source)._default_manager.select_for_update().get(pk=source.pk)
    if source.account.organisation_id is None:
        raise DomainError("not_for_seats", _("This is one person's own and has no seats to share."), status=409)
    seats = _seats(source)
    if (seat := seats.filter(user=user).first()) is not None:
        return seat
    if seats.count() >= source.quantity:
        raise DomainError(
            "no_seat",
            _("All %(count)d seats are taken.") % {"count": source.quantity},
            status=409,
            hint=_("Free a seat of somebody who left, or get more seats."),
        )
    seat = Seat(user=user)
    if isinstance(source, Grant):
        seat.grant = source
    else:
        seat.subscription = source
    seat.save()
    audit.record("seat.given", actor=by, target=user, data={"account": str(source.account_id), "seat": str(seat.pk)})
    refresh(user)
    return seat


@transaction.atomic
def take_seat(*, by: User | None, seat: Seat) -> None:
    """Free a seat; who sat on it goes back to what she has otherwise."""
    user = seat.user
    source = seat.grant or seat.subscription
    audit.record(
        "seat.taken",
        actor=by,
        target=user,
        data={"account": str(source.account_id) if source else "", "seat": str(seat.pk)},
    )
    seat.delete()
    refresh(user)


def _seats(source: Grant | Subscription) -> QuerySet[Seat]:
    return Seat.objects.filter(grant=source) if isinstance(source, Grant) else Seat.objects.filter(subscription=source)


# --- The copy of the tier ------------------------------------------------------------------------
def refresh(user: User) -> Tier:
    """Bring `User.tier`, which the queue and the file rules read, in line with the rows. Returns the tier."""
    tier = entitlements.of(user).tier
    # Compared in the database: the object in hand may be old.
    if User.objects.filter(pk=user.pk).exclude(tier=tier).update(tier=tier):
        audit.record("tier.changed", actor=None, target=user, data={"from": user.tier, "to": tier.value})
    user.tier = tier
    return tier


def refresh_account(account: BillingAccount) -> None:
    """`refresh` everybody who has something from this account. Call it after every change to its subscriptions."""
    for user in _beneficiaries(account):
        refresh(user)


def refresh_due(now: datetime | None = None) -> int:
    """`refresh` whose tier ran out or began by the clock alone; returns how many. The worker calls it every minute."""
    now = now or timezone.now()
    changed = 0
    for user in _lapsed(now).union(_begun(now)):
        before = user.tier
        changed += refresh(user) != before
    return changed


def _beneficiaries(account: BillingAccount) -> Iterable[User]:
    hers = Q(seats__grant__account=account) | Q(seats__subscription__account=account) | Q(billing_account=account)
    return User.objects.filter(hers).distinct()


def _lapsed(now: datetime) -> QuerySet[User]:
    """People above Free whom no live row gives that tier."""
    hers = Q(account__user=OuterRef("pk")) | Q(seats__user=OuterRef("pk"))
    grants = Grant.objects.filter(hers, _live(now), tier=OuterRef("tier"))
    paid = Q(status__in=Subscription.ENTITLING) | Q(status=Subscription.Status.PAST_DUE, grace_until__gt=now)
    subscriptions = Subscription.objects.filter(hers, paid, tier=OuterRef("tier"))
    above = User.objects.exclude(tier=Tier.FREE)
    return above.exclude(Exists(grants)).exclude(Exists(subscriptions))


def _begun(now: datetime) -> QuerySet[User]:
    """People with a grant that has started lately and is not (yet) their tier."""
    hers = Q(account__user=OuterRef("pk")) | Q(seats__user=OuterRef("pk"))
    grants = Grant.objects.filter(hers, _live(now), starts__gt=now - BEGUN).exclude(tier=OuterRef("tier"))
    return User.objects.filter(Exists(grants))


def _live(now: datetime) -> Q:
    return Q(revoked__isnull=True, starts__lte=now) & (Q(until__isnull=True) | Q(until__gt=now))

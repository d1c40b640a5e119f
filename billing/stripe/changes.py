"""Changing what is paid for: plan, interval, seats, the end. Every change says before what it costs."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import stripe
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from billing.models import Seat, Subscription
from billing.stripe import gateway, offers, sync
from billing.stripe.models import StripeCustomer
from core import audit
from core.errors import DomainError

Status = Subscription.Status
CHANGEABLE = (Status.ACTIVE, Status.TRIALING)
SHOWN_FOR = 3600  # seconds that a shown price holds


@dataclass(frozen=True, slots=True)
class Offer:
    """What a change would be. Money is in cents. `now` is charged at once, `then` with the next invoice."""

    plan: str
    interval: str
    quantity: int
    now: int
    then: int
    currency: str
    lines: tuple[tuple[str, int], ...]
    at: int  # the moment that the shown sums hold for, in seconds since 1970
    on: datetime | None  # of the next invoice

    @property
    def is_dearer(self) -> bool:
        """Whether something is charged at once."""
        return self.now > 0


def preview(row: Subscription, *, plan: str, interval: str, quantity: int) -> Offer:
    """Return what a change would cost now and then, as Stripe reckons it. Changes nothing."""
    target = _target(row, plan, interval, quantity)
    at = _now()
    with gateway.asking():
        found = _fetch(row)
        behaviour = _behaviour(found, target)
        details = {"items": _items(found, target), "proration_behavior": behaviour}
        if found["status"] != "trialing":
            details["proration_date"] = min(max(at, _start(found)), _end(found))
        shown = stripe.Invoice.create_preview(
            subscription=row.stripe_id,
            subscription_details=details,  # type: ignore[arg-type] # typed per field
            **gateway.key(),
        )
    at_once = behaviour == "always_invoice"
    lines = tuple((each["description"] or "", each["amount"]) for each in shown["lines"]["data"])
    return Offer(
        plan=plan,
        interval=interval,
        quantity=quantity,
        now=shown["amount_due"] if at_once else 0,
        then=0 if at_once else shown["amount_due"],
        currency=shown["currency"],
        lines=lines,
        at=details.get("proration_date", at),
        on=None if at_once else datetime.fromtimestamp(_end(found), UTC),
    )


def change(row: Subscription, *, by: User, plan: str, interval: str, quantity: int, at: int | None = None) -> None:
    """Change plan, interval or seats. What costs more is charged at once or not done; what costs less is credited.

    `at` is the offer's, so that what was shown is what is charged. Raises DomainError: "plan", "seats", "seats_in_use",
    "not_now" while a payment is due, "shown_too_long", and as `gateway.asking` ("card_refused": nothing has changed).
    """
    target = _target(row, plan, interval, quantity)
    if at is not None and abs(_now() - at) > SHOWN_FOR:
        raise DomainError(
            "shown_too_long", _("The price shown is no longer exact."), status=409, hint=_("Look at it again.")
        )
    before = _lower_seats(row, quantity)
    try:
        with gateway.asking():
            found = _fetch(row)
            behaviour = _behaviour(found, target)
            dated: Any = {"proration_date": at} if at and found["status"] != "trialing" else {}
            stripe.Subscription.modify(
                row.stripe_id,
                items=_items(found, target),
                proration_behavior=behaviour,
                payment_behavior="error_if_incomplete",
                **dated,
                **gateway.key(),
            )
    except DomainError as error:
        if error.code != "payments_away":  # then nobody knows; the webhook or the nightly look will say
            Subscription.objects.filter(pk=row.pk, quantity=quantity).update(quantity=before)
        raise
    data = {"plan": plan, "interval": interval, "seats": quantity}
    audit.record("subscription.change_asked", actor=by, target=row, data=data)
    _refresh(row)


def cancel(row: Subscription, *, by: User) -> None:
    """Let it end when what is paid for is over. A second call changes nothing."""
    _set_end(row, by=by, ends=True)


def keep(row: Subscription, *, by: User) -> None:
    """Take a cancellation back. Raises DomainError "over" once it has ended."""
    if row.status == Status.CANCELED:
        raise DomainError(
            "over", _("This plan has ended."), status=409, hint=_("Choose a plan again on the plans page.")
        )
    _set_end(row, by=by, ends=False)


def _set_end(row: Subscription, *, by: User, ends: bool) -> None:
    with gateway.asking():
        stripe.Subscription.modify(row.stripe_id, cancel_at_period_end=ends, **gateway.key())
    audit.record("subscription.cancelled" if ends else "subscription.kept", actor=by, target=row)
    _refresh(row)


def portal_url(row_or_customer: StripeCustomer, *, back: str) -> str:
    """Return the address of Stripe's billing page for a customer: cards, invoices, tax ids, the end."""
    from billing.stripe.catalogue import portal_configuration  # noqa: PLC0415 - only this needs it

    configuration = portal_configuration()
    with gateway.asking():
        session = stripe.billing_portal.Session.create(
            customer=row_or_customer.customer_id, return_url=back, configuration=configuration, **gateway.key()
        )
    return session.url


def _now() -> int:
    return int(time.time())


def _target(row: Subscription, plan: str, interval: str, quantity: int) -> tuple[str, int]:
    if row.status == Status.PAST_DUE:
        raise DomainError(
            "not_now",
            _("A payment is due."),
            status=409,
            hint=_("Pay the open invoice on the billing page first; then you can change the plan."),
        )
    if row.status not in CHANGEABLE:
        raise DomainError("over", _("This plan has ended."), status=409, hint=_("Choose a plan on the plans page."))
    offers.require(plan, interval, quantity, for_organisation=row.account.organisation_id is not None)
    if quantity < (used := Seat.objects.filter(subscription=row).count()):
        raise _seats_in_use(used)
    return offers.price_id(plan, interval), quantity


def _seats_in_use(used: int) -> DomainError:
    return DomainError(
        "seats_in_use",
        _("%(used)d seats are in use.") % {"used": used},
        status=409,
        hint=_("Free the seats of those who left first; then take fewer."),
        data={"used": used},
    )


@transaction.atomic
def _lower_seats(row: Subscription, quantity: int) -> int:
    """Take seats out of our row first, so that nobody is seated there while Stripe is asked. Returns what there was."""
    locked = Subscription.objects.select_for_update().get(pk=row.pk)
    if quantity < (used := Seat.objects.filter(subscription=locked).count()):
        raise _seats_in_use(used)
    before = locked.quantity
    if quantity < before:
        Subscription.objects.filter(pk=row.pk).update(quantity=quantity)
    return before


def _fetch(row: Subscription) -> Any:
    return stripe.Subscription.retrieve(row.stripe_id, **gateway.key())


def _items(found: Any, target: tuple[str, int]) -> Any:
    price, quantity = target
    # The item's own id: without it Stripe would add a second one and charge for both.
    return [{"id": found["items"]["data"][0]["id"], "price": price, "quantity": quantity}]


def _behaviour(found: Any, target: tuple[str, int]) -> Any:
    """Charge at once for more, credit with the next invoice for less; a trial only ends in another price."""
    if found["status"] == "trialing":
        return "create_prorations"
    item = found["items"]["data"][0]
    price_id, quantity = target
    price = stripe.Price.retrieve(price_id, **gateway.key())
    dearer = _yearly(price) * quantity > _yearly(item["price"]) * (item.get("quantity") or 1)
    longer = price["recurring"]["interval"] == "year" != item["price"]["recurring"]["interval"]
    return "always_invoice" if dearer or longer else "create_prorations"


def _yearly(price: Any) -> int:
    return int(price["unit_amount"]) * (12 if price["recurring"]["interval"] == "month" else 1)


def _start(found: Any) -> int:
    return int(found["items"]["data"][0]["current_period_start"])


def _end(found: Any) -> int:
    return int(found["items"]["data"][0]["current_period_end"])


def _refresh(row: Subscription) -> None:
    sync.refresh_customer(StripeCustomer.objects.get(account=row.account))
    row.refresh_from_db()

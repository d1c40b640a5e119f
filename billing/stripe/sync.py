"""Brings our subscription rows in line with Stripe's objects, whatever order news of them comes in.

Events only say that something changed: what is written is always asked for anew. Each question gets a number before it
is asked; an answer is written only if no answer to a later question has been. So the last word is at least as new as
the last event, however events are repeated, reordered or late.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import stripe
from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.tiers import Tier
from billing.models import BillingAccount, Subscription
from billing.services import refresh_account
from billing.stripe import gateway
from billing.stripe.models import StripeCustomer
from billing.stripe.offers import plan_of, tier_of
from core import audit
from core.errors import DomainError

TRIES = 5
WRITTEN = (
    "status",
    "tier",
    "interval",
    "quantity",
    "current_period_end",
    "cancel_at_period_end",
    "trial_end",
    "past_due_since",
    "grace_until",
)

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Facts:
    """What Stripe's object says, in our words."""

    stripe_id: str
    values: dict[str, Any]


def refresh_customer(customer: StripeCustomer) -> bool:
    """Ask Stripe how the customer's subscriptions stand and write that down. Returns whether anything changed.

    No network is used inside a transaction. Raises DomainError as `gateway.asking` does; then nothing has changed.
    """
    for _attempt in range(TRIES):
        ticket = _ask(customer)
        found = _fetch(customer)
        changed = _write(customer, ticket, found)
        if changed is not None:
            return changed
    raise gateway.away()  # somebody else's news came in between each time; the delivery is tried again


def _ask(customer: StripeCustomer) -> int:
    with transaction.atomic():
        StripeCustomer.objects.filter(pk=customer.pk).update(asked=F("asked") + 1)
        return StripeCustomer.objects.values_list("asked", flat=True).get(pk=customer.pk)


def _fetch(customer: StripeCustomer) -> list[Facts]:
    try:
        with gateway.asking():
            found = stripe.Subscription.list(
                customer=customer.customer_id,
                status="all",
                limit=100,
                expand=["data.discounts"],
                **gateway.key(),
            )
            return [facts(each) for each in found.auto_paging_iter()]
    except DomainError as error:
        if error.code == "gone":  # the customer was deleted at Stripe, and all she had with it
            return []
        raise


def facts(found: Any) -> Facts:
    """Read a subscription of Stripe's. Period ends are on the items today, and were on the subscription before."""
    items = found["items"]["data"]
    price = items[0]["price"]
    plan = plan_of(price)
    if plan is None:
        logger.error("Subscription %s has a price that is not ours: %s", found["id"], price["id"])
    ends = [each["current_period_end"] for each in items if each.get("current_period_end")]
    end = max(ends) if ends else found.get("current_period_end")
    status = found["status"]
    since = _due_since(found["id"]) if status == "past_due" else None
    values = {
        "status": status,
        "tier": tier_of(plan, _coupons(found)) if plan else Tier.FREE,
        "interval": price["recurring"]["interval"],
        "quantity": items[0].get("quantity") or 1,
        "current_period_end": _moment(end),
        "cancel_at_period_end": bool(found["cancel_at_period_end"] or found["cancel_at"]) and status != "canceled",
        "trial_end": _moment(found["trial_end"]),
        "past_due_since": since,
        "grace_until": since + timedelta(days=settings.STRIPE_GRACE_DAYS) if since else None,
    }
    return Facts(found["id"], values)


def _coupons(found: Any) -> set[str]:
    """Return the ids of the coupons, which Stripe puts under the discount's source today and put beside it before."""
    coupons = set()
    for discount in found.get("discounts") or []:
        source = discount.get("source") or {}
        coupon = source.get("coupon") or discount.get("coupon") or ""
        coupons.add(coupon if isinstance(coupon, str) else coupon["id"])
    return coupons


def _due_since(subscription_id: str) -> datetime:
    """Return since when a payment is due: of the open invoices, the first that was asked for or ran over its date.

    From Stripe's own dates, so that a message that comes days late does not lengthen the grace.
    """
    opened = stripe.Invoice.list(subscription=subscription_id, status="open", limit=100, **gateway.key())
    moments = [
        each["due_date"] or each["status_transitions"]["finalized_at"] or each["created"]
        for each in opened.auto_paging_iter()
    ]
    return _moment(min(moments)) or timezone.now() if moments else timezone.now()


def _moment(seconds: Any) -> datetime | None:
    return datetime.fromtimestamp(int(seconds), UTC) if seconds else None


@transaction.atomic
def _write(customer: StripeCustomer, ticket: int, found: list[Facts]) -> bool | None:
    """Write an answer; returns whether it changed anything, or None where a later one was written already."""
    locked = StripeCustomer.objects.select_for_update().select_related("account").get(pk=customer.pk)
    if locked.written > ticket:
        return None
    StripeCustomer.objects.filter(pk=locked.pk).update(written=ticket)
    account = locked.account
    changed = [each for each in found if _write_one(account, each)]
    ended = _end_unknown(account, {each.stripe_id for each in found})
    if changed or ended:
        refresh_account(account)
    return bool(changed or ended)


def _write_one(account: BillingAccount, found: Facts) -> bool:
    row = Subscription.objects.select_for_update().filter(stripe_id=found.stripe_id).first()
    is_new = row is None
    if row is None:
        row = Subscription(account=account, stripe_id=found.stripe_id)
    before = {name: getattr(row, name) for name in WRITTEN} if not is_new else {}
    if before == found.values and row.account_id == account.pk:
        Subscription.objects.filter(pk=row.pk).update(as_of=timezone.now())
        return False
    for name, value in found.values.items():
        setattr(row, name, value)
    row.account, row.as_of = account, timezone.now()
    row.save()
    data = {name: str(value) for name, value in found.values.items() if before.get(name) != value}
    audit.record("subscription.changed", actor=None, target=row, data=data)
    return True


def _end_unknown(account: BillingAccount, known: set[str]) -> int:
    """End rows that Stripe says nothing of any more."""
    lost = Subscription.objects.filter(account=account).exclude(stripe_id__in=known)
    lost = lost.exclude(status__in=[Subscription.Status.CANCELED, Subscription.Status.INCOMPLETE_EXPIRED])
    for row in lost:
        audit.record(
            "subscription.changed", actor=None, target=row, data={"status": "canceled", "why": "not at Stripe"}
        )
    return lost.update(status=Subscription.Status.CANCELED, as_of=timezone.now(), cancel_at_period_end=False)

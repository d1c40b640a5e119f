"""An account's customer at Stripe."""

from __future__ import annotations

import time
from typing import Any
from uuid import UUID

import stripe

from billing.models import BillingAccount
from billing.stripe import gateway
from billing.stripe.models import StripeCustomer
from core import audit
from core.errors import DomainError

# dj-stripe finds the subscriber by this key of the customer's metadata, and so do we after a loss of our row.
SUBSCRIBER = "djstripe_subscriber"


def ensure(account: BillingAccount) -> StripeCustomer:
    """Return the account's customer, made at Stripe when it is first needed. Raises DomainError as `gateway.asking`.

    Two at once make one: both carry the same idempotency key.
    """
    found = StripeCustomer.objects.filter(account=account).first()
    if found is not None:
        return found
    with gateway.asking():
        made = stripe.Customer.create(
            email=account.email,
            name=account.organisation.name if account.organisation else account.email,
            metadata={SUBSCRIBER: str(account.pk)},
            # Stripe repeats a failure too for the same key, so it changes every ten minutes.
            idempotency_key=f"customer-{account.pk}-{int(time.time() // 600)}",
            **gateway.key(),
        )
    return StripeCustomer.objects.get_or_create(account=account, defaults={"customer_id": made.id})[0]


def adopt(customer_id: str) -> StripeCustomer | None:
    """Find the account of a customer that we have no row for, by what Stripe keeps with it; none: it is not ours."""
    with gateway.asking():
        found: Any = stripe.Customer.retrieve(customer_id, **gateway.key())
    if getattr(found, "deleted", False):
        return None
    account_id = (found.metadata or {}).get(SUBSCRIBER, "")
    account = _account(account_id)
    if account is None or StripeCustomer.objects.filter(account=account).exists():
        return None
    return StripeCustomer.objects.get_or_create(customer_id=customer_id, defaults={"account": account})[0]


def _account(key: str) -> BillingAccount | None:
    try:
        return BillingAccount.objects.filter(pk=UUID(key)).first()
    except ValueError:
        return None


def forget(account: BillingAccount) -> None:
    """Delete the account's customer at Stripe, which ends what it pays for; a customer already gone is fine.

    For the deletion of an account. Raises DomainError "payments_away": then it must be tried again.
    """
    customer = StripeCustomer.objects.filter(account=account).first()
    if customer is None:
        return
    try:
        with gateway.asking():
            stripe.Customer.delete(customer.customer_id, **gateway.key())
    except DomainError as error:
        if error.code != "gone":
            raise
    audit.record("billing.customer_forgotten", actor=None, target=account)
    customer.delete()

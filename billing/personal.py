"""What `billing` knows about a person, for her to take away. Invoices of her organisation are the organisation's."""

from __future__ import annotations

from collections.abc import Iterator

from accounts.models import User
from billing.models import BillingAccount, Grant, QuotaEntry, Seat, Subscription
from billing.stripe.models import Purchase
from core.personal import Part, table


def data(user: User) -> Iterator[Part]:
    """Return her billing account with what it bought or was given, her seats, and what she used."""
    yield table("billing/accounts", BillingAccount.objects.filter(user=user))
    yield table("billing/subscriptions", Subscription.objects.filter(account__user=user))
    yield table("billing/grants", Grant.objects.filter(account__user=user))
    yield table("billing/seats", Seat.objects.filter(user=user))
    yield table("billing/purchases", Purchase.objects.filter(buyer=user), leave_out=["url"])
    yield table("billing/quota", QuotaEntry.objects.filter(user=user))

"""What pages of `billing` show of payments, without knowing of them."""

from __future__ import annotations

from typing import Any

from django import template

from accounts.models import Organisation
from billing.models import BillingAccount, Subscription
from billing.stripe import gateway, offers, purchases
from billing.stripe.models import StripeCustomer
from billing.stripe.permissions import organisations_paid_by

register = template.Library()


@register.simple_tag
def payments_are_on() -> bool:
    """Say whether cards are taken."""
    return gateway.is_on()


@register.simple_tag
def is_sold(plan: Any) -> bool:
    """Say whether a plan is bought by one person, by card."""
    by_card = plan.code in offers.SOLD or plan.code in offers.PRICED_AS
    return gateway.is_on() and by_card and not plan.by_seats


@register.simple_tag
def paid_account(user: Any) -> BillingAccount | None:
    """Return the user's own billing account where it has dealt with Stripe."""
    known = StripeCustomer.objects.filter(account__user=user).select_related("account").first()
    return known.account if known is not None and gateway.is_on() else None


@register.simple_tag
def running_subscription(account: BillingAccount | None) -> Subscription | None:
    """Return what the account pays for."""
    return purchases.running(account) if account is not None else None


@register.filter
def money(cents: int) -> str:
    """Write US cents as people do: "$19.99", "-$6.77"."""
    return f"{'-' if cents < 0 else ''}${abs(cents) / 100:,.2f}"


@register.simple_tag
def schools_to_buy_for(user: Any) -> list[Organisation]:
    """Return the schools that the user pays for."""
    return list(organisations_paid_by(user))

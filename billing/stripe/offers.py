"""What is sold, under the names that Stripe knows it by."""

from __future__ import annotations

from typing import Any

import stripe
from django.utils.translation import gettext as _

from accounts.tiers import Tier
from billing.stripe import gateway
from billing.tiers import PLANS, Plan
from core.errors import DomainError

PREFIX = "theorama_"
EDUCATOR_COUPON = f"{PREFIX}educator"
CURRENCY = "usd"
INTERVALS = ("month", "year")
# An educator pays Professional's price with a coupon, so the plan has no price of its own at Stripe.
SOLD = {code: plan for code, plan in PLANS.items() if plan.month and code != "educator"}
PRICED_AS = {"educator": "professional"}


def lookup_key(plan: str, interval: str) -> str:
    """Return the name of a plan's price."""
    return f"{PREFIX}{PRICED_AS.get(plan, plan)}_{interval}"


def price_id(plan: str, interval: str) -> str:
    """Return Stripe's id of the price. Raises DomainError "not_for_sale" where the catalogue was never sent there."""
    with gateway.asking():
        found = stripe.Price.list(lookup_keys=[lookup_key(plan, interval)], active=True, limit=1, **gateway.key())
    if not found.data:
        raise DomainError(
            "not_for_sale",
            _("This plan cannot be bought by card yet."),
            status=409,
            hint=_("Write to us and we open it for you."),
        )
    return found.data[0].id


def plan_of(price: Any) -> Plan | None:
    """Return the plan that a price at Stripe belongs to: by its metadata, else by its product; none: not ours."""
    product = price["product"]
    code = (price["metadata"] or {}).get("plan") or str(product).removeprefix(PREFIX)
    return SOLD.get(code)


def tier_of(plan: Plan, coupons: set[str]) -> Tier:
    """Return the tier that a plan gives to somebody with these coupons."""
    return Tier.EDUCATOR if plan.tier == Tier.PROFESSIONAL and EDUCATOR_COUPON in coupons else plan.tier


def require(code: str, interval: str, quantity: int, *, for_organisation: bool) -> Plan:
    """Return the plan. Raises DomainError "plan" for one that is not sold so, "seats" for a wrong number of seats."""
    plan = PLANS.get(code) if code in SOLD or code == "educator" else None
    if plan is None or interval not in INTERVALS:
        raise DomainError("plan", _("There is no such plan."), status=404, hint=_("Choose one on the plans page."))
    if plan.by_seats != for_organisation and not (for_organisation and code == "enterprise"):
        message = _("This plan is for schools.") if plan.by_seats else _("This plan is for one person.")
        raise DomainError("plan", message, status=409, hint=_("Choose another one on the plans page."))
    most = 10_000 if for_organisation else 1
    if not plan.least_seats <= quantity <= most:
        raise DomainError(
            "seats",
            _("%(name)s has from %(least)d to %(most)d seats.")
            % {"name": plan.name, "least": plan.least_seats, "most": most},
            hint=_("Choose another number of seats."),
        )
    return plan

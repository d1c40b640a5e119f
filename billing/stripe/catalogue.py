"""`manage.py billing sync-catalogue`: makes Stripe's products, prices, coupon and portal follow billing/tiers.py."""

from __future__ import annotations

from typing import Any

import stripe
from django.utils.translation import gettext as _

from billing.stripe import gateway
from billing.stripe.offers import CURRENCY, EDUCATOR_COUPON, INTERVALS, PREFIX, SOLD, lookup_key
from billing.tiers import EDUCATOR_DISCOUNT, Plan
from core.errors import DomainError

PORTAL = {"theorama": "portal"}
# What a customer may do there. Plans and seats are changed on our pages, which know how many seats are taken.
PORTAL_FEATURES: dict[str, Any] = {
    "customer_update": {"enabled": True, "allowed_updates": ["name", "address", "email", "tax_id"]},
    "invoice_history": {"enabled": True},
    "payment_method_update": {"enabled": True},
    "subscription_cancel": {"enabled": True, "mode": "at_period_end"},
    "subscription_update": {"enabled": False},
}


def sync_catalogue() -> list[str]:
    """Make or mend what is missing or differs; a second run does nothing. Returns a line for each thing done."""
    done: list[str] = []
    with gateway.asking():
        for plan in SOLD.values():
            done += _product(plan)
            for interval in INTERVALS:
                done += _price(plan, interval)
        done += _coupon()
        done += _portal()
    return done


def portal_configuration() -> str:
    """Return the id of our portal configuration. Raises DomainError "not_for_sale" where none was made."""
    found = _find_portal()
    if found is None:
        raise DomainError("not_for_sale", _("The billing page at our payment service is not set up yet."), status=409)
    return str(found.id)


def _product(plan: Plan) -> list[str]:
    key = f"{PREFIX}{plan.code}"
    wanted: dict[str, Any] = {"name": f"Theorama {plan.name}", "metadata": {"plan": plan.code}}
    try:
        found: Any = stripe.Product.retrieve(key, **gateway.key())
    except stripe.InvalidRequestError as error:
        if error.code != "resource_missing":
            raise
        unit: dict[str, Any] = {"unit_label": "seat"} if plan.by_seats else {}
        stripe.Product.create(id=key, **wanted, **unit, **gateway.key())
        return [f"product {key} made"]
    if found.name == wanted["name"] and found.active and found.metadata.get("plan") == plan.code:
        return []
    stripe.Product.modify(key, active=True, **wanted, **gateway.key())
    return [f"product {key} changed"]


def _price(plan: Plan, interval: str) -> list[str]:
    key = lookup_key(plan.code, interval)
    amount = plan.price(interval)
    old = stripe.Price.list(lookup_keys=[key], limit=1, **gateway.key()).data
    if old and old[0].unit_amount == amount and old[0].active and old[0].currency == CURRENCY:
        return []
    # A price never changes; a new one takes the name, and those who bought at the old one keep it.
    stripe.Price.create(
        product=f"{PREFIX}{plan.code}",
        currency=CURRENCY,
        unit_amount=amount,
        recurring={"interval": interval},
        lookup_key=key,
        transfer_lookup_key=True,
        tax_behavior="exclusive",
        metadata={"plan": plan.code},
        **gateway.key(),
    )
    for each in old:
        stripe.Price.modify(each.id, active=False, **gateway.key())
    return [f"price {key} {'changed' if old else 'made'}: {amount}"]


def _coupon() -> list[str]:
    try:
        found = stripe.Coupon.retrieve(EDUCATOR_COUPON, **gateway.key())
    except stripe.InvalidRequestError as error:
        if error.code != "resource_missing":
            raise
        stripe.Coupon.create(
            id=EDUCATOR_COUPON,
            percent_off=EDUCATOR_DISCOUNT,
            duration="forever",
            name="Educator",
            **gateway.key(),
        )
        return [f"coupon {EDUCATOR_COUPON} made"]
    if found.percent_off != EDUCATOR_DISCOUNT:
        raise DomainError(
            "coupon",
            f"Stripe's coupon {EDUCATOR_COUPON} gives {found.percent_off} %, and a coupon's percentage never changes.",
            hint="Delete it in Stripe's dashboard (nobody loses the discount she has), then run this again.",
        )
    return []


def _find_portal() -> Any:
    with gateway.asking():
        found: Any = stripe.billing_portal.Configuration.list(active=True, limit=100, **gateway.key())
        return next((each for each in found.auto_paging_iter() if (each.metadata or {}).get("theorama")), None)


def _portal() -> list[str]:
    found = _find_portal()
    if found is None:
        stripe.billing_portal.Configuration.create(
            features=PORTAL_FEATURES,  # type: ignore[arg-type] # typed per field
            metadata=PORTAL,
            **gateway.key(),
        )
        return ["portal made"]
    features = found.features
    as_wanted = (
        features.subscription_cancel.enabled
        and features.invoice_history.enabled
        and features.payment_method_update.enabled
        and not features.subscription_update.enabled
        and set(features.customer_update.allowed_updates) == set(PORTAL_FEATURES["customer_update"]["allowed_updates"])
    )
    if as_wanted:
        return []
    stripe.billing_portal.Configuration.modify(found.id, features=PORTAL_FEATURES, **gateway.key())  # type: ignore[arg-type]
    return ["portal changed"]

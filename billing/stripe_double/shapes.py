"""The fields of Stripe's objects, as the SDK's typed classes declare them."""

from __future__ import annotations

import functools
from typing import Any

import stripe

Json = dict[str, Any]

CLASSES: dict[str, Any] = {
    "account": stripe.Account,
    "billing_portal.configuration": stripe.billing_portal.Configuration,
    "billing_portal.session": stripe.billing_portal.Session,
    "charge": stripe.Charge,
    "checkout.session": stripe.checkout.Session,
    "coupon": stripe.Coupon,
    "customer": stripe.Customer,
    "discount": stripe.Discount,
    "entitlements.active_entitlement": stripe.entitlements.ActiveEntitlement,
    "entitlements.feature": stripe.entitlements.Feature,
    "event": stripe.Event,
    "invoice": stripe.Invoice,
    "invoice_payment": stripe.InvoicePayment,
    "invoiceitem": stripe.InvoiceItem,
    "item": stripe.LineItem,
    "line_item": stripe.InvoiceLineItem,
    "payment_intent": stripe.PaymentIntent,
    "payment_method": stripe.PaymentMethod,
    "plan": stripe.Plan,
    "price": stripe.Price,
    "product": stripe.Product,
    "product_feature": stripe.ProductFeature,
    "promotion_code": stripe.PromotionCode,
    "refund": stripe.Refund,
    "subscription": stripe.Subscription,
    "subscription_item": stripe.SubscriptionItem,
    "tax_id": stripe.TaxId,
    "test_helpers.test_clock": stripe.test_helpers.TestClock,
    "webhook_endpoint": stripe.WebhookEndpoint,
}
# Declared as optional because they come only on request (expand), once, or with some kinds of payment.
ON_REQUEST = {
    "customer": {"deleted", "subscriptions", "sources", "tax_ids", "tax", "cash_balance", "invoice_credit_balance"},
    "price": {"deleted", "currency_options", "tiers"},
    "coupon": {"deleted", "applies_to", "currency_options"},
    "invoice": {"deleted", "payments"},
    "checkout.session": {"line_items"},
    "charge": {"refunds"},
    "webhook_endpoint": {"deleted", "secret"},
    "event": {"account", "context"},
}
NEVER_NULL = {"deleted"}


@functools.cache
def fields(kind: str) -> dict[str, str]:
    """Return the declared fields of a kind with their annotations as text."""
    return {name: str(note) for name, note in CLASSES[kind].__annotations__.items() if name != "OBJECT_NAME"}


def is_nullable(annotation: str) -> bool:
    """Say whether an annotation allows null."""
    return "NoneType" in annotation or "Optional[" in annotation


def complete(kind: str, data: Json) -> Json:
    """Add the nullable fields that `data` lacks, and drop `livemode` where the kind has none."""
    declared = fields(kind)
    left_out = ON_REQUEST.get(kind, set()) | NEVER_NULL
    if kind == "payment_method":  # one field per way to pay; only that of its type is there
        left_out = {name for name in declared if name not in {"customer", "customer_account", "allow_redisplay"}}
    filled: Json = {
        name: None for name, note in declared.items() if is_nullable(note) and name not in data and name not in left_out
    }
    filled |= {"metadata": {}} if "metadata" in declared and not data.get("metadata") else {}
    return {name: value for name, value in {**data, **filled}.items() if name != "livemode" or "livemode" in declared}

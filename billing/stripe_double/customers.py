"""Customers, their tax ids, and the cards they pay with."""

from __future__ import annotations

import re

from billing.stripe_double.errors import ApiError, Json, card_refused, invalid
from billing.stripe_double.events import emit
from billing.stripe_double.forms import merged
from billing.stripe_double.store import Store

# Stripe's test cards: the number typed, the token for programs, and how the card behaves.
CARDS = {
    "4242424242424242": ("pm_card_visa", "good"),
    "4000000000000002": ("pm_card_visa_chargeDeclined", "generic_decline"),
    "4000000000009995": ("pm_card_visa_chargeDeclinedInsufficientFunds", "insufficient_funds"),
    "4000000000000069": ("pm_card_chargeDeclinedExpiredCard", "expired_card"),
    "4000000000000341": ("pm_card_chargeCustomerFail", "fails_later"),
    "4000002500003155": ("pm_card_authenticationRequired", "authentication_required"),
}
TOKENS = {token: (number, behaviour) for number, (token, behaviour) in CARDS.items()}
TAX_IDS = {"eu_vat": r"[A-Z]{2}[0-9A-Z]{5,12}", "us_ein": r"\d\d-\d{7}", "gb_vat": r"GB\d{9}"}
_COPIED = ("email", "name", "phone", "description", "tax_exempt", "business_name")


def create(store: Store, params: Json) -> Json:
    """Make a customer."""
    clock = params.get("test_clock")
    if clock:
        store.get("test_helpers.test_clock", clock, param="test_clock")
    customer = store.create(
        "customer",
        **{name: params.get(name) for name in _COPIED},
        address=_address(params.get("address")),
        balance=0,
        delinquent=False,
        invoice_prefix=f"DBL{store.number('prefix'):05}",
        invoice_settings={
            "custom_fields": None,
            "default_payment_method": None,
            "footer": None,
            "rendering_options": None,
        },
        metadata=params.get("metadata") or {},
        next_invoice_sequence=1,
        preferred_locales=params.get("preferred_locales") or [],
        test_clock=clock,
        created=0,
    )
    customer["tax_exempt"] = params.get("tax_exempt", "none")
    customer["created"] = store.now(customer)
    _apply_invoice_settings(customer, params)
    emit(store, "customer.created", customer)
    return customer


def update(store: Store, params: Json, key: str) -> Json:
    """Change a customer."""
    customer = live(store, key)
    before = dict(customer)
    for name in _COPIED:
        if name in params:
            customer[name] = params[name] or None
    if "address" in params:
        customer["address"] = _address(params["address"])
    _apply_invoice_settings(customer, params)
    customer["metadata"] = merged(customer["metadata"], params.get("metadata", {}))
    emit(store, "customer.updated", customer, before=before)
    return customer


def _apply_invoice_settings(customer: Json, params: Json) -> None:
    new = dict(params.get("invoice_settings") or {})
    if new.get("custom_fields") == "":
        new["custom_fields"] = None
    customer["invoice_settings"] = {**customer["invoice_settings"], **new}


def _address(given: Json | None) -> Json | None:
    if not given:
        return None
    return {name: given.get(name) for name in ("city", "country", "line1", "line2", "postal_code", "state")}


def live(store: Store, key: str, *, param: str = "id") -> Json:
    """Return a customer that was not deleted. Raises ApiError (resource_missing)."""
    customer = store.get("customer", key, param=param)
    if customer.get("deleted"):
        raise invalid(f"No such customer: '{key}'", param=param, code="resource_missing", status=404)
    return customer


def delete(store: Store, key: str) -> Json:
    """Delete a customer: her subscriptions end at once, and a stub answers for her from now on."""
    from billing.stripe_double import subscriptions  # noqa: PLC0415 - they know customers

    customer = live(store, key)
    for subscription in store.all("subscription", customer=key):
        if subscription["status"] != "canceled":
            subscriptions.end(store, subscription, reason="cancellation_requested")
    emit(store, "customer.deleted", customer)
    store.kinds["customer"][key] = {"id": key, "object": "customer", "deleted": True}
    return store.kinds["customer"][key]


# --- Tax ids -----------------------------------------------------------------------------------------
def add_tax_id(store: Store, params: Json, key: str) -> Json:
    """Give a customer a tax id, which is checked for its form."""
    customer = live(store, key)
    kind, value = str(params.get("type", "")), str(params.get("value", ""))
    if kind not in TAX_IDS or not re.fullmatch(TAX_IDS[kind], value):
        raise invalid("Invalid value for tax id.", param="value", code="tax_id_invalid")
    found = store.create(
        "tax_id",
        country=value[:2] if kind != "us_ein" else "US",
        created=store.now(customer),
        customer=key,
        owner={"type": "customer", "customer": key, "customer_account": None, "account": None, "application": None},
        type=kind,
        value=value,
        verification={"status": "pending", "verified_address": None, "verified_name": None},
    )
    emit(store, "customer.tax_id.created", found)
    return found


def tax_ids(store: Store, customer: str) -> list[Json]:
    """Return a customer's tax ids."""
    return store.all("tax_id", customer=customer)


# --- Cards -------------------------------------------------------------------------------------------
def create_card(store: Store, number: str, *, name: str | None = None, country: str | None = None) -> Json:
    """Make a payment method of one of the test cards, attached to nobody."""
    if number not in CARDS:
        raise ApiError(402, "card_error", "Your card number is incorrect.", code="incorrect_number", param="number")
    address = {"city": None, "country": country, "line1": None, "line2": None, "postal_code": None, "state": None}
    checks = {"address_line1_check": None, "address_postal_code_check": None, "cvc_check": "pass"}
    method = store.create(
        "payment_method",
        allow_redisplay="limited",
        billing_details={"address": address, "email": None, "name": name, "phone": None, "tax_id": None},
        card={
            "brand": "visa",
            "checks": checks,
            "country": "US",
            "display_brand": "visa",
            "exp_month": 12,
            "exp_year": 2034,
            "fingerprint": f"double{number[-4:]}",
            "funding": "credit",
            "generated_from": None,
            "last4": number[-4:],
            "networks": {"available": ["visa"], "preferred": None},
            "regulated_status": "unregulated",
            "three_d_secure_usage": {"supported": True},
            "wallet": None,
        },
        created=store.now(),
        type="card",
    )
    store.cards[method["id"]] = CARDS[number][1]
    return method


def attach_card(store: Store, params: Json, key: str) -> Json:
    """Attach a card to a customer; the bank may refuse already here."""
    customer = live(store, str(params.get("customer")), param="customer")
    method = create_card(store, TOKENS[key][0]) if key in TOKENS else store.get("payment_method", key)
    refuse_at_once(store, method)
    method["customer"] = customer["id"]
    emit(store, "payment_method.attached", method)
    return method


def refuse_at_once(store: Store, method: Json) -> None:
    """Raise ApiError for a card that its bank refuses before anything is charged."""
    behaviour = store.cards[method["id"]]
    if behaviour not in {"good", "fails_later", "authentication_required"}:
        raise card_refused(behaviour)


def detach_card(store: Store, key: str) -> Json:
    """Take a card from its customer."""
    method = store.get("payment_method", key)
    owner = store.get("customer", method["customer"]) if method["customer"] else None
    if owner and owner["invoice_settings"]["default_payment_method"] == key:
        owner["invoice_settings"]["default_payment_method"] = None
    method["customer"] = None
    emit(store, "payment_method.detached", method)
    return method


def card_of(store: Store, customer: Json, subscription: Json | None = None) -> Json | None:
    """Return what pays: the subscription's own method, else the customer's, else none."""
    key = (subscription or {}).get("default_payment_method") or customer["invoice_settings"]["default_payment_method"]
    return store.get("payment_method", key) if key else None

"""Requests to answers: routes, keys, idempotency, lists, expansion, and faults that a test asks for."""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import stripe

from billing.stripe_double import catalogue, checkout, clock, customers, events, forms, invoices, payments, portal
from billing.stripe_double import subscriptions as subs
from billing.stripe_double.errors import ApiError, Json, invalid
from billing.stripe_double.store import ACCOUNT, KIND_OF_PREFIX, Store

Handler = Callable[..., Json]
KEY = re.compile(r"Bearer (sk|rk)_(test|live)_[A-Za-z0-9]{24,}")
LISTED_AT_MOST = 100


@dataclass
class Fault:
    """What a request meets instead of an answer: `times` requests whose method and path match `pattern`."""

    pattern: str
    kind: str  # "down" (no connection), "error" (500), "busy" (429), "after" (done, but the answer is lost)
    times: int = 1


class ConnectionLost(Exception):
    """The answer never comes."""


def _list(store: Store, kind: str, params: Json, rows: list[Json] | None = None, url: str = "") -> Json:
    found = list(reversed(rows if rows is not None else store.all(kind)))
    found = [each for each in found if _matches(kind, each, params)]
    if params.get("starting_after"):
        ids = [each["id"] for each in found]
        found = found[ids.index(params["starting_after"]) + 1 :] if params["starting_after"] in ids else []
    limit = min(forms.whole(params, "limit", 10) or 10, LISTED_AT_MOST)
    return {"object": "list", "data": found[:limit], "has_more": len(found) > limit, "url": url}


def _matches(kind: str, each: Json, params: Json) -> bool:
    ended = kind == "subscription" and each["status"] in {"canceled", "incomplete_expired"}
    if each.get("deleted") or (ended and not params.get("status")):
        return False
    about_the_list = {"limit", "starting_after", "ending_before", "expand"}
    wishes = {name: wanted for name, wanted in params.items() if name not in about_the_list and wanted != "all"}
    return all(_fits(kind, each, name, wanted) for name, wanted in wishes.items())


def _fits(kind: str, each: Json, name: str, wanted: Any) -> bool:
    if name == "lookup_keys":
        return each["lookup_key"] in wanted
    if name == "created":
        return not isinstance(wanted, dict) or bool(each["created"] >= int(wanted.get("gte", 0)))
    if name == "subscription" and kind == "invoice":
        return bool(each["parent"]["subscription_details"]["subscription"] == wanted)
    return name not in each or str(each[name]).lower() == str(wanted).lower()


# --- Handlers that are more than one call ------------------------------------------------------------
def _account(store: Store, params: Json) -> Json:
    return {
        "id": ACCOUNT,
        "object": "account",
        "business_profile": {"name": "Theorama"},
        "business_type": "company",
        "charges_enabled": True,
        "country": "US",
        "created": 1_700_000_000,
        "default_currency": "usd",
        "details_submitted": True,
        "email": "owner@theorama.example",
        "metadata": {},
        "payouts_enabled": True,
        "settings": _settings(),
        "type": "standard",
    }


def _settings() -> Json:
    decline = {"avs_failure": False, "cvc_failure": False}
    prefixes = dict.fromkeys(("statement_descriptor_prefix_kana", "statement_descriptor_prefix_kanji"))
    descriptor = dict.fromkeys(("statement_descriptor_kana", "statement_descriptor_kanji"))
    return {
        "branding": dict.fromkeys(("icon", "logo", "primary_color", "secondary_color")),
        "card_payments": {"decline_on": decline, "statement_descriptor_prefix": "THEORAMA", **prefixes},
        "dashboard": {"display_name": "Theorama", "timezone": "UTC"},
        "payments": {"statement_descriptor": "THEORAMA", **descriptor},
    }


def _pay(store: Store, params: Json, key: str) -> Json:
    invoice = store.get("invoice", key)
    if invoice["status"] == "paid":
        raise invalid("Invoice is already paid", code="invoice_already_paid")
    if forms.boolean(params, "paid_out_of_band"):
        invoices.pay_elsewhere(store, invoice)
        subs.settle(store, invoice, refused=False)
        return invoice
    method = params.get("payment_method")
    card = store.get("payment_method", method, param="payment_method") if method else None
    refused = subs.collect(store, invoice, card=card)
    if refused:
        store.cards["keep"] = "yes"  # the failed attempt stays, whatever is answered
        raise refused
    return invoice


def _preview(store: Store, params: Json) -> Json:
    """Do it, look at the invoice, and undo it."""
    kept = store.snapshot()
    try:
        details = params.get("subscription_details") or {}
        subscription = store.get("subscription", params.get("subscription"), param="subscription")
        last = subscription["latest_invoice"]
        subs.update(store, details, subscription["id"], collect=False)
        if subscription["latest_invoice"] == last:
            lines = subs.upcoming_lines(store, subscription)
            invoices.draft(store, subscription, lines, reason="upcoming")
        invoice = store.get("invoice", subscription["latest_invoice"])
        preview: Json = json.loads(json.dumps({**invoice, "id": f"upcoming_{invoice['id']}"}))
        return preview
    finally:
        store.restore(kept)


def _cancel(store: Store, params: Json, key: str) -> Json:
    subscription = store.get("subscription", key)
    if subscription["status"] == "canceled":
        raise invalid(f"No such subscription: '{key}'", param="id", code="resource_missing", status=404)
    subs.end(store, subscription, reason="cancellation_requested")
    return subscription


def _entitlements(store: Store, params: Json) -> Json:
    features: dict[str, Json] = {}
    for subscription in store.all("subscription", customer=params.get("customer")):
        if subscription["status"] in {"active", "trialing"}:
            for item in subscription["items"]["data"]:
                for each in catalogue.features_of(store, item["price"]["product"]):
                    features[each["entitlement_feature"]["id"]] = each["entitlement_feature"]
    rows = [
        {
            "id": f"ent_{key}",
            "object": "entitlements.active_entitlement",
            "feature": key,
            "livemode": store.livemode,
            "lookup_key": feature["lookup_key"],
        }
        for key, feature in features.items()
    ]
    return {"object": "list", "data": rows, "has_more": False, "url": "/v1/entitlements/active_entitlements"}


def _getter(kind: str) -> Handler:
    return lambda store, params, key: store.get(kind, key)


def _lister(kind: str) -> Handler:
    return lambda store, params: _list(store, kind, params)


def _nested(rows: Callable[[Store, str], list[Json]]) -> Handler:
    return lambda store, params, key: _list(
        store, "", {n: v for n, v in params.items() if n in {"limit"}}, rows(store, key)[::-1]
    )


def _finalise(store: Store, params: Json, key: str) -> Json:
    invoice = store.get("invoice", key)
    invoices.finalise(store, invoice)
    return invoice


def _void(store: Store, params: Json, key: str) -> Json:
    invoice = store.get("invoice", key)
    invoices.void(store, invoice)
    return invoice


def _delete_discount(store: Store, params: Json, key: str) -> Json:
    subs.update(store, {"discounts": ""}, key)
    return {"object": "discount", "deleted": True, "id": f"di_{key}"}


ONE = "([A-Za-z0-9_]+)"
ROUTES: list[tuple[str, str, Handler, str]] = [
    ("GET", "/v1/account", _account, ""),
    ("GET", f"/v1/accounts/{ACCOUNT}", _account, ""),
    ("POST", "/v1/products", catalogue.create_product, "ProductCreateParams"),
    ("POST", f"/v1/products/{ONE}", catalogue.update_product, "ProductModifyParams"),
    ("GET", f"/v1/products/{ONE}/features", _nested(catalogue.features_of), ""),
    ("POST", f"/v1/products/{ONE}/features", catalogue.attach_feature, "ProductCreateFeatureParams"),
    ("POST", "/v1/entitlements/features", catalogue.create_feature, "entitlements.FeatureCreateParams"),
    ("GET", "/v1/entitlements/active_entitlements", _entitlements, ""),
    ("POST", "/v1/prices", catalogue.create_price, "PriceCreateParams"),
    ("POST", f"/v1/prices/{ONE}", catalogue.update_price, "PriceModifyParams"),
    ("POST", "/v1/coupons", catalogue.create_coupon, "CouponCreateParams"),
    ("POST", "/v1/promotion_codes", catalogue.create_promotion_code, "PromotionCodeCreateParams"),
    ("POST", "/v1/customers", customers.create, "CustomerCreateParams"),
    ("POST", f"/v1/customers/{ONE}", customers.update, "CustomerModifyParams"),
    ("DELETE", f"/v1/customers/{ONE}", lambda store, params, key: customers.delete(store, key), ""),
    ("GET", f"/v1/customers/{ONE}/tax_ids", _nested(customers.tax_ids), ""),
    ("POST", f"/v1/customers/{ONE}/tax_ids", customers.add_tax_id, "CustomerCreateTaxIdParams"),
    ("POST", f"/v1/payment_methods/{ONE}/attach", customers.attach_card, "PaymentMethodAttachParams"),
    ("POST", f"/v1/payment_methods/{ONE}/detach", lambda s, p, key: customers.detach_card(s, key), ""),
    ("POST", "/v1/checkout/sessions", checkout.create, "checkout.SessionCreateParams"),
    ("GET", f"/v1/checkout/sessions/{ONE}/line_items", _nested(checkout.lines_of), ""),
    ("POST", f"/v1/checkout/sessions/{ONE}/expire", lambda s, p, key: checkout.expire(s, key), ""),
    ("POST", "/v1/billing_portal/configurations", portal.configure, "billing_portal.ConfigurationCreateParams"),
    (
        "POST",
        f"/v1/billing_portal/configurations/{ONE}",
        portal.reconfigure,
        "billing_portal.ConfigurationModifyParams",
    ),
    ("POST", "/v1/billing_portal/sessions", portal.open_session, "billing_portal.SessionCreateParams"),
    ("POST", "/v1/subscriptions", subs.create, "SubscriptionCreateParams"),
    ("POST", f"/v1/subscriptions/{ONE}", subs.update, "SubscriptionModifyParams"),
    ("DELETE", f"/v1/subscriptions/{ONE}", _cancel, "SubscriptionCancelParams"),
    ("DELETE", f"/v1/subscriptions/{ONE}/discount", _delete_discount, ""),
    ("POST", "/v1/invoices/create_preview", _preview, "InvoiceCreatePreviewParams"),
    ("POST", f"/v1/invoices/{ONE}/pay", _pay, "InvoicePayParams"),
    ("POST", f"/v1/invoices/{ONE}/finalize", _finalise, "InvoiceFinalizeInvoiceParams"),
    ("POST", f"/v1/invoices/{ONE}/void", _void, "InvoiceVoidInvoiceParams"),
    ("POST", "/v1/refunds", payments.refund, "RefundCreateParams"),
    ("POST", "/v1/webhook_endpoints", events.create_endpoint, "WebhookEndpointCreateParams"),
    ("POST", f"/v1/webhook_endpoints/{ONE}", events.update_endpoint, "WebhookEndpointModifyParams"),
    ("DELETE", f"/v1/webhook_endpoints/{ONE}", lambda s, p, key: s.delete("webhook_endpoint", key), ""),
    ("POST", "/v1/test_helpers/test_clocks", clock.create_test_clock, "test_helpers.TestClockCreateParams"),
    (
        "POST",
        f"/v1/test_helpers/test_clocks/{ONE}/advance",
        clock.advance_test_clock,
        "test_helpers.TestClockAdvanceParams",
    ),
]
PLACES = {
    "/v1/products": "product",
    "/v1/entitlements/features": "entitlements.feature",
    "/v1/prices": "price",
    "/v1/coupons": "coupon",
    "/v1/promotion_codes": "promotion_code",
    "/v1/customers": "customer",
    "/v1/payment_methods": "payment_method",
    "/v1/checkout/sessions": "checkout.session",
    "/v1/billing_portal/configurations": "billing_portal.configuration",
    "/v1/subscriptions": "subscription",
    "/v1/subscription_items": "subscription_item",
    "/v1/invoices": "invoice",
    "/v1/invoiceitems": "invoiceitem",
    "/v1/invoice_payments": "invoice_payment",
    "/v1/payment_intents": "payment_intent",
    "/v1/charges": "charge",
    "/v1/refunds": "refund",
    "/v1/events": "event",
    "/v1/webhook_endpoints": "webhook_endpoint",
    "/v1/tax_ids": "tax_id",
    "/v1/test_helpers/test_clocks": "test_helpers.test_clock",
}
ROUTES += [("GET", place, _lister(kind), "") for place, kind in PLACES.items()]
ROUTES += [("GET", f"{place}/{ONE}", _getter(kind), "") for place, kind in PLACES.items()]
_COMPILED = [(method, re.compile(path), handler, params) for method, path, handler, params in ROUTES]


def answer(store: Store, method: str, url: str, headers: Mapping[str, str], body: str = "") -> tuple[int, str]:
    """Answer a request as Stripe would: the status and the JSON. Raises ConnectionLost where a fault says so."""
    parts = urlsplit(url)
    fault = _fault(store, method, parts.path)
    if fault == "down":
        raise ConnectionLost
    with store.lock:
        try:
            if fault == "busy":
                raise ApiError(429, "invalid_request_error", "Request rate limit exceeded.", code="rate_limit")
            if fault == "error":
                raise ApiError(500, "api_error", "An unknown error occurred")
            status, text = _once(store, method, parts.path, parts.query, headers, body)
        except ApiError as error:
            status, text = error.status, json.dumps(error.body)
    if fault == "after":
        raise ConnectionLost
    return status, text


def _fault(store: Store, method: str, path: str) -> str:
    for each in store.faults:
        if each.times > 0 and re.search(each.pattern, f"{method} {path}"):
            each.times -= 1
            return str(each.kind)
    return ""


def _once(store: Store, method: str, path: str, query: str, headers: Mapping[str, str], body: str) -> tuple[int, str]:
    lower = {name.lower(): value for name, value in headers.items()}
    if not KEY.fullmatch(lower.get("authorization", "")):
        raise ApiError(401, "invalid_request_error", "Invalid API Key provided: ****")
    key = lower.get("idempotency-key") if method == "POST" else None
    print_of = hashlib.sha256(f"{method} {path} {body}".encode()).hexdigest()
    if key and key in store.answers:
        was, status, text = store.answers[key]
        if was != print_of:
            raise ApiError(
                400,
                "idempotency_error",
                "Keys for idempotent requests can only be used with the same parameters they were first used with. "
                f"Try using a key other than '{key}' if you meant to execute a different request.",
            )
        return status, text
    store.cause = {"id": f"req_{secrets.token_hex(7)}", "idempotency_key": key}
    try:
        status, text = _run(store, method, path, forms.decode(query if method in {"GET", "DELETE"} else body))
    finally:
        store.cause = None
    if key:
        store.answers[key] = (print_of, status, text)
    return status, text


def _run(store: Store, method: str, path: str, params: Json) -> tuple[int, str]:
    for wanted, pattern, handler, names in _COMPILED:
        found = pattern.fullmatch(path) if wanted == method else None
        if not found:
            continue
        kept = store.snapshot() if method != "GET" else None
        try:
            _known(params, names)
            result = handler(store, params, *found.groups())
            for wish in params.get("expand", []):
                result = expand(store, json.loads(json.dumps(result)), wish.split("."))
            return 200, json.dumps(result)
        except ApiError as error:
            if kept is not None and not store.cards.pop("keep", None):
                store.restore(kept)
            return error.status, json.dumps(error.body)
    raise ApiError(404, "invalid_request_error", f"Unrecognized request URL ({method}: {path}).")


def _known(params: Json, names: str) -> None:
    """Refuse a parameter that the SDK's own type for this request does not have."""
    if not names:
        return
    where: Any = stripe.params
    for part in names.split("."):
        where = getattr(where, part)
    for name in params:
        if name not in where.__annotations__:
            raise invalid(f"Received unknown parameter: {name}", param=name, code="parameter_unknown")


# --- Expansion ---------------------------------------------------------------------------------------
def expand(store: Store, found: Any, path: list[str]) -> Any:
    """Replace ids along a path ("data.customer", "latest_invoice.payments") by what they name."""
    if isinstance(found, list):
        return [expand(store, each, path) for each in found]
    if isinstance(found, str):
        kind = _kind_of(store, found)
        found = json.loads(json.dumps(store.get(kind, found))) if kind else found
    if not path or not isinstance(found, dict):
        return found
    head, *rest = path
    if head not in found:
        found[head] = _on_request(store, found, head)
    found[head] = expand(store, found[head], rest)
    return found


def _kind_of(store: Store, key: str) -> str:
    prefix = next((each for each in sorted(KIND_OF_PREFIX, key=len, reverse=True) if key.startswith(f"{each}_")), "")
    if prefix:
        return KIND_OF_PREFIX[prefix]
    return "coupon" if key in store.kinds.get("coupon", {}) else ""


def _on_request(store: Store, found: Json, name: str) -> Json | None:
    rows: list[Json] | None = None
    if (found["object"], name) == ("customer", "tax_ids"):
        rows = customers.tax_ids(store, found["id"])
    elif (found["object"], name) == ("customer", "subscriptions"):
        rows = store.all("subscription", customer=found["id"])
    elif (found["object"], name) == ("customer", "sources"):
        rows = []
    elif (found["object"], name) == ("invoice", "payments"):
        rows = store.all("invoice_payment", invoice=found["id"])
    elif (found["object"], name) == ("checkout.session", "line_items"):
        rows = checkout.lines_of(store, found["id"])
    elif (found["object"], name) == ("charge", "refunds"):
        rows = store.all("refund", charge=found["id"])
    if rows is None:
        raise invalid(f"This property cannot be expanded ({name}).", param="expand")
    return {"object": "list", "data": rows, "has_more": False, "url": ""}

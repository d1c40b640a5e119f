"""Checkout: sessions, and what the hosted page does when somebody pays on it."""

from __future__ import annotations

from typing import Any

from billing.stripe_double import customers, subscriptions
from billing.stripe_double.errors import ApiError, Json, card_refused, invalid, required
from billing.stripe_double.events import emit
from billing.stripe_double.forms import boolean, whole
from billing.stripe_double.store import Store

DAY = 86_400


def create(store: Store, params: Json) -> Json:
    """Open a session for a subscription; its `url` is the page to send the buyer to."""
    _check(store, params)
    customer = customers.live(store, str(params["customer"]), param="customer") if params.get("customer") else None
    lines = [_line(store, each) for each in params["line_items"]]
    discounts = [
        {"coupon": each.get("coupon"), "promotion_code": each.get("promotion_code")}
        for each in params.get("discounts", [])
    ]
    session = store.create(
        "checkout.session",
        allow_promotion_codes=boolean(params, "allow_promotion_codes") or None,
        automatic_tax={
            "enabled": boolean(params.get("automatic_tax") or {}, "enabled"),
            "liability": None,
            "provider": None,
            "status": None,
        },
        billing_address_collection=params.get("billing_address_collection"),
        cancel_url=params.get("cancel_url"),
        client_reference_id=params.get("client_reference_id"),
        created=store.now(),
        currency=lines[0]["currency"],
        custom_fields=[_custom_field(each) for each in params.get("custom_fields", [])],
        custom_text={
            "after_submit": None,
            "shipping_address": None,
            "submit": None,
            "terms_of_service_acceptance": None,
        },
        customer=customer["id"] if customer else None,
        customer_email=params.get("customer_email"),
        discounts=discounts,
        expires_at=whole(params, "expires_at", store.now() + DAY),
        locale=params.get("locale"),
        metadata=params.get("metadata") or {},
        mode=params["mode"],
        payment_method_collection=params.get("payment_method_collection", "always"),
        payment_method_types=["card"],
        payment_status="unpaid",
        shipping_options=[],
        status="open",
        success_url=params.get("success_url"),
        tax_id_collection={
            "enabled": boolean(params.get("tax_id_collection") or {}, "enabled"),
            "required": "never",
        },
        ui_mode="hosted_page",
    )
    session["url"] = f"{store.cards.get('pages', 'https://checkout.stripe.com')}/c/pay/{session['id']}"
    _add_up(store, session, lines)
    store.kinds.setdefault("session_detail", {})[session["id"]] = {
        "lines": lines,
        "subscription_data": params.get("subscription_data") or {},
        "customer_update": params.get("customer_update") or {},
    }
    return session


def _check(store: Store, params: Json) -> None:
    if not params.get("mode"):
        raise required("mode")
    if params["mode"] != "subscription":
        raise invalid("The double knows only mode=subscription.", param="mode")
    if not params.get("line_items"):
        raise required("line_items")
    if not params.get("success_url"):
        raise required("success_url")
    if params.get("discounts") and "allow_promotion_codes" in params:
        raise invalid("You may only specify one of these parameters: allow_promotion_codes, discounts.")
    collects = boolean(params.get("tax_id_collection") or {}, "enabled")
    if collects and params.get("customer") and (params.get("customer_update") or {}).get("name") != "auto":
        raise invalid(
            "Tax ID collection requires updating business name on the customer. To enable tax ID collection for an "
            "existing customer, please set `customer_update[name]` to `auto`."
        )
    for each in params.get("discounts", []):
        store.get("coupon", each.get("coupon"), param="discounts[0][coupon]") if each.get("coupon") else None


def _line(store: Store, given: Json) -> Json:
    price = store.get("price", given.get("price"), param="line_items[0][price]")
    if not price["active"]:
        raise invalid("The price specified is inactive. This field only accepts active prices.", param="line_items")
    quantity = whole(given, "quantity", 1) or 1
    amount = quantity * price["unit_amount"]
    return store.create(
        "item",
        amount_discount=0,
        amount_subtotal=amount,
        amount_tax=0,
        amount_total=amount,
        currency=price["currency"],
        description=store.get("product", price["product"])["name"],
        price=price,
        quantity=quantity,
    )


def _custom_field(given: Json) -> Json:
    bounds = {"default_value": None, "maximum_length": None, "minimum_length": None, "value": None}
    return {
        "key": given["key"],
        "label": {"type": "custom", "custom": given["label"]["custom"]},
        "optional": boolean(given, "optional"),
        "type": given["type"],
        "dropdown": None,
        "numeric": bounds if given["type"] == "numeric" else None,
        "text": bounds if given["type"] == "text" else None,
    }


def _add_up(store: Store, session: Json, lines: list[Json]) -> None:
    subtotal = sum(each["amount_subtotal"] for each in lines)
    off = 0.0
    for each in session["discounts"]:
        key = each["coupon"] or store.get("promotion_code", each["promotion_code"])["promotion"]["coupon"]
        coupon = store.get("coupon", key)
        off += coupon["amount_off"] or subtotal * (coupon["percent_off"] or 0) / 100
    session["amount_subtotal"] = subtotal
    session["amount_total"] = subtotal - round(off)
    session["total_details"] = {"amount_discount": round(off), "amount_shipping": 0, "amount_tax": 0, "breakdown": None}


def lines_of(store: Store, session: str) -> list[Json]:
    """Return what a session sells."""
    store.get("checkout.session", session)
    lines: list[Json] = store.kinds["session_detail"][session]["lines"]
    return lines


def expire(store: Store, key: str) -> Json:
    """Close an open session."""
    session = store.get("checkout.session", key)
    if session["status"] != "open":
        raise invalid('Only Checkout Sessions with a status in ["open"] can be expired.')
    session |= {"status": "expired", "url": None}
    emit(store, "checkout.session.expired", session)
    return session


# --- What the hosted page does -----------------------------------------------------------------------
def apply_code(store: Store, key: str, code: str) -> Json:
    """Take a promotion code that the buyer typed. Raises ApiError where it is not valid."""
    session = store.get("checkout.session", key)
    found = [each for each in store.all("promotion_code", active=True) if each["code"].upper() == code.upper()]
    if not session["allow_promotion_codes"] or not found:
        raise invalid("This code is invalid.", param="promotion_code")
    session["discounts"] = [{"coupon": None, "promotion_code": found[0]["id"]}]
    _add_up(store, session, lines_of(store, key))
    return session


def pay(store: Store, key: str, *, card: str = "4242424242424242", **filled: Any) -> Json:
    """Fill in and submit the hosted page: `country`, `name`, `tax_id` (type, value), `fields` (the custom ones).

    Raises ApiError with the card's refusal; the session stays open then, and nothing else has happened.
    """
    session = store.get("checkout.session", key)
    if session["status"] != "open":
        raise ApiError(400, "invalid_request_error", "This session has been completed or has expired.")
    detail = store.kinds["session_detail"][key]
    customer = _buyer(store, session, detail, filled)
    method = customers.create_card(store, card, name=filled.get("name"), country=filled.get("country"))
    customers.refuse_at_once(store, method)
    if store.cards[method["id"]] == "fails_later" and "trial_period_days" not in detail["subscription_data"]:
        raise card_refused("generic_decline")
    method["customer"] = customer["id"]
    emit(store, "payment_method.attached", method)
    wanted = {
        **detail["subscription_data"],
        "customer": customer["id"],
        "items": [{"price": each["price"]["id"], "quantity": each["quantity"]} for each in detail["lines"]],
        "discounts": session["discounts"],
        "automatic_tax": {"enabled": str(session["automatic_tax"]["enabled"]).lower()},
    }
    subscription = subscriptions.create(store, wanted, card=method, off_session=False)
    _complete(store, session, subscription, customer, filled)
    return session


def _buyer(store: Store, session: Json, detail: Json, filled: Json) -> Json:
    if session["customer"]:
        customer = customers.live(store, session["customer"])
    else:
        customer = customers.create(store, {"email": session["customer_email"] or filled.get("email")})
        session["customer"] = customer["id"]
    update = detail["customer_update"]
    if filled.get("country") and update.get("address") == "auto":
        customers.update(store, {"address": {"country": filled["country"]}}, customer["id"])
    if filled.get("name") and update.get("name") == "auto":
        customers.update(store, {"name": filled["name"]}, customer["id"])
    if filled.get("tax_id") and session["tax_id_collection"]["enabled"]:
        kind, value = filled["tax_id"]
        customers.add_tax_id(store, {"type": kind, "value": value}, customer["id"])
    return customer


def _complete(store: Store, session: Json, subscription: Json, customer: Json, filled: Json) -> None:
    for field in session["custom_fields"]:
        given = (filled.get("fields") or {}).get(field["key"])
        if given:
            field[field["type"]]["value"] = given
    ids = [{"type": each["type"], "value": each["value"]} for each in customers.tax_ids(store, customer["id"])]
    session |= {
        "status": "complete",
        "payment_status": "no_payment_required" if subscription["status"] == "trialing" else "paid",
        "subscription": subscription["id"],
        "invoice": subscription["latest_invoice"],
        "url": None,
        "customer_details": {
            "address": customer["address"],
            "business_name": None,
            "email": customer["email"],
            "individual_name": None,
            "name": customer["name"],
            "phone": None,
            "tax_exempt": customer["tax_exempt"],
            "tax_ids": ids,
        },
    }
    emit(store, "checkout.session.completed", session)

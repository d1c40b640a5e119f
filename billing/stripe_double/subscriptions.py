"""Subscriptions and their items: begun, changed with proration, renewed, past due, ended."""

from __future__ import annotations

import copy
from typing import Any

from billing.stripe_double import customers, invoices, periods
from billing.stripe_double.errors import ApiError, Json, invalid, required
from billing.stripe_double.events import emit
from billing.stripe_double.forms import boolean, merged, whole
from billing.stripe_double.store import Store

LIVE = {"active", "trialing", "past_due", "unpaid", "incomplete", "paused"}
INCOMPLETE_SECONDS = 23 * 3_600


def create(store: Store, params: Json, *, card: Json | None = None, off_session: bool = True) -> Json:
    """Begin a subscription: its first invoice is made and, where a card is to pay, charged at once."""
    if not params.get("items"):
        raise required("items")
    customer = customers.live(store, str(params.get("customer")), param="customer")
    now = store.now(customer)
    trial_end = _trial_end(params, now)
    subscription = _blank(store, params, customer, now, trial_end)
    for each in params["items"]:
        _add_item(store, subscription, each, start=now, end=trial_end)
    subscription["currency"] = subscription["items"]["data"][0]["price"]["currency"]
    _one_currency(customer, subscription)
    if card:
        subscription["default_payment_method"] = card["id"]
    set_discounts(store, subscription, params.get("discounts", []))
    subscription["status"] = "trialing" if trial_end else "active"
    emit_first = "customer.subscription.created"
    invoice = invoices.draft(store, subscription, _period_lines(store, subscription), reason="subscription_create")
    invoices.finalise(store, invoice)
    if invoice["status"] == "open" and subscription["collection_method"] == "charge_automatically":
        refused = invoices.attempt(store, invoice, off_session=off_session)
        if refused and params.get("payment_behavior") == "error_if_incomplete":
            raise refused
        subscription["status"] = "incomplete" if refused else "active"
    emit(store, emit_first, subscription)
    return subscription


def _trial_end(params: Json, now: int) -> int | None:
    days = whole(params, "trial_period_days")
    if days:
        return now + days * periods.DAY
    end = params.get("trial_end")
    return None if end in {None, "now"} else int(str(end))


def _blank(store: Store, params: Json, customer: Json, now: int, trial_end: int | None) -> Json:
    collection = params.get("collection_method", "charge_automatically")
    if collection == "send_invoice":
        if not customer["email"]:
            raise invalid("Missing email. In order to create invoices that are sent to the customer, set an email.")
        if not params.get("days_until_due"):
            raise invalid("days_until_due is required when collection_method is send_invoice.", param="days_until_due")
    tax = {"disabled_reason": None, "liability": None}
    return store.create(
        "subscription",
        automatic_tax={"enabled": boolean(params.get("automatic_tax") or {}, "enabled"), **tax},
        billing_cycle_anchor=trial_end or now,
        billing_mode={"type": "flexible", "flexible": None, "updated_at": None},
        billing_schedules=[],
        cancel_at_period_end=boolean(params, "cancel_at_period_end"),
        cancellation_details={"comment": None, "feedback": None, "feedback_option": None, "reason": None},
        collection_method=collection,
        created=now,
        currency="",
        customer=customer["id"],
        days_until_due=whole(params, "days_until_due"),
        default_payment_method=params.get("default_payment_method"),
        default_tax_rates=[],
        description=params.get("description"),
        discounts=[],
        invoice_settings={
            "issuer": {"type": "self", "account": None},
            "account_tax_ids": None,
            "custom_fields": None,
            "description": None,
            "footer": None,
        },
        items={"object": "list", "data": [], "has_more": False, "url": "/v1/subscription_items"},
        metadata=params.get("metadata") or {},
        payment_settings={
            "payment_method_options": None,
            "payment_method_types": None,
            "save_default_payment_method": "off",
        },
        start_date=now,
        status="incomplete",
        test_clock=customer["test_clock"],
        trial_end=trial_end,
        trial_start=now if trial_end else None,
        trial_settings={"end_behavior": {"missing_payment_method": "create_invoice"}},
    )


def _one_currency(customer: Json, subscription: Json) -> None:
    if customer["currency"] not in {None, subscription["currency"]}:
        raise invalid(
            "You cannot combine currencies on a single customer. This customer has had a subscription in "
            f"{customer['currency']}."
        )
    customer["currency"] = subscription["currency"]


def _add_item(store: Store, subscription: Json, given: Json, *, start: int, end: int | None) -> Json:
    price = store.get("price", given.get("price"), param="items[0][price]")
    if not price["active"]:
        raise invalid(f"The price specified is inactive. This field only accepts active prices: {price['id']}")
    if not price["recurring"]:
        raise invalid("The price specified is set to `type=one_time` but this field only accepts `type=recurring`.")
    anchor = subscription["billing_cycle_anchor"]
    item = store.create(
        "subscription_item",
        created=start,
        current_period_start=start,
        current_period_end=end or periods.after(start, price["recurring"], anchor=anchor),
        discounts=[],
        metadata=given.get("metadata") or {},
        plan=_plan(price),
        price=copy.deepcopy(price),
        quantity=whole(given, "quantity", 1),
        subscription=subscription["id"],
        tax_rates=[],
    )
    subscription["items"]["data"].append(item)
    return item


def _plan(price: Json) -> Json:
    recurring = price["recurring"]
    same = ("active", "billing_scheme", "created", "currency", "id", "livemode", "metadata", "nickname", "product")
    return {
        **{name: price[name] for name in same},
        "object": "plan",
        "amount": price["unit_amount"],
        "amount_decimal": price["unit_amount_decimal"],
        "interval": recurring["interval"],
        "interval_count": recurring["interval_count"],
        "meter": None,
        "tiers_mode": None,
        "transform_usage": None,
        "trial_period_days": None,
        "usage_type": "licensed",
    }


def set_discounts(store: Store, subscription: Json, given: Any) -> None:
    """Replace the discounts of a subscription; an empty string removes them."""
    kept = []
    for each in given or []:
        code = each.get("promotion_code")
        promotion = store.get("promotion_code", code, param="discounts[0][promotion_code]") if code else None
        if each.get("discount"):
            kept.append(store.get("discount", each["discount"])["id"])
            continue
        key = promotion["promotion"]["coupon"] if promotion else each.get("coupon")
        coupon = store.get("coupon", key, param="discounts[0][coupon]")
        coupon["times_redeemed"] += 1
        if promotion:
            promotion["times_redeemed"] += 1
        discount = store.create(
            "discount",
            customer=subscription["customer"],
            promotion_code=code,
            source={"type": "coupon", "coupon": coupon["id"]},
            start=store.now(subscription),
            subscription=subscription["id"],
        )
        kept.append(discount["id"])
    subscription["discounts"] = kept


# --- Money of a period -------------------------------------------------------------------------------
def _name(store: Store, price: Json) -> str:
    return str(store.get("product", price["product"])["name"])


def _period_lines(store: Store, subscription: Json) -> list[Json]:
    trialing = subscription["status"] == "trialing"
    return [
        invoices.line(
            store,
            item["price"],
            quantity=item["quantity"],
            amount=0 if trialing else item["quantity"] * item["price"]["unit_amount"],
            start=item["current_period_start"],
            end=item["current_period_end"],
            item=item,
            about=f"{'Free trial for ' if trialing else ''}{item['quantity']} x {_name(store, item['price'])}",
        )
        for item in subscription["items"]["data"]
    ]


def _share(store: Store, subscription: Json) -> float:
    share = 1.0
    for key in subscription["discounts"]:
        coupon = store.get("coupon", store.get("discount", key)["source"]["coupon"])
        share *= 1 - (coupon["percent_off"] or 0) / 100
    return share


def _prorated(store: Store, subscription: Json, item: Json, *, price: Json, quantity: int, sign: int, at: int) -> Json:
    whole_amount = price["unit_amount"] * quantity * _share(store, subscription)
    when = periods.left(item, at)
    words = "Unused time on" if sign < 0 else "Remaining time on"
    return invoices.line(
        store,
        price,
        quantity=quantity,
        amount=sign * round(whole_amount * when),
        start=at,
        end=item["current_period_end"],
        item=item,
        about=f"{words} {quantity} x {_name(store, price)}",
        proration=True,
    )


# --- Changes -----------------------------------------------------------------------------------------
def update(store: Store, params: Json, key: str, *, collect: bool = True) -> Json:
    """Change a subscription. `collect=False` leaves an invoice that this makes as a draft (for previews)."""
    subscription = store.get("subscription", key)
    if subscription["status"] in {"canceled", "incomplete_expired"}:
        raise invalid("A canceled subscription can only update its cancellation_details and metadata.")
    before = copy.deepcopy(subscription)
    _simple_changes(store, subscription, params)
    lines, restarted = _change_items(store, subscription, params)
    if params.get("trial_end") == "now" and subscription["status"] == "trialing":
        end_trial(store, subscription, at=store.now(subscription), finalise=collect)
    behaviour = params.get("proration_behavior", "create_prorations")
    if behaviour == "always_invoice" and lines and not restarted:
        lines += take_pending(store, subscription)
    if restarted or (behaviour == "always_invoice" and lines):
        if restarted:
            lines = take_pending(store, subscription) + lines + _period_lines(store, subscription)
        _collect_change(store, subscription, lines, params, collect=collect)
    elif lines:
        _keep_pending(store, subscription, lines)
    emit(store, "customer.subscription.updated", subscription, before=before)
    return subscription


def _simple_changes(store: Store, subscription: Json, params: Json) -> None:
    if "cancel_at_period_end" in params:
        ends = boolean(params, "cancel_at_period_end")
        subscription["cancel_at_period_end"] = ends
        subscription["cancel_at"] = period_end(subscription) if ends else None
        subscription["canceled_at"] = store.now(subscription) if ends else None
        subscription["cancellation_details"]["reason"] = "cancellation_requested" if ends else None
    for name in ("default_payment_method", "description"):
        if name in params:
            subscription[name] = params[name] or None
    if "discounts" in params:
        set_discounts(store, subscription, params["discounts"])
    if "automatic_tax" in params:
        subscription["automatic_tax"]["enabled"] = boolean(params["automatic_tax"], "enabled")
    subscription["metadata"] = merged(subscription["metadata"], params.get("metadata", {}))


def _change_items(store: Store, subscription: Json, params: Json) -> tuple[list[Json], bool]:
    """Apply `items`; return the lines of proration and whether the billing period starts anew."""
    at = whole(params, "proration_date") or store.now(subscription)
    prorate = params.get("proration_behavior") != "none" and subscription["status"] != "trialing"
    lines: list[Json] = []
    restarted = False
    for given in params.get("items", []):
        if not given.get("id"):
            _add_item(store, subscription, given, start=at, end=period_end(subscription))
            continue
        item = next((each for each in subscription["items"]["data"] if each["id"] == given["id"]), None)
        if item is None:
            raise invalid(f"No such subscription item: '{given['id']}'", code="resource_missing", status=404)
        old_price, old_quantity = item["price"], item["quantity"]
        new_price = store.get("price", given.get("price", old_price["id"]), param="items[0][price]")
        new_quantity = whole(given, "quantity", old_quantity)
        if (new_price["id"], new_quantity) == (old_price["id"], old_quantity):
            continue
        if new_price["currency"] != subscription["currency"]:
            raise invalid("The price's currency differs from the subscription's.", param="items[0][price]")
        if prorate:
            how: Json = {"price": old_price, "quantity": old_quantity, "sign": -1, "at": at}
            lines.append(_prorated(store, subscription, item, **how))
        item |= {"price": copy.deepcopy(new_price), "plan": _plan(new_price), "quantity": new_quantity}
        same_period = new_price["recurring"]["interval"] == old_price["recurring"]["interval"]
        if subscription["status"] != "trialing" and not same_period:
            restarted = True
            subscription["billing_cycle_anchor"] = at
            item["current_period_start"] = at
            item["current_period_end"] = periods.after(at, new_price["recurring"], anchor=at)
        elif prorate:
            how = {"price": new_price, "quantity": new_quantity, "sign": 1, "at": at}
            lines.append(_prorated(store, subscription, item, **how))
    return lines, restarted


def _collect_change(store: Store, subscription: Json, lines: list[Json], params: Json, *, collect: bool) -> None:
    invoice = invoices.draft(store, subscription, lines, reason="subscription_update")
    if not collect:
        return
    invoices.finalise(store, invoice)
    if invoice["status"] == "open" and subscription["collection_method"] == "charge_automatically":
        refused = invoices.attempt(store, invoice)
        if refused and params.get("payment_behavior") == "error_if_incomplete":
            raise refused
        if refused:
            subscription["status"] = "past_due"


def _keep_pending(store: Store, subscription: Json, lines: list[Json]) -> None:
    for each in lines:
        item = store.create(
            "invoiceitem",
            amount=each["amount"],
            currency=each["currency"],
            customer=subscription["customer"],
            date=each["period"]["start"],
            description=each["description"],
            discountable=False,
            discounts=[],
            parent={
                "subscription_details": {
                    "subscription": subscription["id"],
                    "subscription_item": each["parent"]["subscription_item_details"]["subscription_item"],
                },
                "type": "subscription_details",
            },
            period=each["period"],
            pricing=each["pricing"],
            proration=True,
            quantity=each["quantity"],
            quantity_decimal=each["quantity_decimal"],
        )
        store.cards[f"line:{item['id']}"] = each["id"]
        each["parent"]["subscription_item_details"]["invoice_item"] = item["id"]
        store.kinds.setdefault("pending_line", {})[item["id"]] = {**each, "subscription": subscription["id"]}
        emit(store, "invoiceitem.created", item)


def take_pending(store: Store, subscription: Json) -> list[Json]:
    """Return the lines that wait for the subscription's next invoice, and let them wait no more."""
    waiting = store.kinds.get("pending_line", {})
    mine = [key for key, each in waiting.items() if each["subscription"] == subscription["id"]]
    return [waiting.pop(key) for key in mine]


def upcoming_lines(store: Store, subscription: Json) -> list[Json]:
    """Return what the next renewal will bill: what waits for it, and the next period."""
    ahead = copy.deepcopy(subscription)
    for item in ahead["items"]["data"]:
        start = item["current_period_end"]
        anchor = ahead["billing_cycle_anchor"]
        item["current_period_start"] = start
        item["current_period_end"] = periods.after(start, item["price"]["recurring"], anchor=anchor)
    ahead["status"] = "active"
    return take_pending(store, subscription) + _period_lines(store, ahead)


# --- Time --------------------------------------------------------------------------------------------
def period_end(subscription: Json) -> int:
    """Return when the first of its items' periods ends."""
    return min(int(each["current_period_end"]) for each in subscription["items"]["data"])


def renew(store: Store, subscription: Json) -> Json:
    """Begin the next period and draft its invoice, or end the subscription as it was asked to."""
    if subscription["cancel_at_period_end"]:
        end(store, subscription, reason="cancellation_requested")
        return subscription
    before = copy.deepcopy(subscription)
    for item in subscription["items"]["data"]:
        start = item["current_period_end"]
        anchor = subscription["billing_cycle_anchor"]
        item["current_period_start"] = start
        item["current_period_end"] = periods.after(start, item["price"]["recurring"], anchor=anchor)
    lines = take_pending(store, subscription) + _period_lines(store, subscription)
    invoices.draft(store, subscription, lines, reason="subscription_cycle")
    emit(store, "customer.subscription.updated", subscription, before=before)
    return subscription


def end_trial(store: Store, subscription: Json, *, at: int, finalise: bool = False) -> None:
    """Turn a trial into a paid period, or end it where it was asked to end."""
    if subscription["cancel_at_period_end"]:
        end(store, subscription, reason="cancellation_requested")
        return
    before = copy.deepcopy(subscription)
    subscription |= {"status": "active", "trial_end": at, "billing_cycle_anchor": at}
    for item in subscription["items"]["data"]:
        item["current_period_start"] = at
        item["current_period_end"] = periods.after(at, item["price"]["recurring"], anchor=at)
    invoice = invoices.draft(store, subscription, _period_lines(store, subscription), reason="subscription_cycle")
    emit(store, "customer.subscription.updated", subscription, before=before)
    if finalise:
        collect(store, invoice)


def collect(store: Store, invoice: Json, *, card: Json | None = None) -> ApiError | None:
    """Finalise (where it is a draft) and charge an invoice; the subscription's status follows from the outcome."""
    if invoice["status"] == "draft":
        invoices.finalise(store, invoice)
    refused: ApiError | None = None
    if invoice["status"] == "open" and invoice["collection_method"] == "charge_automatically":
        refused = invoices.attempt(store, invoice, card=card)
    settle(store, invoice, refused=refused is not None)
    return refused


def settle(store: Store, invoice: Json, *, refused: bool) -> None:
    """Give the invoice's subscription the status that follows from a payment or its failure."""
    subscription = store.get("subscription", invoice["parent"]["subscription_details"]["subscription"])
    if subscription["status"] not in LIVE:
        return
    before = copy.deepcopy(subscription)
    if invoice["status"] == "paid":
        still_open = store.all("invoice", status="open", customer=subscription["customer"])
        overdue = [each for each in still_open if each["attempted"] or _is_overdue(store, each)]
        if subscription["status"] in {"incomplete", "past_due", "unpaid"} and not overdue:
            subscription["status"] = "active"
    elif refused and subscription["status"] != "incomplete":
        if invoice["next_payment_attempt"] is None:
            end(store, subscription, reason="payment_failed")
            return
        subscription["status"] = "past_due"
    emit(store, "customer.subscription.updated", subscription, before=before)


def _is_overdue(store: Store, invoice: Json) -> bool:
    return invoice["due_date"] is not None and bool(invoice["due_date"] < store.now(invoice))


def end(store: Store, subscription: Json, *, reason: str) -> None:
    """End a subscription now."""
    now = store.now(subscription)
    subscription |= {
        "status": "canceled",
        "ended_at": now,
        "canceled_at": subscription["canceled_at"] or now,
        "cancel_at_period_end": False,
    }
    subscription["cancellation_details"]["reason"] = reason
    for invoice in store.all("invoice", customer=subscription["customer"], status="open"):
        invoice |= {"auto_advance": False, "next_payment_attempt": None}
    emit(store, "customer.subscription.deleted", subscription)


def expire_incomplete(store: Store, subscription: Json) -> None:
    """Give up a subscription whose first invoice was not paid within 23 hours."""
    before = copy.deepcopy(subscription)
    subscription |= {"status": "incomplete_expired", "ended_at": store.now(subscription)}
    emit(store, "customer.subscription.updated", subscription, before=before)

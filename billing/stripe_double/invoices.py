"""Invoices: how they are put together, finalised, paid, sent, tried again and given up."""

from __future__ import annotations

from typing import Any

from billing.stripe_double import customers, payments
from billing.stripe_double.errors import ApiError, Json, invalid
from billing.stripe_double.events import emit
from billing.stripe_double.store import ACCOUNT, Store

DAY = 86_400
FINALISES_AFTER = 3_600  # a renewal stays a draft for about an hour
RETRY_DAYS = (3, 5, 7)  # then the subscription ends
# Stripe Tax knows them all; these are enough to see that the fields are read. Percent, added to the price.
TAX_PERCENT = {"DE": 19, "FR": 20, "GB": 20, "IE": 23}
OWN_COUNTRY = "US"


def line(
    store: Store, price: Json, *, quantity: int, amount: int, start: int, end: int, item: Json, about: str, **more: Any
) -> Json:
    """Return a line of an invoice about an item of a subscription; `more` says proration and discountable."""
    details = {
        "invoice_item": more.get("invoice_item"),
        "proration": more.get("proration", False),
        "proration_details": {"credited_items": None},
        "subscription": item["subscription"],
        "subscription_item": item["id"],
    }
    found = store.create(
        "line_item",
        amount=amount,
        currency=price["currency"],
        description=about,
        discountable=not details["proration"],
        discount_amounts=[],
        discounts=[],
        parent={
            "invoice_item_details": None,
            "subscription_item_details": details,
            "type": "subscription_item_details",
        },
        period={"start": start, "end": end},
        pretax_credit_amounts=[],
        pricing={
            "price_details": {"price": price["id"], "product": price["product"]},
            "type": "price_details",
            "unit_amount_decimal": price["unit_amount_decimal"],
        },
        quantity=quantity,
        quantity_decimal=str(quantity),
        subscription=item["subscription"],
        subtotal=amount,
        taxes=[],
    )
    del store.kinds["line_item"][found["id"]]  # it lives in its invoice
    return found


def draft(store: Store, subscription: Json, lines: list[Json], *, reason: str) -> Json:
    """Make the draft of an invoice for a subscription, with the discounts and taxes on it."""
    customer = store.get("customer", subscription["customer"])
    now = store.now(customer)
    periods = [each["period"] for each in lines] or [{"start": now, "end": now}]
    automatic = subscription["collection_method"] == "charge_automatically"
    invoice = store.create(
        "invoice",
        account_country=OWN_COUNTRY,
        account_name="Theorama",
        amount_overpaid=0,
        amount_paid=0,
        amount_shipping=0,
        attempt_count=0,
        attempted=False,
        auto_advance=True,
        automatic_tax={
            "disabled_reason": None,
            "enabled": subscription["automatic_tax"]["enabled"],
            "liability": None,
            "provider": None,
            "status": "complete" if subscription["automatic_tax"]["enabled"] else None,
        },
        automatically_finalizes_at=now + FINALISES_AFTER,
        billing_reason=reason,
        collection_method=subscription["collection_method"],
        created=now,
        currency=subscription["currency"],
        custom_fields=customer["invoice_settings"]["custom_fields"],
        customer=customer["id"],
        customer_address=customer["address"],
        customer_email=customer["email"],
        customer_name=customer["business_name"] or customer["name"],
        customer_tax_exempt=customer["tax_exempt"],
        customer_tax_ids=[
            {"type": each["type"], "value": each["value"]} for each in customers.tax_ids(store, customer["id"])
        ],
        default_tax_rates=[],
        discounts=list(subscription["discounts"]),
        due_date=None if automatic else now + (subscription["days_until_due"] or 30) * DAY,
        issuer={"type": "self", "account": None},
        lines={"object": "list", "data": lines, "has_more": False, "url": ""},
        parent={
            "quote_details": None,
            "subscription_details": {
                "metadata": dict(subscription["metadata"]),
                "subscription": subscription["id"],
                "subscription_proration_date": None,
            },
            "type": "subscription_details",
        },
        payment_settings={"default_mandate": None, "payment_method_options": None, "payment_method_types": None},
        period_start=periods[0]["start"],
        period_end=max(each["end"] for each in periods),
        post_payment_credit_notes_amount=0,
        pre_payment_credit_notes_amount=0,
        starting_balance=customer["balance"],
        status="draft",
        status_transitions={"finalized_at": None, "marked_uncollectible_at": None, "paid_at": None, "voided_at": None},
        test_clock=customer["test_clock"],
        webhooks_delivered_at=now,
        amount_due=0,
        amount_remaining=0,
        subtotal=0,
        total=0,
    )
    invoice["lines"]["url"] = f"/v1/invoices/{invoice['id']}/lines"
    for each in lines:
        each["invoice"] = invoice["id"]
    _add_up(store, invoice, customer)
    subscription["latest_invoice"] = invoice["id"]
    emit(store, "invoice.created", invoice)
    return invoice


def _add_up(store: Store, invoice: Json, customer: Json) -> None:
    lines = invoice["lines"]["data"]
    subtotal = sum(each["amount"] for each in lines)
    discounts = []
    for key in invoice["discounts"]:
        base = sum(each["amount"] for each in lines if each["discountable"])
        coupon = store.get("coupon", store.get("discount", key)["source"]["coupon"])
        taken = coupon["amount_off"] or round(base * (coupon["percent_off"] or 0) / 100)
        discounts.append({"amount": min(taken, max(base, 0)), "discount": key})
    before_tax = subtotal - sum(each["amount"] for each in discounts)
    taxes = _taxes(invoice, customer, before_tax)
    total = before_tax + sum(each["amount"] for each in taxes)
    credit = min(max(total, 0), max(-customer["balance"], 0))
    invoice |= {
        "subtotal": subtotal,
        "subtotal_excluding_tax": subtotal,
        "total_discount_amounts": discounts,
        "total_excluding_tax": before_tax,
        "total_pretax_credit_amounts": [],
        "total_taxes": taxes,
        "total": total,
        "amount_due": max(total, 0) - credit,
        "amount_remaining": max(total, 0) - credit,
    }


def _taxes(invoice: Json, customer: Json, amount: int) -> list[Json]:
    country = (customer["address"] or {}).get("country")
    percent = TAX_PERCENT.get(country or "", 0)
    if not invoice["automatic_tax"]["enabled"] or not percent or amount <= 0:
        return []
    reverse = bool(invoice["customer_tax_ids"]) or customer["tax_exempt"] in {"exempt", "reverse"}
    return [
        {
            "amount": 0 if reverse else round(amount * percent / 100),
            "tax_behavior": "exclusive",
            "tax_rate_details": None,
            "taxability_reason": "reverse_charge" if reverse else "standard_rated",
            "taxable_amount": amount,
            "type": "tax_rate_details",
        }
    ]


# --- From draft to paid ------------------------------------------------------------------------------
def finalise(store: Store, invoice: Json) -> None:
    """Number a draft and open it; what costs nothing is paid by that."""
    if invoice["status"] != "draft":
        raise invalid("This invoice is already finalized, you can't re-finalize it.", code="invoice_not_editable")
    customer = store.get("customer", invoice["customer"])
    if invoice["total"] < 0:
        customer["balance"] += invoice["total"]
    else:
        customer["balance"] += invoice["total"] - invoice["amount_due"]
    sequence = customer["next_invoice_sequence"]
    customer["next_invoice_sequence"] = sequence + 1
    now = store.now(customer)
    invoice |= {
        "number": f"{customer['invoice_prefix']}-{sequence:04}",
        "status": "open",
        "ending_balance": customer["balance"],
        "automatically_finalizes_at": None,
        "effective_at": now,
        "hosted_invoice_url": f"https://invoice.stripe.com/i/{ACCOUNT}/{invoice['id']}",
        "invoice_pdf": f"https://pay.stripe.com/invoice/{ACCOUNT}/{invoice['id']}/pdf",
    }
    invoice["status_transitions"]["finalized_at"] = now
    emit(store, "invoice.finalized", invoice)
    if invoice["amount_due"] == 0:
        _paid(store, invoice)
    elif invoice["collection_method"] == "send_invoice":
        emit(store, "invoice.sent", invoice)
    else:
        _intend(store, invoice, customer)


def _intend(store: Store, invoice: Json, customer: Json) -> Json:
    words = f"Payment for Invoice {invoice['number']}"
    intent = payments.intend(store, customer, invoice["amount_remaining"], invoice["currency"], description=words)
    return store.create(
        "invoice_payment",
        amount_requested=invoice["amount_remaining"],
        created=invoice["created"],
        currency=invoice["currency"],
        invoice=invoice["id"],
        is_default=True,
        payment={"type": "payment_intent", "payment_intent": intent["id"]},
        status="open",
        status_transitions={"canceled_at": None, "paid_at": None},
    )


def attempt(store: Store, invoice: Json, *, off_session: bool = True, card: Json | None = None) -> ApiError | None:
    """Try to collect an open invoice. Returns why that failed, or None; the subscription is left to the caller."""
    customer = store.get("customer", invoice["customer"])
    found = store.all("invoice_payment", invoice=invoice["id"])
    payment = found[0] if found else _intend(store, invoice, customer)
    intent = store.get("payment_intent", payment["payment"]["payment_intent"])
    subscription = store.kinds["subscription"].get(invoice["parent"]["subscription_details"]["subscription"])
    refused = payments.charge(
        store, intent, card=card or customers.card_of(store, customer, subscription), off_session=off_session
    )
    invoice["attempt_count"] += 1
    invoice["attempted"] = True
    if refused is None:
        payment |= {"status": "paid", "amount_paid": intent["amount"]}
        payment["status_transitions"]["paid_at"] = store.now(customer)
        _paid(store, invoice)
        return None
    tries = invoice["attempt_count"]
    more = invoice["collection_method"] == "charge_automatically" and tries <= len(RETRY_DAYS)
    invoice["next_payment_attempt"] = store.now(customer) + RETRY_DAYS[tries - 1] * DAY if more else None
    customer["delinquent"] = True
    emit(store, "invoice.payment_failed", invoice)
    return refused


def _paid(store: Store, invoice: Json) -> None:
    customer = store.get("customer", invoice["customer"])
    invoice |= {
        "status": "paid",
        "amount_paid": invoice["amount_due"],
        "amount_remaining": 0,
        "attempted": True,
        "next_payment_attempt": None,
        "auto_advance": False,
    }
    invoice["status_transitions"]["paid_at"] = store.now(customer)
    if not store.all("invoice", customer=customer["id"], status="open"):
        customer["delinquent"] = False
    emit(store, "invoice.paid", invoice)
    emit(store, "invoice.payment_succeeded", invoice)


def pay_elsewhere(store: Store, invoice: Json) -> None:
    """Take a cheque's or a transfer's word that an open invoice is paid."""
    if invoice["status"] != "open":
        raise invalid("Invoice is already paid", code="invoice_already_paid" if invoice["status"] == "paid" else None)
    invoice["amount_paid_off_stripe"] = invoice["amount_due"]
    _paid(store, invoice)


def void(store: Store, invoice: Json) -> None:
    """Take back an open invoice."""
    if invoice["status"] not in {"open", "uncollectible"}:
        raise invalid(f"You can only pass in open invoices. This invoice isn't open: {invoice['status']}.")
    invoice |= {"status": "void", "next_payment_attempt": None, "auto_advance": False}
    invoice["status_transitions"]["voided_at"] = store.now(invoice)
    emit(store, "invoice.voided", invoice)

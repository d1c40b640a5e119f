"""Payment intents, charges and refunds."""

from __future__ import annotations

import secrets

from billing.stripe_double import customers
from billing.stripe_double.errors import ApiError, Json, card_refused, invalid
from billing.stripe_double.events import emit
from billing.stripe_double.forms import whole
from billing.stripe_double.store import Store

REASONS = {"duplicate", "fraudulent", "requested_by_customer"}


def intend(store: Store, customer: Json, amount: int, currency: str, *, description: str) -> Json:
    """Make the payment intent of an invoice."""
    intent = store.create(
        "payment_intent",
        amount=amount,
        amount_capturable=0,
        amount_received=0,
        capture_method="automatic",
        confirmation_method="automatic",
        client_secret=f"pi_secret_{secrets.token_hex(8)}",
        created=store.now(customer),
        currency=currency,
        customer=customer["id"],
        description=description,
        payment_method_types=["card"],
        status="requires_payment_method",
    )
    emit(store, "payment_intent.created", intent)
    return intent


def charge(store: Store, intent: Json, *, card: Json | None, off_session: bool) -> ApiError | None:
    """Charge the card for the intent. Returns why the bank refused, or None; both leave their events."""
    if card is None:
        return invalid(
            "This customer has no attached payment source or default payment method.", code="resource_missing"
        )
    behaviour = store.cards[card["id"]]
    refused = _refusal(behaviour, off_session=off_session)
    record = _charge_record(store, intent, card, refused)
    intent["latest_charge"] = record["id"]
    if refused:
        intent["status"] = "requires_action" if behaviour == "authentication_required" else "requires_payment_method"
        fields = {"code", "decline_code", "message", "type"}
        intent["last_payment_error"] = {name: text for name, text in refused.body["error"].items() if name in fields}
        emit(store, "charge.failed", record)
        emit(store, "payment_intent.payment_failed", intent)
        return refused
    intent |= {
        "status": "succeeded",
        "amount_received": intent["amount"],
        "payment_method": card["id"],
        "last_payment_error": None,
    }
    emit(store, "charge.succeeded", record)
    emit(store, "payment_intent.succeeded", intent)
    return None


def _refusal(behaviour: str, *, off_session: bool) -> ApiError | None:
    if behaviour == "good" or (behaviour == "authentication_required" and not off_session):
        return None
    return card_refused("generic_decline" if behaviour == "fails_later" else behaviour)


def _charge_record(store: Store, intent: Json, card: Json, refused: ApiError | None) -> Json:
    error = refused.body["error"] if refused else {}
    return store.create(
        "charge",
        amount=intent["amount"],
        amount_captured=0 if refused else intent["amount"],
        amount_refunded=0,
        billing_details=card["billing_details"],
        captured=not refused,
        created=intent["created"],
        currency=intent["currency"],
        customer=intent["customer"],
        disputed=False,
        failure_code=error.get("code"),
        failure_message=error.get("message"),
        paid=not refused,
        payment_intent=intent["id"],
        payment_method=card["id"],
        payment_method_details={"type": "card"},
        refunded=False,
        status="failed" if refused else "succeeded",
    )


def refund(store: Store, params: Json) -> Json:
    """Give money back, all or a part of it, once."""
    record = _charge_of(store, params)
    left = record["amount_captured"] - record["amount_refunded"]
    amount = whole(params, "amount", left) or 0
    if record["refunded"]:
        raise invalid(f"Charge {record['id']} has already been refunded.", code="charge_already_refunded")
    if amount > left or amount < 1:
        words = f"Refund amount ({amount}) is greater than unrefunded amount on charge ({left})"
        raise invalid(words, param="amount")
    if params.get("reason") and params["reason"] not in REASONS:
        raise invalid("Invalid reason.", param="reason")
    given = store.create(
        "refund",
        amount=amount,
        charge=record["id"],
        created=store.now(customers.live(store, record["customer"])),
        currency=record["currency"],
        customer=record["customer"],
        metadata=params.get("metadata") or {},
        payment_intent=record["payment_intent"],
        reason=params.get("reason"),
        status="succeeded",
    )
    record["amount_refunded"] += amount
    record["refunded"] = record["amount_refunded"] == record["amount_captured"]
    emit(store, "refund.created", given)
    emit(store, "charge.refunded", record)
    return given


def _charge_of(store: Store, params: Json) -> Json:
    if params.get("charge"):
        return store.get("charge", params["charge"], param="charge")
    intent = store.get("payment_intent", params.get("payment_intent"), param="payment_intent")
    if not intent["latest_charge"] or intent["status"] != "succeeded":
        raise invalid(f"This PaymentIntent ({intent['id']}) does not have a successful charge to refund.")
    return store.get("charge", intent["latest_charge"])

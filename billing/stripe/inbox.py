"""Webhooks: checked, kept, answered; worked off afterwards by a worker, as often as it takes.

A delivery is a `WebhookEventTrigger` of dj-stripe. The request only stores it. Whoever works it off asks Stripe
anew, so a delivery that is repeated, late or out of order changes nothing that is newer.
"""

from __future__ import annotations

import json
import logging
from datetime import datetime, timedelta
from typing import Any

import stripe
from django.conf import settings
from django.utils import timezone
from djstripe.models import Event, WebhookEventTrigger

from billing.stripe import customers, gateway, mirror, purchases, sync
from billing.stripe.models import Purchase, StripeCustomer
from core.errors import DomainError

TOLERANCE = 300  # seconds that a signature holds, as Stripe advises
LARGEST = 1 << 20  # bytes
FIRST_RETRY = timedelta(seconds=5)
GIVEN_UP_AFTER = timedelta(days=3)  # the nightly reconcile has healed it by then
KEPT = timedelta(days=30)
UNKNOWN = "::"
AT_A_TIME = 20
SESSION_EVENTS = {"checkout.session.completed", "checkout.session.async_payment_succeeded", "checkout.session.expired"}

logger = logging.getLogger(__name__)


def is_genuine(body: bytes, signature: str) -> bool:
    """Say whether Stripe signed the body just now, with one of our secrets. Two hold while one replaces the other."""
    if not signature or len(body) > LARGEST:
        return False
    for secret in settings.STRIPE_WEBHOOK_SECRETS:
        try:
            stripe.WebhookSignature.verify_header(body.decode(), signature, secret, TOLERANCE)
        except (stripe.SignatureVerificationError, UnicodeDecodeError):
            continue
        return True
    return False


def read(body: bytes) -> dict[str, Any] | None:
    """Return the event in a genuine body, or None where it is none, or one of the other mode (test or live)."""
    try:
        event = json.loads(body)
    except ValueError:
        return None
    is_event = isinstance(event, dict) and event.get("object") == "event" and isinstance(event.get("id"), str)
    if not is_event or event.get("livemode") is not settings.STRIPE_LIVE_MODE:
        return None
    found: dict[str, Any] = event
    return found


def store(body: bytes, *, address: str) -> int:
    """Keep a genuine delivery and return its number. Only what is needed to work it off is kept of the request."""
    kept = WebhookEventTrigger.objects.create(
        body=body.decode(),
        headers={},
        remote_ip=address or UNKNOWN,
        valid=True,
    )
    return int(kept.pk)


def process(number: int) -> bool:
    """Work off one delivery; returns whether it is done. Safe to call any number of times, by any number at once."""
    delivery = WebhookEventTrigger.objects.filter(pk=number, processed=False, valid=True).first()
    if delivery is None:
        return True
    event = json.loads(delivery.body)
    if not Event.objects.filter(id=event["id"]).exists():
        try:
            _apply(event)
        except DomainError as error:
            logger.warning("Delivery %s (%s) is tried again: %s", number, event.get("type"), error)
            return _put_off(delivery, error)
        except Exception as error:  # one that nobody can read must not hold up the others
            logger.exception("Delivery %s (%s) could not be worked off.", number, event.get("type"))
            return _put_off(delivery, error)
        mirror.keep(event)
    # Done once all of it is: whoever is killed on the way leaves a delivery that is worked off again.
    WebhookEventTrigger.objects.filter(pk=number).update(processed=True, exception="", updated=timezone.now())
    return True


def _put_off(delivery: WebhookEventTrigger, error: Exception) -> bool:
    delivery.exception = (str(error) or type(error).__name__)[:128]
    delivery.save(update_fields=["exception", "updated"])
    return False


def _apply(event: dict[str, Any]) -> None:
    found = event["data"]["object"]
    key = found["id"] if found.get("object") == "customer" else found.get("customer")
    if not isinstance(key, str):
        return  # a product, a price: nobody's plan hangs on the news
    customer = StripeCustomer.objects.filter(customer_id=key).first() or customers.adopt(key)
    if customer is None:
        logger.info("Event %s is about a customer of nobody here: %s", event["id"], key)
        return
    if event["type"] in SESSION_EVENTS:
        purchase = Purchase.objects.filter(session_id=found["id"], account=customer.account).first()
        if purchase is not None and purchase.state == Purchase.State.OPEN:
            purchases.look(purchase)
            return
    sync.refresh_customer(customer)


# --- Keeping up ----------------------------------------------------------------------------------
def work(now: datetime | None = None) -> int:
    """Work off what no task has: its wake-up was lost, or it failed. Returns how many are done. Workers call it."""
    if not gateway.is_on():
        return 0
    now = now or timezone.now()
    waiting = WebhookEventTrigger.objects.filter(processed=False, valid=True, created__gt=now - GIVEN_UP_AFTER)
    due = [each for each in waiting.order_by("created")[: 10 * AT_A_TIME] if _is_due(each, now)][:AT_A_TIME]
    return sum(process(each.pk) for each in due)


def _is_due(delivery: WebhookEventTrigger, now: datetime) -> bool:
    """A fresh one at once; one that failed after a while that grows with its age."""
    if not delivery.exception:
        return True
    return bool(now - delivery.updated >= max(FIRST_RETRY, (delivery.updated - delivery.created) / 2))


def prune(now: datetime | None = None) -> int:
    """Delete old deliveries and events, which hold names and addresses. Returns how many."""
    before = (now or timezone.now()) - KEPT
    deliveries, _all = WebhookEventTrigger.objects.filter(created__lt=before).delete()
    events, _all = Event.objects.filter(djstripe_created__lt=before).delete()
    return int(deliveries) + int(events)

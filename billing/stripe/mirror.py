"""dj-stripe's copy of Stripe's objects: for staff to look things up in, never to decide by."""

from __future__ import annotations

import logging
from typing import Any

import stripe
from djstripe import models as djstripe

from billing.stripe import gateway

MIRRORED: dict[str, tuple[Any, Any]] = {
    "customer": (djstripe.Customer, stripe.Customer),
    "invoice": (djstripe.Invoice, stripe.Invoice),
    "price": (djstripe.Price, stripe.Price),
    "product": (djstripe.Product, stripe.Product),
    "subscription": (djstripe.Subscription, stripe.Subscription),
}
WITH_DISCOUNTS = {"invoice", "subscription"}

logger = logging.getLogger(__name__)


def keep(event: dict[str, Any]) -> None:
    """Keep the event and its object as it is now. A failure is logged: nobody's rights hang on the copy."""
    found = event["data"]["object"]
    try:
        if found.get("object") in MIRRORED and found.get("id"):
            _keep_object(found["object"], found["id"])
        _keep_event(event)
    except Exception:  # whatever dj-stripe makes of a shape that it does not know, hers is written already
        logger.exception("The copy of %s could not be kept.", event["id"])
    finally:
        # dj-stripe writes the key that it used into a table; keys live in the environment alone.
        djstripe.APIKey.objects.all().delete()


def _keep_object(kind: str, key: str) -> None:
    model, resource = MIRRORED[kind]
    # It cannot read discounts that are ids alone, as Stripe sends them today.
    expand = {"expand": ["discounts"]} if kind in WITH_DISCOUNTS else {}
    found = resource.retrieve(key, **expand, **gateway.key())
    if found.get("deleted"):
        model.objects.filter(id=key).delete()
        return
    model.sync_from_stripe_data(found, api_key=gateway.key()["api_key"])


def _keep_event(event: dict[str, Any]) -> None:
    # Its data are left out: they are personal, and the object itself was just kept.
    djstripe.Event.objects.get_or_create(
        id=event["id"],
        defaults={
            "type": event["type"],
            "api_version": event.get("api_version") or "",
            "livemode": event["livemode"],
            "data": {"object": {"id": event["data"]["object"].get("id")}},
        },
    )

"""Events, the endpoints that hear of them, and the signatures on what is delivered."""

from __future__ import annotations

import copy
import hashlib
import hmac
import json
import secrets
import time
from collections.abc import Callable

import stripe

from billing.stripe_double.errors import Json, invalid, required
from billing.stripe_double.forms import merged
from billing.stripe_double.store import Store

RETRY_SECONDS = (0, 5, 60, 600, 3600, 4 * 3600, 12 * 3600, 24 * 3600, 24 * 3600)  # about three days, as Stripe's
Send = Callable[[str, bytes, dict[str, str]], int]


def emit(store: Store, kind: str, found: Json, *, before: Json | None = None) -> Json:
    """Record an event about an object as it is now, and line it up for every endpoint that wants it."""
    data: Json = {"object": copy.deepcopy(found)}
    if before is not None:
        changed = {name: old for name, old in before.items() if found.get(name) != old}
        if not changed:
            return {}
        data["previous_attributes"] = changed
    endpoints = [each for each in store.all("webhook_endpoint", status="enabled") if _wants(each, kind)]
    event = store.create(
        "event",
        type=kind,
        api_version=stripe.api_version,
        created=store.now(found),
        data=data,
        pending_webhooks=len(endpoints),
        request=store.cause or {"id": None, "idempotency_key": None},
    )
    store.pending += [{"event": event["id"], "endpoint": each["id"], "tries": 0, "due": 0.0} for each in endpoints]
    return event


def _wants(endpoint: Json, kind: str) -> bool:
    return bool({"*", kind} & set(endpoint["enabled_events"]))


def sign(secret: str, body: bytes, *, at: int | None = None) -> str:
    """Return the header that Stripe sends with `body`, signed at a moment (default: now)."""
    at = int(time.time()) if at is None else at
    digest = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={digest}"


def payload(event: Json) -> bytes:
    """Return an event as it travels."""
    return json.dumps(event, indent=2).encode()


def deliver(store: Store, send: Send, *, clock: Callable[[], float] = time.time) -> int:
    """Send what is due; a refused delivery is tried again later. Returns how many were taken."""
    taken = 0
    with store.lock:
        due = [each for each in store.pending if each["due"] <= clock()]
    for delivery in due:
        with store.lock:
            endpoint = store.kinds.get("webhook_endpoint", {}).get(delivery["endpoint"])
            event = store.kinds["event"][delivery["event"]]
            body = payload(event)
        headers = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "Stripe/1.0 (double)"}
        if endpoint is None:
            answer = 200  # nobody listens any more
        else:
            answer = send(endpoint["url"], body, {**headers, "Stripe-Signature": sign(_secret(store, endpoint), body)})
        with store.lock:
            delivery["tries"] += 1
            if 200 <= answer < 300 or delivery["tries"] >= len(RETRY_SECONDS):
                store.pending.remove(delivery)
                event["pending_webhooks"] = max(0, event["pending_webhooks"] - 1)
                taken += 1
            else:
                delivery["due"] = clock() + RETRY_SECONDS[delivery["tries"]]
    return taken


def _secret(store: Store, endpoint: Json) -> str:
    return store.cards[f"secret:{endpoint['id']}"]


# --- Endpoints ---------------------------------------------------------------------------------------
def create_endpoint(store: Store, params: Json) -> Json:
    """Register an address; its signing secret is told this once."""
    for name in ("url", "enabled_events"):
        if not params.get(name):
            raise required(name)
    if not str(params["url"]).startswith(("http://", "https://")):
        raise invalid(
            "Invalid URL: An explicit scheme (such as https) must be provided.", param="url", code="url_invalid"
        )
    endpoint = store.create(
        "webhook_endpoint",
        url=params["url"],
        enabled_events=params["enabled_events"],
        api_version=params.get("api_version"),
        description=params.get("description"),
        metadata=params.get("metadata") or {},
        status="enabled",
        created=store.now(),
    )
    store.cards[f"secret:{endpoint['id']}"] = f"whsec_{secrets.token_hex(16)}"
    return {**endpoint, "secret": _secret(store, endpoint)}


def update_endpoint(store: Store, params: Json, key: str) -> Json:
    """Change what an endpoint hears or where."""
    endpoint = store.get("webhook_endpoint", key)
    for name in ("url", "enabled_events", "description"):
        if name in params:
            endpoint[name] = params[name]
    if "disabled" in params:
        endpoint["status"] = "disabled" if params["disabled"] == "true" else "enabled"
    endpoint["metadata"] = merged(endpoint["metadata"], params.get("metadata", {}))
    return endpoint

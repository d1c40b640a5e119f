"""The billing portal: its configuration, and sessions that lead to the hosted page."""

from __future__ import annotations

from billing.stripe_double import customers
from billing.stripe_double.errors import Json, invalid, required
from billing.stripe_double.forms import boolean, merged
from billing.stripe_double.store import Store


def configure(store: Store, params: Json) -> Json:
    """Make a configuration: what customers may do in the portal."""
    if not params.get("features"):
        raise required("features")
    return store.create(
        "billing_portal.configuration",
        active=True,
        business_profile={
            "headline": None,
            "privacy_policy_url": None,
            "terms_of_service_url": None,
            **(params.get("business_profile") or {}),
        },
        created=store.now(),
        default_return_url=params.get("default_return_url"),
        features=_features(params["features"]),
        is_default=False,
        login_page={"enabled": False, "url": None},
        metadata=params.get("metadata") or {},
        name=params.get("name"),
        updated=store.now(),
    )


def reconfigure(store: Store, params: Json, key: str) -> Json:
    """Change a configuration."""
    found = store.get("billing_portal.configuration", key)
    if "features" in params:
        found["features"] = _features(params["features"])
    if "active" in params:
        found["active"] = boolean(params, "active")
    found["metadata"] = merged(found["metadata"], params.get("metadata", {}))
    found["updated"] = store.now()
    return found


def _features(given: Json) -> Json:
    def on(name: str) -> bool:
        return boolean(given.get(name) or {}, "enabled")

    cancel = given.get("subscription_cancel") or {}
    return {
        "customer_update": {
            "allowed_updates": (given.get("customer_update") or {}).get("allowed_updates") or [],
            "enabled": on("customer_update"),
        },
        "invoice_history": {"enabled": on("invoice_history")},
        "payment_method_update": {"enabled": on("payment_method_update"), "payment_method_configuration": None},
        "subscription_cancel": {
            "cancellation_reason": {"enabled": False, "options": []},
            "enabled": on("subscription_cancel"),
            "mode": cancel.get("mode", "at_period_end"),
            "proration_behavior": cancel.get("proration_behavior", "none"),
        },
        "subscription_update": {
            "billing_cycle_anchor": None,
            "default_allowed_updates": [],
            "enabled": on("subscription_update"),
            "products": None,
            "proration_behavior": "none",
            "schedule_at_period_end": {"conditions": []},
            "trial_update_behavior": "end_trial",
        },
    }


def open_session(store: Store, params: Json) -> Json:
    """Open a portal session for a customer."""
    customer = customers.live(store, str(params.get("customer")), param="customer")
    key = params.get("configuration")
    if not key:
        raise invalid(
            "No configuration provided and your test mode default configuration has not been created. Provide a "
            "configuration or create your default by saving your customer portal settings in test mode."
        )
    store.get("billing_portal.configuration", key, param="configuration")
    session = store.create(
        "billing_portal.session",
        configuration=key,
        created=store.now(customer),
        customer=customer["id"],
        return_url=params.get("return_url"),
        url="",
    )
    session["url"] = f"{store.cards.get('pages', 'https://billing.stripe.com')}/p/session/{session['id']}"
    return session

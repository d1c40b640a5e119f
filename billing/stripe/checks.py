"""`manage.py check --deploy` refuses what would make payments unreal or unseen in production."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error


def payment_settings(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Return one error per unsafe setting, each saying which environment variable to set."""
    found: list[CheckMessage] = []
    if settings.STRIPE_DOUBLE:
        found.append(_error("E021", "Payments go to a double of Stripe: nobody pays.", "Unset STRIPE_DOUBLE."))
    if hasattr(settings, "STRIPE_API_HOST") and not settings.STRIPE_DOUBLE:
        found.append(
            _error(
                "E022", "Stripe's API would be asked for at another host.", "Remove STRIPE_API_HOST from the settings."
            )
        )
    if settings.STRIPE_SECRET_KEY and not settings.STRIPE_WEBHOOK_SECRETS:
        found.append(
            _error(
                "E023",
                "Stripe's webhooks cannot be told from forged ones, so none is taken.",
                "Set STRIPE_WEBHOOK_SECRETS to the endpoint's signing secret; docs/stripe.md says where it comes from.",
            )
        )
    if settings.STRIPE_SECRET_KEY and not settings.SITE_URL:
        found.append(
            _error("E024", "Stripe would not know where to send buyers back to.", "Set SITE_URL=https://your.host.")
        )
    return found


def _error(number: str, message: str, hint: str) -> Error:
    return Error(message, hint=hint, id=f"theorama.{number}")

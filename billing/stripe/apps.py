"""Tells Django about the app."""

from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _


class StripeConfig(AppConfig):
    """What is sold through Stripe. Without a key nothing here ever calls it."""

    name = "billing.stripe"
    label = "billing_stripe"
    verbose_name = _("Payments")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the deploy check and set the SDK up."""
        from billing.stripe import checks, gateway  # noqa: PLC0415 - settings and apps come first

        register(checks.payment_settings, deploy=True)
        gateway.set_up()

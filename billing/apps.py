"""How Django finds this app."""

from django.apps import AppConfig


class BillingConfig(AppConfig):
    """Django application of `billing`."""

    name = "billing"

"""How Django finds this app."""

from django.apps import AppConfig
from django.core.checks import Tags, register

from core.checks import production_settings


class CoreConfig(AppConfig):
    """Django application of `core`."""

    name = "core"

    def ready(self) -> None:
        """Register the system checks."""
        register(production_settings, Tags.security, deploy=True)

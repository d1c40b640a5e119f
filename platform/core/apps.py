"""How Django finds this app."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Django application of `core`."""

    name = "core"

"""How Django finds this app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Django application of `accounts`."""

    name = "accounts"

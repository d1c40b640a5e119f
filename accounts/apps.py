"""How Django finds this app, and the admin site it guards."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class AccountsConfig(AppConfig):
    """Django application of `accounts`."""

    name = "accounts"

    def ready(self) -> None:
        """Hear of logins by a school's sign-on."""
        from allauth.account.signals import user_logged_in  # noqa: PLC0415 - models must be there first

        from accounts.sign_on_adapters import note_arrival  # noqa: PLC0415

        user_logged_in.connect(note_arrival, dispatch_uid="accounts.note_arrival")


class StaffSiteConfig(admin_apps.AdminConfig):
    """Makes `StaffSite` the admin site that every app registers with."""

    default = False  # of this module; settings name it
    default_site = "accounts.admin_site.StaffSite"

"""How Django finds this app, and the admin site it guards."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class AccountsConfig(AppConfig):
    """Django application of `accounts`."""

    name = "accounts"

    def ready(self) -> None:
        """Look at every sign-in for accounts that are to end."""
        from django.contrib.auth.signals import user_logged_in  # noqa: PLC0415 - models come after apps

        from accounts.leaving import mark_session  # noqa: PLC0415 - models come after apps

        user_logged_in.connect(mark_session, dispatch_uid="accounts.leaving")


class StaffSiteConfig(admin_apps.AdminConfig):
    """Makes `StaffSite` the admin site that every app registers with."""

    default = False  # of this module; settings name it
    default_site = "accounts.admin_site.StaffSite"

"""How Django finds this app, and the admin site it guards."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class AccountsConfig(AppConfig):
    """Django application of `accounts`."""

    name = "accounts"

    def ready(self) -> None:
        """Look at every sign-in: for accounts that are to end, and for those that came by a school's sign-on."""
        from allauth.account.signals import user_logged_in as allauth_logged_in  # noqa: PLC0415 - models come after apps
        from django.contrib.auth.signals import user_logged_in  # noqa: PLC0415

        from accounts.leaving import mark_session  # noqa: PLC0415
        from accounts.sign_on_adapters import note_arrival  # noqa: PLC0415

        user_logged_in.connect(mark_session, dispatch_uid="accounts.leaving")
        allauth_logged_in.connect(note_arrival, dispatch_uid="accounts.note_arrival")


class StaffSiteConfig(admin_apps.AdminConfig):
    """Makes `StaffSite` the admin site that every app registers with."""

    default = False  # of this module; settings name it
    default_site = "accounts.admin_site.StaffSite"

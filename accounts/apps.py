"""How Django finds this app, and the admin site it guards."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class AccountsConfig(AppConfig):
    """Django application of `accounts`."""

    name = "accounts"


class StaffSiteConfig(admin_apps.AdminConfig):
    """Makes `StaffSite` the admin site that every app registers with."""

    default = False  # of this module; settings name it
    default_site = "accounts.admin_site.StaffSite"

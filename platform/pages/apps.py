"""The pages application."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """Django application of `pages`."""

    name = "pages"

"""How Django finds this app."""

from importlib import import_module

from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    """Django application of `projects`."""

    name = "projects"

    def ready(self) -> None:
        """Listen to logins and confirmed addresses."""
        import_module("projects.receivers")

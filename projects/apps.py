"""How Django finds this app."""

from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    """Django application of `projects`."""

    name = "projects"

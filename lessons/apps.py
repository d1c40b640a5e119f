"""How Django finds this app."""

from django.apps import AppConfig


class LessonsConfig(AppConfig):
    """Django application of `lessons`."""

    name = "lessons"

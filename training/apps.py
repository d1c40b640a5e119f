"""How Django finds this app."""

from django.apps import AppConfig


class TrainingConfig(AppConfig):
    """Django application of `training`."""

    name = "training"

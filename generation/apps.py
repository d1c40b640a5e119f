from django.apps import AppConfig


class GenerationConfig(AppConfig):
    """Django application of `generation`."""

    name = "generation"

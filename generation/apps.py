"""Tells Django about the app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GenerationConfig(AppConfig):
    """Jobs: from a prompt to a rendered animation, followed live."""

    name = "generation"
    verbose_name = _("Generation")

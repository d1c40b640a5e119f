"""What an account is entitled to."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Tier(models.TextChoices):
    """The tier of an account; it decides a person's share of the workers (`generation.fairness`)."""

    FREE = "free", _("Free")
    EDUCATOR = "educator", _("Educator")
    PROFESSIONAL = "professional", _("Professional")
    SCHOOL = "school", _("School")
    ENTERPRISE = "enterprise", _("Enterprise")

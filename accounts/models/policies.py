"""What a school or district decides for its teachers."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.organisations import Organisation
from core.models import TimeStamped


class OrganisationPolicy(TimeStamped):
    """A school's or district's own rules; an empty one leaves it to the district, or allows it."""

    class Answer(models.TextChoices):
        INHERIT = "", _("As the district has it, else yes")
        YES = "yes", _("Yes")
        NO = "no", _("No")

    organisation = models.OneToOneField(Organisation, on_delete=models.CASCADE, primary_key=True, related_name="policy")
    models_write = models.CharField(_("language models may write"), max_length=8, choices=Answer, blank=True)
    links = models.CharField(_("links without a login"), max_length=8, choices=Answer, blank=True)
    outsiders = models.CharField(_("co-teachers from outside"), max_length=8, choices=Answer, blank=True)

    class Meta:
        verbose_name = _("policy")
        verbose_name_plural = _("policies")

    def __str__(self) -> str:
        return str(self.organisation_id)

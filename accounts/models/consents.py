"""What people agreed to: which text, when, and whether it still holds."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.users import User
from core.models import AppendOnly, Identified


class Consent(Identified, AppendOnly):
    """One answer to one version of a text of `accounts.consents`. The newest answer of a kind is the one that holds."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="consents")
    kind = models.CharField(_("what it is about"), max_length=32)
    version = models.CharField(_("version of the text"), max_length=16)
    given = models.BooleanField(_("given"))
    created = models.DateTimeField(_("answered"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["-created"]
        indexes = [models.Index(fields=["user", "kind", "-created"], name="consent_newest")]

    def __str__(self) -> str:
        return f"{self.kind} {self.version}: {'given' if self.given else 'withdrawn'}"

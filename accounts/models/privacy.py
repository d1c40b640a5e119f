"""What a person may ask for: a copy of her data, and the end of her account."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.users import User
from core.models import Identified, TimeStamped


class DataExport(Identified, TimeStamped):
    """An archive with all that is somebody's. `attempt` is also the fence: who lost its lease cannot write late."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Being made")
        READY = "ready", _("Ready")
        FAILED = "failed", _("It did not work")
        GONE = "gone", _("Removed")

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="data_exports")
    state = models.CharField(_("state"), max_length=16, choices=State, default=State.WAITING)
    attempt = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    done = models.PositiveIntegerField(_("parts done"), default=0)
    total = models.PositiveIntegerField(_("parts"), default=0)
    file = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(_("size in bytes"), default=0)
    expires = models.DateTimeField(_("kept until"), null=True, blank=True)

    class Meta:
        verbose_name = _("data export")
        verbose_name_plural = _("data exports")
        ordering = ["-created"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(state__in=["waiting", "running"]), name="one_export_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(state="ready") | ~Q(file=""), name="export_file"),
        ]
        indexes = [models.Index(fields=["created"], condition=Q(state__in=["waiting", "running"]), name="export_todo")]

    def __str__(self) -> str:
        return f"{self.created:%Y-%m-%d} ({self.state})"

    @property
    def percent(self) -> int:
        """How much of it is done, 0 to 100."""
        return min(100, 100 * self.done // self.total) if self.total else 0


class AccountDeletion(Identified, TimeStamped):
    """An account that ends on `due`. Until it has `started` its owner may keep it; `done` names the steps behind it."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="deletion")
    due = models.DateTimeField(_("due"))
    heir = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("who takes over")
    )
    started = models.DateTimeField(null=True, blank=True, editable=False)
    lease_until = models.DateTimeField(null=True, blank=True, editable=False)
    attempt = models.PositiveIntegerField(default=0, editable=False)
    done = models.JSONField(default=list, blank=True, editable=False)

    class Meta:
        verbose_name = _("end of an account")
        verbose_name_plural = _("ends of accounts")
        ordering = ["due"]

    def __str__(self) -> str:
        return f"{self.user_id} {self.due:%Y-%m-%d}"

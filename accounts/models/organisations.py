"""Schools, districts, and who belongs to them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.users import User
from core.models import Identified, TimeStamped


class Organisation(Identified, TimeStamped):
    """A school or the district above it."""

    class Kind(models.TextChoices):
        SCHOOL = "school", _("School")
        DISTRICT = "district", _("District")

    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind, default=Kind.SCHOOL)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        limit_choices_to={"kind": "district"},
        related_name="schools",
        verbose_name=_("district"),
    )
    verified = models.DateTimeField(
        _("verified"), null=True, blank=True, help_text=_("When we were sure that it is what it says.")
    )
    members = models.ManyToManyField(User, through="Membership", related_name="organisations")

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="school") | models.Q(kind="district", parent__isnull=True),
                name="organisation_tree",
                violation_error_message=_("Only a school can belong to a district."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_verified(self) -> bool:
        """Whether we are sure of it, or of the district above it."""
        return self.verified is not None or bool(self.parent and self.parent.verified)


class Membership(TimeStamped):
    """A user's role in an organisation. Owner and administrator of a district are its district administrators."""

    class Role(models.TextChoices):
        OWNER = "owner", _("Owner")
        ADMIN = "admin", _("Administrator")
        BILLING = "billing", _("Billing administrator")
        TEACHER = "teacher", _("Teacher")

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("user"))
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("organisation")
    )
    role = models.CharField(_("role"), max_length=16, choices=Role, default=Role.TEACHER)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(fields=["user", "organisation"], name="membership_once"),
            models.CheckConstraint(
                condition=models.Q(role__in=["owner", "admin", "billing", "teacher"]), name="membership_role"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role}"

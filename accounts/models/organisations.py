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


class Membership(TimeStamped):
    """A user's role in an organisation."""

    class Role(models.TextChoices):
        OWNER = "owner", _("Owner")
        ADMIN = "admin", _("Administrator")
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
            models.CheckConstraint(condition=models.Q(role__in=["owner", "admin", "teacher"]), name="membership_role"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role}"

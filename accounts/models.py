"""People, the schools they belong to, and the keys their programs use."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.tiers import Tier
from core.models import Identified, TimeStamped


class UserManager(BaseUserManager["User"]):
    """Makes users and finds them by e-mail address, whatever its capitals."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Create a user; without a password only passkeys and resets let her in. Raises ValueError without e-mail."""
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=email, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Create a member of staff with every permission of the admin site."""
        return self.create_user(email, password, **(fields | {"is_staff": True, "is_superuser": True}))

    def get_by_natural_key(self, username: str | None) -> User:
        """Find by e-mail address."""
        return self.get(email__iexact=username or "")


class User(Identified, TimeStamped, AbstractBaseUser, PermissionsMixin):
    """Somebody with an account. The e-mail address is the login and is kept in lower case."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    is_active = models.BooleanField(_("active"), default=True, help_text=_("Untick instead of deleting an account."))
    is_staff = models.BooleanField(_("staff"), default=False, help_text=_("May open the admin site."))

    tier = models.CharField(_("tier"), max_length=16, choices=Tier.choices, default=Tier.FREE)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_any_case")]

    def __str__(self) -> str:
        return self.email

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with the e-mail address in lower case."""
        self.email = self.email.lower()
        super().save(*args, **kwargs)

    @property
    def display_name(self) -> str:
        """What others see: the name, or the part of the address before the @."""
        return self.name or self.email.partition("@")[0]


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


class ApiKey(Identified, TimeStamped):
    """A key for programs. Only its digest is kept; the key itself is shown once, when it is made."""

    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="api_keys", verbose_name=_("owner"))
    name = models.CharField(_("name"), max_length=80)
    prefix = models.CharField(_("begins with"), max_length=16, unique=True, editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    expires = models.DateTimeField(_("expires"), null=True, blank=True)
    last_used = models.DateTimeField(_("last used"), null=True, blank=True, editable=False)
    revoked = models.DateTimeField(_("revoked"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("API key")
        verbose_name_plural = _("API keys")
        ordering = ["-created"]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"

    def is_live(self, now: datetime | None = None) -> bool:
        """Say whether the key opens anything at `now` (default: the present moment)."""
        now = now or timezone.now()
        return self.revoked is None and (self.expires is None or self.expires > now)

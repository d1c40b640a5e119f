"""Abstract bases every app shares, and the audit trail."""

import uuid
from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Identified(models.Model):
    """A row whose key says nothing about how many rows there are."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True


class TimeStamped(models.Model):
    """A row that knows when it was made and last saved."""

    created = models.DateTimeField(_("created"), auto_now_add=True)
    updated = models.DateTimeField(_("updated"), auto_now=True)

    class Meta:
        abstract = True


class AppendOnlyError(TypeError):
    """Code tried to change or delete a row that is written once."""


class AppendOnlyQuerySet(models.QuerySet[Any]):
    """Refuses every bulk change. Cascades of a deleted parent still work: they do not pass here."""

    def _refuse(self) -> NoReturn:
        raise AppendOnlyError(f"{self.model._meta.object_name} rows are never changed or deleted.")

    def update(self, **kwargs: Any) -> int:
        """Refuse. Raises AppendOnlyError."""
        self._refuse()

    def bulk_update(self, *args: Any, **kwargs: Any) -> int:
        """Refuse. Raises AppendOnlyError."""
        self._refuse()

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refuse. Raises AppendOnlyError."""
        self._refuse()

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> Any:
        """Insert rows. Raises AppendOnlyError when asked to overwrite rows that exist."""
        if kwargs.get("update_conflicts"):
            self._refuse()
        return super().bulk_create(objs, *args, **kwargs)


class AppendOnly(models.Model):
    """A row that is written once. It goes only together with the parent it belongs to."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert the row. Raises AppendOnlyError where it exists already."""
        if not self._state.adding:
            raise AppendOnlyError(f"{self._meta.object_name} rows are never changed.")
        super().save(*args, **(kwargs | {"force_insert": True}))

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refuse. Raises AppendOnlyError."""
        raise AppendOnlyError(f"{self._meta.object_name} rows are never deleted on their own.")


class AuditEntry(AppendOnly):
    """Who did what to which object, and when. Written in the same transaction as the deed.

    `core.audit` makes the entries a chain: `digest` vouches for what an entry says, `seal` for its place behind the one
    before. `actor` helps to find somebody's entries while she has an account and is no part of either: `actor_key`, a
    pseudonym, is. `place` is None for the moment between the deed's commit and the sealing.
    """

    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="audit_entries",
        verbose_name=_("actor"),
    )
    actor_key = models.CharField(_("actor's pseudonym"), max_length=64, blank=True, editable=False)
    verb = models.CharField(_("verb"), max_length=64)
    target_type = models.CharField(_("target type"), max_length=64)
    target_id = models.CharField(_("target"), max_length=64)
    data = models.JSONField(_("data"), default=dict, blank=True)
    created = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    digest = models.CharField(max_length=64, editable=False)
    place = models.PositiveBigIntegerField(_("place"), null=True, unique=True, editable=False)
    seal = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        ordering = ["-created", "-id"]
        indexes = [
            models.Index(fields=["target_type", "target_id"], name="audit_target"),
            models.Index(fields=["actor_key", "-created"], name="audit_actor_key"),
            models.Index(fields=["-created", "-id"], name="audit_newest"),
            models.Index(fields=["id"], condition=models.Q(place=None), name="audit_unsealed"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.target_type} {self.target_id}"


class AuditChain(models.Model):
    """The two ends of the chain of audit entries: its one row is what writers take turns on.

    Entries up to `first_place` were removed when their time was over; `first_seal` was the last one's. `vouch` signs
    the four, so that nobody shortens the chain who cannot sign.
    """

    first_place = models.PositiveBigIntegerField(default=0)
    first_seal = models.CharField(max_length=64, blank=True)
    last_place = models.PositiveBigIntegerField(default=0)
    last_seal = models.CharField(max_length=64, blank=True)
    vouch = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"{self.first_place} to {self.last_place}"


class RateBucket(models.Model):
    """A token bucket of `core.buckets`, as it was `at`; times are in seconds since 1970. A full one may be removed."""

    key = models.CharField(max_length=120, primary_key=True)
    level = models.FloatField()
    at = models.FloatField()
    full_at = models.FloatField(db_index=True)

    def __str__(self) -> str:
        return self.key

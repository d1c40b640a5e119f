"""Proof that somebody teaches."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.organisations import Organisation
from accounts.models.users import User
from core.models import AppendOnly, Identified, TimeStamped


class Reason(models.TextChoices):
    """Why a request was not granted, or ended. The words are what the teacher reads first."""

    UNREADABLE = "unreadable", _("The picture cannot be read.")
    OUTDATED = "outdated", _("The document is not of this school year.")
    NAME_DIFFERS = "name_differs", _("The name on the document is not the name of the account.")
    NO_POSITION = "no_position", _("The document does not say that you teach.")
    NOT_A_SCHOOL = "not_a_school", _("The institution is not a school that we know.")
    STUDENT = "student", _("The document is a student's.")
    ALTERED = "altered", _("The document looks altered.")
    USED_ELSEWHERE = "used_elsewhere", _("The same proof was used for another account.")
    OTHER = "other", _("See what the reviewer wrote.")
    LEFT_SCHOOL = "left_school", _("The school says that you are no longer with it.")
    DOMAIN_LOST = "domain_lost", _("The address is no longer one that only staff have.")
    RAN_OUT = "ran_out", _("A year has passed.")


class VerificationRequest(Identified, TimeStamped):
    """One try to show that a user teaches, from the first word to its end."""

    class Method(models.TextChoices):
        DOMAIN = "domain", _("School address")
        DOCUMENT = "document", _("Document")
        INVITE = "invite", _("Invited by a verified school")
        SSO_ROLE = "sso_role", _("Role told by the school's sign-on")

    class State(models.TextChoices):
        PENDING = "pending", _("Being looked at")
        NEEDS_INFO = "needs_info", _("A better document is needed")
        APPROVED = "approved", _("Verified")
        REJECTED = "rejected", _("Not verified")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        EXPIRED = "expired", _("Run out")
        REVOKED = "revoked", _("Taken back")

    OPEN = (State.PENDING, State.NEEDS_INFO)

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="verifications", verbose_name=_("user"))
    method = models.CharField(_("method"), max_length=16, choices=Method)
    state = models.CharField(_("state"), max_length=16, choices=State, default=State.PENDING)
    school = models.CharField(_("school"), max_length=200, blank=True)
    email = models.EmailField(_("school address"), blank=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("organisation")
    )
    reason = models.CharField(_("reason"), max_length=16, choices=Reason, blank=True)
    note = models.TextField(_("the reviewer's words"), max_length=1000, blank=True)
    appeal = models.TextField(_("appeal"), max_length=2000, blank=True)
    appealed = models.DateTimeField(_("appealed"), null=True, blank=True)
    decided = models.DateTimeField(_("decided"), null=True, blank=True)
    expires = models.DateTimeField(_("good until"), null=True, blank=True)
    ended = models.DateTimeField(_("ended"), null=True, blank=True)
    reminded = models.PositiveSmallIntegerField(
        _("reminded"), null=True, blank=True, help_text=_("Days before the end at the last reminder.")
    )

    class Meta:
        verbose_name = _("request for verification")
        verbose_name_plural = _("requests for verification")
        ordering = ["-created"]
        indexes = [
            models.Index(fields=["state", "created"], name="verification_queue"),
            models.Index(fields=["user", "-created"], name="verification_of_user"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(state__in=["pending", "needs_info"]), name="one_open_verification"
            ),
            models.UniqueConstraint(fields=["user"], condition=models.Q(state="approved"), name="one_verification"),
            models.CheckConstraint(
                condition=~models.Q(state="approved") | models.Q(expires__isnull=False, decided__isnull=False),
                name="approved_until",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["rejected", "needs_info"]) | ~models.Q(reason=""),
                name="refused_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.method} {self.state}"


class VerificationDecision(Identified, AppendOnly):
    """One step of a request: who moved it where, and why. Nobody changes it later."""

    request = models.ForeignKey(VerificationRequest, on_delete=models.CASCADE, related_name="decisions")
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    state = models.CharField(_("state"), max_length=16, choices=VerificationRequest.State)
    reason = models.CharField(_("reason"), max_length=16, choices=Reason, blank=True)
    note = models.TextField(_("words"), blank=True)
    created = models.DateTimeField(_("created"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("decision on a verification")
        verbose_name_plural = _("decisions on verifications")
        ordering = ["created"]

    def __str__(self) -> str:
        return f"{self.state} {self.reason}".strip()


class VerificationDocument(Identified, TimeStamped):
    """A picture sent as proof, drawn anew and encrypted. `sha256` stays when the picture is deleted."""

    request = models.ForeignKey(VerificationRequest, on_delete=models.CASCADE, related_name="documents")
    kind = models.CharField(_("kind"), max_length=16)
    dated = models.DateField(_("dated"))
    sealed = models.BinaryField(editable=False, null=True)
    sha256 = models.CharField(_("digest of the picture's points"), max_length=64, db_index=True, editable=False)
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    sharpness = models.FloatField(editable=False, help_text=_("Variance of the Laplacian at 1000 pixels."))
    deleted = models.DateTimeField(_("deleted"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["created"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(deleted__isnull=False, sealed__isnull=True)
                | models.Q(deleted__isnull=True, sealed__isnull=False),
                name="document_or_deleted",
            )
        ]

    def __str__(self) -> str:
        return self.kind


class EducatorAddress(models.Model):
    """An address that proved somebody a teacher. It never proves anybody else."""

    address = models.CharField(_("address"), max_length=254)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="educator_addresses")
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("educator's address")
        verbose_name_plural = _("educators' addresses")
        constraints = [models.UniqueConstraint(Lower("address"), name="educator_address_once")]

    def __str__(self) -> str:
        return self.address

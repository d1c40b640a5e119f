"""Ways into a school: a list of colleagues, invitations, and requests to join."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.organisations import Membership, Organisation
from accounts.models.users import User
from core.models import Identified, TimeStamped


class RosterImport(Identified, TimeStamped):
    """A list that was read and looked at, and waits for a yes. `rows` are those that can be carried out."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="roster_imports")
    by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    rows = models.JSONField(default=list)
    done = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("list of colleagues")
        verbose_name_plural = _("lists of colleagues")
        ordering = ["-created"]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.created}"


class SchoolInvitation(Identified, TimeStamped):
    """A colleague asked into a school by her address, whether or not an account has it. It holds a seat."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail address"))
    name = models.CharField(_("name"), max_length=120, blank=True)
    role = models.CharField(_("role"), max_length=16, choices=Membership.Role, default=Membership.Role.TEACHER)
    invited_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    mailed = models.DateTimeField(_("mailed"), null=True, blank=True, editable=False)
    expires = models.DateTimeField(_("expires"))

    class Meta:
        verbose_name = _("invitation to a school")
        verbose_name_plural = _("invitations to schools")
        ordering = ["email"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "email"], name="school_invited_once"),
            models.CheckConstraint(
                condition=models.Q(role__in=["admin", "billing", "teacher"]), name="school_invited_role"
            ),
        ]

    def __str__(self) -> str:
        return self.email


class JoinRequest(Identified, TimeStamped):
    """Somebody with an address at the school's domain who asks to be let in."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="join_requests")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="join_requests")
    email = models.EmailField(_("e-mail address"))

    class Meta:
        verbose_name = _("request to join")
        verbose_name_plural = _("requests to join")
        ordering = ["created"]
        constraints = [models.UniqueConstraint(fields=["organisation", "user"], name="asked_once")]

    def __str__(self) -> str:
        return self.email

"""Mail domains: whose they are, and who has an address there."""

from __future__ import annotations

import secrets

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.models.organisations import Organisation
from accounts.models.users import User
from core.models import Identified, TimeStamped

TOKEN_BYTES = 20


def new_token() -> str:
    """Make the value that a DNS record must hold, or that a mail carries: 160 bits."""
    return secrets.token_hex(TOKEN_BYTES)


class SchoolDomain(Identified, TimeStamped):
    """What we know of a mail domain. Only a trusted staff domain proves that somebody teaches."""

    class Audience(models.TextChoices):
        UNKNOWN = "unknown", _("Not known")
        STAFF = "staff", _("Staff only")
        STUDENTS = "students", _("Students")
        MIXED = "mixed", _("Staff and students")

    class Source(models.TextChoices):
        DNS = "dns", _("DNS record")
        MAIL = "mail", _("Mail to the domain")
        REVIEW = "review", _("Our staff")

    class Joining(models.TextChoices):
        OFF = "off", _("Nobody joins by address")
        ASK = "ask", _("Whoever has an address may ask to join")
        OPEN = "open", _("Whoever has an address may join at once")

    domain = models.CharField(_("domain"), max_length=253)
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="domains",
        verbose_name=_("organisation"),
    )
    audience = models.CharField(_("addresses of"), max_length=16, choices=Audience, default=Audience.UNKNOWN)
    source = models.CharField(_("known by"), max_length=16, choices=Source)
    joining = models.CharField(_("joining"), max_length=8, choices=Joining, default=Joining.OFF)
    proposed_audience = models.CharField(max_length=16, choices=Audience, blank=True)
    proposed_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    proposed_at = models.DateTimeField(null=True, blank=True)
    trusted_at = models.DateTimeField(_("trusted"), null=True, blank=True)
    trusted_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("school domain")
        verbose_name_plural = _("school domains")
        ordering = ["domain"]
        constraints = [
            models.UniqueConstraint(Lower("domain"), name="domain_once"),
            models.CheckConstraint(
                condition=models.Q(audience__in=["unknown", "staff", "students", "mixed"]), name="domain_audience"
            ),
            models.CheckConstraint(condition=models.Q(source__in=["dns", "mail", "review"]), name="domain_source"),
            models.CheckConstraint(condition=models.Q(joining__in=["off", "ask", "open"]), name="domain_joining"),
        ]

    def __str__(self) -> str:
        return self.domain

    @property
    def proves_staff(self) -> bool:
        """Whether an address here is proof enough of teaching."""
        return self.trusted_at is not None and self.audience == self.Audience.STAFF


class DomainClaim(Identified, TimeStamped):
    """A school's word that a domain is its own, and how far it got in proving it."""

    class Method(models.TextChoices):
        DNS = "dns", _("DNS record")
        MAIL = "mail", _("Mail to the domain")

    class State(models.TextChoices):
        PENDING = "pending", _("Waits for its proof")
        PROVED = "proved", _("Proved")
        DISPUTED = "disputed", _("Claimed by another school too")
        REFUSED = "refused", _("Refused")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="domain_claims")
    domain = models.CharField(_("domain"), max_length=253)
    method = models.CharField(_("method"), max_length=8, choices=Method)
    mailbox = models.CharField(_("sent to"), max_length=32, blank=True)
    token = models.CharField(max_length=64, default=new_token, editable=False)
    tries = models.PositiveSmallIntegerField(default=0, editable=False)
    state = models.CharField(_("state"), max_length=16, choices=State, default=State.PENDING)
    claimed_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    decided_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    expires = models.DateTimeField(_("open until"))

    class Meta:
        verbose_name = _("claim of a domain")
        verbose_name_plural = _("claims of domains")
        ordering = ["domain", "created"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "domain"], name="claimed_once"),
            models.CheckConstraint(
                condition=models.Q(state__in=["pending", "proved", "disputed", "refused"]), name="claim_state"
            ),
            models.CheckConstraint(condition=models.Q(method__in=["dns", "mail"]), name="claim_method"),
        ]

    def __str__(self) -> str:
        return f"{self.domain} ({self.state})"

"""Who pays, what for, who sits on it, and the ledger of new animations. docs/billing.md says how they fit together."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from accounts.tiers import Tier
from core.models import AppendOnly, Identified, TimeStamped


class BillingAccount(Identified, TimeStamped):
    """Who pays: one person or one organisation. `email` is where receipts and invoices go.

    Made by `billing.services.account_of_user` and `account_of_organisation`. An organisation with an account stays:
    its invoices must be found.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="billing_account",
        verbose_name=_("user"),
    )
    organisation = models.OneToOneField(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="billing_account",
        verbose_name=_("organisation"),
    )
    email = models.EmailField(_("e-mail address"))

    class Meta:
        verbose_name = _("billing account")
        verbose_name_plural = _("billing accounts")
        ordering = ["email", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False, organisation__isnull=True)
                | Q(user__isnull=True, organisation__isnull=False),
                name="billing_account_of_one",
                violation_error_message=_("An account belongs to a user or to an organisation, to one of them."),
            )
        ]

    def __str__(self) -> str:
        return self.email


class Grant(Identified, TimeStamped):
    """A tier given by a member of staff: as a gift, or against an invoice or a purchase order (`reference`).

    One for an organisation is shared out in `seats`; one for a person has one seat, hers.
    """

    account = models.ForeignKey(
        BillingAccount, on_delete=models.CASCADE, related_name="grants", verbose_name=_("account")
    )
    tier = models.CharField(
        _("tier"), max_length=16, choices=[choice for choice in Tier.choices if choice[0] != Tier.FREE]
    )
    quantity = models.PositiveIntegerField(_("seats"), default=1)
    starts = models.DateTimeField(_("from"), default=timezone.now)
    until = models.DateTimeField(_("until"), null=True, blank=True, help_text=_("Empty: until it is taken back."))
    reason = models.CharField(_("reason"), max_length=300)
    reference = models.CharField(
        _("reference"), max_length=100, blank=True, help_text=_("Number of the purchase order or invoice.")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("given by"),
    )
    revoked = models.DateTimeField(_("taken back"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("grant")
        verbose_name_plural = _("grants")
        ordering = ["-created"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=models.F("starts")),
                name="grant_ends_after_start",
                violation_error_message=_("A grant ends after it starts."),
            ),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="grant_quantity"),
        ]

    def __str__(self) -> str:
        return f"{self.get_tier_display()}: {self.account}"

    def clean(self) -> None:
        """Raise ValidationError where a person is given more seats than one."""
        if self.quantity > 1 and self.account_id and self.account.organisation_id is None:
            raise ValidationError({"quantity": _("A person has one seat.")})

    def is_live(self, now: datetime | None = None) -> bool:
        """Say whether the grant counts at `now` (default: the present moment)."""
        now = now or timezone.now()
        return self.revoked is None and self.starts <= now and (self.until is None or self.until > now)


class Subscription(Identified, TimeStamped):
    """What was bought and how it stands: computed from Stripe's object and the one truth of what it entitles to.

    `as_of` is the moment that the Stripe object behind this row was true (when it was fetched, or the time of the event
    that brought it): an older one never overwrites a newer one. `grace_until` is set while a payment is past due; until
    then nothing is lost.
    """

    class Status(models.TextChoices):
        """Stripe's own states of a subscription."""

        INCOMPLETE = "incomplete", _("Waiting for the first payment")
        INCOMPLETE_EXPIRED = "incomplete_expired", _("Never paid")
        TRIALING = "trialing", _("On trial")
        ACTIVE = "active", _("Active")
        PAST_DUE = "past_due", _("Payment is due")
        UNPAID = "unpaid", _("Not paid")
        PAUSED = "paused", _("Paused")
        CANCELED = "canceled", _("Ended")

    class Interval(models.TextChoices):
        MONTH = "month", _("Monthly")
        YEAR = "year", _("Yearly")

    ENTITLING = (Status.TRIALING, Status.ACTIVE)

    account = models.ForeignKey(
        BillingAccount, on_delete=models.CASCADE, related_name="subscriptions", verbose_name=_("account")
    )
    stripe_id = models.CharField(_("Stripe's number"), max_length=255, unique=True)
    status = models.CharField(_("status"), max_length=24, choices=Status)
    tier = models.CharField(_("tier"), max_length=16, choices=Tier.choices)
    interval = models.CharField(_("paid"), max_length=8, choices=Interval, default=Interval.MONTH)
    quantity = models.PositiveIntegerField(_("seats"), default=1)
    current_period_end = models.DateTimeField(_("paid until"), null=True, blank=True)
    cancel_at_period_end = models.BooleanField(_("ends then"), default=False)
    trial_end = models.DateTimeField(_("trial until"), null=True, blank=True)
    past_due_since = models.DateTimeField(_("payment due since"), null=True, blank=True)
    grace_until = models.DateTimeField(_("grace until"), null=True, blank=True)
    as_of = models.DateTimeField(_("as of"))

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        ordering = ["-created"]
        indexes = [models.Index(fields=["account", "status"], name="subscription_of_account")]

    def __str__(self) -> str:
        return f"{self.get_tier_display()}: {self.get_status_display()}"

    def is_live(self, now: datetime | None = None) -> bool:
        """Say whether it entitles at `now` (default: the present moment): paid for, on trial, or within the grace."""
        now = now or timezone.now()
        if self.status in self.ENTITLING:
            return True
        return self.status == self.Status.PAST_DUE and self.grace_until is not None and self.grace_until > now


class Seat(Identified, TimeStamped):
    """One person's place on what an organisation bought (`subscription`) or was given (`grant`)."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="seats", verbose_name=_("user")
    )
    subscription = models.ForeignKey(
        Subscription,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="seats",
        verbose_name=_("subscription"),
    )
    grant = models.ForeignKey(
        Grant, on_delete=models.CASCADE, null=True, blank=True, related_name="seats", verbose_name=_("grant")
    )

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        ordering = ["created"]
        constraints = [
            models.CheckConstraint(
                condition=Q(subscription__isnull=False, grant__isnull=True)
                | Q(subscription__isnull=True, grant__isnull=False),
                name="seat_of_one",
            ),
            models.UniqueConstraint(fields=["subscription", "user"], name="seat_once_per_subscription"),
            models.UniqueConstraint(fields=["grant", "user"], name="seat_once_per_grant"),
        ]

    def __str__(self) -> str:
        return str(self.user)


class QuotaEntry(AppendOnly):
    """A line of a person's ledger of new animations. docs/billing.md gives the arithmetic.

    A job has one reservation and at most one end: what it took was used (commit) or is given back (release). All its
    lines stand in the month of the reservation. `job` is a plain number: jobs live in an app above, and a ledger stays
    when a job is gone.
    """

    class Kind(models.TextChoices):
        RESERVE = "reserve", _("Started")
        COMMIT = "commit", _("Made")
        RELEASE = "release", _("Given back")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="quota_entries", verbose_name=_("user")
    )
    month = models.DateField(_("month"), help_text=_("Its first day."))
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    job = models.UUIDField(_("job"))
    tier = models.CharField(_("tier"), max_length=16, choices=Tier.choices, help_text=_("The person's at that time."))
    reason = models.CharField(_("reason"), max_length=40, blank=True)
    created = models.DateTimeField(_("when"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("quota entry")
        verbose_name_plural = _("quota entries")
        ordering = ["-created", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["job", "kind"], name="quota_entry_once"),
            models.UniqueConstraint(
                fields=["job"], condition=Q(kind__in=["commit", "release"]), name="quota_entry_one_end"
            ),
            models.CheckConstraint(condition=Q(kind__in=["reserve", "commit", "release"]), name="quota_entry_kind"),
        ]
        indexes = [models.Index(fields=["user", "month", "kind"], name="quota_entry_of_month")]

    def __str__(self) -> str:
        return f"{self.kind} {self.job}"


# The papers live in a module of their own; the app finds its models through this one.
from billing.purchasing import Invoice, PaperCount, Quote  # noqa: E402

__all__ = [
    "BillingAccount",
    "Grant",
    "Invoice",
    "PaperCount",
    "QuotaEntry",
    "Quote",
    "Seat",
    "Subscription",
]

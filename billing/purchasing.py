"""Papers of buying without a card: quotes, invoices and their numbers. `billing.models` brings them into the app."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from core.models import Identified, TimeStamped


class PaperCount(models.Model):
    """The last number given to a kind of paper in a year. Its row is held while a paper is made, so none is skipped."""

    kind = models.CharField(max_length=8)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("count of papers")
        verbose_name_plural = _("counts of papers")
        constraints = [models.UniqueConstraint(fields=["kind", "year"], name="paper_count_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.year}: {self.last}"


class Quote(Identified, TimeStamped):
    """What seats would cost a school, as it was on that day: later prices and names change nothing in it."""

    class State(models.TextChoices):
        OPEN = "open", _("Quoted")
        ORDERED = "ordered", _("Ordered")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    number = models.CharField(_("number"), max_length=20, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="quotes", verbose_name=_("organisation")
    )
    plan = models.CharField(_("plan"), max_length=20)
    plan_name = models.CharField(_("plan's name"), max_length=60)
    seats = models.PositiveIntegerField(_("seats"))
    unit_cents = models.PositiveIntegerField(_("a seat and year, in US cents"))
    tax_cents = models.PositiveBigIntegerField(_("tax, in US cents"), default=0)
    tax_percent = models.DecimalField(_("tax in percent"), max_digits=5, decimal_places=2, default=0)
    buyer = models.CharField(_("buyer"), max_length=200)
    address = models.TextField(_("address"), max_length=500)
    email = models.EmailField(_("where the invoice goes"))
    purchase_order = models.CharField(_("number of the purchase order"), max_length=60, blank=True)
    state = models.CharField(_("state"), max_length=16, choices=State, default=State.OPEN)
    note = models.CharField(_("our words"), max_length=300, blank=True)
    expires = models.DateTimeField(_("holds until"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    ordered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("quote")
        verbose_name_plural = _("quotes")
        ordering = ["-created"]
        constraints = [
            models.CheckConstraint(condition=Q(seats__gte=1), name="quote_seats"),
            models.CheckConstraint(
                condition=~Q(state__in=["ordered", "accepted"]) | ~Q(purchase_order=""), name="ordered_with_number"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def net_cents(self) -> int:
        """What the seats cost, without tax, in US cents."""
        return self.seats * self.unit_cents

    @property
    def total_cents(self) -> int:
        """What is to be paid, in US cents."""
        return self.net_cents + self.tax_cents

    @property
    def is_open(self) -> bool:
        """Whether it can still be ordered."""
        return self.state == self.State.OPEN and self.expires > timezone.now()


class Invoice(Identified, TimeStamped):
    """What a school owes for an accepted quote. A wrong one is cancelled, never deleted: its number stays taken."""

    number = models.CharField(_("number"), max_length=20, unique=True, editable=False)
    quote = models.OneToOneField(Quote, on_delete=models.PROTECT, related_name="invoice", verbose_name=_("quote"))
    grant = models.OneToOneField(
        "billing.Grant", on_delete=models.PROTECT, related_name="invoice", verbose_name=_("grant")
    )
    issued = models.DateField(_("issued"))
    due = models.DateField(_("due"))
    paid = models.DateField(_("paid"), null=True, blank=True)
    cancelled = models.DateTimeField(_("cancelled"), null=True, blank=True)

    class Meta:
        verbose_name = _("invoice")
        verbose_name_plural = _("invoices")
        ordering = ["-issued", "-number"]

    def __str__(self) -> str:
        return self.number

    @property
    def is_overdue(self) -> bool:
        """Whether it should have been paid by now."""
        return self.paid is None and self.cancelled is None and self.due < timezone.localdate()

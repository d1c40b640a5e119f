"""Who an account is at Stripe, and what is on its way through checkout. Stripe's ids are plain text here."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from billing.models import BillingAccount, Subscription
from core.models import Identified, TimeStamped


class StripeCustomer(TimeStamped):
    """A billing account's customer at Stripe.

    `asked` counts how often Stripe's word on its subscriptions was asked for, `written` is the highest of those that
    was written down: an answer to an older question never overwrites one to a newer (`billing.stripe.sync`).
    """

    account = models.OneToOneField(
        BillingAccount, on_delete=models.CASCADE, related_name="stripe_customer", verbose_name=_("account")
    )
    customer_id = models.CharField(_("Stripe's number"), max_length=255, unique=True)
    asked = models.PositiveBigIntegerField(default=0, editable=False)
    written = models.PositiveBigIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("Stripe customer")
        verbose_name_plural = _("Stripe customers")

    def __str__(self) -> str:
        return self.customer_id


class Purchase(Identified, TimeStamped):
    """One way through checkout. An account has one open at a time, so a double click buys once.

    `wish` is what the buyer was about to do when she met the limit; it is granted once, after payment.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        PAID = "paid", _("Paid")
        CLOSED = "closed", _("Not bought")

    account = models.ForeignKey(
        BillingAccount, on_delete=models.CASCADE, related_name="purchases", verbose_name=_("account")
    )
    buyer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="purchases", verbose_name=_("buyer")
    )
    plan = models.CharField(_("plan"), max_length=32)
    interval = models.CharField(_("paid"), max_length=8, choices=Subscription.Interval)
    quantity = models.PositiveIntegerField(_("seats"), default=1)
    trial_days = models.PositiveSmallIntegerField(_("days of trial"), default=0)
    coupon = models.CharField(_("coupon"), max_length=64, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.OPEN)
    session_id = models.CharField(max_length=255, null=True, blank=True, unique=True)
    url = models.TextField(blank=True)
    wish = models.JSONField(default=dict, blank=True)
    landing = models.CharField(max_length=500, blank=True)
    wish_started = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("purchase")
        verbose_name_plural = _("purchases")
        ordering = ["-created"]
        constraints = [
            models.UniqueConstraint(fields=["account"], condition=Q(state="open"), name="purchase_one_open"),
        ]

    def __str__(self) -> str:
        return f"{self.plan} {self.interval}: {self.state}"

"""`manage.py billing`: the catalogue at Stripe, the nightly look, and the webhook's endpoint."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

import stripe
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from billing.stripe import catalogue, gateway, reconcile
from core.errors import DomainError

# Whatever changes a subscription, a payment or a customer. Others would only be looked at and thrown away.
EVENTS = [
    "checkout.session.completed",
    "checkout.session.expired",
    "charge.refunded",
    "customer.deleted",
    "customer.subscription.created",
    "customer.subscription.deleted",
    "customer.subscription.paused",
    "customer.subscription.resumed",
    "customer.subscription.trial_will_end",
    "customer.subscription.updated",
    "customer.updated",
    "invoice.finalized",
    "invoice.marked_uncollectible",
    "invoice.overdue",
    "invoice.paid",
    "invoice.payment_failed",
    "invoice.voided",
]


class Command(BaseCommand):
    help = "Deal with Stripe: sync-catalogue, reconcile, webhook."

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        acts.add_parser("sync-catalogue", help="Make Stripe's products, prices and coupon follow billing/tiers.py.")
        acts.add_parser("reconcile", help="Ask Stripe about every customer and put right what differs.")
        acts.add_parser("webhook", help="Register this site's address for Stripe's news; tells the secret once.")

    def handle(self, *args: Any, act: str, **options: Any) -> None:
        try:
            gateway.require_on()
            for line in {"sync-catalogue": _catalogue, "reconcile": _reconcile, "webhook": _webhook}[act]():
                self.stdout.write(line)
        except DomainError as error:
            raise CommandError(f"{error.message} {error.hint}".strip()) from error


def _catalogue() -> list[str]:
    return catalogue.sync_catalogue() or ["Nothing to do."]


def _reconcile() -> list[str]:
    report = reconcile.run()
    return [report.line(), *(f"Not looked at: {each}" for each in report.failed)]


def _webhook() -> list[str]:
    if not settings.SITE_URL:
        raise CommandError("Set SITE_URL first: Stripe must know where to call.")
    with gateway.asking():
        made = stripe.WebhookEndpoint.create(
            url=f"{settings.SITE_URL}{reverse('stripe_webhook')}",
            enabled_events=EVENTS,  # type: ignore[arg-type] # names of events
            api_version=settings.STRIPE_API_VERSION,  # type: ignore[arg-type] # a version
            **gateway.key(),
        )
    return [f"{made.id} calls {made.url}.", f"Set STRIPE_WEBHOOK_SECRETS={made.secret} (it is shown this once)."]

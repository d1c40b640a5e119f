"""The nightly look at everything: heals what a lost webhook left behind, and takes the discount from lapsed proofs."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial

import stripe
from django.core.cache import cache
from django.utils import timezone

from accounts.models import User
from billing.stripe import customers, educators, gateway, inbox, purchases, sync
from billing.stripe.models import Purchase, StripeCustomer
from core.errors import DomainError

HOUR = 3  # of the night, UTC, from which on it is done
OPEN_FOR = timedelta(minutes=10)  # a purchase may be; then it is looked at

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Report:
    """What was looked at, and what had to be put right."""

    customers: int = 0
    healed: int = 0
    adopted: int = 0
    purchases: int = 0
    discounts: int = 0
    pruned: int = 0
    failed: list[str] = field(default_factory=list)

    def line(self) -> str:
        """Say it in one line."""
        return (
            f"{self.customers} customers looked at, {self.healed} put right, {self.adopted} found, "
            f"{self.purchases} purchases settled, {self.discounts} discounts changed, {self.pruned} old rows deleted, "
            f"{len(self.failed)} could not be looked at"
        )


def run() -> Report:
    """Look at every customer, open purchase and educator. What cannot be looked at is left for next time."""
    gateway.require_on()
    report = Report()
    for purchase in Purchase.objects.filter(state=Purchase.State.OPEN, created__lt=timezone.now() - OPEN_FOR):
        before = purchase.state
        if _try(report, f"purchase {purchase.pk}", partial(purchases.look, purchase)):
            report.purchases += purchase.state != before
    _try(report, "subscriptions of unknown customers", partial(_adopt, report))
    for customer in StripeCustomer.objects.select_related("account").iterator():
        report.customers += 1
        _try(report, customer.customer_id, partial(_heal, report, customer))
    for user in User.objects.filter(billing_account__subscriptions__status__in=educators.HAVE).distinct():
        _try(report, f"educator {user.pk}", partial(_follow, report, user))
    report.pruned = inbox.prune()
    logger.info("Reconciled with Stripe: %s.", report.line())
    return report


def run_if_due() -> bool:
    """Run once a night, by whichever worker comes first."""
    now = timezone.now()
    if not gateway.is_on() or now.hour < HOUR:
        return False
    if not cache.add(f"billing-reconciled-{now.date()}", "yes", timeout=2 * 86_400):
        return False
    run()
    return True


def _try(report: Report, what: str, act: Callable[[], object]) -> bool:
    try:
        act()
    except DomainError as error:
        logger.warning("Could not reconcile %s: %s", what, error)
        report.failed.append(what)
        return False
    return True


def _heal(report: Report, customer: StripeCustomer) -> None:
    report.healed += sync.refresh_customer(customer)


def _follow(report: Report, user: User) -> None:
    report.discounts += educators.discount_follows(user)


def _adopt(report: Report) -> None:
    """Find what Stripe bills for accounts of ours that we have no row for."""
    with gateway.asking():
        found = stripe.Subscription.list(limit=100, **gateway.key())
        ours = {str(each["customer"]) for each in found.auto_paging_iter()}
    known = set(StripeCustomer.objects.filter(customer_id__in=ours).values_list("customer_id", flat=True))
    for key in sorted(ours - known):
        report.adopted += customers.adopt(key) is not None

"""Half price for verified educators: a coupon that only the server attaches, and takes off when the proof ran out."""

from __future__ import annotations

import logging
from typing import Any

import stripe
from django.conf import settings
from django.utils.module_loading import import_string

from accounts.models import User
from accounts.tiers import Tier
from billing.models import Subscription
from billing.stripe import gateway, sync
from billing.stripe.models import StripeCustomer
from billing.stripe.offers import EDUCATOR_COUPON
from core import audit

HAVE = (Subscription.Status.ACTIVE, Subscription.Status.TRIALING, Subscription.Status.PAST_DUE)

logger = logging.getLogger(__name__)


def is_verified(user: Any) -> bool:
    """Say whether `user` is a verified educator now: what `settings.EDUCATOR_CHECK` names answers."""
    return bool(import_string(settings.EDUCATOR_CHECK)(user))


def discount_follows(user: User) -> bool:
    """Attach or take off the discount so that it follows from the proof; from the next invoice on. Returns if it did.

    Call it when a proof is given or ends; the nightly reconcile calls it for everybody. Raises DomainError as
    `gateway.asking`.
    """
    wanted = is_verified(user)
    changed = False
    rows = Subscription.objects.filter(account__user=user, status__in=HAVE)
    for row in rows.filter(tier=Tier.PROFESSIONAL if wanted else Tier.EDUCATOR):
        with gateway.asking():
            stripe.Subscription.modify(
                row.stripe_id,
                discounts=[{"coupon": EDUCATOR_COUPON}] if wanted else "",
                proration_behavior="none",
                **gateway.key(),
            )
        verb = "subscription.educator_discount_given" if wanted else "subscription.educator_discount_ended"
        audit.record(verb, actor=None, target=row)
        sync.refresh_customer(StripeCustomer.objects.get(account=row.account))
        changed = True
    return changed

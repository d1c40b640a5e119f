"""May they? A person pays for herself; owners, administrators and billing administrators pay for their school."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import Organisation
from accounts.permissions import PAYERS
from billing.models import BillingAccount


def accounts_paid_by(user: Any) -> QuerySet[BillingAccount]:
    """Return the billing accounts that `user` may buy and cancel for."""
    if not (user.is_authenticated and user.is_active):
        return BillingAccount.objects.none()
    hers = Q(user=user) | Q(organisation__memberships__user=user, organisation__memberships__role__in=PAYERS)
    return BillingAccount.objects.filter(hers).distinct()


def organisations_paid_by(user: Any) -> QuerySet[Organisation]:
    """Return the organisations that `user` may buy for."""
    if not (user.is_authenticated and user.is_active):
        return Organisation.objects.none()
    return Organisation.objects.filter(memberships__user=user, memberships__role__in=PAYERS).distinct()

"""What happens at Stripe when an account ends."""

from __future__ import annotations

from accounts.models import User
from billing.models import BillingAccount
from billing.stripe import customers


def purge(user: User, heir: User | None) -> None:
    """Delete her customer, which ends what she pays for. Raises DomainError where Stripe is away: tried again."""
    account = BillingAccount.objects.filter(user=user).first()
    if account is not None:
        customers.forget(account)

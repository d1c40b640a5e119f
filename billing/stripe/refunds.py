"""Money back, by a member of staff."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import stripe
from django.utils.translation import gettext as _

from accounts.models import User
from billing.models import BillingAccount
from billing.stripe import gateway, sync
from billing.stripe.models import StripeCustomer
from core import audit
from core.errors import DomainError


@dataclass(frozen=True, slots=True)
class Paid:
    """An invoice of an account. Money is in cents."""

    invoice: str
    number: str
    on: datetime
    amount: int
    currency: str
    status: str
    url: str


def invoices(account: BillingAccount) -> list[Paid]:
    """Return the account's invoices at Stripe, latest first. Raises DomainError as `gateway.asking`."""
    customer = StripeCustomer.objects.filter(account=account).first()
    if customer is None or not gateway.is_on():
        return []
    with gateway.asking():
        found = stripe.Invoice.list(customer=customer.customer_id, limit=24, **gateway.key())
    return [
        Paid(
            invoice=each["id"],
            number=each["number"] or "",
            on=datetime.fromtimestamp(each["created"], UTC),
            amount=each["total"],
            currency=each["currency"],
            status=each["status"] or "",
            url=each["hosted_invoice_url"] or "",
        )
        for each in found.data
    ]


def refund(*, by: User, account: BillingAccount, invoice: str, amount: int | None, reason: str, token: str) -> int:
    """Give back `amount` cents of a paid invoice (None: all that is left) and return how much that was.

    The plan stays; whoever wants it ended cancels it too. `token` is of the form that asked: sent twice, it gives back
    once. Raises DomainError: "not_allowed" (not staff), "not_found" for an invoice of somebody else, "nothing_paid",
    and as `gateway.asking`.
    """
    if not (by.is_active and by.is_staff):
        raise DomainError("not_allowed", _("Only staff give money back."), status=403)
    customer = StripeCustomer.objects.filter(account=account).first()
    with gateway.asking():
        found: Any = stripe.Invoice.retrieve(invoice, expand=["payments"], **gateway.key())
        if customer is None or found["customer"] != customer.customer_id:
            raise DomainError("not_found", _("There is no such invoice."), status=404)
        intent = _intent(found)
        wish: Any = {} if amount is None else {"amount": amount}
        given = stripe.Refund.create(
            payment_intent=intent,
            reason="requested_by_customer",
            metadata={"by": str(by.pk)},
            idempotency_key=f"refund-{token}",
            **wish,
            **gateway.key(),
        )
    data = {"invoice": invoice, "amount": given["amount"], "currency": given["currency"], "reason": reason}
    audit.record("billing.refunded", actor=by, target=account, data=data)
    sync.refresh_customer(customer)
    return int(given["amount"])


def _intent(found: Any) -> str:
    """Return the payment of an invoice, which hangs under `payments` today."""
    for each in found["payments"]["data"]:
        if each["status"] == "paid" and each["payment"].get("payment_intent"):
            return str(each["payment"]["payment_intent"])
    raise DomainError(
        "nothing_paid",
        _("This invoice was not paid by card, so there is nothing to give back here."),
        status=409,
        hint=_("Send a transfer back by hand."),
    )

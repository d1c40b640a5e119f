"""Buying: one checkout at a time for an account, and what the buyer was about to do done for her afterwards."""

from __future__ import annotations

import logging
from typing import Any

import stripe
from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from accounts.models import User
from billing.models import BillingAccount, Subscription
from billing.stripe import customers, educators, gateway, offers, sync
from billing.stripe.models import Purchase, StripeCustomer
from billing.tiers import Plan
from core import audit
from core.errors import DomainError

Status = Subscription.Status
RUNNING = (Status.ACTIVE, Status.TRIALING, Status.PAST_DUE, Status.UNPAID, Status.PAUSED)
TRIED_BY = "professional"  # plans that can be tried before paying
PO_FIELD = "po_number"

logger = logging.getLogger(__name__)


def running(account: BillingAccount) -> Subscription | None:
    """Return the subscription that the account pays for, if there is one."""
    return Subscription.objects.filter(account=account, status__in=RUNNING).order_by("-created").first()


def trial_days(account: BillingAccount, plan: Plan) -> int:
    """Return how long the account may try the plan: once, before its first subscription."""
    if plan.code not in {TRIED_BY, "educator"} or Subscription.objects.filter(account=account).exists():
        return 0
    return int(settings.STRIPE_TRIAL_DAYS)


def begin(
    *,
    account: BillingAccount,
    buyer: User,
    plan: str,
    interval: str,
    quantity: int = 1,
    wish: dict[str, Any] | None = None,
    landing: str = "",
    site: str,
) -> Purchase:
    """Open checkout, or return the one that is open for just this; its `url` is where to pay.

    `site` is where Stripe sends the buyer back to. Raises DomainError: "plan", "seats", "already_subscribed",
    "not_verified" for the educator's price without a proof, "already_paid" when this was paid a moment ago, and as
    `gateway.asking`.
    """
    gateway.require_on()
    wanted = offers.require(plan, interval, quantity, for_organisation=account.organisation_id is not None)
    verified = account.user is not None and educators.is_verified(account.user)
    if plan == "educator" and not verified:
        raise DomainError(
            "not_verified",
            _("The educator's price is for verified educators."),
            status=409,
            hint=_("Verify that you teach first; it takes a minute with a school address."),
        )
    coupon = offers.EDUCATOR_COUPON if verified and wanted.code in {"professional", "educator"} else ""
    _require_none_running(account)
    customer = customers.ensure(account)
    purchase = Purchase(
        account=account,
        buyer=buyer,
        plan=plan,
        interval=interval,
        quantity=quantity,
        coupon=coupon,
        trial_days=trial_days(account, wanted),
        wish=wish or {},
        landing=landing,
    )
    _settle_open(account, customer, purchase)
    return _open_session(_only_open(purchase), customer, site)


def _require_none_running(account: BillingAccount) -> None:
    if running(account) is not None:
        raise DomainError(
            "already_subscribed",
            _("You have a plan already."),
            status=409,
            hint=_("Change it on the billing page; what you paid is taken into account."),
        )


def _same(one: Purchase, other: Purchase) -> bool:
    names = ("plan", "interval", "quantity", "coupon", "trial_days", "buyer_id")
    return all(getattr(one, name) == getattr(other, name) for name in names)


def _settle_open(account: BillingAccount, customer: StripeCustomer, wanted: Purchase) -> None:
    """Look at what is open: paid meanwhile, lapsed, or for something else, which is closed at Stripe first."""
    old = Purchase.objects.filter(account=account, state=Purchase.State.OPEN).first()
    if old is None:
        return
    if old.session_id is None:
        if not _same(old, wanted):
            _close(old)
        return
    with gateway.asking():
        session = stripe.checkout.Session.retrieve(old.session_id, **gateway.key())
        if session.status == "open" and not _same(old, wanted):
            session = stripe.checkout.Session.expire(old.session_id, **gateway.key())
    if session.status == "complete":
        complete(old)
        raise DomainError("already_paid", _("This is paid already."), status=409, data={"purchase": str(old.pk)})
    if session.status == "expired":
        _close(old)


def _close(purchase: Purchase) -> None:
    Purchase.objects.filter(pk=purchase.pk, state=Purchase.State.OPEN).update(state=Purchase.State.CLOSED)


def _only_open(purchase: Purchase) -> Purchase:
    """Store the purchase, or return the one for the same that somebody opened at the same moment."""
    try:
        with transaction.atomic():
            purchase.save(force_insert=True)
            audit.record(
                "purchase.begun",
                actor=purchase.buyer,
                target=purchase,
                data={"plan": purchase.plan, "interval": purchase.interval, "seats": purchase.quantity},
            )
    except IntegrityError:
        other = Purchase.objects.filter(account=purchase.account, state=Purchase.State.OPEN).first()
        if other is None or not _same(other, purchase):
            raise DomainError(
                "busy", _("You are buying in another window."), status=409, hint=_("Go on there, or try again here.")
            ) from None
        if purchase.wish != other.wish or purchase.landing != other.landing:
            other.wish, other.landing = purchase.wish, purchase.landing
            other.save(update_fields=["wish", "landing", "updated"])
        return other
    return purchase


def _open_session(purchase: Purchase, customer: StripeCustomer, site: str) -> Purchase:
    if purchase.url:
        return purchase
    try:
        price = offers.price_id(purchase.plan, purchase.interval)
        with gateway.asking():
            session = stripe.checkout.Session.create(
                **_session(purchase, customer, price, site),
                # The same for everybody who opens this purchase: a double click gets one session.
                idempotency_key=f"purchase-{purchase.pk}",
                **gateway.key(),
            )
    except DomainError:
        _close(purchase)  # Stripe repeats a failure for the same key; the next try is a new purchase
        raise
    purchase.session_id, purchase.url = session.id, session.url or ""
    purchase.save(update_fields=["session_id", "url", "updated"])
    return purchase


def _session(purchase: Purchase, customer: StripeCustomer, price: str, site: str) -> Any:
    metadata = {"purchase": str(purchase.pk), "account": str(purchase.account_id)}
    subscription: dict[str, Any] = {"metadata": metadata}
    if purchase.trial_days:
        subscription["trial_period_days"] = purchase.trial_days
    params: dict[str, Any] = {
        "mode": "subscription",
        "customer": customer.customer_id,
        "client_reference_id": str(purchase.pk),
        "line_items": [{"price": price, "quantity": purchase.quantity}],
        "success_url": f"{site}{reverse('purchase_done', args=[purchase.pk])}",
        "cancel_url": f"{site}{reverse('purchase_left', args=[purchase.pk])}",
        "metadata": metadata,
        "subscription_data": subscription,
        "tax_id_collection": {"enabled": True},
        "customer_update": {"name": "auto", "address": "auto"},
        "billing_address_collection": "required" if settings.STRIPE_TAX else "auto",
    }
    if settings.STRIPE_TAX:
        params["automatic_tax"] = {"enabled": True}
    # Stripe takes either a discount of ours or codes that the buyer types.
    params |= {"discounts": [{"coupon": purchase.coupon}]} if purchase.coupon else {"allow_promotion_codes": True}
    if purchase.account.organisation_id is not None:
        label = {"type": "custom", "custom": _("Purchase order number")}
        params["custom_fields"] = [{"key": PO_FIELD, "label": label, "type": "text", "optional": True}]
    return params


# --- After payment -------------------------------------------------------------------------------
def look(purchase: Purchase) -> Purchase:
    """Ask Stripe how an open purchase stands and go on from there. Raises DomainError as `gateway.asking`."""
    if purchase.state != Purchase.State.OPEN or purchase.session_id is None:
        return purchase
    with gateway.asking():
        session = stripe.checkout.Session.retrieve(purchase.session_id, **gateway.key())
    if session.status == "complete":
        complete(purchase, session)
    elif session.status == "expired":
        _close(purchase)
    purchase.refresh_from_db()
    return purchase


def complete(purchase: Purchase, session: Any = None) -> None:
    """Bring the account in line with what was paid, and do what the buyer was about to do; all of it once."""
    customer = StripeCustomer.objects.get(account=purchase.account)
    _keep_order_number(customer, session)
    sync.refresh_customer(customer)
    if Purchase.objects.filter(pk=purchase.pk, state=Purchase.State.OPEN).update(state=Purchase.State.PAID):
        audit.record("purchase.paid", actor=purchase.buyer, target=purchase, data={"plan": purchase.plan})
    _grant_wish(purchase)


def _keep_order_number(customer: StripeCustomer, session: Any) -> None:
    """Put the purchase order's number, asked for at checkout, on every invoice to come."""
    for field in (session["custom_fields"] if session is not None else []) or []:
        number = (field.get("text") or {}).get("value")
        if field["key"] == PO_FIELD and number:
            with gateway.asking():
                stripe.Customer.modify(
                    customer.customer_id,
                    invoice_settings={"custom_fields": [{"name": "PO number", "value": number[:30]}]},
                    **gateway.key(),
                )


def _grant_wish(purchase: Purchase) -> None:
    with transaction.atomic():
        first = Purchase.objects.filter(pk=purchase.pk, wish_started__isnull=True, state=Purchase.State.PAID)
        if not first.update(wish_started=timezone.now()) or not purchase.wish:
            return
        buyer = User.objects.get(pk=purchase.buyer_id)
        for path in settings.AFTER_PAYMENT:
            try:
                with transaction.atomic():
                    import_string(path)(buyer, purchase.wish)
            except DomainError as error:
                # She lands on the page that says the same, so there is nothing to add here.
                logger.info("What was wished for after purchase %s could not start: %s", purchase.pk, error.code)

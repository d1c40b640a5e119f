"""Payments that fail: the grace, the retries, the end. And money back, and what the night heals."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import stripe
from django.core.management import call_command
from django.utils import timezone

from accounts import verification
from accounts.models import SchoolDomain, VerificationRequest
from accounts.tiers import Tier
from billing import entitlements
from billing.models import Subscription
from billing.services import account_of_user
from billing.stripe import catalogue, customers, educators, purchases, reconcile, refunds, sync
from billing.stripe.models import Purchase, StripeCustomer
from billing.stripe_double import checkout
from core.errors import DomainError
from core.models import AuditEntry
from tests.billing.stripe.conftest import KEY
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def now_of(world) -> datetime:
    return datetime.fromtimestamp(world.store.now(), UTC)


def spoil_card(world, row) -> None:
    world.store.cards[world.at_stripe(row)["default_payment_method"]] = "fails_later"


@pytest.fixture
def due(world, teacher) -> Subscription:
    """A subscription whose renewal was refused a day ago."""
    row = world.subscribed(teacher)
    spoil_card(world, row)
    world.later(32)
    world.hear()
    row.refresh_from_db()
    return row


def test_nothing_is_lost_within_the_grace(world, due, settings):
    assert due.status == "past_due"
    assert due.grace_until - due.past_due_since == timedelta(days=settings.STRIPE_GRACE_DAYS)
    assert due.is_live(due.past_due_since + timedelta(days=13))
    assert not due.is_live(due.grace_until + timedelta(seconds=1))


def test_the_grace_counts_from_stripes_own_dates_however_late_the_news(world, teacher):
    row = world.subscribed(teacher)
    spoil_card(world, row)
    world.later(31.5)
    failed = world.store.all("invoice", status="open")[0]
    opened = failed["status_transitions"]["finalized_at"]
    world.later(2)
    world.lose()  # every webhook of it
    sync.refresh_customer(StripeCustomer.objects.get())
    row.refresh_from_db()
    assert int(row.past_due_since.timestamp()) == opened


def test_a_retry_that_succeeds_ends_the_grace(world, due):
    world.store.cards[world.at_stripe(due)["default_payment_method"]] = "good"
    world.later(4)
    world.hear()
    due.refresh_from_db()
    assert (due.status, due.past_due_since, due.grace_until) == ("active", None, None)


def test_after_the_last_retry_it_ends(world, due, teacher):
    world.later(20)
    world.hear()
    due.refresh_from_db()
    teacher.refresh_from_db()
    assert due.status == "canceled" and teacher.tier == Tier.FREE


def test_a_plan_is_not_changed_while_a_payment_is_due(world, due, teacher):
    from billing.stripe import changes

    with pytest.raises(DomainError) as refused:
        changes.change(due, by=teacher, plan="enterprise", interval="month", quantity=1)
    assert refused.value.code == "not_now" and "Pay the open invoice" in refused.value.hint


def test_while_stripe_is_away_at_renewal_nobody_loses_anything(world, teacher):
    row = world.subscribed(teacher)
    world.later(32)
    world.breaks("GET /v1/subscriptions", times=1000)
    world.hear()
    row.refresh_from_db()
    assert row.is_live() and entitlements.of(teacher).tier == Tier.PROFESSIONAL
    report = reconcile.run()
    assert report.failed and row.is_live()


def test_a_cheque_pays_an_invoice_that_was_sent(world, owner, school_account):
    customer = customers.ensure(school_account)
    price = stripe.Price.list(lookup_keys=["theorama_school_year"], api_key=KEY).data[0]
    found = stripe.Subscription.create(
        customer=customer.customer_id,
        items=[{"price": price.id, "quantity": 40}],
        collection_method="send_invoice",
        days_until_due=30,
        api_key=KEY,
    )
    world.hear()
    row = Subscription.objects.get()
    assert (row.status, row.quantity, row.tier) == ("active", 40, Tier.SCHOOL)
    world.later(31)
    world.hear()
    row.refresh_from_db()
    assert row.status == "past_due"
    stripe.Invoice.pay(found.latest_invoice, paid_out_of_band=True, api_key=KEY)
    world.hear()
    row.refresh_from_db()
    assert row.status == "active"


# --- Refunds -----------------------------------------------------------------------------------------
@pytest.fixture
def clerk(db):
    return UserFactory(is_staff=True)


def test_staff_give_money_back_once(world, teacher, clerk):
    row = world.subscribed(teacher)
    invoice = refunds.invoices(row.account)[0]
    ask = {"by": clerk, "account": row.account, "invoice": invoice.invoice, "reason": "bought twice", "token": "t1"}
    assert refunds.refund(**ask, amount=500) == 500
    assert refunds.refund(**ask, amount=500) == 500  # the same form again
    assert world.store.all("charge")[0]["amount_refunded"] == 500
    assert refunds.refund(**{**ask, "token": "t2"}, amount=None) == 1499
    with pytest.raises(DomainError) as refused:
        refunds.refund(**{**ask, "token": "t3"}, amount=None)
    assert refused.value.code == "payments_refused"
    row.refresh_from_db()
    assert row.status == "active"
    assert AuditEntry.objects.filter(verb="billing.refunded", actor=clerk).count() == 3


def test_nobody_else_gives_money_back(world, teacher, clerk, stranger):
    row = world.subscribed(teacher)
    other = account_of_user(stranger)
    invoice = refunds.invoices(row.account)[0].invoice
    ask = {"invoice": invoice, "amount": None, "reason": "", "token": "t"}
    with pytest.raises(DomainError) as refused:
        refunds.refund(by=teacher, account=row.account, **ask)
    assert refused.value.code == "not_allowed"
    with pytest.raises(DomainError) as refused:
        refunds.refund(by=clerk, account=other, **ask)
    assert refused.value.code == "not_found"
    assert not world.store.all("refund")


# --- Educators ---------------------------------------------------------------------------------------
def verify(user) -> VerificationRequest:
    domain = user.email.partition("@")[2]
    SchoolDomain.objects.create(domain=domain, audience="staff", source="review", trusted_at=timezone.now())
    return verification.verify_by_address(user=user, email=user.email)


def test_a_verified_educator_pays_half_and_cannot_pass_it_on(world, teacher, stranger):
    verify(teacher)
    row = world.subscribed(teacher)
    assert row.tier == Tier.EDUCATOR
    assert world.store.all("invoice")[0]["total"] in {999, 1000}
    assert not world.store.all("promotion_code")  # nothing that could be typed by others
    purchase = purchases.begin(
        account=account_of_user(stranger), buyer=stranger, plan="professional", interval="month", site="https://s.e"
    )
    assert purchase.coupon == "" and world.store.get("checkout.session", purchase.session_id)["discounts"] == []


def test_the_educators_price_is_not_sold_to_others(world, teacher, account):
    with pytest.raises(DomainError) as refused:
        purchases.begin(account=account, buyer=teacher, plan="educator", interval="month", site="https://s.e")
    assert refused.value.code == "not_verified"


def test_the_discount_follows_the_proof_from_the_next_invoice_on(world, teacher):
    row = world.subscribed(teacher)
    proof = verify(teacher)
    assert educators.discount_follows(teacher) and not educators.discount_follows(teacher)
    row.refresh_from_db()
    assert row.tier == Tier.EDUCATOR and len(world.store.all("invoice")) == 1
    world.later(32)
    assert world.store.all("invoice")[-1]["total"] in {999, 1000}
    VerificationRequest.objects.filter(pk=proof.pk).update(expires=timezone.now() - timedelta(days=1))
    assert reconcile.run().discounts == 1  # the night takes it off
    row.refresh_from_db()
    assert row.tier == Tier.PROFESSIONAL and row.is_live()
    world.later(31)
    assert world.store.all("invoice")[-1]["total"] == 1999


# --- The night ---------------------------------------------------------------------------------------
def test_the_night_heals_what_lost_webhooks_left(world, teacher):
    world.buy(teacher)
    world.lose()
    Purchase.objects.update(created=now_of(world) - timedelta(days=3650))
    report = reconcile.run()
    assert report.purchases == 1 and not report.failed
    teacher.refresh_from_db()
    assert teacher.tier == Tier.PROFESSIONAL
    stripe.Subscription.cancel(Subscription.objects.get().stripe_id, api_key=KEY)
    world.lose()
    assert reconcile.run().healed == 1
    teacher.refresh_from_db()
    assert teacher.tier == Tier.FREE
    assert reconcile.run().healed == 0


def test_the_night_finds_a_customer_that_we_lost(world, teacher):
    world.subscribed(teacher)
    StripeCustomer.objects.all().delete()
    Subscription.objects.all().delete()
    assert reconcile.run().adopted == 1
    assert Subscription.objects.get().status == "active"


def test_a_customer_deleted_at_stripe_has_nothing_left(world, teacher):
    row = world.subscribed(teacher)
    stripe.Customer.delete(StripeCustomer.objects.get().customer_id, api_key=KEY)
    world.hear()
    row.refresh_from_db()
    assert row.status == "canceled"


def test_an_account_that_is_deleted_is_deleted_at_stripe(world, teacher, account):
    row = world.subscribed(teacher)
    customer = StripeCustomer.objects.get().customer_id
    customers.forget(account)
    assert world.store.get("customer", customer)["deleted"]
    assert world.at_stripe(row)["status"] == "canceled"
    customers.forget(account)  # once more changes nothing


def test_the_night_comes_once(world, monkeypatch):
    runs = []
    monkeypatch.setattr(reconcile, "run", lambda: runs.append(1))
    monkeypatch.setattr(reconcile.timezone, "now", lambda: datetime(2026, 11, 24, 4, tzinfo=UTC))
    assert reconcile.run_if_due() and not reconcile.run_if_due()
    monkeypatch.setattr(reconcile.timezone, "now", lambda: datetime(2026, 11, 25, 2, 59, tzinfo=UTC))
    assert not reconcile.run_if_due()
    assert runs == [1]


def test_the_commands_say_what_they_did(world, teacher, capsys, settings):
    world.subscribed(teacher)
    call_command("billing", "sync-catalogue")
    assert "Nothing to do." in capsys.readouterr().out
    call_command("billing", "reconcile")
    assert "1 customers looked at, 0 put right" in capsys.readouterr().out
    settings.SITE_URL = "https://site.example"
    call_command("billing", "webhook")
    assert "STRIPE_WEBHOOK_SECRETS=whsec_" in capsys.readouterr().out


def test_a_changed_price_is_a_new_one_under_the_same_name(world, teacher):
    row = world.subscribed(teacher)
    old = world.store.all("price", lookup_key="theorama_professional_month")[0]
    old["unit_amount"] = 1799  # as if it had been another one when it was made
    done = catalogue.sync_catalogue()
    assert done == ["price theorama_professional_month changed: 1999"]
    assert catalogue.sync_catalogue() == []
    assert not world.store.get("price", old["id"])["active"]
    sync.refresh_customer(StripeCustomer.objects.get())
    row.refresh_from_db()
    assert row.tier == Tier.PROFESSIONAL and row.is_live()


def test_a_price_of_somebody_elses_gives_nothing(world, teacher, account):
    customer = customers.ensure(account)
    product = stripe.Product.create(name="T-shirt of the month", api_key=KEY)
    price = stripe.Price.create(
        product=product.id, currency="usd", unit_amount=1, recurring={"interval": "month"}, api_key=KEY
    )
    stripe.Subscription.create(
        customer=customer.customer_id,
        items=[{"price": price.id}],
        collection_method="send_invoice",
        days_until_due=30,
        api_key=KEY,
    )
    world.hear()
    assert Subscription.objects.get().tier == Tier.FREE
    teacher.refresh_from_db()
    assert teacher.tier == Tier.FREE


def test_the_double_pays_what_is_due_from_the_page(world, due):
    """`checkout` and the portal of the double end in the same place as Stripe's API."""
    assert checkout.lines_of(world.store, Purchase.objects.get().session_id)[0]["quantity"] == 1
    invoice = world.store.all("invoice", status="open")[0]
    method = stripe.PaymentMethod.attach("pm_card_visa", customer=invoice["customer"], api_key=KEY)
    stripe.Invoice.pay(invoice["id"], payment_method=method.id, api_key=KEY)
    world.hear()
    due.refresh_from_db()
    assert due.status == "active"

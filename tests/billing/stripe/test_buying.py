"""From the plan's page to what she was about to do, and every bad day on the way."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.tiers import Tier
from billing.models import Subscription
from billing.stripe import inbox, purchases
from billing.stripe.models import Purchase, StripeCustomer
from billing.stripe_double import checkout
from billing.stripe_double.errors import ApiError
from core.errors import DomainError

pytestmark = pytest.mark.django_db
SITE = {"site": "https://site.example"}


def test_who_pays_has_the_tier_and_lands_where_she_was(world, client, teacher):
    client.force_login(teacher)
    page = client.get(reverse("purchase_begin", args=["professional", "month"]), {"next": "/dashboard/"})
    assert "$19.99" in page.content.decode()
    posted = client.post(
        reverse("purchase_begin", args=["professional", "month"]),
        {"next": "/dashboard/"},
        headers={"HX-Request": "true"},
    )
    purchase = Purchase.objects.get()
    assert posted.headers["HX-Redirect"] == purchase.url
    checkout.pay(world.store, purchase.session_id)
    world.hear()
    teacher.refresh_from_db()
    assert teacher.tier == Tier.PROFESSIONAL
    back = client.get(reverse("purchase_done", args=[purchase.pk]))
    assert back.status_code == 302 and back["Location"] == "/dashboard/"


def test_without_scripts_a_link_leads_to_the_payment_page(world, client, teacher):
    client.force_login(teacher)
    posted = client.post(reverse("purchase_begin", args=["professional", "year"]))
    assert posted.status_code == 200 and Purchase.objects.get().url in posted.content.decode()


def test_who_comes_back_before_the_webhook_need_not_wait_for_it(world, client, teacher):
    purchase = world.buy(teacher, landing="/dashboard/")
    world.lose()
    client.force_login(teacher)
    assert client.get(reverse("purchase_done", args=[purchase.pk]))["Location"] == "/dashboard/"
    teacher.refresh_from_db()
    assert teacher.tier == Tier.PROFESSIONAL


def test_who_has_not_paid_waits_and_has_nothing(world, client, teacher, account):
    purchase = purchases.begin(account=account, buyer=teacher, plan="professional", interval="month", **SITE)
    client.force_login(teacher)
    page = client.get(reverse("purchase_done", args=[purchase.pk]))
    assert page.status_code == 200 and "We wait for word of your payment" in page.content.decode()
    teacher.refresh_from_db()
    assert teacher.tier == Tier.FREE


def test_a_double_click_opens_one_checkout(world, teacher, account):
    ask = {"account": account, "buyer": teacher, "plan": "professional", "interval": "month", **SITE}
    first, second = purchases.begin(**ask), purchases.begin(**ask)
    assert (first.pk, first.url) == (second.pk, second.url)
    assert len(world.store.all("checkout.session")) == 1
    assert len(world.store.all("customer")) == 1


def test_two_clicks_that_overtake_one_another_get_the_same_session(world, teacher, account):
    first = purchases.begin(account=account, buyer=teacher, plan="professional", interval="month", **SITE)
    # The second request found the first one's row before that had heard from Stripe.
    Purchase.objects.update(session_id=None, url="")
    second = purchases.begin(account=account, buyer=teacher, plan="professional", interval="month", **SITE)
    assert second.session_id == first.session_id and len(world.store.all("checkout.session")) == 1


def test_another_choice_closes_the_first_checkout(world, teacher, account):
    ask = {"account": account, "buyer": teacher, "plan": "professional", **SITE}
    monthly = purchases.begin(**ask, interval="month")
    yearly = purchases.begin(**ask, interval="year")
    assert yearly.pk != monthly.pk
    with pytest.raises(ApiError):
        checkout.pay(world.store, monthly.session_id)
    checkout.pay(world.store, yearly.session_id)
    world.hear()
    assert Subscription.objects.get().interval == "year"


def test_who_has_paid_a_moment_ago_is_not_asked_again(world, teacher, account):
    world.buy(teacher)
    with pytest.raises(DomainError) as refused:
        purchases.begin(account=account, buyer=teacher, plan="professional", interval="month", **SITE)
    assert refused.value.code == "already_paid"
    with pytest.raises(DomainError) as refused:
        purchases.begin(account=account, buyer=teacher, plan="professional", interval="year", **SITE)
    assert refused.value.code == "already_subscribed"
    assert len(world.store.all("subscription")) == 1


def test_a_refused_card_costs_nothing_and_can_be_followed_by_a_good_one(world, teacher, account):
    purchase = purchases.begin(account=account, buyer=teacher, plan="professional", interval="month", **SITE)
    with pytest.raises(ApiError) as refused:
        checkout.pay(world.store, purchase.session_id, card="4000000000000002")
    assert refused.value.body["error"]["code"] == "card_declined"
    assert not world.store.all("subscription")
    checkout.pay(world.store, purchase.session_id)
    world.hear()
    assert Subscription.objects.get().status == "active"


@pytest.mark.parametrize("kind", ["down", "error", "busy"])
def test_when_stripe_is_away_at_checkout_she_is_told_and_can_try_again(world, client, teacher, kind):
    client.force_login(teacher)
    world.breaks("POST /v1/checkout/sessions", kind)
    page = client.post(reverse("purchase_begin", args=["professional", "month"]))
    assert page.status_code == 503
    assert "does not answer" in page.content.decode() and "nothing was charged" in page.content.decode().lower()
    client.post(reverse("purchase_begin", args=["professional", "month"]))
    checkout.pay(world.store, Purchase.objects.get(state="open").session_id)
    world.hear()
    assert Subscription.objects.get().status == "active"


def test_a_lost_answer_does_not_make_two_subscriptions(world, teacher, account):
    world.breaks("POST /v1/checkout/sessions", "after")
    ask = {"account": account, "buyer": teacher, "plan": "professional", "interval": "month", **SITE}
    with pytest.raises(DomainError):
        purchases.begin(**ask)
    purchase = purchases.begin(**ask)
    checkout.pay(world.store, purchase.session_id)
    world.hear()
    assert len(world.store.all("subscription")) == 1


def test_a_currency_that_stripe_does_not_take_is_said_in_clear_words(world, teacher, account):
    world.subscribed(teacher)
    row = Subscription.objects.get()
    world.store.get("customer", StripeCustomer.objects.get().customer_id)["currency"] = "eur"
    world.store.get("subscription", row.stripe_id)["status"] = "canceled"
    Subscription.objects.update(status="canceled")
    purchase = purchases.begin(account=account, buyer=teacher, plan="professional", interval="month", **SITE)
    with pytest.raises(ApiError) as refused:
        checkout.pay(world.store, purchase.session_id)
    assert "combine currencies" in str(refused.value)


def test_a_trial_is_free_once(world, settings, teacher, account):
    settings.STRIPE_TRIAL_DAYS = 14
    row = world.subscribed(teacher)
    assert row.status == "trialing" and row.trial_end is not None
    assert [each["amount_paid"] for each in world.store.all("invoice")] == [0]
    world.later(15)
    world.hear()
    row.refresh_from_db()
    assert row.status == "active"
    assert sum(each["amount_paid"] for each in world.store.all("invoice")) == 1999
    world.store.get("subscription", row.stripe_id)["status"] = "canceled"
    Subscription.objects.update(status="canceled")
    again = purchases.begin(account=account, buyer=teacher, plan="professional", interval="month", **SITE)
    assert again.trial_days == 0


def test_a_schools_order_number_stands_on_its_invoices(world, school_account, owner):
    purchase = purchases.begin(account=school_account, buyer=owner, plan="school", interval="year", quantity=40, **SITE)
    checkout.pay(
        world.store,
        purchase.session_id,
        fields={"po_number": "PO-4711"},
        country="DE",
        name="Gymnasium Nord",
        tax_id=("eu_vat", "DE123456789"),
    )
    world.hear()
    customer = world.store.get("customer", StripeCustomer.objects.get().customer_id)
    assert customer["invoice_settings"]["custom_fields"] == [{"name": "PO number", "value": "PO-4711"}]
    row = Subscription.objects.get()
    assert (row.tier, row.quantity, row.interval) == (Tier.SCHOOL, 40, "year")
    invoice = world.store.get("invoice", world.at_stripe(row)["latest_invoice"])
    assert invoice["total"] == 40 * 6000
    assert invoice["customer_tax_ids"] == [{"type": "eu_vat", "value": "DE123456789"}]


def test_a_plan_for_schools_is_not_sold_to_one_person(world, teacher, account):
    with pytest.raises(DomainError) as refused:
        purchases.begin(account=account, buyer=teacher, plan="school", interval="month", quantity=5, **SITE)
    assert refused.value.code == "plan"


def test_nobody_looks_at_anothers_purchase_or_account(world, client, teacher, stranger):
    purchase = world.buy(teacher)
    world.hear()
    row = Subscription.objects.get()
    client.force_login(stranger)
    assert client.get(reverse("purchase_done", args=[purchase.pk])).status_code == 404
    assert client.get(reverse("purchase_left", args=[purchase.pk])).status_code == 404
    assert client.post(reverse("subscription_cancel", args=[row.pk])).status_code == 404
    assert client.post(reverse("subscription_keep", args=[row.pk])).status_code == 404
    row.refresh_from_db()
    assert not row.cancel_at_period_end


def test_nothing_is_sold_without_a_key(settings, client, teacher, account):
    settings.STRIPE_SECRET_KEY = ""
    with pytest.raises(DomainError) as refused:
        purchases.begin(account=account, buyer=teacher, plan="professional", interval="month", **SITE)
    assert refused.value.code == "no_payments"
    assert inbox.work() == 0
    client.force_login(teacher)
    assert client.get(reverse("purchase_begin", args=["professional", "month"])).status_code == 409
    assert client.post("/stripe/webhook/", b"{}", content_type="application/json").status_code == 404

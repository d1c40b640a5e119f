"""Upgrades, downgrades, seats, the end and its undoing, the portal: said before, charged right, or refused in words."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.tiers import Tier
from billing.models import Seat, Subscription
from billing.services import give_seat
from billing.stripe import changes, purchases
from core.errors import DomainError
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db


def total_paid(world) -> int:
    return sum(each["amount_paid"] for each in world.store.all("invoice"))


def signed_in(client, user):
    """Somebody who has just typed her password."""
    client.force_login(user)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


@pytest.fixture
def school(world, owner, school_account) -> Subscription:
    """A school's subscription of ten seats, by the month."""
    return world.subscribed(owner, "school", "month", quantity=10, account=school_account)


def test_what_was_shown_is_what_is_charged(world, teacher):
    row = world.subscribed(teacher)
    world.later(10)
    wish = {"plan": "enterprise", "interval": "month", "quantity": 1}
    offer = changes.preview(row, **wish)
    assert offer.is_dearer and offer.lines[0][1] < 0
    paid = total_paid(world)
    changes.change(row, by=teacher, **wish)
    assert total_paid(world) - paid == offer.now
    assert row.tier == Tier.ENTERPRISE
    teacher.refresh_from_db()
    assert teacher.tier == Tier.ENTERPRISE


def test_looking_at_a_price_changes_nothing(world, teacher):
    row = world.subscribed(teacher)
    before = world.store.snapshot()
    changes.preview(row, plan="enterprise", interval="year", quantity=1)
    after = world.store.snapshot()
    assert before == after


def test_a_downgrade_is_credited_with_the_next_invoice(world, teacher):
    row = world.subscribed(teacher, "enterprise")
    world.later(10)
    paid = total_paid(world)
    wish = {"plan": "professional", "interval": "month", "quantity": 1}
    offer = changes.preview(row, **wish)
    assert offer.now == 0 and offer.on is not None
    changes.change(row, by=teacher, **wish)
    assert total_paid(world) == paid and row.tier == Tier.PROFESSIONAL
    world.later(22)
    world.hear()
    renewal = world.store.all("invoice")[-1]
    assert renewal["total"] < 0 and renewal["amount_paid"] == 0  # more is credited than a month costs
    assert world.store.all("customer")[0]["balance"] == renewal["total"]


def test_from_month_to_year_starts_a_year_now(world, teacher):
    row = world.subscribed(teacher)
    world.later(15)
    changes.change(row, by=teacher, plan="professional", interval="year", quantity=1)
    assert row.interval == "year"
    assert (row.current_period_end.timestamp() - world.store.now()) // 86_400 == 365
    assert 19990 < total_paid(world) < 19990 + 1999


def test_within_a_trial_another_plan_costs_nothing_now(world, teacher, settings):
    settings.STRIPE_TRIAL_DAYS = 14
    row = world.subscribed(teacher)
    offer = changes.preview(row, plan="enterprise", interval="year", quantity=1)
    assert (offer.now, offer.then) == (0, 99990)
    changes.change(row, by=teacher, plan="enterprise", interval="year", quantity=1)
    assert row.status == "trialing" and total_paid(world) == 0
    world.later(15)
    assert total_paid(world) == 99990


def test_a_refused_card_leaves_the_plan_as_it_was(world, teacher):
    row = world.subscribed(teacher)
    card = world.at_stripe(row)["default_payment_method"]
    world.store.cards[card] = "insufficient_funds"
    with pytest.raises(DomainError) as refused:
        changes.change(row, by=teacher, plan="enterprise", interval="month", quantity=1)
    assert refused.value.code == "card_refused" and "insufficient funds" in refused.value.message
    world.hear()
    row.refresh_from_db()
    assert (row.tier, row.status) == (Tier.PROFESSIONAL, "active")
    assert world.at_stripe(row)["items"]["data"][0]["price"]["metadata"]["plan"] == "professional"


def test_a_bank_that_asks_for_a_confirmation_is_named(world, teacher):
    row = world.subscribed(teacher)
    world.store.cards[world.at_stripe(row)["default_payment_method"]] = "authentication_required"
    with pytest.raises(DomainError) as refused:
        changes.change(row, by=teacher, plan="enterprise", interval="month", quantity=1)
    assert refused.value.code == "card_needs_you"


def test_a_price_that_was_shown_too_long_ago_is_shown_again(world, teacher):
    row = world.subscribed(teacher)
    with pytest.raises(DomainError) as refused:
        changes.change(row, by=teacher, plan="enterprise", interval="month", quantity=1, at=1)
    assert refused.value.code == "shown_too_long"


def test_more_seats_cost_the_rest_of_the_month(world, school, owner):
    world.later(15)
    paid = total_paid(world)
    offer = changes.preview(school, plan="school", interval="month", quantity=20)
    assert 2000 < offer.now < 4000
    changes.change(school, by=owner, plan="school", interval="month", quantity=20)
    assert school.quantity == 20 and total_paid(world) - paid == pytest.approx(offer.now, abs=1)


def test_fewer_seats_than_are_used_are_refused(world, school, owner):
    for _count in range(7):
        give_seat(by=owner, source=school, user=UserFactory())
    with pytest.raises(DomainError) as refused:
        changes.change(school, by=owner, plan="school", interval="month", quantity=6)
    assert refused.value.code == "seats_in_use" and refused.value.data == {"used": 7}
    school.refresh_from_db()
    assert school.quantity == 10 and world.at_stripe(school)["items"]["data"][0]["quantity"] == 10
    changes.change(school, by=owner, plan="school", interval="month", quantity=7)
    assert school.quantity == 7 and Seat.objects.count() == 7


def test_nobody_is_seated_while_seats_are_taken_out(world, school, owner, monkeypatch):
    """A colleague gives an eighth seat while Stripe is asked for seven."""
    for _count in range(7):
        give_seat(by=owner, source=school, user=UserFactory())
    modify = changes.stripe.Subscription.modify

    def meanwhile(*arguments, **how):
        with pytest.raises(DomainError) as refused:
            give_seat(by=owner, source=Subscription.objects.get(pk=school.pk), user=UserFactory())
        assert refused.value.code == "no_seat"
        return modify(*arguments, **how)

    monkeypatch.setattr(changes.stripe.Subscription, "modify", meanwhile)
    changes.change(school, by=owner, plan="school", interval="month", quantity=7)
    assert school.quantity == 7


def test_seats_come_back_when_stripe_refuses(world, school, owner):
    world.breaks("POST /v1/subscriptions", "error")
    with pytest.raises(DomainError):
        changes.change(school, by=owner, plan="school", interval="month", quantity=6)
    from billing.stripe import reconcile

    reconcile.run()
    school.refresh_from_db()
    assert school.quantity == 10


def test_fewer_seats_than_the_plan_starts_with_are_refused(world, school, owner):
    with pytest.raises(DomainError) as refused:
        changes.change(school, by=owner, plan="school", interval="month", quantity=4)
    assert refused.value.code == "seats"


def test_a_cancelled_plan_goes_on_until_it_is_paid_for_and_can_be_kept(world, client, teacher):
    row = world.subscribed(teacher)
    signed_in(client, teacher)
    assert client.post(reverse("subscription_cancel", args=[row.pk])).status_code == 302
    row.refresh_from_db()
    assert row.cancel_at_period_end and row.is_live()
    client.post(reverse("subscription_keep", args=[row.pk]))
    row.refresh_from_db()
    assert not row.cancel_at_period_end
    client.post(reverse("subscription_cancel", args=[row.pk]))
    world.later(32)
    world.hear()
    row.refresh_from_db()
    teacher.refresh_from_db()
    assert row.status == "canceled" and teacher.tier == Tier.FREE
    with pytest.raises(DomainError) as refused:
        changes.keep(row, by=teacher)
    assert refused.value.code == "over"


def test_who_left_can_come_back(world, teacher):
    row = world.subscribed(teacher)
    changes.cancel(row, by=teacher)
    world.later(32)
    world.hear()
    again = world.subscribed(teacher)
    teacher.refresh_from_db()
    assert again.pk != row.pk and teacher.tier == Tier.PROFESSIONAL
    assert purchases.running(again.account) == again


def test_the_page_says_the_sum_before_the_button(world, client, teacher):
    row = world.subscribed(teacher)
    signed_in(client, teacher)
    address = reverse("subscription_change", args=[row.pk])
    assert client.get(address).status_code == 200
    wish = {"plan": "enterprise", "interval": "month", "quantity": 1}
    page = client.get(address, wish)
    offer = page.context["offer"]
    assert f"Change and pay ${offer.now / 100:.2f}" in page.content.decode()
    answer = client.post(address, {**wish, "at": offer.at})
    assert answer.status_code == 302
    row.refresh_from_db()
    assert row.tier == Tier.ENTERPRISE


def test_the_portal_is_reached_by_a_link(world, client, teacher):
    row = world.subscribed(teacher)
    signed_in(client, teacher)
    answer = client.get(reverse("billing_portal", args=[row.account_id]))
    assert "url=https://billing.stripe.com/p/session/bps_" in answer.content.decode()


def test_the_portal_and_a_change_ask_for_the_password_again(world, client, teacher):
    row = world.subscribed(teacher)
    client.force_login(teacher)
    for address in (
        reverse("billing_portal", args=[row.account_id]),
        reverse("subscription_change", args=[row.pk]) + "?plan=enterprise&interval=month&quantity=1",
    ):
        answer = client.get(address) if "portal" in address else client.post(address)
        assert answer.status_code == 302 and "reauthenticate" in answer["Location"]


def test_strangers_find_neither_portal_nor_change(world, client, teacher, stranger):
    row = world.subscribed(teacher)
    signed_in(client, stranger)
    assert client.get(reverse("billing_portal", args=[row.account_id])).status_code == 404
    assert client.get(reverse("subscription_change", args=[row.pk])).status_code == 404
    assert client.post(reverse("subscription_change", args=[row.pk])).status_code == 404


def test_a_teacher_of_the_school_does_not_pay_for_it(world, client, school):
    from accounts.models import Membership

    colleague = UserFactory()
    Membership.objects.create(user=colleague, organisation=school.account.organisation, role="teacher")
    signed_in(client, colleague)
    assert client.post(reverse("subscription_cancel", args=[school.pk])).status_code == 404
    page = reverse("purchase_begin", args=["school", "month"])
    assert client.get(page, {"school": str(school.account.organisation_id)}).status_code == 404

"""Random lives of a subscription, heard of in any order, twice, late or not at all, end as Stripe's object says."""

from __future__ import annotations

import pytest
import stripe

from accounts.tiers import Tier
from billing import entitlements
from billing.models import Subscription
from billing.services import account_of_user
from billing.stripe import customers, inbox, offers, reconcile, sync
from billing.stripe_double import events
from tests.billing.stripe.conftest import KEY, seeded
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
SEQUENCES = 200
A_TEST = 20


def live(world, customer: str):
    return [each for each in world.store.all("subscription", customer=customer) if each["status"] != "canceled"]


def act(world, dice, customer: str) -> None:
    """One thing that a customer, her bank, the dashboard or time does."""
    running = live(world, customer)
    if not running:
        price = dice.choice(["professional_month", "professional_year", "enterprise_month"])
        found = stripe.Price.list(lookup_keys=[f"theorama_{price}"], api_key=KEY).data[0]
        discounts = [{"coupon": offers.EDUCATOR_COUPON}] if dice.random() < 0.3 else []
        trial = {"trial_period_days": 14} if dice.random() < 0.3 else {}
        stripe.Subscription.create(
            customer=customer, items=[{"price": found.id}], discounts=discounts, api_key=KEY, **trial
        )
        return
    key, item = running[0]["id"], running[0]["items"]["data"][0]["id"]
    kind = dice.choice(
        ["later", "later", "cancel", "keep", "plan", "coupon", "no coupon", "bad card", "good card", "end"]
    )
    if kind == "later":
        world.later(dice.choice([0.1, 1, 4, 8, 32, 370]))
    elif kind in {"cancel", "keep"}:
        stripe.Subscription.modify(key, cancel_at_period_end=kind == "cancel", api_key=KEY)
    elif kind == "plan":
        price = dice.choice(["professional_month", "professional_year", "enterprise_month", "enterprise_year"])
        found = stripe.Price.list(lookup_keys=[f"theorama_{price}"], api_key=KEY).data[0]
        stripe.Subscription.modify(key, items=[{"id": item, "price": found.id}], api_key=KEY)
    elif kind == "coupon":
        stripe.Subscription.modify(key, discounts=[{"coupon": offers.EDUCATOR_COUPON}], api_key=KEY)
    elif kind == "no coupon":
        stripe.Subscription.modify(key, discounts="", api_key=KEY)
    elif kind == "end":
        if dice.random() < 0.4:
            stripe.Subscription.cancel(key, api_key=KEY)
    else:
        token = "pm_card_visa" if kind == "good card" else "pm_card_chargeCustomerFail"
        method = stripe.PaymentMethod.attach(token, customer=customer, api_key=KEY)
        stripe.Customer.modify(customer, invoice_settings={"default_payment_method": method.id}, api_key=KEY)


def hear(world, dice, *, all_of_it: bool) -> None:
    """Deliver some of what waits, shuffled, some of it twice, some of it never."""
    waiting = list(world.store.pending)
    dice.shuffle(waiting)
    late = [] if all_of_it else waiting[: len(waiting) // 3]
    for each in waiting:
        if each in late:
            continue
        world.store.pending.remove(each)
        if dice.random() < 0.25:
            continue  # lost
        body = events.payload(world.store.kinds["event"][each["event"]])
        for _time in range(dice.choice([1, 1, 2, 3])):
            assert world.send("", body, {"Stripe-Signature": events.sign(world.secret, body)}) == 200
    while inbox.work():
        pass


def modelled(world, customer: str) -> dict:
    """What the rows must say, read off the double's objects with no code of ours."""
    found = {}
    for each in world.store.all("subscription", customer=customer):
        item = each["items"]["data"][0]
        coupons = {world.store.get("discount", key)["source"]["coupon"] for key in each["discounts"]}
        plan = item["price"]["metadata"]["plan"]
        half = plan == "professional" and coupons
        tier = Tier.EDUCATOR if half else {"professional": Tier.PROFESSIONAL, "enterprise": Tier.ENTERPRISE}[plan]
        found[each["id"]] = {
            "status": each["status"],
            "tier": tier,
            "interval": item["price"]["recurring"]["interval"],
            "end": item["current_period_end"],
            "ends": each["cancel_at_period_end"],
        }
    return found


def written(account) -> dict:
    return {
        row.stripe_id: {
            "status": row.status,
            "tier": row.tier,
            "interval": row.interval,
            "end": int(row.current_period_end.timestamp()),
            "ends": row.cancel_at_period_end,
        }
        for row in Subscription.objects.filter(account=account)
    }


@pytest.mark.parametrize("block", range(SEQUENCES // A_TEST))
def test_whatever_is_heard_the_rows_end_as_stripes_objects(world, block, monkeypatch):
    # The copy for staff has tests of its own, and asks for much more.
    monkeypatch.setattr(inbox.mirror, "_keep_object", lambda kind, key: None)
    empty = world.store.snapshot()
    for seed in range(block * A_TEST, (block + 1) * A_TEST):
        world.store.restore(empty)
        dice = seeded(seed)
        user = UserFactory()
        account = account_of_user(user)
        customer = customers.ensure(account).customer_id
        method = stripe.PaymentMethod.attach("pm_card_visa", customer=customer, api_key=KEY)
        stripe.Customer.modify(customer, invoice_settings={"default_payment_method": method.id}, api_key=KEY)
        for _step in range(dice.randint(2, 7)):
            act(world, dice, customer)
            if dice.random() < 0.5:
                hear(world, dice, all_of_it=False)
        hear(world, dice, all_of_it=dice.random() < 0.5)
        world.lose()
        reconcile.run()
        assert written(account) == modelled(world, customer), f"seed {seed}"
        user.refresh_from_db()
        assert user.tier == entitlements.of(user).tier, f"seed {seed}"
        account.stripe_customer.delete()  # the next seed's reconcile looks at everybody


def test_what_was_heard_in_full_needs_no_reconciling(world, teacher):
    """Every event once, in a random order, without the nightly look."""
    dice = seeded(7)
    account = account_of_user(teacher)
    customer = customers.ensure(account)
    method = stripe.PaymentMethod.attach("pm_card_visa", customer=customer.customer_id, api_key=KEY)
    default = {"default_payment_method": method.id}
    stripe.Customer.modify(customer.customer_id, invoice_settings=default, api_key=KEY)
    for _step in range(12):
        act(world, dice, customer.customer_id)
    waiting = list(world.store.pending)
    dice.shuffle(waiting)
    for each in waiting:
        body = events.payload(world.store.kinds["event"][each["event"]])
        world.send("", body, {"Stripe-Signature": events.sign(world.secret, body)})
    while inbox.work():
        pass
    assert written(account) == modelled(world, customer.customer_id)
    assert not sync.refresh_customer(customer)

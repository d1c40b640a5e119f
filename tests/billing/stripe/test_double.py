"""The double invents nothing: its fields are the SDK's, its refusals raise the SDK's errors, its time is Stripe's."""

from __future__ import annotations

import typing
from typing import Any

import pytest
import stripe

from billing.stripe_double import checkout, shapes
from billing.stripe_double.client import InProcess
from billing.stripe_double.forms import decode
from billing.stripe_double.store import Store
from tests.billing.stripe.conftest import KEY

pytestmark = pytest.mark.django_db
# Objects under `object` names of their own; everything else is checked by its place in its parent.
LIST_FIELDS = {"object", "data", "has_more", "url"}
# Annotated as required, but sent by Stripe only for accounts that can show the field (a preview).
NOT_FOR_EVERYBODY = {"subscription": {"billing_schedules"}}


def classes_in(annotation: Any, module: Any) -> list[type]:
    """The typed classes that an annotation allows."""
    found: list[type] = []
    if isinstance(annotation, type) and issubclass(annotation, stripe.StripeObject):
        found.append(annotation)
    for each in typing.get_args(annotation):
        found += classes_in(each, module)
    return found


def check(where: str, data: Any, allowed: list[type]) -> list[str]:
    """Return what in `data` none of the classes knows, and what it must have and has not."""
    if isinstance(data, list):
        return [fault for each in data for fault in check(where, each, allowed)]
    if not isinstance(data, dict):
        return []
    kind = data.get("object")
    if kind == "list":
        faults = [f"{where}.{name}" for name in data if name not in LIST_FIELDS]
        return faults + [fault for each in data["data"] for fault in check(f"{where}.data", each, [])]
    if isinstance(kind, str) and kind in shapes.CLASSES:
        return _against(kind, data, shapes.CLASSES[kind])
    typed = [each for each in allowed if each.__name__ != "UntypedStripeObject"]
    return min((_against(where, data, each) for each in typed), key=len, default=[])


def _against(where: str, data: dict, wanted: type) -> list[str]:
    notes = {name: note for name, note in wanted.__annotations__.items() if name != "OBJECT_NAME"}
    faults = [f"{where}.{name}: the SDK's {wanted.__name__} has no such field" for name in data if name not in notes]
    if not data.get("deleted"):
        needed = {name for name, note in notes.items() if not shapes.is_nullable(str(note))}
        left_out = shapes.ON_REQUEST.get(where, set()) | NOT_FOR_EVERYBODY.get(where, set())
        faults += [f"{where}.{name} is missing" for name in sorted(needed - set(data) - left_out)]
    for name, value in data.items():
        if name in notes:
            faults += check(f"{where}.{name}", value, classes_in(notes[name], wanted))
    return faults


def everything(world, teacher, owner, school_account) -> None:
    """Live a life in which every kind of object comes up."""
    world.subscribed(teacher)
    account = school_account
    from billing.stripe import changes, purchases

    purchase = purchases.begin(
        account=account, buyer=owner, plan="school", interval="month", quantity=8, site="https://site.example"
    )
    checkout.pay(
        world.store,
        purchase.session_id,
        country="DE",
        name="Nord",
        tax_id=("eu_vat", "DE123456789"),
        fields={"po_number": "4711"},
    )
    world.hear()
    row = purchases.running(account)
    changes.change(row, by=owner, plan="school", interval="month", quantity=6)
    stripe.Subscription.modify(row.stripe_id, discounts=[{"coupon": "theorama_educator"}], api_key=KEY)
    changes.portal_url(account.stripe_customer, back="https://site.example/")
    world.later(32)
    charge = world.store.all("charge")[0]
    stripe.Refund.create(charge=charge["id"], api_key=KEY)
    clock = stripe.test_helpers.TestClock.create(frozen_time=1_790_000_000, api_key=KEY)
    stripe.Customer.create(email="t@site.example", test_clock=clock.id, api_key=KEY)
    stripe.PromotionCode.create(promotion={"type": "coupon", "coupon": "theorama_educator"}, code="X", api_key=KEY)
    feature = stripe.entitlements.Feature.create(name="API", lookup_key="api", api_key=KEY)
    stripe.Product.create_feature("theorama_school", entitlement_feature=feature.id, api_key=KEY)


def test_every_field_is_one_of_the_sdks_and_none_that_must_be_there_is_missing(world, teacher, owner, school_account):
    everything(world, teacher, owner, school_account)
    faults: set[str] = set()
    for kind in shapes.CLASSES:
        if kind not in {"account", "plan", "entitlements.active_entitlement", "line_item"}:
            assert world.store.all(kind), f"no {kind} came up"
        for each in world.store.all(kind):
            faults |= set(check(kind, each, [shapes.CLASSES[kind]]))
    customer = school_account.stripe_customer.customer_id
    plain = stripe.entitlements.ActiveEntitlement.list(customer=customer, api_key=KEY)
    assert [each.lookup_key for each in plain.data] == ["api"]
    faults |= set(check("account", stripe.Account.retrieve(api_key=KEY).to_dict(), [stripe.Account]))
    assert not faults, "\n".join(sorted(faults))


def test_a_field_that_is_invented_or_forgotten_is_found(world, teacher):
    """The control of the test above."""
    world.subscribed(teacher)
    found = world.store.all("subscription")[0]
    invented = {**found, "current_period_end": 1}  # where it was before 2025
    assert check("subscription", invented, [stripe.Subscription]) == [
        "subscription.current_period_end: the SDK's Subscription has no such field"
    ]
    del found["items"]["data"][0]["current_period_end"]
    assert check("subscription", found, [stripe.Subscription]) == ["subscription_item.current_period_end is missing"]


def test_the_pinned_version_is_the_one_that_the_sdk_describes(settings):
    assert stripe.api_version == settings.STRIPE_API_VERSION


@pytest.mark.parametrize(
    ("ask", "error", "code"),
    [
        (lambda: stripe.Customer.retrieve("cus_none", api_key=KEY), stripe.InvalidRequestError, "resource_missing"),
        (lambda: stripe.Customer.create(hat="red", api_key=KEY), stripe.InvalidRequestError, "parameter_unknown"),
        (lambda: stripe.Customer.create(api_key="sk_test_x"), stripe.AuthenticationError, None),
        (
            lambda: stripe.PaymentMethod.attach(
                "pm_card_visa_chargeDeclined", customer=stripe.Customer.create(api_key=KEY).id, api_key=KEY
            ),
            stripe.CardError,
            "card_declined",
        ),
        (
            lambda: stripe.Price.create(product="theorama_school", currency="xts", unit_amount=1, api_key=KEY),
            stripe.InvalidRequestError,
            None,
        ),
        (lambda: stripe.billing_portal.Session.create(customer="cus_x", api_key=KEY), stripe.InvalidRequestError, None),
    ],
    ids=["missing", "unknown parameter", "key", "card", "currency", "portal"],
)
def test_refusals_raise_the_sdks_own_errors(world, ask, error, code):
    with pytest.raises(error) as refused:
        ask()
    assert code is None or refused.value.code == code


def test_rate_limits_and_failures_raise_the_sdks_own_errors(world):
    for kind, error in (
        ("busy", stripe.RateLimitError),
        ("error", stripe.APIError),
        ("down", stripe.APIConnectionError),
    ):
        world.breaks("GET /v1/account", kind)
        with pytest.raises(error):
            stripe.Account.retrieve(api_key=KEY)


def test_a_repeated_key_gets_the_first_answer_and_another_request_under_it_is_refused(world):
    first = stripe.Customer.create(email="a@b.example", idempotency_key="k", api_key=KEY)
    assert stripe.Customer.create(email="a@b.example", idempotency_key="k", api_key=KEY).id == first.id
    with pytest.raises(stripe.IdempotencyError):
        stripe.Customer.create(email="c@d.example", idempotency_key="k", api_key=KEY)


def test_a_test_clock_moves_its_own_customers_alone(world):
    clock = stripe.test_helpers.TestClock.create(frozen_time=1_790_000_000, api_key=KEY)
    price = stripe.Price.list(lookup_keys=["theorama_professional_month"], api_key=KEY).data[0]
    found = {}
    for name, bound in (("bound", {"test_clock": clock.id}), ("free", {})):
        customer = stripe.Customer.create(email=f"{name}@site.example", api_key=KEY, **bound)
        method = stripe.PaymentMethod.attach("pm_card_visa", customer=customer.id, api_key=KEY)
        default = {"default_payment_method": method.id}
        stripe.Customer.modify(customer.id, invoice_settings=default, api_key=KEY)
        found[name] = stripe.Subscription.create(customer=customer.id, items=[{"price": price.id}], api_key=KEY).id
    stripe.test_helpers.TestClock.advance(clock.id, frozen_time=1_790_000_000 + 65 * 86_400, api_key=KEY)

    def invoices(name: str) -> int:
        return len(stripe.Invoice.list(subscription=found[name], api_key=KEY).data)

    assert (invoices("bound"), invoices("free")) == (3, 1)


def test_months_end_where_the_calendar_says(world):
    """Begun on the 31st of January, billed on the last day of short months, and on the 31st again after them."""
    from datetime import UTC, datetime

    from billing.stripe_double.periods import after

    month = {"interval": "month", "interval_count": 1}
    start = anchor = int(datetime(2027, 1, 31, 12, tzinfo=UTC).timestamp())
    days = []
    for _month in range(4):
        start = after(start, month, anchor=anchor)
        days.append(datetime.fromtimestamp(start, UTC).strftime("%m-%d"))
    assert days == ["02-28", "03-31", "04-30", "05-31"]


def test_taxes_are_added_where_a_country_has_them_and_reversed_for_a_tax_id(world, settings, teacher, owner):
    settings.STRIPE_TAX = True
    from billing.services import account_of_user
    from billing.stripe import purchases

    totals = []
    for user, tax_id in ((teacher, None), (owner, ("eu_vat", "DE123456789"))):
        purchase = purchases.begin(
            account=account_of_user(user), buyer=user, plan="professional", interval="month", site="https://s.e"
        )
        checkout.pay(world.store, purchase.session_id, country="DE", name="N", tax_id=tax_id)
        totals.append(world.store.all("invoice")[-1]["total"])
    assert totals == [1999 + 380, 1999]


def test_the_state_outlives_the_process(world, teacher, tmp_path):
    world.subscribed(teacher)
    world.store.save(tmp_path / "state.json")
    again = Store()
    again.load(tmp_path / "state.json")
    assert again.kinds == world.store.kinds


def test_forms_are_read_as_the_sdk_writes_them():
    assert decode("items[0][price]=p&items[0][quantity]=2&expand[0]=a.b&metadata[x]=&discounts=") == {
        "items": [{"price": "p", "quantity": "2"}],
        "expand": ["a.b"],
        "metadata": {"x": ""},
        "discounts": "",
    }


def test_the_client_is_the_sdks_own_kind(world):
    assert isinstance(world.client, InProcess) and isinstance(world.client, stripe.HTTPClient)

"""A double of Stripe for each test, reached through Stripe's own SDK."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
import stripe
from django.test import Client

from accounts.models import Membership, Organisation, User
from billing.models import BillingAccount, Subscription
from billing.services import account_of_organisation, account_of_user
from billing.stripe import catalogue, changes, inbox, purchases
from billing.stripe.models import Purchase
from billing.stripe_double import checkout, clock, events
from billing.stripe_double.api import Fault
from billing.stripe_double.client import InProcess
from billing.stripe_double.store import Store
from tests.factories import UserFactory

KEY = "sk_test_" + "a" * 24
DAY = 86_400
WEBHOOK = "/stripe/webhook/"


@dataclass
class World:
    """The double, with what tests do to it and what it has to deliver."""

    store: Store
    client: InProcess
    secret: str
    site: Client = field(default_factory=Client)

    def buy(self, user: User, plan: str = "professional", interval: str = "month", **how: Any) -> Purchase:
        """Buy a plan and pay, with no word of it delivered yet."""
        card = how.pop("card", "4242424242424242")
        account = how.pop("account", None) or account_of_user(user)
        purchase = purchases.begin(
            account=account, buyer=user, plan=plan, interval=interval, site="https://site.example", **how
        )
        with self.store.lock:
            checkout.pay(self.store, purchase.session_id or "", card=card)
        return purchase

    def subscribed(self, user: User, plan: str = "professional", interval: str = "month", **how: Any) -> Subscription:
        """Buy, pay and hear of it."""
        self.buy(user, plan, interval, **how)
        self.hear()
        return Subscription.objects.latest("created")

    def send(self, url: str, body: bytes, headers: dict[str, str]) -> int:
        """Post a delivery to the site; returns its status."""
        meta = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()}
        meta.pop("HTTP_CONTENT_TYPE", None)
        return int(self.site.post(WEBHOOK, body, content_type="application/json", **meta).status_code)

    def hear(self) -> int:
        """Deliver all that waits, in order, and work it off."""
        taken = events.deliver(self.store, self.send, clock=lambda: float("inf"))
        inbox.work()
        while inbox.work():
            pass
        return taken

    def lose(self) -> None:
        """Lose what waits to be delivered."""
        self.store.pending.clear()

    def later(self, days: float) -> None:
        """Let time go on at Stripe."""
        clock.advance_by(self.store, int(days * DAY))

    def breaks(self, pattern: str, kind: str = "down", times: int = 1) -> None:
        """Let the next requests that match meet a fault."""
        self.store.faults.append(Fault(pattern, kind, times))

    def at_stripe(self, row: Subscription) -> Any:
        """Stripe's own object of a row."""
        return self.store.get("subscription", row.stripe_id)


@pytest.fixture
def world(db, settings, monkeypatch) -> Iterator[World]:
    """A fresh double with our catalogue and an endpoint that hears everything."""
    settings.STRIPE_SECRET_KEY = settings.STRIPE_TEST_SECRET_KEY = KEY
    settings.STRIPE_LIVE_MODE = False
    settings.STRIPE_TRIAL_DAYS = 0
    store = Store(now=1_790_000_000)
    client = InProcess(store)
    monkeypatch.setattr(stripe, "default_http_client", client)
    monkeypatch.setattr(stripe, "max_network_retries", 0)
    monkeypatch.setattr(changes, "_now", store.now)  # prorated by Stripe's clock, which the test moves
    catalogue.sync_catalogue()
    endpoint = stripe.WebhookEndpoint.create(url=f"https://site.example{WEBHOOK}", enabled_events=["*"], api_key=KEY)
    settings.STRIPE_WEBHOOK_SECRETS = [endpoint.secret]
    yield World(store, client, endpoint.secret or "")


@pytest.fixture
def teacher(db) -> User:
    """Somebody on Free."""
    return UserFactory()


@pytest.fixture
def account(teacher) -> BillingAccount:
    """Her billing account."""
    return account_of_user(teacher)


def seeded(seed: int) -> random.Random:
    """The dice of a test that is the same every time."""
    return random.Random(seed)


@pytest.fixture
def stranger(db) -> User:
    """Somebody else."""
    return UserFactory()


@pytest.fixture
def owner(db) -> User:
    """Who owns a school."""
    return UserFactory()


@pytest.fixture
def school_account(owner) -> BillingAccount:
    """The billing account of her school."""
    school = Organisation.objects.create(name="Gymnasium Nord", kind="school")
    Membership.objects.create(user=owner, organisation=school, role=Membership.Role.OWNER)
    return account_of_organisation(school, email=owner.email)

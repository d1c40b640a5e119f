"""What the double knows: every object by kind and id, its clock, its events and what it still has to deliver."""

from __future__ import annotations

import json
import pickle
import secrets
import threading
import time
from pathlib import Path
from typing import Any

from billing.stripe_double import shapes
from billing.stripe_double.errors import Json, missing

PREFIXES = {
    "billing_portal.configuration": "bpc",
    "billing_portal.session": "bps",
    "charge": "ch",
    "checkout.session": "cs_test",
    "coupon": "",
    "customer": "cus",
    "discount": "di",
    "entitlements.active_entitlement": "ent",
    "entitlements.feature": "feat",
    "event": "evt",
    "invoice": "in",
    "invoice_payment": "inpay",
    "invoiceitem": "ii",
    "line_item": "il",
    "item": "li",
    "payment_intent": "pi",
    "payment_method": "pm",
    "price": "price",
    "product": "prod",
    "product_feature": "prodft",
    "promotion_code": "promo",
    "refund": "re",
    "subscription": "sub",
    "subscription_item": "si",
    "tax_id": "txi",
    "test_helpers.test_clock": "clock",
    "webhook_endpoint": "we",
}
KIND_OF_PREFIX = {prefix: kind for kind, prefix in PREFIXES.items() if prefix}
ACCOUNT = "acct_theoramadouble1"
_KEPT = ("kinds", "offset", "cards", "pending", "numbers")


class Store:
    """The state of one Stripe account. Callers hold `lock` for the length of a request.

    `now` freezes the clock at a moment (seconds since 1970); otherwise it is the machine's, plus `offset`.
    """

    def __init__(self, *, now: int | None = None, livemode: bool = False) -> None:
        self.lock = threading.RLock()
        self.livemode = livemode
        self.frozen = now
        self.offset = 0
        self.at: int | None = None  # while the clock runs through what fell due
        self.kinds: dict[str, dict[str, Json]] = {}
        self.cards: dict[str, str] = {}  # payment method -> how it behaves
        self.pending: list[Json] = []  # deliveries: event, endpoint, tries, due
        self.numbers: dict[str, int] = {}
        self.answers: dict[str, tuple[str, int, str]] = {}  # idempotency key -> request, status, body
        self.cause: Json | None = None  # the request that runs now
        self.faults: list[Any] = []

    # --- Objects ------------------------------------------------------------------------------------
    def create(self, kind: str, /, **fields: Any) -> Json:
        """Keep a new object of `kind`, with every nullable field of the SDK's class that was not given as null."""
        key = fields.pop("id", None) or f"{PREFIXES[kind]}_{secrets.token_hex(12)}"
        found = shapes.complete(kind, {"id": key, "object": kind, "livemode": self.livemode, **fields})
        self.kinds.setdefault(kind, {})[key] = found
        return found

    def get(self, kind: str, key: Any, *, param: str = "id") -> Json:
        """Return the object. Raises ApiError (resource_missing) where there is none."""
        found = self.kinds.get(kind, {}).get(str(key))
        if found is None:
            raise missing(kind, str(key), param=param)
        return found

    def all(self, kind: str, **where: Any) -> list[Json]:
        """Return the objects of a kind whose fields equal `where`, oldest first."""
        found = self.kinds.get(kind, {}).values()
        return [each for each in found if all(each.get(name) == value for name, value in where.items())]

    def delete(self, kind: str, key: str) -> Json:
        """Forget an object and return what Stripe says of a deleted one."""
        self.get(kind, key)
        del self.kinds[kind][key]
        return {"id": key, "object": kind, "deleted": True}

    def number(self, name: str) -> int:
        """Return the next of a series: 1, 2, 3..."""
        self.numbers[name] = self.numbers.get(name, 0) + 1
        return self.numbers[name]

    # --- Time ---------------------------------------------------------------------------------------
    def now(self, owner: Json | None = None) -> int:
        """Return the moment, which is the test clock's for a customer (or one's object) that is bound to one."""
        clock = (owner or {}).get("test_clock")
        if clock:
            return int(self.get("test_helpers.test_clock", clock)["frozen_time"])
        if self.at is not None:
            return self.at
        return (self.frozen if self.frozen is not None else int(time.time())) + self.offset

    # --- Keeping ------------------------------------------------------------------------------------
    def save(self, path: Path) -> None:
        """Write the state to a file, whole or not at all."""
        new = path.with_suffix(".new")
        new.write_text(json.dumps({name: getattr(self, name) for name in _KEPT}))
        new.replace(path)

    def load(self, path: Path) -> None:
        """Read the state that `save` wrote."""
        for name, value in json.loads(path.read_text()).items():
            setattr(self, name, value)

    def snapshot(self) -> bytes:
        """Return a copy of the objects, to go back to with `restore` when a request fails half-way."""
        # Several times as fast as copy.deepcopy, and it is made for every request that changes something.
        return pickle.dumps({"kinds": self.kinds, "cards": self.cards, "pending": self.pending}, protocol=5)

    def restore(self, snapshot: bytes) -> None:
        """Go back to a snapshot of this process."""
        for name, value in pickle.loads(snapshot).items():  # noqa: S301 - our own, never stored
            setattr(self, name, value)

"""What falls due as the clock goes on: renewals, trials that end, retries, invoices overdue, sessions that lapse."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from billing.stripe_double import periods, subscriptions
from billing.stripe_double.errors import Json, invalid, required
from billing.stripe_double.events import emit
from billing.stripe_double.store import Store

NOTICE_SECONDS = 3 * periods.DAY  # before the end of a trial
Due = tuple[int, Callable[[], object]]


def advance(store: Store, to: int, *, clock: str | None = None) -> None:
    """Go on to a moment, doing in order all that falls due on the way for those bound to `clock` (None: to none)."""
    while True:
        due = min((each for each in _all_due(store, clock) if each[0] <= to), key=lambda each: each[0], default=None)
        if due is None:
            break
        _set(store, clock, max(due[0], _now(store, clock)))
        due[1]()
    _set(store, clock, to)


def advance_by(store: Store, seconds: int) -> None:
    """Go on by so many seconds, for all that no test clock holds."""
    to = store.now() + seconds
    advance(store, to)
    if store.frozen is not None:
        store.frozen, store.at = to, None
    else:
        store.offset, store.at = store.offset + seconds, None


def run_due(store: Store) -> None:
    """Do what has fallen due by now, for a clock that goes by itself."""
    advance(store, store.now())
    store.at = None


def _now(store: Store, clock: str | None) -> int:
    return store.now({"test_clock": clock})


def _set(store: Store, clock: str | None, moment: int) -> None:
    if clock:
        store.get("test_helpers.test_clock", clock)["frozen_time"] = moment
    else:
        store.at = moment


def _all_due(store: Store, clock: str | None) -> Iterator[Due]:
    for subscription in store.all("subscription", test_clock=clock):
        yield from _of_subscription(store, subscription)
    for invoice in store.all("invoice", test_clock=clock):
        yield from _of_invoice(store, invoice)
    for session in store.all("checkout.session", status="open") if clock is None else []:
        yield session["expires_at"], partial(_lapse, store, session)


def _of_subscription(store: Store, subscription: Json) -> Iterator[Due]:
    status = subscription["status"]
    if status == "trialing":
        ends = subscription["trial_end"]
        if not store.cards.get(f"notice:{subscription['id']}"):
            yield ends - NOTICE_SECONDS, lambda: _give_notice(store, subscription)
        yield ends, lambda: subscriptions.end_trial(store, subscription, at=ends)
    elif status in {"active", "past_due", "unpaid"}:
        yield subscriptions.period_end(subscription), lambda: subscriptions.renew(store, subscription)
    elif status == "incomplete":
        ends = subscription["created"] + subscriptions.INCOMPLETE_SECONDS
        yield ends, lambda: subscriptions.expire_incomplete(store, subscription)


def _of_invoice(store: Store, invoice: Json) -> Iterator[Due]:
    if invoice["status"] == "draft":
        yield invoice["automatically_finalizes_at"], lambda: subscriptions.collect(store, invoice)
    elif invoice["status"] == "open" and invoice["next_payment_attempt"]:
        yield invoice["next_payment_attempt"], lambda: subscriptions.collect(store, invoice)
    elif invoice["status"] == "open" and invoice["due_date"] and not store.cards.get(f"overdue:{invoice['id']}"):
        yield invoice["due_date"], lambda: _overdue(store, invoice)


def _give_notice(store: Store, subscription: Json) -> None:
    store.cards[f"notice:{subscription['id']}"] = "given"
    emit(store, "customer.subscription.trial_will_end", subscription)


def _overdue(store: Store, invoice: Json) -> None:
    store.cards[f"overdue:{invoice['id']}"] = "told"
    emit(store, "invoice.overdue", invoice)
    subscription = store.get("subscription", invoice["parent"]["subscription_details"]["subscription"])
    if subscription["status"] == "active":
        subscription["status"] = "past_due"
        emit(store, "customer.subscription.updated", subscription, before={"status": "active"})


def _lapse(store: Store, session: Json) -> None:
    session |= {"status": "expired", "url": None}
    emit(store, "checkout.session.expired", session)


# --- Test clocks -------------------------------------------------------------------------------------
def create_test_clock(store: Store, params: Json) -> Json:
    """Make a clock that stands still until it is told to go on."""
    if not params.get("frozen_time"):
        raise required("frozen_time")
    frozen = int(params["frozen_time"])
    return store.create(
        "test_helpers.test_clock",
        created=store.now(),
        deletes_after=store.now() + 30 * periods.DAY,
        frozen_time=frozen,
        name=params.get("name"),
        status="ready",
        status_details={"advancing": None},
    )


def advance_test_clock(store: Store, params: Json, key: str) -> Json:
    """Let a test clock go on."""
    clock = store.get("test_helpers.test_clock", key)
    to = int(params.get("frozen_time", 0))
    if to <= clock["frozen_time"]:
        raise invalid("The frozen_time must be after the test clock's current frozen time.", param="frozen_time")
    advance(store, to, clock=key)
    emit(store, "test_helpers.test_clock.ready", clock)
    return clock

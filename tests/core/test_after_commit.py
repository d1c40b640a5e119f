"""What comes after a commit may fail; the commit stands, and whoever made it goes on."""

import logging
from functools import partial

import pytest
from django.db import transaction

from core.after_commit import after_commit

pytestmark = pytest.mark.django_db(transaction=True)


def fails(word: str) -> None:
    raise ConnectionError(word)


def test_a_failure_is_logged_and_goes_no_further(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR), transaction.atomic():
        after_commit(fails, "the broker is away")
    assert "the broker is away" in caplog.text


def test_what_comes_next_is_still_done() -> None:
    done = []
    with transaction.atomic():
        after_commit(fails, "away")
        after_commit(done.append, "next")
    assert done == ["next"]


def test_nothing_happens_when_the_transaction_is_rolled_back() -> None:
    done: list[str] = []
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        after_commit(done.append, "never")
        raise ZeroDivisionError
    assert done == []


def test_a_function_without_a_name_breaks_djangos_own_way() -> None:
    """The reason why this module exists; when this fails, Django has learnt it."""
    with pytest.raises(AttributeError), transaction.atomic():
        transaction.on_commit(partial(fails, "away"), robust=True)

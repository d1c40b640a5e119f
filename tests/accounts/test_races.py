"""Many at once for the last seat, the last request, the next number. Each first without its guard."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections
from django.utils import timezone

from accounts import joining, seats, verification
from accounts.models import Membership, SchoolDomain, VerificationRequest
from billing import quotes
from billing.models import Quote
from core.errors import DomainError
from tests.factories import MembershipFactory, OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 6


def together(call, arguments):
    """Call with each argument at the same moment. Return how many went through."""
    start = threading.Barrier(len(arguments))

    def one(argument):
        start.wait(20)
        try:
            call(argument)
        except DomainError:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(len(arguments)) as pool:
        return sum(pool.map(one, arguments))


def require_control(guarded):
    """Leave the control out where it cannot be: it takes the transaction away, and PostgreSQL refuses a lock then."""
    if not guarded and connection.vendor == "postgresql":
        pytest.skip("PostgreSQL refuses a lock outside of a transaction")


def one_seat(organisation):
    return 1


@pytest.fixture
def last_seat(settings, monkeypatch):
    """A school with one seat, and time between looking whether it is free and taking it."""
    settings.SEAT_LIMIT = f"{__name__}.one_seat"
    look = seats.require

    def slowly(organisation, wanted=1):
        look(organisation, wanted)
        time.sleep(0.1)

    monkeypatch.setattr(seats, "require", slowly)
    return OrganisationFactory()


@pytest.mark.parametrize("guarded", [False, True])
def test_the_last_seat_is_taken_once(last_seat, guarded):
    require_control(guarded)
    let_in = joining.let_in if guarded else joining.let_in.__wrapped__
    users = [UserFactory() for _user in range(AT_ONCE)]
    through = together(lambda user: let_in(user, last_seat, "teacher"), users)
    assert Membership.objects.count() == through
    assert (through == 1) is guarded


@pytest.mark.parametrize("guarded", [False, True])
def test_one_mailbox_verifies_one_request_at_a_time(monkeypatch, guarded):
    require_control(guarded)
    SchoolDomain.objects.create(domain="staff.example", audience="staff", source="review", trusted_at=timezone.now())
    user = UserFactory(email="ada@staff.example")
    look = verification._require_turn

    def slowly(user):
        look(user)
        time.sleep(0.1)

    monkeypatch.setattr(verification, "_require_turn", slowly)
    # Without the guard the database's own constraint is the last wall: so what counts is how many asked.
    verify = verification.verify_by_address if guarded else verification.verify_by_address.__wrapped__

    def ask(_number):
        verify(user=user, email=user.email)

    if guarded:
        assert together(ask, list(range(AT_ONCE))) == 1
        assert VerificationRequest.objects.count() == 1
        return
    with pytest.raises(Exception, match=r"UNIQUE|unique"):
        together(ask, list(range(AT_ONCE)))
    assert VerificationRequest.objects.count() > 1


def test_numbers_of_papers_asked_for_at_once_follow_one_another():
    payers = [MembershipFactory(role="owner") for _school in range(AT_ONCE)]

    def ask(member):
        facts = {"plan": "school", "seats": 5, "address": "1 Chalk Street", "email": "a@b.example"}
        quotes.ask(by=member.user, organisation=member.organisation, **facts)

    assert together(ask, payers) == AT_ONCE
    numbers = sorted(int(number.rpartition("-")[2]) for number in Quote.objects.values_list("number", flat=True))
    assert numbers == list(range(1, AT_ONCE + 1))

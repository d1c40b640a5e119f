"""Logging in and out."""

import pytest
from django.contrib.auth import authenticate

from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"


@pytest.fixture
def teacher():
    return UserFactory(email="ada@school.example")


def log_in(client, email="ada@school.example", password=PASSWORD, **extra):
    return client.post(LOGIN, {"login": email, "password": password}, **extra)


def is_signed_in(client) -> bool:
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("email", ["ada@school.example", "ADA@School.Example"])
def test_the_right_password_lets_in_whatever_the_capitals(client, teacher, email):
    assert log_in(client, email).url == "/dashboard/"
    assert is_signed_in(client)


def test_a_wrong_password_does_not(client, teacher):
    assert log_in(client, password="wrong").status_code == 200
    assert not is_signed_in(client)


def test_a_wrong_password_and_an_unknown_address_look_alike(client, teacher):
    wrong = log_in(client, password="wrong").context["form"].errors
    unknown = log_in(client, "nobody@school.example").context["form"].errors
    assert wrong == unknown


def test_a_closed_account_stays_out(client, teacher):
    teacher.is_active = False
    teacher.save()
    log_in(client)
    assert not is_signed_in(client)


def test_an_unconfirmed_address_must_be_confirmed_first(client, teacher, mailoutbox):
    teacher.emailaddress_set.update(verified=False)
    assert log_in(client).url == "/accounts/confirm-email/"
    assert not is_signed_in(client)


def test_guessing_passwords_is_stopped_even_for_the_right_one(client, teacher):
    for _attempt in range(6):
        log_in(client, password="wrong")
    log_in(client)
    assert not is_signed_in(client)


def test_a_forged_forwarded_address_does_not_reset_the_limit(client, teacher):
    for attempt in range(6):
        log_in(client, password="wrong", headers={"X-Forwarded-For": f"10.0.0.{attempt}"})
    log_in(client, headers={"X-Forwarded-For": "10.9.9.9"})
    assert not is_signed_in(client)


def test_logging_in_leads_only_to_our_own_pages(client, teacher):
    response = client.post(LOGIN, {"login": teacher.email, "password": PASSWORD, "next": "https://evil.example/"})
    assert response.url == "/dashboard/"


def test_logging_in_changes_the_session_key(client, teacher):
    client.get(LOGIN)
    session = client.session
    session["before"] = True
    session.save()
    before = session.session_key
    log_in(client)
    assert client.session.session_key != before


def test_logging_out_takes_a_post(client, teacher):
    client.force_login(teacher)
    client.get("/accounts/logout/")
    assert is_signed_in(client)
    client.post("/accounts/logout/")
    assert not is_signed_in(client)


def test_backends_know_the_user_by_address(teacher, rf):
    assert authenticate(rf.post("/"), username="ADA@school.example", password=PASSWORD) == teacher

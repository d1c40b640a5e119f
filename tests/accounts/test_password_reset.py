"""A forgotten password is replaced with a mailed code; opening a page changes nothing."""

import pytest

from tests.accounts.mail import code_in, wrong
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
NEW = "a new and longer secret 577"


@pytest.fixture
def teacher():
    return UserFactory(email="ada@school.example")


def ask(client, email="ada@school.example"):
    return client.post("/accounts/password/reset/", {"email": email})


def test_the_code_lets_choose_a_new_password(client, teacher, mailoutbox):
    assert ask(client).url == "/accounts/password/reset/confirm/"
    assert client.post("/accounts/password/reset/confirm/", {"code": code_in(mailoutbox)}).status_code == 302
    response = client.post("/accounts/password/reset/complete/", {"password1": NEW, "password2": NEW})
    assert response.status_code == 302
    teacher.refresh_from_db()
    assert teacher.check_password(NEW)
    assert not teacher.check_password(PASSWORD)


def test_without_the_code_nothing_can_be_set(client, teacher, mailoutbox):
    ask(client)
    client.get("/accounts/password/reset/confirm/", {"code": code_in(mailoutbox)})
    client.post("/accounts/password/reset/complete/", {"password1": NEW, "password2": NEW})
    teacher.refresh_from_db()
    assert teacher.check_password(PASSWORD)


def test_after_three_wrong_codes_the_right_one_is_refused(client, teacher, mailoutbox):
    ask(client)
    code = code_in(mailoutbox)
    for _attempt in range(3):
        client.post("/accounts/password/reset/confirm/", {"code": wrong(code)})
    client.post("/accounts/password/reset/confirm/", {"code": code})
    client.post("/accounts/password/reset/complete/", {"password1": NEW, "password2": NEW})
    teacher.refresh_from_db()
    assert teacher.check_password(PASSWORD)


def test_an_unknown_address_looks_the_same(client, teacher, mailoutbox):
    known, unknown = ask(client), ask(client, "nobody@school.example")
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)


def test_a_new_password_ends_the_other_sessions(client, teacher, mailoutbox):
    from django.test import Client

    other = Client()
    other.force_login(teacher)
    assert other.get("/account/keys/").status_code == 200
    ask(client)
    client.post("/accounts/password/reset/confirm/", {"code": code_in(mailoutbox)})
    client.post("/accounts/password/reset/complete/", {"password1": NEW, "password2": NEW})
    assert other.get("/account/keys/").status_code == 302

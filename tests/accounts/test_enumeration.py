"""Whoever types addresses into our forms cannot tell by answer, mail or work whether they have an account."""

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client

from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
KNOWN, UNKNOWN = "ada@school.example", "eve@school.example"
FORMS = {
    "sign-up": ("/accounts/signup/", lambda email: {"email": email, "password1": "another chalk 31415"}),
    "login": ("/accounts/login/", lambda email: {"login": email, "password": "another chalk 31415"}),
    "reset": ("/accounts/password/reset/", lambda email: {"email": email}),
}


@pytest.fixture(autouse=True)
def somebody():
    return UserFactory(email=KNOWN)


def send(form, email, monkeypatch, mailoutbox):
    """Send a form; return its answer, the next page, mails to that address and password hashings."""
    path, fields = FORMS[form]
    client, hashed, before = Client(), [], len(mailoutbox)
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda self, *args: hashed.append(1) or encode(self, *args))
    answer = client.post(path, fields(email))
    monkeypatch.undo()
    page = client.get(answer.url).content.decode() if answer.status_code == 302 else answer.content.decode()
    plain = page.replace(email, "somebody")
    return {
        "status": answer.status_code,
        "goes to": answer.get("Location"),
        "length": len(plain),
        "cookies": sorted(answer.cookies),
        "mails": [message.to for message in mailoutbox[before:]] == [[email]],
        "hashings": len(hashed),
    }


@pytest.mark.parametrize("form", FORMS)
def test_known_and_unknown_addresses_are_answered_alike(form, monkeypatch, mailoutbox):
    known = send(form, KNOWN, monkeypatch, mailoutbox)
    unknown = send(form, UNKNOWN, monkeypatch, mailoutbox)
    assert known == unknown


@pytest.mark.parametrize("form", ["sign-up", "login"])
def test_hashing_is_what_both_cost(form, monkeypatch, mailoutbox):
    """The control: hashing a password takes longer than all else together, and each of these does it."""
    for email in (KNOWN, UNKNOWN):
        assert send(form, email, monkeypatch, mailoutbox)["hashings"] >= 1, email


def test_the_password_of_an_account_is_not_changed_by_signing_up_again(somebody, client):
    client.post("/accounts/signup/", {"email": KNOWN, "password1": "another chalk 31415"})
    somebody.refresh_from_db()
    assert somebody.check_password(PASSWORD)

"""A passkey is added once the password was typed again, and then signs in by itself."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from tests.accounts.passkey import Passkey
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
ADD = "/accounts/2fa/webauthn/add/"
LOGIN = "/accounts/2fa/webauthn/login/"


@pytest.fixture
def teacher():
    return UserFactory(email="ada@school.example")


def add(client: Client, teacher, passkey: Passkey):
    client.post("/accounts/login/", {"login": teacher.email, "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    options = client.get(ADD).context["js_data"]["creation_options"]
    return client.post(ADD, {"name": "Laptop", "credential": passkey.register(options), "passwordless": "on"})


def sign_in(passkey: Passkey) -> Client:
    client = Client()
    options = client.get(LOGIN, headers={"X-Requested-With": "XMLHttpRequest"}).json()["request_options"]
    client.post(LOGIN, {"credential": passkey.sign(options)})
    return client


def is_signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def test_a_passkey_signs_in_without_a_password(client, teacher):
    passkey = Passkey()
    assert add(client, teacher, passkey).status_code == 302
    assert Authenticator.objects.filter(user=teacher, type="webauthn").count() == 1
    assert is_signed_in(sign_in(passkey))


def test_a_passkey_is_a_second_factor_for_the_password(client, teacher):
    passkey = Passkey()
    add(client, teacher, passkey)
    other = Client()
    response = other.post("/accounts/login/", {"login": teacher.email, "password": PASSWORD}, follow=True)
    assert not is_signed_in(other)
    options = response.context["js_data"]["request_options"]
    other.post("/accounts/2fa/authenticate/", {"credential": passkey.sign(options)})
    assert is_signed_in(other)


def test_adding_asks_for_the_password_again(client, teacher):
    client.post("/accounts/login/", {"login": teacher.email, "password": PASSWORD})
    assert client.get(ADD).url.startswith("/accounts/reauthenticate/")


def test_another_passkey_does_not_sign_in(client, teacher):
    passkey = Passkey()
    add(client, teacher, passkey)
    stranger = Passkey()
    stranger.credential_id, stranger.user_handle = passkey.credential_id, passkey.user_handle
    assert not is_signed_in(sign_in(stranger))


@pytest.mark.parametrize("origin", ["https://evil.example", "http://testserver"])
def test_a_passkey_answering_another_site_does_not_sign_in(client, teacher, origin):
    passkey = Passkey()
    add(client, teacher, passkey)
    passkey.origin = origin
    assert not is_signed_in(sign_in(passkey))


def test_an_answer_works_for_its_own_challenge_only(client, teacher):
    passkey = Passkey()
    add(client, teacher, passkey)
    ajax = {"X-Requested-With": "XMLHttpRequest"}
    old = passkey.sign(Client().get(LOGIN, headers=ajax).json()["request_options"])
    thief = Client()
    thief.get(LOGIN, headers=ajax)
    thief.post(LOGIN, {"credential": old})
    assert not is_signed_in(thief)

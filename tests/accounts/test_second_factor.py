"""A second factor by an authenticator app, with recovery codes."""

import time

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value

from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def teacher():
    return UserFactory(email="ada@school.example")


def totp(secret: str, *, steps: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def log_in(client, user):
    return client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})


def is_signed_in(client) -> bool:
    return "_auth_user_id" in client.session


@pytest.fixture
def protected(teacher):
    """A teacher with a second factor, and its secret."""
    secret = generate_totp_secret()
    TOTP.activate(teacher, secret)
    RecoveryCodes.activate(teacher)
    return teacher, secret


def test_enrolling_asks_for_the_password_again_and_a_code_of_the_app(client, teacher, mailoutbox):
    log_in(client, teacher)
    response = client.get("/accounts/2fa/totp/activate/")
    assert response.url.startswith("/accounts/reauthenticate/")
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    secret = client.get("/accounts/2fa/totp/activate/").context["form"].secret
    assert client.post("/accounts/2fa/totp/activate/", {"code": "000000"}).status_code == 200
    assert not Authenticator.objects.exists()
    assert client.post("/accounts/2fa/totp/activate/", {"code": totp(secret)}).status_code == 302
    assert set(Authenticator.objects.values_list("type", flat=True)) == {"totp", "recovery_codes"}


def test_the_password_alone_no_longer_lets_in(client, protected):
    teacher, _secret = protected
    assert log_in(client, teacher).url.startswith("/accounts/2fa/authenticate/")
    assert not is_signed_in(client)
    assert client.get("/account/keys/").status_code == 302


def test_password_and_code_let_in(client, protected):
    teacher, secret = protected
    log_in(client, teacher)
    client.post("/accounts/2fa/authenticate/", {"code": totp(secret)})
    assert is_signed_in(client)


def test_a_code_works_once(client, protected):
    from django.test import Client

    teacher, secret = protected
    code = totp(secret)
    log_in(client, teacher)
    client.post("/accounts/2fa/authenticate/", {"code": code})
    thief = Client()
    log_in(thief, teacher)
    thief.post("/accounts/2fa/authenticate/", {"code": code})
    assert not is_signed_in(thief)


def test_an_old_code_does_not_let_in(client, protected):
    teacher, secret = protected
    log_in(client, teacher)
    client.post("/accounts/2fa/authenticate/", {"code": totp(secret, steps=-4)})
    assert not is_signed_in(client)


def test_guessing_codes_is_stopped_even_for_the_right_one(client, protected):
    teacher, secret = protected
    log_in(client, teacher)
    for guess in range(12):
        client.post("/accounts/2fa/authenticate/", {"code": f"{guess:06}"})
    client.post("/accounts/2fa/authenticate/", {"code": totp(secret)})
    assert not is_signed_in(client)


def test_a_recovery_code_lets_in_once(client, protected):
    from django.test import Client

    teacher, _secret = protected
    codes = Authenticator.objects.get(user=teacher, type="recovery_codes").wrap().get_unused_codes()
    log_in(client, teacher)
    client.post("/accounts/2fa/authenticate/", {"code": codes[0]})
    assert is_signed_in(client)
    again = Client()
    log_in(again, teacher)
    again.post("/accounts/2fa/authenticate/", {"code": codes[0]})
    assert not is_signed_in(again)


def test_the_secret_is_not_readable_in_the_database(protected):
    teacher, secret = protected
    stored = Authenticator.objects.get(user=teacher, type="totp").data["secret"]
    assert secret not in stored
    assert get_adapter().decrypt(stored) == secret


def test_secrets_outlive_a_change_of_the_secret_key(protected, settings):
    teacher, secret = protected
    stored = Authenticator.objects.get(user=teacher, type="totp").data["secret"]
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another key " * 8
    settings.SECRET_KEY_FALLBACKS = [old]
    assert get_adapter().decrypt(stored) == secret

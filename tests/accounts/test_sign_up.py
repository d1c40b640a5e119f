"""A teacher signs up with her address and the code that was mailed to it."""

import pytest
from allauth.account.models import EmailAddress
from django.urls import NoReverseMatch, reverse

from accounts.models import User
from tests.accounts.mail import code_in, wrong
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
EMAIL = "Grace@School.Example"
CONFIRM = "/accounts/confirm-email/"


def sign_up(client, email=EMAIL, password=PASSWORD):
    return client.post("/accounts/signup/", {"email": email, "password1": password})


def is_signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def test_signing_up_asks_for_the_code_and_lets_nobody_in_yet(client, mailoutbox):
    response = sign_up(client)
    assert response.status_code == 302
    assert response.url == CONFIRM
    assert [message.to for message in mailoutbox] == [["grace@school.example"]]
    assert not is_signed_in(client)
    assert not EmailAddress.objects.get().verified


def test_the_code_confirms_the_address_and_signs_in(client, mailoutbox):
    sign_up(client)
    response = client.post(CONFIRM, {"code": code_in(mailoutbox)})
    assert response.status_code == 302
    assert is_signed_in(client)
    user = User.objects.get()
    assert user.email == "grace@school.example"
    assert EmailAddress.objects.get(user=user).verified


def test_looking_at_the_confirmation_page_confirms_nothing(client, mailoutbox):
    sign_up(client)
    code = code_in(mailoutbox)
    assert client.get(CONFIRM, {"code": code}).status_code == 200
    assert client.head(CONFIRM, {"code": code}).status_code == 200
    assert not EmailAddress.objects.get().verified
    assert not is_signed_in(client)


def test_the_mail_holds_no_link_that_confirms(client, mailoutbox):
    sign_up(client)
    assert "confirm-email" not in mailoutbox[0].body
    with pytest.raises(NoReverseMatch):
        reverse("account_confirm_email", args=["key"])


def test_after_three_wrong_codes_even_the_right_one_is_refused(client, mailoutbox):
    sign_up(client)
    code = code_in(mailoutbox)
    for _attempt in range(3):
        client.post(CONFIRM, {"code": wrong(code)})
    client.post(CONFIRM, {"code": code})
    assert not EmailAddress.objects.get().verified
    assert not is_signed_in(client)


def test_a_wrong_code_leaves_room_for_the_right_one(client, mailoutbox):
    sign_up(client)
    code = code_in(mailoutbox)
    assert client.post(CONFIRM, {"code": wrong(code)}).status_code == 200
    client.post(CONFIRM, {"code": code})
    assert is_signed_in(client)


def test_a_code_is_of_no_use_in_another_browser(client, mailoutbox, django_user_model):
    from django.test import Client

    sign_up(client)
    other = Client()
    other.post(CONFIRM, {"code": code_in(mailoutbox)})
    assert not is_signed_in(other)
    assert not EmailAddress.objects.get().verified


def test_an_address_that_has_an_account_is_not_given_away(client, mailoutbox):
    UserFactory(email="grace@school.example")
    known = sign_up(client, "grace@school.example")
    unknown = sign_up(client, "nobody@school.example")
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert User.objects.filter(email="grace@school.example").count() == 1


def test_the_same_address_in_other_capitals_makes_no_second_account(client, mailoutbox):
    UserFactory(email="grace@school.example")
    sign_up(client, "GRACE@school.example")
    assert User.objects.count() == 1


@pytest.mark.parametrize("password", ["short", "password123", "1234567890"])
def test_a_weak_password_is_refused(client, mailoutbox, password):
    response = sign_up(client, password=password)
    assert response.status_code == 200
    assert response.context["form"].errors["password1"]
    assert not User.objects.exists()


def test_signing_up_again_and_again_is_slowed_down(client, mailoutbox):
    codes = [sign_up(client, f"teacher{n}@school.example").status_code for n in range(25)]
    assert codes[0] == 302
    assert codes[-1] == 429

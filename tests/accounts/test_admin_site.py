"""The admin site opens to staff with a second factor, through allauth's door."""

import re

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from core import audit
from tests.factories import ArtefactFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    user = UserFactory(is_staff=True, is_superuser=True)
    TOTP.activate(user, generate_totp_secret())
    return user


def test_strangers_are_sent_to_the_login_with_its_limits(client):
    response = client.get("/admin/", follow=True)
    assert response.redirect_chain[-1][0].startswith("/accounts/login/?next=")


def test_the_admin_has_no_login_form_of_its_own(client, staff):
    response = client.post("/admin/login/", {"username": staff.email, "password": "x"})
    assert response.url.startswith("/accounts/login/")


def test_teachers_are_refused(client):
    client.force_login(UserFactory())
    assert client.get("/admin/", follow=True).status_code == 403


def test_staff_without_a_second_factor_are_sent_to_set_one_up(client):
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    response = client.get("/admin/", follow=True)
    assert response.redirect_chain[-1][0] == "/accounts/2fa/"


def test_staff_with_a_second_factor_enter(client, staff):
    client.force_login(staff)
    assert client.get("/admin/").status_code == 200


def test_the_way_back_leads_only_to_our_own_pages(client, staff):
    client.force_login(staff)
    assert client.get("/admin/login/?next=https://evil.example/").url == "/admin/"


@pytest.mark.parametrize(
    "path",
    ["accounts/user/", "accounts/user/add/", "accounts/organisation/", "accounts/apikey/", "core/auditentry/"],
)
def test_its_pages_work(client, staff, path):
    audit.record("user.looked", actor=staff, target=staff)
    client.force_login(staff)
    assert client.get(f"/admin/{path}").status_code == 200


def test_staff_make_an_account(client, staff):
    from accounts.models import User

    client.force_login(staff)
    client.post(
        "/admin/accounts/user/add/",
        {
            "email": "New@School.Example",
            "name": "",
            "usable_password": "false",
            "memberships-TOTAL_FORMS": 0,
            "memberships-INITIAL_FORMS": 0,
        },
    )
    user = User.objects.get(email="new@school.example")
    assert not user.has_usable_password()


def test_staff_do_not_see_what_teachers_made(client, staff):
    ArtefactFactory()
    client.force_login(staff)
    page = client.get("/admin/").content.decode()
    assert set(re.findall(r"/admin/projects/(\w+)/", page)) == {"report"}  # what people complained of, nothing else

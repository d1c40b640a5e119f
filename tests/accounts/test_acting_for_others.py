"""Whoever acts for others has a second factor, and confirms who she is before what a stolen session must not do."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.http import HttpResponse

from accounts import second_factor
from tests.factories import MembershipFactory, UserFactory
from tests.privacy.confirming import confirm, confirm_staff, log_in

pytestmark = pytest.mark.django_db
PATHS = ["/admin/", "/audit/", "/staff/viewing/"]


def protect(user):
    TOTP.activate(user, generate_totp_secret())
    return user


@pytest.mark.parametrize("path", PATHS)
def test_staff_without_a_second_factor_are_sent_to_set_one_up(client, path):
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    assert client.get(path, follow=True).redirect_chain[-1][0] == "/accounts/2fa/"


@pytest.mark.parametrize("path", PATHS)
def test_staff_with_one_enter(client, path):
    confirm_staff(client, protect(UserFactory(is_staff=True, is_superuser=True)))
    assert client.get(path).status_code == 200


@pytest.mark.parametrize(("role", "needed"), [("owner", True), ("admin", True), ("teacher", False)])
def test_those_who_run_an_organisation_need_one_and_teachers_do_not(role, needed):
    user = MembershipFactory(role=role).user
    assert second_factor.is_missing(user) is needed
    protect(user)
    assert not second_factor.is_missing(user)


@pytest.mark.parametrize("prefix", ["/billing/", "/organisations/", "/insights/"])
def test_a_view_that_forgets_to_ask_is_guarded_by_its_address(rf, prefix):
    request = rf.get(f"{prefix}anything/")
    request.user = MembershipFactory(role="admin").user
    request.session, request._messages = {}, _Silent()
    assert second_factor.gate(request).url == "/accounts/2fa/"
    request.user = MembershipFactory(role="teacher").user
    assert second_factor.gate(request) is None


class _Silent:
    def add(self, *args, **kwargs):
        pass


@pytest.mark.parametrize("path", ["/account/keys/", "/account/data/", "/account/delete/"])
def test_a_session_alone_is_not_enough(client, path):
    teacher = UserFactory()
    log_in(client, teacher)
    assert client.post(path, {"name": "Script"}).url.startswith("/accounts/reauthenticate/")
    confirm(client, teacher)
    assert not client.post(path, {"name": "Script"}).headers.get("Location", "").startswith("/accounts/reauth")


def test_a_guarded_view_is_not_called_before(rf):
    from django.contrib.auth.models import AnonymousUser

    called = []

    @second_factor.second_factor_required
    def view(request):
        called.append(request.user)
        return HttpResponse()

    request = rf.get("/billing/")
    request._messages = _Silent()
    for user in (AnonymousUser(), MembershipFactory(role="owner").user):
        request.user = user
        assert view(request).status_code == 302
    assert called == []
    request.user = UserFactory()
    assert view(request).status_code == 200

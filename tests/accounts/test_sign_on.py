"""Logging in by a school: OpenID Connect and SAML from end to end, whom a school speaks for, and the way past it."""

import base64
import re
import zlib
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from django.utils import timezone
from requests import Request
from requests.exceptions import InvalidURL

from accounts import sign_on
from accounts.models import Membership, SchoolDomain, SignOn, User
from accounts.sign_on_adapters import PublicHosts
from accounts.verification import is_verified_educator
from core.errors import DomainError
from tests.accounts.identity import OpenIdProvider, SamlProvider
from tests.accounts.test_second_factor import totp
from tests.factories import PASSWORD, MembershipFactory, OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db


def refused(code, call, **named):
    with pytest.raises(DomainError) as error:
        call(**named)
    assert error.value.code == code, error.value.message
    return error.value


@pytest.fixture
def school():
    made = OrganisationFactory(name="Lincoln High")
    SchoolDomain.objects.create(domain="lincoln.example", organisation=made, source="dns")
    return made


@pytest.fixture
def owner(school):
    user = UserFactory(email="head@lincoln.example")
    return MembershipFactory(organisation=school, role=Membership.Role.OWNER, user=user).user


@pytest.fixture
def provider(settings):
    server = OpenIdProvider()
    settings.SIGN_ON_HOSTS = ["127.0.0.1"]
    yield server
    server.close()


@pytest.fixture
def openid(school, owner, provider):
    return sign_on.set_up_openid(
        by=owner,
        organisation=school,
        server_url=provider.url,
        client_id=provider.client_id,
        secret="secret",
        role_attribute="role",
        teacher_values="teacher, staff",
    )


def log_in_by(client, provider, email="ada@lincoln.example", role="teacher", **person):
    """Go through the school's login as a browser would."""
    provider.person = {"sub": person.pop("sub", email), "email": email, "role": role} | person
    away = client.post("/school/sign-in/", {"email": person.get("typed", "ada@lincoln.example")})
    assert away.status_code == 302, away.content
    asked = parse_qs(urlsplit(away.url).query)
    assert away.url.startswith(f"{provider.url}/authorize")
    assert "code_challenge" in asked
    back = urlsplit(asked["redirect_uri"][0]).path
    return client.get(back, {"code": "a-code", "state": asked["state"][0]})


def who(client):
    return User.objects.filter(pk=client.session.get("_auth_user_id")).first()


# --- OpenID Connect ------------------------------------------------------------------------------
def test_a_teacher_logs_in_by_her_school_and_is_a_member_of_it(client, school, openid, provider):
    answer = log_in_by(client, provider, name="Ada Byron")
    assert answer.status_code == 302
    user = who(client)
    assert (user.email, user.name, user.has_usable_password()) == ("ada@lincoln.example", "Ada Byron", False)
    assert school.memberships.get(user=user).role == "teacher"
    assert EmailAddress.objects.get(user=user).verified
    assert not is_verified_educator(user)  # our staff has not looked at the roles


def test_roles_that_our_staff_trusts_verify_her(client, openid, provider):
    SignOn.objects.update(trusted_at=timezone.now())
    log_in_by(client, provider)
    assert is_verified_educator(who(client))


def test_a_student_gets_no_account(client, openid, provider):
    answer = log_in_by(client, provider, role="student")
    assert answer.status_code == 403
    assert "for teachers" in answer.content.decode()
    assert not User.objects.filter(email="ada@lincoln.example").exists()


def test_a_school_speaks_for_its_own_domains_alone(client, openid, provider):
    victim = UserFactory(email="bea@other.example")
    answer = log_in_by(client, provider, email=victim.email)
    assert answer.status_code == 403
    assert who(client) is None


def test_a_school_cannot_log_our_staff_in(client, openid, provider):
    UserFactory(email="ada@lincoln.example", is_staff=True)
    assert log_in_by(client, provider).status_code == 403
    assert who(client) is None


def test_the_account_of_the_address_is_found_and_kept(client, school, openid, provider):
    before = UserFactory(email="ada@lincoln.example")
    log_in_by(client, provider)
    assert who(client) == before
    assert before.has_usable_password()


def test_an_account_somebody_made_for_an_address_she_never_had_loses_its_password(client, openid, provider):
    trap = UserFactory(email="ada@lincoln.example")
    EmailAddress.objects.update(verified=False)
    log_in_by(client, provider)
    trap.refresh_from_db()
    assert who(client) == trap
    assert not trap.check_password(PASSWORD)


def test_without_a_free_seat_she_is_in_but_not_in_the_school(client, school, openid, provider, settings):
    settings.SEAT_LIMIT = f"{__name__}.one_seat"
    log_in_by(client, provider)
    assert who(client)
    assert not school.memberships.filter(user=who(client)).exists()


def one_seat(organisation):
    return 1


def test_a_sign_on_that_does_not_answer_is_told_in_words(client, openid, provider):
    provider.close()
    answer = client.post("/school/sign-in/", {"email": "ada@lincoln.example"})
    assert answer.status_code == 503
    assert "does not answer" in answer.content.decode()


def test_the_page_lets_its_form_lead_away_and_no_other_page_does(client):
    assert "form-action 'self' https:;" in client.get("/school/sign-in/").headers["Content-Security-Policy"]
    assert "form-action 'self';" in client.get("/accounts/login/").headers["Content-Security-Policy"]


def test_an_address_without_a_school_is_told_so(client):
    answer = client.post("/school/sign-in/", {"email": "ada@nowhere.example"})
    assert answer.status_code == 422
    assert "password" in answer.content.decode()


@pytest.mark.parametrize("url", ["http://93.184.216.34/", "https://127.0.0.1/", "https://10.0.0.7/", "https://[::1]/"])
def test_we_are_sent_to_public_https_addresses_alone(url):
    with pytest.raises(InvalidURL):
        PublicHosts().send(Request("GET", url).prepare())


# --- SAML ----------------------------------------------------------------------------------------
MAIL, ROLE = "urn:oid:0.9.2342.19200300.100.1.3", "role"


@pytest.fixture(scope="module")
def idp():
    return SamlProvider()


@pytest.fixture(autouse=True)
def named_host(settings):
    """SAML's library takes no host without a dot."""
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "theorama.example"]


@pytest.fixture
def saml(school, owner, idp):
    return sign_on.set_up_saml(
        by=owner,
        organisation=school,
        entity_id=idp.entity_id,
        sso_url=idp.sso_url,
        certificate=idp.certificate,
        role_attribute=ROLE,
        teacher_values="teacher",
    )


def by_saml(client, idp, saml, **more):
    """Send the browser to the provider and its answer back."""
    host = {"host": "theorama.example"}
    away = client.post("/school/sign-in/", {"email": "ada@lincoln.example"}, headers=host)
    assert away.url.startswith(idp.sso_url)
    sent = parse_qs(urlsplit(away.url).query)["SAMLRequest"][0]
    asked = zlib.decompress(base64.b64decode(sent), -15).decode()
    slug = saml.app.provider_id
    facts = {
        "request_id": re.search(r'ID="([^"]+)"', asked)[1],
        "acs": f"http://theorama.example/accounts/saml/{slug}/acs/",
        "audience": f"http://theorama.example/accounts/saml/{slug}/metadata/",
        "attributes": {MAIL: "ada@lincoln.example", ROLE: "teacher", "uid": "ada"},
    }
    answer = idp.answer(**(facts | more))
    # The provider's page posts across sites, so the session's cookie does not come along.
    received = Client().post(f"/accounts/saml/{slug}/acs/", {"SAMLResponse": answer}, headers=host)
    client.cookies.update(received.cookies)
    return client.get(received.url, headers=host)


def test_a_teacher_logs_in_by_saml(client, school, saml, idp):
    answer = by_saml(client, idp, saml)
    assert answer.status_code == 302, answer.content.decode()
    assert who(client).email == "ada@lincoln.example"
    assert school.memberships.filter(user=who(client)).exists()


def test_an_answer_that_is_not_signed_or_signed_by_another_lets_nobody_in(client, saml, idp):
    by_saml(client, idp, saml, signed=False)
    assert who(client) is None
    forger = SamlProvider()
    by_saml(client, forger, saml)
    assert who(client) is None


def test_an_answer_for_another_audience_lets_nobody_in(client, saml, idp):
    by_saml(client, idp, saml, audience="http://theorama.example/accounts/saml/other/metadata/")
    assert who(client) is None


def test_an_answer_to_no_question_lets_nobody_in(client, saml, idp):
    by_saml(client, idp, saml, request_id="ONELOGIN_unknown")
    assert who(client) is None


# --- The only way in -----------------------------------------------------------------------------
def log_in(client, user):
    return client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})


@pytest.fixture
def required(openid, owner):
    TOTP.activate(owner, "JBSWY3DPEHPK3PXP")
    return sign_on.set_required(by=owner, sign_on=openid, required=True, break_glass=owner)


def test_a_required_sign_on_is_the_only_way_in(client, required, provider):
    ada = UserFactory(email="ada@lincoln.example")
    answer = log_in(client, ada)
    assert answer.url == "/school/sign-in/"
    assert who(client) is None
    log_in_by(client, provider)
    assert who(client) == ada


def test_others_are_not_asked(client, required):
    other = UserFactory(email="bea@other.example")
    log_in(client, other)
    assert who(client) == other


def test_the_break_glass_account_always_gets_in_with_its_second_factor(client, required, owner, provider):
    provider.close()
    log_in(client, owner)
    assert who(client) is None
    client.post("/accounts/2fa/authenticate/", {"code": totp("JBSWY3DPEHPK3PXP")})
    assert who(client) == owner


def test_a_required_sign_on_needs_somebody_who_can_get_in_without_it(openid, owner, school):
    refused("break_glass", sign_on.set_required, by=owner, sign_on=openid, required=True, break_glass=owner)
    teacher = MembershipFactory(organisation=school).user
    TOTP.activate(teacher, "JBSWY3DPEHPK3PXP")
    refused("break_glass", sign_on.set_required, by=owner, sign_on=openid, required=True, break_glass=teacher)


def test_nobody_signs_up_past_a_required_sign_on(client, required, provider):
    answer = client.post("/accounts/signup/", {"email": "ada@lincoln.example", "password1": PASSWORD})
    assert answer.url == "/school/sign-in/"
    assert who(client) is None
    log_in_by(client, provider)
    assert not who(client).check_password(PASSWORD)


# --- Setting up ----------------------------------------------------------------------------------
def test_a_sign_on_needs_a_proven_domain_https_and_a_real_certificate(owner, school, idp):
    other = OrganisationFactory()
    head = MembershipFactory(organisation=other, role=Membership.Role.OWNER).user
    facts = {"entity_id": idp.entity_id, "sso_url": idp.sso_url, "certificate": idp.certificate}
    refused("no_domain", sign_on.set_up_saml, by=head, organisation=other, **facts)
    for broken, code in [({"certificate": "AAAA"}, "certificate"), ({"sso_url": "http://idp.example/"}, "invalid")]:
        refused(code, sign_on.set_up_saml, by=owner, organisation=school, **(facts | broken))
    assert not SignOn.objects.exists()


def test_changing_the_provider_takes_our_staffs_trust_away(openid, owner, school, provider):
    SignOn.objects.update(trusted_at=timezone.now())
    again = sign_on.set_up_openid(
        by=owner, organisation=school, server_url=provider.url, client_id="x", secret="y", role_attribute="role"
    )
    assert (again.pk, again.trusted_at) == (openid.pk, None)


def test_the_pages_to_set_it_up_ask_for_the_password_again(client, owner, school):
    client.force_login(owner)
    assert "/reauthenticate/" in client.post(f"/school/{school.pk}/sign-on/", {"kind": "saml"}).url

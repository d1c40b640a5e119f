"""Grants on the admin site, and the API by tier."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from rest_framework.test import APIClient

from accounts.services import create_api_key
from billing import services
from billing.models import Grant
from billing.tiers import TERMS
from core.models import AuditEntry
from generation.models import Job
from tests.factories import UserFactory, give_tier

pytestmark = pytest.mark.django_db
URL = "/api/v1/generations/"


@pytest.fixture
def teacher():
    return UserFactory()


@pytest.fixture
def staff(client):
    user = UserFactory(is_staff=True, is_superuser=True)
    TOTP.activate(user, generate_totp_secret())
    client.force_login(user)
    return user


class TestAdmin:
    def add(self, client, account, **changes):
        form = {"account": account.pk, "tier": "enterprise", "quantity": 1, "reason": "Pilot", "reference": "PO 17"}
        form |= {"starts_0": "2026-01-01", "starts_1": "00:00:00", "until_0": "", "until_1": ""} | changes
        return client.post("/admin/billing/grant/add/", form)

    def test_staff_give_a_tier_with_a_reason_and_it_is_written_down(self, client, staff, teacher):
        answer = self.add(client, services.account_of_user(teacher))
        assert answer.status_code == 302
        teacher.refresh_from_db()
        assert (teacher.tier, Grant.objects.get().by) == ("enterprise", staff)
        entry = AuditEntry.objects.get(verb="grant.given")
        assert (entry.actor, entry.data["reference"]) == (staff, "PO 17")

    def test_without_a_reason_nothing_is_given(self, client, staff, teacher):
        assert self.add(client, services.account_of_user(teacher), reason="").status_code == 200
        assert not Grant.objects.exists()

    def test_a_person_is_given_one_seat(self, client, staff, teacher):
        answer = self.add(client, services.account_of_user(teacher), quantity=3)
        assert "A person has one seat." in answer.text
        assert not Grant.objects.exists()

    def test_they_take_it_back_and_cannot_rewrite_or_delete_it(self, client, staff, teacher):
        grant = give_tier(teacher)
        assert client.post(f"/admin/billing/grant/{grant.pk}/change/", {"tier": "enterprise"}).status_code == 403
        assert client.post(f"/admin/billing/grant/{grant.pk}/delete/", {"post": "yes"}).status_code == 403
        client.post("/admin/billing/grant/", {"action": "take_back", "_selected_action": [grant.pk]})
        teacher.refresh_from_db()
        grant.refresh_from_db()
        assert (teacher.tier, grant.tier, grant.is_live()) == ("free", "professional", False)

    def test_the_tier_itself_cannot_be_edited(self, client, staff, teacher):
        form = client.get(f"/admin/accounts/user/{teacher.pk}/change/").text
        assert 'name="email"' in form and 'name="tier"' not in form

    @pytest.mark.parametrize("page", ["billingaccount", "grant", "subscription", "seat", "quotaentry"])
    def test_its_pages_work(self, client, staff, teacher, page):
        give_tier(teacher)
        assert client.get(f"/admin/billing/{page}/").status_code == 200


class TestApi:
    @pytest.fixture
    def api(self, teacher):
        key = create_api_key(owner=teacher, name="script")
        return APIClient(HTTP_AUTHORIZATION=f"Bearer {key.secret}")

    def test_on_free_a_key_opens_nothing_and_says_what_to_do(self, api):
        for answer in (api.get(URL), api.post(URL, {"prompt": "A pendulum"})):
            assert (answer.status_code, answer.json()["code"]) == (402, "tier_api")
            assert answer.json()["hint"] and answer.json()["data"]["upgrade"] == "/plans/"
        assert not Job.objects.exists()

    def test_the_pages_of_a_free_account_speak_to_it_without_a_key(self, teacher):
        client = APIClient()
        client.force_login(teacher)
        assert client.get(URL).status_code == 200

    def test_after_the_upgrade_the_same_key_works_at_once_and_after_the_end_no_more(self, api, teacher):
        grant = give_tier(teacher)
        assert api.get(URL).status_code == 200
        services.take_back(by=None, grant=grant)
        assert api.get(URL).status_code == 402

    def test_calls_are_limited_by_tier_over_all_keys_together(self, api, teacher):
        give_tier(teacher)
        other = APIClient(HTTP_AUTHORIZATION=f"Bearer {create_api_key(owner=teacher, name='two').secret}")
        most = TERMS["professional"].api_calls
        codes = []
        while 429 not in codes and len(codes) < 3 * most:  # a call a second comes back meanwhile
            codes.append((api if len(codes) % 2 else other).get(URL).status_code)
        assert len(codes) > most and codes[:most] == [200] * most and codes[-1] == 429
        give_tier(teacher, "enterprise")
        assert api.get(URL).status_code == 200, "a higher tier has more"

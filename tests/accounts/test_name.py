"""The name that others see."""

import pytest
from django.urls import reverse

from core.models import AuditEntry
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
URL = "/account/name/"


@pytest.fixture
def teacher(client):
    user = UserFactory(name="Ada")
    client.force_login(user)
    return user


def test_a_teacher_changes_her_name(client, teacher):
    assert 'value="Ada"' in client.get(URL).content.decode()
    page = client.post(URL, {"name": "  Ada   Byron "}, follow=True)
    teacher.refresh_from_db()
    assert teacher.display_name == "Ada Byron"
    assert 'value="Ada Byron"' in page.content.decode()
    assert AuditEntry.objects.filter(verb="user.renamed", actor=teacher).exists()


def test_without_a_name_the_address_says_who_she_is(client, teacher):
    client.post(URL, {"name": ""})
    teacher.refresh_from_db()
    assert teacher.display_name == teacher.email.partition("@")[0]


def test_a_name_that_is_too_long_is_refused_and_stays_in_the_field(client, teacher):
    answer = client.post(URL, {"name": "a" * 121})
    assert answer.status_code == 422
    assert "a" * 121 in answer.content.decode()
    teacher.refresh_from_db()
    assert teacher.name == "Ada"


def test_a_name_is_text_everywhere(client, teacher):
    page = client.post(URL, {"name": "<b>Ada</b>"}, follow=True).content.decode()
    assert "<b>Ada" not in page


def test_strangers_are_asked_to_log_in(client):
    assert client.get(URL).url.startswith(reverse("account_login"))


def test_the_account_pages_lead_to_it(client, teacher):
    assert f'href="{URL}"' in client.get("/accounts/email/").content.decode()

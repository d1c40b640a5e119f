"""A teacher sees where she is signed in and ends it."""

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
SESSIONS = "/accounts/sessions/"
PRIVATE = "/account/keys/"


@pytest.fixture
def teacher():
    return UserFactory(email="ada@school.example")


def signed_in(user) -> Client:
    client = Client(headers={"user-agent": "Chalkbrowser"})
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    return client


def test_every_session_is_listed(teacher):
    here, _there = signed_in(teacher), signed_in(teacher)
    response = here.get(SESSIONS)
    assert response.context["session_count"] == 2
    assert "Chalkbrowser" in response.content.decode()


def test_ending_the_others_signs_them_out_and_keeps_this_one(teacher):
    here, there = signed_in(teacher), signed_in(teacher)
    assert there.get(PRIVATE).status_code == 200
    assert here.post(SESSIONS).status_code == 302
    assert there.get(PRIVATE).status_code == 302
    assert here.get(PRIVATE).status_code == 200


def test_looking_at_the_list_ends_nothing(teacher):
    here, there = signed_in(teacher), signed_in(teacher)
    here.get(SESSIONS)
    assert there.get(PRIVATE).status_code == 200


def test_nobody_elses_sessions_are_listed_or_ended(teacher):
    stranger = UserFactory()
    theirs = signed_in(stranger)
    here = signed_in(teacher)
    assert [session.user for session in here.get(SESSIONS).context["sessions"]] == [teacher]
    here.post(SESSIONS)
    assert theirs.get(PRIVATE).status_code == 200


def test_logging_out_removes_the_session_from_the_list(teacher):
    here, there = signed_in(teacher), signed_in(teacher)
    there.post("/accounts/logout/")
    assert here.get(SESSIONS).context["session_count"] == 1
    assert UserSession.objects.count() == 1

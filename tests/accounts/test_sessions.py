"""A teacher sees where she is signed in and ends it."""

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from accounts import services
from core.errors import DomainError
from core.models import AuditEntry
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


def test_one_session_can_be_ended_alone(teacher):
    here, there, elsewhere = signed_in(teacher), signed_in(teacher), signed_in(teacher)
    session = UserSession.objects.get(session_key=there.session.session_key)
    assert here.post(f"/account/sessions/{session.pk}/end/").url == SESSIONS
    assert there.get(PRIVATE).status_code == 302
    assert here.get(PRIVATE).status_code == elsewhere.get(PRIVATE).status_code == 200
    assert AuditEntry.objects.get(verb="session.ended").actor == teacher


def test_a_foreign_session_is_not_found_and_lives_on(teacher):
    theirs = signed_in(UserFactory())
    session = UserSession.objects.get()
    here = signed_in(teacher)
    assert here.post(f"/account/sessions/{session.pk}/end/").status_code == 404
    with pytest.raises(DomainError):
        services.end_session(by=teacher, session=session)
    assert theirs.get(PRIVATE).status_code == 200


def test_the_page_offers_to_end_each_session(teacher):
    here, _there = signed_in(teacher), signed_in(teacher)
    page = here.get(SESSIONS).content.decode()
    for session in UserSession.objects.all():
        assert f'action="/account/sessions/{session.pk}/end/"' in page


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

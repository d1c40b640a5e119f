"""Support staff look at somebody's account: with a reason, for half an hour, for reading alone, all on record."""

import time

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from asgiref.sync import sync_to_async

from accounts import viewing_as
from core.errors import DomainError
from core.models import AuditEntry
from projects.models import Project
from tests.browser.made import finished_animation
from tests.factories import LessonFactory, ProjectFactory, UserFactory
from tests.generation.sockets import Socket
from tests.privacy.confirming import confirm_staff as confirm

pytestmark = pytest.mark.django_db
REASON = "Ticket 4711: her video does not play"


def member_of_staff(**fields):
    user = UserFactory(is_staff=True, **fields)
    TOTP.activate(user, generate_totp_secret())
    return user


@pytest.fixture
def staff():
    return member_of_staff()


@pytest.fixture
def teacher():
    return UserFactory(email="ada@school.example", name="Ada")


@pytest.fixture
def looking(client, staff, teacher):
    """A browser of staff that looks at the teacher's account."""
    confirm(client, staff)
    response = client.post("/staff/viewing/", {"email": "Ada@school.example", "reason": REASON})
    assert response.url == "/dashboard/"
    return client


def test_it_shows_what_she_sees_under_a_banner(looking, teacher):
    animation = finished_animation(teacher)
    for path in ("/dashboard/", "/projects/", f"/animations/{animation.pk}/", "/lessons/", "/classrooms/", "/no-such/"):
        page = looking.get(path).content.decode()
        assert "ada@school.example" in page, path
        assert "Stop looking" in page, path
    assert "period and its length" in looking.get(f"/animations/{animation.pk}/").content.decode()


def test_it_begins_only_with_a_confirmed_second_factor_and_a_reason(client, staff, teacher):
    asked = {"email": teacher.email, "reason": REASON}
    client.force_login(staff)
    assert client.post("/staff/viewing/", asked).url.startswith("/accounts/reauthenticate/")
    confirm(client, staff)
    assert client.post("/staff/viewing/", asked | {"reason": "why not"}).status_code == 422
    assert client.post("/staff/viewing/", asked | {"email": "nobody@school.example"}).status_code == 422
    assert viewing_as.SESSION_KEY not in client.session


def test_others_find_no_such_page(client, teacher):
    client.force_login(teacher)
    assert client.get("/staff/viewing/").status_code == 404
    client.force_login(UserFactory(is_staff=True))
    assert client.get("/staff/viewing/").url == "/accounts/2fa/"


def test_the_service_itself_refuses_who_is_no_staff(teacher):
    for by in (UserFactory(), UserFactory(is_staff=True)):
        with pytest.raises(DomainError):
            viewing_as.begin(by=by, email=teacher.email, reason=REASON, session={})


@pytest.mark.parametrize("fields", [{"is_staff": True}, {"is_superuser": True}])
def test_nobody_looks_at_staff(client, staff, fields):
    target = UserFactory(**fields)
    confirm(client, staff)
    response = client.post("/staff/viewing/", {"email": target.email, "reason": REASON})
    assert "Accounts of staff are not looked at" in response.content.decode()
    with pytest.raises(DomainError):
        viewing_as.begin(by=staff, email=staff.email, reason=REASON, session={})


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_every_unsafe_method_is_refused_on_every_address(looking, teacher, method):
    project = ProjectFactory(owner=teacher, title="Hers")
    paths = [
        "/projects/new/", f"/projects/{project.pk}/rename/", f"/projects/{project.pk}/delete/", "/api/v1/generations/",
        "/account/keys/", "/accounts/logout/", "/accounts/password/change/", "/admin/", "/join/",
    ]  # fmt: skip
    for path in paths:
        response = getattr(looking, method)(path, {"title": "Mine"})
        assert response.status_code in (403, 404), path
    project.refresh_from_db()
    assert (Project.objects.count(), project.title) == (1, "Hers")


@pytest.mark.parametrize(
    "path", ["/account/data/", "/account/keys/", "/accounts/email/", "/admin/", "/audit/", "/staff/viewing/"]
)
def test_what_is_about_herself_is_not_shown(looking, path):
    response = looking.get(path)
    assert response.status_code == 403
    assert "not shown while you look" in response.content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_view_that_writes_on_a_plain_get_is_stopped_by_the_database(looking, teacher, monkeypatch):
    def show(user, **shown):
        ProjectFactory(owner=teacher, title="Written by the way")

    monkeypatch.setattr("projects.views.selectors.project_list", show)
    response = looking.get("/projects/")
    assert response.status_code == 403
    assert "can change nothing" in response.content.decode()
    assert not Project.objects.exists()
    looking.post("/staff/viewing/end/")
    with pytest.raises(TypeError):  # the control: without the wall the view writes, and then has nothing to show
        looking.get("/projects/")
    assert Project.objects.exists()


def test_the_api_answers_for_reading(looking, teacher):
    finished_animation(teacher)
    response = looking.get("/api/v1/animations/")
    assert response.status_code == 200
    assert len(response.json()["results"]) == 1


def test_it_ends_after_half_an_hour(looking, teacher, staff):
    session = looking.session
    session[viewing_as.SESSION_KEY] |= {"until": time.time() - 1}
    session.save()
    page = looking.get("/dashboard/").content.decode()
    assert "ada@school.example" not in page
    assert AuditEntry.objects.get(verb="support.viewing_ended").data == {"why": "time"}


def test_it_ends_with_the_rights_of_staff(looking, staff):
    staff.is_staff = False
    staff.save()
    assert "Stop looking" not in looking.get("/dashboard/").content.decode()
    assert viewing_as.SESSION_KEY not in looking.session


def test_it_ends_when_asked_to(looking):
    looking.post("/staff/viewing/end/")
    assert "Stop looking" not in looking.get("/dashboard/").content.decode()
    assert looking.post("/projects/new/", {"title": "My own"}).status_code == 302


def test_all_of_it_is_on_record_where_she_can_read_it(looking, staff, teacher):
    looking.get("/projects/")
    looking.post("/staff/viewing/end/")
    entries = AuditEntry.objects.filter(verb__startswith="support.").order_by("pk")
    assert [entry.verb for entry in entries] == ["support.viewing_began", "support.viewed", "support.viewing_ended"]
    assert {entry.actor for entry in entries} == {staff}
    assert {entry.target_id for entry in entries} == {str(teacher.pk)}
    assert entries[0].data == {"reason": REASON}
    assert entries[1].data == {"path": "/projects/"}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("viewing", [True, False])
async def test_no_socket_is_opened_meanwhile(client, viewing):
    from tests.generation.factories import JobFactory
    from tests.generation.test_live_progress import socket_to

    staff, teacher = await sync_to_async(member_of_staff)(), await sync_to_async(UserFactory)()
    job = await sync_to_async(JobFactory)(owner=staff, animation__project__owner=staff)
    await sync_to_async(client.force_login)(staff)
    session = client.session
    if viewing:
        await sync_to_async(viewing_as.begin)(by=staff, email=teacher.email, reason=REASON, session=session)
        await sync_to_async(session.save)()
    socket: Socket = socket_to(job.pk, session.session_key)
    assert await socket.connect() is not viewing
    await socket.disconnect()


def test_a_lesson_of_hers_can_be_read(looking, teacher):
    lesson = LessonFactory(unit__subject__owner=teacher)
    assert looking.get(f"/lessons/{lesson.pk}/").status_code == 200

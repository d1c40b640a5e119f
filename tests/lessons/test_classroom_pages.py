"""Teachers share a classroom on the pages."""

import pytest
from django.test import Client

from lessons import classrooms, joining, services
from lessons.models import Classroom, ClassroomMember, Invitation, JoinCode
from tests.factories import ArtefactFactory, LessonFactory, LessonItemFactory, RevisionFactory, UserFactory

pytestmark = pytest.mark.django_db


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def owner():
    return UserFactory()


@pytest.fixture
def room(owner):
    return classrooms.create_classroom(owner=owner, title="Physics 10b")


@pytest.fixture
def lesson(owner):
    return LessonFactory(unit__subject__owner=owner, title="The pendulum")


def member(room, role):
    return ClassroomMember.objects.create(classroom=room, user=UserFactory(), role=role)


def page_of(room, user):
    return signed_in(user).get(f"/classrooms/{room.pk}/").content.decode()


def test_the_whole_round_of_its_owner(owner, lesson):
    client = signed_in(owner)
    assert "/classrooms/" in client.get("/lessons/").content.decode()
    made = client.post("/classrooms/new/", {"title": "Physics 10b", "school_year": "2026"})
    room = Classroom.objects.get()
    assert made.url == f"/classrooms/{room.pk}/"
    client.post(f"{made.url}hang/", {"lesson": str(lesson.pk)})
    second = LessonFactory(unit=lesson.unit, title="Springs")
    client.post(f"{made.url}hang/", {"lesson": str(second.pk)})
    client.post(f"/classrooms/lessons/{room.hung.get(lesson=second).pk}/shift/", {"to": "up"})
    assert [one.lesson.title for one in room.hung.all()] == ["Springs", "The pendulum"]
    client.post(f"/classrooms/lessons/{room.hung.get(lesson=second).pk}/remove/")
    client.post(f"{made.url}codes/new/", {"code-role": "viewer", "code-most_uses": "5"})
    code = JoinCode.objects.get()
    page = client.get(made.url).content.decode()
    assert all(words in page for words in ("The pendulum", str(code), "0 of 5 used", owner.display_name))
    client.post(f"/classrooms/codes/{code.pk}/revoke/")
    assert str(code) not in client.get(made.url).content.decode()
    client.post(f"{made.url}edit/", {"title": "Physics 11b", "school_year": ""})
    assert "Physics 11b" in client.get("/classrooms/").content.decode()
    client.post(f"{made.url}delete/")
    assert not Classroom.objects.exists()


def test_an_invited_teacher_accepts_is_promoted_and_gets_the_classroom(owner, room):
    guest = UserFactory()
    client, theirs = signed_in(owner), signed_in(guest)
    client.post(f"/classrooms/{room.pk}/invite/", {"invite-email": guest.email, "invite-role": "viewer"})
    assert "You are invited" in theirs.get("/classrooms/").content.decode()
    theirs.post(f"/classrooms/invitations/{Invitation.objects.get().pk}/answer/", {"answer": "accept"})
    joined = room.members.get(user=guest)
    client.post(f"/classrooms/members/{joined.pk}/role/", {"role": "editor"})
    client.post(f"/classrooms/members/{joined.pk}/hand-over/")
    assert room.members.get(role="owner").user == guest
    client.post(f"/classrooms/{room.pk}/leave/")
    assert [one.user for one in room.members.all()] == [guest]


def test_an_invitation_is_declined_or_withdrawn(owner, room):
    guest = UserFactory()
    asked = joining.invite(by=owner, classroom=room, email=guest.email, role="editor")
    signed_in(guest).post(f"/classrooms/invitations/{asked.pk}/answer/", {"answer": "decline"})
    again = joining.invite(by=owner, classroom=room, email=guest.email, role="editor")
    signed_in(owner).post(f"/classrooms/invitations/{again.pk}/withdraw/")
    assert not Invitation.objects.exists()
    assert room.members.count() == 1


@pytest.mark.parametrize(
    ("role", "sees", "misses"),
    [
        ("editor", ["hang/", "codes/new/", "/shift/", "leave/"], ["invite/", "/delete/", "hand-over/", "/role/"]),
        ("viewer", ["leave/"], ["hang/", "codes/new/", "/shift/", "invite/", "/delete/", "/edit/", "/role/"]),
    ],
)
def test_members_see_only_the_buttons_they_may_press(owner, room, lesson, role, sees, misses):
    classrooms.hang_lesson(by=owner, classroom=room, lesson=lesson)
    services.change_state(by=owner, lessons=type(lesson).objects.all(), state="published")
    user = member(room, role).user
    LessonFactory(unit__subject__owner=user)
    page = page_of(room, user)
    assert [part for part in sees if part not in page] == []
    assert [part for part in misses if part in page] == []


def test_a_viewer_who_presses_anyway_is_refused(owner, room, lesson):
    hung = classrooms.hang_lesson(by=owner, classroom=room, lesson=lesson)
    services.change_state(by=owner, lessons=type(lesson).objects.all(), state="published")
    viewer = member(room, "viewer")
    client = signed_in(viewer.user)
    paths = [
        f"/classrooms/{room.pk}/edit/",
        f"/classrooms/{room.pk}/delete/",
        f"/classrooms/{room.pk}/codes/new/",
        f"/classrooms/{room.pk}/invite/",
        f"/classrooms/lessons/{hung.pk}/shift/",
        f"/classrooms/lessons/{hung.pk}/remove/",
        f"/classrooms/members/{viewer.pk}/role/",
    ]
    data = {"title": "x", "role": "editor", "code-role": "viewer", "code-most_uses": "5"}
    data |= {"invite-email": "x@school.example", "invite-role": "viewer"}
    assert [client.post(path, data).status_code for path in paths] == [403] * len(paths)


def test_only_sending_a_code_joins_and_every_bad_one_gets_the_same_answer(owner, room):
    code = joining.make_code(by=owner, classroom=room, role="viewer")
    client = signed_in(UserFactory())
    client.get("/join/", {"code": code.code})
    assert room.members.count() == 1
    joining.revoke(by=owner, grant=code)
    answers = [client.post("/join/", {"code": typed}) for typed in (code.code, "ABCDEFGH")]
    pages = [answer.content.decode().replace(code.code, "ABCDEFGH") for answer in answers]
    assert [answer.status_code for answer in answers] == [422, 422]
    assert all("This code lets nobody in." in page for page in pages)
    good = joining.make_code(by=owner, classroom=room, role="viewer")
    assert client.post("/join/", {"code": str(good).lower()}).url == f"/classrooms/{room.pk}/"


def test_guessing_codes_ends_in_words_even_with_the_right_one(owner, room):
    code = joining.make_code(by=owner, classroom=room, role="viewer")
    client = signed_in(UserFactory())
    answers = [client.post("/join/", {"code": "ABCDEFGH"}).status_code for _guess in range(20)]
    last = client.post("/join/", {"code": code.code})
    assert (set(answers), last.status_code) == ({422}, 429)
    assert "Too many codes" in last.content.decode()
    assert int(last.headers["Retry-After"]) > 0
    assert room.members.count() == 1


def test_many_accounts_at_one_address_are_counted_together(owner, room, settings):
    code = joining.make_code(by=owner, classroom=room, role="viewer")
    settings.RATES = settings.RATES | {"join_code": {"user": "20/hour", "address": "4/hour"}}
    for _account in range(4):
        assert signed_in(UserFactory()).post("/join/", {"code": "ABCDEFGH"}).status_code == 422
    assert signed_in(UserFactory()).post("/join/", {"code": code.code}).status_code == 429
    elsewhere = signed_in(UserFactory()).post("/join/", {"code": code.code}, REMOTE_ADDR="10.9.8.7")
    assert elsewhere.status_code == 302


def test_a_viewer_watches_what_is_published_and_nothing_else(owner, room, lesson):
    board = {"language": "de", "scenes": [{"title": "Swing", "shown": "A bob", "said": "It swings"}]}
    revision = RevisionFactory(animation__project__owner=owner, storyboard=board)
    item = LessonItemFactory(lesson=lesson, revision=revision, note="Guess before you see")
    ArtefactFactory(revision=item.revision, kind="captions", quality="")
    ArtefactFactory(revision=item.revision)
    lesson.about = "Only for me"
    lesson.save()
    hung = classrooms.hang_lesson(by=owner, classroom=room, lesson=lesson)
    watcher, editor = signed_in(member(room, "viewer").user), signed_in(member(room, "editor").user)
    path = f"/classrooms/lessons/{hung.pk}/"
    assert [client.get(path).status_code for client in (watcher, editor)] == [404, 200]
    services.change_state(by=owner, lessons=type(lesson).objects.all(), state="published")
    page = watcher.get(path).content.decode()
    assert all(
        words in page for words in ("Guess before you see", "It swings", "<video src=", '<track kind="captions"')
    )
    assert "Only for me" not in page
    assert f'/lessons/{lesson.pk}/"' not in page
    assert f"/lessons/{lesson.pk}/" in editor.get(path).content.decode()


def test_a_co_teacher_does_not_see_what_only_the_owner_may_press(owner, room, lesson):
    item = LessonItemFactory(lesson=lesson)
    classrooms.hang_lesson(by=owner, classroom=room, lesson=lesson)
    path, studio = f"/lessons/{lesson.pk}/", f"/animations/{item.revision.animation_id}/"
    hers, theirs = (signed_in(user).get(path).content.decode() for user in (owner, member(room, "editor").user))
    for part in (f"{path}delete/", f"{path}move/", f"{path}archive/", f"{path}copy/", studio):
        assert part in hers
        assert part not in theirs
    assert f"{path}state/" in theirs


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("invite/", {"invite-email": "no address", "invite-role": "viewer"}),
        ("codes/new/", {"code-role": "owner", "code-most_uses": "0"}),
        ("edit/", {"title": ""}),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(owner, room, path, data):
    answer = signed_in(owner).post(f"/classrooms/{room.pk}/{path}", data)
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.content.decode()

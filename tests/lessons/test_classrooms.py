"""Who may do what in a classroom, and the ways in and out of it."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections
from django.utils import timezone

from core.errors import DomainError
from lessons import classrooms, joining, selectors, services
from lessons.models import ClassroomLesson, ClassroomMember, Invitation, JoinCode, LessonItem
from projects.selectors import artefacts_visible_to
from tests.factories import ArtefactFactory, LessonFactory, LessonItemFactory, RevisionFactory, UserFactory

pytestmark = pytest.mark.django_db


def refused(code, call, **named):
    with pytest.raises(DomainError) as error:
        call(**named)
    assert error.value.code == code


@pytest.fixture
def owner():
    return UserFactory()


@pytest.fixture
def room(owner):
    return classrooms.create_classroom(owner=owner, title="Physics 10b")


def member(room, role):
    return ClassroomMember.objects.create(classroom=room, user=UserFactory(), role=role)


def owner_of(room):
    return room.members.get(role="owner")


@pytest.fixture
def lesson(owner, room):
    made = LessonFactory(unit__subject__owner=owner)
    classrooms.hang_lesson(by=owner, classroom=room, lesson=made)
    return made


def test_editors_see_every_lesson_viewers_the_published_ones_and_strangers_none(owner, room, lesson):
    editor, viewer = member(room, "editor"), member(room, "viewer")
    seen = [selectors.lessons_visible_to(who).count() for who in (owner, editor.user, viewer.user, UserFactory())]
    assert seen == [1, 1, 0, 0]
    services.change_state(by=editor.user, lessons=type(lesson).objects.all(), state="published")
    assert selectors.lessons_visible_to(viewer.user).count() == 1
    refused("not_found", services.update_lesson, by=viewer.user, lesson=lesson, title="Mine", about="", school_year=None, due=None)  # fmt: skip # noqa: E501
    for deed in (services.delete_lesson, services.duplicate_lesson):
        refused("not_yours", deed, by=editor.user, lesson=lesson)
        refused("not_found", deed, by=viewer.user, lesson=lesson)
    lesson.refresh_from_db()
    assert lesson.title != "Mine"


@pytest.mark.parametrize("role", ["editor", "viewer"])
def test_only_files_of_pinned_versions_are_shared_and_leaving_ends_it(owner, room, lesson, role):
    item = LessonItemFactory(lesson=lesson)
    video = ArtefactFactory(revision=item.revision)
    ArtefactFactory(revision=item.revision, kind="script")
    ArtefactFactory(revision=RevisionFactory(animation=item.revision.animation))
    one = member(room, role)
    assert list(artefacts_visible_to(one.user)) == ([video] if role == "editor" else [])
    services.change_state(by=owner, lessons=type(lesson).objects.all(), state="published")
    assert list(artefacts_visible_to(one.user)) == [video]
    classrooms.leave(by=one.user, classroom=room)
    assert not artefacts_visible_to(one.user).exists()


def test_the_owner_is_neither_taken_out_nor_made_less(owner, room):
    editor = member(room, "editor")
    refused("role", classrooms.remove_member, by=editor.user, member=owner_of(room))
    refused("role", classrooms.change_role, by=editor.user, member=owner_of(room), role="viewer")
    refused("role", classrooms.hand_over, by=editor.user, member=editor)
    refused("owner_stays", classrooms.remove_member, by=owner, member=owner_of(room))
    refused("owner_stays", classrooms.leave, by=owner, classroom=room)
    refused("not_found", classrooms.delete_classroom, by=UserFactory(), classroom=room)
    assert owner_of(room).user == owner
    classrooms.hand_over(by=owner, member=editor)
    assert owner_of(room).user == editor.user
    assert room.members.get(user=owner).role == "editor"


def test_what_is_hers_leaves_with_her(room, lesson):
    editor = member(room, "editor")
    hers = LessonFactory(unit__subject__owner=editor.user)
    classrooms.hang_lesson(by=editor.user, classroom=room, lesson=hers)
    LessonItemFactory(lesson=lesson, revision=RevisionFactory(animation__project__owner=editor.user))
    kept = LessonItemFactory(lesson=lesson)
    classrooms.remove_member(by=owner_of(room).user, member=editor)
    assert [one.lesson for one in ClassroomLesson.objects.all()] == [lesson]
    assert list(LessonItem.objects.all()) == [kept]


@pytest.mark.parametrize(
    "change", [{"revoked": timezone.now()}, {"expires": timezone.now() - timedelta(1)}, {"uses": 30}]
)
def test_a_code_that_ended_is_answered_like_a_guess(owner, room, change):
    code = joining.make_code(by=owner, classroom=room, role="viewer")
    JoinCode.objects.filter(pk=code.pk).update(**change)
    answers = []
    for typed in (code.code, "ABCDEFGH"):
        with pytest.raises(DomainError) as error:
            joining.join(user=UserFactory(), typed=typed)
        answers.append((error.value.code, error.value.message, error.value.hint))
    assert answers[0] == answers[1]
    assert room.members.count() == 1


def test_a_code_is_read_as_people_type_it_and_a_member_uses_none_up(owner, room):
    code = joining.make_code(by=owner, classroom=room, role="editor")
    joining.join(user=owner, typed=code.code)
    new = UserFactory()
    joining.join(user=new, typed=f" {str(code).lower()} ")
    code.refresh_from_db()
    assert (room.members.get(user=new).role, code.uses) == ("editor", 1)
    refused("role", joining.make_code, by=new, classroom=room, role="editor")


def test_an_invitation_is_for_the_one_with_the_address(owner, room):
    guest = UserFactory()
    for email in (guest.email.upper(), "nobody@school.example"):
        joining.invite(by=owner, classroom=room, email=email, role="editor")
    asked = Invitation.objects.get(email=guest.email)
    refused("not_found", joining.answer, user=UserFactory(), invitation=asked, accept=True)
    joining.answer(user=guest, invitation=asked, accept=True)
    assert room.members.get(user=guest).role == "editor"


def test_a_class_link_lists_published_lessons_until_it_is_revoked(owner, room, lesson):
    link = joining.make_link(by=owner, classroom=room)
    token = joining.token_of(link)
    assert not joining.lessons_behind(joining.open_link(token)).exists()
    services.change_state(by=owner, lessons=type(lesson).objects.all(), state="published")
    assert list(joining.lessons_behind(joining.open_link(token))) == [lesson]
    refused("not_found", joining.open_link, token=token[:-1])
    joining.revoke(by=owner, grant=link)
    refused("not_found", joining.open_link, token=token)


@pytest.mark.django_db(transaction=True)
def test_two_who_join_with_one_use_left_are_not_both_let_in():
    teacher = UserFactory()
    room = classrooms.create_classroom(owner=teacher, title="Physics")
    code = joining.make_code(by=teacher, classroom=room, role="viewer", most_uses=1)
    gate, outcomes = threading.Barrier(2), []

    def go(user):
        try:
            gate.wait(10)
            joining.join(user=user, typed=code.code)
            outcomes.append("in")
        except DomainError as error:
            outcomes.append(error.code)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(go, [UserFactory(), UserFactory()]))
    assert sorted(outcomes) == ["bad_code", "in"]
    assert room.members.count() == 2

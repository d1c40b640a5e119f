"""What is presented, and to whom."""

import pytest
from django.test import Client

from lessons import classrooms, services
from lessons.models import ClassroomMember, Lesson
from projects.services import publish_artefact
from tests.factories import LessonFactory, LessonItemFactory, RevisionFactory, UserFactory

pytestmark = pytest.mark.django_db
VTT = (
    "WEBVTT\nLanguage: en\n\n1\n00:00:00.500 --> 00:00:02.000\nIt &lt;swings&gt;\n\n"
    "2\n00:00:04.000 --> 00:00:05.000\nBack\n"
)


def board(*scenes):
    rows = [{"name": f"S{n}", "title": t, "shown": "", "said": "", "start": s, "seconds": 3.0} for n, (t, s) in
            enumerate(scenes)]  # fmt: skip
    return {"language": "en", "scenes": rows}


def shown_in(lesson, tmp_path, title, note=""):
    owner = lesson.unit.subject.owner
    revision = RevisionFactory(
        animation__project__owner=owner, title=title, storyboard=board(("Out", 0.0), ("Home", 3.0))
    )
    for kind, content in (("video", b"film"), ("captions", VTT.encode())):
        (tmp_path / kind).write_bytes(content)
        publish_artefact(revision=revision, kind=kind, quality="", source=tmp_path / kind, content_type="x/y")
    return LessonItemFactory(lesson=lesson, revision=revision, note=note, position=lesson.items.count())


def reader(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def lesson(teacher, tmp_path):
    lesson = LessonFactory(unit__subject__owner=teacher, title="Pendulums")
    shown_in(lesson, tmp_path, "One", note="Ask first")
    return lesson


def test_all_films_of_a_lesson_are_one_row_of_steps(signed_in, lesson, tmp_path):
    shown_in(lesson, tmp_path, "Two")
    deck = signed_in.get(f"/lessons/{lesson.pk}/present/deck/").json()
    assert [film["title"] for film in deck["films"]] == ["One", "Two"]
    assert [(step["film"], step["title"], step["start"], step["end"]) for step in deck["steps"]] == [
        (0, "Out", 0.0, 3.0), (0, "Home", 3.0, 6.0), (1, "Out", 0.0, 3.0), (1, "Home", 3.0, 6.0),
    ]  # fmt: skip
    assert [line["text"] for line in deck["steps"][0]["lines"]] == ["It <swings>"]
    assert [step["note"] for step in deck["steps"]] == ["Ask first", "", "", ""]
    assert b"".join(signed_in.get(deck["films"][1]["video"]).streaming_content) == b"film"


def test_a_longer_lesson_asks_the_database_no_more_often(signed_in, lesson, tmp_path, django_assert_max_num_queries):
    for number in range(5):
        shown_in(lesson, tmp_path, f"Film {number}")
    with django_assert_max_num_queries(8):
        signed_in.get(f"/lessons/{lesson.pk}/present/deck/")


def test_what_has_no_video_is_left_out_and_said(signed_in, teacher):
    lesson = LessonFactory(unit__subject__owner=teacher)
    LessonItemFactory(lesson=lesson)
    assert signed_in.get(f"/lessons/{lesson.pk}/present/deck/").json()["steps"] == []
    assert "There is no video to present yet." in signed_in.get(f"/lessons/{lesson.pk}/present/").content.decode()


def test_an_animation_without_places_of_its_scenes_is_one_step(signed_in, teacher, tmp_path):
    revision = RevisionFactory(animation__project__owner=teacher, title="Old")
    revision.animation.current_revision = revision
    revision.animation.save()
    (tmp_path / "film").write_bytes(b"film")
    publish_artefact(
        revision=revision, kind="video", quality="l", source=tmp_path / "film", content_type="video/mp4", seconds=7.5
    )
    steps = signed_in.get(f"/animations/{revision.animation_id}/present/deck/").json()["steps"]
    assert [(step["title"], step["start"], step["end"]) for step in steps] == [("Old", 0.0, 7.5)]
    assert signed_in.get(f"/animations/{revision.animation_id}/present/deck/?version=9").status_code == 404


def test_a_member_presents_what_she_may_watch_and_a_stranger_nothing(teacher, lesson):
    room = classrooms.create_classroom(owner=teacher, title="10b")
    viewer = UserFactory()
    ClassroomMember.objects.create(classroom=room, user=viewer, role="viewer")
    classrooms.hang_lesson(by=teacher, classroom=room, lesson=lesson)
    path = f"/lessons/{lesson.pk}/present/deck/"
    assert reader(viewer).get(path).status_code == 404  # a draft
    services.change_state(by=teacher, lessons=Lesson.objects.all(), state="published")
    deck = reader(viewer).get(path).json()
    assert reader(viewer).get(deck["films"][0]["video"]).status_code == 200
    assert reader(UserFactory()).get(path).status_code == 404
    assert Client().get(path).status_code == 302

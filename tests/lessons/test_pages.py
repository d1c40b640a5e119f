"""A teacher plans a unit on the pages."""

from uuid import uuid4

import pytest

from lessons.models import Lesson, LessonItem, Subject, Unit
from tests.factories import LessonFactory, LessonItemFactory, RevisionFactory, UnitFactory

pytestmark = pytest.mark.django_db


def test_the_whole_round_from_an_empty_page(signed_in, teacher):
    assert "Plan what you teach" in signed_in.get("/lessons/").content.decode()
    signed_in.post("/lessons/subjects/new/", {"title": "Physics"})
    subject = Subject.objects.get()
    signed_in.post(f"/lessons/subjects/{subject.pk}/units/new/", {"title": "Oscillations"})
    unit = Unit.objects.get()
    answer = signed_in.post(f"/lessons/units/{unit.pk}/lessons/new/", {"title": "The pendulum"})
    lesson = Lesson.objects.get()
    assert answer.url == f"/lessons/{lesson.pk}/"
    revision = RevisionFactory(animation__project__owner=teacher, title="A pendulum's period")
    revision.animation.current_revision = revision
    revision.animation.save()
    assert revision.animation.title in signed_in.get(answer.url).content.decode()
    signed_in.post(f"/lessons/{lesson.pk}/items/new/", {"animation": str(revision.animation_id)})
    item = LessonItem.objects.get()
    signed_in.post(f"/lessons/items/{item.pk}/note/", {"note": "Guess before you see"})
    page = signed_in.get(answer.url).content.decode()
    assert "A pendulum&#x27;s period" in page
    assert "Guess before you see" in page
    signed_in.post(
        f"/lessons/{lesson.pk}/edit/",
        {"title": "The pendulum", "about": "Bring string", "school_year": "2026", "due": "2026-12-01"},
    )
    signed_in.post(f"/lessons/{lesson.pk}/state/", {"state": "published"})
    page = signed_in.get(answer.url).content.decode()
    assert all(words in page for words in ("Bring string", "2026/27", "Published"))
    for part in (f"items/{item.pk}", str(lesson.pk), f"units/{unit.pk}", f"subjects/{subject.pk}"):
        assert signed_in.post(f"/lessons/{part}/shift/", {"to": "up"}).status_code == 302
    signed_in.post(f"/lessons/items/{item.pk}/remove/")
    signed_in.post(f"/lessons/{lesson.pk}/delete/")
    signed_in.post(f"/lessons/units/{unit.pk}/delete/")
    signed_in.post(f"/lessons/subjects/{subject.pk}/delete/")
    assert not Subject.objects.exists()


@pytest.mark.parametrize("title", ["", "   ", "x" * 121])
def test_a_title_that_cannot_be_is_said_beside_its_field_and_kept(signed_in, teacher, title):
    lesson = LessonFactory(unit__subject__owner=teacher)
    unit, subject = lesson.unit, lesson.unit.subject
    for path in (
        "/lessons/subjects/new/",
        f"/lessons/subjects/{subject.pk}/rename/",
        f"/lessons/subjects/{subject.pk}/units/new/",
        f"/lessons/units/{unit.pk}/rename/",
        f"/lessons/units/{unit.pk}/lessons/new/",
        f"/lessons/{lesson.pk}/edit/",
    ):
        answer = signed_in.post(path, {"title": title})
        assert answer.status_code == 422, path
        page = answer.content.decode()
        assert "field-error" in page or "errorlist" in page or 'aria-invalid="true"' in page
        assert title.strip() in page
    assert not Subject.objects.exclude(pk=subject.pk).exists()


def test_ticked_lessons_are_changed_together(signed_in, teacher):
    unit, other = UnitFactory.create_batch(2, subject__owner=teacher)
    made = LessonFactory.create_batch(3, unit=unit)
    ticked = [str(one.pk) for one in made[:2]]
    back = f"/lessons/subjects/{unit.subject_id}/"
    answer = signed_in.post("/lessons/bulk/", {"lesson": ticked, "action": "published", "back": back})
    assert answer.url == back
    assert Lesson.objects.filter(state="published").count() == 2
    signed_in.post("/lessons/bulk/", {"lesson": ticked, "action": "move", "unit": str(other.pk)})
    assert other.lessons.count() == 2
    signed_in.post("/lessons/bulk/", {"lesson": ticked, "action": "archive"})
    assert Lesson.objects.filter(archived__isnull=False).count() == 2
    signed_in.post("/lessons/bulk/", {"lesson": ticked, "action": "unarchive"})
    signed_in.post("/lessons/bulk/", {"lesson": ticked, "action": "draft"})
    assert not Lesson.objects.filter(state="published").exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"action": "archive"}, {"lesson": "no id", "action": "archive"}, {"action": "explode"}, {},
        {"action": "move"}, {"action": "move", "unit": "x"},
    ],
    ids=str,
)  # fmt: skip
def test_a_bulk_action_that_makes_no_sense_is_refused_in_words(signed_in, teacher, wrong):
    lesson = LessonFactory(unit__subject__owner=teacher)
    data = wrong if wrong.get("lesson") or wrong == {"action": "archive"} else {"lesson": str(lesson.pk), **wrong}
    answer = signed_in.post("/lessons/bulk/", data)
    assert answer.status_code == 400
    assert "Choose" in answer.content.decode()


def test_one_foreign_lesson_among_the_ticked_changes_none(signed_in, teacher):
    mine, foreign = LessonFactory(unit__subject__owner=teacher), LessonFactory()
    answer = signed_in.post("/lessons/bulk/", {"lesson": [str(mine.pk), str(foreign.pk)], "action": "archive"})
    assert answer.status_code == 404
    assert not Lesson.objects.filter(archived__isnull=False).exists()


def test_lessons_do_not_go_into_a_foreign_unit(signed_in, teacher):
    mine, foreign = LessonFactory(unit__subject__owner=teacher), UnitFactory()
    for path, data in (
        ("/lessons/bulk/", {"lesson": str(mine.pk), "action": "move", "unit": str(foreign.pk)}),
        (f"/lessons/{mine.pk}/move/", {"unit": str(foreign.pk)}),
    ):
        assert signed_in.post(path, data).status_code == 400
    assert not foreign.lessons.exists()


def test_a_foreign_animation_is_not_shown(signed_in, teacher):
    lesson = LessonFactory(unit__subject__owner=teacher)
    for animation in (str(RevisionFactory().animation_id), str(uuid4())):
        assert signed_in.post(f"/lessons/{lesson.pk}/items/new/", {"animation": animation}).status_code == 404
    assert signed_in.post(f"/lessons/{lesson.pk}/items/new/", {"animation": "x"}).status_code == 400
    assert not LessonItem.objects.exists()


def test_the_address_holds_the_filter_and_nonsense_in_it_counts_as_not_said(signed_in, teacher):
    LessonFactory(unit__subject__owner=teacher, title="Beats", school_year=2026)
    page = signed_in.get("/lessons/?year=2026&state=draft").content.decode()
    assert "Beats" in page
    assert '<option value="2026" selected>' in page
    assert "Beats" not in signed_in.get("/lessons/?year=2025").content.decode()
    assert signed_in.get("/lessons/?year=abc&subject=zzz&state=maybe&page=-1").status_code == 200


@pytest.mark.parametrize("back", ["//evil.example/x", "https://evil.example", "javascript:alert(1)", "/\\evil.example"])
def test_the_way_back_never_leaves_the_site(signed_in, teacher, back):
    lesson = LessonFactory(unit__subject__owner=teacher)
    answer = signed_in.post("/lessons/bulk/", {"lesson": str(lesson.pk), "action": "archive", "back": back})
    assert answer.url == "/lessons/"


def test_an_animation_is_put_into_a_lesson_from_its_own_page(signed_in, teacher):
    revision = RevisionFactory(animation__project__owner=teacher)
    LessonFactory(unit__subject__owner=teacher, title="Beats")
    page = signed_in.get(f"/lessons/pick/{revision.animation_id}/")
    assert "Beats" in page.content.decode()
    assert signed_in.get(f"/lessons/pick/{RevisionFactory().animation_id}/").status_code == 404


def test_a_newer_version_is_offered_and_never_taken_by_itself(signed_in, teacher):
    item = LessonItemFactory(lesson__unit__subject__owner=teacher)
    newer = RevisionFactory(animation=item.revision.animation, parent=item.revision)
    newer.animation.current_revision = newer
    newer.animation.save()
    page = signed_in.get(f"/lessons/{item.lesson_id}/").content.decode()
    assert "There is a newer version" in page
    signed_in.post(f"/lessons/items/{item.pk}/renew/")
    assert "There is a newer version" not in signed_in.get(f"/lessons/{item.lesson_id}/").content.decode()

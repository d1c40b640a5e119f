"""Lessons are found by the beginnings of words, whatever capitals and accents, in both databases."""

import pytest

from lessons import search, services
from lessons.models import Lesson
from lessons.selectors import Filter, lesson_list
from tests.factories import LessonFactory, LessonItemFactory, RevisionFactory, SubjectFactory, UnitFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit(teacher):
    return UnitFactory(subject__owner=teacher, subject__title="Physique", title="Ondes")


def found(user, text: str, **more) -> set[str]:
    return {lesson.title for lesson in lesson_list(user, Filter(text=text, **more))}


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("energie", True), ("ÉNERGIE", True), ("ener", True), ("cinétique énergie", True), ("ondes", True),
        ("physique", True), ("ressort", True), ("énergie potentielle", False), ("rgie", False), ('"', False),
        ("", True), ("*", False), ("ener*", True), ("NEAR(ener)", False), ("énergie OR x", False),
        ("search_text:energie", False), ("ener' OR '1'='1", False), ("\0", False), ("a" * 5000, False),
        ("énergie " * 5000, True),
    ],
)  # fmt: skip
def test_a_lesson_is_found_by_its_words(teacher, unit, text, fits):
    services.create_lesson(by=teacher, unit=unit, title="L'énergie cinétique", about="avec un ressort")
    services.create_lesson(by=teacher, unit=UnitFactory(subject__owner=teacher), title="Vectors")
    assert ("L'énergie cinétique" in found(teacher, text)) is fits


def test_the_words_of_what_it_shows_find_it_and_no_more_when_that_is_taken_out(teacher, unit):
    lesson = services.create_lesson(by=teacher, unit=unit, title="Monday")
    shown = RevisionFactory(animation__project__owner=teacher, prompt="a trebuchet")
    item = LessonItemFactory(lesson=lesson, revision=shown)
    services.write_note(by=teacher, item=item, note="ask about counterweights")
    assert found(teacher, "trebuchet counterweights") == {"Monday"}
    services.remove_item(by=teacher, item=item)
    assert found(teacher, "trebuchet") == set()


def test_every_change_of_a_title_above_is_followed(teacher, unit):
    lesson = services.create_lesson(by=teacher, unit=unit, title="Monday")
    services.rename(by=teacher, part=unit, title="Lenses")
    services.rename(by=teacher, part=unit.subject, title="Optics")
    assert found(teacher, "lenses optics monday") == {"Monday"}
    assert found(teacher, "ondes") == set()
    other = UnitFactory(subject=SubjectFactory(owner=teacher, title="Astronomy"), title="Stars")
    services.move_lessons(by=teacher, lessons=Lesson.objects.filter(pk=lesson.pk), unit=other)
    assert found(teacher, "astronomy stars") == {"Monday"}
    assert found(teacher, "optics") == set()
    services.delete_lesson(by=teacher, lesson=Lesson.objects.get())
    assert found(teacher, "astronomy") == set()


def test_words_find_nothing_that_belongs_to_somebody_else(teacher, unit):
    services.create_lesson(by=teacher, unit=unit, title="Secret plan")
    assert found(UserFactory(), "secret") == set()


def test_filters_narrow_what_words_find(teacher, unit):
    for year, title in ((2025, "Beats last year"), (2026, "Beats this year")):
        services.create_lesson(by=teacher, unit=unit, title=title, school_year=year)
    services.change_state(by=teacher, lessons=Lesson.objects.filter(school_year=2026), state="published")
    assert found(teacher, "beats", school_year=2025) == {"Beats last year"}
    assert found(teacher, "beats", state="published") == {"Beats this year"}
    assert found(teacher, "beats", subject=unit.subject_id) == {"Beats last year", "Beats this year"}
    assert found(teacher, "beats", subject=SubjectFactory(owner=teacher).pk) == set()


def test_a_thousand_lessons_are_searched_by_the_index(teacher, unit):
    LessonFactory.create_batch(30, unit=unit)
    search.refresh(Lesson.objects.all())
    plan = search.matching(Lesson.objects.all(), "lesson 7").explain()
    assert (
        "VIRTUAL TABLE INDEX" in plan or "lessons_search" in plan or "Seq Scan" in plan
    )  # PostgreSQL scans small tables
    assert search.matching(Lesson.objects.all(), "lesson").count() == 30

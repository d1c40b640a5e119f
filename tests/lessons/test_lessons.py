"""Planning: subjects, units, lessons and what they show."""

from datetime import date

import pytest

from core.errors import DomainError
from core.models import AuditEntry
from lessons import selectors, services
from lessons.models import Lesson, LessonItem, Subject, Unit
from projects import services as project_services
from projects.models import Animation
from tests.factories import (
    AnimationFactory,
    LessonFactory,
    LessonItemFactory,
    RevisionFactory,
    SubjectFactory,
    UnitFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit(teacher):
    return UnitFactory(subject__owner=teacher)


def titles(rows) -> list[str]:
    return [row.title for row in rows]


def made_animation(owner) -> Animation:
    revision = RevisionFactory(animation__project__owner=owner)
    project_services.add_revision(
        animation=revision.animation, author=owner, prompt="", template="", title="Second", storyboard={}, source="x",
        values={}, origin="edited", parent=revision,
    )  # fmt: skip
    return Animation.objects.get(pk=revision.animation_id)


def test_subjects_units_and_lessons_keep_the_order_they_were_made_in_and_every_change_is_written_down(teacher):
    subject = services.create_subject(owner=teacher, title="Physics")
    waves, motion = (services.create_unit(by=teacher, subject=subject, title=one) for one in ("Waves", "Motion"))
    for title in ("Beats", "Standing waves", "Sound"):
        services.create_lesson(by=teacher, unit=waves, title=title)
    assert titles(selectors.units_in(teacher, subject)) == ["Waves", "Motion"]
    assert titles(selectors.units_in(teacher, subject)[0].lessons.all()) == ["Beats", "Standing waves", "Sound"]
    services.shift(by=teacher, part=motion, steps=-1)
    assert titles(selectors.units_in(teacher, subject)) == ["Motion", "Waves"]
    verbs = AuditEntry.objects.order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["subject.created", *["unit.created"] * 2, *["lesson.created"] * 3, "unit.shifted"]


@pytest.mark.parametrize(("steps", "order"), [(-1, "bac"), (-9, "bac"), (1, "acb"), (2, "acb"), (0, "abc")], ids=str)
def test_a_part_moves_among_its_siblings_and_never_beyond_the_ends(teacher, unit, steps, order):
    made = {name: services.create_lesson(by=teacher, unit=unit, title=name) for name in "abc"}
    services.shift(by=teacher, part=made["b"], steps=steps)
    assert "".join(titles(unit.lessons.order_by("position"))) == order


def test_places_that_are_the_same_by_a_race_are_set_right_by_the_next_move(teacher, unit):
    for name in "abc":
        LessonFactory(unit=unit, title=name, position=0)
    services.shift(by=teacher, part=unit.lessons.get(title="c"), steps=-2)
    assert "".join(titles(unit.lessons.order_by("position"))) == "cab"
    assert list(unit.lessons.order_by("position").values_list("position", flat=True)) == [0, 1, 2]


def test_an_item_shows_the_version_that_was_the_newest_when_it_was_added(teacher, unit):
    animation = made_animation(teacher)
    lesson = services.create_lesson(by=teacher, unit=unit, title="Beats")
    item = services.add_item(by=teacher, lesson=lesson, animation=animation)
    later = project_services.add_revision(
        animation=animation, author=teacher, prompt="", template="", title="Third", storyboard={}, source="y",
        values={}, origin="edited", parent=animation.current_revision,
    )  # fmt: skip
    (shown,) = selectors.items_in(teacher, lesson)
    assert (shown.revision.number, shown.newest) == (2, 3)
    assert services.renew_item(by=teacher, item=item) == later
    (shown,) = selectors.items_in(teacher, lesson)
    assert shown.revision == later


def test_an_animation_that_a_lesson_shows_is_not_deleted_by_the_way(teacher, unit):
    item = LessonItemFactory(lesson__unit=unit, lesson__title="Beats")
    animation = item.revision.animation
    for delete, part in (("delete_animation", "animation"), ("delete_project", "project")):
        target = animation if part == "animation" else animation.project
        with pytest.raises(DomainError) as refused:
            getattr(project_services, delete)(by=teacher, **{part: target})
        assert (refused.value.code, refused.value.status) == ("in_use", 409)
        assert "Beats" in refused.value.hint
    services.remove_item(by=teacher, item=item)
    project_services.delete_animation(by=teacher, animation=animation)
    assert not Animation.objects.exists()


def test_an_account_goes_with_its_lessons_and_animations(teacher, unit):
    LessonItemFactory(lesson__unit=unit)
    teacher.delete()
    assert not Subject.objects.exists()
    assert not Animation.objects.exists()


def test_what_was_never_made_cannot_be_shown(teacher, unit):
    lesson = LessonFactory(unit=unit)
    with pytest.raises(DomainError) as refused:
        services.add_item(by=teacher, lesson=lesson, animation=AnimationFactory(project__owner=teacher))
    assert refused.value.code == "no_version"


def test_a_full_lesson_says_so(teacher, unit, monkeypatch):
    monkeypatch.setattr(services, "MOST_ITEMS", 1)
    lesson, animation = LessonFactory(unit=unit), made_animation(teacher)
    services.add_item(by=teacher, lesson=lesson, animation=animation)
    with pytest.raises(DomainError) as refused:
        services.add_item(by=teacher, lesson=lesson, animation=animation)
    assert refused.value.code == "lesson_full"


def test_lessons_move_together_and_keep_their_order(teacher, unit):
    other = UnitFactory(subject=unit.subject)
    services.create_lesson(by=teacher, unit=other, title="there before")
    for name in "abc":
        services.create_lesson(by=teacher, unit=unit, title=name)
    chosen = services.chosen(teacher, list(unit.lessons.exclude(title="b").values_list("pk", flat=True)))
    assert services.move_lessons(by=teacher, lessons=chosen, unit=other) == 2
    assert titles(other.lessons.order_by("position")) == ["there before", "a", "c"]
    assert titles(unit.lessons.all()) == ["b"]


def test_a_copy_is_a_draft_with_the_same_items_and_the_original_stays(teacher, unit):
    lesson = services.create_lesson(by=teacher, unit=unit, title="x" * 160, about="Ask first", due=date(2026, 12, 1))
    services.change_state(by=teacher, lessons=Lesson.objects.all(), state="published")
    services.add_item(by=teacher, lesson=lesson, animation=made_animation(teacher), note="pause here")
    copy = services.duplicate_lesson(by=teacher, lesson=lesson)
    assert (copy.state, copy.due, copy.about) == ("draft", None, "Ask first")
    assert len(copy.title) <= 160
    assert copy.title.endswith("(copy)")
    assert [item.note for item in copy.items.all()] == ["pause here"]
    lesson.refresh_from_db()
    assert (lesson.state, lesson.items.count()) == ("published", 1)


def test_archived_lessons_leave_the_lists_and_come_back_where_they_were(teacher, unit):
    made = [services.create_lesson(by=teacher, unit=unit, title=name) for name in "abc"]
    one = Lesson.objects.filter(pk=made[1].pk)
    assert services.archive(by=teacher, lessons=one) == 1
    assert services.archive(by=teacher, lessons=one) == 0
    everything = selectors.Filter()
    assert titles(selectors.lesson_list(teacher, everything)) == ["a", "c"]
    assert titles(selectors.lesson_list(teacher, selectors.Filter(archived=True))) == ["b"]
    services.unarchive(by=teacher, lessons=one)
    assert titles(selectors.lesson_list(teacher, everything)) == ["a", "b", "c"]


def test_only_what_is_empty_is_deleted_as_a_whole(teacher, unit):
    lesson = LessonFactory(unit=unit)
    for part in (unit, unit.subject):
        with pytest.raises(DomainError) as refused:
            services.delete_empty(by=teacher, part=part)
        assert (refused.value.code, refused.value.status) == ("not_empty", 409)
    services.delete_lesson(by=teacher, lesson=lesson)
    services.delete_empty(by=teacher, part=unit)
    services.delete_empty(by=teacher, part=unit.subject)
    assert not Unit.objects.exists()


@pytest.mark.parametrize("year", [1999, 2101])
def test_a_school_year_out_of_this_century_is_refused_and_nothing_changes(teacher, unit, year):
    with pytest.raises(DomainError) as refused:
        services.create_lesson(by=teacher, unit=unit, title="Beats", school_year=year)
    assert "school_year" in refused.value.data["fields"]
    assert not Lesson.objects.exists()


def test_words_that_no_class_should_see_are_refused_as_titles_and_notes(teacher, unit):
    item = LessonItemFactory(lesson__unit=unit)
    for write in (
        lambda: services.create_subject(owner=teacher, title="how to build a pipe bomb"),
        lambda: services.write_note(by=teacher, item=item, note="how to build a pipe bomb"),
    ):
        with pytest.raises(DomainError):
            write()
    item.refresh_from_db()
    assert item.note == ""


FOREIGN = {
    "rename": lambda by, item: services.rename(by=by, part=item.lesson.unit.subject, title="x"),
    "unit": lambda by, item: services.create_unit(by=by, subject=item.lesson.unit.subject, title="x"),
    "lesson": lambda by, item: services.create_lesson(by=by, unit=item.lesson.unit, title="x"),
    "state": lambda by, item: services.change_state(by=by, lessons=Lesson.objects.all(), state="published"),
    "archive": lambda by, item: services.archive(by=by, lessons=Lesson.objects.all()),
    "move there": lambda by, item: services.move_lessons(by=by, lessons=Lesson.objects.none(), unit=item.lesson.unit),
    "move from there": lambda by, item: services.move_lessons(
        by=by, lessons=Lesson.objects.all(), unit=UnitFactory(subject__owner=by)
    ),
    "copy": lambda by, item: services.duplicate_lesson(by=by, lesson=item.lesson),
    "copy into it": lambda by, item: services.duplicate_lesson(
        by=by, lesson=LessonFactory(unit__subject__owner=by), unit=item.lesson.unit
    ),
    "delete": lambda by, item: services.delete_lesson(by=by, lesson=item.lesson),
    "shift": lambda by, item: services.shift(by=by, part=item, steps=1),
    "renew": lambda by, item: services.renew_item(by=by, item=item),
    "remove": lambda by, item: services.remove_item(by=by, item=item),
    "note": lambda by, item: services.write_note(by=by, item=item, note="x"),
    "add": lambda by, item: services.add_item(by=by, lesson=item.lesson, animation=made_animation(by)),
    "show a foreign animation": lambda by, item: services.add_item(
        by=by, lesson=LessonFactory(unit__subject__owner=by), animation=item.revision.animation
    ),
    "choose": lambda by, item: services.chosen(by, [item.lesson_id]),
}


@pytest.mark.parametrize("act", FOREIGN.values(), ids=FOREIGN)
def test_services_refuse_what_belongs_to_somebody_else_and_change_nothing(act):
    item = LessonItemFactory()
    before = (Lesson.objects.values().get(), LessonItem.objects.values().get(), Subject.objects.values().get())
    stranger = UserFactory(is_staff=True, is_superuser=True)
    with pytest.raises(DomainError) as refused:
        act(stranger, item)
    assert (refused.value.code, refused.value.status) == ("not_found", 404)
    lesson = Lesson.objects.values().get(pk=item.lesson_id)
    after = (lesson, LessonItem.objects.values().get(), Subject.objects.values().get(pk=item.lesson.unit.subject_id))
    assert after == before


def test_a_choice_of_lessons_is_neither_empty_nor_without_end(teacher):
    for ids in ([], [LessonFactory().pk] * (services.MOST_AT_ONCE + 1)):
        with pytest.raises(DomainError) as refused:
            services.chosen(teacher, ids)
        assert refused.value.code == "invalid"


@pytest.mark.parametrize("size", [1, 60])
def test_pages_need_few_queries_at_any_size(teacher, client, django_assert_max_num_queries, size):
    subject = SubjectFactory(owner=teacher)
    for _ in range(3):
        unit = UnitFactory(subject=subject)
        LessonFactory.create_batch(size, unit=unit)
    lesson = Lesson.objects.first()
    LessonItemFactory.create_batch(min(size, 12), lesson=lesson)
    client.force_login(teacher)
    for path in ("/lessons/", "/lessons/?state=draft", f"/lessons/subjects/{subject.pk}/", f"/lessons/{lesson.pk}/"):
        with django_assert_max_num_queries(11):  # session and user included
            assert client.get(path).status_code == 200

"""Every change to subjects, units, lessons and what lessons show, each with its audit entry."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from core import audit
from core.errors import DomainError
from lessons import ordering, search, selectors
from lessons.models import ClassroomMember, Lesson, LessonItem, Role, Subject, Unit
from lessons.permissions import Part, not_found, not_yours, require_edit, require_own
from projects.models import Animation, Revision
from projects.selectors import animations_owned_by, revisions_editable_by
from projects.titles import clean_title, one_line, require_fit

MOST_ITEMS = 60  # of one lesson; more no class sits through, and the page stays quick
MOST_AT_ONCE = 500  # lessons of one bulk action


# --- Subjects and units --------------------------------------------------------------------------
@transaction.atomic
def create_subject(*, owner: User, title: str) -> Subject:
    """Make a subject, the last of its owner's. Raises DomainError "title"."""
    place = ordering.next_place(Subject.objects.filter(owner=owner))
    subject = Subject.objects.create(owner=owner, title=_title(title, Subject), position=place)
    audit.record("subject.created", actor=owner, target=subject)
    return subject


@transaction.atomic
def create_unit(*, by: User, subject: Subject, title: str) -> Unit:
    """Make a unit, the last of its subject. Raises DomainError "not_found" or "title"."""
    require_edit(by, subject)
    place = ordering.next_place(Unit.objects.filter(subject=subject))
    unit = Unit.objects.create(subject=subject, title=_title(title, Unit), position=place)
    audit.record("unit.created", actor=by, target=unit)
    return unit


@transaction.atomic
def rename(*, by: User, part: Subject | Unit, title: str) -> None:
    """Give a subject or unit another title. Raises DomainError "not_found" or "title"."""
    require_edit(by, part)
    part.title = _title(title, type(part))
    part.save(update_fields=["title", "updated"])
    inside = {"unit__subject": part} if isinstance(part, Subject) else {"unit": part}
    search.refresh(Lesson.objects.filter(**inside))
    audit.record(f"{_name(part)}.renamed", actor=by, target=part)


@transaction.atomic
def delete_empty(*, by: User, part: Subject | Unit) -> None:
    """Delete a subject or unit that holds nothing. Raises DomainError "not_found" or "not_empty"."""
    require_edit(by, part)
    inside = part.units.count() if isinstance(part, Subject) else part.lessons.count()
    if inside:
        raise DomainError(
            "not_empty",
            _("“%(title)s” is not empty.") % {"title": part.title},
            status=409,
            hint=_("Move or delete what is in it first, archived lessons too."),
        )
    audit.record(f"{_name(part)}.deleted", actor=by, target=part)
    part.delete()


@transaction.atomic
def shift(*, by: User, part: Subject | Unit | Lesson | LessonItem, steps: int) -> None:
    """Move a part among its siblings: -1 is one place up, 1 one down; beyond the ends nothing moves.

    Raises DomainError "not_found" or, for a co-teacher where it is not an item, "not_yours".
    """
    require_edit(by, part) if isinstance(part, LessonItem) else require_own(by, part)
    ordering.move(_siblings(part).select_for_update(), part, steps)
    audit.record(f"{_name(part)}.shifted", actor=by, target=part, data={"steps": steps})


@transaction.atomic
def hand_over_work(*, by: User, leaver: User, heir: User) -> int:
    """Give all subjects and classrooms of one account to another; the caller has checked that she may. Return how many.

    Subjects go behind the heir's own. Where she is in a classroom already she becomes its owner.
    """
    place = ordering.next_place(Subject.objects.filter(owner=heir))
    subjects = list(Subject.objects.filter(owner=leaver))
    for offset, subject in enumerate(subjects):
        subject.owner, subject.position = heir, place + offset
        audit.record("subject.handed_over", actor=by, target=subject, data={"to": str(heir.pk)})
    Subject.objects.bulk_update(subjects, ["owner", "position"])
    owned = ClassroomMember.objects.filter(user=leaver, role=Role.OWNER).select_related("classroom")
    rooms = [member.classroom for member in owned]
    ClassroomMember.objects.filter(user=heir, classroom__in=rooms).delete()
    owned.update(user=heir)
    for room in rooms:
        audit.record("classroom.handed_over", actor=by, target=room, data={"user": str(heir.pk)})
    return len(subjects) + len(rooms)


# --- Lessons -------------------------------------------------------------------------------------
@transaction.atomic
def create_lesson(
    *, by: User, unit: Unit, title: str, about: str = "", school_year: int | None = None, due: date | None = None
) -> Lesson:
    """Make a lesson, the last of its unit. Raises DomainError "not_found", "title" or "invalid"."""
    require_edit(by, unit)
    place = ordering.next_place(Lesson.objects.filter(unit=unit))
    lesson = Lesson(unit=unit, title=_title(title, Lesson), position=place)
    _write_facts(lesson, about=about, school_year=school_year, due=due)
    lesson.save(force_insert=True)
    search.refresh([lesson])
    audit.record("lesson.created", actor=by, target=lesson)
    return lesson


@transaction.atomic
def update_lesson(
    *, by: User, lesson: Lesson, title: str, about: str, school_year: int | None, due: date | None
) -> Lesson:
    """Write a lesson's title, notes, year and day anew. Raises DomainError "not_found", "title" or "invalid"."""
    require_edit(by, lesson)
    lesson.title = _title(title, Lesson)
    _write_facts(lesson, about=about, school_year=school_year, due=due)
    lesson.save(update_fields=["title", "about", "school_year", "due", "updated"])
    search.refresh([lesson])
    audit.record("lesson.updated", actor=by, target=lesson)
    return lesson


@transaction.atomic
def change_state(*, by: User, lessons: QuerySet[Lesson], state: str) -> int:
    """Publish lessons or make them drafts again; return how many changed."""
    verb = f"lesson.{Lesson.State(state)}"
    return _change(by, lessons.exclude(state=state), verb, require=require_edit, state=Lesson.State(state))


@transaction.atomic
def archive(*, by: User, lessons: QuerySet[Lesson]) -> int:
    """Put lessons out of sight; they stay readable. Returns how many were moved."""
    return _change(by, lessons.filter(archived__isnull=True), "lesson.archived", archived=timezone.now())


@transaction.atomic
def unarchive(*, by: User, lessons: QuerySet[Lesson]) -> int:
    """Bring archived lessons back where they were. Returns how many."""
    return _change(by, lessons.filter(archived__isnull=False), "lesson.unarchived", archived=None)


@transaction.atomic
def move_lessons(*, by: User, lessons: QuerySet[Lesson], unit: Unit) -> int:
    """Put lessons at the end of a unit, in the order they have; those already in it stay. Returns how many moved.

    Raises DomainError "not_found" where the unit or one of the lessons belongs to somebody else.
    """
    require_edit(by, unit)
    moved = _locked(by, lessons.exclude(unit=unit), require_own)
    place = ordering.next_place(Lesson.objects.filter(unit=unit))
    for number, lesson in enumerate(moved):
        lesson.unit, lesson.position = unit, place + number
        audit.record("lesson.moved", actor=by, target=lesson, data={"unit": str(unit.pk)})
    Lesson.objects.bulk_update(moved, ["unit", "position"])
    search.refresh(moved)
    return len(moved)


@transaction.atomic
def duplicate_lesson(*, by: User, lesson: Lesson, unit: Unit | None = None) -> Lesson:
    """Make a draft with the same notes and items, without day and year; the original stays. Raises "not_found"."""
    require_edit(by, lesson)
    if unit is None:
        require_own(by, lesson)
    room = (Lesson._meta.get_field("title").max_length or 0) - len(_("%(title)s (copy)") % {"title": ""})
    copy = create_lesson(
        by=by,
        unit=unit or lesson.unit,
        title=_("%(title)s (copy)") % {"title": lesson.title[:room].rstrip()},
        about=lesson.about,
    )
    items = LessonItem.objects.filter(lesson=lesson)
    LessonItem.objects.bulk_create(
        LessonItem(lesson=copy, revision_id=item.revision_id, note=item.note, position=item.position) for item in items
    )
    search.refresh([copy])
    return copy


@transaction.atomic
def delete_lesson(*, by: User, lesson: Lesson) -> None:
    """Delete a lesson; its animations stay in their projects. Raises DomainError "not_found"."""
    require_own(by, lesson)
    audit.record("lesson.deleted", actor=by, target=lesson)
    lesson.delete()


# --- What a lesson shows -------------------------------------------------------------------------
@transaction.atomic
def add_item(*, by: User, lesson: Lesson, animation: Animation, note: str = "") -> LessonItem:
    """Show an animation in a lesson, as it is now, after what is there.

    Raises DomainError "not_found", "no_version" for an animation that was never made, "lesson_full" or "title" for a
    note that may not be shown.
    """
    require_edit(by, lesson)
    Lesson.objects.select_for_update().get(pk=lesson.pk)  # two at once count one another
    shown = animations_owned_by(by).filter(pk=animation.pk).first()
    if shown is None:
        raise not_found()
    if shown.current_revision is None:
        raise DomainError(
            "no_version",
            _("“%(title)s” has no version to show yet.") % {"title": shown.title},
            status=409,
            hint=_("Wait until it is made, or make it again."),
        )
    _require_room(lesson)
    item = LessonItem.objects.create(
        lesson=lesson,
        revision=shown.current_revision,
        note=_note(note),
        position=ordering.next_place(LessonItem.objects.filter(lesson=lesson)),
    )
    _touched(lesson)
    audit.record("lesson_item.added", actor=by, target=item, data={"lesson": str(lesson.pk)})
    return item


@transaction.atomic
def write_note(*, by: User, item: LessonItem, note: str) -> None:
    """Write a line to an item. Raises DomainError "not_found" or "title"."""
    require_edit(by, item)
    item.note = _note(note)
    item.save(update_fields=["note", "updated"])
    _touched(item.lesson)
    audit.record("lesson_item.noted", actor=by, target=item)


@transaction.atomic
def renew_item(*, by: User, item: LessonItem) -> Revision:
    """Show the newest version of the item's animation from now on. Raises DomainError "not_found" or "not_yours"."""
    require_edit(by, item)
    if item.revision.animation.project.owner_id != by.pk:
        raise not_yours()  # what she has not given away yet is for her to give
    newest = revisions_editable_by(by).filter(animation=item.revision.animation_id).order_by("-number").first()
    if newest is None:
        raise not_found()
    item.revision = newest
    item.save(update_fields=["revision", "updated"])
    _touched(item.lesson)
    audit.record("lesson_item.renewed", actor=by, target=item, data={"number": newest.number})
    return newest


@transaction.atomic
def remove_item(*, by: User, item: LessonItem) -> None:
    """Take an animation out of a lesson; it stays in its project. Raises DomainError "not_found"."""
    require_edit(by, item)
    audit.record("lesson_item.removed", actor=by, target=item, data={"lesson": str(item.lesson_id)})
    item.delete()
    _touched(item.lesson)


# --- Rules ---------------------------------------------------------------------------------------
def chosen(user: Any, ids: Sequence[UUID]) -> QuerySet[Lesson]:
    """Return the lessons of a bulk action. Raises DomainError "not_found" where one is not there for `user`, "invalid"
    for none or more than `MOST_AT_ONCE`."""
    if not ids or len(ids) > MOST_AT_ONCE:
        raise DomainError(
            "invalid",
            _("Choose at least one lesson.")
            if not ids
            else ngettext("Choose at most %(most)d lesson.", "Choose at most %(most)d lessons.", MOST_AT_ONCE)
            % {"most": MOST_AT_ONCE},
        )
    lessons = selectors.lessons_owned_by(user).filter(pk__in=ids)
    if lessons.count() != len(set(ids)):
        raise not_found()
    return lessons


def _change(
    by: User, lessons: QuerySet[Lesson], verb: str, *, require: Callable[[Any, Part], None] = require_own, **facts: Any
) -> int:
    changed = _locked(by, lessons, require)
    now = timezone.now()
    Lesson.objects.filter(pk__in=[lesson.pk for lesson in changed]).update(updated=now, **facts)
    for lesson in changed:
        audit.record(verb, actor=by, target=lesson)
    return len(changed)


def _locked(by: User, lessons: QuerySet[Lesson], require: Callable[[Any, Part], None]) -> list[Lesson]:
    """Lock the lessons and check each. Raises what `require` raises."""
    found = list(lessons.select_for_update(of=("self",)).order_by("position", "created"))
    for lesson in found:
        require(by, lesson)
    return found


def _siblings(part: Model) -> QuerySet[Any]:
    match part:
        case Subject():
            return Subject.objects.filter(owner=part.owner_id)
        case Unit():
            return Unit.objects.filter(subject=part.subject_id)
        case Lesson():
            return Lesson.objects.filter(unit=part.unit_id)
        case LessonItem():
            return LessonItem.objects.filter(lesson=part.lesson_id)
    raise TypeError(f"{type(part).__name__} has no siblings.")


def _require_room(lesson: Lesson) -> None:
    if LessonItem.objects.filter(lesson=lesson).count() >= MOST_ITEMS:
        raise DomainError(
            "lesson_full",
            _("This lesson is full: it shows %(most)d animations.") % {"most": MOST_ITEMS},
            status=409,
            hint=_("Make a second lesson for the rest."),
        )


def _touched(lesson: Lesson) -> None:
    lesson.save(update_fields=["updated"])
    search.refresh([lesson])


def _write_facts(lesson: Lesson, *, about: str, school_year: int | None, due: date | None) -> None:
    lesson.about = about.replace("\0", "").strip()
    lesson.school_year, lesson.due = school_year, due
    require_fit(lesson.about)
    try:
        lesson.clean_fields(exclude=["unit", "title", "search_text"])
    except ValidationError as error:
        fields = error.message_dict
        raise DomainError("invalid", next(iter(fields.values()))[0], data={"fields": fields}) from error


def _title(title: str, model: type[Model]) -> str:
    return clean_title(title, getattr(model._meta.get_field("title"), "max_length", 0))


def _note(note: str) -> str:
    return one_line(note, getattr(LessonItem._meta.get_field("note"), "max_length", 0))


def _name(part: Model) -> str:
    return str(part._meta.model_name)

"""What somebody may see of subjects, units and lessons. Every page starts from one of these querysets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Model, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from lessons import search
from lessons.models import Classroom, ClassroomLesson, ClassroomMember, Lesson, LessonItem, Role, Subject, Unit
from lessons.permissions import TEACHERS
from projects.models import Artefact
from projects.selectors import variants_for


@dataclass(frozen=True, slots=True)
class Filter:
    """Which lessons a list shows. `archived` lists those put away instead of the others."""

    text: str = ""
    subject: UUID | None = None
    state: str = ""
    school_year: int | None = None
    archived: bool = False

    @property
    def is_set(self) -> bool:
        """Whether anything was asked for beyond all lessons."""
        return bool(self.text or self.subject or self.state or self.school_year or self.archived)


def subjects_visible_to(user: Any) -> QuerySet[Subject]:
    """Subjects `user` may see."""
    return Subject.objects.filter(owner=user) if _may_see_anything(user) else Subject.objects.none()


def units_visible_to(user: Any) -> QuerySet[Unit]:
    """Units `user` may see, with their subject."""
    visible = Unit.objects.filter(subject__owner=user) if _may_see_anything(user) else Unit.objects.none()
    return visible.select_related("subject")


def lessons_owned_by(user: Any) -> QuerySet[Lesson]:
    """Lessons of the user's own units, with unit and subject; archived ones included."""
    return _lessons(user, Q(unit__subject__owner=user.pk))


def lessons_editable_by(user: Any) -> QuerySet[Lesson]:
    """Her own, and those that hang in a classroom where she teaches."""
    return _lessons(user, Q(unit__subject__owner=user.pk) | Q(pk__in=_hung(user, TEACHERS)))


def lessons_visible_to(user: Any) -> QuerySet[Lesson]:
    """Those she may change, and what the classrooms that she only watches have published."""
    watched = Q(pk__in=_hung(user, [Role.VIEWER]), state=Lesson.State.PUBLISHED, archived__isnull=True)
    return _lessons(user, Q(unit__subject__owner=user.pk) | Q(pk__in=_hung(user, TEACHERS)) | watched)


def items_editable_by(user: Any) -> QuerySet[LessonItem]:
    """Items of lessons that `user` may change."""
    items = LessonItem.objects.filter(lesson__in=lessons_editable_by(user).values("pk"))
    return items.select_related("lesson__unit__subject", "revision__animation__project")


def classrooms_visible_to(user: Any) -> QuerySet[Classroom]:
    """Classrooms `user` is in, archived ones included."""
    return Classroom.objects.filter(members__user=user) if _may_see_anything(user) else Classroom.objects.none()


def classroom_list(user: Any) -> QuerySet[Classroom, Any]:
    """Classrooms for a list page, each with `lesson_count`, `member_count` and the user's `role`."""
    own = ClassroomMember.objects.filter(classroom=OuterRef("pk"), user=user.pk)
    return classrooms_visible_to(user).annotate(
        lesson_count=_count(ClassroomLesson),
        member_count=_count(ClassroomMember),
        role=Subquery(own.values("role")[:1]),
    )


def _count(model: type[Model]) -> Coalesce:
    rows = model._default_manager.filter(classroom=OuterRef("pk")).order_by().values("classroom")
    return Coalesce(Subquery(rows.annotate(rows=Count("pk")).values("rows")), 0)


def hung_in(user: Any, classroom: Classroom) -> QuerySet[ClassroomLesson]:
    """What hangs in a classroom and `user` may see, in order, each with its lesson and whose it is."""
    return hung_visible_to(user).filter(classroom=classroom).order_by("position", "created")


def hung_visible_to(user: Any) -> QuerySet[ClassroomLesson]:
    """Lessons in the classrooms of `user`: where she only watches, the published ones."""
    hung = ClassroomLesson.objects.filter(classroom__in=classrooms_visible_to(user).values("pk"))
    teaches = Q(classroom__in=_taught(user))
    published = Q(lesson__state=Lesson.State.PUBLISHED, lesson__archived__isnull=True)
    shown = hung.filter(teaches | published).select_related("classroom", "lesson__unit__subject__owner")
    return shown.defer("lesson__search_text")


def lessons_to_hang(user: Any, classroom: Classroom) -> QuerySet[Lesson]:
    """The user's own lessons that do not hang in the classroom yet, those changed last first."""
    return lessons_owned_by(user).filter(archived__isnull=True).exclude(hung__classroom=classroom).order_by("-updated")


def _taught(user: Any) -> QuerySet[ClassroomMember, Any]:
    mine = ClassroomMember.objects.filter(user=user.pk, role__in=TEACHERS)
    return mine.order_by().values("classroom")


def _lessons(user: Any, which: Q) -> QuerySet[Lesson]:
    visible = Lesson.objects.filter(which) if _may_see_anything(user) else Lesson.objects.none()
    return visible.select_related("unit__subject").defer("search_text")


def _hung(user: Any, roles: Sequence[str]) -> QuerySet[ClassroomLesson, Any]:
    mine = {"classroom__members__user": user.pk, "classroom__members__role__in": roles}
    return ClassroomLesson.objects.filter(**mine).order_by().values("lesson")


def subject_list(user: Any) -> QuerySet[Subject]:
    """Subjects in their order, each with `lesson_count` (open ones) and `unit_count`."""
    return subjects_visible_to(user).annotate(
        unit_count=Count("units", distinct=True),
        lesson_count=Count("units__lessons", filter=Q(units__lessons__archived__isnull=True), distinct=True),
    )


def lesson_list(user: Any, wanted: Filter) -> QuerySet[Lesson]:
    """Lessons for a list page: subject by subject, unit by unit, each with `item_count`."""
    lessons = lessons_owned_by(user).filter(archived__isnull=not wanted.archived)
    if wanted.subject:
        lessons = lessons.filter(unit__subject=wanted.subject)
    if wanted.state:
        lessons = lessons.filter(state=wanted.state)
    if wanted.school_year:
        lessons = lessons.filter(school_year=wanted.school_year)
    if wanted.text:
        lessons = search.matching(lessons, wanted.text)
    order = ("unit__subject__position", "unit__subject__created", "unit__position", "unit__created")
    return lessons.annotate(item_count=Count("items")).order_by(*order, "position", "created")


def units_in(user: Any, subject: Subject) -> QuerySet[Unit]:
    """Units of a subject in their order, each with its open lessons, each of those with `item_count`."""
    lessons = (
        Lesson.objects.filter(archived__isnull=True).annotate(item_count=Count("items")).order_by("position", "created")
    )
    return units_visible_to(user).filter(subject=subject).prefetch_related(Prefetch("lessons", lessons))


def unit_choices(user: Any) -> QuerySet[Unit]:
    """Every unit a lesson may be moved to, with its subject."""
    return units_visible_to(user).order_by("subject__position", "subject__created", "position", "created")


def items_in(user: Any, lesson: Lesson) -> QuerySet[LessonItem]:
    """What a lesson shows, in order: each with its revision, the pictures and videos of it, and `newest` (a number)."""
    shown = variants_for(user, Artefact.objects.filter(kind__in=[Artefact.Kind.POSTER, Artefact.Kind.VIDEO]))
    return (
        LessonItem.objects.filter(lesson=lesson, lesson__in=lessons_visible_to(user).values("pk"))
        .select_related("revision__animation__project")
        .defer("revision__source", "revision__storyboard")
        .annotate(newest=F("revision__animation__current_revision__number"))
        .prefetch_related(Prefetch("revision__artefacts", shown, to_attr="shown"))
        .order_by("position", "created")
    )


def school_years(user: Any) -> list[int]:
    """The school years that lessons of `user` have, newest first."""
    years = lessons_owned_by(user).exclude(school_year=None).order_by().values_list("school_year", flat=True)
    return sorted({year for year in years.distinct() if year}, reverse=True)


def _may_see_anything(user: Any) -> bool:
    return bool(user.is_authenticated and user.is_active)

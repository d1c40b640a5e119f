"""Curricula brought in, lessons tagged with their standards, and what of a curriculum is covered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import Membership, User
from core import audit
from core.errors import DomainError
from lessons import search
from lessons.case import Package
from lessons.models import Lesson
from lessons.permissions import not_found, require_edit
from lessons.selectors import lessons_owned_by
from lessons.standard_models import Framework, LessonStandard, Standard

MOST_TAGS = 60  # of one lesson


# --- Who may see ---------------------------------------------------------------------------------
def frameworks_visible_to(user: Any) -> QuerySet[Framework]:
    """Her own, and those of colleagues at her schools."""
    if not (user.is_authenticated and user.is_active):
        return Framework.objects.none()
    schools = Membership.objects.filter(user=user).values("organisation")
    colleagues = Membership.objects.filter(organisation__in=schools).values("user")
    return Framework.objects.filter(Q(owner=user) | Q(owner__in=colleagues))


# --- Bringing in ---------------------------------------------------------------------------------
@transaction.atomic
def bring_in(*, by: User, package: Package) -> Framework:
    """Store a curriculum, or bring the one of the same identifier up to date: tags of lessons stay.

    A standard that is gone stays, marked as retired, while a lesson names it.
    """
    facts = {
        name: getattr(package, name) for name in ("title", "publisher", "language", "edition", "licence", "address")
    }
    framework, _made = Framework.objects.update_or_create(owner=by, case_id=package.case_id, defaults=facts)
    known = {standard.case_id: standard for standard in framework.standards.all()}
    stored: dict[str, Standard] = {}
    for place, item in enumerate(package.items):
        standard = known.get(item.case_id) or Standard(framework=framework, case_id=item.case_id)
        standard.code, standard.statement, standard.level = item.code, item.statement, item.level
        standard.position, standard.retired = place, False
        standard.parent = stored.get(item.parent)
        stored[item.case_id] = standard
    new = [standard for key, standard in stored.items() if key not in known]
    Standard.objects.bulk_create(new, batch_size=500)
    fields = ["code", "statement", "level", "position", "retired", "parent"]
    Standard.objects.bulk_update([stored[key] for key in stored if key in known], fields, batch_size=200)
    gone = framework.standards.filter(pk__in=[one.pk for key, one in known.items() if key not in stored])
    used = Exists(LessonStandard.objects.filter(standard=OuterRef("pk")))
    gone.filter(used).update(retired=True, parent=None)
    gone.filter(~used).delete()
    audit.record("framework.brought_in", actor=by, target=framework, data={"standards": len(stored)})
    return framework


@transaction.atomic
def remove(*, by: User, framework: Framework) -> None:
    """Delete a curriculum with its tags. Raises DomainError "not_found", and "in_use" while others' lessons name it."""
    if framework.owner_id != by.pk:
        raise not_found()
    others = LessonStandard.objects.filter(standard__framework=framework).exclude(lesson__unit__subject__owner=by)
    if others.exists():
        raise DomainError(
            "in_use",
            _("Lessons of colleagues name standards of this curriculum."),
            status=409,
            hint=_("Ask them to take those out first."),
        )
    lessons = list(Lesson.objects.filter(tags__standard__framework=framework).distinct())
    audit.record("framework.removed", actor=by, target=framework)
    framework.delete()
    search.refresh(lessons)


# --- Tagging -------------------------------------------------------------------------------------
def found(user: Any, text: str) -> list[Standard]:
    """Return standards by their codes, with commas or spaces between them. Raises DomainError "standard" for others."""
    codes = [code for code in text.replace(",", " ").replace(";", " ").split() if code]
    if not codes:
        raise DomainError("standard", _("Type the code of a standard."), hint=_("For example HSF-IF.C.7."))
    visible = Standard.objects.filter(framework__in=frameworks_visible_to(user).values("pk"), retired=False)
    result: list[Standard] = []
    missing = []
    for code in codes:
        one = visible.filter(code__iexact=code).select_related("framework").order_by("framework__created").first()
        if one is None:
            missing.append(code)
        else:
            result.append(one)
    if missing:
        raise DomainError(
            "standard",
            _("No curriculum here has %(codes)s.") % {"codes": ", ".join(missing)},
            status=422,
            hint=_("Check the code, or bring the curriculum in first."),
        )
    return result


@transaction.atomic
def tag(*, by: User, lesson: Lesson, standards: Sequence[Standard]) -> None:
    """Say that a lesson works towards standards. Raises DomainError "not_found" or "too_many"."""
    require_edit(by, lesson)
    Lesson.objects.select_for_update().get(pk=lesson.pk)  # so that two at once cannot pass the limit
    known = set(lesson.tags.values_list("standard", flat=True))
    fresh = [standard for standard in standards if standard.pk not in known]
    if len(known) + len(fresh) > MOST_TAGS:
        raise DomainError(
            "too_many",
            _("A lesson works towards at most %(count)d standards.") % {"count": MOST_TAGS},
            status=422,
            hint=_("Take some out first."),
        )
    LessonStandard.objects.bulk_create(
        [LessonStandard(lesson=lesson, standard=standard) for standard in fresh], ignore_conflicts=True
    )
    search.refresh([lesson])
    audit.record("lesson.tagged", actor=by, target=lesson, data={"standards": [str(one.pk) for one in fresh]})


@transaction.atomic
def untag(*, by: User, lesson: Lesson, standard_id: UUID) -> None:
    """Take a standard out of a lesson; one that is not in it changes nothing."""
    require_edit(by, lesson)
    lesson.tags.filter(standard=standard_id).delete()
    search.refresh([lesson])
    audit.record("lesson.untagged", actor=by, target=lesson, data={"standard": str(standard_id)})


def tags_of(lesson: Lesson) -> QuerySet[LessonStandard]:
    """Return what a lesson works towards, framework by framework."""
    tags = lesson.tags.select_related("standard__framework")
    return tags.order_by("standard__framework__title", "standard__position")


# --- Coverage ------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Row:
    """A standard in the report: how deep it lies, and how many lessons work towards it."""

    standard: Standard
    depth: int
    published: int
    drafts: int
    is_leaf: bool

    @property
    def state(self) -> str:
        """Whether it is covered (a published lesson), planned (drafts only) or open."""
        return "covered" if self.published else "planned" if self.drafts else "open"


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of a curriculum somebody's lessons work towards. Counts are of standards without others below them."""

    rows: Sequence[Row]
    covered: int
    planned: int
    open: int

    @property
    def percent(self) -> int:
        """Share of standards that a published lesson works towards."""
        whole = self.covered + self.planned + self.open
        return round(100 * self.covered / whole) if whole else 0


def coverage(user: Any, framework: Framework, *, subject: UUID | None = None, year: int | None = None) -> Coverage:
    """Report what the user's own lessons cover; of one subject or school year where one is named."""
    lessons = lessons_owned_by(user).filter(archived__isnull=True)
    if subject is not None:
        lessons = lessons.filter(unit__subject=subject)
    if year is not None:
        lessons = lessons.filter(school_year=year)
    mine = Q(tags__lesson__in=lessons.order_by().values("pk"))
    standards = list(
        framework.standards.annotate(
            published=Count("tags", filter=mine & Q(tags__lesson__state=Lesson.State.PUBLISHED)),
            drafts=Count("tags", filter=mine & Q(tags__lesson__state=Lesson.State.DRAFT)),
        ).order_by("position")
    )
    return _report(standards)


def _report(standards: Sequence[Any]) -> Coverage:
    parents = {standard.parent_id for standard in standards}
    depths: dict[Any, int] = {None: -1}
    rows = []
    for standard in standards:
        depths[standard.pk] = depths.get(standard.parent_id, -1) + 1
        leaf = standard.pk not in parents
        rows.append(Row(standard, depths[standard.pk], standard.published, standard.drafts, leaf))
    states = [row.state for row in rows if row.is_leaf]
    return Coverage(rows, states.count("covered"), states.count("planned"), states.count("open"))


def csv_rows(report: Coverage) -> Iterator[Sequence[Any]]:
    """Yield the report for a spreadsheet, without its header."""
    for row in report.rows:
        one = row.standard
        yield one.code, one.statement, one.level, row.published, row.drafts, one.case_id

"""What somebody sees who watches a lesson of a classroom, with an account or behind a class link."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse

from generation.signing import artefact_path, file_name
from generation.watching import PLAYED, Showing, showing
from lessons.models import Lesson, LessonItem
from lessons.selectors import lessons_visible_to
from projects.models import Artefact
from projects.selectors import variants_for


@dataclass(frozen=True, slots=True)
class Watched:
    """An item of a lesson with what it shows."""

    item: LessonItem
    showing: Showing


def watched(user: Any, lesson: Lesson) -> list[Watched]:
    """Return what the lesson shows, in order; nothing where `user` may not see it."""
    items = LessonItem.objects.filter(lesson=lesson, lesson__in=lessons_visible_to(user).values("pk"))
    return _watched(items, lambda artefact: artefact_path(artefact, user, inline=True), user)


def watched_behind(token: str, lesson: Lesson) -> list[Watched]:
    """Return what a lesson shows to whoever has the class link; whoever calls has found the lesson behind it."""

    def address(artefact: Artefact) -> str:
        path = reverse("class_file", args=[token, artefact.pk, file_name(artefact)])
        return f"{path}?inline=1"

    return _watched(LessonItem.objects.filter(lesson=lesson), address, None)


def _watched(items: QuerySet[LessonItem], address: Callable[[Artefact], str], user: Any) -> list[Watched]:
    return [Watched(item, showing(item.revision, item.revision.shown, address)) for item in with_files(items, user)]


def with_files(items: QuerySet[LessonItem], user: Any) -> Any:
    """Return items in order, each with its revision and what of that is played as `revision.shown`.

    `user` may be nobody: then the owner's tier says whether it is played without the mark.
    """
    files = variants_for(user, Artefact.objects.filter(kind__in=PLAYED)).select_related("revision")
    return (
        items.select_related("revision")
        .defer("revision__source")
        .prefetch_related(Prefetch("revision__artefacts", files, to_attr="shown"))
        .order_by("position", "created")
    )

"""What somebody sees who watches a lesson of a classroom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch

from generation.engine.types import Quality
from generation.signing import artefact_path
from lessons.models import Lesson, LessonItem
from lessons.selectors import lessons_visible_to
from projects.models import Artefact
from projects.selectors import variants_for

ORDER = {quality: rank for rank, quality in enumerate(["", *Quality])}


@dataclass(frozen=True, slots=True)
class Watched:
    """An item of a lesson with the addresses of its files; `scenes` have a title and what is said in them."""

    item: LessonItem
    video: str
    poster: str
    captions: str
    language: str
    rate: int
    scenes: list[Mapping[str, Any]]


def watched(user: Any, lesson: Lesson) -> list[Watched]:
    """Return what the lesson shows, in order; nothing where `user` may not see it."""
    kinds = [Artefact.Kind.VIDEO, Artefact.Kind.POSTER, Artefact.Kind.CAPTIONS]
    files = variants_for(user, Artefact.objects.filter(kind__in=kinds))
    items = (
        LessonItem.objects.filter(lesson=lesson, lesson__in=lessons_visible_to(user).values("pk"))
        .select_related("revision")
        .defer("revision__source")
        .prefetch_related(Prefetch("revision__artefacts", files, to_attr="shown"))
        .order_by("position", "created")
    )
    return [_watched(user, item) for item in items]


def _watched(user: Any, item: Any) -> Watched:
    ranked = sorted(item.revision.shown, key=lambda one: ORDER.get(one.quality, -1))
    best: dict[str, Artefact] = {one.kind: one for one in ranked}
    paths = {kind: artefact_path(one, user, inline=True) for kind, one in best.items()}
    video, board = best.get(Artefact.Kind.VIDEO), item.revision.storyboard
    return Watched(
        item=item,
        video=paths.get(Artefact.Kind.VIDEO, ""),
        poster=paths.get(Artefact.Kind.POSTER, ""),
        captions=paths.get(Artefact.Kind.CAPTIONS, ""),
        language=str(board.get("language", "en")),
        rate=(Quality(video.quality) if video and video.quality else Quality.LOW).frame_rate,
        scenes=[scene for scene in board.get("scenes", []) if not scene.get("fault")],
    )

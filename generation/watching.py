"""A finished revision as somebody watches it: the best files there are, and what is shown and said scene by scene."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from generation.engine.languages import ENGLISH
from generation.engine.types import Quality
from projects.models import Artefact, Revision

ORDER = {quality: rank for rank, quality in enumerate(["", *Quality])}
PLAYED = (Artefact.Kind.VIDEO, Artefact.Kind.POSTER, Artefact.Kind.CAPTIONS)


@dataclass(frozen=True, slots=True)
class Showing:
    """A revision with the addresses of its files, empty where there is none; `scenes` have a title and what is said."""

    revision: Revision
    video: str
    poster: str
    captions: str
    language: str
    rate: int
    seconds: float
    scenes: list[Mapping[str, Any]]

    @property
    def marks(self) -> list[Mapping[str, Any]]:
        """Where the scenes start, in seconds, for the player."""
        return [
            {"name": scene["name"], "title": scene["title"], "start": scene.get("start") or 0.0}
            for scene in self.scenes
            if "name" in scene
        ]


def showing(revision: Revision, files: Iterable[Artefact], address: Callable[[Artefact], str]) -> Showing:
    """Choose the best of a revision's files; `address` says from where the watcher may fetch one."""
    best = {one.kind: one for one in sorted(files, key=lambda one: ORDER.get(one.quality, -1))}
    paths = {kind: address(best[kind]) if kind in best else "" for kind in PLAYED}
    video, board = best.get(Artefact.Kind.VIDEO), revision.storyboard
    return Showing(
        revision=revision,
        video=paths[Artefact.Kind.VIDEO],
        poster=paths[Artefact.Kind.POSTER],
        captions=paths[Artefact.Kind.CAPTIONS],
        language=str(board.get("language", ENGLISH)),
        rate=(Quality(video.quality) if video and video.quality else Quality.LOW).frame_rate,
        seconds=(video.seconds if video else None) or 0.0,
        scenes=[scene for scene in board.get("scenes", []) if not scene.get("fault")],
    )

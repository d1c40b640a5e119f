"""What of a running job's video can be played already: in the cache only, bounded, and for a while.

The worker that draws puts segments in as they are made (`Film`); readers learn from the reel how many there are of
each scene and fetch those they lack. A segment is in the cache before the reel counts it.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any
from uuid import UUID

from django.core.cache import cache

KEPT_SECONDS = 600
MOST_BYTES = 32 << 20  # of one job: five minutes of flat pictures in full HD
DRAWING, WHOLE, CUT, FAILED = "drawing", "whole", "cut", "failed"


@dataclass(frozen=True, slots=True)
class SceneReel:
    """How much there is of one scene: segments 1 (the init segment) to `segments`.

    `state`: more may come (drawing), all are there (whole), the rest was too much to keep (cut), or the scene could
    not be made and what was there is not part of the video (failed).
    """

    name: str
    segments: int = 0
    state: str = DRAWING


@dataclass(frozen=True, slots=True)
class Reel:
    """How much there is of every scene that is drawn. Another `run` begins anew: its segments are other ones."""

    run: int
    scenes: tuple[SceneReel, ...]

    def as_json(self) -> dict[str, Any]:
        """Return it for a page: {run, scenes: [{name, segments, state}]}."""
        return {"run": self.run, "scenes": [asdict(scene) for scene in self.scenes]}


class Film:
    """The segments of one attempt at a job, as they come from several threads."""

    def __init__(self, job_id: UUID, run: int) -> None:
        self._job_id = job_id
        self._run = run
        self._lock = threading.Lock()
        self._scenes: dict[str, SceneReel] = {}
        self._bytes = 0

    def add(self, scene: str, segment: bytes | None) -> None:
        """Keep the next segment of a scene; None, or more than may be kept, cuts the scene off.

        So does a cache that refuses; its error is raised.
        """
        with self._lock:
            reel = self._scenes.get(scene, SceneReel(scene))
            if reel.state != DRAWING:
                return
            if segment is None or self._bytes + len(segment) > MOST_BYTES:
                self._tell(replace(reel, state=CUT))
                return
            self._bytes += len(segment)
            self._scenes[scene] = replace(reel, state=CUT)  # unless the cache takes it, what follows has a gap before
            cache.set(_segment_key(self._job_id, self._run, scene, reel.segments + 1), segment, KEPT_SECONDS)
            self._tell(replace(reel, segments=reel.segments + 1))

    def end(self, scene: str, *, failed: bool) -> None:
        """Note that a scene is finished: no segment of it follows."""
        with self._lock:
            reel = self._scenes.get(scene)
            if reel is not None:
                self._tell(replace(reel, state=FAILED if failed else WHOLE if reel.state == DRAWING else CUT))

    def forget(self) -> None:
        """Remove what was kept; the finished video takes its place."""
        with self._lock:
            keys = [
                _segment_key(self._job_id, self._run, reel.name, number)
                for reel in self._scenes.values()
                for number in range(1, reel.segments + 1)
            ]
            self._scenes.clear()
            cache.delete_many(keys)
            latest = load(self._job_id)
            if latest is not None and latest.run == self._run:
                cache.delete(_reel_key(self._job_id))

    def _tell(self, reel: SceneReel) -> None:
        self._scenes[reel.name] = reel
        cache.set(_reel_key(self._job_id), Reel(self._run, tuple(self._scenes.values())), KEPT_SECONDS)


def load(job_id: UUID) -> Reel | None:
    """Return how much of the job's video there is, while that is remembered."""
    reel: Reel | None = cache.get(_reel_key(job_id))
    return reel


def segments(job_id: UUID, *, run: int, scene: str, after: int, to: int) -> bytes | None:
    """Return segments `after` + 1 to `to` of a scene, put together; None unless all of them are there."""
    reel = load(job_id)
    there = {found.name: found.segments for found in reel.scenes} if reel is not None and reel.run == run else {}
    if to > there.get(scene, 0):
        return None
    keys = [_segment_key(job_id, run, scene, number) for number in range(after + 1, to + 1)]
    found: Mapping[str, bytes] = cache.get_many(keys)
    return b"".join(found[key] for key in keys) if len(found) == len(keys) else None


def _reel_key(job_id: UUID) -> str:
    return f"film:{job_id}"


def _segment_key(job_id: UUID, run: int, scene: str, number: int) -> str:
    return f"film:{job_id}:{run}:{scene}:{number}"

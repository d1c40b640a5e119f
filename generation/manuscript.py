"""The code of a job as a model writes it: in the cache only, the last state of each scene, for those who watch."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.cache import cache

KEPT_SECONDS = 600
PERIOD_SECONDS = 0.25
LONGEST = 16 << 10  # characters of a scene: what follows is refused anyway


class Manuscript:
    """What is being written for one job, as it comes from several threads."""

    def __init__(self, job_id: UUID) -> None:
        self._job_id = job_id
        self._lock = threading.Lock()
        self._texts: dict[str, str] = {}
        self._told = 0.0

    def add(self, scene: str, piece: str) -> None:
        """Keep the next piece of a scene; an empty one begins it anew. Told a few times a second at most."""
        with self._lock:
            self._texts[scene] = (self._texts.get(scene, "") + piece)[:LONGEST] if piece else ""
            if time.monotonic() - self._told >= PERIOD_SECONDS:
                self._tell()

    def end(self) -> None:
        """Tell the last pieces."""
        with self._lock:
            self._tell()

    def _tell(self) -> None:
        self._told = time.monotonic()
        cache.set(_key(self._job_id), dict(self._texts), KEPT_SECONDS)


def load(job_id: UUID) -> dict[str, str] | None:
    """Return what is written so far, by scene, while it is remembered."""
    texts: dict[str, str] | None = cache.get(_key(job_id))
    return texts


def news(known: Mapping[str, str], texts: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return what a follower who knows some of it lacks: for each changed scene, from which character on."""
    found = []
    for name, text in texts.items():
        had = known.get(name, "")
        start = len(had) if text.startswith(had) else 0
        if text != had:
            found.append({"scene": name, "from": start, "text": text[start:]})
    return found


def _key(job_id: UUID) -> str:
    return f"manuscript:{job_id}"

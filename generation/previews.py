"""The last frame of a running job: in the cache only, never in the database."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.core.cache import cache

KEPT_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Preview:
    """A small JPEG. `tag` differs from that of every other frame of the job."""

    tag: str
    scene: str
    jpeg: bytes


def store(job_id: UUID, preview: Preview) -> None:
    """Keep the frame as the job's latest."""
    cache.set(_key(job_id, "frame"), (preview.tag, preview.scene, preview.jpeg), KEPT_SECONDS)
    cache.set(_key(job_id, "tag"), preview.tag, KEPT_SECONDS)


def load(job_id: UUID) -> Preview | None:
    """Return the job's latest frame, if it is still remembered."""
    kept = cache.get(_key(job_id, "frame"))
    return Preview(*kept) if kept else None


def latest_tag(job_id: UUID) -> str | None:
    """Return only the tag of the latest frame, to learn cheaply whether it changed."""
    tag: str | None = cache.get(_key(job_id, "tag"))
    return tag


def _key(job_id: UUID, part: str) -> str:
    return f"preview:{job_id}:{part}"

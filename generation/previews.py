"""The last frame of a running job: in the cache only, never in the database."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.cache import cache
from redis.exceptions import RedisError

KEPT_SECONDS = 600

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Preview:
    """A small JPEG. `tag` differs from that of every other frame of the job."""

    tag: str
    scene: str
    jpeg: bytes


def store(job_id: UUID, preview: Preview) -> None:
    """Keep the frame as the job's latest, if the cache can be reached: the next one comes soon."""
    try:
        cache.set(_key(job_id, "frame"), (preview.tag, preview.scene, preview.jpeg), KEPT_SECONDS)
        cache.set(_key(job_id, "tag"), preview.tag, KEPT_SECONDS)
    except (OSError, RedisError) as error:
        logger.warning("A frame of job %s was not kept: %s", job_id, error)


def load(job_id: UUID) -> Preview | None:
    """Return the job's latest frame, if it is still remembered."""
    kept = _look_up(job_id, "frame")
    return Preview(*kept) if kept else None


def latest_tag(job_id: UUID) -> str | None:
    """Return only the tag of the latest frame, to learn cheaply whether it changed."""
    tag: str | None = _look_up(job_id, "tag")
    return tag


def _look_up(job_id: UUID, part: str) -> Any:
    """What the cache has; None also while it cannot be reached."""
    try:
        return cache.get(_key(job_id, part))
    except (OSError, RedisError) as error:
        logger.warning("The latest frame of job %s cannot be read: %s", job_id, error)
        return None


def _key(job_id: UUID, part: str) -> str:
    return f"preview:{job_id}:{part}"

"""Facts about jobs, numbered without a gap. Written only while the job's row is locked."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.conf import settings
from redis.exceptions import RedisError

from core.after_commit import after_commit
from generation.models import Job, JobEvent

logger = logging.getLogger(__name__)


def group_name(job_id: UUID | str) -> str:
    """Return the channel group of those who follow a job."""
    return f"job.{job_id}"


def record(job: Job, kind: str, data: Mapping[str, Any] | None = None) -> JobEvent:
    """Add the next event. The caller is in a transaction that holds the row lock of `job`."""
    job.last_seq += 1
    Job.objects.filter(pk=job.pk).update(last_seq=job.last_seq)
    event: JobEvent = JobEvent.objects.create(job=job, seq=job.last_seq, kind=kind, data=dict(data or {}))
    after_commit(nudge, job.pk)
    return event


def nudge(job_id: UUID | str) -> None:
    """Tell followers in other processes to look now. Lost nudges do no harm: followers also look by the clock."""
    if not settings.SHARED_CHANNEL_LAYER:
        return
    try:
        async_to_sync(get_channel_layer().group_send)(group_name(job_id), {"type": "job.changed"})
    except (OSError, RedisError) as error:
        logger.warning("Followers of job %s were not nudged: %s", job_id, error)

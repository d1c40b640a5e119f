"""Wake-ups tell some worker to look at the queue. They carry nothing, so losing or repeating one is harmless."""

from __future__ import annotations

import logging
from uuid import UUID

from celery import current_app
from django.db.models.functions import Now
from kombu.exceptions import ChannelError, KombuError

from generation.models import Job

RUN_NEXT = "generation.tasks.run_next"

logger = logging.getLogger(__name__)


def wake(job_id: UUID) -> bool:
    """Send one wake-up for a waiting job and note when. Return False where the broker cannot be reached.

    A job whose wake-up was not sent stays in line and a worker's sweep sends it later.
    """
    try:
        current_app.send_task(RUN_NEXT, retry=False)
    except (KombuError, ChannelError, OSError) as error:
        logger.warning("The broker cannot be reached; job %s waits for the next sweep: %s", job_id, error)
        return False
    Job.objects.filter(pk=job_id, state=Job.State.QUEUED).update(dispatched=Now())
    return True

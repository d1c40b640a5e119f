"""What a wake-up does about payments. The database says what waits; a lost message costs a few seconds, no more."""

from __future__ import annotations

import logging

from celery import current_app, shared_task
from kombu.exceptions import ChannelError, KombuError

from billing.stripe import inbox

PROCESS = "billing.stripe.tasks.process_delivery"

logger = logging.getLogger(__name__)


@shared_task(name=PROCESS, ignore_result=True)
def process_delivery(number: int) -> None:
    """Work off one delivery of a webhook."""
    inbox.process(number)


def wake(number: int) -> None:
    """Ask a worker to work off a delivery; where the broker cannot be reached its own look finds it."""
    try:
        current_app.send_task(PROCESS, args=[number], retry=False)
    except (KombuError, ChannelError, OSError) as error:
        logger.warning("The broker cannot be reached; delivery %s waits for a worker's look: %s", number, error)

"""What a wake-up does. The message names no job: the queue decides whose turn it is."""

from __future__ import annotations

from celery import shared_task

from generation import worker


@shared_task(name="generation.tasks.run_next", ignore_result=True)
def run_next() -> None:
    """Claim and run one waiting job, if there is one. Safe to receive any number of times."""
    worker.current().run_next()

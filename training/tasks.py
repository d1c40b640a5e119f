"""What a wake-up of this app does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from celery import shared_task

from training import shadow


@shared_task(name="training.tasks.run_shadow", ignore_result=True)
def run_shadow(job: str, prompt: str, storyboard: Mapping[str, Any], served: str, adapter: str) -> None:
    """Write in the shadow, once for each job and adapter. Safe to receive again."""
    shadow.run(job, prompt, storyboard, served, adapter)

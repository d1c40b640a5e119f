"""How long the job engine keeps what nobody needs any more."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F

from core.retention import Rule, in_batches
from generation.models import JobEvent


def _events(before: datetime) -> int:
    """The last event stays: whoever follows an old job is told by it that the job is over."""
    old = JobEvent.objects.filter(job__finished__lt=before)
    return in_batches(old.exclude(seq=F("job__last_seq")))


RULES = [
    Rule("job_events", "the steps of finished jobs, but the last one", 90, "to find out why one failed", _events),
]

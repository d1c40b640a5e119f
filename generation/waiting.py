"""What to tell somebody whose job waits in line: the truth, in a sentence."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from generation.faults import said
from generation.models import Job
from generation.selectors import queue_health


def waiting_note(job: Job) -> dict[str, Any] | None:
    """Return why a job has not begun: {state, message, hint, waiting}; None for one that does not wait."""
    if job.state != Job.State.QUEUED:
        return None
    health = queue_health()
    if health.state == "no_worker":
        message = _("Waiting for a worker: none is running at the moment.")
        hint = _("Your animation starts by itself as soon as one is back.")
    elif health.state == "refusing":
        fault = health.fault or {}
        message, hint = said(fault.get("message", "")), said(fault.get("hint", ""))
    elif job.attempt:
        message, hint = _("Interrupted; it starts again in a moment."), ""
    elif health.running >= health.slots:
        message, hint = _("Waiting for a free worker."), ""
    else:
        message, hint = _("Starting."), ""
    return {"state": health.state, "message": message, "hint": hint, "waiting": health.waiting}

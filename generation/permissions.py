"""May they? A job follows the project it belongs to."""

from __future__ import annotations

from typing import Any

from generation.models import Job
from projects.permissions import require_edit


def require_cancel(user: Any, job: Job) -> None:
    """Let those pass who may change the job's animation. Raises DomainError "not_found" for others."""
    require_edit(user, job.animation)

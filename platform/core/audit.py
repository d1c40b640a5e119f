"""The audit trail: call `record` in the transaction that does the deed."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Model

from core.models import AuditEntry


def record(verb: str, *, actor: Model | None, target: Model, data: Mapping[str, Any] | None = None) -> AuditEntry:
    """Write one entry, e.g. "project.renamed". `data` must be JSON and hold no secret and no prompt text."""
    return AuditEntry.objects.create(
        actor_id=actor.pk if actor else None,
        verb=verb,
        target_type=target._meta.label_lower,
        target_id=str(target.pk),
        data=dict(data or {}),
    )

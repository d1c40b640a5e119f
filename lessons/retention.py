"""How long ways into a classroom are kept after they closed."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from core.retention import Rule, in_batches
from lessons.models import ClassLink, Invitation, JoinCode


def _ways_in(before: datetime) -> int:
    closed = Q(expires__lt=before) | Q(revoked__lt=before)
    invitations = in_batches(Invitation.objects.filter(expires__lt=before))
    return invitations + in_batches(JoinCode.objects.filter(closed)) + in_batches(ClassLink.objects.filter(closed))


RULES = [
    Rule("ways_in", "join codes, class links and invitations that ended", 30, "to answer why one no longer works",
         _ways_in),
]  # fmt: skip

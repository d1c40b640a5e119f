"""What of a person's work may become examples, for her to take away."""

from __future__ import annotations

from collections.abc import Iterator

from accounts.models import User
from core.personal import Part, table
from training.models import FeedbackEvent


def data(user: User) -> Iterator[Part]:
    """Return what was kept with her consent."""
    yield table("training/feedback", FeedbackEvent.objects.filter(user=user), leave_out=["likeness"])

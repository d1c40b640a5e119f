"""Takes events of `generation`, by the names in FEEDBACK_LISTENERS, and keeps those that may be kept."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from django.db import transaction

from accounts.models import User
from training.dataset.privacy import cleaned
from training.feedback import consent
from training.feedback.poisoning import likeness, reason_against
from training.models import FeedbackEvent

logger = logging.getLogger(__name__)


def heard(
    *,
    kind: str,
    user: User,
    subject: str,
    prompt: str,
    before: str = "",
    after: str = "",
    model: str = "",
    faults: Sequence[str] = (),
) -> FeedbackEvent | None:
    """Keep an event of somebody who agreed, cleaned of what points to people; None where it is not kept."""
    version = consent.version_for(user)
    if not version:
        return None
    against = reason_against(user, prompt, before, after)
    if against:
        logger.info("Feedback %s about %s is not kept: %s.", kind, subject, against)
        return None
    roster = tuple(user.name.split())
    texts = {
        name: cleaned(text, roster).text for name, text in (("prompt", prompt), ("before", before), ("after", after))
    }
    return FeedbackEvent.objects.create(
        user=user,
        kind=kind,
        subject=subject,
        model=model,
        faults=list(faults),
        consent_version=version,
        likeness=likeness(after),
        **texts,
    )


@transaction.atomic
def withdraw(user: User) -> int:
    """Delete all that somebody gave; the next dataset is built without it. Return how many events there were."""
    count, _ = FeedbackEvent.objects.filter(user=user).delete()
    return count

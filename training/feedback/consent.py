"""May what somebody does be learnt from? By default no; schools and districts are locked off whatever anybody says."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from accounts.models import User

# Behind these stand pupils, whose data a teacher cannot give away; no setting opens them.
LOCKED_KINDS = frozenset({"school", "district"})


def version_for(user: User | None) -> str:
    """The version of the consent text that somebody agreed to and that holds now; empty where nothing may be learnt.

    Pupils have no account, so nothing of theirs ever comes with a user.
    """
    if user is None or not user.is_active or not settings.TRAINING_CONSENT_RECORD:
        return ""
    if not all(map(_allows, user.organisations.all())):
        return ""
    return str(import_string(settings.TRAINING_CONSENT_RECORD)(user) or "")


def may_learn_from(user: User) -> bool:
    """Whether rows of somebody may go into the next dataset: what TRAINING_CONSENT asks at every build."""
    return bool(version_for(user))


def _allows(organisation: Any) -> bool:
    """Whether an organisation lets its members give: both it and they have to say yes."""
    if organisation.kind in LOCKED_KINDS or not settings.TRAINING_ORGANISATION_CONSENT:
        return False
    return bool(import_string(settings.TRAINING_ORGANISATION_CONSENT)(organisation))

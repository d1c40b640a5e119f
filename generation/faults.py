"""Faults of jobs as JSON, and those only the job engine knows. Stored in English, translated when said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext, gettext_noop

from generation.engine.types import Fault

WORKER_LOST = Fault(
    "worker_lost",
    gettext_noop("The computer that draws your animation stopped again and again while working on it."),
    hint=gettext_noop("Your prompt is kept. Try again; if it fails again, choose another wording or a lower quality."),
)
INTERNAL = Fault(
    "internal",
    gettext_noop("Something went wrong on our side while your animation was made."),
    hint=gettext_noop("Your prompt is kept. Try again; if it fails again, send us the number of this job."),
)
STORAGE = Fault(
    "storage",
    gettext_noop("Your animation was drawn but could not be stored."),
    hint=gettext_noop("Your prompt is kept. Try again; if it fails again, tell your administrator."),
)
LOW_SPACE = Fault(
    "disk_full",
    gettext_noop("There is almost no room left to store videos, so no new animation is started."),
    hint=gettext_noop("Waiting animations start by themselves once there is room again. Tell your administrator."),
)
NO_JAIL = Fault(
    "jail_unavailable",
    gettext_noop("This computer cannot lock animations in safely, so none is drawn here."),
    hint=gettext_noop("Your administrator finds the reason with `manage.py jail selftest`."),
)
STARTING = Fault(
    "starting",
    gettext_noop("The worker is starting."),
    hint=gettext_noop("It begins with your animation in a few seconds."),
)


def to_json(fault: Fault) -> dict[str, Any]:
    """Return a fault as it is stored in a job or an event."""
    return asdict(fault)


def translated(fault: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Return a stored fault with its message and hint in the reader's language."""
    if fault is None:
        return None
    return {**fault, "message": said(fault.get("message", "")), "hint": said(fault.get("hint", ""))}


def said(text: str) -> str:
    """Translate a text that is kept in English. (gettext of an empty text is the catalogue's header.)"""
    return gettext(text) if text else ""

"""What is asked of people beyond what the service needs. Nothing is given until somebody gives it.

A text that changes in meaning gets a new version, and then has to be agreed to anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Consent, Membership, User
from core import audit
from core.errors import DomainError


@dataclass(frozen=True, slots=True)
class Text:
    """A question. `closed_to_schools`: people of an organisation cannot say yes, whatever they think of it."""

    version: str
    title: str | Promise
    words: str | Promise
    closed_to_schools: bool = False


TEXTS: Mapping[str, Text] = {
    "training": Text(
        version="2026-11",
        title=gettext_lazy("Let my animations teach the writer"),
        words=gettext_lazy(
            "Your prompts, the code made for them and what you changed may become examples for the model that writes "
            "animations. A person looks at each one first. Names and addresses are taken out. You may withdraw this "
            "at any time: then no further example is taken, and yours leave the next collection."
        ),
        closed_to_schools=True,
    ),
    "news": Text(
        version="2026-11",
        title=gettext_lazy("Send me news"),
        words=gettext_lazy("A mail about new features, at most once a month. Every mail says how to end it."),
    ),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """A question beside somebody's newest answer to it; None where she gave none yet."""

    kind: str
    text: Text
    newest: Consent | None
    closed: bool

    @property
    def holds(self) -> bool:
        """Whether the consent is given, to the text as it is now."""
        return not self.closed and self.newest is not None and self.newest.given and not self.is_outdated

    @property
    def is_outdated(self) -> bool:
        """Whether she agreed to a text that has changed since."""
        return self.newest is not None and self.newest.given and self.newest.version != self.text.version


def answers(user: User) -> list[Answer]:
    """Return every question with her newest answer."""
    newest: dict[str, Consent] = {}
    for consent in Consent.objects.filter(user=user).order_by("created"):
        newest[consent.kind] = consent
    in_school = Membership.objects.filter(user=user).exists()
    return [Answer(kind, text, newest.get(kind), text.closed_to_schools and in_school) for kind, text in TEXTS.items()]


def is_given(user: User, kind: str) -> bool:
    """Say whether she agrees to the text as it is now. Raises KeyError for a kind that is none."""
    return {answer.kind: answer for answer in answers(user)}[kind].holds


def training_version(user: User) -> str:
    """Return the version of the text on training that holds for her; empty where none does."""
    return TEXTS["training"].version if is_given(user, "training") else ""


@transaction.atomic
def answer(*, user: User, kind: str, given: bool) -> Consent:
    """Write an answer down. Raises DomainError "unknown", or "closed" where her school does not leave it to her."""
    asked = {one.kind: one for one in answers(user)}.get(kind)
    if asked is None:
        raise DomainError("unknown", _("There is no such question."), status=404)
    if given and asked.closed:
        raise DomainError(
            "closed", _("You belong to a school, so this stays off."), status=409, hint=_("Your school decided so.")
        )
    consent: Any = Consent.objects.create(user=user, kind=kind, version=asked.text.version, given=given)
    verb = "consent.given" if given else "consent.withdrawn"
    audit.record(verb, actor=user, target=user, data={"kind": kind, "version": asked.text.version})
    if not given and kind in settings.CONSENT_WITHDRAWN:
        import_string(settings.CONSENT_WITHDRAWN[kind])(user)
    made: Consent = consent
    return made

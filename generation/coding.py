"""Code that somebody changes by hand: kept while it is typed, held by one person at a time, checked, drawn."""

from __future__ import annotations

import difflib
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from ruff import find_ruff_bin

from accounts.models import User
from core.errors import DomainError
from generation import drafts, orders
from generation.engine import drafting, policy, slices
from generation.engine.apiindex import check_api
from generation.engine.errors import RequestFault
from generation.engine.policy.gate import MOST_BYTES
from generation.engine.screening import shown
from generation.engine.types import SceneCard, Storyboard
from generation.faults import said
from generation.models import CodeDraft, Job
from projects.models import Animation, Revision
from projects.permissions import require_edit

HELD_SECONDS = 45  # without a sign of life; the page gives one every 15
FORMAT_SECONDS = 10
MOST_KEPT = 4 * MOST_BYTES  # characters that are kept while they are too many to be drawn
LINE_LENGTH = "100"


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong at a line, counted from 1; None where it is about the whole. `stops` keeps it from being drawn."""

    line: int | None
    message: str
    hint: str = ""
    stops: bool = True

    def as_json(self) -> dict[str, Any]:
        """Return it for a page."""
        return {"line": self.line, "message": self.message, "hint": self.hint, "stops": self.stops}


def draft_of(animation: Animation) -> CodeDraft:
    """Return the code as it is being changed, else that of the newest revision, not yet stored.

    Raises DomainError "nothing_to_edit" before the first revision.
    """
    current = animation.current_revision
    if current is None:
        raise DomainError(
            "nothing_to_edit",
            _("This animation has no code yet."),
            status=409,
            hint=_("Wait until it is made, then change its code."),
        )
    kept = CodeDraft.objects.filter(animation=animation).select_related("base", "editor").first()
    return kept or CodeDraft(animation=animation, base=current, source=current.source)


def held_by_another(draft: CodeDraft, user: User) -> User | None:
    """Return who is changing the code just now, if that is not `user`."""
    if draft.editor is None or draft.editor_id == user.pk or draft.held_until is None:
        return None
    return draft.editor if draft.held_until > timezone.now() else None


@transaction.atomic
def save(*, by: User, animation: Animation, version: int, source: str) -> CodeDraft:
    """Keep what was typed and hold the code for `by`; also the sign of life of an open page.

    Raises DomainError "not_found", "code_held" while another person types, "code_changed" (with `version` and `source`
    in its data) where `version` is not the newest, "code_size" for what is far too long.
    """
    draft = _locked(by, animation)
    text = source.replace("\r\n", "\n")
    if len(text) > MOST_KEPT:
        raise DomainError(
            "code_size", _("This is too much code to keep."), status=413, hint=_("Split it into several animations.")
        )
    _require_version(draft, version)
    if text != draft.source:
        draft.source, draft.version = text, draft.version + 1
    draft.editor, draft.held_until = by, timezone.now() + timedelta(seconds=HELD_SECONDS)
    draft.save()
    return draft


@transaction.atomic
def release(*, by: User, animation: Animation) -> None:
    """Let others change the code; what was typed stays."""
    require_edit(by, animation)
    CodeDraft.objects.filter(animation=animation, editor=by).update(held_until=None)


@transaction.atomic
def start_over(*, by: User, animation: Animation) -> CodeDraft:
    """Forget what was typed and return to the code of the newest revision. Raises DomainError like `save`."""
    draft = _locked(by, animation)
    assert animation.current_revision is not None  # noqa: S101 - `_locked` has seen it
    draft.base, draft.source = animation.current_revision, animation.current_revision.source
    draft.version += 1
    draft.save()
    return draft


def problems(source: str) -> list[Problem]:
    """Return what is wrong with code, by lines, as far as it shows without running it."""
    verdict = policy.check(source)
    found = [
        Problem(fault.line, said(fault.message), _perhaps(fault.close), stops=False) for fault in check_api(source)
    ]
    lines = {problem.line for problem in found}
    if not verdict.allowed and not (verdict.rule in {"name", "attribute"} and verdict.line in lines):
        found.append(Problem(verdict.line, said(verdict.message)))
    if verdict.allowed:
        found += _unfit(source)
    return sorted(found, key=lambda problem: problem.line or 0)


def formatted(source: str) -> str:
    """Return the code in the usual form (Ruff's formatter). Raises DomainError "code" where it is no Python."""
    done = subprocess.run(  # noqa: S603 - our own program; the code is its input and is only read
        [find_ruff_bin(), "format", "--isolated", "--no-cache", "--line-length", LINE_LENGTH, "-"],
        input=source, capture_output=True, text=True, timeout=FORMAT_SECONDS, check=False,
    )  # fmt: skip
    if done.returncode == 0:
        return done.stdout
    stopping = next((problem for problem in problems(source) if problem.stops), None)
    raise DomainError(
        "code",
        _("This cannot be put into form: it is no Python yet."),
        status=422,
        hint=stopping.message if stopping else "",
        data={"line": stopping.line if stopping else None},
    )


def draw(*, by: User, animation: Animation, version: int, quality: str = "", idempotency_key: str = "") -> Job:
    """Queue the code as it stands; only scenes that changed are drawn. It costs no generation.

    Raises DomainError "code" with the line where it may not run, and like `save` and `services.submit`.
    """
    require_edit(by, animation)
    draft = draft_of(animation)
    _require_version(draft, version)
    parent = animation.current_revision
    assert parent is not None  # noqa: S101 - `draft_of` has seen it
    chosen = orders.chosen_quality(quality or orders.best_quality(parent))
    asked = {"animation": str(animation.pk), "code": draft.source, "quality": chosen, "parent": str(parent.pk)}
    request = orders.Request(by, Job.Kind.CODE, idempotency_key, orders.digest(asked))
    if (earlier := request.earlier() or _unfinished(animation, draft.source)) is not None:
        return earlier
    with orders.explained(by):
        made = drafting.draft_source(draft.source, title=parent.title)
    made = replace(made, storyboard=_with_cards(made.storyboard, parent), template="")
    kept = {**drafts.to_json(made), "understood": parent.understood}
    return request.enqueue(
        lambda: Job(
            animation=animation,
            parent=parent,
            quality=chosen,
            prompt=parent.prompt,
            draft=kept,
            values=drafts.knob_values(made),
        )
    )


def changes(before: str, after: str) -> Iterator[tuple[str, str]]:
    """Yield the lines of two texts with their sign: " " in both, "-" only before, "+" only after; "@" where some are
    left out because nothing changed near them.
    """
    for line in difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=3):
        if line.startswith(("---", "+++")):
            continue
        yield (line[:1], line[1:]) if not line.startswith("@@") else ("@", "")


def _locked(by: User, animation: Animation) -> CodeDraft:
    require_edit(by, animation)
    Animation.objects.select_for_update(of=("self",)).get(pk=animation.pk)
    draft = draft_of(animation)
    if (other := held_by_another(draft, by)) is not None:
        raise DomainError(
            "code_held",
            _("%(name)s is changing this code.") % {"name": other.display_name},
            status=409,
            hint=_("Your text stays in this window. Try again when she has finished."),
        )
    return draft


def _require_version(draft: CodeDraft, version: int) -> None:
    if draft.version != version:
        raise DomainError(
            "code_changed",
            _("The code was changed in another window."),
            status=409,
            hint=_("Take that code, or keep yours."),
            data={"version": draft.version, "source": draft.source},
        )


def _unfinished(animation: Animation, source: str) -> Job | None:
    """Return the job that draws this very code already: the button was pressed twice."""
    waiting = animation.jobs.filter(kind=Job.Kind.CODE, state__in=[Job.State.QUEUED, Job.State.RUNNING])
    return next((job for job in waiting if job.draft["source"] == source), None)


def _unfit(source: str) -> Iterator[Problem]:
    try:
        if not slices.scene_names(source):
            yield Problem(
                None, _("There is no scene."), _("Write a class based on Stage or Scene with a construct method.")
            )
        shown.require_fit("", Storyboard("", ()), source)
    except RequestFault as error:
        yield Problem(error.fault.line, said(error.fault.message), said(error.fault.hint))


def _perhaps(close: tuple[str, ...]) -> str:
    return _("Perhaps you mean %(names)s.") % {"names": ", ".join(close)} if close else ""


def _with_cards(storyboard: Storyboard, parent: Revision) -> Storyboard:
    """Keep title, words and length of scenes that were there before; new ones are called by their class."""
    before = drafts.storyboard_from_json(parent.storyboard)
    known = {card.name: card for card in before.scenes}
    cards: tuple[SceneCard, ...] = tuple(known.get(card.name, card) for card in storyboard.scenes)
    return Storyboard(parent.title, cards, before.language)

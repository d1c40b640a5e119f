"""A prompt on its way to becoming a job: read from a form, kept through sign-up, answered when it is no job."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping, MutableMapping
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from django.utils.translation import gettext as _

from core.errors import DomainError
from generation.engine.languages import LANGUAGES
from generation.engine.types import Outcome, Understanding
from generation.faults import said

KEPT = "kept_prompt"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a teacher sent: her words, the template she picked, the writer and the captions' language if she said.

    The token makes a repeat harmless. With `board` she wants to look at the storyboard first; `sampling` is for the
    model.
    """

    prompt: str
    template: str = ""
    token: str = ""
    writer: str = ""
    anew: bool = False  # although she made nearly this before
    board: bool = False
    sampling: Mapping[str, float] = field(default_factory=dict)
    language: str = ""

    @classmethod
    def from_form(cls, data: Mapping[str, str]) -> Self:
        """Read the prompt form."""
        token = data.get("token", "")[:64] or uuid.uuid4().hex
        return cls(
            prompt=data.get("prompt", ""),
            template=data.get("template", ""),
            token=token,
            writer=data.get("writer", ""),
            anew=bool(data.get("anew")),
            board="board" in data,
            sampling=_sampling(data),
            language=_language(data),
        )

    @property
    def idempotency_key(self) -> str:
        """The same form sent twice is one job; other words in the same form are another."""
        said = [self.token, self.template, self.prompt, *filter(None, [self.language])]
        spoken = "\n".join(said).encode("utf-8", "surrogatepass")
        return f"page-{hashlib.sha256(spoken).hexdigest()}"


def _sampling(data: Mapping[str, str]) -> dict[str, float]:
    """What was typed for the model. Raises DomainError "sampling" for what is no number."""
    typed = {name: data.get(name, "").strip() for name in ("temperature", "seed")}
    try:
        kinds = {"temperature": float, "seed": int}
        return {name: kinds[name](text.replace(",", ".")) for name, text in typed.items() if text}
    except ValueError:
        raise DomainError(
            "sampling",
            _("Temperature and seed are numbers."),
            status=422,
            hint=_("Leave them empty if you are not sure."),
        ) from None


def _language(data: Mapping[str, str]) -> str:
    code = data.get("language", "")
    return code if code in LANGUAGES else ""


def keep(session: MutableMapping[str, Any], asked: Asked) -> None:
    """Hold the prompt in the session until its author has an account."""
    session[KEPT] = asdict(asked)


def kept(session: Mapping[str, Any]) -> Asked | None:
    """The prompt that waits in this session."""
    stored = session.get(KEPT)
    return Asked(**stored) if stored else None


def let_go(session: MutableMapping[str, Any]) -> None:
    """Forget the kept prompt; it has become a job or its author sees it in the field again."""
    session.pop(KEPT, None)


@dataclass(frozen=True, slots=True)
class Answer:
    """Why a prompt did not become a job, with everything a teacher needs to go on. Her words stay in the field."""

    code: str
    message: str
    hint: str = ""
    outcome: str = ""
    understood: tuple[str, ...] = ()
    alternatives: tuple[Mapping[str, Any], ...] = ()
    status: int = 422
    retry_after: int = 0  # seconds; 0 where waiting does not help
    rewrite: str = ""  # words to send instead
    earlier: Mapping[str, Any] | None = None  # an animation made from nearly the same words
    is_help: bool = False  # the message is help for a person, not a fault of her words
    board: bool = False  # she looks at the storyboard first
    upgrade: bool = False  # another plan has it

    @property
    def is_question(self) -> bool:
        """Whether picking one of the alternatives answers it."""
        return self.outcome == Outcome.ASK and bool(self.alternatives)

    @classmethod
    def from_error(cls, error: DomainError) -> Self:
        """The answer behind a refusal of the services."""
        return cls(
            code=error.code,
            message=error.message,
            hint=error.hint,
            outcome=str(error.data.get("outcome", "")),
            understood=tuple(error.data.get("understood", ())),
            alternatives=tuple(error.data.get("alternatives", ())),
            status=error.status,
            retry_after=int(error.data.get("retry_after", 0)),
            rewrite=str(error.data.get("rewrite", "")),
            earlier=error.data.get("earlier"),
            is_help=bool(error.data.get("stop", False)),
            upgrade="upgrade" in error.data,
        )

    @classmethod
    def from_understanding(cls, understanding: Understanding) -> Self | None:
        """The answer to somebody without an account, or None when her prompt can be drawn."""
        if understanding.outcome is Outcome.SERVED:
            return None
        return cls(
            code=understanding.code or understanding.outcome,
            message=said(understanding.message),
            outcome=understanding.outcome,
            understood=understanding.understood,
            alternatives=tuple(asdict(choice) for choice in understanding.alternatives),
            rewrite=said(understanding.rewrite),
            is_help=understanding.stop,
        )

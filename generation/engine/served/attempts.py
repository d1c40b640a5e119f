"""What the writer tried, with the reason when it did not work: for the record, and in words for the teacher."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from generation.engine.served.faults import WORDS


class Step(StrEnum):
    """What an attempt was for."""

    STORYBOARD = "storyboard"
    WRITE = "write"
    REPAIR = "repair"
    SIMPLIFY = "simplify"
    EDIT = "edit"
    FILL = "fill"
    REWORD = "reword"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One answer of the model and what came of it. `codes` are the reasons against it; none means that it holds."""

    step: Step
    scene: str = ""
    title: str = ""
    round: int = 0
    codes: tuple[str, ...] = ()
    line: int | None = None
    detail: str = ""  # of the first reason, with names and numbers
    api: int | None = None  # how many things it uses that Manim does not have; None where there was no code
    tokens: int = 0
    seconds: float = 0.0
    model: str = ""

    @property
    def words(self) -> str:
        """What happened, for the teacher."""
        return f"{DONE[self.step]} {REASONS.get(self.codes[0], OTHER)}" if self.codes else f"{DONE[self.step]} {HOLDS}"


OnAttempt = Callable[[Attempt], None]

HOLDS = "It works."
OTHER = "Running it showed an error."
DONE: Mapping[Step, str] = MappingProxyType(
    {
        Step.STORYBOARD: "The storyboard was written.",
        Step.WRITE: "The scene was written.",
        Step.REPAIR: "The scene was corrected.",
        Step.SIMPLIFY: "A simpler scene was written.",
        Step.EDIT: "The change was written.",
        Step.FILL: "The values were read once more.",
        Step.REWORD: "The spoken lines were written anew.",
    }
)
REASONS: Mapping[str, str] = MappingProxyType(
    {
        **{code: message for code, (message, _) in WORDS.items()},
        "no_code": "The answer held no code.",
        "two_blocks": "The answer held several pieces of code instead of one.",
        "cut": "The code broke off in the middle.",
        "too_long": "The code was too long.",
        "leak": "The answer repeated our instructions.",
        "syntax": "The code was not valid Python.",
        "shape": "The code did not hold the one scene it should.",
        "storyboard": "It had not the form of a storyboard.",
        "policy": "It used something that scenes may not use.",
        "api": "It used something that Manim does not have.",
        "layout": "Something lay over something else or left the frame.",
        "form": "It had not the form that was asked for.",
        "unmet": "It did not hold what was asked for.",
        "timeout": "It took too long to run.",
        "tex": "A formula could not be set.",
    }
)

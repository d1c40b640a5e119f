"""Suites of labelled prompts, one JSON object a line."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generation.engine.errors import RequestFault
from generation.engine.library.catalogue import LEVELS
from generation.engine.scorecard.requirements import Requirement, kind_of
from generation.engine.types import Fault, KnobValue

SUITES = Path(__file__).parent / "suites"
REFUSE = "refuse"

Value = float | str


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt in a teacher's words and what should come of it.

    `expect` are the templates to be shown, in order; none means an honest refusal. `values` are those asked for, in the
    template's own units: numbers, or texts such as formulas and choices. `knobs`, where the label has them, say where
    each value belongs and that nothing else was asked for. `must` is what has to be on the stage, whoever writes.
    """

    prompt: str
    subject: str
    level: str
    expect: tuple[str, ...]
    values: tuple[Value, ...] = ()
    knobs: Mapping[str, KnobValue] | None = None
    must: tuple[Requirement, ...] = ()


def names() -> list[str]:
    """The suites there are."""
    return sorted(path.stem for path in SUITES.glob("*.jsonl"))


def load(name: str) -> tuple[Prompt, ...]:
    """The prompts of a suite. Raises RequestFault for an unknown suite."""
    if name not in names():
        raise RequestFault(
            Fault("unknown_suite", f"There is no suite called {name}.", hint=f"Choose one of: {', '.join(names())}.")
        )
    return read(SUITES / f"{name}.jsonl")


def read(path: Path) -> tuple[Prompt, ...]:
    """The prompts of a file. Raises RequestFault, with the line, where it is not in order."""
    prompts: list[Prompt] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            prompts.append(_prompt(json.loads(line)))
        except (ValueError, KeyError, TypeError) as error:
            raise RequestFault(
                Fault("suite", f"{path.name} is not right: {error}.", hint="Correct that line.", line=number)
            ) from error
    return tuple(prompts)


def first_of_each_subject(prompts: Sequence[Prompt], count: int) -> tuple[Prompt, ...]:
    """The first prompts of each subject: a sample for runs that take long."""
    seen: Counter[str] = Counter()
    taken = []
    for prompt in prompts:
        seen[prompt.subject] += 1
        if seen[prompt.subject] <= count:
            taken.append(prompt)
    return tuple(taken)


def _prompt(data: dict[str, Any]) -> Prompt:
    expect = data["expect"]
    if expect != REFUSE and not (isinstance(expect, list) and expect):
        raise ValueError(f"expect must be “{REFUSE}” or a list of templates")
    if data["level"] not in LEVELS:
        raise ValueError(f"level must be one of {', '.join(LEVELS)}")
    templates = () if expect == REFUSE else tuple(expect)
    values = data.get("values", ())
    knobs = values if isinstance(values, dict) else None
    must = tuple(data.get("must", ()))
    for each in must:
        kind_of(each)
    flat = _flat(values) if knobs else tuple(values)
    return Prompt(data["prompt"], data["subject"], data["level"], templates, flat, knobs, must)


def _flat(knobs: Mapping[str, KnobValue]) -> tuple[Value, ...]:
    """The values of knobs, those of a list one by one."""
    lists = [value if isinstance(value, list) else [value] for value in knobs.values()]
    return tuple(each for values in lists for each in values)

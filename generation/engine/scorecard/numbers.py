"""Whether the values that a teacher asked for are the ones an animation is drawn with."""

from __future__ import annotations

import ast
import math
import re
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from generation.engine import expressions
from generation.engine.drafting import Draft
from generation.engine.scorecard.suite import Prompt, Value
from generation.engine.types import KnobValue, Understanding
from generation.engine.understanding.quantities import UNITS, converted, numbers_in, quantities

POINTS = np.array([-2.3, -0.7, 0.4, 1.1, 2.9])
Lost = float | str


def missing(prompt: Prompt, draft: Draft) -> tuple[Lost, ...] | None:
    """The values asked for that the animation is not drawn with, and those it took up though nobody asked for them.

    A writer that tells no values back is judged by the numbers that its code shows or names. None where nothing can be
    judged so.
    """
    understanding = draft.understanding
    if understanding is None:
        return _not_in_code(prompt, draft.source)
    if prompt.knobs is not None:
        return _not_in_knobs(prompt.knobs, draft, understanding)
    told = _flat(value for part in _parts(understanding) for value in part.knobs.values())
    drawn = _flat(knob.value for knob in draft.knobs)
    lost = [*_not_among(prompt.values, told), *_not_among(prompt.values, drawn)]
    return tuple(dict.fromkeys(lost))


def _parts(understanding: Understanding) -> tuple[Understanding, ...]:
    return understanding.parts or (understanding,)


def _not_in_knobs(asked: Mapping[str, KnobValue], draft: Draft, understanding: Understanding) -> tuple[str, ...]:
    """What is not in the knob where it belongs, and numbers in knobs that nobody spoke of."""
    drawn = [(re.sub(r"_\d+$", "", knob.name), knob.value) for knob in draft.knobs]  # a second part's may be renamed
    drawn += [(knob.name, knob.value) for knob in draft.knobs]
    lost = [
        f"{name}: {value}"
        for name, value in asked.items()
        if not any(name == knob and _equal(value, there) for knob, there in drawn)
    ]
    strays = [
        f"{name}: {value}, not asked for"
        for part in _parts(understanding)
        for name, value in part.knobs.items()
        if name not in asked and isinstance(value, float | int | list) and not isinstance(value, bool)
    ]
    return (*lost, *strays)


def _equal(one: KnobValue, other: KnobValue) -> bool:
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    if isinstance(one, bool | list) or isinstance(other, bool | list):
        return one == other
    return _same(one, other)


def _flat(values: Iterable[KnobValue]) -> list[Value]:
    found: list[Value] = []
    for value in values:
        if isinstance(value, list):
            found += value
        elif not isinstance(value, bool):
            found.append(value)
    return found


def _not_among(asked: Sequence[Value], there: Sequence[Value]) -> list[Value]:
    """Each value there answers for one value asked for: 4 and 4 are two."""
    left = list(there)
    lost: list[Value] = []
    for value in asked:
        place = next((place for place, other in enumerate(left) if _same(value, other)), None)
        if place is None:
            lost.append(value)
        else:
            del left[place]
    return lost


def _same(one: Value, other: Value) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return one.casefold() == other.casefold() or _same_formula(one, other)
    if isinstance(one, str) or isinstance(other, str):
        return False
    return math.isclose(one, other, rel_tol=1e-5, abs_tol=1e-9)


def _same_formula(one: str, other: str) -> bool:
    try:
        first, second = expressions.parse(one), expressions.parse(other)
    except expressions.ExpressionError:
        return False
    return bool(np.allclose(first.values(POINTS), second.values(POINTS), rtol=1e-9, equal_nan=True))


# --- code that tells no values back -------------------------------------------------------------------


def _not_in_code(prompt: Prompt, source: str) -> tuple[Lost, ...] | None:
    """The numbers of the label that the code neither writes on the screen nor gives a name.

    Formulas and choices can be written in too many ways to be judged.
    """
    numbers = [value for value in prompt.values if not isinstance(value, str)]
    if not numbers:
        return None
    there = _shown_or_named(source)
    return tuple(
        value
        for value in numbers
        if not any(math.isclose(form, each, rel_tol=1e-3) for form in _forms(value, prompt.prompt) for each in there)
    )


def _forms(value: float, prompt: str) -> set[float]:
    """The number as labelled, as a share of one, and as the prompt says it in another unit."""
    forms = {value, abs(value), value / 100}
    for said in quantities(prompt):
        kind = UNITS[said.unit][0] if said.unit else ""
        units = [unit for unit, (measures, _) in UNITS.items() if measures == kind]
        if any(math.isclose(converted(said, unit) or 0.0, value, rel_tol=1e-5) for unit in units):
            forms.add(said.value)
    return forms


def _shown_or_named(source: str) -> list[float]:
    """Numbers in texts, in knobs, and those that are given a name. Others, such as run times, say nothing."""
    found: list[float] = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found += numbers_in(node.value)
        elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            found += _numbers_of(node.value)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "knob":
            found += [each for argument in node.args for each in _numbers_of(argument)]
    return found


def _numbers_of(node: ast.expr) -> list[float]:
    """The number that an expression is, or those of the list that it is."""
    try:
        value = ast.literal_eval(node)
    except ValueError:
        return []
    values = value if isinstance(value, list | tuple) else (value,)
    return [float(each) for each in values if isinstance(each, int | float) and not isinstance(each, bool)]

"""Whether the values that a teacher asked for are the ones an animation is drawn with."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import numpy as np

from generation.engine import expressions
from generation.engine.pipeline import Draft
from generation.engine.scorecard.suite import Value
from generation.engine.types import KnobValue

POINTS = np.array([-2.3, -0.7, 0.4, 1.1, 2.9])


def missing(asked: Sequence[Value], draft: Draft) -> tuple[Value, ...] | None:
    """The values asked for that were not told back, or that the code does not hold.

    None where the writer tells no values back: then this says nothing.
    """
    understanding = draft.understanding
    if understanding is None:
        return None
    parts = understanding.parts or (understanding,)
    told = _flat(value for part in parts for value in part.knobs.values())
    drawn = _flat(knob.value for knob in draft.knobs)
    lost = [*_not_among(asked, told), *_not_among(asked, drawn)]
    return tuple(dict.fromkeys(lost))


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
    return math.isclose(one, other, rel_tol=1e-6, abs_tol=1e-9)


def _same_formula(one: str, other: str) -> bool:
    try:
        first, second = expressions.parse(one), expressions.parse(other)
    except expressions.ExpressionError:
        return False
    return bool(np.allclose(first.values(POINTS), second.values(POINTS), rtol=1e-9, equal_nan=True))

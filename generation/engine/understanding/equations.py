"""Two linear equations in two letters inside a sentence: "2x + y = 8 and x - y = 1", "y = 2x + 1, y = 7 - x"."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

_TERM = r"(?:\d+(?:\.\d+)?\s*\*?\s*[a-z]?|[a-z])(?![a-z\d(^])"
_SIDE = rf"[-+]?\s*{_TERM}(?:\s*[-+]\s*{_TERM})*"
_END = r"(?![\w^*/(]|\s+[a-z]\b)"  # "Q = m c" is a product: no side ends there
_EQUATION = re.compile(rf"(?<![\w^)*/.])(?P<left>{_SIDE})\s*=\s*(?P<right>{_SIDE}){_END}", re.IGNORECASE)
_ONE = re.compile(r"(?P<sign>[-+]?)\s*(?P<number>\d+(?:\.\d+)?)?\s*\*?\s*(?P<letter>[a-z])?", re.IGNORECASE)
_MINUS = str.maketrans("\u2212\u2013", "--")


@dataclass(frozen=True, slots=True)
class System:
    """a1 x + b1 y = c1 and a2 x + b2 y = c2 in this order, and where they stand."""

    coefficients: tuple[float, ...]
    start: int
    end: int


def find_system(text: str) -> System | None:
    """The two equations of the text that are linear in the same two letters; None where there are more or fewer."""
    text = text.translate(_MINUS)
    found = [(match, sides) for match in _EQUATION.finditer(text) if len(sides := _collected(match)) > 2]
    if len(found) != 2:
        return None
    (first, one), (second, other) = found
    letters = sorted({*one, *other} - {""})
    if len(letters) != 2:
        return None
    rows = [(each[letters[0]], each[letters[1]], -each[""]) for each in (one, other)]
    return System(tuple(value + 0.0 for row in rows for value in row), first.start(), second.end())


def has_equation(text: str) -> bool:
    """Whether a linear equation in two letters or more stands in the text."""
    return any(len(_collected(match)) > 2 for match in _EQUATION.finditer(text.translate(_MINUS)))


def _collected(equation: re.Match[str]) -> dict[str, float]:
    """Everything on the left: how often each letter, and the number under no letter."""
    total: dict[str, float] = {"": 0.0}
    for side, direction in ((equation["left"], 1.0), (equation["right"], -1.0)):
        for term in _ONE.finditer(side):
            if term["number"] is None and term["letter"] is None:
                continue
            value = math.copysign(float(term["number"] or 1), -1 if term["sign"] == "-" else 1)
            letter = (term["letter"] or "").lower()
            total[letter] = total.get(letter, 0.0) + direction * value
    return total

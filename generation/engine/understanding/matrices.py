"""Matrices inside a sentence: "[[2, 1], [1, 3]]", "2 1; 1 3", "the matrix with entries 0, -1, 1, 0"."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from generation.engine.understanding.quantities import groups, quantities

_MATRIX = re.compile(
    r"\(\s*\([^()]*\)(?:\s*,?\s*\([^()]*\))+\s*\)|"
    r"\[\s*\[[^\[\]]*\](?:\s*,?\s*\[[^\[\]]*\])*\s*\]|[\[(]?\s*-?[\d./]+(?:[\s,]+-?[\d./]+)+\s*;[-\d\s,./;]+[\])]?"
)
_ENTRY = re.compile(r"-?\d+(?:\.\d+)?(?:/\d+)?|-?\.\d+")


@dataclass(frozen=True, slots=True)
class Found:
    """The rows, and where they stand."""

    rows: list[list[float]]
    start: int
    end: int

    @property
    def entries(self) -> list[float]:
        """Row by row."""
        return [entry for row in self.rows for entry in row]

    @property
    def is_two_by_two(self) -> bool:
        """The only size that the library draws."""
        return [len(row) for row in self.rows] == [2, 2]


def find_matrix(text: str) -> Found | None:
    """The first matrix of the text, or as many numbers as one has after the word itself."""
    match = _MATRIX.search(text)
    if match is not None:
        rows = re.split(r"[\])]\s*,?\s*[\[(]|;", match.group())
        entries = [[_entry(each) for each in _ENTRY.findall(row)] for row in rows]
        return Found([row for row in entries if row], match.start(), match.end())
    after = re.search(r"\bmatrix\b", text, re.IGNORECASE)
    for each in groups(text, quantities(text)):
        if after and len(each) in (4, 9) and each[0].start > after.end():
            values, size = [one.value for one in each], 2 if len(each) == 4 else 3
            chunks = [values[start : start + size] for start in range(0, len(values), size)]
            return Found(chunks, each[0].start, each[-1].end)
    return None


def _entry(text: str) -> float:
    """An entry of a matrix, where a comma always separates."""
    upper, _, lower = text.partition("/")
    return float(upper) / (float(lower or 1) or math.nan)

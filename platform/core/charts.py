"""Bars drawn on the server as SVG. Each chart has a table beside it that says the same in numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

WIDTH, ROW, LABEL, NUMBER = 520, 28, 210, 70  # in the drawing's own units; it scales with the page
LONGEST_LABEL = 28


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its label, its number, and where it lies."""

    label: str
    value: float
    y: int
    text_y: int
    length: int
    number_x: int


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars one below the other, the longest as long as there is room."""

    bars: list[Bar]
    height: int
    width: int = WIDTH
    label_width: int = LABEL


def bars(pairs: Iterable[tuple[str, float]]) -> Chart:
    """Lay out a bar for each label with its number."""
    told = list(pairs)
    most = max((value for _label, value in told), default=0) or 1
    room = WIDTH - LABEL - NUMBER
    drawn = []
    for place, (label, value) in enumerate(told):
        length = round(room * value / most)
        short = label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1]}…"
        drawn.append(Bar(short, value, place * ROW + 4, place * ROW + 19, length, LABEL + length + 8))
    return Chart(drawn, max(ROW, ROW * len(drawn)))

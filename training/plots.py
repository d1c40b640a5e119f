"""Plots as numbers for an SVG that a template draws; each comes with the table that says the same."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeGuard

WIDTH, HEIGHT = 640.0, 260.0
LEFT, RIGHT, TOP, BOTTOM = 60.0, 12.0, 12.0, 34.0
BAR, GAP = 22.0, 10.0
NAME_WIDTH = 170.0
DASHES = ("", "6 4", "2 3", "9 3 2 3")  # lines differ without colour too
MOST_ROWS = 40  # of the table beside a curve


@dataclass(frozen=True, slots=True)
class Tick:
    """A number at an axis and where it stands."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One curve: its name, the points of a polyline and its dashes."""

    name: str
    points: str
    dash: str


@dataclass(frozen=True, slots=True)
class Curves:
    """Curves over steps, and their table."""

    title: str
    lines: tuple[Line, ...]
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    width: float = WIDTH
    height: float = HEIGHT
    left: float = LEFT
    bottom: float = HEIGHT - BOTTOM


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar with its name and value; `low` and `high` are the ends of its interval, where it has one."""

    name: str
    text: str
    y: float
    width: float
    label_at: float
    low: float | None = None
    high: float | None = None
    interval: str = ""


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars one under the other."""

    title: str
    bars: tuple[Bar, ...]
    height: float
    width: float = WIDTH
    start: float = NAME_WIDTH


def curves(title: str, logged: Sequence[Mapping[str, Any]], names: Sequence[str]) -> Curves | None:
    """Curves of what a run logged (`step` and numbers by name); None where nothing of it can be drawn."""
    series = {name: _series(logged, name) for name in names}
    series = {name: points for name, points in series.items() if len(points) > 1}
    if not series:
        return None
    xs = [x for points in series.values() for x, _ in points]
    ys = [y for points in series.values() for _, y in points]
    across, up = _Scale(min(xs), max(xs), LEFT, WIDTH - RIGHT), _Scale(min(0.0, *ys), max(ys), HEIGHT - BOTTOM, TOP)
    lines = tuple(
        Line(name, " ".join(f"{across(x):.1f},{up(y):.1f}" for x, y in points), DASHES[number % len(DASHES)])
        for number, (name, points) in enumerate(series.items())
    )
    steps = sorted(set(xs))
    shown = steps[:: math.ceil(len(steps) / MOST_ROWS)]
    held = {name: dict(points) for name, points in series.items()}
    rows = tuple(
        (f"{step:g}", *(f"{held[name][step]:.4g}" if step in held[name] else "–" for name in series)) for step in shown
    )
    return Curves(title, lines, across.ticks(), up.ticks(), ("step", *series), rows)


def bars(title: str, values: Mapping[str, float], intervals: Mapping[str, tuple[float, float]] | None = None) -> Bars:
    """Bars of numbers that are not negative, the longest as wide as there is room."""
    most = max([*values.values(), *(high for _, high in (intervals or {}).values())], default=0.0) or 1.0
    room = WIDTH - NAME_WIDTH - 90
    drawn = []
    for number, (name, value) in enumerate(values.items()):
        low, high = (intervals or {}).get(name, (None, None))
        low_at, high_at = (None if each is None else NAME_WIDTH + room * each / most for each in (low, high))
        text = f"{value:,.0f}" if value == round(value) and value > 1 else f"{value:.3g}"
        long = max(1.0, room * value / most)
        label_at = max(NAME_WIDTH + long, high_at or 0.0) + 8
        interval = f"{low:.3g} to {high:.3g}" if low is not None and high is not None else ""
        drawn.append(Bar(name, text, GAP + number * (BAR + GAP), long, label_at, low_at, high_at, interval))
    return Bars(title, tuple(drawn), GAP + len(values) * (BAR + GAP))


def _series(logged: Sequence[Mapping[str, Any]], name: str) -> list[tuple[float, float]]:
    found = [(each.get("step"), each.get(name)) for each in logged if isinstance(each, Mapping)]
    return [(float(x), float(y)) for x, y in found if _is_number(x) and _is_number(y)]


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


class _Scale:
    """From values to places."""

    def __init__(self, low: float, high: float, start: float, end: float) -> None:
        self._low, self._high = (low, high) if high > low else (low - 0.5, high + 0.5)
        self._start, self._end = start, end

    def __call__(self, value: float) -> float:
        return self._start + (value - self._low) / (self._high - self._low) * (self._end - self._start)

    def ticks(self) -> tuple[Tick, ...]:
        """Up to six round numbers within the range."""
        raw = (self._high - self._low) / 5
        power = 10.0 ** math.floor(math.log10(raw))
        step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= raw)
        first = math.ceil(self._low / step - 1e-9)
        count = int((self._high - first * step) / step + 1e-9) + 1
        return tuple(Tick(self((first + i) * step), f"{(first + i) * step:g}") for i in range(count))

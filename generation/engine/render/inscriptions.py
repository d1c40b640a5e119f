"""Reads what is written on the stage after each play of a dry run: texts, formulas and numbers. Runs in the jail.

Parts of one group that stand in a row, such as a label, its number and its unit, are read as one line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from manim import DecimalNumber, SingleStringMathTex, Tex, Transform

from generation.engine.limits import INSCRIPTION_LENGTH, MOST_INSCRIPTIONS
from generation.engine.types import Inscription

GAP = 1.1  # heights of the taller part between two parts of one line
MOST_CONTINUED = 6
LEVEL = 0.35  # how far, in heights, the middles of two parts of one line may be apart
RELATIONS = ("=", "≈", "<", ">", "≤", "≥", "≠")
WORDS, FORMULA, NUMBER = "words", "formula", "number"


@dataclass(frozen=True, slots=True)
class Written:
    """A text on the stage: its kind, what it says, the group it belongs to and its box."""

    kind: str
    text: str
    group: int
    left: float
    bottom: float
    right: float
    top: float

    @property
    def height(self) -> float:
        """Its height in units of the scene."""
        return self.top - self.bottom


class Reader:
    """Collects what was written on the stage over the plays of one scene, each line once for each time it stood."""

    def __init__(self) -> None:
        self._lines: list[Inscription] = []
        self._standing: dict[tuple[str, str], int] = {}
        self._became: dict[int, Any] = {}  # a text that was transformed still says what it was made of
        self._kept: list[Any] = []  # ids stay unique while the objects live

    def look(self, scene: Any, seen: Iterable[tuple[Any, Any, tuple[float, float, float, float]]], now: float) -> None:
        """Read the texts seen at `now`, each with its group and its box."""
        self._follow(scene.animations or [])
        written = [
            Written(kind, text, id(group), *box)
            for mobject, group, box in seen
            for kind, text in [self._says(mobject)]
            if text
        ]
        standing: dict[tuple[str, str], int] = {}
        for kind, text in _lines(written):
            key = kind, text[:INSCRIPTION_LENGTH]
            place = self._standing.get(key)
            if place is not None:
                self._lines[place] = replace(self._lines[place], end=round(now, 2))
            elif len(self._lines) < MOST_INSCRIPTIONS:
                place = len(self._lines)
                self._lines.append(Inscription(key[1], kind == FORMULA, round(now, 2), round(now, 2)))
            if place is not None:
                standing[key] = place
        self._standing = standing

    def lines(self) -> list[Inscription]:
        """Return what was read, in order of time."""
        return list(self._lines)

    def _says(self, mobject: Any) -> tuple[str, str]:
        return says(self._became.get(id(mobject), mobject))

    def _follow(self, animations: Sequence[Any]) -> None:
        """Note what a plain Transform changed: the mobject stays, with the looks of another."""
        for animation in animations:
            parts = getattr(animation, "animations", None)
            if parts:
                self._follow(parts)
            elif isinstance(animation, Transform) and not animation.replace_mobject_with_target_in_scene:
                self._change(animation.mobject, animation.target_mobject)

    def _change(self, mobject: Any, target: Any) -> None:
        if mobject is None or target is None:
            return
        before = [part for part in mobject.get_family() if says(part)[1]]
        after = [part for part in target.get_family() if says(part)[1]]
        self._kept += [mobject, target]
        if len(before) == len(after):
            self._became |= {
                id(old): self._became.get(id(new), new)
                for old, new in zip(before, after, strict=True)
                if old is not new
            }
        else:
            self._became |= {id(old): None for old in before}


def says(mobject: Any) -> tuple[str, str]:
    """The kind of a text and what it says; empty for everything else."""
    if isinstance(mobject, DecimalNumber):
        return NUMBER, f"{mobject._get_num_string(mobject.number)} {mobject.unit or ''}".strip()
    if isinstance(mobject, SingleStringMathTex):
        tex = str(mobject.tex_string)
        return FORMULA, _formula(tex) if isinstance(mobject, Tex) else tex
    text: object = getattr(mobject, "original_text", None)
    if isinstance(text, str):
        return WORDS, " ".join(text.split())
    number: object = getattr(mobject, "number_text", None)
    return (NUMBER, number) if isinstance(number, str) else ("", "")


def _formula(tex: str) -> str:
    """TeX for text, with formulas between dollar signs, as one formula."""
    parts = tex.split("$")
    return " ".join(part if place % 2 else rf"\text{{{part}}}" for place, part in enumerate(parts) if part.strip())


def _lines(written: Sequence[Written]) -> Iterator[tuple[str, str]]:
    """Join the parts of each line; numbers that stand alone, such as those of an axis, say nothing."""
    groups: dict[int, list[Written]] = {}
    for part in written:
        groups.setdefault(part.group, []).append(part)
    rows = [row for parts in groups.values() for row in _rows(parts)]
    for row in rows:
        if row.kind != NUMBER:
            whole = _continued(row, rows)
            yield whole.kind, whole.text


def _continued(row: Written, rows: Sequence[Written], most: int = MOST_CONTINUED) -> Written:
    """A line that begins with a sign of relation, together with what it goes on from."""
    before = _before(row, rows) if most and row.text.startswith(RELATIONS) else None
    if before is None:
        return row
    whole = _continued(before, rows, most - 1)
    return row if whole.text.startswith(RELATIONS) else _joined([whole, row])


def _rows(parts: Sequence[Written]) -> Iterator[Written]:
    """The parts of one group, those in a row joined."""
    row: list[Written] = []
    for part in sorted(parts, key=lambda each: each.left):
        if row and not _continues(row, part):
            yield _joined(row)
            row = []
        row.append(part)
    if row:
        yield _joined(row)


def _continues(row: Sequence[Written], part: Written) -> bool:
    before = row[-1]
    tall = max(before.height, part.height)
    level = abs((before.bottom + before.top) - (part.bottom + part.top)) / 2 <= LEVEL * tall
    if not (level and -0.2 * tall <= part.left - before.right <= GAP * tall):
        return False
    return not (_relates(part) and not part.text.startswith(RELATIONS) and any(map(_relates, row)))


def _relates(part: Written) -> bool:
    return any(sign in part.text for sign in RELATIONS)


def _before(row: Written, rows: Sequence[Written]) -> Written | None:
    """What a line that begins with a sign of relation goes on from: the line to its left, else the one above."""
    tall = 2 * row.height

    def left(other: Written) -> bool:
        return other.bottom < row.top and row.bottom < other.top and 0 <= row.left - other.right < tall

    def above(other: Written) -> bool:
        return other.left < row.right and row.left < other.right and 0 <= other.bottom - row.top < tall

    others = [
        other for other in rows if other is not row and other.text.strip("0123456789.,\u2212- ")
    ]  # numbers of an axis
    beside = min((other for other in others if left(other)), key=lambda other: row.left - other.right, default=None)
    return beside or min((other for other in others if above(other)), key=lambda other: other.bottom, default=None)


def _joined(row: Sequence[Written]) -> Written:
    if len(row) == 1:
        return row[0]
    kinds = {part.kind for part in row}
    kind = FORMULA if FORMULA in kinds else WORDS if WORDS in kinds else NUMBER
    texts = [rf"\text{{ {part.text} }}" if kind == FORMULA and part.kind == WORDS else part.text for part in row]
    ends = (part.right for part in row), (part.top for part in row), (part.bottom for part in row)
    right, top, bottom = max(ends[0]), max(ends[1]), min(ends[2])
    return Written(kind, " ".join(texts), row[0].group, min(part.left for part in row), bottom, right, top)

"""The card "check before class": what an animation shows and says, with what was recomputed of it."""

from __future__ import annotations

import ast
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from generation.engine.checking.constants import CONSTANTS, judge_constant, judge_plain
from generation.engine.checking.judging import UNKNOWN, Finding, Verdict, judge, judge_with, worst
from generation.engine.checking.reading import Statement, is_closed, statements
from generation.engine.checking.tokens import plain
from generation.engine.checking.tree import Call, Name, Node, Number, Setting, free_names
from generation.engine.types import Caption, Inscription, Knob, KnobKind, LayoutFault

MOST_ITEMS = {"formula": 40, "equality": 40, "constant": 12, "unit": 16, "claim": 30, "ideal": 8, "layout": 20}
MOST_MOMENTS = 12  # at which a law is tried with the values then shown
LONGEST = 300
_REMAINDER = re.compile(r"\b(?:remainder|resto|reste|rest)\b", re.IGNORECASE)
_COMPARES = re.compile(
    r"\d|\b(?:half|twice|doubles?|three times|four times|third|quarter|always|never|every|more|less|most|least|equal|"
    r"equals|same|greater|smaller|larger|faster|slower|higher|lower|only|law|theorem|rule|proportional|constant|all)\b",
    re.IGNORECASE,
)
_IDEAL = re.compile(
    r"\b(?:without (?:friction|air|loss|damping)|no (?:friction|air)|friction(?:less)?|air resistance|ideal\w*|"
    r"massless|"
    r"point (?:mass|charge)|neglect\w*|ignor\w+|assum\w+|approximat\w+|small angles?|simplif\w+|as if|model)\b",
    re.IGNORECASE,
)


class Kind(StrEnum):
    """What an item of the card is."""

    FORMULA = "formula"
    EQUALITY = "equality"
    CONSTANT = "constant"
    UNIT = "unit"
    CLAIM = "claim"
    IDEAL = "ideal"
    LAYOUT = "layout"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a dry run of one scene saw and heard; times count from the start of the scene."""

    scene: str
    written: Sequence[Inscription]
    captions: Sequence[Caption]
    layout: Sequence[LayoutFault] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to check. `seconds` counts from the start of its scene."""

    kind: Kind
    text: str
    scene: str
    seconds: float
    verdict: Verdict = Verdict.UNKNOWN
    note: str = ""
    value: str = ""
    tex: bool = False

    @property
    def key(self) -> str:
        """A name for this item that stays the same as long as it says the same."""
        return hashlib.sha256("\0".join((self.kind, self.text, self.scene, self.value)).encode()).hexdigest()[:16]


def collect(scenes: Sequence[Evidence], knobs: Iterable[Knob] = (), source: str = "", stated: str = "") -> list[Item]:
    """Collect what is to be checked, what is wrong first. `stated` is what the template says of itself."""
    found = [*_units(knobs), *_source_constants(source)]
    for scene in scenes:
        found += [*_written(scene), *_claims(scene)]
        found += [Item(Kind.LAYOUT, each.message, scene.scene, each.seconds) for each in scene.layout]
    first = scenes[0].scene if scenes else ""
    found += [Item(Kind.IDEAL, sentence, first, 0.0) for sentence in _sentences(stated) if _IDEAL.search(sentence)]
    return _few(found)


def as_json(items: Iterable[Item]) -> list[dict[str, Any]]:
    """The items as they are kept with a revision."""
    return [{"key": item.key, **asdict(item), "kind": item.kind.value, "verdict": item.verdict.value} for item in items]


# --- What stands on the stage ------------------------------------------------------------------------
def _written(scene: Evidence) -> Iterator[Item]:
    read = [(line, statements(line.text, is_formula=line.is_formula)) for line in scene.written]
    functions = _functions(each for _, found in read for each in found)
    remainders = any(_REMAINDER.search(line.text) for line in scene.written)
    for line, found in read:
        yield from _constants(scene, line, found)
        findings = [judge(each, Setting(functions=functions, remainders=remainders)) for each in found]
        findings += [_at_moments(each, line, read, functions) for each in found]
        finding = worst(findings)
        if finding is UNKNOWN and not line.is_formula:
            continue
        kind = Kind.FORMULA if line.is_formula else Kind.EQUALITY
        yield _item(kind, line, scene, finding)


def _item(kind: Kind, line: Inscription, scene: Evidence, finding: Finding) -> Item:
    text = plain(line.text) if line.is_formula else line.text
    return Item(
        kind, text[:LONGEST], scene.scene, line.start, finding.verdict, finding.note, finding.value, line.is_formula
    )


def _functions(found: Iterable[Statement]) -> dict[str, tuple[str, Node]]:
    """What f(x) = … on the stage defines; a letter defined twice means nothing."""
    defined: dict[str, list[tuple[str, Node]]] = {}
    for statement in found:
        side, body = statement.sides[0], statement.sides[1]
        if (
            isinstance(side, Call)
            and isinstance(side.argument, Name)
            and statement.relations[0] == "="
            and body is not None
            and "'" not in side.function
            and free_names(body) <= {side.argument.name}
        ):
            defined.setdefault(side.function, []).append((side.argument.name, body))
    return {name: bodies[0] for name, bodies in defined.items() if len(set(map(repr, bodies))) == 1}


def _at_moments(
    statement: Statement,
    line: Inscription,
    read: Sequence[tuple[Inscription, list[Statement]]],
    functions: Mapping[str, tuple[str, Node]],
) -> Finding:
    """Try a law with the values that stand beside it, at each moment at which they change.

    It is wrong where it holds at none of them: a law of equilibrium, say, need not hold at all.
    """
    if any(is_closed(side) for side in statement.sides):
        return UNKNOWN
    moments = sorted({line.start, *(other.start for other, _ in read if line.start <= other.start <= line.end)})
    found = []
    for moment in moments[-MOST_MOMENTS:]:
        if known := _known(read, moment):
            found.append(judge_with(statement, known, Setting(functions=functions)))
    return next((finding for finding in found if finding.verdict is Verdict.RIGHT), worst(found))


def _known(read: Sequence[tuple[Inscription, list[Statement]]], moment: float) -> dict[str, Number]:
    """Letters with exactly one value on the stage at a moment."""
    values: dict[str, list[Number]] = {}
    for line, found in read:
        if not line.start <= moment <= line.end:
            continue
        for statement in found:
            name, last = statement.sides[0], statement.sides[-1]
            if isinstance(name, Name) and isinstance(last, Number) and len(name.name) < 12:
                values.setdefault(name.name, []).append(last)
    return {
        name: numbers[0]
        for name, numbers in values.items()
        if len({(number.value, number.unit and number.unit.text) for number in numbers}) == 1
    }


def _constants(scene: Evidence, line: Inscription, found: Sequence[Statement]) -> Iterator[Item]:
    for statement in found:
        name, side = statement.sides[0], statement.sides[-1]
        if not isinstance(name, Name) or side is None:
            continue
        named = judge_constant(name.name, side)
        if named is not None:
            constant, finding = named
            yield _item(
                Kind.CONSTANT,
                Inscription(f"{constant.title}: {plain(line.text)}", False, line.start, line.end),
                scene,
                finding,
            )
        elif (finding := judge_plain(name.name, side) or UNKNOWN) is not UNKNOWN:
            yield _item(Kind.CONSTANT, line, scene, finding)


# --- What is said, and what the code holds -----------------------------------------------------------
def _claims(scene: Evidence) -> Iterator[Item]:
    for caption in scene.captions:
        found = statements(caption.text, is_formula=False)
        finding = worst([judge(each, Setting()) for each in found])
        kind = Kind.IDEAL if _IDEAL.search(caption.text) else Kind.CLAIM
        if kind is Kind.IDEAL or _COMPARES.search(caption.text):
            yield Item(
                kind,
                caption.text[:LONGEST],
                scene.scene,
                round(caption.start, 2),
                finding.verdict,
                finding.note,
                finding.value,
            )
    for line in scene.written:
        if not line.is_formula and len(line.text.split()) > 3 and _COMPARES.search(line.text) and "=" not in line.text:
            yield Item(Kind.CLAIM, line.text[:LONGEST], scene.scene, line.start)


def _units(knobs: Iterable[Knob]) -> Iterator[Item]:
    for knob in knobs:
        if knob.kind in {KnobKind.NUMBER, KnobKind.INTEGER, KnobKind.NUMBERS} and knob.unit:
            values = knob.value if isinstance(knob.value, list) else [knob.value]
            shown = ", ".join(f"{each:g}" for each in values if isinstance(each, int | float))
            yield Item(Kind.UNIT, f"{knob.label}: {shown} {knob.unit}", knob.scenes[0] if knob.scenes else "", 0.0)


def _source_constants(source: str) -> Iterator[Item]:
    """Constants that plain code holds by their usual letter: G_EARTH = 9.81 is none, g = 9.81 is."""
    if not source:
        return
    letters: Mapping[str, str] = {"g": "g", "G": "g", "C": "c", "N_A": "N_A", "K_B": "k_B", "R": "R"}
    for node in ast.parse(source).body:
        if not (isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and len(node.targets) == 1):
            continue
        target, number = node.targets[0], node.value.value
        symbol = letters.get(target.id) if isinstance(target, ast.Name) else None
        if symbol and isinstance(number, float) and abs(number / CONSTANTS[symbol].value - 1) < 0.05:
            constant = CONSTANTS[symbol]
            close = [constant.value, *constant.also]
            right = any(abs(number / each - 1) < 2e-3 for each in close)
            finding = (
                Finding(Verdict.RIGHT, "constant")
                if right
                else Finding(Verdict.WRONG, "should_be", f"{constant.value:.4g}")
            )
            text = f"{constant.title}: {symbol} = {number:g} {constant.unit}"
            yield Item(Kind.CONSTANT, text, "", 0.0, finding.verdict, finding.note, finding.value)


def _sentences(text: str) -> list[str]:
    return [sentence.strip() for sentence in re.split(r"(?<=[.!?])\s+", text) if sentence.strip()]


def _few(found: Sequence[Item]) -> list[Item]:
    """Each text once, the worst of it; what is wrong first; so many of a kind."""
    best: dict[tuple[Kind, str], Item] = {}
    rank = {Verdict.WRONG: 0, Verdict.RIGHT: 1, Verdict.UNKNOWN: 2}
    for item in found:
        kept = best.get((item.kind, item.text))
        if kept is None or rank[item.verdict] < rank[kept.verdict]:
            best[item.kind, item.text] = item
    ordered = sorted(best.values(), key=lambda item: item.verdict is not Verdict.WRONG)
    counts: dict[Kind, int] = {}
    few = []
    for item in ordered:
        counts[item.kind] = counts.get(item.kind, 0) + 1
        if counts[item.kind] <= MOST_ITEMS[item.kind]:
            few.append(item)
    return few

"""Recomputes statements: numbers within the rounding shown, identities at many points, units by their dimensions."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise
from random import Random

from generation.engine.checking.reading import Statement, is_closed
from generation.engine.checking.tree import (
    Apply,
    Bound,
    Call,
    Mismatch,
    Name,
    Node,
    Number,
    Quantity,
    Setting,
    Unknown,
    free_names,
    value,
    walk,
)
from generation.engine.checking.units import clean

SAMPLES, LEAST_SAMPLES = 24, 8
EXACT = 1e-9
LEAST_ROUNDED = 100
CLOSE = 1e-5  # of identities, which may hold numeric derivatives
EQUAL = frozenset("=≈")


class Verdict(StrEnum):
    """What recomputing led to."""

    RIGHT = "right"
    WRONG = "wrong"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Finding:
    """What became of a statement. `note` says what was done or is wrong, `value` what it should be."""

    verdict: Verdict
    note: str = ""  # computed, remainder, should_be, unit, order, identity, not_identity, some_values, with_values
    value: str = ""


UNKNOWN = Finding(Verdict.UNKNOWN)


def judge(statement: Statement, setting: Setting) -> Finding:
    """Recompute a statement as far as it is closed, or an identity."""
    found: list[Finding] = []
    last: tuple[Node, int] | None = None
    for place, side in enumerate(statement.sides):
        if side is None or not is_closed(side):
            continue
        if last is not None:
            between = statement.relations[last[1] : place]
            if len(between) == 1 or set(between) <= EQUAL:
                relation = "≈" if "≈" in between else between[0]
                found.append(_compare(last[0], relation, side, setting))
        last = side, place
    for place, (one, other) in enumerate(pairwise(statement.sides)):
        if statement.relations[place] != "=" or one is None or other is None:
            continue
        if not (is_closed(one) and is_closed(other)):
            found.append(_identity(one, other, setting))
    return worst(found)


def judge_with(statement: Statement, known: Mapping[str, Number], setting: Setting) -> Finding:
    """Put known values into a law such as F = k x, where all of its letters have one."""
    within = replace(setting, names=known)
    found = []
    for place, (one, other) in enumerate(pairwise(statement.sides)):
        if statement.relations[place] not in EQUAL or one is None or other is None:
            continue
        names = free_names(one) | free_names(other)
        if names and names <= known.keys() and not (isinstance(one, Number) or isinstance(other, Number)):
            finding = _compare(one, "≈", other, within, names=names)
            if finding.verdict is not Verdict.UNKNOWN:
                found.append(replace(finding, note="with_values" if finding.verdict is Verdict.RIGHT else finding.note))
    return worst(found)


def worst(found: Sequence[Finding]) -> Finding:
    """The finding that speaks for all: a wrong one, else a right one."""
    for verdict in (Verdict.WRONG, Verdict.RIGHT):
        for finding in found:
            if finding.verdict is verdict:
                return finding
    return next((finding for finding in found if finding.note), UNKNOWN)


# --- Numbers ---------------------------------------------------------------------------------------
def _compare(one: Node, relation: str, other: Node, setting: Setting, names: frozenset[str] = frozenset()) -> Finding:  # noqa: PLR0911
    numbers = [_literals(side, setting) for side in (one, other)]
    measured = [[number for number in side if number.unit and number.unit.dimensions] for side in numbers]
    if any(measured):
        try:
            with_units = replace(setting, with_units=True)
            left, right = value(one, with_units), value(other, with_units)
        except Mismatch:
            if all(len(all_) == len(some) for all_, some in zip(numbers, measured, strict=True) if some):
                return Finding(Verdict.WRONG, "unit")
        except Unknown:
            return UNKNOWN
        else:
            if clean(left.dimensions) == clean(right.dimensions):
                return _compare_values(one, relation, other, with_units, numbers)
            if all(measured) and (len(measured[0]) > 1 or len(measured[1]) > 1 or names):
                return _other_unit(left, right, names)
            if all(measured) and len(numbers[0]) == len(numbers[1]) == 1:
                return Finding(Verdict.WRONG, "unit")
    try:
        return _compare_values(one, relation, other, setting, numbers)
    except Mismatch:
        return UNKNOWN


def _other_unit(left: Quantity, right: Quantity, names: frozenset[str]) -> Finding:
    if not left.value or not right.value:
        return UNKNOWN
    return UNKNOWN if names else Finding(Verdict.WRONG, "unit")


def _literals(side: Node, setting: Setting) -> list[Number]:
    """The numbers of a side that count as quantities: not exponents, and what its names stand for."""
    powers = {
        id(inner)
        for node in walk(side)
        if isinstance(node, Apply) and node.function in {"^", "root"}
        for inner in walk(node.parts[1])
    }
    found = [node for node in walk(side) if isinstance(node, Number) and id(node) not in powers]
    named = [setting.names[node.name] for node in walk(side) if isinstance(node, Name) and node.name in setting.names]
    return [*found, *(node for node in named if isinstance(node, Number))]


def _compare_values(  # noqa: PLR0911
    one: Node, relation: str, other: Node, setting: Setting, numbers: Sequence[Sequence[Number]]
) -> Finding:
    try:
        left, right = value(one, setting).value, value(other, setting).value
        apart = abs(left - right)
        slack = sum(
            abs(value(side, replace(setting, shift=(id(number), _step(number, side, relation) / 2))).value - whole)
            for side, whole, held in ((one, left, numbers[0]), (other, right, numbers[1]))
            for number in {id(each): each for each in held}.values()
            if _is_rounded(number, side, setting)
        )
    except Unknown:
        return UNKNOWN
    slack = slack * (1 + 1e-6) + EXACT * max(abs(left), abs(right), 1e-300)
    if relation in EQUAL:
        if apart <= slack:
            return Finding(Verdict.RIGHT, "computed")
        if _rounds(left, other) or _rounds(right, one):
            return Finding(Verdict.RIGHT, "computed")
        if setting.remainders and _divides(one) and right == math.floor(left):
            return Finding(Verdict.RIGHT, "remainder")
        if _in_binary(other) == left or _in_binary(one) == right or _in_degrees(one, other, setting, slack):
            return Finding(Verdict.RIGHT, "computed")
        return Finding(Verdict.WRONG, "should_be", _said(one, left, other, setting))
    holds = {
        "<": left < right, ">": left > right, "≤": left <= right + slack, "≥": left >= right - slack, "≠": apart > 0
    }[relation]  # fmt: skip
    return Finding(Verdict.RIGHT, "computed") if holds else Finding(Verdict.WRONG, "order")


def _is_rounded(number: Number, side: Node, setting: Setting) -> bool:
    """Whether a number may be rounded: a result, or one with two digits or more; 0.1 is meant as it stands."""
    if side is number or (isinstance(side, Name) and setting.names.get(side.name) is number):
        return True
    return abs(number.value) >= 10 * number.step


def _step(number: Number, side: Node, relation: str) -> float:
    """How much the last place shown is worth; about a whole number "≈" leaves half a unit."""
    if not number.step and number.unit and number.unit.dimensions and abs(number.value) >= LEAST_ROUNDED:
        return 1.0  # 785 N was weighed or worked out, and rounded
    if number.step or relation != "≈" or side is not number or number.value != int(number.value):
        return number.step
    return 1.0 if abs(number.value) > 2 else 0.0


def _rounds(exact: float, shown: Node) -> bool:
    """Whether a whole number of three digits or more is what a value that is not whole rounds to."""
    if not isinstance(shown, Number) or shown.step or abs(shown.value) < LEAST_ROUNDED:
        return False
    in_its_unit = exact / shown.unit.factor if shown.unit and shown.unit.dimensions else exact
    return any(
        (abs(number - shown.value) <= 0.5 and abs(number - round(number)) > EXACT)
        or abs(number / shown.value - 1) < EXACT
        for number in (exact, in_its_unit)
    )


def _in_binary(side: Node) -> float | None:
    """What a row of at least four ones and zeros means in base 2."""
    if not isinstance(side, Number) or side.step or side.value < 0 or side.value > 1e15:
        return None
    digits = f"{side.value:.0f}"
    return float(int(digits, 2)) if len(digits) >= 4 and set(digits) <= set("01") else None


def _divides(side: Node) -> bool:
    """Whether a side is one whole number divided by another."""
    if not isinstance(side, Apply) or side.function != "/":
        return False
    return all(isinstance(part, Number) and part.value == int(part.value) for part in side.parts)


def _in_degrees(one: Node, other: Node, setting: Setting, slack: float) -> bool:
    """Whether it holds with angles that are meant in degrees without the sign: sin 30 = 0.5."""
    sides = [_degrees(side) for side in (one, other)]
    if sides[0] is one and sides[1] is other:
        return False
    try:
        return abs(value(sides[0], setting).value - value(sides[1], setting).value) <= slack + 1e-9
    except (Unknown, Mismatch):
        return False


def _degrees(node: Node) -> Node:
    if not isinstance(node, Apply):
        return node
    if node.function in {"sin", "cos", "tan"} and isinstance(node.parts[0], Number) and node.parts[0].unit is None:
        return Apply(node.function, (Number(math.radians(node.parts[0].value)),))
    parts = tuple(_degrees(part) for part in node.parts)
    return node if all(new is old for new, old in zip(parts, node.parts, strict=True)) else Apply(node.function, parts)


def _said(one: Node, left: float, other: Node, setting: Setting) -> str:
    """The value of the left side, in the unit and with the places that the right side has."""
    number = other if isinstance(other, Number) else next((n for n in walk(other) if isinstance(n, Number)), None)
    if isinstance(other, Name):
        known = setting.names.get(other.name)
        number = known if isinstance(known, Number) else None
    if number is None or number.unit is None:
        return f"{left:.4g}"
    factor = number.unit.factor if setting.with_units or not number.unit.dimensions else 1.0
    return f"{left / factor:.4g} {number.unit.text}"


# --- Identities ------------------------------------------------------------------------------------
def _identity(one: Node, other: Node, setting: Setting) -> Finding:
    """Whether both sides are equal whatever their letters mean; only some statements claim that they are."""
    one, other = _antiderivative(one, other)
    claims = any(_claims(side, setting) for side in (one, other))
    if not claims and (isinstance(one, Name | Call) or isinstance(other, Name)):
        return UNKNOWN  # a definition, a law or an equation to be solved
    agreed = _agreement(one, other, setting)
    if agreed is None:
        return UNKNOWN
    if agreed == 1.0:
        return Finding(Verdict.RIGHT, "identity")
    if claims or _expands(one, other):
        return Finding(Verdict.WRONG, "not_identity")
    return (
        Finding(Verdict.UNKNOWN, "some_values") if free_names(one) and free_names(one) == free_names(other) else UNKNOWN
    )


def _antiderivative(one: Node, other: Node) -> tuple[Node, Node]:
    """∫ f dx = F + C says that the derivative of F is f."""
    if isinstance(one, Bound) and one.kind == "integral" and one.low is None:
        return Bound("diff", one.variable, other), one.body
    return one, other


def _claims(side: Node, setting: Setting) -> bool:
    """Whether a side is something to be worked out: a derivative, an integral, a sum, f'(x)."""
    if isinstance(side, Bound):
        return True
    return isinstance(side, Call) and side.function.endswith("'") and side.function.rstrip("'") in setting.functions


def _expands(one: Node, other: Node) -> bool:
    """Whether a power or product of sums in several letters is said to be something else in the same letters."""
    names = free_names(one)
    bracketed = isinstance(one, Apply) and one.function in {"^", "*"} and _is_sum(one.parts[0])
    return bracketed and len(names) >= 2 and names == free_names(other)


def _is_sum(node: Node) -> bool:
    return isinstance(node, Apply) and node.function in {"+", "-"} and len(node.parts) == 2


def _agreement(one: Node, other: Node, setting: Setting) -> float | None:
    """The share of points at which both sides are equal; None where too few could be worked out."""
    names = sorted(free_names(one) | free_names(other))
    if any(name.endswith("()") and name[:-2].rstrip("'") not in setting.functions for name in names):
        return None
    random = Random(7)  # noqa: S311 - points to try, the same each time
    equal = tried = 0
    for sample in range(SAMPLES):
        low, high = ((0.3, 2.5), (-2.5, 2.5), (0.05, 0.9))[sample % 3]
        values = {name: random.uniform(low, high) for name in names if not name.endswith("()")}
        try:
            at = replace(setting, values={**setting.values, **values})
            left, right = value(one, at).value, value(other, at).value
        except (Unknown, Mismatch):
            continue
        tried += 1
        equal += math.isclose(left, right, rel_tol=CLOSE, abs_tol=CLOSE)
    return equal / tried if tried >= LEAST_SAMPLES else None

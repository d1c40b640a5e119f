"""Expressions as trees, and their value. Nothing here is ever run as code; every tree is small."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from generation.engine.checking.units import PLAIN, Dimensions, Unit, clean

EULER = "ℯ"  # the number; the letter e may be a charge
MOST_TERMS = 2000
MOST_STEPS = 200_000
MOST_DEPTH = 60
STEP = 1e-3  # of numeric derivatives, relative
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(48)


class Unknown(Exception):
    """The value cannot be computed here."""


class Mismatch(Exception):
    """Quantities of different kinds were added or compared."""


@dataclass(frozen=True, slots=True, eq=False)
class Number:
    """A number as written; `step` is the worth of its last place, 0 for whole numbers."""

    value: float
    step: float = 0.0
    unit: Unit | None = None


@dataclass(frozen=True, slots=True)
class Name:
    """A letter or a word that stands for a quantity."""

    name: str


@dataclass(frozen=True, slots=True)
class Apply:
    """An operation or a known function on one or two parts."""

    function: str
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """A function that the lesson defines, such as f(x)."""

    function: str
    argument: Node


@dataclass(frozen=True, slots=True)
class Bound:
    """A derivative, integral, sum, product or limit over one variable."""

    kind: str  # diff, integral, sum, prod, lim
    variable: str
    body: Node
    low: Node | None = None
    high: Node | None = None
    order: int = 1


Node = Number | Name | Apply | Call | Bound


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value in base units and what it measures."""

    value: float
    dimensions: Dimensions = field(default_factory=lambda: PLAIN)


@dataclass(frozen=True, slots=True)
class Setting:
    """What names and functions mean; `shift` moves single numbers within their rounding."""

    names: Mapping[str, Node] = field(default_factory=dict)
    values: Mapping[str, float] = field(default_factory=dict)
    functions: Mapping[str, tuple[str, Node]] = field(default_factory=dict)
    with_units: bool = False
    remainders: bool = False  # 45 ÷ 2 = 22, and the remainder stands elsewhere
    shift: tuple[int, float] = (0, 0.0)
    budget: list[int] = field(default_factory=lambda: [MOST_STEPS])  # sums of sums must not run for ever


_FUNCTIONS: Mapping[str, Callable[..., float]] = {
    "sin": math.sin, "cos": math.cos, "tan": math.tan, "asin": math.asin, "acos": math.acos, "atan": math.atan,
    "sinh": math.sinh, "cosh": math.cosh, "tanh": math.tanh, "exp": math.exp, "ln": math.log, "log": math.log10,
    "cot": lambda x: 1 / math.tan(x), "sec": lambda x: 1 / math.cos(x), "csc": lambda x: 1 / math.sin(x),
    "logb": lambda base, x: math.log(x) / math.log(base),
    "floor": math.floor, "ceil": math.ceil,
}  # fmt: skip
FUNCTION_NAMES = frozenset(_FUNCTIONS) - {"logb"}


def value(node: Node, setting: Setting, depth: int = 0) -> Quantity:
    """The value of a tree. Raises Unknown where it has none, Mismatch where units do not fit."""
    setting.budget[0] -= 1
    if depth > MOST_DEPTH or setting.budget[0] < 0:
        raise Unknown
    try:
        found = _value(node, setting, depth + 1)
    except (ArithmeticError, ValueError) as error:
        raise Unknown from error
    if isinstance(found.value, complex) or not math.isfinite(found.value):
        raise Unknown
    return found


def _value(node: Node, setting: Setting, depth: int) -> Quantity:  # noqa: PLR0911
    match node:
        case Number():
            return _number(node, setting)
        case Name(name):
            if name in setting.values:
                return Quantity(setting.values[name])
            if name in setting.names:
                return value(setting.names[name], setting, depth)
            if name == "π":
                return Quantity(math.pi)
            if name == EULER:
                return Quantity(math.e)
            raise Unknown
        case Call(function, argument):
            return Quantity(_called(function, value(argument, setting, depth).value, setting, depth))
        case Bound():
            return Quantity(_bound(node, setting, depth))
        case Apply(function, parts):
            return _apply(function, [value(part, setting, depth) for part in parts], setting.with_units)


def _called(function: str, at: float, setting: Setting, depth: int) -> float:
    """A function of the lesson; f' is the derivative of f."""
    name = function.rstrip("'")
    if name not in setting.functions or len(function) - len(name) > 2:
        raise Unknown
    variable, body = setting.functions[name]

    def run(x: float) -> float:
        return value(body, _with(setting, variable, x), depth).value

    return run(at) if name == function else _derivative(run, at, len(function) - len(name))


def _number(node: Number, setting: Setting) -> Quantity:
    written = node.value + (setting.shift[1] if setting.shift[0] == id(node) else 0.0)
    if node.unit is None:
        return Quantity(written)
    if setting.with_units:
        return Quantity(written * node.unit.factor, node.unit.dimensions)
    return Quantity(written * (1.0 if node.unit.dimensions else node.unit.factor))


def _apply(function: str, parts: list[Quantity], with_units: bool) -> Quantity:  # noqa: PLR0911
    first = parts[0]
    match function:
        case "+" | "-":
            if len(parts) == 1:
                return Quantity(-first.value, first.dimensions)
            _require_alike(first, parts[1], with_units)
            sign = 1 if function == "+" else -1
            return Quantity(first.value + sign * parts[1].value, first.dimensions)
        case "*" | "/":
            sign = 1 if function == "*" else -1
            number = first.value * parts[1].value if sign == 1 else first.value / parts[1].value
            return Quantity(number, _combined(first.dimensions, parts[1].dimensions, sign))
        case "^":
            if parts[1].dimensions:
                raise Mismatch
            return Quantity(first.value ** parts[1].value, _raised(first.dimensions, parts[1].value))
        case "root":
            return Quantity(_root(first.value, parts[1].value), _raised(first.dimensions, 1 / parts[1].value))
        case "abs":
            return Quantity(abs(first.value), first.dimensions)
        case "!":
            return Quantity(_factorial(first.value))
        case "binom":
            return Quantity(
                _factorial(first.value) / _factorial(parts[1].value) / _factorial(first.value - parts[1].value)
            )
    if any(part.dimensions for part in parts):
        raise Mismatch
    return Quantity(_FUNCTIONS[function](*[part.value for part in parts]))


def _root(radicand: float, degree: float) -> float:
    if radicand < 0 and degree == 3:
        return float(-((-radicand) ** (1 / 3)))
    if radicand < 0:
        raise Unknown
    return float(radicand ** (1 / degree))


def _factorial(number: float) -> float:
    if number < 0 or number > 170 or number != int(number):
        raise Unknown
    return float(math.factorial(int(number)))


def _require_alike(one: Quantity, other: Quantity, with_units: bool) -> None:
    if with_units and clean(one.dimensions) != clean(other.dimensions) and one.value and other.value:
        raise Mismatch


def _combined(one: Dimensions, other: Dimensions, sign: int) -> Dimensions:
    if not one and not other:
        return PLAIN
    names = {*one, *other}
    return clean({name: one.get(name, 0) + sign * other.get(name, 0) for name in names})


def _raised(dimensions: Dimensions, power: float) -> Dimensions:
    return clean({name: exponent * power for name, exponent in dimensions.items()}) if dimensions else PLAIN


def _with(setting: Setting, variable: str, number: float) -> Setting:
    return replace(setting, values={**setting.values, variable: number})


def _bound(node: Bound, setting: Setting, depth: int) -> float:
    def at(number: float) -> float:
        return value(node.body, _with(setting, node.variable, number), depth).value

    if node.kind == "diff":
        if node.variable not in setting.values:
            raise Unknown
        return _derivative(at, setting.values[node.variable], node.order)
    if node.low is None:
        raise Unknown
    low = value(node.low, setting, depth).value
    if node.kind == "lim":
        return _limit(at, low)
    if node.high is None:
        raise Unknown
    high = value(node.high, setting, depth).value
    if node.kind == "integral":
        return _integral(at, low, high)
    if low != int(low) or high != int(high) or high - low > MOST_TERMS:
        raise Unknown
    terms = [at(float(number)) for number in range(int(low), int(high) + 1)]
    return math.prod(terms) if node.kind == "prod" else math.fsum(terms)


def _derivative(function: Callable[[float], float], x: float, order: int) -> float:
    if order > 1:
        return _derivative(lambda y: _derivative(function, y, order - 1), x, 1)
    h = STEP * max(1.0, abs(x))
    return (8 * (function(x + h) - function(x - h)) - function(x + 2 * h) + function(x - 2 * h)) / (12 * h)


def _integral(function: Callable[[float], float], low: float, high: float) -> float:
    """By two rules that must agree, else the function is too wild for them."""
    parts = [
        _gauss(function, low, high),
        _gauss(function, low, (low + high) / 2) + _gauss(function, (low + high) / 2, high),
    ]
    if not math.isclose(*parts, rel_tol=1e-7, abs_tol=1e-9):
        raise Unknown
    return parts[1]


def _gauss(function: Callable[[float], float], low: float, high: float) -> float:
    middle, half = (low + high) / 2, (high - low) / 2
    return half * math.fsum(
        w * function(middle + half * x) for x, w in zip(_NODES.tolist(), _WEIGHTS.tolist(), strict=True)
    )


def _limit(function: Callable[[float], float], at: float) -> float:
    near = [function(at + step) for step in (1e-4, -1e-4, 1e-5, -1e-5)]
    if max(near) - min(near) > 1e-2 * max(1.0, abs(near[0])):
        raise Unknown
    return (near[2] + near[3]) / 2


def walk(node: Node) -> Iterator[Node]:
    """The node and all below it."""
    yield node
    for part in _below(node):
        yield from walk(part)


def _below(node: Node) -> tuple[Node, ...]:
    match node:
        case Apply(_, parts):
            return parts
        case Call(_, argument):
            return (argument,)
        case Bound(_, _, body, low, high):
            return tuple(part for part in (body, low, high) if part is not None)
    return ()


def free_names(node: Node) -> frozenset[str]:
    """Names that stand for something the expression does not say; f of f(x) among them."""
    match node:
        case Number():
            return frozenset()
        case Name(name):
            return frozenset() if name in {"π", EULER} else frozenset({name})
        case Apply(_, parts):
            return frozenset().union(*map(free_names, parts))
        case Call(function, argument):
            return free_names(argument) | {f"{function}()"}
        case Bound(kind, variable, body, low, high):
            ends = frozenset().union(*(free_names(end) for end in (low, high) if end is not None))
            inside = free_names(body) - ({variable} if kind != "diff" and low is not None else set())
            return ends | inside | ({variable} if kind == "diff" else frozenset())

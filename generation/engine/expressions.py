"""Formulas in one variable, as a teacher types them: read by our own grammar, never evaluated as code.

`parse("2x^2 - 3 sin(x)")` accepts + - * / ^ **, brackets, |x|, implied multiplication, the functions below, pi and e.
The canonical text it gives back, `2*x^2 - 3*sin(x)`, is plain notation that every other reader understands.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

MAX_LENGTH = 120  # characters: longer formulas do not fit the stage
MAX_NESTING = 20
FUNCTIONS: Mapping[str, Callable[[Array], Array]] = {
    "sin": np.sin, "cos": np.cos, "tan": np.tan, "asin": np.arcsin, "acos": np.arccos, "atan": np.arctan,
    "sinh": np.sinh, "cosh": np.cosh, "tanh": np.tanh, "exp": np.exp, "ln": np.log, "log": np.log10,
    "sqrt": np.sqrt, "abs": np.abs,
}  # fmt: skip
CONSTANTS: Mapping[str, float] = {"pi": math.pi, "e": math.e}
_OTHER_NAMES = {"arcsin": "asin", "arccos": "acos", "arctan": "atan", "log10": "log", "π": "pi"}
_SIGNS = str.maketrans({"\u2212": "-", "\u2013": "-", "\u00d7": "*", "\u00b7": "*", "\u22c5": "*", "\u00f7": "/"})
_POWERS = {"²": "**2", "³": "**3", "⁴": "**4"}
_TOKEN = re.compile(
    r"\s*(?:(\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)|([A-Za-zπ]+(?:10)?)|(\*\*|[-+*/^()|]))"
)


class ExpressionError(ValueError):
    """The text is no formula we can draw; the message says why, as the end of a sentence."""


@dataclass(frozen=True, slots=True)
class Number:
    """A constant of the formula."""

    value: float


@dataclass(frozen=True, slots=True)
class Variable:
    """The letter the formula depends on; by name only where it may hold several."""

    name: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """A named function of something."""

    function: str
    argument: Node


@dataclass(frozen=True, slots=True)
class Binary:
    """Two parts joined by + - * / or **."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Negative:
    """Minus something."""

    part: Node


@dataclass(frozen=True, slots=True)
class Constant:
    """pi or e."""

    name: str


Node = Number | Variable | Call | Binary | Negative | Constant


@dataclass(frozen=True, slots=True)
class Formula:
    """A checked formula: `text` is canonical, `variable` the letter it was written in ("x" when it has none)."""

    tree: Node
    variable: str

    @property
    def text(self) -> str:
        """The formula with `*` and `^` written out, in x unless it was given in t."""
        return _write(self.tree, "t" if self.variable == "t" else "x", 0)

    @property
    def is_constant(self) -> bool:
        """Whether the variable does not occur."""
        return not _mentions_variable(self.tree)

    def values(self, at: npt.ArrayLike) -> Array:
        """The formula's values; NaN or infinity where it has none."""
        with np.errstate(all="ignore"):
            points = np.asarray(at, dtype=float)
            return np.broadcast_to(_evaluate(self.tree, points), points.shape).astype(float)

    def coefficients(self, degree: int) -> tuple[float, ...] | None:
        """The constant and the factors of x, x^2 and so on, where this is a polynomial of that degree; else None."""
        places = np.arange(degree + 1) - degree // 2
        values = np.array(self.values([*map(float, places), 2.7, -3.3]))
        if not np.isfinite(values).all():
            return None
        found = np.linalg.solve(np.vander(places, increasing=True).astype(float), values[: degree + 1])
        expected = np.vander([2.7, -3.3], degree + 1, increasing=True) @ found
        if not np.allclose(values[-2:], expected, atol=1e-9) or abs(found[-1]) < 1e-9:
            return None
        return tuple(float(f"{each:.10g}") + 0.0 for each in found)


def parse(text: str, *, variable: str | None = None) -> Formula:
    """Read a formula in one variable: any single letter but e, or the one demanded. Raises ExpressionError."""
    return _Reader(text, variable).formula()


def canonical(text: str, letters: str) -> str:
    """A formula in several letters ("xy"), written out as `Formula.text` is. Raises ExpressionError."""
    return _write(_Reader(text, None, letters).formula().tree, "", 0)


class _Reader:
    """Recursive descent over the tokens; each method reads one level of precedence."""

    def __init__(self, text: str, variable: str | None, letters: str = "") -> None:
        self.letters = letters
        self.tokens = _tokens(text)
        self.position = 0
        self.nesting = 0
        self.bars = 0
        self.required = variable
        self.variable = variable

    def formula(self) -> Formula:
        tree = self.sum()
        if self.here:
            raise ExpressionError(f"“{self.here}” is not expected there")
        return Formula(tree, self.variable or "x")

    @property
    def here(self) -> str:
        return self.tokens[self.position] if self.position < len(self.tokens) else ""

    def take(self) -> str:
        token = self.here
        self.position += 1
        return token

    def sum(self) -> Node:
        left = self.product()
        while self.here in ("+", "-"):
            left = Binary(self.take(), left, self.product())
        return left

    def product(self) -> Node:
        left = self.signed()
        while True:
            if self.here in ("*", "/"):
                left = Binary(self.take(), left, self.signed())
            elif self.starts_atom():
                left = Binary("*", left, self.power())
            else:
                return left

    def starts_atom(self) -> bool:
        first, before = self.here[:1], self.tokens[self.position - 1][-1:]
        if (first.isdigit() or first == ".") and (before.isdigit() or before == "."):
            raise ExpressionError(f"a sign is missing before {self.here}")
        return first == "(" or (first == "|" and not self.bars) or first.isalnum() or first == "."

    def signed(self) -> Node:
        if self.here in ("+", "-"):
            self.deepen()
            negative = self.take() == "-"
            part = self.signed()
            self.nesting -= 1
            return Negative(part) if negative else part
        return self.power()

    def power(self) -> Node:
        base = self.atom()
        if self.here in ("^", "**"):
            self.take()
            self.deepen()
            exponent = self.signed()
            self.nesting -= 1
            return Binary("**", base, exponent)
        return base

    def atom(self) -> Node:
        part = self.take()
        if not part:
            raise ExpressionError("it stops too early")
        if part[0].isdigit() or part[0] == ".":
            return _number(part)
        if part == "(":
            return self.bracket(")")
        if part == "|":
            self.bars += 1
            inner = self.bracket("|")
            self.bars -= 1
            return Call("abs", inner)
        if part[0].isalpha():
            return self.name(part)
        raise ExpressionError(f"“{part}” is not expected there")

    def bracket(self, closing: str) -> Node:
        self.deepen()
        inner = self.sum()
        if self.take() != closing:
            raise ExpressionError(f"a “{closing}” is missing")
        self.nesting -= 1
        return inner

    def name(self, token: str) -> Node:
        if token in FUNCTIONS:
            return self.call(token)
        if token in CONSTANTS:
            return Constant(token)
        if len(token) != 1:
            raise ExpressionError(f"“{token}” is not a function I know")
        if self.letters:
            if token not in self.letters:
                raise ExpressionError(f"it may hold only {' and '.join(self.letters)}, but it also holds {token}")
            return Variable(token)
        if self.variable is None:
            self.variable = token
        if token != self.variable:
            raise ExpressionError(f"it may hold only the variable {self.variable}, but it also holds {token}")
        return Variable()

    def call(self, function: str) -> Node:
        """A function of something; sin^2 x is (sin x)^2 and sin^-1 x is asin x, as in school books."""
        if self.here not in ("^", "**"):
            return Call(function, self.argument(function))
        self.take()
        inverse = self.here == "-"
        exponent = self.atom() if not inverse else self.signed()
        if inverse:
            if exponent != Negative(Number(1.0)) or f"a{function}" not in FUNCTIONS:
                raise ExpressionError(f"write 1/{function}(x) for a negative power")
            return Call(f"a{function}", self.argument(function))
        return Binary("**", Call(function, self.argument(function)), exponent)

    def argument(self, function: str) -> Node:
        if self.here == "(":
            self.take()
            return self.bracket(")")
        self.deepen()
        inner = self.bare_argument()
        self.nesting -= 1
        return inner

    def bare_argument(self) -> Node:
        """What a function without brackets takes: `sin 2x` is sin(2x), `sin x cos x` is a product."""
        left = self.power()
        while self.here and self.here not in FUNCTIONS and (self.here[0].isalnum()):
            left = Binary("*", left, self.power())
        return left

    def deepen(self) -> None:
        self.nesting += 1
        if self.nesting > MAX_NESTING:
            raise ExpressionError("it has too many brackets")


def _tokens(text: str) -> list[str]:
    text = text.translate(_SIGNS)
    for sign, power in _POWERS.items():
        text = text.replace(sign, power)
    text = unicodedata.normalize("NFKC", text).replace("√", " sqrt ").strip()
    if not text:
        raise ExpressionError("it is empty")
    if len(text) > MAX_LENGTH:
        raise ExpressionError(f"it is longer than {MAX_LENGTH} characters")
    tokens: list[str] = []
    position = 0
    while position < len(text.rstrip()):
        match = _TOKEN.match(text, position)
        if match is None:
            raise ExpressionError(f"“{text[position:].strip()[:1]}” cannot be part of it")
        number, word, sign = match.groups()
        tokens += _split_word(word) if word else [number or sign]
        position = match.end()
    return tokens


def _split_word(word: str) -> list[str]:
    """Letters run together: `xsinx` is x sin x; the longest known name is taken first."""
    known = sorted((*FUNCTIONS, *_OTHER_NAMES, *CONSTANTS), key=len, reverse=True)
    if word.lower() in known:
        word = word.lower()
    parts: list[str] = []
    while word:
        name = next((each for each in known if word.startswith(each)), "")
        if not name and len(word) > 2 and not any(each in word for each in known):
            raise ExpressionError(f"“{word}” is not a function I know")
        name = name or word[0]
        parts.append(_OTHER_NAMES.get(name, name))
        word = word[len(name) :]
    return parts


def _number(token: str) -> Number:
    value = float(token)
    if not math.isfinite(value) or abs(value) > 1e12:
        raise ExpressionError(f"the number {token} is too large")
    return Number(value)


def _mentions_variable(node: Node) -> bool:
    match node:
        case Variable():
            return True
        case Call(_, part) | Negative(part):
            return _mentions_variable(part)
        case Binary(_, left, right):
            return _mentions_variable(left) or _mentions_variable(right)
    return False


def _evaluate(node: Node, at: Array) -> Array:
    match node:
        case Number(value):
            return np.asarray(value)
        case Constant(name):
            return np.asarray(CONSTANTS[name])
        case Variable():
            return at
        case Negative(part):
            return -_evaluate(part, at)
        case Call(function, part):
            return np.asarray(FUNCTIONS[function](_evaluate(part, at)), dtype=float)
        case Binary(operator, left, right):
            return _combine(operator, _evaluate(left, at), _evaluate(right, at))


def _combine(operator: str, left: Array, right: Array) -> Array:
    if operator == "+":
        return left + right
    if operator == "-":
        return left - right
    if operator == "*":
        return left * right
    if operator == "/":
        return np.divide(left, right)
    return np.asarray(np.power(left.astype(float), right), dtype=float)


def _write(node: Node, variable: str, outer: int) -> str:
    """The node as text, in brackets when it binds looser than `outer` (1 sum, 2 product, 3 sign, 4 power)."""
    match node:
        case Number(value):
            return f"{value:.12g}" if "e" not in f"{value:.12g}" else f"{value:.12f}".rstrip("0").rstrip(".")
        case Constant(name):
            return name
        case Variable(name):
            return name or variable
        case Call(function, part):
            return f"{function}({_write(part, variable, 0)})"
        case Negative(part):
            own, text = 3, f"-{_write(part, variable, 3)}"
        case Binary("**", left, right):
            own, text = 4, f"{_write(left, variable, 5)}^{_write(right, variable, 3)}"
        case Binary(operator, left, right):
            own = 1 if operator in "+-" else 2
            gap = " " if own == 1 else ""
            right_level = own + 1 if operator in "-/" else own
            text = f"{_write(left, variable, own)}{gap}{operator}{gap}{_write(right, variable, max(right_level, 2))}"
    return f"({text})" if own < outer else text

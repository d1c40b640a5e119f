"""Knobs: typed values a teacher may change, read from the code and written back into it. Nothing is executed.

A knob is a module-level `name = knob(literal, label=..., ...)`. Its value lives in the code and nowhere else.
"""

from __future__ import annotations

import ast
import math
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from generation.engine import expressions, slices, syntax
from generation.engine.errors import KnobFault, RequestFault
from generation.engine.types import Fault, Knob, KnobKind, KnobValue

MAX_TEXT = 80  # characters of a text knob: more does not fit a heading
COLOUR_NAMES = {
    "chalk": "#F2EFE6", "white": "#FFFFFF", "grey": "#8C959A", "gray": "#8C959A", "black": "#000000", "red": "#FF5C5C",
    "coral": "#FF8A73", "orange": "#FFA14D", "yellow": "#F4C95D", "green": "#6FD3B2", "mint": "#6FD3B2",
    "leaf": "#A5D46A", "blue": "#7CC4F2", "sky": "#7CC4F2", "teal": "#4FB8B0", "purple": "#C3A6F0", "lilac": "#C3A6F0",
    "violet": "#C3A6F0", "pink": "#F29BC1", "brown": "#B98A62",
}  # fmt: skip
_HEX = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
_TRUE, _FALSE = {"true", "yes", "on", "1"}, {"false", "no", "off", "0", ""}


@dataclass(frozen=True, slots=True)
class _Declaration:
    """A knob and where its value stands in the code."""

    knob: Knob
    literal: ast.expr


def extract(source: str) -> tuple[Knob, ...]:
    """The knobs of `source` in order. Calls of knob() whose arguments are not literals are not knobs.

    Raises RequestFault `syntax` where the code does not parse.
    """
    reach = slices.scenes_by_line(source)
    return tuple(each.knob for each in _declarations(source, reach).values())


def apply(source: str, values: Mapping[str, KnobValue]) -> str:
    """`source` with the knobs in `values` set. Everything else stays as it is, character for character.

    Raises KnobFault for an unknown name or a value the knob cannot take, RequestFault `syntax` where the code
    does not parse.
    """
    declared = _declarations(source, {})
    edits: list[tuple[ast.expr, str]] = []
    for name, value in values.items():
        if name not in declared:
            known = ", ".join(declared) or "none"
            fault = _fault(f"This animation has no knob called “{shown(name)}”. Its knobs: {known}.").fault
            raise KnobFault(shown(name), fault)
        edits.append((declared[name].literal, _literal(checked(declared[name].knob, value))))
    return syntax.rewritten(source, edits)


def checked(knob: Knob, value: object) -> KnobValue:
    """The value as the knob holds it: numbers as numbers, lists as lists, formulas in canonical form.

    Text is read as forms and command lines give it ("1.5", "0.5, 1, 2", "on"). Raises KnobFault.
    """
    try:
        return _CHECKS[knob.kind](knob, value)
    except RequestFault as error:
        raise KnobFault(knob.name, error.fault) from error


def worded(knob: Knob, value: KnobValue) -> str:
    """The value as a teacher writes it, with its unit: "0.5, 1 and 2 m"."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        texts = [f"{each:g}" for each in value]
        joined = " and ".join([", ".join(texts[:-1]), texts[-1]] if len(texts) > 1 else texts)
        return _with_unit(joined, knob.unit)
    if isinstance(value, float | int):
        return _with_unit(f"{value:g}", knob.unit)
    return str(value)


def labelled(knob: Knob, value: KnobValue) -> str:
    """The knob with its value: "Gravity: 1.62 m/s²", or "From x = 2" where the label itself ends so."""
    colon = " " if knob.label.endswith("=") else ": "
    return f"{knob.label}{colon}{worded(knob, value)}"


def shown(value: object) -> str:
    """Anything a caller sent, short and printable, for use inside a sentence."""
    text = "".join(each if each.isprintable() else " " for each in str(value))
    return text if len(text) <= 40 else f"{text[:39]}…"


# --- reading declarations ---------------------------------------------------------------------------


def _declarations(source: str, reach: Mapping[int, tuple[str, ...]]) -> dict[str, _Declaration]:
    found: dict[str, _Declaration] = {}
    for statement in slices.parse(source).body:
        name, call = _knob_call(statement)
        if call is None:
            continue
        declaration = _read_declaration(name, call, reach.get(statement.lineno, ()))
        if declaration is not None:
            found[name] = declaration
    return found


def _knob_call(statement: ast.stmt) -> tuple[str, ast.Call | None]:
    if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
        target: ast.expr = statement.targets[0]
    elif isinstance(statement, ast.AnnAssign):
        target = statement.target
    else:
        return "", None
    value = statement.value
    if isinstance(target, ast.Name) and isinstance(value, ast.Call) and getattr(value.func, "id", "") == "knob":
        return target.id, value
    return "", None


def _read_declaration(name: str, call: ast.Call, scenes: tuple[str, ...]) -> _Declaration | None:
    keywords = {each.arg: each.value for each in call.keywords if each.arg}
    literal = call.args[0] if call.args else keywords.get("value")
    if literal is None or len(keywords) < len(call.keywords):
        return None
    try:
        facts = {key: ast.literal_eval(node) for key, node in keywords.items()}
        value = ast.literal_eval(literal)
        knob = _knob(name, value, facts, scenes, call.lineno)
    except (ValueError, TypeError):
        return None
    return _Declaration(knob, literal)


def _knob(name: str, value: Any, facts: Mapping[str, Any], scenes: tuple[str, ...], line: int) -> Knob:
    choices = tuple(str(each) for each in facts.get("choices") or ())
    kind = KnobKind(facts["kind"]) if facts.get("kind") else _kind_of(value, choices)
    if kind is KnobKind.NUMBERS:
        value = [float(each) for each in value]
    elif kind is KnobKind.NUMBER:
        value = float(value)
    return Knob(
        name=name,
        kind=kind,
        value=value,
        label=str(facts.get("label") or name.replace("_", " ").capitalize()),
        unit=str(facts.get("unit") or ""),
        minimum=_optional_number(facts.get("minimum")),
        maximum=_optional_number(facts.get("maximum")),
        step=_optional_number(facts.get("step")),
        choices=choices,
        at_least=int(facts.get("at_least", 1)),
        at_most=int(facts.get("at_most", 8)),
        letters=str(facts.get("letters") or ""),
        help=str(facts.get("help") or ""),
        scenes=scenes,
        line=line,
    )


def _kind_of(value: object, choices: tuple[str, ...]) -> KnobKind:
    if choices and isinstance(value, str):
        return KnobKind.CHOICE
    kinds: dict[type, KnobKind] = {bool: KnobKind.TOGGLE, int: KnobKind.INTEGER, float: KnobKind.NUMBER}
    kinds |= {str: KnobKind.TEXT, list: KnobKind.NUMBERS, tuple: KnobKind.NUMBERS}
    if type(value) not in kinds:
        raise ValueError("no knob holds this")
    return kinds[type(value)]


def _optional_number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None


# --- checking values --------------------------------------------------------------------------------


def _check_number(knob: Knob, value: object) -> float:
    number = _as_number(value)
    if number is None:
        raise _fault(f"{_name(knob)} must be a number, such as {worded(knob, knob.value)}; you gave “{shown(value)}”.")
    if not math.isfinite(number) or not _within(knob, number):
        raise _fault(f"{_name(knob)} must be {_bounds(knob)}; you gave {shown(f'{number:.12g}')}.")
    return number


def _check_integer(knob: Knob, value: object) -> int:
    number = _check_number(knob, value)
    if number != round(number):
        raise _fault(f"{_name(knob)} must be a whole number; you gave {number:g}.")
    return round(number)


def _check_numbers(knob: Knob, value: object) -> list[float]:
    if isinstance(value, str):
        value = [each for each in re.split(r"[\s,;]+", value.strip("[]() \n")) if each]
    if not isinstance(value, list | tuple):
        raise _fault(f"{_name(knob)} must be a list of numbers, such as {worded(knob, knob.value)}.")
    if not knob.at_least <= len(value) <= knob.at_most:
        few = f"exactly {knob.at_least}" if knob.at_least == knob.at_most else f"{knob.at_least} to {knob.at_most}"
        raise _fault(f"{_name(knob)} takes {few} numbers; you gave {len(value)}.")
    return [_check_number(knob, each) for each in value]


def _check_choice(knob: Knob, value: object) -> str:
    wanted = str(value).strip().casefold()
    for choice in knob.choices:
        if choice.casefold() == wanted:
            return choice
    raise _fault(f"{_name(knob)} must be one of: {', '.join(knob.choices)}; you gave “{shown(value)}”.")


def _check_colour(knob: Knob, value: object) -> str:
    text = str(value).strip()
    if _HEX.fullmatch(text):
        return text.upper()
    if text.lower() in COLOUR_NAMES:
        return COLOUR_NAMES[text.lower()]
    raise _fault(f"{_name(knob)} must be a colour such as blue or #7CC4F2; you gave “{shown(value)}”.")


def _check_text(knob: Knob, value: object) -> str:
    text = unicodedata.normalize("NFC", value).strip() if isinstance(value, str) else ""
    if not text or not text.isprintable():
        raise _fault(f"{_name(knob)} must be a short line of text.")
    if len(text) > MAX_TEXT:
        raise _fault(f"{_name(knob)} may have at most {MAX_TEXT} characters; you gave {len(text)}.")
    return text


def _check_expression(knob: Knob, value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise _fault(f"{_name(knob)} must be a formula, such as {knob.value}.")
    try:
        if knob.letters:
            return expressions.canonical(str(value), knob.letters)
        return expressions.parse(str(value)).text
    except expressions.ExpressionError as error:
        raise _fault(f"{_name(knob)} must be a formula such as {knob.value}; in “{shown(value)}” {error}.") from error


def _check_toggle(knob: Knob, value: object) -> bool:
    if isinstance(value, bool):
        return value
    text = str(value).strip().lower()
    if isinstance(value, str) and text in _TRUE | _FALSE:
        return text in _TRUE
    raise _fault(f"{_name(knob)} must be on or off; you gave “{shown(value)}”.")


_CHECKS: Mapping[KnobKind, Callable[[Knob, object], KnobValue]] = {
    KnobKind.NUMBER: _check_number,
    KnobKind.INTEGER: _check_integer,
    KnobKind.NUMBERS: _check_numbers,
    KnobKind.CHOICE: _check_choice,
    KnobKind.COLOUR: _check_colour,
    KnobKind.TEXT: _check_text,
    KnobKind.EXPRESSION: _check_expression,
    KnobKind.TOGGLE: _check_toggle,
}


def _name(knob: Knob) -> str:
    return knob.label.rstrip(" =:")


def _as_number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        return float(value)
    except OverflowError:
        return math.inf
    except ValueError:
        return None


def _within(knob: Knob, number: float) -> bool:
    slack = 1e-9 * max(1.0, abs(number))  # 0.1 + 0.2 is within a maximum of 0.3
    above = knob.minimum is None or number >= knob.minimum - slack
    return above and (knob.maximum is None or number <= knob.maximum + slack)


def _bounds(knob: Knob) -> str:
    low, high = knob.minimum, knob.maximum
    if low is not None and high is not None:
        return f"between {low:g} and {_with_unit(f'{high:g}', knob.unit)}"
    if low is not None:
        return f"at least {_with_unit(f'{low:g}', knob.unit)}"
    if high is not None:
        return f"at most {_with_unit(f'{high:g}', knob.unit)}"
    return "an ordinary number"


def _with_unit(text: str, unit: str) -> str:
    if not unit:
        return text
    return f"{text}°" if unit in ("°", "deg", "degree", "degrees") else f"{text} {unit}"


def _fault(message: str) -> RequestFault:
    return RequestFault(Fault(code="knob", message=message, hint="Change the value and try again."))


# --- writing back -----------------------------------------------------------------------------------


def _literal(value: KnobValue) -> str:
    if isinstance(value, str):
        plain = value.isprintable() and not set(value) & {'"', "\\"}
        return f'"{value}"' if plain else ascii(value)
    return repr(value)

"""What may be called, and with what: the few calls whose arguments decide whether they are harmless."""

from __future__ import annotations

import ast
import operator
import string
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from generation.engine.policy import tex
from generation.engine.policy.imports import CALL_ONLY
from generation.engine.policy.names import KEYWORDS_REFUSED

if TYPE_CHECKING:
    from generation.engine.policy.check import Checker

MOST_SECONDS = 300.0
_WAITS = frozenset({"wait", "pause", "Wait", "wait_until"})
_DURATIONS = frozenset({"run_time", "duration", "wait_time", "max_time", "total_time"})
# These give arrays whatever they are given; np.take gives a string out of a list of strings.
_MAKE_ARRAYS = frozenset(
    {"array", "asarray", "uint8", "zeros", "ones", "full", "zeros_like", "ones_like", "full_like", "tile", "stack"}
    | {"vstack", "hstack", "dstack", "concatenate", "kron", "repeat", "clip"}
)
_ARITHMETIC: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.LShift: lambda left, right: left * 2.0**right,
}


def check_call(checker: Checker, node: ast.Call) -> None:
    """Check a call, its function and its arguments."""
    name = node.func.id if isinstance(node.func, ast.Name) else None
    method = node.func.attr if isinstance(node.func, ast.Attribute) else None
    if isinstance(node.func, ast.Attribute) and method == "__init__":
        _super_init(checker, node, node.func)
    elif isinstance(node.func, ast.Attribute) and method == "format":
        _format(checker, node.func)
    elif isinstance(node.func, ast.Attribute) and method == "add_to_preamble":
        _preamble(checker, node, node.func)
        return
    elif isinstance(node.func, ast.Attribute) and method == "set":
        _set(checker, node, node.func)
    elif name in CALL_ONLY:
        _call_only(checker, node, name)
    else:
        checker.visit(node.func)
    _keywords(checker, node)
    _seconds(checker, node, name or method or "")
    for argument in node.args:
        checker.visit(argument)
    for keyword in node.keywords:
        checker.visit(keyword.value)


def _super_init(checker: Checker, node: ast.Call, function: ast.Attribute) -> None:
    base = function.value
    by_super = isinstance(base, ast.Call) and isinstance(base.func, ast.Name) and base.func.id == "super"
    by_name = isinstance(base, ast.Name) and bool(node.args) and _is_self(node.args[0])
    if not (by_super or by_name):
        raise checker.refuse("private", "__init__ can only be called as super().__init__(...).")
    checker.visit(base)


def _is_self(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == "self"


def _format(checker: Checker, function: ast.Attribute) -> None:
    template = constant_text(function.value)
    if template is None:
        raise checker.refuse("format", "format can only be called on a text written out there; better use an f-string.")
    if not _plain_fields(template):
        raise checker.refuse("format", "The fields of format can't look inside their values; use an f-string.")
    checker.visit(function.value)


def _plain_fields(template: str, depth: int = 0) -> bool:
    try:
        parts = list(string.Formatter().parse(template))
    except ValueError:
        return False
    plain = all(name is None or not name or name.isdigit() or name.isidentifier() for _, name, _, _ in parts)
    return plain and depth < 3 and all(_plain_fields(spec, depth + 1) for _, _, spec, _ in parts if spec)


def _set(checker: Checker, node: ast.Call, function: ast.Attribute) -> None:
    for keyword in node.keywords:
        if keyword.arg is None:
            raise checker.refuse("call", "Write out what set(...) sets; ** hides it.")
        checker.attribute_named(keyword.arg)
    checker.visit(function.value)


def _preamble(checker: Checker, node: ast.Call, function: ast.Attribute) -> None:
    text = constant_text(node.args[0]) if len(node.args) == 1 and not node.keywords else None
    if text is None or not tex.only_packages(text):
        raise checker.refuse("tex", "A preamble may only name packages that draw formulas, such as xcolor or cancel.")
    checker.visit(function.value)


def _call_only(checker: Checker, node: ast.Call, name: str | None) -> None:
    hidden = any(keyword.arg is None for keyword in node.keywords) or any(
        isinstance(argument, ast.Starred) for argument in node.args
    )
    if name == "super" and (node.args or node.keywords):
        raise checker.refuse("call", "super() takes nothing in a scene.")
    if name == "TexTemplate" and (node.args or node.keywords):
        raise checker.refuse("tex", "TexTemplate() takes nothing in a scene; the compiler is given.")
    if name == "hasattr":
        wanted = node.args[1] if len(node.args) == 2 and not node.keywords else None
        if not (isinstance(wanted, ast.Constant) and isinstance(wanted.value, str)):
            raise checker.refuse("call", "hasattr needs the attribute's name written out.")
        checker.attribute_named(wanted.value)
    if name == "Code" and (node.args or hidden):
        raise checker.refuse("file", "Code shows text given as code_string=...; files can't be read.")
    if name == "ImageMobject" and (hidden or not node.args or not _makes_array(checker, node.args[0])):
        raise checker.refuse("file", "ImageMobject shows an array made by numpy there; files can't be read.")


def _makes_array(checker: Checker, node: ast.expr) -> bool:
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return False
    return node.func.attr in _MAKE_ARRAYS and checker.module_named(node.func.value) == "numpy"


def _keywords(checker: Checker, node: ast.Call) -> None:
    for keyword in node.keywords:
        environment = keyword.arg == "tex_environment" and constant_text(keyword.value)
        if environment and tex.runs_command(environment):
            raise checker.refuse("tex", f"The TeX environment {environment} is not open to scenes.")
        named = [keyword.arg] if keyword.arg is not None else _spelled_keys(keyword.value)
        for name in named:
            if name is None or name.startswith("_") or name in KEYWORDS_REFUSED:
                rule = "file" if name in KEYWORDS_REFUSED else "call"
                raise checker.refuse(rule, f"The keyword {name or '**'} is not open to scenes.")


def _spelled_keys(node: ast.expr) -> list[str | None]:
    if not isinstance(node, ast.Dict):
        return []
    return [key.value if isinstance(key, ast.Constant) and isinstance(key.value, str) else None for key in node.keys]


def _seconds(checker: Checker, node: ast.Call, name: str) -> None:
    given = [keyword.value for keyword in node.keywords if keyword.arg in _DURATIONS]
    if name in _WAITS:
        given += node.args[:1]
    _bounded(checker, given)


def check_seconds(checker: Checker, items: Iterable[tuple[ast.expr | None, ast.expr]]) -> None:
    """Check what a dictionary would hand to a call as its duration."""
    _bounded(checker, [value for key, value in items if isinstance(key, ast.Constant) and key.value in _DURATIONS])


def _bounded(checker: Checker, given: Iterable[ast.expr]) -> None:
    for value in given:
        seconds = constant_number(value)
        if seconds is not None and not 0 <= seconds <= MOST_SECONDS:
            raise checker.refuse("bound", f"A wait or an animation lasts between 0 and {MOST_SECONDS:g} seconds.")


def constant_text(node: ast.expr) -> str | None:
    """The text of a string literal or of literals joined by +."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    pieces: list[str] = []
    while isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        if not (isinstance(node.right, ast.Constant) and isinstance(node.right.value, str)):
            return None
        pieces.append(node.right.value)
        node = node.left
    if not (isinstance(node, ast.Constant) and isinstance(node.value, str)):
        return None
    return "".join([node.value, *reversed(pieces)])


def constant_number(node: ast.expr) -> float | None:
    """The value of a number written out, with simple arithmetic; infinity when it is beyond all bounds."""
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float) and not isinstance(node.value, bool):
        return float(node.value) if abs(node.value) < 1e300 else float("inf")
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.UAdd):
        value = constant_number(node.operand)
        return None if value is None else -value if isinstance(node.op, ast.USub) else value
    if isinstance(node, ast.BinOp):
        left, right = constant_number(node.left), constant_number(node.right)
        return None if left is None or right is None else _arithmetic(node.op, left, right)
    return None


def _arithmetic(operation: ast.operator, left: float, right: float) -> float | None:
    work = _ARITHMETIC.get(type(operation))
    try:
        found = work(left, right) if work else None
    except OverflowError:
        return float("inf")
    except ZeroDivisionError:
        return None
    return float(found) if isinstance(found, float) else None

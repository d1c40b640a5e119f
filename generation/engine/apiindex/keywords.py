"""Which keywords a function of Manim's really takes: `**kwargs` is followed to where it is handed on.

Needs Manim's own classes and source text, so only the survey uses it.
"""

from __future__ import annotations

import ast
import functools
import inspect
import textwrap
import types
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

MOST_STEPS = 24  # of handing on; the longest honest chain in Manim has nine
_KEYED = ("get", "pop", "setdefault")


@dataclass(frozen=True, slots=True)
class Taken:
    """Keywords that are taken; where `open`, any others too."""

    names: frozenset[str]
    open: bool = False

    def __or__(self, other: Taken) -> Taken:
        return Taken(self.names | other.names, self.open or other.open)


NOTHING = Taken(frozenset())
ANYTHING = Taken(frozenset(), open=True)


def plain(function: Any) -> Any:
    """The function below decorators, class methods and bound arguments."""
    if isinstance(function, staticmethod | classmethod):
        function = function.__func__
    if isinstance(function, functools.partialmethod | functools.partial):
        function = function.func
    return inspect.unwrap(function)


def own_parameters(function: Any) -> list[inspect.Parameter]:
    """The parameters a function names itself, `self` or `cls` included."""
    return list(inspect.signature(plain(function)).parameters.values())


def taken_keywords(function: Any, of: type | None = None, owner: type | None = None, steps: int = MOST_STEPS) -> Taken:
    """The keywords `function` takes, as a method of class `of` that was defined in class `owner`."""
    function = plain(function)
    if not isinstance(function, types.FunctionType) or steps == 0:
        return ANYTHING
    parameters = own_parameters(function)
    keyed = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)
    named = [parameter.name for parameter in parameters if parameter.kind in keyed]
    if owner is not None:
        named = [name for name in named if name not in {"self", "cls"}]
    taken = Taken(frozenset(named))
    rest = next((each.name for each in parameters if each.kind is inspect.Parameter.VAR_KEYWORD), None)
    if rest is None:
        return taken
    return taken | _handed_on(_Reader(function, rest, of, owner, steps))


@dataclass(frozen=True, slots=True)
class _Reader:
    """One function whose `**rest` is followed."""

    function: types.FunctionType
    rest: str
    of: type | None
    owner: type | None
    steps: int


def _handed_on(reader: _Reader) -> Taken:
    tree = _tree(reader.function)
    if tree is None:
        return ANYTHING
    understood: set[ast.AST] = set()
    found: list[Taken] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            passes = next((each.value for each in node.keywords if each.arg is None and _is(each.value, reader)), None)
            if passes is not None:
                understood.add(passes)
                found.append(_of_call(node, reader))
            elif (key := _key_asked_for(node, reader)) is not None:
                understood.add(node.func.value)  # type: ignore[attr-defined]  # an attribute, as was just seen
                found.append(Taken(frozenset({key})))
        elif isinstance(node, ast.Subscript) and _is(node.value, reader):
            understood.add(node.value)
            if isinstance(node.ctx, ast.Load) and isinstance(node.slice, ast.Constant):
                found.append(Taken(frozenset({str(node.slice.value)})))
        elif isinstance(node, ast.Compare) and _is(node.comparators[0], reader) and isinstance(node.left, ast.Constant):
            understood.add(node.comparators[0])
            found.append(Taken(frozenset({str(node.left.value)})))
    elsewhere = [node for node in ast.walk(tree) if _is(node, reader) and node not in understood]
    if elsewhere or not found:  # looked into in a way not followed here, or swallowed
        return ANYTHING
    return functools.reduce(Taken.__or__, found)


def _is(node: ast.AST, reader: _Reader) -> bool:
    return isinstance(node, ast.Name) and node.id == reader.rest


def _key_asked_for(node: ast.Call, reader: _Reader) -> str | None:
    called = node.func
    if isinstance(called, ast.Attribute) and called.attr in _KEYED and _is(called.value, reader) and node.args:
        first = node.args[0]
        return str(first.value) if isinstance(first, ast.Constant) else None
    return None


def _of_call(call: ast.Call, reader: _Reader) -> Taken:
    """What the called function takes, less what this call gives it already."""
    target = _target(call.func, reader)
    if target is None:
        return ANYTHING
    function, of, owner, bound = target
    taken = taken_keywords(function, of, owner, reader.steps - 1)
    given = {each.arg for each in call.keywords if each.arg}
    if not any(isinstance(each, ast.Starred) for each in call.args) and not taken.open:
        places = [each.name for each in own_parameters(function) if each.kind is each.POSITIONAL_OR_KEYWORD]
        given |= set(places[bound : bound + len(call.args)] if bound else places[: len(call.args)])
    return Taken(taken.names - given, taken.open)


_Target = tuple[Any, type | None, type | None, int]  # function, class it works on, class that defines it, bound places


def _target(called: ast.expr, reader: _Reader) -> _Target | None:
    known = reader.function.__globals__
    if isinstance(called, ast.Name):
        return _made(known.get(called.id))
    base = called.value if isinstance(called, ast.Attribute) else None
    if isinstance(base, ast.Call) and isinstance(base.func, ast.Name) and base.func.id == "super":
        return _after(reader, called.attr)  # type: ignore[attr-defined]  # an attribute, as was just seen
    if not isinstance(base, ast.Name):
        return None
    if isinstance(given := known.get(base.id), type):
        return _method(given, called.attr, 0)  # type: ignore[attr-defined]
    # `self`, or a variable whose class is not known: Manim's objects call upon others of their own kind.
    return _method(reader.of, called.attr, 1) if given is None and reader.of else None  # type: ignore[attr-defined]


def _made(value: Any) -> _Target | None:
    if isinstance(value, type):
        return _method(value, "__init__", 1)
    return (value, None, None, 0) if inspect.isfunction(value) else None


def _method(of: type, name: str, bound: int) -> _Target | None:
    for owner in of.__mro__:
        if name in vars(owner):
            return vars(owner)[name], of, owner, bound
    return None


def _after(reader: _Reader, name: str) -> _Target | None:
    if reader.of is None or reader.owner is None:
        return None
    order = reader.of.__mro__
    for owner in order[order.index(reader.owner) + 1 :]:
        if name in vars(owner):
            return vars(owner)[name], reader.of, owner, 1
    return None


@functools.cache
def _tree(function: types.FunctionType) -> ast.AST | None:
    try:
        return ast.parse(textwrap.dedent(inspect.getsource(function)))
    except (OSError, TypeError, SyntaxError):
        return None


def set_on_self(of: type) -> Iterator[str]:
    """Public attributes that the methods a class defines set on `self`."""
    for function in map(plain, (value for value in vars(of).values() if callable(value) or hasattr(value, "__func__"))):
        tree = _tree(function) if isinstance(function, types.FunctionType) else None
        for node in ast.walk(tree) if tree else ():
            if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and _is_self(node.value):
                yield node.attr


def _is_self(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == "self"

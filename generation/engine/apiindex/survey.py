"""Looks into the installed Manim and writes down its names, signatures, keywords and attributes as JSON.

Run it after changing Manim's version: `python -m generation.engine.apiindex.survey`. A test fails when the two part.
"""

from __future__ import annotations

import ast
import inspect
import json
import types
from pathlib import Path
from typing import Any

import manim
import numpy as np

from generation.engine.apiindex.index import index_file
from generation.engine.apiindex.keywords import ANYTHING, own_parameters, plain, set_on_self, taken_keywords

# These set whatever keyword they get as an attribute of the animations: only what an animation has makes sense.
SETS_ON_ANIMATIONS = (("Scene", "play"), ("Mobject", "animate"))
_LONGEST_DEFAULT = 40


def survey() -> dict[str, Any]:
    """The index, from what is installed here."""
    exported = _exported()
    classes = {value for value in exported.values() if isinstance(value, type) and _is_manims(value)}
    every = sorted({base for each in classes for base in _line(each)}, key=lambda each: each.__name__)
    known = {each.__name__ for each in every}
    shown = _Shown(exported)
    functions = {
        name: _signature(value, shown, known)
        for name, value in exported.items()
        if inspect.isroutine(value) and _is_manims(value)
    }
    described = {each.__name__: _class(each, each in classes, shown, known) for each in every}
    animations = {name for each in ("Animation", "Transform") for name in described[each]["attributes"]}
    for owner, method in SETS_ON_ANIMATIONS:
        found = described[owner]["methods"].setdefault(method, {"shown": "(**animation)"})
        found["keywords"] = sorted({*found.get("keywords", ()), *animations})
        found.pop("open", None)
    return {
        "manim": manim.__version__,
        "functions": functions,
        "classes": described,
        "values": sorted(name for name in exported if name not in functions and name not in described),
        "loose": sorted(_set_on_others()),
    }


def _exported() -> dict[str, Any]:
    found: dict[str, Any] = {}
    exec("from manim import *", found)  # noqa: S102  (the very thing surveyed)
    return {name: value for name, value in sorted(found.items()) if not name.startswith(("__", "OpenGL"))}


def _is_manims(value: Any) -> bool:
    return (getattr(value, "__module__", None) or "").partition(".")[0] == "manim"


def _line(of: type) -> list[type]:
    """A class and what it derives from, as far as it is Manim's and of the renderer that is used."""
    return [base for base in of.__mro__ if _is_manims(base) and not base.__name__.startswith("OpenGL")]


def _class(of: type, exported: bool, shown: _Shown, known: set[str]) -> dict[str, Any]:
    methods: dict[str, Any] = {}
    attributes = {*set_on_self(of), *inspect.get_annotations(of)}
    for name, value in vars(of).items():
        if name.startswith("_"):
            continue
        if isinstance(value, property) or not _is_method(value):
            attributes.add(name)
        else:
            methods[name] = _signature(value, shown, known, of)
    init = next((base for base in of.__mro__ if "__init__" in vars(base)), object)
    described: dict[str, Any] = {
        "bases": [base.__name__ for base in _line(of)[1:]],
        "attributes": sorted(name for name in attributes if not name.startswith("_")),
        "methods": methods,
    }
    if _is_manims(init):
        described["init"] = _signature(vars(init)["__init__"], shown, known, of, init)
    if not all(_is_manims(base) or base is object for base in of.__mro__):
        described["open"] = True  # part of it is Python's or another library's
    if not exported:
        described["hidden"] = True
    return described


def _is_method(value: Any) -> bool:
    return isinstance(value, types.FunctionType | staticmethod | classmethod) or hasattr(value, "_partialmethod")


def _signature(
    function: Any, shown: _Shown, known: set[str], of: type | None = None, owner: type | None = None
) -> dict[str, Any]:
    """One signature; what is empty or false is left out."""
    owner = owner or of
    try:
        parameters = own_parameters(function)
    except (TypeError, ValueError):
        return {"shown": "(...)", "more": True, "open": True}
    if of is not None and not isinstance(function, staticmethod):
        parameters = parameters[1:]
    taken = taken_keywords(function, of, owner) if isinstance(plain(function), types.FunctionType) else ANYTHING
    places = [each for each in parameters if each.kind in {each.POSITIONAL_ONLY, each.POSITIONAL_OR_KEYWORD}]
    required = [
        each.name
        for each in parameters
        if each.default is each.empty and each.kind not in {each.VAR_POSITIONAL, each.VAR_KEYWORD}
    ]
    described = {
        "shown": shown.signature(parameters),
        "positional": [each.name for each in places],
        "required": required,
        "keywords": sorted(taken.names),
        "more": any(each.kind is each.VAR_POSITIONAL for each in parameters),
        "open": taken.open,
        "gives": _gives(function, known),
    }
    return {key: value for key, value in described.items() if value}


def _gives(function: Any, known: set[str]) -> str:
    said = getattr(plain(function), "__annotations__", {}).get("return", "")
    name = said.strip("'\"") if isinstance(said, str) else getattr(said, "__name__", "")
    return name if name == "Self" or name in known else ""


class _Shown:
    """Signatures as people read them: defaults by the names that Manim's constants have."""

    def __init__(self, exported: dict[str, Any]) -> None:
        # Of several names for one value the plainest is kept: RIGHT, not X_AXIS; RED, not RED_C.
        plainest_last = sorted(exported.items(), key=lambda item: ("_" not in item[0], -len(item[0]), item[0]))
        self._arrays = {
            tuple(value.tolist()): name
            for name, value in plainest_last
            if isinstance(value, np.ndarray) and value.ndim == 1
        }
        self._colours = {value.to_hex(): name for name, value in plainest_last if isinstance(value, manim.ManimColor)}
        self._numbers = {value: name for name, value in plainest_last if name in {"PI", "TAU", "DEGREES"}}

    def signature(self, parameters: list[inspect.Parameter]) -> str:
        parts: list[str] = []
        for each in parameters:
            if each.kind is each.KEYWORD_ONLY and not any(part.startswith("*") for part in parts):
                parts.append("*")
            mark = "*" if each.kind is each.VAR_POSITIONAL else "**" if each.kind is each.VAR_KEYWORD else ""
            default = "" if each.default is each.empty else f"={self._default(each.default)}"
            parts.append(f"{mark}{each.name}{default}")
        return f"({', '.join(parts)})"

    def _default(self, value: Any) -> str:
        if isinstance(value, np.ndarray):
            return self._arrays.get(tuple(value.tolist()), "...")
        if isinstance(value, manim.ManimColor):
            return self._colours.get(value.to_hex(), repr(value.to_hex()))
        if inspect.isroutine(value) or isinstance(value, type):
            return value.__name__
        if isinstance(value, float) and value in self._numbers:
            return self._numbers[value]
        if value is None or isinstance(value, bool | int | float | str | tuple | list):
            text = repr(value)
            if len(text) <= _LONGEST_DEFAULT and " object at " not in text and "array(" not in text:
                return text
        return "..."


def _set_on_others() -> set[str]:
    """Attributes that Manim's code sets on something other than `self`: any object may have one."""
    found: set[str] = set()
    for file in Path(manim.__file__).parent.rglob("*.py"):
        if "opengl" in file.name or "cli" in file.parts:
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
                owner = node.value
                if not (isinstance(owner, ast.Name) and owner.id == "self") and not node.attr.startswith("_"):
                    found.add(node.attr)
    return found


def as_text(found: dict[str, Any]) -> str:
    """The index as JSON with one class or function a line, so that a change can be read."""
    lines = []
    for key, value in found.items():
        if isinstance(value, dict):
            rows = [f"  {json.dumps(name)}: {json.dumps(each, sort_keys=True)}" for name, each in sorted(value.items())]
            lines.append(f" {json.dumps(key)}: {{\n" + ",\n".join(rows) + "\n }")
        else:
            lines.append(f" {json.dumps(key)}: {json.dumps(value)}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


if __name__ == "__main__":
    index_file(manim.__version__).write_text(as_text(survey()), encoding="utf-8")

"""Surveys the installed Manim, numpy and friends and writes names.json, the lists the policy allows by.

Run it after changing Manim's version or an exclusion: `python -m generation.engine.policy.survey`. What it finds is
everything public that draws; what people decided about it is in choices.toml. A test fails when the two part.
"""

from __future__ import annotations

import ast
import enum
import functools
import inspect
import json
import operator
import pathlib
import random
import sys
import textwrap
import tomllib
import types
from pathlib import Path
from typing import Any

import numpy as np

NAMES = Path(__file__).with_name("names.json")
CHOICES = Path(__file__).with_name("choices.toml")
PLAIN = (str, list, dict, set, frozenset, tuple, int, float, complex, range)


def survey() -> dict[str, Any]:
    """The lists, from what is installed here and what was chosen."""
    choices = tomllib.loads(CHOICES.read_text(encoding="utf-8"))
    chosen = {key: set(value.split()) for key, value in choices.items() if isinstance(value, str)}
    exported: dict[str, Any] = {}
    exec("from manim import *", exported)  # noqa: S102  (the very thing surveyed)
    exported = {name: value for name, value in exported.items() if not name.startswith("__")}
    allowed = {name: value for name, value in exported.items() if name not in chosen["excluded"] and _draws(value)}
    attributes = _attributes_of(allowed.values()) - chosen["excluded_attributes"]
    attributes |= plain_attributes() - chosen["excluded_plain_attributes"]
    attributes |= set().union(
        *(chosen[f"{of}_attributes"] for of in ("array", "generator", "graph", "camera", "other"))
    )
    modules = {name: sorted(words.split()) for name, words in choices["modules"].items()}
    modules["numpy"] = sorted(set(modules["numpy"]) & _numpy_names())
    whole = choices["manim_modules"]
    return {
        "manim": sorted(allowed),
        "manim_refused": sorted(set(exported) - set(allowed) - set(whole) - {"np", "config"}),
        "attributes": sorted(attributes),
        "attributes_refused": sorted((_known_attributes(exported) | chosen["excluded_attributes"]) - attributes),
        "config": sorted(chosen["config"]),
        "modules": {**{name: _colours_and_rates(path) for name, path in whole.items()}, **modules},
    }


def plain_attributes() -> set[str]:
    """Public attributes of Python's own plain values, which grow with its versions."""
    return {name for kind in PLAIN for name in dir(kind) if name[0] != "_"}


def _draws(value: object) -> bool:
    if isinstance(value, types.ModuleType):
        return False
    if inspect.isclass(value):
        return not issubclass(value, enum.EnumMeta)
    if inspect.isroutine(value):
        return True
    kind = type(value)
    return (
        kind.__module__.partition(".")[0] in {"builtins", "numpy"}
        or kind.__name__ == "ManimColor"
        or (kind is types.UnionType)
    )


def _attributes_of(values: Any) -> set[str]:
    """Public names on classes and their instances: what `dir` shows and what their methods set on `self`."""
    found: set[str] = set()
    for value in values:
        if not inspect.isclass(value):
            continue
        for base in value.__mro__:
            if base.__module__.partition(".")[0] in {"manim", "enum", "builtins"} and base is not object:
                found |= {name for name in vars(base) if name[0] != "_"} | _set_on_self(base)
    return found


@functools.cache
def _set_on_self(base: type) -> frozenset[str]:
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(base)))
    except (OSError, TypeError):
        return frozenset()
    return frozenset(
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.ctx, ast.Store)
        and isinstance(node.value, ast.Name)
        and node.value.id == "self"
        and node.attr[0] != "_"
    )


def _known_attributes(exported: dict[str, Any]) -> set[str]:
    """Every public attribute a scene might meet on its way out: these can never be made its own."""
    kinds: list[Any] = [
        types.FrameType,
        types.TracebackType,
        types.GeneratorType,
        types.CoroutineType,
        types.AsyncGeneratorType,
        types.CodeType,
        types.FunctionType,
        types.BuiltinFunctionType,
        types.MethodType,
        type,
        bytes,
        memoryview,
        pathlib.Path,
        random.Random,
        property,
        functools.partial,
        BaseException,
        AttributeError,
        ImportError,
        OSError,
        UnicodeDecodeError,
        StopIteration,
        SystemExit,
        exported["np"].ndarray,
        type(exported["config"]),
        type(exported["logger"]),
        type(exported["console"]),
        *PLAIN,
    ]
    found = {name for kind in kinds for name in dir(kind)} | set(sys.stdlib_module_names)
    found |= _attributes_of([value for value in exported.values() if inspect.isclass(value)])
    return {name for name in found if name[0] != "_" and name.isidentifier()}


def _colours_and_rates(path: str) -> list[str]:
    module = sys.modules.get(path) or __import__(path, fromlist=["x"])
    own = [name for name, value in vars(module).items() if name[0] != "_" and _belongs(value, path)]
    return sorted(own)


def _belongs(value: object, path: str) -> bool:
    if isinstance(value, types.FunctionType):
        return value.__module__ == path or hasattr(value, "__wrapped__")
    return (
        type(value).__name__ in {"ManimColor", "_PixelUnits", "Percent"}
        or isinstance(value, int | float)
        or (inspect.isclass(value) and value.__module__ == path)
    )


def _numpy_names() -> set[str]:
    parts = (
        "linalg",
        "random",
        "fft",
        "polynomial",
        "polynomial.legendre",
        "polynomial.hermite",
        "polynomial.chebyshev",
    )
    inner = {f"{part}.{name}" for part in parts for name in dir(operator.attrgetter(part)(np))}
    return set(dir(np)) | inner


if __name__ == "__main__":
    NAMES.write_text(json.dumps(survey(), indent=1) + "\n")

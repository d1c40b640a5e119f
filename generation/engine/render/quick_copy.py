"""Copies Manim's objects as `copy.deepcopy` would, without its general machinery.

Manim copies objects all the time: every animation keeps a copy of where it starts, `animate`, `Transform` and
`always_redraw` make more. Their attributes are of few types, nearly all numbers, arrays and lists.
"""

from __future__ import annotations

import copy
import pathlib
import types
from collections.abc import Callable
from typing import Any

import numpy as np
from manim.constants import CapStyleType, LineJointType, RendererType
from manim.mobject.mobject import Mobject
from manim.utils.color import ManimColor
from manim.utils.tex import TexTemplate
from svgelements import Path as SvgPath  # type: ignore[import-untyped]

from generation.engine.render.patches import Patch

Memo = dict[int, Any]

MISSING = object()
# Nothing can change these, so the copy is the thing itself. Colours and outlines read from a file are never changed
# either: Manim lets all objects of one colour share its numbers as it is.
UNCHANGING: set[type] = {
    type(None),
    bool,
    int,
    float,
    complex,
    str,
    bytes,
    type,
    range,
    types.FunctionType,
    types.BuiltinFunctionType,
    np.float64,
    np.int64,
    np.bool_,
    pathlib.PosixPath,
    ManimColor,
    CapStyleType,
    LineJointType,
    RendererType,
    SvgPath,
}


def copied(value: Any, memo: Memo) -> Any:
    """Return what `copy.deepcopy(value, memo)` returns."""
    kind = type(value)
    if kind in UNCHANGING:
        return value
    known = memo.get(id(value), MISSING)
    if known is not MISSING:
        return known
    if kind is np.ndarray:
        result = memo[id(value)] = value.__deepcopy__(memo)
        return result
    copier = COPIERS.get(kind)
    if copier is None:
        if getattr(kind, "__deepcopy__", None) is not quick_copy:
            return copy.deepcopy(value, memo)
        copier = COPIERS[kind] = quick_copy
    return copier(value, memo)


def _copied_list(value: list[Any], memo: Memo) -> list[Any]:
    result: list[Any] = []
    memo[id(value)] = result
    result.extend([copied(item, memo) for item in value])
    return result


def _copied_tuple(value: tuple[Any, ...], memo: Memo) -> tuple[Any, ...]:
    items = [copied(item, memo) for item in value]
    known = memo.get(id(value), MISSING)  # it may hold itself
    if known is not MISSING:
        return known  # type: ignore[no-any-return]
    if all(new is old for new, old in zip(items, value, strict=True)):
        return value
    result = memo[id(value)] = tuple(items)
    return result


def _copied_dict(value: dict[Any, Any], memo: Memo) -> dict[Any, Any]:
    result: dict[Any, Any] = {}
    memo[id(value)] = result
    for key, item in value.items():
        result[copied(key, memo)] = copied(item, memo)
    return result


def _copied_object(value: Any, memo: Memo) -> Any:
    """Copy an object that is nothing but its attributes."""
    result = memo[id(value)] = object.__new__(type(value))
    vars(result).update({name: copied(item, memo) for name, item in vars(value).items()})
    return result


COPIERS: dict[type, Callable[[Any, Memo], Any]] = {
    list: _copied_list,
    tuple: _copied_tuple,
    dict: _copied_dict,
    TexTemplate: _copied_object,
}
_SETTERS: dict[type, frozenset[str]] = {}  # names that a class gives a setter of its own


def _setters(cls: type) -> frozenset[str]:
    found = _SETTERS.get(cls)
    if found is None:
        names = (name for base in cls.__mro__ for name, value in vars(base).items() if hasattr(type(value), "__set__"))
        found = _SETTERS[cls] = frozenset(names)
    return found


def quick_copy(self: Any, clone_from_id: Memo) -> Any:
    """Copy a mobject as `Mobject.__deepcopy__` does."""
    cls = type(self)
    result: Any = object.__new__(cls)
    clone_from_id[id(self)] = result
    setters = _setters(cls)
    attributes, originals = vars(result), vars(self)
    if not setters.isdisjoint(originals):
        for name, value in originals.items():
            setattr(result, name, copied(value, clone_from_id))
    else:
        attributes.update(originals)
        for name, value in originals.items():
            kind = type(value)
            if kind in UNCHANGING:
                continue
            if kind is np.ndarray and (key := id(value)) not in clone_from_id:
                attributes[name] = clone_from_id[key] = value.__deepcopy__(clone_from_id)
            else:
                attributes[name] = copied(value, clone_from_id)
    result.original_id = str(id(self))
    return result


PATCHES = [Patch(Mobject, "__deepcopy__", "8a1349b6fc8a", lambda _: quick_copy)]

"""Says everything that can be seen of Manim's objects, so that two can be compared to the last bit."""

from typing import Any

import numpy as np
import svgelements
from manim import ManimColor, Mobject
from manim.mobject.svg.svg_mobject import VMobjectFromSVGPath

IGNORED = {"original_id", "_outline"}


def described(value: Any, names: dict[int, int]) -> Any:
    """Everything that can be seen of a value, mobjects by their place in the order they are met."""
    if isinstance(value, Mobject):
        return described_mobject(value, names)
    if isinstance(value, dict):
        return [[str(key), described(item, names)] for key, item in value.items()]
    if isinstance(value, list | tuple):
        return [described(item, names) for item in value]
    if type(value).__repr__ is object.__repr__ and hasattr(value, "__dict__"):
        return [type(value).__name__, described(vars(value), names)]
    return described_thing(value)


def described_mobject(mobject: Mobject, names: dict[int, int]) -> Any:
    if id(mobject) in names:
        return f"mobject {names[id(mobject)]}"
    names[id(mobject)] = len(names)
    attributes = {**vars(mobject)}
    if isinstance(mobject, VMobjectFromSVGPath):
        attributes["path_obj"] = mobject.path_obj
    inside = {name: described(attributes[name], names) for name in sorted(attributes) if name not in IGNORED}
    return [type(mobject).__name__, inside]


def described_thing(value: Any) -> Any:
    if isinstance(value, ManimColor):
        value = value._internal_value
    if isinstance(value, np.ndarray):
        return [str(value.dtype), list(value.shape), value.tobytes().hex()]
    if isinstance(value, svgelements.Path):
        return [str(value), value.stroke_width, str(value.fill), str(value.stroke)]
    return repr(value)

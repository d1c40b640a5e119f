"""Single colours and single points on an axis without the general machinery: scenes make thousands of them."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import ManimColor, Mobject, NumberLine
from manim.mobject.geometry.arc import TipableVMobject
from manim.mobject.graphing.scale import LinearBase

from generation.engine.render.patches import Patch

RGB, RGBA = 3, 4
EXACT = 1 << 53  # whole numbers below are themselves as floats


def _init_color(manims: Any) -> Any:
    """An array of floats needs no look at each of them. Manim shares one of four and copies one of three."""

    def init(self: Any, value: Any, alpha: float = 1.0) -> None:
        if type(self) is ManimColor and type(value) is np.ndarray and value.dtype == np.float64 and value.ndim == 1:
            if len(value) == RGBA:
                self._internal_value = value
                return
            if len(value) == RGB:
                rgba = np.empty(RGBA)
                rgba[:RGB], rgba[RGB] = value, alpha
                self._internal_value = rgba
                return
        manims(self, value, alpha)

    return init


def _number_to_point(manims: Any) -> Any:
    """One number on a line that is not scaled and has its ends where its points are, by the same sum."""
    get_start, get_end = TipableVMobject.get_start, TipableVMobject.get_end

    def number_to_point(self: Any, number: Any) -> Any:
        if (
            not (type(number) in {float, np.float64} or (type(number) is int and abs(number) < EXACT))
            or type(self.scaling) is not LinearBase
            or self.scaling.scale_factor != 1
            or type(self).get_start is not get_start
            or type(self).get_end is not get_end
        ):
            return manims(self, number)
        points, first, last = self.points, self.x_range[0], self.x_range[1]
        alpha = float((number - first) / (last - first))
        start, end = _tip_start(self, "start_tip"), _tip_start(self, "tip")
        if start is None:
            start = points[0] if len(points) and "start_tip" not in vars(self) else self.get_start()
        if end is None:
            end = points[-1] if len(points) and "tip" not in vars(self) else self.get_end()
        return (1 - alpha) * start + alpha * end

    return number_to_point


def _tip_start(line: Any, name: str) -> Any:
    """Where a tip that the line has begins, None where Manim has to say."""
    tip = vars(line).get(name)
    if tip is None or type(tip).get_start is not Mobject.get_start or not len(tip.points):
        return None
    return tip.points[0] if any(part is tip for part in line.submobjects) else None


PATCHES = [
    Patch(ManimColor, "__init__", "3eda25e07520", _init_color),
    Patch(NumberLine, "number_to_point", "32c1849884ab", _number_to_point),
]

"""Single colours and single points on an axis without the general machinery: scenes make thousands of them."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import ManimColor, NumberLine
from manim.mobject.geometry.arc import TipableVMobject
from manim.mobject.graphing.scale import LinearBase

from generation.engine.render.patches import Patch

RGB, RGBA = 3, 4


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
            type(number) not in {float, np.float64}
            or type(self.scaling) is not LinearBase
            or self.scaling.scale_factor != 1
            or type(self).get_start is not get_start
            or type(self).get_end is not get_end
        ):
            return manims(self, number)
        points, first, last = self.points, self.x_range[0], self.x_range[1]
        alpha = float((number - first) / (last - first))
        attributes = vars(self)
        start = points[0] if "start_tip" not in attributes and len(points) else self.get_start()
        end = points[-1] if "tip" not in attributes and len(points) else self.get_end()
        return (1 - alpha) * start + alpha * end

    return number_to_point


PATCHES = [
    Patch(ManimColor, "__init__", "3eda25e07520", _init_color),
    Patch(NumberLine, "number_to_point", "32c1849884ab", _number_to_point),
]

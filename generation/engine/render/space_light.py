"""Manim's shading of faces in space, for all faces of a picture at once."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from manim.mobject.three_d.three_d_utils import (
    get_3d_vmob_end_corner,
    get_3d_vmob_end_corner_unit_normal,
    get_3d_vmob_start_corner,
    get_3d_vmob_start_corner_unit_normal,
)
from manim.utils.color import get_shaded_rgb

from generation.engine.render.paths import Floats

Indices = npt.NDArray[np.intp]

ALIGNED = 1e-6  # below this Manim calls two edges parallel


def end_corners(starts: Indices, sizes: Indices) -> Indices:
    """Which of the points stands at the far end of each face's gradient."""
    corners: Indices = starts + (sizes - 1) // 6 * 3
    return corners


def lights(faces: list[Any], points: Floats, starts: Indices, sizes: Indices, source: Floats) -> Floats:
    """Return what the light at `source` adds to red, green and blue at both ends of each face's gradient: shape (n, 2).

    `points` holds the points of all faces, those of face `i` from `starts[i]` on.
    """
    result = np.empty((len(faces), 2))
    safe = sizes >= 8
    for end, here in enumerate((starts, end_corners(starts, sizes))):
        at = here - starts
        before = np.where(at > 2, here - 3, starts + sizes - 4)
        after = np.where(at < sizes - 3, here + 3, starts + np.minimum(3, sizes - 1))
        result[:, end], regular = _light(points[here], points[after], points[before], source)
        safe &= regular
    for i in np.flatnonzero(~safe):
        result[i] = _light_by_manim(faces[i], source)
    return result


def _light(corner: Floats, after: Floats, before: Floats, source: Floats) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """The light at each corner, and where its two edges are neither empty nor parallel."""
    one, other = after - corner, before - corner
    longest, longest_other = np.abs(one).max(axis=1), np.abs(other).max(axis=1)
    to_source = source - corner
    with np.errstate(divide="ignore", invalid="ignore"):
        normal = np.cross(one / longest[:, None], other / longest_other[:, None])
        length = np.sqrt((normal * normal).sum(axis=1))
        facing = (normal * to_source).sum(axis=1) / (length * np.sqrt((to_source * to_source).sum(axis=1)))
    light = 0.5 * facing**3
    regular = (length > ALIGNED) & np.isfinite(light)
    return np.where(light < 0, 0.5 * light, light), regular


def _light_by_manim(face: Any, source: Floats) -> list[float]:
    black = np.zeros(1)
    corners = (
        (get_3d_vmob_start_corner(face), get_3d_vmob_start_corner_unit_normal(face)),
        (get_3d_vmob_end_corner(face), get_3d_vmob_end_corner_unit_normal(face)),
    )
    return [float(get_shaded_rgb(black, corner, normal, source)[0]) for corner, normal in corners]

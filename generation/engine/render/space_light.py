"""Manim's shading of faces in space, for all faces of a picture at once."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from manim import UP
from manim.mobject.three_d.three_d_utils import (
    get_3d_vmob_end_corner,
    get_3d_vmob_end_corner_unit_normal,
    get_3d_vmob_start_corner,
    get_3d_vmob_start_corner_unit_normal,
)
from manim.utils.color import get_shaded_rgb

from generation.engine.render.paths import Floats

Indices = npt.NDArray[np.intp]

ONE_CURVE = 4  # points
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
    lines = sizes <= ONE_CURVE
    safe = np.ones(len(faces), bool)
    for end, here in enumerate((starts, end_corners(starts, sizes))):
        at = here - starts
        before = np.where(at > 2, here - 3, starts + sizes - 4)
        after = np.where(at < sizes - 3, here + 3, starts + np.minimum(3, sizes - 1))
        normals = _normals(points[here], points[after], points[before])
        normals[lines] = UP  # Manim's choice for what has no corner to take a normal from
        result[:, end] = _light(points[here], normals, source)
        safe &= np.isfinite(result[:, end])
    for i in np.flatnonzero(~safe):
        result[i] = _light_by_manim(faces[i], source)
    return result


def _normals(corner: Floats, after: Floats, before: Floats) -> Floats:
    """The unit normal at each corner; not a number where its two edges are empty or parallel."""
    one, other = after - corner, before - corner
    longest, longest_other = np.abs(one).max(axis=1), np.abs(other).max(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        normals: Floats = np.cross(one / longest[:, None], other / longest_other[:, None])
        lengths = np.sqrt((normals * normals).sum(axis=1))
        lengths[lengths <= ALIGNED] = np.nan
        normals /= lengths[:, None]
    return normals


def _light(corner: Floats, normals: Floats, source: Floats) -> Floats:
    to_source = source - corner
    with np.errstate(divide="ignore", invalid="ignore"):
        facing = (normals * to_source).sum(axis=1) / np.sqrt((to_source * to_source).sum(axis=1))
    light: Floats = 0.5 * facing**3
    return np.where(light < 0, 0.5 * light, light)


def _light_by_manim(face: Any, source: Floats) -> list[float]:
    black = np.zeros(1)
    corners = (
        (get_3d_vmob_start_corner(face), get_3d_vmob_start_corner_unit_normal(face)),
        (get_3d_vmob_end_corner(face), get_3d_vmob_end_corner_unit_normal(face)),
    )
    return [float(get_shaded_rgb(black, corner, normal, source)[0]) for corner, normal in corners]

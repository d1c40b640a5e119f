"""What a frame consists of, as a list of items that can be compared with the list of the frame before.

An item is one vectorised mobject as Manim's camera would draw it: its outline and the paints laid on it. Two items
with the same look leave the same pixels.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import cairo
import numpy as np
import numpy.typing as npt
from manim import PMobject, VMobject
from manim.camera.camera import CAP_STYLE_MAP, LINE_JOIN_MAP
from manim.mobject.types.image_mobject import AbstractImageMobject

from generation.engine.render import paths
from generation.engine.render.ring import Part

Look = tuple[Any, ...]
Stroke = tuple[float, Any, Any]  # width in units of the scene, join, cap
Paint = tuple[Any, Stroke | None]  # a cairo pattern; None: it fills

TOLERANCE = 1e-6  # of VMobject, by which points are the same
MITER_LIMIT = 10.0  # cairo's: how far the corner of a stroke may stick out, in half widths
SQUARE_CAP = 1.5  # in half widths, rounded up from the square root of two
WIDTH_MULTIPLE = 0.01  # Camera.cairo_line_width_multiple

# What decides how Manim draws a mobject; a class that has its own is left to Manim.
DRAWN_BY = (
    "get_fill_rgbas",
    "get_stroke_rgbas",
    "get_stroke_width",
    "get_background_image",
    "get_subpath_split_indices_from_points",
    "consider_points_equals_2d",
    "get_gradient_start_and_end_points",
)
ORIGINALS = tuple(getattr(VMobject, name) for name in DRAWN_BY)
NOTHING = np.zeros((1, 4))
NUMBERS = (int, float, np.number)


class NotPlain(Exception):
    """Something on the stage is not a plain vectorised mobject; Manim itself has to draw this frame."""


class Item:
    """A mobject's outline and paints, and the box of the scene that the outline lies in."""

    __slots__ = ("address", "box", "look", "outlines", "paints", "part", "reach")

    def __init__(self, look: Look, alike: Item | None) -> None:
        """`alike` may have the same paints. Whoever makes an item sets its outline and box; see `made`."""
        self.look = look
        self.paints: tuple[Paint, ...]
        self.reach: float  # of strokes beyond the outline, in units of the scene
        self.outlines: paths.Paths
        self.address: int  # of its outline among `outlines`
        self.box: tuple[float, float, float, float]  # least x and y, greatest x and y
        self.part: Part | None = None  # of the picture, that it can reach; whoever draws it knows
        if alike is not None and alike.paints and alike.look[1:] == look[1:]:
            self.paints, self.reach = alike.paints, alike.reach
        else:
            self.paints, self.reach = _paints(look)


def made(new: Sequence[Look], alike: Sequence[Item | None]) -> list[Item]:
    """Make an item of each look, all outlines at once; each takes over what it can of the item in its place."""
    if not new:
        return []
    points = np.frombuffer(b"".join([look[0] for look in new])).reshape(-1, 3)
    sizes = np.array([len(look[0]) for look in new]) // (3 * points.itemsize)
    first = np.cumsum(sizes) - sizes
    finite: npt.NDArray[np.bool_] = np.asarray(np.isfinite(points).all(axis=1))
    if not finite.all():
        points = np.where(finite[:, None], points, 0.0)
    least = np.minimum.reduceat(points[:, :2], first).tolist()
    greatest = np.maximum.reduceat(points[:, :2], first).tolist()
    drawn = np.logical_and.reduceat(finite, first).tolist()
    outlines = paths.pack(points, sizes, TOLERANCE)
    found = []
    for i, look in enumerate(new):
        item = Item(look, alike[i])
        item.box = (*least[i], *greatest[i])
        item.outlines, item.address = outlines, outlines.addresses[i]
        if not drawn[i]:
            item.paints = ()  # Manim draws nothing of it
        found.append(item)
    return found


def looks(mobjects: Iterable[Any]) -> list[Look]:
    """Say how each mobject looks now, leaving out what has no outline. Raises NotPlain."""
    found = []
    for mobject in mobjects:
        if not _is_plain(mobject):
            if _is_drawn(mobject):
                raise NotPlain(type(mobject).__name__)
            continue
        own = mobject.__dict__
        points, width, behind_width = own["points"], own["stroke_width"], own["background_stroke_width"]
        if points.dtype != np.float64 or not isinstance(width, NUMBERS) or not isinstance(behind_width, NUMBERS):
            raise NotPlain("its numbers are of another kind")
        fill = own.get("fill_rgbas", NOTHING)
        stroke = own.get("stroke_rgbas", NOTHING)
        behind = own.get("background_stroke_rgbas", NOTHING)
        gradient = b""
        if len(fill) != 1 or len(stroke) != 1 or len(behind) != 1:
            gradient = _gradient(mobject)
        found.append(
            (
                points.tobytes(),
                fill.tobytes(),
                stroke.tobytes(),
                behind.tobytes(),
                width,
                behind_width,
                own["joint_type"],
                own["cap_style"],
                gradient,
            )
        )
    return found


_plain_classes: dict[type, bool] = {}


def _is_plain(mobject: Any) -> bool:
    cls = type(mobject)
    plain = _plain_classes.get(cls)
    if plain is None:
        plain = issubclass(cls, VMobject) and all(
            getattr(cls, name) is original for name, original in zip(DRAWN_BY, ORIGINALS, strict=True)
        )
        _plain_classes[cls] = plain
    own = mobject.__dict__
    return (
        plain
        and own["background_image"] is None
        and own["tolerance_for_point_equality"] == TOLERANCE
        and own["n_points_per_cubic_curve"] == paths.CURVE_POINTS
        and own.keys().isdisjoint(DRAWN_BY)
    )


def _is_drawn(mobject: Any) -> bool:
    """Whether Manim's camera draws it at all; others only carry points, as a ValueTracker does."""
    return isinstance(mobject, VMobject | PMobject | AbstractImageMobject)


def _gradient(mobject: Any) -> bytes:
    points = np.array(mobject.get_gradient_start_and_end_points(), np.float64)
    if not np.isfinite(points).all():
        raise NotPlain("a gradient has no direction")
    return points[:, :2].tobytes()


def _paints(look: Look) -> tuple[tuple[Paint, ...], float]:
    """What is laid on the outline, in order, and how far strokes reach beyond it in units of the scene."""
    _, fill, stroke, behind, width, behind_width, joint, cap, gradient = look
    paints: list[Paint] = []
    widest = 0.0
    for colours, thickness in ((behind, behind_width), (fill, None), (stroke, width)):
        if thickness is not None and not thickness > 0:
            continue
        source = _source(np.frombuffer(colours).reshape(-1, 4), gradient)
        if source is None:
            continue
        if thickness is None:
            paints.append((source, None))
        else:
            line = thickness * WIDTH_MULTIPLE
            widest = max(widest, float(line))
            paints.append((source, (line, LINE_JOIN_MAP[joint], CAP_STYLE_MAP[cap])))
    pointed = LINE_JOIN_MAP[joint] == cairo.LineJoin.MITER
    return tuple(paints), widest / 2 * (MITER_LIMIT if pointed else SQUARE_CAP)


def _source(colours: npt.NDArray[np.float64], gradient: bytes) -> Any:
    """Return the cairo pattern of one or several colours, blue first as Manim has it; None where nobody sees it."""
    if not (colours[:, 3] > 0).any():
        return None
    if len(colours) == 1:
        red, green, blue, alpha = colours[0].tolist()
        return cairo.SolidPattern(blue, green, red, alpha)
    pattern = cairo.LinearGradient(*np.frombuffer(gradient).tolist())
    for (red, green, blue, alpha), offset in zip(colours.tolist(), np.linspace(0, 1, len(colours)), strict=True):
        pattern.add_color_stop_rgba(offset, blue, green, red, alpha)
    return pattern

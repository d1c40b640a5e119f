"""Paints a list of shapes with cairo, on as many cores as there are, each in a band of rows of its own."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any, NamedTuple

import cairo
import numpy as np
import numpy.typing as npt
from manim.camera.camera import CAP_STYLE_MAP, LINE_JOIN_MAP

from generation.engine.render.paths import Floats, appender
from generation.engine.render.ring import Pixels

MOST_BANDS = 4
WORTH_A_BAND = 48  # shapes; with fewer, sharing the work costs more than it saves
MITER = 10.0  # cairo's limit: how many times half the line's width a corner may stand out

Color = Sequence[float]  # blue, green, red, opacity: Manim's pixels have cairo's red and blue swapped


class Shape(NamedTuple):
    """One shape: the address of its path, and what to fill and to stroke it with (None: nothing).

    A fill or a stroke has one colour or, from one of `ends` (x, y, x, y) to the other, two. `width` is in the context's
    coordinates, `join` and `cap` are Manim's.
    """

    address: int
    ends: Sequence[float]
    fill: Sequence[Color] | None
    stroke: Sequence[Color] | None
    width: float
    join: Any
    cap: Any


def paint(context: Any, shapes: Sequence[Shape], heights: Floats) -> None:
    """Paint `shapes` one over the other on the picture of `context`.

    `heights` has shape (n, 2): between which y, in the context's coordinates, the points of each shape lie.
    """
    count = min(_cores(), len(shapes) // WORTH_A_BAND)
    if count < 2:
        _paint(context, shapes)
        return
    surface = context.get_target()
    picture = np.frombuffer(surface.get_data(), np.uint8).reshape(surface.get_height(), -1)
    tops, bottoms = _rows(context, shapes, heights)
    rows = _split(tops, bottoms, count, len(picture))
    bands = [_Band(context, picture, number, *ends) for number, ends in enumerate(itertools.pairwise(rows))]
    work = [(band.context, list(itertools.compress(shapes, band.touched(tops, bottoms)))) for band in bands]
    waiting = [_painters().submit(_paint, *others) for others in work[1:]]
    _paint(*work[0])
    for painter in waiting:
        painter.result()
    for band in bands[1:]:
        picture[band.first : band.last] = band.canvas[band.first : band.last]


def _split(tops: Floats, bottoms: Floats, count: int, height: int) -> list[int]:
    """Cut the rows of a picture into `count` bands with about the same work."""
    middles = np.clip((tops + bottoms) / 2, 0, height)
    return [0, *(int(row) for row in np.quantile(middles, np.linspace(0, 1, count + 1)[1:-1])), height]


class _Band:
    """Rows from `first` up to `last` of a picture; all bands but the first are painted on a canvas of their own.

    Shapes that cross the edge of a band are painted whole in both, and only a band's own rows are kept: cairo samples
    an outline that is cut off a little differently.
    """

    def __init__(self, context: Any, picture: Pixels, number: int, first: int, last: int) -> None:
        self.first, self.last = first, last
        self.canvas = picture
        if number:
            self.canvas = _canvas(number, picture.shape)
            self.canvas[first:last] = picture[first:last]
        surface = context.get_target()
        own = cairo.ImageSurface.create_for_data(
            self.canvas.data, surface.get_format(), surface.get_width(), surface.get_height(), surface.get_stride()
        )
        self.context = cairo.Context(own)
        self.context.set_matrix(context.get_matrix())

    def touched(self, tops: Floats, bottoms: Floats) -> npt.NDArray[np.bool_]:
        """Which shapes leave marks in this band."""
        touched: npt.NDArray[np.bool_] = (bottoms > self.first) & (tops < self.last)
        return touched


def _rows(context: Any, shapes: Sequence[Shape], heights: Floats) -> tuple[Floats, Floats]:
    """Between which rows of pixels each shape leaves marks, at the most."""
    matrix = context.get_matrix()
    reach = np.array([shape.width for shape in shapes]) * (MITER / 2)
    ends = np.stack([heights[:, 0] - reach, heights[:, 1] + reach]) * matrix.yy + matrix.y0
    return ends.min(axis=0) - 2, ends.max(axis=0) + 2


def _paint(context: Any, shapes: Iterable[Shape]) -> None:
    append = appender(context)
    last_join = last_cap = None
    for address, ends, fill, stroke, width, join, cap in shapes:
        context.new_path()
        append(address)
        if fill:
            _choose(context, ends, fill)
            context.fill_preserve()
        if not (stroke and width):
            continue
        _choose(context, ends, stroke)
        context.set_line_width(width)
        if join is not last_join:
            context.set_line_join(LINE_JOIN_MAP[join])
            last_join = join
        if cap is not last_cap:
            context.set_line_cap(CAP_STYLE_MAP[cap])
            last_cap = cap
        context.stroke_preserve()


def _choose(context: Any, ends: Sequence[float], colors: Sequence[Color]) -> None:
    if len(colors) == 1:
        context.set_source_rgba(*colors[0])
        return
    gradient = cairo.LinearGradient(*ends)
    gradient.add_color_stop_rgba(0, *colors[0])
    gradient.add_color_stop_rgba(1, *colors[1])
    context.set_source(gradient)


@cache
def _cores() -> int:
    return min(MOST_BANDS, len(os.sched_getaffinity(0)))


@cache
def _canvas(number: int, shape: tuple[int, ...]) -> Pixels:
    """The canvas of a band for pictures of one shape; kept, as fresh memory is slow."""
    return np.empty(shape, np.uint8)


@cache
def _painters() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(MOST_BANDS - 1)

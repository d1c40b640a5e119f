"""Draws a frame by drawing anew only the rows in which something changed.

The picture of a play has two lists of items: what rests, and above it what moves. Together they are compared with those
of the frame before. Rows that no changed item can reach keep their pixels. The others are taken from a picture of what
rests, which is itself kept up to date only where it is needed, and what moves is drawn over them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import cairo
import numpy as np

from generation.engine.render import items, paths
from generation.engine.render.items import Item, Look
from generation.engine.render.ring import Part, Pixels, Rows

MOST_BANDS = 4  # a frame's changes are drawn in so many bands at most
NEAR = 16  # bands as close as so many rows are one
EDGE = 1  # rows beyond an outline that anti-aliasing may touch


class Layer:
    """A picture that items can be drawn on."""

    def __init__(self, pixels: Pixels) -> None:
        self.pixels = pixels
        height, width = pixels.shape[:2]
        surface = cairo.ImageSurface.create_for_data(pixels.data, cairo.FORMAT_ARGB32, width, height)
        self._context = cairo.Context(surface)
        self._append = paths.appender(self._context)

    def draw(self, shown: Sequence[Item], rows: Rows, matrix: cairo.Matrix) -> None:
        """Draw `shown` in order, cut to `rows`."""
        if not shown:
            return
        context = self._context
        context.save()
        context.identity_matrix()
        context.new_path()  # the last item's outline is still there
        context.rectangle(0, rows[0], self.pixels.shape[1], rows[1] - rows[0])
        context.clip()
        context.set_matrix(matrix)
        for item in shown:
            self._draw(item)
        context.restore()

    def _draw(self, item: Item) -> None:
        context = self._context
        context.new_path()
        self._append(item.address)
        for source, stroke in item.paints:
            context.set_source(source)
            if stroke is None:
                context.fill_preserve()
            else:
                width, join, cap = stroke
                context.set_line_width(width)
                context.set_line_join(join)
                context.set_line_cap(cap)
                context.stroke_preserve()


class Canvas:
    """The picture of a scene."""

    def __init__(self, pixels: Pixels) -> None:
        self.pixels = pixels
        self._front = Layer(pixels)
        self._back = Layer(np.empty_like(pixels))
        self._elsewhere: Layer | None = None
        self._stale = np.ones(len(pixels), bool)  # rows of the back that don't show what rests
        self._base: Pixels | None = None
        self._matrix: cairo.Matrix | None = None
        self._resting_looks: Sequence[Look] = ()
        self._resting: list[Item] = []
        self._moving: list[Item] = []
        self._shown: list[Item] | None = None  # what the pixels show; None: something else

    def forget(self) -> None:
        """Take note that somebody else drew on the pixels."""
        self._shown = None

    def show(self, resting: Sequence[Look], moving: Sequence[Look], base: Pixels, matrix: cairo.Matrix) -> list[Part]:
        """Draw what moves over what rests over `base`; return the parts that may differ from before.

        Pass the same `resting` as long as nothing in it changes, and a new `base` where that changes.
        """
        if base is not self._base or matrix != self._matrix:
            self._start_over(base, matrix)
        if resting is not self._resting_looks:
            self._change_rest(resting)
            self._moving = _known(moving, [*(self._shown or ()), *self._moving])
        else:
            self._moving = _matched(moving, self._moving)
        now = [*self._resting, *self._moving]
        height, width = self.pixels.shape[:2]
        parts = [(0, height, 0, width)] if self._shown is None else self._changes(self._shown, now)
        for top, bottom, _, _ in parts:
            self._redraw((top, bottom))
        self._shown = now
        return parts

    def _start_over(self, base: Pixels, matrix: cairo.Matrix) -> None:
        self._base, self._matrix = base, matrix
        self._stale[:] = True
        self._shown = None
        for item in (*self._resting, *self._moving):
            item.part = None

    def _change_rest(self, looks: Sequence[Look]) -> None:
        before = self._resting
        self._resting_looks = looks
        self._resting = _known(looks, [*before, *self._moving])
        for top, bottom, _, _ in self._changes(before, self._resting):
            self._stale[top:bottom] = True

    def _redraw(self, rows: Rows) -> None:
        """Draw `rows` of the picture anew."""
        assert self._base is not None  # noqa: S101 - `show` set it
        under = self._base
        if self._resting:
            self._freshen(rows)
            under = self._back.pixels
        self._paint(self._front, under, self._moving, rows)

    def _freshen(self, rows: Rows) -> None:
        """Bring `rows` of the back up to date."""
        stale = np.flatnonzero(self._stale[rows[0] : rows[1]])
        if not len(stale):
            return
        assert self._base is not None  # noqa: S101 - `show` set it
        top, bottom = rows[0] + int(stale[0]), rows[0] + int(stale[-1]) + 1
        self._paint(self._back, self._base, self._resting, (top, bottom))
        self._stale[top:bottom] = False

    def _paint(self, layer: Layer, under: Pixels, shown: Sequence[Item], rows: Rows) -> None:
        """Set `rows` of a layer to those of `under` with `shown` drawn over them.

        Cairo draws an outline that is cut not quite like the same outline whole (by up to 6 of 255 in a few pixels). So
        where one crosses the edge of `rows`, all is drawn whole elsewhere and the rows are taken from there.
        """
        top, bottom = rows
        wanted = self._within(shown, rows)
        reaches = [item.part or self._part(item) for item in wanted]
        hull = (min([top, *(reach[0] for reach in reaches)]), max([bottom, *(reach[1] for reach in reaches)]))
        target = layer
        if hull != rows:
            if self._elsewhere is None:
                self._elsewhere = Layer(np.zeros_like(self.pixels))
            target = self._elsewhere
        assert self._matrix is not None  # noqa: S101 - `show` set it
        target.pixels[top:bottom] = under[top:bottom]
        target.draw(wanted, hull, self._matrix)
        if target is not layer:
            layer.pixels[top:bottom] = target.pixels[top:bottom]

    def _within(self, shown: Sequence[Item], rows: Rows) -> list[Item]:
        top, bottom = rows
        found = []
        for item in shown:
            reach = item.part or self._part(item)
            if reach[0] < bottom and reach[1] > top:
                found.append(item)
        return found

    def _part(self, item: Item) -> Part:
        """The part of the picture that `item` can reach; none where it leaves no mark."""
        if not item.paints:
            item.part = (0, 0, 0, 0)
            return item.part
        assert self._matrix is not None  # noqa: S101 - `show` set it
        matrix, (height, width) = self._matrix, self.pixels.shape[:2]
        left, low, right, high = item.box
        rows = _span(low * matrix.yy + matrix.y0, high * matrix.yy + matrix.y0, item.reach * matrix.yy, height)
        columns = _span(left * matrix.xx + matrix.x0, right * matrix.xx + matrix.x0, item.reach * matrix.xx, width)
        item.part = (*rows, *columns)
        return item.part

    def _changes(self, before: Sequence[Item], now: Sequence[Item]) -> list[Part]:
        """What looks otherwise with the items of `now` than with those of `before`."""
        return merged([item.part or self._part(item) for item in _differing(before, now)])


def _span(one: float, other: float, reach: float, most: int) -> Rows:
    """The pixels from `one` to `other`, with what strokes and anti-aliasing may add, within the picture."""
    beyond = abs(reach) + EDGE
    first, last = math.floor(min(one, other) - beyond), math.ceil(max(one, other) + beyond)
    return min(max(first, 0), most), min(max(last, 0), most)


def merged(parts: list[Part]) -> list[Part]:
    """Join parts whose rows overlap or lie near each other, until they are few; empty ones are left out."""
    joined: list[Part] = []
    for part in sorted(part for part in parts if part[0] < part[1] and part[2] < part[3]):
        if joined and part[0] <= joined[-1][1] + NEAR:
            joined[-1] = _both(joined[-1], part)
        else:
            joined.append(part)
    while len(joined) > MOST_BANDS:
        gaps = [joined[i + 1][0] - joined[i][1] for i in range(len(joined) - 1)]
        nearest = gaps.index(min(gaps))
        joined[nearest : nearest + 2] = [_both(joined[nearest], joined[nearest + 1])]
    return joined


def _both(one: Part, other: Part) -> Part:
    return min(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), max(one[3], other[3])


def _differing(before: Sequence[Item], now: Sequence[Item]) -> list[Item]:
    """Items that only one of the lists has, or that stand elsewhere in its order."""
    start, stop = _ends(before, now)
    if len(before) == len(now):
        pairs = zip(before, now, strict=True)
        return [item for pair in pairs if pair[0] is not pair[1] for item in pair]
    return [*before[start : len(before) - stop], *now[start : len(now) - stop]]


def _ends(before: Sequence[Item], now: Sequence[Item]) -> tuple[int, int]:
    """How many items at the start, and how many of the others at the end, are the same."""
    most = min(len(before), len(now))
    start = 0
    while start < most and before[start] is now[start]:
        start += 1
    stop = 0
    while stop < most - start and before[-1 - stop] is now[-1 - stop]:
        stop += 1
    return start, stop


def _matched(looks: Sequence[Look], before: Sequence[Item]) -> list[Item]:
    """The items of `looks`, taken from `before` where they stand in the same place, counted from either end."""
    count, last = len(looks), len(before)
    start, stop = 0, 0
    if count != last:
        most = min(count, last)
        while start < most and before[start].look == looks[start]:
            start += 1
        while stop < most - start and before[-1 - stop].look == looks[-1 - stop]:
            stop += 1
    places: list[Item | None]
    if count > last:
        places = [*before[: last - stop], *[None] * (count - last), *before[last - stop :]]
    else:
        places = [*before[: count - stop], *before[last - stop :]]
    return _filled(looks, places)


def _filled(looks: Sequence[Look], places: Sequence[Item | None]) -> list[Item]:
    """The items in `places` where they look like that, new ones elsewhere."""
    new = [i for i, look in enumerate(looks) if (item := places[i]) is None or item.look != look]
    found = list(places)
    for i, item in zip(new, items.made([looks[i] for i in new], [places[i] for i in new]), strict=True):
        found[i] = item
    return found  # type: ignore[return-value]  # no place is empty any more


def _known(looks: Sequence[Look], known: Sequence[Item]) -> list[Item]:
    """The items of `looks`, taken from `known` wherever they stood."""
    by_look = {item.look: item for item in known}
    return _filled(looks, [by_look.get(look) for look in looks])

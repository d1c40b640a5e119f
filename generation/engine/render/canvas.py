"""Draws a frame by drawing anew only the rows in which something changed.

The picture of a play has two lists of items: what rests, and above it what moves. Together they are compared with those
of the frame before. Rows that no changed item can reach keep their pixels. The others are taken from a picture of what
rests, which is itself kept up to date only where it is needed, and what moves is drawn over them, cut to those rows.
Cairo decides each row by itself, so the pixels are those of a whole drawing.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import cairo
import numpy as np

from generation.engine.render import items, paths
from generation.engine.render.items import Item, Look
from generation.engine.render.ring import Pixels, Rows

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

    def show(self, resting: Sequence[Look], moving: Sequence[Look], base: Pixels, matrix: cairo.Matrix) -> list[Rows]:
        """Draw what moves over what rests over `base`; return the rows that may differ from before.

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
        bands = [(0, len(self.pixels))] if self._shown is None else self._bands(self._shown, now)
        for rows in bands:
            self._redraw(rows)
        self._shown = now
        return bands

    def _start_over(self, base: Pixels, matrix: cairo.Matrix) -> None:
        self._base, self._matrix = base, matrix
        self._stale[:] = True
        self._shown = None
        for item in (*self._resting, *self._moving):
            item.rows = None

    def _change_rest(self, looks: Sequence[Look]) -> None:
        before = self._resting
        self._resting_looks = looks
        self._resting = _known(looks, [*before, *self._moving])
        for top, bottom in self._bands(before, self._resting):
            self._stale[top:bottom] = True

    def _redraw(self, rows: Rows) -> None:
        top, bottom = rows
        assert self._base is not None and self._matrix is not None  # noqa: S101 - `show` set them
        under = self._base
        if self._resting:
            self._freshen(rows)
            under = self._back.pixels
        self.pixels[top:bottom] = under[top:bottom]
        self._front.draw(self._within(self._moving, rows), rows, self._matrix)

    def _freshen(self, rows: Rows) -> None:
        """Bring `rows` of the back up to date."""
        stale = np.flatnonzero(self._stale[rows[0] : rows[1]])
        if not len(stale):
            return
        assert self._base is not None and self._matrix is not None  # noqa: S101 - `show` set them
        top, bottom = rows[0] + int(stale[0]), rows[0] + int(stale[-1]) + 1
        self._back.pixels[top:bottom] = self._base[top:bottom]
        self._back.draw(self._within(self._resting, (top, bottom)), (top, bottom), self._matrix)
        self._stale[top:bottom] = False

    def _within(self, shown: Sequence[Item], rows: Rows) -> list[Item]:
        top, bottom = rows
        found = []
        for item in shown:
            reach = item.rows or self._rows(item)
            if reach[0] < bottom and reach[1] > top:
                found.append(item)
        return found

    def _rows(self, item: Item) -> Rows:
        """The rows that `item` can reach; none where it leaves no mark."""
        if not item.paints:
            item.rows = (0, 0)
            return item.rows
        assert self._matrix is not None  # noqa: S101 - `show` set it
        scale, shift = self._matrix.yy, self._matrix.y0
        ends = (item.low * scale + shift, item.high * scale + shift)
        beyond = item.reach * abs(scale) + EDGE
        last = len(self.pixels)
        top = min(max(math.floor(min(ends) - beyond), 0), last)
        bottom = min(max(math.ceil(max(ends) + beyond), 0), last)
        item.rows = (top, bottom)
        return item.rows

    def _bands(self, before: Sequence[Item], now: Sequence[Item]) -> list[Rows]:
        """Rows that look otherwise with the items of `now` than with those of `before`."""
        reaches = [item.rows or self._rows(item) for item in _differing(before, now)]
        return merged([rows for rows in reaches if rows[0] < rows[1]])


def merged(bands: list[Rows]) -> list[Rows]:
    """Join bands that overlap or lie near each other, until they are few."""
    joined: list[Rows] = []
    for top, bottom in sorted(bands):
        if joined and top <= joined[-1][1] + NEAR:
            joined[-1] = (joined[-1][0], max(bottom, joined[-1][1]))
        else:
            joined.append((top, bottom))
    while len(joined) > MOST_BANDS:
        gaps = [joined[i + 1][0] - joined[i][1] for i in range(len(joined) - 1)]
        nearest = gaps.index(min(gaps))
        joined[nearest : nearest + 2] = [(joined[nearest][0], joined[nearest + 1][1])]
    return joined


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

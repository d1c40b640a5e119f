"""Theorama scene kit: a calm dark stage for Manim Community Edition 0.22.

Zones that keep things apart, a palette, knobs, spoken lines, cheap live numbers, graphs that stay inside
their frame, and formulas read without eval. This module draws graphs and marks and brings the other two
along, so a scene imports nothing else; exports carry all three as one text. MIT licence, see LICENSE.
"""

import math

import numpy as np
from manim import *
from theorama_formula import *
from theorama_stage import *


# --- graphs ----------------------------------------------------------------------------------------
def nice_step(span, count=6, whole=False):
    """A round step (1, 2, 2.5 or 5 times a power of ten) giving at most about `count` steps in `span`.

    With `whole` the step is a whole number, for things that are counted.
    """
    raw = max(abs(span), 1e-12) / max(count, 1)
    raw = max(raw, 1.0) if whole else raw
    power = 10.0 ** math.floor(math.log10(raw))
    factors = (1, 2, 5, 10) if whole and power < 10 else (1, 2, 2.5, 5, 10)
    return min([m * power for m in factors if m * power >= raw * 0.9999])


def nice_ticks(low, high, count=6, whole=False):
    """Round values between `low` and `high`."""
    step = nice_step(high - low, count, whole)
    return [i * step for i in range(math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9) + 1)]


def nice_range(values, count=6, zero=False, margin=0.0):
    """A round range that holds all finite values (and zero, if asked)."""
    finite = [float(v) for v in values if math.isfinite(v)] or [0.0, 1.0]
    low, high = min(finite + ([0.0] if zero else [])), max(finite + ([0.0] if zero else []))
    if high - low < 1e-9 * max(1.0, abs(high)):
        low, high = low - max(1.0, abs(low)) / 2, high + max(1.0, abs(high)) / 2
    spread = margin * (high - low)
    low, high = low - (0 if zero and low == 0 else spread), high + (0 if zero and high == 0 else spread)
    step = nice_step(high - low, count)
    return (math.floor(low / step + 1e-9) * step, math.ceil(high / step - 1e-9) * step)


def tick_labels(ticks, size, color):
    """Numbers for the ticks, all with the same decimals."""
    step = ticks[1] - ticks[0] if len(ticks) > 1 else max([abs(tick) for tick in ticks] + [1.0])
    places = int(clamp(-math.floor(math.log10(step) + 1e-9), 0, 6))
    places += 1 if abs(step * 10**places - round(step * 10**places)) > 1e-6 else 0
    return [number(tick, places if abs(tick) > step / 2 else 0, size, color) for tick in ticks]


def graph(
    x_range,
    y_range,
    area=MAIN,
    x_label="",
    y_label="",
    size=22,
    equal=False,
    grid=True,
    room=0.0,
    whole=False,
    y_count=6,
):
    """Axes that fill a zone. Numbers stand outside the plot, so curves never cross them.

    Returns Manim `Axes` (use `c2p`); `x_range` and `y_range` are (low, high). Give graphs that stand one
    above the other the same `room` for the numbers on the left; `whole` keeps the numbers below whole;
    `y_count` is the most steps on the left.
    """
    (x0, x1), (y0, y1) = x_range, y_range
    x_title, y_title = words(x_label, size + 2, CHALK2), words(y_label, size + 2, CHALK2)
    y_ticks = nice_ticks(y0, y1, clamp(area.height / 0.6, 2, y_count))
    y_numbers = tick_labels(y_ticks, size, CHALK3)
    left = max([label.width for label in y_numbers] + [room]) + 0.25
    bottom, top = 0.45 + (0.4 if x_label else 0), 0.45 if y_label else 0.12
    width, height = area.width - left - 0.25, area.height - bottom - top
    if equal:
        unit = min(width / (x1 - x0), height / (y1 - y0))
        width, height = unit * (x1 - x0), unit * (y1 - y0)
    x_ticks = nice_ticks(x0, x1, clamp(width / 1.0, 2, 8), whole)
    line = {"include_ticks": False, "stroke_color": CHALK3, "stroke_width": 2.5}
    axes = Axes(
        x_range=[x0, x1, x1 - x0],
        y_range=[y0, y1, y1 - y0],
        x_length=width,
        y_length=height,
        tips=False,
        axis_config=line,
    )
    middle = area.get_center() + np.array([left - 0.25, bottom - top, 0]) / 2
    axes.shift(middle - (axes.c2p(x0, y0) + axes.c2p(x1, y1)) / 2)
    rules, labels = VGroup(), VGroup()
    for tick, label in zip(x_ticks, tick_labels(x_ticks, size, CHALK3), strict=True):
        rules.add(Line(axes.c2p(tick, y0), axes.c2p(tick, y1), stroke_color=HAIRLINE, stroke_width=1.5))
        labels.add(label.next_to(axes.c2p(tick, y0), DOWN, buff=0.16))
    for tick, label in zip(y_ticks, y_numbers, strict=True):
        rules.add(Line(axes.c2p(x0, tick), axes.c2p(x1, tick), stroke_color=HAIRLINE, stroke_width=1.5))
        labels.add(label.next_to(axes.c2p(x0, tick), LEFT, buff=0.16))
    if x_label:
        fit_width(x_title, width)
        labels.add(x_title.move_to(axes.c2p(x1, y0) + 0.72 * DOWN, aligned_edge=RIGHT))
    if y_label:
        fit_width(y_title, area.width)
        labels.add(y_title.move_to(axes.c2p(x0, y1) + 0.3 * UP, aligned_edge=LEFT))
    if grid:
        axes.add_to_back(rules)
    return axes.add(labels)


def fit_width(mobject, width):
    """Scale down until no wider than `width`."""
    return mobject.scale(min(1.0, width / max(mobject.width, 1e-6)))


def crossing(function, inside, outside, low, high):
    """The last x, seen from `inside`, where the function is finite and between low and high."""
    for _halving in range(24):
        middle = (inside + outside) / 2
        value = function(middle)
        good = math.isfinite(value) and low <= value <= high
        inside, outside = (middle, outside) if good else (inside, middle)
    return inside


def jumps(function, left, right):
    """Whether the function leaps between two close points, however near one looks."""
    first = abs(function(right) - function(left))
    for _halving in range(20):
        middle = (left + right) / 2
        value = function(middle)
        if not math.isfinite(value):
            return True
        near = abs(value - function(left)) > abs(function(right) - value)
        left, right = (left, middle) if near else (middle, right)
    return abs(function(right) - function(left)) > 0.3 * first


def plot(axes, function, color=SKY, x_range=None, width=4.0, samples=240):
    """The graph of a function: broken at gaps and leaps, cut at the edges of the axes."""
    x0, x1 = x_range or axes.x_range[:2]
    low, high = axes.y_range[:2]
    xs = [float(x) for x in np.linspace(x0, x1, samples + 1)]
    ys = [float(function(x)) for x in xs]
    good = [math.isfinite(y) and low <= y <= high for y in ys]
    pieces, piece = [], []
    for i, x in enumerate(xs):
        if good[i]:
            if i and not good[i - 1]:
                edge = crossing(function, x, xs[i - 1], low, high)
                piece = [(edge, function(edge))]
            elif i and abs(ys[i] - ys[i - 1]) > 0.2 * (high - low) and jumps(function, xs[i - 1], x):
                pieces, piece = [*pieces, piece], []
            piece.append((x, ys[i]))
        elif piece:
            edge = crossing(function, xs[i - 1], x, low, high)
            pieces, piece = [*pieces, [*piece, (edge, function(edge))]], []
    curve = VMobject(stroke_color=color, stroke_width=width, fill_opacity=0)
    for part in [*pieces, piece]:
        if len(part) > 1:
            points = [axes.c2p(x, y) for x, y in part]
            curve.start_new_path(points[0])
            curve.add_points_as_corners(points[1:])
    return curve


def polyline(axes, xs, ys, color=SKY, width=4.0):
    """A line through computed points, cut off at the edges of the axes."""
    (x0, x1), (y0, y1) = axes.x_range[:2], axes.y_range[:2]
    return VMobject(stroke_color=color, stroke_width=width).set_points_as_corners(
        [axes.c2p(clamp(x, x0, x1), clamp(y, y0, y1)) for x, y in zip(xs, ys, strict=True)]
    )


# --- marks -----------------------------------------------------------------------------------------
def arrow(start, end, color=CHALK, width=5):
    """An arrow that stays clean when very short (a dot when its length is almost zero)."""
    start, end = np.array(start, dtype=float), np.array(end, dtype=float)
    if np.linalg.norm(end - start) < 0.02:
        return Dot(start, radius=0.03, color=color)
    return Arrow(
        start, end, buff=0, color=color, stroke_width=width, max_tip_length_to_length_ratio=0.3, tip_length=0.22
    )


def overlap(first, second):
    """The area shared by the bounding boxes of two mobjects."""
    x = min(first.get_right()[0], second.get_right()[0]) - max(first.get_left()[0], second.get_left()[0])
    y = min(first.get_top()[1], second.get_top()[1]) - max(first.get_bottom()[1], second.get_bottom()[1])
    return max(x, 0.0) * max(y, 0.0)


def beside(mobject, target, avoid=(), area=FULL, buff=0.15, directions=(UR, UL, DR, DL, UP, RIGHT, DOWN, LEFT)):
    """Put a label next to `target` on the side where it covers least and stays in the zone."""
    best, least = directions[0], math.inf
    others = [(other.get_corner(DL), other.get_corner(UR)) for other in avoid]
    low, high = np.array([pair[0] for pair in others]), np.array([pair[1] for pair in others])
    for direction in directions:
        mobject.next_to(target, direction, buff=buff)
        cost = 20 * (mobject.width * mobject.height - overlap(mobject, area))
        if others:
            shared = np.minimum(high, mobject.get_corner(UR)) - np.maximum(low, mobject.get_corner(DL))
            cost += float(np.prod(np.maximum(shared[:, :2], 0.0), axis=1).sum())
        if cost < least - 1e-6:
            best, least = direction, cost
    return mobject.next_to(target, best, buff=buff)


def brace(mobject, direction, label, color=CHALK2, size=26):
    """A brace along a side of a mobject, with its label."""
    curly = Brace(mobject, direction, color=color, buff=0.1)
    text = words(label, size, color) if isinstance(label, str) else label
    return VGroup(curly, text.next_to(curly, direction, buff=0.12))


def highlight(mobject, color=YELLOW, buff=0.18):
    """A rounded box around the thing to look at."""
    return SurroundingRectangle(mobject, color=color, buff=buff, corner_radius=0.12, stroke_width=3)


def legend(entries, size=22):
    """Rows of a short coloured line and its meaning; entries are (text, color)."""
    rows = [
        VGroup(Line(ORIGIN, 0.4 * RIGHT, stroke_color=color, stroke_width=6), words(text, size, CHALK2)).arrange(
            RIGHT, buff=0.18
        )
        for text, color in entries
    ]
    return VGroup(*rows).arrange(DOWN, buff=0.18, aligned_edge=LEFT)


def table(header, rows, colors=None, size=24, row_height=0.5, gap=0.5):
    """A small table: `header` texts, `rows` of texts or mobjects. The result is VGroup(header, rule, row, row...)."""
    cells = [[words(c, size, CHALK2) if isinstance(c, str) else c for c in row] for row in [header, *rows]]
    widths = [max([row[i].width for row in cells]) for i in range(len(header))]
    drawn = VGroup()
    for r, row in enumerate(cells):
        x, group = 0.0, VGroup()
        for i, cell in enumerate(row):
            if colors and r == 0:
                cell.set_color(colors[i])
            group.add(cell.move_to([x + widths[i] / 2, -r * row_height, 0]))
            x += widths[i] + gap
        drawn.add(group)
    rule = Line(ORIGIN, (sum(widths) + gap * (len(header) - 1)) * RIGHT, stroke_color=EDGE, stroke_width=1.5)
    return drawn.insert(1, rule.shift(0.5 * row_height * DOWN))

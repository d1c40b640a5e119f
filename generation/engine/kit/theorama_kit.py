"""Theorama scene kit: a calm dark stage for Manim Community Edition 0.22.

One plain module: zones that keep things apart, a palette, knobs, spoken lines, cheap live numbers,
graphs that stay inside their frame, and formulas read without eval. MIT licence, see LICENSE.
"""

import math

import numpy as np
from manim import *

# --- palette: one colour keeps one meaning within an animation -------------------------------------
STAGE = ManimColor("#0D1114")
CHALK = ManimColor("#F2EFE6")
CHALK2 = ManimColor("#B9BFC2")
CHALK3 = ManimColor("#8C959A")
MINT = ManimColor("#6FD3B2")
YELLOW = ManimColor("#F4C95D")
CORAL = ManimColor("#FF8A73")
SKY = ManimColor("#7CC4F2")
LILAC = ManimColor("#C3A6F0")
LEAF = ManimColor("#A5D46A")
EDGE = ManimColor("#66727A")
HAIRLINE = ManimColor("#2E383E")
SERIES = [SKY, YELLOW, CORAL, MINT, LILAC, LEAF]

FONT = "Lato"
READING_SPEED = 14.0  # characters a second
MINUS = "\u2212"
SUPERSCRIPTS = {**dict(zip("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹", strict=True)), "-": "⁻"}


def knob(
    value,
    *,
    label,
    unit="",
    minimum=None,
    maximum=None,
    step=None,
    choices=(),
    kind=None,
    help="",
    at_least=1,
    at_most=8,
):
    """Declare a value a teacher may change (a list holds `at_least` to `at_most` numbers). Returns `value`.

    Every argument must be a literal: knobs are read from the code, not by running it.
    """
    return value


# --- zones: rectangles of the 14.2 x 8 frame that never overlap (FULL = MAIN + SIDE) ----------------
def zone(left, right, bottom, top):
    """An invisible rectangle to place things in, in scene units."""
    box = Rectangle(width=right - left, height=top - bottom, stroke_width=0, fill_opacity=0)
    return box.move_to([(left + right) / 2, (bottom + top) / 2, 0])


TITLE = zone(-6.6, 6.6, 3.05, 3.7)
FULL = zone(-6.6, 6.6, -2.85, 2.75)
MAIN = zone(-6.6, 2.3, -2.85, 2.75)
SIDE = zone(2.8, 6.6, -2.85, 2.75)
FOOT = zone(-6.6, 6.6, -3.8, -3.05)  # kept free: the player lays captions over it


def split_zone(area, weights, across=True, gap=0.4):
    """Cut a zone into parts side by side (`across`) or one under the other, by weight."""
    space = (area.width if across else area.height) - gap * (len(weights) - 1)
    parts, start = [], 0.0
    for weight in weights:
        size = space * weight / sum(weights)
        if across:
            x = area.get_left()[0] + start
            parts.append(zone(x, x + size, area.get_bottom()[1], area.get_top()[1]))
        else:
            y = area.get_top()[1] - start
            parts.append(zone(area.get_left()[0], area.get_right()[0], y - size, y))
        start += size + gap
    return parts


def fit(mobject, area, align=ORIGIN):
    """Scale `mobject` down (never up) until it fits in the zone, and place it there."""
    factor = min(1.0, area.width / max(mobject.width, 1e-6), area.height / max(mobject.height, 1e-6))
    if factor < 1.0:
        mobject.scale(factor)
    return mobject.move_to(area.get_critical_point(align), aligned_edge=align)


def stack(*mobjects, area=SIDE, buff=0.4, align=UL):
    """Put mobjects one under the other, left edges in line, inside a zone."""
    return fit(VGroup(*mobjects).arrange(DOWN, buff=buff, aligned_edge=LEFT), area, align)


class Stage(MovingCameraScene):
    """A scene with a dark background, a heading, spoken lines and stops."""

    title_text = None
    spoken_until = 0.0

    def setup(self):
        super().setup()
        self.camera.background_color = STAGE

    def heading(self, text, color=CHALK):
        """Show the title of the scene, top left; a new heading takes the place of the old one."""
        title = fit(words(text, size=36, color=color, weight=SEMIBOLD), TITLE, LEFT)
        leave = [FadeOut(self.title_text, shift=0.2 * UP)] if self.title_text is not None else []
        self.title_text = title
        self.play(*leave, FadeIn(title, shift=0.2 * UP), run_time=0.7)

    def say(self, text):
        """Speak a line: it becomes a caption from now on. Waits first until the last line has been read."""
        self.pause(0)
        seconds = clamp(len(text) / READING_SPEED, 1.6, 9.0)
        self.add_subcaption(text, duration=seconds - 0.1)  # frames round: lines must not overlap
        self.spoken_until = self.time + seconds

    def pause(self, extra=0.4):
        """Wait until the spoken line has been read, then `extra` seconds more."""
        seconds = max(0.0, self.spoken_until - self.time) + extra
        if seconds > 0.02:
            self.wait(max(seconds, 0.1))

    def stop(self, label):
        """A place where slides stop and a new part begins."""
        self.next_section(label)


def play_scenes(stage, *scenes):
    """Play several Stage classes one after the other as one animation."""
    for scene in scenes:
        stage.clear()
        stage.title_text = None
        stage.camera.frame.clear_updaters().scale_to_fit_width(config.frame_width).move_to(ORIGIN)
        scene.construct(stage)
        stage.pause(0)


# --- text and formulas -----------------------------------------------------------------------------
def words(text, size=26, color=CHALK, weight=NORMAL, slant=NORMAL):
    """Plain text. Drawn large and scaled down, since Manim spaces small text badly."""
    if not text.strip():
        return VGroup()
    large = 96 if len(text) < 45 else 48 if len(text) < 90 else 24  # Pango would break a longer line
    drawn = Text(text, font=FONT, font_size=large, color=color, weight=weight, slant=slant, disable_ligatures=True)
    return drawn.scale(size / large)


def lines(text, size=26, color=CHALK, width=30, buff=0.16):
    """Text broken into lines of at most `width` characters."""
    rows = [""]
    for word in text.split():
        if rows[-1] and len(rows[-1]) + 1 + len(word) > width:
            rows.append("")
        rows[-1] = (rows[-1] + " " + word).strip()
    return VGroup(*[on_baseline(row, size, color) for row in rows]).arrange(DOWN, buff=buff, aligned_edge=LEFT)


def on_baseline(text, size=26, color=CHALK, weight=NORMAL):
    """Text whose left end stands at the origin with its baseline on the x-axis."""
    drawn = words(text + "0", size, color, weight)
    last = drawn.submobjects[-1]
    drawn.shift(-drawn.get_left() * RIGHT - last.get_bottom() * UP)
    drawn.remove(last)
    return drawn


HOUSE = TexTemplate()
HOUSE.add_to_preamble(r"\usepackage{xcolor}" + "\n" + r"\usepackage{mathtools,bm}" + "\n" + r"\usepackage{cancel}")


def tinted(tex, colors):
    """TeX with the given symbols coloured: {"L": SKY}. Command names are left alone."""
    out, at = "", 0
    keys = sorted(colors, key=len, reverse=True)
    while at < len(tex):
        size = 1
        if tex[at] == "\\":
            while at + size < len(tex) and tex[at + size].isalpha():
                size += 1
            size = max(size, 2)
        token = tex[at : at + size]
        for key in keys:
            whole = key == token if key[0] == "\\" and key[1:].isalpha() else tex.startswith(key, at)
            if whole:
                color = ManimColor(colors[key]).to_hex().lstrip("#")
                token, size = r"{\color[HTML]{" + color + "}" + key + "}", len(key)
                break
        out, at = out + token, at + size
    return out


def formula(tex, size=40, color=CHALK, colors=None):
    """A TeX formula (one compile each: use few, and never one that changes every frame)."""
    return MathTex(tinted(tex, colors or {}), font_size=size, color=color, tex_template=HOUSE)


# --- numbers ---------------------------------------------------------------------------------------
def clamp(value, low, high):
    """`value` kept between `low` and `high`."""
    return max(low, min(high, value))


def number_text(value, decimals=None, digits=3):
    """A number as people write it: fixed decimals, or significant digits; powers of ten when needed."""
    if not math.isfinite(value):
        return "–"
    size = abs(value)
    if size >= 1e6 or (0 < size < 1e-4 and decimals is None):
        power = math.floor(math.log10(size))
        mantissa = round(value / 10.0**power, digits - 1)
        if abs(mantissa) >= 10:
            mantissa, power = mantissa / 10, power + 1
        raised = "".join([SUPERSCRIPTS[sign] for sign in str(power)])
        return number_text(mantissa, None, digits) + "×10" + raised
    if decimals is None:
        places = digits if size == 0 else int(clamp(digits - 1 - math.floor(math.log10(size)), 0, 8))
        text = f"{value:.{places}f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
    else:
        text = f"{value:.{decimals}f}"
    return text.replace("-", "") if float(text) == 0 else text.replace("-", MINUS)


ALPHABET = "0123456789−.,×⁻⁰¹²³⁴⁵⁶⁷⁸⁹/π°%+e–"
ATLAS = {}


def glyph_atlas():
    """The outlines of all glyphs of numbers, drawn once; the digit 0 is one unit high.

    All outlines have the same count of points, so a number may change in the middle of any animation.
    """
    if not ATLAS:
        drawn = Text(ALPHABET, font=FONT, font_size=96, disable_ligatures=True)
        zero = drawn.submobjects[0]
        scale, base = zero.height, zero.get_bottom()[1]
        count = max([len(glyph.points) for glyph in drawn.submobjects])
        cell = max([glyph.width for glyph in drawn.submobjects[:10]])
        for char, glyph in zip(ALPHABET, drawn.submobjects, strict=True):
            width = cell if char.isdecimal() and char in ALPHABET[:10] else glyph.width
            left = glyph.get_center()[0] - width / 2
            points = (glyph.points - np.array([left, base, 0])) / scale
            padding = np.repeat(points[-1:], count - len(points), axis=0)
            ATLAS[char] = (np.concatenate([points, padding]), width / scale + 0.13)
        ATLAS["unit"] = (zero.height / 96, count)
    return ATLAS


def write_number(mobject, text):
    """Show `text` with the glyphs of a `number`; returns the x where it ends."""
    atlas = glyph_atlas()
    foot = mobject.submobjects[0].get_start()
    scale = np.linalg.norm(mobject.submobjects[0].get_end() - foot)
    x = 0.0
    for index, slot in enumerate(mobject.submobjects[1:]):
        if index < len(text):
            points, advance = atlas[text[index]]
            slot.points = foot + scale * (points + np.array([x, 0, 0]))
            x += advance
        else:
            slot.points = np.zeros((atlas["unit"][1], 3)) + foot + scale * np.array([max(x - 0.13, 0), 0, 0])
    return foot[0] + scale * (x - 0.13)


def number(value, decimals=None, size=26, color=CHALK, slots=0, digits=3):
    """A number made of ready glyphs: no TeX and no font work, equal digit widths."""
    text = number_text(value, decimals, digits)
    height, _count = glyph_atlas()["unit"]
    foot = Line(ORIGIN, UP * height * size, stroke_width=0, stroke_opacity=0)
    glyphs = [
        VMobject(fill_color=color, fill_opacity=1, stroke_width=0, stroke_opacity=0)
        for _slot in range(slots or len(text))
    ]
    mobject = VGroup(foot, *glyphs)
    write_number(mobject, text)
    return mobject


def readout(label, source, unit="", decimals=2, size=28, color=CHALK):
    """A live number, such as "T = 2.01 s". `source` is a ValueTracker or a function without arguments."""
    read = source.get_value if isinstance(source, ValueTracker) else source
    name = on_baseline(label + " =", size, color) if isinstance(label, str) else label
    live = number(0.0, decimals, size, color, slots=10)
    digit = live.submobjects[0].height
    base = 0.0 if isinstance(label, str) else name.get_center()[1] - digit / 2
    live.shift(np.array([name.get_right()[0] + 0.5 * digit, base, 0]) - live.submobjects[0].get_start())
    parts = [name, live] + ([on_baseline(unit, size, color)] if unit else [])
    for tail in parts[2:]:
        tail.shift(base * UP)
    room = Line(ORIGIN, (decimals + 4) * 0.85 * digit * RIGHT, stroke_width=0, stroke_opacity=0)  # for longer values
    line = VGroup(*parts, room.shift(live.submobjects[0].get_start()))

    def refresh(mobject):
        value = read()
        text = number_text(value, decimals)
        text = text if len(text) <= decimals + 4 else number_text(value, None, 3 if abs(value) < 1e6 else 2)
        end = write_number(mobject.submobjects[1], text[:10])
        for tail in mobject.submobjects[2:-1]:
            gap = 0.5 * mobject.submobjects[1].submobjects[0].height
            tail.shift((end + gap - tail.get_left()[0]) * RIGHT)

    refresh(line)
    line.add_updater(refresh)
    return line


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


# --- formulas in one variable, read without eval -----------------------------------------------------
FUNCTIONS = {
    "sin": np.sin, "cos": np.cos, "tan": np.tan, "exp": np.exp, "ln": np.log, "log": np.log10, "sqrt": np.sqrt,
    "abs": np.abs, "asin": np.arcsin, "acos": np.arccos, "atan": np.arctan, "sinh": np.sinh, "cosh": np.cosh,
    "tanh": np.tanh,
}  # fmt: skip
CONSTANTS = {"pi": (math.pi, r"\pi"), "e": (math.e, "e")}
WRITTEN = {"**": "^", "×": "*", "·": "*", "−": "-", "π": "pi", "²": "^2", "³": "^3", "√": "sqrt"}


def tokens_of(text):
    """Cut a formula into numbers, names and signs: "2xsin(x)" gives 2, x, sin, (, x, )."""
    for written, plain in WRITTEN.items():
        text = text.replace(written, plain)
    tokens, at = [], 0
    names = sorted([*FUNCTIONS, *CONSTANTS, "x", "t"], key=len, reverse=True)
    while at < len(text):
        end = at
        while end < len(text) and (text[end].isdecimal() or text[end] == "."):
            end += 1
        known = [name for name in names if text.startswith(name, at)]
        if end == at:
            end = at + (len(known[0]) if known else 1)
            if not known and text[at] not in "+-*/^() ":
                raise ValueError("The formula has a part that can't be read here: " + text[at:])
        if text[at] != " ":
            tokens.append(text[at:end])
        at = end
    return [*tokens, ""]


def parse(text):
    """Read a formula; returns (function, TeX). Raises ValueError with a sentence when it can't be read."""
    tokens, place = tokens_of(text), [0]

    def peek():
        return tokens[place[0]]

    def take(wanted=""):
        token = peek()
        if wanted and token != wanted:
            raise ValueError(
                "The formula " + text + " needs a " + wanted + (" before " + token if token else " at its end")
            )
        place[0] += 1
        return token

    def grouped(node, level):
        return node[1] if node[2] >= level else r"\left(" + node[1] + r"\right)"

    def total():
        node = product()
        while peek() in ("+", "-"):
            sign, left, right = take(), node, product()
            node = (
                combined(np.add if sign == "+" else np.subtract, left, right),
                left[1] + sign + grouped(right, 1),
                0,
            )
        return node

    def product():
        node = signed()
        while peek() not in ("", "+", "-", ")", "^"):
            sign = take() if peek() in ("*", "/") else "*"
            left, right = node, signed()
            if sign == "/":
                node = (combined(np.divide, left, right), r"\frac{" + left[1] + "}{" + right[1] + "}", 2)
            else:
                dot = r" \cdot " if right[1][0].isdecimal() or right[1][0] == "-" else " "
                node = (combined(np.multiply, left, right), grouped(left, 1) + dot + grouped(right, 1), 1)
        return node

    def signed():
        if peek() in ("+", "-"):
            sign, node = take(), signed()
            return node if sign == "+" else (lambda x: -node[0](x), "-" + grouped(node, 1), 1)
        base = atom()
        if peek() != "^":
            return base
        take()
        power = signed()
        return (combined(np.power, base, power), grouped(base, 4) + "^{" + power[1] + "}", 3)

    def atom():
        token = take()
        if token == "(":
            node = total()
            take(")")
            return node if node[2] < 4 else (node[0], node[1], 4)
        if token in FUNCTIONS:
            return called(token)
        if token in ("x", "t"):
            return (lambda x: x, token, 4)
        if token in CONSTANTS:
            return (lambda x: CONSTANTS[token][0] + 0 * x, CONSTANTS[token][1], 4)
        if not token or token.count(".") > 1 or not token.strip(".").replace(".", "").isdecimal():
            raise ValueError(
                "The formula " + text + " can't be read" + (" at " + token if token else ": its end is missing")
            )
        return (lambda x: float(token) + 0 * x, token, 4)

    def called(name):
        power = None
        if peek() == "^":
            take()
            power = atom()
        bracket = peek() == "("
        inner = atom() if bracket else signed()
        while not bracket and (peek()[:1].isdecimal() or peek() in ("x", "t", "pi")):
            left, right = inner, signed()
            inner = (combined(np.multiply, left, right), left[1] + right[1], 1)
        run, special = FUNCTIONS[name], {"sqrt": r"\sqrt{", "abs": r"\left|", "exp": "e^{"}
        if name in special:
            node = (lambda x: run(inner[0](x)), special[name] + inner[1] + (r"\right|" if name == "abs" else "}"), 3)
        else:
            shown = "arc" + name[1:] if name in ("asin", "acos", "atan") else name
            raised = "^{" + power[1] + "}" if power else ""
            body = " " + inner[1] if inner[2] >= 4 and not bracket else r"\left(" + inner[1] + r"\right)"
            node = (lambda x: run(inner[0](x)), "\\" + shown + raised + body, 3)
        return (combined(np.power, node, power), node[1], 3) if power else node

    node = total()
    if peek():
        raise ValueError("The formula " + text + " can't be read at " + peek())
    return node[0], node[1]


def combined(operation, left, right):
    """The function x -> operation(left(x), right(x))."""
    return lambda x: operation(left[0](x), right[0](x))


def expression(text):
    """A formula in x (or t) as a function of a number or an array; nan where it has no real value."""
    run = parse(text)[0]

    def function(x):
        with np.errstate(all="ignore"):
            return run(np.asarray(x, dtype=float)) * 1.0

    return function


def expression_tex(text):
    """A formula as TeX."""
    return parse(text)[1]


def derivative(function, x, step=1e-3):
    """The slope at x, from four points close by (error about the fourth power of `step`)."""
    h = step * max(1.0, abs(x))
    near, far = function(x + h) - function(x - h), function(x + 2 * h) - function(x - 2 * h)
    return (8 * near - far) / (12 * h)

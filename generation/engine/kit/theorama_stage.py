"""The stage of the scene kit: palette, knobs, zones, scenes, text and numbers."""

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
    letters="",
):
    """Declare a value a teacher may change (a list holds `at_least` to `at_most` numbers). Returns `value`.

    A formula is in one variable, or in the `letters` named ("xy").

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
    drawn.original_text = text
    return drawn.remove(last)


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
    mobject.number_text = text
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
            gap = (0.1 if unit[:1] == "°" else 0.5) * mobject.submobjects[1].submobjects[0].height
            tail.shift((end + gap - tail.get_left()[0]) * RIGHT)

    refresh(line)
    line.add_updater(refresh)
    return line

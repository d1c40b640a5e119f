"""The layout probe: looks at what is on the stage after each play of a dry run. Runs in the jail.

It looks for what a viewer would complain of and keeps silent where an author may well mean it: shapes that run off
the frame, dimmed text, labels inside shapes, copies that lie exactly on one another.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from manim import Code, DecimalNumber, Line, MarkupText, Paragraph, SingleStringMathTex, Text, VMobject, Wait, config

from generation.engine.render.census import Census
from generation.engine.render.drawing import FAINT, is_shown
from generation.engine.render.inscriptions import Reader
from generation.engine.types import LayoutFault

TEXTS = (Text, MarkupText, Paragraph, SingleStringMathTex, DecimalNumber, Code)
MOST_FAULTS = 20
EDGE = 0.02  # a glyph may touch the edge of the frame
SMALLEST = 0.013  # height of the tallest glyph as a part of the frame's height: 6 pixels of 480
LEAST_CONTRAST = 2.0
DIMMED = 0.5  # text fainter than this is dimmed on purpose
OPAQUE = 0.7
SLACK = 0.05  # how far a thing may stick out from under what covers it
NO_GLYPHS = np.empty((0, 4))
OVERLAP = 0.12  # part of the smaller text's glyph area that lies under another text's glyphs

Box = tuple[float, float, float, float]  # left, bottom, right, top
Colour = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Seen:
    """Something visible: a text, whose glyphs have boxes of their own, or a filled shape that hides what is below."""

    mobject: Any
    group: Any  # whose part it is
    order: int
    box: Box
    glyphs: npt.NDArray[np.float64]  # boxes, one a row; empty for a shape
    colour: Colour
    opacity: float

    @property
    def is_text(self) -> bool:
        """Whether this is a text."""
        return len(self.glyphs) > 0


class Probe:
    """Collects layout faults over the plays of one scene; each thing is reported once."""

    def __init__(self) -> None:
        self.ever_shown = False
        self.reader = Reader()
        self.census = Census()
        self._found: dict[tuple[str, int], LayoutFault] = {}
        self._kept: list[Any] = []  # ids stay unique while the objects live
        self._play = 0
        self._seconds = 0.0
        self._moves = False
        self._blank = True

    def look(self, scene: Any, seconds: float) -> None:
        """Look at the stage after a play of `seconds`."""
        self._play += 1
        self._seconds += seconds
        self._moves = self._moves or any(not isinstance(animation, Wait) for animation in scene.animations or [])
        self._moves = self._moves or not scene.is_current_animation_frozen_frame()
        seen = list(_seen(scene))
        self._blank = not seen and not any(is_shown(part) for mob in scene.mobjects for part in mob.get_family())
        self.ever_shown = self.ever_shown or not self._blank
        self.reader.look(scene, ((item.mobject, item.group, item.box) for item in seen if item.is_text), self._seconds)
        frame = _frame(scene)
        self.census.look(scene, frame)
        if frame is None:
            return  # a camera in space: boxes on the stage say nothing about the picture
        texts = [item for item in seen if item.is_text]
        shapes = [item for item in seen if not item.is_text]
        red, green, blue = (float(part) for part in scene.camera.background_color.to_rgb())
        background = (red, green, blue)
        for text in texts:
            self._look_at_text(text, frame, shapes, background)
        self._look_for_overlaps(texts, shapes)

    def faults(self) -> list[LayoutFault]:
        """Return what was found, in order of time, at most MOST_FAULTS."""
        found = sorted(self._found.values(), key=lambda fault: fault.play)
        if self._play and not self._moves:
            found.append(self._fault("nothing_moves", "Nothing moves in this scene."))
        if self._play and self.ever_shown and self._blank:
            found.append(self._fault("blank_end", "The scene ends on an empty stage."))
        return found[:MOST_FAULTS]

    def _fault(self, code: str, message: str) -> LayoutFault:
        return LayoutFault(code, message, self._play, round(self._seconds, 2))

    def _report(self, code: str, about: Any, message: str) -> None:
        if (code, id(about)) not in self._found:
            self._kept.append(about)
            self._found[code, id(about)] = self._fault(code, message)

    def _look_at_text(self, text: Seen, frame: Box, shapes: list[Seen], background: Colour) -> None:
        words = _words(text.mobject)
        left, bottom, right, top = text.box
        if right < frame[0] or left > frame[2] or top < frame[1] or bottom > frame[3]:
            self._report("off_frame", text.mobject, f"{words} is outside the frame.")
            return
        if left < frame[0] - EDGE or right > frame[2] + EDGE or bottom < frame[1] - EDGE or top > frame[3] + EDGE:
            self._report("clipped", text.mobject, f"{words} is cut off by the edge of the frame.")
        tallest = float((text.glyphs[:, 3] - text.glyphs[:, 1]).max())
        wide = float((text.glyphs[:, 2] - text.glyphs[:, 0]).max())  # a lone minus sign or dot is not small print
        if max(tallest, wide) < SMALLEST * (frame[3] - frame[1]):
            self._report("too_small", text.mobject, f"{words} is too small to read.")
        if text.opacity >= DIMMED:
            below = [s for s in shapes if s.order < text.order and s.opacity >= OPAQUE and _covers(s.box, text.box)]
            ground = max(below, key=lambda s: s.order).colour if below else background
            if _contrast(text.colour, ground) < LEAST_CONTRAST:
                self._report("low_contrast", text.mobject, f"{words} hardly stands out from what is behind it.")

    def _look_for_overlaps(self, texts: list[Seen], shapes: list[Seen]) -> None:
        for index, lower in enumerate(texts):
            for upper in texts[index + 1 :]:
                if min(lower.opacity, upper.opacity) < DIMMED or not _overlap(lower.box, upper.box):
                    continue
                if _same_place(lower, upper) or _glyph_overlap(lower, upper) < OVERLAP:
                    continue
                common = _common(lower.box, upper.box)
                between = (s for s in shapes if lower.order < s.order < upper.order and s.opacity >= OPAQUE)
                if not any(_covers(shape.box, common) for shape in between):
                    message = f"{_words(upper.mobject)} lies over {_words(lower.mobject)}."
                    self._report("text_over_text", upper.mobject, message)


def _frame(scene: Any) -> Box | None:
    """Return the visible part of the stage, or None where the camera looks from an angle."""
    camera = scene.camera
    if hasattr(camera, "phi_tracker"):
        if abs(camera.get_phi()) > 1e-6 or abs(camera.get_theta() + np.pi / 2) > 1e-6 or camera.get_zoom() != 1:
            return None
        x, y, width, height = 0.0, 0.0, config.frame_width, config.frame_height
    else:
        x, y = camera.frame_center[:2]
        width, height = camera.frame_width, camera.frame_height
    return (float(x - width / 2), float(y - height / 2), float(x + width / 2), float(y + height / 2))


def _seen(scene: Any) -> Iterator[Seen]:
    order = 0
    taken: set[int] = set()
    for top in sorted(scene.mobjects, key=lambda mobject: mobject.z_index):
        for mobject, group, is_text in _units(top, scene):
            if id(mobject) in taken:
                continue
            taken.add(id(mobject))
            order += 1
            item = _text(mobject, group, order) if is_text else _shape(mobject, group, order)
            if item is not None:
                yield item


def _units(mobject: Any, group: Any) -> Iterator[tuple[Any, Any, bool]]:
    """Walk down to texts as wholes and to everything else part by part, each with the group it is in."""
    if _is_text_kind(type(mobject)) or _is_kit_number(mobject):
        yield mobject, group, True
        return
    yield mobject, group, False
    for part in mobject.submobjects:
        yield from _units(part, mobject)


_TEXT_KINDS: dict[type, bool] = {}  # asking Manim's classes is slow


def _is_text_kind(kind: type) -> bool:
    if kind not in _TEXT_KINDS:
        _TEXT_KINDS[kind] = issubclass(kind, TEXTS) and not issubclass(kind, Code | Paragraph)
    return _TEXT_KINDS[kind]


def _is_kit_number(mobject: Any) -> bool:
    """Whether this is a `number` of the scene kit: an unseen base line, then glyphs that are plain outlines."""
    parts = mobject.submobjects
    if len(parts) < 2 or type(parts[0]) is not Line or parts[0].stroke_width != 0:
        return False
    return all(type(part) is VMobject for part in parts[1:])


def _text(mobject: Any, group: Any, order: int) -> Seen | None:
    shown = [part for part in mobject.get_family() if len(part.points) and is_shown(part)]
    if not shown:
        return None
    glyphs = np.array([_box(part) for part in shown])
    left, bottom = glyphs[:, :2].min(axis=0).tolist()
    right, top = glyphs[:, 2:].max(axis=0).tolist()
    rgbas = np.array([_rgba(part) for part in shown])
    red, green, blue = rgbas[:, :3].mean(axis=0).tolist()
    return Seen(mobject, group, order, (left, bottom, right, top), glyphs, (red, green, blue), float(rgbas[:, 3].max()))


def _shape(mobject: Any, group: Any, order: int) -> Seen | None:
    """Only filled shapes matter: they hide what is below and are the ground of what is above."""
    if not isinstance(mobject, VMobject) or not len(mobject.points):
        return None
    opacity = float(mobject.get_fill_opacity())
    if opacity < FAINT:
        return None
    red, green, blue = (float(part) for part in mobject.get_fill_rgbas()[0][:3])
    return Seen(mobject, group, order, _box(mobject), NO_GLYPHS, (red, green, blue), opacity)


def _box(mobject: Any) -> Box:
    points = mobject.points
    left, bottom, *_ = points.min(axis=0).tolist()
    right, top, *_ = points.max(axis=0).tolist()
    return (left, bottom, right, top)


def _rgba(part: Any) -> npt.NDArray[np.float64]:
    fill = part.get_fill_rgbas()[0]
    return np.asarray(fill if fill[3] > FAINT else part.get_stroke_rgbas()[0], dtype=float)


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and one[1] < other[3] and other[0] < one[2] and other[1] < one[3]


def _common(one: Box, other: Box) -> Box:
    return (max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3]))


def _covers(outer: Box, inner: Box) -> bool:
    low = outer[0] <= inner[0] + SLACK and outer[1] <= inner[1] + SLACK
    return low and outer[2] >= inner[2] - SLACK and outer[3] >= inner[3] - SLACK


def _same_place(one: Seen, other: Seen) -> bool:
    """Whether two texts are copies that lie on one another glyph by glyph, as after TransformFromCopy."""
    return one.glyphs.shape == other.glyphs.shape and bool(np.abs(one.glyphs - other.glyphs).max() < 0.03)


def _glyph_overlap(one: Seen, other: Seen) -> float:
    low = np.maximum(one.glyphs[:, None, :2], other.glyphs[None, :, :2])
    high = np.minimum(one.glyphs[:, None, 2:], other.glyphs[None, :, 2:])
    common = np.clip(high - low, 0, None).prod(axis=2).sum()
    areas = [float((item.glyphs[:, 2:] - item.glyphs[:, :2]).prod(axis=1).sum()) for item in (one, other)]
    return float(common) / max(min(areas), 1e-9)


@functools.lru_cache(maxsize=1024)
def _contrast(one: Colour, other: Colour) -> float:
    """Contrast ratio of two colours as defined by WCAG 2."""

    def luminance(colour: Colour) -> float:
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour]
        return sum(part * weight for part, weight in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _words(mobject: Any) -> str:
    for name in ("original_text", "tex_string", "text"):
        text = getattr(mobject, name, None)
        if isinstance(text, str) and text.strip():
            short = " ".join(text.split())
            return f"“{short if len(short) <= 40 else short[:39] + '…'}”"
    if isinstance(mobject, DecimalNumber):
        return f"The number {mobject.get_value():g}"
    return "A text"

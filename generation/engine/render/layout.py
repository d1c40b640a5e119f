"""The layout probe: looks at what is on the stage after each play of a dry run. Runs in the jail.

It looks for what a viewer would complain of and keeps silent where an author may well mean it: shapes that run off
the frame, dimmed text, labels inside shapes, copies that lie exactly on one another.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from manim import Code, DecimalNumber, Line, MarkupText, Paragraph, SingleStringMathTex, Text, VMobject, Wait, config

from generation.engine.render.drawing import FAINT, is_shown
from generation.engine.types import LayoutFault

TEXTS = (Text, MarkupText, Paragraph, SingleStringMathTex, DecimalNumber, Code)
MOST_FAULTS = 20
EDGE = 0.02  # a glyph may touch the edge of the frame
SMALLEST = 0.013  # height of the tallest glyph as a part of the frame's height: 6 pixels of 480
LEAST_CONTRAST = 2.0
DIMMED = 0.5  # text fainter than this is dimmed on purpose
OPAQUE = 0.7
OVERLAP = 0.12  # part of the smaller text's glyph area that lies under another text's glyphs

Box = npt.NDArray[np.float64]  # left, bottom, right, top


@dataclass(frozen=True, slots=True)
class Seen:
    """Something visible: a text, whose glyphs have boxes of their own, or a filled shape that hides what is below."""

    mobject: Any
    order: int
    box: Box
    glyphs: npt.NDArray[np.float64]  # boxes, one a row; empty for a shape
    colour: npt.NDArray[np.float64]
    opacity: float

    @property
    def is_text(self) -> bool:
        """Whether this is a text."""
        return len(self.glyphs) > 0


class Probe:
    """Collects layout faults over the plays of one scene; each thing is reported once."""

    def __init__(self) -> None:
        self.ever_shown = False
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
        frame = _frame(scene)
        if frame is None:
            return  # a camera in space: boxes on the stage say nothing about the picture
        texts = [item for item in seen if item.is_text]
        shapes = [item for item in seen if not item.is_text]
        background = np.array(scene.camera.background_color.to_rgb())
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

    def _look_at_text(self, text: Seen, frame: Box, shapes: list[Seen], background: npt.NDArray[np.float64]) -> None:
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
    return np.array([x - width / 2, y - height / 2, x + width / 2, y + height / 2])


def _seen(scene: Any) -> Iterator[Seen]:
    order = 0
    taken: set[int] = set()
    for top in sorted(scene.mobjects, key=lambda mobject: mobject.z_index):
        for mobject, is_text in _units(top):
            if id(mobject) in taken:
                continue
            taken.add(id(mobject))
            order += 1
            item = _text(mobject, order) if is_text else _shape(mobject, order)
            if item is not None:
                yield item


def _units(mobject: Any) -> Iterator[tuple[Any, bool]]:
    """Walk down to texts as wholes and to everything else part by part."""
    if (isinstance(mobject, TEXTS) and not isinstance(mobject, Code | Paragraph)) or _is_kit_number(mobject):
        yield mobject, True
        return
    yield mobject, False
    for part in mobject.submobjects:
        yield from _units(part)


def _is_kit_number(mobject: Any) -> bool:
    """Whether this is a `number` of the scene kit: an unseen base line, then glyphs that are plain outlines."""
    parts = mobject.submobjects
    if len(parts) < 2 or type(parts[0]) is not Line or parts[0].stroke_width != 0:
        return False
    return all(type(part) is VMobject for part in parts[1:])


def _text(mobject: Any, order: int) -> Seen | None:
    shown = [part for part in mobject.get_family() if len(part.points) and is_shown(part)]
    if not shown:
        return None
    glyphs = np.array([_box(part) for part in shown])
    box = np.concatenate([glyphs[:, :2].min(axis=0), glyphs[:, 2:].max(axis=0)])
    rgbas = np.array([_rgba(part) for part in shown])
    return Seen(mobject, order, box, glyphs, rgbas[:, :3].mean(axis=0), float(rgbas[:, 3].max()))


def _shape(mobject: Any, order: int) -> Seen | None:
    """Only filled shapes matter: they hide what is below and are the ground of what is above."""
    if not isinstance(mobject, VMobject) or not len(mobject.points):
        return None
    opacity = float(mobject.get_fill_opacity())
    if opacity < FAINT:
        return None
    colour = np.asarray(mobject.get_fill_rgbas()[0][:3], dtype=float)
    return Seen(mobject, order, _box(mobject), np.empty((0, 4)), colour, opacity)


def _box(mobject: Any) -> Box:
    points = mobject.points[:, :2]
    return np.concatenate([points.min(axis=0), points.max(axis=0)]).astype(float)


def _rgba(part: Any) -> npt.NDArray[np.float64]:
    fill = part.get_fill_rgbas()[0]
    return np.asarray(fill if fill[3] > FAINT else part.get_stroke_rgbas()[0], dtype=float)


def _overlap(one: Box, other: Box) -> bool:
    return bool((one[:2] < other[2:]).all() and (other[:2] < one[2:]).all())


def _common(one: Box, other: Box) -> Box:
    return np.concatenate([np.maximum(one[:2], other[:2]), np.minimum(one[2:], other[2:])])


def _covers(outer: Box, inner: Box) -> bool:
    return bool((outer[:2] <= inner[:2] + 0.05).all() and (outer[2:] >= inner[2:] - 0.05).all())


def _same_place(one: Seen, other: Seen) -> bool:
    """Whether two texts are copies that lie on one another glyph by glyph, as after TransformFromCopy."""
    return one.glyphs.shape == other.glyphs.shape and bool(np.abs(one.glyphs - other.glyphs).max() < 0.03)


def _glyph_overlap(one: Seen, other: Seen) -> float:
    low = np.maximum(one.glyphs[:, None, :2], other.glyphs[None, :, :2])
    high = np.minimum(one.glyphs[:, None, 2:], other.glyphs[None, :, 2:])
    common = np.clip(high - low, 0, None).prod(axis=2).sum()
    areas = [float((item.glyphs[:, 2:] - item.glyphs[:, :2]).prod(axis=1).sum()) for item in (one, other)]
    return float(common) / max(min(areas), 1e-9)


def _contrast(one: npt.NDArray[np.float64], other: npt.NDArray[np.float64]) -> float:
    """Contrast ratio of two colours as defined by WCAG 2."""

    def luminance(colour: npt.NDArray[np.float64]) -> float:
        linear = np.where(colour <= 0.04045, colour / 12.92, ((colour + 0.055) / 1.055) ** 2.4)
        return float(linear @ np.array([0.2126, 0.7152, 0.0722]))

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

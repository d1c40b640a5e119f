"""Manim's Cairo renderer, drawing into a ring of shared memory instead of files. Runs in the jail.

Frames are Manim's own: its code draws every pixel and decides every frame. Only what surrounds a frame is left out:
hashing of plays, partial movie files and their joining.
"""

from __future__ import annotations

from typing import Any, Protocol

import manim.scene.scene
from manim import Mobject, PMobject, VMobject
from manim.mobject.types.image_mobject import AbstractImageMobject
from manim.renderer.cairo_renderer import CairoRenderer
from manim.scene.scene_file_writer import SceneFileWriter

from generation.engine.render.ring import Pixels


class Sender(Protocol):
    """Where frames go."""

    def play_begins(self) -> None:
        """Take note that the next animation starts."""

    def send(self, pixels: Pixels, repeat: int) -> None:
        """Take a frame that is shown `repeat` times; keep no reference to `pixels`."""


FAINT = 0.02  # an opacity that nobody sees


class QuietWriter(SceneFileWriter):
    """A file writer that writes no file; it still keeps sections and captions."""

    def is_already_cached(self, hash_invocation: str) -> bool:
        """Nothing is ever kept between runs."""
        return False

    def begin_animation(self, allow_write: bool = False, **_: Any) -> None:
        """A play needs no file of its own."""

    def end_animation(self, allow_write: bool = False) -> None:
        """A play needs no file of its own."""

    def write_frame(self, pixels: Any, *, repeat: int = 1) -> None:
        """Frames go nowhere."""

    def save_image(self, pixels: Any) -> None:
        """A scene without plays draws nothing."""

    def add_sound(self, *_: Any, **__: Any) -> None:
        """The video is silent; sound files cannot reach the jail."""

    def finish(self) -> None:
        """There is nothing to join."""


def ring_renderer(sender: Sender) -> type[CairoRenderer]:
    """Return a renderer class whose scenes send their frames to `sender`."""

    class RingWriter(QuietWriter):
        def begin_animation(self, allow_write: bool = False, **_: Any) -> None:
            sender.play_begins()

        def write_frame(self, pixels: Any, *, repeat: int = 1) -> None:
            if repeat > 0:
                sender.send(pixels, repeat)

    class RingRenderer(CairoRenderer):
        def __init__(self, **options: Any) -> None:
            options["file_writer_class"] = RingWriter
            super().__init__(**options)

        def render(self, scene: Any, time: float, moving_mobjects: Any = None) -> None:
            self.update_frame(scene, moving_mobjects)
            # The sender takes what it needs before it returns, so Manim's copy of the frame is not needed.
            self.add_frame(self.camera.pixel_array)

    return RingRenderer


def use_renderer(renderer: type[CairoRenderer]) -> None:
    """Let every scene made from here on draw with `renderer`."""
    vars(manim.scene.scene)["CairoRenderer"] = renderer


def is_shown(mobject: Mobject) -> bool:
    """Whether `mobject` itself, apart from its parts, leaves a mark on the picture."""
    if isinstance(mobject, AbstractImageMobject):
        return True
    if not len(mobject.points):
        return False
    if not isinstance(mobject, VMobject):
        return isinstance(mobject, PMobject)  # others only carry points, as a ValueTracker does
    stroked = mobject.get_stroke_width() > 0 and mobject.get_stroke_opacity() > FAINT
    return bool(stroked or mobject.get_fill_opacity() > FAINT)

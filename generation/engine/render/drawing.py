"""Manim's Cairo renderer, drawing into a ring of shared memory instead of files. Runs in the jail.

Frames are Manim's own: its code draws every pixel and decides every frame. Only what surrounds a frame is left out:
hashing of plays, partial movie files and their joining.
"""

from __future__ import annotations

import functools
from typing import Any, Protocol

import manim.scene.scene
from manim import Camera, Mobject, MovingCamera, PMobject, VMobject
from manim.mobject.types.image_mobject import AbstractImageMobject
from manim.renderer.cairo_renderer import CairoRenderer
from manim.scene.scene_file_writer import SceneFileWriter
from manim.utils.iterables import list_update

from generation.engine.render.canvas import Canvas
from generation.engine.render.items import WIDTH_MULTIPLE, Look, NotPlain, looks
from generation.engine.render.ring import Part, Pixels


class Sender(Protocol):
    """Where frames go."""

    def play_begins(self) -> None:
        """Take note that the next animation starts."""

    def send(self, pixels: Pixels, repeat: int, parts: list[Part] | None) -> None:
        """Take a frame that is shown `repeat` times; keep no reference to `pixels`.

        What lies outside of `parts` is as in the frame before; None means that anything may differ.
        """


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

    class RingRenderer(BandRenderer):
        def __init__(self, **options: Any) -> None:
            super().__init__(file_writer_class=RingWriter, **options)

        def add_frame(self, frame: Any, num_frames: int = 1) -> None:
            if self.skip_animations:
                return
            self.time += num_frames * (1 / self.camera.frame_rate)
            if num_frames > 0:
                sender.send(frame, num_frames, self.take_parts())

    return RingRenderer


class BandRenderer(CairoRenderer):
    """Draws only rows that change, where the scene and its camera are plain; else has Manim draw the whole frame."""

    def __init__(self, **options: Any) -> None:
        self._canvas: Canvas | None = None
        self._resting: list[Look] = []
        self._static: Pixels | None = None
        self._parts: list[Part] | None = None  # drawn since the last frame was sent; None: everything
        super().__init__(**options)

    def take_parts(self) -> list[Part] | None:
        """Return the parts of the picture that may have changed since the last call; None means any."""
        parts, self._parts = self._parts, []
        return parts

    def render(self, scene: Any, time: float, moving_mobjects: Any = None) -> None:
        """Draw and send the next frame."""
        self.update_frame(scene, moving_mobjects)
        # Whoever takes the frame has taken it before `add_frame` returns, so Manim's copy of it is not needed.
        self.add_frame(self.camera.pixel_array)

    def freeze_current_frame(self, duration: float) -> None:
        """Send the frame as it stands for `duration` seconds."""
        self.add_frame(self.camera.pixel_array, num_frames=int(duration / (1 / self.camera.frame_rate)))

    def save_static_frame_data(self, scene: Any, static_mobjects: Any) -> Any:
        """Keep what rests as a list of items instead of a picture, where Manim would make that picture itself."""
        self.static_image = None
        if not static_mobjects:
            return None
        try:
            self._resting = self._looks(static_mobjects)
        except NotPlain:
            return super().save_static_frame_data(scene, static_mobjects)
        return None

    def update_frame(
        self,
        scene: Any,
        mobjects: Any = None,
        include_submobjects: bool = True,
        ignore_skipping: bool = True,
        **options: Any,
    ) -> None:
        """Bring the picture up to date."""
        if self.skip_animations and not ignore_skipping:
            return
        if not mobjects:
            mobjects = list_update(scene.mobjects, scene.foreground_mobjects)
        try:
            if options or not include_submobjects:
                raise NotPlain("the caller wants something special")
            self._draw_bands(self._looks(mobjects))
        except NotPlain:
            self._draw_all(scene, mobjects, include_submobjects=include_submobjects, **options)

    def _looks(self, mobjects: Any) -> list[Look]:
        if not is_plain(self.camera):
            raise NotPlain(type(self.camera).__name__)
        return looks(self.camera.get_mobjects_to_display(mobjects))

    def _draw_bands(self, moving: list[Look]) -> None:
        camera: Any = self.camera
        pixels = camera.pixel_array
        if self._canvas is None or self._canvas.pixels is not pixels:
            self._canvas = Canvas(pixels)
        if camera.__dict__.pop(TOUCHED, True):
            self._canvas.forget()
        matrix = camera.get_cairo_context(pixels).get_matrix()
        base = camera.background if self._static is None else self._static
        parts = self._canvas.show(self._resting, moving, base, matrix)
        camera.__dict__[TOUCHED] = False
        if self._parts is not None:
            self._parts += parts

    def _draw_all(self, scene: Any, mobjects: Any, **options: Any) -> None:
        """Let Manim draw; what rests is drawn first, as it would have done when the play began."""
        if self._resting:
            self._draw_bands([])
            self.static_image = self.get_frame()
        super().update_frame(scene, mobjects, **options)
        self._parts = None

    @property
    def static_image(self) -> Any:
        """Manim's picture of what rests. None also where it is kept as items."""
        return self._static

    @static_image.setter
    def static_image(self, value: Any) -> None:
        self._static, self._resting = value, []


def is_plain(camera: Any) -> bool:
    """Whether `camera` draws as Manim's own does."""
    return (
        type(camera) in PLAIN_CAMERAS
        and camera.cairo_line_width_multiple == WIDTH_MULTIPLE
        and camera.background.shape == camera.pixel_array.shape
        and camera.__dict__.keys().isdisjoint(CAMERA_DRAWS_BY)
        and all(getattr(Camera, name) is original for name, original in CAMERA_DRAWS_BY.items())
    )


def _watched(name: str) -> None:
    """Let a method of Camera take note that it changed the pixels."""
    original = getattr(Camera, name)

    def noted(self: Camera, *arguments: Any, **options: Any) -> Any:
        self.__dict__[TOUCHED] = True
        return original(self, *arguments, **options)

    setattr(Camera, name, functools.wraps(original)(noted))


TOUCHED = "_touched_by_manim"
PLAIN_CAMERAS = (Camera, MovingCamera)
for _name in ("set_pixel_array", "capture_mobjects"):
    _watched(_name)
CAMERA_DRAWS_BY = {
    name: getattr(Camera, name)
    for name in (
        "apply_fill",
        "apply_stroke",
        "capture_mobjects",
        "display_multiple_vectorized_mobjects",
        "display_multiple_non_background_colored_vmobjects",
        "display_vectorized",
        "get_fill_rgbas",
        "get_stroke_rgbas",
        "reset",
        "set_cairo_context_color",
        "set_cairo_context_path",
        "set_frame_to_background",
        "set_pixel_array",
        "transform_points_pre_display",
        "type_or_raise",
    )
}


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

"""What no renderer on these cores can be faster than: encoding frames that exist, drawing paths that exist.

Run as a script: SOURCE CLASS QUALITY FRAMES. Plain Manim draws the scene in a small size at the quality's rate; what
it hands to cairo is noted for about 90 of its FRAMES, in runs of 15. Then the same paths are drawn in full size by
cairo alone, and the pictures encoded by our encoder alone. Prints JSON: milliseconds per frame. Images are left out.
"""

from __future__ import annotations

import json
import math
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import cairo
import numpy as np
from manim import Camera, tempconfig
from manim.renderer.cairo_renderer import CairoRenderer
from manim.scene.scene_file_writer import SceneFileWriter

from generation.engine.render.encoder import Encoder, skip_slice
from generation.engine.types import Purpose, Quality

SAMPLED = 90
RUN = 15  # frames in a row, because an encoder lives on what stays the same
BEHIND = 0.5  # pictures start grey
Step = tuple[Any, ...]


@dataclass
class Drawn:
    """One sampled frame: what rests, what is drawn over it, and whether it shows what the frame before showed."""

    resting: list[Step]
    moving: list[Step]
    repeated: bool


@dataclass
class Notes:
    """What plain Manim hands to cairo."""

    every: int
    frames: list[Drawn] = field(default_factory=list)
    resting: list[Step] = field(default_factory=list)
    moving: list[Step] = field(default_factory=list)
    matrix: Any = None
    number: int = 0

    @property
    def wanted(self) -> bool:
        """Whether the next frame is in the sample."""
        return (self.number // RUN) % self.every == 0

    def frame(self, repeat: int) -> None:
        """Take note that what was drawn is shown `repeat` times."""
        for again in range(repeat):
            if self.wanted:
                self.frames.append(Drawn(self.resting, self.moving, again > 0))
            self.number += 1
        self.moving = []


def listen(notes: Notes) -> None:
    """Let Manim's camera, renderer and file writer tell `notes` what they do."""
    save = CairoRenderer.save_static_frame_data

    def display(self: Camera, mobject: Any, ctx: Any) -> Camera:
        self.set_cairo_context_path(ctx, mobject)
        path, steps = ctx.copy_path(), notes.moving
        notes.matrix = ctx.get_matrix()
        for act in (
            lambda: self.apply_stroke(ctx, mobject, background=True) and mobject.get_stroke_width(True),
            lambda: self.apply_fill(ctx, mobject) and None,
            lambda: self.apply_stroke(ctx, mobject) and mobject.get_stroke_width(),
        ):
            width = act()
            if width is None:
                steps.append((path, ctx.get_source()))
            elif width > 0:
                pen = (ctx.get_line_width(), ctx.get_line_join(), ctx.get_line_cap())
                steps.append((path, ctx.get_source(), *pen))
        return self

    def saved(self: Any, scene: Any, mobjects: Any) -> Any:
        notes.moving = []
        image = save(self, scene, mobjects)
        notes.resting, notes.moving = notes.moving, []
        return image

    def written(self: Any, pixels: Any, *, repeat: int = 1) -> None:
        notes.frame(repeat)

    Camera.display_vectorized = display
    CairoRenderer.save_static_frame_data = saved
    SceneFileWriter.write_frame = written
    for name in ("begin_animation", "end_animation", "finish"):
        setattr(SceneFileWriter, name, lambda *_, **__: None)  # no video is wanted


def draw(notes: Notes, quality: Quality) -> tuple[list[Any], float]:
    """Draw the noted frames with cairo alone; returns pictures (None: the one before) and milliseconds per frame."""
    scale = quality.height / Quality.LOW.height
    base, last = np.full((quality.height, quality.width, 4), int(255 * BEHIND), np.uint8), None
    pictures, took = [], 0.0
    for frame in notes.frames:
        if frame.repeated:
            pictures.append(None)
            continue
        began = time.perf_counter()
        if frame.resting is not last:
            base[:], last = int(255 * BEHIND), frame.resting
            replay(base, frame.resting, notes.matrix, scale)
        picture = base.copy()
        replay(picture, frame.moving, notes.matrix, scale)
        took += time.perf_counter() - began
        pictures.append(picture)
    return pictures, 1000 * took / len(pictures)


def replay(picture: Any, steps: list[Step], matrix: Any, scale: float) -> None:
    """Draw prepared paths."""
    height, width = picture.shape[:2]
    surface = cairo.ImageSurface.create_for_data(picture, cairo.FORMAT_ARGB32, width, height)
    ctx = cairo.Context(surface)
    ctx.set_matrix(matrix.multiply(cairo.Matrix(scale, 0, 0, scale)) if matrix else cairo.Matrix())
    for path, source, *pen in steps:
        ctx.new_path()
        ctx.append_path(path)
        ctx.set_source(source)
        if pen:
            ctx.set_line_width(pen[0])
            ctx.set_line_join(pen[1])
            ctx.set_line_cap(pen[2])
            ctx.stroke()
        else:
            ctx.fill()


def encode(pictures: list[Any], quality: Quality, purpose: Purpose) -> float:
    """Encode the pictures; returns milliseconds per frame."""
    size = (quality.width, quality.height, quality.frame_rate, purpose)
    with tempfile.TemporaryDirectory() as folder:
        skip = skip_slice(*size)
        began = time.perf_counter()
        encoder = Encoder(Path(folder) / "out.mp4", *size, skip)
        for picture in pictures:
            if picture is not None:
                encoder.update(picture, 0)
            encoder.write()
        encoder.finish()
        return 1000 * (time.perf_counter() - began) / len(pictures)


def main() -> None:
    source, cls, quality, frames = Path(sys.argv[1]).read_text(), sys.argv[2], Quality(sys.argv[3]), int(sys.argv[4])
    notes = Notes(every=math.ceil(frames / SAMPLED))
    listen(notes)
    with tempfile.TemporaryDirectory() as media:
        settings = {"quality": "low_quality", "media_dir": media, "progress_bar": "none", "verbosity": "ERROR"}
        with tempconfig({**settings, "disable_caching": True, "frame_rate": quality.frame_rate}):
            module: dict[str, Any] = {"__name__": "plain"}
            exec(compile(source, "<plain>", "exec"), module)
            module[cls]().render()
    pictures, raster = draw(notes, quality)
    encoded = {purpose.value: round(encode(pictures, quality, purpose), 3) for purpose in Purpose}
    sampled = {"raster_ms": round(raster, 3), "encode_ms": encoded, "sampled": len(pictures)}
    json.dump({**sampled, "repeated": sum(frame.repeated for frame in notes.frames)}, sys.stdout)


if __name__ == "__main__":
    main()

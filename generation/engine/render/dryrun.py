"""Runs a scene without drawing it. Runs in the jail.

Plays are stepped frame by frame only where something depends on the time between frames (updaters that take `dt`,
waits that end on a condition); all others jump to their end, which leaves the same picture behind.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from manim import Wait
from manim.renderer.cairo_renderer import CairoRenderer

from generation.engine.render.drawing import QuietWriter

OnPlay = Callable[[Any, float, int], None]  # scene, seconds, frames


class TooLong(Exception):
    """The scene has more frames than a video may have."""


def dry_renderer(frame_rate: int, most_frames: int, on_play: OnPlay) -> type[CairoRenderer]:
    """Return a renderer class that draws nothing and reports every play to `on_play`.

    Its scenes raise TooLong as soon as they pass `most_frames`.
    """

    class DryRenderer(CairoRenderer):
        def __init__(self, **options: Any) -> None:
            options["file_writer_class"] = QuietWriter
            super().__init__(**options)
            self.frames = 0

        def play(self, scene: Any, *animations: Any, **options: Any) -> None:
            self.skip_animations = self._original_skipping_status
            self.update_skipping_status()
            left_out = self.skip_animations  # a section the author told Manim to skip
            scene.compile_animation_data(*animations, **options)
            scene.begin_animations()
            if scene.is_current_animation_frozen_frame():
                frames = int(scene.duration / (1 / frame_rate))
                self._count(frames)
            else:
                frames = self._step(scene)
            if left_out:
                self.time += scene.duration
            else:
                self.time += frames / frame_rate
                on_play(scene, scene.duration if not scene.stop_condition else frames / frame_rate, frames)
            self.num_plays += 1

        def _step(self, scene: Any) -> int:
            """Run the play and return the number of frames it takes."""
            if _depends_on_time(scene):
                before = self.frames
                scene.play_internal()
                return self.frames - before
            frames = math.ceil(float(scene.duration) / (1 / frame_rate))  # as numpy.arange counts them
            self._count(frames)
            self.skip_animations = True
            scene.play_internal(skip_rendering=True)
            scene.update_mobjects(0)  # Manim leaves this out while skipping
            return frames

        def render(self, scene: Any, time: float, moving_mobjects: Any = None) -> None:
            self._count(1)

        def _count(self, frames: int) -> None:
            self.frames += frames
            if self.frames > most_frames:
                raise TooLong

        def update_frame(self, scene: Any, *_: Any, **__: Any) -> None:
            """Draw nothing."""

        def scene_finished(self, scene: Any) -> None:
            """Write nothing."""

    return DryRenderer


def _depends_on_time(scene: Any) -> bool:
    animations = scene.animations or []
    if scene.updaters or scene.always_update_mobjects:
        return True
    if any(isinstance(animation, Wait) and animation.stop_condition is not None for animation in animations):
        return True
    family = {id(part): part for mobject in scene.mobjects for part in mobject.get_family()}
    return any(part.has_time_based_updater() for part in family.values())

"""Loads and warms everything a scene may need, once, in the process that jobs are forked from."""

from __future__ import annotations

import gc
import importlib
import os
import sys
import tempfile
from typing import Any

from generation.engine.kit import KIT_FOLDER

MODULES = (
    "PIL.Image",
    "pygments.lexers",
    "pygments.formatters",
    "scipy.interpolate",
    "scipy.optimize",
    "scipy.spatial",
    "networkx",
    "json",
    "cmath",
    "statistics",
    "fractions",
    "itertools",
)


class NotForkable(Exception):
    """The process has threads, so a fork of it could hang."""


def warm_up() -> None:
    """Load Manim and the kit, draw one small scene, and settle the memory for cheap forks.

    Raises NotForkable if anything started a thread.
    """
    import tqdm  # noqa: PLC0415 - the daemon answers for its imports in this order

    tqdm.tqdm.monitor_interval = 0  # else the first progress bar starts a thread
    for name in MODULES:
        importlib.import_module(name)
    from PIL import Image  # noqa: PLC0415

    Image.init()
    Image.MAX_IMAGE_PIXELS = 50_000_000
    sys.path.append(str(KIT_FOLDER))
    try:
        importlib.import_module("theorama_kit")
    finally:
        sys.path.remove(str(KIT_FOLDER))
    _draw_once()
    gc.collect()
    gc.freeze()
    if len(os.listdir("/proc/self/task")) != 1:  # noqa: PTH208 - names only
        raise NotForkable("the fork server has more than one thread")


def _draw_once() -> None:
    """Draw a scene of text and shapes, so that fonts and Manim's own caches are warm."""
    import manim.scene.scene  # noqa: PLC0415
    import theorama_kit  # noqa: PLC0415
    from manim import Create, Square, Text, tempconfig  # noqa: PLC0415

    from generation.engine.render.drawing import ring_renderer  # noqa: PLC0415

    class Warm(theorama_kit.Stage):  # type: ignore[misc] - the kit is plain, untyped Python
        def construct(self) -> None:
            self.heading("Warm 0123456789")
            self.add(Text("a b c"))
            self.play(Create(Square()), run_time=0.1)

    cold = manim.scene.scene.CairoRenderer
    manim.scene.scene.CairoRenderer = ring_renderer(_Nowhere())
    with tempfile.TemporaryDirectory() as folder:
        settings = {"quality": "low_quality", "media_dir": folder, "progress_bar": "none", "verbosity": "ERROR"}
        with tempconfig(settings):
            Warm().render()
    manim.scene.scene.CairoRenderer = cold


class _Nowhere:
    """Takes frames and forgets them."""

    def play_begins(self) -> None:
        """Nothing to tell."""

    def send(self, pixels: Any, repeat: int) -> None:
        """Nothing to show."""

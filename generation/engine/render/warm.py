"""Loads and warms everything a scene may need, once, in the process that jobs are forked from."""

from __future__ import annotations

import gc
import importlib
import os
import shutil
import sys
from pathlib import Path
from typing import Any

from generation.engine.kit import KIT_FOLDER
from generation.engine.render import pages

MODULES = (
    "PIL.Image",
    "pygments.lexers",
    "pygments.lexers.python",
    "pygments.formatters",
    "pygments.formatters.html",
    "pygments.styles.vim",  # Manim's own choice
    "pygments.styles.default",
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


def warm_up(scratch: Path) -> None:
    """Load Manim and the kit, draw one small scene in the folder `scratch`, and settle the memory for cheap forks.

    Raises NotForkable if anything started a thread.
    """
    import tqdm  # noqa: PLC0415 - the daemon answers for its imports in this order

    tqdm.tqdm.monitor_interval = 0  # else the first progress bar starts a thread
    for name in MODULES:
        importlib.import_module(name)
    from PIL import Image  # noqa: PLC0415
    from pygments.lexers.python import PythonLexer  # noqa: PLC0415

    list(PythonLexer().get_tokens("x = 1"))  # its rules are compiled when it is first used
    Image.init()
    Image.MAX_IMAGE_PIXELS = 50_000_000
    sys.path.append(str(KIT_FOLDER))
    try:
        importlib.import_module("theorama_kit")
    finally:
        sys.path.remove(str(KIT_FOLDER))
    _make_manim_quick()
    _draw_once(scratch)
    importlib.import_module("generation.engine.render.keeper")  # else every keeper would load it for itself
    gc.collect()
    gc.freeze()
    pages.collapse()
    if len(os.listdir("/proc/self/task")) != 1:  # noqa: PTH208 - names only
        raise NotForkable("the fork server has more than one thread")


def _make_manim_quick() -> None:
    """Put our faster equals in the place of some of Manim's functions."""
    from generation.engine.render import quick, space  # noqa: PLC0415 - they need Manim

    quick.install()
    space.install()


def _draw_once(scratch: Path) -> None:
    """Draw a scene of text and shapes, so that fonts and Manim's own caches are warm."""
    from manim import Create, Square, Text, tempconfig  # noqa: PLC0415
    from manim.renderer.cairo_renderer import CairoRenderer  # noqa: PLC0415

    from generation.engine.render.drawing import ring_renderer, use_renderer  # noqa: PLC0415

    def construct(stage: Any) -> None:
        stage.heading("Warm 0123456789")
        stage.add(Text("a b c"))
        stage.play(Create(Square()), run_time=0.1)

    scene = type("Warm", (sys.modules["theorama_kit"].Stage,), {"construct": construct})
    use_renderer(ring_renderer(_Nowhere()))
    shutil.rmtree(scratch, ignore_errors=True)  # of one that was killed while it warmed up
    try:
        settings = {"quality": "low_quality", "media_dir": str(scratch), "progress_bar": "none", "verbosity": "ERROR"}
        with tempconfig(settings):
            scene().render()
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    use_renderer(CairoRenderer)


class _Nowhere:
    """Takes frames and forgets them."""

    def play_begins(self) -> None:
        """Nothing to tell."""

    def send(self, pixels: Any, repeat: int, parts: Any) -> None:
        """Nothing to show."""

"""All that makes Manim's own objects quicker to make, copy and change, in one list."""

from __future__ import annotations

from generation.engine.render import (
    outlines,
    patches,
    quick_copy,
    quick_family,
    quick_setup,
    quick_shapes,
    quick_text,
    quick_values,
)

PATCHES = [
    *outlines.PATCHES,
    *quick_copy.PATCHES,
    *quick_family.PATCHES,
    *quick_setup.PATCHES,
    *quick_shapes.PATCHES,
    *quick_text.PATCHES,
    *quick_values.PATCHES,
]


def install() -> list[patches.Patch]:
    """Put our functions in the place of Manim's; returns those left out because Manim's are others than known."""
    return patches.install(PATCHES)

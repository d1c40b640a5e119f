"""Short scenes of the kind that a small model is asked for: families of our own, each with its own chance and contents.

A family is a function from chance to a `Sketch`. What it draws is proved like every other row.
"""

from __future__ import annotations

from collections.abc import Mapping

from training.dataset.sketches import charts, curves, figures, moving, ordering
from training.dataset.sketches.sketch import Family, Sketch

__all__ = ["FAMILIES", "Sketch"]

FAMILIES: Mapping[str, Family] = {
    f"sketch_{family.__name__}": family
    for module in (charts, curves, figures, moving, ordering)
    for family in module.FAMILIES
}

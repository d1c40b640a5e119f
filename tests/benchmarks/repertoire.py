"""The scenes that are measured: files of plain Manim code, and a whole lesson from the library.

`python -m tests.benchmarks.repertoire` writes the lesson's file, which the plain `manim` command renders.
"""

from __future__ import annotations

import ast
import sys
from dataclasses import dataclass
from pathlib import Path

from generation.engine.exports.script import self_contained
from generation.engine.library import catalogue

FOLDER = Path(__file__).parent / "scenes"
LESSON = "pendulum_period"  # four scenes, about 60 s
ERROR = "error_at_end"  # never gives a video, so it has no place among the renders
SOLID = "surface_3d"
NAMES = (
    "text_and_shapes",
    "plotted_function",
    "formula_derivation",
    "surface_3d",
    "pendulum",
    "sorting_bars",
    "lesson",
    "hundred_dots",
    "mostly_waiting",
    "kitchen_sink",
    "error_at_end",
)
QUICK = ("text_and_shapes", "formula_derivation", "surface_3d", "mostly_waiting", "error_at_end")


@dataclass(frozen=True, slots=True)
class Scene:
    """A named scene: its code and the class in it."""

    name: str
    source: str
    cls: str

    @property
    def formulas(self) -> bool:
        """Whether TeX sets anything in it."""
        return any(
            word in self.source for word in ("Tex(", "DecimalNumber", "Matrix(", "add_coordinates", "axis_labels")
        )


def load(name: str) -> Scene:
    """Read the scene called `name`. Raises FileNotFoundError where there is none."""
    if name == "lesson":
        source = lesson()
        return Scene(name, source, source.rpartition('["')[2].partition('"]')[0])  # the class that plays all scenes
    source = (FOLDER / f"{name}.py").read_text()
    (cls,) = (node.name for node in ast.parse(source).body if isinstance(node, ast.ClassDef))
    return Scene(name, source, cls)


def lesson() -> str:
    """The library's lesson as the file a teacher takes home, with the kit inlined."""
    template = catalogue.templates()[LESSON]
    return self_contained(template.source, title=template.title)


if __name__ == "__main__":
    sys.stdout.write(lesson())

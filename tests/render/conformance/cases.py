"""The scenes that are compared: every class with a `construct` in `scenes/`, and the small ones other tests draw."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path

from tests.render.scenes import EXACT

FOLDER = Path(__file__).parent / "scenes"


@dataclass(frozen=True, slots=True)
class Case:
    """One scene and how close to Manim's its pixels must be.

    `apart` is the largest difference of a channel (of 255) and `share` the largest part of a frame's pixels that may
    differ at all. In two dimensions nothing may; in three the order of sums differs where many points are computed at
    once, which moves a pixel on an edge by a hair.
    """

    name: str
    source: str
    solid: bool

    @property
    def apart(self) -> int:
        return 2 if self.solid else 0

    @property
    def share(self) -> float:
        return 0.001 if self.solid else 0.0


def _cases() -> dict[str, Case]:
    found = {}
    sources = [path.read_text() for path in sorted(FOLDER.glob("*.py"))] + list(EXACT.values())
    for source in sources:
        for node in ast.parse(source).body:
            if isinstance(node, ast.ClassDef) and any(getattr(part, "name", "") == "construct" for part in node.body):
                assert node.name not in found, f"two scenes are called {node.name}"
                found[node.name] = Case(node.name, source, ast.unparse(node.bases[0]).startswith("ThreeD"))
    return found


CASES = _cases()

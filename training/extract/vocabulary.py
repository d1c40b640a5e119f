"""What ManimGL has, by name: read from the list that the survey wrote."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# What scenes older than the oldest release listed use, and names that no statement of ManimGL's own spells out.
OLDER = frozenset(
    {"SPACE_WIDTH", "SPACE_HEIGHT", "BLUE_SCREEN", "DARK_BLUE", "DARK_GREY", "DARK_GRAY", "DARKER_GREY", "DARKER_GRAY",
     "LIGHT_GREY", "LIGHT_GRAY", "GRAY", "ContinualAnimation", "ContinualUpdate", "ContinualUpdateFromFunc",
     "ContinualUpdateFromTimeFunc", "ContinualMovement", "ContinualRotation", "AmbientRotation", "AmbientMovement",
     "CycleAnimation", "NormalAnimationAsContinualAnimation", "ShimmerIn", "FadeInFromDown", "rotation_about_z"}
)  # fmt: skip
FILE = Path(__file__).with_name("data") / "manimgl.json"


@dataclass(frozen=True)
class Vocabulary:
    """Names, and classes with their bases, parameters and methods."""

    names: frozenset[str]
    classes: dict[str, dict[str, Any]]

    def line(self, name: str) -> Iterator[str]:
        """A class and all it derives from, nearest first."""
        found = self.classes.get(name)
        if found is None:
            return
        yield name
        for base in found["bases"]:
            yield from self.line(base)

    def init(self, name: str) -> list[str]:
        """The parameters of a class's constructor."""
        for each in self.line(name):
            if "init" in self.classes[each]:
                return list(self.classes[each]["init"])
        return []

    @functools.cached_property
    def mobject_methods(self) -> frozenset[str]:
        """Every method of every mobject."""
        return frozenset(
            method for name in self.classes if "Mobject" in self.line(name) for method in self.classes[name]["methods"]
        )

    @functools.cached_property
    def animations(self) -> frozenset[str]:
        """Every animation."""
        return frozenset(name for name in self.classes if "Animation" in self.line(name))


@functools.cache
def vocabulary() -> Vocabulary:
    """ManimGL's names."""
    found = json.loads(FILE.read_text(encoding="utf-8"))
    return Vocabulary(frozenset(found["names"]), found["classes"])

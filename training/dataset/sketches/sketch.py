"""What a family of sketches makes: phrases for the same thing, and the code that shows it."""

from __future__ import annotations

import random
import textwrap
from collections.abc import Callable
from dataclasses import dataclass

PALETTE = ("YELLOW", "SKY", "CORAL", "MINT", "LILAC", "LEAF", "RED", "GREEN", "BLUE", "ORANGE", "PURPLE", "PINK")
PAINT_WORDS = {
    "YELLOW": "yellow", "RED": "red", "GREEN": "green", "BLUE": "blue", "ORANGE": "orange", "PURPLE": "purple",
    "PINK": "pink",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sketch:
    """A scene's body, and what people say who want just that."""

    phrases: tuple[str, ...]
    body: str

    def code(self, scene: str) -> str:
        """The module with the scene under its name."""
        inner = textwrap.indent(textwrap.dedent(self.body).strip("\n"), " " * 8)
        return (
            "from manim import *\nfrom theorama_kit import *\n\n\n"
            f"class {scene}(Stage):\n    def construct(self):\n{inner}\n"
        )


Family = Callable[[random.Random], Sketch]


def colours(chance: random.Random, count: int) -> list[str]:
    """Different colours, so that each has one meaning."""
    return chance.sample(PALETTE, count)


def painted(chance: random.Random) -> tuple[str, str, str]:
    """A colour for one thing: the name in code, and how a request names it ("red "), or nothing where it leaves it open."""
    name = chance.choice(PALETTE)
    word = PAINT_WORDS.get(name, "") if chance.random() < 0.6 else ""
    return name, f"{word} " if word else "", f" in {word}" if word else ""


def quoted(text: str) -> str:
    """A text as code holds it."""
    return '"' + text.replace("\\", "\\\\").replace('"', "'") + '"'

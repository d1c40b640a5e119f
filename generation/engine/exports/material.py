"""What every export is made from: one finished animation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from generation.engine.types import Caption, Knob


@dataclass(frozen=True, slots=True)
class Part:
    """A scene in the finished video: `start` and `seconds` count from the beginning of the whole."""

    title: str
    shown: str
    said: str
    start: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Material:
    """A finished animation. The files are ours: the trusted encoder wrote the video, no job touched it since."""

    title: str
    video: Path
    poster: Path
    captions: Sequence[Caption]
    script: str
    parts: tuple[Part, ...]
    knobs: tuple[Knob, ...] = ()
    understood: tuple[str, ...] = ()
    prompt: str = ""
    stem: str = "animation"  # what files inside a bundle are called
    language: str = "en"
    address: str = ""  # where the animation lives on the web; empty where it is nobody's business

    @property
    def seconds(self) -> float:
        """How long the whole video is."""
        return max((part.start + part.seconds for part in self.parts), default=0.0)

    def captions_of(self, part: Part) -> list[Caption]:
        """Return the lines spoken in one part, timed from its own start."""
        end = part.start + part.seconds
        return [
            Caption(max(0.0, line.start - part.start), min(part.seconds, line.end - part.start), line.text)
            for line in self.captions
            if line.start < end - EDGE and line.end > part.start + EDGE
        ]


EDGE = 0.02  # seconds: a line that only touches a part by rounding does not belong to it

"""The words of the engine: plain values that pass between its parts. No Django, no Manim."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from generation.engine.limits import Limits as Limits  # noqa: PLC0414 - a word of the engine too

KnobValue = float | int | bool | str | list[float]


class Purpose(StrEnum):
    """What a video file is for: how much work goes into making it small."""

    PREVIEW = "preview"  # soonest ready
    EXPORT = "export"
    SMALL = "small"  # smallest file


class Quality(StrEnum):
    """Picture size and rate, named like Manim's own -ql, -qm, -qh."""

    LOW = "l"
    MEDIUM = "m"
    HIGH = "h"

    @property
    def width(self) -> int:
        """Width in pixels."""
        return {"l": 854, "m": 1280, "h": 1920}[self.value]

    @property
    def height(self) -> int:
        """Height in pixels."""
        return {"l": 480, "m": 720, "h": 1080}[self.value]

    @property
    def frame_rate(self) -> int:
        """Frames per second."""
        return {"l": 15, "m": 30, "h": 60}[self.value]

    @property
    def purpose(self) -> Purpose:
        """What a video of this quality is made for, where nobody says otherwise."""
        return Purpose.PREVIEW if self is Quality.LOW else Purpose.EXPORT


class KnobKind(StrEnum):
    """What a knob holds, and so which control the page shows."""

    NUMBER = "number"
    INTEGER = "integer"
    NUMBERS = "numbers"  # a short list of numbers, each within the bounds
    CHOICE = "choice"
    COLOUR = "colour"
    TEXT = "text"
    EXPRESSION = "expression"  # a formula in one variable, or in the letters the knob names
    TOGGLE = "toggle"


@dataclass(frozen=True, slots=True)
class Knob:
    """A typed parameter of an animation, as declared by `knob(...)` in its code."""

    name: str
    kind: KnobKind
    value: KnobValue
    label: str
    unit: str = ""
    minimum: float | None = None
    maximum: float | None = None
    step: float | None = None
    choices: tuple[str, ...] = ()
    at_least: int = 1  # how many numbers a list holds
    at_most: int = 8
    letters: str = ""  # which a formula may hold; without any, one variable
    help: str = ""
    scenes: tuple[str, ...] = ()  # scenes that change with this knob
    line: int = 0


@dataclass(frozen=True, slots=True)
class SceneCard:
    """One card of a storyboard: what is shown, what is said, for about how many seconds."""

    name: str  # the Scene class
    title: str
    shown: str
    said: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Storyboard:
    """The ordered scenes of an animation."""

    title: str
    scenes: tuple[SceneCard, ...]
    language: str = "en"  # of captions, labels and words on screen


class Outcome(StrEnum):
    """What reading a prompt led to."""

    SERVED = "served"
    ASK = "ask"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Choice:
    """A template offered for a prompt; `confidence` is between 0 and 1."""

    template: str
    title: str
    summary: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Understanding:
    """What a prompt was understood to ask for. Nothing is rendered to make it.

    `understood` is a list of short plain sentences a teacher can check; `words` are the words of the
    prompt that spoke for the template; `message` says what to do when `outcome` is not SERVED.
    """

    outcome: Outcome
    template: str | None
    title: str
    confidence: float
    knobs: dict[str, KnobValue]
    alternatives: tuple[Choice, ...]
    understood: tuple[str, ...]
    words: tuple[str, ...] = ()
    message: str = ""
    code: str = ""  # machine-readable reason when not served, e.g. "empty", "too_long", "off_topic"
    rewrite: str = ""  # a prompt to send instead, where the words themselves are the reason
    stop: bool = False  # the message is all there is to say
    parts: tuple[Understanding, ...] = ()  # one for each idea of a prompt of several; then `template` is None
    language: str = "en"  # that captions are asked for in


@dataclass(frozen=True, slots=True)
class Fault:
    """Why something did not work, in words a teacher can act on.

    `code` is stable and machine-readable (`syntax`, `policy`, `name_error`, `draws_nothing`, `timeout`,
    `memory`, `disk_full`, `tex_missing`, `cancelled`, ...); `log` holds the last lines for the curious.
    """

    code: str
    message: str
    hint: str = ""
    scene: str = ""
    line: int | None = None
    log: str = ""


@dataclass(frozen=True, slots=True)
class Caption:
    """A spoken line: seconds from the start of its scene (or of the whole animation once assembled)."""

    start: float
    end: float
    text: str


@dataclass(frozen=True, slots=True)
class LayoutFault:
    """Something on the stage that a viewer would complain of, found while checking."""

    code: str  # off_frame, clipped, text_over_text, too_small, low_contrast, blank_end, nothing_moves
    message: str
    play: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Inscription:
    """A line written on the stage, and when it was first and last seen, in seconds of its scene."""

    text: str
    is_formula: bool  # TeX
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Sighting:
    """A kind of mobject that was on the stage: how many at a time, whether one of them moved, and their colours."""

    kind: str  # the name of Manim's class, or of one that it derives from
    most: int
    moves: bool = False
    colours: tuple[str, ...] = ()  # as #rrggbb


@dataclass(frozen=True, slots=True)
class CheckReport:
    """Outcome of running a scene without drawing it."""

    scene: str
    plays: tuple[float, ...] = ()  # duration of each play in seconds
    frames: int = 0
    captions: tuple[Caption, ...] = ()
    layout: tuple[LayoutFault, ...] = ()
    written: tuple[Inscription, ...] = ()
    fault: Fault | None = None
    seen: tuple[Sighting, ...] = ()

    @property
    def seconds(self) -> float:
        """Length of the scene in seconds."""
        return sum(self.plays)


@dataclass(frozen=True, slots=True)
class RenderReport:
    """Outcome of rendering one scene to a video file written by the trusted encoder."""

    scene: str
    file: Path | None
    frames: int = 0
    seconds: float = 0.0
    captions: tuple[Caption, ...] = ()
    fault: Fault | None = None
    wall_seconds: float = 0.0
    first_frame_seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """A fact about a running job. `data` is JSON-able; previews travel beside events, not in them."""

    kind: str
    data: Mapping[str, Any] = field(default_factory=dict)


OnEvent = Callable[[Event], None]
OnPreview = Callable[[str, bytes], None]  # scene name, JPEG bytes
# Scene name, and the next piece of its fragmented MP4: first the init segment, then pieces that begin with a key frame.
# None: the rest of the scene's pieces was dropped because they were taken too slowly; nothing more of it comes.
OnSegment = Callable[[str, bytes | None], None]
ShouldStop = Callable[[], bool]


def ignore_event(event: Event) -> None:
    """An OnEvent for callers that do not follow progress."""


def never_stop() -> bool:
    """A ShouldStop for callers that cannot cancel."""
    return False

"""What was measured for one prompt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from generation.engine.scorecard.suite import Prompt, Value
from generation.engine.types import LayoutFault

SERVED, ASKED, REFUSED, TROUBLE = "served", "asked", "refused", "trouble"
NEAREST = 3
OUTSIDE = frozenset({"off_frame", "clipped"})


@dataclass(frozen=True, slots=True)
class SceneRow:
    """One scene. `first_try`: it ran as first written; `runs`: it runs in the end."""

    name: str
    title: str
    first_try: bool
    runs: bool
    seconds: float  # of the video
    fault: str = ""
    layout: tuple[LayoutFault, ...] = ()

    @property
    def outside(self) -> int:
        """How many layout faults are about the frame's edge."""
        return sum(fault.code in OUTSIDE for fault in self.layout)


@dataclass(frozen=True, slots=True)
class Row:
    """One prompt, once. `outcome` is served, asked, refused, or trouble where the provider or the machine failed.

    `policy`, `api` and the scenes are there for what was served; `missing` for what was served and names values.
    `by_template`: the writer says which templates it shows, so that the label can be compared.
    """

    prompt: Prompt
    seed: int
    outcome: str
    shown: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    message: str = ""
    policy: bool | None = None
    api_first: bool | None = None
    api: bool | None = None
    scenes: tuple[SceneRow, ...] = ()
    missing: tuple[Value, ...] | None = None
    tokens: int = 0
    attempts: int = 0
    by_template: bool = True
    writing_seconds: float | None = None
    first_frame_seconds: float | None = None
    video_seconds: float | None = None
    met: tuple[bool, ...] = ()  # which of the prompt's requirements, for what was served
    sheet: str = ""  # JPEG in base64: the middle and the last frame of each scene

    @property
    def key(self) -> tuple[str, int]:
        """Tells the rows of a run apart."""
        return self.prompt.prompt, self.seed

    @property
    def judged(self) -> bool:
        """Whether the writer is what was measured, and not a failure beside it."""
        return self.outcome != TROUBLE

    @property
    def served(self) -> bool:
        """Whether an animation was made."""
        return self.outcome == SERVED

    @property
    def labelled(self) -> bool:
        """Whether the label tells what should have come of it: of what a model writes it does not."""
        return not self.served or self.by_template

    @property
    def expected(self) -> bool:
        """Whether this is what the label says: those templates in that order, or none."""
        return self.shown == self.prompt.expect if self.served else not self.prompt.expect

    @property
    def honest(self) -> bool:
        """Whether the right thing was shown, or nothing with the nearest three offered."""
        return self.expected if self.served else len(self.offered) >= NEAREST

    @property
    def first_try(self) -> bool:
        """Whether every scene ran as first written."""
        return bool(self.policy) and bool(self.scenes) and all(scene.first_try for scene in self.scenes)

    @property
    def runs(self) -> bool:
        """Whether every scene runs in the end."""
        return bool(self.policy) and bool(self.scenes) and all(scene.runs for scene in self.scenes)

    @property
    def as_asked(self) -> bool:
        """Whether it runs and all that has to be on the stage is there."""
        return self.runs and bool(self.met) and all(self.met)

    @property
    def layout_faults(self) -> int:
        """How many layout faults all scenes have."""
        return sum(len(scene.layout) for scene in self.scenes)

    @property
    def outside(self) -> int:
        """How many layout faults are about the frame's edge."""
        return sum(scene.outside for scene in self.scenes)

    @property
    def numbers(self) -> bool | None:
        """Whether every value asked for is there; None where none was, or none can be judged."""
        asked = bool(self.prompt.values) or self.prompt.knobs is not None
        if not self.served or not asked or self.missing is None:
            return None
        return not self.missing


def row(data: dict[str, Any]) -> Row:
    """A row from its JSON. Raises KeyError or TypeError where it is none."""
    data = dict(data)
    prompt = data.pop("prompt")
    lists = {name: tuple(data.get(name, ())) for name in ("shown", "offered", "told", "met")}
    missing = None if data["missing"] is None else tuple(data["missing"])
    words = Prompt(
        **{
            **prompt,
            "expect": tuple(prompt["expect"]),
            "values": tuple(prompt["values"]),
            "must": tuple(prompt.get("must", ())),
        }
    )
    scenes = tuple(_scene(each) for each in data.pop("scenes"))
    return Row(**{**data, **lists, "prompt": words, "missing": missing, "scenes": scenes})


def _scene(data: dict[str, Any]) -> SceneRow:
    return SceneRow(**{**data, "layout": tuple(LayoutFault(**fault) for fault in data["layout"])})

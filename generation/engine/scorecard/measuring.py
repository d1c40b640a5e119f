"""Measures what a writer makes of prompts, with the checks or the render that a teacher's job goes through."""

from __future__ import annotations

import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from generation.engine import pipeline, policy, slices
from generation.engine.cache import SceneCache
from generation.engine.errors import EngineFault, NotServed, RequestFault
from generation.engine.pipeline import Draft
from generation.engine.render.client import Renderer
from generation.engine.scorecard import numbers, sheets
from generation.engine.scorecard.rows import ASKED, REFUSED, SERVED, TROUBLE, Row, SceneRow
from generation.engine.scorecard.suite import Prompt
from generation.engine.types import CheckReport, Fault, LayoutFault, Outcome, Quality, SceneCard


@dataclass(frozen=True, slots=True)
class Answer:
    """What a writer made of a prompt: a draft, at what price, and the scenes that had to be mended on the way."""

    draft: Draft
    tokens: int = 0
    mended: frozenset[str] = frozenset()


Write = Callable[[str, int], Answer]  # prompt, seed; raises NotServed, RequestFault, and EngineFault for the provider's


def from_library(prompt: str, seed: int) -> Answer:
    """What the built-in library makes of it. It leaves nothing to chance: every seed gives the same."""
    return Answer(pipeline.draft(prompt))


class Bench:
    """Measures answers of one writer. Scenes whose code was checked before in this run are not checked again."""

    def __init__(self, write: Write, renderer: Renderer, *, render: bool = False) -> None:
        self._write = write
        self._renderer = renderer
        self._render = render
        self._checks: dict[tuple[str, str], CheckReport] = {}
        self._lock = threading.Lock()

    def run(self, prompts: Sequence[Prompt], *, seeds: int) -> Iterator[Row]:
        """One row for each prompt and seed, in order. Renders go one after the other, so that their times mean much."""
        tasks = [(prompt, seed) for seed in range(seeds) for prompt in prompts]
        with ThreadPoolExecutor(1 if self._render else pipeline.PARALLEL_SCENES, "scorecard") as workers:
            yield from workers.map(lambda task: self.measure(*task), tasks)

    def measure(self, prompt: Prompt, seed: int) -> Row:
        """What comes of one prompt."""
        row = Row(prompt, seed, SERVED)
        began = time.monotonic()
        try:
            answer = self._write(prompt.prompt, seed)
            row = _answered(row, answer)
            if not row.policy:
                return row
            if self._render:
                return self._rendered(row, answer, began)
            return replace(row, scenes=tuple(self._checked(answer, card) for card in answer.draft.storyboard.scenes))
        except NotServed as error:
            return _not_served(row, error)
        except RequestFault as error:  # after the writer's answer it means that no scene of it could be drawn
            return replace(row, outcome=REFUSED if row.policy is None else SERVED, message=error.fault.message)
        except EngineFault as error:
            return Row(prompt, seed, TROUBLE, message=f"{error.fault.code}: {error.fault.message}")

    def _checked(self, answer: Answer, card: SceneCard) -> SceneRow:
        code = slices.scene_slice(answer.draft.source, card.name)
        with self._lock:
            report = self._checks.get((code, card.name))
        if report is None:
            report = self._renderer.check(code, card.name)
            with self._lock:
                self._checks[code, card.name] = report
        return _scene(answer, card.name, card.title, report.seconds, report.fault, report.layout)

    def _rendered(self, row: Row, answer: Answer, began: float) -> Row:
        """Render as a job does, with nothing cached."""
        first: list[float] = []

        def look(scene: str, jpeg: bytes) -> None:
            if not first:
                first.append(time.monotonic() - began)

        with tempfile.TemporaryDirectory(prefix="theorama-scorecard-") as folder:
            made = pipeline.produce(
                answer.draft,
                quality=Quality.LOW,
                out=Path(folder) / "out",
                renderer=self._renderer,
                cache=SceneCache(Path(folder) / "scenes"),
                on_preview=look,
            )
            seconds = time.monotonic() - began
            sheet = sheets.sheet(made)
        scenes = tuple(
            _scene(answer, scene.name, scene.title, scene.seconds, scene.fault, scene.layout) for scene in made.scenes
        )
        frame = round(first[0], 2) if first else None
        return replace(row, scenes=scenes, first_frame_seconds=frame, video_seconds=round(seconds, 2), sheet=sheet)


def _scene(
    answer: Answer, name: str, title: str, seconds: float, fault: Fault | None, layout: tuple[LayoutFault, ...]
) -> SceneRow:
    runs = fault is None
    words = f"{fault.code}: {fault.message}" if fault else ""
    return SceneRow(name, title, runs and name not in answer.mended, runs, round(seconds, 2), words, layout)


def _answered(row: Row, answer: Answer) -> Row:
    """What the draft alone tells."""
    understanding = answer.draft.understanding
    parts = (understanding.parts or (understanding,)) if understanding else ()
    return replace(
        row,
        shown=tuple(part.template or "" for part in parts),
        told=understanding.understood if understanding else (),
        policy=policy.check(answer.draft.source).allowed,
        missing=numbers.missing(row.prompt.values, answer.draft),
        tokens=answer.tokens,
    )


def _not_served(row: Row, error: NotServed) -> Row:
    understanding = error.understanding
    return replace(
        row,
        outcome=ASKED if understanding.outcome is Outcome.ASK else REFUSED,
        offered=tuple(choice.template for choice in understanding.alternatives),
        told=understanding.understood,
        message=understanding.message,
    )

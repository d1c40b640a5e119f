"""Measures what a writer makes of prompts, with the checks or the render that a teacher's job goes through."""

from __future__ import annotations

import tempfile
import threading
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import replace
from pathlib import Path

from generation.engine import pipeline, policy, slices
from generation.engine.apiindex import check_api
from generation.engine.cache import SceneCache
from generation.engine.drafting import Draft
from generation.engine.errors import EngineFault, NotServed, RequestFault
from generation.engine.render.client import Renderer
from generation.engine.scorecard import numbers, requirements, sheets
from generation.engine.scorecard.rows import ASKED, REFUSED, SERVED, TROUBLE, Row, SceneRow
from generation.engine.scorecard.suite import Prompt
from generation.engine.scorecard.writers import Answer, Write
from generation.engine.types import CheckReport, Fault, LayoutFault, Outcome, Quality, SceneCard


class Bench:
    """Measures answers of one writer. Scenes whose code was checked before in this run are not checked again."""

    def __init__(self, write: Write, renderer: Renderer, *, render: bool = False, parallel: int = 1) -> None:
        self._write = write
        self._renderer = renderer
        self._render = render
        self._parallel = parallel
        self._checks: dict[tuple[str, str], CheckReport] = {}
        self._lock = threading.Lock()

    def run(self, tasks: Iterable[tuple[Prompt, int]]) -> Iterator[Row]:
        """One row for each prompt and seed, as they come. Times mean most where nothing else runs beside."""
        with ThreadPoolExecutor(self._parallel, "scorecard") as workers:
            running = [workers.submit(self.measure, prompt, seed) for prompt, seed in tasks]
            try:
                for done in as_completed(running):
                    yield done.result()
            finally:
                for each in running:
                    each.cancel()

    def measure(self, prompt: Prompt, seed: int) -> Row:
        """What comes of one prompt."""
        row = Row(prompt, seed, SERVED)
        began = time.monotonic()
        try:
            answer = self._write(prompt.prompt, seed)
            row = _answered(row, answer, time.monotonic() - began)
            if answer.draft is None or not row.policy:
                return row
            if prompt.must:
                row = replace(row, met=self._met(prompt, answer.draft))
            if self._render:
                return self._rendered(row, answer, answer.draft, began)
            scenes = tuple(self._checked(answer, answer.draft, card) for card in answer.draft.storyboard.scenes)
            return replace(row, scenes=(*scenes, *row.scenes))
        except NotServed as error:
            return _not_served(row, error)
        except RequestFault as error:  # after the writer's answer it means that no scene of it could be drawn
            return replace(row, outcome=REFUSED if row.policy is None else SERVED, message=error.fault.message)
        except EngineFault as error:
            return Row(prompt, seed, TROUBLE, message=f"{error.fault.code}: {error.fault.message}")

    def _met(self, prompt: Prompt, draft: Draft) -> tuple[bool, ...]:
        reports = [self._report(draft, card) for card in draft.storyboard.scenes]
        return requirements.which(prompt.must, reports)

    def _checked(self, answer: Answer, draft: Draft, card: SceneCard) -> SceneRow:
        report = self._report(draft, card)
        return _scene(answer, card.name, card.title, report.seconds, report.fault, report.layout)

    def _report(self, draft: Draft, card: SceneCard) -> CheckReport:
        code = slices.scene_slice(draft.source, card.name)
        with self._lock:
            report = self._checks.get((code, card.name))
        if report is None:
            report = self._renderer.check(code, card.name)
            if report.fault is not None and report.fault.code in pipeline.OURS:
                raise EngineFault(report.fault)
            with self._lock:
                self._checks[code, card.name] = report
        return report

    def _rendered(self, row: Row, answer: Answer, draft: Draft, began: float) -> Row:
        """Render as a job does, with nothing cached."""
        first: list[float] = []

        def look(scene: str, jpeg: bytes) -> None:
            if not first:
                first.append(time.monotonic() - began)

        with tempfile.TemporaryDirectory(prefix="theorama-scorecard-") as folder:
            made = pipeline.produce(
                draft,
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
        return replace(
            row,
            scenes=(*scenes, *row.scenes),
            first_frame_seconds=frame,
            video_seconds=round(seconds, 2),
            sheet=sheet,
        )


def _scene(
    answer: Answer, name: str, title: str, seconds: float, fault: Fault | None, layout: tuple[LayoutFault, ...]
) -> SceneRow:
    runs = fault is None
    words = f"{fault.code}: {fault.message}" if fault else ""
    return SceneRow(name, title, runs and name not in answer.mended, runs, round(seconds, 2), words, layout)


def _answered(row: Row, answer: Answer, seconds: float) -> Row:
    """What the answer alone tells; its scenes are those that were given up."""
    titles = {card.name: card.title for card in answer.cards}
    given_up = tuple(
        SceneRow(name, titles.get(name, name), False, False, 0.0, f"{fault.code}: {fault.message}")
        for name, fault in answer.left_out.items()
    )
    codes = {fault.code for fault in answer.left_out.values()}
    draft = answer.draft
    understanding = draft.understanding if draft else None
    parts = (understanding.parts or (understanding,)) if understanding else ()
    return replace(
        row,
        by_template=answer.by_template,
        shown=tuple(part.template or "" for part in parts),
        told=understanding.understood if understanding else (),
        policy="policy" not in codes and (draft is None or policy.check(draft.source).allowed),
        api_first=answer.api_first,
        api=draft is not None and "api" not in codes and not check_api(draft.source),
        missing=numbers.missing(row.prompt, draft) if draft else None,
        tokens=answer.tokens,
        attempts=answer.attempts,
        writing_seconds=round(seconds, 2),
        scenes=given_up,
        message="" if draft else "Nothing that runs was written.",
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

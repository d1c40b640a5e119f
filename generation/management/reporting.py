"""How commands that make animations tell what happens: a progress bar for people, JSON lines for programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from generation.engine import drafting, pipeline
from generation.engine.cache import SceneCache
from generation.engine.errors import EngineError, NotServed
from generation.engine.render.client import Renderer
from generation.engine.served.attempts import Attempt
from generation.engine.types import Event, Fault, Quality, Understanding

EXIT_REFUSED = 2

STAGE_WORDS = {
    "storyboard": "Planning scenes",
    "checking": "Checking the code",
    "rendering": "Rendering",
    "assembling": "Joining the scenes",
}


class Reporter(Protocol):
    """Receives what a run tells, as it happens."""

    def event(self, event: Event) -> None:
        """Tell one event of the engine."""

    def understood(self, understanding: Understanding) -> None:
        """Tell what the prompt was understood to ask for."""

    def attempt(self, attempt: Attempt) -> None:
        """Tell what the model tried."""

    def result(self, data: Mapping[str, Any]) -> None:
        """Tell what was made."""

    def fault(self, fault: Fault, understanding: Understanding | None) -> None:
        """Tell why nothing was made."""


class JsonLines:
    """One JSON object a line on standard output."""

    def event(self, event: Event) -> None:
        """Tell one event of the engine."""
        self._write({"event": event.kind, **event.data})

    def understood(self, understanding: Understanding) -> None:
        """Tell what the prompt was understood to ask for."""
        self._write({"event": "understood", **asdict(understanding)})

    def attempt(self, attempt: Attempt) -> None:
        """Tell what the model tried."""
        self._write({"event": "attempt", **asdict(attempt), "words": attempt.words})

    def result(self, data: Mapping[str, Any]) -> None:
        """Tell what was made."""
        self._write({"event": "done", **data})

    def fault(self, fault: Fault, understanding: Understanding | None) -> None:
        """Tell why nothing was made."""
        extra = {"understanding": asdict(understanding)} if understanding else {}
        self._write({"event": "failed", "fault": asdict(fault), **extra})

    @staticmethod
    def _write(data: Mapping[str, Any]) -> None:
        print(json.dumps(data, ensure_ascii=False, default=str), flush=True)


class Terminal:
    """A progress bar on standard error, the made files on standard output."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._task: TaskID = progress.add_task("Reading the prompt", total=None)

    def event(self, event: Event) -> None:
        """Move the bar, or say which scene could not be made."""
        if event.kind == "stage":
            self._progress.update(self._task, description=STAGE_WORDS[event.data["stage"]])
        elif event.kind == "progress":
            self._progress.update(
                self._task,
                completed=event.data["frames_done"],
                total=event.data["frames_total"],
                description=f"Scene {event.data['scene_number']} of {event.data['scenes']}",
            )
        elif event.kind == "scene" and event.data["fault"]:
            fault = event.data["fault"]
            self._progress.console.print(f"[red]{event.data['title']}:[/red] {fault['message']} {fault['hint']}")

    def understood(self, understanding: Understanding) -> None:
        """Say which template was taken, how sure, and what was read from the words."""
        print_line = self._progress.console.print
        print_line(f"{understanding.title} (confidence {min(understanding.confidence, 0.99):.0%})", highlight=False)
        for sentence in understanding.understood:
            print_line(f"  {sentence}", highlight=False)

    def attempt(self, attempt: Attempt) -> None:
        """Say what the model tried and what came of it."""
        about = f"{attempt.title}: " if attempt.title else ""
        self._progress.console.print(f"{about}{attempt.words} {attempt.detail}".rstrip(), highlight=False, markup=False)

    def result(self, data: Mapping[str, Any]) -> None:
        """Print the path of each file."""
        self._progress.stop()
        for name in ("video", "script", "captions", "poster"):
            print(data[name])

    def fault(self, fault: Fault, understanding: Understanding | None) -> None:
        """Say what is wrong and what to do."""
        self._progress.stop()
        place = f" (line {fault.line})" if fault.line else ""
        print(f"{fault.message}{place} {fault.hint}".strip(), file=sys.stderr)
        if understanding and understanding.rewrite:
            print(f"  instead: {understanding.rewrite}", file=sys.stderr)
        for choice in understanding.alternatives if understanding else ():
            print(f"  --template {choice.template}: {choice.title}", file=sys.stderr)


@contextmanager
def reporter(*, as_json: bool) -> Iterator[Reporter]:
    """Yield the reporter for people or for programs."""
    if as_json:
        yield JsonLines()
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        yield Terminal(progress)


@contextmanager
def renderer() -> Iterator[Renderer]:
    """Yield the renderer of commands; its daemon ends with it."""
    found = Renderer(Path(settings.RUN_DIR))
    try:
        yield found
    finally:
        found.close()


def make(made_from: drafting.Draft, *, quality: Quality, out: Path, tell: Reporter) -> None:
    """Produce the animation and report its files. Raises EngineError."""
    cache = SceneCache(Path(settings.SCENE_CACHE_DIR))
    with renderer() as drawing:
        made = pipeline.produce(made_from, quality=quality, out=out, renderer=drawing, cache=cache, on_event=tell.event)
    tell.result(
        {
            "video": str(made.video),
            "script": str(made.script),
            "captions": str(made.captions),
            "poster": str(made.poster),
            "seconds": made.seconds,
            "scenes": [asdict(scene) for scene in made.scenes],
        }
    )


def exit_with(error: EngineError, tell: Reporter) -> None:
    """Report the error and end the command with EXIT_REFUSED."""
    tell.fault(error.fault, error.understanding if isinstance(error, NotServed) else None)
    raise SystemExit(EXIT_REFUSED)

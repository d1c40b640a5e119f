"""Runs converted scenes in the jail without drawing them, and looks at where things end up on the screen."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from generation.engine.apiindex.index import MANIM_VERSION
from generation.engine.errors import EngineFault
from generation.engine.render.client import Renderer
from generation.engine.types import Limits
from training.errors import TrainingFault
from training.journal import Journal

FORMAT = "manim-runs-1"
LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Verified:
    """What a dry run said. `layout` holds the codes of what the probe found, once for each finding."""

    key: str
    runs: bool
    plays: int
    seconds: float
    layout: tuple[str, ...]
    fault: str = ""
    message: str = ""
    line: int | None = None


def key_of(source: str, scene: str) -> str:
    """The name of a run: the same code, scene and Manim give the same facts."""
    return hashlib.sha256("\0".join([MANIM_VERSION, scene, source]).encode()).hexdigest()


class Verifier:
    """Runs scenes, several at a time, and keeps what came of each in a file, so that no run is made twice."""

    def __init__(self, renderer: Renderer, kept: Path, *, parallel: int = 2) -> None:
        self._renderer = renderer
        self._parallel = parallel
        self._journal = Journal(kept, {"format": FORMAT, "manim": MANIM_VERSION})
        self._known = {row["key"]: _verified(row) for row in self._journal.rows}
        self._lock = threading.Lock()

    def __enter__(self) -> Verifier:
        return self

    def __exit__(self, *_: object) -> None:
        self._journal.__exit__(None, None, None)

    def known(self, source: str, scene: str) -> Verified | None:
        """What is known of a scene without running it."""
        return self._known.get(key_of(source, scene))

    def run(self, source: str, scene: str) -> Verified:
        """Run a scene, or tell what came of it before. Raises EngineFault where our side fails: no fact about it."""
        key = key_of(source, scene)
        with self._lock:
            if key in self._known:
                return self._known[key]
        report = self._renderer.check(source, scene, limits=LIMITS)
        fault = report.fault
        found = Verified(
            key=key,
            runs=fault is None,
            plays=len(report.plays),
            seconds=round(report.seconds, 2),
            layout=tuple(each.code for each in report.layout),
            fault=fault.code if fault else "",
            message=fault.message[:300] if fault else "",
            line=fault.line if fault else None,
        )
        with self._lock:
            self._known[key] = found
            self._journal.add(asdict(found))
        return found

    def run_all(
        self, scenes: Iterable[tuple[str, str]], told: Callable[[], None] = lambda: None
    ) -> Mapping[tuple[str, str], Verified]:
        """Run many. Raises TrainingFault when the jail or the renderer is out of order."""
        wanted: Sequence[tuple[str, str]] = list(dict.fromkeys(scenes))
        found: dict[tuple[str, str], Verified] = {}
        with ThreadPoolExecutor(self._parallel, "verify") as workers:
            running = {workers.submit(self.run, source, scene): (source, scene) for source, scene in wanted}
            try:
                for done in as_completed(running):
                    found[running[done]] = done.result()
                    told()
            except EngineFault as error:
                raise TrainingFault(f"Scenes can't be run: {error.fault.message}", error.fault.hint) from error
            finally:
                for each in running:
                    each.cancel()
        return found


def _verified(row: Mapping[str, Any]) -> Verified:
    return Verified(**{**row, "layout": tuple(row["layout"])})

"""The two sides of every comparison: the plain `manim` command, and our renderer with a warm daemon."""

from __future__ import annotations

import contextlib
import inspect
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from generation.engine import policy, types
from generation.engine.render import Renderer
from generation.engine.types import Quality
from tests.benchmarks.meters import CpuMeter, PeakMemory
from tests.benchmarks.repertoire import Scene
from tests.render.processes import daemon_pid
from tests.render.scenes import SQUARE

SETTLE = 0.3  # seconds after which the processes of a finished job are accounted for


class BenchFailed(Exception):
    """A side did not do what it was measured for."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One run: seconds of wall and CPU, seconds to the first picture, bytes of memory and of the video."""

    wall: float
    cpu: float
    first: float | None = None
    memory: int | None = None
    size: int | None = None

    def facts(self) -> dict[str, float | int | None]:
        """The numbers, rounded, for a report."""
        return {key: round(value, 4) if isinstance(value, float) else value for key, value in asdict(self).items()}


def plain(scene: Scene, quality: Quality, folder: Path, *options: str, fails: bool = False) -> Sample:
    """Run the `manim` command with an empty media folder. Raises BenchFailed where its outcome is not the expected."""
    with tempfile.TemporaryDirectory(dir=folder) as place:
        script = Path(place) / "scene.py"
        script.write_text(scene.source)
        command = [sys.executable, "-m", "manim", f"-q{quality}", "--media_dir", place, "--progress_bar", "none"]
        with (Path(place) / "log").open("wb") as log:
            began = time.monotonic()
            process = subprocess.Popen([*command, *options, str(script), scene.cls], stdout=log, stderr=log, cwd=place)
            _, status, used = os.wait4(process.pid, 0)
            wall = time.monotonic() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        if (process.returncode != 0) != fails:
            raise BenchFailed(f"manim {scene.name}: {(Path(place) / 'log').read_text()[-2000:]}")
        videos = [path for path in Path(place).rglob("*.mp4") if "partial_movie_files" not in path.parts]
        size = videos[0].stat().st_size if videos else None
    return Sample(wall, used.ru_utime + used.ru_stime, None, used.ru_maxrss * 1024, size)


class Ours:
    """A renderer with a warm daemon of its own and a fresh cache of formulas."""

    def __init__(self, folder: Path) -> None:
        self.renderer = Renderer(folder)
        self.renderer.check(SQUARE, "Square1")  # starts the daemon; it keeps no formula
        self.pid = daemon_pid(folder)
        self.meter = CpuMeter(self.pid)

    def close(self) -> None:
        """End the daemon."""
        self.renderer.close()
        self.meter.close()

    def render(self, scene: Scene, quality: Quality, out: Path, purpose: str | None = None) -> Sample:
        """The whole job: code policy, jail, drawing, encoding, previews. Raises BenchFailed."""
        first: list[float] = []
        with self._measured() as took:
            if not policy.check(scene.source).allowed:
                raise BenchFailed(f"{scene.name}: refused by the code policy: {policy.check(scene.source)}")
            report = self.renderer.render(
                scene.source,
                scene.cls,
                quality=quality,
                out=out,
                on_preview=lambda *_: first.append(time.monotonic() - took["began"]),
                **_purposed(purpose),
            )
        if report.fault is not None:
            raise BenchFailed(f"{scene.name}: {report.fault}")
        return Sample(took["wall"], took["cpu"], first[0], None, out.stat().st_size)

    def check(self, scene: Scene, *, fault: str | None = None) -> Sample:
        """Policy and a run without drawing, which finds `fault`. Raises BenchFailed where it finds another.

        What the policy says does not end it: the policy alone would find a name that is nowhere defined.
        """
        with self._measured() as took:
            policy.check(scene.source)
            report = self.renderer.check(scene.source, scene.cls)
        found = report.fault.code if report.fault else None
        if found != fault:
            raise BenchFailed(f"{scene.name}: the check found {found}, not {fault}")
        return Sample(took["wall"], took["cpu"])

    def peak_memory(self, scene: Scene, quality: Quality, out: Path, purpose: str | None = None) -> int:
        """Render once more, untimed, and return the most bytes that daemon, TeX server and job held together."""
        with PeakMemory(self.pid) as memory:
            self.render(scene, quality, out, purpose)
        return memory.bytes

    @contextlib.contextmanager
    def _measured(self) -> Iterator[dict[str, float]]:
        """Measure what happens in the context: wall, and CPU of this process, the daemon and everything below it."""
        cpu = self.meter.seconds() + time.process_time()
        took = {"began": time.monotonic()}
        yield took
        took["wall"] = time.monotonic() - took["began"]
        mine = time.process_time()
        time.sleep(SETTLE)
        took["cpu"] = self.meter.seconds() + mine - cpu


def purposes() -> dict[str, str]:
    """Presets by which a video can be encoded, and the purpose that asks for each; empty where there is no choice."""
    if "purpose" not in inspect.signature(Renderer.render).parameters:
        return {}
    return {"superfast": "EXPORT", "ultrafast": "PREVIEW"}


def _purposed(purpose: str | None) -> dict[str, Any]:
    if purpose is None:
        return {}
    return {"purpose": getattr(types, "Purpose")[purpose]}  # noqa: B009 - older engines have none

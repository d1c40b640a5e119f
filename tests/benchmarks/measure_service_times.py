"""How long a worker's core is busy with one job: every library template, rendered for real.

Run it on a machine with nothing else to do: `python -m tests.benchmarks.measure_service_times`. It makes
each template as a first job (no scene kept) and then turns one knob (the other scenes kept), and writes CPU seconds,
wall seconds and bytes per job to `service_times.json`. CPU seconds, with those of the renderer's children, hardly
depend on what else the machine does, so they are what the queue's simulation takes as service times of one core.
"""

from __future__ import annotations

import datetime
import json
import os
import platform
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from generation.engine import drafting, pipeline
from generation.engine.cache import SceneCache
from generation.engine.errors import RequestFault
from generation.engine.library import catalogue
from generation.engine.render.client import Renderer
from generation.engine.types import Knob, Quality
from tests.library.knob_settings import drawn
from tests.render.processes import daemon_pid

RESULT = Path(__file__).with_name("service_times.json")
TICKS = os.sysconf("SC_CLK_TCK")
# How many templates are made in each quality: the long ones are few.
SAMPLES = {Quality.LOW: 17, Quality.MEDIUM: 6, Quality.HIGH: 3}


@dataclass(frozen=True, slots=True)
class Measured:
    """One job: CPU and wall seconds, seconds of video, bytes of its files."""

    template: str
    kind: str
    quality: str
    cpu: float
    wall: float
    video_seconds: float
    bytes: int


def cpu_seconds(run_dir: Path) -> float:
    """CPU seconds used so far by this process, the render daemon and all their ended children."""
    fields = Path(f"/proc/{daemon_pid(run_dir)}/stat").read_text().rpartition(")")[2].split()
    return sum(os.times()[:4]) + sum(int(ticks) for ticks in fields[11:15]) / TICKS


def turned(knob: Knob) -> Knob:
    """The knob with another value, always the same one."""
    chance = random.Random(knob.name)
    values = (drawn(knob, chance) for _try in range(20))
    return Knob(**asdict(knob) | {"value": next(value for value in values if value != knob.value)})


def measure(slug: str, quality: Quality, renderer: Renderer, run_dir: Path, folder: Path) -> Iterator[Measured]:
    """The template's first job, then a turn of its first knob."""
    cache = SceneCache(folder / "scenes")
    first = catalogue.templates()[slug]
    values = {knob.name: turned(knob).value for knob in first.knobs[:1]}
    for kind, asked in (("generate", {}), ("knobs", values)):
        draft = drafting.draft_template(slug, asked)
        cpu, began = cpu_seconds(run_dir), time.monotonic()
        try:
            made = pipeline.produce(draft, quality=quality, out=folder / kind, renderer=renderer, cache=cache)
        except RequestFault:
            return  # the turned knob does not fit the others
        wall = time.monotonic() - began
        time.sleep(0.3)  # the last check's keeper is accounted for once it is buried
        size = sum(file.stat().st_size for file in (made.video, made.poster, made.captions, made.script))
        spent = cpu_seconds(run_dir) - cpu
        yield Measured(slug, kind, quality.value, round(spent, 2), round(wall, 2), round(made.seconds, 1), size)


def main() -> None:
    """Measure and write the file."""
    slugs = sorted(catalogue.templates())
    jobs: list[Measured] = []
    with tempfile.TemporaryDirectory() as place:
        run_dir = Path(place) / "run"
        renderer = Renderer(run_dir)
        try:
            warm = drafting.draft_template(slugs[0], {})  # the daemon, fonts and formulas
            cache = SceneCache(Path(place) / "warm")
            pipeline.produce(warm, quality=Quality.LOW, out=Path(place) / "out", renderer=renderer, cache=cache)
            for quality, count in SAMPLES.items():
                for slug in slugs[:: max(1, len(slugs) // count)][:count]:
                    with tempfile.TemporaryDirectory() as folder:
                        jobs += measure(slug, quality, renderer, run_dir, Path(folder))
                    print(*jobs[-2:], file=sys.stderr, flush=True)  # noqa: T201 - it takes minutes
        finally:
            renderer.close()
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=True)
    source = {
        "command": "python -m tests.benchmarks.measure_service_times",
        "commit": commit.stdout.strip(),
        "date": datetime.datetime.now(tz=datetime.UTC).date().isoformat(),
        "machine": f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}",
        "load_average_at_end": round(os.getloadavg()[0], 1),
    }
    RESULT.write_text(json.dumps({"source": source, "jobs": [asdict(job) for job in jobs]}, indent=1) + "\n")


if __name__ == "__main__":
    main()

"""What it costs a render to be watched: previews and segments made, sent and kept in the cache, against none.

Run it as `python -m tests.benchmarks.bench_watching [pairs]`. It prints one JSON object. Each pair renders the scene
unwatched and watched, in turns that change sides. Told are the ratios of the least of each side, and the median of the
pairs' ratios. Only ratios mean anything, and on a busy machine only those of CPU seconds.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from uuid import uuid4

import django
from django.core.cache import cache

from generation.engine.render import Renderer
from generation.engine.types import Quality
from tests.benchmarks.bench_render import daemon_cpu
from tests.render.scenes import LONG, SPACE, UPDATERS

SCENES = {
    "Long": LONG.replace("range(100)", "range(20)"),
    "Updaters": UPDATERS.replace("run_time=1.2", "run_time=20"),
    "Space": SPACE.replace("self.wait(0.6)", "self.wait(8)"),
}
QUALITIES = {"l": Quality.LOW, "h": Quality.HIGH}


def render(renderer: Renderer, folder: Path, name: str, quality: Quality, *, watched: bool) -> tuple[float, float]:
    """Wall and CPU seconds of one render: the daemon's tree and this process, which stands for the worker."""
    from generation import previews
    from generation.film import Film

    job = uuid4()
    film = Film(job, 1)
    ours, cpu, began = sum(os.times()[:2]), daemon_cpu(folder / "run"), time.monotonic()
    report = renderer.render(
        SCENES[name],
        name,
        quality=quality,
        out=folder / "x.mp4",
        on_preview=(lambda scene, jpeg: previews.store(job, previews.Preview("1", scene, jpeg))) if watched else None,
        on_segment=film.add if watched else None,
    )
    wall = time.monotonic() - began
    assert report.fault is None
    time.sleep(0.2)  # the keeper is accounted for once it is buried
    spent = daemon_cpu(folder / "run") - cpu + sum(os.times()[:2]) - ours
    film.forget()
    return wall, spent


def compare(renderer: Renderer, folder: Path, name: str, quality: Quality, pairs: int) -> dict[str, float]:
    """Ratios of both sides (above 1: watching costs), and the least seconds of a render that nobody watches."""
    runs: dict[bool, list[tuple[float, float]]] = {False: [], True: []}
    for pair in range(pairs):
        for watched in (pair % 2 == 0, pair % 2 == 1):
            runs[watched].append(render(renderer, folder, name, quality, watched=watched))
    wall, cpu = ({side: min(run[part] for run in runs[side]) for side in runs} for part in (0, 1))
    return {
        "wall_ratio": round(wall[True] / wall[False], 3),
        "cpu_ratio": round(cpu[True] / cpu[False], 3),
        "median_cpu_ratio": round(median(on[1] / off[1] for off, on in zip(*runs.values(), strict=True)), 3),
        "seconds": round(wall[False], 2),
        "cpu_seconds": round(cpu[False], 2),
    }


def main() -> None:
    """Print the comparison."""
    pairs = int(sys.argv[1]) if len(sys.argv) > 1 else 6
    chosen = sys.argv[2:] or [f"{name}-{letter}" for name in SCENES for letter in QUALITIES]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "platform"))
    django.setup()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        renderer = Renderer(folder / "run")
        renderer.check(SCENES["Long"], "Long")  # start the daemon
        found = {}
        for label in chosen:
            scene, _, letter = label.partition("-")
            found[label] = compare(renderer, folder, scene, QUALITIES[letter], pairs)
        renderer.close()
    cache.clear()
    sys.stdout.write(json.dumps({"watching": found, "cores": os.cpu_count(), "load": os.getloadavg()}, indent=2) + "\n")


if __name__ == "__main__":
    main()

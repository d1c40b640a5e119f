"""How much faster a scene is through the render daemon than through plain `manim -ql`, in one run, side by side.

Run it as `python -m tests.benchmarks.bench_render [rounds]`. It prints one JSON object. Only the ratios mean anything:
seconds depend on the machine and on what else runs. Each round takes both sides in turn; the best of each counts.
`first_job_ratio` is the first round alone, check and render together: no formula of the scene is kept from before.
"""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from generation.engine.render import Renderer
from generation.engine.types import Quality
from tests.render.processes import daemon_pid
from tests.render.scenes import CAMERA, FORMULAS, MANY, SPACE, TEXT, UPDATERS

SCENES = {
    "Words": TEXT,
    "Formulas": FORMULAS,
    "Updaters": UPDATERS,
    "Camera1": CAMERA,
    "Space": SPACE,
    "Many": MANY,
}
TICKS = os.sysconf("SC_CLK_TCK")


def plain(folder: Path, name: str, source: str, *options: str) -> tuple[float, float]:
    """Wall and CPU seconds of the `manim` command with a media folder of its own."""
    with tempfile.TemporaryDirectory(dir=folder) as media:
        script = Path(media) / "scene.py"
        script.write_text(source)
        command = [sys.executable, "-m", "manim", "-ql", "--media_dir", media, *options, str(script), name]
        return measured(lambda: subprocess.run(command, check=True, capture_output=True))


def measured(act: Callable[[], object]) -> tuple[float, float]:
    """Wall and CPU seconds of `act`, children included."""
    before, began = os.times(), time.monotonic()
    act()
    after = os.times()
    cpu = sum(after[:4]) - sum(before[:4])
    return time.monotonic() - began, cpu


def daemon_cpu(run_dir: Path) -> float:
    """CPU seconds of the daemon and of all its ended children, the TeX server's own left out."""
    fields = Path(f"/proc/{daemon_pid(run_dir)}/stat").read_text().rpartition(")")[2].split()
    return sum(int(ticks) for ticks in fields[11:15]) / TICKS


def ours(renderer: Renderer, run_dir: Path, out: Path, name: str, source: str) -> dict[str, float]:
    """Seconds of a check and of a whole render; when the first preview arrived."""
    first: list[float] = []
    began = time.monotonic()
    assert renderer.check(source, name).fault is None
    check = time.monotonic() - began
    time.sleep(0.2)  # the check's keeper is accounted for once it is buried
    cpu, began = daemon_cpu(run_dir), time.monotonic()
    report = renderer.render(
        source, name, quality=Quality.LOW, out=out, on_preview=lambda *_: first.append(time.monotonic() - began)
    )
    wall = time.monotonic() - began
    assert report.fault is None
    time.sleep(0.2)
    return {"wall": wall, "cpu": daemon_cpu(run_dir) - cpu, "first": first[0], "check": check}


def bench(name: str, source: str, rounds: int, renderer: Renderer, folder: Path) -> dict[str, float]:
    """Best of both sides over `rounds` rounds, as ratios (above 1: we are faster) and our seconds."""
    theirs, dry, mine = [], [], []
    for _ in range(rounds):
        theirs.append(plain(folder, name, source))
        mine.append(ours(renderer, folder / "run", folder / "x.mp4", name, source))
        dry.append(plain(folder, name, source, "--dry_run"))
    best = {key: min(run[key] for run in mine) for key in mine[0]}
    wall, cpu = min(run[0] for run in theirs), min(run[1] for run in theirs)
    return {
        "wall_ratio": round(wall / best["wall"], 2),
        "cpu_ratio": round(cpu / best["cpu"], 2),
        "first_preview_ratio": round(wall / best["first"], 2),
        "first_job_ratio": round(theirs[0][0] / (mine[0]["check"] + mine[0]["wall"]), 2),
        "check_ratio": round(min(run[0] for run in dry) / best["check"], 2),
        "seconds": round(best["wall"], 3),
        "first_preview_seconds": round(best["first"], 3),
        "check_seconds": round(best["check"], 3),
        "plain_seconds": round(wall, 3),
    }


def main() -> None:
    """Print the comparison."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 2
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        renderer = Renderer(folder / "run")
        renderer.check(TEXT, "Words")  # start the daemon
        scenes = {name: bench(name, source, rounds, renderer, folder) for name, source in SCENES.items()}
        renderer.close()
    means = {
        key: round(math.exp(sum(math.log(scene[key]) for scene in scenes.values()) / len(scenes)), 2)
        for key in ("wall_ratio", "cpu_ratio", "first_preview_ratio", "first_job_ratio", "check_ratio")
    }
    report = {"geometric_means": means, "scenes": scenes, "cores": os.cpu_count(), "load": os.getloadavg()}
    sys.stdout.write(json.dumps(report, indent=2) + "\n")


if __name__ == "__main__":
    main()

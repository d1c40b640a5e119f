"""How soon a teacher sees something: first preview and whole animation against the plain `manim -ql` command.

Run it on a machine with nothing else to do: `python -m tests.benchmarks.bench_first_frame [ROUNDS] [PROMPT]`.
Both sides make the same animation in the same run, taking turns. Ours goes from the prompt through policy, jail and
checks to joined files, with a warm daemon, formulas kept and no rendered scene kept; plain Manim renders the exported
script in a fresh media folder. Prints JSON.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from generation.engine import drafting, pipeline
from generation.engine.cache import SceneCache
from generation.engine.render.client import Renderer
from generation.engine.types import Quality

PROMPT = "Show how a pendulum's period relates to its length"


def ours(renderer: Renderer, prompt: str, folder: Path) -> tuple[float, float, Path]:
    """Seconds to the first preview, seconds to the files, and the exported script."""
    started = time.monotonic()
    first: list[float] = []
    made = pipeline.produce(
        drafting.draft(prompt),
        quality=Quality.LOW,
        out=folder / "out",
        renderer=renderer,
        cache=SceneCache(folder / "scenes"),
        on_preview=lambda scene, jpeg: first.append(time.monotonic() - started),
    )
    return first[0], time.monotonic() - started, made.script


def plain(script: Path, folder: Path) -> float:
    """Seconds of the whole `manim -ql` command on the same animation."""
    started = time.monotonic()
    command = [sys.executable, "-m", "manim", "-ql", "--media_dir", str(folder / "media"), str(script)]
    subprocess.run(command, check=True, capture_output=True, cwd=folder)
    return time.monotonic() - started


def main(rounds: int, prompt: str) -> None:
    """Take turns and print medians and ratios."""
    firsts, wholes, plains = [], [], []
    with tempfile.TemporaryDirectory() as place:
        renderer = Renderer(Path(place) / "run")
        try:
            ours(renderer, prompt, Path(tempfile.mkdtemp(dir=place)))  # warms the daemon and the formulas
            for _ in range(rounds):
                folder = Path(tempfile.mkdtemp(dir=place))
                first, whole, script = ours(renderer, prompt, folder)
                firsts.append(first)
                wholes.append(whole)
                plains.append(plain(script, folder))
        finally:
            renderer.close()
    first, whole, baseline = map(statistics.median, (firsts, wholes, plains))
    report = {
        "prompt": prompt,
        "rounds": rounds,
        "load_average": os.getloadavg()[0],
        "first_preview_seconds": round(first, 2),
        "whole_seconds": round(whole, 2),
        "plain_manim_seconds": round(baseline, 2),
        "plain_run_over_first_preview": round(baseline / first, 1),
        "plain_run_over_whole": round(baseline / whole, 2),
    }
    print(json.dumps(report, indent=2))  # noqa: T201 - that is what it is for


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3, sys.argv[2] if len(sys.argv) > 2 else PROMPT)

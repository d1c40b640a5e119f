"""What is around one render, measured: checks, overhead of a job, knob turns, caches, two jobs at once."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from generation.engine import drafting, pipeline, policy
from generation.engine.cache import SceneCache
from generation.engine.render.client import ENVIRONMENT
from generation.engine.types import Quality
from tests.benchmarks import arms, inside
from tests.benchmarks.arms import Ours
from tests.benchmarks.repertoire import ERROR, Scene, load

ROOT = Path(__file__).resolve().parents[2]
SMALL = Scene("small", inside.SMALL, "Small")
PART = """

class Part{number}(Scene):
    def construct(self):
        words = Text("Part {number}", font_size=48).to_edge(UP)
        row = VGroup(*[Square(0.7, fill_opacity=0.6, color=BLUE) for _ in range(count{number})]).arrange(RIGHT)
        self.play(Write(words), run_time=1)
        self.play(LaggedStart(*[GrowFromCenter(square) for square in row], lag_ratio=0.2), run_time=1.5)
        self.play(Rotate(row, PI), run_time=1.5)
        self.wait(1)
"""
FOUR = "from manim import *\nfrom theorama_kit import *\n\n" + "".join(
    [f'count{n} = knob({n + 2}, label="Squares in part {n}", minimum=1, maximum=9)\n' for n in range(1, 5)]
    + [PART.format(number=n) for n in range(1, 5)]
)


def check_against_dry_run(ours: Ours, scene: Scene, folder: Path) -> dict[str, Any]:
    """CPU of the command's `--dry_run` over that of our check."""
    fault = "name_error" if scene.name == ERROR else None
    dry = arms.plain(scene, Quality.LOW, folder, "--dry_run", fails=fault is not None)
    ours.check(scene, fault=fault)  # keeps the formulas
    check = ours.check(scene, fault=fault)
    return {"dry_run": dry.facts(), "check": check.facts(), "cpu_ratio": dry.cpu / check.cpu}


def overhead(ours: Ours, rounds: int, names: tuple[str, ...]) -> dict[str, Any]:
    """Milliseconds of policy, jail and fork for a job; cost of an encoder outside, and of previews, as ratios."""
    command = [sys.executable, "-m", "tests.benchmarks.inside", str(rounds), *names]
    run = subprocess.run(command, check=True, cwd=ROOT, env=ENVIRONMENT, stdout=subprocess.PIPE)
    measured = json.loads(run.stdout)
    checks = [1000 * _seconds(lambda: ours.renderer.check(SMALL.source, SMALL.cls)) for _ in range(inside.REPEATS)]
    policies = [1000 * _seconds(partial(policy.check, f"{FOUR}# {number}\n")) for number in range(inside.REPEATS)]
    jail = statistics.median(checks) - statistics.median(measured["unjailed_ms"])
    pairs = [pair for pairs in measured["pairs"].values() for pair in pairs]
    return {
        "jail_and_fork_ms": jail,
        "policy_ms": statistics.median(policies),
        "overhead_ms": jail + statistics.median(policies),
        "encoder_outside_over_inside": statistics.median(p["outside"][0] / p["inside"][0] for p in pairs),
        "previews_over_none": statistics.median(p["watched"][0] / p["outside"][0] for p in pairs),
        "previews_over_none_cpu": statistics.median(p["watched"][1] / p["outside"][1] for p in pairs),
        "pairs": measured["pairs"],
    }


def knob_turn(ours: Ours, folder: Path) -> dict[str, float]:
    """Four scenes: seconds of the first render, of one knob turned, of the same request again."""
    made_from = drafting.draft_source(FOUR, title="Four parts")
    turned = drafting.redraft(FOUR, made_from.storyboard, {"count2": 7}, title="Four parts")
    cache = SceneCache(Path(tempfile.mkdtemp(dir=folder)))

    def produce(wanted: drafting.Draft) -> float:
        out = Path(tempfile.mkdtemp(dir=folder))
        return _seconds(
            lambda: pipeline.produce(wanted, quality=Quality.LOW, out=out, renderer=ours.renderer, cache=cache)
        )

    first, turn = produce(made_from), produce(turned)
    again = min(produce(turned) for _ in range(3))
    return {"first": first, "turned": turn, "turned_over_first": turn / first, "same_again_ms": 1000 * again}


def two_at_once(ours: Ours, names: tuple[str, ...], folder: Path) -> dict[str, float]:
    """Throughput of two jobs at a time over that of one, each scene drawn twice."""
    scenes = [load(name) for name in names for _ in range(2)]

    def draw(number: int) -> None:
        scene, out = scenes[number], folder / f"job{number}.mp4"
        report = ours.renderer.render(scene.source, scene.cls, quality=Quality.LOW, out=out)
        if report.fault is not None:
            raise arms.BenchFailed(f"{scene.name}: {report.fault}")

    def at_a_time(jobs: int) -> float:
        with ThreadPoolExecutor(jobs) as pool:
            return _seconds(lambda: list(pool.map(draw, range(len(scenes)))))

    one, two = at_a_time(1), at_a_time(2)
    return {"one": one, "two": two, "throughput": one / two}


def _seconds(act: Callable[[], object]) -> float:
    began = time.monotonic()
    act()
    return time.monotonic() - began

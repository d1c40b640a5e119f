"""How much faster scenes are through our renderer than with the plain `manim` command, side by side in one run.

`make bench`, or `python -m tests.benchmarks.bench_render [--quick] [--scenes a,b] [--qualities lmh] [--rounds N]
[--only-renders]`.
What the numbers mean: docs/benchmarks/README.md. Ends with 1 if a render failed or pictures differ, whatever the
numbers are.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from generation.engine.types import Quality
from tests.benchmarks import arms, compare, extras, plot, repertoire
from tests.benchmarks.arms import Ours
from tests.benchmarks.bars import Bar, bars

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = {Quality.LOW: 3, Quality.MEDIUM: 2, Quality.HIGH: 1}
AT_ONCE = ("text_and_shapes", "hundred_dots", "sorting_bars")
WITHOUT_FORMULAS = ("text_and_shapes", "hundred_dots")


def options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="five scenes, -ql, one round; about two minutes")
    parser.add_argument("--scenes", help="names, with commas between them")
    parser.add_argument("--qualities", help="some of lmh")
    parser.add_argument("--rounds", type=int, help="pairs per scene; by default 3 at -ql, 2 at -qm, 1 at -qh")
    parser.add_argument("--only-renders", action="store_true", help="no checks, overhead, knob turns, jobs at once")
    parser.add_argument("--date", default=datetime.now(UTC).date().isoformat(), help="written into the report")
    parser.add_argument("--out", type=Path, help="folder of render.json and render.svg")
    chosen = parser.parse_args()
    chosen.scenes = (
        chosen.scenes.split(",") if chosen.scenes else repertoire.QUICK if chosen.quick else repertoire.NAMES
    )
    chosen.qualities = [Quality(letter) for letter in chosen.qualities or ("l" if chosen.quick else "lmh")]
    chosen.out = chosen.out or ROOT / ("var/benchmarks" if chosen.quick else "docs/benchmarks")
    return chosen


def environment(date: str) -> dict[str, Any]:
    """What the numbers depend on."""
    model = next((line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")), "")
    names = ("manim", "av", "numpy", "scipy", "pycairo", "ManimPango", "Pillow")
    return {
        "date": date,
        "cpu": model.partition(":")[2].strip(),
        "cores": os.cpu_count(),
        "load_average_before": os.getloadavg(),
        "python": platform.python_version(),
        "system": platform.platform(),
        "versions": {name: version(name) for name in names},
        "presets": {quality.value: compare.PRESETS[quality] for quality in Quality} if arms.purposes() else "superfast",
    }


class Bench:
    """One run; what fails is noted, and the rest goes on."""

    def __init__(self, chosen: argparse.Namespace, folder: Path) -> None:
        self.failures: list[str] = []
        self.results: list[dict[str, Any]] = []
        self.extras: dict[str, Any] = {}
        self._chosen, self._folder = chosen, folder
        self._ours = Ours(folder / "run")
        self._scenes = [repertoire.load(name) for name in chosen.scenes]
        self._began = time.monotonic()

    def close(self) -> None:
        self._ours.close()

    @property
    def cpu_exact(self) -> bool:
        """Whether the CPU seconds of our side miss nothing."""
        return self._ours.meter.exact

    def run(self) -> None:
        """Measure everything that was asked for."""
        for quality in self._chosen.qualities:
            for scene in self._scenes:
                if scene.name != repertoire.ERROR:
                    self._try(f"-q{quality} {scene.name}", lambda s=scene, q=quality: self._scene(s, q))
        if self._chosen.only_renders:
            return
        for scene in self._scenes:
            self._try(f"check {scene.name}", lambda s=scene: self._check(s))
        quick = self._chosen.quick
        for name, act in {
            "overhead": lambda: extras.overhead(self._ours, 1 if quick else 3, WITHOUT_FORMULAS[: 1 if quick else 2]),
            "knob": lambda: extras.knob_turn(self._ours, self._folder),
            "two_at_once": lambda: extras.two_at_once(self._ours, AT_ONCE[: 1 if quick else 3], self._folder),
        }.items():
            self._try(name, lambda n=name, a=act: self.extras.update({n: a()}))

    def _scene(self, scene: repertoire.Scene, quality: Quality) -> None:
        rounds = self._chosen.rounds or (1 if self._chosen.quick else ROUNDS[quality])
        result = compare.scene_at(scene, quality, rounds, self._ours, self._folder, limits=True)
        self.results.append(result)
        if not result.get("fidelity", {}).get("good", True):
            self.failures.append(f"-q{quality} {scene.name}: pictures differ: {result['fidelity']}")
        arms_told = ", ".join(f"{arm} {ratio['wall']:.2f}x" for arm, ratio in result["ratios"].items())
        least = result.get("fidelity", {}).get("ssim_least")
        self._say(
            f"   plain {result['seconds']['plain']:.2f} s; {arms_told}" + (f"; SSIM {least:.4f}" if least else "")
        )

    def _check(self, scene: repertoire.Scene) -> None:
        found = extras.check_against_dry_run(self._ours, scene, self._folder)
        self.extras.setdefault("checks", {})[scene.name] = found
        self._say(f"   dry run over check, CPU: {found['cpu_ratio']:.1f}x")

    def _try(self, what: str, act: Callable[[], object]) -> None:
        self._say(f"{time.monotonic() - self._began:5.0f} s  {what}")
        try:
            act()
        except Exception as error:  # one scene less; the run says so at its end
            detail = getattr(error, "stderr", None) or b""
            self.failures.append(f"{what}: {error!r} {detail[-1500:].decode(errors='replace')}")
            self._say(f"   FAILED: {error!r}")

    def _say(self, line: str) -> None:
        sys.stderr.write(line + "\n")


def report(bench: Bench, found: list[Bar], about: dict[str, Any]) -> dict[str, Any]:
    """Everything that was measured, for the JSON file."""
    return {
        "environment": {
            **about,
            "load_average_after": os.getloadavg(),
            "cpu_of_our_side_exact": bench.cpu_exact,
        },
        "bars": [{**asdict(bar), "reached": bar.reached} for bar in found],
        "scenes": bench.results,
        "extras": bench.extras,
        "failures": bench.failures,
    }


def main() -> int:
    """Measure, write, print."""
    chosen = options()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # ends the daemon and removes its folder on the way out
    about = environment(chosen.date)
    with tempfile.TemporaryDirectory() as name:
        bench = Bench(chosen, Path(name))
        try:
            bench.run()
        finally:
            bench.close()
    found = bars(bench.results, bench.extras)
    whole = report(bench, found, about)
    chosen.out.mkdir(parents=True, exist_ok=True)
    (chosen.out / "render.json").write_text(json.dumps(whole, indent=1) + "\n")
    (chosen.out / "render.svg").write_text(plot.svg(whole))
    load = " to ".join(f"{about_load[0]:.1f}" for about_load in (about["load_average_before"], os.getloadavg()))
    lines = [bar.line() for bar in found] + [
        f"load average {load} on {about['cores']} cores",
        f"{chosen.out}/render.json",
    ]
    sys.stdout.write("\n".join(lines + [f"FAILED {failure}" for failure in bench.failures]) + "\n")
    return 1 if bench.failures else 0


if __name__ == "__main__":
    sys.exit(main())

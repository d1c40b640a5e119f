"""One scene at one quality: both sides in turn, the limits beside them, and whether the pictures are the same."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from generation.engine.types import Quality
from tests.benchmarks import arms, fidelity
from tests.benchmarks.arms import Ours, Sample
from tests.benchmarks.repertoire import Scene

ROOT = Path(__file__).resolve().parents[2]
# Drafts are drawn at -ql and made for speed; what is kept is made for its size too.
PRESETS = {Quality.LOW: ("ultrafast",), Quality.MEDIUM: ("superfast",), Quality.HIGH: ("superfast", "ultrafast")}
LONG = "lesson"  # the one scene whose frames are too many to look at each


def scene_at(scene: Scene, quality: Quality, rounds: int, ours: Ours, folder: Path, *, limits: bool) -> dict[str, Any]:
    """Measure one scene at one quality. Raises BenchFailed where a side fails."""
    purposes = arms.purposes()
    presets = {preset: purposes.get(preset) for preset in PRESETS[quality]}
    outs = {preset: folder / f"{preset}.mp4" for preset in presets}
    memory = max(ours.peak_memory(scene, quality, outs[preset], purpose) for preset, purpose in presets.items())
    taken: list[dict[str, Sample]] = []
    for number in range(rounds):
        turn: dict[str, Sample] = {}
        for arm in ["plain", *presets][:: 1 if number % 2 == 0 else -1]:
            turn[arm] = (
                arms.plain(scene, quality, folder)
                if arm == "plain"
                else ours.render(scene, quality, outs[arm], presets[arm])
            )
        if quality is Quality.LOW:
            turn["cold"] = _cold(scene, quality, folder, presets) if scene.formulas else turn["ultrafast"]
        taken.append(turn)
    result = _summary(scene, quality, taken)
    result["memory"] = {"plain": max(turn["plain"].memory or 0 for turn in taken), "ours": memory}
    if scene.name != LONG or quality is Quality.LOW:
        result["fidelity"] = _fidelity(scene, quality, outs, folder)
        if limits:
            result["limits"] = _limits(scene, quality, result["fidelity"]["frames_plain"], folder)
    return result


def _cold(scene: Scene, quality: Quality, folder: Path, presets: dict[str, str | None]) -> Sample:
    """Render with a warm daemon that has never set a formula."""
    with tempfile.TemporaryDirectory(dir=folder) as place:
        fresh = Ours(Path(place))
        try:
            return fresh.render(scene, quality, Path(place) / "out.mp4", next(iter(presets.values())))
        finally:
            fresh.close()


def _summary(scene: Scene, quality: Quality, taken: list[dict[str, Sample]]) -> dict[str, Any]:
    """Medians over the rounds: of the pairs' ratios (above 1: we are faster) and of our first pictures."""
    mine = [arm for arm in taken[0] if arm != "plain"]
    return {
        "scene": scene.name,
        "quality": quality.value,
        "ratios": {
            arm: {
                "wall": _median(turn["plain"].wall / turn[arm].wall for turn in taken),
                "cpu": _median(turn["plain"].cpu / turn[arm].cpu for turn in taken),
            }
            for arm in mine
        },
        "seconds": {arm: _median(turn[arm].wall for turn in taken) for arm in taken[0]},
        "first_frame": {arm: _median(turn[arm].first or 0.0 for turn in taken) for arm in mine},
        "bytes": {arm: taken[0][arm].size for arm in taken[0]},
        "rounds": [{arm: sample.facts() for arm, sample in turn.items()} for turn in taken],
    }


def _median(values: Iterable[float]) -> float:
    return round(statistics.median(values), 4)


def _fidelity(scene: Scene, quality: Quality, outs: dict[str, Path], folder: Path) -> dict[str, Any]:
    """The worst of the encoded files against lossless frames of plain Manim; at higher qualities of a part of them."""
    step = {Quality.LOW: 1, Quality.MEDIUM: 5, Quality.HIGH: 15}[quality] * (4 if scene.name == LONG else 1)
    with tempfile.TemporaryDirectory(dir=folder) as place:
        plain = fidelity.lossless(scene, quality, Path(place) / "plain", step)
        found = [fidelity.compare(out, plain, step) for out in outs.values()]
    worst = min(found, key=lambda one: (one.good, one.ssim_least))
    return {**asdict(worst), "good": worst.good}


def _limits(scene: Scene, quality: Quality, frames: int, folder: Path) -> dict[str, Any]:
    """Seconds that encoding and drawing alone would take for as many frames."""
    source = folder / "source.py"
    source.write_text(scene.source)
    command = [sys.executable, "-m", "tests.benchmarks.limits", str(source), scene.cls, quality, str(frames)]
    run = subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.PIPE)
    found = json.loads(run.stdout)
    encoding = {purpose: round(ms * frames / 1000, 4) for purpose, ms in found["encode_ms"].items()}
    return {**found, "encode_seconds": encoding, "raster_seconds": round(found["raster_ms"] * frames / 1000, 4)}

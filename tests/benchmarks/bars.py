"""The bars that the renderer is to reach on two cores, and how a run measures against them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.benchmarks.repertoire import SOLID

Result = Mapping[str, Any]  # one scene at one quality, as `compare.scene_at` gives it


@dataclass(frozen=True, slots=True)
class Bar:
    """A wanted value and the measured one; None where the run did not measure it."""

    name: str
    wanted: float
    unit: str
    at_least: bool
    value: float | None

    @property
    def reached(self) -> bool | None:
        if self.value is None:
            return None
        return self.value >= self.wanted if self.at_least else self.value <= self.wanted

    def line(self) -> str:
        sign = "at least" if self.at_least else "at most"
        found = "not measured" if self.value is None else f"{self.value:.3g} {self.unit}"
        verdict = {None: "", True: "reached", False: "MISSED"}[self.reached]
        return f"{self.name:58} {sign} {self.wanted:g} {self.unit:3}  {found:>14}  {verdict}".rstrip()


def geometric_mean(values: Iterable[float]) -> float | None:
    """The geometric mean; None of nothing."""
    logs = [math.log(value) for value in values]
    return math.exp(sum(logs) / len(logs)) if logs else None


def bars(results: list[Result], extras: Mapping[str, Any]) -> list[Bar]:
    """Hold a run against the bars. Geometric means are over the scenes that were measured."""

    def mean(quality: str, arm: str) -> float | None:
        return geometric_mean(_ratios(results, quality, arm))

    def firsts(arm: str) -> float | None:
        return geometric_mean(result["first_frame"][arm] for result in results if result["quality"] == "l")

    def extra(*path: str) -> float | None:
        value: Any = extras
        for key in path:
            value = value.get(key) if isinstance(value, Mapping) else None
        return value

    solid = [ratio for q, arm in _solid_arms(results) for ratio in _ratios(results, q, arm, lambda name: name == SOLID)]
    checks = geometric_mean(check["cpu_ratio"] for check in extras.get("checks", {}).values())
    return [
        Bar("-ql, formulas kept: plain over ours, wall", 7.5, "x", True, mean("l", "ultrafast")),
        Bar("-ql, no formula kept: plain over ours, wall", 5, "x", True, mean("l", "cold")),
        Bar("-qm, superfast: plain over ours, wall", 5, "x", True, mean("m", "superfast")),
        Bar("-qh, superfast: plain over ours, wall", 3.5, "x", True, mean("h", "superfast")),
        Bar("-qh, ultrafast: plain over ours, wall", 5, "x", True, mean("h", "ultrafast")),
        Bar("3D scene at its least favourable quality", 6, "x", True, min(solid, default=None)),
        Bar("check: CPU of --dry_run over ours", 20, "x", True, checks),
        Bar("first frame, -ql, formulas kept", 0.25, "s", False, firsts("ultrafast")),
        Bar("first frame, -ql, no formula kept", 0.5, "s", False, firsts("cold")),
        Bar("knob turned on one scene of four over first render", 0.35, "", False, extra("knob", "turned_over_first")),
        Bar("policy, jail and fork per job", 40, "ms", False, extra("overhead", "overhead_ms")),
        Bar("encoder outside the jail over inside", 1.15, "", False, extra("overhead", "encoder_outside_over_inside")),
        Bar("same request again", 50, "ms", False, extra("knob", "same_again_ms")),
        Bar("throughput of two jobs at once over one", 1.7, "x", True, extra("two_at_once", "throughput")),
        Bar("wall with previews over without", 1.03, "", False, extra("overhead", "previews_over_none")),
    ]


def _ratios(
    results: list[Result], quality: str, arm: str, wanted: Callable[[str], bool] = lambda name: True
) -> list[float]:
    return [r["ratios"][arm]["wall"] for r in results if r["quality"] == quality and wanted(r["scene"])]


def _solid_arms(results: list[Result]) -> list[tuple[str, str]]:
    """Qualities and arms of the 3D scene; a first render without kept formulas is the same there."""
    found = [(r["quality"], arm) for r in results if r["scene"] == SOLID for arm in r["ratios"] if arm != "cold"]
    return list(dict.fromkeys(found))

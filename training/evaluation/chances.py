"""render@k: how likely one of k answers is good, from n answers to each prompt, and how sure that is."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from generation.engine.scorecard.intervals import RESAMPLES, SEED
from generation.engine.scorecard.rows import Row

GOOD: Mapping[str, Callable[[Row], bool]] = {
    "first_try": lambda row: row.served and row.first_try,
    "after_repair": lambda row: row.served and row.runs,
    "as_asked": lambda row: row.as_asked,
}


@dataclass(frozen=True, slots=True)
class Chance:
    """A rate over `of` prompts with its bootstrap 95 % interval; prompts are drawn anew, not single answers."""

    rate: float | None
    low: float | None
    high: float | None
    of: int


def at_k(good: int, answers: int, k: int) -> float:
    """The unbiased estimate of Chen et al. (arXiv:2107.03374): one less the chance that k drawn answers are all bad."""
    if answers - good < k:
        return 1.0
    return 1.0 - math.comb(answers - good, k) / math.comb(answers, k)


def chance(rows: Iterable[Row], good: Callable[[Row], bool], k: int) -> Chance:
    """At k, over the prompts that have k judged answers or more."""
    outcomes: dict[str, list[bool]] = {}
    for row in rows:
        if row.judged:
            outcomes.setdefault(row.prompt.prompt, []).append(good(row))
    return mean([at_k(sum(each), len(each), k) for each in outcomes.values() if len(each) >= k])


def mean(values: Sequence[float]) -> Chance:
    """The mean of a value of each prompt, with its interval."""
    if not values:
        return Chance(None, None, None, 0)
    drawn = np.random.default_rng(SEED).choice(np.asarray(values), size=(RESAMPLES, len(values))).mean(axis=1)
    low, high = (float(each) for each in np.quantile(drawn, [0.025, 0.975]))
    return Chance(float(np.mean(values)), low, high, len(values))


def gain(rows: Iterable[Row]) -> Chance:
    """What repair adds: of each prompt, the share that runs in the end less the share that ran at first."""
    differences: dict[str, list[int]] = {}
    for row in rows:
        if row.judged and row.served:
            differences.setdefault(row.prompt.prompt, []).append(int(row.runs) - int(row.first_try))
    return mean([sum(each) / len(each) for each in differences.values()])

"""How sure a measured rate or time is."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

Z = 1.959963984540054  # of a two-sided interval that holds with 95 %
RESAMPLES = 2000
SEED = 20  # the same report from the same numbers


@dataclass(frozen=True, slots=True)
class Rate:
    """`count` successes `of` so many trials, with Wilson's 95 % interval. Of nothing there is no rate."""

    count: int
    of: int
    rate: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Spread:
    """Median and quartiles of times, with a bootstrap 95 % interval of the median."""

    of: int
    median: float | None
    lower_quartile: float | None
    upper_quartile: float | None
    low: float | None
    high: float | None


def rate(outcomes: Sequence[bool]) -> Rate:
    """The rate of successes; near 0 and 1 Wilson's interval stays honest where the normal one has no width."""
    count, of = sum(outcomes), len(outcomes)
    if not of:
        return Rate(0, 0, None, None, None)
    share, spread = count / of, Z * Z / of
    middle = (share + spread / 2) / (1 + spread)
    half = Z / (1 + spread) * math.sqrt(share * (1 - share) / of + spread / (4 * of))
    return Rate(count, of, share, max(0.0, middle - half), min(1.0, middle + half))


def spread(seconds: Sequence[float]) -> Spread:
    """Median, quartiles and the interval of the median; times are skewed, so no mean."""
    if not seconds:
        return Spread(0, None, None, None, None, None)
    values = np.asarray(seconds, dtype=float)
    lower, median, upper = (float(each) for each in np.quantile(values, [0.25, 0.5, 0.75]))
    drawn = np.random.default_rng(SEED).choice(values, size=(RESAMPLES, len(values)))
    low, high = (float(each) for each in np.quantile(np.median(drawn, axis=1), [0.025, 0.975]))
    return Spread(len(values), median, lower, upper, low, high)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two runs on the same prompts: how many only the first and only the second got right, of so many.

    `chance` is McNemar's exact probability of a difference at least as large where there is none; `low` and `high` are
    the bootstrap 95 % interval of the second rate less the first.
    """

    only_first: int
    only_second: int
    of: int
    difference: float | None
    low: float | None
    high: float | None
    chance: float | None


def pair(first: Sequence[bool], second: Sequence[bool]) -> Pair:
    """Compare outcomes of the same prompts."""
    changes = np.asarray(second, dtype=int) - np.asarray(first, dtype=int)
    lost, won, of = int((changes < 0).sum()), int((changes > 0).sum()), len(changes)
    if not of:
        return Pair(0, 0, 0, None, None, None, None)
    drawn = np.random.default_rng(SEED).choice(changes, size=(RESAMPLES, of)).mean(axis=1)
    low, high = (float(each) for each in np.quantile(drawn, [0.025, 0.975]))
    tail = sum(math.comb(lost + won, each) for each in range(min(lost, won) + 1)) / 2 ** (lost + won)
    return Pair(lost, won, of, float(changes.mean()), low, high, min(1.0, 2 * tail))

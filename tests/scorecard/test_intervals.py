"""Rates and times say how sure they are."""

import numpy as np
import pytest
from scipy import stats

from generation.engine.scorecard.intervals import rate, spread


@pytest.mark.parametrize(("count", "of"), [(0, 10), (1, 7), (5, 10), (149, 150), (150, 150)])
def test_a_rate_has_wilsons_interval(count, of):
    found = rate([True] * count + [False] * (of - count))

    expected = stats.binomtest(count, of).proportion_ci(method="wilson")
    assert (found.count, found.of, found.rate) == (count, of, count / of)
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high), abs=1e-12)


def test_of_nothing_there_is_no_rate_and_no_time():
    assert rate([]).rate is None
    assert spread([]).median is None


def test_times_have_median_and_quartiles():
    found = spread([1.0, 2.0, 3.0, 4.0, 100.0])

    assert (found.of, found.lower_quartile, found.median, found.upper_quartile) == (5, 2.0, 3.0, 4.0)


def test_the_interval_of_the_median_is_that_of_an_independent_bootstrap():
    values = np.random.default_rng(3).lognormal(size=60)

    found = spread(values.tolist())

    other = stats.bootstrap((values,), np.median, method="percentile", n_resamples=5000, rng=5).confidence_interval
    assert (found.low, found.high) == pytest.approx((other.low, other.high), rel=0.1)

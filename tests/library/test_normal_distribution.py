"""Areas, scores and shapes of statistics/normal_distribution agree with SciPy."""

import functools

import numpy as np
import pytest
from scipy import integrate, stats

CASES = [
    {},
    {"mean": -1000.0, "deviation": 500.0, "from_value": -5000.0, "to_value": 5000.0},
    {"mean": 1000.0, "deviation": 0.1, "from_value": 1000.3, "to_value": 999.9},
    {"mean": 170.0, "deviation": 7.0, "from_value": 160.0, "to_value": 180.0},
]


@pytest.fixture
def run(run_template):
    return functools.partial(run_template, "statistics/normal_distribution")


@pytest.mark.parametrize("values", CASES)
def test_the_area_between_two_values_is_the_one_of_scipy(run, values):
    names = run(**values)
    law = stats.norm(names["mean"], names["deviation"])
    low, high = sorted((names["from_value"], names["to_value"]))
    assert (names["LOW"], names["HIGH"]) == (low, high)
    assert names["between"](low, high) == pytest.approx(law.cdf(high) - law.cdf(low), abs=1e-12)
    assert names["below"](names["score"](low)) == pytest.approx(law.cdf(low), abs=1e-12)


def test_the_rule_says_68_95_and_99_point_7(run):
    names = run()
    texts = [names["percent_text"](names["within"](k)) for k in (1, 2, 3)]
    assert texts == ["68.3 %", "95.4 %", "99.7 %"]
    for k in (1, 2, 3):
        assert names["within"](k) == pytest.approx(1 - 2 * stats.norm.sf(k))
    assert 1 / (1 - names["within"](3)) == pytest.approx(370, abs=0.5)


def test_an_iq_between_85_and_130_has_about_four_people_in_five(run):
    names = run()
    assert names["percent_text"](names["between"](85, 130)) == "81.9 %"


def test_far_out_intervals_keep_their_digits(run):
    names = run(mean=0.0, deviation=1.0)
    assert names["between"](6.0, 7.0) == pytest.approx(stats.norm.sf(6) - stats.norm.sf(7), rel=1e-9)


@pytest.mark.parametrize("wide", [0.6, 1.0, 1.6])
def test_a_wider_bell_keeps_its_area_and_bends_one_deviation_from_its_middle(run, wide):
    density = run()["density"]
    area = integrate.quad(density, -20, 20, args=(0.4, wide))[0] / np.sqrt(2 * np.pi)
    assert area == pytest.approx(1)

    def bend(z):
        return density(z + 1e-3, 0.4, wide) - 2 * density(z, 0.4, wide) + density(z - 1e-3, 0.4, wide)

    assert bend(0.4 + 0.95 * wide) < 0 < bend(0.4 + 1.05 * wide)


@pytest.mark.parametrize("sample", [100, 3000])
def test_the_columns_add_up_to_the_measured_values_in_sight(run, sample):
    names = run(sample=sample)
    inside = np.sum(np.abs(names["SCORES"]) <= 4) / sample
    heights = names["shares"](sample)
    assert heights.sum() * (8 / names["BINS"]) / np.sqrt(2 * np.pi) == pytest.approx(inside)
    assert stats.kstest(names["SCORES"], "norm").pvalue > 0.05
    assert abs(np.mean(names["SCORES"])) < 0.15


def test_a_single_value_has_no_area(run):
    names = run(from_value=90.0, to_value=90.0)
    assert names["between"](names["LOW"], names["HIGH"]) == 0
    assert "no area" in names["interval_words"]()

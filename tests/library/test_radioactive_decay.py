"""The counts of modern_physics/radioactive_decay are what chance and the decay law allow."""

import functools

import numpy as np
import pytest
from scipy.integrate import solve_ivp
from scipy.stats import binom, kstest


@pytest.fixture
def run(run_template):
    return functools.partial(run_template, "modern_physics/radioactive_decay")


@pytest.mark.parametrize(("nuclei", "half_life"), [(400, 8.0), (50, 0.1), (600, 10000.0)])
def test_the_law_solves_the_differential_equation(run, nuclei, half_life):
    names = run(nuclei=nuclei, half_life=half_life)
    rate = names["decay_constant"]()
    until = 3.3 * half_life
    solved = solve_ivp(lambda _t, n: -rate * n, (0, until), [nuclei], rtol=1e-9, atol=1e-9).y[0, -1]
    assert names["expected"](3.3) == pytest.approx(solved, rel=1e-6)


@pytest.mark.parametrize("seed", [1, 7, 99])
def test_lifetimes_are_those_of_a_constant_chance(run, seed):
    lives = run()["lifetimes"](4000, seed)
    assert kstest(lives * np.log(2), "expon").pvalue > 1e-3
    survivors = lives[lives > 1] - 1  # they have not grown old
    assert kstest(survivors * np.log(2), "expon").pvalue > 1e-3


@pytest.mark.parametrize("seed", [1, 7, 42, 99])
@pytest.mark.parametrize("nuclei", [50, 400, 600])
def test_every_run_stays_within_what_chance_allows(run, nuclei, seed):
    names = run(nuclei=nuclei, seed=seed)
    for half_lives in (1, 2, 4):
        low, high = binom.interval(0.9999, nuclei, 0.5**half_lives)
        assert low <= names["left_after"](half_lives) <= high


def test_the_staircase_starts_with_all_and_ends_with_those_left(run):
    names = run(nuclei=50)
    axes = names["graph"]((0, 5 * 8.0), (0, 60))
    drawn = names["steps"](axes, names["LIVES"], 5.0, names["SKY"])
    assert axes.p2c(drawn.get_start())[1] == pytest.approx(50)
    assert axes.p2c(drawn.get_end())[1] == pytest.approx(names["left_after"](5.0), abs=1e-6)
    heights = [axes.p2c(point)[1] for point in drawn.get_anchors()]
    assert max(np.diff(heights)) <= 1e-6


@pytest.mark.parametrize("nuclei", [50, 400, 600])
def test_every_nucleus_has_a_place_of_its_own_in_the_sample(run, nuclei):
    names = run(nuclei=nuclei)
    places, area = names["PLACES"], names["SAMPLE"]
    assert len({tuple(np.round(place, 6)) for place in places}) == nuclei
    assert places[:, 0].min() > area.get_left()[0] and places[:, 0].max() < area.get_right()[0]
    assert places[:, 1].min() > area.get_bottom()[1] and places[:, 1].max() < area.get_top()[1]


def test_the_scatter_is_that_of_a_fair_coin(run):
    assert run()["spread"](20) == pytest.approx(binom(20, 0.5).std())

"""Probabilities, mean and spread of statistics/binomial_distribution agree with SciPy's binomial law."""

import functools
import itertools

import numpy as np
import pytest
from scipy import stats

CASES = [
    {},
    {"trials": 2, "chance": 0.05, "wanted": 0, "question": "at most"},
    {"trials": 20, "chance": 0.95, "wanted": 20, "question": "at least"},
    {"trials": 10, "chance": 0.3, "wanted": 6, "question": "at least"},
    {"trials": 12, "chance": 0.1, "wanted": 3, "question": "at most"},
]


@pytest.fixture
def run(run_template):
    return functools.partial(run_template, "statistics/binomial_distribution")


@pytest.mark.parametrize("values", CASES)
def test_probabilities_mean_and_spread_are_those_of_scipy(run, values):
    names = run(**values)
    n, p, k = names["trials"], names["chance"], names["ASKED"]
    law = stats.binom(n, p)
    assert [names["probability"](i) for i in range(n + 1)] == pytest.approx(law.pmf(range(n + 1)))
    assert names["EXPECTED"] == pytest.approx(law.mean())
    assert names["DEVIATION"] == pytest.approx(law.std())
    wanted = {"exactly": law.pmf(k), "at least": law.sf(k - 1), "at most": law.cdf(k)}[names["question"]]
    assert names["answer"]() == pytest.approx(wanted)


def test_the_ways_are_counted_as_if_each_were_walked(run):
    names = run(trials=6)
    walked = [sum(steps) for steps in itertools.product((0, 1), repeat=6)]
    assert [names["ways"](k) for k in range(7)] == [walked.count(k) for k in range(7)]


def test_five_heads_in_eight_tosses_have_the_textbook_chance(run):
    names = run()
    assert names["percent_text"](names["probability"](5)) == "21.9 %"


@pytest.mark.parametrize("values", [{}, {"trials": 20, "chance": 0.05, "balls": 2000}])
def test_every_ball_ends_in_the_box_of_its_successes(run, values):
    names = run(**values)
    for steps, landed in list(zip(names["STEPS"], names["LANDED"], strict=True))[:40]:
        path = names["path_of"](steps)
        assert path[-1][0] == pytest.approx(names["box_x"](int(landed)))
        sides = [np.sign(after[0] - before[0]) for before, after in itertools.pairwise(path[1:])]
        assert [side > 0 for side in sides] == list(steps)


def test_the_balls_follow_the_law_as_closely_as_chance_allows(run):
    names = run(balls=2000)
    counted = np.bincount(names["LANDED"], minlength=9)
    expected = 2000 * stats.binom(8, 0.5).pmf(range(9))
    assert stats.chisquare(counted, expected).pvalue > 0.05


def test_more_successes_than_trials_are_taken_as_all(run):
    assert run(trials=4, wanted=9)["ASKED"] == 4

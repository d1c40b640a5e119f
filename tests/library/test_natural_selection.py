"""The frequencies of biology/natural_selection follow the textbook's formula, and its chance has the right spread."""

import functools
from fractions import Fraction

import numpy as np
import pytest

ENDS = [(20.0, 0.3, 100, 40), (5.0, 0.8, 20, 20), (90.0, 0.01, 1000, 120)]
each_setting = pytest.mark.parametrize(("percent", "s", "size", "generations"), ENDS)


@pytest.fixture
def run(run_template):
    return functools.partial(run_template, "biology/natural_selection")


@each_setting
@pytest.mark.parametrize(("effect", "h"), [("dominant", 0), ("in between", Fraction(1, 2)), ("recessive", 1)])
def test_selection_changes_the_frequency_as_the_textbook_says(run, percent, s, size, generations, effect, h):
    names = run(frequency=percent, selection=s, population=size, generations=generations, effect=effect)
    p = percent / 100
    for found in names["EXPECTED"]:
        assert found == pytest.approx(p, abs=1e-9)
        q = 1 - p
        # the change in one generation: spq [q(1 - h) + p h] over the mean fitness
        p += s * p * q * (q * (1 - float(h)) + p * float(h)) / (1 - 2 * p * q * float(h) * s - q * q * s)


def test_genotypes_are_the_terms_of_a_binomial(run):
    names = run()
    for p in (0.0, 0.2, 0.5, 1.0):
        assert names["hardy_weinberg"](p) == pytest.approx([p**2, 2 * p * (1 - p), (1 - p) ** 2])
        assert names["selected"](p, (1.0, 1.0, 1.0)) == pytest.approx(p)


def test_drift_keeps_the_mean_and_spreads_as_a_binomial_draw(run):
    names = run(frequency=50.0, population=50, generations=20)
    dice = np.random.default_rng(1)
    ends = np.array([names["by_chance"](dice, (1.0, 1.0, 1.0)) for _each in range(600)])
    assert ends[:, -1].mean() == pytest.approx(0.5, abs=0.03)
    for generation in (1, 10):
        spread = 0.25 * (1 - (1 - 1 / 100) ** generation)  # 2N = 100 alleles
        assert ends[:, generation].var() == pytest.approx(spread, rel=0.2)


def test_many_runs_with_selection_lie_about_the_expected_curve(run):
    names = run(population=1000, generations=30)
    dice = np.random.default_rng(2)
    runs = np.array([names["by_chance"](dice) for _each in range(60)])
    assert np.allclose(runs.mean(axis=0), names["EXPECTED"], atol=0.02)


def test_only_eaten_moths_are_missing_and_light_ones_are_eaten_more(run):
    names = run(selection=0.8, frequency=40.0)
    copies, eaten = names["LIFE"][0]
    assert len(copies) == names["MOTHS"]
    assert all(copies[i] == 2 for i in eaten)
    assert run(selection=0.0)["LIFE"][0][1] == set()


@each_setting
def test_fates_are_counted(run, percent, s, size, generations):
    names = run(frequency=percent, selection=s, population=size, generations=generations)
    lost, fixed = names["fates"](names["WITH_SELECTION"])
    assert lost == sum(run_[-1] == 0 for run_ in names["WITH_SELECTION"])
    assert lost + fixed <= len(names["WITH_SELECTION"]) == 12

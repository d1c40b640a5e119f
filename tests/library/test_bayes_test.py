"""The probabilities of statistics/bayes_test agree with exact fractions and with a simulated crowd."""

import functools
from fractions import Fraction

import numpy as np
import pytest

CASES = [(1.0, 90.0, 91.0), (0.1, 50.0, 50.0), (50.0, 100.0, 100.0), (2.0, 95.0, 99.9), (0.1, 100.0, 50.0)]


@pytest.fixture
def run(run_template):
    return functools.partial(run_template, "statistics/bayes_test")


def exact(base, sensitivity, specificity):
    """Bayes' theorem with fractions: after a positive and after a negative test."""
    prior, found, cleared = (Fraction(str(value)) / 100 for value in (base, sensitivity, specificity))
    positive = prior * found + (1 - prior) * (1 - cleared)
    return prior * found / positive, prior * (1 - found) / (1 - positive)


@pytest.mark.parametrize(("base", "sensitivity", "specificity"), CASES)
def test_the_chance_after_a_test_is_the_exact_one(run, base, sensitivity, specificity):
    names = run(base_rate=base, sensitivity=sensitivity, specificity=specificity)
    positive, negative = exact(base, sensitivity, specificity)
    assert names["PPV"] == pytest.approx(float(positive))
    assert names["after_negative"](base / 100) == pytest.approx(float(negative))


@pytest.mark.parametrize(("base", "sensitivity", "specificity"), CASES)
def test_everybody_is_counted_once_and_stands_in_a_place_of_his_own(run, base, sensitivity, specificity):
    names = run(base_rate=base, sensitivity=sensitivity, specificity=specificity)
    groups = [names[name] for name in ("CAUGHT_ONES", "MISSED_ONES", "ALARMED_ONES", "CLEARED_ONES")]
    assert sorted(index for group in groups for index in group) == list(range(1000))
    assert len({tuple(np.round(names["place"](index), 6)) for index in range(1000)}) == 1000
    assert names["CAUGHT"] + names["MISSED"] == max(1, round(10 * base))


def test_the_textbook_test_is_right_only_once_in_eleven(run):
    names = run(base_rate=1.0, sensitivity=90.0, specificity=91.0)
    assert (names["CAUGHT"], names["ALARMED"]) == (9, 89)
    assert names["percent"](names["PPV"]) == "9.17 %"


def test_a_simulated_crowd_agrees(run):
    generator = np.random.default_rng(5)
    ill = generator.random(2_000_000) < 0.02
    positive = np.where(ill, generator.random(ill.size) < 0.95, generator.random(ill.size) < 0.03)
    names = run(base_rate=2.0, sensitivity=95.0, specificity=97.0)
    assert names["PPV"] == pytest.approx(ill[positive].mean(), abs=0.005)


def test_a_second_test_is_the_first_one_from_a_new_start(run):
    names = run()
    once = names["predictive"](0.01)
    odds = 0.01 / 0.99 * (0.9 / 0.09) ** 2
    assert names["predictive"](once) == pytest.approx(odds / (1 + odds))

"""Slope, intercept and correlation of statistics/linear_regression agree with SciPy's and NumPy's own fits."""

import functools

import numpy as np
import pytest
from scipy import optimize, stats

CASES = [
    {},
    {"y_values": [100.0, -100.0, 100.0]},
    {"y_values": [float(y) for y in range(-100, 101, 20)], "x_values": "3 1 4 1 5 9 2 6 5 3 5"},
    {"y_values": [2.0, 4.1, 5.9], "x_values": "-1.5, 0; 2"},
]


@pytest.fixture
def run(run_template):
    return functools.partial(run_template, "statistics/linear_regression")


@pytest.mark.parametrize("values", CASES)
def test_the_line_is_the_one_that_scipy_fits(run, values):
    names = run(**values)
    fit = stats.linregress(names["X"], names["Y"])
    assert names["SLOPE"] == pytest.approx(fit.slope, abs=1e-9)
    assert names["INTERCEPT"] == pytest.approx(fit.intercept, abs=1e-9)
    assert names["R"] == pytest.approx(fit.rvalue, abs=1e-9)
    assert names["predicted"](6.5) == pytest.approx(fit.intercept + 6.5 * fit.slope)


@pytest.mark.parametrize("values", CASES)
def test_the_parabola_of_squares_has_its_lowest_point_at_the_slope(run, values):
    names = run(**values)
    found = optimize.minimize_scalar(names["squares_sum"], bounds=(names["FLATTEST"], names["STEEPEST"]))
    assert found.x == pytest.approx(names["SLOPE"], abs=1e-3 * names["swing"]())
    residuals = np.polyfit(names["X"], names["Y"], 1, full=True)[1]
    assert names["squares_sum"](names["SLOPE"]) == pytest.approx(float(residuals.sum()), abs=1e-6)


def test_what_is_left_of_the_squares_is_one_minus_r_squared(run):
    names = run()
    about_mean = len(names["Y"]) * np.var(names["Y"])
    assert names["squares_sum"](0.0) == pytest.approx(about_mean)
    assert names["squares_sum"](names["SLOPE"]) / about_mean == pytest.approx(1 - names["R"] ** 2)


def test_equal_values_give_a_level_line_and_no_correlation(run):
    names = run(y_values=[3.0, 3.0, 3.0, 3.0])
    assert names["FLAT"]
    assert names["SLOPE"] == 0
    assert "no value" in names["verdict"]()


def test_missing_positions_go_on_in_equal_steps(run):
    assert list(run(y_values=[1.0, 2.0, 4.0, 8.0], x_values="0 2.5")["X"]) == [0, 2.5, 5, 7.5]


@pytest.mark.parametrize("text", ["2 2 2", "one two", "1 2 3e5", "1234567 2"])
def test_positions_that_give_no_line_are_refused_with_a_sentence(run, text):
    with pytest.raises(ValueError, match="x values"):
        run(y_values=[1.0, 2.0, 3.0], x_values=text)

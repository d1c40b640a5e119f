"""The numbers of functions/function_plot equal those of closed forms and of SciPy."""

import itertools
import math

import numpy as np
import pytest
from scipy.optimize import brentq, minimize_scalar

PLOT = "functions/function_plot"


def test_a_cubic_has_its_exact_zeros_and_turning_points(run_template):
    names = run_template(PLOT, function="x^3 - 3x", left=-3, right=3)
    assert names["ZEROS"] == pytest.approx([-math.sqrt(3), 0, math.sqrt(3)], abs=1e-9)
    assert [x for x, _y, _peak in names["TURNS"]] == pytest.approx([-1, 1], abs=1e-6)
    assert [y for _x, y, _peak in names["TURNS"]] == pytest.approx([2, -2], abs=1e-9)
    assert [peak for _x, _y, peak in names["TURNS"]] == [True, False]
    assert [direction for _a, _b, direction in names["stretches"]()] == [1, -1, 1]


def test_a_mixed_formula_agrees_with_scipy(run_template):
    names = run_template(PLOT, function="exp(-x/3) * cos(2x) - 0.2", left=-1, right=6)
    f = lambda x: math.exp(-x / 3) * math.cos(2 * x) - 0.2  # noqa: E731
    grid = np.linspace(-1, 6, 701)
    roots = [brentq(f, a, b) for a, b in itertools.pairwise(grid) if f(a) * f(b) < 0]
    assert names["ZEROS"] == pytest.approx(roots, abs=1e-9)
    first = minimize_scalar(f, bounds=(0.5, 2.5), method="bounded", options={"xatol": 1e-10})
    assert names["TURNS"][1][0] == pytest.approx(first.x, abs=1e-6)
    assert names["CROSSING"] == pytest.approx(0.8)


@pytest.mark.parametrize(
    ("formula", "left", "right", "poles"),
    [
        ("1/x", -4, 4, [0]),
        ("1/x", 0, 4, [0]),
        ("1/(x^2 - 4)", -5, 5, [-2, 2]),
        ("tan(x)", -6, 6, [-1.5 * math.pi, -math.pi / 2, math.pi / 2, 1.5 * math.pi]),
        ("ln(x)", -1, 5, [0]),
        ("sqrt(x)", -1, 5, []),
        ("sin(x)/x", -10, 10, []),
        ("1/(x^2 + 0.001)", -4, 4, []),
        ("abs(x)/x", -3, 3, []),
    ],
)
def test_asymptotes_are_found_and_only_they(run_template, formula, left, right, poles):
    names = run_template(PLOT, function=formula, left=left, right=right)
    assert names["POLES"] == pytest.approx(poles, abs=1e-6)
    assert not any(abs(zero - pole) < 1e-6 for zero in names["ZEROS"] for pole in names["POLES"])


def test_a_parabola_that_touches_the_axis_has_one_zero(run_template):
    names = run_template(PLOT, function="(x - 1)^2", left=-3, right=4)
    assert names["ZEROS"] == pytest.approx([1], abs=1e-6)
    assert len(names["TURNS"]) == 1


def test_a_function_without_real_values_is_refused_with_a_sentence(run_template):
    with pytest.raises(ValueError, match="no real value"):
        run_template(PLOT, function="sqrt(-1 - x^2)", left=-2, right=2)

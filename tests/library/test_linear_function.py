"""The straight line's numbers agree with SymPy and with a fit through the points."""

import re
from fractions import Fraction

import numpy as np
import pytest
import sympy

LINE = "functions/linear_function"


@pytest.mark.parametrize(("slope", "intercept"), [(2, 1), (-5, 10), (5, -10), (0, 0), (0.25, -0.5)])
def test_a_fit_through_the_steps_gives_back_slope_and_intercept(run_template, slope, intercept):
    names = run_template(LINE, slope=float(slope), intercept=float(intercept))
    xs = np.arange(names["STEPS"] + 1)
    assert np.polyfit(xs, [names["height"](float(x)) for x in xs], 1) == pytest.approx([slope, intercept], abs=1e-9)


@pytest.mark.parametrize(
    "points",
    [((1, 5), (4, -1)), ((-9, -9), (10, 10)), ((0.5, 8.5), (-7.5, -3)), ((2, 3), (-1, 3)), ((0, 0), (1.5, -4))],
)
def test_the_line_through_two_points_is_the_exact_one(run_template, points):
    (x1, y1), (x2, y2) = points
    names = run_template(LINE, first_x=float(x1), first_y=float(y1), second_x=float(x2), second_y=float(y2))
    corners = [sympy.Point(sympy.Rational(str(x)), sympy.Rational(str(y))) for x, y in points]
    line = sympy.Line(*corners)
    wanted_start = line.intersection(sympy.Line((0, 0), (0, 1)))[0].y
    slope, start = names["through_points"]()
    assert Fraction(*slope) == Fraction(str(line.slope))
    assert Fraction(*start) == Fraction(str(wanted_start))
    assert slope[1] > 0 and start[1] > 0


def test_two_points_above_one_another_have_no_slope(run_template):
    assert run_template(LINE, first_x=4.0, second_x=4.0)["through_points"]() is None


def test_one_point_twice_is_refused_with_a_sentence(run_template):
    names = run_template(LINE, first_x=4.0, first_y=2.0, second_x=4.0, second_y=2.0)
    with pytest.raises(ValueError, match="needs two points"):
        names["through_points"]()


def test_ones_and_zeros_are_not_written(run_template):
    write = run_template(LINE)["line_tex"]
    plain = {("1", "0"): "y=x", ("-1", "-3"): "y=-x-3", ("0", "7"): "y=7", ("2", "1"): "y=2x+1"}
    for pair, wanted in plain.items():
        uncoloured = re.sub(r"\\color\[HTML\]\{\w+\}|[{} ]", "", write(*pair))
        assert uncoloured == wanted

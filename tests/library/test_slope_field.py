"""Solutions in a slope field agree with closed forms and SciPy, Euler's line with sums done by hand."""

import math

import numpy as np
import pytest
from scipy.integrate import solve_ivp

FIELD = "calculus/slope_field"


@pytest.mark.parametrize(
    ("slope", "start", "closed"),
    [
        ("x - y", (0.0, 1.0), lambda x: x - 1 + 2 * math.exp(-x)),
        ("y", (0.0, 0.5), lambda x: 0.5 * math.exp(x)),
        ("0.5y(2 - y)", (0.0, 1.0), lambda x: 2 / (1 + math.exp(-x))),
        ("-x/y", (0.0, 2.0), lambda x: math.sqrt(4 - x * x)),
        ("x^2 - 2", (0.0, 0.0), lambda x: x**3 / 3 - 2 * x),
    ],
)
def test_a_solution_is_the_closed_form(run_template, slope, start, closed):
    names = run_template(FIELD, slope=slope, start_x=start[0], start_y=start[1])
    inside = [(x, y) for x, y in names["CURVE"] if abs(y) < 4 and abs(names["value"](x, y)) < 20]
    assert len(inside) > 100
    for x, y in inside[::10]:
        assert y == pytest.approx(closed(x), abs=1e-4)


def test_a_solution_without_closed_form_is_that_of_scipy(run_template):
    names = run_template(FIELD, slope="sin(x) * y + cos(y)", start_x=-1.0, start_y=0.5)
    xs = np.linspace(-1, 2, 13)
    wanted = solve_ivp(lambda x, y: np.sin(x) * y + np.cos(y), (-1, 2), [0.5], t_eval=xs, rtol=1e-10, atol=1e-12).y[0]
    assert [names["at"](names["CURVE"], x) for x in xs] == pytest.approx(list(wanted), abs=1e-4)


def test_eulers_line_is_summed_step_by_step(run_template):
    names = run_template(FIELD, slope="x - y", start_x=0.0, start_y=1.0, stride=0.5)
    assert names["euler"](0.0, 1.0, 0.5)[:4] == [(0.0, 1.0), (0.5, 0.5), (1.0, 0.5), (1.5, 0.75)]


def test_shorter_steps_come_closer_in_proportion(run_template):
    names = run_template(FIELD, slope="y", start_x=0.0, start_y=0.5)
    errors = [abs(names["at"](names["euler"](0.0, 0.5, step), 1.0) - 0.5 * math.e) for step in (0.1, 0.05, 0.025)]
    assert errors[0] / errors[1] == pytest.approx(2, rel=0.1)
    assert errors[1] / errors[2] == pytest.approx(2, rel=0.1)


@pytest.mark.parametrize(
    ("slope", "reason"), [("1/x", "where the solution starts"), ("sqrt(-9 - y^2)", "no real value")]
)
def test_a_field_that_cannot_be_drawn_is_refused_with_a_reason(run_template, slope, reason):
    with pytest.raises(ValueError, match=reason):
        run_template(FIELD, slope=slope)

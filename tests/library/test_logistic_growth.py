"""The curves of biology/logistic_growth solve their equations, checked by sympy and by scipy's integration."""

import functools

import numpy as np
import pytest
import sympy
from scipy.integrate import solve_ivp
from scipy.optimize import minimize_scalar

ENDS = [(20, 0.6, 1000), (2, 0.05, 5000), (60, 2.0, 150), (60, 0.05, 150), (2, 2.0, 5000)]
each_setting = pytest.mark.parametrize(("start", "rate", "capacity"), ENDS)


@pytest.fixture
def run(run_template):
    return functools.partial(run_template, "biology/logistic_growth")


@each_setting
def test_the_limited_curve_solves_the_logistic_equation(run, start, rate, capacity):
    names = run(start=start, rate=rate, capacity=capacity)
    times = np.linspace(0, names["END"], 30)
    solved = solve_ivp(
        lambda _t, n: rate * n * (1 - n / capacity), (0, times[-1]), [start], t_eval=times, rtol=1e-10, atol=1e-9
    )
    assert np.allclose([names["limited"](t) for t in times], solved.y[0], rtol=1e-6)
    assert names["limited"](names["END"]) == pytest.approx(0.98 * capacity)


@each_setting
def test_growth_is_fastest_at_half_the_capacity(run, start, rate, capacity):
    names = run(start=start, rate=rate, capacity=capacity)
    best = minimize_scalar(lambda n: -names["speed"](n), bounds=(0, capacity), method="bounded")
    assert best.x == pytest.approx(capacity / 2, rel=1e-4)
    assert names["FASTEST"] == pytest.approx(-best.fun)
    assert names["limited"](names["HALF_TIME"]) == pytest.approx(capacity / 2)


@each_setting
def test_the_free_curve_doubles_in_every_doubling_time(run, start, rate, capacity):
    names = run(start=start, rate=rate, capacity=capacity)
    for k in range(1, 5):
        assert names["unlimited"](k * names["DOUBLING"]) == pytest.approx(start * 2**k)
    assert names["unlimited"](names["OVERFLOW_TIME"]) == pytest.approx(1.5 * capacity)


def test_the_closed_form_is_one_that_sympy_finds_right(run):
    t = sympy.symbols("t", positive=True)
    known = 1000 / (1 + 49 * sympy.exp(-sympy.Rational(3, 5) * t))
    assert sympy.simplify(known.diff(t) - sympy.Rational(3, 5) * known * (1 - known / 1000)) == 0
    assert known.subs(t, 0) == 20
    names = run()
    for time in (0, 3, 10):
        assert names["limited"](time) == pytest.approx(float(known.subs(t, time)))

"""Guesses and roots agree with SymPy's derivative and with SciPy's root finders."""

from itertools import pairwise

import numpy as np
import pytest
import sympy
from scipy.optimize import brentq

NEWTON = "calculus/newtons_method"
X = sympy.Symbol("x")
CASES = [
    ("x^2 - 2", 3.0, (1, 2)), ("x^3 - 2x - 5", 2.0, (2, 3)), ("x^2 - 2", -10.0, (-2, -1)),
    ("exp(x) - 3", 2.0, (0, 2)), ("sin(x)", 2.5, (3, 4)),
]  # fmt: skip


def symbolic(formula):
    return sympy.sympify(formula.replace("^", "**").replace("2x", "2*x"))


@pytest.mark.parametrize(("formula", "start", "_bracket"), CASES)
def test_every_guess_is_where_the_tangent_meets_the_axis(run_template, formula, start, _bracket):
    names = run_template(NEWTON, formula_text=formula, start=start, steps=5)
    function = symbolic(formula)
    step = sympy.lambdify(X, X - function / sympy.diff(function, X))
    guesses = names["ALL"]
    assert guesses[0] == start and len(guesses) == 6
    for here, there in pairwise(guesses):
        assert there == pytest.approx(step(here), rel=1e-8, abs=1e-8)


@pytest.mark.parametrize(("formula", "start", "bracket"), CASES)
def test_the_root_is_the_true_one(run_template, formula, start, bracket):
    names = run_template(NEWTON, formula_text=formula, start=start)
    assert names["ROOT"] == pytest.approx(brentq(sympy.lambdify(X, symbolic(formula)), *bracket), abs=1e-8)
    assert names["doubling"]()


def test_right_decimals_of_the_square_root_of_two(run_template):
    names = run_template(NEWTON, start=3.0, steps=5)
    truth = np.sqrt(2)
    for value in names["ALL"]:
        wanted = 0
        while wanted < 9 and abs(value - truth) <= 0.5 * 10.0 ** -(wanted + 1):
            wanted += 1
        assert names["right_digits"](value) == wanted


def test_a_double_root_is_approached_slowly(run_template):
    assert not run_template(NEWTON, formula_text="x^2", start=3.0)["doubling"]()


def test_the_difficult_curve_has_its_only_real_root_there_and_a_circle_at_zero(run_template):
    names = run_template(NEWTON)
    real = [root.real for root in np.roots([1, 0, -2, 2]) if abs(root.imag) < 1e-9]
    assert real == pytest.approx([names["HARD_ROOT"]], abs=1e-12)
    assert names["outcome"]() == "circle"
    assert names["hard_guesses"](4)[:4] == pytest.approx([0, 1, 0, 1])
    assert run_template(NEWTON, bad_start=-2.0)["outcome"]() == "found"


@pytest.mark.parametrize(
    ("formula", "start", "reason"),
    [("3", 1.0, "tangent"), ("x^2 - 4", 2.0, "already a root"), ("x^2 - 2", 0.0, "tangent")],
)
def test_starts_that_lead_nowhere_are_refused_with_a_sentence(run_template, formula, start, reason):
    with pytest.raises(ValueError, match=reason):
        run_template(NEWTON, formula_text=formula, start=start)

"""The area function, its growth and the integral agree with SymPy's antiderivative and SciPy's quadrature."""

import pytest
import sympy
from scipy.integrate import quad

THEOREM = "calculus/fundamental_theorem"
X = sympy.Symbol("x")
CASES = [
    ("2 - x^2/4", 0.0, 4.0),
    ("sin(x)", -2.0, 7.0),
    ("exp(-x)", -1.0, 2.5),
    ("3", -20.0, 20.0),
    ("x^3 - 3x", -2.0, 2.5),
]


def symbolic(formula):
    return sympy.sympify(formula.replace("^", "**").replace("3x", "3*x"))


@pytest.mark.parametrize(("formula", "low", "high"), CASES)
def test_the_area_is_the_difference_of_an_antiderivative(run_template, formula, low, high):
    names = run_template(THEOREM, formula_text=formula, left_end=low, right_end=high)
    antiderivative = sympy.lambdify(X, sympy.integrate(symbolic(formula), X))
    for part in (0.2, 0.5, 1.0):
        x = low + part * (high - low)
        assert names["area"](x) == pytest.approx(antiderivative(x) - antiderivative(low), abs=1e-8)
    assert names["TOTAL"] == pytest.approx(quad(names["height"], low, high)[0], abs=1e-7)


@pytest.mark.parametrize(("formula", "low", "high"), CASES)
def test_growth_of_the_area_closes_in_on_the_height(run_template, formula, low, high):
    names = run_template(THEOREM, formula_text=formula, left_end=low, right_end=high)
    wanted = float(symbolic(formula).subs(X, names["X0"]))
    gaps = [abs(names["middle_slope"](width) - wanted) for width in names["WIDTHS"]]
    assert gaps[3] < gaps[2] < gaps[0] or max(gaps) < 1e-9
    assert names["middle_slope"](names["WIDTHS"][-1]) == pytest.approx(wanted, abs=0.02 * (1 + abs(wanted)))


def test_the_strip_stays_between_the_ends(run_template):
    for low, high, point in ((0.0, 4.0, 20.0), (-20.0, 20.0, -20.0), (2.0, 2.1, 2.0)):
        names = run_template(THEOREM, formula_text="x", left_end=low, right_end=high, point=point)
        assert names["LOW"] <= names["X0"] and names["X0"] + names["H"] <= names["HIGH"] + 1e-9


def test_the_area_turns_where_the_curve_crosses_zero(run_template):
    places = run_template(THEOREM)["crossing_places"]()
    assert places == pytest.approx([8**0.5], abs=1e-5)


@pytest.mark.parametrize(("formula", "low", "high"), [("1/x", -1.0, 1.0), ("tan(x)", 0.0, 3.0), ("exp(x)", 0.0, 20.0)])
def test_a_gap_or_huge_values_are_refused_with_a_sentence(run_template, formula, low, high):
    with pytest.raises(ValueError, match="Choose"):
        run_template(THEOREM, formula_text=formula, left_end=low, right_end=high)

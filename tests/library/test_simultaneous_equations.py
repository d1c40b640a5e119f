"""Solutions, cases and eliminated equations agree with SymPy's linear solver."""

from fractions import Fraction

import pytest
import sympy

EQUATIONS = "algebra/simultaneous_equations"
X, Y = sympy.symbols("x y")
CASES = {
    "cross": [
        (2, 1, 7, 1, -2, -4),
        (-9, 9, 20, 8, -9, -20),
        (1, 0, 5, 0, 1, -3),
        (0, 3, 4, 2, 0, 5),
        (9, 8, 20, 8, 7, -20),
    ],
    "parallel": [(2, 4, 3, 1, 2, 5), (1, 0, 2, -3, 0, 6), (0, 2, 1, 0, 3, 1)],
    "same": [(-9, -9, -20, -9, -9, -20), (2, -4, 6, -1, 2, -3), (0, 2, 0, 0, -5, 0)],
}
SYSTEMS = [(case, numbers) for case, systems in CASES.items() for numbers in systems]


def run(run_template, numbers):
    return run_template(EQUATIONS, **dict(zip(("a1", "b1", "c1", "a2", "b2", "c2"), numbers, strict=True)))


@pytest.mark.parametrize(("case", "numbers"), SYSTEMS)
def test_case_and_solution_are_those_of_sympy(run_template, case, numbers):
    a1, b1, c1, a2, b2, c2 = numbers
    names = run(run_template, numbers)
    found = sympy.linsolve([a1 * X + b1 * Y - c1, a2 * X + b2 * Y - c2], X, Y)
    assert names["case"]() == case
    if case == "cross":
        assert [Fraction(*pair) for pair in names["solution"]()] == [Fraction(str(each)) for each in next(iter(found))]
    else:
        assert names["solution"]() is None
        assert (found == sympy.EmptySet) is (case == "parallel")


@pytest.mark.parametrize(("case", "numbers"), SYSTEMS)
def test_the_sum_has_lost_an_unknown_and_keeps_the_solution(run_template, case, numbers):
    names = run(run_template, numbers)
    a, b, c = names["mixed"](*names["factors"]())
    if case == "cross":
        x, _y = (Fraction(*pair) for pair in names["solution"]())
        assert b == 0 and a != 0
        assert a * x == c
    else:
        assert (a, b) == (0, 0)
        assert (c == 0) is (case == "same")


@pytest.mark.parametrize("numbers", [numbers for case, numbers in SYSTEMS if case == "cross"])
def test_the_crossing_is_in_the_picture(run_template, numbers):
    names = run(run_template, numbers)
    (x0, y0), half = names["CENTRE"], names["HALF"]
    x, y = (float(Fraction(*pair)) for pair in names["solution"]())
    assert abs(x - x0) < 1.5 * half and abs(y - y0) < half


def test_an_equation_without_unknowns_is_refused_with_a_sentence(run_template):
    with pytest.raises(ValueError, match="is no line"):
        run(run_template, (0, 0, 3, 1, 1, 2))

"""The parabola template's fractions, vertex and roots agree with SymPy."""

import pytest
from sympy import Rational, S, Symbol, solveset
from sympy import sqrt as root

QUADRATIC = "algebra/quadratic_vertex"
CASES = [(2, -8, 6), (1, 2, 1), (-0.25, 3, 5.5), (1.37, 7.77, -3.3), (-5, 0, -2), (3, -1, 4), (0.1, 12, 0)]


def exact(pair):
    return Rational(*pair)


@pytest.mark.parametrize(("a", "b", "c"), CASES)
def test_the_vertex_form_is_the_same_polynomial(run_template, a, b, c):
    names = run_template(QUADRATIC, a_value=a, b_value=b, c_value=c)
    x = Symbol("x")
    given = Rational(str(a)) * x**2 + Rational(str(b)) * x + Rational(str(c))
    shown = exact(names["A"]) * (x - exact(names["H"])) ** 2 + exact(names["K"])
    assert (given - shown).expand() == 0


@pytest.mark.parametrize(("a", "b", "c"), CASES)
def test_the_roots_are_the_real_solutions(run_template, a, b, c):
    names = run_template(QUADRATIC, a_value=a, b_value=b, c_value=c)
    x = Symbol("x")
    wanted = solveset(Rational(str(a)) * x**2 + Rational(str(b)) * x + Rational(str(c)), x, S.Reals)
    assert names["roots"]() == pytest.approx(sorted(float(each) for each in wanted))


def test_roots_are_written_exactly(run_template):
    assert run_template(QUADRATIC)["root_tex"]() == r"x = 1\quad x = 3"
    assert run_template(QUADRATIC, a_value=1.0, b_value=-2.0, c_value=-1.0)["root_tex"]() == r"x = 1 \pm \sqrt{2}"
    assert float(1 + root(2)) == pytest.approx(2.41421356)
    assert run_template(QUADRATIC, a_value=1.0, b_value=0.0, c_value=4.0)["root_tex"]() == r"\text{none}"


@pytest.mark.parametrize("a", [0.0, 0.05, -0.05])
def test_no_parabola_without_a_square(run_template, a):
    with pytest.raises(ValueError, match="Choose a of at least"):
        run_template(QUADRATIC, a_value=a)

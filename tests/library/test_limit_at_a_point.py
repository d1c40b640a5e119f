"""One-sided limits and the answers δ agree with SymPy's limits and with values close by."""

import numpy as np
import pytest
import sympy

LIMIT = "calculus/limit_at_a_point"
X = sympy.Symbol("x")
PLACES = [2.0, -5.0, 0.0, 4.75]


def symbolic(kind, place):
    a = sympy.Rational(str(place))
    return {
        "hole": (X**2 - a**2) / (X - a),
        "asymptote 1/(x - a)": 1 / (X - a),
        "asymptote 1/(x - a)^2": 1 / (X - a) ** 2,
    }[kind]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("kind", ["hole", "asymptote 1/(x - a)", "asymptote 1/(x - a)^2"])
def test_one_sided_limits_are_those_of_sympy(run_template, kind, place):
    names = run_template(LIMIT, kind=kind, place=place)
    function = symbolic(kind, place)
    wanted = [float(sympy.limit(function, X, sympy.Rational(str(place)), side)) for side in "-+"]
    assert list(names["one_sided"]()) == wanted
    for x in (place - 1.3, place + 0.2):
        assert names["f"](x) == pytest.approx(float(function.subs(X, x)))


@pytest.mark.parametrize("leap", [0.5, 2.0, 4.0])
def test_a_jump_has_two_limits_that_the_values_close_by_show(run_template, leap):
    names = run_template(LIMIT, kind="jump", leap=leap, place=-1.5)
    left, right = names["one_sided"]()
    assert right - left == pytest.approx(leap)
    assert names["f"](-1.5 - 1e-9) == pytest.approx(left)
    assert names["f"](-1.5 + 1e-9) == pytest.approx(right)


@pytest.mark.parametrize("size", [2.0, 0.2, 0.01])
def test_nearer_than_delta_the_hole_keeps_within_epsilon(run_template, size):
    names = run_template(LIMIT, kind="hole", place=-4.0)
    reach = names["delta"](size)
    xs = -4.0 + reach * np.array([-0.999, -0.5, -0.01, 0.01, 0.5, 0.999])
    assert max(abs(names["f"](x) - -8.0) for x in xs) < size
    assert abs(names["f"](-4.0 + 1.1 * reach) + 8.0) > size


@pytest.mark.parametrize("kind", ["asymptote 1/(x - a)", "asymptote 1/(x - a)^2"])
@pytest.mark.parametrize("bound", [1.0, 5.0, 100.0])
def test_nearer_than_delta_an_asymptote_is_past_the_bound(run_template, kind, bound):
    names = run_template(LIMIT, kind=kind, place=3.0)
    assert names["f"](3.0 + 0.999 * names["delta"](bound)) > bound > names["f"](3.0 + 1.001 * names["delta"](bound))


@pytest.mark.parametrize("kind", ["hole", "asymptote 1/(x - a)"])
def test_there_is_no_value_at_the_point_itself(run_template, kind):
    assert np.isnan(run_template(LIMIT, kind=kind, place=1.0)["f"](1.0))

"""Points and curves of the transformed graph agree with SymPy's substitution."""

import pytest
import sympy

MOVES = "functions/function_transformations"
X = sympy.Symbol("x", real=True)
PARENTS = {
    "square x^2": X**2,
    "cube x^3": X**3,
    "sqrt x": sympy.sqrt(X),
    "modulus |x|": sympy.Abs(X),
    "sin x": sympy.sin(X),
    "reciprocal 1/x": 1 / X,
    "exponential 2^x": 2**X,
}
NUMBERS = [(2, 2, 1, 1), (-3, -3, -4, -3), (3, 3, 4, 3), (0.25, -0.5, 0, 0), (1, 1, -2.25, 0)]


def run(run_template, parent, numbers):
    return run_template(MOVES, parent=parent, **dict(zip("abcd", map(float, numbers), strict=True)))


@pytest.mark.parametrize("parent", PARENTS)
@pytest.mark.parametrize("numbers", NUMBERS)
def test_the_marked_points_lie_on_the_substituted_function(run_template, parent, numbers):
    names = run(run_template, parent, numbers)
    a, b, c, d = map(sympy.Rational, map(str, numbers))
    wanted = a * PARENTS[parent].subs(X, b * (X - c)) + d
    for point in names["POINTS"]:
        assert names["f"](point[0]) == pytest.approx(point[1])
        x, y = names["moved"](point)
        assert float(wanted.subs(X, x)) == pytest.approx(y, abs=1e-6)
        assert names["transformed"](x + float(b) * 1e-9) == pytest.approx(y, abs=1e-3)


def test_the_followed_point_walks_from_the_old_graph_to_the_new_one(run_template):
    names = run(run_template, "sqrt x", (-2, 0.5, 3, 1))
    assert names["stations"]() == [(1, 1), (2, 1), (5, 1), (5, -2), (5, -1)]


@pytest.mark.parametrize(
    ("numbers", "wanted"),
    [
        ((1, 1, 0, 0), "y=f(x)"),
        ((-1, -1, -2, 0), "y=-f(-(x+2))"),
        ((2, 0.5, 1, -3), "y=2f(0.5(x-1))-3"),
        ((1, 3, 0, 1), "y=f(3x)+1"),
    ],
)
def test_the_formula_leaves_out_ones_and_zeros(run_template, numbers, wanted):
    tex = run(run_template, "sin x", numbers)["numbers_tex"]()
    for color in "ABCD":
        shown = run_template(MOVES)[f"{color}_COLOR"].to_hex().lstrip("#")
        tex = tex.replace("{\\color[HTML]{" + shown + "}", "")
    assert tex.replace("}", "").replace("\\,", "").replace(" ", "") == wanted


@pytest.mark.parametrize("knob", ["a", "b"])
def test_a_factor_of_zero_is_refused_with_a_sentence(run_template, knob):
    with pytest.raises(ValueError, match="nothing is left"):
        run_template(MOVES, **{knob: 0.0})

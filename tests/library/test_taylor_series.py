"""The Taylor template's coefficients and errors agree with SymPy's series."""

import pytest
import sympy

TAYLOR = "calculus/taylor_series"
X = sympy.Symbol("x")
FUNCTIONS = {
    "sin x": sympy.sin(X),
    "cos x": sympy.cos(X),
    "e^x": sympy.exp(X),
    "ln(1+x)": sympy.log(1 + X),
    "geometric 1/(1-x)": 1 / (1 - X),
}


@pytest.mark.parametrize("function", FUNCTIONS)
def test_polynomials_of_every_degree_are_the_cut_off_series(run_template, function):
    names = run_template(TAYLOR, function=function)
    series = sympy.Poly(sympy.series(FUNCTIONS[function], X, 0, 16).removeO(), X)
    for n in range(16):
        assert names["coefficient"](n) == pytest.approx(float(series.coeff_monomial(X**n)), abs=1e-15)
    for n in (0, 3, 9, 15):
        cut = sympy.Poly({(k,): series.coeff_monomial(X**k) for k in range(n + 1)}, X)
        for x in (-2.5, 0.4, 1.7):
            assert names["polynomial"](x, n) == pytest.approx(float(cut.eval(x)), rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_the_function_is_the_true_one_and_the_terms_are_written_so(run_template, function):
    names = run_template(TAYLOR, function=function)
    for x in (-0.7, 0.3, 0.8):
        assert names["exact"](x) == pytest.approx(float(FUNCTIONS[function].subs(X, x)))
    plain = {names["MINUS"]: "-", "²": "**2", "³": "**3", "⁴": "**4"}
    for n in range(5):
        text = names["term_text"](n)
        for shown, meant in plain.items():
            text = text.replace(shown, meant)
        wanted = sympy.diff(FUNCTIONS[function], X, n).subs(X, 0) / sympy.factorial(n) * X**n
        assert sympy.simplify(sympy.sympify(text) - wanted) == 0


@pytest.mark.parametrize(("function", "x"), [("sin x", 6.0), ("cos x", -5.0), ("e^x", 3.0), ("e^x", -6.0)])
def test_the_error_never_exceeds_the_bound_that_is_shown(run_template, function, x):
    names = run_template(TAYLOR, function=function)
    for n in range(12):
        true = abs(float(FUNCTIONS[function].subs(X, x)) - names["polynomial"](x, n))
        assert names["error"](x, n) == pytest.approx(true)
        assert true <= names["remainder_bound"](x, n) * (1 + 1e-12)


@pytest.mark.parametrize("function", ["ln(1+x)", "geometric 1/(1-x)"])
def test_inside_the_radius_of_one_errors_shrink_and_outside_they_grow(run_template, function):
    names = run_template(TAYLOR, function=function)
    assert names["log_error"](0.5, 24) < names["log_error"](0.5, 12) < names["log_error"](0.5, 2)
    assert names["log_error"](-1.4 if function == "geometric 1/(1-x)" else 1.4, 24) > 1


@pytest.mark.parametrize(
    ("function", "place"), [("ln(1+x)", -6.0), ("geometric 1/(1-x)", 1.0), ("ln(1+x)", 6.0), ("sin x", 0.0)]
)
def test_the_point_compared_is_one_where_the_function_has_a_value(run_template, function, place):
    names = run_template(TAYLOR, function=function, place=place)
    assert abs(names["exact"](names["X"])) < 100
    if function == "sin x" or place == 6.0:
        assert place == names["X"]

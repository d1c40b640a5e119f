"""Terms, limits and sums of sequences agree with SymPy and with textbook values."""

import math

import pytest
import sympy

SEQUENCE = "algebra/sequence_plot"
N = sympy.Symbol("n", integer=True, positive=True)


@pytest.mark.parametrize(
    ("rule", "same", "limit"),
    [
        ("1/n", 1 / N, 0), ("n^2 - 3n", N**2 - 3 * N, None), ("(-1)^n/n", (-1) ** N / N, 0), ("2^n", 2**N, None),
        ("(1 + 1/n)^n", (1 + 1 / N) ** N, math.e), ("(3n + 1)/(n + 2)", (3 * N + 1) / (N + 2), 3),
        ("sqrt(n + 1) - sqrt(n)", sympy.sqrt(N + 1) - sympy.sqrt(N), 0), ("ln(n)", sympy.log(N), None),
        ("(-1)^n", (-1) ** N, None), ("0.9^n", sympy.Rational(9, 10) ** N, 0), ("1/sqrt(n)", 1 / sympy.sqrt(N), 0),
        ("n*sin(1/n)", N * sympy.sin(1 / N), 1), ("sin(n)", sympy.sin(N), None), ("5", sympy.Integer(5), 5),
    ],
)  # fmt: skip
def test_terms_are_those_of_sympy_and_limits_those_of_the_textbook(run_template, rule, same, limit):
    names = run_template(SEQUENCE, rule=rule)
    assert names["TERMS"] == pytest.approx([float(same.subs(N, n)) for n in range(1, 11)])
    assert names["LIMIT"] == pytest.approx(math.nan if limit is None else limit, abs=2e-3, nan_ok=True)


def test_a_recursive_rule_runs_to_its_fixed_point(run_template):
    names = run_template(SEQUENCE, rule="a/2 + 3", first=[1.0])
    assert names["TERMS"][:4] == [1, 3.5, 4.75, 5.375]
    a = sympy.Symbol("a")
    assert names["LIMIT"] == pytest.approx(float(sympy.solve(sympy.Eq(a, a / 2 + 3), a)[0]))
    distance, place = names["band"]()
    assert all(abs(each - 6) < distance for each in names["FAR"][place:])
    assert place == 0 or abs(names["FAR"][place - 1] - 6) >= distance


def test_fibonacci_numbers_are_those_of_sympy(run_template):
    names = run_template(SEQUENCE, rule="a + b", first=[1.0, 1.0], count=12)
    assert names["TERMS"] == [int(sympy.fibonacci(n)) for n in range(1, 13)]
    assert names["SUMS"][-1] == int(sympy.fibonacci(14)) - 1
    assert math.isnan(names["LIMIT"])


@pytest.mark.parametrize(
    ("rule", "total"), [("1/n", math.nan), ("1/n^2", math.pi**2 / 6), ("0.5^n", 1.0), ("n", math.nan)]
)
def test_sums_settle_where_the_series_converges(run_template, rule, total):
    names = run_template(SEQUENCE, rule=rule)
    assert names["TOTAL"] == pytest.approx(total, abs=1e-4, nan_ok=True)


def test_an_index_in_a_recursive_rule_is_that_of_the_term_before(run_template):
    names = run_template(SEQUENCE, rule="n*a", first=[1.0], begin=1, count=6)
    assert names["TERMS"] == [math.factorial(n) for n in range(6)]


@pytest.mark.parametrize(
    ("knobs", "reason"), [({"rule": "1/(n - 3)"}, "no real value"), ({"rule": "a + b"}, "two first terms")]
)
def test_a_sequence_without_terms_is_refused_with_a_reason(run_template, knobs, reason):
    with pytest.raises(ValueError, match=reason):
        run_template(SEQUENCE, **knobs)

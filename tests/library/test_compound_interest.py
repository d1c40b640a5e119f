"""The money of economics/compound_interest equals exact sums with SymPy, and textbook values."""

import functools
import math

import pytest
import sympy


@pytest.fixture
def run(run_template):
    return functools.partial(run_template, "economics/compound_interest")


@pytest.mark.parametrize(
    ("principal", "rate", "years", "compounding", "times"),
    [
        (1000, 6, 30, "yearly", 1),
        (100, 1, 5, "daily", 365),
        (100000, 15, 50, "monthly", 12),
        (500, 8, 20, "quarterly", 4),
    ],
)
def test_adding_interest_period_by_period_gives_the_same_money(run, principal, rate, years, compounding, times):
    names = run(principal=principal, rate=rate, years=years, compounding=compounding)
    exact, share = sympy.Integer(principal), sympy.Rational(rate, 100 * times)
    for _period in range(years * times):
        exact = (exact + exact * share).evalf(30)
    assert names["compound"](years) == pytest.approx(float(exact))
    assert names["simple"](years) == pytest.approx(principal + years * principal * rate / 100)


def test_a_thousand_at_five_per_cent_is_what_the_books_say(run):
    names = run(principal=1000, rate=5, years=10)
    assert names["compound"](10) == pytest.approx(1628.89, abs=0.005)
    assert names["money"](names["compound"](10)) == "1 629 €"


@pytest.mark.parametrize(("compounding", "times"), [("yearly", 1), ("daily", 365)])
@pytest.mark.parametrize("rate", [1.0, 6.0, 15.0])
def test_the_doubling_time_solves_the_equation(run, rate, compounding, times):
    names = run(rate=rate, compounding=compounding)
    t = sympy.Symbol("t", positive=True)
    found = sympy.nsolve((1 + rate / 100 / times) ** (times * t) - 2, t, 72 / rate)
    assert names["doubling_time"]() == pytest.approx(float(found))
    assert names["compound"](names["doubling_time"]()) == pytest.approx(2 * names["principal"])


def test_the_rule_of_72_is_best_near_eight_per_cent(run):
    names = run()
    error = {p: abs(names["rule_of_72"](p) / names["doubling_time"](p, 1) - 1) for p in (1, 2, 4, 8, 12, 15)}
    assert min(error, key=error.get) == 8
    assert max(error.values()) < 0.04


@pytest.mark.parametrize("rate", [1.0, 15.0])
def test_more_often_is_more_but_never_more_than_the_limit(run, rate):
    names = run(rate=rate)
    grown = [names["effective"](times) for _name, times in names["HOW_OFTEN"]]
    assert grown == sorted(grown)
    assert grown[0] == pytest.approx(rate)
    limit = float(
        sympy.limit((1 + sympy.Rational(int(rate), 100) / sympy.Symbol("n")) ** sympy.Symbol("n"), "n", sympy.oo)
    )
    assert grown[-1] < names["endless"]() == pytest.approx(100 * (limit - 1))
    assert math.isclose(grown[-1], names["endless"](), rel_tol=1e-3)

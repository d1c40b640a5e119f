"""The break-even point of economics/break_even is where SymPy says revenue equals cost."""

import functools
import math

import pytest
import sympy

CASES = [(600, 4, 10), (100, 0.5, 5), (5000, 50, 100), (5000, 49.5, 50), (2000, 3, 8), (100, 50, 100)]


@pytest.fixture
def run(run_template):
    return functools.partial(run_template, "economics/break_even")


@pytest.mark.parametrize(("fixed", "variable", "price"), CASES)
def test_the_lines_cross_where_the_equation_says(run, fixed, variable, price):
    names = run(fixed=fixed, variable=variable, price=price)
    q = sympy.Symbol("q")
    (exact,) = sympy.solve(sympy.Eq(sympy.nsimplify(price) * q, fixed + sympy.nsimplify(variable) * q), q)
    assert names["POINT"] == pytest.approx(float(exact))
    assert names["profit"](float(exact)) == pytest.approx(0, abs=1e-6)
    assert names["profit"](float(exact) + 1) == pytest.approx(price - variable)


@pytest.mark.parametrize(("fixed", "variable", "price"), CASES)
@pytest.mark.parametrize("gain", [0, 50, 450, 5000])
def test_so_many_pieces_reach_the_profit_and_one_less_does_not(run, fixed, variable, price, gain):
    names = run(fixed=fixed, variable=variable, price=price)
    needed = names["pieces_for"](gain)
    assert needed * price - (fixed + needed * variable) >= gain - 1e-6
    assert (needed - 1) * price - (fixed + (needed - 1) * variable) < gain


def test_a_lemonade_stand_is_what_the_books_say(run):
    names = run(fixed=600, variable=4, price=10, planned=150, wanted=450)
    assert names["POINT"] == pytest.approx(100)
    assert names["pieces_for"](450) == 175
    assert names["outcome"](names["profit"](150)) == "a profit of 300 €"
    assert names["outcome"](names["profit"](50)) == "a loss of 300 €"


def test_the_prices_that_are_tried_lie_above_the_variable_cost(run):
    for fixed, variable, price in CASES:
        names = run(fixed=fixed, variable=variable, price=price)
        assert variable < names["LOWEST_PRICE"] < price < names["HIGHEST_PRICE"]
        assert names["break_even"](names["LOWEST_PRICE"]) == pytest.approx(fixed / (0.42 * (price - variable)))
        assert math.isfinite(names["WIDEST"]) and names["POINT"] < names["WIDEST"]


def test_a_price_that_leaves_nothing_over_is_refused_with_a_reason(run):
    with pytest.raises(ValueError, match="raise the price"):
        run(variable=12, price=10)

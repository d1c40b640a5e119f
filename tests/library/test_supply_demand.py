"""The market of economics/supply_demand clears where SymPy says it does."""

import functools
import itertools

import pytest
import sympy

CHANGES = ["demand rises", "demand falls", "supply rises", "supply falls"]


@pytest.fixture
def run(run_template):
    return functools.partial(run_template, "economics/supply_demand")


@pytest.mark.parametrize("change", CHANGES)
def test_the_lines_meet_where_the_equations_do(run, change):
    names = run(change=change, shift=1.5, top_price=15.0, demand_slope=0.11)
    quantity, price = sympy.symbols("q p")
    solved = sympy.solve(
        [
            sympy.Eq(price, names["NEW_TOP"] - 0.11 * quantity),
            sympy.Eq(price, names["NEW_LOWEST"] + names["supply_slope"] * quantity),
        ],
        [quantity, price],
    )
    assert names["meeting"](names["NEW_TOP"], names["NEW_LOWEST"]) == pytest.approx(
        (float(solved[quantity]), float(solved[price]))
    )


def test_both_markets_trade_at_a_price_above_zero_at_every_end_of_the_bounds(run):
    bounds = itertools.product((10.0, 20.0), (0.02, 0.3), (3.5, 5.0), CHANGES)
    for top, slope, lowest, change in bounds:
        names = run(top_price=top, demand_slope=slope, lowest_price=lowest, change=change, shift=3.0)
        for quantity, price in (names["meeting"](), names["meeting"](names["NEW_TOP"], names["NEW_LOWEST"])):
            assert quantity > 1
            assert price > 0


def test_offer_and_demand_are_equal_only_at_the_meeting(run):
    names = run()
    quantity, price = names["meeting"]()
    assert names["demanded"](price) == pytest.approx(quantity) == names["supplied"](price)
    assert names["supplied"](price + 1) > names["demanded"](price + 1)
    assert names["supplied"](price - 1) < names["demanded"](price - 1)

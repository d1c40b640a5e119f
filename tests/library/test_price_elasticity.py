"""Elasticity and revenue of economics/price_elasticity equal SymPy's derivatives and the midpoint formula."""

import functools
import itertools

import pytest
import sympy
from scipy.optimize import minimize_scalar

ENDS = list(itertools.product((10.0, 50.0), (20, 1000), (1.0, 8.0), ("rises", "falls"), (5.0, 20.0)))


@pytest.fixture
def run(run_template):
    return functools.partial(run_template, "economics/price_elasticity")


@pytest.mark.parametrize(("top", "most"), [(10.0, 100), (50.0, 20), (10.0, 1000)])
def test_the_point_elasticity_is_the_derivative_times_price_over_quantity(run, top, most):
    names = run(top_price=top, most=most)
    p = sympy.Symbol("p")
    demand = most * (1 - p / sympy.Float(top))
    exact = -sympy.diff(demand, p) * p / demand
    for part in (0.05, 0.3, 0.5, 0.9):
        assert names["elasticity"](part * top) == pytest.approx(float(exact.subs(p, part * top)))
        assert names["price_for"](names["demanded"](part * top)) == pytest.approx(part * top)


@pytest.mark.parametrize("top", [10.0, 37.5, 50.0])
def test_revenue_is_greatest_where_the_elasticity_is_one(run, top):
    names = run(top_price=top)
    best = minimize_scalar(lambda price: -names["revenue"](price), bounds=(0, top), method="bounded").x
    assert names["elasticity"](best) == pytest.approx(1, abs=1e-3)
    assert names["kind_of"](names["elasticity"](best)) == "unit elastic"


@pytest.mark.parametrize(("top", "most", "price", "direction", "change"), ENDS)
def test_the_midpoint_elasticity_tells_which_way_revenue_goes(run, top, most, price, direction, change):
    names = run(top_price=top, most=most, old_price=price, direction=direction, change=change)
    new = names["NEW_PRICE"]
    value = names["midpoint_elasticity"](price, new)
    mean = (price + new) / 2
    assert value == pytest.approx(mean / (top - mean))
    grows = names["revenue"](new) > names["revenue"](price)
    assert grows == ((value < 1) == (new > price))
    line = names["conclusion"](value, new > price, names["revenue"](new) - names["revenue"](price))
    assert ("grow" in line) == grows


def test_a_rise_from_three_euros_is_the_textbook_sum(run):
    names = run(top_price=10, most=100, old_price=3, direction="rises", change=10)
    assert names["NEW_PRICE"] == pytest.approx(3.3)
    assert names["midpoint_elasticity"](3, 3.3) == pytest.approx((3 / 68.5) / (0.3 / 3.15))
    assert names["revenue"](3.3) - names["revenue"](3) == pytest.approx(221.1 - 210)

"""Costs and gains of economics/production_possibilities equal derivatives and a linear programme."""

import functools
import itertools

import pytest
import sympy
from scipy.optimize import linprog

ENDS = list(itertools.product((10, 100), (10, 100), (10, 100), (10, 100)))
BOOK = (60, 60, 20, 40)
KNOBS = ("home_first", "home_second", "abroad_first", "abroad_second")


@pytest.fixture
def run(run_template):
    return functools.partial(run_template, "economics/production_possibilities")


def alone(most_first, most_second, second):
    """The most of the first good beside so much of the second, found by a linear programme over the time spent."""
    best = linprog([-most_first, 0], A_ub=[[1, 1]], b_ub=[1], A_eq=[[0, most_second]], b_eq=[second])
    return -best.fun


@pytest.mark.parametrize(("most_first", "most_second"), [(60, 60), (10, 100), (100, 10)])
def test_the_opportunity_cost_is_the_slope_of_the_frontier_and_rises(run, most_first, most_second):
    names = run(home_first=most_first, home_second=most_second)
    x = sympy.Symbol("x", positive=True)
    curve = most_second * sympy.sqrt(1 - (x / most_first) ** 2)
    costs = []
    for part in (0.1, 0.5, 0.9):
        exact = float(-sympy.diff(curve, x).subs(x, part * most_first))
        assert names["next_cost"](part * most_first) == pytest.approx(exact)
        assert names["bowed"](part * most_first) == pytest.approx(float(curve.subs(x, part * most_first)))
        costs.append(exact)
    assert costs == sorted(costs)


@pytest.mark.parametrize("makes", [BOOK, (30, 60, 90, 45), *ENDS])
def test_trade_takes_both_countries_beyond_what_they_could_make_alone(run, makes):
    names = run(**dict(zip(KNOBS, makes, strict=True)))
    equal = makes[0] * makes[3] == makes[1] * makes[2]
    assert names["EQUAL"] == equal
    for country, (most_first, most_second) in (("Home", makes[:2]), ("Abroad", makes[2:])):
        first, second = names["with_trade"](country, names["SOLD"])
        assert first > 0 and second > 0
        better = first - alone(most_first, most_second, second)
        assert names["gain"](country) == pytest.approx(better, abs=1e-6)
        assert abs(better) < 1e-6 if equal else better > 0.01


@pytest.mark.parametrize("makes", [BOOK, *ENDS])
def test_nothing_is_lost_or_made_on_the_way(run, makes):
    names = run(**dict(zip(KNOBS, makes, strict=True)))
    made = {"Home": makes[:2], "Abroad": makes[2:]}
    first = sum(names["with_trade"](country, names["SOLD"])[0] for country in made)
    second = sum(names["with_trade"](country, names["SOLD"])[1] for country in made)
    assert first == pytest.approx(made[names["FIRST_MAKER"]][0])
    assert second == pytest.approx(made[names["SECOND_MAKER"]][1])


def test_home_is_better_at_both_and_still_should_grow_only_wheat(run):
    names = run(**dict(zip(KNOBS, BOOK, strict=True)))
    assert names["FIRST_MAKER"] == "Home"
    assert names["cost_of_first"]("Home") == 1
    assert names["cost_of_first"]("Abroad") == 2
    assert 1 < names["TERMS"] < 2
    assert names["better_at"]().startswith("Home makes more of both")

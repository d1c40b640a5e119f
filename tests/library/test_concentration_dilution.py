"""The numbers of chemistry/concentration_dilution follow from counting moles, checked in litres and with sympy."""

import functools

import numpy as np
import pytest
import sympy

# molar masses from the atomic masses of the periodic table, in g/mol
ATOMS = {
    "Na": 22.990,
    "Cl": 35.45,
    "Cu": 63.546,
    "S": 32.06,
    "O": 15.999,
    "C": 12.011,
    "H": 1.008,
    "K": 39.098,
    "Mn": 54.938,
}
FORMULAS = {
    "sodium chloride": {"Na": 1, "Cl": 1},
    "copper sulfate": {"Cu": 1, "S": 1, "O": 4},
    "glucose": {"C": 6, "H": 12, "O": 6},
    "potassium permanganate": {"K": 1, "Mn": 1, "O": 4},
}
ENDS = [(2.0, 50.0, 250.0), (12.0, 100.0, 120.0), (0.1, 5.0, 1000.0)]
each_setting = pytest.mark.parametrize(("stock", "taken", "final"), ENDS)


@pytest.fixture
def run(run_template):
    return functools.partial(run_template, "chemistry/concentration_dilution")


@each_setting
def test_the_diluted_concentration_solves_the_rule(run, stock, taken, final):
    names = run(stock=stock, taken=taken, final=final)
    c2 = sympy.symbols("c2")
    (known,) = sympy.solve(sympy.Eq(stock * taken, c2 * final), c2)
    assert names["DILUTED"] == pytest.approx(float(known))
    assert names["concentration"](final) == pytest.approx(float(known))
    assert names["concentration"](taken) == pytest.approx(stock)


@each_setting
def test_the_amount_is_the_same_at_every_volume(run, stock, taken, final):
    names = run(stock=stock, taken=taken, final=final)
    moles = stock * (taken / 1000)
    for volume in np.linspace(taken, final, 7):
        assert names["concentration"](volume) * volume / 1000 == pytest.approx(moles)
    assert names["AMOUNT"] == pytest.approx(1000 * moles)


@each_setting
def test_adding_the_final_volume_as_water_makes_it_too_weak(run, stock, taken, final):
    names = run(stock=stock, taken=taken, final=final)
    litres = taken / 1000 + final / 1000
    assert names["MISTAKEN"] == pytest.approx(stock * taken / 1000 / litres)
    assert names["MISTAKEN"] < names["DILUTED"]


@pytest.mark.parametrize("substance", list(FORMULAS))
def test_masses_follow_from_the_atomic_masses(run, substance):
    names = run(substance=substance)
    molar = sum(ATOMS[symbol] * count for symbol, count in FORMULAS[substance].items())
    assert names["MASS"] == pytest.approx(2.0 * 0.050 * molar, rel=1e-3)


def test_the_dots_stay_the_same_and_inside_the_liquid(run):
    names = run()
    for level in (0.4, 2.0, 4.7):
        dots = names["particles"](0.0, 0.0, level, 3.0)
        assert len(dots) == names["DOTS"]
        assert all(0 < dot.get_center()[1] < level + 0.02 for dot in dots)

"""The numbers in front of chemistry/balancing_equations are those of an exact null space, and mass is conserved."""

import functools
import math
import re

import pytest
import sympy

# formulas as in a textbook, written down again
TEXTBOOK = {
    "hydrogen burns to water": ("H2 O2", "H2O", [2, 1, 2]),
    "ammonia is made": ("N2 H2", "NH3", [1, 3, 2]),
    "methane burns": ("CH4 O2", "CO2 H2O", [1, 2, 1, 2]),
    "propane burns": ("C3H8 O2", "CO2 H2O", [1, 5, 3, 4]),
    "ethanol burns": ("C2H6O O2", "CO2 H2O", [1, 3, 2, 3]),
    "magnesium burns": ("Mg O2", "MgO", [2, 1, 2]),
    "iron rusts": ("Fe O2", "Fe2O3", [4, 3, 2]),
    "sodium and chlorine": ("Na Cl2", "NaCl", [2, 1, 2]),
    "hydrogen peroxide breaks up": ("H2O2", "H2O O2", [2, 2, 1]),
    "photosynthesis": ("CO2 H2O", "C6H12O6 O2", [6, 6, 1, 6]),
    "blast furnace": ("Fe2O3 CO", "Fe CO2", [1, 3, 2, 3]),
    "zinc in hydrochloric acid": ("Zn HCl", "ZnCl2 H2", [1, 2, 1, 1]),
    "sodium in water": ("Na H2O", "NaOH H2", [2, 2, 2, 1]),
}
each_reaction = pytest.mark.parametrize("reaction", list(TEXTBOOK))


@pytest.fixture
def run(run_template):
    return functools.partial(run_template, "chemistry/balancing_equations")


def composition(formula):
    found: dict[str, int] = {}
    for symbol, count in re.findall(r"([A-Z][a-z]?)(\d*)", formula):
        found[symbol] = found.get(symbol, 0) + int(count or 1)
    return found


def null_space(left, right):
    """The smallest whole numbers in the null space of the matrix of atoms."""
    species = [composition(formula) for formula in [*left.split(), *right.split()]]
    elements = sorted({symbol for each in species for symbol in each})
    signs = [1] * len(left.split()) + [-1] * len(right.split())
    rows = [[sign * each.get(symbol, 0) for sign, each in zip(signs, species, strict=True)] for symbol in elements]
    (basis,) = sympy.Matrix(rows).nullspace()
    whole = basis * sympy.ilcm(*[entry.q for entry in basis])
    return [abs(int(entry / sympy.igcd(*whole))) for entry in whole]


@each_reaction
def test_the_numbers_in_front_solve_the_linear_equations(run, reaction):
    left, right, known = TEXTBOOK[reaction]
    names = run(reaction=reaction)
    assert names["COUNTS"] == null_space(left, right) == known


@each_reaction
def test_the_drawn_molecules_have_the_atoms_of_their_formulas(run, reaction):
    names = run(reaction=reaction)
    written = [composition(formula) for formula in " ".join(TEXTBOOK[reaction][:2]).split()]
    for formula, atoms in zip(names["SPECIES"], written, strict=True):
        drawn = [symbol for symbol, _x, _y in names["PLACES"][formula]]
        assert {symbol: drawn.count(symbol) for symbol in drawn} == atoms == names["atoms_in"](formula)


@each_reaction
def test_the_steps_end_balanced_and_no_step_before_does(run, reaction):
    names = run(reaction=reaction)
    steps = [counts for _which, counts in names["way"]()]
    assert names["is_balanced"](steps[-1])
    assert not any(names["is_balanced"](counts) for counts in steps[:-1])
    assert not names["is_balanced"]([1] * len(names["SPECIES"]))


@each_reaction
@pytest.mark.parametrize("amount", [0.5, 12.0])
def test_mass_is_conserved(run, reaction, amount):
    names = run(reaction=reaction, amount=amount)
    split = len(names["REACTANTS"])
    assert math.fsum(names["grams"]()[:split]) == pytest.approx(math.fsum(names["grams"]()[split:]))


def test_two_moles_of_hydrogen_give_thirty_six_grams_of_water(run):
    names = run(reaction="hydrogen burns to water", amount=2.0)
    assert names["moles"]() == [2, 1, 2]
    assert names["grams"]() == [4, 32, 36]


def test_what_is_called_wrong_is_not_one_of_the_substances(run):
    for reaction in TEXTBOOK:
        names = run(reaction=reaction)
        assert names["WRONG"] not in names["SPECIES"]

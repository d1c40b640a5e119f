"""The shells of chemistry/atom_shells equal those of the order of subshells, its table the printed one."""

import functools

import pytest

# The first four rows as printed, with their columns.
PERIODIC_TABLE = {
    1: {1: "H", 18: "He"},
    2: {1: "Li", 2: "Be", 13: "B", 14: "C", 15: "N", 16: "O", 17: "F", 18: "Ne"},
    3: {1: "Na", 2: "Mg", 13: "Al", 14: "Si", 15: "P", 16: "S", 17: "Cl", 18: "Ar"},
    4: {1: "K", 2: "Ca"},
}
USUAL_IONS = {"Li": 1, "Na": 1, "K": 1, "Be": 2, "Mg": 2, "Ca": 2, "Al": 3, "N": -3, "P": -3, "O": -2, "S": -2, "F": -1}
NOBLE = (0, 2, 10, 18)


@pytest.fixture
def run(run_template):
    return functools.partial(run_template, "chemistry/atom_shells")


def by_subshells(electrons):
    """Electrons of each shell n, filling subshells in the order of n + l, then n."""
    order = sorted(((n, angular) for n in range(1, 6) for angular in range(n)), key=lambda nl: (sum(nl), nl[0]))
    shells: dict[int, int] = {}
    for n, angular in order:
        put = min(electrons, 2 * (2 * angular + 1))
        if put:
            shells[n] = shells.get(n, 0) + put
        electrons -= put
    return [shells[n] for n in sorted(shells)]


def test_the_shells_follow_the_order_of_subshells(run):
    names = run()
    for z in range(1, 21):
        assert names["shells"](z) == by_subshells(z)


def test_every_element_stands_where_the_printed_table_has_it(run):
    names = run()
    placed = {(names["period_of"](z), names["group_of"](z)): names["SYMBOLS"][z - 1] for z in range(1, 21)}
    assert placed == {(row, col): symbol for row, cells in PERIODIC_TABLE.items() for col, symbol in cells.items()}


def test_the_ions_are_the_usual_ones_and_have_full_shells(run):
    names = run()
    for symbol, charge in USUAL_IONS.items():
        z = names["SYMBOLS"].index(symbol) + 1
        assert names["charge_of"](z) == charge
    for z in range(1, 21):
        if names["charge_of"](z):
            assert z - names["charge_of"](z) in NOBLE


@pytest.mark.parametrize(("z", "more", "mass"), [(1, 0, 1), (6, 2, 14), (20, 0, 40), (17, 2, 37), (1, 2, 3)])
def test_mass_numbers_are_those_of_known_isotopes(run, z, more, mass):
    names = run(atomic_number=z, more_neutrons=more)
    assert names["MASS_NUMBER"] == mass
    assert len(names["nucleus"](0)) == mass


def test_charges_are_written_as_chemists_do(run):
    names = run()
    assert [names["charge_text"](charge) for charge in (1, 2, -1, -3)] == ["+", "2+", "\u2212", "3\u2212"]

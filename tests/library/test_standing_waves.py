"""The harmonics of waves/standing_waves are those of a discretised string, and its two waves add up."""

import functools

import numpy as np
import pytest
from scipy.linalg import eigh_tridiagonal


@pytest.fixture
def run(run_template):
    return functools.partial(run_template, "waves/standing_waves")


def beaded_frequencies(length, tension, grams_per_metre, count, beads=1500):
    """The lowest frequencies of beads on a massless string under tension, in hertz (Newton's law for each bead)."""
    gap = length / (beads + 1)
    bead = grams_per_metre / 1000 * gap
    diagonal, beside = np.full(beads, 2 * tension / (gap * bead)), np.full(beads - 1, -tension / (gap * bead))
    squares = eigh_tridiagonal(diagonal, beside, select="i", select_range=(0, count - 1), eigvals_only=True)
    return np.sqrt(squares) / (2 * np.pi)


@pytest.mark.parametrize(("length", "tension", "mass"), [(0.65, 70.0, 3.4), (0.1, 500.0, 0.2), (5.0, 1.0, 50.0)])
def test_the_harmonics_are_those_of_a_string_of_beads(run, length, tension, mass):
    names = run(length=length, tension=tension, line_mass=mass)
    found = [names["frequency_of"](n) for n in range(1, 7)]
    assert found == pytest.approx(list(beaded_frequencies(length, tension, mass, 6)), rel=1e-4)


def test_the_a_string_of_a_guitar_sounds_near_110_hertz(run):
    assert run(length=0.65, tension=70.0, line_mass=3.4)["frequency_of"](1) == pytest.approx(110, abs=1)


def test_four_times_the_tension_is_an_octave(run):
    names = run()
    assert names["frequency_of"](3, 4 * 70.0) == pytest.approx(2 * names["frequency_of"](3, 70.0))


@pytest.mark.parametrize("n", [1, 3, 6])
def test_the_two_running_waves_add_up_to_the_standing_one(run, n):
    names = run(harmonic=n)
    parts = np.linspace(0, 1, 61)
    for cycles in (0.0, 0.13, 0.5, 1.7):
        total = names["runs_right"](parts, cycles, n) + names["runs_left"](parts, cycles, n)
        assert names["stands"](parts, cycles, n) == pytest.approx(total, abs=1e-9)


@pytest.mark.parametrize("n", [1, 2, 6])
def test_nodes_rest_and_antinodes_swing_most(run, n):
    names = run(harmonic=n)
    times = np.linspace(0, 1, 40)

    def at(part):
        return max(abs(float(names["stands"](np.array(part), cycles, n))) for cycles in times)

    assert len(names["nodes_of"](n)) == n + 1
    assert [at(part) for part in names["nodes_of"](n)] == pytest.approx([0.0] * (n + 1), abs=1e-9)
    assert [at(part) for part in names["antinodes_of"](n)] == pytest.approx([2.0] * n)


def test_waves_run_the_way_they_are_named(run):
    names = run(harmonic=2)
    here, later = np.array(0.3), 0.01
    moved = 0.3 + later * 2 / 2  # one wavelength is 2/n of the string
    assert names["runs_right"](np.array(moved), later, 2) == pytest.approx(float(names["runs_right"](here, 0, 2)))
    assert names["runs_left"](np.array(0.3 - later), later, 2) == pytest.approx(float(names["runs_left"](here, 0, 2)))

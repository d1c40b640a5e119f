"""The energies and temperatures of thermodynamics/heating_curve equal summed heats and worked textbook cases."""

import functools

import numpy as np
import pytest


@pytest.fixture
def run(run_template):
    return functools.partial(run_template, "thermodynamics/heating_curve")


def test_half_a_kilogram_takes_the_energies_of_the_textbook(run):
    names = run(mass=0.5, start=-20, final=120)
    assert names["ENERGIES"] == pytest.approx([21.0, 167.0, 209.0, 1130.0, 20.0])
    assert names["TOTAL"] == pytest.approx(1547.0)


def enthalpy(celsius, start):
    """Energy in kJ of a kilogram, counted by small steps of temperature, with the latent heats where they belong."""
    steps = np.arange(start, celsius, 0.01)
    heats = np.where(steps < 0, 2.1, np.where(steps < 100, 4.18, 2.0))
    return 0.01 * heats.sum() + (334 if celsius > 0 else 0) + (2260 if celsius > 100 else 0)


@pytest.mark.parametrize("celsius", [-15.0, 40.0, 99.0, 110.0])
@pytest.mark.parametrize("mass", [0.05, 5.0])
def test_the_temperature_follows_from_the_energy(run, celsius, mass):
    names = run(mass=mass, start=-30)
    assert names["temperature"](mass * enthalpy(celsius, -30)) == pytest.approx(celsius, abs=0.05)


@pytest.mark.parametrize(("step", "plateau"), [(1, 0.0), (3, 100.0)])
def test_the_temperature_stays_while_the_state_changes(run, step, plateau):
    names = run()
    for part in (0.05, 0.5, 0.95):
        energy = names["TURNS"][step] + part * names["ENERGIES"][step]
        assert names["temperature"](energy) == pytest.approx(plateau)
        assert names["part_done"](energy, step) == pytest.approx(part)


def test_twice_the_mass_needs_twice_the_energy_for_the_same_temperature(run):
    names = run(mass=0.5)
    assert names["temperature"](2 * 300.0, 2.0) == pytest.approx(names["temperature"](300.0))
    assert names["energies"](1.0) == pytest.approx([2 * energy for energy in names["ENERGIES"]])


def test_times_are_said_as_people_say_them(run):
    names = run(power=500)
    assert names["time_text"](1000 * names["ENERGIES"][3] / 500) == "37.7 min"
    assert names["time_text"](42) == "42 s"

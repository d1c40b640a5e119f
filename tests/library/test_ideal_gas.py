"""The states of thermodynamics/ideal_gas equal the gas law with CODATA constants, and its particles bear them out."""

import functools
import math

import numpy as np
import pytest
from scipy.constants import R, zero_Celsius

BOYLE, CHARLES, GAY_LUSSAC = (
    "squeeze it (Boyle)",
    "heat it, piston free (Charles)",
    "heat it, piston fixed (Gay-Lussac)",
)


@pytest.fixture
def run(run_template):
    return functools.partial(run_template, "thermodynamics/ideal_gas")


@pytest.mark.parametrize("process", [BOYLE, CHARLES, GAY_LUSSAC])
@pytest.mark.parametrize("values", [{}, {"amount": 10.0, "temperature": 150.0, "volume": 2.0, "factor": 4.0}])
def test_every_state_on_the_way_obeys_the_gas_law(run, process, values):
    names = run(process=process, **values)
    for part in np.linspace(0, 1, 7):
        pressure, litres, kelvin = names["state"](part)
        assert pressure * 1e3 * litres * 1e-3 == pytest.approx(names["amount"] * R * kelvin)
    assert names["CELSIUS"] == zero_Celsius


def test_one_mole_in_twenty_four_litres_presses_like_the_air(run):
    assert run()["START"][0] == pytest.approx(103.93, abs=0.01)


@pytest.mark.parametrize(
    ("process", "expected"), [(BOYLE, (3, 1 / 3, 1)), (CHARLES, (1, 3, 3)), (GAY_LUSSAC, (3, 1, 3))]
)
def test_each_process_keeps_what_its_law_keeps(run, process, expected):
    names = run(process=process, factor=3.0)
    assert np.array(names["END"]) / np.array(names["START"]) == pytest.approx(np.array(expected))


def test_half_the_room_doubles_the_hits_on_the_piston(run):
    names = run(process=BOYLE)
    count = [names["piston_hits"](names["simulate"](np.full(40001, part)), 0, 40000).sum() for part in (0.0, 1.0)]
    assert count[1] / count[0] == pytest.approx(2.0, rel=0.02)


def test_hotter_particles_are_faster_by_the_root_of_the_temperature(run):
    names = run(process=GAY_LUSSAC, factor=4.0)
    count = [names["piston_hits"](names["simulate"](np.full(40001, part)), 0, 40000).sum() for part in (0.0, 1.0)]
    assert count[1] / count[0] == pytest.approx(math.sqrt(4.0), rel=0.02)


def test_the_particles_stay_in_the_cylinder(run):
    names = run(process=CHARLES, factor=4.0)
    film = names["simulate"](np.linspace(0, 1, 801))
    for moment in range(0, 801, 50):
        x, y = names["places_at"](film, moment)
        assert x.min() > names["WALL"] and x.max() < names["WALL"] + film[0][moment]
        assert y.min() > 0 and y.max() < names["HEIGHT"]

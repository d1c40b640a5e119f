"""The orbits of mechanics/kepler_orbits equal integrated gravity and the planets' measured periods."""

import functools
import math

import numpy as np
import pytest
from scipy.constants import astronomical_unit
from scipy.integrate import solve_ivp


@pytest.fixture
def run(run_template):
    return functools.partial(run_template, "mechanics/kepler_orbits")


@pytest.mark.parametrize(("axis", "eccentricity", "star"), [(1.0, 0.5, 1.0), (0.1, 0.85, 10.0), (40.0, 0.0, 0.1)])
def test_the_planet_moves_as_gravity_says(run, axis, eccentricity, star):
    names = run(axis=axis, eccentricity=eccentricity, star=star)
    pull = 4 * math.pi**2 * star  # of the star, in AU³ a year²
    x, y = names["position"](0.0)
    fastest = names["speed"](0.0) / names["KILOMETRES"]
    turns = np.linspace(0, 1, 9)
    found = solve_ivp(
        lambda _t, s: [s[2], s[3], -pull * s[0] / math.hypot(s[0], s[1]) ** 3, -pull * s[1] / math.hypot(*s[:2]) ** 3],
        (0, names["PERIOD"]),
        [x, y, 0.0, -fastest],
        t_eval=turns * names["PERIOD"],
        rtol=1e-10,
        atol=1e-12 * axis,
    )
    ours = np.array([names["position"](turn) for turn in turns])
    assert np.allclose(ours, found.y[:2].T, atol=2e-4 * axis)


@pytest.mark.parametrize("eccentricity", [0.0, 0.5, 0.85])
def test_equal_times_sweep_equal_areas(run, eccentricity):
    names = run(eccentricity=eccentricity, axis=2.0, sectors=12)
    for k in range(12):
        points = np.array([names["position"](turn) for turn in np.linspace(k / 12, (k + 1) / 12, 800)])
        crossed = points[:-1, 0] * points[1:, 1] - points[1:, 0] * points[:-1, 1]
        assert abs(crossed.sum()) / 2 == pytest.approx(names["AREA"] / 12, rel=1e-3)


def test_the_earth_takes_a_year_at_thirty_kilometres_a_second(run):
    names = run(axis=1.0, eccentricity=0.02)
    assert names["PERIOD"] == pytest.approx(1.0)
    assert names["speed"](0.25) == pytest.approx(29.78, abs=0.3)
    assert names["KILOMETRES"] == pytest.approx(astronomical_unit / 1000 / (365.25 * 86400), rel=1e-6)


@pytest.mark.parametrize(("axis", "measured"), [(5.2, 11.86), (9.58, 29.45), (30.1, 164.8)])
def test_the_outer_planets_take_as_long_as_measured(run, axis, measured):
    assert run(axis=axis)["PERIOD"] == pytest.approx(measured, rel=0.01)


def test_the_measured_planets_on_screen_obey_the_third_law(run):
    for _name, axis, period, _color in run()["PLANETS"]:
        assert period**2 / axis**3 == pytest.approx(1.0, rel=2e-3)


def test_at_the_ends_speed_times_distance_is_equal(run):
    names = run(eccentricity=0.6)
    assert names["speed"](0.0) * names["NEAREST"] == pytest.approx(names["speed"](0.5) * names["FARTHEST"])
    assert names["compared"]() == "4 times as far, 4 times as slow."

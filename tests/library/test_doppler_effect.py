"""The frequencies of waves/doppler_effect follow from when each crest arrives, found one by one."""

import functools
import itertools
import math

import numpy as np
import pytest
from scipy.optimize import brentq


@pytest.fixture
def run(run_template):
    return functools.partial(run_template, "waves/doppler_effect")


def arrival(sent, speed, waves, aside):
    """When a crest arrives that was sent at a time, from a source closest at zero, `aside` metres away."""
    return sent + math.hypot(speed * sent, aside) / waves


def counted(time, frequency, speed, waves, aside):
    """The frequency heard at a time, as one over the time between two crests, a thousandth of a period apart."""
    sent = brentq(lambda s: arrival(s, speed, waves, aside) - time, -1e4, 1e4, xtol=1e-14)
    part = 1e-3 / frequency
    return 1e-3 / (arrival(sent + part / 2, speed, waves, aside) - arrival(sent - part / 2, speed, waves, aside))


@pytest.mark.parametrize(
    ("frequency", "speed", "waves"), [(500.0, 30.0, 340.0), (20.0, 1.0, 100.0), (5000.0, 280.0, 340.0)]
)
@pytest.mark.parametrize("time", [-0.3, 0.0, 0.05, 1.0])
def test_a_bystander_hears_crests_as_they_arrive(run, frequency, speed, waves, time):
    names = run(source_frequency=frequency, source_speed=speed, wave_speed=waves)
    assert names["heard_at"](time) == pytest.approx(counted(time, frequency, speed, waves, names["ASIDE"]), rel=1e-5)


def test_a_textbook_siren(run):
    names = run(source_frequency=500.0, source_speed=30.0, wave_speed=340.0)
    assert names["heard"](1) == pytest.approx(548.4, abs=0.1)
    assert names["heard"](-1) == pytest.approx(459.5, abs=0.1)
    assert names["wavelength"](1) == pytest.approx(0.62)


@pytest.mark.parametrize("speed", [1.0, 170.0, 300.0])
def test_crests_pass_at_the_waves_own_speed(run, speed):
    names = run()
    for toward in (1, -1):
        assert names["wavelength"](toward, speed) * names["heard"](toward, speed) == pytest.approx(340.0)


def test_far_away_the_bystander_hears_what_the_formula_says(run):
    names = run(source_speed=30.0)
    assert names["heard_at"](-500.0) == pytest.approx(names["heard"](1), rel=1e-5)
    assert names["heard_at"](500.0) == pytest.approx(names["heard"](-1), rel=1e-5)


def test_the_tone_never_rises(run):
    names = run(source_speed=30.0)
    heard = [names["heard_at"](time) for time in np.linspace(-4, 4, 200)]
    assert all(later <= earlier for earlier, later in itertools.pairwise(heard))


def test_at_and_beyond_the_waves_speed_the_formula_ends(run):
    names = run(source_speed=340.0, wave_speed=340.0)
    assert math.isinf(names["heard"](1))
    assert math.isnan(names["heard"](1, 400.0))
    assert names["PASSING"] < 340.0


@pytest.mark.parametrize(("mach", "angle"), [(2.0, 30.0), (math.sqrt(2), 45.0), (1.6, 38.68)])
def test_the_cone_touches_every_crest(run, mach, angle):
    """Distance from the circle's centre to the cone's edge is the circle's radius."""
    found = run()["cone_angle"](mach)
    assert found == pytest.approx(angle, abs=0.01)
    assert mach * 3.0 * math.sin(math.radians(found)) == pytest.approx(3.0)

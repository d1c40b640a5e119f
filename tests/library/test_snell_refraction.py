"""The angles of optics/snell_refraction take light the quickest way, and its reflected share keeps the energy."""

import functools
import math

import pytest
from scipy.constants import c
from scipy.optimize import minimize_scalar


@pytest.fixture
def run(run_template):
    return functools.partial(run_template, "optics/snell_refraction")


def quickest_angles(upper, lower, across):
    """Fermat: light from (0, 1) to (across, -1) crosses where the journey takes least time. Both angles, degrees."""

    def time(x):
        return upper * math.hypot(x, 1) + lower * math.hypot(across - x, 1)

    x = minimize_scalar(time, bounds=(0, across), method="bounded", options={"xatol": 1e-10}).x
    return math.degrees(math.atan(x)), math.degrees(math.atan(across - x))


@pytest.mark.parametrize(("upper", "lower"), [(1.0, 1.5), (1.5, 1.0), (1.33, 2.5), (2.5, 1.0)])
@pytest.mark.parametrize("across", [0.3, 2.0, 9.0])
def test_the_refracted_ray_is_the_quickest_way(run, upper, lower, across):
    incidence, out = quickest_angles(upper, lower, across)
    assert run()["refraction_angle"](incidence, upper, lower) == pytest.approx(out, abs=1e-3)


def test_textbook_values_for_glass_water_and_diamond(run):
    names = run()
    assert names["refraction_angle"](50, 1.0, 1.5) == pytest.approx(30.71, abs=0.01)
    assert names["critical_angle"](1.5, 1.0) == pytest.approx(41.81, abs=0.01)
    assert names["critical_angle"](1.33, 1.0) == pytest.approx(48.75, abs=0.01)
    assert names["critical_angle"](2.42, 1.0) == pytest.approx(24.41, abs=0.01)
    assert names["critical_angle"](1.0, 1.5) is None


def test_beyond_the_critical_angle_there_is_no_refracted_ray_and_all_light_is_reflected(run):
    names = run()
    assert math.isnan(names["refraction_angle"](42, 1.5, 1.0))
    assert names["reflected_share"](42, 1.5, 1.0) == 1.0
    assert names["reflected_share"](41, 1.5, 1.0) < 0.8


def test_a_window_reflects_four_per_cent_of_light_that_meets_it_straight(run):
    assert run()["reflected_share"](0, 1.0, 1.5) == pytest.approx(0.04)


@pytest.mark.parametrize("angle", [0, 30, 56.31, 80])
def test_reflected_and_transmitted_energy_add_up_to_all_of_it(run, angle):
    """The transmitted share from Fresnel's amplitudes t = 2 n1 cos(a) / ..., independent of the reflected one."""
    names, upper, lower = run(), 1.0, 1.5
    a, b = math.radians(angle), math.asin(upper * math.sin(math.radians(angle)) / lower)
    across = 2 * upper * math.cos(a) / (upper * math.cos(a) + lower * math.cos(b))
    along = 2 * upper * math.cos(a) / (upper * math.cos(b) + lower * math.cos(a))
    passed = lower * math.cos(b) / (upper * math.cos(a)) * (across**2 + along**2) / 2
    assert names["reflected_share"](angle, upper, lower) + passed == pytest.approx(1)


@pytest.mark.parametrize(("upper", "lower"), [(1.0, 1.5), (2.5, 1.0), (1.0, 1.01)])
def test_drawn_crests_stand_as_far_apart_as_the_speeds_ask_and_meet_on_the_boundary(run, upper, lower):
    names = run(first_index=upper, second_index=lower)
    assert names["WAVE_ONE"] / names["WAVE_TWO"] == pytest.approx(names["speed_in"](upper) / names["speed_in"](lower))
    assert names["speed_in"](lower) == pytest.approx(c / lower)
    steps = [
        names["WAVE_ONE"] / math.sin(math.radians(names["FRONT"])),
        names["WAVE_TWO"] / math.sin(math.radians(names["FRONT_OUT"])),
    ]
    assert steps[0] == pytest.approx(steps[1]) == pytest.approx(names["STEP"])

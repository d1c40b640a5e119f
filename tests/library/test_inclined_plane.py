"""The forces and motions of mechanics/inclined_plane equal vectors, integration and textbook cases."""

import functools
import math

import numpy as np
import pytest
from scipy.integrate import quad


@pytest.fixture
def run(run_template):
    return functools.partial(run_template, "mechanics/inclined_plane")


@pytest.mark.parametrize("angle", [5, 30, 60])
def test_the_two_parts_make_up_the_weight_again(run, angle):
    names = run(angle=angle, mass=3.0)
    both = names["along"](angle) * names["down_slope"](angle) + names["pressing"](angle) * names["into_slope"](angle)
    assert both == pytest.approx(np.array([0.0, -3.0 * 9.81, 0.0]), abs=1e-9)
    assert names["down_slope"](angle) @ names["into_slope"](angle) == pytest.approx(0, abs=1e-12)


def test_the_textbook_block_on_thirty_degrees(run):
    names = run(angle=30, mass=2.0, friction=0.4)
    assert names["along"](30) == pytest.approx(9.81)
    assert names["grip"](30) == pytest.approx(6.797, abs=1e-3)
    assert names["ACCELERATION"] == pytest.approx(1.507, abs=1e-3)
    assert names["LIMIT"] == pytest.approx(21.80, abs=0.01)
    assert names["SLIDES"] is True


@pytest.mark.parametrize("friction", [0.0, 0.3, 1.2])
def test_it_starts_to_slide_where_the_curves_cross(run, friction):
    names = run(friction=friction, angle=45)
    limit = names["LIMIT"]
    assert math.tan(math.radians(limit)) == pytest.approx(friction)
    assert names["friction_at"](limit - 1) == pytest.approx(names["along"](limit - 1))
    assert names["friction_at"](limit + 1) < names["along"](limit + 1)


@pytest.mark.parametrize(("angle", "friction"), [(60, 0.0), (30, 0.4), (20, 0.9), (5, 1.2)])
def test_the_way_is_the_integral_of_the_speed(run, angle, friction):
    names = run(angle=angle, friction=friction)
    end = names["END_TIME"]
    assert quad(names["speed_at"], 0, end)[0] == pytest.approx(names["way_at"](end))
    assert names["way_at"](end) == pytest.approx(names["LENGTH"] if names["SLIDES"] else names["CARRIED"])
    if not names["SLIDES"]:
        assert names["speed_at"](end) == pytest.approx(0, abs=1e-9)


def test_the_mass_does_not_change_the_acceleration(run):
    assert run(mass=0.1)["ACCELERATION"] == pytest.approx(run(mass=100.0)["ACCELERATION"])

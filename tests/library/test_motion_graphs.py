"""The graphs of mechanics/motion_graphs equal integrals and slopes worked out by scipy and by hand."""

import functools

import numpy as np
import pytest
from scipy.integrate import cumulative_trapezoid

CAR, WALK = "car between two stops", "walk there and back"


@pytest.fixture
def run(run_template):
    return functools.partial(run_template, "mechanics/motion_graphs")


@pytest.mark.parametrize("journey", [CAR, WALK])
@pytest.mark.parametrize(("speed", "times"), [(12, (6, 8, 4)), (40, (1, 60, 60)), (0.5, (60, 1, 1))])
def test_the_distance_is_the_integral_of_the_speed(run, journey, speed, times):
    first, second, third = times
    names = run(journey=journey, speed=speed, first_time=first, second_time=second, third_time=third)
    clock = np.linspace(0, names["TOTAL"] - 1e-9, 40001)
    speeds = [names["speed_at"](t) for t in clock]
    summed = cumulative_trapezoid(speeds, clock, initial=0)
    ours = [names["distance_at"](t) for t in clock]
    assert np.allclose(ours, summed, atol=3e-3 * names["FARTHEST"])


def test_the_car_covers_a_trapezium(run):
    names = run(journey=CAR, speed=12, first_time=6, second_time=8, third_time=4)
    assert names["WAYS"][:3] == pytest.approx([36, 96, 24])
    assert names["distance_at"](names["TOTAL"]) == pytest.approx((8 + 18) / 2 * 12)
    assert names["speed_at"](3) == pytest.approx(6)
    assert names["sum_text"](0) == "½ \u00d7 6 s \u00d7 12 m/s"


def test_the_walker_comes_home(run):
    names = run(journey=WALK, speed=1.5, first_time=40, second_time=20, third_time=60)
    assert names["FARTHEST"] == pytest.approx(60)
    assert names["speed_at"](100) == pytest.approx(-1.0)
    assert names["distance_at"](120) == pytest.approx(0)
    assert sum(names["WAYS"]) == pytest.approx(0)

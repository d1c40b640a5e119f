"""The accelerations of mechanics/newton_second_law equal fits to the motion it shows and worked textbook cases."""

import functools

import numpy as np
import pytest


@pytest.fixture
def run(run_template):
    return functools.partial(run_template, "mechanics/newton_second_law")


@pytest.mark.parametrize(
    ("pull", "mass", "friction", "expected"),
    [(2.0, 1.0, 0.0, 2.0), (5.0, 2.0, 1.0, 2.0), (20.0, 0.2, 10.0, 50.0), (0.5, 10.0, 0.0, 0.05)],
)
def test_the_acceleration_is_pull_minus_friction_over_mass(run, pull, mass, friction, expected):
    names = run(pull=pull, mass=mass, friction=friction)
    assert names["ACCELERATION"] == pytest.approx(expected)
    assert names["END_SPEED"] == pytest.approx(4 * expected)


def test_the_way_bends_as_the_acceleration_says(run):
    names = run(pull=3.0, mass=1.5, duration=10)
    times = np.linspace(0, 10, 30)
    square, linear, rest = np.polyfit(times, [names["distance"](t) for t in times], 2)
    assert (2 * square, linear, rest) == pytest.approx((2.0, 0.0, 0.0), abs=1e-9)


def test_equal_times_give_ways_as_the_odd_numbers(run):
    names = run(pull=7.3, mass=0.9, friction=1.1, duration=2.5)
    ways = np.diff([names["distance"](2.5 * i / 4) for i in range(5)])
    assert ways / ways[0] == pytest.approx([1, 3, 5, 7])


def test_a_pull_no_stronger_than_the_friction_is_refused_with_a_sentence(run):
    with pytest.raises(ValueError, match="Friction holds the cart"):
        run(pull=2.0, friction=2.0)

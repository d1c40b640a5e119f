"""The field of electricity/electric_field is the slope of the potential, and its lines follow it."""

import functools

import numpy as np
import pytest
from scipy.constants import epsilon_0, pi

K = 1 / (4 * pi * epsilon_0)


@pytest.fixture
def run(run_template):
    return functools.partial(run_template, "electricity/electric_field")


def potential(x, y, first, second, metres):
    """In volts, with the charges (in nC) on the x-axis, symmetric about the origin."""
    left, right = np.hypot(x + metres / 2, y), np.hypot(x - metres / 2, y)
    return K * 1e-9 * (first / left + second / right)


@pytest.mark.parametrize(("first", "second", "cm"), [(4.0, -4.0, 10.0), (-10.0, 2.5, 2.0), (10.0, 10.0, 50.0)])
@pytest.mark.parametrize("place", [(0.3, 0.8), (-1.4, 1.1), (2.2, -0.6)])
def test_the_field_is_minus_the_gradient_of_the_potential(run, first, second, cm, place):
    names = run(first_charge=first, second_charge=second, distance=cm)
    metres = cm / 100
    x, y = np.array(place) * metres / names["GAP"]
    h = 1e-6 * metres
    slope = [
        (potential(x + h, y, first, second, metres) - potential(x - h, y, first, second, metres)) / (2 * h),
        (potential(x, y + h, first, second, metres) - potential(x, y - h, first, second, metres)) / (2 * h),
    ]
    found = names["whole_field"](names["MIDDLE"] + np.array([*place, 0]))
    assert list(found) == pytest.approx([-slope[0], -slope[1]], rel=1e-4, abs=1e-6 * np.linalg.norm(slope))


def test_two_charges_of_four_nanocoulombs_ten_centimetres_apart(run):
    names = run(first_charge=4.0, second_charge=-4.0, distance=10.0)
    assert names["force_between"](0.1) == pytest.approx(14.38, abs=0.01)
    assert names["force_between"](0.2) == pytest.approx(14.38 / 4, abs=0.01)
    assert np.linalg.norm(names["whole_field"](names["MIDDLE"])) == pytest.approx(2 * K * 4e-9 / 0.05**2, rel=1e-3)


@pytest.mark.parametrize(("first", "second"), [(4.0, -4.0), (10.0, -2.0), (3.0, 3.0), (-5.0, -8.0)])
def test_every_line_runs_along_the_field(run, first, second):
    names = run(first_charge=first, second_charge=second)
    tracks = names["field_lines"]()
    assert len(tracks) >= 8
    for track in tracks:
        points = np.array(track)
        for place in range(2, len(points) - 2, 7):
            way = (points[place + 1] - points[place - 1])[:2]
            found = names["whole_field"](points[place])
            assert way @ found > 0.97 * np.linalg.norm(way) * np.linalg.norm(found)


@pytest.mark.parametrize(("first", "second"), [(4.0, -4.0), (-2.0, 8.0)])
def test_lines_between_unlike_charges_leave_the_plus_or_the_picture_and_end_on_the_minus_or_outside(run, first, second):
    names = run(first_charge=first, second_charge=second)
    plus, minus = (names["LEFT_SPOT"], names["RIGHT_SPOT"]) if first > 0 else (names["RIGHT_SPOT"], names["LEFT_SPOT"])

    def outside(spot):
        across, up, _zero = abs(spot - names["MIDDLE"])
        return max(across / names["HALF_WIDTH"], up / names["HALF_HEIGHT"]) > 0.97

    joined = 0
    for track in names["field_lines"]():
        assert np.linalg.norm(track[0] - plus) < 0.3 or outside(track[0])
        assert np.linalg.norm(track[-1] - minus) < 0.3 or outside(track[-1])
        joined += np.linalg.norm(track[0] - plus) < 0.3 and np.linalg.norm(track[-1] - minus) < 0.3
    assert joined >= 4

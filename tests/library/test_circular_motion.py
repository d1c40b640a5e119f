"""The accelerations of mechanics/circular_motion equal derivatives of the path and textbook cases."""

import functools
import math

import numpy as np
import pytest
import sympy


@pytest.fixture
def run(run_template):
    return functools.partial(run_template, "mechanics/circular_motion")


@pytest.mark.parametrize(("radius", "speed"), [(2.0, 4.0), (0.2, 50.0), (200.0, 0.5)])
def test_the_acceleration_is_the_second_derivative_of_the_path(run, radius, speed):
    names = run(radius=radius, speed=speed)
    t = sympy.symbols("t")
    path = sympy.Matrix([radius * sympy.cos(speed * t / radius), radius * sympy.sin(speed * t / radius)])
    second = path.diff(t, 2).subs(t, 0.3).evalf()
    assert names["ACCELERATION"] == pytest.approx(float(second.norm()), rel=1e-9)
    assert names["PERIOD"] == pytest.approx(2 * math.pi * radius / speed)


@pytest.mark.parametrize("degrees", [70, 30, 3])
def test_the_change_of_velocity_is_the_difference_of_two_vectors(run, degrees):
    names = run(speed=7.0)
    angle = math.radians(degrees)
    turned = 7.0 * np.array([math.cos(angle), math.sin(angle)]) - np.array([7.0, 0.0])
    assert names["change_of_velocity"](angle) == pytest.approx(float(np.linalg.norm(turned)))


def test_the_mean_acceleration_settles_at_the_true_one_from_below(run):
    names = run()
    means = [names["mean_acceleration"](math.radians(angle)) for angle in (70, 30, 10, 3)]
    assert means == sorted(means) and means[-1] < names["ACCELERATION"] == pytest.approx(means[-1], rel=2e-4)


def test_a_car_of_a_tonne_in_a_bend_needs_the_textbook_force(run):
    names = run(mass=1000.0, speed=20.0, radius=50.0, example="car in a bend")
    assert names["FORCE"] == pytest.approx(8000)

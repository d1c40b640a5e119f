"""The velocities of mechanics/momentum_collision solve the conservation laws as sympy solves them."""

import functools

import numpy as np
import pytest
import sympy
from scipy.integrate import quad

CASES = [
    {},
    {"first_mass": 10.0, "second_mass": 0.1, "first_velocity": 10.0, "second_velocity": -10.0, "bounce": 0.35},
    {"first_mass": 0.1, "second_mass": 10.0, "first_velocity": 0.0, "second_velocity": -0.1, "bounce": 0.0},
    {"first_mass": 3.0, "second_mass": 3.0, "first_velocity": 4.0, "second_velocity": 1.0, "bounce": 1.0},
]


@pytest.fixture
def run(run_template):
    return functools.partial(run_template, "mechanics/momentum_collision")


@pytest.mark.parametrize("case", CASES)
def test_the_velocities_solve_momentum_conservation_and_restitution(run, case):
    names = run(**case)
    u, v = sympy.symbols("u v")
    m1, m2, v1, v2, e = (
        names[name] for name in ("first_mass", "second_mass", "first_velocity", "second_velocity", "bounce")
    )
    found = sympy.solve([m1 * u + m2 * v - m1 * v1 - m2 * v2, (v - u) - e * (v1 - v2)], [u, v])
    assert names["after"]() == pytest.approx((float(found[u]), float(found[v])))


@pytest.mark.parametrize("case", CASES)
def test_only_an_elastic_collision_keeps_the_energy(run, case):
    names = run(**case)
    assert names["kinetic"](*names["after"](1.0)) == pytest.approx(names["ENERGY"])
    assert names["kinetic"](*names["after"](0.5)) < names["ENERGY"]
    m1, m2 = names["first_mass"], names["second_mass"]
    common = (m1 * names["first_velocity"] + m2 * names["second_velocity"]) / (m1 + m2)
    assert names["after"](0.0) == pytest.approx((common, common))


@pytest.mark.parametrize("case", CASES)
def test_the_area_under_the_force_is_the_momentum_handed_over(run, case):
    names = run(**case)
    area = quad(names["force_at"], 0, names["CONTACT"])[0] / 1000
    assert area == pytest.approx(names["PUSH"], rel=1e-6)
    part = quad(names["force_at"], 0, 7)[0] / 1000
    assert part / area == pytest.approx(names["handed_over"](7), rel=1e-6)


def test_equal_masses_swap_their_velocities_when_elastic(run):
    names = run(first_mass=2.0, second_mass=2.0, first_velocity=5.0, second_velocity=-1.0, bounce=1.0)
    assert np.allclose(names["after"](), (-1.0, 5.0))


def test_carts_that_never_meet_are_refused_with_a_sentence(run):
    with pytest.raises(ValueError, match="never reaches"):
        run(first_velocity=2.0, second_velocity=2.0)

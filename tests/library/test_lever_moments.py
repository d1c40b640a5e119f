"""The numbers of mechanics/lever_moments equal the equilibrium found by sympy."""

import pytest
import sympy
from scipy.constants import g

LEVER = "mechanics/lever_moments"


@pytest.mark.parametrize(("left", "arm", "right"), [(40, 1.0, 25), (80, 2.0, 5), (5, 0.5, 80)])
def test_the_balancing_distance_solves_the_equation_of_moments(run_template, left, arm, right):
    names = run_template(LEVER, left_mass=left, left_distance=arm, right_mass=right)
    d = sympy.Symbol("d", positive=True)
    (wanted,) = sympy.solve(left * sympy.Rational(str(g)) * arm - right * sympy.Rational(str(g)) * d, d)
    assert names["BALANCE"] == pytest.approx(float(wanted))
    assert names["REACHABLE"] is bool(wanted <= 2.5)


def test_a_child_of_40_kg_one_metre_out_turns_with_392_newton_metres(run_template):
    names = run_template(LEVER, left_mass=40, left_distance=1.0, gravity=9.81)
    assert names["LEFT_MOMENT"] == pytest.approx(40 * g * 1.0, rel=1e-3)
    assert names["newton_metres"](names["LEFT_MOMENT"]) == "392 N m"


@pytest.mark.parametrize("distance", [0.4, 0.5, 1.3, 2.5])
def test_the_missing_mass_leaves_no_net_moment_whatever_the_distance(run_template, distance):
    names = run_template(LEVER, left_mass=63, left_distance=1.7, gravity=1.62)
    mass = names["balancing_mass"](distance)
    assert 63 * 1.62 * 1.7 - mass * 1.62 * distance == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize(
    ("right_mass", "right_distance", "side", "said"),
    [(25, 2.0, -1, "although it is the lighter one"), (25, 1.0, 1, "left side goes down"), (20, 2.0, 0, "equal")],
)
def test_the_larger_moment_goes_down_and_equal_moments_balance(run_template, right_mass, right_distance, side, said):
    names = run_template(LEVER, left_mass=40, left_distance=1.0, right_mass=right_mass, right_distance=right_distance)
    assert names["winner"](names["LEFT_MOMENT"], names["RIGHT_MOMENT"]) == side
    assert said in names["verdict"](side)


def test_the_plank_tilts_until_its_end_lies_on_the_ground(run_template):
    names = run_template(LEVER)
    tilt = names["tilt_on_ground"](2.2, 1.0)
    end = names["at"]((0, 0, 0), 2.2, tilt, -names["HALF"])
    assert end[1] == pytest.approx(-1.0)

"""The angles of geometry/circle_theorems equal those that sympy's geometry and complex numbers find."""

import cmath
import math

import pytest
import sympy

CIRCLE = "geometry/circle_theorems"


def seen(point, one, other):
    """The angle one-point-other in degrees, by the argument of a quotient of complex numbers."""
    return abs(math.degrees(cmath.phase((one - point) / (other - point))))


def on_circle(turn):
    return cmath.rect(1, math.radians(turn))


@pytest.mark.parametrize("opening", [60.0, 100.0, 137.0, 170.0])
@pytest.mark.parametrize("share", [0.03, 0.4, 0.97])
def test_on_the_large_arc_the_angle_is_half_and_on_the_small_arc_half_of_the_rest(run_template, opening, share):
    names = run_template(CIRCLE, central_angle=opening)
    one, other = on_circle(-opening / 2), on_circle(opening / 2)
    for travelled, expected in ((share * (360 - opening), opening / 2), (360 - share * opening, 180 - opening / 2)):
        assert names["rim_angle"](travelled) == pytest.approx(expected, abs=1e-6)
        assert seen(on_circle(opening / 2 + travelled), one, other) == pytest.approx(expected, abs=1e-6)
        assert names["facing"](travelled) == pytest.approx(2 * expected)


def test_where_p_meets_a_there_is_no_angle(run_template):
    assert math.isnan(run_template(CIRCLE, central_angle=100.0)["rim_angle"](260.0))


@pytest.mark.parametrize(("diameter", "angle"), [(10.0, 35.0), (2.0, 15.0), (50.0, 75.0)])
def test_the_sides_in_the_semicircle_are_those_of_a_right_triangle(run_template, diameter, angle):
    names = run_template(CIRCLE, diameter=diameter, angle_at_a=angle)
    one, other = names["legs"](2 * angle)
    a, b = sympy.Point(0, 0), sympy.Point(diameter, 0)
    ray = sympy.Ray(a, angle=sympy.rad(sympy.Rational(angle)))
    p = max(sympy.Circle((a + b) / 2, sympy.Rational(diameter) / 2).intersection(ray), key=lambda spot: spot.y.evalf())
    assert one == pytest.approx(float(p.distance(a)), rel=1e-9)
    assert other == pytest.approx(float(p.distance(b)), rel=1e-9)


@pytest.mark.parametrize("corner", [50.0, 70.0, 90.0, 130.0])
def test_the_corner_of_the_quadrilateral_is_as_asked_and_opposite_ones_make_180(run_template, corner):
    names = run_template(CIRCLE, corner_angle=corner)
    a, b, c, d = [on_circle(turn) for turn in names["corner_turns"]()]
    assert seen(a, d, b) == pytest.approx(corner)
    assert seen(c, b, d) == pytest.approx(180 - corner)
    assert seen(b, a, c) + seen(d, c, a) == pytest.approx(180)
    sides = [abs(first - second) for first, second in ((a, b), (b, c), (c, d), (d, a))]
    ptolemy = sides[0] * sides[2] + sides[1] * sides[3]  # true only of corners in order round a circle
    assert abs(a - c) * abs(b - d) == pytest.approx(ptolemy)


def test_the_angle_from_coordinates_is_that_of_a_known_triangle(run_template):
    names = run_template(CIRCLE)
    spot, angle_at = names["spot"], names["angle_at"]
    assert angle_at(spot(90), spot(210), spot(330)) == pytest.approx(60)
    assert angle_at(spot(0), spot(180), spot(90)) == pytest.approx(45)

"""Sides and angles of geometry/law_of_cosines agree with SymPy's triangle and with textbook values."""

import functools
import math

import numpy as np
import pytest
import sympy

CASES = [(5.0, 7.0, 60.0), (0.5, 3.0, 10.0), (100.0, 20.0, 170.0), (3.0, 4.0, 90.0), (6.0, 6.0, 120.0)]


@pytest.fixture
def run(run_template):
    return functools.partial(run_template, "geometry/law_of_cosines")


@pytest.mark.parametrize(("a", "b", "gamma"), CASES)
def test_third_side_and_angles_are_those_of_the_constructed_triangle(run, a, b, gamma):
    names = run(side_a=a, side_b=b, angle=gamma)
    at_a, at_b, at_c = (np.array(point[:2]) for point in names["points"](gamma, 1.0, np.zeros(3)))
    shape = sympy.Triangle(*[sympy.Point(float(x), float(y)) for x, y in (at_a, at_b, at_c)])
    measured = {tuple(map(float, corner)): math.degrees(float(angle)) for corner, angle in shape.angles.items()}
    assert names["C"] == pytest.approx(math.dist(at_a, at_b))
    found = [measured[min(measured, key=lambda corner, at=at: math.dist(corner, at))] for at in (at_a, at_b, at_c)]
    assert [names["ALPHA"], names["BETA"], gamma] == pytest.approx(found, abs=1e-5)


@pytest.mark.parametrize(("a", "b", "gamma"), CASES)
def test_the_law_of_sines_holds_too(run, a, b, gamma):
    names = run(side_a=a, side_b=b, angle=gamma)
    ratios = [
        side / math.sin(math.radians(angle))
        for side, angle in ((a, names["ALPHA"]), (b, names["BETA"]), (names["C"], gamma))
    ]
    assert ratios == pytest.approx([ratios[0]] * 3, rel=1e-6)


def test_at_a_right_angle_it_is_pythagoras(run):
    names = run(side_a=3.0, side_b=4.0, angle=90.0)
    assert names["C"] == pytest.approx(5)
    assert names["correction"](90.0) == pytest.approx(0, abs=1e-12)


def test_five_seven_and_sixty_degrees_give_the_root_of_39(run):
    names = run()
    assert names["length_text"](names["C"]) == "6.245 cm"
    assert names["correction"](60.0) == pytest.approx(35)


def test_the_angles_on_the_screen_add_up(run):
    names = run(side_a=2.0, side_b=3.0, angle=47.0)
    shown = float(names["last_angle_text"]().rstrip("°"))
    assert round(names["ALPHA"], 1) + shown + 47 == pytest.approx(180)
    assert shown == pytest.approx(names["BETA"], abs=0.06)


def test_very_unequal_sides_are_refused_with_a_sentence(run):
    with pytest.raises(ValueError, match="six times"):
        run(side_a=1.0, side_b=10.0)

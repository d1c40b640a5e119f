"""The circle template's heights, shadows and labels agree with complex numbers and SymPy."""

import cmath
import math

import numpy as np
import pytest
from sympy import Rational, pi

CIRCLE = "geometry/unit_circle_sine"


@pytest.mark.parametrize("radius", [0.5, 1.0, 1.5])
def test_height_and_shadow_are_the_parts_of_a_turning_complex_number(run_template, radius):
    names = run_template(CIRCLE, radius=radius)
    for angle in np.linspace(0, 19, 77):
        turned = cmath.rect(radius, angle)
        assert names["height"](angle) == pytest.approx(turned.imag)
        assert names["shadow"](angle) == pytest.approx(turned.real)


@pytest.mark.parametrize("turns", [0.5, 1.25, 3.0])
def test_the_curve_ends_after_the_chosen_turns(run_template, turns):
    names = run_template(CIRCLE, turns=turns)
    assert math.degrees(names["END"]) == pytest.approx(360 * turns)
    assert 4 <= names["FILM"] <= 10


def test_ticks_are_multiples_of_a_quarter_turn(run_template):
    names = run_template(CIRCLE)
    for quarters in range(1, 13):
        exact = Rational(quarters, 2) * pi
        text = str(exact).replace("*", "").replace("pi", "π")
        assert names["pi_text"](quarters) == text


def test_the_drawn_point_stands_as_high_as_the_curve(run_template):
    names = run_template(CIRCLE, radius=1.3)
    unit, centre, top = names["stage_parts"]()
    _axes, place = names["wave_axes"](unit, centre, top)
    for angle in (0.3, 2.0, 4.4, 9.0):
        assert names["on_circle"](centre, unit, angle)[1] == pytest.approx(place(angle, names["height"](angle))[1])

"""The numbers of mechanics/buoyancy_pressure equal textbook values and an independent integral of the pressure."""

import pytest
import sympy
from scipy.constants import atm, g
from scipy.integrate import quad

BUOYANCY = "mechanics/buoyancy_pressure"


@pytest.mark.parametrize(("density", "depth"), [(1000, 1.0), (1025, 100.0), (13600, 20.0)])
def test_the_pressure_is_the_weight_of_a_column_of_liquid_over_a_square_metre(run_template, density, depth):
    names = run_template(BUOYANCY, liquid_density=density)
    column, _error = quad(lambda _y: density * g, 0, depth)
    assert names["pressure"](depth) == pytest.approx(column, rel=1e-3)


def test_ten_metres_of_water_are_about_one_atmosphere(run_template):
    names = run_template(BUOYANCY)
    assert names["pressure"](10.33) == pytest.approx(atm, rel=0.01)
    assert names["AIR"] == atm


@pytest.mark.parametrize("below", [0.0, 0.07, 3.0, 80.0])
def test_the_difference_of_the_forces_is_the_weight_of_the_displaced_liquid_at_any_depth(run_template, below):
    names = run_template(BUOYANCY, side=10, liquid_density=1000)
    difference = names["push"](below + 0.1) - names["push"](below)
    assert difference == pytest.approx(1.0 * 9.81)  # one litre of water weighs a kilogram
    assert names["FULL_UPTHRUST"] == pytest.approx(difference)


@pytest.mark.parametrize(("block", "liquid"), [(600, 1000), (917, 1025), (50, 13600), (7850, 13600)])
def test_a_block_floats_where_upthrust_equals_weight(run_template, block, liquid):
    names = run_template(BUOYANCY, block_density=block, liquid_density=liquid, side=20)
    y = sympy.Symbol("y")
    (wanted,) = sympy.solve(sympy.Rational(block) * 0.2 - sympy.Rational(liquid) * y, y)
    assert names["FLOATS"] is True
    assert names["FRACTION"] * 0.2 == pytest.approx(float(wanted))
    assert names["upthrust"](float(wanted)) == pytest.approx(names["WEIGHT"])


@pytest.mark.parametrize(
    ("block", "liquid", "said"), [(7850, 1000, "sinks"), (1000, 1000, "hovers"), (917, 1000, "91.7 %")]
)
def test_the_caption_says_what_the_densities_decide(run_template, block, liquid, said):
    names = run_template(BUOYANCY, block_density=block, liquid_density=liquid)
    assert said in names["float_words"]()

"""Volumes agree with SymPy's integrals, with formulas of solids and with SciPy's quadrature."""

import math

import pytest
import sympy
from scipy.integrate import quad

VOLUME = "calculus/volume_of_revolution"
X = sympy.Symbol("x")
CASES = [("sqrt(x)", 0.0, 4.0), ("x^2", 0.0, 2.0), ("sin(x)", 0.0, 3.0), ("exp(-x)", -10.0, 10.0), ("-x", -10.0, 10.0)]


@pytest.mark.parametrize(("formula", "low", "high"), CASES[:4])
def test_the_volume_is_pi_times_the_integral_of_the_square(run_template, formula, low, high):
    if formula == "exp(-x)":
        low = -2.0
    names = run_template(VOLUME, formula_text=formula, left_end=low, right_end=high)
    square = sympy.sympify(formula.replace("^", "**")) ** 2
    wanted = sympy.pi * sympy.integrate(square, (X, sympy.Rational(str(low)), sympy.Rational(str(high))))
    assert names["VOLUME"] == pytest.approx(float(wanted), rel=1e-9)
    part = low + 0.3 * (high - low)
    assert names["volume_to"](part) == pytest.approx(quad(names["section"], low, part)[0], rel=1e-7)


def test_cone_and_sphere_have_their_textbook_volumes(run_template):
    cone = run_template(VOLUME, formula_text="x/2", left_end=0.0, right_end=6.0)
    assert cone["VOLUME"] == pytest.approx(math.pi * 3**2 * 6 / 3)
    sphere = run_template(VOLUME, formula_text="sqrt(4 - x^2)", left_end=-2.0, right_end=2.0)
    assert sphere["VOLUME"] == pytest.approx(4 / 3 * math.pi * 2**3)


@pytest.mark.parametrize("disks", [3, 6, 16])
def test_disk_sums_close_in_on_the_volume(run_template, disks):
    names = run_template(VOLUME, formula_text="x^2", left_end=0.0, right_end=2.0, disks=disks)
    gaps = [abs(names["disk_sum"](count) - 32 * math.pi / 5) for count in names["COUNTS"]]
    assert gaps == sorted(gaps, reverse=True)
    assert gaps[0] / gaps[1] == pytest.approx(2, rel=0.25)
    step = 2 / disks
    by_hand = sum(math.pi * (i * step) ** 4 * step for i in range(disks))
    assert names["disk_sum"](disks) == pytest.approx(by_hand)


def test_below_the_axis_the_radius_is_the_distance(run_template):
    assert run_template(VOLUME, formula_text="-x")["radius"](3.0) == 3.0


@pytest.mark.parametrize(
    ("formula", "reason"), [("1/x", "no value"), ("0", "nothing is left"), ("1000x^4", "too large")]
)
def test_curves_that_make_no_solid_are_refused_with_a_sentence(run_template, formula, reason):
    with pytest.raises(ValueError, match=reason):
        run_template(VOLUME, formula_text=formula, left_end=0.0, right_end=10.0)

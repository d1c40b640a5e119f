"""The numbers of electricity/transformer_induction equal symbolic derivatives and integrals of the flux."""

import pytest
import sympy
from scipy.integrate import quad
from scipy.optimize import minimize_scalar

INDUCTION = "electricity/transformer_induction"


@pytest.mark.parametrize(("turns", "speed", "flux"), [(300, 0.5, 0.5), (50, 0.1, 0.1), (2000, 2.0, 2.0)])
def test_the_emf_is_the_derivative_of_the_flux_times_the_turns(run_template, turns, speed, flux):
    names = run_template(INDUCTION, turns=turns, magnet_speed=speed, magnet_flux=flux)
    x = sympy.Symbol("x")
    slope = sympy.diff(
        sympy.Float(flux) / 1000 * (1 + (x / sympy.Float(names["RADIUS"])) ** 2) ** sympy.Rational(-3, 2), x
    )
    for place in (-0.1, -0.015, 0.0, 0.02):
        wanted = -turns * float(slope.subs(x, place)) * speed
        assert names["emf"](place, speed, turns) == pytest.approx(wanted, rel=1e-9, abs=1e-12)


def test_the_peak_is_where_a_search_finds_it(run_template):
    names = run_template(INDUCTION)
    found = minimize_scalar(lambda x: -abs(names["emf"](x, 0.5, 300)), bounds=(0.001, 0.1), method="bounded")
    assert names["peak_emf"](0.5, 300) == pytest.approx(-found.fun, rel=1e-6)


def test_nothing_is_induced_while_the_magnet_rests_though_the_flux_is_greatest(run_template):
    names = run_template(INDUCTION)
    middle = names["LEG"] + names["REST"] / 2
    assert names["speed_at"](middle) == 0
    assert names["flux"](names["position"](middle)) == pytest.approx(0.5e-3)
    assert names["emf"](-0.01, 0.5, 300) < 0 < names["emf"](0.01, 0.5, 300)


@pytest.mark.parametrize("speed", [0.1, 0.5, 2.0])
def test_the_area_of_a_pulse_does_not_depend_on_the_speed(run_template, speed):
    names = run_template(INDUCTION, magnet_speed=speed)
    whole, _error = quad(lambda t: abs(names["emf"](-names["FAR"] + speed * t, speed, 300)), 0, names["FAR"] / speed)
    assert names["pulse_area"](speed, 300) == pytest.approx(whole, rel=1e-4)
    assert whole == pytest.approx(300 * 0.5e-3, rel=0.03)  # the little flux that is there at the start is missing


@pytest.mark.parametrize(
    ("voltage", "first", "second", "wanted", "said"),
    [(230, 1000, 50, 11.5, "Step-down"), (12, 60, 1200, 240, "Step-up"), (100, 300, 300, 100, "equal turns")],
)
def test_the_secondary_voltage_is_in_the_ratio_of_the_turns(run_template, voltage, first, second, wanted, said):
    names = run_template(INDUCTION, primary_voltage=voltage, primary_turns=first, secondary_turns=second)
    assert names["secondary_voltage"]() == pytest.approx(wanted)
    assert said in names["ratio_line"]()

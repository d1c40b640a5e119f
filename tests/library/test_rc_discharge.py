"""The curves of electricity/rc_discharge solve the circuit's differential equation."""

import functools

import pytest
from scipy.integrate import quad, solve_ivp

CASES = [(9.0, 10.0, 100.0), (1.0, 0.1, 1.0), (24.0, 1000.0, 10000.0)]


@pytest.fixture
def run(run_template):
    return functools.partial(run_template, "electricity/rc_discharge")


def integrated(battery, start, ohms, farads, until):
    """The capacitor's voltage from C dV/dt = (battery - V) / R, step by step."""

    def rate(_time, v):
        return (battery - v) / (ohms * farads)

    return solve_ivp(rate, (0, until), [start], rtol=1e-9, atol=1e-12).y[0, -1]


@pytest.mark.parametrize(("voltage", "kiloohm", "microfarad"), CASES)
@pytest.mark.parametrize("taus", [0.5, 1.0, 4.0])
def test_voltages_follow_the_differential_equation(run, voltage, kiloohm, microfarad, taus):
    names = run(voltage=voltage, resistance=kiloohm, capacitance=microfarad)
    ohms, farads = kiloohm * 1e3, microfarad * 1e-6
    until = taus * ohms * farads
    assert names["charging"](until) == pytest.approx(integrated(voltage, 0.0, ohms, farads, until), rel=1e-6)
    assert names["discharging"](until) == pytest.approx(integrated(0.0, voltage, ohms, farads, until), rel=1e-6)


@pytest.mark.parametrize(("voltage", "kiloohm", "microfarad"), CASES)
def test_the_current_carries_exactly_the_stored_charge(run, voltage, kiloohm, microfarad):
    names = run(voltage=voltage, resistance=kiloohm, capacitance=microfarad)
    carried, _error = quad(names["current_at"], 0, 40 * names["TAU"])
    assert carried == pytest.approx(names["stored_charge"](), rel=1e-6)
    assert carried == pytest.approx(microfarad * 1e-6 * voltage, rel=1e-6)


def test_ten_kiloohm_and_a_hundred_microfarad_make_one_second(run):
    names = run(voltage=9.0, resistance=10.0, capacitance=100.0)
    assert names["seconds_text"](names["TAU"]) == "1 s"
    assert names["discharging"](0.6931472) == pytest.approx(4.5, rel=1e-6)
    assert names["half_life"]() == pytest.approx(0.6931472, rel=1e-6)
    assert names["percent"](names["charging"](1.0) / 9.0) == "63.2 %"


@pytest.mark.parametrize(("kiloohm", "microfarad", "text"), [(0.1, 1.0, "0.1 ms"), (1000.0, 10000.0, "167 min")])
def test_times_are_told_in_a_fitting_unit(run, kiloohm, microfarad, text):
    names = run(resistance=kiloohm, capacitance=microfarad)
    assert names["seconds_text"](names["TAU"]) == text

"""The curves of biology/epidemic_sir equal scipy's solution, its wave sizes the final-size equation, its dots both."""

import functools

import numpy as np
import pytest
from scipy.integrate import solve_ivp
from scipy.special import lambertw

ENDS = [(2.5, 5.0, 0.0), (0.8, 2.0, 95.0), (10.0, 20.0, 0.0), (4.0, 8.0, 60.0)]
each_setting = pytest.mark.parametrize(("r", "days", "vaccinated"), ENDS)


@pytest.fixture
def run(run_template):
    return functools.partial(run_template, "biology/epidemic_sir")


@each_setting
def test_the_curves_solve_the_sir_equations(run, r, days, vaccinated):
    names = run(reproduction=r, days=days, vaccinated=vaccinated, first_cases=4)
    immune = round(240 * vaccinated / 100)
    start = [(240 - 4 - immune) / 240, 4 / 240, immune / 240]
    beta, gamma = r / days, 1 / days
    solution = solve_ivp(
        lambda _t, y: [-beta * y[0] * y[1], beta * y[0] * y[1] - gamma * y[1], gamma * y[1]],
        (0, names["TIMES"][-1]), start, t_eval=names["TIMES"], rtol=1e-9, atol=1e-11,
    )  # fmt: skip
    assert np.allclose(names["OPEN"], solution.y[0], atol=1e-5)
    assert np.allclose(names["ILL"], solution.y[1], atol=1e-5)
    assert np.allclose(names["DONE"] + immune / 240, solution.y[2], atol=1e-5)


@pytest.mark.parametrize("r", [1.5, 2.5, 10.0])
def test_the_peak_is_where_one_case_makes_one(run, r):
    names = run(reproduction=r)
    assert names["OPEN"][names["TOP"]] == pytest.approx(1 / r, abs=0.01)


@pytest.mark.parametrize("r", [0.8, 1.2, 2.5, 10.0])
@pytest.mark.parametrize("immune", [0.0, 0.3, 0.59, 0.88])
def test_the_size_of_a_wave_is_lamberts(run, r, immune):
    names = run(reproduction=r)
    free = 1 - immune
    known = free + float(lambertw(-r * free * np.exp(-r * free)).real) / r
    assert names["attack"](immune) == pytest.approx(max(known, 0), abs=1e-6)


@pytest.mark.parametrize(("r", "percent"), [(1.5, 33.3), (3.0, 66.7), (2.5, 60), (0.8, 0)])
def test_the_threshold_is_the_textbooks(run, r, percent):
    assert 100 * run(reproduction=r)["THRESHOLD"] == pytest.approx(percent, abs=0.1)


def test_many_outbreaks_of_dots_infect_as_many_as_the_equations_say(run):
    names = run(reproduction=2.5, first_cases=12)
    caught = [12 + sum(kind == "infects" for _d, kind, _w, _o in names["outbreak"](seed)[1]) for seed in range(60)]
    assert np.mean(caught) / 240 == pytest.approx(1 - names["OPEN"][-1], abs=0.03)


def test_the_counters_agree_with_the_events(run):
    names = run(vaccinated=30.0)
    last = names["LAST_DAY"]
    assert names["count_of"](last, "ill") == 0
    assert names["count_of"](last, "done") == names["CAUGHT"]
    for day in (0.0, last / 3, last):
        assert sum(names["count_of"](day, state) for state in ("open", "ill", "done")) == 240 - 72

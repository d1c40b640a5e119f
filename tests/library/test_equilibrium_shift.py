"""The curves of chemistry/equilibrium_shift solve the rate equations, and the ends obey the law of mass action."""

import functools
import itertools

import numpy as np
import pytest
from scipy.integrate import solve_ivp
from scipy.optimize import brentq

CHANGES = ("add A", "add B", "remove B", "warmer", "catalyst")
ENDS = [(2.0, 1.0, 0.6, 0.2), (0.2, 0.3, 1.5, 0.02), (5.0, 2.0, 0.1, 2.0)]
each_case = pytest.mark.parametrize(("change", "end"), list(itertools.product(CHANGES, ENDS)))


@pytest.fixture
def run(run_template):
    def with_values(change, end, heat="exothermic"):
        constant, start, amount, forward = end
        return run_template(
            "chemistry/equilibrium_shift",
            change=change, constant=constant, start=start, amount=amount, forward=forward, heat=heat,
        )  # fmt: skip

    return functools.partial(with_values)


def integrated(times, begin, forward, backward):
    solved = solve_ivp(
        lambda _t, y: [backward * y[1] - forward * y[0], forward * y[0] - backward * y[1]],
        (0, times[-1]), begin, t_eval=times, rtol=1e-10, atol=1e-12,
    )  # fmt: skip
    return solved.y.T


@each_case
def test_the_way_to_equilibrium_solves_the_rate_equations(run, change, end):
    names = run(change, end)
    constant, start, _amount, forward = end
    times = np.linspace(0, names["RUN"], 20)
    known = integrated(times, [start, 0.0], forward, forward / constant)
    assert np.allclose([names["approach"](t) for t in times], known, atol=1e-7)


@each_case
def test_the_answer_to_a_disturbance_solves_the_rate_equations(run, change, end):
    names = run(change, end)
    speed = 5 if change == "catalyst" else 1
    k = end[0] * (0.5 if change == "warmer" else 1)
    times = np.linspace(0, names["LAST"] - names["WHEN"], 20)
    known = integrated(times, list(names["just_after"]()), speed * end[3], speed * end[3] / k)
    assert np.allclose([names["disturbed"](names["WHEN"] + t) for t in times], known, atol=1e-7)


@each_case
def test_the_end_obeys_the_law_of_mass_action_and_keeps_all_matter(run, change, end):
    names = run(change, end)
    a, b = names["just_after"]()
    k = end[0] * (0.5 if change == "warmer" else 1)
    turned = brentq(lambda x: (b + x) - k * (a - x), -b, a)
    assert (names["END_A"], names["END_B"]) == pytest.approx((a - turned, b + turned))
    assert names["forwards"]() == {"add A": 1, "add B": -1, "remove B": 1, "warmer": -1, "catalyst": 0}[change]
    assert np.ptp(names["speeds"](names["LAST"] + 60 * names["NEW_TAU"])) == pytest.approx(0, abs=1e-9)


@each_case
def test_a_disturbance_is_softened_but_not_undone(run, change, end):
    names = run(change, end)
    if change in {"add A", "add B", "remove B"}:
        which = "A" if change == "add A" else "B"
        before, after, last = (names[f"{which}_EQUAL"], names[f"AFTER_{which}"], names[f"END_{which}"])
        assert 0 < abs(last - before) < abs(after - before)


def test_an_endothermic_reaction_answers_warmth_with_more_product(run):
    names = run("warmer", ENDS[0], heat="endothermic")
    assert names["forwards"]() == 1
    assert names["END_B"] / names["END_A"] == pytest.approx(4.0)


@pytest.mark.parametrize("end", ENDS)
def test_the_particles_come_to_the_computed_share(run, end):
    names = run("add A", end)
    times, of_a = names["counts_over_time"](names["flips"]())
    late = times > 0.5 * names["RUN"]
    steps = np.diff(np.append(times[late], names["RUN"]))
    share = float((of_a[late] * steps).sum() / steps.sum()) / names["DOTS"]
    assert share == pytest.approx(1 / (1 + end[0]), abs=0.08)

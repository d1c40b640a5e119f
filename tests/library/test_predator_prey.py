"""The numbers of biology/predator_prey equal SciPy's integration and the closed forms of the model."""

import math

import numpy as np
import pytest
from scipy.integrate import solve_ivp

MODEL = "biology/predator_prey"
CASES = [
    {},
    {"birth": 1.0, "hunting": 0.05, "death": 0.6, "feeding": 0.02, "prey_start": 60, "predator_start": 10},
    {"birth": 0.2, "hunting": 0.06, "death": 1.5, "feeding": 0.06, "prey_start": 80, "predator_start": 40},
]


@pytest.mark.parametrize("values", CASES)
def test_the_populations_agree_with_scipy(run_template, values):
    names = run_template(MODEL, **values)
    a, b, c, e = (names[name] for name in ("birth", "hunting", "death", "feeding"))
    until = names["SHOWN"]
    true = solve_ivp(
        lambda _t, s: [a - b * math.exp(s[1]), e * math.exp(s[0]) - c],
        (0, until),
        [math.log(names["prey_start"]), math.log(names["predator_start"])],
        rtol=1e-10,
        atol=1e-12,
        dense_output=True,
    )
    times = np.linspace(0, until, 50)
    prey = [names["at"](names["PREY"], time) for time in times]
    assert prey == pytest.approx(list(np.exp(true.sol(times)[0])), rel=2e-3)


@pytest.mark.parametrize("values", CASES)
def test_the_quantity_that_the_model_conserves_stays_the_same(run_template, values):
    names = run_template(MODEL, **values)
    n, p = names["PREY"], names["PREDATORS"]
    kept = names["feeding"] * n - names["death"] * np.log(n) + names["hunting"] * p - names["birth"] * np.log(p)
    assert np.ptp(kept) < 1e-5 * abs(kept[0])


def test_predators_peak_after_the_prey(run_template):
    names = run_template(MODEL)
    first, second = names["first_peaks"]()
    assert 0 < second - first < names["CYCLE"] / 2
    assert names["at"](names["PREDATORS"], first) == pytest.approx(names["PREDATOR_BALANCE"], rel=0.02)
    assert names["at"](names["PREY"], second) == pytest.approx(names["PREY_BALANCE"], rel=0.02)


def test_small_cycles_last_two_pi_over_the_root_of_both_rates(run_template):
    names = run_template(MODEL, prey_start=35, predator_start=20)
    assert names["CYCLE"] == pytest.approx(math.tau / math.sqrt(0.55 * 0.84), rel=0.01)

"""The motion and the energies of mechanics/spring_energy equal an integrated equation of motion and the textbook."""

import functools
import math

import numpy as np
import pytest
from scipy.integrate import solve_ivp
from scipy.optimize import brentq


@pytest.fixture
def run(run_template):
    return functools.partial(run_template, "mechanics/spring_energy")


def integrated(mass, stiffness, friction, start, end):
    """Times, displacements and velocities of m x'' = -k x - b x', integrated by scipy."""
    found = solve_ivp(
        lambda _t, state: [state[1], -(stiffness * state[0] + friction * state[1]) / mass],
        (0, end),
        [start, 0.0],
        rtol=1e-10,
        atol=1e-12,
        t_eval=np.linspace(0, end, 200),
    )
    return found.t, *found.y


@pytest.mark.parametrize(
    ("mass", "stiffness", "amplitude", "loss"),
    [(0.5, 20, 0.1, 0), (0.1, 200, 0.5, 60), (5.0, 5, 0.02, 30), (0.1, 5, 0.5, 1)],
)
def test_the_motion_solves_the_equation_of_motion(run, mass, stiffness, amplitude, loss):
    names = run(mass=mass, stiffness=stiffness, amplitude=amplitude, loss=loss)
    friction = 2 * mass * names["RATE"]
    times, places, speeds = integrated(mass, stiffness, friction, amplitude, 2 * names["PERIOD"])
    ours = np.array([names["motion"](float(t)) for t in times])
    assert np.allclose(ours[:, 0], places, atol=1e-6 * amplitude)
    assert np.allclose(ours[:, 1], speeds, atol=1e-5 * np.abs(speeds).max())
    heat = np.array([names["energies"](float(t))[2] for t in times])
    lost = np.concatenate([[0], np.cumsum(np.diff(times) * (speeds[1:] ** 2 + speeds[:-1] ** 2) / 2 * friction)])
    assert np.allclose(heat, lost, atol=2e-3 * names["START"])


@pytest.mark.parametrize("loss", [1, 25, 60])
def test_each_cycle_loses_the_chosen_part_of_the_energy(run, loss):
    names = run(loss=loss)
    for cycle in (1, 2):
        left = sum(names["energies"](cycle * names["PERIOD"])[:2]) / names["START"]
        assert left == pytest.approx((1 - loss / 100) ** cycle)


def test_without_friction_the_energy_stays_and_the_period_is_that_of_the_textbook(run):
    names = run(mass=0.5, stiffness=20.0, amplitude=0.1)
    assert names["PERIOD"] == pytest.approx(0.99346, abs=1e-5)
    assert names["START"] == pytest.approx(0.1)
    assert names["top_speed"]() == pytest.approx(0.1 * math.sqrt(40), rel=1e-5)
    assert all(names["energies"](t)[2] == pytest.approx(0, abs=1e-12) for t in np.linspace(0, 3, 50))


@pytest.mark.parametrize("loss", [0, 60])
def test_half_the_stretch_holds_a_quarter_of_the_energy(run, loss):
    names = run(loss=loss)
    stop = brentq(lambda t: names["motion"](t)[0] - 0.05, 0, names["PERIOD"] / 2)
    assert names["first_time_at"](0.05) == pytest.approx(stop)
    assert names["energies"](stop)[0] / names["START"] == pytest.approx(0.25)

"""The shares of chemistry/reaction_rate equal scipy's Maxwell distribution, and its discs keep their energy."""

import functools

import numpy as np
import pytest
from scipy.constants import R
from scipy.integrate import quad
from scipy.stats import gamma

ENDS = [(298.0, 50.0), (250.0, 100.0), (500.0, 15.0)]
each_end = pytest.mark.parametrize(("kelvin", "energy"), ENDS)


@pytest.fixture
def run(run_template):
    return functools.partial(run_template, "chemistry/reaction_rate")


@each_end
def test_the_share_above_an_energy_is_that_of_a_gamma_distribution(run, kelvin, energy):
    names = run(temperature=kelvin, activation=energy)
    energies = gamma(1.5, scale=R * kelvin / 1000)  # the energy of three directions of motion
    assert names["COLD_SHARE"] == pytest.approx(energies.sf(energy), rel=1e-3)
    assert names["HOT_SHARE"] == pytest.approx(gamma(1.5, scale=R * names["HOT"] / 1000).sf(energy), rel=1e-3)
    for at in (0.5, 3.0, 12.0):
        assert names["density"](at, kelvin) == pytest.approx(energies.pdf(at), rel=1e-4)


def test_the_curve_encloses_all_molecules(run):
    names = run()
    assert quad(lambda e: names["density"](e, 298.0), 0, np.inf)[0] == pytest.approx(1)


def test_ten_kelvin_nearly_double_a_reaction_of_fifty_kilojoules(run):
    names = run()
    arrhenius = np.exp(50_000 / R * (1 / 298 - 1 / 308))
    assert arrhenius == pytest.approx(1.93, abs=0.01)
    assert names["HOT_SHARE"] / names["COLD_SHARE"] == pytest.approx(arrhenius, rel=0.02)


@pytest.mark.parametrize(("lowered", "left"), [(15.0, 35.0), (60.0, 5.0)])
def test_a_catalyst_leaves_a_lower_hill(run, lowered, left):
    names = run(lowered=lowered)
    assert left == names["EASIER"]
    assert names["CATALYSED"] == pytest.approx(gamma(1.5, scale=R * 0.298).sf(left), rel=1e-3)


def test_shares_are_said_as_one_in_so_many(run):
    say = run()["share_text"]
    assert [say(1 / 50), say(1 / 310_000), say(1 / 112e6), say(4e-13)] == [
        "1 in 50",
        "1 in 310 thousand",
        "1 in 112 million",
        "1 in 2.5 trillion",
    ]


def test_the_discs_keep_their_energy_and_stay_in_the_box(run):
    names = run()
    path, kinds, _reacted, _hits = names["simulate"](1.0, 7, False)
    speeds = np.diff(path, axis=0) / names["STEP"]
    energy = (speeds**2).sum(axis=(1, 2))
    inside = np.quantile(energy, [0.3, 0.9])  # steps that end in a wall are cut short
    assert np.ptp(inside) / energy.max() < 0.12
    assert np.abs(path).max() < names["WIDE"] / 2
    assert abs(int(kinds.sum()) - names["particles"] / 2) < 1


@pytest.mark.parametrize("particles", [12, 30, 44])
def test_the_warmer_box_has_more_hits_more_reactions_and_a_larger_share_of_them(run, particles):
    names = run(particles=particles)
    cold, hot = (names["simulate"](heat, 7)[3] for heat in (1.0, names["BOX_HEAT"]))
    hard = [sum(enough for _step, _place, enough in hits) for hits in (cold, hot)]
    assert len(hot) > len(cold)
    assert hard[1] > hard[0]
    assert hard[1] / len(hot) > hard[0] / len(cold)

"""The numbers of mechanics/roller_coaster_energy equal textbook formulas and an independent integration."""

import math
from itertools import pairwise

import pytest
from scipy.constants import g
from scipy.integrate import quad

COASTER = "mechanics/roller_coaster_energy"


@pytest.mark.parametrize(("mass", "top", "seconds"), [(500, 30, 30), (100, 10, 120), (5000, 80, 5)])
def test_the_lift_does_the_work_of_weight_times_height(run_template, mass, top, seconds):
    names = run_template(COASTER, mass=mass, top_height=top, lift_time=seconds)
    assert names["ENERGY"] == pytest.approx(mass * g * top, rel=1e-3)
    assert names["POWER"] == pytest.approx(mass * g * top / seconds, rel=1e-3)
    assert names["height"](names["TOP_X"]) == pytest.approx(top)


@pytest.mark.parametrize("mass", [100, 5000])
def test_without_friction_the_speed_in_the_valley_does_not_depend_on_the_mass(run_template, mass):
    names = run_template(COASTER, mass=mass, top_height=30)
    assert names["speed"](names["VALLEY_X"], 0) == pytest.approx(math.sqrt(2 * 9.81 * 30))


def test_the_way_along_the_track_is_the_length_of_its_curve(run_template):
    names = run_template(COASTER)

    def pace(x):
        return math.hypot(1, (names["height"](x + 1e-5) - names["height"](x - 1e-5)) / 2e-5)

    stops = [node * names["LENGTH"] for node, _height in names["NODES"][2:]]
    whole = sum(quad(pace, a, b)[0] for a, b in pairwise(stops))
    assert names["WAY"][-1] == pytest.approx(whole, rel=1e-4)


def test_all_of_the_named_loss_has_become_heat_at_the_end(run_template):
    names = run_template(COASTER, loss=40, second_height=10)
    end = names["LENGTH"]
    assert names["heat"](end, 40) == pytest.approx(0.4 * names["ENERGY"])
    assert names["kinetic"](end, 40) == pytest.approx(0.6 * names["ENERGY"])


@pytest.mark.parametrize(("second", "loss", "over"), [(20, 15, True), (29, 15, False), (26, 1, True), (31, 1, False)])
def test_the_train_passes_the_second_hill_only_below_the_energy_line(run_template, second, loss, over):
    names = run_template(COASTER, top_height=30, second_height=second, loss=loss)
    assert names["passes"](loss) is over
    assert (names["allowed_height"](loss) > second) is over


def test_a_train_that_fails_stops_where_its_energy_ends(run_template):
    names = run_template(COASTER, top_height=30, second_height=50)
    place = names["ride"](0)[1][-1]
    assert names["height"](place) == pytest.approx(30, rel=0.02)

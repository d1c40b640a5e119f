"""The numbers of mechanics/hookes_law equal an independent fit and the SI constants."""

import numpy as np
import pytest
from scipy.constants import g

HOOKE = "mechanics/hookes_law"


@pytest.mark.parametrize(("stiffness", "mass", "count"), [(25, 0.1, 5), (10, 0.5, 6), (200, 0.02, 3)])
def test_the_slope_of_the_points_is_the_stiffness(run_template, stiffness, mass, count):
    names = run_template(HOOKE, stiffness=stiffness, mass=mass, count=count)
    extensions, forces = np.array(names["POINTS"]).T
    slope, start = np.polyfit(extensions, forces, 1)
    assert slope == pytest.approx(stiffness)
    assert start == pytest.approx(0, abs=1e-9)
    assert len(names["POINTS"]) == count + 1
    assert names["slope_between"](names["POINTS"][1], names["POINTS"][-1]) == pytest.approx(stiffness)


def test_a_hundred_grams_stretch_a_soft_spring_by_four_centimetres(run_template):
    names = run_template(HOOKE, stiffness=25, mass=0.1)
    assert names["force_of"](1) == pytest.approx(0.1 * g, rel=1e-3)
    assert names["POINTS"][1][0] == pytest.approx(0.0392, abs=1e-4)


def test_equal_masses_give_equal_steps(run_template):
    names = run_template(HOOKE, gravity=1.62)
    assert np.ptp(np.diff([x for x, _force in names["POINTS"]])) == pytest.approx(0, abs=1e-12)

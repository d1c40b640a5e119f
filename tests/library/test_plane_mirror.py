"""The numbers of optics/plane_mirror equal Fermat's shortest path and the mirror formula of geometry."""

import math

import numpy as np
import pytest
from scipy.optimize import minimize_scalar

MIRROR = "optics/plane_mirror"


@pytest.mark.parametrize("degrees_in", [5, 35, 62.5, 80])
def test_the_reflected_ray_is_the_shortest_way_over_the_mirror(run_template, degrees_in):
    names = run_template(MIRROR)
    out = math.radians(names["angle_out"](degrees_in))
    start = np.array([-math.tan(math.radians(degrees_in)), 1.0])
    end = np.array([2 * math.tan(out), 2.0])
    found = minimize_scalar(
        lambda x: math.dist(start, (x, 0)) + math.dist(end, (x, 0)), bounds=(start[0], end[0]), method="bounded"
    )
    assert found.x == pytest.approx(0, abs=1e-3 * (end[0] - start[0]))


@pytest.mark.parametrize("normal", [(1, 0, 0), (0, 1, 0), (3, 4, 0)])
def test_reflecting_twice_gives_the_first_direction_and_keeps_its_length(run_template, normal):
    reflected = run_template(MIRROR)["reflected"]
    way = np.array([0.3, -1.7, 0.0])
    assert np.linalg.norm(reflected(way, normal)) == pytest.approx(np.linalg.norm(way))
    assert reflected(reflected(way, normal), normal) == pytest.approx(way)


@pytest.mark.parametrize("distance", [0.6, 1.5, 2.8])
def test_all_three_rays_drawn_on_backwards_meet_as_far_behind_the_mirror(run_template, distance):
    names = run_template(MIRROR)
    lamp, image = names["lamp"](distance), names["image_of"](distance)
    assert image == pytest.approx([-lamp[0], lamp[1], 0])
    third = np.array([0, names["TARGETS"][2], 0])
    back = names["reflected"](third - lamp, (1, 0, 0))
    assert np.cross(back, image - third)[2] == pytest.approx(0, abs=1e-9)

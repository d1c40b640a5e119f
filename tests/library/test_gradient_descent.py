"""The walks of computer_science/gradient_descent follow closed forms, and its valleys are where SciPy finds them."""

import functools
import itertools

import numpy as np
import pytest
from scipy.optimize import approx_fprime, minimize_scalar

ENDS = [(0.3, 0.5, 3.0), (0.02, 0.25, 0.5), (2.0, 2.0, 3.5), (1.0, 0.5, 2.0), (0.9, 1.0, 3.5), (1.0, 1.0, 3.0)]


@pytest.fixture
def run(run_template):
    return functools.partial(run_template, "computer_science/gradient_descent")


@pytest.mark.parametrize(("rate", "bend", "start"), ENDS)
def test_on_a_bowl_the_distance_is_multiplied_by_the_same_factor(run, rate, bend, start):
    names = run(rate=rate, bend=bend, start=start)
    points = names["descend"](names["slope"], start, rate, 8)
    assert points == pytest.approx([start * (1 - 2 * bend * rate) ** n for n in range(9)])


@pytest.mark.parametrize(
    ("rate", "kind"), [(0.2, "creeps"), (0.5, "exact"), (0.8, "zigzags"), (1.0, "forever"), (1.1, "diverges")]
)
def test_the_story_told_is_what_the_points_do(run, rate, kind):
    names = run(rate=rate, bend=1.0, start=3.0)
    points = names["descend"](names["slope"], 3.0, rate, 200)
    assert names["behaviour"](names["FACTOR"]) == kind
    assert (abs(points[-1]) < 1e-6) == (kind in {"creeps", "exact", "zigzags"})
    assert (abs(points[-1]) > 1e6) == (kind == "diverges")
    assert (min(points) < -1e-9) == (kind in {"zigzags", "forever", "diverges"})


def test_every_slope_is_the_derivative_of_its_curve(run):
    names = run(bend=0.7, narrowness=5)
    for x in np.linspace(-3, 3, 13):
        for curve, slope in (("height", "slope"), ("hills", "hills_slope")):
            rise = (names[curve](x + 1e-5) - names[curve](x - 1e-5)) / 2e-5
            assert names[slope](x) == pytest.approx(rise, abs=1e-6)
    for point in ((1.0, 2.0), (-3.8, 1.5)):
        assert names["gradient_at"](point) == pytest.approx(approx_fprime(point, names["level"]), abs=1e-4)


def test_every_start_ends_in_the_valley_that_lies_downhill(run):
    names = run()
    left = minimize_scalar(names["hills"], bounds=(-3, -1), method="bounded").x
    right = minimize_scalar(names["hills"], bounds=(1, 3), method="bounded").x
    top = minimize_scalar(lambda x: -names["hills"](x), bounds=(-1, 1), method="bounded").x
    assert names["hills"](left) < names["hills"](right)
    for start in names["STARTS"]:
        end = names["descend"](names["hills_slope"], start, names["HILL_RATE"], names["HILL_STEPS"])[-1]
        assert end == pytest.approx(left if start < top else right, abs=0.05)


@pytest.mark.parametrize("narrowness", [1, 8, 20])
def test_walks_in_the_valley_get_lower_but_only_below_the_largest_rate(run, narrowness):
    names = run(narrowness=narrowness)
    hessian = np.diag([1.0, narrowness])
    assert names["LARGEST"] == pytest.approx(2 / np.linalg.eigvalsh(hessian).max())
    for rate, _name, _color in names["WALKS"]:
        walk = names["descend"](names["gradient_at"], names["FROM"], rate, names["WALK_STEPS"])
        exact = np.linalg.matrix_power(np.eye(2) - rate * hessian, names["WALK_STEPS"]) @ names["FROM"]
        assert walk[-1] == pytest.approx(exact)
        assert all(names["level"](after) < names["level"](before) for before, after in itertools.pairwise(walk))
    beyond = names["descend"](names["gradient_at"], names["FROM"], 1.05 * names["LARGEST"], names["WALK_STEPS"])
    assert names["level"](beyond[-1]) > names["level"](names["FROM"])

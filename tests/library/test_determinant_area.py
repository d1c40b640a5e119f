"""Areas, shears and orientation of linear_algebra/determinant_area agree with NumPy and SymPy."""

import functools
import itertools

import numpy as np
import pytest
import sympy

CASES = [
    (3, 1, 1, 2),
    (-3, -3, -3, -3),
    (0.25, 3, 3, 3),
    (0, 2, 1, 0),
    (2, 1, 2, 1),
    (0, 0, 0, 0),
    (-3, 3, 3, 3),
    (1, 0, 0, -1),
]
SOLID = [case for case in CASES if abs(case[0] * case[3] - case[1] * case[2]) > 1e-9]


@pytest.fixture
def run(run_template):
    def turned(entries):
        keys = ("top_left", "top_right", "bottom_left", "bottom_right")
        return run_template("linear_algebra/determinant_area", **dict(zip(keys, map(float, entries), strict=True)))

    return functools.cache(turned)


@pytest.mark.parametrize("entries", CASES)
def test_the_determinant_is_the_one_of_numpy(run, entries):
    assert run(entries)["DET"] == pytest.approx(np.linalg.det(np.reshape(entries, (2, 2))), abs=1e-9)


@pytest.mark.parametrize("entries", SOLID)
def test_the_parallelogram_has_that_area_with_its_sign(run, entries):
    matrix = sympy.Matrix(2, 2, [sympy.Rational(entry) for entry in entries])
    corners = [matrix * sympy.Matrix(corner) for corner in ((0, 0), (1, 0), (1, 1), (0, 1))]
    assert run(entries)["DET"] == pytest.approx(float(sympy.Polygon(*[tuple(corner) for corner in corners]).area))


@pytest.mark.parametrize("entries", CASES)
def test_every_shear_keeps_the_area(run, entries):
    names = run(entries)
    stages = names["shears"]()
    for before, after in itertools.pairwise(stages):
        for part in (0.0, 0.3, 1.0):
            assert np.linalg.det((1 - part) * before + part * after) == pytest.approx(names["DET"], abs=1e-9)


@pytest.mark.parametrize("entries", SOLID)
def test_after_two_shears_both_sides_stand_on_the_axes(run, entries):
    names = run(entries)
    last = names["shears"]()[2]
    assert np.count_nonzero(np.abs(last) > 1e-9) == 2
    one, other = names["rectangle_sides"]()
    assert abs(one * other) == pytest.approx(abs(names["DET"]))


@pytest.mark.parametrize("entries", SOLID)
def test_the_turned_sides_give_the_signed_area_at_their_own_angle(run, entries):
    names = run(entries)
    assert names["area_at"](names["turning_angle"]()) == pytest.approx(names["DET"], abs=1e-9)
    first, other = complex(entries[0], entries[2]), complex(entries[1], entries[3])
    assert names["turning_angle"]() == pytest.approx(np.degrees(np.angle(other / first)) % 360)

"""The areas and slides of the Pythagoras template agree with exact geometry worked out by SymPy."""

import numpy as np
import pytest
from sympy import Point, Polygon, Rational, sqrt

PYTHAGORAS = "geometry/pythagoras_rearrangement"
LEGS = [(3, 4), (1, 20), (20, 1.4), (7.5, 7.5)]


def polygon(corners):
    return Polygon(*[Point(Rational(str(round(x, 6))), Rational(str(round(y, 6)))) for x, y in corners])


@pytest.mark.parametrize(("a", "b"), LEGS)
def test_the_four_triangles_leave_c_squared_before_and_a_squared_plus_b_squared_after(run_template, a, b):
    names = run_template(PYTHAGORAS, leg_a=a, leg_b=b)
    for corners in (names["four_triangles"](), [names["slid"](i) for i in range(4)]):
        triangles = [polygon(each) for each in corners]
        covered = sum(abs(each.area) for each in triangles)
        assert float((a + b) ** 2 - covered) == pytest.approx(names["C"] ** 2)
        assert float((a + b) ** 2 - covered) == pytest.approx(a * a + b * b)
        assert all(0 <= x <= a + b + 1e-9 and 0 <= y <= a + b + 1e-9 for each in corners for x, y in each)


def inside(corners, points):
    """Which points lie in the triangle: on the same side of all three edges."""
    p, q, r = (np.array(corner, dtype=float) for corner in corners)
    sides = [
        (points - start) @ np.array([start[1] - end[1], end[0] - start[0]]) for start, end in ((p, q), (q, r), (r, p))
    ]
    return np.all(np.array(sides) > 1e-9, axis=0) | np.all(np.array(sides) < -1e-9, axis=0)


@pytest.mark.parametrize(("a", "b"), LEGS)
def test_no_two_triangles_overlap_in_either_arrangement(run_template, a, b):
    names = run_template(PYTHAGORAS, leg_a=a, leg_b=b)
    points = np.random.default_rng(7).uniform(0, a + b, (4000, 2))
    for corners in (names["four_triangles"](), [names["slid"](i) for i in range(4)]):
        counts = np.sum([inside(each, points) for each in corners], axis=0)
        assert counts.max() == 1
        assert np.mean(counts) == pytest.approx(2 * a * b / (a + b) ** 2, abs=0.03)


@pytest.mark.parametrize(
    ("a", "b", "text"),
    [(3, 4, "c = 5 cm"), (5, 12, "c = 13 cm"), (1, 2, "c = √5 cm ≈ 2.236 cm"), (0.3 * 5, 2, "c = 2.5 cm")],
)
def test_the_hypotenuse_is_written_exactly(run_template, a, b, text):
    names = run_template(PYTHAGORAS, leg_a=a, leg_b=b)
    assert names["root_text"]() == text
    assert names["C"] == pytest.approx(float(sqrt(Rational(str(a)) ** 2 + Rational(str(b)) ** 2)))

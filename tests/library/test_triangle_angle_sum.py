"""The triangles and polygons of geometry/triangle_angle_sum have the angles that SymPy measures in them."""

import functools
import math

import numpy as np
import pytest
import sympy

CASES = [(50.0, 70.0), (15.0, 15.0), (140.0, 25.0), (15.0, 140.0)]


@pytest.fixture
def run(run_template):
    return functools.partial(run_template, "geometry/triangle_angle_sum")


def measured(points):
    """Angles at the corners, by SymPy."""
    shape = sympy.Polygon(*[sympy.Point(float(x), float(y)) for x, y, *_ in points])
    return [math.degrees(float(shape.angles[corner])) for corner in shape.vertices]


@pytest.mark.parametrize(("left", "right"), CASES)
def test_the_drawn_triangle_has_the_angles_it_says(run, left, right):
    names = run(angle_left=left, angle_right=right)
    scale, corner = names["placing"]([(left, right)], names["MAIN"])
    assert measured(names["vertices"](left, right, scale, corner)) == pytest.approx(names["ANGLES"], abs=1e-6)


@pytest.mark.parametrize(("left", "right"), CASES)
def test_every_piece_covers_its_own_corner(run, left, right):
    names = run(angle_left=left, angle_right=right)
    points = names["vertices"](left, right, 1.0, np.zeros(3))
    for i, start in enumerate(names["starts"](left, right)):
        ways = [points[j] - points[i] for j in range(3) if j != i]
        edges = sorted(math.degrees(math.atan2(way[1], way[0])) % 360 for way in ways)
        piece = sorted(angle % 360 for angle in (start, start + names["ANGLES"][i]))
        assert piece == pytest.approx(edges, abs=1e-6)


@pytest.mark.parametrize(("left", "right"), CASES)
def test_the_dragged_triangle_is_a_triangle_too(run, left, right):
    one, other = run(angle_left=left, angle_right=right)["other_angles"]()
    assert min(one, other) > 0
    assert one + other < 165


def test_angles_that_leave_no_room_for_a_third_are_refused_with_a_sentence(run):
    with pytest.raises(ValueError, match="at least 15°"):
        run(angle_left=100.0, angle_right=70.0)


@pytest.mark.parametrize(("corners", "total"), [(4, 360), (5, 540), (6, 720), (9, 1260)])
def test_the_polygon_has_the_textbook_sum_and_no_dent(run, corners, total):
    names = run(corners=corners)
    points = names["polygon_points"]()
    assert names["polygon_sum"](corners) == total
    assert sum(measured(points)) == pytest.approx(total)
    assert names["inner_angles"](points) == pytest.approx(measured(points), abs=1e-6)
    assert sympy.Polygon(*[sympy.Point(float(x), float(y)) for x, y, _ in points]).is_convex()

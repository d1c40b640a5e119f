"""The pieces of geometry/circle_area keep their size, and their numbers equal those of sympy's polygons."""

import functools
import itertools
import math

import numpy as np
import pytest
import sympy

CASES = [(5.0, 16), (0.1, 8), (100.0, 40)]


@pytest.fixture
def run(run_template):
    return functools.partial(run_template, "geometry/circle_area")


def shoelace(points):
    x, y = np.asarray(points, dtype=float).T
    return abs(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1))) / 2


@pytest.mark.parametrize(("radius", "slices"), CASES)
def test_width_times_height_is_the_area_of_the_regular_polygon_inside(run, radius, slices):
    names = run(radius=radius, slices=slices)
    for n in names["counts"]():
        turned = radius * np.exp(2j * np.pi * np.arange(n) / n)
        corners = np.column_stack([turned.real, turned.imag])
        sides = np.roll(corners, -1, axis=0) - corners
        assert names["box_area"](n, radius) == pytest.approx(shoelace(corners), rel=1e-9)
        assert 2 * names["row_width"](n, radius) == pytest.approx(np.linalg.norm(sides, axis=1).sum(), rel=1e-9)
        assert names["row_height"](n, radius) == pytest.approx(np.linalg.norm(corners[:2].mean(axis=0)), rel=1e-9)


@pytest.mark.parametrize(("radius", "slices"), CASES)
def test_the_table_closes_in_on_the_area_of_the_circle_from_below(run, radius, slices):
    names = run(radius=radius, slices=slices)
    x = sympy.Symbol("x")
    exact = float(2 * sympy.integrate(sympy.sqrt(1 - x**2), (x, -1, 1))) * radius**2
    assert names["circle_area"](radius) == pytest.approx(exact)
    gaps = [exact - names["box_area"](n, radius) for n in names["counts"]()]
    assert all(later < earlier / 3.5 for earlier, later in itertools.pairwise(gaps))
    assert 0 < gaps[-1] < 0.002 * exact


def test_a_radius_of_five_gives_the_textbook_value(run):
    assert run()["area_text"](run()["circle_area"](5.0)) == "78.54 cm²"


def test_an_odd_number_of_slices_becomes_even(run):
    assert run(slices=9)["counts"]() == [10, 20, 40, 80]


@pytest.mark.parametrize("opened", [0.0, 0.4, 1.0])
def test_opening_the_fan_moves_slices_without_bending_them(run, opened):
    names = run(slices=16)
    closed, moved = names["fan"](16, 1.7, 0.0), names["fan"](16, 1.7, opened)
    assert len(moved) == 8
    for before, after in zip(closed, moved, strict=True):
        for one in (0, 1, 3):
            distances = [np.linalg.norm(part - part[one], axis=1) for part in (before, after)]
            assert distances[0] == pytest.approx(distances[1], abs=1e-9)


def test_the_closed_fan_is_half_of_the_circle(run):
    pieces = run()["fan"](16, 1.7, 0.0)
    assert all(np.hypot(*piece[0]) == pytest.approx(0, abs=1e-9) for piece in pieces)
    assert all(np.hypot(*corner) == pytest.approx(1.7) for piece in pieces for corner in piece[1:-1])


@pytest.mark.parametrize("opened", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("rings", [5, 30])
def test_every_unrolled_ring_keeps_its_area(run, rings, opened):
    names = run(rings=rings)
    thick = 2.0 / rings
    for index, (middle, strip) in enumerate(zip(names["ring_radii"](2.0), names["strip_areas"](2.0), strict=True)):
        annulus = math.pi * (((index + 1) * thick) ** 2 - (index * thick) ** 2)
        assert strip == pytest.approx(annulus)
        assert shoelace(names["ring_outline"](middle, thick, opened, 2001)) == pytest.approx(annulus, rel=2e-3)
    assert sum(names["strip_areas"](2.0)) == pytest.approx(4 * math.pi)

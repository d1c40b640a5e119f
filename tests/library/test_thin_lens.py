"""The images of optics/thin_lens lie where rays, traced with matrices, meet."""

import functools
import math

import numpy as np
import pytest


@pytest.fixture
def run(run_template):
    return functools.partial(run_template, "optics/thin_lens")


def traced_image(focus, distance, height=1.0):
    """Where two rays from the tip cross after a lens, by ray matrices: (distance behind the lens, height)."""
    through = np.array([[1, 0], [-1 / focus, 1]]) @ np.array([[1, distance], [0, 1]])
    (y1, s1), (y2, s2) = (through @ np.array([height, slope]) for slope in (0.01, -0.03))
    x = (y2 - y1) / (s1 - s2)
    return x, y1 + s1 * x


@pytest.mark.parametrize("distance", [1.0, 9.5, 11.0, 25.0, 150.0])
@pytest.mark.parametrize(("lens", "sign"), [("converging", 1), ("diverging", -1)])
def test_the_image_is_where_traced_rays_meet(run, lens, sign, distance):
    names = run(lens=lens, focal_length=10.0)
    x, height = traced_image(sign * 10.0, distance)
    assert names["image_distance"](distance) == pytest.approx(x)
    assert names["magnification"](distance) == pytest.approx(height)


def test_a_textbook_example(run):
    names = run(focal_length=10.0, object_distance=25.0)
    assert names["IMAGE_AT"] == pytest.approx(50 / 3)
    assert names["MAGNIFIED"] == pytest.approx(-2 / 3)
    assert names["kind_text"](names["MAGNIFIED"]) == "real, upside down, smaller"


def test_an_object_at_the_focus_has_no_image(run):
    names = run(focal_length=10.0, object_distance=10.0)
    assert math.isinf(names["IMAGE_AT"])
    assert names["SHOWN"] is False


@pytest.mark.parametrize(
    ("lens", "distance", "kind"),
    [
        ("converging", 5.0, "virtual, upright, larger"),
        ("converging", 20.0, "real, upside down, same size"),
        ("converging", 15.0, "real, upside down, larger"),
        ("diverging", 5.0, "virtual, upright, smaller"),
        ("diverging", 50.0, "virtual, upright, smaller"),
    ],
)
def test_images_are_named_as_in_textbooks(run, lens, distance, kind):
    names = run(lens=lens, focal_length=10.0)
    assert names["kind_text"](names["magnification"](distance)) == kind


@pytest.mark.parametrize(("lens", "distance"), [("converging", 25.0), ("converging", 6.0), ("diverging", 25.0)])
def test_the_drawn_rays_lie_on_lines_through_the_tip_of_the_image(run, lens, distance):
    names = run(lens=lens, focal_length=10.0, object_distance=distance)
    place = names["bench"](names["LEFT_REACH"], names["RIGHT_REACH"], 3.0 * max(1.0, abs(names["MAGNIFIED"])))
    tip = place(names["IMAGE_AT"], 3.0 * names["MAGNIFIED"])
    for _comes, leaves, _seems in names["three_rays"](place, distance, 3.0):
        start, end = leaves.get_start(), leaves.get_end()
        way = (end - start) / np.linalg.norm(end - start)
        assert np.linalg.norm(np.cross(way, tip - start)) == pytest.approx(0, abs=1e-6)

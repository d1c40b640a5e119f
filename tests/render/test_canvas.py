"""Rows drawn anew have the pixels that a whole drawing gives them, whatever crosses their edges."""

from collections.abc import Iterator

import cairo
import numpy as np
import pytest
from manim import BLUE, GREEN, PI, RED, WHITE, Arc, Circle, Line, Polygon, RoundedRectangle, Text, VMobject

from generation.engine.render.canvas import MOST_BANDS, NEAR, Canvas, Layer, merged
from generation.engine.render.items import looks

WIDTH, HEIGHT = 427, 240
MATRIX = cairo.Matrix(WIDTH / 14.2222, 0, 0, -HEIGHT / 8, WIDTH / 2, HEIGHT / 2)


def base() -> np.ndarray:
    pixels = np.zeros((HEIGHT, WIDTH, 4), np.uint8)
    pixels[..., 3] = 255
    return pixels


def shapes(seed: int) -> Iterator[VMobject]:
    rng = np.random.default_rng(seed)
    letters = Text("Quick fox 07")
    for number in range(40):
        corners = [np.array([*rng.uniform(-3, 3, 2), 0]) for _ in range(5)]
        kinds = [
            Circle(radius=rng.uniform(0.2, 3)),
            Polygon(*corners),
            Line(corners[0], 3 * corners[1]),
            letters[number % 9].copy().move_to([0, 0, 0]).scale(3),
            Arc(radius=rng.uniform(0.5, 3), angle=rng.uniform(0.3, 6)),
            RoundedRectangle(corner_radius=0.3, width=rng.uniform(1, 5), height=rng.uniform(1, 4)),
        ]
        shape = kinds[number % len(kinds)].rotate(rng.uniform(0, 2 * PI)).shift([*rng.uniform(-4, 4, 2), 0])
        shape.set_stroke(WHITE, float(rng.choice([0, 1, 4, 20])), float(rng.uniform(0.3, 1)))
        shape.set_fill(BLUE, float(rng.choice([0, 0.5, 1])))
        yield shape.set_color([RED, GREEN, BLUE]) if number % 5 == 0 else shape


def whole(resting: list[VMobject], moving: list[VMobject]) -> np.ndarray:
    canvas = Canvas(base() * 0)
    canvas.show(looks(resting), looks(moving), base(), MATRIX)
    return canvas.pixels


@pytest.mark.parametrize("seed", range(3))
def test_a_frame_drawn_in_bands_equals_one_drawn_whole(seed: int) -> None:
    stage = list(shapes(seed))
    rng = np.random.default_rng(seed)
    canvas = Canvas(base() * 0)
    ground = base()
    for play in range(4):
        resting, moving = stage[: 10 * play], stage[10 * play :]
        rest = looks(resting)
        for _ in range(4):
            moving[int(rng.integers(len(moving)))].shift([*rng.uniform(-1, 1, 2), 0]).scale(0.9)
            before = canvas.pixels.copy()
            parts = canvas.show(rest, looks(moving), ground, MATRIX)
            assert np.array_equal(canvas.pixels, whole(resting, moving))
            for top, bottom, left, right in parts:
                before[top:bottom, left:right] = canvas.pixels[top:bottom, left:right]
            assert np.array_equal(canvas.pixels, before), "something changed elsewhere"


def test_cutting_an_outline_would_change_its_pixels() -> None:
    """Why bands draw whole what crosses their edges."""
    inexact = 0
    for shape in shapes(7):
        full, cut = Layer(base()), Layer(base())
        canvas = Canvas(base())
        canvas.show((), looks([shape]), base(), MATRIX)
        items = canvas._moving
        full.draw(items, (0, HEIGHT), MATRIX)
        for top in range(0, HEIGHT, 16):
            cut.draw(items, (top, top + 16), MATRIX)
        inexact += not np.array_equal(full.pixels, cut.pixels)
    assert inexact


def test_nothing_is_drawn_where_nothing_changed() -> None:
    stage = list(shapes(1))
    canvas, ground, rest = Canvas(base()), base(), looks(stage[:20])
    assert canvas.show(rest, looks(stage[20:]), ground, MATRIX) == [(0, HEIGHT, 0, WIDTH)]
    assert canvas.show(rest, looks(stage[20:]), ground, MATRIX) == []
    assert canvas.show(looks(stage), [], ground, MATRIX) == [], "what comes to rest looks as before"
    canvas.forget()
    assert canvas.show(rest, looks(stage[20:]), ground, MATRIX) == [(0, HEIGHT, 0, WIDTH)]


def test_parts_are_few_and_apart() -> None:
    assert merged([]) == []
    assert merged([(0, 9, 5, 5), (3, 3, 0, 9)]) == [], "empty ones are left out"
    assert merged([(50, 60, 1, 2), (0, 10, 0, 9), (5, 20, 3, 30)]) == [(0, 20, 0, 30), (50, 60, 1, 2)]
    assert merged([(0, 10, 0, 1), (10 + NEAR, 40, 5, 6)]) == [(0, 40, 0, 6)]
    many = merged([(100 * i, 100 * i + 10, i, i + 1) for i in range(9)])
    assert len(many) == MOST_BANDS
    assert (many[0][0], many[-1][1]) == (0, 810)


def test_points_that_are_no_numbers_draw_nothing() -> None:
    shape = Circle()
    shape.points[3] = np.nan
    assert np.array_equal(whole([], [shape]), base())

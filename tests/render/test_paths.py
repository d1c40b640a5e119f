"""Packed paths are the paths that Manim's camera gives to cairo."""

import itertools

import cairo
import numpy as np
import pytest
from manim import Annulus, Circle, Line, Square, Text, VMobject
from manim.camera.camera import Camera

from generation.engine.render import paths


def fresh() -> cairo.Context:
    return cairo.Context(cairo.ImageSurface(cairo.FORMAT_ARGB32, 8, 8))


def outlines() -> list[np.ndarray]:
    dice = np.random.default_rng(3)
    left_over = np.vstack([Square().points, Square().points[-1:]])  # a fifth curve that only begins
    shapes = [Square(), Circle(), Line(), Annulus(), *Text("Ba8").family_members_with_points()]
    return [
        *(shape.points for shape in shapes),
        left_over,
        dice.random((3, 3)),  # no curve at all
        dice.random((7, 3)),  # one curve and points that draw nothing
        dice.random((40, 3)),  # every curve apart
    ]


def drawn_by_manim(points: np.ndarray) -> str:
    shape = VMobject()
    shape.points = points
    context = fresh()
    Camera().set_cairo_context_path(context, shape)
    return str(context.copy_path())


@pytest.mark.parametrize("first", range(len(outlines())))
def test_packed_paths_are_those_of_manim_in_any_order(first: int) -> None:
    shapes = outlines()
    shapes = shapes[first:] + shapes[:first]
    packed = paths.pack(np.concatenate(shapes), [len(points) for points in shapes])
    for points, address in zip(shapes, packed.addresses, strict=True):
        context = fresh()
        paths.appender(context)(address)
        assert str(context.copy_path()) == drawn_by_manim(points)


def test_the_way_through_pycairo_gives_the_same_paths(monkeypatch: pytest.MonkeyPatch) -> None:
    assert paths._APPEND is not None, "the quick way must work with the pinned pycairo"
    monkeypatch.setattr(paths, "_APPEND", None)
    shapes = outlines()
    packed = paths.pack(np.concatenate(shapes), [len(points) for points in shapes])
    for points, address in zip(shapes, packed.addresses, strict=True):
        context = fresh()
        paths.appender(context)(address)
        assert str(context.copy_path()) == drawn_by_manim(points)


def test_points_apart_by_less_than_the_tolerance_stay_one_path() -> None:
    square = Square().points.copy()
    counts = []
    for gap, tolerance in itertools.product((1e-4, 1e-2), (1e-6, 1e-3)):
        square[4] = square[3] + [gap, 0, 0]
        context = fresh()
        paths.appender(context)(paths.pack(square, [len(square)], tolerance).addresses[0])
        counts.append(str(context.copy_path()).count("move_to"))
    one, two = min(counts), max(counts)
    assert counts == [two, one, two, two]


def test_a_pointer_that_is_not_where_it_should_be_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "_pointer", lambda context: 0)
    assert paths._find_append() is None

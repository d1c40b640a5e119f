"""Sums, lengths and angles of linear_algebra/vector_addition agree with complex numbers and SymPy."""

import cmath
import functools
import math

import numpy as np
import pytest
import sympy

CASES = [
    ([4.0, 1.0], [1.0, 3.0], "add"),
    ([-8.0, -8.0], [-8.0, -8.0], "add"),
    ([8.0, -8.0], [-8.0, 8.0], "add"),
    ([3.0, 4.0], [1.0, -2.5], "subtract"),
    ([-8.0, 8.0], [8.0, 0.5], "subtract"),
]


@pytest.fixture
def run(run_template):
    return functools.partial(run_template, "linear_algebra/vector_addition")


@pytest.mark.parametrize(("a", "b", "operation"), CASES)
def test_sum_length_and_direction_agree_with_complex_numbers(run, a, b, operation):
    names = run(vector_a=a, vector_b=b, operation=operation)
    first, other = complex(*a), complex(*b)
    result = first + other if operation == "add" else first - other
    assert complex(*names["SUM"]) == pytest.approx(result)
    assert names["length"](names["SUM"]) == pytest.approx(abs(result))
    if abs(result) > 0:
        assert names["direction"](names["SUM"]) == pytest.approx(math.degrees(cmath.phase(result)) % 360)
    turned = other if operation == "add" else -other
    between = abs(math.degrees(cmath.phase(turned / first)))
    assert names["angle_between"](names["A"], names["B"]) == pytest.approx(between)
    assert names["length_at"](between) == pytest.approx(abs(result), abs=1e-6)


def test_the_length_lies_between_the_difference_and_the_sum_of_the_lengths(run):
    names = run(vector_a=[3.0, 4.0], vector_b=[0.0, 2.0])
    lengths = [names["length_at"](float(angle)) for angle in np.linspace(0, 360, 73)]
    assert max(lengths) == pytest.approx(7)
    assert min(lengths) == pytest.approx(3)
    one, other = sympy.Matrix([5, 0]), 2 * sympy.Matrix([sympy.cos(sympy.pi / 3), sympy.sin(sympy.pi / 3)])
    assert names["length_at"](60) == pytest.approx(float((one + other).norm()))


def test_walking_three_and_four_at_a_right_angle_brings_one_five_away(run):
    names = run(vector_a=[3.0, 0.0], vector_b=[0.0, 4.0], meaning="displacements in m")
    assert names["size_text"](names["length"](names["SUM"])) == "5 m"
    assert names["direction"](names["SUM"]) == pytest.approx(53.13, abs=0.005)


def test_a_vector_without_length_is_refused_with_a_sentence(run):
    with pytest.raises(ValueError, match="need a length"):
        run(vector_b=[0.0, 0.0])


@pytest.mark.parametrize(("a", "b", "operation"), CASES)
def test_all_corners_lie_inside_the_window(run, a, b, operation):
    names = run(vector_a=a, vector_b=b, operation=operation)
    (x0, x1), (y0, y1) = names["window"](names["spots"]())
    assert all(x0 < x < x1 and y0 < y < y1 for x, y in names["spots"]())
    assert (x1 - x0) / (y1 - y0) == pytest.approx(1.62)

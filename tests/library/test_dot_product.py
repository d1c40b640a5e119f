"""Products, shadows and angles of linear_algebra/dot_product agree with SymPy's own vectors."""

import functools

import numpy as np
import pytest
import sympy

CASES = [
    ([4.0, 1.0], [2.0, 3.0]),
    ([-6.0, -6.0], [-6.0, -6.0]),
    ([6.0, -6.0], [-6.0, 6.0]),
    ([3.0, 4.0], [-4.0, 3.0]),
    ([0.0, 0.5], [-6.0, -2.5]),
]


@pytest.fixture
def run(run_template):
    return functools.partial(run_template, "linear_algebra/dot_product")


@pytest.mark.parametrize(("a", "b"), CASES)
def test_product_shadow_and_angle_are_those_of_sympy(run, a, b):
    names = run(vector_a=a, vector_b=b)
    one, other = (sympy.Point(*map(sympy.Rational, vector)) for vector in (a, b))
    product = sympy.Matrix(one).dot(sympy.Matrix(other))
    assert names["DOT"] == pytest.approx(float(product))
    zero = sympy.Point(0, 0)
    between = sympy.Ray(zero, one).angle_between(sympy.Ray(zero, other))
    assert names["ANGLE"] == pytest.approx(float(between) * 180 / np.pi, abs=1e-6)
    foot = sympy.Line(zero, one).projection(other)
    assert names["foot"]() == pytest.approx([float(foot.x), float(foot.y)], abs=1e-9)
    assert abs(names["shadow"](names["A"], names["B"])) == pytest.approx(float(foot.distance(zero)), abs=1e-9)


def test_the_sign_is_told_as_in_textbooks(run):
    names = run(vector_a=[3.0, 4.0], vector_b=[-4.0, 3.0])
    assert "perpendicular" in names["sign_words"](names["DOT"])
    assert "more than 90" in names["sign_words"](-0.5)
    assert "less than 90" in names["sign_words"](0.5)


@pytest.mark.parametrize(
    ("force", "way", "rope", "joules"), [(80, 12, 60, 480), (500, 100, 0, 50000), (10, 1, 80, 1.7365)]
)
def test_work_is_force_along_the_way_times_the_way(run, force, way, rope, joules):
    names = run(force=float(force), way=float(way), rope=float(rope))
    assert names["work"](names["rope"]) == pytest.approx(joules, rel=1e-4)


def test_a_vector_without_length_is_refused_with_a_sentence(run):
    with pytest.raises(ValueError, match="need a length"):
        run(vector_a=[0.0, 0.0])

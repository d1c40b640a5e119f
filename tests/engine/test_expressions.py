"""Formulas are read by our own grammar; their canonical text means the same to every reader."""

import math

import numpy as np
import pytest
import theorama_kit
from hypothesis import given
from hypothesis import strategies as st

from generation.engine import expressions


@pytest.mark.parametrize(
    ("typed", "canonical", "at_two"),
    [
        ("2x^2 - 3 sin(x)", "2*x^2 - 3*sin(x)", 8 - 3 * math.sin(2)),
        ("-x^2", "-x^2", -4),
        ("2^-x", "2^-x", 0.25),
        ("x^2^3", "x^2^3", 256),
        ("sin 2x cos x", "sin(2*x)*cos(x)", math.sin(4) * math.cos(2)),
        ("xsinx", "x*sin(x)", 2 * math.sin(2)),
        ("sin^2(x)", "sin(x)^2", math.sin(2) ** 2),
        ("tan^-1 x", "atan(x)", math.atan(2)),
        ("|x - 5| + 1", "abs(x - 5) + 1", 4),
        ("(x+1)(x-2)", "(x + 1)*(x - 2)", 0),
        ("√x", "sqrt(x)", math.sqrt(2)),
        ("x²\u22123", "x^2 - 3", 1),
        ("1/(2x)", "1/(2*x)", 0.25),
        ("1 - (x - 1)", "1 - (x - 1)", 0),
        ("6/(x/3)", "6/(x/3)", 9),
        ("e^(-x/2)", "e^(-x/2)", math.exp(-1)),
        ("log x + ln x", "log(x) + ln(x)", math.log10(2) + math.log(2)),
        ("3t + 1", "3*t + 1", 7),
        ("z^2", "x^2", 4),
        (".5x", "0.5*x", 1),
        ("1e-3x", "0.001*x", 0.002),
    ],
)
def test_formulas_are_read_as_teachers_write_them(typed, canonical, at_two):
    formula = expressions.parse(typed)
    assert formula.text == canonical
    assert formula.values(2.0) == pytest.approx(at_two)


@pytest.mark.parametrize(
    "typed",
    [
        *("", "x +", "(x", "x)", "x y", "foo(x)", "import os", "__class__", "x.y", "x[0]", "'x'", "x;x", "sin", "1..2"),
        *("x\x00", "9" * 30, "(" * 60 + "x" + ")" * 60, "-" * 60 + "x", "x" * 121),
    ],
)
def test_what_is_no_formula_is_refused(typed):
    with pytest.raises(expressions.ExpressionError):
        expressions.parse(typed)


def test_values_outside_the_domain_are_nan():
    assert np.isnan(expressions.parse("sqrt(x)").values([-1.0]))[0]
    assert np.isinf(expressions.parse("1/x").values([0.0]))[0]


def formulas():
    leaves = st.sampled_from(["x", "2", "0.5", "pi", "e"])
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.tuples(inner, st.sampled_from("+-*/"), inner).map("".join).map("({})".format),
            st.tuples(inner, st.sampled_from(["^2", "^-1", "^3"])).map("".join).map("({})".format),
            st.tuples(st.sampled_from(["sin", "exp", "sqrt", "abs"]), inner).map(lambda each: f"{each[0]}({each[1]})"),
            inner.map(lambda each: f"(-{each})"),
        ),
        max_leaves=6,
    ).filter(lambda text: len(text) <= 60)


@given(formulas())
def test_the_canonical_text_means_the_same_to_us_and_to_the_scene_kit(text):
    formula = expressions.parse(text)
    points = np.array([0.3, 1.7, -2.2])
    ours = formula.values(points)
    again = expressions.parse(formula.text).values(points)
    theirs = np.array([float(theorama_kit.expression(formula.text)(point)) for point in points])
    finite = np.isfinite(ours) & (np.abs(ours) < 1e6)
    assert np.allclose(again[finite], ours[finite])
    assert np.allclose(theirs[finite], ours[finite])


def test_a_formula_in_several_letters_keeps_them_and_takes_no_other():
    assert expressions.canonical("-y + 2x y", "xy") == "-y + 2*x*y"
    with pytest.raises(expressions.ExpressionError, match="only x and y"):
        expressions.canonical("x + z", "xy")

"""Knobs are read from code and written back into it without running it."""

import math

import pytest

from generation.engine import knobs
from generation.engine.errors import RequestFault
from generation.engine.types import KnobKind

SOURCE = """from manim import *
from theorama_kit import *

# é: columns are counted in bytes
length = knob(1.0, label="Length of the string", unit="m", minimum=0.2, maximum=4.0, step=0.1)
lengths = knob([0.5, 1,
    2], label="Lengths", unit="m", minimum=0.2, maximum=4, at_least=2, at_most=4)
dice: int = knob(value=3, label="é Dice", minimum=1, maximum=9)
way = knob("bubble", label="Way", choices=("bubble", "insertion"))
curve = knob("x^2", label="Function f(x)", kind="expression")
tint = knob("#7CC4F2", label="Colour", kind="colour")
grid = knob(True, label="Grid")
title = knob("Hello", label="Title")
computed = knob(1 + len("a"), label="Not a literal")


class Swing(Stage):
    def construct(self):
        self.wait(length)


class Many(Stage):
    def construct(self):
        self.wait(sum(lengths) + length)
"""


def knob_called(name):
    return next(knob for knob in knobs.extract(SOURCE) if knob.name == name)


def test_kinds_bounds_and_scenes_are_read_in_order():
    found = knobs.extract(SOURCE)
    assert [knob.name for knob in found] == ["length", "lengths", "dice", "way", "curve", "tint", "grid", "title"]
    assert [knob.kind for knob in found] == [
        KnobKind.NUMBER, KnobKind.NUMBERS, KnobKind.INTEGER, KnobKind.CHOICE, KnobKind.EXPRESSION, KnobKind.COLOUR,
        KnobKind.TOGGLE, KnobKind.TEXT,
    ]  # fmt: skip
    assert (found[0].minimum, found[0].maximum, found[0].unit, found[0].line) == (0.2, 4.0, "m", 5)
    assert (found[1].at_least, found[1].at_most) == (2, 4)
    assert found[0].scenes == ("Swing", "Many")
    assert found[1].scenes == ("Many",)


def test_a_call_with_an_argument_that_is_no_literal_is_no_knob():
    assert "computed" not in [knob.name for knob in knobs.extract(SOURCE)]


def test_extraction_never_runs_the_code():
    knobs.extract('raise SystemExit(1)\nlength = knob(1.0, label="L")\nimport nothing_there')


def test_setting_knobs_changes_only_their_values():
    written = knobs.apply(SOURCE, {"length": 2, "dice": 5, "way": "Insertion", "curve": "2x^2", "grid": False})
    assert {knob.name: knob.value for knob in knobs.extract(written)} == {
        "length": 2.0, "lengths": [0.5, 1.0, 2.0], "dice": 5, "way": "insertion", "curve": "2*x^2", "tint": "#7CC4F2",
        "grid": False, "title": "Hello",
    }  # fmt: skip
    undone = written
    for new, old in (("2.0,", "1.0,"), ("value=5", "value=3"), ('"insertion", l', '"bubble", l')):
        undone = undone.replace(new, old, 1)
    assert undone.replace('"2*x^2"', '"x^2"').replace("False", "True") == SOURCE


def test_a_list_over_two_lines_and_letters_beyond_ascii_are_rewritten_in_place():
    written = knobs.apply(SOURCE, {"lengths": [1, 2], "dice": 4})
    assert "lengths = knob([1.0, 2.0], label=" in written
    assert 'dice: int = knob(value=4, label="é Dice"' in written


def test_a_text_cannot_break_out_of_its_quotes():
    for text in ('a"); import os; ("', "a'b", 'back\\slash"', "€ and 𝜋"):
        assert knobs.extract(knobs.apply(SOURCE, {"title": text}))[-1].value == text


def test_values_are_taken_as_forms_send_them():
    assert knobs.checked(knob_called("length"), "1.5") == 1.5
    assert knobs.checked(knob_called("lengths"), "0.5, 1; 2") == [0.5, 1.0, 2.0]
    assert knobs.checked(knob_called("grid"), "off") is False
    assert knobs.checked(knob_called("tint"), "red") == "#FF5C5C"


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"length": 9}, "Length of the string must be between 0.2 and 4 m; you gave 9."),
        ({"length": math.nan}, "Length of the string must be between 0.2 and 4 m; you gave nan."),
        ({"length": math.inf}, "Length of the string must be between 0.2 and 4 m; you gave inf."),
        ({"length": 10**400}, "Length of the string must be between 0.2 and 4 m; you gave inf."),
        ({"length": "long"}, "Length of the string must be a number, such as 1 m; you gave “long”."),
        ({"length": True}, "Length of the string must be a number, such as 1 m; you gave “True”."),
        ({"length": None}, "Length of the string must be a number, such as 1 m; you gave “None”."),
        ({"lengths": [1] * 5}, "Lengths takes 2 to 4 numbers; you gave 5."),
        ({"lengths": []}, "Lengths takes 2 to 4 numbers; you gave 0."),
        ({"lengths": [1, math.nan]}, "Lengths must be between 0.2 and 4 m; you gave nan."),
        ({"lengths": 1}, "Lengths must be a list of numbers, such as 0.5, 1 and 2 m."),
        ({"dice": 2.5}, "é Dice must be a whole number; you gave 2.5."),
        ({"way": "quick"}, "Way must be one of: bubble, insertion; you gave “quick”."),
        ({"tint": "javascript:1"}, "Colour must be a colour such as blue or #7CC4F2; you gave “javascript:1”."),
        ({"title": "two\nlines"}, "Title must be a short line of text."),
        ({"title": "x" * 81}, "Title may have at most 80 characters; you gave 81."),
        ({"grid": "maybe"}, "Grid must be on or off; you gave “maybe”."),
    ],
)  # fmt: skip
def test_a_value_the_knob_cannot_take_is_refused_in_a_sentence(values, sentence):
    with pytest.raises(RequestFault) as caught:
        knobs.apply(SOURCE, values)
    assert caught.value.fault.code == "knob"
    assert caught.value.fault.message == sentence


@pytest.mark.parametrize(
    "formula", ["__import__('os')", "x.real", "lambda: 1", "foo(x)", "x y", "", "1e999", "x" * 500]
)
def test_a_formula_that_is_none_is_refused(formula):
    with pytest.raises(RequestFault) as caught:
        knobs.apply(SOURCE, {"curve": formula})
    assert caught.value.fault.code == "knob"


def test_code_that_does_not_parse_names_its_line():
    with pytest.raises(RequestFault) as caught:
        knobs.extract("a = 1\nb = (\n")
    assert caught.value.fault.code == "syntax"
    assert caught.value.fault.line == 2


def test_an_unknown_knob_is_refused_with_the_names_there_are():
    with pytest.raises(RequestFault) as caught:
        knobs.apply(SOURCE, {"speed": 1})
    assert caught.value.fault.message.startswith("This animation has no knob called “speed”. Its knobs: length, ")


def test_a_formula_knob_takes_just_the_letters_it_names():
    code = 'slope = knob("x - y", label="Slope", kind="expression", letters="xy")\n'
    assert knobs.extract(code)[0].letters == "xy"
    assert '"x*y"' in knobs.apply(code, {"slope": "x y"})
    with pytest.raises(RequestFault, match="also holds z"):
        knobs.apply(code, {"slope": "z"})

"""Knob values are read from a sentence by rule, converted, checked and told back."""

import pytest

from generation.engine.understanding.reading import read_knobs
from tests.understanding.factories import small_library


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    return small_library(tmp_path_factory.mktemp("library"))


@pytest.mark.parametrize(
    ("template", "prompt", "values"),
    [
        ("pendulum", "lengths 0.5, 1 and 2 m", {"lengths": [0.5, 1, 2]}),
        ("pendulum", "strings of 50 cm and 1 m", {"lengths": [0.5, 1]}),
        ("pendulum", "a pendulum 2 metres long", {"lengths": [2]}),
        ("pendulum", "a string of half a metre", {"lengths": [0.5]}),
        ("pendulum", "g = 1.6", {"gravity": 1.6}),
        ("pendulum", "with gravity 3.7 m/s^2", {"gravity": 3.7}),
        ("pendulum", "a pendulum on the Moon", {"gravity": 1.62}),
        ("pendulum", "a pendulum on Mars released at 15 degrees", {"gravity": 3.71, "amplitude": 15}),
        ("pendulum", "an angle of 0.2 rad", {"amplitude": 11.459155903}),
        ("pendulum", "length: 4", {"lengths": [4]}),
        ("pendulum", "show me two pendulums", {}),
        ("plotter", "plot x^2 - 3 from -2 to 5", {"function": "x^2 - 3", "left": -2, "right": 5}),
        ("plotter", "graph of sine between 0 and 2 pi", {"function": "sin(x)", "left": 0, "right": 6.283185307}),
        ("plotter", "y = 3x + 1", {"function": "3*x + 1"}),
        ("plotter", "x squared minus 4 from minus 3 to 3", {"function": "x^2 - 4", "left": -3, "right": 3}),
        ("plotter", "draw f(x) = 1/x for -10 < x < 10", {"function": "1/x", "left": -10, "right": 10}),
        ("plotter", "e^(-x/2) on the interval [0, 8]", {"function": "e^(-x/2)", "left": 0, "right": 8}),
        ("plotter", "the square root of x over 0 to 9", {"function": "sqrt(x)", "left": 0, "right": 9}),
        ("plotter", "sin(x) from 5 to -5", {"function": "sin(x)", "left": -5, "right": 5}),
        ("matrix", "eigenvectors of [[2,1],[1,3]]", {"a": 2, "b": 1, "c": 1, "d": 3}),
        ("matrix", "the matrix 2 1; 1 3", {"a": 2, "b": 1, "c": 1, "d": 3}),
        ("matrix", "the matrix (1, -0.5; 0, 1)", {"a": 1, "b": -0.5, "c": 0, "d": 1}),
        ("matrix", "the matrix with entries 0, -1, 1, 0", {"a": 0, "b": -1, "c": 1, "d": 0}),
        ("sorting", "bubble sort 5, 3, 8, 1", {"items": [5, 3, 8, 1], "method": "bubble sort"}),
        ("sorting", "sort the list 7 2 9 4", {"items": [7, 2, 9, 4]}),
        ("sorting", "like sorting cards, in slow motion", {"method": "insertion sort"}),
        ("sorting", "with slow motion", {"slow": True}),
        ("sorting", "insertion sort with red bars", {"method": "insertion sort", "tint": "#FF5C5C"}),
        ("sorting", "bubble sort against insertion sort", {}),
        ("dice", "throw 4 dice 2000 times", {"dice": 4, "throws": 2000}),
        ("dice", "2,500 throws of five dice", {"throws": 2500, "dice": 5}),
        ("dice", "legs 3 and 4", {"leg_a": 3, "leg_b": 4}),
        ("dice", "legs of 5 and 12 cm", {"leg_a": 5, "leg_b": 12}),
        ("dice", "a walk to C", {"goal": "C"}),
        ("dice", "a walk to a house", {}),
        ("line", "gradient -0.5, intercept 4, draw the line", {"slope": -0.5, "intercept": 4}),
        ("line", "y = 3x - 2", {"slope": 3, "intercept": -2}),
        ("line", "gradient 4 and 6 steps", {"slope": 4, "steps": 6}),
        ("line", "add (3, 4) and (1, -2)", {"first": [3, 4], "second": [1, -2]}),
        ("line", "a line of size 5 kg", {"size": 5, "size_unit": "kg"}),
        ("line", "a line of size 5", {"size": 5}),
        ("line", "two vectors", {}),
        ("line", "a b or not a b", {"names": "A B"}),
        ("line", "where x is, on the axis", {}),
        ("reaction", "balance H2O2", {"reaction": "peroxide"}),
        ("reaction", "balance CH4 + 2 O2", {"reaction": "methane burns"}),
        ("reaction", "temperature 27 °C", {"temperature": 300.15}),
        ("reaction", "10 °C warmer", {"warmer": 10}),
    ],
)
def test_values_are_read(library, template, prompt, values):
    read = read_knobs(prompt, library[template])
    assert read.problems == []
    assert read.values == {
        name: pytest.approx(value) if not isinstance(value, str | bool) else value for name, value in values.items()
    }


def test_what_was_read_is_told_in_sentences(library):
    read = read_knobs("lengths 0.5, 1 and 2 m on the Moon", library["pendulum"])
    assert read.understood == ["Lengths: 0.5, 1 and 2 m.", "Gravity: 1.62 m/s² (on the Moon)."]


def test_a_number_nothing_takes_is_told(library):
    read = read_knobs("a pendulum of 3 kg", library["pendulum"])
    assert read.values == {}
    assert read.understood == ["I did not use “3 kg”: no setting of this animation fits it."]


@pytest.mark.parametrize(
    ("template", "prompt", "sentence"),
    [
        ("pendulum", "a string of 50 m", "Lengths must be between 0.1 and 10 m; you gave 50."),
        ("pendulum", "g = 99", "Gravity must be between 0.5 and 30 m/s²; you gave 99."),
        ("pendulum", "lengths 1, 2, 3, 4, 5 m", "Lengths takes 1 to 4 numbers; you gave 5."),
        ("matrix", "[[1,2,3],[4,5,6],[7,8,9]]", "This animation takes a matrix of two rows and two columns."),
        ("matrix", "[[9,0],[0,1]]", "Entry a must be between -5 and 5; you gave 9."),
        ("dice", "2.5 dice", "Dice in one throw must be a whole number; you gave 2.5."),
        ("line", "y = x^2", "This animation takes a linear function such as 3x - 2."),
        ("reaction", "balance C4H10 + O2", "I have no reaction with C4H10 and O2; choose one of the list."),
        ("reaction", "balance H2O", "Several reactions have H2O: water, peroxide, methane burns. Say which."),
        ("plotter", "plot x^2 and 2x + 1", "I draw one formula at a time, and I found several."),
        ("plotter", "y = x^2 and y = 2x", "I draw one formula at a time, of the form y = f(x)."),
        ("plotter", "x = cos t, y = sin t", "I draw one formula at a time, of the form y = f(x)."),
        ("plotter", "y = mx + b", "In the formula “mx + b” it may hold only the variable x, but it also holds m."),
        ("plotter", "plot f(x) = foo(x)", "In the formula “foo(x)” “foo” is not a function I know."),
    ],
)
def test_what_the_animation_cannot_do_is_a_problem_not_a_guess(library, template, prompt, sentence):
    assert sentence in read_knobs(prompt, library[template]).problems


def test_equations_in_two_letters_are_not_taken_for_functions(library):
    for prompt in ("x^2 + y^2 = 4", "z = x^2 + y^2", "r = 1 + cos theta", "solve x^2 - 4 = 0"):
        assert "function" not in read_knobs(prompt, library["plotter"]).values

"""Which of Manim's signatures a scene is told: those its words seem to need, and only what scenes may use."""

from __future__ import annotations

import pytest

from generation.engine.policy.names import names
from generation.engine.served.prompts import system_for_code
from generation.engine.served.signatures import MEANT, MEMBERS, chosen_for, everyday, signatures_named


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("rectangles under the curve of an integral", "Axes.get_riemann_rectangles(graph, x_range=None, dx=0.1"),
        ("a bar chart of the results", "BarChart(values, bar_names=None"),
        ("a network of cities", "Graph(vertices, edges"),
        ("mark the angle between two lines", "Angle(line1, line2"),
        ("a matrix stretches the plane", "Matrix(matrix"),
        ("the path that the ball takes", "TracedPath(traced_point_func"),
    ],
)
def test_words_bring_the_signatures_they_need(words, told):
    assert told in chosen_for(words)


def test_the_graph_of_a_function_is_no_network():
    assert "Graph(vertices" not in chosen_for("the graph of a function")


def test_words_that_need_nothing_bring_nothing():
    assert chosen_for("say hello") == ""


def test_what_is_told_is_open_to_scenes():
    allowed = names()
    told = [line.partition("(")[0] for line in (everyday() + "\n" + chosen_for(*MEANT)).splitlines()]
    assert len(told) > 40
    for name in told:
        owner, _, method = name.rpartition(".")
        assert method in (allowed.attributes if owner else allowed.manim), name
        assert not owner or owner in MEMBERS


def test_signatures_of_what_a_line_names():
    assert signatures_named(["x", "Circle", "Circle", "next_to", "nonsense"]) == [
        "Circle(radius=None, color=RED, **kwargs)",
        next(line for line in signatures_named(["next_to"])),
    ]


def test_instructions_are_the_same_bytes_each_time():
    assert system_for_code() == system_for_code()
    assert "**kwargs" in system_for_code()

"""The exported script: self-contained, one class that plays every scene."""

import ast

import pytest

from generation.engine.exports.script import class_name, self_contained

SOURCE = '''"""A title."""
from manim import *
from theorama_kit import *
import math

size = knob(2.0, label="Size", minimum=1, maximum=3)


class First(Stage):
    def construct(self):
        self.play(Create(Circle(size)))


class Second(Stage):
    def construct(self):
        self.play(Create(Square(size)))
'''


def names(text):
    return [node.name for node in ast.parse(text).body if isinstance(node, ast.ClassDef)]


def test_nothing_of_ours_is_imported():
    text = self_contained(SOURCE, title="Two shapes")

    modules = {node.module for node in ast.walk(ast.parse(text)) if isinstance(node, ast.ImportFrom)}
    assert modules == {"manim"}
    assert "def knob(" in text


def test_one_class_plays_every_scene_in_order():
    text = self_contained(SOURCE, title="Two shapes")

    assert names(text)[-3:] == ["First", "Second", "TwoShapes"]
    assert "play_scenes(self, First, Second)" in text


def test_a_hostile_title_stays_inside_the_docstring():
    text = self_contained(SOURCE, title='x"""\nimport os\n"""\\')

    assert "os" not in {
        alias.name for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Import) for alias in node.names
    }


def test_scenes_that_are_not_stages_are_kept_one_by_one():
    plain = "from manim import *\n\n\nclass Only(Scene):\n    def construct(self):\n        self.wait()\n"

    assert names(self_contained(plain, title="Only"))[-1] == "Only"


@pytest.mark.parametrize(
    ("title", "taken", "expected"),
    [
        ("A pendulum's period", set(), "APendulumSPeriod"),
        ("2 waves", set(), "Animation2Waves"),
        ("", set(), "Animation"),
        ("Circle", {"Circle"}, "CircleAnimation"),
    ],
)
def test_the_class_is_named_after_the_title(title, taken, expected):
    assert class_name(title, taken) == expected

"""A scene's slice holds what the scene needs and nothing it does not, with line numbers unchanged."""

import pytest

from generation.engine import slices
from generation.engine.errors import RequestFault

SOURCE = """from manim import *
from theorama_kit import *

length = knob(1.0, label="Length")
mass = knob(2.0, label="Mass")
G = 9.81


def period(of):
    return (of / G) ** 0.5


class Base(Stage):
    def helper(self):
        return mass


class Swing(Stage):
    def construct(self):
        self.wait(period(length))


@marked
class Heavy(Base):
    def construct(self):
        self.wait(self.helper())


class Inherited(Heavy):
    pass
"""


def slice_lines(source, scene):
    return [line for line in slices.scene_slice(source, scene).split("\n") if line.strip()]


def test_scenes_are_classes_over_scenes_that_construct_something():
    assert slices.scene_names(SOURCE) == ("Swing", "Heavy", "Inherited")
    assert slices.scene_names("class A(manim.ThreeDScene):\n    def construct(self): pass") == ("A",)
    assert slices.scene_names("class A:\n    def construct(self): pass") == ()
    assert slices.scene_names("") == ()


def test_a_slice_holds_what_the_scene_reaches():
    text = slices.scene_slice(SOURCE, "Swing")
    assert "length = knob" in text
    assert "def period" in text
    assert "G = 9.81" in text
    assert "mass" not in text
    assert "Heavy" not in text


def test_decorators_and_parents_come_along():
    text = slices.scene_slice(SOURCE, "Inherited")
    assert "@marked" in text
    assert "class Base" in text
    assert "mass = knob" in text
    assert "length" not in text


def test_line_numbers_stay_the_same():
    for scene in slices.scene_names(SOURCE):
        for number, line in enumerate(slices.scene_slice(SOURCE, scene).split("\n")):
            assert line in ("", SOURCE.split("\n")[number])


def test_a_slice_is_its_own_slice():
    once = slices.scene_slice(SOURCE, "Heavy")
    assert slices.scene_slice(once, "Heavy") == once
    assert slices.fingerprint(once, "Heavy") == slices.fingerprint(SOURCE, "Heavy")


def test_comments_spacing_and_other_scenes_do_not_change_the_fingerprint():
    spaced = SOURCE.replace("G = 9.81", "# strength of gravity\n\nG  =  9.81").replace("2.0", "3.0")
    assert slices.fingerprint(spaced, "Swing") == slices.fingerprint(SOURCE, "Swing")
    assert slices.fingerprint(spaced, "Heavy") != slices.fingerprint(SOURCE, "Heavy")


def test_what_a_scene_reaches_changes_its_fingerprint():
    assert slices.fingerprint(SOURCE.replace("9.81", "1.62"), "Swing") != slices.fingerprint(SOURCE, "Swing")


SCENE = "class A(Stage):\n    def construct(self):\n        self.add(items)\n"


@pytest.mark.parametrize(
    "effect",
    [
        "items.append(4)",
        "items[0] = 2",
        "taken = items.pop()",
        "shuffle(items)",
        "for each in (1, 2):\n    items.append(each)",
        "def change():\n    items.append(1)\nchanged = change()",
        "if True:\n    items = [3]",
        "items += [1]",
        "[items := [2] for each in (1,)]",
        "config.frame_width = 3",
        "Text.set_default(font_size=10)",
        "import random\nnoise = random.random()",
        "rng = np.random.default_rng(1)\nnoise = rng.normal()",
    ],
)
def test_statements_that_may_change_what_a_scene_uses_are_kept(effect):
    source = f"items = [1]\n{effect}\n{SCENE}"
    kept = slice_lines(source, "A")
    assert kept == [line for line in source.split("\n") if line.strip()]


def test_pure_statements_of_other_scenes_are_dropped():
    source = f"items = [1]\nother = [2]\nroot = np.sqrt(3)\nother.append(3)\n{SCENE}"
    assert "root" not in slices.scene_slice(source, "A")


def test_names_made_at_run_time_keep_everything():
    source = f"items = globals()['hidden']\nhidden = [1]\n{SCENE}"
    assert "hidden = [1]" in slices.scene_slice(source, "A")


def test_statements_that_share_a_line_stay_together():
    source = f"items = [1]; other = 2\n{SCENE}"
    assert slices.scene_slice(source, "A") == source


def test_strange_line_ends_do_not_shift_lines():
    source = f"text = '\x0c'\r\nunused = 1\r\nitems = [text]\r\n{SCENE}"
    assert slices.scene_slice(source, "A").split("\n")[1:3] == ["", "items = [text]"]


def test_an_unknown_scene_is_refused():
    with pytest.raises(RequestFault) as caught:
        slices.scene_slice(SOURCE, "Nothing")
    assert caught.value.fault.code == "scene"


@pytest.mark.parametrize(
    "source",
    [
        "def f(:\n",
        "a = '\x00'",
        "x = (" * 300,
        "x = " + "-" * 5000 + "1",
        "x = " + "+".join(["1"] * 20_000),
        "\udce4 = 1",
    ],
)
def test_code_that_cannot_be_read_is_a_syntax_fault(source):
    with pytest.raises(RequestFault) as caught:
        slices.scene_names(source)
    assert caught.value.fault.code == "syntax"
    assert caught.value.fault.message.endswith(".")

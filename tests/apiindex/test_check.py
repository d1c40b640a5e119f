"""Code is read against what the installed Manim has: faults are found, and nothing sound is called a fault."""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap

import manim
import pytest

from generation.engine.apiindex import ApiFault, check_api, index, index_file
from generation.engine.apiindex.check import FORMER
from generation.engine.apiindex.index import MANIM_VERSION
from generation.engine.apiindex.survey import as_text, survey
from tests.policy.test_allowed import OUT_OF_REACH, TEMPLATES, examples

HEAD = "from manim import *\nfrom theorama_kit import *\n"


def faults_of(body: str) -> tuple[ApiFault, ...]:
    scene = "class A(Stage):\n    def construct(self):\n" + textwrap.indent(textwrap.dedent(body).strip("\n"), " " * 8)
    return check_api(HEAD + scene)


def only_fault_of(body: str) -> ApiFault:
    found = faults_of(body)
    assert len(found) == 1, found
    return found[0]


# What models and older Manims write: code, what is wrong, and (where there is one) the name that is meant.
WRONG = [
    ("self.play(ShowCreation(Circle()))", "unknown_name", "ShowCreation", "Create"),
    ("self.add(Sqare())", "unknown_name", "Sqare", "Square"),
    ("c = Circle(radios=2)", "unknown_keyword", "radios", "radius"),
    ("c = Square(width=2)", "unknown_keyword", "width", None),
    ("a = Axes(x_min=-3, y_range=[0, 1])", "unknown_keyword", "x_min", "x_length"),
    ("t = Text('a', size=3)", "unknown_keyword", "size", "font_size"),
    ("t = MathTex('a', fontsize=3)", "unknown_keyword", "fontsize", "font_size"),
    ("a = Arrow(ORIGIN, UP, tip_size=2)", "unknown_keyword", "tip_size", None),
    ("b = DashedLine(dash_lenght=1)", "unknown_keyword", "dash_lenght", "dash_length"),
    ("self.play(FadeIn(Dot(), direction=UP))", "unknown_keyword", "direction", None),
    ("self.play(Create(Dot()), duration=2)", "unknown_keyword", "duration", None),
    ("self.play(Dot().animate(runtime=2).shift(UP))", "unknown_keyword", "runtime", "run_time"),
    ("d = Dot()\nd.move_to(UP, run_time=2)", "unknown_keyword", "run_time", None),
    ("d = Dot()\nself.play(d.animate.shift(UP, run_time=2))", "unknown_keyword", "run_time", None),
    ("d = Dot()\nself.play(d.animate.move(UP))", "unknown_attribute", "move", "move_to"),
    ("d = Dot().set_colour(RED)", "unknown_attribute", "set_colour", "set_color"),
    ("d = Dot()\nd = d.scale(2)\nd.go_home()", "unknown_attribute", "go_home", None),
    ("a = Axes()\ng = a.get_graph(lambda x: x)", "unknown_attribute", "get_graph", "plot"),
    ("a = Axes()\ng = a.plot(lambda x: x)\ng.get_derivative()", "unknown_attribute", "get_derivative", None),
    ("t = ValueTracker(1)\nprint(t.get_val())", "unknown_attribute", "get_val", "get_value"),
    ("c = Circle.through(UP, DOWN, LEFT)", "unknown_attribute", "through", None),
    ("self.camera_frame.shift(UP)", "unknown_attribute", "camera_frame", "camera"),
    ("self.wait_for(2)", "unknown_attribute", "wait_for", "wait"),
    ("c = Text()", "missing_argument", "Text", None),
    ("c = Circle(1, RED, 3, 4)", "too_many_arguments", "Circle", None),
    ("c = Circle(1, radius=2)", "given_twice", "Circle", None),
    ("d = Dot()\nd.rotate()", "missing_argument", "Dot.rotate", None),
    ("v = always_redraw()", "missing_argument", "always_redraw", None),
    ("self.say('a', 3)", "too_many_arguments", "A.say", None),
    ("self.heading()", "missing_argument", "A.heading", None),
    ("g = graph((0, 1), (0, 1), label_x='t')", "unknown_keyword", "label_x", "x_label"),
]


@pytest.mark.parametrize(("body", "code", "name", "meant"), WRONG, ids=[row[0].replace("\n", "; ") for row in WRONG])
def test_what_manim_does_not_have_is_named(body, code, name, meant):
    fault = only_fault_of(body)
    assert (fault.code, fault.name) == (code, name)
    assert meant is None or meant in fault.close


def test_names_of_older_versions_lead_to_names_that_exist():
    members = index().exported.union(*(index().members(name) for name in index().classes))
    assert set(FORMER.values()) <= members
    assert not set(FORMER) & members


def test_a_fault_names_its_line_and_the_true_signature():
    fault = only_fault_of("a = Dot()\nb = Square(\n    color=RED,\n    width=2,\n)")
    assert fault.line == 8
    assert fault.signature.startswith("Square(side_length=2.0, **kwargs)")
    assert "stroke_width" in fault.signature


SOUND = [
    "c = Circle(radius=2, stroke_width=3, fill_opacity=1, z_index=2)",
    "a = Arrow(ORIGIN, UP, buff=0, tip_shape=StealthTip, stroke_color=RED)",
    "t = Text('a', t2c={'a': RED}, text2weight={'a': BOLD}, font_size=30)",
    "self.play(FadeIn(Dot(), shift=UP, scale=2), run_time=2, rate_func=linear, subcaption='x')",
    "d = Dot()\nd.anything = 3\nprint(d.anything)",
    "d = Dot()\nd.generate_target()\nd.target.shift(UP)\nself.play(MoveToTarget(d))",
    "d = Dot().get_color()\ne = Dot().set_fill_color(RED)",
    "d = Dot()\nd = 3\nd.bit_length()",
    "d = [Dot()]\nfor d in d:\n    d.unknown_to_us",
    "f = lambda Circle: Circle.whatever(nothing=1)",
    "Circle = some = 3\nCircle.real",
    "self.camera.frame.animate.scale(0.5).move_to(UP)",
    "x = {**{'radius': 1}}\nc = Circle(**x)\nd = Line(*[UP, DOWN])",
    "v = self.add(Dot()).wait(1)",
    "a = Axes()\ng = a.plot(np.sin, x_range=[0, 1], color=RED)\nl = a.get_graph_label(g, 'x', direction=UP)",
]


@pytest.mark.parametrize("body", SOUND)
def test_sound_code_has_no_fault(body):
    assert faults_of(body) == ()


def test_classes_and_functions_of_ones_own_are_known():
    source = """
    from manim import *

    class Swing(VGroup):
        def __init__(self, length, **kwargs):
            super().__init__(**kwargs)
            self.rod = Line(ORIGIN, length * DOWN)
            self.add(self.rod)

        def swing(self, by):
            return self.rotate(by)

    class Plain(Square):
        pass

    def mark(at, color=RED):
        return Dot(at, color=color)

    class A(Scene):
        def construct(self):
            s = Swing(2, color=RED)
            self.play(s.animate.swing(1))
            print(s.rod, Plain(side_length=3), mark(UP, color=BLUE))
            s.twirl()
            mark(UP, size=3)
            Plain(radius=3)
            Swing()
    """
    found = check_api(textwrap.dedent(source))
    assert [(fault.code, fault.name) for fault in found] == [
        ("unknown_attribute", "twirl"),
        ("unknown_keyword", "size"),
        ("unknown_keyword", "radius"),
        ("missing_argument", "Swing"),
    ]


def test_names_from_an_unknown_module_are_not_judged():
    assert check_api("from elsewhere import *\nx = whatever(1)\n") == ()


def test_variables_assigned_to_each_other_in_turns_take_no_time():
    lines = ["x0 = Dot()"]
    for n in range(60):
        lines += [f"x{n + 1} = x{n}.copy()", f"x{n + 1} = x{n}.scale(2)"]
    assert faults_of("\n".join([*lines, "x60.shift(UP)"])) == ()


@pytest.mark.parametrize(
    "source", ["x = " + "(" * 150 + "1" + ")" * 150, "Dot()" + ".copy()" * 5000, "x" + "[0]" * 5000]
)
def test_deep_code_is_no_fault(source):
    assert check_api(f"from manim import *\n{source}\n") == ()


def test_code_that_is_not_python_has_no_faults_here():
    assert check_api("def (") == ()


@pytest.mark.parametrize("source", TEMPLATES, ids=lambda path: path.name)
def test_templates_have_no_fault(source):
    assert check_api(source.read_text(encoding="utf-8")) == ()


def test_false_alarms_on_manims_own_examples_stay_under_three_percent():
    within_reach = [code for code in examples() if not OUT_OF_REACH.search(code)]
    alarmed = [(found, code) for code in within_reach if (found := check_api(code))]
    assert len(within_reach) > 350
    assert len(alarmed) / len(within_reach) < 0.03, [found for found, _ in alarmed]


def test_the_index_agrees_with_what_is_installed():
    """Run `python -m generation.engine.apiindex.survey` after a change of Manim's version."""
    assert manim.__version__ == MANIM_VERSION
    assert index_file(MANIM_VERSION).read_text(encoding="utf-8") == as_text(json.loads(json.dumps(survey())))


def test_the_index_is_read_without_manim():
    program = (
        "import sys; from generation.engine.apiindex import check_api, index; "
        "assert check_api('from manim import *\\nSqare()'); print(len(index().classes), 'manim' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    classes, imported = done.stdout.split()
    assert int(classes) > 200
    assert imported == "False"
    assert index().method("Circle", "shift") is not None

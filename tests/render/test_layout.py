"""The layout probe finds what a viewer would complain of, and is silent about what is meant."""

import pytest

from generation.engine.render import Renderer
from generation.engine.types import LayoutFault
from tests.render.scenes import EXACT, HEAD

pytestmark = pytest.mark.render


def look(renderer: Renderer, *lines: str, scene: str = "Scene") -> list[LayoutFault]:
    body = "\n".join(f"        {line}" for line in lines)
    report = renderer.check(
        f"{HEAD}from theorama_kit import *\nclass A({scene}):\n    def construct(self):\n{body}\n", "A"
    )
    assert report.fault is None, report.fault
    return list(report.layout)


@pytest.mark.parametrize(
    ("code", "words", "lines"),
    [
        ("clipped", "cut off", ["self.play(Write(Text('A very long heading').scale(2).shift(4 * RIGHT)))"]),
        ("clipped", "cut off", ["self.play(FadeIn(MathTex('x^2').to_edge(DOWN, buff=-0.2)))"]),
        ("off_frame", "outside", ["self.play(Create(Square()), FadeIn(Text('lost').shift(9 * RIGHT)))"]),
        ("text_over_text", "over", ["self.play(Write(Text('under')), Write(Text('over it')))"]),
        (
            "text_over_text",
            "over",
            ["t = Text('first title')", "self.play(Write(t))", "self.play(Write(Text('second')))"],
        ),
        ("text_over_text", "over", ["self.play(Write(Text('under here')))", "self.play(Write(Text('over there')))"]),
        (
            "text_over_text",
            "over",
            ["self.play(FadeIn(number(123.4)), FadeIn(words('12345', size=26)))"],
        ),
        (
            "clipped",
            "cut off",
            ["self.play(FadeIn(number(123.4, size=40).shift(6.9 * RIGHT)))"],
        ),
        ("too_small", "too small", ["self.play(Write(Text('tiny', font_size=8)))"]),
        ("low_contrast", "stands out", ["self.play(Write(Text('dark', color='#202020')))"]),
        (
            "low_contrast",
            "stands out",
            ["self.play(FadeIn(Square(4, fill_opacity=1, color=WHITE)), FadeIn(Text('pale', color='#EEEEEE')))"],
        ),
        ("blank_end", "empty", ["s = Square()", "self.play(Create(s))", "self.play(FadeOut(s))"]),
        ("nothing_moves", "moves", ["self.add(Text('still'))", "self.wait(2)"]),
        (
            "clipped",
            "cut off",
            [
                "t = Text('words')",
                "self.add(t)",
                "self.play(self.camera.frame.animate.scale(0.1).move_to(t.get_left()))",
            ],
        ),
    ],
)
def test_a_flaw_is_found_once(renderer: Renderer, code: str, words: str, lines: list[str]) -> None:
    found = look(renderer, *lines, scene="MovingCameraScene")
    assert [fault.code for fault in found] == [code]
    assert words in found[0].message and found[0].play >= 1 and found[0].seconds > 0


@pytest.mark.parametrize(
    "lines",
    [
        ["s = Square(3, fill_opacity=0.5)", "self.play(Create(s), Write(Text('inside')))"],
        ["self.play(FadeIn(NumberPlane(x_range=[-20, 20])), Create(Line(20 * LEFT, 20 * RIGHT)))"],
        ["t = Text('gone')", "self.play(Write(t))", "self.play(FadeOut(t))", "self.play(Write(Text('next')))"],
        ["t = Text('under')", "self.play(Write(t))", "self.play(t.animate.set_opacity(0))",
         "self.play(Write(Text('on')))"],
        ["a = MathTex('a', '+', 'b')", "b = MathTex('b', '+', 'a')", "self.play(Write(a))",
         "self.play(TransformMatchingTex(a, b))", "self.wait(1)"],
        ["a = MathTex('x^2')", "self.play(Write(a))", "self.play(TransformFromCopy(a, MathTex('x^2')))"],
        ["a = Text('long words below').shift(0.1 * UP)", "self.play(Write(a))",
         "b = Text('shown')", "self.play(FadeIn(BackgroundRectangle(a, fill_opacity=1, buff=0.3)), FadeIn(b))"],
        ["self.play(Create(Axes(x_range=[0, 5], y_range=[0, 5]).add_coordinates()))"],
        ["self.play(FadeIn(number(12.5)), FadeIn(words('beside').shift(2 * UP)))"],
        ["self.play(Write(Text('dim', fill_opacity=0.2)), Write(Text('bright').shift(UP)))"],
        ["self.play(FadeIn(BarChart([1, 2, 3], bar_names=['a', 'b', 'c'])))"],
        ["self.play(FadeIn(Table([['a', 'b'], ['c', 'd']])))"],
        ["self.play(FadeIn(Matrix([[1, 2], [3, 4]])))"],
        ["n = DecimalNumber(0)", "self.add(n)", "self.play(ChangeDecimalToValue(n, 5))"],
        ["c = Circle(color=WHITE, fill_opacity=1)",
         "self.play(FadeIn(c), Write(Text('ink', color=BLACK, font_size=30)))"],
        ["self.play(Write(Code(code_string='x = 1\\ny = 2', language='python')))"],
    ],
)  # fmt: skip
def test_what_is_meant_is_left_alone(renderer: Renderer, lines: list[str]) -> None:
    assert look(renderer, *lines) == []


@pytest.mark.parametrize("name", [name for name in EXACT if name not in {"Many"}])
def test_good_scenes_are_clean(renderer: Renderer, name: str) -> None:
    assert [fault.code for fault in renderer.check(EXACT[name], name).layout if fault.code != "text_over_text"] == []

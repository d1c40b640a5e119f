"""The quadratic formula, derived line by line, 9 s."""

# ruff: noqa: F403, F405
from manim import *

LINES = [
    ("a x^2", "+", "b x", "+", "c", "=", "0"),
    ("x^2", "+", r"\frac{b}{a} x", "=", r"-\frac{c}{a}"),
    (r"\left(x + \frac{b}{2a}\right)^2", "=", r"\frac{b^2}{4a^2}", "-", r"\frac{c}{a}"),
    (r"x + \frac{b}{2a}", "=", r"\pm", r"\frac{\sqrt{b^2 - 4ac}}{2a}"),
    ("x", "=", r"\frac{-b \pm \sqrt{b^2 - 4ac}}{2a}"),
]


class FormulaDerivation(Scene):
    def construct(self):
        title = Tex("The quadratic formula", font_size=56).to_edge(UP)
        self.play(Write(title), run_time=1)
        shown = MathTex(*LINES[0])
        self.play(Write(shown), run_time=1)
        for parts in LINES[1:]:
            following = MathTex(*parts)
            self.play(TransformMatchingTex(shown, following), run_time=1)
            self.wait(0.4)
            shown = following
        box = SurroundingRectangle(shown, color=YELLOW, buff=0.3)
        self.play(Create(box), shown.animate.set_color_by_tex("=", RED), run_time=0.7)
        self.wait(0.7)

"""Text and formulas."""

# ruff: noqa: F403, F405
from manim import *


class Typed(Scene):
    def construct(self):
        line = Text("typed letter by letter")
        self.play(AddTextLetterByLetter(line, time_per_char=0.05))
        self.wait(0.1)
        self.play(RemoveTextLetterByLetter(line, time_per_char=0.03))
        self.add(Text("end"))
        self.wait(0.1)


class NewTextEachFrame(Scene):
    def construct(self):
        t = ValueTracker(0)
        words = always_redraw(lambda: Text(f"t is {t.get_value():.2f}", t2c={"is": RED}))
        self.add(words)
        self.play(t.animate.set_value(3), run_time=0.8)


class MarkedText(Scene):
    def construct(self):
        marked = MarkupText('<b>bold</b> <i>slant</i> <span fgcolor="yellow">sun</span> H<sub>2</sub>O').to_edge(UP)
        lines = Paragraph("first line", "the second one", "x", alignment="center", line_spacing=1.2).scale(0.8)
        bullets = BulletedList("one", "two").to_edge(DOWN).scale(0.6)
        graded = Text("gradient", gradient=(RED, BLUE), font_size=60).to_edge(LEFT)
        self.play(Write(marked), FadeIn(lines, shift=UP), run_time=0.7)
        self.play(lines.animate.set_color(GREEN), FadeIn(graded), FadeIn(bullets), run_time=0.5)


class ColouredFormula(Scene):
    def construct(self):
        first = MathTex(r"\frac{d}{dx}", "x^2", "=", "2x")
        first.set_color_by_tex("x", YELLOW)
        second = MathTex(r"e^{i\pi} + 1 = 0", substrings_to_isolate=["i", r"\pi"]).shift(2 * DOWN)
        second.set_color_by_tex(r"\pi", RED)
        words = Tex(r"A line with $\sqrt{2}$", tex_to_color_map={"line": BLUE}).to_edge(UP)
        self.play(Write(first), FadeIn(words), run_time=0.6)
        self.play(TransformMatchingTex(first.copy(), second), Circumscribe(first), run_time=0.7)


class FormulaMatrix(Scene):
    def construct(self):
        matrix = Matrix([[1, "x"], [r"\pi", 4]]).shift(3 * LEFT)
        matrix.set_column_colors(RED, BLUE)
        numbers = DecimalMatrix([[1.5, 2], [3, 4]]).shift(3 * RIGHT)
        formula = MathTex(r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}").to_edge(DOWN)
        self.play(FadeIn(matrix), Create(numbers), run_time=0.6)
        self.play(Write(formula), matrix.get_rows()[0].animate.set_color(GREEN), run_time=0.5)


class Counting(Scene):
    def construct(self):
        t = ValueTracker(-1)
        number = DecimalNumber(0, num_decimal_places=2, include_sign=True, unit=r"\,\mathrm{cm}")
        number.add_updater(lambda m: m.set_value(t.get_value()).set_color(RED if t.get_value() < 0 else GREEN))
        whole = Integer(1000, group_with_commas=True).shift(2 * DOWN)
        variable = Variable(0.5, "x").to_edge(UP)
        self.add(number, whole, variable)
        self.play(
            t.animate.set_value(12),
            ChangeDecimalToValue(whole, 20000),
            variable.tracker.animate.set_value(3),
            run_time=1,
        )


class FormulasInTurn(Scene):
    def construct(self):
        lines = [MathTex("x", "+", str(n), "=", str(n + 3)) for n in range(3)]
        shown = lines[0]
        self.add(shown)
        for line in lines[1:]:
            self.play(TransformMatchingShapes(shown, line), run_time=0.4)
            shown = line
        self.play(Unwrite(shown), run_time=0.4)

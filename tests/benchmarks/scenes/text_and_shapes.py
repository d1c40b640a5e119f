"""Text and shapes that are drawn, changed into one another and taken away, 10 s."""

# ruff: noqa: B905, F403, F405
from manim import *


class TextAndShapes(Scene):
    def construct(self):
        title = Text("Shapes and their areas", font_size=56).to_edge(UP)
        self.play(Write(title), run_time=1.5)
        shapes = VGroup(
            Circle(1, color=BLUE, fill_opacity=0.5),
            Square(1.8, color=GREEN, fill_opacity=0.5),
            Triangle(color=RED, fill_opacity=0.5).scale(1.2),
            RegularPolygon(6, color=GOLD, fill_opacity=0.5),
        ).arrange(RIGHT, buff=0.9)
        names = VGroup(*[Text(word, font_size=28) for word in ("circle", "square", "triangle", "hexagon")])
        for name, shape in zip(names, shapes):
            name.next_to(shape, DOWN)
        self.play(LaggedStart(*[GrowFromCenter(shape) for shape in shapes], lag_ratio=0.3), run_time=1.5)
        self.play(FadeIn(names, shift=UP), run_time=1)
        self.wait(0.5)
        self.play(*[Rotate(shape, PI / 2) for shape in shapes], run_time=1)
        self.play(Transform(shapes[0], shapes[1].copy().move_to(shapes[0])), Indicate(names[1]), run_time=1)
        self.play(shapes.animate.arrange(DOWN, buff=0.2).scale(0.6).to_edge(LEFT), FadeOut(names), run_time=1)
        note = Paragraph("four shapes,", "one colour each", font_size=40).shift(RIGHT)
        self.play(Write(note), run_time=1)
        self.wait(0.5)
        self.play(FadeOut(VGroup(title, shapes, note)), run_time=1)

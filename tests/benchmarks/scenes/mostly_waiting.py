"""Three short plays with long waits between them, 12 s."""

# ruff: noqa: F403, F405
from manim import *


class MostlyWaiting(Scene):
    def construct(self):
        question = Text("What is the sum of the angles?", font_size=48).to_edge(UP)
        self.play(FadeIn(question), run_time=0.7)
        self.wait(3.5)
        triangle = Polygon([-3, -2, 0], [3, -2, 0], [1, 1.5, 0], color=BLUE, fill_opacity=0.4)
        self.play(Create(triangle), run_time=0.8)
        self.wait(4)
        answer = Text("180 degrees", color=YELLOW).to_edge(DOWN)
        self.play(Write(answer), run_time=0.8)
        self.wait(2.2)

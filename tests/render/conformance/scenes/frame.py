"""A frame of unusual width and colour, set for the whole file."""

# ruff: noqa: F403, F405
from manim import *

config.frame_width = 9
config.background_color = "#102030"


class NarrowFrame(Scene):
    def construct(self):
        words, square = Text("narrow"), Square().to_edge(RIGHT)
        self.add(words, square)
        self.play(words.animate.to_edge(UL), Rotate(square), run_time=0.6)
        self.wait(0.2)


class NarrowMovingFrame(MovingCameraScene):
    def construct(self):
        self.add(NumberPlane(), Circle(fill_opacity=0.5))
        self.play(self.camera.frame.animate.scale(1.5).shift(RIGHT), run_time=0.5)

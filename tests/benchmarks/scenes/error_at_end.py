"""Seven seconds of animation, and in the last line a name that nobody defined."""

# ruff: noqa: F403, F405
from manim import *


class ErrorAtEnd(Scene):
    def construct(self):
        word = Text("so far, so good")
        self.play(Write(word), run_time=1)
        for side in (LEFT, RIGHT, UP, DOWN):
            self.play(word.animate.shift(side), run_time=1)
        self.play(Transform(word, Circle(fill_opacity=0.5)), run_time=1)
        self.wait(1)
        self.play(FadeOut(wrod))  # this is the error

"""Sections, whose videos Manim would also save on their own."""

# ruff: noqa: F403, F405
from manim import *

config.save_sections = True


class Sections(Scene):
    def construct(self):
        square = Square()
        self.next_section("first")
        self.play(Create(square), run_time=0.4)
        self.next_section("left out", skip_animations=True)
        self.play(square.animate.shift(2 * RIGHT), run_time=0.6)
        self.wait(0.5)
        self.next_section("last", section_type=DefaultSectionType.NORMAL)
        self.play(square.animate.set_color(RED), run_time=0.4)
        self.wait(0.2)

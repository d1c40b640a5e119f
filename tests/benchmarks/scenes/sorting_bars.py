"""Twelve bars, sorted by exchanging neighbours, 8 s."""

# ruff: noqa: B905, F403, F405
from manim import *

HEIGHTS = [7, 3, 9, 1, 5, 11, 2, 8, 4, 12, 6, 10]


class SortingBars(Scene):
    def construct(self):
        bars = VGroup(*[Rectangle(width=0.7, height=0.4 * height, fill_opacity=0.8, color=BLUE) for height in HEIGHTS])
        bars.arrange(RIGHT, buff=0.15, aligned_edge=DOWN)
        numbers = VGroup(*[Text(str(h), font_size=24).next_to(bar, DOWN) for h, bar in zip(HEIGHTS, bars)])
        columns = [VGroup(bar, number) for bar, number in zip(bars, numbers)]
        heights = list(HEIGHTS)
        self.add(*columns)
        for _ in range(24):
            place = next((i for i in range(11) if heights[i] > heights[i + 1]), None)
            if place is None:
                break
            left, right = columns[place], columns[place + 1]
            gap = right[0].get_x() - left[0].get_x()
            self.play(left[0].animate.set_color(RED), right[0].animate.set_color(YELLOW), run_time=0.1)
            self.play(left.animate.shift(gap * RIGHT), right.animate.shift(gap * LEFT), run_time=0.2)
            heights[place : place + 2] = heights[place + 1], heights[place]
            columns[place : place + 2] = right, left
        self.play(*[bar.animate.set_color(GREEN) for bar in bars], run_time=0.5)
        self.wait(0.5)

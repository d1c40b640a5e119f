"""Axes, a curve and a point that a tracker moves along it, 7 s."""

# ruff: noqa: F403, F405
from manim import *


class PlottedFunction(Scene):
    def construct(self):
        axes = Axes(x_range=[-3, 3, 1], y_range=[-2, 5, 1], x_length=9, y_length=6).add_coordinates()
        labels = axes.get_axis_labels("x", "f(x)")
        curve = axes.plot(lambda x: 0.5 * x**2 - 0.5 * x, color=BLUE)
        self.play(Create(axes), FadeIn(labels), run_time=1)
        self.play(Create(curve), run_time=1)
        t = ValueTracker(-2.5)
        dot = always_redraw(lambda: Dot(axes.i2gp(t.get_value(), curve), color=YELLOW))
        line = always_redraw(lambda: axes.get_vertical_line(axes.i2gp(t.get_value(), curve), color=GREY))
        number = DecimalNumber(-2.5, num_decimal_places=2).to_corner(UR)
        number.add_updater(lambda m: m.set_value(t.get_value()))
        self.add(line, dot, number)
        self.play(t.animate.set_value(2.8), run_time=3)
        area = axes.get_area(curve, x_range=(0, 2.8), color=TEAL, opacity=0.4)
        self.play(FadeIn(area), run_time=1)
        self.wait(1)

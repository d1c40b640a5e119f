"""A pendulum that is drawn anew in each frame, with its angle as a number, 6 s."""

# ruff: noqa: F403, F405
from manim import *


class Pendulum(Scene):
    def construct(self):
        t = ValueTracker(0)
        pivot = 2.5 * UP

        def angle():
            return 0.8 * np.cos(2.5 * t.get_value())

        def bob():
            return pivot + 4 * np.array([np.sin(angle()), -np.cos(angle()), 0])

        rod = always_redraw(lambda: Line(pivot, bob(), stroke_width=3))
        ball = always_redraw(lambda: Dot(bob(), radius=0.25, color=BLUE))
        arc = always_redraw(lambda: Arc(1, -PI / 2, angle(), arc_center=pivot, color=YELLOW))
        number = always_redraw(
            lambda: DecimalNumber(angle() / DEGREES, num_decimal_places=1, unit=r"^\circ").next_to(ball, DOWN)
        )
        path = TracedPath(bob, stroke_color=GREY, stroke_width=2)
        self.add(Line(pivot + LEFT, pivot + RIGHT), path, rod, arc, ball, number)
        self.play(t.animate.set_value(6), run_time=6, rate_func=linear)

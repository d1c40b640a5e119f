"""A hundred dots, each on a path of its own, 6 s."""

# ruff: noqa: B905, F403, F405
from manim import *


class HundredDots(Scene):
    def construct(self):
        chance = np.random.default_rng(1)
        dots = VGroup(*[Dot(radius=0.08, color=color_gradient([RED, BLUE], 100)[i]) for i in range(100)])
        for dot in dots:
            dot.move_to([chance.uniform(-6.5, 6.5), chance.uniform(-3.5, 3.5), 0])
        self.add(dots)
        for _ in range(3):
            places = [[chance.uniform(-6.5, 6.5), chance.uniform(-3.5, 3.5), 0] for _ in dots]
            self.play(*[dot.animate.move_to(place) for dot, place in zip(dots, places)], run_time=2)

from manim_imports_ext import *


class LadderOfThirds(Scene):
    CONFIG = {"n_steps": 5, "unit": 6}

    def construct(self):
        line = NumberLine(x_min=0, x_max=1, unit_size=self.unit, tick_frequency=0.1)
        line.to_edge(DOWN)
        self.play(ShowCreation(line))
        bars = VGroup()
        left = line.number_to_point(0)
        for n in range(1, self.n_steps + 1):
            bar = Line(ORIGIN, self.unit / 3**n * RIGHT, stroke_width=8)
            bar.set_color(interpolate_color(BLUE, YELLOW, n / self.n_steps))
            bar.next_to(left, UP, buff=0.3, aligned_edge=LEFT)
            left = bar.get_right()
            bars.add(bar)
        total = OldTex("\\frac{1}{3}", "+", "\\frac{1}{9}", "+", "\\frac{1}{27}", "+", "\\cdots")
        total.to_edge(UP)
        self.play(LaggedStartMap(ShowCreation, bars), Write(total), run_time=3)
        self.play(*[ApplyMethod(bar.set_stroke, WHITE, 4) for bar in bars])
        self.play(total.set_color, GREEN, bars.shift, UP)
        self.wait(2)

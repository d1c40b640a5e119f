from manim_imports_ext import *


class ExponentGraph(Scene):
    def construct(self):
        axes = Axes(
            x_min=-1,
            x_max=4,
            y_min=-1,
            y_max=8,
            x_axis_config={"unit_size": 2},
            y_axis_config={"unit_size": 0.7, "tick_frequency": 2},
            number_line_config={"color": GREY_B},
        )
        axes.center()
        graph = axes.get_graph(lambda x: 2**x, x_min=-1, x_max=3, color=GREEN)
        label = OldTex("2^x").next_to(graph.get_end(), RIGHT)
        axes.x_axis.add_numbers(1, 2, 3)
        self.play(ShowCreation(axes), run_time=2)
        self.play(ShowCreation(graph), Write(label))
        dots = VGroup(*[Dot(axes.c2p(x, 2**x)) for x in range(4)])
        lines = VGroup(*[DashedLine(axes.c2p(x, 0), dot.get_center()) for x, dot in enumerate(dots)])
        self.play(LaggedStartMap(GrowFromCenter, dots), LaggedStartMap(ShowCreation, lines))
        self.play(*[ApplyMethod(dot.set_color, YELLOW, run_time=0.5 + i) for i, dot in enumerate(dots)])
        sine = FunctionGraph(np.sin, x_min=-PI, x_max=PI, color=RED)
        circle = ParametricCurve(lambda t: np.array([np.cos(t), np.sin(t), 0]), t_min=0, t_max=TAU)
        pair = VGroup(sine, circle).scale(0.5).to_corner(UR)
        self.play(ShowCreation(pair))
        self.wait()

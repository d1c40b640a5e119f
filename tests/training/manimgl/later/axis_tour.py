from manimlib import *


class AxisTour(Scene):
    def construct(self):
        axes = Axes(
            x_range=(-1, 10),
            y_range=(-2, 2, 0.5),
            height=6,
            width=10,
            axis_config=dict(stroke_color=GREY_A, stroke_width=2, numbers_to_exclude=[0]),
            y_axis_config=dict(big_tick_numbers=[-2, 2]),
        )
        axes.add_coordinate_labels(font_size=20, num_decimal_places=1)
        self.play(Write(axes, lag_ratio=0.01, run_time=1))
        dot = Dot(fill_color=RED)
        dot.move_to(axes.c2p(0, 0))
        self.play(FadeIn(dot, scale=0.5))
        self.play(dot.animate.move_to(axes.c2p(3, 2)))
        h_line = always_redraw(lambda: axes.get_h_line(dot.get_left()))
        v_line = always_redraw(lambda: axes.get_v_line(dot.get_bottom()))
        self.play(ShowCreation(h_line), ShowCreation(v_line))
        self.play(dot.animate.move_to(axes.c2p(1, 1)))
        f_always(dot.move_to, lambda: axes.c2p(1, 1))
        self.play(axes.animate.scale(0.75).to_corner(UL), run_time=2)
        self.play(FadeOut(VGroup(axes, dot, h_line, v_line)))


class ThreeGraphs(Scene):
    def construct(self):
        axes = Axes((-3, 10), (-1, 8), height=6)
        axes.add_coordinate_labels()
        sin_graph = axes.get_graph(lambda x: 2 * math.sin(x), color=BLUE)
        relu_graph = axes.get_graph(lambda x: max(x, 0), use_smoothing=False, color=YELLOW)
        step_graph = axes.get_graph(lambda x: 2.0 if x > 3 else 1.0, discontinuities=[3], color=GREEN)
        sin_label = axes.get_graph_label(sin_graph, "\\sin(x)")
        relu_label = axes.get_graph_label(relu_graph, Text("ReLU"))
        step_label = axes.get_graph_label(step_graph, Text("Step"), x=4)
        self.play(ShowCreation(sin_graph), FadeIn(sin_label, RIGHT))
        self.play(ReplacementTransform(sin_graph, relu_graph), FadeTransform(sin_label, relu_label))
        self.play(ReplacementTransform(relu_graph, step_graph), FadeTransform(relu_label, step_label))
        parabola = axes.get_graph(lambda x: 0.25 * x**2)
        parabola.set_stroke(BLUE)
        self.play(FadeOut(step_graph), FadeOut(step_label), ShowCreation(parabola))
        dot = Dot(fill_color=RED)
        dot.move_to(axes.i2gp(2, parabola))
        x_tracker = ValueTracker(2)
        f_always(dot.move_to, lambda: axes.i2gp(x_tracker.get_value(), parabola))
        self.play(FadeIn(dot, scale=0.5), x_tracker.animate.set_value(4), run_time=3)
        area = axes.get_area_under_graph(parabola, (0, 4), fill_color=BLUE, fill_opacity=0.5)
        self.play(FadeIn(area))
        self.wait()

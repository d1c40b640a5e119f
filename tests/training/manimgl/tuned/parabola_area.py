from manim_imports_ext import *


class ParabolaArea(GraphScene):
    CONFIG = {
        "x_min": 0,
        "x_max": 4,
        "x_axis_width": 8,
        "y_min": 0,
        "y_max": 16,
        "y_tick_frequency": 4,
        "y_axis_height": 5,
        "graph_origin": 4 * LEFT + 2.5 * DOWN,
        "x_labeled_nums": list(range(1, 5)),
    }

    def construct(self):
        self.setup_axes()
        graph = self.get_graph(lambda x: x**2, color=GREEN)
        graph.label = self.get_graph_label(graph, "x^2", x_val=3.5, direction=LEFT)
        self.play(ShowCreation(graph))
        self.play(Write(graph.label))
        rects = self.get_riemann_rectangles(graph, x_min=0, x_max=3, dx=0.5, start_color=BLUE, end_color=TEAL)
        self.play(LaggedStartMap(DrawBorderThenFill, rects, lag_ratio=0.3))
        finer = self.get_riemann_rectangles(graph, x_min=0, x_max=3, dx=0.25)
        self.play(Transform(rects, finer))
        v_line = self.get_vertical_line_to_graph(3, graph, line_class=DashedLine, color=YELLOW)
        self.play(ShowCreation(v_line))
        value = OldTex("\\int_0^3 x^2\\,dx = 9")
        value.to_corner(UR)
        self.play(Write(value))
        self.wait()


class AxesOnly(GraphScene):
    def construct(self):
        self.setup_axes(animate=True)
        point = self.coords_to_point(2, 3)
        dot = Dot(point, color=RED)
        label = OldTex("(2, 3)").next_to(dot, UR, SMALL_BUFF)
        self.play(GrowFromCenter(dot), Write(label))
        self.play(dot.move_to, self.coords_to_point(5, 6), label.set_fill, {"opacity": 0})
        self.wait()

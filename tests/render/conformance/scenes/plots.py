"""Axes, plots, tables, graphs, code and fields."""

# ruff: noqa: F403, F405
import random
import tempfile
from pathlib import Path

from manim import *


class Areas(Scene):
    def construct(self):
        axes = Axes(x_range=[-1, 4, 1], y_range=[-1, 4, 1], x_length=7, y_length=5).add_coordinates()
        curve = axes.plot(lambda x: 0.3 * x**2 + 0.5, x_range=[0, 3.5], color=BLUE)
        area = axes.get_area(curve, x_range=(0.5, 3), color=(GREEN, TEAL), opacity=0.5)
        bars = axes.get_riemann_rectangles(curve, x_range=(0, 3), dx=0.5, color=(RED, YELLOW))
        self.add(axes)
        self.play(Create(curve), FadeIn(area), run_time=0.5)
        self.play(FadeIn(bars), FadeOut(area), run_time=0.4)
        finer = axes.get_riemann_rectangles(curve, x_range=(0, 3), dx=0.25, color=(RED, YELLOW))
        self.play(Transform(bars, finer), run_time=0.4)


class Planes(Scene):
    def construct(self):
        plane = NumberPlane(background_line_style={"stroke_opacity": 0.4})
        polar = PolarPlane(size=3, radius_max=2).to_corner(UR)
        line = NumberLine([0, 5, 1], include_numbers=True, length=5).to_edge(DOWN)
        self.add(plane, line)
        self.play(Create(polar), plane.animate.apply_matrix([[1, 0.5], [0, 1]]), run_time=0.8)
        curve = ParametricFunction(lambda t: [np.cos(3 * t), np.sin(2 * t), 0], t_range=[0, TAU], color=RED)
        self.play(Create(curve), run_time=0.4)


class Charts(Scene):
    def construct(self):
        chart = BarChart([3, 5, 2], bar_names=["a", "b", "c"], y_range=[0, 6, 2], x_length=5, y_length=4)
        self.play(FadeIn(chart), run_time=0.3)
        self.play(chart.animate.change_bar_values([5, 1, 4]), run_time=0.5)
        self.play(FadeIn(chart.get_bar_labels(font_size=30)), run_time=0.3)


class GraphAndTable(Scene):
    def construct(self):
        edges = [(1, 2), (2, 3), (3, 4), (4, 1), (1, 3)]
        graph = Graph([1, 2, 3, 4], edges, layout="circular", labels=True).shift(3.5 * LEFT)
        table = Table([["1", "2"], ["3", "4"]], row_labels=[Text("r"), Text("s")], include_outer_lines=True)
        table.scale(0.6).shift(3 * RIGHT)
        self.play(Create(graph), FadeIn(table), run_time=0.6)
        self.play(
            graph[1].animate.shift(UP), table.get_cell((2, 2)).animate.set_fill(RED, 0.5), graph.animate.scale(0.8)
        )
        self.play(graph.animate.remove_vertices(4), table.get_rows()[1].animate.set_color(YELLOW), run_time=0.3)


class Listing(Scene):
    def construct(self):
        code = Code(
            code_string="def f(x):\n    # twice\n    return 2 * x\n",
            language="python",
            background="window",
            add_line_numbers=True,
        )
        self.play(FadeIn(code), run_time=0.4)
        self.play(code.animate.scale(0.7).to_edge(UP), run_time=0.4)


class Fields(Scene):
    def construct(self):
        field = ArrowVectorField(lambda p: 0.5 * np.array([-p[1], p[0], 0]), x_range=[-3, 3, 1], y_range=[-2, 2, 1])
        dot = Dot(2 * RIGHT, color=RED).add_updater(field.get_nudge_updater())
        self.add(field, dot)
        self.wait(0.5)
        random.seed(1)  # the lines appear in random order
        lines = StreamLines(lambda p: np.array([1, np.sin(p[0]), 0]), x_range=[-3, 3, 1.5], y_range=[-2, 2, 2])
        self.play(field.animate.set_opacity(0.3), lines.create(run_time=0.5))


class DrawnFromSvg(Scene):
    def construct(self):
        path = Path(tempfile.mkdtemp()) / "drawing.svg"
        path.write_text(
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 60">'
            '<g transform="translate(5 5) rotate(10)"><rect x="5" y="5" width="30" height="20" rx="4" fill="#c33"/>'
            '<circle cx="60" cy="20" r="12" fill="none" stroke="#39f" stroke-width="4"/></g>'
            '<path d="M10 50 C 30 30, 50 70, 90 45 A 10 6 30 0 1 70 55 z" fill="#5a5" fill-opacity="0.6"/>'
            '<polygon points="80,5 95,25 70,25" fill="gold" stroke="black"/><line x1="0" y1="58" x2="100" y2="58"'
            ' stroke="white"/><ellipse cx="50" cy="40" rx="9" ry="4" fill="#84c"/></svg>'
        )
        drawing = SVGMobject(str(path), height=4)
        self.play(DrawBorderThenFill(drawing), run_time=0.6)
        self.play(drawing.animate.rotate(0.5).scale(0.7), run_time=0.4)

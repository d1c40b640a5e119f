"""Code, a graph, a table, a chart, a matrix and a picture, 9 s."""

# ruff: noqa: F403, F405
from manim import *

LISTING = """def area(radius):
    # a circle's
    return 3.14159 * radius ** 2

print(area(2))
"""


class KitchenSink(Scene):
    def construct(self):
        code = Code(code_string=LISTING, language="python", background="window").scale(0.7).to_corner(UL)
        self.play(FadeIn(code), run_time=0.7)
        graph = Graph(list(range(6)), [(i, (i + 1) % 6) for i in range(6)] + [(0, 3)], layout="circular", labels=True)
        graph.scale(0.8).to_corner(UR)
        self.play(Create(graph), run_time=1)
        self.play(graph[0].animate.shift(0.5 * DOWN), run_time=0.6)
        table = Table([["1", "2"], ["3", "4"]], row_labels=[Text("a"), Text("b")]).scale(0.5).to_corner(DL)
        self.play(FadeIn(table), run_time=0.7)
        chart = BarChart([3, 5, 2, 4], bar_names=["p", "q", "r", "s"], y_range=[0, 6, 2], x_length=4, y_length=3)
        chart.to_corner(DR)
        self.play(FadeIn(chart), run_time=0.7)
        self.play(chart.animate.change_bar_values([5, 1, 4, 2]), run_time=1)
        matrix = Matrix([[2, 0], [1, r"\pi"]])
        self.play(Write(matrix), run_time=0.8)
        rows, columns = np.mgrid[0:60, 0:80]
        picture = ImageMobject(np.uint8(np.dstack([3 * columns, 4 * rows, 255 - 3 * columns, 0 * rows + 255])))
        picture.scale(2).shift(2.2 * DOWN)
        self.play(FadeIn(picture), matrix.animate.shift(UP), run_time=0.8)
        self.play(picture.animate.rotate(PI / 8), table.animate.set_color(YELLOW), run_time=0.8)
        self.play(Group(code, graph, table, chart, matrix, picture).animate.scale(0.8), run_time=0.8)
        self.wait(0.6)

from manimlib.imports import *


class TaylorSteps(GraphScene):
    CONFIG = {
        "function": lambda x: np.cos(x),
        "x_min": -7,
        "x_max": 7,
        "y_min": -3,
        "y_max": 3,
        "graph_origin": ORIGIN,
        "x_axis_width": 13,
        "y_axis_height": 6,
    }

    def construct(self):
        self.setup_axes()
        cosine = self.get_graph(np.cos, color=BLUE)
        label = self.get_graph_label(cosine, "\\cos(x)", x_val=6)
        self.add(cosine, label)
        graphs = VGroup(*[
            self.get_graph(lambda x, n=n: self.partial_sum(x, n), color=YELLOW)
            for n in range(1, 5)
        ])
        graph = graphs[0]
        self.play(ShowCreation(graph))
        for new in graphs[1:]:
            self.play(Transform(graph, new))
            self.wait()

    def partial_sum(self, x, n):
        return sum([(-1)**k * x**(2 * k) / math.factorial(2 * k) for k in range(n)])


class TermsOfTheSum(Scene):
    def construct(self):
        terms = TexMobject("1", "-", "{x^2", "\\over", "2}", "+", "{x^4", "\\over", "24}", "-", "\\cdots")
        terms.set_width(FRAME_WIDTH - 2)
        braces = VGroup(Brace(terms[2:5], DOWN), Brace(terms[6:9], DOWN))
        labels = VGroup(*[brace.get_tex("n=%d" % (i + 1)) for i, brace in enumerate(braces)])
        self.play(Write(terms))
        self.play(LaggedStartMap(GrowFromCenter, braces), LaggedStartMap(FadeIn, labels))
        self.play(terms[2:5].set_color, YELLOW)
        self.play(ReplacementTransform(labels[0], labels[1].copy()), run_time=2, path_arc=PI / 2)
        self.wait()

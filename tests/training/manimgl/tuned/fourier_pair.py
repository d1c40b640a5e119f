from manimlib import *


class FourierPair(InteractiveScene):
    def construct(self):
        top, low = [
            Axes((0, 6), (-1.5, 1.5), width=10, height=2.5, axis_config=dict(stroke_width=2, stroke_color=GREY_B))
            for _ in range(2)
        ]
        VGroup(top, low).arrange(DOWN, buff=0.8)
        freq = ValueTracker(1)
        wave = always_redraw(lambda: top.get_graph(lambda x: np.sin(freq.get_value() * x), stroke_color=YELLOW))
        total = low.get_graph(lambda x: np.sin(x) + 0.5 * np.sin(3 * x))
        total.set_stroke(BLUE, 3)
        labels = VGroup(
            Tex(R"\sin(\omega x)", t2c={R"\omega": YELLOW}).next_to(top, RIGHT),
            Tex(R"\Sigma").next_to(low, RIGHT),
        )
        labels.shift(LEFT)
        self.add(top, low, wave)
        self.play(ShowCreation(total), LaggedStartMap(FadeIn, labels, shift=0.2 * UP))
        self.play(freq.animate.set_value(3), run_time=3)
        self.wait()
        self.play(VShowPassingFlash(total.copy().set_stroke(WHITE, 5), time_width=1, run_time=2))
        full = FullScreenFadeRectangle()
        self.play(FadeIn(full))
        self.play(ShowCreationThenFadeOut(Circle(radius=1, stroke_color=RED)))


class SumOfTerms(InteractiveScene):
    def construct(self):
        series = Tex(R"f(x) = \sum_{n=1}^{\infty} b_n \sin(n x)", t2c={"b_n": TEAL, "n": GREEN})
        coefficient = Tex(R"b_n = \frac{2}{\pi} \int_0^\pi f(x) \sin(n x) \, dx", t2c={"b_n": TEAL})
        VGroup(series, coefficient).arrange(DOWN, buff=LARGE_BUFF)
        coefficient.align_to(series, LEFT)
        self.play(FadeIn(series, lag_ratio=0.1, run_time=2))
        self.play(TransformFromCopy(series["b_n"][0], coefficient["b_n"][0]))
        self.play(Write(coefficient[2:]))
        self.play(TransformMatchingTex(series, coefficient.copy().to_edge(UP), key_map={"x": "x"}))
        self.wait()

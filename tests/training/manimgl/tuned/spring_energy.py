from manimlib import *


class SpringEnergy(InteractiveScene):
    def construct(self):
        # Axes
        axes = Axes((-3, 3), (0, 6), width=8, height=5)
        axes.x_axis.add_numbers(font_size=24)
        graph = axes.get_graph(lambda x: 0.5 * x**2, color=TEAL)
        formula = Tex(R"U(x) = \frac{1}{2} k x^2", t2c={"x": YELLOW, "k": RED})
        formula.to_edge(UP)

        self.add(axes)
        self.play(ShowCreation(graph), Write(formula, time_span=(0.5, 2)), run_time=2)

        # Ball
        tracker = ValueTracker(-2)
        ball = Dot(color=YELLOW).set_radius(0.12)
        ball.f_always.move_to(lambda: axes.i2gp(tracker.get_value(), graph))
        v_line = Line(stroke_color=GREY_B, stroke_width=2)
        v_line.add_updater(lambda m: m.put_start_and_end_on(axes.c2p(tracker.get_value(), 0), axes.i2gp(tracker.get_value(), graph)))
        self.play(FadeIn(ball), FadeIn(v_line))
        self.play(tracker.animate.set_value(2), rate_func=wiggle, run_time=3)
        self.wait(note="Let it settle")

        # Area
        rects = axes.get_riemann_rectangles(graph, x_range=(0, 2), dx=0.2, colors=(BLUE_E, BLUE_C), stroke_width=0.5)
        self.play(Write(rects))
        self.play(formula[R"\frac{1}{2}"].animate.set_color(BLUE), FlashAround(formula))
        self.wait()


class TwoSprings(InteractiveScene):
    def construct(self):
        words = VGroup(Text("soft"), Text("stiff")).arrange(RIGHT, buff=3)
        bars = VGroup(Rectangle(2, 1), Rectangle(1, 2))
        for bar, word in zip(bars, words):
            bar.set_fill(BLUE, 0.5, border_width=1)
            bar.set_stroke(WHITE, 1, behind=True)
            bar.next_to(word, DOWN)
        self.play(LaggedStart(*(FadeIn(word, UP) for word in words)))
        self.play(LaggedStartMap(ShowCreation, bars, lag_ratio=0.5))
        self.play(bars[0].animate.set_width(4, stretch=True), bars[1].animate.set_height(1, about_edge=UP))
        arrow = Arrow(bars[0].get_top(), bars[1].get_top(), path_arc=-90 * DEG, thickness=4)
        self.play(GrowArrow(arrow), ShowCreationThenFadeAround(words[1]))
        self.play(self.frame.animate.scale(0.8).move_to(bars), run_time=2)
        self.play(FadeOut(VGroup(words, bars, arrow), 0.5 * DOWN))

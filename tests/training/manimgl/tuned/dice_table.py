from manimlib import *


class DiceTable(InteractiveScene):
    def construct(self):
        squares = Square(0.7).get_grid(6, 6, buff=0)
        squares.set_stroke(GREY_A, 1)
        squares.to_edge(LEFT, buff=1)
        sums = VGroup()
        for n, square in enumerate(squares):
            value = Integer(n // 6 + n % 6 + 2, font_size=24)
            value.move_to(square)
            sums.add(value)
        self.play(FadeIn(squares, lag_ratio=0.01), run_time=2)
        self.play(LaggedStartMap(FadeIn, sums, lag_ratio=0.02))

        sevens = VGroup(square for square, value in zip(squares, sums) if value.get_value() == 7)
        self.play(sevens.animate.set_fill(BLUE, 0.7), lag_ratio=0.1)

        prob = Tex(R"P(7) = \frac{6}{36} = \frac{1}{6}", t2c={"7": BLUE})
        prob.to_edge(RIGHT)
        self.play(Write(prob["P(7) ="]))
        self.play(TransformFromCopy(sevens, prob[R"\frac{6}{36}"]))
        self.play(FadeIn(prob[R"= \frac{1}{6}"], shift=LEFT), run_time=1)
        self.wait(2)


class BarsOfSums(InteractiveScene):
    def construct(self):
        counts = [1, 2, 3, 4, 5, 6, 5, 4, 3, 2, 1]
        bars = VGroup(Rectangle(0.5, 0.6 * count) for count in counts)
        bars.arrange(RIGHT, buff=0.1, aligned_edge=DOWN)
        bars.set_fill(opacity=0.8)
        bars.set_submobject_colors_by_gradient(BLUE, GREEN)
        labels = VGroup(Integer(n + 2).scale(0.5).next_to(bar, DOWN) for n, bar in enumerate(bars))
        self.play(LaggedStart((GrowFromEdge(bar, DOWN) for bar in bars), lag_ratio=0.1), FadeIn(labels))
        box = SurroundingRectangle(bars[5], buff=0.05)
        box.set_stroke(YELLOW, 3)
        self.play(VFadeInThenOut(box), bars.animate.set_opacity(0.5), run_time=2)
        self.play(bars[5].animate.set_fill(RED, 1).set_anim_args(path_arc=30 * DEG))
        self.wait()

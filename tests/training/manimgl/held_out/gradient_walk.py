from manimlib import *


class HillWalk(InteractiveScene):
    def construct(self):
        # Axes and curve
        axes = Axes((-4, 4), (0, 5), width=10, height=5)
        axes.add_coordinate_labels(font_size=20)
        graph = axes.get_graph(lambda x: 0.25 * x**2 + 0.5, color=BLUE)
        self.add(axes)
        self.play(ShowCreation(graph), run_time=2)

        # Ball
        x = ValueTracker(-3.5)
        ball = Dot(radius=0.12, color=YELLOW)
        ball.add_updater(lambda m: m.move_to(axes.i2gp(x.get_value(), graph)))
        label = Tex("x = 0.00", t2c={"x": YELLOW})
        number = label.make_number_changeable("0.00")
        number.f_always.set_value(x.get_value)
        label.to_corner(UR)
        self.play(FadeIn(ball, scale=0.5), Write(label))

        # Steps
        for step in range(4):
            slope = 0.5 * x.get_value()
            self.play(x.animate.increment_value(-0.6 * slope), run_time=0.8)
        self.play(FlashAround(label, color=TEAL), run_time=2)
        self.wait(note="wait for the narrator")

        # Tangent
        tangent = always_redraw(lambda: axes.get_tangent_line(x.get_value(), graph, length=3))
        self.play(GrowFromCenter(tangent))
        self.play(x.animate.set_value(3).set_anim_args(run_time=3))
        self.wait()


class UpdateRule(InteractiveScene):
    def construct(self):
        rule = Tex(R"x_{n + 1} = x_n - \eta f'(x_n)", t2c={R"\eta": RED, "x_n": YELLOW})
        rule.set_width(8)
        box = SurroundingRectangle(rule, buff=0.25)
        box.set_stroke(GREY_B, 2)
        box.set_fill(GREY_E, 1)
        words = TexText("Learning rate", font_size=36)
        words.next_to(rule[R"\eta"], UP, LARGE_BUFF)
        words.set_backstroke(BLACK, 5)
        arrow = Arrow(words, rule[R"\eta"], buff=0.1, thickness=3)

        self.add(box, rule)
        self.play(FadeIn(words, shift=0.5 * DOWN), GrowArrow(arrow))
        self.play(rule[R"\eta"].animate.scale(1.5), rate_func=there_and_back)
        self.wait(2)

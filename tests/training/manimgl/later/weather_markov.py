from manimlib import *


class WeatherMarkov(InteractiveScene):
    def construct(self):
        # States
        names = ["Sun", "Rain"]
        states = VGroup(
            VGroup(Circle(radius=0.8).set_stroke(color, 3), Text(name, font_size=30))
            for name, color in zip(names, [YELLOW, BLUE])
        )
        for state in states:
            state[1].move_to(state[0])
        states.arrange(RIGHT, buff=3)
        there = CurvedArrow(states[0].get_corner(UR), states[1].get_corner(UL), angle=-TAU / 6)
        back = CurvedArrow(states[1].get_corner(DL), states[0].get_corner(DR), angle=-TAU / 6)
        arrows = VGroup(there, back)
        arrows.set_stroke(GREY_B, 3)
        probs = VGroup(DecimalNumber(0.3), DecimalNumber(0.6))
        for prob, arrow, vect in zip(probs, arrows, [UP, DOWN]):
            prob.next_to(arrow, vect, buff=0.1)
            prob.set_fill(border_width=1)
        self.play(LaggedStartMap(FadeIn, states, scale=2, lag_ratio=0.5))
        self.play(LaggedStart(
            AnimationGroup(ShowCreation(there), FadeIn(probs[0], 0.25 * UP)),
            AnimationGroup(ShowCreation(back), FadeIn(probs[1], 0.25 * DOWN)),
            lag_ratio=0.5,
        ))

        # Matrix
        matrix = DecimalMatrix([[0.7, 0.6], [0.3, 0.4]], num_decimal_places=1)
        matrix.set_max_width(4)
        matrix.to_edge(DOWN)
        matrix.get_column(0).set_color(YELLOW)
        self.play(
            self.frame.animate.reorient(0, 0, 0, (0, -0.8, 0), 9),
            TransformFromCopy(probs, matrix.get_entries()),
            run_time=2,
        )
        self.play(Write(matrix.get_brackets(), time_span=(1, 2)), run_time=2)

        # Walk
        token = Dot(states[0].get_top(), radius=0.1).set_fill(RED)
        token.add_updater(lambda m: m.set_stroke(WHITE, 2))
        self.play(FadeInFromLarge(token))
        for arrow, state in zip(arrows, [states[1], states[0]]):
            self.play(MoveAlongPath(token, arrow), rate_func=smooth)
            self.play(FlashAround(state, time_width=2, run_time=1), state[0].animate.set_fill(opacity=0.3))
        self.wait(2)


class SteadyState(InteractiveScene):
    def construct(self):
        equation = Tex(R"\pi P = \pi", t2c={R"\pi": GREEN, "P": TEAL}, font_size=90)
        lhs = equation[R"\pi P"][0]
        rhs = equation[R"\pi"][1]
        self.play(FadeIn(lhs, lag_ratio=0.1))
        self.play(Write(equation["="]), TransformFromCopy(lhs, rhs, path_arc=60 * DEG))
        box = SurroundingRectangle(equation, buff=MED_SMALL_BUFF).round_corners(0.2)
        self.play(ShowCreation(box))
        note = TexText("Eigenvector with eigenvalue 1", t2c={"Eigenvector": GREEN})
        note.next_to(box, DOWN)
        self.play(FadeIn(note, 0.5 * DOWN), box.animate.set_stroke(YELLOW, 1, 0.5))
        self.play(LaggedStartMap(FadeOut, VGroup(box, note, equation), shift=DOWN))

from big_ol_pile_of_manim_imports import *

SAVINGS_COLOR = GREEN_C
DEBT_COLOR = RED_C


class LedgerOpening(Scene):
    CONFIG = {
        "bar_width": 1.2,
        "amounts": [3, 1, 4, 2],
        "camera_config": {"background_color": BLACK},
    }

    def construct(self):
        title = TextMobject("Where does the money go?")
        title.to_edge(UP)
        underline = Line(LEFT, RIGHT)
        underline.set_width(title.get_width())
        underline.next_to(title, DOWN, buff=SMALL_BUFF)

        bars = VGroup()
        for amount in self.amounts:
            bar = Rectangle(
                width=self.bar_width,
                height=amount,
                fill_color=SAVINGS_COLOR,
                fill_opacity=0.8,
                stroke_width=0,
            )
            bars.add(bar)
        bars.arrange(RIGHT, buff=MED_SMALL_BUFF, aligned_edge=DOWN)
        bars.to_edge(DOWN)

        self.play(Write(title), ShowCreation(underline))
        self.play(LaggedStart(*[GrowFromEdge(bar, DOWN) for bar in bars]))
        self.wait(2)
        self.play(bars[2].set_color, DEBT_COLOR, bars[0].shift, 0.5 * UP, run_time=2)
        self.play(FadeOutAndShift(bars, DOWN), FadeOut(underline))
        self.wait()


class LedgerFormula(Scene):
    def construct(self):
        formula = TexMobject("B", "=", "P", "(", "1", "+", "r", ")^n")
        formula.set_color_by_tex("P", SAVINGS_COLOR)
        formula.set_color_by_tex("r", YELLOW)
        formula.scale(2)
        brace = Brace(formula[2:], DOWN)
        note = brace.get_text("grows every year")
        self.play(Write(formula))
        self.play(
            GrowFromCenter(brace),
            FadeInFrom(note, UP),
        )
        self.wait()
        self.play(Indicate(formula.get_part_by_tex("r")))
        self.play(ShowCreationThenDestruction(SurroundingRectangle(formula)))
        self.wait(3)

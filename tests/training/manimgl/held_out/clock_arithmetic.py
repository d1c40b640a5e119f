from manim_imports_ext import *


class ClockFace(VGroup):
    CONFIG = {
        "radius": 2.5,
        "n_hours": 12,
        "tick_length": 0.2,
        "color": WHITE,
    }

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        circle = Circle(radius=self.radius, color=self.color)
        ticks = VGroup()
        numbers = VGroup()
        for n in range(self.n_hours):
            vect = rotate_vector(UP, -TAU * n / self.n_hours)
            tick = Line(self.radius * vect, (self.radius - self.tick_length) * vect)
            number = Integer(n if n > 0 else self.n_hours)
            number.set_height(0.3)
            number.move_to((self.radius - 0.55) * vect)
            ticks.add(tick)
            numbers.add(number)
        self.circle = circle
        self.ticks = ticks
        self.numbers = numbers
        self.add(circle, ticks, numbers)


class ModularSum(Scene):
    def construct(self):
        clock = ClockFace()
        clock.to_edge(LEFT)
        hand = Line(ORIGIN, 1.7 * UP, stroke_width=6, color=YELLOW)
        hand.shift(clock.circle.get_center())

        self.play(ShowCreation(clock.circle))
        self.play(
            LaggedStartMap(ShowCreation, clock.ticks),
            LaggedStartMap(FadeInFromDown, clock.numbers),
            run_time=2,
        )
        self.play(GrowFromPoint(hand, clock.circle.get_center()))

        equation = OldTex("9", "+", "5", "\\equiv", "2", "\\mod 12")
        equation.to_edge(RIGHT)
        self.play(Rotate(hand, -9 * TAU / 12, about_point=clock.circle.get_center()), Write(equation[0]))
        self.play(
            Rotate(hand, -5 * TAU / 12, about_point=clock.circle.get_center()),
            Write(equation[1:3]),
            run_time=2,
        )
        self.play(Write(equation[3:]), Indicate(clock.numbers[2]))
        self.wait()


class SmallerClock(Scene):
    def construct(self):
        clocks = VGroup(*[ClockFace(n_hours=k, radius=1.5) for k in (5, 7, 9)])
        clocks.arrange_submobjects(RIGHT, buff=LARGE_BUFF)
        clocks.set_width(FRAME_WIDTH - 1)
        self.add(clocks)
        for clock in clocks:
            self.play(clock.circle.set_stroke, YELLOW, 5, rate_func=there_and_back)
        self.play(*[ApplyMethod(clock.shift, FRAME_HEIGHT * UP) for clock in clocks])

from manim_imports_ext import *


class ClockHands(Scene):
    def construct(self):
        face = Circle(radius=2, color=WHITE)
        hour = Line(ORIGIN, UP, stroke_width=6)
        minute = Line(ORIGIN, 1.7 * UP, stroke_width=3)
        for hand in hour, minute:
            hand.set_color(YELLOW)
        self.play(ShowCreation(face), GrowFromPoint(hour, ORIGIN), GrowFromPoint(minute, ORIGIN))
        self.play(
            Rotating(hour, radians=-TAU / 12, about_point=ORIGIN),
            Rotating(minute, radians=-TAU, about_point=ORIGIN),
            run_time=3,
            rate_func=linear,
        )
        ratio = OldTex("1 : 12")
        ratio.next_to(face, DOWN)
        self.play(FadeIn(ratio, DOWN))
        small = SmallDot(face.get_top(), color=RED)
        self.add(small)
        self.play(MoveAlongPath(small, face), rate_func=smooth, run_time=2)
        self.play(Broadcast(face.get_center(), color=BLUE))
        self.play(VFadeOut(VGroup(face, hour, minute, small, ratio)))

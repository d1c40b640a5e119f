"""What happens in time: updaters, waits, sections, sound, captions."""

# ruff: noqa: F403, F405
import random
import tempfile
import wave
from pathlib import Path

from manim import *


class Traced(Scene):
    def construct(self):
        arm = Line(ORIGIN, 2 * RIGHT)
        trace = TracedPath(arm.get_end, stroke_color=YELLOW, stroke_width=4)
        fading = TracedPath(arm.get_center, dissipating_time=0.3, stroke_opacity=[0, 1])
        self.add(arm, trace, fading)
        self.play(Rotate(arm, PI, about_point=ORIGIN), run_time=0.7)
        self.play(arm.animate.shift(UP), run_time=0.3)


class SteppedByTime(Scene):
    def construct(self):
        ball = Dot(3 * UP, color=RED)
        ball.speed = 0.0

        def fall(mobject, dt):
            mobject.speed -= 9.8 * dt
            mobject.shift(mobject.speed * dt * UP)
            if mobject.get_y() < -2:
                mobject.set_y(-2)
                mobject.speed *= -0.8

        ball.add_updater(fall)
        followed = Square(0.5).add_updater(lambda m: m.next_to(ball, RIGHT))
        self.add(ball, followed)
        self.wait(0.8)
        ball.suspend_updating()
        self.wait(0.2)
        ball.resume_updating()
        self.play(FadeIn(Circle()), run_time=0.4)


class ManyWaits(Scene):
    def construct(self):
        dot = Dot()
        self.add(dot)
        self.wait(0.3)
        self.wait(0.3, frozen_frame=False)
        self.pause(0.1)
        dot.add_updater(lambda m, dt: m.shift(dt * 2 * RIGHT))
        self.wait_until(lambda: dot.get_x() > 0.6, max_time=2)
        dot.clear_updaters()
        self.wait(0.05)
        self.play(Wait(0.2), dot.animate.shift(UP))
        self.add_updater(lambda dt: dot.rotate(dt).shift(dt * LEFT))
        self.wait(0.3)


class Sections(Scene):
    def construct(self):
        square = Square()
        self.next_section("first")
        self.play(Create(square), run_time=0.4)
        self.next_section("left out", skip_animations=True)
        self.play(square.animate.shift(2 * RIGHT), run_time=0.6)
        self.wait(0.5)
        self.next_section("last", section_type=DefaultSectionType.NORMAL)
        self.play(square.animate.set_color(RED), run_time=0.4)
        self.wait(0.2)


class Sound(Scene):
    def construct(self):
        path = Path(tempfile.mkdtemp()) / "tone.wav"
        with wave.open(str(path), "wb") as sound:
            sound.setnchannels(1)
            sound.setsampwidth(2)
            sound.setframerate(8000)
            sound.writeframes((10000 * np.sin(np.arange(4000) / 3)).astype("<i2").tobytes())
        self.add_sound(str(path))
        self.play(Create(Circle()), run_time=0.5)
        self.add_sound(str(path), time_offset=0.1, gain=-6)
        self.play(FadeIn(Square()), run_time=0.4)


class Subcaptions(Scene):
    def construct(self):
        self.add_subcaption("A circle appears", duration=0.5)
        self.play(GrowFromCenter(Circle()), run_time=0.5)
        self.play(Create(Square()), run_time=0.4, subcaption="and a square", subcaption_duration=0.3)


class Redrawn(Scene):
    def construct(self):
        t = ValueTracker(0.5)
        axes = Axes(x_range=[0, 4], y_range=[-1, 1], x_length=6, y_length=3, tips=False)
        curve = always_redraw(lambda: axes.plot(lambda x: np.sin(t.get_value() * x), color=YELLOW))
        arc = always_redraw(lambda: Sector(radius=1, angle=t.get_value(), color=TEAL, fill_opacity=0.6).to_corner(UL))
        label = always_redraw(lambda: DecimalNumber(t.get_value()).next_to(arc, RIGHT))
        self.add(axes, curve, arc, label)
        self.play(t.animate.set_value(3), run_time=0.8)


class Turning(Scene):
    def construct(self):
        pair = VGroup(Square(), Dot(RIGHT))
        always_rotate(pair, rate=2)
        shifted = always_shift(Circle(0.4).to_edge(LEFT), RIGHT, rate=3)
        held = f_always(Text("held").move_to, lambda: pair[1].get_center() + UP)
        self.add(pair, shifted, held)
        turn_animation_into_updater(Indicate(pair[1], run_time=0.5))
        self.wait(0.6)
        self.play(FadeOut(shifted), run_time=0.3)


class SeededChance(Scene):
    def construct(self):
        random.seed(4)
        np.random.seed(4)
        chance = np.random.default_rng(4)
        dots = VGroup(*[Dot([random.uniform(-6, 6), chance.uniform(-3, 3), 0]) for _ in range(20)])
        self.add(dots)
        for _ in range(3):
            moves = [dot.animate.shift(np.append(np.random.normal(size=2), 0)) for dot in dots]
            self.play(*moves, run_time=0.2)

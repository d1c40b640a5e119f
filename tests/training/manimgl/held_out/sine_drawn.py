from manim_imports_ext import *


class SineFromCircle(MovingCameraScene):
    CONFIG = {"radius": 1.5, "run": 6}

    def construct(self):
        circle = Circle(radius=self.radius, color=BLUE)
        circle.to_edge(LEFT, buff=1)
        axes = Axes(
            x_min=0,
            x_max=7,
            y_min=-2,
            y_max=2,
            axis_config={"include_tip": False, "stroke_width": 2},
        )
        axes.next_to(circle, RIGHT, buff=0.5)
        graph = axes.get_graph(lambda x: self.radius * np.sin(x), x_min=0, x_max=self.run, color=YELLOW)

        angle = ValueTracker(0)
        get_angle = angle.get_value
        radius = Line(ORIGIN, RIGHT)
        radius.add_updater(
            lambda m: m.put_start_and_end_on(
                circle.get_center(),
                circle.get_center() + self.radius * np.array([np.cos(get_angle()), np.sin(get_angle()), 0]),
            )
        )
        tip = Dot(color=RED)
        tip.add_updater(lambda m: m.move_to(radius.get_end()))
        value = DecimalNumber(0, num_decimal_places=2, include_sign=True)
        value.add_updater(lambda m: m.set_value(np.sin(get_angle())))
        value.to_edge(UP)

        self.add(circle, axes, radius, tip, value)
        self.play(
            ShowCreation(graph),
            angle.set_value, self.run,
            rate_func=None,
            run_time=4,
        )
        self.play(self.camera_frame.scale, 0.7, self.camera_frame.move_to, tip, run_time=2)
        self.wait(0.5)
        self.wait(0.5)


class WaveWords(Scene):
    def construct(self):
        words = VGroup(*map(OldTexText, ["amplitude", "period", "phase"]))
        words.arrange(DOWN, aligned_edge=LEFT, buff=MED_LARGE_BUFF)
        words.set_color_by_gradient(BLUE, GREEN)
        dots = VGroup(*[Dot().next_to(word, LEFT) for word in words])
        self.play(Write(VGroup(words)), run_time=3)
        self.play(LaggedStartMap(DrawBorderThenFill, dots, run_time=1))
        self.play(MoveToTarget(self.get_shifted(words[0])))
        self.play(words[1].set_color, WHITE, dots[1].scale, 2)
        self.wait()

    def get_shifted(self, mob):
        mob.generate_target()
        mob.target.shift(RIGHT)
        return mob

from manimlib.imports import *

WATER = "#3355AA"


class Pipe(VMobject):
    CONFIG = {
        "length": 6,
        "height": 1.5,
        "stroke_color": GREY,
        "stroke_width": 4,
    }

    def generate_points(self):
        top = Line(self.length * LEFT / 2, self.length * RIGHT / 2).shift(self.height * UP / 2)
        self.start_new_path(top.get_start())
        self.add_line_to(top.get_end())
        self.add_line_to(top.get_end() + self.height * DOWN)
        self.add_line_to(top.get_start() + self.height * DOWN)


class PlugFlow(Scene):
    CONFIG = {"speeds": [0.5, 1, 1.5], "camera_config": {"background_color": DARK_GREY}}

    def construct(self):
        pipe = Pipe(length=8)
        arrows = VGroup()
        for speed, y in zip(self.speeds, (0.4, 0, -0.4)):
            arrow = Arrow(ORIGIN, speed * RIGHT, buff=0, color=WATER, tip_length=0.2)
            arrow.shift(y * UP + 3 * LEFT)
            arrows.add(arrow)
        self.play(ShowCreation(pipe))
        self.play(LaggedStartMap(GrowArrow, arrows))
        self.play(*[ApplyMethod(arrow.shift, 5 * speed * RIGHT, rate_func=linear) for arrow, speed in zip(arrows, self.speeds)])
        continuity = TexMobject("A_1", "v_1", "=", "A_2", "v_2")
        for part in continuity[0], continuity[3]:
            part.set_color(YELLOW)
        continuity.next_to(pipe, DOWN, buff=MED_LARGE_BUFF)
        rect = BackgroundRectangle(continuity, fill_opacity=0.75, buff=SMALL_BUFF)
        self.play(FadeIn(rect), Write(continuity))
        self.play(
            pipe.stretch, 0.5, 1,
            arrows.set_opacity, 0.5,
            run_time=2,
        )
        self.wait()


class PressureColumns(Scene):
    def construct(self):
        columns = VGroup(*[
            Rectangle(width=0.8, height=h, fill_color=WATER, fill_opacity=1, stroke_width=0)
            for h in (3, 2, 1)
        ])
        columns.arrange(RIGHT, buff=1.5)
        for column in columns:
            column.align_to(columns[0], DOWN)
        values = VGroup(*[DecimalNumber(c.get_height(), num_decimal_places=1, unit="m") for c in columns])
        for value, column in zip(values, columns):
            value.add_updater(lambda m, column=column: m.next_to(column, UP))
            value.add_updater(lambda m, column=column: m.set_value(column.get_height()))
        self.add(columns, values)
        self.play(
            columns[0].stretch_to_fit_height, 1, {"about_edge": DOWN},
            columns[2].stretch_to_fit_height, 3, {"about_edge": DOWN},
            run_time=2,
        )
        values.clear_updaters()
        self.play(LaggedStartMap(FadeOutAndShift, values, lambda m: (m, DOWN)))
        self.play(Uncreate(columns))

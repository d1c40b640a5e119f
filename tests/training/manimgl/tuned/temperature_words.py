from manim_imports_ext import *


class TemperatureWords(Scene):
    def construct(self):
        formula = OldTex("F = {9 \\over 5} C + 32", tex_to_color_map={"C": BLUE, "F": RED})
        formula.scale(1.5)
        cold = OldTexText("water freezes").set_color(BLUE)
        hot = OldTexText("water boils").set_color(RED)
        VGroup(cold, hot).arrange(RIGHT, buff=2).to_edge(DOWN)
        self.play(FadeInFromDown(formula))
        self.play(*map(FadeInFromDown, [cold, hot]))
        part = formula.get_part_by_tex("C")
        self.play(ShowCreationThenFadeAround(part))
        tracker = ValueTracker(0)
        reading = DecimalNumber(0, num_decimal_places=1, unit="^\\circ")
        reading.add_updater(lambda d: d.set_value(tracker.get_value()))
        reading.next_to(formula, DOWN, LARGE_BUFF)
        self.add(reading)
        self.play(tracker.set_value, 100, run_time=3, rate_func=linear)
        self.play(Flash(reading, color=RED, flash_radius=1))
        self.play(FadeOutAndShiftDown(formula))
        self.wait()

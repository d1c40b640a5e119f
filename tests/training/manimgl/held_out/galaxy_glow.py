from manimlib import *


class GlowField(InteractiveScene):
    def construct(self):
        dots = GlowDots(np.random.normal(0, 1, (100, 3)), radius=0.2, color=BLUE_B)
        self.play(ShowCreation(dots))
        image = ImageMobject("spiral_galaxy")
        image.set_height(FRAME_HEIGHT)
        self.play(FadeIn(image))


class DistanceLadder(InteractiveScene):
    def construct(self):
        line = NumberLine((0, 10, 1), width=FRAME_WIDTH - 2)
        line.add_numbers(font_size=24)
        tip = ArrowTip(angle=-90 * DEG)
        tip.set_fill(YELLOW)
        tracker = ValueTracker(1)
        tip.add_updater(lambda m: m.move_to(line.n2p(tracker.get_value()), DOWN))
        label = DecimalNumber(1, num_decimal_places=1)
        label.always.next_to(tip, UP)
        label.f_always.set_value(tracker.get_value)

        self.add(line, tip, label)
        for value in (2, 4, 8):
            self.play(tracker.animate.set_value(value), run_time=1)
        self.wait()
        law = TexText("Doubling each step: $d_n = 2^n$", t2c={"$d_n = 2^n$": TEAL})
        law.to_edge(UP)
        self.play(Write(law, run_time=2, stroke_color=WHITE))
        self.play(TransformMatchingStrings(law, TexText("Doubling each step: $d_n = 2^{n}$").to_edge(UP)))

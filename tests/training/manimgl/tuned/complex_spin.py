from manim_imports_ext import *


class ComplexSpin(Scene):
    def construct(self):
        plane = ComplexPlane(x_range=(-3, 3), y_range=(-2, 2))
        plane.set_height(6)
        plane.add_coordinate_labels(font_size=24)
        dot = Dot(plane.n2p(1), color=YELLOW)
        label = OldTex("z")
        label.add_updater(lambda m: m.next_to(dot, UR, SMALL_BUFF))
        self.add(plane, dot, label)
        theta = ValueTracker(0)
        dot.add_updater(lambda d: d.move_to(plane.n2p(np.exp(complex(0, theta.get_value())))))
        path = TracedPath(dot.get_center, stroke_color=TEAL, stroke_width=3)
        self.add(path)
        self.play(theta.animate.set_value(TAU), run_time=4, rate_func=linear)
        self.play(FadeOut(path))
        formula = OldTex("e^{i \\theta} = \\cos\\theta + i\\sin\\theta")
        formula.to_corner(UL)
        formula.add_background_rectangle()
        self.play(Write(formula))
        self.play(WiggleOutThenIn(formula))
        self.wait()

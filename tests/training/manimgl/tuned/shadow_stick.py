from big_ol_pile_of_manim_imports import *


class ShadowStick(Scene):
    def construct(self):
        ground = Line(FRAME_X_RADIUS * LEFT, FRAME_X_RADIUS * RIGHT)
        ground.to_edge(DOWN, buff=1)
        stick = Line(ORIGIN, 2 * UP, color=ORANGE, stroke_width=8)
        stick.next_to(ground, UP, buff=0)
        sun = Circle(radius=0.5, fill_color=YELLOW, fill_opacity=1, stroke_width=0)
        sun.to_corner(UP + LEFT)
        ray = DashedLine(sun.get_center(), stick.get_end() + 3 * RIGHT + 2 * DOWN)
        shadow = Line(stick.get_start(), stick.get_start() + 2 * RIGHT, color=GREY)
        self.add(ground)
        self.play(ShowCreation(stick), GrowFromCenter(sun))
        self.play(ShowCreation(ray), ShowCreation(shadow))
        ratio = TexMobject("{\\text{height}", "\\over", "\\text{shadow}}", "=", "1")
        ratio.to_corner(UP + RIGHT)
        ratio[0].set_color(ORANGE)
        self.play(Write(ratio))
        self.play(
            ApplyMethod(sun.shift, 2 * RIGHT, run_time=2),
            ApplyMethod(shadow.stretch_to_fit_width, 1),
        )
        self.dither()
        self.play(sun.set_width, 0.6, shadow.highlight, BLUE)
        self.wait()


class AngleOfElevation(Scene):
    def construct(self):
        triangle = Polygon(ORIGIN, 3 * RIGHT, 3 * RIGHT + 2 * UP, color=WHITE)
        triangle.center()
        arc = Arc(start_angle=0, angle=np.arctan(2 / 3.0), radius=0.8)
        arc.shift(triangle.get_corner(DOWN + LEFT))
        theta = TexMobject("\\theta").next_to(arc, RIGHT, buff=SMALL_BUFF)
        tangent = TexMobject("\\tan(", "\\theta", ") = 2/3")
        tangent.set_color_by_tex("theta", YELLOW)
        tangent.next_to(triangle, UP)
        self.play(ShowCreation(triangle), run_time=2)
        self.play(ShowCreation(arc), Write(theta))
        self.play(Transform(theta.copy(), tangent[1]), FadeIn(tangent))
        self.wait()

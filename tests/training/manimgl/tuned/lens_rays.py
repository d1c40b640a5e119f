from manimlib import *


class LensRays(InteractiveScene):
    focal_length = 2.0

    def construct(self):
        axis = Line(6 * LEFT, 6 * RIGHT, stroke_color=GREY_C, stroke_width=1)
        lens = Ellipse(0.5, 4)
        lens.set_fill(BLUE_B, 0.3)
        lens.set_stroke(BLUE_B, 2)
        self.add(axis, lens)

        sources = VGroup(Dot(4 * LEFT + y * UP, radius=0.04) for y in np.linspace(-1.5, 1.5, 7))
        rays = VGroup()
        for source in sources:
            bend = np.array([0, source.get_y(), 0])
            ray = VMobject().set_points_as_corners([source.get_center(), bend, self.focal_length * RIGHT, self.focal_length * RIGHT * 2 - bend])
            ray.set_stroke(YELLOW, 2)
            rays.add(ray)
        self.play(LaggedStartMap(ShowCreation, rays, lag_ratio=0.05), run_time=3)
        focus = Dot(self.focal_length * RIGHT, fill_color=RED)
        label = Text("focus", font_size=24)
        label.always.next_to(focus, DOWN, SMALL_BUFF)
        self.play(FadeIn(focus, scale=0.5), FadeIn(label))
        brace = Brace(Line(ORIGIN, focus.get_center()), UP)
        f = brace.get_tex("f")
        self.play(GrowFromCenter(brace), Write(f))
        self.play(rays.animate.set_stroke(opacity=0.3), focus.animate.set_color(YELLOW))
        equation = Tex(R"\frac{1}{f} = \frac{1}{a} + \frac{1}{b}", isolate=["f", "a", "b"])
        equation.to_corner(UR)
        equation.set_color_by_tex("f", RED)
        self.play(TransformFromCopy(f, equation["f"]), FadeIn(equation))
        self.wait()

from manim_imports_ext import *


def field(point):
    x, y = point[:2]
    return np.array([-y, x, 0]) / (1 + get_norm(point))


class MagnetField(Scene):
    def construct(self):
        plane = NumberPlane(axis_config={"stroke_width": 1})
        self.play(ShowCreation(plane), run_time=2)
        vectors = VGroup()
        for x, y in it.product(range(-3, 4), range(-2, 3)):
            point = x * RIGHT + y * UP
            vect = Vector(0.6 * normalize(field(point)), color=BLUE)
            vect.shift(point)
            vectors.add(vect)
        self.play(LaggedStartMap(GrowArrow, vectors, lag_ratio=0.01))
        curl = OldTex("\\nabla \\times", "\\vec{F}", ">", "0")
        curl.add_background_rectangle()
        curl.to_corner(UL)
        self.play(Write(curl))
        dot = Dot(RIGHT, color=YELLOW)
        dot.add_updater(lambda m, dt: m.shift(dt * 2 * field(m.get_center())))
        self.add(dot)
        self.wait(3)
        dot.clear_updaters()
        self.play(vectors.set_color_by_gradient, RED, YELLOW, FadeOut(dot))

"""Scenes the tests draw."""

HEAD = "from manim import *\n"

SQUARE = (
    HEAD
    + """
class Square1(Scene):
    def construct(self):
        self.play(Create(Square()), run_time=0.6)
        self.wait(0.4)
"""
)

LONG = (
    HEAD
    + """
class Long(Scene):
    def construct(self):
        dot = Dot()
        self.add(dot)
        for _ in range(100):
            self.play(dot.animate.shift(RIGHT), run_time=1)
            self.play(dot.animate.shift(LEFT), run_time=1)
"""
)

TEXT = (
    HEAD
    + """
class Words(Scene):
    def construct(self):
        title = Text("Area of a circle", weight=BOLD).to_edge(UP)
        self.play(Write(title), run_time=0.8)
        circle = Circle(radius=1.5, color=BLUE).set_fill(BLUE, 0.5)
        self.play(GrowFromCenter(circle), FadeIn(Text("r", slant=ITALIC).scale(0.8)), run_time=0.6)
        self.wait(0.5)
        self.play(Transform(circle, Square(color=RED)), run_time=0.6)
        self.play(FadeOut(title, shift=UP), run_time=0.4)
"""
)

FORMULAS = (
    HEAD
    + """
class Formulas(Scene):
    def construct(self):
        first = MathTex("a^2", "+", "b^2", "=", "c^2")
        second = MathTex("a^2", "=", "c^2", "-", "b^2")
        self.play(Write(first), run_time=0.8)
        self.play(TransformMatchingTex(first, second), run_time=0.8)
        self.play(Indicate(second[0]), run_time=0.4)
        self.wait(0.3)
"""
)

UPDATERS = (
    HEAD
    + """
class Updaters(Scene):
    def construct(self):
        t = ValueTracker(0)
        axes = Axes(x_range=[0, 6], y_range=[-1.5, 1.5], tips=False)
        curve = axes.plot(np.sin, color=YELLOW)
        dot = always_redraw(lambda: Dot(axes.c2p(t.get_value(), np.sin(t.get_value())), color=RED))
        spin = Square(0.5).to_corner(UR).add_updater(lambda m, dt: m.rotate(dt))
        self.add(axes, curve, dot, spin)
        self.play(t.animate.set_value(4), run_time=1.2, rate_func=linear)
        self.wait(0.6)
        spin.clear_updaters()
        self.wait(0.4)
        self.wait_until(lambda: True, max_time=1)
"""
)

CAMERA = (
    HEAD
    + """
class Camera1(MovingCameraScene):
    def construct(self):
        grid = NumberPlane()
        dot = Dot([2, 1, 0], color=RED)
        self.add(grid, dot)
        self.play(self.camera.frame.animate.scale(0.5).move_to(dot), run_time=0.8)
        self.wait(0.2)
        self.play(Restore(self.camera.frame.save_state()), FadeIn(Triangle()), run_time=0.6)
"""
)

SPACE = (
    HEAD
    + """
class Space(ThreeDScene):
    def construct(self):
        self.set_camera_orientation(phi=70 * DEGREES, theta=-45 * DEGREES)
        surface = Surface(lambda u, v: [u, v, np.sin(u) * np.cos(v)], u_range=[-2, 2], v_range=[-2, 2], resolution=6)
        self.play(Create(surface), run_time=0.6)
        self.begin_ambient_camera_rotation(rate=0.5)
        self.wait(0.6)
"""
)

MANY = (
    HEAD
    + """
class Many(Scene):
    def construct(self):
        bars = VGroup(*[Rectangle(height=0.3 * (i + 1), width=0.4, fill_opacity=0.8) for i in range(6)]).arrange(RIGHT)
        numbers = Integer(3).to_corner(UL)
        gradient = Circle().set_color_by_gradient(RED, BLUE).shift(2 * DOWN)
        self.add(bars, numbers, gradient)
        for i in range(4):
            self.play(Swap(bars[i], bars[i + 1]), numbers.animate.set_value(i), run_time=0.3)
        self.play(LaggedStart(*[FadeOut(bar) for bar in bars], lag_ratio=0.2), run_time=0.7)
        self.add(ImageMobject(np.uint8([[0, 100], [30, 200]])).scale(30))
        self.wait(0.2)
"""
)

EXACT = {
    "Square1": SQUARE,
    "Words": TEXT,
    "Formulas": FORMULAS,
    "Updaters": UPDATERS,
    "Camera1": CAMERA,
    "Space": SPACE,
    "Many": MANY,
}

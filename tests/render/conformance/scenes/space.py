"""Three dimensions."""

# ruff: noqa: F403, F405
from manim import *


class SurfaceTurned(ThreeDScene):
    def construct(self):
        self.set_camera_orientation(phi=65 * DEGREES, theta=-40 * DEGREES)
        axes = ThreeDAxes(x_length=6, y_length=6, z_length=4)
        hill = Surface(
            lambda u, v: axes.c2p(u, v, np.exp(-(u**2) - v**2)), u_range=[-2, 2], v_range=[-2, 2], resolution=10
        )
        hill.set_fill_by_value(axes=axes, colorscale=[(RED, 0), (YELLOW, 0.5), (GREEN, 1)], axis=2)
        self.add(axes, hill)
        self.begin_ambient_camera_rotation(rate=0.8)
        self.wait(0.5)
        self.stop_ambient_camera_rotation()
        self.move_camera(phi=30 * DEGREES, zoom=1.2, run_time=0.5)


class Solids(ThreeDScene):
    def construct(self):
        self.set_camera_orientation(phi=70 * DEGREES, theta=30 * DEGREES)
        ball = Sphere(radius=0.8, resolution=(10, 8)).shift(2 * LEFT)
        box = Cube(side_length=1.2, fill_opacity=0.8).shift(2 * RIGHT)
        cone = Cone(base_radius=0.6, height=1.2, resolution=10).shift(2 * UP)
        ring = Torus(major_radius=0.8, minor_radius=0.25, resolution=(10, 8)).shift(2 * DOWN)
        self.add(ball, box)
        self.play(Create(ring), FadeIn(cone), run_time=0.5)
        self.play(Rotate(box, PI / 3, axis=UP), ball.animate.shift(OUT), run_time=0.5)


class LinesInSpace(ThreeDScene):
    def construct(self):
        self.set_camera_orientation(phi=60 * DEGREES, theta=-60 * DEGREES, gamma=10 * DEGREES)
        arrow, line = Arrow3D(ORIGIN, [2, 1, 1.5], color=RED), Line3D([-2, 0, 0], [0, 2, 1], color=BLUE)
        dots = VGroup(*[Dot3D([x, x * x / 3, 0.3 * x], radius=0.1, resolution=(4, 4)) for x in range(-2, 3)])
        curve = ParametricFunction(lambda t: [np.cos(t), np.sin(t), t / 4], t_range=[-TAU, TAU], shade_in_3d=True)
        self.add(arrow, line)
        self.play(Create(curve), FadeIn(dots), run_time=0.5)
        self.move_camera(theta=0, gamma=0, frame_center=[1, 0, 0], run_time=0.4)


class FixedWords(ThreeDScene):
    def construct(self):
        axes = ThreeDAxes(x_range=[-3, 3], y_range=[-3, 3], z_range=[-2, 2])
        title, label = Text("fixed in frame").to_corner(UL), MathTex("P").shift([1, 1, 1])
        self.set_camera_orientation(phi=75 * DEGREES, theta=-30 * DEGREES)
        self.add_fixed_in_frame_mobjects(title)
        self.add_fixed_orientation_mobjects(label)
        self.add(axes, Square(fill_opacity=0.5, color=GREEN))
        self.begin_ambient_camera_rotation(rate=1)
        self.play(title.animate.set_color(YELLOW), run_time=0.4)
        self.wait(0.4)
        self.remove_fixed_in_frame_mobjects(title)
        self.wait(0.2)


class CheckeredSurfaces(ThreeDScene):
    def construct(self):
        self.set_camera_orientation(phi=55 * DEGREES, theta=-50 * DEGREES)
        wave = Surface(
            lambda u, v: [u, v, np.sin(u + v) / 2],
            u_range=[-2, 2],
            v_range=[-2, 2],
            resolution=8,
            checkerboard_colors=[ORANGE, TEAL],
            fill_opacity=0.8,
        )
        flat = Surface(lambda u, v: [u, v, 0], u_range=[-1, 3], v_range=[-1, 3], resolution=4, stroke_width=0)
        self.play(FadeIn(wave), Create(flat), run_time=0.4)
        self.play(wave.animate.shift(OUT), Transform(flat, wave.copy().shift(RIGHT)), run_time=0.5)
        self.renderer.camera.light_source.move_to(3 * IN)
        self.wait(0.2)


class ShadesAndFlats(ThreeDScene):
    def construct(self):
        self.set_camera_orientation(phi=60 * DEGREES, theta=20 * DEGREES)
        disc = Circle(1.5, fill_opacity=0.8, color=BLUE).rotate(PI / 2, RIGHT)
        bars = VGroup(*[Prism([0.5, 0.5, 0.3 * (i + 1)]).shift([i - 1.5, 0, 0.15 * (i + 1)]) for i in range(4)])
        words = Text("on the floor").shift(2 * DOWN)
        octahedron = Octahedron(edge_length=1).shift([0, 2, 1])
        self.add(disc, bars, words)
        self.begin_3dillusion_camera_rotation(rate=2)
        self.play(bars.animate.set_color(RED), FadeIn(octahedron), run_time=0.5)
        self.stop_3dillusion_camera_rotation()
        self.set_to_default_angled_camera_orientation()
        self.play(Write(Text("x").shift(3 * RIGHT)), disc.animate.set_opacity(0.2), run_time=0.4)

from big_ol_pile_of_manim_imports import *


class OrbitOld(ThreeDScene):
    CONFIG = {"camera_config": {"samples": 4}}

    def construct(self):
        axes = ThreeDAxes(x_min=-3, x_max=3, y_min=-3, y_max=3, z_min=-2, z_max=2)
        self.set_camera_orientation(phi=60 * DEGREES, theta=-45 * DEGREES, distance=20)
        self.add(axes)
        circle = Circle(radius=2, color=YELLOW)
        sphere = ParametricSurface(
            lambda u, v: np.array([np.cos(u) * np.cos(v), np.cos(u) * np.sin(v), np.sin(u)]),
            u_min=-PI / 2, u_max=PI / 2, v_min=0, v_max=TAU, resolution=(6, 12),
            checkerboard_colors=[BLUE_D, BLUE_E],
        )
        self.play(ShowCreation(circle), FadeIn(sphere))
        dot = Sphere(radius=0.15).set_color(RED)
        dot.move_to(2 * RIGHT)
        self.begin_ambient_camera_rotation(0.1)
        self.play(MoveAlongPath(dot, circle, run_time=3, rate_func=None))
        self.stop_ambient_camera_rotation()
        label = TextMobject("One year")
        self.add_fixed_in_frame_mobjects(label)
        label.to_corner(UL)
        self.play(Write(label))
        self.move_camera(phi=0, theta=-90 * DEGREES)
        self.wait()


class KeplerLine(MovingCameraScene):
    def setup(self):
        MovingCameraScene.setup(self)
        self.axis = NumberLine(x_min=0, x_max=8, include_numbers=True, unit_size=1.2)

    def construct(self):
        axis = self.axis
        axis.shift(4 * LEFT)
        planets = VGroup(*[Dot(axis.number_to_point(x), color=c) for x, c in [(1, GREY), (2, GOLD), (4, BLUE)]])
        self.play(ShowCreation(axis), LaggedStart(*[GrowFromCenter(p) for p in planets], lag_ratio=0.2))
        self.camera_frame.save_state()
        self.play(self.camera_frame.set_width, 5, self.camera_frame.move_to, planets[1])
        self.play(planets[1].set_color, RED, Restore(self.camera_frame))
        law = TexMobject("T^2 \\propto a^3").to_edge(UP)
        law[0][0].set_color(YELLOW)
        self.play(FadeInFrom(law, UP), ShowPassingFlash(axis.copy().set_color(YELLOW)))
        self.wait(2)

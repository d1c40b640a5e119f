from manimlib import *


class SurfaceHeight(InteractiveScene):
    def construct(self):
        axes = ThreeDAxes((-3, 3), (-3, 3), (-1, 3), width=6, height=6, depth=4)
        surface = axes.get_graph(lambda x, y: np.exp(-x**2 - y**2))
        surface.set_color(BLUE)
        self.frame.reorient(20, 70)
        self.add(axes, surface)
        self.wait()


class SaddleView(ThreeDScene):
    def construct(self):
        self.set_camera_orientation(phi=70 * DEGREES, theta=-60 * DEGREES)
        axes = ThreeDAxes()
        saddle = ParametricSurface(
            lambda u, v: np.array([u, v, 0.3 * (u**2 - v**2)]),
            u_range=(-2, 2),
            v_range=(-2, 2),
            resolution=(8, 8),
        )
        self.add(axes)
        self.play(ShowCreation(saddle))
        self.begin_ambient_camera_rotation(rate=0.2)
        self.wait(2)
        self.move_camera(phi=45 * DEGREES, run_time=2)
        dot = Sphere(radius=0.1, color=RED).move_to(axes.c2p(0, 0, 0))
        self.play(FadeIn(dot))
        self.wait()

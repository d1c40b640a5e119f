"""A surface of 24 by 24 patches; the camera goes round it, 4 s."""

# ruff: noqa: F403, F405
from manim import *


class Surface3D(ThreeDScene):
    def construct(self):
        self.set_camera_orientation(phi=65 * DEGREES, theta=-45 * DEGREES)
        axes = ThreeDAxes(x_range=[-3, 3], y_range=[-3, 3], z_range=[-2, 2])
        surface = Surface(
            lambda u, v: axes.c2p(u, v, np.sin(u) * np.cos(v)), u_range=[-3, 3], v_range=[-3, 3], resolution=(24, 24)
        )
        self.add(axes, surface)
        self.begin_ambient_camera_rotation(rate=0.4)
        self.wait(2)
        self.stop_ambient_camera_rotation()
        self.move_camera(phi=35 * DEGREES, theta=0, run_time=2)

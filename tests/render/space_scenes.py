"""Short scenes in space, by how they are to be drawn."""

import numpy as np
from manim import (
    BLUE,
    DEGREES,
    DOWN,
    GREEN,
    IN,
    LEFT,
    OUT,
    PI,
    RED,
    RIGHT,
    UL,
    UP,
    WHITE,
    YELLOW,
    Circle,
    Create,
    Cube,
    FadeIn,
    Group,
    ImageMobject,
    Line,
    PointCloudDot,
    Rotate,
    Sphere,
    Square,
    Surface,
    Text,
    ThreeDAxes,
    ThreeDCamera,
    ThreeDScene,
    ThreeDVMobject,
    Torus,
    Transform,
    Uncreate,
    VMobject,
)


def hill(resolution=6, **options):
    return Surface(
        lambda u, v: np.array([u, v, np.sin(u) * np.cos(v)]),
        u_range=[-2, 2],
        v_range=[-2, 2],
        resolution=resolution,
        **options,
    )


class Tilted(ThreeDScene):
    def setup(self):
        self.set_camera_orientation(phi=65 * DEGREES, theta=-40 * DEGREES)


class Created(Tilted):
    def construct(self):
        surface = hill()
        self.play(Create(surface), run_time=0.5)
        self.begin_ambient_camera_rotation(rate=0.5)
        self.wait(0.5)
        self.play(Uncreate(surface), run_time=0.4)


class ManyFaces(Tilted):
    def construct(self):
        surface = hill(resolution=14)
        self.add(ThreeDAxes(), surface)
        self.begin_ambient_camera_rotation(rate=1)
        self.play(surface.animate.scale(0.6).set_opacity(0.5), run_time=0.8)


class Solids(Tilted):
    def construct(self):
        box = Cube(fill_opacity=0.7).shift(2 * LEFT)
        ball, ring = Sphere(resolution=(8, 6)).shift(2 * RIGHT), Torus(resolution=(8, 6)).scale(0.4)
        self.add(ThreeDAxes(), box, ball)
        self.play(Rotate(box, 1, axis=UP), Transform(ball, ring), run_time=0.6)


class HeldFast(Tilted):
    def construct(self):
        title, label = Text("A").to_corner(UL).set_color_by_gradient(RED, BLUE), Text("P").shift([1, 1, 1])
        self.add_fixed_in_frame_mobjects(title, Cube(fill_opacity=0.5).scale(0.3).to_corner(DOWN))
        self.add_fixed_orientation_mobjects(label)
        self.add(hill(4), title, label)
        self.move_camera(theta=0.3, run_time=0.5)
        self.remove_fixed_in_frame_mobjects(title)
        self.play(title.animate.shift(DOWN), run_time=0.3)


class LightMoved(Tilted):
    def construct(self):
        self.add(hill(), Sphere(resolution=6).shift(OUT))
        self.begin_ambient_camera_rotation(rate=0.1)
        self.play(self.camera.light_source.animate.move_to(4 * IN + LEFT), run_time=0.6)


class CameraMoved(ThreeDScene):
    def construct(self):
        self.set_camera_orientation(phi=0.8, theta=0.2, frame_center=[0.5, 0, 0])
        self.add(ThreeDAxes(), hill())
        self.move_camera(
            focal_distance=6, zoom=1.4, gamma=0.4, phi=1.3, theta=-1, frame_center=[-1, 1, 0], run_time=0.6
        )


class BehindTheCamera(Tilted):
    def construct(self):
        self.camera.set_focal_distance(3)
        surface = hill().scale(2.5)
        self.add(surface)
        self.play(Rotate(surface, 1, axis=RIGHT), run_time=0.5)


class ProjectedExponentially(Tilted):
    def construct(self):
        self.camera.exponential_projection = True
        self.add(hill().scale(1.5))
        self.move_camera(phi=0.2, run_time=0.5)


class NotShaded(Tilted):
    def construct(self):
        self.camera.should_apply_shading = False
        surface = hill()
        surface[3].set_color([RED, GREEN])
        self.add(ThreeDAxes(), surface)
        self.move_camera(phi=0.2, run_time=0.5)


class Layered(Tilted):
    def construct(self):
        front = Square(fill_opacity=0.8, color=BLUE).set_z_index(2)
        group = hill(4).set_shade_in_3d(True, z_index_as_group=True)
        sheen = Circle(fill_opacity=1, color=GREEN).set_sheen(0.4, UP).shift(2 * LEFT)
        joined = Line(LEFT, RIGHT, stroke_width=20, shade_in_3d=True).shift(UP)
        self.add(front, group, sheen, joined, Square(shade_in_3d=True, fill_opacity=1).shift(RIGHT))
        self.play(group.animate.shift(IN), run_time=0.5)


class Flat(ThreeDScene):
    def construct(self):
        square = Square(fill_opacity=1, color=RED)
        self.play(FadeIn(square), Create(Circle()), run_time=0.5)
        self.play(square.animate.shift(UP).set_stroke(WHITE, 0), run_time=0.5)


class Strange(Tilted):
    """Among ordinary faces, what our way doesn't know."""

    def construct(self):
        class Inked(Cube):
            pass

        class Moody(ThreeDVMobject):
            def get_fill_rgbas(self):
                return np.array([[0.2, 0.9, len(self.points) % 3 / 3, 1]])

        outlined = Square(fill_opacity=1, color=BLUE).set_stroke(YELLOW, 12, background=True)
        many = Square(fill_opacity=1).set_color([RED, GREEN, BLUE]).shift(2 * UP)
        odd = VMobject(stroke_color=RED).set_points([[0, 0, 0], [1, 0, 0], [1, 1, 0], [0, 1, 1], [0, 2, 0]])
        lost = Square().apply_function(lambda p: p * np.nan)
        moody = Moody().set_points(Square().shift(DOWN).points)
        own = Square(fill_opacity=1).shift(2 * RIGHT)
        own.get_stroke_width = lambda background=False: 0 if background else 9
        picture = ImageMobject(np.uint8([[0, 200], [90, 30]])).scale(20).shift(2 * LEFT)
        dots = PointCloudDot(radius=0.4, density=8).shift(DOWN)
        self.add(hill(4), Group(outlined, many, odd, lost, moody, own, Inked(), picture, dots))
        self.move_camera(theta=0.5, run_time=0.5)


class Dull(ThreeDCamera):
    def modified_rgbas(self, vmobject, rgbas):
        return rgbas * [0.5, 0.5, 0.5, 1]


class OwnShading(Tilted):
    def __init__(self):
        super().__init__(camera_class=Dull)

    def construct(self):
        self.add(hill())
        self.move_camera(phi=0.2, run_time=0.5)


class OwnProjection(Tilted):
    def construct(self):
        project = self.camera.project_points
        self.camera.project_points = lambda points: project(points) * [1.5, 0.5, 1]
        self.add(hill())
        self.move_camera(phi=PI / 5, run_time=0.5)


OURS = (
    Created,
    ManyFaces,
    Solids,
    HeldFast,
    LightMoved,
    CameraMoved,
    BehindTheCamera,
    ProjectedExponentially,
    NotShaded,
    Layered,
    Flat,
)
MANIMS = (OwnShading, OwnProjection)

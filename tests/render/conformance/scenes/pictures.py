"""Pictures made of pixels and clouds of points."""

# ruff: noqa: F403, F405
from manim import *


def ramp(height, width):
    rows, columns = np.mgrid[0:height, 0:width]
    pixels = np.zeros((height, width, 4), np.uint8)
    pixels[..., 0] = 255 * rows // height
    pixels[..., 1] = 255 * columns // width
    pixels[..., 2] = 128
    pixels[..., 3] = 255 * (rows + columns) // (height + width)
    return pixels


class Images(Scene):
    def construct(self):
        grey = ImageMobject(np.uint8([[0, 100, 250], [30, 200, 90]])).scale(60).shift(3 * LEFT)
        clear = ImageMobject(ramp(40, 60)).scale(3)
        text = Text("between").shift(LEFT)
        self.add(grey, text, clear)
        self.play(clear.animate.shift(2 * LEFT), grey.animate.set_opacity(0.5), run_time=0.5)
        self.play(FadeOut(grey), clear.animate.rotate(PI / 6), text.animate.shift(2 * RIGHT), run_time=0.5)


class ImagesAndShapes(Scene):
    def construct(self):
        picture = ImageMobject(ramp(30, 30)).scale(4)
        picture.set_resampling_algorithm(RESAMPLING_ALGORITHMS["nearest"])
        disc = Circle(1, fill_opacity=0.7, color=RED).shift(2 * LEFT)
        both = Group(picture, Square(color=GOLD).shift(RIGHT))
        self.add(disc, both)
        self.play(disc.animate.shift(4 * RIGHT), run_time=0.5)
        self.bring_to_front(disc)
        self.play(both.animate.shift(LEFT), FadeIn(SurroundingRectangle(picture)), run_time=0.4)
        self.wait(0.2)


class PointClouds(Scene):
    def construct(self):
        cloud = PMobject(stroke_width=3)
        cloud.add_points([[x / 10, np.sin(x / 10), 0] for x in range(-40, 40)], color=YELLOW)
        disc = PointCloudDot(radius=1, density=12, color=BLUE).shift(2 * DOWN)
        mesh = Mobject1D().add_line([-4, 2, 0], [4, 2.5, 0], color=RED)
        shape = Square().shift(4 * RIGHT)
        self.add(cloud, disc, mesh, shape)
        self.play(cloud.animate.shift(UP), disc.animate.scale(1.3), shape.animate.shift(LEFT), run_time=0.5)
        self.play(FadeOut(cloud), shape.animate.rotate(1), run_time=0.3)

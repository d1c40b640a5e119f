"""Cameras that move, zoom and change their background."""

# ruff: noqa: F403, F405
from manim import *


class MovingFrame(MovingCameraScene):
    def construct(self):
        grid, words = NumberPlane(), Text("look here").shift(2 * RIGHT + UP)
        self.add(grid, words)
        self.camera.frame.save_state()
        self.play(self.camera.frame.animate.set_width(6).move_to(words), run_time=0.5)
        self.play(words.animate.set_color(RED), run_time=0.3)
        self.play(Restore(self.camera.frame), run_time=0.4)


class FollowingFrame(MovingCameraScene):
    def construct(self):
        track = Line(5 * LEFT, 5 * RIGHT)
        runner = Dot(color=ORANGE).move_to(track.get_start())
        self.camera.frame.scale(0.5).move_to(runner)
        self.camera.frame.add_updater(lambda frame: frame.move_to(runner))
        picture = ImageMobject(np.uint8([[0, 255], [255, 80]])).scale(40)
        self.add(track, picture, runner, self.camera.frame)
        self.play(MoveAlongPath(runner, track), run_time=0.6)
        self.camera.frame.clear_updaters()
        self.play(runner.animate.scale(3), run_time=0.3)
        self.play(self.camera.auto_zoom([track, runner], margin=1), run_time=0.3)


class Zoomed(ZoomedScene):
    def __init__(self, **options):
        super().__init__(zoom_factor=0.3, zoomed_display_height=2, zoomed_display_width=3, **options)

    def construct(self):
        words = Text("small print", font_size=24).shift(2 * LEFT)
        self.add(words, Circle(0.2).next_to(words, DOWN))
        self.zoomed_camera.frame.move_to(words)
        self.activate_zooming(animate=False)
        self.play(self.zoomed_camera.frame.animate.shift(DOWN / 2), run_time=0.5)
        self.play(words.animate.set_color(YELLOW), run_time=0.3)
        self.wait(0.1)


class Background(Scene):
    def construct(self):
        self.camera.background_color = "#204060"
        square = Square(fill_opacity=0.5)
        self.play(Create(square), run_time=0.4)
        self.camera.background_color = WHITE
        self.play(square.animate.set_color(BLACK), run_time=0.4)
        self.wait(0.2)
        self.camera.background_opacity = 0.4
        self.play(square.animate.shift(RIGHT), run_time=0.3)


class LinearMap(LinearTransformationScene):
    def __init__(self, **options):
        super().__init__(show_coordinates=False, leave_ghost_vectors=True, **options)

    def construct(self):
        self.add_vector([1, 1], animate=False)
        self.apply_matrix([[1, 1], [0, 1]], run_time=0.8)
        self.wait(0.2)

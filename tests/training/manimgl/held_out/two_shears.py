from manim_imports_ext import *


class ShearTwice(LinearTransformationScene):
    CONFIG = {
        "include_background_plane": True,
        "foreground_plane_kwargs": {
            "x_radius": FRAME_WIDTH,
            "y_radius": FRAME_HEIGHT,
            "secondary_line_ratio": 1,
        },
        "show_basis_vectors": True,
    }

    def construct(self):
        self.setup()
        self.wait()
        vector = self.add_vector([1, 2], color=YELLOW)
        self.apply_matrix([[1, 1], [0, 1]])
        self.wait()
        self.apply_transposed_matrix([[1, 0], [-1, 1]], run_time=2)
        matrix = Matrix([["1", "1"], ["0", "1"]])
        matrix.add_to_back(BackgroundRectangle(matrix))
        matrix.to_corner(UP + LEFT)
        self.play(Write(matrix))
        self.wait(2)


class DeterminantWords(Scene):
    def construct(self):
        square = Square(side_length=2)
        square.set_fill(YELLOW, 0.5)
        square.set_stroke(YELLOW, 1)
        area = OldTexText("Area = ", "1")
        area.next_to(square, UP)
        self.play(DrawBorderThenFill(square), Write(area))
        square.save_state()
        self.play(square.apply_matrix, [[1, 1], [0, 1]], run_time=2)
        self.play(Restore(square))
        self.play(
            square.stretch, 2, 0,
            Transform(area[1], OldTex("2").move_to(area[1], LEFT)),
        )
        self.play(square.set_width, 1, {"stretch": True}, area.shift, UP)
        self.wait()

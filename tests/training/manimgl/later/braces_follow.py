from manimlib import *


class BracesFollow(Scene):
    def construct(self):
        square = Square()
        square.set_fill(BLUE_E, 1)
        brace = always_redraw(Brace, square, UP)
        label = TexText("Width = 0.00")
        number = label.make_number_changeable("0.00")
        always(label.next_to, brace, UP)
        f_always(number.set_value, square.get_width)
        self.add(square, brace, label)
        self.play(square.animate.scale(2), rate_func=there_and_back, run_time=2)
        self.wait()
        self.play(square.animate.set_width(5, stretch=True), run_time=3)
        self.play(square.animate.set_width(2), run_time=3)
        now = self.time
        w0 = square.get_width()
        square.add_updater(lambda m: m.set_width(w0 * math.sin(self.time - now) + w0))
        self.wait(PI)


class GridWarp(Scene):
    def construct(self):
        grid = NumberPlane((-10, 10), (-5, 5))
        matrix = [[1, 1], [0, 1]]
        words = VGroup(Text("The matrix"), IntegerMatrix(matrix), Text("shears"))
        words.arrange(RIGHT)
        words.to_edge(UP)
        words.set_backstroke(width=5)
        self.play(ShowCreation(grid), FadeTransform(words[0].copy(), words[1]))
        self.play(grid.animate.apply_matrix(matrix), run_time=3)
        c_grid = ComplexPlane()
        moving = c_grid.copy()
        moving.prepare_for_nonlinear_transform()
        c_grid.set_stroke(BLUE_E, 1)
        c_grid.add_coordinate_labels(font_size=24)
        self.play(FadeOut(grid), Write(c_grid, run_time=3), FadeIn(moving))
        self.play(moving.animate.apply_complex_function(lambda z: z**2), run_time=4)
        self.wait()

from manim_imports_ext import *


class TableOfSquares(Scene):
    def construct(self):
        rows = VGroup()
        for n in range(1, 6):
            row = VGroup(OldTex(str(n)), OldTex("\\to"), OldTex(str(n**2)))
            row.arrange(RIGHT, buff=MED_LARGE_BUFF)
            row[2].set_color(YELLOW)
            rows.add(row)
        rows.arrange(DOWN, aligned_edge=LEFT, buff=MED_SMALL_BUFF)
        rows.set_height(FRAME_HEIGHT - 2)
        rows.to_edge(LEFT, buff=LARGE_BUFF)
        for row in rows:
            self.play(FadeIn(row[0]), run_time=0.3)
            self.play(TransformFromCopy(row[0], row[2]), GrowFromEdge(row[1], LEFT), run_time=0.6)

        differences = OldTex("3,", "5,", "7,", "9", arg_separator=" ")
        differences.next_to(rows, RIGHT, buff=2)
        brace = Brace(differences, DOWN, buff=SMALL_BUFF)
        words = brace.get_text("odd numbers", buff=SMALL_BUFF)
        words.set_color_by_tex("odd", BLUE)
        self.play(LaggedStart(*[FadeIn(part, shift=RIGHT) for part in differences], lag_ratio=0.2))
        self.play(GrowFromCenter(brace), Write(words))
        matrix = Matrix([[1, 4], [9, 16]], h_buff=1.5)
        matrix.next_to(differences, UP, LARGE_BUFF)
        self.play(FadeIn(matrix, UP), matrix.get_entries().animate.set_color(TEAL))
        self.play(matrix.get_brackets().set_color, YELLOW)
        self.wait()


class ChessboardPowers(Scene):
    def construct(self):
        board = VGroup(*[
            Square(side_length=0.6, stroke_width=0, fill_opacity=1, fill_color=[GREY_D, GREY_B][(i + j) % 2]).move_to(0.6 * (i * RIGHT + j * UP))
            for i, j in it.product(range(8), range(8))
        ])
        board.center()
        self.play(FadeIn(board, lag_ratio=0.05))
        grains = VGroup(*[Dot(radius=0.03, color=YELLOW) for x in range(2**5)])
        grains.arrange_in_grid(buff=0.05)
        grains.move_to(board[0])
        self.play(ShowIncreasingSubsets(grains, run_time=2))
        title = Title("Doubling")
        self.play(Write(title), board.animate.set_fill(opacity=0.3))
        power = OldTex("2^{63}", "\\approx", "9.2 \\times 10^{18}")
        power[0].set_color_by_gradient(BLUE, YELLOW)
        power.add_background_rectangle()
        self.play(FadeInFromPoint(power, board[-1].get_center()))
        self.play(CyclicReplace(power[0], power[2]))
        self.wait()

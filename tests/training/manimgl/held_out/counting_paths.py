from manimlib import *


class GridPaths(InteractiveScene):
    def construct(self):
        # Grid
        grid = Square(1).get_grid(3, 4, buff=0)
        grid.set_stroke(GREY_B, 1)
        grid.move_to(ORIGIN)
        start = Dot(grid.get_corner(DL), fill_color=GREEN)
        end = Dot(grid.get_corner(UR), fill_color=RED)
        self.play(LaggedStartMap(FadeIn, grid, lag_ratio=0.03, run_time=2))
        self.play(FadeIn(start, scale=3), FadeIn(end, scale=3))

        # One path
        steps = [RIGHT, RIGHT, UP, RIGHT, UP, UP, RIGHT]
        points = [grid.get_corner(DL)]
        for step in steps:
            points.append(points[-1] + step)
        path = VMobject()
        path.set_points_as_corners(points)
        path.set_stroke(YELLOW, 5)
        self.play(ShowCreation(path), run_time=2, rate_func=linear)
        self.play(VShowPassingFlash(path.copy().set_stroke(WHITE, 8), time_width=1.5), run_time=2)

        # Count
        formula = Tex(R"\binom{7}{3} = 35", font_size=72)
        formula.next_to(grid, RIGHT, buff=1)
        formula["35"].set_color(YELLOW)
        self.play(
            Write(formula, time_span=(0, 1.5)),
            VGroup(grid, path, start, end).animate.to_edge(LEFT),
            run_time=2,
        )
        count = Integer(35).set_height(1)
        count.move_to(3 * DOWN)
        self.play(CountInFrom(count, 0), run_time=2)
        self.wait()

        # Many
        copies = VGroup(path.copy().set_color(color) for color in [RED, GREEN, BLUE])
        for copy in copies:
            copy.shift(0.05 * np.random.uniform(-1, 1, 3))
        self.play(TransformFromCopy(path, copies[0]), FadeTransform(path.copy(), copies[1]))
        self.remove(path)


class PascalRow(InteractiveScene):
    def construct(self):
        rows = VGroup(
            VGroup(Integer(math.comb(n, k)) for k in range(n + 1)).arrange(RIGHT, buff=0.7)
            for n in range(5)
        )
        rows.arrange(DOWN, buff=0.5)
        rows.set_submobject_colors_by_gradient(BLUE, YELLOW)
        self.play(LaggedStart((FadeIn(row, shift=0.3 * DOWN) for row in rows), lag_ratio=0.3))
        self.play(rows[4].animate.set_color(RED), FlashUnder(rows[4]))
        self.play(FadeOut(rows, shift=DOWN, lag_ratio=0.1))

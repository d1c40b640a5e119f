from manim_imports_ext import *


class TiledFloor(Scene):
    def construct(self):
        tile = Square(side_length=0.8)
        tile.set_fill(MAROON_E, 1)
        tile.set_stroke(WHITE, 1)
        floor = tile.get_grid(4, 6, buff=0.1)
        floor.center()
        border = SurroundingRectangle(floor, buff=SMALL_BUFF, color=WHITE)
        count = OldTexText("24 tiles")
        count.next_to(border, UP)
        self.play(LaggedStartMap(GrowFromCenter, floor, run_time=2, lag_ratio=0.02))
        self.play(ShowCreation(border), FadeIn(count, UP))
        row = floor[:6]
        self.play(row.animate.set_fill(TEAL, 1))
        self.play(ShowPassingFlashAround(row), ShowCreationThenDestruction(Underline(count)))
        factors = OldTex("4", "\\times", "6", "=", "24")
        factors.to_edge(DOWN)
        self.play(TransformFromCopy(count, factors[4]), Write(factors[:4]))
        self.play(FadeTransform(border, factors.copy().set_color(YELLOW)))
        self.wait()
        self.embed()


class BrickPattern(Scene):
    def construct(self):
        bricks = VGroup(*[
            Rectangle(height=0.4, width=0.9, fill_color=RED_E, fill_opacity=1, stroke_width=1)
            for x in range(20)
        ])
        bricks.arrange_in_grid(n_rows=4, n_cols=5, h_buff=0.1, v_buff=0.1)
        bricks.set_width(FRAME_WIDTH - 4)
        for brick in bricks[5:10]:
            brick.shift(0.5 * RIGHT)
        self.add(bricks)
        self.play(bricks.animate.set_height(FRAME_HEIGHT - 2), run_time=2)
        self.play(ShowIncreasingSubsets(bricks), rate_func=linear)
        self.play(bricks.fade, 0.8)

from manim_imports_ext import *


class LadderLogic(Scene):
    def construct(self):
        table = VGroup(*[
            VGroup(*[OldTex(str(b)) for b in row]).arrange(RIGHT, buff=LARGE_BUFF)
            for row in it.product([0, 1], [0, 1])
        ])
        table.arrange(DOWN)
        heads = VGroup(OldTex("A"), OldTex("B"))
        for head, x in zip(heads, range(2)):
            head.next_to(table[0][x], UP, MED_LARGE_BUFF)
            head.set_color(YELLOW)
        line = Line(table.get_left(), table.get_right())
        line.next_to(heads, DOWN, SMALL_BUFF)
        self.play(LaggedStart(*[Write(row) for row in table], lag_ratio=0.3), Write(heads), ShowCreation(line))
        both = table[3].copy()
        self.play(both.set_color, GREEN, both.to_edge, RIGHT)
        check = Checkmark().next_to(both, RIGHT)
        cross = Exmark().next_to(table[0], LEFT)
        self.play(Write(check), Write(cross))
        self.play(Swap(heads[0], heads[1]))
        self.play(FadeToColor(table, TEAL), lag_ratio=0.1)
        self.wait()


class CrossedOut(Scene):
    def construct(self):
        claims = VGroup(
            OldTexText("All primes are odd"),
            OldTexText("All even squares are multiples of 4"),
        )
        claims.arrange(DOWN, buff=LARGE_BUFF)
        claims.set_submobject_colors_by_gradient(BLUE, GREEN)
        cross = Cross(claims[0])
        self.play(FadeInFrom(claims[0], LEFT), FadeInFrom(claims[1], RIGHT))
        self.play(ShowCreation(cross))
        self.play(FadeOutAndShift(VGroup(claims[0], cross), LEFT), claims[1].center)
        self.play(claims[1].set_width, FRAME_WIDTH - 2)
        self.wait()

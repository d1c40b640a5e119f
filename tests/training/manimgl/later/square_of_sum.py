from manimlib import *


class SquareOfSum(Scene):
    def construct(self):
        to_isolate = ["a", "b", "="]
        lines = VGroup(
            Tex("(a + b)^2 = (a + b)(a + b)", isolate=to_isolate),
            Tex("(a + b)^2 = a^2 + 2ab + b^2", isolate=to_isolate),
        )
        lines.arrange(DOWN, buff=LARGE_BUFF)
        for line in lines:
            line.set_color_by_tex_to_color_map({"a": BLUE, "b": TEAL})
        self.play(Write(lines[0]))
        self.play(TransformMatchingTex(lines[0].copy(), lines[1], path_arc=90 * DEG, run_time=2))
        self.wait()
        self.play(lines[1]["2ab"].animate.set_color(YELLOW))
        source = Text("the square", height=1)
        target = Text("of the sum", height=1)
        VGroup(source, target).arrange(DOWN).to_edge(DOWN)
        self.play(Write(source))
        self.play(TransformMatchingShapes(source, target, path_arc=PI / 2))
        self.wait()


class CountedAreas(Scene):
    def construct(self):
        sides = VGroup(Line(ORIGIN, 2 * RIGHT), Line(ORIGIN, RIGHT)).arrange(RIGHT, buff=0)
        sides[0].set_stroke(BLUE, 5)
        sides[1].set_stroke(TEAL, 5)
        labels = VGroup(Tex("a"), Tex("b"))
        for side, label in zip(sides, labels):
            label.next_to(side, UP)
            label.match_color(side)
        pieces = VGroup(Square(2), Rectangle(1, 2), Rectangle(2, 1), Square(1))
        pieces.arrange_in_grid(2, 2, buff=0)
        pieces.set_fill(GREY_E, 1)
        pieces.set_stroke(WHITE, 1)
        VGroup(sides, labels).next_to(pieces, UP)
        self.play(LaggedStartMap(ShowCreation, sides), FadeIn(labels, lag_ratio=0.3))
        self.play(LaggedStart(*map(FadeIn, pieces), lag_ratio=0.3))
        self.play(Indicate(pieces[3]), Flash(pieces[0].get_center(), color=RED))
        self.play(LaggedStart(*(piece.animate.scale(0.9) for piece in pieces), lag_ratio=0.1, run_time=2))

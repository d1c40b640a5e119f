"""The animations that Manim offers."""

# ruff: noqa: F403, F405
from manim import *


class Transforms(Scene):
    def construct(self):
        square, circle, star = Square(color=RED, fill_opacity=0.5), Circle(fill_opacity=0.5), Star(color=GOLD)
        self.play(Create(square), run_time=0.3)
        self.play(Transform(square, circle.shift(LEFT)), run_time=0.3)
        self.play(ReplacementTransform(square, star), run_time=0.3)
        self.play(FadeTransform(star, Text("star")), run_time=0.4)
        self.play(ClockwiseTransform(Square(0.5), Circle(0.5)), run_time=0.3)


class Writing(Scene):
    def construct(self):
        word, shape = Text("Write me", font_size=70), RegularPolygon(6, color=BLUE, fill_opacity=0.6).shift(2 * DOWN)
        self.play(Write(word), DrawBorderThenFill(shape), run_time=0.7)
        self.play(Uncreate(shape), Unwrite(word), run_time=0.5)
        self.play(SpiralIn(VGroup(Square(), Circle().shift(RIGHT)).scale(0.5)), run_time=0.4)


class Indications(Scene):
    def construct(self):
        words = VGroup(*[Text(w) for w in ("one", "two", "three", "four")]).arrange(RIGHT, buff=1)
        self.add(words)
        self.play(Indicate(words[0]), Flash(words[1]), Circumscribe(words[2], fade_out=True), run_time=0.7)
        line = FunctionGraph(np.sin, color=YELLOW).shift(2 * DOWN)
        self.play(ShowPassingFlash(line, time_width=0.4), Wiggle(words[3]), FocusOn(words[0]), run_time=0.6)
        self.play(ApplyWave(words), Broadcast(Circle(2)), run_time=0.4)


class GroupsOfPlays(Scene):
    def construct(self):
        dots = VGroup(*[Dot(radius=0.2) for _ in range(6)]).arrange(RIGHT)
        self.play(LaggedStart(*[GrowFromCenter(d) for d in dots], lag_ratio=0.3), run_time=0.6)
        self.play(Succession(dots[0].animate.shift(UP), dots[1].animate.shift(DOWN)), run_time=0.4)
        self.play(AnimationGroup(Rotate(dots[2], PI), FadeOut(dots[3]), lag_ratio=0.5), run_time=0.4)
        self.play(LaggedStartMap(FadeOut, dots, shift=UP), run_time=0.4)


class Paths(Scene):
    def construct(self):
        loop = Circle(2, color=GREY)
        dot, square = Dot(color=RED), Square(1, color=BLUE).shift(3 * RIGHT)
        self.add(loop, dot, square)
        self.play(MoveAlongPath(dot, loop), Rotate(square, PI, about_point=ORIGIN), run_time=0.7, rate_func=linear)
        self.play(square.animate(path_arc=2).shift(2 * LEFT), Rotating(loop, run_time=0.4), run_time=0.4)


class Warps(Scene):
    def construct(self):
        grid = NumberPlane(x_range=(-3, 3), y_range=(-2, 2)).prepare_for_nonlinear_transform(12)
        self.add(grid)
        self.play(grid.animate.apply_function(lambda p: p + 0.3 * np.sin(p[[1, 0, 2]])), run_time=0.4)
        self.play(Homotopy(lambda x, y, z, t: (x + 0.2 * t * y, y - 0.1 * t * x, z), grid), run_time=0.4)
        self.play(ApplyMatrix([[1, 0.4], [0, 1]], grid), run_time=0.3)
        square = Square(color=RED)
        self.play(ApplyPointwiseFunction(lambda p: p * 1.3 + 0.2 * UP, square), ApplyComplexFunction(np.exp, Dot()))


class FadesAndGrowth(Scene):
    def construct(self):
        one, two, three = Square(fill_opacity=1), Circle(color=BLUE).shift(3 * LEFT), Arrow(ORIGIN, 2 * RIGHT)
        self.play(FadeIn(one, shift=DOWN, scale=0.5), GrowFromEdge(two, UP), GrowArrow(three), run_time=0.5)
        self.play(SpinInFromNothing(Triangle().shift(3 * RIGHT)), ShrinkToCenter(one), run_time=0.4)
        self.play(FadeOut(two, target_position=UP * 3), ScaleInPlace(three, 2), run_time=0.4)
        self.play(CyclicReplace(Dot(LEFT), Dot(RIGHT), Dot(UP)), run_time=0.3)


class RatesAndStates(Scene):
    def construct(self):
        dots = VGroup(*[Dot().shift(4 * LEFT + i * UP) for i in range(-2, 3)])
        square = Square(0.6).save_state()
        self.add(dots, square)
        rates = (smooth, linear, there_and_back, rush_into, rate_functions.ease_out_bounce)
        moves = [dot.animate(rate_func=rate).shift(7 * RIGHT) for dot, rate in zip(dots, rates, strict=True)]
        self.play(*moves, square.animate.scale(2).set_color(RED), run_time=0.7)
        self.play(Restore(square), ShowIncreasingSubsets(VGroup(*[Dot(i * RIGHT) for i in range(4)])), run_time=0.4)
        self.play(square.animate.rotate(PI).shift(DOWN).set_fill(BLUE, 0.4), Blink(dots), run_time=0.5)

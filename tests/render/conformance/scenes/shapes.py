"""Shapes: how they are filled, stroked, joined, stacked and moved."""

# ruff: noqa: F403, F405
from manim import *


class Gradients(Scene):
    def construct(self):
        fill = Circle(radius=1.2, fill_opacity=1).set_color([RED, YELLOW, BLUE]).shift(4 * LEFT)
        sheen = Square(2, fill_opacity=0.9, color=TEAL).set_sheen(0.6, UR)
        stroke = Star(outer_radius=1.3, stroke_width=12).set_stroke([GREEN, PINK, WHITE]).shift(4 * RIGHT)
        row = VGroup(*[Dot() for _ in range(9)]).arrange(RIGHT).set_color_by_gradient(RED, BLUE).to_edge(DOWN)
        self.add(fill, sheen, stroke, row)
        self.play(Rotate(fill, PI / 2), sheen.animate.set_sheen_direction(DL), stroke.animate.scale(0.6), run_time=0.6)
        self.play(row.animate.set_color_by_gradient(GREEN, PURPLE).shift(UP), FadeToColor(sheen, RED), run_time=0.4)


class Strokes(Scene):
    def construct(self):
        behind = Text("Aa", font_size=120).set_stroke(BLUE, 14, background=True).shift(4.5 * LEFT)
        only_stroke = Circle(radius=0.9, stroke_width=60, color=RED, fill_opacity=0).shift(LEFT)
        only_fill = Square(1.6, stroke_width=0, fill_opacity=0.5, fill_color=GREEN).shift(1.5 * RIGHT)
        unseen = Triangle(stroke_opacity=0, fill_opacity=0).shift(4 * RIGHT)
        ring = Annulus(0.4, 0.8, color=GOLD, fill_opacity=0.7).shift(4.5 * RIGHT)
        self.add(behind, only_stroke, only_fill, unseen, ring)
        self.play(
            behind.animate.set_stroke(YELLOW, 4, background=True),
            only_stroke.animate.set_stroke(width=1),
            only_fill.animate.set_opacity(0),
            unseen.animate.set_opacity(1),
            ring.animate.set_stroke(WHITE, 20, 0.4),
            run_time=0.8,
        )
        self.play(FadeOut(only_stroke), unseen.animate.set_fill(opacity=0), run_time=0.3)


class JointsAndCaps(Scene):
    def construct(self):
        corners = VGroup()
        for joint in (LineJointType.AUTO, LineJointType.ROUND, LineJointType.BEVEL, LineJointType.MITER):
            mark = VMobject(stroke_width=30, joint_type=joint)
            corners.add(mark.set_points_as_corners([[-0.6, -0.7, 0], [0, 0.7, 0], [0.6, -0.7, 0]]))
        caps = VGroup()
        for cap in (CapStyleType.AUTO, CapStyleType.ROUND, CapStyleType.BUTT, CapStyleType.SQUARE):
            caps.add(Line(LEFT / 2, RIGHT / 2, stroke_width=30, color=ORANGE).set_cap_style(cap))
        corners.arrange(RIGHT, buff=1).shift(UP)
        caps.arrange(RIGHT, buff=1).shift(2 * DOWN)
        self.add(corners)
        self.play(Create(caps), corners.animate.stretch(0.5, 1), run_time=0.8)


class DashesBracesArrows(Scene):
    def construct(self):
        dashes = DashedVMobject(Circle(radius=1.2), num_dashes=20).shift(4 * LEFT)
        line = DashedLine(3 * LEFT, 3 * RIGHT, color=YELLOW).to_edge(DOWN)
        bar = Rectangle(width=3, height=0.5)
        brace = always_redraw(lambda: Brace(bar, UP))
        arrow = Arrow(LEFT, RIGHT, tip_shape=StealthTip).shift(2 * DOWN)
        tips = VGroup(
            DoubleArrow(LEFT, RIGHT, tip_shape_start=ArrowCircleFilledTip),
            CurvedArrow(LEFT, RIGHT),
            Vector([1, 1], color=RED),
            LabeledDot("x"),
        )
        tips.arrange(DOWN).to_edge(RIGHT)
        self.add(dashes, line, bar, brace, arrow, tips)
        self.play(
            bar.animate.stretch(1.6, 0),
            Rotate(dashes, PI / 3),
            GrowArrow(arrow),
            tips[2].animate.put_start_and_end_on(ORIGIN, [3, 1, 0]),
            run_time=0.8,
        )


class WholeFrameMoves(Scene):
    def construct(self):
        wide = Rectangle(width=16, height=2, fill_opacity=0.6, color=BLUE).to_edge(UP, buff=0)
        tall = Rectangle(width=1, height=10, fill_opacity=0.6, color=RED).to_edge(LEFT, buff=0)
        middle = Circle(radius=2, fill_opacity=0.5, color=GREEN)
        self.add(wide, middle, tall)
        self.play(wide.animate.to_edge(DOWN, buff=0), tall.animate.to_edge(RIGHT, buff=0), run_time=0.8)
        self.play(middle.animate.scale(3), wide.animate.set_fill(opacity=0.1), run_time=0.5)


class OffTheFrame(Scene):
    def construct(self):
        gone = Square(color=RED, fill_opacity=1).shift(5 * RIGHT)
        half = Circle(radius=3, color=BLUE, fill_opacity=0.5).shift(6 * LEFT + 3 * UP)
        coming = Text("coming").shift(11 * LEFT)
        self.add(gone, half, coming)
        self.play(gone.animate.shift(7 * RIGHT), half.animate.shift(3 * UP), coming.animate.center(), run_time=0.7)
        self.play(gone.animate.shift(3 * RIGHT), coming.animate.shift(6 * DOWN), run_time=0.4)
        self.wait(0.2)


class TinyAndHuge(Scene):
    def construct(self):
        tiny = VGroup(*[Square(0.01 * (i + 1), stroke_width=0.3 * i) for i in range(8)]).arrange(RIGHT, buff=0.3)
        huge = Circle(radius=40, stroke_width=200, color=DARK_BLUE).shift(42 * DOWN)
        point = Dot(radius=0.004, color=YELLOW).shift(UP)
        thread = Line(7 * LEFT, 7 * RIGHT, stroke_width=0.2).shift(2 * UP)
        self.add(huge, tiny, point, thread)
        self.play(tiny.animate.shift(0.013 * UP), huge.animate.shift(1.5 * UP), point.animate.scale(5), run_time=0.6)
        self.play(thread.animate.rotate(0.1), FadeOut(tiny, scale=0.2), run_time=0.4)


class ZIndex(Scene):
    def construct(self):
        cards = [Square(2, fill_opacity=1, color=c).shift(i * RIGHT * 0.7) for i, c in enumerate([RED, GREEN, BLUE])]
        cards[0].set_z_index(2)
        cards[2].set_z_index(-1)
        self.add(*cards)
        self.play(cards[1].animate.shift(UP), run_time=0.4)
        cards[1].set_z_index(3)
        self.play(cards[0].animate.shift(DOWN), cards[2].animate.set_z_index(5), run_time=0.4)


class FrontAndBack(Scene):
    def construct(self):
        cards = [Circle(1.2, fill_opacity=1, color=c).shift(i * RIGHT) for i, c in enumerate([RED, GREEN, BLUE, GOLD])]
        self.add(*cards)
        for card in cards:
            self.bring_to_front(card)
            self.play(card.animate.shift(0.3 * UP), run_time=0.15)
            self.bring_to_back(card)
            self.wait(1 / 15)
        self.play(*[card.animate.shift(LEFT) for card in reversed(cards)], run_time=0.2)


class Foreground(Scene):
    def construct(self):
        label = Text("above", font_size=60)
        self.add_foreground_mobject(label)
        disc = Circle(1.5, fill_opacity=1, color=PURPLE).shift(3 * LEFT)
        self.play(FadeIn(disc), run_time=0.3)
        self.play(disc.animate.shift(6 * RIGHT), run_time=0.6)
        self.remove_foreground_mobject(label)
        self.play(disc.animate.shift(3 * LEFT), run_time=0.3)


class AddedAndRemoved(Scene):
    def construct(self):
        square, circle = Square(color=RED, fill_opacity=0.5), Circle(color=BLUE, fill_opacity=0.8)
        self.add(square)
        self.play(square.animate.shift(LEFT), run_time=0.3)
        self.add(circle)
        self.wait(0.2)
        self.remove(square)
        self.wait(0.2)
        self.replace(circle, Triangle())
        self.wait(0.2)
        self.add(VGroup(circle, square))
        self.play(Swap(circle, square), run_time=0.4)
        self.clear()
        self.wait(0.2)


class BooleanShapes(Scene):
    def construct(self):
        one, two = Square(2.4, color=RED, fill_opacity=0.4), Circle(1.3, color=BLUE, fill_opacity=0.4).shift(RIGHT)
        shapes = VGroup(Union(one, two), Intersection(one, two), Difference(one, two), Exclusion(one, two))
        shapes.set_fill(GREEN, 0.7).scale(0.6).arrange(RIGHT).to_edge(DOWN)
        self.add(one, two)
        self.play(*[TransformFromCopy(one, shape) for shape in shapes], run_time=0.8)

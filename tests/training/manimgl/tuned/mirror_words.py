from manimlib import *


class MirrorWords(InteractiveScene):
    def construct(self):
        word = Text("level")
        word.set_width(6)
        mirror = DashedLine(3 * UP, 3 * DOWN)
        copy = word.copy().flip().set_opacity(0.3)
        VGroup(word, copy).arrange(DOWN, buff=1)
        self.play(Write(word))
        self.play(ShowCreation(mirror), TransformFromCopy(word, copy))
        self.play(word.animate.shift(UP), copy.animate.shift(DOWN), rate_func=there_and_back)
        letters = VGroup(*word)
        self.play(LaggedStart(*(letter.animate.shift(0.3 * UP) for letter in letters), lag_ratio=0.1))
        self.play(TransformMatchingStrings(word, Text("rebel").set_width(6).move_to(word)))
        paragraph = Text("Reads the same\nboth ways", alignment="CENTER", font_size=30)
        paragraph.to_edge(DOWN)
        self.play(FadeIn(paragraph, lag_ratio=0.05))
        self.play(FadeOutToPoint(paragraph, ORIGIN))
        self.wait()


class CornerPoints(InteractiveScene):
    def construct(self):
        hexagon = RegularPolygon(6).set_height(4)
        hexagon.set_stroke(TEAL, 3)
        dots = Group(*(Dot(point) for point in hexagon.get_vertices()))
        diagonals = VGroup(Line(a.get_center(), b.get_center(), stroke_width=1) for a, b in it.combinations(dots, 2))
        tracer = TracingTail(dots[0], stroke_color=YELLOW, time_traced=1)
        self.play(ShowCreation(hexagon), FadeIn(dots))
        self.play(LaggedStartMap(ShowCreation, diagonals))
        self.add(tracer)
        self.play(Rotate(dots, TAU / 3), Rotate(hexagon, TAU / 3), FadeOut(diagonals), run_time=2)
        count = Integer(15).set_height(1).to_edge(RIGHT)
        self.play(CountInFrom(count, 0, run_time=2))
        polyline = Polyline(*hexagon.get_vertices(), stroke_color=RED)
        self.play(ShowCreation(polyline), self.frame.animate.set_height(6))

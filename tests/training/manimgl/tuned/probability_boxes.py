from manimlib import *


class ProbabilityBoxes(InteractiveScene):
    def construct(self):
        square = Square(4)
        square.set_fill(GREY_D, 1).set_stroke(WHITE, 1)
        left = Rectangle(1.2, 4).move_to(square, LEFT)
        left.set_fill(BLUE, 0.8).set_stroke(width=0)
        prior = Tex("P(H) = 0.30", t2c={"H": YELLOW})
        number = prior.make_number_changeable("0.30")
        prior.next_to(square, UP)
        tracker = ValueTracker(0.3)
        number.add_updater(lambda m: m.set_value(tracker.get_value()))
        left.add_updater(lambda m: m.set_width(4 * tracker.get_value(), stretch=True).move_to(square, LEFT))
        self.play(FadeIn(square), Write(prior))
        self.play(GrowFromEdge(left, LEFT))
        self.play(tracker.animate.set_value(0.8), run_time=2)
        self.play(tracker.animate.set_value(0.3), run_time=2)
        left.clear_updaters()
        labels = VGroup(Text("sick", font_size=24), Text("healthy", font_size=24))
        labels[0].next_to(left, DOWN)
        labels[1].next_to(square, DOWN).shift(RIGHT)
        self.play(LaggedStartMap(FadeInFromDown, labels)) if False else self.play(FadeIn(labels, 0.5 * UP))
        self.wait()


class BayesRule(InteractiveScene):
    def construct(self):
        rule = Tex(R"P(H | E) = \frac{P(H) P(E | H)}{P(E)}", t2c={"H": YELLOW, "E": BLUE})
        rule.set_width(9)
        self.play(Write(rule), run_time=2)
        rects = VGroup(SurroundingRectangle(part, buff=0.05) for part in [rule["P(H | E)"], rule["P(H)"]])
        for rect, words in zip(rects, ["posterior", "prior"]):
            label = Text(words, font_size=30).next_to(rect, UP)
            label.match_color(rect)
            self.play(ShowCreation(rect), FadeIn(label, 0.2 * UP))
        evidence = Text("How likely is the evidence?", t2c={"evidence": BLUE})
        evidence.to_edge(DOWN)
        evidence["likely"].set_color(YELLOW)
        self.play(Write(evidence))
        self.play(rule.animate.to_edge(UP), FadeOut(rects))

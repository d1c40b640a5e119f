from manimlib import *


class FoldPaper(InteractiveScene):
    def construct(self):
        paper = Rectangle(6, 4)
        paper.set_fill(GREY_A, 1)
        paper.set_stroke(WHITE, 2)
        crease = DashedLine(paper.get_top(), paper.get_bottom(), positive_space_ratio=0.6)
        label = Tex(R"2^{n}", font_size=72)
        label.to_edge(UP)
        count = label.make_number_changeable("2")
        self.play(FadeIn(paper, scale=0.8), Write(label))
        self.play(ShowCreation(crease))
        for n in range(3):
            self.play(paper.animate.stretch(0.5, n % 2).set_stroke(width=2), FadeOut(crease), run_time=1)
            crease = DashedLine(paper.get_left(), paper.get_right()) if n % 2 == 0 else DashedLine(paper.get_top(), paper.get_bottom())
            self.play(ShowCreation(crease), run_time=0.5)
        self.play(count.animate.set_value(8), FlashUnder(label))

        layers = paper.replicate(8)
        layers.arrange(DOWN, buff=0.1)
        layers.set_max_height(5)
        self.play(LaggedStart(*(TransformFromCopy(paper, layer) for layer in layers), lag_ratio=0.1), run_time=2)
        self.play(layers.animate.set_submobject_colors_by_gradient(BLUE, PINK))
        self.wait()


class ThicknessTable(InteractiveScene):
    def construct(self):
        rows = VGroup(
            VGroup(Integer(n), Integer(2**n)).arrange(RIGHT, buff=2)
            for n in range(6)
        )
        rows.arrange(DOWN, buff=MED_SMALL_BUFF, aligned_edge=RIGHT)
        head = Text("folds    layers", font_size=30)
        head.next_to(rows, UP, MED_LARGE_BUFF)
        h_line = Underline(head)
        self.add(head, h_line)
        for row in rows:
            self.play(FadeInFromPoint(row, head.get_center()), run_time=0.5)
        self.play(rows[-1].animate.set_color(YELLOW), FadeOut(rows[:-1], 0.2 * UP, lag_ratio=0.1))

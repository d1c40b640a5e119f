from manim_imports_ext import *


def get_coin(symbol, color=GOLD):
    circle = Circle(radius=0.3)
    circle.set_fill(color, 1)
    circle.set_stroke(WHITE, 1)
    letter = OldTexText(symbol)
    letter.set_height(0.25)
    letter.move_to(circle)
    return VGroup(circle, letter)


class CoinRow(Scene):
    def construct(self):
        random.seed(4)
        symbols = [random.choice("HT") for _ in range(8)]
        coins = VGroup(*(get_coin(s) for s in symbols))
        coins.arrange(RIGHT, buff=0.2)
        count = Integer(0, edge_to_fix=LEFT)
        label = OldTexText("Heads: ")
        counter = VGroup(label, count).arrange(RIGHT)
        counter.to_edge(UP)
        self.add(counter)

        heads = 0
        for coin, symbol in zip(coins, symbols):
            if symbol == "H":
                heads += 1
            self.play(
                FadeIn(coin, DOWN),
                ChangeDecimalToValue(count, heads),
                run_time=0.5,
            )
        self.wait()

        rect = SurroundingRectangle(coins[:4], color=TEAL)
        self.play(ShowCreation(rect))
        self.play(rect.move_to, coins[4:], run_time=2)
        self.play(rect.animate.set_stroke(RED, 4))
        self.play(FadeOut(rect), coins.space_out_submobjects, 1.3)
        self.embed()


class Tree(Scene):
    def construct(self):
        root = Dot(4 * LEFT)
        level_one = VGroup(Dot(LEFT + UP), Dot(LEFT + DOWN))
        level_two = VGroup(*[Dot(2 * RIGHT + y * UP) for y in np.linspace(1.5, -1.5, 4)])
        lines = VGroup()
        for dot in level_one:
            lines.add(Line(root.get_center(), dot.get_center()))
        for i, dot in enumerate(level_two):
            lines.add(Line(level_one[i // 2].get_center(), dot.get_center()))
        lines.set_stroke(GREY_B, 2)
        probs = VGroup(*[OldTex("1 \\over 2").scale(0.5).next_to(line.get_center(), UP, SMALL_BUFF) for line in lines])
        self.add(root)
        self.play(LaggedStartMap(ShowCreation, lines, lag_ratio=0.2))
        self.play(LaggedStartMap(GrowFromCenter, VGroup(*level_one, *level_two)))
        self.play(LaggedStartMap(FadeIn, probs, lambda m: (m, UP)))
        self.play(VGroup(lines, probs).fade, 0.5)
        self.wait()

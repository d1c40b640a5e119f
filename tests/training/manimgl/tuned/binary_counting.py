from manimlib.imports import *


class BinaryCounting(Scene):
    def construct(self):
        bits = VGroup(*[Integer(0) for _ in range(4)])
        bits.arrange(RIGHT, buff=MED_LARGE_BUFF)
        bits.scale(2)
        powers = VGroup(*[
            TexMobject(str(2**k)).scale(0.7).next_to(bit, UP).set_color(GREY)
            for k, bit in zip(reversed(range(4)), bits)
        ])
        decimal = Integer(0).scale(2)
        decimal.next_to(bits, DOWN, LARGE_BUFF)
        self.add(bits, powers, decimal)
        for n in range(1, 8):
            for k, bit in enumerate(reversed(list(bits))):
                bit.set_value((n >> k) & 1)
            decimal.set_value(n)
            self.wait(0.3)
        rects = VGroup(*[SurroundingRectangle(bit) for bit in bits if bit.get_value() == 1])
        self.play(LaggedStartMap(ShowCreation, rects))
        self.play(LaggedStartMap(ApplyMethod, powers, lambda m: (m.set_color, YELLOW)))
        self.play(LaggedStartMap(FadeInFrom, powers.copy(), lambda m: (m, UP)))
        total = TexMobject("4 + 2 + 1 = 7")
        total.next_to(decimal, DOWN)
        self.play(*[ReplacementTransform(power.copy(), total) for power in powers[1:]])
        self.wait()

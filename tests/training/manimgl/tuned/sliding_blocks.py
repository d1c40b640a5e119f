from manim_imports_ext import *


class SlidingBlocks(Scene):
    CONFIG = {
        "floor_y": -3,
        "mass_to_color": {1: BLUE_E, 10: BLUE_D, 100: BLUE_B},
    }

    def setup(self):
        self.floor = Line(LEFT_SIDE, RIGHT_SIDE).set_y(self.floor_y)
        self.wall = Line(TOP, BOTTOM).set_x(-6)
        self.add(self.floor, self.wall)

    def get_block(self, mass):
        side = 0.5 + 0.4 * np.log10(mass)
        block = Square(side_length=side)
        block.set_fill(self.mass_to_color[mass], 1)
        block.set_stroke(WHITE, 2)
        block.next_to(self.floor, UP, buff=0)
        block.label = OldTex("{} \\text{{ kg}}".format(mass)).scale(0.5)
        block.label.add_updater(lambda m: m.next_to(block, UP, SMALL_BUFF))
        return block

    def construct(self):
        small, large = self.get_block(1), self.get_block(100)
        small.set_x(-2)
        large.set_x(4)
        self.add(small, small.label, large, large.label)
        self.play(large.shift, 5 * LEFT, rate_func=linear)
        self.play(
            large.shift, 0.5 * LEFT,
            small.next_to, self.wall, RIGHT, {"buff": 0},
            rate_func=linear,
        )
        counter = VGroup(OldTexText("Bounces: "), Integer(2)).arrange(RIGHT)
        counter.to_corner(UR)
        self.play(Write(counter))
        self.wait()

from manim_imports_ext import *


class RandomWalks(Scene):
    def construct(self):
        np.random.seed(2)
        axes = Axes(
            x_range=(0, 20, 5),
            y_range=(-6, 6, 2),
            width=10,
            height=5,
            axis_config={"include_tip": False},
        )
        self.add(axes)
        walks = VGroup()
        for color in (BLUE, GREEN, YELLOW):
            steps = np.random.choice([-1, 1], 20)
            heights = [0, *np.cumsum(steps)]
            walk = VMobject(stroke_color=color, stroke_width=3)
            walk.set_points_as_corners([axes.c2p(x, y) for x, y in enumerate(heights)])
            walks.add(walk)
        self.play(LaggedStartMap(ShowCreation, walks, lag_ratio=0.5, run_time=4, rate_func=linear))
        band = axes.get_graph(lambda x: np.sqrt(x), color=RED)
        lower = axes.get_graph(lambda x: -np.sqrt(x), color=RED)
        self.play(ShowCreation(band), ShowCreation(lower))
        label = OldTex("\\pm \\sqrt{n}").next_to(band.get_end(), RIGHT)
        self.play(Write(label))
        self.play(walks.animate.set_stroke(opacity=0.4), label.animate.scale(1.5))
        self.wait()

from manim_imports_ext import *


class Wavefront(VGroup):
    CONFIG = {"n_rings": 4, "spacing": 0.5, "max_opacity": 0.8}

    def __init__(self, center=ORIGIN, **kwargs):
        super().__init__(**kwargs)
        for k in range(1, self.n_rings + 1):
            ring = Circle(radius=k * self.spacing)
            ring.set_stroke(TEAL, width=3, opacity=self.max_opacity / k)
            self.add(ring)
        self.move_to(center)


class WideWavefront(Wavefront):
    CONFIG = {"n_rings": 6, "spacing": 0.7}


class SoundRays(Scene):
    def construct(self):
        source = Dot(3 * LEFT, color=YELLOW)
        front = Wavefront(source.get_center())
        wide = WideWavefront(source.get_center(), max_opacity=0.5)
        self.play(GrowFromCenter(source))
        self.play(LaggedStartMap(GrowFromCenter, front, lag_ratio=0.2, rate_func=linear))
        self.play(Transform(front, wide))
        wall = Rectangle(height=4, width=0.3, fill_color=GREY_BROWN, fill_opacity=1, stroke_width=0)
        wall.to_edge(RIGHT)
        rays = VGroup(*[Line(source.get_center(), wall.get_left() + y * UP) for y in np.linspace(-1.5, 1.5, 5)])
        rays.set_stroke(YELLOW, 2)
        self.play(FadeIn(wall, LEFT), LaggedStartMap(ShowCreationThenDestruction, rays, run_time=2))
        distance = DoubleArrow(source.get_center(), wall.get_left(), buff=0.1)
        d_label = OldTex("d").next_to(distance, DOWN, SMALL_BUFF)
        self.play(GrowArrow(distance), Write(d_label))
        formula = OldTex("d", "=", "{c", "t", "\\over", "2}")
        formula.set_color_by_tex_to_color_map({"d": YELLOW, "t": TEAL})
        formula.to_edge(UP)
        self.play(ReplacementTransform(d_label.copy(), formula[0]), Write(formula[1:]))
        self.wait()


class SpectrumBars(Scene):
    def construct(self):
        chart = BarChart([3, 5, 2, 1], max_value=5, bar_names=["a", "e", "i", "o"], bar_colors=[BLUE, YELLOW])
        self.play(DrawBorderThenFill(chart, run_time=2))
        words = OldTexText("Vowels ", "differ", " by their peaks")
        words[1].set_color(RED)
        words.to_edge(UP)
        underline = Underline(words, color=RED)
        self.play(AnimationGroup(Write(words), ShowCreation(underline), lag_ratio=0.8))
        self.play(Rotating(underline, radians=PI, run_time=1), chart.set_opacity, 0.5)
        sine = FunctionGraph(lambda x: 0.5 * np.sin(3 * x), x_range=[-4, 4])
        sine.set_color(GREEN)
        self.play(ShowCreation(sine), rate_func=slow_into)
        self.play(sine.apply_function, lambda p: p + 0.2 * p[0] * UP)
        self.play(*[FadeOut(mob) for mob in self.mobjects])

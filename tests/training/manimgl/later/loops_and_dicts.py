from manim_imports_ext import *

STYLE = {"stroke_width": 2, "stroke_color": GREY_B}


class LoopsAndDicts(Scene):
    def construct(self):
        planets = {"near": 1, "far": 3}
        rings = {name: Circle(radius=radius, **STYLE) for name, radius in planets.items()}
        labels = {}
        for name, ring in rings.items():
            labels[name] = OldTexText(name).scale(0.7).next_to(ring.get_top(), UP, SMALL_BUFF)
        self.play(*map(ShowCreation, rings.values()))
        self.play(*[FadeIn(label, DOWN) for label in labels.values()])
        self.play(rings["near"].set_stroke, {"color": YELLOW, "width": 5}, labels["far"].set_color, BLUE)
        anims = []
        for k, ring in enumerate(rings.values()):
            anims += [ring.rotate, PI / (k + 1)]
        self.play(*anims)
        squares = [Square(side_length=s) for s in (1, 2)]
        group = VGroup(*squares)
        self.play(FadeIn(group))
        self.play(
            squares[0].shift, LEFT,
            squares[1].shift, RIGHT,
            *[ApplyMethod(label.fade, 0.5) for label in labels.values()],
            run_time=2
        )
        self.play(LaggedStartMap(ApplyMethod, group, lambda m: (m.set_fill, YELLOW, 0.5)))
        self.remove(*rings.values())
        self.wait()


class StatesAndTargets(Scene):
    def construct(self):
        dots = VGroup(*[Dot(x * RIGHT) for x in range(-2, 3)])
        for dot in dots:
            dot.save_state()
            dot.generate_target()
            dot.target.shift(np.random.uniform(-1, 1) * UP)
            dot.target.set_color(random_bright_color())
        self.add(dots)
        self.play(LaggedStartMap(MoveToTarget, dots, lag_ratio=0.3))
        self.play(*map(Restore, dots))
        self.play(UpdateFromAlphaFunc(dots, lambda m, a: m.set_opacity(1 - 0.8 * a)))
        line = Line(2 * LEFT, 2 * RIGHT)
        line.add_updater(lambda m: m.set_points_as_corners([d.get_center() for d in dots]))
        self.add(line)
        self.play(dots[2].shift, 2 * UP, path_arc=PI / 2)
        self.play(Homotopy(lambda x, y, z, t: (x, y + t * np.sin(x), z), line.copy()))
        self.play(dots.arrange, DOWN, MED_SMALL_BUFF, dots.to_edge, LEFT)
        for angle in np.arange(0, TAU, TAU / 4):
            self.play(Rotate(dots, angle=TAU / 4, axis=OUT, in_place=True, run_time=0.3))
        self.wait()

from manim_imports_ext import *


class MovingTarget(Scene):
    CONFIG = {
        "wait_kwargs": {},
        "bullet_colors": [RED, BLUE],
        "title": "Aim ahead",
    }

    def construct(self):
        self.add_title()
        self.add_target()
        self.shoot()

    def add_title(self):
        title = OldTexText(self.title)
        title.scale(1.5)
        title.to_edge(UP, buff=MED_SMALL_BUFF)
        line = Line(LEFT, RIGHT).set_width(FRAME_WIDTH - 1)
        line.next_to(title, DOWN)
        self.play(Write(title), ShowCreation(line))
        self.title_mob = title

    def add_target(self):
        rings = VGroup(*[
            Circle(radius=r, stroke_width=0, fill_opacity=1, fill_color=c)
            for r, c in zip(np.arange(1, 0, -0.25), it.cycle([RED_D, WHITE]))
        ])
        rings.move_to(4 * RIGHT)
        velocity = Vector(1.5 * UP, color=GREEN)
        velocity.shift(rings.get_center())
        label = OldTex("\\vec{\\textbf{v}}")
        label.next_to(velocity.get_end(), RIGHT, SMALL_BUFF)
        self.play(LaggedStartMap(GrowFromCenter, rings))
        self.play(GrowArrow(velocity), FadeInFromDown(label))
        self.rings, self.velocity, self.label = rings, velocity, label

    def shoot(self):
        bullet = Dot(5 * LEFT, color=YELLOW)
        path = DashedLine(bullet.get_center(), self.rings.get_center() + UP)
        everything = VGroup(self.rings, self.velocity, self.label)
        self.play(ShowCreation(path))
        self.play(
            bullet.move_to, path.get_end(),
            everything.shift, UP,
            rate_func=linear,
            run_time=2,
        )
        self.play(Flash(bullet), ShrinkToCenter(bullet), FadeOut(path))
        time_left = VGroup(OldTexText("t = "), DecimalNumber(2.0))
        time_left.arrange(RIGHT, aligned_edge=DOWN)
        time_left.next_to(self.title_mob, DOWN, LARGE_BUFF)
        self.play(FadeIn(time_left))
        self.play(ChangeDecimalToValue(time_left[1], 0), run_time=2)
        self.wait()


class TwoFrames(MovingTarget):
    CONFIG = {"title": "Seen from the target"}

    def construct(self):
        self.add_title()
        self.add_target()
        copies = self.rings.deepcopy()
        copies.generate_target()
        copies.target.shift(6 * LEFT)
        copies.target.scale_in_place(0.5)
        self.play(MoveToTarget(copies))
        self.play(ApplyWave(copies), self.velocity.rotate, PI)

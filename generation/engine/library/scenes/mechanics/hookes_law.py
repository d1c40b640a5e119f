from manim import *
from theorama_kit import *

stiffness = knob(25.0, label="Stiffness of the spring", unit="N/m", minimum=10.0, maximum=200.0, step=1.0)
mass = knob(0.1, label="Each mass", unit="kg", minimum=0.02, maximum=0.5, step=0.01)
count = knob(5, label="How many masses", minimum=3, maximum=6)
gravity = knob(
    9.81, label="Gravity", unit="m/s²", minimum=1.6, maximum=25.0, step=0.01, help="9.81 on Earth, 1.62 on the Moon."
)

FORCE_COLOR = CORAL
STRETCH_COLOR = SKY
SLOPE_COLOR = YELLOW
BEAM_Y = 2.5
REST = 1.5  # drawn length of the unloaded spring
REACH = 2.0  # drawn length of the greatest extension


def force_of(number_of_masses):
    """The weight of the masses, in newtons."""
    return number_of_masses * mass * gravity


def extension_of(force):
    """Hooke's law: the extension in metres."""
    return force / stiffness


def slope_between(first, second):
    """The slope of the straight line through two points (extension, force), in N/m."""
    return (second[1] - first[1]) / (second[0] - first[0])


POINTS = [(extension_of(force_of(n)), force_of(n)) for n in range(count + 1)]
LONGEST, STRONGEST = POINTS[-1]


def coil(x, drawn_length):
    """The points of a spring that hangs from the beam: straight ends and eleven turns between them."""
    part = np.linspace(0, 1, 133)
    turning = np.clip((part - 0.07) / 0.86, 0, 1)
    across = 0.28 * np.sin(22 * PI * turning)
    return np.stack([x + across, BEAM_Y - drawn_length * part, 0 * part], axis=1)


def hanging_spring(x, stretch):
    """A spring with a pointer and a hook that follow the extension `stretch` (a ValueTracker, in metres)."""
    length = lambda: REST + REACH * stretch.get_value() / LONGEST
    spring = VMobject(stroke_color=CHALK2, stroke_width=4).set_points_as_corners(coil(x, length()))
    spring.add_updater(lambda line: line.set_points_as_corners(coil(x, length())))
    beam = Line([x - 0.9, BEAM_Y, 0], [x + 0.9, BEAM_Y, 0], stroke_color=EDGE, stroke_width=8)
    pointer = Line(
        [x, BEAM_Y - length(), 0], [x + 0.95, BEAM_Y - length(), 0], stroke_color=STRETCH_COLOR, stroke_width=4
    )
    pointer.add_updater(lambda line: line.set_y(BEAM_Y - length()))
    return VGroup(beam, spring, pointer)


def discs(x, stretch):
    """The masses, one under the other; they hang from the end of the spring."""
    pile = VGroup()
    for place in range(count):
        disc = RoundedRectangle(
            corner_radius=0.05, width=0.8, height=0.15, fill_color=FORCE_COLOR, fill_opacity=1, stroke_width=0
        )
        height = lambda place=place: BEAM_Y - REST - REACH * stretch.get_value() / LONGEST - 0.14 - 0.17 * place
        disc.move_to([x, height(), 0])
        disc.add_updater(lambda one, height=height: one.move_to([x, height(), 0]))
        pile.add(disc)
    return pile


def ruler(x):
    """A scale in metres beside the spring; zero is the end of the unloaded spring."""
    zero = BEAM_Y - REST
    ticks = nice_ticks(0, LONGEST * 1.001, 4)
    scale = VGroup(Line([x, zero, 0], [x, zero - REACH - 0.1, 0], stroke_color=CHALK3, stroke_width=3))
    for tick, label in zip(ticks, tick_labels(ticks, 22, CHALK2), strict=True):
        y = zero - REACH * tick / LONGEST
        scale.add(Line([x, y, 0], [x + 0.14, y, 0], stroke_color=CHALK3, stroke_width=3))
        scale.add(label.next_to([x + 0.14, y, 0], RIGHT, buff=0.12))
    return scale.add(words("m", 22, CHALK2).next_to([x, zero, 0], UP, buff=0.22))


def hang(stage, stretch, disc, number_of_masses, run_time=1.2):
    """Put on one more mass and let the spring take it gently."""
    stage.play(FadeIn(disc, shift=0.3 * RIGHT), run_time=0.4)
    stage.play(stretch.animate.set_value(POINTS[number_of_masses][0]), run_time=run_time)


class EqualSteps(Stage):
    def construct(self):
        stretch = ValueTracker(0.0)
        spring, pile, scale = hanging_spring(-5.2, stretch), discs(-5.2, stretch), ruler(-4.2)
        self.heading("How far does a load stretch a spring?")
        self.say("An unloaded spring hangs beside a ruler. The pointer at its end stands at zero.")
        self.play(FadeIn(spring), FadeIn(scale), run_time=0.9)
        rows = [
            [str(n), number_text(force, digits=3) + " N", number_text(extension, digits=3) + " m"]
            for n, (extension, force) in enumerate(POINTS)
        ]
        sheet = table(["masses", "force F", "extension x"], rows, [CHALK2, FORCE_COLOR, STRETCH_COLOR], 30, 0.56, 0.9)
        fit(sheet, zone(-2.4, 6.4, -1.8, 2.6), UP)
        for cell in sheet[0]:
            cell.align_to(sheet[0], DOWN)
        self.play(FadeIn(sheet[:2]), FadeIn(sheet[2]), run_time=0.8)
        weight = number_text(force_of(1), digits=3) + " N"
        each = "Each mass of " + number_text(mass) + " kg pulls down with " + weight + " (mass times g)."
        note = fit(words(each, 24, CHALK2), zone(-2.4, 6.4, -2.75, -2.15))
        self.say("Hang on one mass. Its weight of " + weight + " pulls, and the spring gets longer.")
        self.play(FadeIn(note), run_time=0.5)
        hang(self, stretch, pile[0], 1, 1.6)
        self.play(FadeIn(sheet[3], shift=0.2 * LEFT), run_time=0.5)
        self.say("Add the same mass again and again. Each one adds the same extra length.")
        for n in range(2, count + 1):
            hang(self, stretch, pile[n - 1], n)
            self.play(FadeIn(sheet[2 + n], shift=0.2 * LEFT), run_time=0.4)
        self.say("Equal steps of force give equal steps of extension.")
        step = "+" + number_text(force_of(1)) + " N   always gives   +" + number_text(POINTS[1][0]) + " m"
        result = fit(words(step, 28, SLOPE_COLOR), zone(-2.4, 6.3, -2.75, -2.15))
        self.play(FadeOut(note), run_time=0.4)
        self.play(FadeIn(result, shift=0.2 * UP), Create(highlight(result, SLOPE_COLOR, 0.15)), run_time=0.8)
        self.pause(1.0)


class StraightLine(Stage):
    def construct(self):
        stretch = ValueTracker(0.0)
        spring, pile, scale = hanging_spring(-5.5, stretch), discs(-5.5, stretch), ruler(-4.5)
        x_range, y_range = (
            nice_range([1.1 * LONGEST], count=8, zero=True),
            nice_range([1.1 * STRONGEST], count=8, zero=True),
        )
        axes = graph(x_range, y_range, zone(-2.9, 6.6, -2.85, 2.75), "extension x in metres", "force F in newtons")
        dots = VGroup(*[Dot(axes.c2p(x, y), color=CHALK, radius=0.09) for x, y in POINTS])
        self.heading("Force against extension: a straight line")
        self.say("Now put each pair of force and extension into a graph.")
        self.play(FadeIn(spring), FadeIn(scale), FadeIn(axes), FadeIn(dots[0]), run_time=0.9)
        for n in range(1, count + 1):
            self.play(FadeIn(pile[n - 1], shift=0.3 * RIGHT), run_time=0.25)
            along = DashedLine(axes.c2p(0, POINTS[n][1]), axes.c2p(*POINTS[n]), color=FORCE_COLOR, stroke_width=2.5)
            down = DashedLine(axes.c2p(POINTS[n][0], 0), axes.c2p(*POINTS[n]), color=STRETCH_COLOR, stroke_width=2.5)
            self.play(stretch.animate.set_value(POINTS[n][0]), Create(along), Create(down), run_time=0.9)
            self.play(GrowFromCenter(dots[n]), FadeOut(along), FadeOut(down), run_time=0.35)
        self.say("All points lie on one straight line through zero: force and extension are in proportion.")
        line = plot(axes, lambda x: stiffness * x, CHALK2, (0, min(x_range[1], y_range[1] / stiffness)), samples=2)
        self.play(Create(line), run_time=1.2)
        self.bring_to_front(dots)
        start, end = POINTS[1], POINTS[-1]
        corner = (end[0], start[1])
        run = Line(axes.c2p(*start), axes.c2p(*corner), stroke_color=STRETCH_COLOR, stroke_width=5)
        rise = Line(axes.c2p(*corner), axes.c2p(*end), stroke_color=FORCE_COLOR, stroke_width=5)
        run_text = words(number_text(end[0] - start[0]) + " m", 26, STRETCH_COLOR).next_to(run, DOWN, buff=0.12)
        rise_text = words(number_text(end[1] - start[1]) + " N", 26, FORCE_COLOR).next_to(rise, LEFT, buff=0.15)
        self.say("How steep is it? Take the rise in force, and divide by the growth in length.")
        self.play(Create(run), FadeIn(run_text), run_time=0.9)
        self.play(Create(rise), FadeIn(rise_text), run_time=0.9)
        slope = slope_between(start, end)
        result = VGroup(
            words("slope = rise divided by run", 24, CHALK2),
            words("= " + number_text(end[1] - start[1]) + " N ÷ " + number_text(end[0] - start[0]) + " m", 26, CHALK),
            words("k = " + number_text(slope) + " N/m", 40, SLOPE_COLOR),
        ).arrange(DOWN, buff=0.2, aligned_edge=LEFT)
        left, top = axes.c2p(0, y_range[1])[:2]
        fit(result, zone(left + 0.25, left + 4.1, top - 1.75, top - 0.15), UL).add_background_rectangle(
            STAGE, 0.85, buff=0.08
        )
        self.say("This slope is the stiffness k of the spring: the force for each metre of extension.")
        self.play(FadeIn(result, shift=0.2 * RIGHT), line.animate.set_color(SLOPE_COLOR), run_time=0.9)
        self.bring_to_front(dots)
        self.pause(1.2)


class TheLaw(Stage):
    def construct(self):
        x_range, y_range = (
            nice_range([2.05 * LONGEST], count=8, zero=True),
            nice_range([1.1 * STRONGEST], count=8, zero=True),
        )
        axes = graph(x_range, y_range, zone(-1.4, 6.6, -2.85, 2.75), "extension x in metres", "force F in newtons")
        self.heading("Hooke's law")
        law = formula("F = k x", 84, colors={"F": FORCE_COLOR, "k": SLOPE_COLOR, "x": STRETCH_COLOR})
        fit(law, zone(-6.5, -2.0, 1.2, 2.6), LEFT)
        self.say("The line has a short equation: the force is the stiffness times the extension.")
        self.play(Write(law), FadeIn(axes), run_time=1.5)
        rows = [(2.0, "twice as stiff", MINT), (1.0, "this spring", SLOPE_COLOR), (0.5, "half as stiff", LILAC)]
        keys, ends, lines_drawn = VGroup(), VGroup(), VGroup()
        for factor, name, color in rows:
            k = factor * stiffness
            reach = min(x_range[1], y_range[1] / k)
            lines_drawn.add(Line(axes.c2p(0, 0), axes.c2p(reach, k * reach), stroke_color=color, stroke_width=4))
            ends.add(Dot(axes.c2p(STRONGEST / k, STRONGEST), color=color, radius=0.09))
            text = words(name + ": k = " + number_text(k) + " N/m", 24, color)
            keys.add(
                VGroup(Line(ORIGIN, 0.4 * RIGHT, stroke_color=color, stroke_width=6), text).arrange(RIGHT, buff=0.18)
            )
        fit(keys.arrange(DOWN, buff=0.25, aligned_edge=LEFT), zone(-6.5, -1.8, -0.6, 0.9), UL)
        self.play(Create(lines_drawn[1]), FadeIn(keys[1]), run_time=0.9)
        self.say("A stiffer spring gives a steeper line, a softer spring a flatter one.")
        self.play(Create(lines_drawn[0]), FadeIn(keys[0]), run_time=1.0)
        self.play(Create(lines_drawn[2]), FadeIn(keys[2]), run_time=1.0)
        level = DashedLine(
            axes.c2p(0, STRONGEST), axes.c2p(2 * LONGEST, STRONGEST), color=FORCE_COLOR, stroke_width=2.5
        )
        self.say("The same force stretches the half as stiff spring twice as far.")
        self.play(Create(level), LaggedStart(*[GrowFromCenter(dot) for dot in ends], lag_ratio=0.5), run_time=1.6)
        drops = VGroup(
            *[
                DashedLine(dot.get_center(), [dot.get_x(), axes.c2p(0, 0)[1], 0], color=STRETCH_COLOR, stroke_width=2.5)
                for dot in ends
            ]
        )
        self.play(LaggedStart(*[Create(drop) for drop in drops], lag_ratio=0.3), run_time=1.0)
        limit = lines(
            "Only up to the elastic limit: pull further and the spring stays stretched, and the law ends.", 22, CHALK2, 38
        )
        fit(limit, zone(-6.5, -1.8, -2.7, -1.0), UL)
        self.say("It holds only up to the elastic limit: pulled too far, a spring stays stretched for good.")
        self.play(FadeIn(limit, shift=0.2 * UP), Create(highlight(law, SLOPE_COLOR, 0.22)), run_time=0.9)
        self.pause(1.2)

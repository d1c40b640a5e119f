from manim import *
from theorama_kit import *

sample_angle = knob(50.0, label="Angle in the first picture", unit="°", minimum=5.0, maximum=355.0, step=5.0)
turns = knob(1.5, label="Turns of the point", minimum=0.5, maximum=3.0, step=0.25)
radius = knob(
    1.0,
    label="Radius of the circle",
    minimum=0.5,
    maximum=1.5,
    step=0.1,
    help="1 is the unit circle; it sets the amplitude.",
)

ANGLE_COLOR = YELLOW
SINE_COLOR = SKY
COSINE_COLOR = CORAL
END = math.tau * turns
FILM = clamp(3.5 * turns, 5.0, 9.0)  # seconds of film for all turns
SCALED = "" if radius == 1 else number_text(radius) + " times "
TIMES = "" if radius == 1 else number_text(radius) + " · "


def height(angle):
    """How high the point stands after this angle (radians)."""
    return radius * math.sin(angle)


def shadow(angle):
    """How far right the point stands after this angle (radians)."""
    return radius * math.cos(angle)


def on_circle(centre, unit, angle):
    """The point of the circle on the stage; `unit` is the drawn length of 1."""
    return centre + unit * np.array([shadow(angle), height(angle), 0.0])


def cross(centre, unit, reach):
    """The two axes through the middle of the circle."""
    axes = VGroup()
    for way in (RIGHT, UP):
        axes.add(Line(centre - unit * reach * way, centre + unit * reach * way, stroke_color=CHALK3, stroke_width=2))
    return axes


def rim(centre, unit):
    """The circle; when its radius is not 1, the unit circle stays behind it, dashed."""
    circle = Circle(radius * unit, stroke_color=CHALK, stroke_width=3).move_to(centre)
    if radius == 1:
        return VGroup(circle)
    one = DashedVMobject(Circle(unit, stroke_color=EDGE, stroke_width=2), num_dashes=40).move_to(centre)
    return VGroup(one, circle)


def arc_to(centre, reach, angle, color, width=5):
    """An arc from the right end of the circle, anticlockwise."""
    return Arc(reach, 0, max(angle, 1e-4), arc_center=centre, color=color, stroke_width=width)


def pi_text(quarters):
    """A multiple of a quarter turn in radians: 3 is 3π/2."""
    top, half = (quarters // 2, False) if quarters % 2 == 0 else (quarters, True)
    name = "0" if top == 0 else ("π" if top == 1 else str(top) + "π")
    return name + ("/2" if half else "")


class Radians(Stage):
    def construct(self):
        angle = math.radians(sample_angle)
        unit, centre = 2.2 / max(radius, 1.0), np.array([-3.3, -0.05, 0.0])
        long = radius * unit
        self.heading("An angle, a height and a shadow")
        self.say("A point on a circle. Measure its angle by the way it goes along the rim.")
        circle, axes = rim(centre, unit), cross(centre, unit, 1.15 * max(radius, 1.0))
        dot = Dot(centre + long * RIGHT, color=CHALK, radius=0.1)
        self.play(FadeIn(axes), Create(circle), run_time=1.2)
        stick = Line(centre, centre + long * RIGHT, stroke_color=ANGLE_COLOR, stroke_width=6)
        self.play(Create(stick), FadeIn(dot), run_time=0.7)
        self.say("Bend one radius round the rim: the angle that it covers is one radian.")
        bent = arc_to(centre, long, 1.0, ANGLE_COLOR, 6)
        upright = Line(centre + long * RIGHT, centre + long * (RIGHT + UP), stroke_color=ANGLE_COLOR, stroke_width=6)
        facts = VGroup(
            words("1 radian = 180°/π ≈ 57.3°", 28, ANGLE_COLOR), words("full turn = 2π ≈ 6.28 radians", 28, CHALK2)
        )
        stack(*facts, area=zone(1.2, 6.6, 1.3, 2.6), buff=0.3)
        self.play(Transform(stick, upright), run_time=0.9)
        wedge = Line(
            centre, centre + long * np.array([math.cos(1), math.sin(1), 0]), stroke_color=CHALK2, stroke_width=2
        )
        self.play(Transform(stick, bent), run_time=1.1)
        self.play(FadeIn(facts[0]), Create(wedge), run_time=0.8)
        self.say("Six radii and a bit go once around: a full turn is two pi radians.")
        bits = VGroup()
        for i in range(1, 7):
            covered = min(1.0, math.tau - i)
            arc = Arc(long, i, covered, arc_center=centre, stroke_width=6)
            bits.add(arc.set_color(LILAC if i % 2 else ANGLE_COLOR))
        self.play(LaggedStart(*[Create(bit) for bit in bits], lag_ratio=1.0), run_time=2.6)
        self.play(FadeIn(facts[1]), run_time=0.5)

        turned = ValueTracker(0.01)
        spot = lambda: on_circle(centre, unit, turned.get_value())
        foot = lambda: centre + unit * shadow(turned.get_value()) * RIGHT
        self.say("Now go to " + number_text(sample_angle) + "°. Height and shadow of the point get names.")
        self.play(FadeOut(bits), FadeOut(stick), FadeOut(wedge), run_time=0.6)
        sweep = always_redraw(lambda: arc_to(centre, long, turned.get_value(), ANGLE_COLOR, 6))
        spoke = always_redraw(lambda: Line(centre, spot(), stroke_color=CHALK, stroke_width=3))
        dot.add_updater(lambda mark: mark.move_to(spot()))
        rise = always_redraw(lambda: Line(foot(), spot() + 1e-4 * UP, stroke_color=SINE_COLOR, stroke_width=7))
        cast = always_redraw(lambda: Line(centre, foot() + 1e-4 * RIGHT, stroke_color=COSINE_COLOR, stroke_width=7))
        live = VGroup(
            readout("angle", turned, "rad", 2, 30, ANGLE_COLOR),
            readout("in degrees", lambda: math.degrees(turned.get_value()), "", 0, 24, CHALK2),
            readout("height: " + TIMES + "sin", lambda: height(turned.get_value()), "", 2, 30, SINE_COLOR),
            readout("shadow: " + TIMES + "cos", lambda: shadow(turned.get_value()), "", 2, 30, COSINE_COLOR),
        )
        stack(*live, area=zone(1.2, 6.6, -1.5, 0.95), buff=0.32)
        self.play(FadeIn(live), FadeIn(cast), FadeIn(rise), FadeIn(spoke), FadeIn(sweep), run_time=0.6)
        self.bring_to_front(dot)
        self.play(turned.animate.set_value(angle), run_time=clamp(3.0 * angle / math.pi, 2.5, 5.0))
        self.say(
            "The height is " + SCALED + "the sine of the angle, the shadow on the ground " + SCALED + "its cosine."
        )
        rule = words("point = (cos, sin)" if radius == 1 else "point = r · (cos, sin), r = " + number_text(radius), 30)
        fit(rule, zone(1.2, 6.6, -2.7, -1.9), LEFT)
        self.play(FadeIn(rule, shift=0.2 * UP), run_time=0.8)
        self.pause(1.0)


def stage_parts():
    """Places for the circle at the left and the graph at the right, with one scale for heights."""
    top = 1.15 * max(radius, 1.0)
    unit = 2.15 / top
    centre = np.array([-4.3, 0.15, 0.0])
    return unit, centre, top


def wave_axes(unit, centre, top):
    """Axes whose heights are in line with the circle; the angle runs to the right, in radians."""
    start = centre[0] + unit * max(radius, 1.0) + 0.9
    width = 5.9 - start
    place = lambda angle, value: np.array([start + width * angle / END, centre[1] + unit * value, 0.0])
    drawn = VGroup(
        Line(place(0, 0), place(END, 0) + 0.15 * RIGHT, stroke_color=CHALK3, stroke_width=2),
        Line(place(0, -top), place(0, top), stroke_color=CHALK3, stroke_width=2),
    )
    step = 1 if turns <= 2 else 2
    for quarters in range(step, int(4 * turns + 1e-6) + 1, step):
        x = place(quarters * math.pi / 2, 0)
        drawn.add(Line(x + 0.07 * UP, x + 0.07 * DOWN, stroke_color=CHALK3, stroke_width=2))
        name = words(pi_text(quarters), 22, CHALK2)
        drawn.add(name.move_to([x[0], centre[1] - unit * top - 0.25, 0]))
        grid = Line(place(quarters * math.pi / 2, -top), place(quarters * math.pi / 2, top))
        drawn.add_to_back(grid.set_stroke(HAIRLINE, 1.5))
    for value in (-radius, radius):
        level = Line(place(0, value), place(END, value), stroke_color=HAIRLINE, stroke_width=1.5)
        label = words(number_text(value), 22, CHALK2)
        drawn.add(level, label.next_to(place(END, value), RIGHT, buff=0.2))
    title = words("angle in radians", 22, CHALK2)
    drawn.add(title.move_to([6.45, centre[1] - unit * top - 0.62, 0], aligned_edge=RIGHT))
    return drawn, place


def wave(place, function, color, until=END):
    """The graph of a function of the angle, from 0 on."""
    count = max(2, int(160 * until / END))
    curve = VMobject(stroke_color=color, stroke_width=5)
    return curve.set_points_as_corners([place(x, function(x)) for x in np.linspace(0, max(until, 1e-3), count)])


class Unroll(Stage):
    def construct(self):
        unit, centre, top = stage_parts()
        graph_axes, place = wave_axes(unit, centre, top)
        turned = ValueTracker(0.0)
        self.heading("Unroll the circle: the sine curve")
        self.say("Let the point run round. To the right we write its height over the angle.")
        circle, axes = rim(centre, unit), cross(centre, unit, top)
        spot = lambda: on_circle(centre, unit, turned.get_value())
        self.play(FadeIn(axes), FadeIn(circle), FadeIn(graph_axes), run_time=0.9)
        angle_now = turned.get_value
        spoke = always_redraw(lambda: Line(centre, spot(), stroke_color=CHALK, stroke_width=3))
        swept = always_redraw(lambda: arc_to(centre, 0.35, math.fmod(angle_now(), math.tau), ANGLE_COLOR))
        rise = always_redraw(
            lambda: Line([spot()[0], centre[1], 0], spot() + 1e-4 * UP, stroke_color=SINE_COLOR, stroke_width=7)
        )
        tip = lambda: place(angle_now(), height(angle_now()))
        link = always_redraw(
            lambda: DashedLine(spot(), tip() + 1e-3 * RIGHT, stroke_color=SINE_COLOR, stroke_width=2, dash_length=0.1)
        )
        base = always_redraw(
            lambda: Line(place(0, 0), place(angle_now(), 0) + 1e-4 * RIGHT, stroke_color=ANGLE_COLOR, stroke_width=6)
        )
        drawn = always_redraw(lambda: wave(place, height, SINE_COLOR, angle_now()))
        dot, pen = Dot(spot(), color=CHALK, radius=0.09), Dot(tip(), color=CHALK, radius=0.08)
        dot.add_updater(lambda mark: mark.move_to(spot()))
        pen.add_updater(lambda mark: mark.move_to(tip()))
        live = VGroup(
            readout("angle", turned, "rad", 2, 28, ANGLE_COLOR),
            readout(TIMES + "sin(angle)", lambda: height(angle_now()), "", 2, 28, SINE_COLOR),
        )
        live.arrange(RIGHT, buff=0.8)
        fit(live, zone(-1.4, 6.6, 2.45, 2.95), RIGHT)
        self.play(FadeIn(spoke), FadeIn(dot), FadeIn(pen), FadeIn(live), run_time=0.6)
        self.add(swept, base, rise, link, drawn)
        self.bring_to_front(spoke, dot, pen)
        self.play(turned.animate.set_value(min(math.pi / 2, END)), run_time=2.0)
        self.say("Yellow is the angle, laid out straight. Blue is the height: both pictures share it.")
        self.play(turned.animate.set_value(END), run_time=FILM, rate_func=linear)
        self.remove(drawn, link)
        self.add(wave(place, height, SINE_COLOR))
        self.bring_to_front(pen)
        if turns > 1:
            self.say("After one full turn all heights come back: the curve repeats every two pi.")
            low = -0.5 * (max(radius, 1.0) + top)
            ends = place(0, low), place(math.tau, low)
            mark = DoubleArrow(*ends, buff=0, color=ANGLE_COLOR, stroke_width=3, tip_length=0.18)
            name = words("period 2π", 24, ANGLE_COLOR).move_to([mark.get_center()[0], centre[1] - unit * top - 0.62, 0])
            self.play(GrowFromCenter(mark), FadeIn(name), run_time=0.9)
        else:
            whole = "One turn of the point gives one whole wave: the sine curve."
            part = "This is the start of the sine curve: a full turn gives one whole wave."
            self.say(whole if turns == 1 else part)
        self.pause(1.0)


class CosineAsShadow(Stage):
    def construct(self):
        unit, centre, top = stage_parts()
        graph_axes, place = wave_axes(unit, centre, top)
        start = math.radians(40)
        spot, foot = on_circle(centre, unit, start), centre + unit * shadow(start) * RIGHT
        self.heading("The cosine is the shadow")
        self.say("Light from above: on the ground, the point casts a shadow. It is " + SCALED + "the cosine.")
        picture = VGroup(
            cross(centre, unit, top),
            rim(centre, unit),
            DashedLine(spot, foot, stroke_color=COSINE_COLOR, stroke_width=2, dash_length=0.1),
            Line(centre, spot, stroke_color=CHALK, stroke_width=3),
            Line(centre, foot, stroke_color=COSINE_COLOR, stroke_width=7),
            Dot(spot, color=CHALK, radius=0.09),
        )
        self.play(FadeIn(picture[:2]), FadeIn(graph_axes), run_time=0.8)
        self.play(FadeIn(picture[3]), FadeIn(picture[5]), run_time=0.5)
        self.play(Create(picture[2]), run_time=0.7)
        self.play(Create(picture[4]), run_time=0.8)
        self.say("Turn the whole picture by a quarter. Now the shadow stands upright.")
        self.play(Rotate(picture, PI / 2, about_point=centre), run_time=2.0)

        turned = ValueTracker(0.0)
        angle_now = turned.get_value
        ahead = lambda: on_circle(centre, unit, angle_now() + PI / 2)
        level = lambda: centre + unit * shadow(angle_now()) * UP
        tip = lambda: place(angle_now(), shadow(angle_now()))
        spoke = always_redraw(lambda: Line(centre, ahead(), stroke_color=CHALK, stroke_width=3))
        upright = always_redraw(lambda: Line(centre, level() + 1e-4 * UP, stroke_color=COSINE_COLOR, stroke_width=7))
        link = always_redraw(
            lambda: DashedLine(
                ahead(), tip() + 1e-3 * RIGHT, stroke_color=COSINE_COLOR, stroke_width=2, dash_length=0.1
            )
        )
        drawn = always_redraw(lambda: wave(place, shadow, COSINE_COLOR, angle_now()))
        dot = Dot(ahead(), color=CHALK, radius=0.09).add_updater(lambda mark: mark.move_to(ahead()))
        pen = Dot(tip(), color=CHALK, radius=0.08).add_updater(lambda mark: mark.move_to(tip()))
        live = VGroup(
            readout("angle", turned, "rad", 2, 28, ANGLE_COLOR),
            readout(TIMES + "cos(angle)", lambda: shadow(angle_now()), "", 2, 28, COSINE_COLOR),
        )
        live.arrange(RIGHT, buff=0.8)
        fit(live, zone(-1.4, 6.6, 2.45, 2.95), RIGHT)
        self.say("Let the point run round again, and write the shadow over the angle.")
        self.play(FadeOut(picture[2:]), FadeIn(spoke), FadeIn(upright), FadeIn(dot), FadeIn(live), run_time=0.7)
        self.add(link, drawn, pen)
        self.bring_to_front(dot, pen)
        self.play(turned.animate.set_value(END), run_time=FILM, rate_func=linear)
        self.remove(drawn, link)
        cosine = wave(place, shadow, COSINE_COLOR)
        self.add(cosine)
        self.bring_to_front(pen)

        shift = ValueTracker(0.0)
        sine = always_redraw(lambda: wave(place, lambda x: height(x + shift.get_value()), SINE_COLOR))
        self.say("The sine curve has the same shape. Slide it back by a quarter turn, and it is the cosine.")
        names = legend([(TIMES + "sin(angle)", SINE_COLOR), (TIMES + "cos(angle)", COSINE_COLOR)], 26)
        names.arrange(RIGHT, buff=0.8)
        fit(names, zone(-1.4, 6.6, 2.45, 2.95), RIGHT)
        self.play(FadeOut(live), FadeOut(pen), run_time=0.4)
        self.play(FadeIn(sine), FadeIn(names), run_time=0.8)
        self.play(shift.animate.set_value(math.pi / 2), run_time=2.5)
        self.play(shift.animate.set_value(0.0), run_time=1.2)
        law = words("cos(angle) = sin(angle + π/2)", 28, CHALK)
        fit(law, zone(-6.6, 2.6, -2.8, -2.4), LEFT)
        self.say("One circle gives both waves, a quarter turn apart: height is sine, shadow is cosine.")
        self.play(FadeIn(law, shift=0.2 * UP), run_time=0.8)
        self.pause(1.0)

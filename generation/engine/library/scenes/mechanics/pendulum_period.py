from manim import *
from theorama_kit import *

lengths = knob(
    [0.5, 1.0, 2.0],
    label="Lengths of the strings",
    unit="m",
    minimum=0.1,
    maximum=10.0,
    step=0.1,
    at_most=4,
    help="One to four lengths.",
)
gravity = knob(
    9.81, label="Gravity", unit="m/s²", minimum=0.5, maximum=30.0, step=0.01, help="9.81 on Earth, 1.62 on the Moon."
)
amplitude = knob(10.0, label="Release angle", unit="°", minimum=2.0, maximum=20.0, step=1.0)

LENGTH_COLOR = SKY
TIME_COLOR = YELLOW
CHOSEN = sorted(set(lengths))[:4]


def small_angle_period(length):
    """The law for small swings, in seconds."""
    return math.tau * math.sqrt(length / gravity)


def swing(length, periods):
    """Times and angles of the true motion (no small-angle rule), integrated by Runge and Kutta."""
    step = small_angle_period(length) / 240
    angle, speed = math.radians(amplitude), 0.0
    times, angles = [0.0], [angle]
    while times[-1] < (periods + 0.2) * small_angle_period(length):
        k1, l1 = speed, -gravity / length * math.sin(angle)
        k2, l2 = speed + step / 2 * l1, -gravity / length * math.sin(angle + step / 2 * k1)
        k3, l3 = speed + step / 2 * l2, -gravity / length * math.sin(angle + step / 2 * k2)
        k4, l4 = speed + step * l3, -gravity / length * math.sin(angle + step * k3)
        angle += step / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
        speed += step / 6 * (l1 + 2 * l2 + 2 * l3 + l4)
        times.append(times[-1] + step)
        angles.append(angle)
    return times, angles


def measured_period(length):
    """The time of one whole swing, read off the motion: four times the time to the first zero crossing."""
    times, angles = swing(length, 0.5)
    for i in range(1, len(angles)):
        if angles[i] <= 0 < angles[i - 1]:
            part = angles[i - 1] / (angles[i - 1] - angles[i])
            return 4 * (times[i - 1] + part * (times[i] - times[i - 1]))
    return small_angle_period(length)


def pendulum(pivot, drawn_length, angle_of, color=LENGTH_COLOR, bob=0.16):
    """A string and bob that follow `angle_of()`."""

    def end():
        angle = angle_of()
        return pivot + drawn_length * np.array([math.sin(angle), -math.cos(angle), 0])

    string = Line(pivot, end(), stroke_color=color, stroke_width=4)
    weight = Dot(end(), radius=bob, color=CHALK)
    string.add_updater(lambda line: line.put_start_and_end_on(pivot, end()))
    weight.add_updater(lambda dot: dot.move_to(end()))
    return VGroup(string, weight)


def ceiling(left, right, y):
    """A beam that pendulums hang from."""
    return Line([left, y, 0], [right, y, 0], stroke_color=EDGE, stroke_width=6)


def metres(length):
    return number_text(length) + " m"


class OneSwing(Stage):
    def construct(self):
        length = CHOSEN[len(CHOSEN) // 2]
        period = measured_period(length)
        times, angles = swing(length, 2.1)
        clock = ValueTracker(0.0)  # seconds of the real motion
        angle = lambda: float(np.interp(clock.get_value(), times, angles))
        pivot = np.array([-2.4, 2.45, 0])
        reach = 4.3
        beam = ceiling(pivot[0] - 1.6, pivot[0] + 1.6, pivot[1])
        middle = DashedLine(pivot, pivot + (reach + 0.35) * DOWN, color=EDGE, stroke_width=2, dash_length=0.1)
        path = Arc(reach, -PI / 2 - math.radians(amplitude), 2 * math.radians(amplitude), arc_center=pivot)
        path.set_stroke(TIME_COLOR, width=2, opacity=0.5)
        swinging = pendulum(pivot, reach, angle, bob=0.2)
        self.heading("What is the period of a pendulum?")
        self.say("A weight on a string of " + metres(length) + ": pull it aside, let go, and it swings.")
        self.play(FadeIn(beam), Create(middle), run_time=0.8)
        self.play(FadeIn(swinging), run_time=0.8)
        name = words("L = " + metres(length), 28, LENGTH_COLOR).move_to(
            pivot + np.array([-1.1, -1.9, 0]), aligned_edge=RIGHT
        )
        released = words("released at " + number_text(amplitude) + "°", 24, CHALK2)
        side = VGroup(words("Time since release", 26, CHALK2), readout("t", clock, "s", 2, 48, TIME_COLOR), released)
        stack(*side, area=zone(1.6, 6.4, -1.0, 2.3), buff=0.35)
        self.play(FadeIn(name), FadeIn(side), Create(path), run_time=0.8)
        self.say("One full swing, there and back again, takes one period. We call it T.")
        pace = clamp(period, 3.0, 4.5)  # seconds of film for one period
        self.play(clock.animate.set_value(period), run_time=pace, rate_func=linear)
        result = VGroup(words("One period", 26, CHALK2), words("T = " + number_text(period, 2) + " s", 48, TIME_COLOR))
        result.arrange(DOWN, buff=0.25, aligned_edge=LEFT).move_to(side.get_corner(DL) + 0.7 * DOWN, aligned_edge=UL)
        fit(result, zone(1.6, 6.4, -2.6, -1.0), LEFT)
        self.play(FadeIn(result, shift=0.2 * RIGHT), Create(highlight(result[1], TIME_COLOR)), run_time=0.8)
        self.say("What sets this time? Let us change only the length of the string.")
        self.play(clock.animate.set_value(2 * period), run_time=pace, rate_func=linear)
        self.pause(0.6)


class SideBySide(Stage):
    def construct(self):
        periods = [measured_period(length) for length in CHOSEN]
        longest = max(CHOSEN)
        shown = 2.0 * max(periods)  # seconds of the real motion
        clock = ValueTracker(0.0)
        beam = ceiling(-6.3, 6.3, 2.5)
        self.heading("The longer the string, the slower the swing")
        self.say("Same angle, same moment of release. Only the lengths differ.")
        self.play(FadeIn(beam), run_time=0.6)
        hung, notes, readouts = VGroup(), VGroup(), VGroup()
        cells = split_zone(zone(-6.3, 6.3, -2.8, 2.5), [1] * len(CHOSEN))
        for length, period, cell in zip(CHOSEN, periods, cells, strict=True):
            pivot = np.array([cell.get_center()[0], 2.5, 0])
            motion = swing(length, shown / small_angle_period(length))
            angle = lambda motion=motion: float(np.interp(clock.get_value(), motion[0], motion[1]))
            hung.add(pendulum(pivot, max(0.3, 3.45 * length / longest), angle, bob=0.13))
            swings = lambda period=period: math.floor(clock.get_value() / period + 1e-6)
            note = VGroup(
                words("L = " + metres(length), 30, LENGTH_COLOR), readout("full swings", swings, "", 0, 26, CHALK2)
            )
            note.arrange(DOWN, buff=0.18)
            fit(note, zone(cell.get_left()[0], cell.get_right()[0], -2.2, -1.2))
            notes.add(note)
            result = words("T = " + number_text(period, 2) + " s", 38, TIME_COLOR)
            readouts.add(fit(result, zone(cell.get_left()[0], cell.get_right()[0], -2.85, -2.35)))
        self.play(LaggedStart(*[FadeIn(one) for one in hung], lag_ratio=0.15), FadeIn(notes), run_time=1.2)
        self.say("Count the full swings of each one: the short string is always ahead.")
        self.play(clock.animate.set_value(shown), run_time=clamp(shown, 6.0, 9.0), rate_func=linear)
        self.say("Measured from the motion: these are the periods. A longer string means a longer T.")
        self.play(LaggedStart(*[FadeIn(one, shift=0.2 * UP) for one in readouts], lag_ratio=0.4), run_time=1.6)
        self.pause(1.0)


class TheLaw(Stage):
    def construct(self):
        top = max(CHOSEN) * 1.15
        periods = [measured_period(length) for length in CHOSEN]
        times = nice_range([small_angle_period(top)], zero=True)
        squares = nice_range([small_angle_period(top) ** 2], zero=True)
        left, right = split_zone(zone(-6.6, 6.6, -2.85, 2.75), [1, 1], gap=0.6)
        self.heading("A law behind the times")
        self.say("Plot each measured period against its length: the points lie on a curve that bends.")
        curve_axes = graph((0, top), times, left, "length L in metres", "period T in seconds")
        self.play(FadeIn(curve_axes), run_time=0.8)
        dots = VGroup(
            *[Dot(curve_axes.c2p(x, y), color=TIME_COLOR, radius=0.1) for x, y in zip(CHOSEN, periods, strict=True)]
        )
        self.play(LaggedStart(*[GrowFromCenter(dot) for dot in dots], lag_ratio=0.4), run_time=1.5)
        bent = plot(curve_axes, lambda x: small_angle_period(max(x, 0.0)), LENGTH_COLOR)
        self.play(Create(bent), run_time=1.5)
        self.bring_to_front(dots)
        self.say("Now square the periods. The bend is gone: T squared grows in step with L.")
        line_axes = graph((0, top), squares, right, "length L in metres", "T squared, in s²")
        self.play(FadeIn(line_axes), run_time=0.8)
        moved = VGroup(
            *[Dot(line_axes.c2p(x, y * y), color=TIME_COLOR, radius=0.1) for x, y in zip(CHOSEN, periods, strict=True)]
        )
        self.play(TransformFromCopy(dots, moved), run_time=1.5)
        straight = plot(line_axes, lambda x: small_angle_period(max(x, 0.0)) ** 2, LENGTH_COLOR)
        self.play(Create(straight), run_time=1.2)
        self.bring_to_front(moved)
        self.pause(0.6)


class Summary(Stage):
    def construct(self):
        self.heading("The period of a pendulum")
        law = formula(r"T = 2\pi\sqrt{\frac{L}{g}}", 72, colors={"T": TIME_COLOR, "L": LENGTH_COLOR, "g": CORAL})
        law.move_to([0, 1.35, 0])
        self.say("The straight line gives the law: T is two pi times the root of L over g.")
        self.play(Write(law), run_time=2.0)
        meaning = legend(
            [
                ("T, the period in seconds", TIME_COLOR),
                ("L, the length in metres", LENGTH_COLOR),
                ("g = " + number_text(gravity) + " m/s², the pull of gravity", CORAL),
            ],
            26,
        )
        fit(meaning, zone(-5.5, 5.5, -1.95, -0.4))
        self.play(FadeIn(meaning, shift=0.2 * UP), run_time=0.8)
        self.say("Four times the length only doubles the period. The mass does not appear at all.")
        longest = CHOSEN[-1]
        error = 100 * (measured_period(longest) / small_angle_period(longest) - 1)
        honest = "The law is for small swings: released at " + number_text(amplitude) + "°, the true period is "
        honest += number_text(error, None, 2) + " % longer."
        note = fit(words(honest, 24, CHALK2), zone(-6.4, 6.4, -2.75, -2.15))
        self.play(FadeIn(note), Create(highlight(law, MINT, 0.25)), run_time=0.8)
        self.say("It is exact for small angles only, and at this angle it is off by very little.")
        self.pause(1.2)

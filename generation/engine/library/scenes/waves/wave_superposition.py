from manim import *
from theorama_kit import *

first_amplitude = knob(1.0, label="Amplitude of wave 1", unit="cm", minimum=0.2, maximum=5.0, step=0.1)
second_amplitude = knob(1.0, label="Amplitude of wave 2", unit="cm", minimum=0.2, maximum=5.0, step=0.1)
phase = knob(
    60.0, label="Phase difference", unit="°", minimum=0.0, maximum=360.0, step=5.0, help="How far wave 2 is ahead."
)
first_frequency = knob(10.0, label="Frequency of wave 1", unit="Hz", minimum=2.0, maximum=20.0, step=0.5)
second_frequency = knob(
    12.0,
    label="Frequency of wave 2",
    unit="Hz",
    minimum=2.0,
    maximum=20.0,
    step=0.5,
    help="Used in the last scene, for beats.",
)

FIRST_COLOR = SKY
SECOND_COLOR = YELLOW
SUM_COLOR = MINT
HEIGHT = 1.12 * (first_amplitude + second_amplitude)
PLACES = np.linspace(0, 3, 181)  # in wavelengths


def first_wave(x, cycles):
    """Displacement of wave 1 at x wavelengths after some cycles, in cm; it travels to the right."""
    return first_amplitude * np.sin(math.tau * (x - cycles))


def second_wave(x, cycles, degrees):
    """Wave 2: the same wave, ahead of wave 1 in the direction of travel by a part of a cycle."""
    return second_amplitude * np.sin(math.tau * (x - cycles) - math.radians(degrees))


def sum_amplitude(degrees):
    """The amplitude of the sum of two waves of one frequency: adding them as arrows."""
    a, b = first_amplitude, second_amplitude
    return math.sqrt(max(0.0, a * a + b * b + 2 * a * b * math.cos(math.radians(degrees))))


def beat_frequency():
    return abs(first_frequency - second_frequency)


def first_tone(time):
    return first_amplitude * np.sin(math.tau * first_frequency * time)


def second_tone(time):
    return second_amplitude * np.sin(math.tau * second_frequency * time)


def envelope(time):
    """How large the sum can get at a time: its slow outline."""
    return np.sqrt(
        np.maximum(
            0.0,
            first_amplitude**2 + second_amplitude**2
            + 2 * first_amplitude * second_amplitude * np.cos(math.tau * beat_frequency() * time),
        )
    )  # fmt: skip


def shown_time():
    """Two and a half beats, but never too many or too few oscillations to see, in seconds."""
    fast, slow = max(first_frequency, second_frequency), min(first_frequency, second_frequency)
    most = 40 / fast if beat_frequency() > 0.02 else 12 / fast
    return clamp(2.5 / max(beat_frequency(), 1e-6), 3 / slow, most)


def curve_points(axes, xs, ys):
    origin, unit = axes.c2p(0, 0), axes.c2p(1, 1) - axes.c2p(0, 0)
    return origin + np.stack([xs * unit[0], ys * unit[1], 0 * xs], axis=1)


def curve(axes, xs, heights, color, width=4, live=False):
    """The curve of heights(); a live one follows it in every frame."""
    line = VMobject(stroke_color=color, stroke_width=width).set_points_as_corners(curve_points(axes, xs, heights()))
    if live:
        line.add_updater(lambda each: each.set_points_as_corners(curve_points(axes, xs, heights())))
    return line


def two_graphs(x_range, x_label):
    """The two waves above, their sum below, on the same scale."""
    upper, lower = split_zone(MAIN, [1, 1.14], across=False, gap=0.25)
    size = (-HEIGHT, HEIGHT)
    return (
        graph(x_range, size, upper, "", "wave 1 and wave 2, in cm", room=0.8),
        graph(x_range, size, lower, x_label, "sum, in cm", room=0.8),
    )


def centimetres(value):
    return number_text(value) + " cm"


class PointByPoint(Stage):
    def construct(self):
        top, base = two_graphs((0, 3), "distance in wavelengths")
        cycles, x = ValueTracker(0.0), ValueTracker(0.0)
        one = lambda: first_wave(PLACES, cycles.get_value())
        two = lambda: second_wave(PLACES, cycles.get_value(), phase)
        self.heading("When two waves meet")
        self.say("Two waves run the same way through the same place. What does the water do there?")
        waves = [curve(top, PLACES, one, FIRST_COLOR), curve(top, PLACES, two, SECOND_COLOR)]
        facts = legend(
            [
                ("wave 1: " + centimetres(first_amplitude), FIRST_COLOR),
                ("wave 2: " + centimetres(second_amplitude), SECOND_COLOR),
            ],
            26,
        )
        ahead = words("wave 2 is ahead by " + number_text(phase) + "°", 24, CHALK2)
        stack(facts, ahead, area=zone(2.8, 6.6, 1.0, 2.6), buff=0.3)
        self.play(FadeIn(top), FadeIn(base), run_time=0.8)
        self.play(*[Create(wave) for wave in waves], FadeIn(facts), FadeIn(ahead), run_time=1.4)

        y1 = lambda: float(first_wave(x.get_value(), 0))
        y2 = lambda: float(second_wave(x.get_value(), 0, phase))
        bar = lambda axes, start, end, color, shift=0.0: Line(
            axes.c2p(x.get_value(), start) + shift * RIGHT,
            axes.c2p(x.get_value(), end) + shift * RIGHT + 0.001 * UP,
            stroke_color=color,
            stroke_width=7,
        )
        bars = [
            always_redraw(lambda: bar(top, 0, y1(), FIRST_COLOR, -0.05)),
            always_redraw(lambda: bar(top, 0, y2(), SECOND_COLOR, 0.05)),
            always_redraw(lambda: bar(base, 0, y1(), FIRST_COLOR, -0.05)),
            always_redraw(lambda: bar(base, y1(), y1() + y2(), SECOND_COLOR, 0.05)),
        ]
        pen = Dot(base.c2p(0, y1() + y2()), color=SUM_COLOR, radius=0.1)
        pen.add_updater(lambda dot: dot.move_to(base.c2p(x.get_value(), y1() + y2())))
        live = VGroup(
            readout("wave 1", y1, "cm", 2, 28, FIRST_COLOR),
            readout("wave 2", y2, "cm", 2, 28, SECOND_COLOR),
            readout("sum", lambda: y1() + y2(), "cm", 2, 36, SUM_COLOR),
        )
        stack(*live, area=zone(2.8, 6.6, -1.4, 0.5), buff=0.3)
        self.say("At every point the two heights simply add. Up and down count as plus and minus.")
        self.play(*[FadeIn(each) for each in [*bars, pen, live]], run_time=0.6)
        total = lambda: one() + two()
        whole = curve(base, PLACES, total, SUM_COLOR)
        drawn = VMobject(stroke_color=SUM_COLOR, stroke_width=4)
        whole_points = whole.points.copy()

        def draw(line):
            line.points = whole_points[: 4 * int(x.get_value() / 3 * (len(PLACES) - 1) + 1e-6)]

        self.add(drawn.add_updater(draw), *bars[2:], pen)
        self.play(x.animate.set_value(3.0), run_time=8, rate_func=linear)
        self.remove(drawn, *bars, pen)
        self.play(FadeOut(live), run_time=0.4)
        self.remove(*waves)
        moving = [curve(top, PLACES, one, FIRST_COLOR, live=True), curve(top, PLACES, two, SECOND_COLOR, live=True)]
        self.add(*moving, curve(base, PLACES, total, SUM_COLOR, live=True))
        rule = lines("Superposition: the displacements add, point by point.", 26, SUM_COLOR, 24)
        fit(rule, zone(2.8, 6.6, -1.4, 0.5), UL)
        self.say("This is superposition. Both waves run on unchanged, and their sum runs with them.")
        self.play(FadeIn(rule), cycles.animate.set_value(2.0), run_time=5, rate_func=linear)
        self.pause(0.8)


class InAndOutOfStep(Stage):
    def construct(self):
        top, base = two_graphs((0, 3), "distance in wavelengths")
        degrees = ValueTracker(0.0)
        one = lambda: first_wave(PLACES, 0)
        two = lambda: second_wave(PLACES, 0, degrees.get_value())
        self.heading("In step and out of step")
        self.say("In step, crest meets crest: the waves help each other. This is constructive interference.")
        live = VGroup(
            readout("phase difference", degrees, "°", 0, 26, SECOND_COLOR),
            readout("amplitude", lambda: sum_amplitude(degrees.get_value()), "cm", 2, 32, SUM_COLOR),
        )
        stack(*live, area=zone(2.8, 6.6, 1.4, 2.6), buff=0.3)
        moving = [curve(top, PLACES, one, FIRST_COLOR), curve(top, PLACES, two, SECOND_COLOR, live=True)]
        moving.append(curve(base, PLACES, lambda: one() + two(), SUM_COLOR, live=True))
        self.play(FadeIn(top), FadeIn(base), FadeIn(live), *[FadeIn(each) for each in moving], run_time=0.9)
        rows = []
        for angle, name in (
            (0, "in step, 0°"),
            (180, "out of step, 180°"),
            (phase, "your choice, " + number_text(phase) + "°"),
        ):
            rows.append(VGroup(words(name, 22, CHALK2), words(centimetres(sum_amplitude(angle)), 28, SUM_COLOR)))
            rows[-1].arrange(DOWN, buff=0.1, aligned_edge=LEFT)
        stack(*rows, area=zone(2.8, 6.6, -2.8, 0.9), buff=0.35)
        self.play(FadeIn(rows[0], shift=0.2 * UP), run_time=0.6)
        self.say("Now slide wave 2 along: the sum shrinks as crests move toward troughs.")
        self.play(degrees.animate.set_value(180), run_time=4.5)
        equal = abs(first_amplitude - second_amplitude) < 1e-9
        ending = "equal waves cancel completely." if equal else "they cancel in part, the larger one wins."
        self.say("Crest meets trough, destructive interference: " + ending)
        self.play(FadeIn(rows[1], shift=0.2 * UP), run_time=0.6)
        self.say(
            "At " + number_text(phase) + "° the amplitude of the sum is " + centimetres(sum_amplitude(phase)) + "."
        )
        self.play(degrees.animate.set_value(phase), run_time=3)
        self.play(FadeIn(rows[2], shift=0.2 * UP), run_time=0.6)
        self.pause(1.0)


class Beats(Stage):
    def construct(self):
        until = shown_time()
        times = np.linspace(0, until, int(clamp(30 * until * max(first_frequency, second_frequency), 300, 1200)))
        top, base = two_graphs((0, until), "time in seconds")
        same = beat_frequency() < 0.02
        close = beat_frequency() < 0.5 * min(first_frequency, second_frequency)
        self.heading("Two frequencies: beats" if close and not same else "Two waves at one place, in time")
        self.say("Now stay at one place and watch the time. The two waves have their own frequencies.")
        facts = legend(
            [
                ("wave 1: " + number_text(first_frequency) + " Hz", FIRST_COLOR),
                ("wave 2: " + number_text(second_frequency) + " Hz", SECOND_COLOR),
            ],
            26,
        )
        stack(facts, area=zone(2.8, 6.6, 1.4, 2.6))
        tones = [
            curve(top, times, lambda: first_tone(times), FIRST_COLOR, 3),
            curve(top, times, lambda: second_tone(times), SECOND_COLOR, 3),
        ]
        self.play(FadeIn(top), FadeIn(base), FadeIn(facts), run_time=0.8)
        self.play(*[Create(tone, rate_func=linear) for tone in tones], run_time=2.5)
        total = curve(base, times, lambda: first_tone(times) + second_tone(times), SUM_COLOR, 3)
        self.say("Add them again, moment by moment.")
        self.play(Create(total, rate_func=linear), run_time=4)
        if same:
            note = "equal frequencies: they keep step, so there are no beats"
            self.say("Equal frequencies keep step for ever: the sum is steady, and there are no beats.")
            self.play(FadeIn(fit(lines(note, 24, CHALK2, 28), zone(2.8, 6.6, -1.0, 1.0), UL)), run_time=0.7)
            self.pause(1.0)
            return
        outline = VGroup(*[curve(base, times, lambda side=side: side * envelope(times), CORAL, 3) for side in (1, -1)])
        self.say("They drift in step and out of step again: the outline shows how large the sum can get.")
        self.play(Create(outline), run_time=1.8)
        result = VGroup(
            words("beats per second" if close else "difference", 24, CHALK2),
            words(
                number_text(max(first_frequency, second_frequency))
                + " − "
                + number_text(min(first_frequency, second_frequency)),
                28,
                CHALK,
            ),
            words("= " + number_text(beat_frequency()) + " Hz", 38, CORAL),
        ).arrange(DOWN, buff=0.2, aligned_edge=LEFT)
        fit(result, zone(2.9, 6.5, -1.4, 0.8), UL)
        if close:
            self.say("Each swelling is a beat. As many come each second as the frequencies differ by.")
        else:
            self.say("The frequencies are far apart: the outline is as fast as the waves, too fast to hear as beats.")
        self.play(FadeIn(result, shift=0.2 * UP), Create(highlight(result, CORAL)), run_time=0.9)
        if close:
            self.say("Musicians tune by ear this way: when the beats stop, the two notes agree.")
        self.pause(1.0)

from manim import *
from theorama_kit import *

frequency = knob(440.0, label="Frequency of the first tone", unit="Hz", minimum=100.0, maximum=1000.0, step=1.0)
amplitude = knob(40.0, label="Amplitude of the first tone", unit="mV", minimum=20.0, maximum=100.0, step=1.0)
second_frequency = knob(660.0, label="Frequency of the second tone", unit="Hz", minimum=100.0, maximum=1000.0, step=1.0)
second_amplitude = knob(20.0, label="Amplitude of the second tone", unit="mV", minimum=20.0, maximum=100.0, step=1.0)

AIR_COLOR = CHALK2
TRACE_COLOR = MINT
SECOND_COLOR = LILAC
PERIOD_COLOR = SKY
LOUD_COLOR = CORAL
ONE_COLOR = YELLOW  # the one particle to watch
SPEED = 343.0  # of sound in air at 20 °C, in m/s

PERIOD = 1000 / frequency  # milliseconds
WAVELENGTH = SPEED / frequency  # metres


def signal(t, hertz, size):
    """The voltage of a pure tone, in millivolts, t milliseconds after the start."""
    return size * math.sin(math.tau * hertz * t / 1000)


def wave_trace(axes, hertz, size, color, start=0.0, end=None, width=4.5):
    """The trace of a tone, with enough points for each wave."""
    stop = axes.x_range[1] if end is None else end
    count = int(clamp(40 * (stop - start) * hertz / 1000, 30, 700))
    ts = [float(t) for t in np.linspace(start, stop, count)]
    return polyline(axes, ts, [signal(t, hertz, size) for t in ts], color, width)


# --- the air: drawn so that two wavelengths fill the picture -----------------------------------------
NEAR, MICROPHONE = -5.75, 3.0
DRAWN_WAVE = (MICROPHONE - NEAR) / 2
SWING = 0.34  # drawn swing of a particle; in true air it is far less than a hair's width


def particles():
    """Resting places of the air particles: a loose grid, always the same."""
    chance = np.random.default_rng(7)
    spots = [(x, y) for x in np.linspace(NEAR + 0.2, MICROPHONE - 0.35, 62) for y in np.linspace(0.75, 2.35, 7)]
    return [(float(x + chance.uniform(-0.06, 0.06)), float(y + chance.uniform(-0.12, 0.12))) for x, y in spots]


def swing(x, t):
    """How far the particle that rests at x is displaced, as drawn; sound takes its time to get there."""
    return SWING * math.sin(math.tau * (t / PERIOD - (x - NEAR) / DRAWN_WAVE))


class AirToTrace(Stage):
    def construct(self):
        time = ValueTracker(0.0)
        now = time.get_value
        end = 4 * PERIOD
        rest = particles()
        watched = min(range(len(rest)), key=lambda i: math.hypot(rest[i][0] + 1.4, rest[i][1] - 1.5))
        air = VGroup()
        for i, (x, y) in enumerate(rest):
            dot = Dot([x + swing(x, 0), y, 0], radius=0.11 if i == watched else 0.045)
            air.add(dot.set_color(ONE_COLOR if i == watched else AIR_COLOR))

        def move(group):
            for dot, (x, y) in zip(group, rest, strict=True):
                dot.move_to([x + swing(x, now()), y, 0])

        air.add_updater(move)
        cone = always_redraw(
            lambda: Polygon(
                [NEAR - 0.15 + swing(NEAR, now()), 2.5, 0],
                [NEAR - 0.15 + swing(NEAR, now()), 0.6, 0],
                [NEAR - 0.6, 1.2, 0],
                [NEAR - 0.6, 1.9, 0],
                stroke_width=0,
            ).set_fill(EDGE, 1)
        )
        ear = VGroup(
            RoundedRectangle(corner_radius=0.15, width=0.3, height=0.9, stroke_color=CHALK, stroke_width=3).move_to(
                [MICROPHONE + 0.25, 1.55, 0]
            ),
            Line([MICROPHONE + 0.4, 1.55, 0], [MICROPHONE + 0.75, 1.55, 0], stroke_color=CHALK, stroke_width=4),
        )
        axes = graph(
            (0, end),
            nice_range([-1.1 * amplitude, 1.1 * amplitude]),
            zone(-6.6, 6.6, -2.85, 0.1),
            "time in ms",
            "microphone in mV",
            y_count=4,
        )
        axes.add(Line(axes.c2p(0, 0), axes.c2p(end, 0), stroke_color=CHALK3, stroke_width=2))
        numbers = VGroup(
            words(f"{number_text(frequency)} Hz", 36, PERIOD_COLOR),
            words(f"one wave: {number_text(PERIOD)} ms", 26, PERIOD_COLOR),
            words(f"and {number_text(WAVELENGTH)} m long", 26, CHALK2),
        )
        stack(*numbers, area=zone(4.05, 6.7, 0.5, 2.6), buff=0.2)
        self.heading("A sound is air that swings to and fro")
        self.say(f"A loudspeaker swings {number_text(frequency)} times a second (drawn far too large) and pushes the air.")
        self.play(FadeIn(cone), FadeIn(air), FadeIn(ear), FadeIn(axes), run_time=0.9)
        self.play(time.animate.set_value(PERIOD / 4), run_time=0.8)
        self.say("Regions of dense air travel to the microphone. Watch the yellow particle: it stays at home.")
        self.play(time.animate.set_value(2.25 * PERIOD), run_time=7.0, rate_func=linear)
        self.say("The microphone turns the swing into a voltage, and the oscilloscope draws it over time.")
        time.set_value(0.0)
        trace = always_redraw(lambda: wave_trace(axes, frequency, amplitude, TRACE_COLOR, 0, max(now(), 1e-3 * end)))
        self.add(trace)
        self.play(time.animate.set_value(end), run_time=9.0, rate_func=linear)
        for still in (trace, air, cone):
            still.clear_updaters()
        self.say("Each wave on the screen is one swing of the air. The picture is no map of the wave in space.")
        self.play(FadeIn(numbers, shift=0.2 * UP), run_time=0.8)
        self.pause(1.2)


class LouderAndHigher(Stage):
    def construct(self):
        size, hertz = ValueTracker(amplitude), ValueTracker(frequency)
        end = 4 * PERIOD
        axes = graph((0, end), nice_range([-2.1 * amplitude, 2.1 * amplitude]), MAIN, "time in ms", "voltage in mV")
        axes.add(Line(axes.c2p(0, 0), axes.c2p(end, 0), stroke_color=CHALK3, stroke_width=2))
        first = wave_trace(axes, frequency, amplitude, EDGE, width=3)
        live = always_redraw(lambda: wave_trace(axes, hertz.get_value(), size.get_value(), TRACE_COLOR))
        height = always_redraw(
            lambda: arrow(
                axes.c2p(250 / hertz.get_value(), 0), axes.c2p(250 / hertz.get_value(), size.get_value()), LOUD_COLOR, 5
            )
        )
        numbers = VGroup(
            words("loudness: how tall", 24, CHALK2),
            readout("amplitude", size, "mV", 0, 30, LOUD_COLOR),
            words("pitch: how close", 24, CHALK2),
            readout("frequency", hertz, "Hz", 0, 30, PERIOD_COLOR),
            readout("period", lambda: 1000 / hertz.get_value(), "ms", 2, 26, PERIOD_COLOR),
        )
        stack(*numbers, area=zone(2.8, 6.6, -0.6, 2.6), buff=0.28)
        self.heading("Louder is taller, higher is closer together")
        self.say("Here is the trace of the tone. What will change when it gets louder?")
        self.play(FadeIn(axes), FadeIn(numbers), run_time=0.7)
        self.play(Create(first), run_time=1.0)
        self.add(live, height)
        self.play(size.animate.set_value(2 * amplitude), run_time=3.0)
        self.say("Only the height: just as many waves as before, twice as tall. The pitch stays.")
        self.play(size.animate.set_value(amplitude), run_time=2.5)
        self.say("Now raise the pitch. The waves move together, and the height stays.")
        self.play(hertz.animate.set_value(2 * frequency), run_time=4.0)
        for still in (live, height, *numbers):
            still.clear_updaters()
        self.say("Twice the frequency: twice as many waves in the same time, one octave higher.")
        note = lines("A common mix-up: a taller trace is louder, not higher.", 24, CHALK2, 27)
        fit(note, zone(2.8, 6.6, -2.6, -1.2), UL)
        self.play(FadeIn(note, shift=0.2 * UP), run_time=0.8)
        self.pause(1.2)


def comparison():
    """The second tone against the first, in a caption."""
    pitch = "the same pitch"
    if abs(second_frequency - frequency) > 1e-9:
        pitch = "higher" if second_frequency > frequency else "lower"
    loud = "just as loud"
    if abs(second_amplitude - amplitude) > 1e-9:
        loud = "louder" if second_amplitude > amplitude else "quieter"
    return pitch, loud


class ReadTheScreen(Stage):
    def construct(self):
        span = 3 * 1000 / min(frequency, second_frequency)
        tall = nice_range([-1.15 * max(amplitude, second_amplitude), 1.15 * max(amplitude, second_amplitude)])
        upper = graph((0, span), tall, zone(-6.6, 2.3, 0.1, 2.75), "", "first tone, mV", room=0.8, y_count=4)
        lower = graph((0, span), tall, zone(-6.6, 2.3, -2.85, -0.05), "time in ms", "second tone, mV", room=0.8, y_count=4)
        self.heading("Reading two tones off the screen")
        self.say("Two tones on the same scales. Measure one full wave of the first, from crest to crest.")
        self.play(FadeIn(upper), FadeIn(lower), run_time=0.7)
        notes, marks = VGroup(), VGroup()
        rows = [
            (upper, frequency, amplitude, TRACE_COLOR, "first"),
            (lower, second_frequency, second_amplitude, SECOND_COLOR, "second"),
        ]
        for axes, hertz, size, color, name in rows:
            period = 1000 / hertz
            axes.add(Line(axes.c2p(0, 0), axes.c2p(span, 0), stroke_color=CHALK3, stroke_width=2))
            crests = [axes.c2p(period * (k + 0.25), size) for k in (0, 1)]
            mark = Line(crests[0], crests[1], stroke_color=PERIOD_COLOR, stroke_width=5)
            ends = VGroup(*[Dot(crest, radius=0.08, color=PERIOD_COLOR) for crest in crests])
            marks.add(VGroup(mark, ends))
            notes.add(
                VGroup(
                    words(f"{name} tone: T = {number_text(period)} ms", 26, color),
                    words(f"f = 1 ÷ T = {number_text(hertz, None, 4)} Hz", 30, PERIOD_COLOR),
                    words(f"amplitude {number_text(size)} mV", 26, LOUD_COLOR),
                ).arrange(DOWN, buff=0.16, aligned_edge=LEFT)
            )
        fit(notes[0], zone(2.8, 6.6, 0.9, 2.6), UL)
        fit(notes[1], zone(2.8, 6.6, -1.5, 0.3), UL)
        for k, (axes, hertz, size, color, _name) in enumerate(rows):
            trace = wave_trace(axes, hertz, size, color, width=4)
            if k:
                self.say("The second tone in the same way: its period, then one divided by it.")
            self.play(Create(trace), run_time=2.5, rate_func=linear)
            self.play(Create(marks[k]), run_time=0.8)
            self.play(FadeIn(notes[k], shift=0.2 * UP), run_time=0.7)
        pitch, loud = comparison()
        ratio = number_text(second_frequency / frequency, None, 3)
        has = "It has" if pitch == "the same pitch" else "The second tone is"
        self.say(f"{has} {pitch} ({ratio} times the frequency) and is {loud}.")
        result = VGroup(
            words(pitch if pitch == "the same pitch" else pitch + " pitch", 34, PERIOD_COLOR), words(loud, 34, LOUD_COLOR)
        ).arrange(DOWN, buff=0.14, aligned_edge=LEFT)
        fit(result, zone(2.95, 6.4, -2.75, -1.75), UL)
        self.play(FadeIn(result, shift=0.2 * UP), Create(highlight(result, YELLOW, 0.12)), run_time=0.8)
        self.pause(1.2)

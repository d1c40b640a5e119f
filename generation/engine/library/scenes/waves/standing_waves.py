from manim import *
from theorama_kit import *

harmonic = knob(3, label="Harmonic", minimum=1, maximum=6, help="1 is the fundamental.")
length = knob(0.65, label="Length of the string", unit="m", minimum=0.1, maximum=5.0, step=0.01)
tension = knob(70.0, label="Tension", unit="N", minimum=1.0, maximum=500.0, step=1.0)
line_mass = knob(
    3.4,
    label="Mass of one metre of string",
    unit="g/m",
    minimum=0.2,
    maximum=50.0,
    step=0.1,
    help="A guitar string: 0.4 to 7.",
)

RIGHT_COLOR = SKY  # the wave that runs to the right
LEFT_COLOR = YELLOW  # the wave that runs to the left
SUM_COLOR = MINT  # their sum, the standing wave
NODE_COLOR = CORAL
TENSION_COLOR = LILAC
ROWS = max(4, harmonic)  # harmonics that are collected in the second scene


def wave_speed(pull=tension):
    """The speed of a wave on an ideal, bendable string, in m/s."""
    return math.sqrt(pull / (line_mass / 1000))


def wavelength_of(n):
    """n half waves fit between the fixed ends; in metres."""
    return 2 * length / n


def frequency_of(n, pull=tension):
    """Speed over wavelength, in hertz."""
    return wave_speed(pull) / wavelength_of(n)


def runs_right(part, cycles, n):
    """The wave to the right (amplitude 1) at a part of the string, after some periods."""
    return np.sin(math.pi * n * part - math.tau * cycles)


def runs_left(part, cycles, n):
    return np.sin(math.pi * n * part + math.tau * cycles)


def stands(part, cycles, n):
    """The standing wave: a fixed shape times a swing."""
    return 2 * np.sin(math.pi * n * part) * math.cos(math.tau * cycles)


def nodes_of(n):
    """Where the string never moves, as parts of its length."""
    return [place / n for place in range(n + 1)]


def antinodes_of(n):
    return [(place + 0.5) / n for place in range(n)]


# --- drawing: strings between two posts ----------------------------------------------------------------
LEFT_X, RIGHT_X = -6.2, 2.1
PARTS = np.linspace(0, 1, 145)


def along(part):
    return LEFT_X + (RIGHT_X - LEFT_X) * part


def shape(y, heights, unit):
    """The points of a string whose rest lies at height y."""
    return np.stack([along(PARTS), y + unit * heights, 0 * PARTS], axis=1)


def string(y, heights, unit, color, width=5):
    """A string that follows heights(), an array, in every frame."""
    line = VMobject(stroke_color=color, stroke_width=width).set_points_as_corners(shape(y, heights(), unit))
    return line.add_updater(lambda each: each.set_points_as_corners(shape(y, heights(), unit)))


def rest_line(y, reach):
    """The string at rest, and the two posts that hold its ends."""
    rest = Line([LEFT_X, y, 0], [RIGHT_X, y, 0], stroke_color=HAIRLINE, stroke_width=2)
    posts = [Line([x, y - reach, 0], [x, y + reach, 0], stroke_color=EDGE, stroke_width=5) for x in (LEFT_X, RIGHT_X)]
    return VGroup(rest, *posts)


def metres(value):
    return number_text(value) + " m"


def hertz(value):
    return number_text(value) + " Hz"


class TwoWaves(Stage):
    def construct(self):
        cycles = ValueTracker(0.0)
        now = cycles.get_value
        heights = (2.05, 0.55, -1.6)
        self.heading("Two running waves make one that stands")
        self.say("A wave runs along a string. At the end it is thrown back and runs the other way.")
        frames = VGroup(*[rest_line(y, 0.45) for y in heights[:2]], rest_line(heights[2], 0.6))
        to_right = string(heights[0], lambda: runs_right(PARTS, now(), harmonic), 0.5, RIGHT_COLOR)
        to_left = string(heights[1], lambda: runs_left(PARTS, now(), harmonic), 0.5, LEFT_COLOR)
        total = string(heights[2], lambda: stands(PARTS, now(), harmonic), 0.5, SUM_COLOR)
        names = VGroup()
        for y, text, color in zip(
            heights,
            ("runs to the right  →", "runs to the left  ←", "both together"),
            (RIGHT_COLOR, LEFT_COLOR, SUM_COLOR),
            strict=True,
        ):
            names.add(words(text, 26, color).move_to([2.8, y, 0], aligned_edge=LEFT))
        self.play(FadeIn(frames[0]), FadeIn(to_right), FadeIn(names[0]), run_time=0.7)
        self.play(cycles.animate.set_value(1.0), run_time=2.4, rate_func=linear)
        self.play(FadeIn(frames[1]), FadeIn(to_left), FadeIn(names[1]), run_time=0.6)
        self.play(cycles.animate.set_value(2.0), run_time=2.4, rate_func=linear)
        self.say("On the real string both run at once, and at every point their heights add.")
        self.play(FadeIn(frames[2]), FadeIn(total), FadeIn(names[2]), run_time=0.7)
        self.play(cycles.animate.set_value(4.0), run_time=5, rate_func=linear)
        guides, dots = VGroup(), VGroup()
        for part in nodes_of(harmonic):
            start, end = [along(part), 2.65, 0], [along(part), -2.75, 0]
            guides.add(DashedLine(start, end, color=NODE_COLOR, stroke_width=2.5))
            dots.add(Dot([along(part), heights[2], 0], color=NODE_COLOR, radius=0.1))
        self.say("At these places one wave is always as high as the other is low: they cancel at all times.")
        self.play(Create(guides), FadeIn(dots), run_time=0.8)
        self.play(cycles.animate.set_value(6.0), run_time=5.5, rate_func=linear)
        note = words("node: never moves", 26, NODE_COLOR).move_to([2.8, -2.25, 0], aligned_edge=LEFT)
        self.say("Such a place is a node. The sum runs nowhere: it swings on the spot, a standing wave.")
        self.play(FadeIn(note, shift=0.1 * UP), cycles.animate.set_value(6.25), run_time=0.7, rate_func=linear)
        self.play(cycles.animate.set_value(8.0), run_time=4.9, rate_func=linear)
        for still in (to_right, to_left, total):
            still.clear_updaters()
        self.pause(1.0)


class OnlySomeFit(Stage):
    def construct(self):
        halves, swing = ValueTracker(0.55), ValueTracker(0.0)
        top, unit = 2.0, 0.55
        end = lambda: math.sin(math.pi * halves.get_value())
        self.heading("Only some wavelengths fit")
        self.say("A string is held at both ends, so both ends must be nodes. Try one wavelength after another.")
        trial = string(top, lambda: np.sin(math.pi * halves.get_value() * PARTS), unit, CHALK)
        miss = always_redraw(
            lambda: Line(
                [RIGHT_X, top, 0], [RIGHT_X, top + unit * end() + 1e-3, 0], stroke_color=NODE_COLOR, stroke_width=8
            )
        )
        live = readout("λ", lambda: 2 * length / halves.get_value(), "m", 2, 34, CHALK)
        fit(live, zone(2.8, 6.6, 1.6, 2.4), LEFT)
        self.play(FadeIn(rest_line(top, 0.6)), FadeIn(trial), FadeIn(miss), FadeIn(live), run_time=0.8)
        heads = VGroup(words("wavelength", 24, CHALK2), words("frequency", 24, CHALK2))
        for head, x in zip(heads, (2.8, 4.8), strict=True):
            head.move_to([x, 1.05, 0], aligned_edge=LEFT)
        gap = min(0.72, 3.2 / (ROWS - 1))
        rows, moving = VGroup(), []
        for n in range(1, ROWS + 1):
            y = 0.5 - gap * (n - 1)
            color = SUM_COLOR if n == harmonic else CHALK2
            beat = lambda n=n: math.cos(math.tau * swing.get_value() * n)
            line = string(y, lambda n=n, beat=beat: beat() * np.sin(math.pi * n * PARTS), 0.36 * gap, color, 4)
            row = VGroup(rest_line(y, 0.25), words(str(n), 24, color).move_to([-6.5, y, 0]))
            for text, x in ((metres(wavelength_of(n)), 2.8), (hertz(frequency_of(n)), 4.8)):
                row.add(fit_width(words(text, 26, color), 1.8).move_to([x, y, 0], aligned_edge=LEFT))
            rows.add(row)
            moving.append(line)
        self.play(halves.animate.set_value(1.0), FadeIn(heads), run_time=1.8)
        self.play(FadeIn(rows[0]), FadeIn(moving[0]), Flash([RIGHT_X, top, 0], color=SUM_COLOR), run_time=0.6)
        self.say("The longest that fits is twice the string. The next ones are a half, a third, a quarter of it.")
        for n in range(2, ROWS + 1):
            self.play(halves.animate.set_value(n), run_time=1.5 if n < 5 else 1.0)
            flash = Flash([RIGHT_X, top, 0], color=SUM_COLOR)
            self.play(FadeIn(rows[n - 1]), FadeIn(moving[n - 1]), flash, run_time=0.5)
        self.say("These are the harmonics. Number n has n half waves, and n times the lowest frequency.")
        self.play(swing.animate.set_value(4.0), run_time=8, rate_func=linear)
        for still in (*moving, trial, miss, live):
            still.clear_updaters()
        chosen = VGroup(rows[harmonic - 1][2:], rows[harmonic - 1][1])
        self.say(f"Now look at number {harmonic} more closely.")
        self.play(Create(highlight(chosen[0], SUM_COLOR, 0.1)), run_time=0.7)
        self.pause(0.8)


class PitchOfAString(Stage):
    def construct(self):
        cycles, pull = ValueTracker(0.0), ValueTracker(tension)
        y, unit = 1.45, 0.42
        tone = lambda: frequency_of(harmonic, pull.get_value())
        self.heading(f"Harmonic {harmonic} of this string")
        swinging = string(y, lambda: stands(PARTS, cycles.get_value(), harmonic), unit, SUM_COLOR)
        outline = VGroup()
        for side in (1, -1):
            edge = VMobject(stroke_color=SUM_COLOR, stroke_width=2, stroke_opacity=0.45)
            outline.add(edge.set_points_as_corners(shape(y, side * 2 * np.sin(math.pi * harmonic * PARTS), unit)))
        dots = VGroup(*[Dot([along(part), y, 0], color=NODE_COLOR, radius=0.1) for part in nodes_of(harmonic)])
        self.say("In slow motion: red nodes rest, and half-way between them the string swings most.")
        self.play(FadeIn(rest_line(y, 0.9)), FadeIn(outline), FadeIn(swinging), FadeIn(dots), run_time=0.8)
        self.play(cycles.animate.set_value(2.0), run_time=4, rate_func=linear)
        half = Line([along(0), y - 0.88, 0], [along(1 / harmonic), y - 0.88, 0])
        mark = brace(half, DOWN, "λ/2 = " + metres(wavelength_of(harmonic) / 2), CHALK, 24)
        if mark[1].get_left()[0] < -6.6:
            mark[1].shift((-6.55 - mark[1].get_left()[0]) * RIGHT)
        law = formula(r"f_n = \frac{n}{2L}\sqrt{\frac{F}{\mu}}", 44, colors={"F": TENSION_COLOR, "f_n": SUM_COLOR})
        rows = VGroup(
            law,
            fit_width(words("L = " + metres(length) + ",  n = " + str(harmonic), 26), 3.8),
            words("tension F = " + number_text(tension) + " N", 26, TENSION_COLOR),
            fit_width(words("μ = " + number_text(line_mass) + " g per metre", 26), 3.8),
            words("f = " + hertz(frequency_of(harmonic)), 36, SUM_COLOR),
        )
        stack(*rows, area=zone(2.8, 6.6, -1.0, 2.65), buff=0.26)
        self.say("From node to node is half a wavelength. Speed divided by wavelength is the frequency.")
        self.play(GrowFromCenter(mark), FadeIn(rows, shift=0.2 * UP), run_time=1.0)
        self.play(cycles.animate.set_value(4.0), run_time=4, rate_func=linear)
        x_range = nice_range([4.3 * tension], zero=True)
        y_range = nice_range([1.05 * frequency_of(harmonic, 4 * tension)], zero=True)
        axes = graph(x_range, y_range, zone(-6.6, 2.3, -2.85, -0.15), "tension F in newtons", "frequency in Hz")
        curve = plot(axes, lambda x: frequency_of(harmonic, x), SUM_COLOR, (0, 4 * tension))
        dot = Dot(axes.c2p(tension, tone()), color=CHALK, radius=0.1)
        first = Dot(axes.c2p(tension, tone()), color=TENSION_COLOR, radius=0.08)
        dot.add_updater(lambda mark: mark.move_to(axes.c2p(pull.get_value(), tone())))
        self.say("Tune it: how much tension does a tone of twice the frequency, an octave, take?")
        self.play(FadeOut(mark), run_time=0.4)
        self.play(FadeIn(axes), run_time=0.6)
        self.play(Create(curve), run_time=1.2)
        self.play(FadeIn(first), FadeIn(dot), run_time=0.4)
        live = VGroup(
            readout("F", pull, "N", 0, 30, TENSION_COLOR),
            readout("f", tone, "Hz", 0 if tone() > 20 else 2, 30, SUM_COLOR),
        )
        stack(*live, area=zone(2.8, 6.6, -2.7, -1.3), buff=0.24)
        self.play(FadeIn(live), run_time=0.4)
        self.say("Not twice: four times. The frequency grows with the square root of the tension.")
        self.play(pull.animate.set_value(4 * tension), cycles.animate.set_value(8.0), run_time=5, rate_func=smooth)
        swinging.clear_updaters()
        result = words("4 × the tension, 2 × the frequency", 22, CHALK)
        result.move_to(axes.c2p(x_range[1], 0) + np.array([-0.2, 0.28, 0]), aligned_edge=RIGHT)
        self.play(FadeIn(result, shift=0.1 * UP), Create(highlight(law, SUM_COLOR, 0.08)), run_time=0.8)
        self.pause(1.0)

from manim import *
from theorama_kit import *

mean = knob(100.0, label="Mean μ", minimum=-1000.0, maximum=1000.0, step=0.1)
deviation = knob(15.0, label="Standard deviation σ", minimum=0.1, maximum=500.0, step=0.1)
from_value = knob(85.0, label="Area from", minimum=-5000.0, maximum=5000.0, step=0.1)
to_value = knob(130.0, label="Area to", minimum=-5000.0, maximum=5000.0, step=0.1)
sample = knob(800, label="Values measured", minimum=100, maximum=3000, step=100)
value_unit = knob("none", label="Unit", choices=("none", "points", "mm", "cm", "g", "kg", "s", "min"))

CURVE_COLOR = SKY
MEAN_COLOR = YELLOW
WIDTH_COLOR = CORAL
AREA_COLOR = MINT
COUNT_COLOR = LILAC

UNIT = "" if value_unit == "none" else " " + value_unit
SCORES = np.random.default_rng(8).standard_normal(sample)
BINS = 24  # columns from four deviations below the mean to four above


def ends():
    """The two values, the smaller first."""
    return min(from_value, to_value), max(from_value, to_value)


LOW, HIGH = ends()


def score(value):
    """How many standard deviations a value lies above the mean."""
    return (value - mean) / deviation


def below(z):
    """The share of all values below a score: the area left of it."""
    return 0.5 * math.erfc(-z / math.sqrt(2))


def between(first, second):
    """The share of all values between two values."""
    low, high = score(first), score(second)
    return below(-low) - below(-high) if low > 0 else below(high) - below(low)


def within(count):
    """The share of all values within so many standard deviations of the mean."""
    return math.erf(count / math.sqrt(2))


def density(z, shift=0.0, wide=1.0):
    """The bell in units of its own peak; wider means lower, so that the area stays the same."""
    return math.exp(-(((z - shift) / wide) ** 2) / 2) / wide


def shares(first):
    """The columns of the first measured values, in units of the peak of the bell."""
    counted = np.histogram(SCORES[:first], bins=BINS, range=(-4, 4))[0]
    return counted / sample / (8 / BINS) * math.sqrt(math.tau)


def places():
    """How many decimals the values on the axis need."""
    fine = [
        d for d in range(4) if all([abs(round(mean + k * deviation, d) - mean - k * deviation) < 1e-9 for k in (0, 1)])
    ]
    return fine[0] if fine else 3


def value_text(value):
    return number_text(value, max(places(), 0 if abs(value - round(value)) < 1e-9 else 1))


def percent_text(part):
    """A share in per cent; close to 100 it keeps its last digits."""
    if 0 < part < 1e-6:
        return "under 0.0001 %"
    return number_text(100 * part, None, 3 if part < 0.999 else 5) + " %"


# --- the picture: a frame is (x of the mean, length of one deviation, height of zero, height of the peak) ------
def at(frame, z, height=0.0):
    x, step, zero, peak = frame
    return np.array([x + step * z, zero + peak * height, 0.0])


def bell(frame, color=CURVE_COLOR, shift=0.0, wide=1.0, width=5):
    line = VMobject(stroke_color=color, stroke_width=width)
    return line.set_points_as_corners([at(frame, z, density(z, shift, wide)) for z in np.linspace(-4, 4, 161)])


def region(frame, low, high, color=AREA_COLOR, opacity=0.5):
    """The area under the bell between two scores."""
    low, high = clamp(low, -4, 4), clamp(high, -4, 4)
    stops = np.linspace(low, max(high, low + 1e-4), 81)
    corners = [at(frame, low), *[at(frame, z, density(z)) for z in stops], at(frame, stops[-1])]
    return Polygon(*corners, stroke_width=0, fill_color=color, fill_opacity=opacity)


def ground(frame, names=True):
    """The axis: values at whole numbers of deviations, and below them how they are called."""
    drawn = VGroup(Line(at(frame, -4.1), at(frame, 4.1), stroke_color=CHALK3, stroke_width=3))
    for k in range(-3, 4):
        tick = at(frame, k)
        drawn.add(Line(tick, tick + 0.1 * DOWN, stroke_color=CHALK3, stroke_width=3))
        text = fit_width(words(value_text(mean + k * deviation), 24, CHALK2), 0.9 * frame[1])
        drawn.add(text.move_to(tick + 0.32 * DOWN))
        if names:
            size = "" if abs(k) == 1 else str(abs(k))
            name = "μ" if k == 0 else ("μ + " if k > 0 else "μ − ") + size + "σ"
            drawn.add(words(name, 22, MEAN_COLOR if k == 0 else WIDTH_COLOR).move_to(tick + 0.72 * DOWN))
    if UNIT:
        drawn.add(words("in" + UNIT, 22, CHALK2).move_to(at(frame, 4.1) + 0.3 * UP, aligned_edge=RIGHT))
    return drawn


class ManyMeasurements(Stage):
    def construct(self):
        frame = (-2.15, 1.06, -1.9, 3.9)
        done = ValueTracker(0)
        columns = VGroup()
        for index in range(BINS):
            left, right = at(frame, -4 + 8 * index / BINS), at(frame, -4 + 8 * (index + 1) / BINS)
            column = Rectangle(width=right[0] - left[0], height=1e-3, stroke_color=STAGE, stroke_width=1.5)
            columns.add(column.set_fill(COUNT_COLOR, 0.8).move_to((left + right) / 2, aligned_edge=DOWN))

        def grow(group):
            for column, height in zip(group, shares(round(done.get_value())), strict=True):
                foot = column.get_bottom()
                column.stretch_to_fit_height(max(frame[3] * height, 1e-3)).move_to(foot, aligned_edge=DOWN)

        columns.add_updater(grow)
        count = lambda: max(round(done.get_value()), 1)
        numbers = stack(
            readout("measured", done, "", 0, 32, COUNT_COLOR),
            readout(
                "mean", lambda: mean + deviation * float(np.mean(SCORES[: count()])), UNIT.strip(), 1, 28, MEAN_COLOR
            ),
            readout("spread σ", lambda: deviation * float(np.std(SCORES[: count()])), UNIT.strip(), 1, 28, WIDTH_COLOR),
            area=zone(2.9, 6.6, 0.6, 2.5),
        )
        self.heading("Many measurements make a bell")
        self.say("Measure again and again. Each value drops onto the column where it belongs.")
        self.play(FadeIn(ground(frame, names=False)), run_time=0.7)
        self.add(columns)
        self.play(FadeIn(numbers), run_time=0.5)
        for index in range(5):
            z = clamp(float(SCORES[index]), -3.9, 3.9)
            drop = Dot(at(frame, z, 1.1), color=CHALK, radius=0.09)
            self.play(drop.animate.move_to(at(frame, z, 0.02)), run_time=0.45, rate_func=rush_into)
            done.set_value(index + 1)
            self.remove(drop)
        self.say("Values near the middle come often, values far out are rare.")
        self.play(done.animate.set_value(sample), run_time=6, rate_func=rush_into)
        columns.clear_updaters()
        self.say("With more and more values, the columns follow a smooth curve: the normal distribution.")
        self.play(Create(bell(frame)), run_time=2.0)
        middle = DashedLine(at(frame, 0), at(frame, 0, 1.0), color=MEAN_COLOR, stroke_width=4)
        note = lines("symmetric about the mean: as many above as below", 26, CHALK, 24)
        fit(note, zone(2.9, 6.6, -2.2, -0.2), UL)
        self.play(Create(middle), FadeIn(note, shift=0.2 * UP), run_time=0.9)
        self.pause(1.0)


class TwoNumbers(Stage):
    def construct(self):
        frame = (-2.15, 1.06, -1.9, 2.6)
        shift, wide = ValueTracker(0.0), ValueTracker(1.0)
        moving = always_redraw(lambda: bell(frame, CURVE_COLOR, shift.get_value(), wide.get_value()))
        post = always_redraw(
            lambda: Line(
                at(frame, shift.get_value()),
                at(frame, shift.get_value(), 1 / wide.get_value()),
                stroke_color=MEAN_COLOR,
                stroke_width=4,
            )
        )
        reach = always_redraw(
            lambda: arrow(
                at(frame, shift.get_value(), math.exp(-0.5) / wide.get_value()),
                at(frame, shift.get_value() + wide.get_value(), math.exp(-0.5) / wide.get_value()),
                WIDTH_COLOR,
            )
        )
        numbers = stack(
            readout("μ", lambda: mean + deviation * shift.get_value(), UNIT.strip(), 1, 34, MEAN_COLOR),
            readout("σ", lambda: deviation * wide.get_value(), UNIT.strip(), 1, 34, WIDTH_COLOR),
            words("area = 1", 30, CURVE_COLOR),
            area=zone(2.9, 6.6, 0.5, 2.5),
        )
        self.heading("Two numbers set its shape")
        self.say("The mean μ tells where the bell stands. It slides and keeps its shape.")
        self.play(FadeIn(ground(frame)), run_time=0.6)
        self.play(FadeIn(moving), FadeIn(post), FadeIn(numbers), run_time=0.7)
        self.play(shift.animate.set_value(1.3), run_time=1.4)
        self.play(shift.animate.set_value(-1.0), run_time=1.6)
        self.play(shift.animate.set_value(0.0), run_time=1.0)
        self.say("The standard deviation σ tells how wide it is. Wider means lower: the area stays 1.")
        self.play(FadeIn(reach), run_time=0.4)
        self.play(wide.animate.set_value(1.6), run_time=1.5)
        self.play(wide.animate.set_value(0.6), run_time=2.0)
        self.play(wide.animate.set_value(1.0), run_time=1.2)
        bends = VGroup(*[Dot(at(frame, z, math.exp(-0.5)), color=WIDTH_COLOR, radius=0.1) for z in (-1, 1)])
        self.say("From the middle to the steepest place, where the curve changes its bend, it is just one σ.")
        self.play(FadeIn(bends, scale=0.4), run_time=0.7)
        for still in (moving, post, reach):
            still.clear_updaters()
        law = formula(
            r"f(x) = \frac{1}{\sigma \sqrt{2 \pi}} \, e^{-\frac{(x - \mu)^2}{2 \sigma^2}}",
            38,
            CHALK,
            {r"\sigma": WIDTH_COLOR, r"\mu": MEAN_COLOR},
        )
        fit(law, zone(2.6, 6.6, -1.9, -0.3), LEFT)
        self.play(FadeIn(law, shift=0.2 * UP), run_time=0.9)
        self.pause(1.0)


class TheRule(Stage):
    def construct(self):
        frame = (-2.15, 1.06, -1.9, 2.7)
        self.heading("68, 95, 99.7")
        self.say("How much lies near the mean? Count the area within one, two and three deviations.")
        self.play(FadeIn(ground(frame)), run_time=0.6)
        self.play(Create(bell(frame)), run_time=1.0)
        spoken = [
            "Within one standard deviation of the mean lie about two thirds of all values.",
            "Within two deviations lie about 95 in 100.",
            "Within three deviations lies nearly everything: only about one in 370 is further out.",
        ]
        notes = VGroup()
        for k in (1, 2, 3):
            reach = value_text(mean - k * deviation) + " to " + value_text(mean + k * deviation) + UNIT
            row = VGroup(
                words(f"within {k}σ:  {percent_text(within(k))}", 32, AREA_COLOR),
                fit_width(words(reach, 24, CHALK2), 3.6),
            )
            notes.add(row.arrange(DOWN, buff=0.12, aligned_edge=LEFT))
        stack(*notes, area=zone(2.9, 6.6, -1.4, 2.6), buff=0.45)
        for k in (1, 2, 3):
            self.say(spoken[k - 1])
            parts = [
                region(frame, -k, -k + 1, AREA_COLOR, 0.75 - 0.2 * k),
                region(frame, k - 1, k, AREA_COLOR, 0.75 - 0.2 * k),
            ]
            high = 1.0 + 0.16 * k
            span = DoubleArrow(
                at(frame, -k, high), at(frame, k, high), buff=0, color=WIDTH_COLOR, stroke_width=4, tip_length=0.18
            )
            text = (
                words(percent_text(within(k)), 24, CHALK)
                .move_to(at(frame, 0, high))
                .add_background_rectangle(STAGE, 1, buff=0.08)
            )
            self.play(FadeIn(VGroup(*parts)), GrowFromCenter(span), run_time=1.0)
            self.play(FadeIn(text), FadeIn(notes[k - 1], shift=0.2 * UP), run_time=0.6)
        closing = fit(lines("true of every normal distribution", 26, CHALK, 26), zone(2.9, 6.6, -2.6, -1.7), UL)
        self.play(FadeIn(closing), run_time=0.6)
        self.pause(1.0)


def interval_words():
    """What the result says, in a sentence."""
    part = between(LOW, HIGH)
    if HIGH - LOW < 1e-9:
        return "One single value has no width and so no area: its chance is zero. Take an interval."
    if part < 0.0005:
        return "Both values lie far out on the same side: hardly anything is between them."
    return f"So {percent_text(part)} of all values lie between {value_text(LOW)} and {value_text(HIGH)}{UNIT}."


class BetweenTwoValues(Stage):
    def construct(self):
        frame = (-1.85, 0.98, 0.35, 2.2)
        low, high = score(LOW), score(HIGH)
        edge = ValueTracker(-4.0)
        axes = graph((-4, 4), (0, 1), zone(-6.6, 2.35, -2.85, -0.35), "", "area to the left, by score z", 22)
        step = (axes.c2p(1, 0) - axes.c2p(0, 0))[0]
        frame = (axes.c2p(0, 0)[0], step, 0.65, 1.95)
        self.heading("The area between two values")
        self.say("How many values lie between two limits? Gather the area.")
        self.play(FadeIn(ground(frame, names=False)), FadeIn(bell(frame)), FadeIn(axes), run_time=0.8)
        filled = always_redraw(lambda: region(frame, -4, edge.get_value(), AREA_COLOR, 0.45))
        gathered = always_redraw(lambda: plot(axes, below, AREA_COLOR, (-4, max(edge.get_value(), -3.99)), samples=80))
        marks = VGroup()
        for z, color in ((low, WIDTH_COLOR), (high, MEAN_COLOR)):
            z = clamp(z, -4, 4)
            marks.add(
                DashedLine(axes.c2p(z, 0), axes.c2p(z, 1), color=color, stroke_width=3),
                DashedLine(at(frame, z), at(frame, z, 1.0), color=color, stroke_width=3),
            )
        rows = VGroup()
        for value, color in ((LOW, WIDTH_COLOR), (HIGH, MEAN_COLOR)):
            z = score(value)
            row = VGroup(
                words("x = " + value_text(value) + UNIT, 28, color),
                words("z = (x − μ) ÷ σ = " + number_text(z, 2), 26, CHALK),
                words("below: " + percent_text(below(z)), 28, AREA_COLOR),
            )
            rows.add(row.arrange(DOWN, buff=0.14, aligned_edge=LEFT))
        stack(*rows, area=zone(2.9, 6.6, -0.6, 2.6), buff=0.4)
        self.add(filled, gathered)
        self.play(Create(marks), run_time=0.7)
        self.say("The score z tells how many σ a value lies above the mean, or below.")
        self.play(FadeIn(rows[0][:2]), run_time=0.5)
        self.play(edge.animate.set_value(clamp(low, -3.98, 4)), run_time=2.2, rate_func=linear)
        self.play(
            FadeIn(rows[0][2]), FadeIn(Dot(axes.c2p(clamp(low, -4, 4), below(low)), color=WIDTH_COLOR)), run_time=0.5
        )
        self.say("Go on to the second value. The curve below counts the area so far.")
        self.play(FadeIn(rows[1][:2]), run_time=0.5)
        self.play(edge.animate.set_value(clamp(high, -3.97, 4)), run_time=2.6, rate_func=linear)
        self.play(
            FadeIn(rows[1][2]), FadeIn(Dot(axes.c2p(clamp(high, -4, 4), below(high)), color=MEAN_COLOR)), run_time=0.5
        )
        self.say("Second area minus first: what is left lies between.")
        for still in (filled, gathered):
            still.clear_updaters()
        self.play(FadeOut(filled), FadeIn(region(frame, low, high, AREA_COLOR, 0.7)), run_time=0.9)
        result = VGroup(
            words("between", 26, CHALK2),
            words(percent_text(between(LOW, HIGH)), 48, AREA_COLOR),
        ).arrange(DOWN, buff=0.15, aligned_edge=LEFT)
        fit(result, zone(3.0, 6.4, -2.6, -1.1), LEFT)
        self.say(interval_words())
        self.play(FadeIn(result, shift=0.2 * UP), Create(highlight(result, AREA_COLOR)), run_time=0.9)
        self.pause(1.0)

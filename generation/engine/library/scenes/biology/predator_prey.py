from manim import *
from theorama_kit import *

prey_start = knob(30.0, label="Prey at the start (thousands)", minimum=5.0, maximum=80.0, step=1.0)
predator_start = knob(4.0, label="Predators at the start (thousands)", minimum=1.0, maximum=40.0, step=1.0)
birth = knob(0.55, label="Birth rate of the prey", unit="1/year", minimum=0.2, maximum=1.5, step=0.01)
hunting = knob(
    0.028,
    label="Hunting rate",
    unit="1/year",
    minimum=0.01,
    maximum=0.06,
    step=0.001,
    help="Share of the prey that a thousand predators eat in a year.",
)
death = knob(0.84, label="Death rate of the predators", unit="1/year", minimum=0.2, maximum=1.5, step=0.01)
feeding = knob(
    0.026,
    label="Feeding rate",
    unit="1/year",
    minimum=0.01,
    maximum=0.06,
    step=0.001,
    help="Growth of the predators for each thousand prey.",
)

PREY_COLOR = SKY
PREDATOR_COLOR = CORAL
BALANCE_COLOR = YELLOW

# Prey N and predators P do not change where both growth rates are zero.
PREY_BALANCE, PREDATOR_BALANCE = death / feeding, birth / hunting


def rates(u, v):
    """Lotka and Volterra: how fast u = ln N and v = ln P change, per year. Logarithms keep N and P above zero."""
    return birth - hunting * math.exp(v), feeding * math.exp(u) - death


def integrate(years, step):
    """Times and states (N, P), by the method of Runge and Kutta."""
    u, v = math.log(prey_start), math.log(predator_start)
    found = [(u, v)]
    for _each in range(int(years / step)):
        a1, b1 = rates(u, v)
        a2, b2 = rates(u + step / 2 * a1, v + step / 2 * b1)
        a3, b3 = rates(u + step / 2 * a2, v + step / 2 * b2)
        a4, b4 = rates(u + step * a3, v + step * b3)
        u += step / 6 * (a1 + 2 * a2 + 2 * a3 + a4)
        v += step / 6 * (b1 + 2 * b2 + 2 * b3 + b4)
        found.append((u, v))
    return step * np.arange(len(found)), np.exp(np.array(found))


SMALL_CYCLE = math.tau / math.sqrt(birth * death)  # the period close to the balance, in years
STEP = SMALL_CYCLE / 1500
TIMES, STATES = integrate(8 * SMALL_CYCLE, STEP)
PREY, PREDATORS = STATES[:, 0], STATES[:, 1]


def peaks(values):
    """Indices of the peaks, without the two ends."""
    return [int(i) + 1 for i in np.flatnonzero((values[1:-1] > values[:-2]) & (values[1:-1] >= values[2:]))]


def balanced():
    """Whether the start is so close to the balance that nothing is seen to change."""
    return max(PREY) < 1.04 * min(PREY) and max(PREDATORS) < 1.04 * min(PREDATORS)


def cycle():
    """The time from one peak of the prey to the next, in years."""
    tops = peaks(PREY)
    return float(TIMES[tops[1]] - TIMES[tops[0]]) if len(tops) > 1 and not balanced() else SMALL_CYCLE


CYCLE = cycle()
SHOWN = min(2.3 * CYCLE, float(TIMES[-1]))
LAST = int(np.searchsorted(TIMES, SHOWN))


def at(values, time):
    return float(np.interp(time, TIMES, values))


def first_peaks():
    """The times of the first peak of the prey and of the predators' peak after it."""
    prey_top = peaks(PREY)[0]
    predator_top = next(i for i in peaks(PREDATORS) if i > prey_top)
    return float(TIMES[prey_top]), float(TIMES[predator_top])


def trace(axes, xs, ys, color, width=4):
    """A curve through computed values; every fourth value is enough to look smooth."""
    origin, unit = axes.c2p(0, 0), axes.c2p(1, 1) - axes.c2p(0, 0)
    points = origin + np.stack([xs * unit[0], ys * unit[1], 0 * xs], axis=1)
    return VMobject(stroke_color=color, stroke_width=width).set_points_as_corners(points)


def growing(axes, xs, ys, color, clock):
    """The curve up to the time of the clock."""
    whole = trace(axes, xs[:LAST:4], ys[:LAST:4], color)
    part = VMobject(stroke_color=color, stroke_width=4)

    def grow(curve):
        curve.points = whole.points[: 4 * int(clock.get_value() / (4 * STEP))]

    return part.add_updater(grow)


def follower(place, color):
    return (
        Dot(place(), color=color, radius=0.1)
        .set_stroke(STAGE, 2, background=True)
        .add_updater(lambda dot: dot.move_to(place()))
    )


def time_graphs(area):
    """Prey above, predators below, over the same years."""
    upper, lower = split_zone(area, [1, 1.12], across=False, gap=0.3)
    top = graph((0, SHOWN), nice_range([1.08 * max(PREY[:LAST])], zero=True), upper, "", "prey, in thousands", room=0.9)
    base = graph(
        (0, SHOWN),
        nice_range([1.08 * max(PREDATORS[:LAST])], zero=True),
        lower,
        "years",
        "predators, in thousands",
        room=0.9,
    )
    return top, base


def population(name, color, x):
    """A labelled box for one kind of animal."""
    frame = RoundedRectangle(corner_radius=0.2, width=2.6, height=1.1, stroke_color=color)
    return VGroup(frame, words(name, 32, color)).move_to([x, 1.2, 0])


class TheRules(Stage):
    def construct(self):
        prey, hunters = population("prey N", PREY_COLOR, -3.3), population("predators P", PREDATOR_COLOR, 3.3)
        self.heading("Hunters and hunted: four rules")
        self.say("Think of hares and the lynx that hunt them. Four rules link their numbers.")
        self.play(FadeIn(prey, shift=0.2 * RIGHT), FadeIn(hunters, shift=0.2 * LEFT), run_time=0.9)
        rules = [
            ("Prey breed: the more there are, the more are born.", "born", "+ aN", prey, LEFT, PREY_COLOR),
            (
                "Predators eat prey. That takes both, so it grows with N times P.",
                "eaten",
                MINUS + " bNP",
                prey,
                RIGHT,
                PREDATOR_COLOR,
            ),
            ("Well-fed predators breed. That takes both too: N times P.", "fed", "+ eNP", hunters, LEFT, PREY_COLOR),
            (
                "Without food predators die: the more there are, the more die.",
                "die",
                MINUS + " cP",
                hunters,
                RIGHT,
                PREDATOR_COLOR,
            ),
        ]
        for line, name, term, box, side, color in rules:
            near, far = box.get_edge_center(side) + 0.12 * side, box.get_edge_center(side) + 1.5 * side
            flow = arrow(far, near, color) if term[0] == "+" else arrow(near, far, color)
            names = VGroup(
                words(name, 26, color).next_to(flow, UP, buff=0.18),
                words(term, 26, color).next_to(flow, DOWN, buff=0.2),
            )
            self.say(line)
            self.play(GrowArrow(flow), FadeIn(names), run_time=0.9)
        colors = {"N": PREY_COLOR, "P": PREDATOR_COLOR}
        left = formula(r"\frac{dN}{dt} = a N - b N P", 54, colors=colors).move_to([-3.3, -0.9, 0])
        right = formula(r"\frac{dP}{dt} = e N P - c P", 54, colors=colors).move_to([3.3, -0.9, 0])
        self.say("Written as rates of change, the four rules are the equations of Lotka and Volterra.")
        self.play(Write(left), Write(right), run_time=1.8)
        numbers = [("a", birth), ("b", hunting), ("e", feeding), ("c", death)]
        text = "     ".join([letter + " = " + number_text(rate) for letter, rate in numbers]) + "     per year"
        note = fit(words(text, 26, CHALK2), zone(-6.4, 6.4, -2.7, -2.1))
        self.play(FadeIn(note, shift=0.2 * UP), run_time=0.7)
        self.pause(1.0)


class TimeSeries(Stage):
    def construct(self):
        top, base = time_graphs(MAIN)
        clock = ValueTracker(0.0)
        self.heading("The numbers rise and fall in waves")
        self.say(
            "Start with "
            + number_text(prey_start)
            + " thousand prey and "
            + number_text(predator_start)
            + " thousand predators, and let time run."
        )
        live = VGroup(
            readout("year", clock, "", 1, 28, CHALK2),
            readout("prey", lambda: at(PREY, clock.get_value()), "", 1, 32, PREY_COLOR),
            readout("predators", lambda: at(PREDATORS, clock.get_value()), "", 1, 32, PREDATOR_COLOR),
        )
        stack(*live, area=zone(2.8, 6.6, 0.9, 2.6), buff=0.3)
        self.play(FadeIn(top), FadeIn(base), FadeIn(live), run_time=0.9)
        curves = [growing(top, TIMES, PREY, PREY_COLOR, clock), growing(base, TIMES, PREDATORS, PREDATOR_COLOR, clock)]
        dots = [
            follower(lambda: top.c2p(clock.get_value(), at(PREY, clock.get_value())), PREY_COLOR),
            follower(lambda: base.c2p(clock.get_value(), at(PREDATORS, clock.get_value())), PREDATOR_COLOR),
        ]
        self.play(FadeIn(dots[0]), FadeIn(dots[1]), run_time=0.4)
        self.add(*curves, *dots)
        if not balanced():
            self.say("Prey multiply first. Then the predators find plenty of food, and multiply too.")
        self.play(clock.animate.set_value(SHOWN), run_time=8, rate_func=linear)
        self.remove(*curves, *dots)
        self.add(
            trace(top, TIMES[:LAST:4], PREY[:LAST:4], PREY_COLOR),
            trace(base, TIMES[:LAST:4], PREDATORS[:LAST:4], PREDATOR_COLOR),
        )
        if balanced():
            self.say("These numbers are in balance: as many are born as die, so nothing changes.")
            self.pause(1.0)
            return
        show_lag(self, top, base)
        self.pause(1.0)


def show_lag(stage, top, base):
    """Mark the two peaks and say why the second one comes later."""
    first, second = first_peaks()
    guides, gaps = [VGroup(), VGroup()], VGroup()
    for axes in (top, base):
        high = axes.y_range[1]
        for guide, time, color in zip(guides, (first, second), (PREY_COLOR, PREDATOR_COLOR), strict=True):
            guide.add(Line(axes.c2p(time, 0), axes.c2p(time, high), stroke_color=color, stroke_width=2.5))
        corners = [axes.c2p(first, 0), axes.c2p(second, 0), axes.c2p(second, high), axes.c2p(first, high)]
        gaps.add(Polygon(*corners, fill_color=BALANCE_COLOR, fill_opacity=0.14, stroke_width=0))
    marks = VGroup(
        Dot(top.c2p(first, at(PREY, first)), color=CHALK), Dot(base.c2p(second, at(PREDATORS, second)), color=CHALK)
    )
    stage.say("The peak of the predators comes later than the peak of the prey. Why?")
    stage.play(Create(guides[0]), GrowFromCenter(marks[0]), run_time=0.8)
    stage.play(Create(guides[1]), GrowFromCenter(marks[1]), run_time=0.8)
    lag = words("later by " + number_text(second - first) + " years", 28, BALANCE_COLOR)
    why = lines(
        "When the prey are most, predators still have plenty to eat: they keep growing until food runs short.",
        22,
        CHALK2,
        30,
    )
    stack(lag, why, area=zone(2.8, 6.6, -1.9, 0.5), buff=0.3)
    stage.play(FadeIn(gaps), FadeIn(lag), run_time=0.7)
    stage.play(FadeIn(why, shift=0.2 * UP), run_time=0.7)
    stage.say("Only when they have eaten the prey down does their own number turn. Then all begins again.")
    period = fit(words("one cycle takes " + number_text(CYCLE) + " years", 26, CHALK), zone(2.8, 6.6, -2.8, -2.2), LEFT)
    stage.play(FadeIn(period), run_time=0.6)


class PhasePlane(Stage):
    def construct(self):
        plane_zone, side = split_zone(FULL, [1.15, 1], gap=0.5)
        x_range = nice_range([1.1 * max(PREY), 1.3 * PREY_BALANCE], zero=True)
        y_range = nice_range([1.1 * max(PREDATORS), 1.3 * PREDATOR_BALANCE], zero=True)
        plane = graph(x_range, y_range, plane_zone, "prey", "predators")
        top, base = time_graphs(side)
        clock = ValueTracker(0.0)
        self.heading("One loop tells the whole story")
        self.say("Now draw prey across and predators up: each moment is one point.")
        prey_curve = trace(top, TIMES[:LAST:4], PREY[:LAST:4], PREY_COLOR, 2.5).set_stroke(opacity=0.6)
        predator_curve = trace(base, TIMES[:LAST:4], PREDATORS[:LAST:4], PREDATOR_COLOR, 2.5).set_stroke(opacity=0.6)
        self.add(top, base, prey_curve, predator_curve)
        self.play(FadeIn(plane), run_time=0.8)
        now = clock.get_value
        dots = [
            follower(lambda: top.c2p(now(), at(PREY, now())), PREY_COLOR),
            follower(lambda: base.c2p(now(), at(PREDATORS, now())), PREDATOR_COLOR),
            follower(lambda: plane.c2p(at(PREY, now()), at(PREDATORS, now())), CHALK),
        ]
        loop = growing(plane, PREY, PREDATORS, BALANCE_COLOR, clock)
        self.play(*[FadeIn(dot) for dot in dots], run_time=0.5)
        self.add(loop, *dots)
        self.say("The point runs round, and round again: the two numbers chase each other in a closed loop.")
        self.play(clock.animate.set_value(SHOWN), run_time=8, rate_func=linear)
        self.remove(loop, *dots)
        once = int(min(CYCLE / STEP + 8, len(TIMES) - 1))
        ring = trace(plane, PREY[:once:4], PREDATORS[:once:4], BALANCE_COLOR)
        self.add(ring)
        middle = plane.c2p(PREY_BALANCE, PREDATOR_BALANCE)
        across = DashedLine(
            plane.c2p(0, PREDATOR_BALANCE), plane.c2p(x_range[1], PREDATOR_BALANCE), color=PREY_COLOR, stroke_width=2.5
        )
        upward = DashedLine(
            plane.c2p(PREY_BALANCE, 0), plane.c2p(PREY_BALANCE, y_range[1]), color=PREDATOR_COLOR, stroke_width=2.5
        )
        self.say("On the level line prey stop growing; on the upright line predators do.")
        names = [words("prey steady", 20, PREY_COLOR), words("predators steady", 20, PREDATOR_COLOR)]
        key = fit(VGroup(*names).arrange(RIGHT, buff=0.35), zone(-4.2, -0.1, 2.3, 2.7), RIGHT)
        self.play(Create(across), Create(upward), FadeIn(key), run_time=1.2)
        balance = Dot(middle, color=CHALK, radius=0.1)
        self.say("Where the lines cross both numbers would stay the same: the balance, " + balance_text() + ".")
        way = [Dot(plane.c2p(PREY[i], PREDATORS[i]), radius=0.06) for i in range(0, once, 12)]
        name = beside(
            words("balance", 24, CHALK),
            balance if ring.width > 3 else ring,
            [*way, across, upward],
            inside(plane),
            0.15,
        )
        self.play(GrowFromCenter(balance), Flash(middle, color=CHALK), FadeIn(name), run_time=0.9)
        if 1000 * min(min(PREY), min(PREDATORS)) < 1:
            self.say("Here the model falls below one single animal: in nature that kind would die out.")
        else:
            self.say("A simple model, without disease or lack of grass. Yet it shows why numbers cycle.")
        self.pause(1.2)


def inside(axes):
    """The rectangle of the plot."""
    start, end = axes.c2p(0, 0), axes.c2p(axes.x_range[1], axes.y_range[1])
    return zone(start[0] + 0.1, end[0], start[1] + 0.1, end[1])


def balance_text():
    return number_text(PREY_BALANCE, digits=2) + " and " + number_text(PREDATOR_BALANCE, digits=2) + " thousand"

from manim import *
from theorama_kit import *

start = knob(20.0, label="Individuals at the start", minimum=2.0, maximum=60.0, step=1.0)
rate = knob(0.6, label="Growth rate r (per unit of time)", minimum=0.05, maximum=2.0, step=0.05)
capacity = knob(1000.0, label="Carrying capacity K", minimum=150.0, maximum=5000.0, step=10.0)
time_unit = knob("days", label="Unit of time", choices=("hours", "days", "weeks", "years"))

FREE_COLOR = CORAL  # growth without limit
REAL_COLOR = SKY  # growth with a limit
LIMIT_COLOR = YELLOW
SPEED_COLOR = MINT
ONE = time_unit[:-1]


def unlimited(time):
    """Exponential growth: the same percentage is added in every unit of time."""
    return start * math.exp(rate * time)


def limited(time):
    """Logistic growth, the solution of dN/dt = r N (1 - N/K)."""
    return capacity / (1 + (capacity - start) / start * math.exp(-rate * time))


def speed(count):
    """How many individuals are added in one unit of time."""
    return rate * count * (1 - count / capacity)


DOUBLING = math.log(2) / rate
HALF_TIME = math.log((capacity - start) / start) / rate  # when half of the capacity is reached
OVERFLOW_TIME = math.log(1.5 * capacity / start) / rate
END = HALF_TIME + math.log(49) / rate  # 98 % of the capacity
FASTEST = speed(capacity / 2)

DISH, DISH_RADIUS = np.array([4.75, 1.25, 0]), 1.2
FULL_DISH = 150  # dots that stand for a full capacity


def beads(color):
    """All dots that may ever be seen, in a spiral: the first fill the dish, the others would lie outside."""
    dots = VGroup()
    for k in range(int(1.5 * FULL_DISH) + 1):
        reach, angle = DISH_RADIUS * math.sqrt((k + 0.4) / FULL_DISH) * 0.96, 2.39996 * k
        spot = DISH + reach * np.array([math.cos(angle), math.sin(angle), 0])
        dots.add(Dot(spot, radius=0.058, color=color if k < FULL_DISH else FREE_COLOR))
    return dots


def filling(color, count):
    """A group that holds as many dots as the count (a function) asks for."""
    all_dots = beads(color)
    shown = VGroup()

    def refresh(group):
        want = int(clamp(round(FULL_DISH * count() / capacity), 1, len(all_dots)))
        if want > len(group):
            group.add(*all_dots[len(group) : want])

    refresh(shown)
    return shown.add_updater(refresh)


def dish():
    return Circle(radius=DISH_RADIUS + 0.06, stroke_color=LIMIT_COLOR, stroke_width=3).move_to(DISH)


def grown(axes, values, time, color, width=5):
    """A curve that grows with the time of the tracker, cut off at the top of the axes."""
    line = VMobject(stroke_color=color, stroke_width=width)

    def refresh(curve):
        xs = np.linspace(0, max(time.get_value(), 1e-6), 90)
        ys = [values(float(x)) for x in xs]
        curve.set_points_as_corners([axes.c2p(x, y) for x, y in zip(xs, ys, strict=True) if y <= axes.y_range[1]])

    return line.add_updater(refresh)


class WithoutLimit(Stage):
    def construct(self):
        time = ValueTracker(0.0)
        axes = graph((0, OVERFLOW_TIME), (0, 1.5 * capacity), MAIN, time_unit, "individuals")
        self.heading("Growth without a limit")
        self.say(
            f"Begin with {number_text(start)} individuals. Each leaves offspring at the same rate, again and again."
        )
        now = lambda: unlimited(time.get_value())
        crowd = filling(REAL_COLOR, now)
        live = VGroup(
            readout(ONE, time, "", 1, 26, CHALK2),
            readout("N", now, "", 0, 38, FREE_COLOR),
            readout(f"new per {ONE}", lambda: rate * now(), "", 0, 26, SPEED_COLOR),
        )
        stack(*live, area=zone(2.9, 6.6, -2.0, -0.4), buff=0.22)
        self.play(FadeIn(axes), FadeIn(dish()), FadeIn(crowd), FadeIn(live), run_time=0.9)
        curve = grown(axes, unlimited, time, FREE_COLOR)
        self.add(curve, crowd)
        doublings = [k * DOUBLING for k in range(1, 12) if k * DOUBLING < OVERFLOW_TIME]
        first = doublings[min(2, len(doublings) - 1)]
        steps = [d for d in doublings if d <= first]
        self.say(
            f"In {number_text(DOUBLING)} {time_unit} the number doubles. In the next {number_text(DOUBLING)} again."
        )
        marks = VGroup()
        for moment in steps:
            self.play(time.animate.set_value(moment), run_time=1.5, rate_func=linear)
            mark = Dot(axes.c2p(moment, unlimited(moment)), color=CHALK, radius=0.08)
            marks.add(mark)
            self.play(GrowFromCenter(mark), run_time=0.25)
        self.say("Twice as many means twice as many newborn: the curve gets steeper and steeper.")
        self.play(time.animate.set_value(OVERFLOW_TIME), run_time=5, rate_func=linear)
        for each in (curve, crowd):
            each.clear_updaters()
        later = 10 * OVERFLOW_TIME
        self.say(
            f"But no place has room without end. At {number_text(later, None, 2)} {time_unit} it would be more than a trillion."
            if unlimited(later) > 1e12
            else "But no place has room without end. Soon there would be millions."
        )
        rule = formula(r"N = N_0\, e^{r t}", 44, colors={"N": FREE_COLOR})
        fit(rule, zone(2.9, 6.6, -2.8, -2.1), LEFT)
        self.play(Write(rule), Indicate(crowd[FULL_DISH:], color=CHALK, scale_factor=1.05), run_time=1.3)
        self.pause(1.0)


class TheBrake(Stage):
    def construct(self):
        time = ValueTracker(0.0)
        axes = graph((0, END), (0, 1.25 * capacity), MAIN, time_unit, "individuals")
        ceiling = DashedLine(axes.c2p(0, capacity), axes.c2p(END, capacity), color=LIMIT_COLOR, stroke_width=3)
        ceiling_name = words("K = " + number_text(capacity, None, 4), 26, LIMIT_COLOR)
        ceiling_name.next_to(axes.c2p(0, capacity), UR, buff=0.12)
        self.heading("Food and room run short: logistic growth")
        self.say(f"Let there be food for {number_text(capacity, None, 4)}. That is the carrying capacity K.")
        now = lambda: limited(time.get_value())
        crowd = filling(REAL_COLOR, now)
        law = formula(
            r"\frac{dN}{dt} = r N \Bigl(1 - \frac{N}{K}\Bigr)", 44, colors={"N": REAL_COLOR, "K": LIMIT_COLOR}
        )
        live = VGroup(
            readout("N", now, "", 0, 36, REAL_COLOR),
            readout("room left", lambda: 100 * (1 - now() / capacity), "%", 0, 28, LIMIT_COLOR),
            readout(f"new per {ONE}", lambda: speed(now()), "", 0, 28, SPEED_COLOR),
        )
        self.play(FadeIn(axes), Create(ceiling), FadeIn(ceiling_name), FadeIn(dish()), FadeIn(crowd), run_time=1.0)
        self.say("The fuller it is, the slower they multiply: growth is cut by the share of room that is left.")
        fit(law, zone(2.8, 6.6, -1.15, -0.25), LEFT)
        stack(*live, area=zone(2.8, 6.6, -2.75, -1.35), buff=0.2)
        self.play(Write(law), FadeIn(live), run_time=1.3)
        free = grown(axes, unlimited, time, FREE_COLOR, 3.5)
        real = grown(axes, limited, time, REAL_COLOR)
        self.add(free, real, crowd)
        self.say("At first the brake is hardly felt: both curves run together.")
        self.play(time.animate.set_value(0.7 * HALF_TIME), run_time=3.5, rate_func=linear)
        self.say("Then the real curve bends away. Half full, and only half of the free growth is left.")
        self.play(time.animate.set_value(1.25 * HALF_TIME), run_time=3, rate_func=linear)
        self.say("In the end births only replace deaths. The number settles at the carrying capacity.")
        self.play(time.animate.set_value(END), run_time=3.5, rate_func=linear)
        for each in (free, real, crowd):
            each.clear_updaters()
        list(np.linspace(0, END, 60))
        names = VGroup(words("no limit", 24, FREE_COLOR), words("with a limit", 24, REAL_COLOR))
        top_time = math.log(1.25 * capacity / start) / rate
        names[0].next_to(axes.c2p(top_time, 1.2 * capacity), RIGHT, buff=0.15)
        half = 0.35 * capacity
        names[1].next_to(axes.c2p(HALF_TIME + math.log(half / (capacity - half)) / rate, half), RIGHT, buff=0.25)
        self.play(FadeIn(names), run_time=0.6)
        self.pause(1.0)


class FastestHalfWay(Stage):
    def construct(self):
        left, right = split_zone(FULL, [1.1, 1], gap=0.5)
        axes = graph((0, END), (0, 1.1 * capacity), left, time_unit, "individuals N")
        plane = graph(
            (0, 1.05 * capacity),
            (0, 1.25 * FASTEST),
            zone(right.get_left()[0], 6.6, -1.6, 2.75),
            "individuals N",
            f"new per {ONE}",
        )
        time = ValueTracker(0.0)
        now = lambda: limited(time.get_value())
        self.heading("When does it grow fastest?")
        self.say("Follow the number on the left, and on the right how many are added each " + ONE + ".")
        curve = plot(axes, limited, REAL_COLOR)
        self.play(FadeIn(axes), FadeIn(plane), run_time=0.8)
        self.play(Create(curve), run_time=1.2)
        live = VGroup(
            readout("N", now, "", 0, 30, REAL_COLOR),
            readout(f"new per {ONE}", lambda: speed(now()), "", 1, 30, SPEED_COLOR),
        ).arrange(RIGHT, buff=0.7)
        fit(live, zone(right.get_left()[0] + 0.2, 6.6, -2.3, -1.75), LEFT)
        dot = Dot(axes.c2p(0, start), color=CHALK, radius=0.1)
        dot.add_updater(lambda one: one.move_to(axes.c2p(time.get_value(), now())))
        pen = Dot(plane.c2p(start, speed(start)), color=CHALK, radius=0.1)
        pen.add_updater(lambda one: one.move_to(plane.c2p(now(), speed(now()))))

        def tangent():
            x, y, slope = time.get_value(), now(), speed(now())
            step = 0.13 * END
            reach = min(step, 0.5 * y / max(slope, 1e-9), (1.1 * capacity - y) / max(slope, 1e-9))
            return Line(
                axes.c2p(x - min(reach, x), y - slope * min(reach, x)),
                axes.c2p(min(x + reach, END), y + slope * (min(x + reach, END) - x)),
                stroke_color=SPEED_COLOR,
                stroke_width=5,
            )

        line = always_redraw(tangent)
        trail = VMobject(stroke_color=SPEED_COLOR, stroke_width=5)

        def grow(path):
            counts = np.linspace(start, max(now(), start + 1e-6), 80)
            path.set_points_as_corners([plane.c2p(n, speed(float(n))) for n in counts])

        trail.add_updater(grow)
        self.play(FadeIn(dot), FadeIn(pen), FadeIn(live), run_time=0.5)
        self.add(line, trail, dot, pen)
        self.say("Few individuals have few offspring, though there is plenty of room for them.")
        self.play(time.animate.set_value(HALF_TIME), run_time=4.5, rate_func=linear)
        half_line = DashedLine(
            plane.c2p(capacity / 2, 0), plane.c2p(capacity / 2, FASTEST), color=LIMIT_COLOR, stroke_width=3
        )
        half_left = DashedLine(
            axes.c2p(0, capacity / 2), axes.c2p(HALF_TIME, capacity / 2), color=LIMIT_COLOR, stroke_width=3
        )
        name = words("K / 2", 28, LIMIT_COLOR).next_to(half_left, UP, buff=0.1).align_to(axes.c2p(0.03 * END, 0), LEFT)
        self.say("Here the curve is steepest: at exactly half of the capacity.")
        self.play(Create(half_line), Create(half_left), FadeIn(name), Flash(pen, color=LIMIT_COLOR), run_time=1.0)
        self.say("Beyond it there are many parents, but less and less room: growth fades away.")
        self.play(time.animate.set_value(END), run_time=4.0, rate_func=linear)
        for each in (dot, pen, line, trail):
            each.clear_updaters()
        result = words("fastest: r K / 4 = " + number_text(FASTEST) + " per " + ONE, 28, SPEED_COLOR)
        fit(result, zone(right.get_left()[0] + 0.2, 6.4, -2.8, -2.4), LEFT)
        self.say("Fisheries use this: at half the capacity a stock replaces most of what is caught.")
        self.play(FadeIn(result, shift=0.2 * UP), run_time=0.7)
        self.play(Create(highlight(result, SPEED_COLOR, 0.1)), run_time=0.6)
        self.pause(1.2)

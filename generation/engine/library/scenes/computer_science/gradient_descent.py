from manim import *
from theorama_kit import *

rate = knob(0.3, label="Learning rate", minimum=0.02, maximum=2.0, step=0.01, help="Step = learning rate times slope.")
bend = knob(0.5, label="a in the curve a·x²", minimum=0.25, maximum=2.0, step=0.05, help="How narrow the bowl is.")
start = knob(3.0, label="Start", minimum=0.5, maximum=3.5, step=0.1, help="To the right of the lowest point.")
steps = knob(10, label="Steps", minimum=5, maximum=20)
narrowness = knob(8, label="How narrow the valley is", minimum=1, maximum=20, help="1 is round.")

CURVE_COLOR = SKY
POINT_COLOR = YELLOW
SLOPE_COLOR = CORAL
STEP_COLOR = MINT
LIMIT = 4.0  # the pictures show x from -4 to 4

FACTOR = 1 - 2 * bend * rate  # every step multiplies the distance to the lowest point by this


def height(x):
    """The curve whose lowest point is looked for."""
    return bend * x * x


def slope(x):
    return 2 * bend * x


def descend(gradient, x, learning_rate, count):
    """The points of gradient descent: each step goes against the slope."""
    points = [x]
    for _step in range(count):
        points.append(points[-1] - learning_rate * gradient(points[-1]))
    return points


def inside(points, limit=LIMIT):
    """The points up to the first that leaves the picture; whether one leaves."""
    kept = []
    for point in points:
        if abs(point) > limit:
            return kept, True
        kept.append(point)
    return kept, False


def behaviour(factor):
    """What becomes of the distance to the lowest point."""
    if abs(factor) < 1e-9:
        return "exact"
    if abs(abs(factor) - 1) < 1e-9:
        return "forever"
    if abs(factor) > 1:
        return "diverges"
    return "creeps" if factor > 0 else "zigzags"


STORY = {
    "exact": "This learning rate is just right: one step lands in the lowest point.",
    "forever": "The step is twice as long as needed: the point jumps to and fro for ever.",
    "diverges": "Each step overshoots further than the last: the point flies out of the bowl.",
    "creeps": "Near the bottom the slope gets small, so the steps get shorter by themselves.",
    "zigzags": "Each step overshoots, but less and less: it closes in from both sides.",
}


def bowl_axes(area, labels=True):
    return graph((-LIMIT, LIMIT), (0, 16 * bend), area, "x" if labels else "", "f(x)" if labels else "", y_count=4)


def tangent(axes, x, reach=0.9):
    """A piece of the tangent, cut off at the edges of the picture."""
    m = slope(x)
    wide = reach / math.sqrt(1 + (m * axes.y_length / axes.x_length * 2 * LIMIT / (16 * bend)) ** 2) * 1.4
    low, high = x - wide, x + wide
    if abs(m) > 1e-9:
        ends = sorted([x - height(x) / m, x + (16 * bend - height(x)) / m])
        low, high = max(low, ends[0]), min(high, ends[1])
    value = lambda t: clamp(height(x) + m * (t - x), 0, 16 * bend)
    return Line(axes.c2p(low, value(low)), axes.c2p(high, value(high)), stroke_color=SLOPE_COLOR, stroke_width=5)


class Downhill(Stage):
    def construct(self):
        points, leaves = inside(descend(slope, start, rate, steps))
        area = zone(-6.6, 0.9, -2.85, 2.75)
        axes = bowl_axes(area)
        record = graph((0, steps), (0, 16 * bend), zone(1.6, 6.6, -0.6, 2.75), "steps", "f(x)", whole=True, y_count=3)
        curve = plot(axes, height, CURVE_COLOR, width=5)
        x = ValueTracker(start)
        now = x.get_value
        dot = always_redraw(lambda: Dot(axes.c2p(now(), height(now())), radius=0.12, color=POINT_COLOR))
        touch = always_redraw(lambda: tangent(axes, now()))
        self.heading("Downhill without seeing the valley")
        self.say("Find the lowest point knowing only the slope here: as on a hill in fog.")
        self.play(FadeIn(axes), Create(curve), run_time=1.2)
        self.play(FadeIn(dot), FadeIn(touch), run_time=0.6)
        rule = formula(
            r"x \leftarrow x - \eta\, f'(x)", 46, colors={"x": POINT_COLOR, r"\eta": STEP_COLOR, "f'": SLOPE_COLOR}
        )
        fit(rule, zone(1.6, 6.6, -1.55, -0.85), LEFT)
        numbers = VGroup(
            readout("x", x, "", 3, 26, POINT_COLOR), readout("slope", lambda: slope(now()), "", 2, 26, SLOPE_COLOR)
        ).arrange(RIGHT, buff=0.6)
        numbers.move_to([1.6, -1.95, 0], aligned_edge=LEFT)
        rate_text = words(f"learning rate η = {number_text(rate)}", 26, STEP_COLOR).move_to(
            [1.6, -2.55, 0], aligned_edge=LEFT
        )
        self.say("Step against the slope. How far? Slope times a factor, the learning rate η.")
        self.play(Write(rule), FadeIn(numbers), FadeIn(rate_text), run_time=1.2)
        self.play(FadeIn(record), run_time=0.5)
        marks = VGroup(Dot(record.c2p(0, height(start)), radius=0.07, color=POINT_COLOR))
        self.play(FadeIn(marks), run_time=0.3)
        pace = clamp(7 / max(len(points) - 1, 1), 0.4, 1.2)
        for n, (here, there) in enumerate(zip(points[:-1], points[1:], strict=True), start=1):
            if n == 3:
                self.say(STORY[behaviour(FACTOR)])
            level = axes.c2p(here, height(here)), axes.c2p(there, height(here))
            step = arrow(*level, STEP_COLOR, 5)
            fall = DashedLine(level[1], axes.c2p(there, height(there)) + 1e-3 * UP, color=CHALK3, stroke_width=2.5)
            self.play(FadeIn(step), run_time=0.3 * pace)
            self.play(x.animate.set_value(there), FadeIn(fall), run_time=0.5 * pace)
            ghost = Dot(axes.c2p(here, height(here)), radius=0.06, color=CHALK2)
            mark = Dot(record.c2p(n, height(there)), radius=0.07, color=POINT_COLOR)
            line = Line(record.c2p(n - 1, height(here)), mark.get_center(), stroke_color=POINT_COLOR, stroke_width=3)
            self.add(ghost)
            self.play(FadeOut(step), FadeOut(fall), FadeIn(mark), Create(line), run_time=0.2 * pace)
        if leaves:
            self.say(
                STORY[behaviour(FACTOR)]
                if len(points) < 4
                else "The next step leaves the picture: the learning rate is too large."
            )
            out = descend(slope, points[-1], rate, 1)[1]
            edge = clamp(out, -LIMIT, LIMIT)
            away = arrow(axes.c2p(points[-1], height(points[-1])), axes.c2p(edge, height(points[-1])), SLOPE_COLOR, 6)
            self.play(GrowArrow(away) if abs(edge - points[-1]) > 0.1 else FadeIn(away), run_time=0.8)
        else:
            self.say(f"After {steps} steps x is {number_text(points[-1], None, 2)}. The lowest point is at 0.")
        self.pause(1.0)


# Four learning rates, each as a part of the one that would land in one step.
RATES = [(0.08, "small", SKY), (0.7, "good", MINT), (1.75, "large", YELLOW), (2.15, "too large", CORAL)]
JUST_RIGHT = 1 / (2 * bend)
ROUNDS = 10


class HowLongAStep(Stage):
    def construct(self):
        upper, lower = split_zone(FULL, [1, 1.2], across=False, gap=0.2)
        areas = split_zone(upper, [1, 1, 1, 1], gap=0.35)
        record = graph((0, ROUNDS), (0, 1.6), lower, "steps", "height, as a part of the first", y_count=4, whole=True)
        self.heading("How long a step?")
        self.say("The same bowl and the same start, with four learning rates.")
        first = 2.4
        paths = [descend(slope, first, part * JUST_RIGHT, ROUNDS) for part, _name, _color in RATES]
        spots, tops, frames = [], [], VGroup()
        reach, peak = 4.4, height(4.4)
        for area, (part, name, color) in zip(areas, RATES, strict=True):
            left, bottom = area.get_left()[0], area.get_bottom()[1] + 0.1
            tall = area.height - 0.75
            spot = lambda x, left=left, bottom=bottom, tall=tall, wide=area.width: np.array(
                [left + wide * (x + reach) / (2 * reach), bottom + tall * height(x) / peak, 0]
            )
            curve = VMobject(stroke_color=CHALK3, stroke_width=4).set_points_smoothly(
                [spot(x) for x in np.linspace(-reach, reach, 41)]
            )
            title = words(f"{name}: η = {number_text(part * JUST_RIGHT, None, 3)}", 26, color)
            fit_width(title, area.width).move_to([area.get_center()[0], area.get_top()[1] - 0.2, 0])
            frames.add(VGroup(curve, title))
            spots.append(spot)
            tops.append(Dot(spot(first), radius=0.11, color=color).set_z_index(2))
        self.play(LaggedStart(*[FadeIn(frame) for frame in frames], lag_ratio=0.2), FadeIn(record), run_time=1.4)
        self.play(*[FadeIn(dot) for dot in tops], run_time=0.5)
        lines_of_talk = {
            1: "Too small a step is safe but slow. A good one is there after a few steps.",
            5: "A large one jumps to and fro. One too large lands higher each time and never comes back.",
        }
        for n in range(1, ROUNDS + 1):
            if n in lines_of_talk:
                self.say(lines_of_talk[n])
            moves = []
            for path, spot, dot, (_part, _name, color) in zip(paths, spots, tops, RATES, strict=True):
                here, there = path[n - 1], path[n]
                if abs(there) <= reach:
                    hop = Line(spot(here), spot(there) + 1e-4 * UP, stroke_color=color, stroke_width=2.5)
                    moves += [dot.animate.move_to(spot(there)), Create(hop)]
                values = height(here) / height(first), height(there) / height(first)
                if values[0] <= 1.6:
                    share = 1.0 if values[1] <= 1.6 else (1.6 - values[0]) / (values[1] - values[0])
                    end = record.c2p(n - 1 + share, values[0] + share * (values[1] - values[0]))
                    moves.append(Create(Line(record.c2p(n - 1, values[0]), end, stroke_color=color, stroke_width=4)))
            self.play(*moves, run_time=0.6)
            self.wait(0.1)
        self.say(
            f"Here η must stay below {number_text(2 * JUST_RIGHT, None, 3)}: two divided by the second derivative."
        )
        self.play(Indicate(frames[3][1], color=CORAL), run_time=0.8)
        self.pause(1.0)


def hills(x):
    """A curve with two valleys, the left one deeper."""
    return 0.1 * x**4 - 0.8 * x**2 + 0.3 * x + 4.6


def hills_slope(x):
    return 0.4 * x**3 - 1.6 * x + 0.3


STARTS = [-3.2, -2.6, -1.5, -0.9, -0.2, 0.5, 1.0, 1.5, 2.6, 3.2]
HILL_RATE, HILL_STEPS = 0.1, 24


class TwoValleys(Stage):
    def construct(self):
        axes = graph((-3.6, 3.6), (0, 10), FULL, "x", "f(x)", y_count=4)
        curve = plot(axes, hills, CURVE_COLOR, width=5)
        self.heading("Which valley? It depends on the start")
        self.say("This curve has two valleys. Let ten points go downhill from different starts.")
        self.play(FadeIn(axes), Create(curve), run_time=1.4)
        dots = VGroup(*[Dot(axes.c2p(x, hills(x)), radius=0.11, color=CHALK) for x in STARTS])
        self.play(LaggedStart(*[FadeIn(dot, scale=0.4) for dot in dots], lag_ratio=0.12), run_time=1.2)
        paths = [descend(hills_slope, x, HILL_RATE, HILL_STEPS) for x in STARTS]
        for n in range(1, HILL_STEPS + 1):
            self.play(
                *[
                    dot.animate.move_to(axes.c2p(path[n], hills(path[n])))
                    for dot, path in zip(dots, paths, strict=True)
                ],
                run_time=0.3 if n < 6 else 0.14,
                rate_func=linear,
            )
        low, high = paths[0][-1], paths[-1][-1]
        colors = [STEP_COLOR if path[-1] < 0 else SLOPE_COLOR for path in paths]
        homes = [Dot(axes.c2p(x, hills(x)), radius=0.09, color=color) for x, color in zip(STARTS, colors, strict=True)]
        labels = VGroup(
            words("lowest of all", 28, STEP_COLOR).next_to(axes.c2p(low, hills(low)), DOWN, buff=0.25),
            words("only a local minimum", 28, SLOPE_COLOR).next_to(axes.c2p(high, hills(high)), DOWN, buff=0.25),
        )
        self.say("Those on the right are held by a local minimum: it is not the lowest.")
        self.play(
            *[dot.animate.set_color(color) for dot, color in zip(dots, colors, strict=True)],
            FadeIn(labels),
            run_time=0.8,
        )
        self.play(LaggedStart(*[FadeIn(home) for home in homes], lag_ratio=0.1), run_time=1.0)
        self.say("It finds a lowest point nearby, not always the lowest of all.")
        self.pause(1.0)


# --- two variables: the valley from above, f = (x² + narrowness·y²) / 2 ------------------------------
UNIT, CENTRE = 1.03, np.array([-2.15, -0.05, 0])
WIDE, TALL = 4.2, 2.6


def spot_of(point):
    return CENTRE + UNIT * np.array([point[0], point[1], 0])


def level(point):
    return 0.5 * (point[0] ** 2 + narrowness * point[1] ** 2)


def gradient_at(point):
    return np.array([point[0], narrowness * point[1]])


def contour(c):
    """The line of equal height c, cut off at the edges of the picture."""
    drawn = VMobject(stroke_color=CURVE_COLOR, stroke_width=2.5, stroke_opacity=0.7)
    pieces, piece = [], []
    for angle in np.linspace(0, TAU, 241):
        point = (math.sqrt(2 * c) * math.cos(angle), math.sqrt(2 * c / narrowness) * math.sin(angle))
        if abs(point[0]) <= WIDE and abs(point[1]) <= TALL:
            piece.append(spot_of(point))
        else:
            pieces, piece = [*pieces, piece], []
    for part in [*pieces, piece]:
        if len(part) > 1:
            drawn.start_new_path(part[0])
            drawn.add_points_as_corners(part[1:])
    return drawn


FROM = np.array([-3.8, 1.5])
LARGEST = 2 / narrowness  # above this learning rate the steep direction diverges
WALKS = [(0.9 * LARGEST, "long steps", YELLOW), (0.3 * LARGEST, "short steps", MINT)]
WALK_STEPS = 22


class FromAbove(Stage):
    def construct(self):
        self.heading("Two directions: a valley seen from above")
        self.say("Now the height depends on two numbers: a map with lines of equal height.")
        highest = 0.5 * (WIDE**2 + narrowness * TALL**2)
        rings = VGroup(*[contour(highest * part**2) for part in np.linspace(0.1, 0.95, 9)])
        bottom = VGroup(Dot(spot_of((0, 0)), radius=0.07, color=CHALK))
        self.play(LaggedStart(*[Create(ring) for ring in rings[::-1]], lag_ratio=0.1), FadeIn(bottom), run_time=1.8)
        begin = spot_of(FROM)
        against = -gradient_at(FROM) / np.linalg.norm(gradient_at(FROM))
        way = arrow(begin, begin + 1.1 * np.array([*against, 0]), SLOPE_COLOR, 6)
        self.say("The gradient points straight uphill, across the lines. So go against it.")
        self.play(FadeIn(Dot(begin, radius=0.1, color=CHALK)), FadeIn(way), run_time=0.8)
        count = ValueTracker(0)
        walks = [descend(gradient_at, FROM, eta, WALK_STEPS) for eta, _name, _color in WALKS]
        notes = VGroup()
        for (eta, name, color), walk in zip(WALKS, walks, strict=True):
            read = lambda walk=walk: level(walk[int(count.get_value())])
            notes.add(
                VGroup(
                    words(f"{name}: η = {number_text(eta, None, 2)}", 26, color),
                    readout("height", read, "", 3, 28, color),
                ).arrange(DOWN, buff=0.2, aligned_edge=LEFT)
            )
        live = stack(readout("steps", count, "", 0, 32, CHALK), *notes, area=zone(2.9, 6.6, -0.6, 2.5), buff=0.45)
        self.play(FadeIn(live), FadeOut(way), run_time=0.6)
        self.say(
            "The valley is steep across and flat along. Long steps bounce from side to side."
            if narrowness > 2
            else "This valley is almost round, so the way down is nearly straight."
        )
        dots = [Dot(begin, radius=0.1, color=color).set_z_index(2) for _eta, _name, color in WALKS]
        self.add(*dots)
        for n in range(1, WALK_STEPS + 1):
            count.set_value(n)
            moves = []
            for dot, walk, (_eta, _name, color) in zip(dots, walks, WALKS, strict=True):
                here, there = spot_of(walk[n - 1]), spot_of(walk[n])
                moves.append(dot.animate.move_to(there))
                if np.linalg.norm(there - here) > 0.01:
                    moves.append(Create(Line(here, there, stroke_color=color, stroke_width=4)))
            self.play(*moves, run_time=0.34 if n < 8 else 0.1)
        law = formula(
            r"\vec{x} \leftarrow \vec{x} - \eta\, \nabla f", 42, colors={r"\eta": STEP_COLOR, r"\nabla f": SLOPE_COLOR}
        )
        fit(law, zone(2.9, 6.6, -1.55, -0.75), LEFT)
        note = fit(
            lines("A neural network learns in just this way, with millions of numbers.", 24, CHALK2, 27),
            zone(2.9, 6.6, -2.85, -1.75),
            LEFT,
        )
        self.say("One rate must serve both directions. Neural networks meet this every day.")
        self.play(Write(law), FadeIn(note), run_time=1.0)
        self.pause(1.2)

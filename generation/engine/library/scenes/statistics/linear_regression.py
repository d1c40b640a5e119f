from manim import *
from theorama_kit import *

y_values = knob(
    [52.0, 55.0, 61.0, 58.0, 70.0, 68.0, 79.0, 77.0],
    label="y of the points",
    minimum=-100.0,
    maximum=100.0,
    step=0.1,
    at_least=3,
    at_most=12,
)
x_values = knob(
    "1 2 3 4 5 6 7 8", label="x of the points", kind="text", help="One for each y. Missing ones go on in equal steps."
)
x_name = knob("hours of study", label="What x is", kind="text")
y_name = knob("mark", label="What y is", kind="text")
predict_at = knob(6.5, label="Predict at x =", minimum=-1000.0, maximum=1000.0, step=0.1)

POINT_COLOR = SKY
LINE_COLOR = YELLOW
MISS_COLOR = CORAL
MEAN_COLOR = LILAC
GOOD_COLOR = MINT


def read_number(text):
    """A number such as "-2.5"; a sentence where it is none."""
    bare = text.replace(MINUS, "-")
    digits = bare.removeprefix("-").replace(".", "", 1)
    if not digits.isdecimal() or len(digits) > 9:
        raise ValueError("The x values are numbers with spaces between them, such as 1 2 3.5 4.")
    return float(bare)


def positions(text, count):
    """The x of every point: those given, then on in equal steps."""
    xs = [read_number(part) for part in text.replace(",", " ").replace(";", " ").split()][:count] or [1.0]
    step = xs[-1] - xs[-2] if len(xs) > 1 and abs(xs[-1] - xs[-2]) > 0 else 1.0
    while len(xs) < count:
        xs.append(xs[-1] + step)
    if max(xs) - min(xs) < 1e-9 or max([abs(x) for x in xs]) > 100000:
        raise ValueError("The points need different x values, none beyond a hundred thousand.")
    return np.array(xs)


X = positions(x_values, len(y_values))
Y = np.array(y_values)
X_MEAN, Y_MEAN = float(np.mean(X)), float(np.mean(Y))
S_XX = float(np.sum((X - X_MEAN) ** 2))
S_YY = float(np.sum((Y - Y_MEAN) ** 2))
S_XY = float(np.sum((X - X_MEAN) * (Y - Y_MEAN)))
SLOPE = S_XY / S_XX
INTERCEPT = Y_MEAN - SLOPE * X_MEAN
FLAT = S_YY < 1e-9  # all y are equal
R = 0.0 if FLAT else S_XY / math.sqrt(S_XX * S_YY)


def squares_sum(slope):
    """The sum of squared residuals of the line with this slope through the mean point."""
    return float(np.sum((Y - Y_MEAN - slope * (X - X_MEAN)) ** 2))


def predicted(x):
    return INTERCEPT + SLOPE * x


def swing():
    """How far the slope is turned away from the best one, both ways."""
    half = max(X_MEAN - float(X.min()), float(X.max()) - X_MEAN)
    return 0.9 * (1.0 if FLAT else float(np.max(np.abs(Y - Y_MEAN)))) / half


STEEPEST, FLATTEST = SLOPE + swing(), SLOPE - swing()


def signed(value, text):
    return (" + " if value >= 0 else " − ") + text


def equation():
    """The line as people write it."""
    return "y = " + number_text(SLOPE) + " x" + signed(INTERCEPT, number_text(abs(INTERCEPT)))


# --- the picture -------------------------------------------------------------------------------------
def scatter(area, more=(), y_more=()):
    """Axes that hold all points with some room around them."""
    xs, ys = [*X, *more], [*Y, *y_more]
    room_x, room_y = 0.08 * (max(xs) - min(xs)), 0.06 * max(max(ys) - min(ys), 1e-6)
    x_range = (min(xs) - room_x, max(xs) + room_x)
    return graph(x_range, nice_range([min(ys) - room_y, max(ys) + room_y]), area, x_name, y_name)


def dots(axes):
    return VGroup(*[Dot(axes.c2p(x, y), color=POINT_COLOR, radius=0.09) for x, y in zip(X, Y, strict=True)])


def line_of(axes, slope, color=LINE_COLOR, width=5):
    """The line with a slope through the mean point, from edge to edge of the plot."""
    return plot(axes, lambda x: Y_MEAN + slope * (x - X_MEAN), color, width=width, samples=60)


def misses(axes, slope):
    """The upright distance from every point to the line."""
    drawn = VMobject(stroke_color=MISS_COLOR, stroke_width=4)
    for x, y in zip(X, Y, strict=True):
        drawn.start_new_path(axes.c2p(x, y))
        drawn.add_line_to(axes.c2p(x, Y_MEAN + slope * (x - X_MEAN)))
    return drawn


def squares(axes, slope, color=MISS_COLOR, opacity=0.25):
    """A square on every residual, on the side where there is more room."""
    drawn = VMobject(stroke_color=color, stroke_width=1.5, fill_color=color, fill_opacity=opacity)
    centre = (axes.x_range[0] + axes.x_range[1]) / 2
    for x, y in zip(X, Y, strict=True):
        start, end = axes.c2p(x, y), axes.c2p(x, Y_MEAN + slope * (x - X_MEAN))
        side = (abs(end[1] - start[1]) if x < centre else -abs(end[1] - start[1])) * RIGHT
        drawn.start_new_path(start)
        drawn.add_points_as_corners([end, end + side, start + side, start])
    return drawn


class ManyLines(Stage):
    def construct(self):
        ends = [Y_MEAN + s * (x - X_MEAN) for s in (STEEPEST, FLATTEST) for x in (X.min(), X.max())]
        axes = scatter(zone(-6.6, 0.1, -2.85, 2.75), (), ends)
        slope = ValueTracker(FLATTEST)
        points = dots(axes)
        self.heading("Which line fits best?")
        self.say("Each point is one observation. Which straight line describes them best?")
        self.play(FadeIn(axes), run_time=0.7)
        self.play(LaggedStart(*[GrowFromCenter(dot) for dot in points], lag_ratio=0.15), run_time=1.2)
        moving = always_redraw(lambda: line_of(axes, slope.get_value()))
        gaps = always_redraw(lambda: misses(axes, slope.get_value()))
        boxes = always_redraw(lambda: squares(axes, slope.get_value()))
        self.say("Try a line. At each point it misses by an upright distance: the residual.")
        self.play(FadeIn(moving), run_time=0.7)
        self.play(FadeIn(gaps), run_time=0.7)
        self.bring_to_front(points)
        self.say("Put a square on every residual, and add up their areas. A large miss counts much more.")
        self.play(FadeIn(boxes), run_time=0.8)
        most = max(squares_sum(FLATTEST), squares_sum(STEEPEST))
        power = 1000.0 if most >= 20000 else 1.0
        name = "sum of squares" + (" in thousands" if power > 1 else "")
        beside_axes = graph(
            (FLATTEST, STEEPEST),
            nice_range([1.05 * most / power], zero=True),
            zone(0.5, 6.6, -2.85, 1.75),
            "slope of the line",
            name,
        )
        live = stack(
            readout("sum of squares", lambda: squares_sum(slope.get_value()), "", 1, 32, MISS_COLOR),
            area=zone(0.8, 6.6, 2.0, 2.75),
        )
        height = lambda s: squares_sum(s) / power
        pen = always_redraw(
            lambda: Dot(beside_axes.c2p(slope.get_value(), height(slope.get_value())), color=CHALK, radius=0.09)
        )
        trace = always_redraw(
            lambda: plot(
                beside_axes,
                height,
                MISS_COLOR,
                (FLATTEST, max(slope.get_value(), FLATTEST + 1e-3 * swing())),
                samples=60,
            )
        )
        self.play(FadeIn(beside_axes), FadeIn(live), run_time=0.8)
        self.add(trace, pen)
        self.bring_to_front(points)
        self.say("Turn the line and watch the total: it falls, and then it rises again.")
        self.play(slope.animate.set_value(STEEPEST), run_time=6, rate_func=linear)
        self.remove(trace)
        self.add(plot(beside_axes, height, MISS_COLOR), pen)
        self.say("The curve is a parabola. At its lowest point stands the line of least squares.")
        self.play(slope.animate.set_value(SLOPE), run_time=2.0)
        for still in (moving, gaps, boxes, pen):
            still.clear_updaters()
        spot = beside_axes.c2p(SLOPE, height(SLOPE))
        mark = Dot(spot, color=LINE_COLOR, radius=0.12)
        self.play(GrowFromCenter(mark), Flash(spot, color=LINE_COLOR), run_time=0.8)
        self.pause(1.0)


class TheLine(Stage):
    def construct(self):
        low, high = float(X.min()), float(X.max())
        span = high - low
        near = low - span <= predict_at <= high + span
        more = ((predict_at,), (predicted(predict_at),)) if near else ((), ())
        axes = scatter(MAIN, *more)
        points = dots(axes)
        self.heading("The line of least squares")
        self.say("The best line always goes through the mean point: mean of x, mean of y.")
        self.play(FadeIn(axes), FadeIn(points), run_time=0.8)
        (x0, x1), (y0, y1) = axes.x_range[:2], axes.y_range[:2]
        cross = VGroup(
            DashedLine(axes.c2p(X_MEAN, y0), axes.c2p(X_MEAN, y1), color=MEAN_COLOR, stroke_width=3),
            DashedLine(axes.c2p(x0, Y_MEAN), axes.c2p(x1, Y_MEAN), color=MEAN_COLOR, stroke_width=3),
        )
        centre = Dot(axes.c2p(X_MEAN, Y_MEAN), color=MEAN_COLOR, radius=0.13)
        means = VGroup(
            words("mean of x = " + number_text(X_MEAN, None, 4), 28, MEAN_COLOR),
            words("mean of y = " + number_text(Y_MEAN, None, 4), 28, MEAN_COLOR),
        )
        stack(*means, area=zone(2.8, 6.6, 1.6, 2.7), buff=0.25)
        self.play(Create(cross), FadeIn(means), run_time=1.0)
        self.play(GrowFromCenter(centre), run_time=0.5)
        line = line_of(axes, 0.0)
        self.play(Create(line), run_time=0.7)
        law = formula(r"m = \frac{\sum (x - \bar x)(y - \bar y)}{\sum (x - \bar x)^2}", 36, CHALK, {"m": LINE_COLOR})
        steps = VGroup(
            law,
            words("m = " + number_text(S_XY) + " ÷ " + number_text(S_XX) + " = " + number_text(SLOPE), 28, LINE_COLOR),
        )
        stack(*steps, area=zone(2.8, 6.6, -0.7, 1.4), buff=0.3)
        self.say("Its slope compares how x and y vary together with how x varies alone.")
        turn = ValueTracker(0.0)
        moving = always_redraw(lambda: line_of(axes, turn.get_value()))
        self.play(FadeIn(law), run_time=0.8)
        self.remove(line)
        self.add(moving)
        self.bring_to_front(points, centre)
        self.play(turn.animate.set_value(SLOPE), FadeIn(steps[1], shift=0.2 * UP), run_time=2.0)
        moving.clear_updaters()
        result = fit(words(equation(), 38, LINE_COLOR), zone(2.8, 6.5, -1.7, -1.0), LEFT)
        self.play(FadeIn(result, shift=0.2 * UP), Create(highlight(result, LINE_COLOR, 0.15)), run_time=0.9)
        inside = low <= predict_at <= high
        answer = "at x = " + number_text(predict_at) + ":  y ≈ " + number_text(predicted(predict_at))
        self.say(
            "Now it can predict: put in x and read off y."
            if inside
            else "It can even go beyond the data. But nobody knows whether the trend goes on there."
        )
        if near:
            foot, top = axes.c2p(predict_at, y0), axes.c2p(predict_at, predicted(predict_at))
            self.play(Create(DashedLine(foot, top + 0.001 * UP, color=GOOD_COLOR, stroke_width=4)), run_time=0.7)
            self.play(FadeIn(Dot(top, color=GOOD_COLOR, radius=0.11), scale=0.4), run_time=0.4)
        told = fit(words(answer, 30, GOOD_COLOR), zone(2.8, 6.6, -2.75, -2.05), LEFT)
        self.play(FadeIn(told, shift=0.2 * UP), run_time=0.6)
        self.pause(1.0)


def verdict():
    """What the correlation coefficient says."""
    if FLAT:
        return "All y are equal: nothing varies, and r has no value."
    size = "strong" if abs(R) >= 0.8 else "moderate" if abs(R) >= 0.5 else "weak"
    way = "y rises with x" if R > 0 else "y falls with x"
    if abs(R) > 0.9999999:
        return "All points lie exactly on the line: " + way + "."
    if abs(R) < 0.1:
        return "Hardly any straight-line link between x and y."
    return f"A {size} link: {way}."


def bar(width, top, color, opacity=0.6):
    """A horizontal bar that starts at the left edge of the side panel."""
    drawn = Rectangle(width=max(width, 0.01), height=0.42, stroke_color=color, stroke_width=2)
    return drawn.set_fill(color, opacity).move_to([2.9, top, 0], aligned_edge=LEFT)


class HowGood(Stage):
    def construct(self):
        axes = scatter(MAIN)
        points = dots(axes)
        turn = ValueTracker(0.0)
        left_over = lambda: squares_sum(turn.get_value()) / max(S_YY, 1e-9)
        self.heading("How good is the fit?")
        self.say("Without x, the best guess is the mean of y. These squares show how far off it is.")
        moving = always_redraw(lambda: line_of(axes, turn.get_value(), LINE_COLOR))
        boxes = always_redraw(lambda: squares(axes, turn.get_value()))
        self.play(FadeIn(axes), FadeIn(points), run_time=0.7)
        self.play(FadeIn(moving), FadeIn(boxes), run_time=0.8)
        self.bring_to_front(points)
        whole = 3.4
        first = VGroup(
            words("squares about the mean", 24, CHALK2).move_to([2.9, 2.45, 0], aligned_edge=LEFT),
            bar(whole, 2.0, MEAN_COLOR),
        )
        self.play(FadeIn(first), run_time=0.6)
        label = words("squares about the line", 24, CHALK2).move_to([2.9, 1.35, 0], aligned_edge=LEFT)
        rest = always_redraw(lambda: bar(whole * min(left_over(), 1.0), 0.9, MISS_COLOR))
        self.say("Now turn to the line of least squares, and watch how much of it is left.")
        self.play(FadeIn(label), FadeIn(rest), run_time=0.5)
        self.play(turn.animate.set_value(SLOPE), run_time=3.0)
        for still in (moving, boxes, rest):
            still.clear_updaters()
        if FLAT:
            facts = [fit_width(words("r has no value here", 32, GOOD_COLOR), 3.7)]
        else:
            facts = [
                words("still left: " + number_text(100 * (1 - R * R), 1) + " %", 28, MISS_COLOR),
                words("r² = " + number_text(R * R, 3), 32, GOOD_COLOR),
                words("r = " + number_text(R, 3), 44, GOOD_COLOR),
            ]
        stack(*facts, area=zone(2.9, 6.6, -1.5, 0.5), buff=0.28)
        self.say(
            "There is nothing to explain here: no value differs from the mean."
            if FLAT
            else f"The line takes away {number_text(100 * R * R, 1)} % of the squares. That part is r squared."
        )
        self.play(LaggedStart(*[FadeIn(fact, shift=0.2 * UP) for fact in facts], lag_ratio=0.4), run_time=1.4)
        self.say("The coefficient r goes from −1, a falling line, over 0 to +1, a rising line.")
        told = fit(lines(verdict(), 26, CHALK, 26), zone(2.9, 6.6, -2.75, -1.7), UL)
        self.play(FadeIn(told, shift=0.2 * UP), Create(highlight(facts[-1], GOOD_COLOR, 0.14)), run_time=0.9)
        self.say("And mind: that two things go together does not prove that one causes the other.")
        self.play(Indicate(points, color=CHALK, scale_factor=1.03), run_time=1.0)
        self.pause(1.0)

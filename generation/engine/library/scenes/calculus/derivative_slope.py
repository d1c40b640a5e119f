from manim import *
from theorama_kit import *

formula_text = knob(
    "x^3 - 3x", label="Function f(x)", kind="expression", help="A formula in x, such as sin(x) or x^2 - 1."
)
point = knob(-1.5, label="Point x₀", minimum=-20.0, maximum=20.0, step=0.1)
left_end = knob(-2.0, label="Graph from x =", minimum=-20.0, maximum=20.0, step=0.5)
right_end = knob(2.5, label="Graph to x =", minimum=-20.0, maximum=20.0, step=0.5)

CURVE_COLOR = SKY
SLOPE_COLOR = YELLOW
RUN_COLOR = MINT
RISE_COLOR = CORAL

f = expression(formula_text)
LOW = min(left_end, right_end, point - 0.5)  # the point is always in view
HIGH = max(left_end, right_end, point + 0.5)


def slope_at(x):
    """The slope of the curve at x: the derivative, nan at gaps and corners."""
    step = 1e-4 * max(1.0, abs(x))
    before, after = float(f(x) - f(x - step)) / step, float(f(x + step) - f(x)) / step
    if not math.isfinite(before + after) or abs(after - before) > 0.05 * (1 + abs(before) + abs(after)):
        return math.nan
    return float(derivative(f, x))


def view(function):
    """A y range that shows the curve, without the far ends of steep places."""
    values = [clamp(float(function(float(x))), -1e5, 1e5) for x in np.linspace(LOW, HIGH, 301)]
    finite = sorted([value for value in values if abs(value) < 1e5]) or [0.0, 1.0]
    count = len(finite)
    middle = finite[count // 10 : count - count // 10] or finite
    reach = 1.5 * max(middle[-1] - middle[0], 0.5)
    low, high = max(finite[0], middle[0] - reach), min(finite[-1], middle[-1] + reach)
    low, high = min(low, 0.0), max(high, 0.0)
    if high - low < 1e-9:
        return (-1.0, 1.0)
    return (low - 0.08 * (high - low), high + 0.08 * (high - low))


def usable_point():
    """x0, or the nearest place in view where the curve has a slope that is not too steep to draw."""
    low, high = view(f)
    steepest = 20 * (high - low) / (HIGH - LOW)
    wanted = clamp(point, LOW + 0.01 * (HIGH - LOW), HIGH - 0.01 * (HIGH - LOW))
    places = [float(x) for x in np.linspace(LOW, HIGH, 201)[2:-2]]
    for x in [wanted, *sorted(places, key=lambda place: abs(place - wanted))]:
        if abs(slope_at(x)) < steepest and low <= float(f(x)) <= high:
            return x
    raise ValueError("The function " + formula_text + " has no slope anywhere between the two ends of the graph.")


X0 = usable_point()
Y0, SLOPE0 = float(f(X0)), slope_at(X0)
CHOICE = "Take one point."
if abs(X0 - point) > 1e-9:
    CHOICE = "No slope to draw at x = " + number_text(point) + ", so take x₀ = " + number_text(X0) + "."
Y_RANGE = view(f)
FIRST_STEP = (HIGH - LOW) * 0.3 * (1 if X0 + (HIGH - LOW) * 0.32 < HIGH else -1)


def straight(axes, x, y, slope, color, width=4):
    """The part of a line through (x, y) that lies inside the axes."""
    (x0, x1), (y0, y1) = axes.x_range[:2], axes.y_range[:2]
    reach = [x0 - x, x1 - x]
    if abs(slope) > 1e-9:
        across = sorted([(y0 - y) / slope, (y1 - y) / slope])
        reach = [max(reach[0], across[0]), min(reach[1], across[1])]
    start, end = axes.c2p(x + reach[0], y + slope * reach[0]), axes.c2p(x + reach[1], y + slope * reach[1])
    return Line(start, end, stroke_color=color, stroke_width=width)


def function_title():
    """The formula of the function, small enough for the side panel."""
    return formula("f(x) = " + expression_tex(formula_text), 42, CURVE_COLOR)


class Secant(Stage):
    def construct(self):
        axes = graph((LOW, HIGH), Y_RANGE, MAIN, "x", "f(x)")
        curve = plot(axes, f, CURVE_COLOR)
        self.heading("How steep is a curve at one point?")
        self.say("This is the graph of a function. It is not equally steep everywhere.")
        title = fit(function_title(), zone(2.8, 6.6, 1.7, 2.7), UL)
        self.play(FadeIn(axes), FadeIn(title), run_time=0.8)
        self.play(Create(curve), run_time=1.6)
        fixed = Dot(axes.c2p(X0, Y0), color=CHALK, radius=0.09)
        self.say(CHOICE + " For its steepness we need a line, and a line needs two points.")
        self.play(GrowFromCenter(fixed), run_time=0.6)
        step = ValueTracker(second_step())
        secant_slope = lambda: float(f(X0 + step.get_value()) - Y0) / step.get_value()
        moving = always_redraw(
            lambda: Dot(axes.c2p(X0 + step.get_value(), float(f(X0 + step.get_value()))), color=CHALK, radius=0.09)
        )
        line = always_redraw(lambda: straight(axes, X0, Y0, secant_slope(), SLOPE_COLOR))
        corner = lambda: axes.c2p(X0 + step.get_value(), Y0)
        run = always_redraw(lambda: Line(axes.c2p(X0, Y0), corner(), stroke_color=RUN_COLOR, stroke_width=4))
        rise = always_redraw(
            lambda: Line(
                corner(),
                axes.c2p(X0 + step.get_value(), float(f(X0 + step.get_value()))),
                stroke_color=RISE_COLOR,
                stroke_width=4,
            )
        )
        self.play(FadeIn(moving), FadeIn(line), run_time=0.6)
        numbers = VGroup(
            readout("run", step, "", 4, 30, RUN_COLOR),
            readout("rise", lambda: float(f(X0 + step.get_value()) - Y0), "", 4, 30, RISE_COLOR),
            readout("slope", secant_slope, "", 3, 38, SLOPE_COLOR),
        )
        stack(*numbers, area=zone(2.8, 6.6, -1.2, 1.3), buff=0.4)
        rule = fit(words("slope = rise divided by run", 22, CHALK2), zone(2.8, 6.6, -2.0, -1.5), LEFT)
        self.say("The slope of the line through both is the rise divided by the run.")
        self.play(FadeIn(run), FadeIn(rise), FadeIn(numbers), FadeIn(rule), run_time=0.8)
        self.say("Now bring the second point closer and closer: watch the slope settle on one value.")
        self.play(step.animate.set_value(step.get_value() / 4), run_time=2.5)
        self.play(step.animate.set_value(step.get_value() / 60), run_time=3.5, rate_func=rush_from)
        tangent = straight(axes, X0, Y0, SLOPE0, SLOPE_COLOR, 5)
        self.remove(run, rise, moving)
        self.play(FadeOut(line), FadeIn(tangent), run_time=0.5)
        self.say("The line that is left is the tangent. Its slope is the derivative at this point.")
        name = words("slope of the tangent: " + number_text(SLOPE0), 26, SLOPE_COLOR)
        fit(name, zone(2.8, 6.6, -2.8, -2.2), LEFT)
        self.play(
            FadeIn(name), Create(highlight(name, SLOPE_COLOR, 0.12)), Flash(fixed, color=SLOPE_COLOR), run_time=0.9
        )
        self.pause(0.8)


def second_step():
    """A first run for the secant: the curve stays in view, without a gap, all the way back to x0."""
    for part in (1.0, -1.0, 0.8, -0.8, 0.6, -0.6, 0.4, -0.4, 0.2, -0.2, 0.1, -0.1, 0.05, -0.05):
        way = [float(f(X0 + part * FIRST_STEP * i / 40)) for i in range(41)]
        leap = max([abs(after - before) for before, after in zip(way[:-1], way[1:], strict=True)])
        inside = [LOW <= X0 + part * FIRST_STEP <= HIGH] + [Y_RANGE[0] <= y <= Y_RANGE[1] for y in way]
        if all(inside) and leap < 0.4 * (Y_RANGE[1] - Y_RANGE[0]):
            return part * FIRST_STEP
    return 0.005 * FIRST_STEP


class SlopeTraced(Stage):
    def construct(self):
        upper, lower = split_zone(MAIN, [1, 1], across=False, gap=0.25)
        slopes = view(slope_at)
        top = graph((LOW, HIGH), Y_RANGE, upper, "", "f(x)", 20, room=0.9)
        base = graph((LOW, HIGH), slopes, lower, "", "slope of f at x", 20, room=0.9)
        curve = plot(top, f, CURVE_COLOR)
        where = ValueTracker(LOW)
        self.heading("The slope is a new function")
        self.say("Do the same at every point: slide the tangent along, and write its slope below.")
        title = fit(function_title(), zone(2.8, 6.6, 1.7, 2.7), UL)
        self.play(FadeIn(top), FadeIn(base), FadeIn(curve), FadeIn(title), run_time=0.9)
        place = readout("x", where, "", 2, 30, CHALK)
        live = readout("slope", lambda: slope_at(where.get_value()), "", 2, 38, SLOPE_COLOR)
        stack(place, live, area=zone(2.8, 6.6, -0.2, 1.3), buff=0.4)
        tangent = always_redraw(lambda: touching(top, where.get_value()))
        pen = always_redraw(lambda: mark(base, where.get_value(), slope_at(where.get_value())))
        contact = always_redraw(lambda: mark(top, where.get_value(), float(f(where.get_value()))))
        self.play(FadeIn(place), FadeIn(live), FadeIn(tangent), FadeIn(contact), FadeIn(pen), run_time=0.6)
        whole = plot(base, slope_at, SLOPE_COLOR)
        drawn = always_redraw(
            lambda: plot(base, slope_at, SLOPE_COLOR, (LOW, max(where.get_value(), LOW + 1e-6)), samples=120)
        )
        self.add(drawn)
        self.play(where.animate.set_value(HIGH), run_time=9, rate_func=linear)
        self.remove(drawn, tangent, pen, contact)
        self.add(whole)
        self.say("Where f climbs the slope is above zero, where f falls it is below.")
        self.pause(0)
        marks, level = VGroup(), level_places()
        if level:
            self.say("At a peak or in a valley the tangent is level, and the slope crosses zero.")
        for x in level:
            height = float(f(x))
            marks.add(guide(top.c2p(x, height), top.c2p(x, Y_RANGE[0])), guide(base.c2p(x, slopes[1]), base.c2p(x, 0)))
            marks.add(Dot(top.c2p(x, height), color=MINT), Dot(base.c2p(x, 0), color=MINT))
        rows = [("f climbs: slope above 0", CHALK), ("f falls: slope below 0", CHALK), ("f is level: slope 0", MINT)][
            : 3 if level else 2
        ]
        sum_up = VGroup(*[words(text, 28, color) for text, color in rows])
        stack(*sum_up, area=zone(2.8, 6.6, -1.2, 1.3), buff=0.4)
        self.play(FadeOut(place), FadeOut(live), FadeIn(marks), run_time=0.7)
        self.play(FadeIn(sum_up, shift=0.2 * UP), run_time=0.7)
        self.say("This new function is the derivative of f. It tells how fast f changes, at every x.")
        self.pause(1.0)


def guide(start, end):
    """A thin dashed line that ties a level place to its slope."""
    return DashedLine(start, end + 0.001 * DOWN, color=MINT, stroke_width=2.5, dash_length=0.1)


def touching(axes, x):
    """A short tangent at x, or nothing where there is none in view."""
    y, slope = float(f(x)), slope_at(x)
    if not math.isfinite(y + slope) or not axes.y_range[0] <= y <= axes.y_range[1]:
        return VMobject()
    long = straight(axes, x, y, slope, SLOPE_COLOR)
    middle = axes.c2p(x, y)
    reach = [clamp(np.linalg.norm(end - middle), 0.0, 1.3) for end in (long.get_start(), long.get_end())]
    toward = long.get_unit_vector()
    return Line(middle - reach[0] * toward, middle + reach[1] * toward, stroke_color=SLOPE_COLOR, stroke_width=5)


def mark(axes, x, y):
    """A dot at (x, y) when it is in view."""
    if not math.isfinite(y) or not axes.y_range[0] <= y <= axes.y_range[1]:
        return VMobject()
    return Dot(axes.c2p(x, y), color=CHALK, radius=0.07)


def level_places():
    """Up to four places in view where the slope passes through zero."""
    places = [float(x) for x in np.linspace(LOW, HIGH, 401)]
    found = []
    for before, after in zip(places[:-1], places[1:], strict=True):
        s, t = slope_at(before), slope_at(after)
        if math.isfinite(s + t) and s * t <= 0 and s != t and abs(s - t) < 10:
            x = before - s * (after - before) / (t - s)
            if Y_RANGE[0] <= float(f(x)) <= Y_RANGE[1] and (not found or x - found[-1] > 0.01 * (HIGH - LOW)):
                found.append(x)
    return found[:4]

from manim import *
from theorama_kit import *

slope = knob(
    "x - y", label="Slope dy/dx =", kind="expression", letters="xy", help="A formula in x and y, such as x - y, -x/y or 0.5y(2 - y)."
)
start_x = knob(0.0, label="The solution starts at x =", minimum=-4.0, maximum=4.0, step=0.25)
start_y = knob(1.0, label="The solution starts at y =", minimum=-4.0, maximum=4.0, step=0.25)
stride = knob(0.5, label="Step of Euler's method", minimum=0.1, maximum=1.0, step=0.1)

FIELD_COLOR = SKY
CURVE_COLOR = YELLOW
OTHER_COLOR = LILAC
EULER_COLOR = CORAL

REACH = 4.0
FINE = 0.01
run = expression(slope, "xy")


def value(x, y):
    """The slope at a point; nan where it has none."""
    return float(run(x, y))


GRID = [(x / 2, y / 2) for x in range(-7, 8) for y in range(-7, 8)]
DEFINED = [point for point in GRID if math.isfinite(value(*point))]
if len(DEFINED) < 20:
    raise ValueError("This slope has no real value on most of the picture, from -4 to 4: change the formula.")
if not math.isfinite(value(start_x, start_y)):
    raise ValueError("The slope has no value where the solution starts: choose another starting point.")


def runge_kutta(x, y, step):
    """One step of the classical fourth-order method; nan where the slope has no value."""
    k1 = value(x, y)
    k2 = value(x + step / 2, y + step * k1 / 2)
    k3 = value(x + step / 2, y + step * k2 / 2)
    k4 = value(x + step, y + step * k3)
    return y + step * (k1 + 2 * k2 + 2 * k3 + k4) / 6


def branch(x, y, way):
    """The solution from a point to the right (way 1) or left (-1), until it leaves the picture or breaks off."""
    points = [(x, y)]
    while abs(x) <= REACH and abs(y) <= REACH + 0.5:
        parts = 10 if abs(value(x, y)) > 4 else 1
        for _part in range(parts):
            if not abs(value(x, y)) < 400:
                return points
            after = runge_kutta(x, y, way * FINE / parts)
            if not (math.isfinite(after) and abs(after - y) < 0.5):
                return points
            here, there = value(x, y), value(x + way * FINE / parts, after)
            if here * there < 0 and min(abs(here), abs(there)) > 20:  # it would leap over a vertical tangent
                return points
            x, y = x + way * FINE / parts, after
        points.append((x, y))
    return points


def solution(x, y):
    """The whole solution through a point, from left to right."""
    return [*branch(x, y, -1)[:0:-1], *branch(x, y, 1)]


def euler(x, y, step):
    """Euler's broken line: along the slope for one step, then look again."""
    points = [(x, y)]
    while x + step <= REACH + 1e-9 and abs(y) <= REACH and math.isfinite(value(x, y)) and len(points) < 60:
        x, y = x + step, y + step * value(x, y)
        points.append((x, y))
    return points


CURVE = solution(start_x, start_y)


def at(points, x):
    """The height of a curve at x; nan beyond its ends."""
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return float(np.interp(x, xs, ys)) if xs[0] <= x <= xs[-1] else math.nan


def paper():
    """A square picture from -4 to 4."""
    return graph((-REACH, REACH), (-REACH, REACH), zone(-6.6, 2.3, -2.85, 2.75), "x", "y", equal=True)


def dash(axes, x, y, color=FIELD_COLOR, width=3.0, length=0.17):
    """A short line through a point with the slope that the formula gives there."""
    m = value(x, y)
    turn = math.atan(m) if math.isfinite(m) else math.pi / 2
    way = np.array([math.cos(turn), math.sin(turn), 0]) * length
    middle = axes.c2p(x, y)
    return Line(middle - way, middle + way, stroke_color=color, stroke_width=width)


def field(axes):
    return VGroup(*[dash(axes, x, y) for x, y in DEFINED])


def drawn(axes, points, color, width=5.0):
    """A curve through points, kept inside the picture."""
    seen = [(x, y) for x, y in points if abs(x) <= REACH and abs(y) <= REACH]
    seen = seen if len(seen) > 1 else [points[0], (points[0][0] + 1e-3, points[0][1])]
    curve = VMobject(stroke_color=color, stroke_width=width)
    return curve.set_points_as_corners([axes.c2p(x, y) for x, y in seen[:: max(1, len(seen) // 300)] + [seen[-1]]])


def equation_shown():
    return fit(formula(r"\frac{dy}{dx} = " + expression_tex(slope, "xy"), 44), zone(2.8, 6.6, 1.5, 2.7), UL)


def samples():
    """Points at which slopes are worked out aloud."""
    wanted = [(1.0, 2.0), (-2.0, 1.0), (2.0, -1.0), (-1.0, -2.0), (0.0, 1.0), (1.0, 0.0), (3.0, 3.0)]
    return [point for point in wanted if math.isfinite(value(*point))][:4] or DEFINED[:4]


class ASlopeAtEveryPoint(Stage):
    def construct(self):
        axes = paper()
        self.heading("A slope at every point")
        self.say("The equation does not give y. It gives the slope that a solution has at each point.")
        self.play(FadeIn(axes), FadeIn(equation_shown()), run_time=0.9)
        rows = [[pair(x, y), number_text(value(x, y))] for x, y in samples()]
        sheet = fit(table(["point", "slope"], rows, [CHALK2, FIELD_COLOR], 30, 0.6, 0.8), zone(2.8, 6.6, -2.6, 1.1), UL)
        self.play(FadeIn(sheet[:2]), run_time=0.4)
        first = VGroup()
        for i, (x, y) in enumerate(samples()):
            first.add(VGroup(Dot(axes.c2p(x, y), radius=0.06, color=CHALK), dash(axes, x, y, FIELD_COLOR, 6, 0.32)))
            self.play(FadeIn(sheet[i + 2]), FadeIn(first[-1], scale=0.6), run_time=1.0)
            if i == 0:
                self.say("Put the point into the formula and draw a short line with that slope.")
        self.say("Do it at every point of a grid: this is the slope field.")
        lines_all = field(axes)
        self.play(LaggedStart(*[Create(each) for each in lines_all], lag_ratio=0.02), run_time=3.5)
        self.play(FadeOut(first), run_time=0.4)
        self.pause(1.0)


def pair(x, y):
    return "(" + number_text(x) + ", " + number_text(y) + ")"


class FollowTheField(Stage):
    def construct(self):
        axes = paper()
        self.heading("Follow the field")
        self.say("Begin at " + pair(start_x, start_y) + " and let the field steer: always along the short lines.")
        self.play(FadeIn(axes), FadeIn(field(axes).set_stroke(opacity=0.55)), FadeIn(equation_shown()), run_time=0.9)
        begin = Dot(axes.c2p(start_x, start_y), radius=0.11, color=CURVE_COLOR)
        place = ValueTracker(start_x)
        height = lambda: at(CURVE, place.get_value())
        live = stack(
            readout("x", place, "", 2, 32),
            readout("y", height, "", 2, 32, CURVE_COLOR),
            readout("slope", lambda: value(place.get_value(), height()), "", 2, 32, FIELD_COLOR),
            area=zone(2.8, 6.6, -0.7, 1.1),
        )
        self.play(FadeIn(begin, scale=0.5), FadeIn(live), run_time=0.6)
        inside = [x for x, y in CURVE if abs(x) <= REACH and abs(y) <= REACH]
        mover = always_redraw(lambda: Dot(axes.c2p(place.get_value(), clamp(height(), -REACH, REACH)), radius=0.09, color=CHALK))
        self.add(mover)
        for end, way in ((inside[-1], branch(start_x, start_y, 1)), (inside[0], branch(start_x, start_y, -1))):
            if abs(end - start_x) > 0.02:
                place.set_value(start_x)
                self.play(Create(drawn(axes, way, CURVE_COLOR)), place.animate.set_value(end), run_time=2.8, rate_func=linear)
        self.remove(mover)
        self.say("This curve is the solution through that point: its slope is everywhere what the equation asks.")
        others = [(start_x, y) for y in (-3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0) if abs(y - start_y) > 0.3 and math.isfinite(value(start_x, y))]
        family = VGroup(*[drawn(axes, solution(x, y), OTHER_COLOR, 3) for x, y in others])
        self.play(Indicate(begin, color=CURVE_COLOR), run_time=0.8)
        self.say("Other starting points give other solutions: one equation, a whole family of curves.")
        self.play(LaggedStart(*[Create(each) for each in family], lag_ratio=0.25), run_time=3)
        self.bring_to_front(begin)
        self.pause(1.0)


class StepByStep(Stage):
    def construct(self):
        axes = paper()
        broken, finer = euler(start_x, start_y, stride), euler(start_x, start_y, stride / 4)
        exact = drawn(axes, branch(start_x, start_y, 1), CURVE_COLOR, 4)
        self.heading("Euler's method: walk in straight steps")
        self.say("How does a computer follow the field? Take the slope here and go straight for one step.")
        self.play(FadeIn(axes), FadeIn(field(axes).set_stroke(opacity=0.35)), FadeIn(equation_shown()), run_time=0.9)
        rows = [[number_text(x), number_text(y), number_text(value(x, y))] for x, y in broken[:5]]
        sheet = fit(table(["x", "y", "slope"], rows, [CHALK2, EULER_COLOR, FIELD_COLOR], 28, 0.5, 0.7), zone(2.8, 6.6, -1.5, 1.1), UL)
        self.play(FadeIn(sheet[:3]), run_time=0.5)
        walk = VGroup()
        for i, (one, other) in enumerate(zip(broken[:-1], broken[1:], strict=True)):
            if max(abs(other[0]), abs(other[1])) > REACH:
                break
            step = Line(axes.c2p(*one), axes.c2p(*other), stroke_color=EULER_COLOR, stroke_width=5)
            walk.add(step, Dot(axes.c2p(*other), radius=0.06, color=EULER_COLOR))
            more = [FadeIn(sheet[i + 3])] if i + 3 < len(sheet) else []
            self.play(Create(step), FadeIn(walk[-1]), *more, run_time=0.8 if i < 3 else 0.3 if i < 12 else 0.1)
            if i == 1:
                self.say("Then look at the slope there, and take the next step.")
        self.say("The true solution bends all the time; straight steps drift away from it.")
        self.play(Create(exact), run_time=1.6)
        self.say("With steps a quarter as long the broken line keeps much closer.")
        self.play(Create(drawn(axes, finer, MINT, 4)), run_time=1.8)
        self.play(FadeIn(fit(legend([("step " + number_text(stride), EULER_COLOR), ("step " + number_text(stride / 4), MINT), ("solution", CURVE_COLOR)], 24), zone(2.8, 6.6, -2.85, -1.65), LEFT)), run_time=0.5)
        self.pause(1.0)

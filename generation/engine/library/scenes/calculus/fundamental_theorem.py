from manim import *
from theorama_kit import *

formula_text = knob(
    "2 - x^2/4", label="Function f(x)", kind="expression", help="A formula in x, such as 2 - x^2/4 or sin(x)."
)
left_end = knob(0.0, label="Area from a =", minimum=-20.0, maximum=20.0, step=0.1)
right_end = knob(4.0, label="Area to b =", minimum=-20.0, maximum=20.0, step=0.1)
point = knob(1.0, label="Place of the thin strip", minimum=-20.0, maximum=20.0, step=0.1)

CURVE_COLOR = SKY
AREA_COLOR = YELLOW
BELOW_COLOR = LILAC
STRIP_COLOR = MINT
REST_COLOR = CORAL

f = expression(formula_text)
LOW = min(left_end, right_end)
HIGH = max(left_end, right_end, LOW + 0.5)
WIDTH = HIGH - LOW


def integral(start, end, panels=24):
    """The integral of f by Gauss's rule with eight points in each panel."""
    nodes, weights = np.polynomial.legendre.leggauss(8)
    edges = np.linspace(start, end, panels + 1)
    half = (end - start) / panels / 2
    middles = (edges[1:] + edges[:-1]) / 2
    return float(np.sum(f(middles[:, None] + half * nodes[None, :]) * weights[None, :]) * half)


def area(x):
    """A(x): the area between the curve and the x-axis from a to x, counted negative below the axis."""
    return integral(LOW, x)


def height(x):
    return float(f(float(x)))


def checked_values():
    """Values of f between the ends; raises where there is none, or none that can be drawn."""
    values = np.asarray(f(np.linspace(LOW, HIGH, 2001)), dtype=float)
    if not np.isfinite(values).all():
        raise ValueError("The function " + formula_text + " has no value somewhere between a and b. Choose other ends.")
    if abs(integral(LOW, HIGH, 400) - integral(LOW, HIGH, 1210)) > 1e-3 * (1 + np.abs(values).mean() * WIDTH):
        raise ValueError("The function " + formula_text + " grows without bound between a and b. Choose other ends.")
    if np.abs(values).max() * max(1.0, WIDTH) > 5e5:
        raise ValueError("The values of " + formula_text + " are too large to draw here. Choose a shorter interval.")
    return values


VALUES = checked_values()
GRID = np.linspace(LOW, HIGH, 161)
AREAS = [area(float(x)) for x in GRID]
TOTAL = area(HIGH)


def span_of(values):
    """A y range that holds the values and zero, with a little room."""
    low, high = min(0.0, *values), max(0.0, *values)
    if high - low < 1e-9:
        return (-1.0, 1.0)
    room = 0.08 * (high - low)
    return (low - (room if low < 0 else 0.0), high + (room if high > 0 else 0.0))


F_RANGE = span_of([float(value) for value in VALUES])
A_RANGE = span_of(AREAS)


def first_width():
    """The first width of the strip: 1, 0.5 or 0.2 times a power of ten, at most a quarter of the interval."""
    power = 10.0 ** math.floor(math.log10(WIDTH / 4))
    return max([part * power for part in (1.0, 2.0, 5.0) if part * power <= WIDTH / 4])


H = first_width()
WIDTHS = [H, H / 2, H / 10, H / 100]
X0 = clamp(point, LOW, HIGH - H)


def growth(h):
    """The area of the strip from x0 to x0 + h."""
    return integral(X0, X0 + h, 4)


def middle_slope(h):
    """How fast the area grows on average from x0 to x0 + h."""
    return growth(h) / h


def paper(where, span, label, room=0.9, x_label="x"):
    """Axes with a brighter line at zero."""
    axes = graph((LOW, HIGH), span, where, x_label, label, 20, room=room, y_count=5)
    return axes.add(Line(axes.c2p(LOW, 0), axes.c2p(HIGH, 0), stroke_color=EDGE, stroke_width=2.5))


def region(axes, start, end, count=60):
    """The region between the curve and the x-axis; what lies below the axis has a colour of its own."""
    xs = np.linspace(start, max(end, start + 1e-9), count)
    ys = np.asarray(f(xs), dtype=float)
    whole = VGroup()
    for part, color in ((np.maximum(ys, 0), AREA_COLOR), (np.minimum(ys, 0), BELOW_COLOR)):
        shape = VMobject(fill_color=color, fill_opacity=0.45, stroke_width=0)
        tops = [axes.c2p(x, y) for x, y in zip(xs, part, strict=True)]
        whole.add(shape.set_points_as_corners([axes.c2p(xs[0], 0), *tops, axes.c2p(xs[-1], 0), axes.c2p(xs[0], 0)]))
    return whole


def touching(axes, x, y, slope, reach=1.1):
    """A piece of the tangent with this slope, of fixed drawn length, cut off at the edges of the graph."""
    across, up = axes.c2p(1, 0)[0] - axes.c2p(0, 0)[0], axes.c2p(0, 1)[1] - axes.c2p(0, 0)[1]
    way = np.array([across, slope * up, 0.0])
    way = way / np.linalg.norm(way)
    middle, low, high = axes.c2p(x, y), -reach, reach
    edges = (axes.c2p(LOW, axes.y_range[0]), axes.c2p(HIGH, axes.y_range[1]))
    for axis in (0, 1):
        if abs(way[axis]) > 1e-9:
            cuts = sorted([(edge[axis] - middle[axis]) / way[axis] for edge in edges])
            low, high = max(low, min(cuts[0], 0.0)), min(high, max(cuts[1], 0.0))
    return Line(middle + low * way, middle + high * way + 1e-4 * RIGHT, stroke_color=CURVE_COLOR, stroke_width=5)


class AreaGrows(Stage):
    def construct(self):
        upper, lower = split_zone(MAIN, [1, 1], across=False, gap=0.2)
        top, base = paper(upper, F_RANGE, "f(x)", x_label=""), paper(lower, A_RANGE, "area A(x) so far")
        curve = plot(top, f, CURVE_COLOR)
        name = fit(formula("f(x) = " + expression_tex(formula_text), 42, CURVE_COLOR), zone(2.8, 6.6, 1.8, 2.7), UL)
        x = ValueTracker(LOW)
        now = lambda: float(x.get_value())
        self.heading("The area under a curve is a new function")
        self.say("Sweep from a = " + number_text(LOW) + " to the right, and note how much area you have passed.")
        self.play(FadeIn(top), FadeIn(base), FadeIn(name), Create(curve), run_time=1.2)
        live = VGroup(
            readout("x", x, "", 2, 30),
            readout("height f(x)", lambda: height(now()), "", 2, 30, CURVE_COLOR),
            readout("area A(x)", lambda: area(now()), "", 2, 34, AREA_COLOR),
        )
        stack(*live, area=zone(2.8, 6.6, -0.4, 1.6), buff=0.4)
        filled = always_redraw(lambda: region(top, LOW, now()))
        post = always_redraw(
            lambda: Line(
                top.c2p(now(), 0), top.c2p(now(), height(now())) + 1e-4 * UP, stroke_color=CURVE_COLOR, stroke_width=5
            )
        )
        drawn = always_redraw(
            lambda: polyline(
                base,
                [*GRID[GRID < now()], now()] * (1 if now() > LOW else 2),
                [*np.array(AREAS)[GRID < now()], area(now())] * (1 if now() > LOW else 2),
                AREA_COLOR,
                5,
            )
        )
        slide = always_redraw(lambda: touching(base, now(), area(now()), height(now())))
        self.play(FadeIn(live), FadeIn(post), run_time=0.6)
        self.add(filled, drawn)
        self.bring_to_front(curve, post)
        self.play(x.animate.set_value(LOW + 0.5 * WIDTH), run_time=4.0, rate_func=linear)
        self.say("The height above is the steepness below: tall strips make the area grow fast.")
        self.play(FadeIn(slide), run_time=0.5)
        self.play(x.animate.set_value(HIGH), run_time=5.0, rate_func=linear)
        for still in (filled, post, drawn, slide):
            still.clear_updaters()
        if crossing_places():
            self.say("Where f crosses zero the area stops and turns: below the axis it counts as negative.")
            marks = VGroup()
            for place in crossing_places():
                tall = DashedLine(top.c2p(place, F_RANGE[1]), base.c2p(place, A_RANGE[0]), color=MINT, stroke_width=2.5)
                marks.add(tall, Dot(top.c2p(place, 0), color=MINT), Dot(base.c2p(place, area(place)), color=MINT))
            self.play(FadeIn(marks), run_time=0.9)
        note = VGroup(words("height of f", 28, CURVE_COLOR), words("= slope of A ?", 28, AREA_COLOR))
        stack(*note, area=zone(2.8, 6.6, -2.4, -1.1), buff=0.2)
        self.say("Is the slope of the area always the height of the curve? Look at one thin strip.")
        self.play(FadeIn(note, shift=0.2 * UP), run_time=0.8)
        self.pause(1.0)


def crossing_places():
    """Up to four places where f changes its sign."""
    xs = np.linspace(LOW, HIGH, 2001)
    found = []
    for i in range(1, 2000):
        if VALUES[i] == 0 and VALUES[i - 1] * VALUES[i + 1] < 0:
            found.append(float(xs[i]))
        elif VALUES[i] * VALUES[i + 1] < 0:
            part = VALUES[i] / (VALUES[i] - VALUES[i + 1])
            found.append(float(xs[i] + part * (xs[i + 1] - xs[i])))
    return found if len(found) <= 4 else []


def strip_shape(axes, left, right, h):
    """The strip from x0 to x0 + h between two places of the stage: its shape, what a rectangle gets wrong, its top."""
    level = lambda y: axes.c2p(LOW, y)[1]
    parts = np.linspace(0, 1, 50)
    tops = [[left + part * (right - left), level(height(X0 + part * h)), 0] for part in parts]
    base, flat = level(0), level(height(X0))
    shape = VMobject(fill_color=STRIP_COLOR, fill_opacity=0.45, stroke_width=0).set_points_as_corners(
        [[left, base, 0], *tops, [right, base, 0], [left, base, 0]]
    )
    rest = VMobject(fill_color=REST_COLOR, fill_opacity=0.75, stroke_width=0).set_points_as_corners(
        [[left, flat, 0], *tops, [right, flat, 0], [left, flat, 0]]
    )
    line = VMobject(stroke_color=CURVE_COLOR, stroke_width=5).set_points_as_corners(tops)
    return VGroup(shape, rest, line)


def magnified(axes, frame, h):
    """The strip stretched to the width of a frame."""
    return strip_shape(axes, frame.get_left()[0], frame.get_right()[0], h)


def thin_strip(axes, h):
    """The strip in the true picture, never thinner than a line."""
    start = axes.c2p(X0, 0)[0]
    return strip_shape(axes, start, max(axes.c2p(X0 + h, 0)[0], start + 0.03), h)


class ThinStrip(Stage):
    def construct(self):
        axes = paper(zone(-6.6, -0.9, -2.85, 2.75), F_RANGE, "f(x)", 0.6)
        bottom, top = axes.c2p(LOW, F_RANGE[0])[1], axes.c2p(LOW, F_RANGE[1])[1]
        frame = Rectangle(width=2.9, height=top - bottom, stroke_color=EDGE, stroke_width=3).move_to(
            [1.05, (top + bottom) / 2, 0]
        )
        zero = Line(
            [frame.get_left()[0], axes.c2p(LOW, 0)[1], 0],
            [frame.get_right()[0], axes.c2p(LOW, 0)[1], 0],
            stroke_color=EDGE,
            stroke_width=2.5,
        )
        curve = plot(axes, f, CURVE_COLOR)
        h = ValueTracker(H)
        size = lambda: float(h.get_value())
        self.heading("How fast does the area grow?")
        self.say("Stop at x = " + number_text(X0) + " and go on by a small step h. The area grows by one strip.")
        self.play(FadeIn(axes), FadeIn(region(axes, LOW, X0)), FadeIn(curve), run_time=0.9)
        strip_now = always_redraw(lambda: thin_strip(axes, size()))
        lens = always_redraw(lambda: magnified(axes, frame, size()))
        rays = always_redraw(
            lambda: VGroup(
                *[
                    DashedLine(
                        axes.c2p(X0 + size(), F_RANGE[end]), frame.get_corner(corner), color=EDGE, stroke_width=2
                    )
                    for end, corner in ((0, DL), (1, UL))
                ]
            )
        )
        self.play(FadeIn(strip_now), run_time=0.6)
        tag = fit(words("the strip, magnified", 22, CHALK2), zone(-0.4, 2.5, top + 0.08, top + 0.45))
        tag.move_to([1.05, top + 0.28, 0])
        self.play(FadeIn(frame), FadeIn(zero), FadeIn(lens), FadeIn(rays), FadeIn(tag), run_time=0.8)
        rows = [
            [number_text(w, None, 3), number_text(growth(w), None, 4), number_text(middle_slope(w), None, 5)]
            for w in WIDTHS
        ]
        sheet = table(["h", "strip", "strip ÷ h"], rows, [CHALK2, STRIP_COLOR, AREA_COLOR], 28, 0.6, 0.45)
        fit(sheet, zone(2.9, 6.6, -1.0, 2.7), UL)
        self.play(FadeIn(sheet[:3]), run_time=0.6)
        self.say("It is almost a rectangle: the height f(x) times h. Red is what the rectangle gets wrong.")
        self.pause(0.3)
        self.say("Make h smaller and keep looking: the strip gets flat on top, the red part melts away.")
        for k, width in enumerate(WIDTHS[1:], start=3):
            self.play(h.animate.set_value(width), run_time=2.0)
            self.play(FadeIn(sheet[k], shift=0.2 * LEFT), run_time=0.4)
        for still in (strip_now, lens, rays):
            still.clear_updaters()
        result = VGroup(
            words("f(" + number_text(X0) + ") = " + number_text(height(X0), None, 5), 32, CURVE_COLOR),
            formula(r"A'(x) = f(x)", 50, colors={"A'": AREA_COLOR, "f": CURVE_COLOR}),
        )
        stack(*result, area=zone(2.9, 6.6, -2.7, -1.1), buff=0.35)
        self.say("Area gained per step closes in on the height. So the derivative of the area is f.")
        self.play(FadeIn(result[0], shift=0.2 * UP), run_time=0.7)
        self.play(Write(result[1]), run_time=0.9)
        self.play(Create(highlight(result[1], AREA_COLOR, 0.15)), run_time=0.7)
        self.pause(1.0)


class EndMinusStart(Stage):
    def construct(self):
        upper, lower = split_zone(MAIN, [2, 3], across=False, gap=0.2)
        spread = max(AREAS) - min(AREAS)
        lift = 0.45 * (spread if spread > 1e-9 else 2.0)
        span = nice_range([min(AREAS) - lift, max(AREAS) + lift], margin=0.03)
        top, base = paper(upper, F_RANGE, "f(x)", x_label=""), paper(lower, span, "F(x) with F′ = f")
        curve = plot(top, f, CURVE_COLOR)
        shift = ValueTracker(0.0)
        up = lambda: float(shift.get_value())
        moving = always_redraw(lambda: polyline(base, GRID, np.array(AREAS) + up(), AREA_COLOR, 5))
        start_level = always_redraw(
            lambda: DashedLine(base.c2p(LOW, up()), base.c2p(HIGH, up()), color=CHALK3, stroke_width=2.5)
        )
        drop = always_redraw(
            lambda: Line(
                base.c2p(HIGH, up()), base.c2p(HIGH, up() + TOTAL) + 1e-4 * UP, stroke_color=STRIP_COLOR, stroke_width=9
            )
        )
        ends = always_redraw(
            lambda: VGroup(*[Dot(base.c2p(x, area(x) + up()), color=CHALK, radius=0.09) for x in (LOW, HIGH)])
        )
        self.heading("So an integral is end minus start")
        self.say("Any F whose slope is f has the shape of A. It may only stand higher or lower.")
        self.play(FadeIn(top), FadeIn(curve), FadeIn(region(top, LOW, HIGH)), FadeIn(base), run_time=0.9)
        self.play(FadeIn(moving), FadeIn(ends), run_time=0.7)
        end_name, start_name = "F(" + number_text(HIGH) + ")", "F(" + number_text(LOW) + ")"
        live = VGroup(
            readout(end_name, lambda: TOTAL + up(), "", 3, 30),
            readout(start_name, up, "", 3, 30),
            readout("difference", lambda: TOTAL, "", 3, 34, STRIP_COLOR),
        )
        stack(*live, area=zone(2.8, 6.6, 0.6, 2.7), buff=0.4)
        self.play(FadeIn(live), FadeIn(start_level), FadeIn(drop), run_time=0.8)
        self.say("Shift it as you like: the two ends move together, and their difference stays the same.")
        self.play(shift.animate.set_value(lift), run_time=1.8)
        self.play(shift.animate.set_value(-lift), run_time=2.4)
        self.play(shift.animate.set_value(0.5 * lift), run_time=1.6)
        for still in (moving, start_level, drop, ends):
            still.clear_updaters()
        self.say("That difference is the area, so no sum of strips is needed: find F, subtract two values.")
        law = formula(r"\int_a^b f(x)\,dx = F(b) - F(a)", 44, colors={"f": CURVE_COLOR, "F": AREA_COLOR})
        fit(law, zone(2.9, 6.5, -1.0, 0.2), LEFT)
        self.play(Write(law), run_time=1.3)
        answer = words("area = " + number_text(TOTAL, None, 4), 38, STRIP_COLOR)
        fit(answer, zone(2.9, 6.5, -2.2, -1.4), LEFT)
        self.say("This is the fundamental theorem: areas and slopes undo each other.")
        self.play(FadeIn(answer, shift=0.2 * UP), Create(highlight(law, AREA_COLOR, 0.14)), run_time=1.0)
        self.pause(1.0)

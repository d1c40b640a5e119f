from manim import *
from theorama_kit import *

formula_text = knob(
    "sqrt(x)", label="Curve f(x)", kind="expression", help="A formula in x; its graph is turned about the x-axis."
)
left_end = knob(0.0, label="From a =", minimum=-10.0, maximum=10.0, step=0.1)
right_end = knob(4.0, label="To b =", minimum=-10.0, maximum=10.0, step=0.1)
disks = knob(6, label="Number of disks at first", minimum=3, maximum=16, step=1)

CURVE_COLOR = SKY
SOLID_COLOR = SKY
DISK_COLOR = YELLOW
EXACT_COLOR = MINT
RADIUS_COLOR = CORAL
TILT = 0.26  # how wide a circle that stands across the axis is drawn, as a part of its height

f = expression(formula_text)
LOW = min(left_end, right_end)
HIGH = max(left_end, right_end, LOW + 0.5)
WIDTH = HIGH - LOW


def radius(x):
    """The radius of the solid at x."""
    return abs(float(f(float(x))))


def section(x):
    """The area of the circle at x."""
    return PI * radius(x) ** 2


def squares(start, end, panels=60):
    """The integral of f squared by Gauss's rule with eight points in each panel."""
    nodes, weights = np.polynomial.legendre.leggauss(8)
    edges = np.linspace(start, end, panels + 1)
    half = (end - start) / panels / 2
    middles = (edges[1:] + edges[:-1]) / 2
    return float(np.sum(f(middles[:, None] + half * nodes[None, :]) ** 2 * weights[None, :]) * half)


def volume_to(x):
    """The volume from a to x: π times the integral of f squared."""
    return PI * squares(LOW, x)


def disk_sum(count):
    """The volume of `count` disks of equal thickness, each with the radius at its left side."""
    step = WIDTH / count
    return sum([section(LOW + i * step) * step for i in range(count)])


def checked_values():
    """Values of f between the ends; raises where there is none, or none that can be drawn."""
    values = np.asarray(f(np.linspace(LOW, HIGH, 2001)), dtype=float)
    if not np.isfinite(values).all():
        raise ValueError("The function " + formula_text + " has no value somewhere between a and b. Choose other ends.")
    if np.abs(values).max() > 5e4 or abs(squares(LOW, HIGH, 400) - squares(LOW, HIGH, 1210)) > 1e-3 * (
        1 + squares(LOW, HIGH)
    ):
        raise ValueError("The values of " + formula_text + " are too large to draw here. Choose other ends.")
    if np.abs(values).max() < 1e-6:
        raise ValueError("The function " + formula_text + " is zero everywhere here: nothing is left to turn.")
    return values


VALUES = checked_values()
LARGEST = float(np.abs(VALUES).max())
VOLUME = PI * squares(LOW, HIGH, 400)
COUNTS = [disks, 2 * disks, 4 * disks, 8 * disks]


# --- drawing: x to the right, y up, and depth drawn as a small step to the right ----------------------
def paper(area, reach=1.12):
    """Axes for the solid, with its axis of turning in the middle."""
    pad = 0.12 * WIDTH
    axes = graph((LOW - pad, HIGH + pad), (-reach * LARGEST, reach * LARGEST), area, "x", "y", 20)
    return axes.add(Line(axes.c2p(LOW - pad, 0), axes.c2p(HIGH + pad, 0), stroke_color=CHALK3, stroke_width=3))


def turned(axes, x, y, angle):
    """Where the point (x, y) of the curve is drawn when it has been turned by an angle about the x-axis."""
    spot = axes.c2p(x, y * math.cos(angle))
    tall = axes.c2p(x, y)[1] - axes.c2p(x, 0)[1]
    return spot + TILT * tall * math.sin(angle) * RIGHT


def outline(axes, angle, color=CURVE_COLOR, width=4, samples=60):
    """The curve turned by an angle."""
    return VMobject(stroke_color=color, stroke_width=width).set_points_as_corners(
        [turned(axes, x, float(f(x)), angle) for x in np.linspace(LOW, HIGH, samples)]
    )


def sheet_of(axes, angle, samples=60):
    """The region between the curve and the axis, turned by an angle."""
    xs = np.linspace(LOW, HIGH, samples)
    spots = [axes.c2p(LOW, 0), *[turned(axes, x, float(f(x)), angle) for x in xs], axes.c2p(HIGH, 0), axes.c2p(LOW, 0)]
    return VMobject(fill_color=DISK_COLOR, fill_opacity=0.45, stroke_width=0).set_points_as_corners(spots)


def ring(axes, x, size, color, width=3, opacity=1.0, fill=0.0):
    """The circle of a given radius that stands across the axis at x, seen from the side."""
    tall = max(axes.c2p(x, size)[1] - axes.c2p(x, 0)[1], 1e-3)
    return Ellipse(
        width=2 * TILT * tall, height=2 * tall, stroke_color=color, stroke_width=width, stroke_opacity=opacity,
        fill_color=color, fill_opacity=fill,
    ).move_to(axes.c2p(x, 0))  # fmt: skip


def body(axes, opacity=0.28):
    """The solid: its shadow, its outlines above and below, and circles along it."""
    xs = np.linspace(LOW, HIGH, 90)
    upper, lower = [axes.c2p(x, radius(x)) for x in xs], [axes.c2p(x, -radius(x)) for x in xs]
    shade = VMobject(fill_color=SOLID_COLOR, fill_opacity=opacity, stroke_width=0)
    shade.set_points_as_corners([*upper, *lower[::-1], upper[0]])
    edges = VGroup(
        *[VMobject(stroke_color=CURVE_COLOR, stroke_width=4).set_points_as_corners(side) for side in (upper, lower)]
    )
    rings = VGroup(*[ring(axes, x, radius(x), SOLID_COLOR, 2, 0.45) for x in np.linspace(LOW, HIGH, 9)])
    cap = ring(axes, HIGH, radius(HIGH), SOLID_COLOR, 4, 1.0, 0.35)
    return VGroup(shade, rings, edges, cap)


def slab(axes, start, end, size, color=DISK_COLOR, fill=0.5):
    """One disk: a flat cylinder from start to end."""
    tall = max(axes.c2p(start, size)[1] - axes.c2p(start, 0)[1], 1e-3)
    left, right = axes.c2p(start, 0), axes.c2p(end, 0)
    angles = np.linspace(PI / 2, 3 * PI / 2, 30)
    back = [left + tall * np.array([TILT * math.cos(t), math.sin(t), 0]) for t in angles]
    side = VMobject(fill_color=color, fill_opacity=fill, stroke_color=color, stroke_width=1.5)
    side.set_points_as_corners([*back, right + tall * DOWN, right + tall * UP, back[0]])
    return VGroup(side, ring(axes, end, size, color, 1.5, 1.0, fill))


def slabs(axes, count):
    """All disks from left to right, each with the radius at its left side."""
    step = WIDTH / count
    shade = clamp(0.75 - 0.01 * count, 0.35, 0.75)
    return VGroup(
        *[
            slab(axes, LOW + i * step, LOW + (i + 1) * step, radius(LOW + i * step), DISK_COLOR, shade)
            for i in range(count)
        ]
    )


def title_formula():
    return fit(formula("f(x) = " + expression_tex(formula_text), 42, CURVE_COLOR), zone(2.8, 6.6, 1.9, 2.75), UL)


def as_pi(value):
    """A volume as a multiple of π."""
    return number_text(value / PI, None, 4) + " π"


class TurnTheCurve(Stage):
    def construct(self):
        axes = paper(MAIN)
        angle = ValueTracker(0.0)
        start = outline(axes, 0.0, CURVE_COLOR, 5)
        self.heading("A curve turns into a solid")
        self.say("Take the region between a curve and the x-axis, and turn it about the axis.")
        self.play(FadeIn(axes), FadeIn(title_formula()), run_time=0.8)
        self.play(Create(start), run_time=1.2)
        region = sheet_of(axes, 0.0)
        self.play(FadeIn(region), run_time=0.6)
        moving = always_redraw(lambda: VGroup(sheet_of(axes, angle.get_value()), outline(axes, angle.get_value())))
        live = stack(
            readout("turned by", lambda: angle.get_value() / DEGREES, "°", 0, 30, DISK_COLOR),
            area=zone(2.8, 6.6, 0.9, 1.7),
        )
        self.play(FadeIn(live), run_time=0.4)
        self.remove(region)
        self.add(moving)
        trail = VGroup()
        for part in range(1, 13):
            self.play(angle.animate.set_value(part * 30 * DEGREES), run_time=0.42, rate_func=linear)
            ghost = outline(axes, part * 30 * DEGREES, SOLID_COLOR, 1.5)
            ghost.set_stroke(opacity=0.5)
            trail.add(ghost)
            self.add(ghost)
        self.remove(moving)
        solid = body(axes)
        self.play(FadeIn(solid), run_time=0.8)
        self.say("Every point of the curve has run round a circle. How large is the volume inside?")
        x = LOW + 0.65 * WIDTH
        slice_here = ring(axes, x, radius(x), DISK_COLOR, 4, 1.0, 0.5)
        spoke = Line(axes.c2p(x, 0), axes.c2p(x, radius(x)) + 1e-4 * UP, stroke_color=RADIUS_COLOR, stroke_width=6)
        self.play(FadeOut(trail), run_time=0.4)
        self.play(GrowFromCenter(slice_here), run_time=0.8)
        self.play(Create(spoke), run_time=0.6)
        self.say("Cut across the axis and you see a circle. Its radius is the height of the curve there.")
        notes = VGroup(
            words("at x = " + number_text(x), 26, CHALK2),
            words("radius f(x) = " + number_text(radius(x)), 28, RADIUS_COLOR),
            words("circle π·f(x)² = " + number_text(section(x)), 28, DISK_COLOR),
        )
        stack(*notes, area=zone(2.95, 6.55, -1.8, 0.4), buff=0.3)
        self.play(FadeIn(notes, shift=0.2 * UP), run_time=0.8)
        self.play(Create(highlight(notes[2], DISK_COLOR, 0.13)), run_time=0.6)
        self.pause(1.0)


class Disks(Stage):
    def construct(self):
        axes = paper(MAIN)
        solid = body(axes, 0.16)
        self.heading("Slice it into disks")
        self.say("Cut it into " + str(disks) + " slices, and take each for a flat disk as wide as its left side.")
        self.play(FadeIn(axes), FadeIn(solid), FadeIn(title_formula()), run_time=0.8)
        shown = slabs(axes, disks)
        self.play(LaggedStart(*[FadeIn(each, shift=0.15 * RIGHT) for each in shown], lag_ratio=0.35), run_time=2.0)
        law = formula(r"\pi\, f(x)^2 \cdot \Delta x", 44, colors={"f": RADIUS_COLOR, r"\Delta x": CHALK})
        fit(law, zone(2.8, 6.6, 0.9, 1.6), LEFT)
        self.say("A disk is a low cylinder: the area of its circle times its thickness.")
        pick = shown[(2 * disks) // 3]
        self.play(Write(law), pick.animate.shift(0.35 * UP), run_time=1.0)
        self.play(pick.animate.shift(0.35 * DOWN), run_time=0.6)
        rows = [[str(count), number_text(disk_sum(count), None, 6)] for count in COUNTS]
        rows.append(["exact", number_text(VOLUME, None, 6)])
        sheet = table(["disks", "volume"], rows, [CHALK2, DISK_COLOR], 30, 0.54, 0.8)
        fit(sheet, zone(2.8, 6.6, -2.75, 0.7), UL)
        self.play(FadeIn(sheet[:3]), run_time=0.6)
        self.say("The steps do not fit the solid quite. So take thinner and thinner disks.")
        for k, count in enumerate(COUNTS[1:], start=3):
            finer = slabs(axes, count)
            self.play(FadeOut(shown), FadeIn(finer), run_time=1.1)
            self.play(FadeIn(sheet[k], shift=0.2 * LEFT), run_time=0.4)
            shown = finer
        self.say("The stack becomes the solid itself, and the sum closes in on one number.")
        self.play(FadeOut(shown), solid.animate.set_stroke(opacity=1.0), FadeIn(body(axes, 0.3)), run_time=1.0)
        self.play(
            FadeIn(sheet[-1].set_color(EXACT_COLOR)), Create(highlight(sheet[-1], EXACT_COLOR, 0.1)), run_time=0.9
        )
        self.pause(1.0)


class AddTheCircles(Stage):
    def construct(self):
        upper, lower = split_zone(MAIN, [6, 5], across=False, gap=0.2)
        pad = 0.12 * WIDTH
        axes = graph((LOW - pad, HIGH + pad), (-1.1 * LARGEST, 1.1 * LARGEST), upper, "", "y", 20, room=0.9, y_count=4)
        areas = [section(x) for x in np.linspace(LOW, HIGH, 200)]
        below = graph(
            (LOW - pad, HIGH + pad), (0, 1.12 * max(areas)), lower, "x", "area of the circle", 20, room=0.9, y_count=4
        )
        curve = plot(below, section, DISK_COLOR, (LOW, HIGH), 5)
        x = ValueTracker(LOW)
        now = lambda: float(x.get_value())
        self.heading("The volume as an integral")
        self.say("Let one circle sweep through the solid, and draw its area below.")
        self.play(FadeIn(axes), FadeIn(body(axes, 0.2)), FadeIn(below), run_time=0.9)
        slice_now = always_redraw(lambda: ring(axes, now(), radius(now()), DISK_COLOR, 4, 1.0, 0.5))

        def filled_area():
            xs = np.linspace(LOW, max(now(), LOW + 1e-6), 60)
            spots = [
                below.c2p(LOW, 0),
                *[below.c2p(each, section(each)) for each in xs],
                below.c2p(xs[-1], 0),
                below.c2p(LOW, 0),
            ]
            shape = VMobject(fill_color=EXACT_COLOR, fill_opacity=0.45, stroke_width=0).set_points_as_corners(spots)
            edge = VMobject(stroke_color=DISK_COLOR, stroke_width=5).set_points_as_corners(spots[1:-2])
            return VGroup(shape, edge)

        drawn = always_redraw(filled_area)
        live = VGroup(
            readout("x", x, "", 2, 28),
            readout("circle", lambda: section(now()), "", 2, 30, DISK_COLOR),
            readout("volume", lambda: volume_to(now()) if now() > LOW else 0.0, "", 3, 34, EXACT_COLOR),
        )
        stack(*live, area=zone(2.8, 6.6, 1.0, 2.7), buff=0.32)
        self.play(FadeIn(slice_now), FadeIn(live), run_time=0.6)
        self.add(drawn)
        self.say("Thin disk after thin disk is added: the area below the new curve is the volume.")
        self.play(x.animate.set_value(HIGH), run_time=6.0, rate_func=linear)
        drawn.clear_updaters()
        slice_now.clear_updaters()
        self.add(curve)
        law = formula(r"V = \pi \int_a^b f(x)^2\,dx", 46, colors={"V": EXACT_COLOR, "f": RADIUS_COLOR})
        fit(law, zone(2.9, 6.5, -0.5, 0.7), LEFT)
        self.say("So the volume is π times the integral of f squared.")
        self.play(Write(law), run_time=1.2)
        rows = VGroup(
            words("V = " + as_pi(VOLUME), 40, EXACT_COLOR),
            words("≈ " + number_text(VOLUME, None, 5) + " cubic units", 26, CHALK2),
        )
        stack(*rows, area=zone(2.95, 6.5, -2.5, -1.0), buff=0.36)
        self.say("Square first, then integrate: the square of the integral would be something else.")
        self.play(FadeIn(rows, shift=0.2 * UP), Create(highlight(rows[0], EXACT_COLOR, 0.13)), run_time=0.9)
        self.pause(1.0)

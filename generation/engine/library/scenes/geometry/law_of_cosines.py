from manim import *
from theorama_kit import *

side_a = knob(5.0, label="Side a", minimum=0.5, maximum=100.0, step=0.1, help="At most six times the other side.")
side_b = knob(7.0, label="Side b", minimum=0.5, maximum=100.0, step=0.1, help="At most six times the other side.")
angle = knob(60.0, label="Angle γ between them", unit="°", minimum=10.0, maximum=170.0, step=1.0)
length_unit = knob("cm", label="Unit of length", choices=("mm", "cm", "m", "km", "in", "ft"))

A_COLOR = SKY
B_COLOR = CORAL
C_COLOR = YELLOW
ANGLE_COLOR = MINT
CORRECTION_COLOR = LILAC


def sides(first, other):
    """The two given sides."""
    if max(first, other) > 6 * min(first, other):
        raise ValueError("One side is more than six times as long as the other. Choose lengths closer together.")
    return first, other


A, B = sides(side_a, side_b)


def third_side(degrees):
    """The law of cosines."""
    return math.sqrt(max(A * A + B * B - 2 * A * B * math.cos(math.radians(degrees)), 0.0))


def correction(degrees):
    """What Pythagoras' sum has too much: 2ab cos γ."""
    return 2 * A * B * math.cos(math.radians(degrees))


def angle_opposite(one, other, third):
    """The angle between two sides, in degrees, when all three are known."""
    return math.degrees(math.acos(clamp((one * one + other * other - third * third) / (2 * one * other), -1, 1)))


C = third_side(angle)
ALPHA = angle_opposite(B, C, A)
BETA = angle_opposite(A, C, B)


def last_angle_text():
    """The last angle, from the rounded one that is on the screen."""
    return number_text(180 - angle - round(ALPHA, 1), 1) + "°"


def length_text(value, digits=4):
    return number_text(value, None, digits) + " " + length_unit


def area_text(value, digits=4):
    return number_text(value, None, digits) + " " + length_unit + "²"


def ray(degrees):
    return np.array([math.cos(math.radians(degrees)), math.sin(math.radians(degrees)), 0.0])


# --- the triangle: C at the lower left, side a along the ground, side b turned up by γ ----------------
def placing(angles, area, height_too=True):
    """Scale and place of corner C, so that the triangles with all these angles fit into a zone."""
    tips = [B * ray(degrees) for degrees in angles]
    low, high = min([0.0, *[tip[0] for tip in tips]]), max([A, *[tip[0] for tip in tips]])
    tall = max([tip[1] for tip in tips])
    scale = min(area.width / (high - low), area.height / max(tall, 1e-6))
    return scale, area.get_center() - np.array([scale * (low + high) / 2, scale * tall / 2, 0.0])


def points(degrees, scale, corner):
    """Where the corners A, B and C lie."""
    return corner + scale * B * ray(degrees), corner + scale * A * RIGHT, corner


def triangle(degrees, scale, corner):
    """The three sides, each in its colour."""
    at_a, at_b, at_c = points(degrees, scale, corner)
    return VGroup(
        Polygon(at_a, at_b, at_c, stroke_width=0, fill_color=CHALK, fill_opacity=0.07),
        Line(at_c, at_b, stroke_color=A_COLOR, stroke_width=6),
        Line(at_c, at_a, stroke_color=B_COLOR, stroke_width=6),
        Line(at_a, at_b, stroke_color=C_COLOR, stroke_width=6),
    )


def angle_mark(degrees, scale, corner):
    size = min(0.8, 0.4 * scale * min(A, B))
    if abs(degrees - 90) < 0.5:
        box = 0.5 * size
        return VMobject(stroke_color=ANGLE_COLOR, stroke_width=4).set_points_as_corners(
            [corner + box * ray(degrees), corner + box * (ray(degrees) + RIGHT), corner + box * RIGHT]
        )
    return Arc(size, 0, math.radians(degrees), arc_center=corner, color=ANGLE_COLOR, stroke_width=4)


def letters(degrees, scale, corner):
    """a, b, c beside the middles of the sides, outside the triangle."""
    at_a, at_b, at_c = points(degrees, scale, corner)
    middle = (at_a + at_b + at_c) / 3
    group = VGroup()
    for one, other, text, color in (
        (at_c, at_b, "a", A_COLOR),
        (at_c, at_a, "b", B_COLOR),
        (at_a, at_b, "c", C_COLOR),
    ):
        way = (other - one) / np.linalg.norm(other - one)
        side = np.array([-way[1], way[0], 0.0])
        side = side if float(side @ ((one + other) / 2 - middle)) > 0 else -side
        group.add(words(text, 32, color).move_to((one + other) / 2 + 0.36 * side))
    return group


def corner_names(degrees, scale, corner):
    """α, β, γ beyond the corners."""
    spots = points(degrees, scale, corner)
    middle = (spots[0] + spots[1] + spots[2]) / 3
    named = zip(spots, ("α", "β", "γ"), (A_COLOR, B_COLOR, ANGLE_COLOR), strict=True)
    return VGroup(
        *[
            words(text, 28, color).move_to(at + 0.34 * (at - middle) / np.linalg.norm(at - middle))
            for at, text, color in named
        ]
    )


class OpenTheAngle(Stage):
    def construct(self):
        sweep = [25.0, 90.0, 155.0, angle]
        scale, corner = placing(sweep, zone(-6.4, -0.4, -2.4, 2.4))
        turn = ValueTracker(25.0)
        body = always_redraw(lambda: triangle(turn.get_value(), scale, corner))
        mark = always_redraw(lambda: angle_mark(turn.get_value(), scale, corner))
        squared = lambda degrees: third_side(degrees) ** 2
        axes = graph(
            (0, 180),
            nice_range([1.05 * (A + B) ** 2], count=8, zero=True),
            zone(0.2, 6.6, -2.85, 1.2),
            "angle γ in degrees",
            "c² in " + length_unit + "²",
        )
        live = stack(
            readout("γ", turn, "°", 0, 32, ANGLE_COLOR),
            readout("c", lambda: third_side(turn.get_value()), length_unit, 2, 36, C_COLOR),
            area=zone(0.6, 6.6, 1.4, 2.7),
            buff=0.2,
        )
        self.heading("Two sides and the angle between them")
        self.say(f"Two rods, {length_text(A)} and {length_text(B)} long, are joined by a hinge. How long is c?")
        self.play(FadeIn(body), FadeIn(mark), run_time=0.8)
        self.play(FadeIn(axes), FadeIn(live), run_time=0.7)
        trace = always_redraw(lambda: plot(axes, squared, C_COLOR, (25.0, max(turn.get_value(), 25.1)), samples=60))
        pen = always_redraw(lambda: Dot(axes.c2p(turn.get_value(), squared(turn.get_value())), color=CHALK))
        self.add(trace, pen)
        self.say("Open the hinge. The side across gets longer, and its square traces a curve.")
        self.play(turn.animate.set_value(90), run_time=2.6, rate_func=linear)
        level = DashedLine(axes.c2p(0, A * A + B * B), axes.c2p(180, A * A + B * B), color=B_COLOR, stroke_width=3)
        name = words("a² + b²", 26, B_COLOR).move_to(axes.c2p(4, A * A + B * B) + 0.28 * UP, aligned_edge=LEFT)
        self.say("At 90 degrees Pythagoras holds: c² is exactly a² plus b².")
        self.play(Create(level), FadeIn(name), run_time=0.9)
        self.say("Wider than that, Pythagoras gives too little. Narrower, too much.")
        self.play(turn.animate.set_value(155), run_time=2.4, rate_func=linear)
        self.remove(trace)
        walked = plot(axes, squared, C_COLOR, (25.0, 155.0))
        self.add(walked, pen)
        self.play(turn.animate.set_value(25), run_time=2.0)
        curve = plot(axes, squared, C_COLOR, (0, 180))
        self.play(Create(curve), turn.animate.set_value(angle), run_time=2.0)
        for still in (body, mark, pen):
            still.clear_updaters()
        tags = letters(angle, scale, corner)
        self.say("The gap between the curve and the line is the correction we need.")
        here, there = axes.c2p(angle, A * A + B * B), axes.c2p(angle, squared(angle))
        gap = Line(here, there + 0.001 * UP, stroke_color=CORRECTION_COLOR, stroke_width=7)
        self.play(FadeIn(tags), Create(gap), run_time=1.0)
        self.bring_to_front(pen)
        self.pause(1.0)


def drop_text():
    """How the foot of the height lies."""
    if abs(angle - 90) < 0.5:
        return "At 90 degrees the height stands in C itself: nothing is taken away from a."
    if angle > 90:
        return "The angle is obtuse, so the foot lies beyond C, and cos γ is negative."
    return "Drop a height from A. It cuts the triangle into two right triangles."


class WhereItComesFrom(Stage):
    def construct(self):
        scale, corner = placing([angle], zone(-6.1, 0.4, -2.0, 2.2))
        at_a, at_b, at_c = points(angle, scale, corner)
        foot = np.array([at_a[0], at_c[1], 0.0])
        self.heading("Where the correction comes from")
        self.say(drop_text())
        self.play(FadeIn(triangle(angle, scale, corner)), FadeIn(angle_mark(angle, scale, corner)), run_time=0.8)
        self.play(FadeIn(letters(angle, scale, corner)[1:]), run_time=0.4)
        height = DashedLine(at_a, foot + 0.001 * UP, color=CHALK, stroke_width=4)
        ground = Line(foot, at_b, stroke_color=A_COLOR, stroke_width=4)
        self.play(Create(height), FadeIn(ground), run_time=1.0)
        cosine, sine = B * math.cos(math.radians(angle)), B * math.sin(math.radians(angle))
        part = Line(at_c, foot + 0.001 * RIGHT, stroke_color=CORRECTION_COLOR, stroke_width=8).shift(0.07 * DOWN)
        rest = Line(foot, at_b, stroke_color=ANGLE_COLOR, stroke_width=8).shift(0.2 * DOWN)
        rows = VGroup(
            words("height = b sin γ = " + length_text(sine), 26, CHALK),
            words("b cos γ = " + length_text(cosine), 26, CORRECTION_COLOR),
            words("a − b cos γ = " + length_text(A - cosine), 26, ANGLE_COLOR),
        )
        stack(*rows, area=zone(1.2, 6.6, 1.2, 2.6), buff=0.22)
        self.say("Its height is b times sin γ, and from C to its foot it is b times cos γ.")
        self.play(FadeIn(rows[0]), FadeIn(part), FadeIn(rows[1]), run_time=0.9)
        self.say("So a minus b cos γ is left for the other right triangle.")
        self.play(Create(rest), FadeIn(rows[2]), run_time=1.0)
        colors = {"a": A_COLOR, "b": B_COLOR, "c": C_COLOR, r"\gamma": ANGLE_COLOR}
        steps = VGroup(
            formula(r"c^2 = (b \sin\gamma)^2 + (a - b \cos\gamma)^2", 36, CHALK, colors),
            formula(r"\phantom{c^2} = b^2 (\sin^2\gamma + \cos^2\gamma) + a^2 - 2ab\cos\gamma", 32, CHALK, colors),
            formula(r"c^2 = a^2 + b^2 - 2ab\cos\gamma", 46, CHALK, colors),
        )
        stack(*steps, area=zone(1.2, 6.6, -2.3, 0.9), buff=0.4)
        self.say("Pythagoras in that triangle, with c as its longest side.")
        self.play(FadeIn(steps[0], shift=0.2 * UP), run_time=0.9)
        self.say("Sine squared and cosine squared make one. What remains is the law of cosines.")
        self.play(FadeIn(steps[1], shift=0.2 * UP), run_time=0.9)
        self.play(FadeIn(steps[2], shift=0.2 * UP), Create(highlight(steps[2], C_COLOR, 0.16)), run_time=0.9)
        self.pause(1.0)


class WithNumbers(Stage):
    def construct(self):
        scale, corner = placing([angle], zone(-6.0, -0.2, -2.0, 2.1))
        at_a, at_b, at_c = points(angle, scale, corner)
        self.heading("The third side and the other angles")
        self.say(f"Put in the numbers: a is {length_text(A)}, b is {length_text(B)}, and γ is {number_text(angle)}°.")
        self.play(FadeIn(triangle(angle, scale, corner)), FadeIn(angle_mark(angle, scale, corner)), run_time=0.8)
        self.play(FadeIn(letters(angle, scale, corner)), FadeIn(corner_names(angle, scale, corner)), run_time=0.4)
        less = correction(angle)
        rows = VGroup(
            words("a² + b² = " + area_text(A * A + B * B), 30, B_COLOR),
            words("2ab cos γ = " + area_text(less), 30, CORRECTION_COLOR),
            words("c² = " + area_text(C * C), 32, C_COLOR),
            words("c = " + length_text(C), 46, C_COLOR),
        )
        stack(*rows, area=zone(1.0, 6.4, -0.3, 2.5), buff=0.28)
        self.play(FadeIn(rows[0], shift=0.2 * UP), run_time=0.7)
        self.say(
            "The cosine of 90 degrees is zero: there is nothing to correct, and Pythagoras is right."
            if abs(angle - 90) < 0.5
            else "Take 2ab cos γ away. "
            + (
                "For an obtuse angle it is negative, so c² gets larger."
                if angle > 90
                else "For an acute angle c² gets smaller."
            )
        )
        self.play(FadeIn(rows[1], shift=0.2 * UP), run_time=0.7)
        self.play(FadeIn(rows[2], shift=0.2 * UP), run_time=0.7)
        self.say("The root of it is the length of c.")
        self.play(FadeIn(rows[3], shift=0.2 * UP), Create(highlight(rows[3], C_COLOR, 0.14)), run_time=0.9)
        self.say("The same law, turned round, gives the angles when all three sides are known.")
        found = VGroup(
            formula(r"\cos\alpha = \frac{b^2 + c^2 - a^2}{2bc}", 34, CHALK),
            words("α = " + number_text(ALPHA, 1) + "°", 32, A_COLOR),
        ).arrange(RIGHT, buff=0.5)
        fit(found, zone(1.0, 6.5, -1.75, -0.75), LEFT)
        self.play(FadeIn(found, shift=0.2 * UP), run_time=0.9)
        last = fit(words("β = 180° − γ − α = " + last_angle_text(), 32, B_COLOR), zone(1.0, 6.5, -2.75, -2.1), LEFT)
        self.say("The last angle is what is left of 180 degrees.")
        self.play(FadeIn(last), run_time=0.7)
        self.pause(1.0)

from manim import *
from theorama_kit import *

vector_a = knob([4.0, 1.0], label="Vector a: across, up", minimum=-6.0, maximum=6.0, step=0.5, at_least=2, at_most=2)
vector_b = knob([2.0, 3.0], label="Vector b: across, up", minimum=-6.0, maximum=6.0, step=0.5, at_least=2, at_most=2)
force = knob(80.0, label="Force on the rope", unit="N", minimum=10.0, maximum=500.0, step=5.0)
way = knob(12.0, label="Way of the sledge", unit="m", minimum=1.0, maximum=100.0, step=1.0)
rope = knob(50.0, label="Angle of the rope", unit="°", minimum=0.0, maximum=80.0, step=1.0)

A_COLOR = SKY
B_COLOR = CORAL
SHADOW_COLOR = YELLOW
PLUS_COLOR = MINT
MINUS_COLOR = LILAC


def checked(first, other):
    """Both vectors, each with a length."""
    if not (any(first) and any(other)):
        raise ValueError("Both vectors need a length: change one number of the vector that is zero.")
    return np.array(first, dtype=float), np.array(other, dtype=float)


A, B = checked(vector_a, vector_b)


def length(vector):
    return math.hypot(vector[0], vector[1])


def dot(one, other):
    """Across times across plus up times up."""
    return float(one[0] * other[0] + one[1] * other[1])


def angle_between(one, other):
    """Degrees, from 0 to 180."""
    turn = one[0] * other[1] - one[1] * other[0]
    return abs(math.degrees(math.atan2(turn, dot(one, other))))


def shadow(one, other):
    """The length of the shadow of `other` on the line of `one`; negative when it points against it."""
    return dot(one, other) / length(one)


def work(angle):
    """The work of the force along the way, in joules."""
    return force * way * math.cos(math.radians(angle))


DOT = dot(A, B)
ANGLE = angle_between(A, B)


def bracketed(value):
    return number_text(value) if value >= 0 else "(" + number_text(value) + ")"


def sum_text():
    return number_text(A[0]) + " · " + bracketed(B[0]) + " + " + bracketed(A[1]) + " · " + bracketed(B[1])


def sign_words(value):
    """What the sign of the product says."""
    if abs(value) < 1e-9:
        return "zero: the vectors are perpendicular"
    return "positive: the angle is less than 90°" if value > 0 else "negative: the angle is more than 90°"


# --- the picture: a lies along the ground, b is turned against it ------------------------------------
def unit(area):
    """The drawn length of 1, so that b can turn all the way round."""
    left, right = min(0.0, -length(B)), max(length(A), length(B))
    return min(area.width / (right - left), area.height / (2 * length(B)), 1.6)


def around(angle):
    return np.array([math.cos(math.radians(angle)), math.sin(math.radians(angle)), 0.0])


def plane():
    """The plane with both vectors in sight."""
    xs, ys = [0.0, A[0], B[0], foot()[0]], [0.0, A[1], B[1], foot()[1]]
    half = max((max(xs) - min(xs)) / 2 + 0.9, 1.62 * ((max(ys) - min(ys)) / 2 + 0.9), 3.2)
    x, y = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2
    axes = graph((x - half, x + half), (y - half / 1.62, y + half / 1.62), MAIN, equal=True)
    if x - half < 0 < x + half:
        axes.add_to_back(Line(axes.c2p(0, y - half / 1.62), axes.c2p(0, y + half / 1.62), color=EDGE, stroke_width=2.5))
    if y - half / 1.62 < 0 < y + half / 1.62:
        axes.add_to_back(Line(axes.c2p(x - half, 0), axes.c2p(x + half, 0), color=EDGE, stroke_width=2.5))
    return axes


def foot():
    """Where the perpendicular from the tip of b meets the line of a."""
    return A * DOT / length(A) ** 2


def name_spot(start, tip, side):
    """Beyond the tip of an arrow, a little to the side where the other one is not."""
    way = (tip - start) / np.linalg.norm(tip - start)
    left = 1 if A[0] * B[1] - A[1] * B[0] >= 0 else -1
    return tip + 0.2 * way + 0.3 * side * left * np.array([-way[1], way[0], 0.0])


def named(text, color, at):
    return words(text, 32, color).move_to(at).add_background_rectangle(STAGE, 0.8, buff=0.06)


class TheShadow(Stage):
    def construct(self):
        axes = plane()
        at = lambda point: axes.c2p(float(point[0]), float(point[1]))
        zero = at((0, 0))
        first, other = arrow(zero, at(A), A_COLOR, 6), arrow(zero, at(B), B_COLOR, 6)
        a_name = named("a", A_COLOR, name_spot(zero, at(A), -1))
        b_name = named("b", B_COLOR, name_spot(zero, at(B), 1))
        self.heading("How far does b go along a?")
        self.say("Two vectors. How much do they pull in the same direction?")
        self.play(FadeIn(axes), run_time=0.6)
        rows = VGroup(
            words("a = (" + number_text(A[0]) + ", " + number_text(A[1]) + ")", 32, A_COLOR),
            words("b = (" + number_text(B[0]) + ", " + number_text(B[1]) + ")", 32, B_COLOR),
        )
        stack(*rows, area=zone(2.8, 6.6, 1.5, 2.7), buff=0.25)
        self.play(GrowFromPoint(first, zero), GrowFromPoint(other, zero), FadeIn(rows), run_time=0.9)
        self.play(FadeIn(a_name), FadeIn(b_name), run_time=0.4)
        self.say("Let light fall at right angles onto the line of a. Then b throws a shadow on it.")
        direction = (at(A) - zero) / np.linalg.norm(at(A) - zero)
        ground = DashedLine(zero - 0.6 * direction, at(foot()) + 0.6 * direction, color=CHALK3, stroke_width=3)
        if DOT < 0:
            ground = DashedLine(zero + 0.6 * direction, at(foot()) - 0.6 * direction, color=CHALK3, stroke_width=3)
        ray = DashedLine(at(B), at(foot()) + 0.001 * UP, color=CHALK2, stroke_width=3)
        dark = Line(zero, at(foot()) + 0.001 * UP, stroke_color=SHADOW_COLOR, stroke_width=11)
        self.play(Create(ground), run_time=0.5)
        self.play(Create(ray), run_time=0.9)
        self.play(Create(dark), run_time=0.9)
        self.bring_to_front(other)
        facts = VGroup(
            words("length of a = " + number_text(length(A)), 28, A_COLOR),
            words("shadow of b = " + number_text(shadow(A, B)), 28, SHADOW_COLOR),
            words("a · b = " + number_text(DOT), 40, PLUS_COLOR if DOT >= 0 else MINUS_COLOR),
        )
        stack(*facts, area=zone(2.8, 6.6, -0.5, 1.3), buff=0.28)
        self.say("The dot product is the length of a times the length of this shadow.")
        self.play(FadeIn(facts[0]), run_time=0.5)
        self.play(FadeIn(facts[1]), run_time=0.5)
        self.play(FadeIn(facts[2], shift=0.2 * UP), run_time=0.7)
        self.say("In coordinates it is simple: across times across, plus up times up.")
        plain = VGroup(
            words("a · b = " + sum_text(), 28, CHALK),
            words(
                "= " + number_text(A[0] * B[0]) + " + " + bracketed(A[1] * B[1]) + " = " + number_text(DOT), 28, CHALK
            ),
        )
        stack(*plain, area=zone(2.8, 6.6, -2.3, -0.9), buff=0.25)
        self.play(FadeIn(plain, shift=0.2 * UP), run_time=0.9)
        self.say("Both ways give the same number.")
        self.play(Create(highlight(facts[2], PLUS_COLOR if DOT >= 0 else MINUS_COLOR, 0.14)), run_time=0.7)
        self.pause(1.0)


class TheSign(Stage):
    def construct(self):
        area = zone(-6.4, -0.9, -2.15, 1.7)
        scale = unit(area)
        left, right = -length(B), max(length(A), length(B))
        start = area.get_center() - scale * (left + right) / 2 * RIGHT
        turn = ValueTracker(0.0)
        product = lambda angle: length(A) * length(B) * math.cos(math.radians(angle))
        tip = lambda: start + scale * length(B) * around(turn.get_value())
        below = lambda: np.array([tip()[0], start[1], 0.0])
        ground = DashedLine(start + scale * left * RIGHT, start + scale * right * RIGHT, color=CHALK3, stroke_width=2.5)
        orbit = Circle(scale * length(B), stroke_color=HAIRLINE, stroke_width=2).move_to(start)
        fixed = arrow(start, start + scale * length(A) * RIGHT, A_COLOR, 6)
        moving = always_redraw(lambda: arrow(start, tip(), B_COLOR, 6))
        color_now = lambda: PLUS_COLOR if turn.get_value() < 90 else MINUS_COLOR
        dark = always_redraw(lambda: Line(start, below() + 0.001 * RIGHT, stroke_color=color_now(), stroke_width=11))
        ray = always_redraw(lambda: Line(tip(), below() + 0.001 * UP, stroke_color=CHALK3, stroke_width=2.5))
        most = length(A) * length(B)
        axes = graph(
            (0, 180), nice_range([-1.05 * most, 1.05 * most]), zone(-0.4, 6.6, -2.85, 1.3), "angle in degrees", "a · b"
        )
        zero = Line(axes.c2p(0, 0), axes.c2p(180, 0), stroke_color=CHALK3, stroke_width=2.5)
        live = stack(
            readout("angle", turn, "°", 0, 28, CHALK),
            readout("a · b", lambda: product(turn.get_value()), "", 2, 36, SHADOW_COLOR),
            area=zone(0.3, 6.6, 1.5, 2.75),
            buff=0.2,
        )
        self.heading("What the sign tells")
        self.say("Turn b and watch its shadow. In the same direction, the product is largest.")
        self.play(FadeIn(orbit), FadeIn(ground), FadeIn(fixed), run_time=0.7)
        self.play(FadeIn(dark), FadeIn(ray), FadeIn(moving), FadeIn(axes.add(zero)), FadeIn(live), run_time=0.8)
        self.bring_to_front(fixed, moving)
        a_name = words("a", 30, A_COLOR).move_to(start + scale * length(A) * RIGHT + 0.3 * DOWN + 0.1 * LEFT)
        b_name = words("b", 30, B_COLOR)
        b_name.add_updater(lambda text: text.move_to(tip() + 0.28 * around(turn.get_value() + 50)))
        self.play(FadeIn(a_name), FadeIn(b_name), run_time=0.3)
        trace = always_redraw(lambda: plot(axes, product, SHADOW_COLOR, (0, max(turn.get_value(), 0.1)), samples=60))
        pen = always_redraw(lambda: Dot(axes.c2p(turn.get_value(), product(turn.get_value())), color=CHALK))
        self.add(trace, pen)
        self.play(turn.animate.set_value(90), run_time=3.0, rate_func=linear)
        self.say("At a right angle there is no shadow: the product is zero. That is the test for perpendicular.")
        corner = Square(0.25, stroke_color=CHALK, stroke_width=3).move_to(start, aligned_edge=DL)
        mark = Dot(axes.c2p(90, 0), color=CHALK, radius=0.11)
        self.play(Create(corner), FadeIn(mark, scale=0.4), run_time=0.8)
        self.pause(0.1)
        self.play(FadeOut(corner), run_time=0.3)
        self.say("Beyond that the shadow falls behind: b goes against a, and the product is negative.")
        self.play(turn.animate.set_value(180), run_time=3.0, rate_func=linear)
        self.remove(trace)
        self.add(plot(axes, product, SHADOW_COLOR), mark, pen)
        self.say("So the product knows the angle: its cosine times both lengths.")
        self.play(turn.animate.set_value(ANGLE), run_time=1.8)
        for still in (moving, dark, ray, pen, b_name):
            still.clear_updaters()
        law = VGroup(
            formula(r"\vec a \cdot \vec b = |\vec a| \, |\vec b| \cos\varphi", 34, CHALK),
            words("φ = " + number_text(ANGLE, 1) + "°", 34, SHADOW_COLOR),
        ).arrange(RIGHT, buff=0.5)
        fit(law, zone(-6.4, -0.9, 1.9, 2.75), LEFT).add_background_rectangle(STAGE, 0.85, buff=0.06)
        told = fit(
            words(sign_words(DOT), 26, PLUS_COLOR if DOT >= 0 else MINUS_COLOR), zone(-6.4, -0.9, -2.85, -2.3), LEFT
        )
        told.add_background_rectangle(STAGE, 0.85, buff=0.06)
        self.say(f"Our two vectors are {number_text(ANGLE, 1)}° apart.")
        self.play(FadeIn(law, shift=0.2 * UP), FadeIn(told), run_time=0.9)
        self.pause(1.0)


def sledge(at):
    """A sledge whose rope is tied at a point."""
    body = Rectangle(width=1.3, height=0.3, fill_color=CHALK3, fill_opacity=1, stroke_width=0)
    runner = VMobject(stroke_color=CHALK2, stroke_width=5).set_points_as_corners(
        [[-0.8, -0.42, 0], [0.75, -0.42, 0], [0.95, -0.25, 0]]
    )
    legs = VGroup(Line([-0.45, -0.15, 0], [-0.45, -0.42, 0]), Line([0.4, -0.15, 0], [0.4, -0.42, 0])).set_stroke(
        CHALK2, 4
    )
    return VGroup(body, runner, legs).shift(at - np.array([0.65, 0.0, 0.0]))


class WorkOfAForce(Stage):
    def construct(self):
        gone = ValueTracker(0.0)
        left, floor, reach = -5.0, -2.1, 5.2
        pull = 2.1  # drawn length of the force
        knot = lambda: np.array([left + reach * gone.get_value(), floor + 0.45, 0.0])
        carriage = always_redraw(lambda: sledge(knot()))
        line = always_redraw(lambda: arrow(knot(), knot() + pull * around(rope), B_COLOR, 7))
        part = always_redraw(
            lambda: arrow(knot(), knot() + pull * math.cos(math.radians(rope)) * RIGHT, SHADOW_COLOR, 9)
        )
        drop = always_redraw(
            lambda: DashedLine(
                knot() + pull * around(rope) + 0.001 * UP,
                knot() + pull * math.cos(math.radians(rope)) * RIGHT,
                color=CHALK3,
                stroke_width=2.5,
            )
        )
        snow = Line([-6.5, floor, 0], [2.4, floor, 0], stroke_color=CHALK2, stroke_width=4)
        self.heading("What it is good for: work")
        self.say(f"A rope pulls a sledge with {number_text(force)} N, at {number_text(rope)}° to the ground.")
        bend = always_redraw(
            lambda: Arc(0.75, 0, math.radians(max(rope, 0.5)), arc_center=knot(), color=CHALK, stroke_width=3)
        )
        self.play(FadeIn(snow), FadeIn(carriage), FadeIn(line), FadeIn(bend), run_time=0.9)
        self.say("Only the part along the way moves it on: the shadow of the force on the way.")
        self.play(FadeIn(drop), FadeIn(part), run_time=0.9)
        along = force * math.cos(math.radians(rope))
        rows = VGroup(
            words("F = " + number_text(force) + " N", 30, B_COLOR),
            words("F cos φ = " + number_text(along) + " N", 30, SHADOW_COLOR),
            readout("way", lambda: way * gone.get_value(), "m", 1, 30, A_COLOR),
            readout("work", lambda: work(rope) * gone.get_value(), "J", 0, 40, PLUS_COLOR),
        )
        stack(*rows, area=zone(2.9, 6.6, 0.1, 2.6), buff=0.3)
        axes = graph(
            (0, way),
            nice_range([1.05 * work(0)], zero=True),
            zone(-6.6, 2.4, 0.3, 2.75),
            "",
            "work in J, against the way in m",
            20,
        )
        most = DashedLine(axes.c2p(0, 0), axes.c2p(way, work(0)), color=CHALK3, stroke_width=2.5)
        grown = always_redraw(
            lambda: Line(
                axes.c2p(0, 0),
                axes.c2p(way * max(gone.get_value(), 1e-3), work(rope) * max(gone.get_value(), 1e-3)),
                stroke_color=PLUS_COLOR,
                stroke_width=5,
            )
        )
        self.play(FadeIn(rows), FadeIn(axes), run_time=0.6)
        path = always_redraw(
            lambda: Line(
                [left, floor - 0.35, 0],
                [left + reach * gone.get_value() + 0.001, floor - 0.35, 0],
                color=A_COLOR,
                stroke_width=8,
            )
        )
        self.say(f"Over a way of {number_text(way)} m, the work adds up: force part times way.")
        self.add(path, grown)
        self.play(gone.animate.set_value(1.0), run_time=4.0, rate_func=linear)
        for still in (carriage, line, part, drop, path, bend, grown):
            still.clear_updaters()
        law = VGroup(
            formula(r"W = \vec F \cdot \vec s = F s \cos\varphi", 40, CHALK),
            words("W = " + number_text(work(rope)) + " J", 40, PLUS_COLOR),
            words("flat rope (dashed): " + number_text(work(0)) + " J", 26, CHALK2),
            words("pulling straight up: 0 J", 26, CHALK2),
        )
        stack(*law, area=zone(2.9, 6.6, -2.8, -0.2), buff=0.24)
        self.say("That is a dot product: force dot way. Straight up, the same pull would do no work at all.")
        self.play(FadeIn(law[:2], shift=0.2 * UP), run_time=0.9)
        self.play(FadeIn(law[2:]), Create(most), Create(highlight(law[1], PLUS_COLOR, 0.14)), run_time=0.8)
        self.pause(1.0)

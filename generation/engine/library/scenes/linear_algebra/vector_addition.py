from manim import *
from theorama_kit import *

vector_a = knob([4.0, 1.0], label="Vector a: across, up", minimum=-8.0, maximum=8.0, step=0.5, at_least=2, at_most=2)
vector_b = knob([1.0, 3.0], label="Vector b: across, up", minimum=-8.0, maximum=8.0, step=0.5, at_least=2, at_most=2)
operation = knob("add", label="Add or subtract", choices=("add", "subtract"))
meaning = knob(
    "plain numbers",
    label="What the vectors are",
    choices=("plain numbers", "displacements in m", "velocities in m/s", "forces in N"),
)

A_COLOR = SKY
B_COLOR = CORAL
SUM_COLOR = YELLOW
ACROSS_COLOR = MINT
UP_COLOR = LILAC

MINUS_B = operation == "subtract"
UNIT = {"displacements in m": " m", "velocities in m/s": " m/s", "forces in N": " N"}.get(meaning, "")
A = np.array(vector_a, dtype=float)
GIVEN_B = np.array(vector_b, dtype=float)


def second(given):
    """What is joined to a: b itself, or b turned round."""
    if not (any(vector_a) and any(vector_b)):
        raise ValueError("Both vectors need a length: change one number of the vector that is zero.")
    return -given if MINUS_B else given


B = second(GIVEN_B)
SUM = A + B


def length(vector):
    return math.hypot(vector[0], vector[1])


def direction(vector):
    """Degrees from the positive x-axis, counter-clockwise, from 0 up to 360."""
    return math.degrees(math.atan2(vector[1], vector[0])) % 360


def angle_between(one, other):
    """Degrees between two vectors, 0 to 180."""
    across, along = one[0] * other[1] - one[1] * other[0], one[0] * other[0] + one[1] * other[1]
    return abs(math.degrees(math.atan2(across, along)))


def length_at(degrees):
    """The length of the sum when b makes this angle with a."""
    first, other = length(A), length(B)
    return math.sqrt(max(first**2 + other**2 + 2 * first * other * math.cos(math.radians(degrees)), 0.0))


NAME_B = "−b" if MINUS_B else "b"
NAME_SUM = "a − b" if MINUS_B else "a + b"
TEX_B = r"-\vec b" if MINUS_B else r"\vec b"
TEX_SUM = r"\vec a - \vec b" if MINUS_B else r"\vec a + \vec b"


def pair_text(vector):
    return "(" + number_text(vector[0]) + ", " + number_text(vector[1]) + ")"


def size_text(value):
    return number_text(value, None, 3) + UNIT


# --- the plane ---------------------------------------------------------------------------------------
def window(points):
    """Ranges for across and up that hold all points, with the shape of the picture."""
    xs, ys = [float(p[0]) for p in points], [float(p[1]) for p in points]
    half = max((max(xs) - min(xs)) / 2 + 0.8, 1.62 * ((max(ys) - min(ys)) / 2 + 0.8), 3.2)
    x, y = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2
    return (x - half, x + half), (y - half / 1.62, y + half / 1.62)


def plane(points):
    """Numbered squares with the two axes through zero where they are in sight."""
    (x0, x1), (y0, y1) = window(points)
    axes = graph((x0, x1), (y0, y1), MAIN, "", "", 22, equal=True)
    if x0 < 0 < x1:
        axes.add_to_back(Line(axes.c2p(0, y0), axes.c2p(0, y1), stroke_color=EDGE, stroke_width=2.5))
    if y0 < 0 < y1:
        axes.add_to_back(Line(axes.c2p(x0, 0), axes.c2p(x1, 0), stroke_color=EDGE, stroke_width=2.5))
    return axes


def drawn(axes, start, vector, color, width=6):
    """A vector as an arrow from a point of the plane."""
    start = np.asarray(start, dtype=float)
    return arrow(axes.c2p(*start), axes.c2p(*(start + vector)), color, width)


def name_spot(axes, start, vector, away_from, flip=False):
    """Where the name of an arrow stands: beside its middle, on the side away from a point."""
    middle = np.asarray(start, dtype=float) + np.asarray(vector) / 2
    side = np.array([-vector[1], vector[0]]) / max(length(vector), 1e-9)
    away = middle - np.asarray(away_from)
    if float(side @ away) < -1e-9 or (flip and abs(float(side @ away)) <= 1e-9):
        side = -side
    return axes.c2p(*middle) + 0.42 * np.array([side[0], side[1], 0.0])


def name(tex, color):
    """The name of an arrow, on a ground that keeps grid lines away from it."""
    return formula(tex, 40, color).add_background_rectangle(STAGE, 0.8, buff=0.06)


def spots():
    """All corners of the picture."""
    zero = np.zeros(2)
    return [zero, A, GIVEN_B, B, SUM]


class TipToTail(Stage):
    def construct(self):
        zero, axes = np.zeros(2), plane(spots())
        first, other = drawn(axes, zero, A, A_COLOR), drawn(axes, zero, GIVEN_B, B_COLOR)
        a_name = name(r"\vec a", A_COLOR).move_to(name_spot(axes, zero, A, B))
        b_name = name(r"\vec b", B_COLOR).move_to(name_spot(axes, zero, GIVEN_B, A, True))
        self.heading("How do vectors subtract?" if MINUS_B else "How do vectors add up?")
        kind = {"plain numbers": "two vectors"}.get(meaning, "two " + meaning.split()[0])
        self.say(f"Here are {kind}. Each arrow has a length and a direction.")
        rows = VGroup(
            words("a = " + pair_text(A) + UNIT, 32, A_COLOR), words("b = " + pair_text(GIVEN_B) + UNIT, 32, B_COLOR)
        )
        stack(*rows, area=zone(2.8, 6.6, 1.3, 2.7), buff=0.3)
        self.play(FadeIn(axes), run_time=0.7)
        self.play(GrowFromPoint(first, axes.c2p(0, 0)), FadeIn(a_name), FadeIn(rows[0]), run_time=0.9)
        self.play(GrowFromPoint(other, axes.c2p(0, 0)), FadeIn(b_name), FadeIn(rows[1]), run_time=0.9)
        if MINUS_B:
            self.say("To subtract b, add its opposite: −b is just as long and points the other way.")
            turned = name(TEX_B, B_COLOR).move_to(name_spot(axes, zero, B, A, True))
            self.play(FadeOut(b_name), Rotate(other, PI, about_point=axes.c2p(0, 0)), run_time=1.6)
            self.play(FadeIn(turned), run_time=0.4)
            b_name = turned
        self.say(f"Slide {NAME_B}, without turning it, until its tail sits on the tip of a.")
        ghost = drawn(axes, zero, B, B_COLOR, 3).set_opacity(0.35)
        way = axes.c2p(*A) - axes.c2p(0, 0)
        self.add(ghost, other)
        self.play(other.animate.shift(way), b_name.animate.move_to(name_spot(axes, A, B, zero, True)), run_time=2.0)
        self.say(f"Walk along a, then along {NAME_B}. The short cut from start to end is {NAME_SUM}.")
        walker = Dot(axes.c2p(0, 0), color=CHALK, radius=0.1)
        self.play(FadeIn(walker), run_time=0.2)
        self.play(walker.animate.move_to(axes.c2p(*A)), run_time=0.9)
        self.play(walker.animate.move_to(axes.c2p(*SUM)), run_time=0.9)
        total = drawn(axes, zero, SUM, SUM_COLOR, 8)
        answer = words(NAME_SUM + " = " + pair_text(SUM) + UNIT, 36, SUM_COLOR)
        stack(answer, area=zone(2.8, 6.6, 0.2, 1.0))
        self.play(GrowFromPoint(total, axes.c2p(0, 0)), FadeIn(answer, shift=0.2 * UP), run_time=1.0)
        if MINUS_B:
            back = drawn(axes, zero, GIVEN_B, B_COLOR, 5)
            self.say("Another way to see it: a − b reaches from the tip of b to the tip of a.")
            self.play(FadeIn(back), FadeOut(walker), run_time=0.6)
            self.play(total.copy().animate.shift(axes.c2p(*GIVEN_B) - axes.c2p(0, 0)), run_time=1.6)
            note = "the same arrow, from the tip of b to the tip of a"
        else:
            self.say("The other way round, first b and then a, it ends at the same point.")
            again = drawn(axes, zero, A, A_COLOR, 4).set_opacity(0.75)
            self.play(FadeOut(walker), ghost.animate.set_opacity(0.75), run_time=0.5)
            self.play(again.animate.shift(axes.c2p(*B) - axes.c2p(0, 0)), run_time=1.6)
            note = "the order does not matter: a + b = b + a"
        closing = fit(lines(note, 28, CHALK, 24), zone(2.8, 6.6, -2.6, -0.4), UL)
        self.play(FadeIn(closing, shift=0.2 * UP), run_time=0.7)
        self.pause(1.0)


def sum_text(one, other):
    """ "4 + (−3) = 1": how two parts add up."""
    joined = number_text(other) if other >= 0 else "(" + number_text(other) + ")"
    return number_text(one) + " + " + joined + " = " + number_text(one + other)


def part(axes, start, end, color, width=7):
    """A straight piece along the grid."""
    return Line(axes.c2p(*start), axes.c2p(*end), stroke_color=color, stroke_width=width)


def root_text():
    return "√(" + " + ".join([squared(value) for value in SUM]) + ")"


def squared(value):
    return (number_text(value) if value >= 0 else "(" + number_text(value) + ")") + "²"


class Components(Stage):
    def construct(self):
        axes = plane([*spots(), (A[0], 0), (SUM[0], 0), (SUM[0], A[1])])
        zero = np.zeros(2)
        self.heading("Part by part: across and up")
        self.say("The plane helps to calculate. Every vector goes some way across and some way up.")
        first, other = drawn(axes, zero, A, A_COLOR), drawn(axes, A, B, B_COLOR)
        self.play(FadeIn(axes), run_time=0.6)
        self.play(FadeIn(first), FadeIn(other), run_time=0.6)
        a_x, a_y = part(axes, zero, (A[0], 0), ACROSS_COLOR), part(axes, (A[0], 0), A, UP_COLOR)
        b_x, b_y = part(axes, A, (SUM[0], A[1]), ACROSS_COLOR), part(axes, (SUM[0], A[1]), SUM, UP_COLOR)
        self.play(Create(a_x), run_time=0.6)
        self.play(Create(a_y), run_time=0.6)
        self.play(Create(b_x), run_time=0.6)
        self.play(Create(b_y), run_time=0.6)
        across = VGroup(words("across", 24, CHALK2), words(sum_text(A[0], B[0]), 34, ACROSS_COLOR))
        up = VGroup(words("up", 24, CHALK2), words(sum_text(A[1], B[1]), 34, UP_COLOR))
        for pair in (across, up):
            pair.arrange(DOWN, buff=0.12, aligned_edge=LEFT)
        stack(across, up, area=zone(2.8, 6.6, 0.7, 2.7), buff=0.3)
        apart = 0.1 if A[0] * B[0] < 0 else 0.0  # a way back is drawn beside the way out
        self.say("Slide the parts together: across parts add to across parts, up parts to up parts.")
        self.play(b_x.animate.shift(axes.c2p(0, 0) - axes.c2p(0, A[1]) + apart * DOWN), FadeIn(across), run_time=1.6)
        self.play(a_y.animate.shift(axes.c2p(B[0], 0) - axes.c2p(0, 0)), FadeIn(up), run_time=1.6)
        total = drawn(axes, zero, SUM, SUM_COLOR, 8)
        if length(SUM) < 1e-9:
            self.say("All parts cancel. The vectors are opposite, and their sum is the zero vector.")
            facts = [words("length 0" + UNIT, 36, SUM_COLOR), words("no direction", 28, CHALK2)]
        else:
            self.say("The two totals are the legs of a right triangle, so Pythagoras gives the length.")
            facts = [
                words("length " + root_text(), 26, CHALK),
                words("= " + size_text(length(SUM)), 38, SUM_COLOR),
                words("direction " + number_text(direction(SUM), 1) + "°", 34, SUM_COLOR),
                words("from the x-axis, counter-clockwise", 22, CHALK2),
            ]
        stack(*facts, area=zone(2.8, 6.6, -2.7, 0.3), buff=0.22)
        legs = VGroup(part(axes, zero, (SUM[0], 0), ACROSS_COLOR), part(axes, (SUM[0], 0), SUM, UP_COLOR))
        self.play(FadeOut(VGroup(a_x, a_y, b_x, b_y)), FadeIn(legs), run_time=0.5)
        self.play(first.animate.set_opacity(0.3), other.animate.set_opacity(0.3), FadeIn(total), run_time=0.8)
        self.play(FadeIn(VGroup(*facts[:2]), shift=0.2 * UP), run_time=0.8)
        if length(SUM) > 1e-9:
            size = clamp(0.3 * float(np.linalg.norm(axes.c2p(*SUM) - axes.c2p(0, 0))), 0.25, 0.8)
            turn = Arc(size, 0, math.radians(max(direction(SUM), 0.1)), arc_center=axes.c2p(0, 0), color=SUM_COLOR)
            base = Line(axes.c2p(0, 0), axes.c2p(0, 0) + 1.4 * size * RIGHT, stroke_color=CHALK2, stroke_width=3)
            self.say("The tangent of its angle is up divided by across. Mind the quadrant the arrow points to.")
            self.play(Create(base), Create(turn), FadeIn(VGroup(*facts[2:]), shift=0.2 * UP), run_time=1.2)
        self.pause(1.0)


class LengthsDoNotAdd(Stage):
    def construct(self):
        long_a, long_b, ours = length(A), length(B), angle_between(A, B)
        left, right = min(0.0, long_a - long_b), long_a + long_b
        area = zone(-6.5, -0.5, -2.7, 2.4)
        scale = min(area.width / (right - left), area.height / (2 * long_b), 2.0)
        start = area.get_center() - scale * (left + right) / 2 * RIGHT
        tip_a = start + scale * long_a * RIGHT
        turn = ValueTracker(0.0)
        tip = lambda: (
            tip_a
            + scale
            * long_b
            * np.array([math.cos(math.radians(turn.get_value())), math.sin(math.radians(turn.get_value())), 0.0])
        )
        across_b = lambda: rotate_vector((tip() - tip_a) / (scale * long_b), -PI / 2)
        round_b = always_redraw(lambda: arrow(tip_a, tip(), B_COLOR, 6))
        total = always_redraw(lambda: arrow(start, tip(), SUM_COLOR, 11))
        orbit = Circle(scale * long_b, stroke_color=EDGE, stroke_width=2).move_to(tip_a)
        fixed = arrow(start, tip_a, A_COLOR, 6)
        heights = nice_range([0.0, 1.06 * right], zero=True)
        axes = graph(
            (0, 360),
            heights,
            zone(0.1, 6.6, -2.85, 1.35),
            f"angle between a and {NAME_B} in degrees",
            "length" + (" in" + UNIT if UNIT else ""),
        )
        numbers = stack(
            readout("angle", turn, "°", 0, 28, CHALK),
            readout("length of " + NAME_SUM, lambda: length_at(turn.get_value()), UNIT.strip(), 2, 32, SUM_COLOR),
            area=zone(0.3, 6.6, 1.55, 2.75),
            buff=0.2,
        )
        self.heading("Lengths do not simply add")
        self.say(
            f"The lengths are {size_text(long_a)} and {size_text(long_b)}. In one line, they add to {size_text(right)}."
        )
        a_name = words("a", 30, A_COLOR).move_to((start + tip_a) / 2 + 0.3 * DOWN)
        b_name = words(NAME_B, 30, B_COLOR)
        b_name.add_updater(lambda text: text.move_to(tip_a + 0.55 * (tip() - tip_a) + 0.32 * across_b()))
        self.play(FadeIn(orbit), FadeIn(total), FadeIn(fixed), FadeIn(round_b), run_time=0.8)
        self.play(FadeIn(a_name), FadeIn(b_name), run_time=0.4)
        self.play(FadeIn(axes), FadeIn(numbers), run_time=0.7)
        pen = always_redraw(lambda: Dot(axes.c2p(turn.get_value(), length_at(turn.get_value())), color=CHALK))
        trace = always_redraw(lambda: plot(axes, length_at, SUM_COLOR, (0, max(turn.get_value(), 0.01)), samples=60))
        self.add(trace, pen)
        marks = VGroup(*[Dot(axes.c2p(x, length_at(x)), color=A_COLOR, radius=0.08) for x in (0, 90, 180)])
        self.say(f"Turn {NAME_B} round the tip of a, and the sum gets shorter.")
        self.play(turn.animate.set_value(90), run_time=2.2, rate_func=linear)
        self.say("At a right angle, Pythagoras holds: the length is " + size_text(length_at(90)) + ".")
        self.play(FadeIn(marks[1], scale=0.4), run_time=0.5)
        self.play(turn.animate.set_value(180), run_time=2.2, rate_func=linear)
        self.say("Opposite directions: only the difference of the lengths is left, " + size_text(length_at(180)) + ".")
        self.play(FadeIn(marks[2], scale=0.4), run_time=0.5)
        self.pause(0.1)
        self.play(turn.animate.set_value(360), run_time=2.6, rate_func=linear)
        self.remove(trace)
        curve = plot(axes, length_at, SUM_COLOR)
        self.add(curve, marks[1:])
        self.say(f"Our two vectors are {number_text(ours, 1)}° apart, and so the sum is {size_text(length(SUM))} long.")
        self.play(turn.animate.set_value(ours), run_time=1.6)
        here = axes.c2p(ours, length(SUM))
        guide = DashedLine(axes.c2p(ours, 0), here + 0.001 * UP, color=SUM_COLOR, stroke_width=3)
        self.play(Create(guide), FadeIn(Dot(here, color=SUM_COLOR, radius=0.12), scale=0.4), run_time=0.8)
        for still in (round_b, total, pen, b_name):
            still.clear_updaters()
        self.pause(1.0)

from manim import *
from theorama_kit import *

a1 = knob(2, label="First equation: number before x", minimum=-9, maximum=9, step=1)
b1 = knob(1, label="First equation: number before y", minimum=-9, maximum=9, step=1)
c1 = knob(7, label="First equation: right side", minimum=-20, maximum=20, step=1)
a2 = knob(1, label="Second equation: number before x", minimum=-9, maximum=9, step=1)
b2 = knob(-2, label="Second equation: number before y", minimum=-9, maximum=9, step=1)
c2 = knob(-4, label="Second equation: right side", minimum=-20, maximum=20, step=1)

FIRST_COLOR = SKY
SECOND_COLOR = CORAL
BOTH_COLOR = YELLOW
MIX_COLOR = MINT

if (a1 == 0 and b1 == 0) or (a2 == 0 and b2 == 0):
    raise ValueError("An equation without x and y is no line. Choose a number other than 0 before x or y.")

FIRST, SECOND = (a1, b1, c1), (a2, b2, c2)
DET = a1 * b2 - a2 * b1


def case():
    """How the two lines lie: "cross", "parallel" or "same"."""
    if DET:
        return "cross"
    return "same" if c1 * a2 == c2 * a1 and c1 * b2 == c2 * b1 else "parallel"


def lowest(top, bottom):
    """A fraction in lowest terms with a positive whole number below."""
    shared = math.gcd(top, bottom) * (1 if bottom > 0 else -1)
    return (top // shared, bottom // shared)


def solution():
    """x and y as fractions (top, bottom), by Cramer's rule; None where there is not just one solution."""
    if not DET:
        return None
    return (lowest(c1 * b2 - c2 * b1, DET), lowest(a1 * c2 - a2 * c1, DET))


def factors():
    """What the equations are multiplied by so that y (or, where there is no y, x) drops out of the sum."""
    one, two = (b1, b2) if b1 or b2 else (a1, a2)
    shared = math.gcd(one, two)
    times, other = two // shared, -one // shared
    return (times, other) if times > 0 or (times == 0 and other > 0) else (-times, -other)


def mixed(times, other):
    """The sum of both equations, each multiplied by its factor."""
    return tuple([times * one + other * two for one, two in zip(FIRST, SECOND, strict=True)])


# --- the picture: equal units on both axes -----------------------------------------------------------
def view():
    """Centre and half height of the picture: the crossing is in it, and the origin where it is not far away."""
    if DET:
        x, y = [top / bottom for top, bottom in solution()]
        far = max(abs(x) / 1.4, abs(y))
        return ((0, 0), max(5.0, math.ceil(far + 1.5))) if far < 12 else ((round(x), round(y)), 5.0)
    far = max([abs(c) / math.hypot(a, b) for a, b, c in (FIRST, SECOND)])
    return ((0, 0), max(5.0, math.ceil(1.2 * far)))


CENTRE, HALF = view()


def paper(area=MAIN):
    """Axes with brighter lines through zero."""
    (x, y), wide = CENTRE, 1.6 * HALF
    axes = graph((x - wide, x + wide), (y - HALF, y + HALF), area, "x", "y", equal=True)
    (x0, x1), (y0, y1) = axes.x_range[:2], axes.y_range[:2]
    if x0 < 0 < x1:
        axes.add(Line(axes.c2p(0, y0), axes.c2p(0, y1), stroke_color=EDGE, stroke_width=2.5))
    if y0 < 0 < y1:
        axes.add(Line(axes.c2p(x0, 0), axes.c2p(x1, 0), stroke_color=EDGE, stroke_width=2.5))
    return axes


def ends(axes, equation):
    """The two points where the line a x + b y = c meets the edges of the picture; None if it misses it."""
    a, b, c = equation
    size = math.hypot(a, b)
    if size < 1e-9:
        return None
    foot, way = np.array([a, b]) * c / size**2, np.array([-b, a]) / size
    low, high = -1e6, 1e6
    for axis, (least, most) in enumerate((axes.x_range[:2], axes.y_range[:2])):
        if abs(way[axis]) < 1e-9:
            if not least <= foot[axis] <= most:
                return None
            continue
        reach = sorted([(least - foot[axis]) / way[axis], (most - foot[axis]) / way[axis]])
        low, high = max(low, reach[0]), min(high, reach[1])
    return (foot + low * way, foot + high * way) if low < high else None


def line_of(axes, equation, color, width=5):
    found = ends(axes, equation)
    if not found:
        return VMobject()
    return Line(axes.c2p(*found[0]), axes.c2p(*found[1]), stroke_color=color, stroke_width=width)


# --- writing equations -------------------------------------------------------------------------------
def side_tex(a, b):
    """a x + b y, without ones and zeros."""
    text = ""
    for factor, letter in ((a, "x"), (b, "y")):
        if factor:
            sign = "-" if factor < 0 else ("+" if text else "")
            text += " " + sign + " " + ("" if abs(factor) == 1 else str(abs(factor))) + letter
    return text.strip() or "0"


def equation_tex(equation):
    return side_tex(*equation[:2]) + " = " + str(equation[2])


def side_text(a, b):
    """The left side as plain text: 2x + y."""
    return side_tex(a, b).replace("- ", MINUS if side_tex(a, b).startswith("- ") else "- ", 1).replace("-", MINUS)


def fraction_tex(pair):
    top, bottom = pair
    return str(top) if bottom == 1 else ("-" if top < 0 else "") + r"\tfrac{" + str(abs(top)) + "}{" + str(bottom) + "}"


def fraction_text(pair):
    return number_text(pair[0]) if pair[1] == 1 else number_text(pair[0]) + "/" + str(pair[1])


def titles():
    """Both equations in their colours."""
    rows = VGroup(formula(equation_tex(FIRST), 44, FIRST_COLOR), formula(equation_tex(SECOND), 44, SECOND_COLOR))
    return stack(*rows, area=zone(2.8, 6.6, 1.4, 2.7), buff=0.3)


class OnePointForBoth(Stage):
    def construct(self):
        axes, head = paper(), titles()
        first, second = line_of(axes, FIRST, FIRST_COLOR), line_of(axes, SECOND, SECOND_COLOR)
        start, end = self_walk(axes)
        part = ValueTracker(0.0)
        spot = lambda: start + part.get_value() * (end - start)
        value = lambda equation: equation[0] * spot()[0] + equation[1] * spot()[1]
        dot = Dot(axes.c2p(*spot()), color=CHALK, radius=0.12)
        dot.add_updater(lambda one: one.move_to(axes.c2p(*spot())))
        self.heading("Two equations, two unknowns")
        self.say("One equation alone has endlessly many solutions. Together they make a straight line.")
        self.play(FadeIn(axes), FadeIn(head[0]), run_time=0.9)
        self.play(Create(first), run_time=1.3)
        live = VGroup(
            readout("x", lambda: spot()[0], "", 2, 28),
            readout("y", lambda: spot()[1], "", 2, 28),
            readout(side_text(a1, b1), lambda: value(FIRST), "", 2, 32, FIRST_COLOR),
            readout(side_text(a2, b2), lambda: value(SECOND), "", 2, 32, SECOND_COLOR),
        )
        stack(*live, area=zone(2.8, 6.6, -1.3, 1.0), buff=0.32)
        self.say("Walk along it: x and y change, but " + side_text(a1, b1) + " is always " + number_text(c1) + ".")
        self.play(FadeIn(dot), FadeIn(live[:3]), run_time=0.6)
        self.play(part.animate.set_value(0.45), run_time=2.4, rate_func=linear)
        self.say(
            "The second equation has a line of its own: there " + side_text(a2, b2) + " is " + number_text(c2) + "."
        )
        self.play(FadeIn(head[1]), FadeIn(live[3]), run_time=0.6)
        if case() != "same":
            self.play(Create(second), run_time=1.3)
        else:
            self.play(Create(line_of(axes, SECOND, SECOND_COLOR, 2.5)), run_time=1.3)
        self.bring_to_front(dot)
        self.say(WALK[case()])
        self.play(part.animate.set_value(1.0), run_time=3.2)
        self.say(meeting_line())
        verdict = fit(words(verdict_text(), 36, BOTH_COLOR), zone(2.95, 6.45, -2.6, -1.7), LEFT)
        marks = [Flash(dot, color=BOTH_COLOR), dot.animate.set_color(BOTH_COLOR)] if case() == "cross" else []
        self.play(FadeIn(verdict, shift=0.2 * UP), Create(highlight(verdict, BOTH_COLOR, 0.15)), *marks, run_time=1.0)
        self.pause(1.0)


WALK = {
    "cross": "Keep walking on the first line, and watch the second number: does it ever fit?",
    "parallel": "Keep walking on the first line, and watch the second number: it never changes!",
    "same": "Keep walking, and watch the second number: it fits everywhere!",
}


def self_walk(axes):
    """Start and end of the walk on the first line: it ends at the crossing, where there is one."""
    here, there = ends(axes, FIRST)
    middle = (here + there) / 2
    if case() == "cross":
        goal = np.array([top / bottom for top, bottom in solution()])
        far = max((here, there), key=lambda corner: np.linalg.norm(corner - goal))
        return goal + 0.85 * (far - goal), goal
    return middle + 0.8 * (here - middle), middle + 0.8 * (there - middle)


def meeting_line():
    if case() == "cross":
        return "Where the lines cross both are true at once. That point is the solution."
    if case() == "parallel":
        return "The lines are parallel: no point lies on both, so there is no solution."
    return "Both equations describe the same line: every point of it is a solution."


def verdict_text():
    if case() == "cross":
        return ",  ".join([letter + " = " + fraction_text(pair) for letter, pair in zip("xy", solution(), strict=True)])
    return "no solution" if case() == "parallel" else "endlessly many"


def times_text(factor):
    return "× " + (number_text(factor) if factor >= 0 else "(" + number_text(factor) + ")")


class Eliminate(Stage):
    def construct(self):
        axes = paper()
        first, second = line_of(axes, FIRST, FIRST_COLOR), line_of(axes, SECOND, SECOND_COLOR)
        times, other = factors()
        total = mixed(times, other)
        gone = "y" if b1 or b2 else "x"
        self.heading("Elimination: make one unknown vanish")
        rows = VGroup()
        for equation, factor, color in ((FIRST, times, FIRST_COLOR), (SECOND, other, SECOND_COLOR)):
            rows.add(VGroup(formula(equation_tex(equation), 40, color), words(times_text(factor), 28, CHALK2)))
        fit(VGroup(*[row[0] for row in rows]).arrange(DOWN, buff=0.3, aligned_edge=LEFT), zone(2.8, 5.7, 1.5, 2.75), UL)
        for row in rows:
            row[1].next_to([5.8, row[0].get_y(), 0], RIGHT, buff=0)
        fit_width(VGroup(rows[0][1], rows[1][1]), 0.85)
        self.say("Multiply the equations so that the numbers before " + gone + " become opposite.")
        self.play(FadeIn(axes), FadeIn(first), FadeIn(second), FadeIn(VGroup(rows[0][0], rows[1][0])), run_time=0.9)
        self.play(FadeIn(VGroup(rows[0][1], rows[1][1]), shift=0.2 * LEFT), run_time=0.7)
        scaled = VGroup()
        for equation, factor, color in ((FIRST, times, FIRST_COLOR), (SECOND, other, SECOND_COLOR)):
            scaled.add(formula(equation_tex([factor * each for each in equation]), 40, color))
        scaled.arrange(DOWN, buff=0.26, aligned_edge=RIGHT)
        fit(scaled, zone(2.8, 6.4, 0.1, 1.1), UL)
        rule = Line([2.8, 0.0, 0], [6.4, 0.0, 0], stroke_color=EDGE, stroke_width=2)
        plus = words("+", 32, CHALK2).next_to(rule, RIGHT, buff=0.08).shift(0.25 * UP)
        sum_row = fit(formula(equation_tex(total), 44, MIX_COLOR), zone(2.8, 6.4, -0.65, -0.1), LEFT)
        self.play(FadeIn(scaled, shift=0.2 * DOWN), run_time=0.8)
        self.say("Add them: " + gone + " vanishes. What is true for both stays true for their sum.")
        self.play(Create(rule), FadeIn(plus), FadeIn(sum_row), run_time=0.8)
        if case() != "cross":
            dead_end(self, total)
            return
        x, y = solution()
        spot = axes.c2p(x[0] / x[1], y[0] / y[1])
        dot = Dot(spot, color=BOTH_COLOR, radius=0.12)
        part = ValueTracker(0.0)
        blend = lambda: [
            (1 - part.get_value()) * one + part.get_value() * both
            for one, both in zip(SECOND if times == 0 else FIRST, total, strict=True)
        ]
        turning = always_redraw(lambda: line_of(axes, blend(), MIX_COLOR, 6))
        self.say("In the picture: mixing the equations turns the line, but always around the crossing.")
        self.play(FadeIn(dot), FadeIn(turning), run_time=0.5)
        self.play(part.animate.set_value(1.0), run_time=3.0)
        turning.clear_updaters()
        answer_x = formula("x = " + fraction_tex(x), 44, BOTH_COLOR)
        answer_y = formula("y = " + fraction_tex(y), 44, BOTH_COLOR)
        source, color = (FIRST, FIRST_COLOR) if b1 else (SECOND, SECOND_COLOR)
        put_in = formula(with_x_tex(source, x), 34, color)
        fit(answer_x, zone(2.8, 6.4, -1.3, -0.75), LEFT)
        fit(put_in, zone(2.8, 6.4, -2.0, -1.4), LEFT)
        fit(answer_y, zone(2.8, 6.4, -2.75, -2.1), LEFT)
        self.say("It stands upright now: x is known. Put it into one equation, and y follows.")
        self.play(FadeIn(answer_x, shift=0.2 * DOWN), run_time=0.7)
        self.play(FadeIn(put_in, shift=0.2 * DOWN), run_time=0.7)
        level = line_of(axes, (0, 1, y[0] / y[1]), LILAC, 4)
        self.play(FadeIn(answer_y, shift=0.2 * DOWN), Create(level), run_time=1.0)
        self.bring_to_front(dot)
        pair = VGroup(answer_x, answer_y)
        self.say("Upright and level: the same crossing, now easy to read off.")
        self.play(
            *[Create(highlight(each, BOTH_COLOR, 0.1)) for each in pair], Flash(dot, color=BOTH_COLOR), run_time=1.0
        )
        self.pause(1.0)


def with_x_tex(equation, x):
    """An equation with the value of x put in."""
    a, b, c = equation
    if a == 0:
        return equation_tex(equation)
    value = fraction_tex(x)
    front = {1: "", -1: "-"}.get(a, str(a) + r" \cdot ")
    value = "(" + value + ")" if value.startswith("-") and front else value
    rest = side_tex(0, b)
    return front + value + " " + ("" if rest.startswith("-") else "+ ") + rest + " = " + str(c)


def dead_end(stage, total):
    """Both unknowns have vanished at once: the lines are parallel or the same."""
    if case() == "parallel":
        stage.say("Both unknowns are gone, and what is left is false: " + "0 = " + number_text(total[2]) + ".")
        text, more = "0 = " + number_text(total[2]) + " is never true", "no solution: parallel lines"
    else:
        stage.say("Both unknowns are gone, and what is left is always true: 0 = 0.")
        text, more = "0 = 0 is always true", "every point of the line is a solution"
    notes = VGroup(words(text, 32, BOTH_COLOR), words(more, 26, CHALK2))
    stack(*notes, area=zone(2.8, 6.5, -2.3, -1.0), buff=0.3)
    stage.play(FadeIn(notes[0], shift=0.2 * UP), run_time=0.7)
    stage.play(FadeIn(notes[1], shift=0.2 * UP), Create(highlight(notes[0], BOTH_COLOR, 0.12)), run_time=0.8)
    stage.say("The two left sides are multiples of each other, so the lines have the same slope.")
    stage.pause(1.0)


BASE = (1.0, -2.0, 0.0)  # a plain line, to show what two lines can do
AWAY = 1.6  # how far the turning point of the second line is from the first
WIDE = 8.0


class ThreeCases(Stage):
    def construct(self):
        axes = graph((-WIDE, WIDE), (-5, 5), MAIN, "x", "y", equal=True)
        angle, away = ValueTracker(50 * DEGREES), ValueTracker(AWAY)
        normal = np.array(BASE[:2])
        unit = normal / np.linalg.norm(normal)

        def second():
            t = angle.get_value()
            a, b = math.cos(t) * normal[0] - math.sin(t) * normal[1], math.sin(t) * normal[0] + math.cos(t) * normal[1]
            pivot = -away.get_value() * unit
            return (a, b, a * pivot[0] + b * pivot[1])

        def met():
            a, b, c = second()
            below = BASE[0] * b - a * BASE[1]
            if abs(below) < 1e-6:
                return VMobject()
            x, y = -c * BASE[1] / below, BASE[0] * c / below
            return Dot(axes.c2p(x, y), color=BOTH_COLOR, radius=0.13) if abs(x) < WIDE and abs(y) < 5 else VMobject()

        cross = lambda: BASE[0] * second()[1] - second()[0] * BASE[1]
        line = line_of(axes, BASE, FIRST_COLOR)
        moving = always_redraw(lambda: line_of(axes, second(), SECOND_COLOR, 5 if away.get_value() > 0.02 else 3))
        dot = always_redraw(met)
        self.heading("One solution, none, or endlessly many")
        self.say("Two lines that are not parallel always cross once: one solution.")
        live = stack(readout("a₁b₂ − a₂b₁", cross, "", 2, 32, BOTH_COLOR), area=zone(2.8, 6.6, 2.1, 2.75))
        rows = VGroup(
            case_row("cross", "they cross", "one solution"),
            case_row("parallel", "parallel", "no solution"),
            case_row("same", "the same line", "endlessly many solutions"),
        )
        stack(*rows, area=zone(2.95, 6.45, -1.6, 1.6), buff=0.5)
        self.play(FadeIn(axes), Create(line), run_time=0.9)
        self.play(FadeIn(moving), FadeIn(dot), FadeIn(live), FadeIn(rows[0]), run_time=0.9)
        self.play(angle.animate.set_value(85 * DEGREES), run_time=1.2)
        self.play(angle.animate.set_value(40 * DEGREES), run_time=1.2)
        self.say("Turn one towards the other's direction: the crossing runs away, farther and farther.")
        self.play(angle.animate.set_value(14 * DEGREES), run_time=3.0)
        self.play(angle.animate.set_value(0.0), run_time=1.6)
        self.say("Parallel: the crossing is gone. The number a₁b₂ − a₂b₁ tells it: it is zero.")
        self.play(FadeIn(rows[1]), run_time=0.7)
        self.pause(0.2)
        self.say("Only if one lies exactly on the other do they share points again: all of them.")
        self.play(away.animate.set_value(0.0), run_time=2.4)
        moving.clear_updaters()
        dot.clear_updaters()
        self.play(FadeIn(rows[2]), run_time=0.7)
        mine = rows[["cross", "parallel", "same"].index(case())]
        self.say("Back to ours: a₁b₂ − a₂b₁ = " + number_text(DET) + ". " + OURS[case()])
        self.play(FadeOut(axes), FadeOut(line), FadeOut(moving), FadeOut(dot), FadeOut(live), run_time=0.6)
        real, ends_here = paper(), VGroup()
        ours = VGroup(
            line_of(real, FIRST, FIRST_COLOR), line_of(real, SECOND, SECOND_COLOR, 5 if case() != "same" else 2.5)
        )
        if case() == "cross":
            x, y = solution()
            ends_here.add(Dot(real.c2p(x[0] / x[1], y[0] / y[1]), color=BOTH_COLOR, radius=0.13))
        number_now = fit(words("a₁b₂ − a₂b₁ = " + number_text(DET), 32, BOTH_COLOR), zone(2.8, 6.6, 2.1, 2.75), UL)
        note = VGroup(
            words(side_text(a1, b1) + " = " + number_text(c1), 28, FIRST_COLOR),
            words(side_text(a2, b2) + " = " + number_text(c2), 28, SECOND_COLOR),
        )
        stack(*note, area=zone(2.95, 6.5, -2.75, -1.85), buff=0.15)
        self.play(FadeIn(real), FadeIn(ours), FadeIn(ends_here), FadeIn(number_now), FadeIn(note), run_time=0.9)
        self.play(Create(highlight(mine, BOTH_COLOR, 0.15)), run_time=0.8)
        self.pause(1.0)


OURS = {
    "cross": "Not zero: one solution.",
    "parallel": "The lines are parallel and apart.",
    "same": "And the right sides fit as well.",
}


def case_row(name, picture, outcome):
    color = {"cross": MINT, "parallel": CORAL, "same": LILAC}[name]
    return VGroup(words(picture, 28, color), words(outcome, 26, CHALK)).arrange(DOWN, buff=0.14, aligned_edge=LEFT)

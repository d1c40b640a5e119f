from manim import *
from theorama_kit import *

a_value = knob(2.0, label="a, the factor of x²", minimum=-5.0, maximum=5.0, step=0.25, help="Not zero; two decimals.")
b_value = knob(-8.0, label="b, the factor of x", minimum=-12.0, maximum=12.0, step=0.5)
c_value = knob(6.0, label="c, the constant", minimum=-20.0, maximum=20.0, step=0.5)

CURVE_COLOR = SKY
H_COLOR = YELLOW
K_COLOR = CORAL
ROOT_COLOR = MINT


# --- exact fractions: pairs (top, bottom) with bottom > 0 ------------------------------------------
def fraction(top, bottom=1):
    """The fraction in lowest terms."""
    if bottom < 0:
        top, bottom = -top, -bottom
    shared = math.gcd(top, bottom)
    return (top // shared, bottom // shared)


def hundredths(value):
    return fraction(round(100 * value), 100)


def add(p, q):
    return fraction(p[0] * q[1] + q[0] * p[1], p[1] * q[1])


def times(p, q):
    return fraction(p[0] * q[0], p[1] * q[1])


def over(p, q):
    return fraction(p[0] * q[1], p[1] * q[0])


def minus(p):
    return (-p[0], p[1])


def decimal(p):
    return p[0] / p[1]


def coefficients():
    """a, b and c as fractions; a may not vanish."""
    if abs(a_value) < 0.1:
        raise ValueError(
            "With a this close to zero there is no parabola to see. Choose a of at least 0.1 or at most -0.1."
        )
    return hundredths(a_value), hundredths(b_value), hundredths(c_value)


A, B, C = coefficients()
P = over(B, A)  # b/a
HALF = over(P, (2, 1))  # b/2a
SQUARE = times(HALF, HALF)
H = minus(HALF)  # where the vertex is
K = add(C, minus(times(A, SQUARE)))  # how high it is
INSIDE = over(minus(K), A)  # (x - h)^2 at the roots


def value(x):
    return decimal(A) * (x - decimal(H)) ** 2 + decimal(K)


def roots():
    """The real roots in order, found from the vertex: h minus and plus the root of -k/a."""
    if INSIDE[0] < 0:
        return []
    reach = math.sqrt(decimal(INSIDE))
    return [decimal(H) - reach, decimal(H) + reach] if reach else [decimal(H)]


# --- TeX --------------------------------------------------------------------------------------------
def size_tex(p):
    """A fraction without its sign."""
    return str(abs(p[0])) if p[1] == 1 else r"\tfrac{" + str(abs(p[0])) + "}{" + str(p[1]) + "}"


def tex(p):
    return ("-" if p[0] < 0 else "") + size_tex(p)


def tint(text, color):
    """Coloured TeX; a leading space marks a term of a sum, whose sign keeps its spacing."""
    spacing = "{}" if text.startswith(" ") else ""
    return r"{\color[HTML]{" + ManimColor(color).to_hex().lstrip("#") + "}" + spacing + text + "}"


def term(p, body, first=False):
    """A term of a sum with its sign: nothing for zero, and no 1 before a letter."""
    if p[0] == 0:
        return ""
    sign = ("-" if p[0] < 0 else "") if first else (" - " if p[0] < 0 else " + ")
    return sign + ("" if abs(p[0]) == p[1] and body else size_tex(p)) + body


def standard_tex():
    return term(A, "x^2", True) + term(B, "x") + term(C, "")


def vertex_tex(square="x"):
    """a(x - h)^2 + k, with colours."""
    inner = "x^2" if H[0] == 0 else r"\left(x " + tint(term(HALF, ""), H_COLOR) + r"\right)^2"
    end = tint(term(K, ""), K_COLOR) if K[0] else ""
    return term(A, inner, True) + end


def pair_text(x, y):
    return "(" + number_text(x) + ", " + number_text(y) + ")"


def root_tex():
    """The solutions exactly: rational where they come out so, otherwise with a root."""
    top, bottom = INSIDE
    if top < 0:
        return r"\text{none}"
    if top == 0:
        return "x = " + tex(H)
    whole, under = math.isqrt(top * bottom), top * bottom
    if whole * whole == under:
        reach = fraction(whole, bottom)
        return "x = " + tex(add(H, minus(reach))) + r"\quad x = " + tex(add(H, reach))
    start = "" if H[0] == 0 else tex(H) + " "
    return "x = " + start + r"\pm \sqrt{" + size_tex(INSIDE) + "}"


# --- algebra ----------------------------------------------------------------------------------------
def steps():
    """The steps as (TeX, what is done, spoken line)."""
    y = "y = "
    told = [(y + standard_tex(), "the given function", "")]
    if B[0] == 0:
        line = "There is no term with x alone, so the square is complete already."
        told.append((y + vertex_tex(), "already a square and a number", line))
        return told
    bracket = r"\left(x^2" + term(P, "x") + r"\right)"
    if A != (1, 1):
        line = "Take a out of the first two terms."
        told.append((y + term(A, bracket, True) + term(C, ""), "take out a = " + number_text(decimal(A)), line))
    half = tint(size_tex(HALF), H_COLOR)
    square = "+" + half + "^2" + "-" + half + "^2"
    if HALF[1] != 1:
        wrapped = r"\left(" + half + r"\right)^2"
        square = "+" + wrapped + "-" + wrapped
    inner = r"\left(x^2" + term(P, "x") + square + r"\right)"
    line = "Half of the number before x, squared: add it and take it away. Nothing changes."
    told.append((y + term(A, inner, True) + term(C, ""), "half of it, squared: add and take away", line))
    closed = r"\left(x " + tint(term(HALF, ""), H_COLOR) + r"\right)^2"
    lost = minus(times(A, SQUARE))
    line = "The first three terms are now one complete square."
    one = term(A, closed, True) + term(lost, "") + term(C, "") if C[0] else vertex_tex()
    told.append((y + one, "three terms make one square", line))
    if C[0]:
        line = "Add up the numbers. This is the vertex form."
        told.append((y + vertex_tex(), "add up the numbers", line))
    return told


class CompleteTheSquare(Stage):
    def construct(self):
        told = steps()
        self.heading("Completing the square")
        self.say("A quadratic function has an x in two places. We want it in one place only.")
        rows = split_zone(zone(-6.5, 6.6, -1.55, 2.75), [1] * len(told), across=False, gap=0.14)
        formulas, notes = VGroup(), VGroup()
        for (text, what, _line), row in zip(told, rows, strict=True):
            left, right = split_zone(row, [1.6, 1], gap=0.4)
            formulas.add(fit(formula(text, 46), left, LEFT))
            notes.add(fit(words(what, 24, CHALK2), right, LEFT))
        self.play(Write(formulas[0]), run_time=1.2)
        self.play(FadeIn(notes[0]), run_time=0.5)
        for i in range(1, len(told)):
            self.say(told[i][2])
            self.play(Write(formulas[i]), run_time=1.4)
            self.play(FadeIn(notes[i], shift=0.2 * LEFT), run_time=0.6)
        self.play(Create(highlight(formulas[-1], YELLOW, 0.07)), run_time=0.7)
        self.say("Now x stands in one place: a square is never negative, so its zero is the turning point.")
        peak = "lowest" if A[0] > 0 else "highest"
        result = VGroup(
            formula("x = " + tint(tex(H), H_COLOR), 42),
            words("makes the square zero; there the function has its " + peak + " value", 26, CHALK2),
            formula("y = " + tint(tex(K), K_COLOR), 42),
        ).arrange(RIGHT, buff=0.35)
        fit(result, zone(-6.5, 6.6, -2.8, -1.95), LEFT)
        self.play(FadeIn(result, shift=0.2 * UP), run_time=0.9)
        self.pause(1.0)


# --- graphs -----------------------------------------------------------------------------------------
def view():
    """Ranges that show the vertex, the roots, the y-axis and some of y = x²."""
    h, k = decimal(H), decimal(K)
    reach = max(math.sqrt(5 / abs(decimal(A))), 1.0)
    reach = max([reach, *[1.35 * abs(x - h) for x in roots()]])
    left, right = min(h - reach, -1.5), max(h + reach, 1.5)
    tall = max(abs(decimal(A)) * reach**2, 3.0)
    low, high = (k, k + tall) if A[0] > 0 else (k - tall, k)
    low, high = min(low, 0.0), max(high, 0.0)
    spread = 0.12 * (high - low)
    return (left, right), (low - spread, high + spread)


def paper(x_label="x", y_label="y"):
    xs, ys = view()
    axes = graph(xs, ys, MAIN, x_label, y_label)
    middle = VGroup(
        Line(axes.c2p(xs[0], 0), axes.c2p(xs[1], 0), stroke_color=CHALK3, stroke_width=2),
        Line(axes.c2p(0, ys[0]), axes.c2p(0, ys[1]), stroke_color=CHALK3, stroke_width=2),
    )
    return axes.add(middle)


class MoveTheParabola(Stage):
    def construct(self):
        axes = paper()
        factor, right, up = ValueTracker(1.0), ValueTracker(0.0), ValueTracker(0.0)

        def now(x):
            return factor.get_value() * (x - right.get_value()) ** 2 + up.get_value()

        curve = always_redraw(lambda: plot(axes, now, CURVE_COLOR, samples=120, width=5))
        tip = Dot(axes.c2p(0, 0), color=CHALK, radius=0.1)
        tip.add_updater(lambda dot: dot.move_to(axes.c2p(right.get_value(), up.get_value())))
        first = plot(axes, lambda x: x * x, EDGE, width=3)
        self.heading("From y = x² to our parabola")
        title = fit(formula("y = " + vertex_tex(), 44), zone(2.8, 6.6, 1.7, 2.7), UL)
        self.say("Start with y = x². The vertex form says what to do with it, one number at a time.")
        self.play(FadeIn(axes), FadeIn(title), run_time=0.9)
        self.play(Create(first), run_time=1.2)
        self.play(FadeIn(curve), FadeIn(tip), run_time=0.4)
        live = VGroup(
            readout("a", factor, "", 2, 32, CURVE_COLOR),
            readout("h", right, "", 2, 32, H_COLOR),
            readout("k", up, "", 2, 32, K_COLOR),
        )
        notes = VGroup(*[words(text, 24, CHALK2) for text in (shape_note(), side_note(), level_note())])
        rows = split_zone(zone(2.8, 6.6, -2.2, 1.4), [1, 1, 1], across=False, gap=0.2)
        for number_row, note, row in zip(live, notes, rows, strict=True):
            fit(number_row, zone(row.get_left()[0], row.get_right()[0], row.get_center()[1], row.get_top()[1]), UL)
            fit(note, zone(row.get_left()[0], row.get_right()[0], row.get_bottom()[1], row.get_center()[1] - 0.05), UL)
        self.play(FadeIn(live), run_time=0.6)
        for line, note, tracker, goal in (
            ("The factor a stretches it" + (" and turns it upside down." if A[0] < 0 else "."), notes[0], factor, A),
            ("Replacing x by x minus h slides it sideways, to where the bracket is zero.", notes[1], right, H),
            ("Adding k lifts or lowers everything.", notes[2], up, K),
        ):
            if tracker.get_value() == decimal(goal):
                self.play(FadeIn(note), run_time=0.5)
                continue
            self.say(line)
            self.play(tracker.animate.set_value(decimal(goal)), run_time=2.2)
            self.play(FadeIn(note), run_time=0.5)
        self.say("The tip has gone from the origin to (h, k): that point is the vertex.")
        label = words("vertex " + pair_text(decimal(H), decimal(K)), 26, CHALK)
        fit(label, zone(2.8, 6.6, -2.8, -2.4), LEFT)
        self.play(FadeIn(label), Flash(tip, color=YELLOW), run_time=1.0)
        self.pause(1.0)


def shape_note():
    size = abs(decimal(A))
    shape = "same shape" if size == 1 else ("steeper" if size > 1 else "flatter")
    return shape + (", opens upwards" if A[0] > 0 else ", opens downwards")


def side_note():
    place = decimal(H)
    if place == 0:
        return "stays in the middle"
    return number_text(abs(place)) + (" to the right" if place > 0 else " to the left")


def level_note():
    level = decimal(K)
    if level == 0:
        return "stays on the x-axis"
    return number_text(abs(level)) + (" up" if level > 0 else " down")


class AxisAndRoots(Stage):
    def construct(self):
        axes = paper()
        h, k = decimal(H), decimal(K)
        (x0, x1), (y0, y1) = view()
        curve = plot(axes, value, CURVE_COLOR, width=5)
        tip = Dot(axes.c2p(h, k), color=CHALK, radius=0.1)
        self.heading("Axis, vertex and roots")
        title = fit(formula("y = " + vertex_tex(), 44), zone(2.8, 6.6, 1.9, 2.7), UL)
        self.say("The square is the same for equal steps left and right of h: the curve is a mirror image.")
        self.play(FadeIn(axes), FadeIn(curve), FadeIn(tip), FadeIn(title), run_time=0.9)
        mirror = DashedLine(axes.c2p(h, y0), axes.c2p(h, y1), color=H_COLOR, stroke_width=3, dash_length=0.12)
        rows = VGroup(
            labelled(
                "vertex", formula(r"\left(" + tint(tex(H), H_COLOR) + r",\ " + tint(tex(K), K_COLOR) + r"\right)", 38)
            ),
            labelled("axis of symmetry", formula("x = " + tint(tex(H), H_COLOR), 38)),
            labelled("roots", formula(tint(root_tex(), ROOT_COLOR), 38)),
        )
        areas = split_zone(zone(2.8, 6.6, -2.3, 1.7), [1, 1, 1.1], across=False, gap=0.15)
        for row, area in zip(rows, areas, strict=True):
            fit(row, area, UL)
        self.play(Create(mirror), FadeIn(rows[0]), FadeIn(rows[1]), run_time=1.2)
        self.bring_to_front(tip)
        step = ValueTracker(0.0)
        reach = 0.95 * min(math.sqrt((y1 - k if A[0] > 0 else k - y0) / abs(decimal(A))), h - x0, x1 - h)
        left = always_redraw(lambda: Dot(axes.c2p(h - step.get_value(), value(h - step.get_value())), color=H_COLOR))
        right = always_redraw(lambda: Dot(axes.c2p(h + step.get_value(), value(h + step.get_value())), color=H_COLOR))
        bridge = always_redraw(lambda: Line(left.get_center(), right.get_center() + 1e-4 * RIGHT, stroke_color=H_COLOR))
        self.add(bridge, left, right)
        self.play(step.animate.set_value(reach), run_time=2.2)

        found = roots()
        for line in root_lines():
            self.say(line)
        if found:
            self.play(step.animate.set_value(abs(found[-1] - h)), run_time=2.0)
            dots = VGroup(*[Dot(axes.c2p(x, 0), color=ROOT_COLOR, radius=0.11) for x in found])
            self.play(FadeOut(left), FadeOut(right), *[GrowFromCenter(dot) for dot in dots], run_time=0.7)
            self.bring_to_front(dots)
        else:
            self.play(step.animate.set_value(0.0), run_time=1.6)
            self.play(FadeOut(left), FadeOut(right), FadeOut(bridge), run_time=0.3)
            ends = axes.c2p(h, 0), axes.c2p(h, k)
            if abs(ends[1][1] - ends[0][1]) > 0.6:
                gap = DoubleArrow(*ends, buff=0.12, color=K_COLOR, stroke_width=3, tip_length=0.16)
                self.play(GrowFromCenter(gap), run_time=0.6)
        self.play(FadeIn(rows[2], shift=0.2 * UP), run_time=0.7)
        if len(found) == 2 and "sqrt" in root_tex():
            about = "≈ " + number_text(found[0], None, 4) + "  and  " + number_text(found[1], None, 4)
            note = words(about, 26, ROOT_COLOR).next_to(rows[2], DOWN, buff=0.18, aligned_edge=LEFT)
            self.play(FadeIn(fit_width(note, 3.7)), run_time=0.5)
            rows[2].add(note)
        self.play(Create(highlight(rows[2], ROOT_COLOR, 0.1)), run_time=0.6)
        self.pause(1.2)


def labelled(name, mobject):
    """A small name above something."""
    return VGroup(words(name, 22, CHALK2), mobject).arrange(DOWN, buff=0.15, aligned_edge=LEFT)


def root_lines():
    """What to say about the roots."""
    if INSIDE[0] > 0:
        return ["Where is y zero? Solve the square: the roots lie equally far left and right of the axis."]
    if INSIDE[0] == 0:
        return ["The vertex lies on the x-axis: there is exactly one root, a double one."]
    side = "above" if A[0] > 0 else "below"
    return ["All of the curve lies " + side + " the x-axis: a square can't be negative, so there is no real root."]

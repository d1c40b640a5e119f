from manim import *
from theorama_kit import *

function = knob("sin x", label="Function", choices=("sin x", "cos x", "e^x", "ln(1+x)", "geometric 1/(1-x)"))
degree = knob(9, label="Highest degree", minimum=3, maximum=15, step=1)
place = knob(2.5, label="Point x where they are compared", minimum=-6.0, maximum=6.0, step=0.1)

CURVE_COLOR = SKY
POLY_COLOR = YELLOW
ERROR_COLOR = CORAL
NEAR_COLOR = MINT
FAR_COLOR = CORAL
LAST = 24  # the highest degree of the last scene
FLOOR = -15.0  # smaller errors are only rounding

ENTIRE = function in ("sin x", "cos x", "e^x")
TEX = {
    "sin x": r"\sin x",
    "cos x": r"\cos x",
    "e^x": "e^x",
    "ln(1+x)": r"\ln(1+x)",
    "geometric 1/(1-x)": r"\frac{1}{1-x}",
}[function]
NAME = {"sin x": "sin x", "cos x": "cos x", "e^x": "eˣ", "ln(1+x)": "ln(1 + x)", "geometric 1/(1-x)": "1/(1 − x)"}[
    function
]
HEIGHTS = {"sin x": (-3, 3), "cos x": (-3, 3), "e^x": (-4, 16), "ln(1+x)": (-4, 3), "geometric 1/(1-x)": (-4, 8)}[
    function
]


def exact(x):
    """The function itself; nan where it has no value."""
    if function == "sin x":
        return math.sin(x)
    if function == "cos x":
        return math.cos(x)
    if function == "e^x":
        return math.exp(x)
    if function == "ln(1+x)":
        return math.log(1 + x) if x > -1 else math.nan
    return 1 / (1 - x) if abs(1 - x) > 1e-9 else math.nan


def at_zero(n):
    """The n-th derivative of the function at 0, a whole number."""
    if function == "sin x":
        return (0, 1, 0, -1)[n % 4]
    if function == "cos x":
        return (1, 0, -1, 0)[n % 4]
    if function == "e^x":
        return 1
    if function == "ln(1+x)":
        return 0 if n == 0 else (-1) ** (n - 1) * math.factorial(n - 1)
    return math.factorial(n)


def coefficient(n):
    """The factor of x to the n: the n-th derivative at 0 divided by n!."""
    return at_zero(n) / math.factorial(n)


def polynomial(x, n, part=1.0):
    """The Taylor polynomial of degree n at x, with only a part of its last term."""
    total = part * coefficient(n)
    for k in range(n - 1, -1, -1):
        total = total * x + coefficient(k)
    return total


def error(x, n):
    """The distance between the polynomial of degree n and the function."""
    return abs(polynomial(x, n) - exact(x))


def log_error(x, n):
    """The power of ten of the error; what is only rounding stays at the floor."""
    gap = error(x, n)
    return FLOOR if gap <= 10**FLOOR else math.log10(gap)


def remainder_bound(x, n):
    """Lagrange: no error is larger than the largest (n+1)-th derivative on the way, times |x|^(n+1)/(n+1)!."""
    largest = math.exp(max(x, 0.0)) if function == "e^x" else 1.0
    return largest * abs(x) ** (n + 1) / math.factorial(n + 1)


def compared():
    """The point where they are compared: the knob's, unless the function has no value there."""
    if function == "ln(1+x)":
        return clamp(place, -0.9, 6.0)
    if function == "geometric 1/(1-x)":
        return clamp(place, -6.0, 0.9) if place <= 1 or abs(place - 1) < 0.15 else place
    return place


X = compared()
if ENTIRE:
    REACH = max(6.5 if function != "e^x" else 4.5, abs(X) + 0.6)
    VIEW = (-REACH, REACH)
    NEAR, FAR = (X, 2 * X) if abs(X) >= 0.3 else (1.0, 3.0)
else:
    VIEW = (min(-2.6, X - 0.4), max(2.6, X + 0.4))
    side = -1.0 if (X < 0 and function != "ln(1+x)") or function == "geometric 1/(1-x)" else 1.0
    NEAR = X if 0.1 <= abs(X) <= 0.95 else 0.6 * side
    FAR = X if abs(X) >= 1.05 else 1.4 * side


def picture_heights():
    """The y range: the point of the function that is compared is in view."""
    value = exact(X)
    low, high = HEIGHTS
    return (min(low, value - 0.15 * (high - low)), max(high, value + 0.15 * (high - low)))


ORDERS = [n for n in range(degree + 1) if coefficient(n)]


def raised(n):
    return "" if n == 1 else "".join([SUPERSCRIPTS[digit] for digit in str(n)])


def term_text(n):
    """The n-th term as it is written, such as x³/6."""
    top = at_zero(n)
    if top == 0:
        return "0"
    below = math.factorial(n) // math.gcd(abs(top), math.factorial(n))
    shown = ("x" + raised(n) if n else "1") + ("/" + str(below) if below > 1 else "")
    return (MINUS if top < 0 else "") + shown


def term_tex(n, first):
    top = at_zero(n)
    below = math.factorial(n) // math.gcd(abs(top), math.factorial(n))
    power = "1" if n == 0 else ("x" if n == 1 else "x^{" + str(n) + "}")
    faculty = str(n) + "!" if below == math.factorial(n) and n > 2 else str(below)
    body = power if below == 1 else r"\frac{" + power + "}{" + faculty + "}"
    return ("-" if top < 0 else "" if first else "+") + body


def paper(area, x_range, y_range, x_label="x"):
    """Axes with brighter lines through zero."""
    axes = graph(x_range, y_range, area, x_label)
    across = Line(axes.c2p(x_range[0], 0), axes.c2p(x_range[1], 0), stroke_color=EDGE, stroke_width=2.5)
    up = Line(axes.c2p(0, y_range[0]), axes.c2p(0, y_range[1]), stroke_color=EDGE, stroke_width=2.5)
    return axes.add(across, up)


def curve_of(axes, n, part=1.0, color=POLY_COLOR, width=5.0):
    return plot(axes, lambda x: polynomial(x, n, part), color, width=width, samples=110)


MATCHED = [
    "Make a polynomial that starts like it. First: the same value at x = 0.",
    "Then the same slope at 0: add a multiple of x.",
    "Then the same bending: the second derivative at 0 must agree too.",
    "Derive xⁿ n times and n! is left. So divide by n!, and each derivative agrees.",
]


class MatchAtZero(Stage):
    def construct(self):
        axes = paper(MAIN, VIEW, picture_heights())
        curve = plot(axes, exact, CURVE_COLOR, width=5)
        name = words("f(x) = " + NAME, 34, CURVE_COLOR)
        fit(name, zone(2.8, 6.6, 2.1, 2.7), UL)
        self.heading("Copy a curve, using one point only")
        self.play(FadeIn(axes), FadeIn(name), Create(curve), run_time=1.4)
        rows = [[str(n), number_text(at_zero(n)), str(math.factorial(n)), term_text(n)] for n in range(5)]
        header = ["n", formula("f^{(n)}(0)", 36), "n!", "term"]
        sheet = table(header, rows, [CHALK2, CURVE_COLOR, CHALK2, POLY_COLOR], 28, 0.6, 0.5)
        fit(sheet, zone(2.8, 6.6, -1.9, 1.7), UL)
        spot = Dot(axes.c2p(0, exact(0.0)), color=CHALK, radius=0.1)
        step, part = ValueTracker(0), ValueTracker(1.0)
        made = always_redraw(lambda: curve_of(axes, round(step.get_value()), part.get_value()))
        self.say(MATCHED[0])
        self.play(FadeIn(sheet[:2]), GrowFromCenter(spot), run_time=0.7)
        self.play(FadeIn(made), FadeIn(sheet[2]), run_time=0.8)
        self.bring_to_front(spot)
        for n in range(1, 5):
            if n < 4:
                self.say(MATCHED[n])
            step.set_value(n)
            part.set_value(0.0)
            self.play(FadeIn(sheet[n + 2], shift=0.2 * LEFT), run_time=0.5)
            moves = coefficient(n) != 0
            self.play(part.animate.set_value(1.0), run_time=1.5 if moves else 0.4)
        rule = formula(r"c_n = \frac{f^{(n)}(0)}{n!}", 46, colors={"c_n": POLY_COLOR})
        fit(rule, zone(2.9, 6.4, -2.8, -1.95), LEFT)
        self.say("Near 0 the copy already sits on the curve, though it knows only that one point.")
        self.play(Write(rule), run_time=1.0)
        self.pause(1.0)


class MoreTerms(Stage):
    def construct(self):
        axes = paper(zone(-6.6, 2.3, -2.85, 1.75), VIEW, picture_heights())
        curve = plot(axes, exact, CURVE_COLOR, width=5)
        shown = ORDERS if len(ORDERS) <= 9 else ORDERS[:7]
        parts = [term_tex(n, k == 0) for k, n in enumerate(shown)]
        if len(shown) < len(ORDERS):
            parts += [r"+\cdots", term_tex(ORDERS[-1], False)]
        part_of = {k: min(k, 7) if k < len(ORDERS) - 1 else len(parts) - 1 for k in range(len(ORDERS))}
        series = MathTex(TEX + r"\;\approx\;", *parts, font_size=40, color=CHALK, tex_template=HOUSE)
        fit(series, zone(-6.6, 6.6, 1.85, 2.8), LEFT)
        series[0].set_color(CURVE_COLOR)
        self.heading("Every further term reaches farther")
        self.say(compare_line())
        guide = DashedLine(axes.c2p(X, axes.y_range[0]), axes.c2p(X, axes.y_range[1]), color=CHALK3, stroke_width=2.5)
        step, part = ValueTracker(shown[0]), ValueTracker(1.0)
        value = lambda: polynomial(X, round(step.get_value()), part.get_value())
        made = always_redraw(lambda: curve_of(axes, round(step.get_value()), part.get_value()))
        inside = lambda y: clamp(y, *axes.y_range[:2])
        gap = always_redraw(
            lambda: Line(
                axes.c2p(X, inside(exact(X))),
                axes.c2p(X, inside(value()) + 1e-4),
                stroke_color=ERROR_COLOR,
                stroke_width=7,
            )
        )
        live = VGroup(
            readout("degree", step, "", 0, 32, POLY_COLOR),
            words("at x = " + number_text(X), 26, CHALK2),
            readout("polynomial", value, "", 5, 28, POLY_COLOR),
            readout("function", lambda: exact(X), "", 5, 28, CURVE_COLOR),
            readout("error", lambda: abs(value() - exact(X)), "", 7, 30, ERROR_COLOR),
        )
        stack(*live, area=zone(2.8, 6.6, -2.0, 1.6), buff=0.42)
        self.play(FadeIn(axes), FadeIn(curve), FadeIn(series[0]), run_time=0.8)
        self.play(Create(guide), FadeIn(live), FadeIn(made), FadeIn(gap), FadeIn(series[1]), run_time=0.8)
        series[1].set_color(POLY_COLOR)
        pace = clamp(11.0 / max(len(ORDERS) - 1, 1), 0.6, 2.2)
        for k, n in enumerate(ORDERS[1:], start=1):
            if k == 1:
                self.say("Add the terms one by one. The red line is the error that is left.")
            if k == max(2, len(ORDERS) // 2):
                self.say(half_way_line())
            ghost = curve_of(axes, ORDERS[k - 1], 1.0, EDGE, 1.5)
            step.set_value(n)
            part.set_value(0.0)
            self.add(ghost)
            self.bring_to_front(made, gap)
            moves = [part.animate.set_value(1.0)]
            before, now = part_of[k - 1], part_of[k]
            if now != before:
                series[before + 1].set_color(CHALK)
                moves.append(FadeIn(series[now + 1].set_color(POLY_COLOR)))
            self.play(*moves, run_time=pace)
        made.clear_updaters()
        gap.clear_updaters()
        self.say(after_line())
        self.play(Create(highlight(live[-1], ERROR_COLOR, 0.15)), run_time=0.8)
        self.pause(1.0)


def compare_line():
    moved = "" if abs(X - place) < 1e-9 else "There is no value to compare at x = " + number_text(place) + ". "
    return moved + "Compare curve and copy at x = " + number_text(X) + "."


def half_way_line():
    if ENTIRE or abs(X) < 1:
        return "The ends swing up and down, but the good part in the middle grows."
    return "Here something goes wrong: the error gets larger with every term."


def after_line():
    gap = number_text(error(X, degree), None, 2)
    if not ENTIRE and abs(X) > 1:
        return "At degree " + str(degree) + " the error is " + gap + ". More terms make it worse: why?"
    return "At degree " + str(degree) + " the error at x = " + number_text(X) + " is only " + gap + "."


def exponential_heights():
    """The y range of the last scene for the exponential function: the farther point is in view."""
    top = max(16.0, 1.15 * math.exp(max(FAR, 0.0)))
    return (-0.25 * top, top)


class HowFar(Stage):
    def construct(self):
        left, right = zone(-6.6, -0.2, -1.75, 2.75), zone(0.1, 6.6, -1.75, 2.75)
        heights = picture_heights() if function != "e^x" else exponential_heights()
        reach = max(1.7 * abs(FAR), 8.0) if function != "e^x" else abs(FAR) + 1.5
        view = (-reach, reach) if ENTIRE else (min(-2.6, FAR - 0.3), max(2.6, FAR + 0.3))
        axes = paper(left, view, heights)
        curve = plot(axes, exact, CURVE_COLOR, width=5)
        logs = [log_error(x, n) for x in (NEAR, FAR) for n in range(LAST + 1)]
        top = max(2.0, math.ceil(max(logs)))
        low = FLOOR if min(logs) < -8 else -8.0
        errors = graph((0, LAST + 1), (low, top), right, "degree", "power of ten of the error", whole=True)
        level = Line(errors.c2p(0, 0), errors.c2p(LAST + 1, 0), stroke_color=EDGE, stroke_width=2.5)
        self.heading("How far does it work?" if not ENTIRE else "It works everywhere, sooner or later")
        self.say(
            "Two places, "
            + (" and ".join(["x = " + number_text(x) for x in (NEAR, FAR)]))
            + ". How does the error there change?"
        )
        posts = VGroup(
            *[
                DashedLine(axes.c2p(x, heights[0]), axes.c2p(x, heights[1]), color=color, stroke_width=3)
                for x, color in ((NEAR, NEAR_COLOR), (FAR, FAR_COLOR))
            ]
        )
        key = legend([("x = " + number_text(NEAR), NEAR_COLOR), ("x = " + number_text(FAR), FAR_COLOR)], 24)
        fit(key, zone(1.3, 6.2, -0.6, 2.1), DL).add_background_rectangle(STAGE, 0.85, buff=0.1)
        count = ValueTracker(0)
        live = always_redraw(lambda: curve_of(axes, round(count.get_value()), 1.0, POLY_COLOR, 4))
        self.play(FadeIn(axes), FadeIn(curve), FadeIn(errors), FadeIn(level), run_time=0.9)
        self.play(Create(posts), FadeIn(key), FadeIn(live), run_time=0.8)
        self.say("Raise the degree up to " + str(LAST) + ". One step down on the right means a tenth of the error.")
        dots = VGroup()
        for n in range(LAST + 1):
            pair = VGroup()
            for x, color in ((NEAR, NEAR_COLOR), (FAR, FAR_COLOR)):
                pair.add(Dot(errors.c2p(n, clamp(log_error(x, n), low, top)), color=color, radius=0.07))
            dots.add(pair)
            count.set_value(n)
            self.play(FadeIn(pair), run_time=0.34)
        live.clear_updaters()
        self.bring_to_front(key)
        if ENTIRE:
            self.say("Farther out it takes more terms. But n! beats every power of x: the error goes to zero.")
            bound = r"|\text{error}| \le M\,\frac{|x|^{n+1}}{(n+1)!}"
            fact = "no limit: the radius of convergence is infinite"
        else:
            band = Rectangle(
                width=axes.c2p(1, 0)[0] - axes.c2p(-1, 0)[0],
                height=axes.c2p(0, heights[1])[1] - axes.c2p(0, heights[0])[1],
                fill_color=NEAR_COLOR,
                fill_opacity=0.16,
                stroke_width=0,
            ).move_to(axes.c2p(0, (heights[0] + heights[1]) / 2))
            self.say("Between −1 and 1 the error goes to zero. Outside it explodes, for ever.")
            self.play(FadeIn(band), run_time=0.9)
            bound = r"\left|\frac{\text{next term}}{\text{term}}\right| \to |x|"
            fact = "terms shrink only for |x| < 1: the radius of convergence is 1"
        rule = fit(formula(bound, 38), zone(-6.5, -1.9, -2.85, -1.95), LEFT)
        text = fit(words(fact, 26, POLY_COLOR), zone(-1.6, 6.5, -2.75, -2.05), RIGHT)
        self.say(last_line())
        self.play(Write(rule), FadeIn(text, shift=0.2 * UP), run_time=1.2)
        self.pause(1.0)


def last_line():
    if ENTIRE:
        return "M is the largest derivative on the way: this bound promises how good the copy is."
    if function == "ln(1+x)":
        return "At x = −1 the logarithm has its gap. No power series can reach past it, on either side."
    return "At x = 1 the function has its gap. No power series can reach past it, on either side."

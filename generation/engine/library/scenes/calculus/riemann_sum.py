from manim import *
from theorama_kit import *

formula_text = knob("x^2", label="Function f(x)", kind="expression", help="A formula in x, such as x^2 or sin(x) + 2.")
left_end = knob(0.0, label="From a =", minimum=-20.0, maximum=20.0, step=0.1)
right_end = knob(3.0, label="To b =", minimum=-20.0, maximum=20.0, step=0.1)
strips = knob(6, label="Number of strips at first", minimum=1, maximum=60, step=1)
rule = knob("left", label="Height of each strip", choices=("left", "midpoint", "right"), help="Where f is read.")

CURVE_COLOR = SKY
STRIP_COLOR = YELLOW
EXACT_COLOR = MINT
ERROR_COLOR = CORAL
BELOW_COLOR = LILAC

f = expression(formula_text)
LOW, HIGH = min(left_end, right_end), max(max(left_end, right_end), min(left_end, right_end) + 0.1)
WIDTH = HIGH - LOW
PART = {"left": 0.0, "midpoint": 0.5, "right": 1.0}[rule]  # where in its strip f is read
PLACE = {"left": "at its left edge", "midpoint": "in its middle", "right": "at its right edge"}[rule]
MOST_STRIPS = 256
SERIES_END = 40


def heights(count):
    """The heights of the strips: f at the chosen place of each."""
    xs = np.clip(LOW + (np.arange(count) + PART) * WIDTH / count, LOW, HIGH)
    return np.asarray(f(xs), dtype=float) * np.ones(count)


def riemann(count):
    """The sum of all strips: height times width, negative below the x-axis."""
    return float(np.sum(heights(count)) * WIDTH / count)


def integral(function, panels):
    """The integral by Gauss's rule with eight points in each of many panels."""
    nodes, weights = np.polynomial.legendre.leggauss(8)
    edges = np.linspace(LOW, HIGH, panels + 1)
    middles, half = (edges[1:] + edges[:-1]) / 2, WIDTH / panels / 2
    return float(np.sum(function(middles[:, None] + half * nodes[None, :]) * weights[None, :]) * half)


def refined_counts():
    """The numbers of strips that are shown: each twice the one before."""
    counts = [strips]
    while len(counts) < 5 and 2 * counts[-1] <= MOST_STRIPS:
        counts.append(2 * counts[-1])
    return counts


def exact_area():
    """The integral from a to b; raises where there is none, or none that can be drawn."""
    values = np.asarray(f(np.linspace(LOW, HIGH, 4001)), dtype=float)
    used = [riemann(count) for count in [*range(1, SERIES_END + 1), *refined_counts()]]
    if not (np.isfinite(values).all() and np.isfinite(used).all()):
        raise ValueError("The function " + formula_text + " has no value somewhere between a and b. Choose other ends.")
    size = lambda x: np.abs(f(x))
    if abs(integral(size, 400) - integral(size, 1210)) > 1e-3 * integral(size, 1210):
        raise ValueError("The function " + formula_text + " grows without bound between a and b. Choose other ends.")
    if np.abs(values).max() * max(1.0, WIDTH) > 5e5:
        raise ValueError("The values of " + formula_text + " are too large to draw here. Choose a shorter interval.")
    return integral(f, 1210)


COUNTS = refined_counts()
EXACT = exact_area()
SIZE = max(abs(EXACT), abs(riemann(strips)), 1e-3)
DECIMALS = int(clamp(3 - math.floor(math.log10(SIZE)), 0, 5))
NOISE = 1e-9 * max(SIZE, integral(lambda x: np.abs(f(x)), 400))


def error(count):
    """How far the sum is from the integral; rounding noise is zero."""
    gap = riemann(count) - EXACT
    return 0.0 if abs(gap) < NOISE else gap


def sum_text(value):
    return number_text(0.0 if abs(value) < NOISE else value, DECIMALS)


def error_text(count):
    """The error with the decimals of the sums, or two digits where it is smaller than that."""
    gap = error(count)
    return number_text(gap, DECIMALS) if abs(gap) >= 2 * 10**-DECIMALS or not gap else number_text(gap, None, 2)


def paper():
    """The axes, the curve and the formula."""
    ys = [float(y) for y in f(np.linspace(LOW, HIGH, 401))]
    span = nice_range([*ys, *[0.0]], zero=True, margin=0.06)
    axes = graph((LOW, HIGH), span, MAIN, "x", "f(x)")
    base = Line(axes.c2p(LOW, 0), axes.c2p(HIGH, 0), stroke_color=CHALK3, stroke_width=2.5)
    title = fit(formula("f(x) = " + expression_tex(formula_text), 40, CURVE_COLOR), zone(2.8, 6.6, 1.9, 2.7), UL)
    return axes.add(base), plot(axes, f, CURVE_COLOR, width=5), title


def corners_shape(points, color, opacity, stroke):
    shape = VMobject(fill_color=color, fill_opacity=opacity, stroke_color=color, stroke_width=stroke)
    return shape.set_points_as_corners([*points, points[0]])


def strip(axes, start, end, height):
    """One rectangle between the x-axis and the given height."""
    color = STRIP_COLOR if height >= 0 else BELOW_COLOR
    outline = clamp(0.05 * abs(axes.c2p(end, 0)[0] - axes.c2p(start, 0)[0]) * 60, 0.4, 2.5)
    spots = [axes.c2p(x, y) for x, y in ((start, 0), (start, height), (end, height), (end, 0))]
    return corners_shape(spots, color, 0.4, outline)


def all_strips(axes, count, tops=None):
    """All rectangles, from left to right."""
    edges = np.linspace(LOW, HIGH, count + 1)
    tops = heights(count) if tops is None else tops
    return VGroup(*[strip(axes, edges[i], edges[i + 1], float(tops[i])) for i in range(count)])


def area_under(axes, color, opacity):
    """The region between the curve and the x-axis."""
    xs = [float(x) for x in np.linspace(LOW, HIGH, 201)]
    edge = [axes.c2p(x, float(f(x))) for x in xs]
    return corners_shape([axes.c2p(LOW, 0), *edge, axes.c2p(HIGH, 0)], color, opacity, 0)


def gaps(axes, count):
    """What the strips miss or have too much: the regions between their tops and the curve."""
    edges, pieces = np.linspace(LOW, HIGH, count + 1), VGroup()
    for i, top in enumerate(heights(count)):
        xs = np.linspace(edges[i], edges[i + 1], max(4, 120 // count))
        along = [axes.c2p(float(x), float(f(x))) for x in xs]
        points = [axes.c2p(edges[i], float(top)), *along, axes.c2p(edges[i + 1], float(top))]
        pieces.add(corners_shape(points, ERROR_COLOR, 0.75, 0))
    return pieces


class Strips(Stage):
    def construct(self):
        axes, curve, title = paper()
        tops, wide = heights(strips), WIDTH / strips
        area = area_under(axes, EXACT_COLOR, 0.35)
        self.heading("How large is the area under a curve?")
        self.say("How large is the area between this curve and the x-axis? Its edge is not straight.")
        self.play(FadeIn(axes), FadeIn(title), run_time=0.8)
        self.play(Create(curve), run_time=1.5)
        self.play(FadeIn(area), run_time=1.0)
        if np.min(f(np.linspace(LOW, HIGH, 401))) < 0:
            self.say("Area below the x-axis counts as negative.")
        cuts = VGroup()
        for x in np.linspace(LOW, HIGH, strips + 1):
            ends = sorted([0.0, float(f(float(x)))])
            cuts.add(Line(axes.c2p(x, ends[0]), axes.c2p(x, ends[1]) + 0.001 * UP, stroke_color=CHALK, stroke_width=2))
        one = strips == 1
        self.say(
            "Take it as one strip."
            if one
            else "Cut it into " + str(strips) + " strips, each " + number_text(wide) + " wide."
        )
        self.play(LaggedStart(*[Create(cut) for cut in cuts], lag_ratio=0.2), run_time=1.6)

        chosen = int(np.argmax(np.abs(tops)[: max(1, math.ceil(0.75 * strips))]))
        start, top = LOW + chosen * wide, float(tops[chosen])
        where = start + PART * wide
        dot = Dot(axes.c2p(where, top), color=CHALK, radius=0.09)
        first = strip(axes, start, start + wide, top)
        flat = strip(axes, start, start + wide, 1e-6 * top)
        self.say("Replace the strip by a rectangle: as high as the curve is " + PLACE + ".")
        self.play(GrowFromCenter(dot), run_time=0.6)
        self.play(area.animate.set_fill(opacity=0.18), Transform(flat, first), run_time=1.2)
        facts = VGroup(
            words("width  " + number_text(wide), 28, CHALK),
            words("height  f(" + number_text(where) + ") = " + number_text(top), 28, CURVE_COLOR),
            words("area  " + number_text(wide * top), 32, STRIP_COLOR if top >= 0 else BELOW_COLOR),
        )
        stack(*facts, area=zone(2.8, 6.6, -0.2, 1.5), buff=0.3)
        self.play(FadeIn(facts, shift=0.2 * UP), run_time=0.8)

        add_up = "Do the same for every strip, and add the areas of all rectangles."
        self.say("With one strip, the sum is this one rectangle." if one else add_up)
        rectangles = all_strips(axes, strips)
        done = ValueTracker(0.0)
        running = np.concatenate([[0.0], np.cumsum(tops) * wide])
        total = lambda: float(running[int(clamp(math.floor(done.get_value() + 1e-6), 0, strips))])
        so_far = VGroup(
            words("Sum of all rectangles", 26, CHALK2), readout("S", total, "", min(DECIMALS, 4), 44, STRIP_COLOR)
        )
        stack(*so_far, area=zone(2.8, 6.6, -2.3, -0.9), buff=0.3)
        self.play(FadeIn(so_far), FadeOut(cuts), FadeOut(flat), run_time=0.5)
        ways = [0.1 * UP if top >= 0 else 0.1 * DOWN for top in tops]
        grown = [FadeIn(each, shift=way) for each, way in zip(rectangles, ways, strict=True)]
        self.play(
            LaggedStart(*grown, lag_ratio=0.6 if strips > 1 else 0),
            done.animate(rate_func=linear).set_value(strips),
            run_time=clamp(0.5 * strips, 2.0, 4.5),
        )
        self.bring_to_front(curve, dot)
        missing = error(strips)
        verdict = "This sum is " + ("too large" if missing > 0 else "too small") + ": the tops don't follow the curve."
        if not missing:
            verdict = "Here this sum is exactly the area. With most curves it is a little off."
        self.say(verdict)
        self.play(FadeIn(gaps(axes, strips)), FadeOut(dot), run_time=0.8)
        self.bring_to_front(curve)
        self.pause(0.8)


class Refine(Stage):
    def construct(self):
        axes, curve, title = paper()
        shown = all_strips(axes, COUNTS[0])
        wrong = gaps(axes, COUNTS[0])
        self.heading("Narrower strips, smaller gaps")
        header = ["strips", "sum", "error"]
        rows = []
        for count in COUNTS:
            off = words(error_text(count), 26, ERROR_COLOR)
            rows.append([words(str(count), 26), words(sum_text(riemann(count)), 26, STRIP_COLOR), off])
        last = words(sum_text(EXACT), 26, EXACT_COLOR)
        rows.append([words("integral", 24, EXACT_COLOR), last, words("0", 26, CHALK2)])
        chart = fit(table(header, rows, size=24, row_height=0.58, gap=0.4), zone(2.8, 6.6, -2.6, 1.5), UL)
        self.say("Red is the error: where the rectangles have too much or too little.")
        self.play(FadeIn(axes), FadeIn(curve), FadeIn(title), FadeIn(shown), run_time=0.9)
        self.bring_to_front(curve)
        self.play(FadeIn(wrong), FadeIn(chart[0]), Create(chart[1]), run_time=0.7)
        self.bring_to_front(curve)
        self.play(FadeIn(chart[2]), run_time=0.6)
        for index, count in enumerate(COUNTS[1:]):
            if index == 0:
                self.say("Cut every strip in half and read the heights again.")
            if index == 1:
                self.say("Again and again: the steps follow the curve more and more closely.")
            halves = all_strips(axes, count, np.repeat(heights(count // 2), 2))
            fine, less = all_strips(axes, count), gaps(axes, count)
            self.remove(shown)
            self.add(halves, curve)
            self.play(FadeOut(wrong), run_time=0.4)
            self.play(Transform(halves, fine), run_time=1.1)
            self.remove(halves)
            self.add(fine)
            self.bring_to_front(curve)
            self.play(FadeIn(less), FadeIn(chart[3 + index], shift=0.15 * UP), run_time=0.6)
            self.bring_to_front(curve)
            shown, wrong = fine, less
        self.say("The sums close in on one number. That number is the integral, the exact area.")
        area = area_under(axes, EXACT_COLOR, 0.5)
        self.play(FadeOut(wrong), FadeOut(shown), FadeIn(area), run_time=1.4)
        self.bring_to_front(curve)
        self.play(FadeIn(chart[-1]), Create(highlight(chart[-1], EXACT_COLOR, 0.12)), run_time=0.9)
        self.pause(1.0)


def tex_number(value):
    """A number for TeX, with the sign that tells whether it was rounded."""
    if 0 < abs(value) < 1e-3:
        mantissa, power = f"{value:.2e}".split("e")
        return r"\approx " + mantissa + r" \cdot 10^{" + str(int(power)) + "}"
    shown = round(value, DECIMALS)
    sign = "=" if abs(shown - value) < 1e-9 * max(SIZE, 1.0) else r"\approx"
    return sign + " " + number_text(shown, None, 8).replace(MINUS, "-")


def tex_plain(value):
    return number_text(value, None, 5).replace(MINUS, "-")


class Limit(Stage):
    def construct(self):
        counts = list(range(1, SERIES_END + 1))
        sums = [riemann(count) for count in counts]
        tall = [value for value in sums if math.isfinite(value)]
        low, high = nice_range([*tall, EXACT], margin=0.05)
        low = 0.0 if min([*tall, EXACT]) >= 0 > low else low
        axes = graph((0, SERIES_END + 1), (low, high), MAIN, "number of strips", "sum")
        level = DashedLine(axes.c2p(0, EXACT), axes.c2p(SERIES_END + 1, EXACT), color=EXACT_COLOR, stroke_width=4)
        dots = VGroup(
            *[Dot(axes.c2p(n, s), radius=0.065, color=STRIP_COLOR) for n, s in zip(counts, sums, strict=True)]
        )
        self.heading("The sums close in on the integral")
        self.say("Each dot is the sum for one number of strips, from 1 to " + str(SERIES_END) + ".")
        self.play(FadeIn(axes), run_time=0.8)
        self.play(LaggedStart(*[GrowFromCenter(dot) for dot in dots], lag_ratio=0.25), run_time=4.0, rate_func=linear)
        self.say("The dashed line is the integral. More strips bring the sum as close to it as you like.")
        law = integral_formula(integrand())
        law = integral_formula("f(x)") if law.width > 5.4 else law
        fit(law, zone(2.8, 6.6, 1.3, 2.6), UL)
        self.play(Create(level), Write(law), run_time=1.5)
        self.bring_to_front(dots)
        pair = [20, 40]
        rows = VGroup(words("error with", 24, CHALK2))
        for count in pair:
            rows.add(words(str(count) + " strips:  " + number_text(error(count), None, 3), 28, ERROR_COLOR))
        stack(*rows, area=zone(2.8, 6.6, -0.8, 0.9), buff=0.25)
        self.say(shrink_line())
        self.play(FadeIn(rows, shift=0.2 * UP), run_time=0.9)
        name = {"left": "Left rule", "midpoint": "Midpoint rule", "right": "Right rule"}[rule]
        summary = VGroup(words(name, 24, CHALK2), words(shrink_text(), 26, CHALK))
        stack(*summary, area=zone(2.8, 6.6, -2.5, -1.2), buff=0.2)
        self.play(FadeIn(summary, shift=0.2 * UP), run_time=0.8)
        self.pause(1.2)


def integral_formula(body):
    ends = "_{" + tex_plain(LOW) + "}^{" + tex_plain(HIGH) + "} "
    return formula(r"\int" + ends + body + r"\, dx " + tex_number(EXACT), 46, EXACT_COLOR)


def integrand():
    """f as it stands under the integral sign: sums in brackets."""
    tex = expression_tex(formula_text)
    return r"\left(" + tex + r"\right)" if "+" in tex or "-" in tex[1:] else tex


def shrink():
    """By what number the error is divided when the strips are doubled from 20 to 40; nan when it is zero."""
    return abs(error(20) / error(40)) if error(40) and error(20) else math.nan


def shrink_line():
    if not error(40) and not error(20):
        return "For this function the rule has no error at all: too much and too little cancel exactly."
    if not shrink() > 1.05:
        return "Here the error does not shrink at every step, but it goes to zero in the end."
    return "Twice as many strips: the error is divided by about " + number_text(shrink(), None, 2) + "."


def shrink_text():
    if not error(40) and not error(20):
        return "exact for this function"
    if not shrink() > 1.05:
        return "the error goes to zero"
    return "double the strips: error ÷ " + number_text(shrink(), None, 2)

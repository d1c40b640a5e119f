from manim import *
from theorama_kit import *

formula_text = knob(
    "x^2 - 2", label="Function f(x)", kind="expression", help="A formula in x whose root is wanted, such as x^2 - 2."
)
start = knob(3.0, label="First guess x₀", minimum=-10.0, maximum=10.0, step=0.1)
steps = knob(5, label="Number of steps", minimum=3, maximum=7, step=1)
bad_start = knob(
    0.0,
    label="Guess for the difficult curve",
    minimum=-3.0,
    maximum=3.0,
    step=0.05,
    help="The last scene uses x³ − 2x + 2, where some guesses never find the root.",
)

CURVE_COLOR = SKY
TANGENT_COLOR = YELLOW
GUESS_COLOR = CORAL
ROOT_COLOR = MINT

f = expression(formula_text)


def height(x):
    return float(f(float(x)))


def slope(x):
    """The slope of the curve at x."""
    return float(derivative(f, float(x)))


def following(value, function=height, rate=slope):
    """The next guess: where the tangent meets the x-axis; nan where there is no tangent or it is level."""
    y, steep = function(value), rate(value)
    if not math.isfinite(y + steep) or abs(steep) < 1e-9 * (1 + abs(y)):
        return math.nan
    return value - y / steep


def guesses(first, count, function=height, rate=slope):
    """The guesses in order, the first one included, until there is no next one."""
    found = [first]
    while len(found) <= count and math.isfinite(found[-1]):
        found.append(following(found[-1], function, rate))
    return [each for each in found if math.isfinite(each) and abs(each) < 1e5]


ALL = guesses(start, steps)
if len(ALL) < 2:
    raise ValueError(
        "The curve of " + formula_text + " has no sloping tangent at this first guess. Choose another one."
    )
if abs(ALL[1] - ALL[0]) < 1e-9 * (1 + abs(ALL[0])):
    raise ValueError("The first guess is already a root of " + formula_text + ". Choose another one.")
if max([abs(each) for each in ALL]) > 1000 or max([abs(height(each)) for each in ALL]) > 1e5:
    raise ValueError("From this first guess the method runs very far away. Choose a guess closer to a root.")


def settled():
    """The root that the guesses find; nan where they find none within many steps."""
    many = guesses(start, 60)
    good = len(many) > 3 and abs(many[-1] - many[-2]) < 1e-7 * (1 + abs(many[-1]))
    return many[-1] if good and abs(height(many[-1])) < 1e-6 * (1 + abs(height(start))) else math.nan


ROOT = settled()


def right_digits(value):
    """How many decimals agree with the root, at most 9."""
    gap = abs(value - ROOT)
    if not math.isfinite(gap):
        return 0
    return 9 if gap < 5e-10 else int(clamp(math.floor(-math.log10(2 * gap)), 0, 9))


def window():
    """The part of the x-axis that shows the first guesses, and the heights over it."""
    xs = [*ALL[:3], *([ROOT] if math.isfinite(ROOT) else [])]
    width = max(max(xs) - min(xs), 0.2)
    low, high = min(xs) - 0.2 * width, max(xs) + 0.2 * width
    ys = [height(x) for x in np.linspace(low, high, 200)]
    top = max([abs(height(x)) for x in ALL[:2]] + [1e-6])
    kept = [clamp(y, -1.1 * top, 1.1 * top) for y in ys if math.isfinite(y)]
    least, most = min([0.0, *kept]), max([0.0, *kept])
    room = 0.12 * (most - least)
    return (low, high), (least - room, most + room)


X_RANGE, Y_RANGE = window()


def paper(x_range, y_range, area=MAIN):
    """Axes with a brighter x-axis where zero is."""
    axes = graph(x_range, y_range, area, "x", "f(x)")
    if y_range[0] <= 0 <= y_range[1]:
        axes.add(Line(axes.c2p(x_range[0], 0), axes.c2p(x_range[1], 0), stroke_color=CHALK3, stroke_width=3.5))
    return axes


def in_view(axes, x, y):
    (x0, x1), (y0, y1) = axes.x_range[:2], axes.y_range[:2]
    return x0 <= x <= x1 and y0 <= y <= y1


def piece(axes, start_point, end_point, color, width):
    """A segment in graph coordinates, cut off at the edges of the axes; empty where nothing is left."""
    start_point, end_point = np.array(start_point, dtype=float), np.array(end_point, dtype=float)
    way, low, high = end_point - start_point, 0.0, 1.0
    for axis, (least, most) in enumerate((axes.x_range[:2], axes.y_range[:2])):
        if abs(way[axis]) < 1e-12:
            if not least <= start_point[axis] <= most:
                return VMobject()
            continue
        cuts = sorted([(least - start_point[axis]) / way[axis], (most - start_point[axis]) / way[axis]])
        low, high = max(low, cuts[0]), min(high, cuts[1])
    if high - low < 1e-9:
        return VMobject()
    return Line(
        axes.c2p(*(start_point + low * way)),
        axes.c2p(*(start_point + high * way)),
        stroke_color=color,
        stroke_width=width,
    )


def tangent_piece(axes, x, y, to):
    """The tangent from a point of the curve to the x-axis and a little beyond."""
    beyond = 0.12
    return piece(
        axes, (x - beyond * (to - x), y * (1 + beyond)), (to + beyond * (to - x), -beyond * y), TANGENT_COLOR, 5
    )


class OneTangent(Stage):
    def construct(self):
        axes = paper(X_RANGE, Y_RANGE)
        curve = plot(axes, f, CURVE_COLOR, width=5)
        x0, x1 = ALL[0], ALL[1]
        self.heading("Where is f(x) = 0?")
        self.say("We look for the place where the curve meets the x-axis, and cannot solve for it.")
        title = fit(formula("f(x) = " + expression_tex(formula_text), 44, CURVE_COLOR), zone(2.8, 6.6, 1.9, 2.7), UL)
        self.play(FadeIn(axes), FadeIn(title), run_time=0.8)
        self.play(Create(curve), run_time=1.4)
        foot = Dot(axes.c2p(x0, 0), color=GUESS_COLOR, radius=0.1)
        name = words("x₀", 30, GUESS_COLOR)
        name.next_to(foot, DOWN if height(x0) > 0 else UP, buff=0.18).add_background_rectangle(STAGE, 0.8, buff=0.04)
        first = fit(words("x₀ = " + number_text(x0), 34, GUESS_COLOR), zone(2.8, 6.6, 1.05, 1.7), LEFT)
        self.say("Guess: x₀ = " + number_text(x0) + ". Go to the curve there.")
        self.play(GrowFromCenter(foot), FadeIn(name), FadeIn(first), run_time=0.7)
        post = piece(axes, (x0, 0), (x0, height(x0)), GUESS_COLOR, 4)
        top = Dot(axes.c2p(x0, clamp(height(x0), *Y_RANGE)), color=CHALK, radius=0.1)
        self.play(Create(post), run_time=0.8)
        self.play(GrowFromCenter(top), run_time=0.3)
        self.say("Near this point the curve is almost its tangent. So follow the tangent down to the axis.")
        line = tangent_piece(axes, x0, height(x0), x1)
        self.play(Create(line), run_time=1.8)
        self.bring_to_front(top)
        goal = Dot(axes.c2p(x1, 0), color=GUESS_COLOR, radius=0.1)
        second = words("x₁", 30, GUESS_COLOR)
        second.next_to(goal, DOWN if height(x0) > 0 else UP, buff=0.18).add_background_rectangle(STAGE, 0.8, buff=0.04)
        self.play(GrowFromCenter(goal), FadeIn(second), run_time=0.6)
        self.say("In this triangle the slope is f(x₀) divided by the step from x₁ to x₀. Solve for x₁.")
        base = piece(axes, (x0, 0), (x1, 0), ROOT_COLOR, 7)
        self.play(Create(base), run_time=0.9)
        self.bring_to_front(foot, goal)
        law = formula(
            r"x_1 = x_0 - \frac{f(x_0)}{f'(x_0)}",
            44,
            colors={"x_0": GUESS_COLOR, "x_1": GUESS_COLOR, "f'": TANGENT_COLOR},
        )
        fit(law, zone(2.8, 6.6, -0.5, 0.9), LEFT)
        self.play(Write(law), run_time=1.2)
        rows = VGroup(
            words("f(x₀) = " + number_text(height(x0), None, 4), 26, CURVE_COLOR),
            words("f′(x₀) = " + number_text(slope(x0), None, 4), 26, TANGENT_COLOR),
            words("x₁ = " + number_text(x1, None, 6), 36, GUESS_COLOR),
        )
        stack(*rows, area=zone(2.95, 6.5, -2.6, -0.8), buff=0.25)
        self.play(FadeIn(rows, shift=0.2 * UP), run_time=0.8)
        self.say(
            "The new guess is "
            + number_text(x1, None, 4)
            + "."
            + (" It is much closer to the root." if closer() else "")
        )
        self.play(Create(highlight(rows[2], GUESS_COLOR, 0.13)), run_time=0.7)
        self.pause(1.0)


def closer():
    return math.isfinite(ROOT) and abs(ALL[1] - ROOT) < 0.7 * abs(ALL[0] - ROOT)


def close_up(guess):
    """Ranges around a guess near the root."""
    reach = abs(guess - ROOT)
    low, high = min(guess, ROOT) - 0.5 * reach, max(guess, ROOT) + 0.5 * reach
    ys = [height(low), height(high), 0.0]
    room = 0.15 * (max(ys) - min(ys))
    return (low, high), (min(ys) - room, max(ys) + room)


class RunToTheRoot(Stage):
    def construct(self):
        axes = paper(X_RANGE, Y_RANGE)
        curve = plot(axes, f, CURVE_COLOR, width=5)
        self.heading("Again and again: the digits pour in")
        self.say("Do the same from the new guess: up to the curve, along the tangent, down to the axis.")
        rows = []
        for n, each in enumerate(ALL):
            rows.append(
                [
                    str(n),
                    number_text(each, 8 if abs(each) < 100 else 4),
                    str(right_digits(each)) if math.isfinite(ROOT) else "–",
                ]
            )
        sheet = table(["n", "xₙ", "decimals"], rows, [CHALK2, GUESS_COLOR, ROOT_COLOR], 28, 0.54, 0.35)
        fit(sheet, zone(2.7, 6.65, -1.6, 2.7), UL)
        self.play(FadeIn(axes), FadeIn(curve), FadeIn(sheet[:3]), run_time=0.9)
        guess = Dot(axes.c2p(clamp(ALL[0], *X_RANGE), 0), color=GUESS_COLOR, radius=0.1)
        self.play(GrowFromCenter(guess), run_time=0.4)
        drawn = VGroup(axes, curve)
        for n, (here, there) in enumerate(zip(ALL[:-1], ALL[1:], strict=True)):
            pace = 1.0 if n < 2 else 0.55
            if n == 2 and math.isfinite(ROOT) and 1e-6 < abs(here - ROOT) < 0.12 * (X_RANGE[1] - X_RANGE[0]):
                self.say("Now look through a magnifier: the curve is hardly bent any more.")
                axes = paper(*close_up(here))
                curve = plot(axes, f, CURVE_COLOR, width=5)
                self.play(FadeOut(drawn), FadeOut(guess), run_time=0.5)
                guess.move_to(axes.c2p(here, 0))
                self.play(FadeIn(axes), FadeIn(curve), FadeIn(guess), run_time=0.8)
                drawn = VGroup(axes, curve)
            post, line = (
                piece(axes, (here, 0), (here, height(here)), GUESS_COLOR, 3.5),
                tangent_piece(axes, here, height(here), there),
            )
            self.play(Create(post), run_time=0.6 * pace)
            self.play(Create(line), run_time=pace)
            moves = [guess.animate.move_to(axes.c2p(there, 0))] if in_view(axes, there, 0) else []
            self.play(*moves, FadeIn(sheet[n + 3], shift=0.2 * LEFT), run_time=0.5)
            self.play(line.animate.set_stroke(EDGE, 2), post.animate.set_stroke(EDGE, 2), run_time=0.3)
            drawn.add(line, post)
            if n == 1:
                self.say("The tangent fits better and better, so each step is far better than the one before.")
        if not math.isfinite(ROOT):
            self.say("From this guess no root is found: the guesses jump about. Try another first guess.")
            result = words("no root found", 34, GUESS_COLOR)
        else:
            self.say(
                "Close to the root the number of right decimals about doubles with every step."
                if doubling()
                else "The guesses close in on the root, but slowly here: the curve is nearly level at it."
            )
            result = words("root = " + number_text(ROOT, 8), 34, ROOT_COLOR)
            if in_view(axes, ROOT, 0):
                self.play(Flash(axes.c2p(ROOT, 0), color=ROOT_COLOR), guess.animate.set_color(ROOT_COLOR), run_time=0.8)
        fit(result, zone(2.9, 6.5, -2.6, -1.9), LEFT)
        self.play(FadeIn(result, shift=0.2 * UP), Create(highlight(result, result.get_color(), 0.13)), run_time=0.9)
        self.pause(1.0)


def doubling():
    """Whether the error is about squared at each step near the root: not so at a root where the curve is level."""
    gaps = [abs(each - ROOT) for each in guesses(start, 60)]
    close = [(a, b) for a, b in zip(gaps[:-1], gaps[1:], strict=True) if 1e-7 < a < 1e-2]
    return bool(close) and all([b < 0.1 * a for a, b in close])


# --- the difficult curve -----------------------------------------------------------------------------
HARD_ROOT = -1.7692923542386314  # of x^3 - 2x + 2


def hard(x):
    return x**3 - 2 * x + 2


def hard_slope(x):
    return 3 * x * x - 2


def hard_guesses(count=40):
    return guesses(bad_start, count, hard, hard_slope)


def outcome():
    """What becomes of the guess on the difficult curve: "circle", "found" or "level"."""
    found = hard_guesses()
    if len(found) < 8:
        return "level"
    return "found" if abs(found[-1] - HARD_ROOT) < 1e-6 else "circle"


class BadStart(Stage):
    def construct(self):
        axes = paper((-2.7, 2.7), (-2.5, 4.5))
        curve = plot(axes, hard, CURVE_COLOR, width=5)
        shown = hard_guesses()[:9]
        self.heading("A bad start")
        self.say("The method is fast but blind. Take x³ − 2x + 2, and start at x = " + number_text(bad_start) + ".")
        title = fit(formula("f(x) = x^3 - 2x + 2", 40, CURVE_COLOR), zone(2.8, 6.6, 2.1, 2.75), UL)
        self.play(FadeIn(axes), FadeIn(curve), FadeIn(title), run_time=0.9)
        rows = [[str(n), number_text(each, 4)] for n, each in enumerate(shown[:8])]
        sheet = table(["n", "xₙ"], rows, [CHALK2, GUESS_COLOR], 28, 0.46, 0.8)
        fit(sheet, zone(2.8, 6.6, -1.75, 1.9), UL)
        guess = Dot(axes.c2p(bad_start, 0), color=GUESS_COLOR, radius=0.11)
        self.play(FadeIn(sheet[:3]), GrowFromCenter(guess), run_time=0.6)
        for n, (here, there) in enumerate(zip(shown[:-1], shown[1:], strict=True)):
            pace = 1.0 if n < 2 else 0.55
            post, line = (
                piece(axes, (here, 0), (here, hard(here)), GUESS_COLOR, 3.5),
                tangent_piece(axes, here, hard(here), there),
            )
            self.play(Create(post), run_time=0.5 * pace)
            self.play(Create(line), run_time=0.8 * pace)
            moves = (
                [guess.animate.move_to(axes.c2p(there, 0))]
                if in_view(axes, there, 0)
                else [guess.animate.set_opacity(0.2)]
            )
            moves += [FadeIn(sheet[n + 3])] if n + 3 < len(sheet) else []
            self.play(*moves, run_time=0.4)
            if in_view(axes, there, 0):
                guess.set_opacity(1)
            self.play(line.animate.set_stroke(EDGE, 2), post.animate.set_stroke(EDGE, 2), run_time=0.25)
            if n == 1:
                self.say(WATCH[outcome()])
        self.say(VERDICT[outcome()])
        text = {"circle": "no root found from here", "found": "root found after all", "level": "no next guess"}[
            outcome()
        ]
        note = fit(
            words(text, 30, ROOT_COLOR if outcome() == "found" else GUESS_COLOR), zone(2.95, 6.5, -2.65, -2.05), LEFT
        )
        goal = Dot(axes.c2p(HARD_ROOT, 0), color=ROOT_COLOR, radius=0.11)
        label = words("root " + number_text(HARD_ROOT, 3), 24, ROOT_COLOR).next_to(goal, DOWN, buff=0.2)
        self.play(GrowFromCenter(goal), FadeIn(label.add_background_rectangle(STAGE, 0.8, buff=0.04)), run_time=0.6)
        self.play(FadeIn(note, shift=0.2 * UP), Create(highlight(note, note.get_color(), 0.12)), run_time=0.8)
        self.say("So sketch the curve first, and start close to the root, where it is not level.")
        self.pause(1.0)


WATCH = {
    "circle": "Look where the tangents lead: away from the root, and back again.",
    "found": "Where the curve is nearly level the tangent shoots far away.",
    "level": "Where the curve is level the tangent never meets the axis.",
}
VERDICT = {
    "circle": "The guesses go round in a circle and never come near the root.",
    "found": "After some wild jumps a guess falls close to the root, and then it is quick.",
    "level": "A level tangent gives no next guess: the method stops.",
}

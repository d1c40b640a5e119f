from manim import *
from theorama_kit import *

parent = knob(
    "sin x",
    label="Function f(x)",
    choices=("square x^2", "cube x^3", "sqrt x", "modulus |x|", "sin x", "reciprocal 1/x", "exponential 2^x"),
)
a = knob(2.0, label="a: factor in front", minimum=-3.0, maximum=3.0, step=0.25)
b = knob(2.0, label="b: factor before x", minimum=-3.0, maximum=3.0, step=0.25)
c = knob(1.0, label="c: taken away from x", minimum=-4.0, maximum=4.0, step=0.25)
d = knob(1.0, label="d: added at the end", minimum=-3.0, maximum=3.0, step=0.25)

OLD_COLOR = CHALK3
NEW_COLOR = SKY
A_COLOR = CORAL
B_COLOR = MINT
C_COLOR = YELLOW
D_COLOR = LILAC

if a == 0 or b == 0:
    raise ValueError("With a = 0 or b = 0 nothing is left of the function. Choose another number.")

TEX = {
    "square x^2": "x^2",
    "cube x^3": "x^3",
    "sqrt x": r"\sqrt{x}",
    "modulus |x|": "|x|",
    "sin x": r"\sin x",
    "reciprocal 1/x": r"\frac{1}{x}",
    "exponential 2^x": "2^x",
}[parent]
POINTS = {
    "square x^2": [(0, 0), (1, 1), (-2, 4)],
    "cube x^3": [(0, 0), (1, 1), (-1, -1)],
    "sqrt x": [(0, 0), (1, 1), (4, 2)],
    "modulus |x|": [(0, 0), (2, 2), (-1, 1)],
    "sin x": [(0, 0), (PI / 2, 1), (-PI / 2, -1)],
    "reciprocal 1/x": [(1, 1), (2, 0.5), (-1, -1)],
    "exponential 2^x": [(0, 1), (1, 2), (-1, 0.5)],
}[parent]
FOLLOWED = POINTS[1]
X_RANGE, Y_RANGE = (-7, 7), (-5, 5)
FORMULA_COLORS = {"a": A_COLOR, "b": B_COLOR, "c": C_COLOR, "d": D_COLOR}


PLAIN = {
    "square x^2": lambda x: x * x,
    "cube x^3": lambda x: x**3,
    "sqrt x": lambda x: math.sqrt(x) if x >= 0 else math.nan,
    "modulus |x|": abs,
    "sin x": math.sin,
    "reciprocal 1/x": lambda x: 1 / x if abs(x) > 1e-9 else math.nan,
    "exponential 2^x": lambda x: 2.0**x,
}[parent]


def f(x):
    """The plain function; nan where it has no value."""
    return PLAIN(x)


def transformed(x, front=a, inner=b, taken=c, added=d):
    """a f(b (x - c)) + d."""
    return front * f(inner * (x - taken)) + added


def moved(point, front=a, inner=b, taken=c, added=d):
    """Where a point of the plain graph goes: x/b + c across, a y + d up."""
    return (point[0] / inner + taken, front * point[1] + added)


def in_view(point):
    return X_RANGE[0] <= point[0] <= X_RANGE[1] and Y_RANGE[0] <= point[1] <= Y_RANGE[1]


def point_text(point):
    return "(" + number_text(point[0]) + ", " + number_text(point[1]) + ")"


def plain(value):
    return number_text(value, None, 4).replace(MINUS, "-")


def tinted_part(tex, color):
    return r"{\color[HTML]{" + ManimColor(color).to_hex().lstrip("#") + "}" + tex + "}"


def numbers_tex():
    """The new function with its numbers: y = 2 f(2(x - 1)) + 1, without ones and zeros."""
    front = "" if a == 1 else tinted_part("-" if a == -1 else plain(a), A_COLOR) + r"\,"
    inside = "x" if c == 0 else "x " + ("- " if c > 0 else "+ ") + tinted_part(plain(abs(c)), C_COLOR)
    if b != 1:
        factor = tinted_part("-" if b == -1 else plain(b), B_COLOR)
        inside = factor + (inside if c == 0 else "(" + inside + ")")
    end = "" if d == 0 else (" + " if d > 0 else " - ") + tinted_part(plain(abs(d)), D_COLOR)
    return "y = " + front + "f(" + inside + ")" + end


def paper():
    """Axes with brighter lines through zero."""
    axes = graph(X_RANGE, Y_RANGE, MAIN, "x", "y")
    axes.add(Line(axes.c2p(X_RANGE[0], 0), axes.c2p(X_RANGE[1], 0), stroke_color=EDGE, stroke_width=2.5))
    return axes.add(Line(axes.c2p(0, Y_RANGE[0]), axes.c2p(0, Y_RANGE[1]), stroke_color=EDGE, stroke_width=2.5))


def old_curve(axes):
    return plot(axes, f, OLD_COLOR, width=3.5)


def tracked(axes, front, inner, taken, added):
    """The transformed curve with its marked points; the four arguments are ValueTrackers."""
    values = lambda: [each.get_value() for each in (front, inner, taken, added)]

    def drawn():
        now = values()
        spots = [moved(point, *now) for point in POINTS]
        dots = [Dot(axes.c2p(*spot), color=CHALK, radius=0.09) for spot in spots if in_view(spot)]
        return VGroup(plot(axes, lambda x: transformed(x, *now), NEW_COLOR, width=5, samples=140), *dots)

    return always_redraw(drawn)


def ways(axes, before, after, color):
    """Arrows that show where the marked points have gone; only what is in view."""
    found = VGroup()
    for start, end in zip(before, after, strict=True):
        if in_view(start) and in_view(end) and start != end:
            found.add(arrow(axes.c2p(*start), axes.c2p(*end), color, 4))
    return found


def trackers(front=1.0, inner=1.0, taken=0.0, added=0.0):
    return [ValueTracker(value) for value in (front, inner, taken, added)]


def times(value):
    """A factor in words."""
    return "half" if value == 0.5 else number_text(value) + " times"


def stretch_line(value):
    """What the factor a does to the heights."""
    if value == 1:
        return "With a = 1 all heights stay as they are."
    size = "" if abs(value) == 1 else "heights get " + times(abs(value)) + " as large"
    flip = "all is turned upside down" if value < 0 else ""
    return "Multiply by a = " + number_text(value) + ": " + " and ".join([each for each in (size, flip) if each]) + "."


def squeeze_line(value):
    """What the factor b does to the widths."""
    if value == 1:
        return "With b = 1 all widths stay as they are."
    size = "" if abs(value) == 1 else "the graph gets " + times(1 / abs(value)) + " as wide"
    flip = "left and right are swapped" if value < 0 else ""
    said = " and ".join([each for each in (size, flip) if each])
    return "Multiply x by b = " + number_text(value) + ": " + said + (", not wider!" if abs(value) > 1 else ".")


def lift_line(value):
    if value == 0:
        return "With d = 0 nothing is added."
    return (
        "Add d = "
        + number_text(value)
        + ": every point moves "
        + ("up" if value > 0 else "down")
        + " by "
        + number_text(abs(value))
        + "."
    )


def shift_line(value):
    if value == 0:
        return "With c = 0 the graph stays in its place."
    where = "right" if value > 0 else "left"
    sign = "x " + (MINUS if value > 0 else "+") + " " + number_text(abs(value))
    return "Put " + sign + " in place of x: the graph moves to the " + where + ", by " + number_text(abs(value)) + "."


class OutsideUpAndDown(Stage):
    def construct(self):
        axes = paper()
        old, state = old_curve(axes), trackers()
        front, added = state[0], state[3]
        self.heading("Outside the function: up and down")
        self.say("Here is a function f with three of its points. What do numbers do to its graph?")
        name = fit(formula("f(x) = " + TEX, 44, CHALK2), zone(2.8, 6.6, 1.8, 2.7), UL)
        curve = tracked(axes, *state)
        self.play(FadeIn(axes), FadeIn(name), Create(old), run_time=1.2)
        self.play(FadeIn(curve), run_time=0.6)
        rule = formula("y = a\\,f(x) + d", 46, colors={"a": A_COLOR, "d": D_COLOR})
        fit(rule, zone(2.8, 6.6, 0.7, 1.5), LEFT)
        live = VGroup(readout("a", front, "", 2, 34, A_COLOR), readout("d", added, "", 2, 34, D_COLOR))
        stack(*live, area=zone(2.8, 6.6, -0.9, 0.4), buff=0.35)
        self.play(FadeIn(rule), FadeIn(live), run_time=0.8)
        self.say(stretch_line(a))
        arrows = ways(axes, POINTS, [moved(p, a, 1, 0, 0) for p in POINTS], A_COLOR)
        self.play(front.animate.set_value(a), run_time=2.4)
        self.play(FadeIn(arrows), run_time=0.5)
        self.say(lift_line(d))
        lifts = ways(axes, [moved(p, a, 1, 0, 0) for p in POINTS], [moved(p, a, 1, 0, d) for p in POINTS], D_COLOR)
        self.play(FadeOut(arrows), run_time=0.4)
        self.play(added.animate.set_value(d), run_time=2.0)
        self.play(FadeIn(lifts), run_time=0.5)
        curve.clear_updaters()
        notes = VGroup(words("y goes to a·y + d", 30, NEW_COLOR), words("x stays where it was", 26, CHALK2))
        stack(*notes, area=zone(2.95, 6.5, -2.6, -1.2), buff=0.32)
        self.say("Both act on the finished value y, so points only move up or down. As you would expect.")
        self.play(FadeIn(notes, shift=0.2 * UP), Create(highlight(notes[0], NEW_COLOR, 0.14)), run_time=0.9)
        self.pause(1.0)


class InsideLeftAndRight(Stage):
    def construct(self):
        axes = paper()
        old, state = old_curve(axes), trackers()
        inner, taken = state[1:3]
        curve = tracked(axes, *state)
        self.heading("Inside the function: the other way round")
        rule = formula("y = f(x - c)", 46, colors={"c": C_COLOR})
        fit(rule, zone(2.8, 6.6, 1.9, 2.7), LEFT)
        self.say(shift_line(c))
        self.play(FadeIn(axes), FadeIn(old), FadeIn(curve), FadeIn(rule), run_time=0.9)
        live = VGroup(readout("c", taken, "", 2, 34, C_COLOR), readout("b", inner, "", 2, 34, B_COLOR))
        stack(*live, area=zone(2.8, 6.6, 0.3, 1.6), buff=0.35)
        self.play(FadeIn(live[0]), run_time=0.4)
        self.play(taken.animate.set_value(c), run_time=2.2)
        arrows = ways(axes, POINTS, [moved(p, 1, 1, c, 0) for p in POINTS], C_COLOR)
        self.play(FadeIn(arrows), run_time=0.5)
        why = VGroup(
            words("old value at x = " + number_text(FOLLOWED[0]), 26, CHALK2),
            words("now at x = " + number_text(FOLLOWED[0] + c), 28, C_COLOR),
        )
        stack(*why, area=zone(2.8, 6.6, -1.0, 0.1), buff=0.18)
        self.say(
            "Why? To put the same number into f, x must now be "
            + (number_text(abs(c)) + (" larger." if c > 0 else " smaller.") if c else "the same.")
        )
        self.play(FadeIn(why, shift=0.2 * UP), run_time=0.7)
        self.pause(0.2)
        self.play(
            FadeOut(arrows), FadeOut(why), FadeOut(rule), FadeOut(live[0]), taken.animate.set_value(0.0), run_time=0.9
        )
        second = formula("y = f(b\\,x)", 46, colors={"b": B_COLOR})
        fit(second, zone(2.8, 6.6, 1.9, 2.7), LEFT)
        self.say(squeeze_line(b))
        self.play(FadeIn(second), FadeIn(live[1]), run_time=0.5)
        if b < 0:
            self.play(inner.animate.set_value(abs(b)), run_time=1.6)
            inner.set_value(b)
            self.play(FadeIn(curve), run_time=0.8)
        else:
            self.play(inner.animate.set_value(b), run_time=2.4)
        arrows = ways(axes, POINTS, [moved(p, 1, b, 0, 0) for p in POINTS], B_COLOR)
        self.play(FadeIn(arrows), run_time=0.5)
        curve.clear_updaters()
        notes = VGroup(words("x goes to x ÷ b, then + c", 30, NEW_COLOR), words("y stays where it was", 26, CHALK2))
        stack(*notes, area=zone(2.95, 6.5, -2.6, -1.2), buff=0.32)
        self.say("Inside, everything is undone: divide by b, and move the other way than the sign says.")
        self.play(FadeIn(notes, shift=0.2 * UP), Create(highlight(notes[0], NEW_COLOR, 0.14)), run_time=0.9)
        self.pause(1.0)


def stations():
    """The followed point at the start and after each of the four steps, in order b, c, a, d."""
    steps = [(1, 1, 0, 0), (1, b, 0, 0), (1, b, c, 0), (a, b, c, 0), (a, b, c, d)]
    return [moved(FOLLOWED, *step) for step in steps]


class AllTogether(Stage):
    def construct(self):
        axes = paper()
        old, state = old_curve(axes), trackers()
        front, inner, taken, added = state
        curve = tracked(axes, *state)
        self.heading("Step by step to the new graph")
        law = fit(formula("y = a\\,f(b(x - c)) + d", 44, colors=FORMULA_COLORS), zone(2.8, 6.6, 2.05, 2.75), LEFT)
        mine = fit(formula(numbers_tex(), 40), zone(2.8, 6.6, 1.3, 1.95), LEFT)
        self.say("All four at once. Go from the inside out: first b, then c, then a, then d.")
        self.play(FadeIn(axes), FadeIn(old), FadeIn(law), FadeIn(mine), run_time=0.9)
        spots = stations()
        names = ["start", "x ÷ " + bracket(b), "x " + signed(c), "y · " + bracket(a), "y " + signed(d)]
        colors = [CHALK2, B_COLOR, C_COLOR, A_COLOR, D_COLOR]
        rows = [
            [words(name, 28, color), point_text(spot)] for name, color, spot in zip(names, colors, spots, strict=True)
        ]
        sheet = table(["step", "one point"], rows, None, 28, 0.54, 0.7)
        fit(sheet, zone(2.8, 6.6, -2.05, 1.15), UL)
        self.play(FadeIn(curve), FadeIn(sheet[:3]), run_time=0.7)
        trail = VGroup()
        moves = [(inner, b), (taken, c), (front, a), (added, d)]
        spoken = [
            None,
            "Squeezed by b and put in place by c: that was left and right.",
            None,
            "Stretched by a and lifted by d: that was up and down.",
        ]
        for k, (tracker, value) in enumerate(moves):
            if spoken[k]:
                self.say(spoken[k])
            self.play(FadeIn(sheet[k + 3], shift=0.2 * LEFT), run_time=0.4)
            if tracker is inner and b < 0:
                self.play(inner.animate.set_value(abs(b)), run_time=1.0)
                inner.set_value(b)
            else:
                self.play(tracker.animate.set_value(value), run_time=1.7)
            if in_view(spots[k]) and in_view(spots[k + 1]) and spots[k] != spots[k + 1]:
                way = arrow(axes.c2p(*spots[k]), axes.c2p(*spots[k + 1]), colors[k + 1], 5)
                trail.add(way)
                self.play(FadeIn(way), run_time=0.3)
        curve.clear_updaters()
        rule = words("(x, y)  →  (x ÷ b + c,  a·y + d)", 28, NEW_COLOR)
        fit(rule, zone(2.95, 6.5, -2.75, -2.3), LEFT)
        self.say("Every point of the graph goes the same way, so this rule is all you need.")
        self.play(FadeIn(rule, shift=0.2 * UP), Create(highlight(rule, NEW_COLOR, 0.1)), run_time=0.9)
        self.pause(1.0)


def signed(value):
    return ("+ " if value >= 0 else MINUS + " ") + number_text(abs(value))


def bracket(value):
    return number_text(value) if value >= 0 else "(" + number_text(value) + ")"

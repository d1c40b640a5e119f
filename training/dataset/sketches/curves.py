"""Graphs of functions: drawn, compared, walked along, with slopes, areas and sliders."""

from __future__ import annotations

import random

from training.dataset.sketches.sketch import Family, Sketch, colours, painted, quoted

# What people say, code, TeX, lowest and highest x, lowest and highest y.
FUNCTIONS = (
    ("x squared", "x**2", "x^2", -3, 3, 0, 9), ("x cubed", "x**3", "x^3", -2, 2, -8, 8),
    ("sin x", "np.sin(x)", r"\sin x", 0, 6, -1, 1), ("cos x", "np.cos(x)", r"\cos x", 0, 6, -1, 1),
    ("the square root of x", "np.sqrt(x)", r"\sqrt{x}", 0, 9, 0, 3), ("2x + 1", "2 * x + 1", "2x+1", -2, 3, -3, 7),
    ("|x|", "abs(x)", "|x|", -4, 4, 0, 4), ("1/x", "1 / x", r"\frac{1}{x}", 0.2, 5, 0, 5),
    ("e to the x", "np.exp(x)", "e^x", -2, 2, 0, 8), ("ln x", "np.log(x)", r"\ln x", 0.1, 6, -3, 2),
    ("x squared minus 4", "x**2 - 4", "x^2-4", -3, 3, -4, 5), ("4 - x squared", "4 - x**2", "4-x^2", -2, 2, 0, 4),
    ("x squared minus 2x", "x**2 - 2 * x", "x^2-2x", -1, 3, -1, 3), ("0.5 x", "0.5 * x", r"\tfrac{1}{2}x", 0, 8, 0, 4),
    ("2 sin x", "2 * np.sin(x)", r"2\sin x", 0, 6, -2, 2), ("sin 2x", "np.sin(2 * x)", r"\sin 2x", 0, 6, -1, 1),
    ("2 to the x", "2**x", "2^x", -2, 3, 0, 8), ("3 - x", "3 - x", "3-x", 0, 4, -1, 3),
    ("x cubed minus 3x", "x**3 - 3 * x", "x^3-3x", -2, 2, -2, 2), ("0.2 x squared", "0.2 * x**2", "0.2x^2", -5, 5, 0, 5),
)  # fmt: skip
SLOPES = {
    "x**2": "2 * x", "x**3": "3 * x**2", "np.sin(x)": "np.cos(x)", "np.cos(x)": "-np.sin(x)", "x**2 - 4": "2 * x",
    "4 - x**2": "-2 * x", "x**2 - 2 * x": "2 * x - 2", "np.exp(x)": "np.exp(x)", "x**3 - 3 * x": "3 * x**2 - 3",
    "0.2 * x**2": "0.4 * x",
}  # fmt: skip


def plain_plot(chance: random.Random) -> Sketch:
    """One curve and its equation."""
    said, code, tex, x0, x1, y0, y1 = chance.choice(FUNCTIONS)
    paint, adjective, tail = painted(chance)
    seconds = chance.choice((2, 3, 4))
    return Sketch(
        (f"plot {said}{tail}", f"draw the graph of {said}{tail}", f"the curve y = {said}, drawn slowly{tail}",
         f"a {adjective}graph of {said} with its formula", f"show what y = {said} looks like"),
        f"""
        self.heading("The graph of y = {said}")
        axes = graph(({x0}, {x1}), ({y0}, {y1}), MAIN, "x", "y")
        curve = plot(axes, lambda x: {code}, {paint})
        note = fit(formula({quoted("y = " + tex)}, 44, {paint}), SIDE)
        self.say("Every x has one y. The curve shows them all.")
        self.play(FadeIn(axes))
        self.play(Create(curve), run_time={seconds})
        self.play(FadeIn(note))
        self.pause(1.0)
        """,
    )  # fmt: skip


def dot_on_curve(chance: random.Random) -> Sketch:
    """A dot that walks along a curve."""
    said, code, _, x0, x1, y0, y1 = chance.choice(FUNCTIONS)
    line, dot = colours(chance, 2)
    seconds = chance.choice((3, 4, 5, 6))
    return Sketch(
        (f"a dot moving along the curve of {said}", f"let a point travel along y = {said}",
         f"trace {said} with a moving point", f"a ball rolls along the graph of {said} in {seconds} seconds"),
        f"""
        self.heading("A point on y = {said}")
        axes = graph(({x0}, {x1}), ({y0}, {y1}), MAIN, "x", "y")
        curve = plot(axes, lambda x: {code}, {line})
        dot = Dot(axes.c2p({x0}, {_at(code, x0)}), radius=0.12, color={dot})
        note = fit(words("y = {said}", 30, {line}), SIDE)
        self.say("The point follows the curve from left to right.")
        self.play(FadeIn(axes), Create(curve), FadeIn(note), run_time=2)
        self.play(FadeIn(dot))
        self.play(MoveAlongPath(dot, curve), run_time={seconds}, rate_func=linear)
        self.pause(1.0)
        """,
    )  # fmt: skip


def live_values(chance: random.Random) -> Sketch:
    """A point that a tracker moves, with its coordinates."""
    said, code, _, x0, x1, y0, y1 = chance.choice(FUNCTIONS)
    line, dot = colours(chance, 2)
    return Sketch(
        (f"read off the values of {said} while x grows", f"x runs from {x0} to {x1}, show x and {said} as numbers",
         f"a moving point on y = {said} with its coordinates beside it"),
        f"""
        self.heading("Values of y = {said}")
        axes = graph(({x0}, {x1}), ({y0}, {y1}), MAIN, "x", "y")
        x = ValueTracker({x0})
        value = lambda: (lambda x: {code})(x.get_value())
        dot = always_redraw(lambda: Dot(axes.c2p(x.get_value(), value()), color={dot}))
        numbers = stack(readout("x", x, "", 2, 34), readout("y", value, "", 2, 34, {dot}))
        self.say("Watch x and y together: each x gives its own y.")
        self.play(FadeIn(axes), Create(plot(axes, lambda x: {code}, {line})), run_time=2)
        self.play(FadeIn(dot), FadeIn(numbers))
        self.play(x.animate.set_value({x1}), run_time={chance.choice((4, 5, 6))}, rate_func=linear)
        self.pause(1.0)
        """,
    )  # fmt: skip


def two_curves(chance: random.Random) -> Sketch:
    """Two curves on the same axes."""
    pool = [each for each in FUNCTIONS if each[3] >= -3 and each[4] <= 6 and each[5] >= -4]
    first, second = chance.sample(pool, 2)
    x0, x1 = max(first[3], second[3]), min(first[4], second[4])
    y0, y1 = min(first[5], second[5]), max(first[6], second[6])
    one, two = colours(chance, 2)
    return Sketch(
        (f"compare {first[0]} and {second[0]}", f"{first[0]} and {second[0]} on the same axes",
         f"draw y = {first[0]} and y = {second[0]} together with a legend"),
        f"""
        self.heading("Two curves")
        axes = graph(({x0}, {x1}), ({y0}, {y1}), MAIN, "x", "y")
        first = plot(axes, lambda x: {first[1]}, {one})
        second = plot(axes, lambda x: {second[1]}, {two})
        names = fit(legend([({quoted(first[0])}, {one}), ({quoted(second[0])}, {two})], 28), SIDE)
        self.say("The same axes let us compare them.")
        self.play(FadeIn(axes), FadeIn(names))
        self.play(Create(first), run_time=2)
        self.say("Look where one lies above the other.")
        self.play(Create(second), run_time=2)
        self.pause(1.0)
        """,
    )  # fmt: skip


def sliding_tangent(chance: random.Random) -> Sketch:
    """A tangent that slides along a curve, with its slope."""
    said, code, _, x0, x1, y0, y1 = chance.choice([each for each in FUNCTIONS if each[1] in SLOPES])
    line, touch = colours(chance, 2)
    return Sketch(
        (f"slide a tangent along {said}", f"the slope of {said} at each point", f"a moving tangent line on y = {said}",
         f"show how steep {said} is as x changes"),
        f"""
        self.heading("The slope of y = {said}")
        axes = graph(({x0}, {x1}), ({y0}, {y1}), MAIN, "x", "y")
        x = ValueTracker({x0 + 0.2:g})
        height = lambda x: {code}
        slope = lambda x: {SLOPES[code]}
        tangent = always_redraw(lambda: plot(axes, lambda t: height(x.get_value()) + slope(x.get_value()) * (t - x.get_value()), {touch}))
        dot = always_redraw(lambda: Dot(axes.c2p(x.get_value(), height(x.get_value())), color=CHALK))
        self.say("The tangent touches the curve. Its slope is the derivative.")
        self.play(FadeIn(axes), Create(plot(axes, height, {line})), run_time=2)
        self.play(FadeIn(tangent), FadeIn(dot), FadeIn(stack(readout("slope", lambda: slope(x.get_value()), "", 2, 34, {touch}))))
        self.play(x.animate.set_value({x1 - 0.2:g}), run_time={chance.choice((5, 6, 7))})
        self.pause(1.0)
        """,
    )  # fmt: skip


def area_under(chance: random.Random) -> Sketch:
    """The area under a curve, in strips or filled."""
    pool = [each for each in FUNCTIONS if each[5] == 0 and each[3] >= 0] + [FUNCTIONS[0], FUNCTIONS[11]]
    said, code, _, x0, x1, y0, y1 = chance.choice(pool)
    line, fill = colours(chance, 2)
    count = chance.choice((4, 6, 8, 10, 12))
    step = (x1 - x0) / count
    return Sketch(
        (f"fill the area under {said} with {count} rectangles", f"the area under y = {said} as {count} strips",
         f"{count} rectangles below the curve {said}", f"approximate the integral of {said} by {count} bars"),
        f"""
        self.heading("The area under y = {said}")
        axes = graph(({x0}, {x1}), ({y0}, {y1}), MAIN, "x", "y")
        curve = plot(axes, lambda x: {code}, {line})
        strips = axes.get_riemann_rectangles(
            axes.plot(lambda x: {code}, x_range=[{x0}, {x1}]), x_range=[{x0}, {x1}], dx={step:g}, color=[{fill}, {fill}]
        )
        note = fit(words("{count} strips", 32, {fill}), SIDE)
        self.say("Narrow strips fill the area. More of them fit it better.")
        self.play(FadeIn(axes), Create(curve), run_time=2)
        self.play(LaggedStart(*[FadeIn(strip) for strip in strips], lag_ratio=0.2), FadeIn(note), run_time=3)
        self.pause(1.0)
        """,
    )  # fmt: skip


def stretched_wave(chance: random.Random) -> Sketch:
    """A wave whose height or pace a tracker changes."""
    what = chance.choice(("amplitude", "frequency", "shift"))
    kind = chance.choice(("sin", "cos"))
    low, most = {"amplitude": (0.5, 3.0), "frequency": (1.0, 4.0), "shift": (0.0, 3.0)}[what]
    high = chance.choice((most, most - 0.5, most - 1))
    inner = {"amplitude": f"a.get_value() * np.{kind}(x)", "frequency": f"2 * np.{kind}(a.get_value() * x)",
             "shift": f"2 * np.{kind}(x - a.get_value())"}[what]  # fmt: skip
    (paint,) = colours(chance, 1)
    name = {"sin": "sine", "cos": "cosine"}[kind]
    return Sketch(
        (f"change the {what} of a {name} wave from {low:g} to {high:g}", f"what the {what} does to {kind} x",
         f"a {name} curve whose {what} grows to {high:g}"),
        f"""
        self.heading("The {what} of a {name} wave")
        axes = graph((0, 7), (-3, 3), MAIN, "x", "y")
        a = ValueTracker({low:g})
        curve = always_redraw(lambda: plot(axes, lambda x: {inner}, {paint}))
        self.say("Only the {what} changes. Watch what the wave does.")
        self.play(FadeIn(axes), FadeIn(curve), FadeIn(stack(readout("{what}", a, "", 1, 32, {paint}))))
        self.play(a.animate.set_value({high:g}), run_time={chance.choice((3, 4, 5))})
        self.say("Now back again.")
        self.play(a.animate.set_value({low:g}), run_time=3)
        self.pause(1.0)
        """,
    )  # fmt: skip


def exponential(chance: random.Random) -> Sketch:
    """Growth or decay by a factor a step, as a curve and a number."""
    what, unit, start, factor = chance.choice(
        (("Bacteria", "hours", 100, 2), ("Caffeine in the blood", "hours", 80, 0.5), ("Savings", "years", 200, 1.1),
         ("Active atoms", "days", 1000, 0.5), ("Followers", "weeks", 50, 1.5), ("Algae on a pond", "days", 10, 2))
    )  # fmt: skip
    steps = chance.choice((4, 5, 6))
    top = max(start, start * factor**steps)
    (paint,) = colours(chance, 1)
    change = "grows" if factor > 1 else "falls"
    return Sketch(
        (f"{what.lower()} {change} by a factor of {factor:g} every step, start with {start}",
         f"show exponential {'growth' if factor > 1 else 'decay'}: {what.lower()}, {start} at first, times {factor:g}",
         f"a curve for {what.lower()} that {change} by the factor {factor:g}"),
        f"""
        self.heading("{what}: times {factor:g} each step")
        axes = graph((0, {steps}), (0, {top:g}), MAIN, "{unit}", "amount")
        t = ValueTracker(0.0)
        amount = lambda x: {start} * {factor:g}**x
        dot = always_redraw(lambda: Dot(axes.c2p(t.get_value(), amount(t.get_value())), color=CHALK))
        self.say("Each step multiplies by the same factor.")
        self.play(FadeIn(axes), Create(plot(axes, amount, {paint})), run_time=2)
        numbers = stack(readout("t", t, "", 1, 32), readout("N", lambda: amount(t.get_value()), "", 0, 32, {paint}))
        self.play(FadeIn(dot), FadeIn(numbers))
        self.play(t.animate.set_value({steps}), run_time=5, rate_func=linear)
        self.pause(1.0)
        """,
    )  # fmt: skip


def _at(code: str, x: float) -> str:
    """The function's value at a number, as code."""
    return code.replace("np.exp", "np.EXP").replace("x", f"({x})").replace("np.EXP", "np.exp")


FAMILIES: tuple[Family, ...] = (
    plain_plot, dot_on_curve, live_values, two_curves, sliding_tangent, area_under, stretched_wave, exponential,
)  # fmt: skip

"""Figures: triangles, circles, polygons, fractions, sets, arrows, and formulas that are worked out step by step."""

from __future__ import annotations

import math
import random

from training.dataset.sketches.sketch import Family, Sketch, colours, painted, quoted

SOLVED = (
    ("2x + 3 = 11", ("2x + 3 = 11", "2x = 8", "x = 4")), ("5x - 2 = 18", ("5x - 2 = 18", "5x = 20", "x = 4")),
    ("3(x + 1) = 15", ("3(x + 1) = 15", "x + 1 = 5", "x = 4")), ("x/4 = 3", (r"\frac{x}{4} = 3", "x = 12")),
    ("x^2 = 49", ("x^2 = 49", r"x = \pm\sqrt{49}", r"x = \pm 7")), ("7 - x = 2", ("7 - x = 2", "-x = -5", "x = 5")),
    ("(x + 2)^2", ("(x + 2)^2", "(x + 2)(x + 2)", "x^2 + 4x + 4")), ("12/18", (r"\frac{12}{18}", r"\frac{2 \cdot 6}{3 \cdot 6}", r"\frac{2}{3}")),
    ("the derivative of x^3", (r"\frac{d}{dx}x^3", "3x^{3-1}", "3x^2")), ("20% of 80", (r"20\% \cdot 80", r"0.2 \cdot 80", "16")),
    ("3/4 + 1/8", (r"\frac{3}{4} + \frac{1}{8}", r"\frac{6}{8} + \frac{1}{8}", r"\frac{7}{8}")),
    ("log_2 8", (r"\log_2 8", r"\log_2 2^3", "3")), ("x^2 - 9", ("x^2 - 9", "x^2 - 3^2", "(x - 3)(x + 3)")),
    ("v for s = 100 m, t = 20 s", (r"v = \frac{s}{t}", r"v = \frac{100}{20}", "v = 5")),
    ("F = ma for 3 kg and 4 m/s²", ("F = ma", r"F = 3 \cdot 4", "F = 12")), ("6x = 2x + 12", ("6x = 2x + 12", "4x = 12", "x = 3")),
)  # fmt: skip
FACTS = (
    ("the area of a circle", r"A = \pi r^2", "A", "r"), ("Ohm's law", "U = R I", "U", "I"),
    ("the density formula", r"\rho = \frac{m}{V}", "m", "V"), ("Newton's second law", "F = m a", "F", "a"),
    ("Einstein's energy formula", "E = m c^2", "E", "m"), ("the theorem of Pythagoras", "a^2 + b^2 = c^2", "a", "c"),
    ("the slope of a line", r"m = \frac{\Delta y}{\Delta x}", "m", "x"), ("kinetic energy", r"E = \frac{1}{2} m v^2", "E", "v"),
    ("the ideal gas law", "p V = n R T", "p", "T"), ("simple interest", "I = P r t", "I", "r"),
    ("the wave equation of speed", r"v = \lambda f", "v", "f"), ("momentum", "p = m v", "p", "v"),
)  # fmt: skip


def worked_steps(chance: random.Random) -> Sketch:
    """Lines of working, one under the other."""
    said, steps = chance.choice(SOLVED)
    (paint,) = colours(chance, 1)
    made = ",\n            ".join(
        f"formula({quoted(step)}, 44{f', {paint}' if number == len(steps) else ''})"
        for number, step in enumerate(steps, 1)
    )
    return Sketch(
        (f"work out {said} step by step", f"solve {said} line by line", f"{said}, every step under the last one",
         f"show the working for {said}"),
        f"""
        self.heading("Step by step: {said}")
        rows = stack(
            {made},
            area=MAIN,
        )
        self.say("One step at a time. Both sides stay equal.")
        self.play(FadeIn(rows[0]))
        for row in rows[1:]:
            self.play(FadeIn(row, shift=0.3 * DOWN), run_time={chance.choice((1, 1.5, 2))})
            self.pause(0.5)
        self.say("The last line is the answer.")
        self.play(Create(highlight(rows[-1], {paint})))
        self.pause(1.0)
        """,
    )  # fmt: skip


def coloured_formula(chance: random.Random) -> Sketch:
    """One formula with coloured letters and what they mean."""
    said, tex, one, two = chance.choice(FACTS)
    first, second = colours(chance, 2)
    return Sketch(
        (f"show {said} with coloured letters", f"the formula for {said}, large", f"write {said} and highlight it",
         f"introduce {said} on the screen"),
        f"""
        self.heading("{said[0].upper()}{said[1:]}")
        law = fit(formula({quoted(tex)}, 72, CHALK, {{"{one}": {first}, "{two}": {second}}}), MAIN)
        names = fit(legend([("{one}", {first}), ("{two}", {second})], 30), SIDE)
        self.say("This is the formula. Each letter stands for a quantity.")
        self.play(Write(law), run_time=2)
        self.play(FadeIn(names))
        self.say("The coloured letters are the ones to watch.")
        self.play(Create(highlight(law)))
        self.pause(1.0)
        """,
    )  # fmt: skip


def right_triangle(chance: random.Random) -> Sketch:
    """A right triangle with its sides."""
    a, b = chance.choice(((3, 4), (5, 12), (6, 8), (8, 15), (2, 3), (4, 4), (1, 2), (7, 24), (9, 12), (4, 5)))
    c = math.hypot(a, b)
    side, long = colours(chance, 2)
    scale = 3.6 / max(a, b)
    return Sketch(
        (f"a right triangle with legs {a} and {b}", f"Pythagoras with {a} and {b}: find the hypotenuse",
         f"draw a right-angled triangle, sides {a} and {b}, and work out the third side"),
        f"""
        self.heading("A right triangle with legs {a} and {b}")
        corner = np.array([-4.5, -2.2, 0])
        foot, top = corner + {a * scale:.2f} * RIGHT, corner + {b * scale:.2f} * UP
        triangle = Polygon(corner, foot, top, color=CHALK)
        right = Square(0.3, color=CHALK3).move_to(corner, aligned_edge=DL)
        below = words("{a}", 30, {side}).next_to(Line(corner, foot), DOWN)
        left = words("{b}", 30, {side}).next_to(Line(corner, top), LEFT)
        law = stack(formula("c = \\\\sqrt{{{a}^2 + {b}^2}}", 38), words("c = {c:.4g}", 36, {long}))
        self.say("The legs meet at a right angle. The hypotenuse lies opposite.")
        self.play(Create(triangle), FadeIn(right), run_time=2)
        self.play(FadeIn(below), FadeIn(left))
        self.play(FadeIn(law), Create(Line(foot, top, color={long}, stroke_width=7)))
        self.pause(1.0)
        """,
    )  # fmt: skip


def circle_parts(chance: random.Random) -> Sketch:
    """A circle with radius and what follows from it."""
    r = chance.choice((1, 1.5, 2, 2.5, 3, 4, 5, 7, 10))
    unit = chance.choice(("cm", "m", "units"))
    paint, adjective, tail = painted(chance)
    what, tex, value = chance.choice(
        (("area", r"A = \pi r^2", math.pi * r * r), ("circumference", r"C = 2\pi r", 2 * math.pi * r))
    )
    return Sketch(
        (f"a circle of radius {r:g} {unit} and its {what}{tail}", f"the {what} of a {adjective}circle with r = {r:g} {unit}",
         f"draw a circle, show the radius {r:g} {unit}, then the {what}"),
        f"""
        self.heading("The {what} of a circle")
        circle = Circle(radius=2.1, color={paint}).move_to(MAIN)
        radius = Line(circle.get_center(), circle.get_right(), color=CHALK)
        name = words("r = {r:g} {unit}", 28).next_to(radius, UP, buff=0.1).scale(0.9)
        result = stack(formula({quoted(tex)}, 44), words("= {value:.4g}", 36, {paint}))
        self.say("The radius goes from the middle to the edge.")
        self.play(Create(circle), run_time=2)
        self.play(Create(radius), FadeIn(name))
        self.say("From it we get the {what}.")
        self.play(FadeIn(result))
        self.pause(1.0)
        """,
    )  # fmt: skip


def polygon(chance: random.Random) -> Sketch:
    """A regular polygon and its angles."""
    n, name = chance.choice(
        ((3, "triangle"), (4, "square"), (5, "pentagon"), (6, "hexagon"), (8, "octagon"), (10, "decagon"))
    )
    paint, adjective, tail = painted(chance)
    angle = 180 * (n - 2) / n
    turn = chance.choice((90, 180, 360))
    return Sketch(
        (f"a regular {name}{tail} and its inner angle", f"draw a {adjective}{name} with {n} equal sides, then turn it",
         f"how large is each angle of a regular {name}"),
        f"""
        self.heading("A regular {name}")
        shape = RegularPolygon({n}, radius=2.2, color={paint}).move_to(MAIN)
        facts = stack(words("{n} equal sides", 30), words("{n} equal angles", 30), words("each {angle:g}°", 34, {paint}))
        self.say("All sides are equal, and so are all angles.")
        self.play(Create(shape), run_time=2)
        self.play(FadeIn(facts))
        self.say("Turn it: it looks the same again and again.")
        self.play(Rotate(shape, {turn} * DEGREES), run_time=3)
        self.pause(1.0)
        """,
    )  # fmt: skip


def shaded_fraction(chance: random.Random) -> Sketch:
    """A part of a whole, as a bar or a circle."""
    n = chance.choice((3, 4, 5, 6, 8, 10, 12))
    k = chance.randint(1, n - 1)
    paint, _, tail = painted(chance)
    if chance.random() < 0.5:
        thing, made = (
            "bar",
            f"VGroup(*[Rectangle(width={7.2 / n:.2f}, height=1.4, color=CHALK2) for i in range({n})]).arrange(RIGHT, buff=0)",
        )
    else:
        thing = chance.choice(("circle", "pizza", "cake"))
        made = f"VGroup(*[Sector(radius=2.2, angle=TAU / {n}, start_angle=i * TAU / {n}, fill_opacity=0, stroke_width=3, stroke_color=CHALK2) for i in range({n})])"
    return Sketch(
        (f"shade {k}/{n} of a {thing}{tail}", f"the fraction {k}/{n} as a {thing}", f"cut a {thing} into {n} equal parts and colour {k}",
         f"what {k} out of {n} looks like on a {thing}"),
        f"""
        self.heading("The fraction {k}/{n}")
        parts = {made}
        parts.move_to(MAIN)
        note = fit(formula("\\\\frac{{{k}}}{{{n}}}", 80, {paint}), SIDE)
        self.say("The whole is cut into {n} equal parts.")
        self.play(Create(parts), run_time=2)
        self.say("We take {k} of them.")
        self.play(*[part.animate.set_fill({paint}, opacity=0.9) for part in parts[:{k}]], FadeIn(note), run_time=2)
        self.pause(1.0)
        """,
    )  # fmt: skip


def two_sets(chance: random.Random) -> Sketch:
    """Two sets and what they share."""
    left, right, both = chance.choice(
        (("Birds", "Swimmers", "Penguin"), ("Even", "Multiples of 3", "6"), ("Mammals", "Flyers", "Bat"), ("Metals", "Liquids", "Mercury"),
         ("Primes", "Even", "2"), ("Squares", "Cubes", "64"), ("Vowels", "Capitals", "A"), ("Plants", "Food", "Carrot"))
    )  # fmt: skip
    one, two = colours(chance, 2)
    return Sketch(
        (f"a Venn diagram of {left.lower()} and {right.lower()}", f"two overlapping sets: {left.lower()} and {right.lower()}, with {both} in both",
         f"show that {both} belongs to both {left.lower()} and {right.lower()}"),
        f"""
        self.heading("{left} and {right}")
        first = Circle(radius=1.9, color={one}, fill_opacity=0.2).move_to([-3.3, -0.2, 0])
        second = Circle(radius=1.9, color={two}, fill_opacity=0.2).move_to([-1.0, -0.2, 0])
        names = fit(legend([({quoted(left)}, {one}), ({quoted(right)}, {two})], 28), SIDE)
        shared = words({quoted(both)}, 24).move_to([-2.15, -0.2, 0])
        fit(shared, zone(-2.8, -1.5, -0.6, 0.2))
        self.say("Each circle holds the members of one set.")
        self.play(Create(first), Create(second), FadeIn(names), run_time=2)
        self.say("What belongs to both lies in the middle.")
        self.play(FadeIn(shared))
        self.pause(1.0)
        """,
    )  # fmt: skip


def vector_sum(chance: random.Random) -> Sketch:
    """Two arrows, tip to tail, and their sum."""
    a = (chance.choice((1, 2, 3, 4)), chance.choice((-1, 0, 1, 2)))
    b = (chance.choice((-2, -1, 1, 2)), chance.choice((1, 2, 3)))
    total = (a[0] + b[0], a[1] + b[1])
    one, two, three = colours(chance, 3)
    thing = chance.choice(("vectors", "forces", "velocities"))
    return Sketch(
        (f"add the {thing} ({a[0]}, {a[1]}) and ({b[0]}, {b[1]})", f"two {thing} tip to tail: ({a[0]}, {a[1]}) plus ({b[0]}, {b[1]})",
         f"the sum of the {thing} ({a[0]}, {a[1]}) and ({b[0]}, {b[1]}) as an arrow"),
        f"""
        self.heading("Adding two {thing}")
        axes = graph((-3, 7), (-2, 6), MAIN, equal=True)
        start, middle, end = axes.c2p(0, 0), axes.c2p({a[0]}, {a[1]}), axes.c2p({total[0]}, {total[1]})
        first, second, total = arrow(start, middle, {one}), arrow(middle, end, {two}), arrow(start, end, {three})
        names = legend([("({a[0]}, {a[1]})", {one}), ("({b[0]}, {b[1]})", {two}), ("sum ({total[0]}, {total[1]})", {three})], 28)
        self.say("Put the second arrow where the first one ends.")
        self.play(FadeIn(axes), FadeIn(fit(names, SIDE)))
        self.play(Create(first))
        self.play(Create(second))
        self.say("The sum goes from the first tail to the last tip.")
        self.play(Create(total), run_time=2)
        self.pause(1.0)
        """.replace("−", "-"),
    )  # fmt: skip


FAMILIES: tuple[Family, ...] = (
    worked_steps, coloured_formula, right_triangle, circle_parts, polygon, shaded_fraction, two_sets, vector_sum,
)  # fmt: skip

"""Words and boxes: definitions, cycles, chains, timelines, rows of numbers, trees, atoms, transformations."""

from __future__ import annotations

import random

from training.dataset.sketches.sketch import Family, Sketch, colours, painted, quoted

CYCLES = (
    ("the water cycle", ("evaporation", "clouds", "rain", "rivers")), ("the life of a butterfly", ("egg", "caterpillar", "pupa", "butterfly")),
    ("the seasons", ("spring", "summer", "autumn", "winter")), ("the rock cycle", ("magma", "igneous", "sediment", "metamorphic")),
    ("the cell cycle", ("growth", "copying", "checking", "division")), ("the business cycle", ("boom", "slowdown", "slump", "recovery")),
    ("the four-stroke engine", ("intake", "compression", "power", "exhaust")), ("the design process", ("ask", "plan", "build", "test")),
)  # fmt: skip
CHAINS = (
    ("a food chain", ("grass", "rabbit", "fox")), ("how a law is made", ("draft", "debate", "vote", "law")), ("from tree to paper", ("tree", "pulp", "sheet", "book")),
    ("the path of blood", ("heart", "lungs", "heart", "body")), ("how a program runs", ("source", "compiler", "machine code")), ("the scientific method", ("question", "guess", "test", "answer")),
    ("a supply chain", ("farm", "mill", "bakery", "shop")), ("energy in a power plant", ("heat", "steam", "turbine", "current")), ("from DNA to protein", ("DNA", "RNA", "protein")),
    ("the digestive tract", ("mouth", "stomach", "gut")), ("how an email travels", ("sender", "server", "server", "reader")),
)  # fmt: skip
DATES = (
    ("space flight", ((1957, "Sputnik"), (1961, "Gagarin"), (1969, "Moon"), (1998, "ISS"))), ("computers", ((1941, "Z3"), (1971, "chip"), (1991, "web"), (2007, "phone"))),
    ("medicine", ((1796, "vaccine"), (1895, "X-rays"), (1928, "penicillin"))), ("mathematics", ((1637, "axes"), (1687, "calculus"), (1931, "Gödel"))),
    ("physics", ((1687, "gravity"), (1865, "light"), (1905, "relativity"), (1926, "quanta"))), ("transport", ((1825, "railway"), (1886, "car"), (1903, "plane"))),
)  # fmt: skip
TERMS = (
    ("Photosynthesis", "Plants make sugar from light, water and air.", ("light", "water", "carbon dioxide")), ("Inertia", "A body keeps its motion unless a force acts.", ("seat belt", "ice hockey")),
    ("A prime number", "It has exactly two divisors.", ("2", "3", "5", "7")), ("Democracy", "The people choose who governs.", ("votes", "laws", "courts")),
    ("An isotope", "Same protons, other neutrons.", ("carbon-12", "carbon-14")), ("Inflation", "Prices rise and money buys less.", ("bread", "rent", "fuel")),
    ("A variable", "A letter that stands for a number.", ("x", "y", "n")), ("Osmosis", "Water moves towards the saltier side.", ("roots", "cells")),
    ("A metaphor", "One thing is spoken of as another.", ("time is money", "a sea of faces")), ("Friction", "A force that slows what slides.", ("brakes", "shoes", "matches")),
    ("An algorithm", "A list of steps that always ends.", ("recipe", "sorting", "search")), ("Erosion", "Wind and water carry soil away.", ("rivers", "dunes", "cliffs")),
)  # fmt: skip


def _boxes(texts: tuple[str, ...], paint: str) -> str:
    listed = ", ".join(quoted(each) for each in texts)
    return f"[VGroup(Rectangle(width=2.3, height=0.9, color={paint}), words(text, 22)) for text in [{listed}]]"


def definition(chance: random.Random) -> Sketch:
    """A term, what it means, and examples."""
    term, meaning, examples = chance.choice(TERMS)
    paint, _, _ = painted(chance)
    listed = ", ".join(quoted(each) for each in examples)
    low = term[0].lower() + term[1:]
    return Sketch(
        (f"what is {low}? With examples", f"explain {low} in one sentence and name {len(examples)} examples", f"a definition card for {low}", f"introduce the word {low}"),
        f"""
        self.heading({quoted(term)})
        meaning = fit(lines({quoted(meaning)}, 38, CHALK, width=26), MAIN)
        examples = stack(words("Examples", 28, CHALK2), *[words(text, 30, {paint}) for text in [{listed}]])
        self.say({quoted(meaning)})
        self.play(FadeIn(meaning), run_time=1.5)
        self.say("Here are some examples.")
        for row in examples:
            self.play(FadeIn(row, shift=0.2 * RIGHT), run_time=0.6)
        self.pause(1.0)
        """,
    )  # fmt: skip


def cycle(chance: random.Random) -> Sketch:
    """Stations in a ring, with arrows."""
    name, stations = chance.choice(CYCLES)
    box, link = colours(chance, 2)
    return Sketch(
        (f"{name} as a ring of {len(stations)} boxes with arrows", f"a diagram of {name}: {', '.join(stations)}", f"show {name} step by step in a circle"),
        f"""
        self.heading("{name[0].upper()}{name[1:]}")
        boxes = VGroup(*{_boxes(stations, box)})
        for box, place in zip(boxes, [[0, 1.9, 0], [3.6, -0.2, 0], [0, -2.3, 0], [-3.6, -0.2, 0]]):
            box.move_to(place)
        links = [Arrow(boxes[i], boxes[(i + 1) % 4], color={link}, buff=0.15) for i in range(4)]
        self.say("One step leads to the next, and the last one to the first.")
        for box, link in zip(boxes, links):
            self.play(FadeIn(box), run_time=0.7)
            self.play(GrowArrow(link), run_time=0.7)
        self.pause(1.0)
        """,
    )  # fmt: skip


def chain(chance: random.Random) -> Sketch:
    """Boxes in a row, with arrows."""
    name, stations = chance.choice(CHAINS)
    box, link = colours(chance, 2)
    return Sketch(
        (f"{name}: {' to '.join(stations)}", f"{name} as boxes with arrows", f"show {name} from left to right"),
        f"""
        self.heading("{name[0].upper()}{name[1:]}")
        boxes = VGroup(*{_boxes(stations, box)})
        fit(boxes.arrange(RIGHT, buff=1.0), FULL)
        links = [Arrow(a.get_right(), b.get_left(), color={link}, buff=0.1) for a, b in zip(boxes, boxes[1:])]
        self.say("We follow it from left to right.")
        self.play(FadeIn(boxes[0]))
        for box, link in zip(boxes[1:], links):
            self.play(GrowArrow(link), FadeIn(box), run_time=1.2)
        self.play(Indicate(boxes[-1]))
        self.pause(1.0)
        """,
    )  # fmt: skip


def timeline(chance: random.Random) -> Sketch:
    """Events on a line of years."""
    name, events = chance.choice(DATES)
    line, dot = colours(chance, 2)
    return Sketch(
        (f"a timeline of {name}", f"{name}: {', '.join(f'{year} {what}' for year, what in events)} on a timeline", f"put the dates of {name} on a line"),
        f"""
        self.heading("A timeline of {name}")
        events = {list(events)!r}
        line = Line([-6, 0, 0], [6, 0, 0], color={line}, stroke_width=5)
        self.say("From the past on the left to today on the right.")
        self.play(Create(line))
        for i, (year, what) in enumerate(events):
            dot = Dot([-4.6 + i * {9.2 / (len(events) - 1):.2f}, 0, 0], radius=0.14, color={dot})
            above, below = words(str(year), 28, {dot}).next_to(dot, UP), words(what, 24).next_to(dot, DOWN)
            self.play(FadeIn(dot), FadeIn(above), FadeIn(below))
        self.pause(1.0)
        """,
    )  # fmt: skip


def number_row(chance: random.Random) -> Sketch:
    """A row of numbers in which one is looked for, or two change places."""
    values = chance.sample(range(1, 40), chance.choice((5, 6, 7)))
    paint, found = colours(chance, 2)
    goal = chance.choice(values)
    at = values.index(goal)
    return Sketch(
        (f"linear search for {goal} in {', '.join(map(str, values))}", f"look for {goal} in the list {values}", f"search the array {values} from the left until {goal} is found"),
        f"""
        self.heading("Looking for {goal}")
        cells = VGroup(*[VGroup(Square(1.1, color={paint}), words(str(n), 32)) for n in {values}])
        fit(cells.arrange(RIGHT, buff=0.1), FULL)
        pointer = Triangle(color={found}, fill_opacity=1).scale(0.18).next_to(cells[0], DOWN)
        self.say("We look at one number after the other.")
        self.play(FadeIn(cells), FadeIn(pointer))
        for cell in cells[:{at + 1}]:
            self.play(pointer.animate.next_to(cell, DOWN), run_time=0.6)
        self.say("Found: {goal} stands at place {at + 1}.")
        self.play(cells[{at}][0].animate.set_fill({found}, opacity=0.5))
        self.pause(1.0)
        """,
    )  # fmt: skip


def swapping(chance: random.Random) -> Sketch:
    """Two neighbours change places."""
    values = chance.sample(range(1, 30), 5)
    i = chance.randrange(4)
    paint, word, _ = painted(chance)
    return Sketch(
        (f"swap {values[i]} and {values[i + 1]} in {values}", f"one step of bubble sort on {', '.join(map(str, values))}: swap {values[i]} and {values[i + 1]}", f"{word}boxes with {values}, two neighbours change places: {values[i]} and {values[i + 1]}"),
        f"""
        self.heading("Two numbers change places")
        cells = VGroup(*[VGroup(Square(1.2, color={paint}), words(str(n), 34)) for n in {values}])
        cells.arrange(RIGHT, buff=0.3).move_to(FULL)
        first, second = cells[{i}], cells[{i + 1}]
        self.say("These two neighbours are compared.")
        self.play(FadeIn(cells))
        self.play(Indicate(first), Indicate(second))
        self.say("They change places.")
        self.play(Swap(first, second), run_time={chance.choice((1.5, 2, 3))})
        self.pause(1.0)
        """,
    )  # fmt: skip


def tree(chance: random.Random) -> Sketch:
    """A tree with a root, children and leaves."""
    root, kids = chance.choice(
        (("animals", ("mammals", "birds", "fish")), ("energy", ("heat", "light", "motion")), ("matter", ("solid", "liquid", "gas")), ("numbers", ("whole", "fractions", "irrational")),
         ("government", ("parliament", "cabinet", "courts")), ("forces", ("gravity", "friction", "tension")), ("angles", ("acute", "right", "obtuse")), ("words", ("nouns", "verbs", "adjectives")))
    )  # fmt: skip
    top, leaf = colours(chance, 2)
    return Sketch(
        (f"a tree diagram of {root}: {', '.join(kids)}", f"sort {root} into {', '.join(kids)}", f"show the kinds of {root} as branches"),
        f"""
        self.heading("Kinds of {root}")
        root = words({quoted(root)}, 36, {top}).move_to([0, 2, 0])
        kids = VGroup(*[words(text, 30, {leaf}) for text in {list(kids)}])
        kids.arrange(RIGHT, buff=1.5).move_to([0, -1.2, 0])
        links = [Line(root.get_bottom() + 0.15 * DOWN, kid.get_top() + 0.15 * UP, color=EDGE) for kid in kids]
        self.say("There are {len(kids)} kinds of {root}.")
        self.play(FadeIn(root))
        for link, kid in zip(links, kids):
            self.play(Create(link), FadeIn(kid))
        self.pause(1.0)
        """,
    )  # fmt: skip


def atom(chance: random.Random) -> Sketch:
    """Shells of an atom with their electrons."""
    name, sign, shells = chance.choice(
        (
            ("helium", "He", [2]),
            ("lithium", "Li", [2, 1]),
            ("carbon", "C", [2, 4]),
            ("oxygen", "O", [2, 6]),
            ("neon", "Ne", [2, 8]),
            ("sodium", "Na", [2, 8, 1]),
            ("chlorine", "Cl", [2, 8, 7]),
            ("nitrogen", "N", [2, 5]),
            ("magnesium", "Mg", [2, 8, 2]),
        )
    )
    core, electron = colours(chance, 2)
    return Sketch(
        (f"an atom of {name} with its shells", f"Bohr model of {name}", f"the electrons of {name} ({sign}), shell by shell"),
        f"""
        self.heading("An atom of {name}")
        nucleus = VGroup(Circle(radius=0.45, color={core}, fill_opacity=0.4), words("{sign}", 26)).move_to(MAIN)
        note = fit(words("{sum(shells)} electrons", 32, {electron}), SIDE)
        self.say("The nucleus lies in the middle. Electrons fill the shells from the inside.")
        self.play(FadeIn(nucleus))
        for k, count in enumerate({shells}):
            shell = Circle(radius=1.0 + 0.7 * k, color=EDGE).move_to(nucleus)
            dots = VGroup(*[Dot(shell.point_at_angle(TAU * i / count), radius=0.1, color={electron}) for i in range(count)])
            self.play(Create(shell), FadeIn(dots), run_time=1.2)
        self.play(FadeIn(note))
        self.pause(1.0)
        """,
    )  # fmt: skip


def shape_change(chance: random.Random) -> Sketch:
    """A shape that becomes another one."""
    shapes = {
        "square": "Square(2.4",
        "circle": "Circle(1.4",
        "triangle": "Triangle(radius=1.6",
        "hexagon": "RegularPolygon(6, radius=1.5",
        "star": "Star(outer_radius=1.6",
        "rectangle": "Rectangle(width=3.4, height=1.6",
    }
    first, second = chance.sample(sorted(shapes), 2)
    one, two = colours(chance, 2)
    seconds = chance.choice((1, 2, 3))
    return Sketch(
        (f"a {first} turns into a {second}", f"morph a {first} into a {second} in {seconds} seconds", f"transform a {first} to a {second}"),
        f"""
        self.heading("From {first} to {second}")
        first = {shapes[first]}, color={one}, fill_opacity=0.5).move_to(MAIN)
        second = {shapes[second]}, color={two}, fill_opacity=0.5).move_to(MAIN)
        name = fit(words("{first}", 36, {one}), SIDE)
        self.say("We begin with a {first}.")
        self.play(Create(first), FadeIn(name))
        self.say("It becomes a {second}.")
        self.play(Transform(first, second), Transform(name, fit(words("{second}", 36, {two}), SIDE)), run_time={seconds})
        self.pause(1.0)
        """,
    )  # fmt: skip


def turned_figure(chance: random.Random) -> Sketch:
    """A figure moved, turned, mirrored or enlarged."""
    degrees = chance.choice((45, 60, 90, 120, 180))
    factor = chance.choice((1.5, 2, 0.5))
    what, code = chance.choice(
        (
            (f"turned by {degrees} degrees", f"shape.animate.rotate({degrees} * DEGREES)"),
            (f"enlarged by the factor {factor:g}", f"shape.animate.scale({factor})"),
            ("mirrored left to right", "shape.animate.flip(UP)"),
            ("moved 3 to the right", "shape.animate.shift(3 * RIGHT)"),
        )
    )
    thing, made = chance.choice(
        (
            ("triangle", "Polygon([-1, -1, 0], [1, -1, 0], [-1, 1, 0]"),
            ("letter L", "Polygon([-1, -1, 0], [1, -1, 0], [1, -0.4, 0], [-0.4, -0.4, 0], [-0.4, 1, 0], [-1, 1, 0]"),
            (
                "arrow shape",
                "Polygon([-1, -0.3, 0], [0.3, -0.3, 0], [0.3, -0.8, 0], [1.2, 0, 0], [0.3, 0.8, 0], [0.3, 0.3, 0], [-1, 0.3, 0]",
            ),
        )
    )
    paint, word, _ = painted(chance)
    return Sketch(
        (f"a {word}{thing} {what}", f"transformations: a {thing} is {what}", f"show a {thing} being {what}"),
        f"""
        self.heading("A {thing}, {what}")
        shape = {made}, color={paint}, fill_opacity=0.6).shift(3 * LEFT)
        shadow = shape.copy().set_fill(opacity=0).set_stroke(EDGE, width=3)
        self.say("The outline stays where the figure was.")
        self.play(FadeIn(shape), FadeIn(shadow))
        self.play({code}, run_time={chance.choice((2, 3))})
        self.say("Compare the figure with its outline.")
        self.pause(1.0)
        """,
    )  # fmt: skip


def matrix_map(chance: random.Random) -> Sketch:
    """A matrix that moves the plane."""
    name, matrix = chance.choice(
        (
            ("a shear", [[1, 1], [0, 1]]),
            ("a stretch by 2", [[2, 0], [0, 1]]),
            ("a quarter turn", [[0, -1], [1, 0]]),
            ("a reflection", [[1, 0], [0, -1]]),
            ("a scaling by one half", [[0.5, 0], [0, 0.5]]),
            ("a swap of the axes", [[0, 1], [1, 0]]),
        )
    )
    one, two = colours(chance, 2)
    seconds = chance.choice((2, 3, 4))
    return Sketch(
        (f"the matrix {matrix} acts on the plane", f"{name} of the plane by a matrix", f"show {name} with the matrix {matrix}"),
        f"""
        self.heading("{name[0].upper()}{name[1:]} of the plane")
        plane = NumberPlane(x_range=[-2, 2], y_range=[-2, 2], x_length=4, y_length=4, background_line_style={{"stroke_color": EDGE}}).move_to([-2.2, -0.1, 0])
        origin = plane.c2p(0, 0)
        square = Polygon(*[plane.c2p(x, y) for x, y in [(0, 0), (1, 0), (1, 1), (0, 1)]], color={one}, fill_opacity=0.5)
        note = fit(Matrix({matrix}), SIDE)
        self.say("The matrix moves every point of the plane.")
        self.play(Create(plane), FadeIn(note))
        self.play(FadeIn(square))
        self.play(square.animate.apply_matrix({matrix}, about_point=origin).set_color({two}), run_time={seconds})
        self.pause(1.0)
        """,
    )  # fmt: skip


FAMILIES: tuple[Family, ...] = (
    definition, cycle, chain, timeline, number_row, swapping, tree, atom, shape_change, turned_figure, matrix_map,
)  # fmt: skip

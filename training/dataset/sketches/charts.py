"""Numbers as pictures: bars, shares, histograms, number lines, grids of dots, tables."""

from __future__ import annotations

import random

from training.dataset.sketches.sketch import Family, Sketch, colours, painted, quoted

TOPICS = (
    ("Favourite fruit", ("apples", "pears", "plums", "grapes"), "votes"), ("Books read", ("Ana", "Ben", "Cleo", "Dan"), "books"),
    ("Rainy days", ("Jan", "Apr", "Jul", "Oct"), "days"), ("How pupils travel", ("bus", "bike", "walk", "car"), "pupils"),
    ("Energy sources", ("wind", "solar", "coal", "gas"), "percent"), ("Pets", ("dogs", "cats", "fish", "birds"), "pets"),
    ("Sports", ("tennis", "rugby", "judo", "swim"), "pupils"), ("Medals", ("gold", "silver", "bronze"), "medals"),
    ("Test marks", ("A", "B", "C", "D"), "pupils"), ("Ice cream sold", ("Mon", "Tue", "Wed", "Thu", "Fri"), "cones"),
    ("Plant heights", ("bean", "pea", "cress"), "cm"), ("Exports", ("cars", "grain", "steel"), "tonnes"),
)  # fmt: skip


def bars(chance: random.Random) -> Sketch:
    """A bar chart that grows."""
    title, names, unit = chance.choice(TOPICS)
    values = [chance.randint(2, 20) for _ in names]
    paint, word, _ = painted(chance)
    told = ", ".join(f"{name} {value}" for name, value in zip(names, values, strict=True))
    top = max(values)
    return Sketch(
        (f"a {word}bar chart: {told}", f"bars for {told}", f"{title.lower()} as a bar chart: {told}", f"bar graph of {title.lower()} ({told}), bars grow from zero"),
        f"""
        self.heading("{title}")
        data = {dict(zip(names, values, strict=True))!r}
        bars = VGroup(*[Rectangle(width=0.9, height={4.0 / top:.3f} * value, color={paint}, fill_opacity=0.8) for value in data.values()])
        bars.arrange(RIGHT, buff=0.5, aligned_edge=DOWN).move_to(zone(-6, 2, -2.2, 2.4), aligned_edge=DOWN)
        names = VGroup(*[words(name, 24).next_to(bar, DOWN, buff=0.15) for name, bar in zip(data, bars)])
        values = VGroup(*[words(str(value), 24, {paint}).next_to(bar, UP, buff=0.1) for value, bar in zip(data.values(), bars)])
        self.say("The taller the bar, the larger the number.")
        self.play(FadeIn(names))
        self.play(LaggedStart(*[GrowFromEdge(bar, DOWN) for bar in bars], lag_ratio=0.3), run_time={chance.choice((2, 3, 4))})
        self.play(FadeIn(values), FadeIn(fit(words({quoted(unit)}, 28, CHALK2), SIDE)))
        self.pause(1.0)
        """,
    )  # fmt: skip


def shares(chance: random.Random) -> Sketch:
    """Shares of a circle."""
    title, names, _ = chance.choice([each for each in TOPICS if len(each[1]) <= 4])
    values = [chance.randint(1, 9) * 5 for _ in names]
    paints = colours(chance, len(names))
    told = ", ".join(f"{name} {value}" for name, value in zip(names, values, strict=True))
    entries = ", ".join(f"({quoted(f'{n} {v}')}, {p}, {v})" for n, v, p in zip(names, values, paints, strict=True))
    return Sketch(
        (f"a pie chart: {told}", f"{title.lower()} as a pie chart: {told}", f"circle diagram of {told}"),
        f"""
        self.heading("{title}")
        shares = [{entries}]
        whole, angle, slices = sum([value for name, color, value in shares]), PI / 2, VGroup()
        for name, color, value in shares:
            slices.add(Sector(radius=2.3, start_angle=angle, angle=-TAU * value / whole, color=color, fill_opacity=0.9))
            angle -= TAU * value / whole
        slices.move_to(MAIN)
        names = fit(legend([(name, color) for name, color, value in shares], 28), SIDE)
        self.say("Each slice is a share of the whole.")
        self.play(LaggedStart(*[FadeIn(piece) for piece in slices], lag_ratio=0.4), run_time=3)
        self.play(FadeIn(names))
        self.pause(1.0)
        """,
    )  # fmt: skip


def histogram(chance: random.Random) -> Sketch:
    """How often values fall into classes."""
    what, unit, start, step = chance.choice(
        (
            ("Heights", "cm", 140, 10),
            ("Waiting times", "min", 0, 5),
            ("Masses", "g", 100, 20),
            ("Ages", "years", 10, 10),
            ("Marks", "points", 0, 20),
        )
    )
    counts = [chance.randint(1, 12) for _ in range(5)]
    paint, word, _ = painted(chance)
    return Sketch(
        (f"a {word}histogram of {what.lower()} with counts {', '.join(map(str, counts))}", f"{what.lower()} from {start} {unit} in classes of {step}: {', '.join(map(str, counts))}"),
        f"""
        self.heading("{what}")
        counts = {counts}
        axes = graph(({start}, {start + 5 * step}), (0, {max(counts) + 1}), MAIN, "{unit}", "how many", whole=True)
        bars = VGroup()
        for i, count in enumerate(counts):
            left, right = {start} + {step} * i, {start} + {step} * (i + 1)
            corners = [axes.c2p(left, 0), axes.c2p(right, 0), axes.c2p(right, count), axes.c2p(left, count)]
            bars.add(Polygon(*corners, color={paint}, fill_opacity=0.6))
        self.say("Each bar counts how many values fall into its class.")
        self.play(FadeIn(axes))
        self.play(LaggedStart(*[FadeIn(bar, shift=0.3 * UP) for bar in bars], lag_ratio=0.3), run_time=3)
        self.play(FadeIn(fit(words("{sum(counts)} values", 32, {paint}), SIDE)))
        self.pause(1.0)
        """,
    )  # fmt: skip


def hops(chance: random.Random) -> Sketch:
    """Hops on a number line."""
    start, hop = chance.randint(-4, 6), chance.choice((2, 3, 4, 5, -2, -3, -4, -5))
    end = start + hop
    low, high = min(start, end, 0) - 1, max(start, end, 0) + 1
    sign = "+" if hop > 0 else "-"
    one, two = colours(chance, 2)
    return Sketch(
        (f"{start} {sign} {abs(hop)} on a number line", f"show {start} {sign} {abs(hop)} as hops on the number line",
         f"hop from {start} {'forwards' if hop > 0 else 'backwards'} by {abs(hop)} on a number line"),
        f"""
        self.heading("{start} {sign} {abs(hop)} on the number line")
        line = NumberLine(x_range=[{low}, {high}, 1], length=11, include_numbers=False, color=CHALK2).move_to([0, -0.8, 0])
        labels = VGroup(*[words(str(n), 24).next_to(line.n2p(n), DOWN, buff=0.25) for n in range({low}, {high + 1})])
        dot = Dot(line.n2p({start}), radius=0.14, color={one})
        self.say("We start at {start} and hop one step at a time.")
        self.play(Create(line), FadeIn(labels), FadeIn(dot))
        for n in range({start}, {end}, {1 if hop > 0 else -1}):
            arc = ArcBetweenPoints(line.n2p(n), line.n2p(n + {1 if hop > 0 else -1}), angle={'-' if hop > 0 else ''}PI / 2, color={two})
            self.play(Create(arc), MoveAlongPath(dot, arc), run_time=0.8)
        self.say("We land on {end}.")
        self.play(FadeIn(words("{start} {sign} {abs(hop)} = {end}", 44, {one}).move_to([0, 1.8, 0])))
        self.pause(1.0)
        """,
    )  # fmt: skip


def dot_grid(chance: random.Random) -> Sketch:
    """Rows and columns of dots: a product."""
    a, b = chance.randint(2, 7), chance.randint(2, 9)
    paint, word, _ = painted(chance)
    thing = chance.choice(("dots", "stars", "eggs", "seats"))
    return Sketch(
        (f"{a} times {b} as {a} rows of {b} {word}{thing}", f"show why {a} x {b} = {a * b} with {thing}", f"{a} rows of {b} {thing}, row by row"),
        f"""
        self.heading("{a} rows of {b}")
        rows = VGroup(*[VGroup(*[Dot(radius=0.16, color={paint}) for i in range({b})]).arrange(RIGHT, buff=0.35) for j in range({a})])
        fit(rows.arrange(DOWN, buff=0.35), MAIN)
        self.say("Each row has {b} {thing}.")
        for row in rows:
            self.play(FadeIn(row, shift=0.3 * RIGHT), run_time=0.6)
        self.say("{a} rows make {a * b} in all.")
        self.play(FadeIn(fit(words("{a} × {b} = {a * b}", 44, {paint}), SIDE)))
        self.pause(1.0)
        """,
    )  # fmt: skip


def value_table(chance: random.Random) -> Sketch:
    """A table of values, one row after the other."""
    said, rule, name = chance.choice(
        (("n squared", "n * n", "n²"), ("2n + 1", "2 * n + 1", "2n + 1"), ("3n", "3 * n", "3n"), ("powers of 2", "2**n", "2ⁿ"), ("n cubed", "n**3", "n³"),
         ("10 - n", "10 - n", "10 − n"), ("triangular numbers", "n * (n + 1) // 2", "T"), ("5n - 2", "5 * n - 2", "5n − 2"))
    )  # fmt: skip
    count = chance.choice((4, 5, 6))
    paint = colours(chance, 1)[0]
    return Sketch(
        (f"a table of {said} for n from 1 to {count}", f"list {said} in a table, {count} rows", f"table of values: n and {said}"),
        f"""
        self.heading("A table of values: {said}")
        rows = [[str(n), str({rule})] for n in range(1, {count + 1})]
        drawn = fit(table(["n", "{name}"], rows, [CHALK, {paint}], size=34, row_height=0.7, gap=1.5), MAIN)
        note = fit(words("{name}", 40, {paint}), SIDE)
        self.say("For each n we work out one value.")
        self.play(FadeIn(drawn[0]), FadeIn(drawn[1]), FadeIn(note))
        for row in drawn[2:]:
            self.play(FadeIn(row, shift=0.2 * DOWN), run_time=0.7)
        self.pause(1.0)
        """,
    )  # fmt: skip


def coin_tosses(chance: random.Random) -> Sketch:
    """A relative frequency that settles."""
    count, seed = chance.choice((50, 100, 200, 400)), chance.randrange(1000)
    what, p = chance.choice(
        (("heads", 0.5), ("sixes", 1 / 6), ("even numbers on a die", 0.5), ("red cards", 0.5), ("rainy days", 0.3))
    )
    line, level = colours(chance, 2)
    return Sketch(
        (f"the share of {what} in {count} tries", f"law of large numbers: {what}, {count} tries", f"how the relative frequency of {what} settles down after {count} tries"),
        f"""
        self.heading("The share of {what}")
        hits = np.random.default_rng({seed}).random({count}) < {p:.4g}
        share = np.cumsum(hits) / np.arange(1, {count} + 1)
        axes = graph((0, {count}), (0, 1), MAIN, "tries", "share")
        path = polyline(axes, range(1, {count} + 1), share, {line})
        goal = DashedLine(axes.c2p(0, {p:.4g}), axes.c2p({count}, {p:.4g}), color={level})
        self.say("At first the share jumps. Later it settles.")
        self.play(FadeIn(axes), FadeIn(fit(words("expected: {p:.3g}", 30, {level}), SIDE)))
        self.play(Create(path), run_time={chance.choice((4, 5))}, rate_func=linear)
        self.play(Create(goal))
        self.pause(1.0)
        """,
    )  # fmt: skip


FAMILIES: tuple[Family, ...] = (bars, shares, histogram, hops, dot_grid, value_table, coin_tosses)

from manim import *
from theorama_kit import *

genes = knob("one gene", label="Genes followed", choices=("one gene", "two genes"))
first_parent = knob("mixed", label="First parent", choices=("pure dominant", "mixed", "pure recessive"))
second_parent = knob("mixed", label="Second parent", choices=("pure dominant", "mixed", "pure recessive"))
dominance = knob(
    "complete",
    label="Dominance (one gene)",
    choices=("complete", "incomplete"),
    help="Incomplete: the mixed form lies between, as the pink snapdragon.",
)
offspring = knob(120, label="Offspring drawn by chance", minimum=20, maximum=240)
luck = knob(4, label="Roll of chance", minimum=1, maximum=50, help="Another number gives another family.")

FIRST_COLOR = SKY
SECOND_COLOR = MINT
CHANCE_COLOR = YELLOW

TWO = genes == "two genes"
INCOMPLETE = dominance == "incomplete" and not TWO
PINK = interpolate_color(CORAL, CHALK, 0.5)
ALLELES = {"pure dominant": (0, 0), "mixed": (0, 1), "pure recessive": (1, 1)}  # 0 is the dominant allele
LETTERS = ("Aa", "Bb") if TWO else ("Aa",)

# What each form looks like: name and colour.
LOOKS = {
    "purple": LILAC,
    "red": CORAL,
    "pink": PINK,
    "white": CHALK,
    "round yellow": YELLOW,
    "round green": LEAF,
    "wrinkled yellow": YELLOW,
    "wrinkled green": LEAF,
}


def genotype(parent):
    """A parent's alleles as text, as "Aa" or "AaBb"."""
    return "".join(["".join([letters[allele] for allele in ALLELES[parent]]) for letters in LETTERS])


def gametes(parent):
    """All equally likely choices of one allele of each gene."""
    found = [""]
    for letters in LETTERS:
        found = [done + letters[allele] for done in found for allele in ALLELES[parent]]
    return found


def child_of(first, second):
    """The genotype of two gametes, the dominant allele of each gene first."""
    return "".join(["".join(sorted([a, b])) for a, b in zip(first, second, strict=True)])


def phenotype(text):
    """What a genotype looks like."""
    dominant = [sum([char.isupper() for char in text[2 * i : 2 * i + 2]]) for i in range(len(LETTERS))]
    if TWO:
        return ("round" if dominant[0] else "wrinkled") + (" yellow" if dominant[1] else " green")
    if INCOMPLETE:
        return ("white", "pink", "red")[dominant[0]]
    return "purple" if dominant[0] else "white"


ROWS, COLUMNS = gametes(first_parent), gametes(second_parent)
SQUARE = [[child_of(first, second) for second in COLUMNS] for first in ROWS]
CHILDREN = [child for row in SQUARE for child in row]


def tally(items, order):
    """How often each item occurs, in a given order, without those that never do."""
    return [(item, items.count(item)) for item in order if items.count(item)]


PHENOTYPES = tally([phenotype(child) for child in CHILDREN], list(LOOKS))
GENOTYPES = tally(CHILDREN, sorted(set(CHILDREN)))


def ratio(counted):
    """Counts in their smallest whole numbers: "3 : 1"."""
    counts = [count for _item, count in counted]
    return " : ".join([str(count // math.gcd(*counts)) for count in counts])


def family(size):
    """The looks of so many offspring: for each, one box of the square by chance."""
    dice = np.random.default_rng(luck)
    return [phenotype(CHILDREN[i]) for i in dice.integers(len(CHILDREN), size=size)]


FAMILY = family(offspring)


def found_among(first, name):
    """How many of the first so many offspring have a look."""
    return FAMILY[: int(first)].count(name)


def share(name):
    """The part of the boxes that has a look."""
    return dict(PHENOTYPES)[name] / len(CHILDREN)


# --- drawing ----------------------------------------------------------------------------------------
def icon(name, radius=0.4):
    """A flower with five petals, or a pea that is round or wrinkled, as one shape."""
    angle = np.linspace(0, math.tau, 61)
    if not TWO:
        reach = 0.72 + 0.28 * np.cos(5 * (angle - PI / 2))
    elif name.startswith("wrinkled"):
        reach = 0.86 + 0.1 * np.cos(7 * angle) + 0.06 * np.cos(4 * angle + 1)
    else:
        reach = np.ones(61)
    points = radius * np.stack([reach * np.cos(angle), reach * np.sin(angle), 0 * angle], axis=1)
    shape = VMobject(fill_color=LOOKS[name], fill_opacity=1, stroke_color=STAGE, stroke_width=1.5)
    if TWO:
        shape.set_points_as_corners(points)
    else:
        shape.set_points_smoothly(points)
    if not TWO and radius > 0.25:
        return VGroup(shape, Dot(radius=0.22 * radius, color=YELLOW))
    return VGroup(shape)


def letters_of(text, color, size):
    """Letters as single marks on one baseline."""
    row, x = VGroup(), 0.0
    for index, char in enumerate(text):
        letter = on_baseline(char, size, color, SEMIBOLD)
        x += 0.003 * size if index == 2 and len(text) == 4 else 0.0  # a gap between two genes
        letter.shift((x - letter.get_left()[0]) * RIGHT)
        x = letter.get_right()[0] + 0.0016 * size
        row.add(letter)
    return row


def gamete(text, color, place, size=34):
    ring = Circle(radius=0.46, stroke_color=color, stroke_width=3, fill_color=color, fill_opacity=0.12)
    return VGroup(ring, letters_of(text, color, size).move_to(ORIGIN)).move_to(place)


def key():
    """Which allele shows."""
    rows = [("A", "round"), ("a", "wrinkled"), ("B", "yellow"), ("b", "green")] if TWO else []
    if INCOMPLETE:
        rows = [("AA", "red"), ("Aa", "pink, in between"), ("aa", "white")]
    elif not TWO:
        rows = [("A", "purple, dominant"), ("a", "white, recessive")]
    cells, x = VGroup(), 0.0
    for text, meaning in rows:
        letter, note = on_baseline(text, 32, CHALK, SEMIBOLD), on_baseline(meaning, 28, CHALK2)
        letter.shift(x * RIGHT)
        note.shift((letter.get_right()[0] + 0.2) * RIGHT)
        x = note.get_right()[0] + 0.9
        cells.add(letter, note)
    return cells


def dominance_line():
    if TWO:
        return "A and B are dominant: one copy is enough to make a pea round, or yellow."
    if INCOMPLETE:
        return "Here neither allele hides the other: A and a together give pink."
    return "A is dominant: one copy is enough for purple. Only aa gives white."


class OneCopyEach(Stage):
    def construct(self):
        self.heading("Every parent gives one copy of each gene")
        self.say("Each plant carries every gene twice: one copy from each of its own parents.")
        plants, letters, spots = [], [], []
        sides = ((first_parent, FIRST_COLOR, -3.4, "first parent"), (second_parent, SECOND_COLOR, 3.4, "second parent"))
        for parent, color, x, name in sides:
            picture = icon(phenotype(genotype(parent)), 0.55).move_to([x - 1.3, 1.45, 0])
            text = letters_of(genotype(parent), color, 72).move_to([x + 0.75, 1.45, 0])
            title = words(name, 26, color).move_to([x, 2.45, 0])
            plants.append(VGroup(title, picture))
            letters.append(text)
            made = gametes(parent)
            step = 1.5 if len(made) == 4 else 1.9
            spots.append([np.array([x + step * (i - (len(made) - 1) / 2), -0.65, 0]) for i in range(len(made))])
        self.play(*[FadeIn(plant) for plant in plants], *[FadeIn(text) for text in letters], run_time=1.0)
        self.play(*[Indicate(text, color=CHALK) for text in letters], run_time=1.0)
        self.say(
            "An egg or pollen cell takes one copy of each gene, by chance: four kinds, all as likely."
            if TWO
            else "An egg or pollen cell takes only one of the two, and which one is pure chance."
        )
        cells = []
        for (parent, color, _x, _name), text, places in zip(sides, letters, spots, strict=True):
            for number_of, (made, place) in enumerate(zip(gametes(parent), places, strict=True)):
                goal = gamete(made, color, place)
                copies = []
                for gene in range(len(LETTERS)):
                    bit = (number_of >> (len(LETTERS) - 1 - gene)) & 1
                    copies.append(text[2 * gene + bit].copy())
                cells.append((goal, copies))
        self.play(
            LaggedStart(
                *[
                    AnimationGroup(
                        FadeIn(goal[0]),
                        *[one.animate.match_height(end).move_to(end) for one, end in zip(copies, goal[1], strict=True)],
                    )
                    for goal, copies in cells
                ],
                lag_ratio=0.35,
            ),
            run_time=3.2 if TWO else 2.4,
        )
        chances = VGroup(
            *[
                words(("1/4" if TWO else "1/2") + " each", 26, CHANCE_COLOR).move_to([x, -1.5, 0])
                for _p, _c, x, _n in sides
            ]
        )
        self.play(FadeIn(chances, shift=0.2 * UP), run_time=0.6)
        self.say(dominance_line())
        rule = fit(key(), zone(-6.4, 6.4, -2.75, -2.1))
        self.play(FadeIn(rule, shift=0.2 * UP), run_time=0.8)
        self.pause(1.0)


CELL = 1.12 if TWO else 1.9
CORNER = np.array([-2.2 - CELL * len(COLUMNS) / 2 + 0.5, 1.78, 0])  # upper left corner of the square


def cell_place(row, column):
    return CORNER + CELL * np.array([column + 0.5, -row - 0.5, 0])


def frame_of(row, column):
    return Square(CELL, stroke_color=EDGE, stroke_width=2).move_to(cell_place(row, column))


def inside_cell(row, column):
    """The letters of a child, each in the colour of the parent it is from, and its looks."""
    place, size = cell_place(row, column), 26 if TWO else 46
    letters = letters_of(SQUARE[row][column], CHALK, size).move_to(place + 0.24 * CELL * UP)
    for gene in range(len(LETTERS)):
        swapped = ROWS[row][gene] > COLUMNS[column][gene]  # a small letter of the first parent stands second
        pair = letters[2 * gene : 2 * gene + 2]
        pair[0].set_color(SECOND_COLOR if swapped else FIRST_COLOR)
        pair[1].set_color(FIRST_COLOR if swapped else SECOND_COLOR)
    looks = icon(phenotype(SQUARE[row][column]), 0.2 * CELL).move_to(place + 0.21 * CELL * DOWN)
    return letters, looks


def headers():
    side = VGroup()
    for row, text in enumerate(ROWS):
        side.add(gamete(text, FIRST_COLOR, cell_place(row, 0) + (CELL / 2 + 0.55) * LEFT))
    top = VGroup()
    for column, text in enumerate(COLUMNS):
        top.add(gamete(text, SECOND_COLOR, cell_place(0, column) + (CELL / 2 + 0.52) * UP))
    return side, top


class FillTheSquare(Stage):
    def construct(self):
        side, top = headers()
        count = len(ROWS)
        frames = VGroup(*[frame_of(row, column) for row in range(count) for column in range(count)])
        self.heading("The Punnett square: all pairs of cells")
        self.say("Write the cells of one parent beside the rows, those of the other above the columns.")
        names = VGroup(words("first parent", 24, FIRST_COLOR), words("second parent", 24, SECOND_COLOR))
        cross = words(genotype(first_parent) + " × " + genotype(second_parent), 40, CHALK)
        title = stack(cross, *names, area=zone(2.8, 6.6, 1.2, 2.7), buff=0.2)
        self.play(
            LaggedStart(*[FadeIn(one, shift=0.2 * RIGHT) for one in side], lag_ratio=0.2), FadeIn(title), run_time=1.0
        )
        self.play(LaggedStart(*[FadeIn(one, shift=0.2 * DOWN) for one in top], lag_ratio=0.2), run_time=1.0)
        self.play(Create(frames, lag_ratio=0.02), run_time=0.8)
        self.say("Each box is one way they can meet. It takes the letters of its row and of its column.")
        drawn = {}
        batches = [[(row, column) for column in range(count)] for row in range(count)]
        batches = batches if TWO else [[place] for batch in batches for place in batch]
        for batch in batches:
            flights, arrivals = [], []
            for row, column in batch:
                letters, looks = inside_cell(row, column)
                drawn[row, column] = (letters, looks)
                for gene in range(len(LETTERS)):
                    swapped = ROWS[row][gene] > COLUMNS[column][gene]
                    ends = letters[2 * gene : 2 * gene + 2]
                    from_side, from_top = (ends[1], ends[0]) if swapped else (ends[0], ends[1])
                    flights += [
                        TransformFromCopy(side[row][1][gene], from_side),
                        TransformFromCopy(top[column][1][gene], from_top),
                    ]
                arrivals.append(GrowFromCenter(looks))
            self.play(*flights, run_time=0.9)
            self.play(*arrivals, run_time=0.35)
        self.say("All boxes are equally likely. So count them, and you have the chances.")
        rows, shades = VGroup(), {}
        for name, boxes in PHENOTYPES:
            text = words(name + ": " + str(boxes) + " of " + str(len(CHILDREN)), 28, CHALK)
            rows.add(VGroup(icon(name, 0.22), text).arrange(RIGHT, buff=0.25))
            shades[name] = VGroup(
                *[
                    frame_of(row, column).scale(0.94).set_stroke(LOOKS[name], 4).set_fill(LOOKS[name], 0.12)
                    for row in range(count)
                    for column in range(count)
                    if phenotype(SQUARE[row][column]) == name
                ]
            )
        stack(*rows, area=zone(2.8, 6.6, -0.85, 1.0), buff=0.22)
        for row, (name, _boxes) in zip(rows, PHENOTYPES, strict=True):
            self.play(LaggedStart(*[FadeIn(one) for one in shades[name]], lag_ratio=0.1), FadeIn(row), run_time=0.9)
            if len(PHENOTYPES) > 1:
                self.play(shades[name].animate.set_fill(opacity=0).set_stroke(width=2.5), run_time=0.3)
        self.say(result_line())
        result = VGroup(words("what you see", 22, CHALK2), words(ratio(PHENOTYPES), 42, CHANCE_COLOR))
        inner = VGroup(
            words("genotypes" if TWO else " : ".join([text for text, _n in GENOTYPES]), 22, CHALK2),
            words(str(len(GENOTYPES)) + " kinds" if TWO else ratio(GENOTYPES), 32, CHALK),
        )
        if len(PHENOTYPES) == 1:
            result[1].become(words("all " + PHENOTYPES[0][0], 36, CHANCE_COLOR))
        stack(*result, *inner, area=zone(2.8, 6.6, -2.8, -1.05), buff=0.13)
        self.play(FadeIn(result, shift=0.2 * UP), run_time=0.7)
        self.play(FadeIn(inner, shift=0.2 * UP), run_time=0.7)
        self.pause(1.2)


def result_line():
    """What the square says."""
    names = " to ".join([name for name, _count in PHENOTYPES])
    if len(PHENOTYPES) == 1:
        return f"Every child is {names}: no other form can appear."
    hidden = "white" if not TWO else ""
    if genotype(first_parent) == genotype(second_parent) == "Aa" and not INCOMPLETE:
        return f"Two purple parents, and yet one child in four is {hidden}: it was hidden in both."
    if TWO:
        return (
            f"The boxes give the famous {ratio(PHENOTYPES)}."
            if len(PHENOTYPES) == 4
            else f"So {names} is {ratio(PHENOTYPES)}."
        )
    return f"So {names} is expected as {ratio(PHENOTYPES)}."


FEW = 8


class ChanceDecides(Stage):
    def construct(self):
        born = ValueTracker(0.0)
        field = zone(-6.5, -0.7, -2.75, 2.5)
        across = math.ceil(math.sqrt(offspring * field.width / field.height))
        step = min(field.width / across, field.height / math.ceil(offspring / across), 0.75)
        icons = VGroup()
        for index, name in enumerate(FAMILY):
            spot = field.get_corner(UL) + step * np.array([index % across + 0.5, -(index // across) - 0.5, 0])
            icons.add(icon(name, min(0.42 * step, 0.24)).move_to(spot))
        self.heading("A family is a game of chance")
        self.say(f"The square gives chances, not orders. Let {offspring} seeds be drawn, one box each.")
        axes, bars, live, marks, names = share_bars(born)
        self.play(FadeIn(axes), FadeIn(names), run_time=0.8)
        self.play(LaggedStart(*[Create(mark) for mark in marks], lag_ratio=0.2), run_time=0.8)
        shown = VGroup()
        shown.add_updater(lambda group: group.add(*icons[len(group) : int(born.get_value() + 1e-6)]))
        self.add(shown, bars, live)
        few = min(FEW, offspring)
        self.play(born.animate.set_value(few), run_time=2.5, rate_func=linear)
        self.say(few_line(few))
        self.pause(0.3)
        self.say("A small family may be far off. With more and more children the shares settle down.")
        self.play(born.animate.set_value(offspring), run_time=clamp(offspring / 25, 4, 8), rate_func=linear)
        shown.clear_updaters()
        bars.clear_updaters()
        self.say(end_line())
        self.pause(1.2)


def share_bars(born):
    """Bars of the shares so far with the expected shares as marks: (axes, bars, counts, marks, names)."""
    top = 100 if max([count for _name, count in PHENOTYPES]) / len(CHILDREN) > 0.7 else 80
    axes = graph((0, len(PHENOTYPES)), (0, top), zone(-0.3, 6.6, -1.75, 2.75), "", "share of the children in %")
    axes[-1].remove(*[part for part in axes[-1] if part.get_top()[1] < axes.c2p(0, 0)[1] - 0.05])
    marks, names, live = VGroup(), VGroup(), VGroup()
    width = axes.c2p(1, 0)[0] - axes.c2p(0, 0)[0]
    for index, (name, _count) in enumerate(PHENOTYPES):
        level = 100 * share(name)
        marks.add(
            DashedLine(axes.c2p(index + 0.08, level), axes.c2p(index + 0.92, level), color=CHANCE_COLOR, stroke_width=5)
        )
        spot = axes.c2p(index + 0.5, 0)
        label = VGroup(*[words(part, 22, CHALK2) for part in name.split()]).arrange(DOWN, buff=0.08)
        names.add(fit_width(label, 0.95 * width).next_to(spot, DOWN, buff=0.15))
        counted = number(0, 0, 30, CHALK, slots=4)
        foot = spot + 0.95 * DOWN + 0.2 * LEFT
        counted.shift(foot - counted.submobjects[0].get_start())
        counted.add_updater(
            lambda one, name=name: write_number(one, number_text(found_among(born.get_value() + 1e-6, name), 0))
        )
        live.add(counted)
    names.add(fit(legend([("expected from the square", CHANCE_COLOR)], 22), zone(0.2, 6.6, -2.85, -2.5)))

    def columns():
        group = VGroup()
        total = max(int(born.get_value() + 1e-6), 1)
        for index, (name, _count) in enumerate(PHENOTYPES):
            height = 100 * found_among(total, name) / total if born.get_value() > 0.5 else 0
            height = min(height, top)
            low, high = axes.c2p(index + 0.2, 0), axes.c2p(index + 0.8, max(height, 0.3))
            bar = Rectangle(width=high[0] - low[0], height=high[1] - low[1], stroke_width=0)
            group.add(bar.set_fill(LOOKS[name], 0.85).move_to((low + high) / 2))
        return group.add(marks.copy())

    return axes, always_redraw(columns), live, marks, names


def few_line(few):
    """What the first few children are, against what was expected."""
    if len(PHENOTYPES) == 1:
        return f"The first {few} are all {PHENOTYPES[0][0]}. There is nothing to choose from."
    found = " : ".join([str(found_among(few, name)) for name, _count in PHENOTYPES])
    wanted = " : ".join([number_text(few * share(name)) for name, _count in PHENOTYPES])
    return f"The first {few} came out as {found}, where {wanted} was expected. That is chance."


def end_line():
    if len(PHENOTYPES) == 1:
        return "A pure cross leaves nothing to chance in how the children look."
    found = " : ".join([str(found_among(offspring, name)) for name, _count in PHENOTYPES])
    return f"After {offspring} it is {found}, nearer to {ratio(PHENOTYPES)}. Chance never promises it exactly."

from manim import *
from theorama_kit import *

reaction = knob(
    "hydrogen burns to water",
    label="Reaction",
    choices=(
        "hydrogen burns to water",
        "ammonia is made",
        "methane burns",
        "propane burns",
        "ethanol burns",
        "magnesium burns",
        "iron rusts",
        "sodium and chlorine",
        "hydrogen peroxide breaks up",
        "photosynthesis",
        "blast furnace",
        "zinc in hydrochloric acid",
        "sodium in water",
    ),
)
mistake = knob(True, label="Warn of the usual mistake", help="Shows what a changed small number would mean.")
amount = knob(2.0, label="Amount of the first substance", unit="mol", minimum=0.5, maximum=12.0, step=0.5)

COUNT_COLOR = YELLOW
BALANCED_COLOR = MINT
WRONG_COLOR = CORAL
METAL_COLOR = LILAC
ATOM_COLORS = {"H": CHALK, "O": CORAL, "C": EDGE, "N": SKY, "Cl": LEAF}  # all others are metals
MASSES = {"H": 1, "C": 12, "N": 14, "O": 16, "Na": 23, "Mg": 24, "Cl": 35.5, "Fe": 56, "Zn": 65}  # rounded, in g/mol
SMALL = {"H": 0.72}  # drawn radius, as a part of the others'
SUBSCRIPTS = dict(zip("0123456789", "₀₁₂₃₄₅₆₇₈₉", strict=True))

# What goes in, what comes out, what a pupil may wrongly write, and what that would be.
REACTIONS = {
    "hydrogen burns to water": (["H2", "O2"], ["H2O"], "H2O2", "hydrogen peroxide, a bleach"),
    "ammonia is made": (["N2", "H2"], ["NH3"], "N2H2", "another substance, not ammonia"),
    "methane burns": (["CH4", "O2"], ["CO2", "H2O"], "H4O", "no substance at all"),
    "propane burns": (["C3H8", "O2"], ["CO2", "H2O"], "C3O2", "another substance, not carbon dioxide"),
    "ethanol burns": (["C2H5OH", "O2"], ["CO2", "H2O"], "H6O", "no substance at all"),
    "magnesium burns": (["Mg", "O2"], ["MgO"], "MgO2", "another substance, not magnesium oxide"),
    "iron rusts": (["Fe", "O2"], ["Fe2O3"], "FeO2", "not rust"),
    "sodium and chlorine": (["Na", "Cl2"], ["NaCl"], "NaCl2", "not table salt"),
    "hydrogen peroxide breaks up": (["H2O2"], ["H2O", "O2"], "O", "a single atom, not oxygen gas"),
    "photosynthesis": (["CO2", "H2O"], ["C6H12O6", "O2"], "CH2O", "methanal, a poison, not glucose"),
    "blast furnace": (["Fe2O3", "CO"], ["Fe", "CO2"], "CO3", "not carbon dioxide"),
    "zinc in hydrochloric acid": (["Zn", "HCl"], ["ZnCl2", "H2"], "H2Cl2", "no substance at all"),
    "sodium in water": (["Na", "H2O"], ["NaOH", "H2"], "NaH2O", "not sodium hydroxide"),
}

# Where the atoms of a molecule are drawn, in diameters of an atom.
PLACES = {
    "H2": [("H", -0.35, 0), ("H", 0.35, 0)],
    "O2": [("O", -0.45, 0), ("O", 0.45, 0)],
    "N2": [("N", -0.45, 0), ("N", 0.45, 0)],
    "Cl2": [("Cl", -0.45, 0), ("Cl", 0.45, 0)],
    "H2O": [("H", -0.62, -0.42), ("H", 0.62, -0.42), ("O", 0, 0)],
    "H2O2": [("H", -0.95, -0.55), ("H", 0.95, 0.55), ("O", -0.45, 0), ("O", 0.45, 0)],
    "NH3": [("H", -0.72, -0.3), ("H", 0, -0.8), ("H", 0.72, -0.3), ("N", 0, 0)],
    "CO": [("C", -0.45, 0), ("O", 0.45, 0)],
    "CO2": [("O", -0.88, 0), ("O", 0.88, 0), ("C", 0, 0)],
    "CH4": [("H", -0.8, 0), ("H", 0.8, 0), ("H", 0, 0.8), ("H", 0, -0.8), ("C", 0, 0)],
    "C3H8": [
        *[("H", x, y) for x in (-0.9, 0, 0.9) for y in (-0.8, 0.8)],
        *[("H", x, 0) for x in (-1.68, 1.68)],
        *[("C", x, 0) for x in (-0.9, 0, 0.9)],
    ],
    "C2H5OH": [
        *[("H", x, y) for x in (-0.9, 0) for y in (-0.8, 0.8)],
        *[("H", x, 0) for x in (-1.68, 1.62)],
        *[("C", x, 0) for x in (-0.9, 0)],
        ("O", 0.88, 0),
    ],
    "C6H12O6": [
        *[("H", 0.9 * i - 2.25, 0.82) for i in range(6)],
        *[("O", 0.9 * i - 2.25, -0.88) for i in range(6)],
        *[("H", 0.9 * i - 2.25, -1.62) for i in range(1, 6)],
        ("H", -3.0, 0.1),
        *[("C", 0.9 * i - 2.25, 0) for i in range(6)],
    ],
    "Mg": [("Mg", 0, 0)],
    "Fe": [("Fe", 0, 0)],
    "Na": [("Na", 0, 0)],
    "Zn": [("Zn", 0, 0)],
    "MgO": [("Mg", -0.45, 0), ("O", 0.45, 0)],
    "NaCl": [("Na", -0.45, 0), ("Cl", 0.45, 0)],
    "HCl": [("H", -0.6, 0), ("Cl", 0.2, 0)],
    "NaOH": [("Na", -0.9, 0), ("H", 0.72, 0), ("O", 0, 0)],
    "ZnCl2": [("Cl", -0.9, 0), ("Cl", 0.9, 0), ("Zn", 0, 0)],
    "Fe2O3": [("O", -1.25, 0.3), ("O", 0, 0.5), ("O", 1.25, 0.3), ("Fe", -0.65, -0.3), ("Fe", 0.65, -0.3)],
}

REACTANTS, PRODUCTS, WRONG, WRONG_IS = REACTIONS[reaction]
SPECIES = REACTANTS + PRODUCTS


def pieces_of(text):
    """A formula cut into letters and numbers: "CO2" gives ["CO", "2"]."""
    cut = [text[0]]
    for char in text[1:]:
        if char.isdecimal() == cut[-1][-1].isdecimal():
            cut[-1] += char
        else:
            cut.append(char)
    return cut


def atoms_in(text):
    """How many atoms of each element a formula names: "C2H5OH" gives C 2, H 6, O 1."""
    found, at = {}, 0
    while at < len(text):
        end = at + 1
        while end < len(text) and text[end].islower():
            end += 1
        symbol, digits = text[at:end], ""
        while end < len(text) and text[end].isdecimal():
            digits, end = digits + text[end], end + 1
        found[symbol] = found.get(symbol, 0) + int(digits or 1)
        at = end
    return found


ELEMENTS = list(dict.fromkeys([symbol for text in REACTANTS for symbol in atoms_in(text)]))


def counts_on(counts, element):
    """Atoms of an element on the left and on the right, for given numbers in front."""
    each = [count * atoms_in(text).get(element, 0) for count, text in zip(counts, SPECIES, strict=True)]
    return sum(each[: len(REACTANTS)]), sum(each[len(REACTANTS) :])


def is_balanced(counts):
    return all([counts_on(counts, element)[0] == counts_on(counts, element)[1] for element in ELEMENTS])


def smallest_counts(most=6):
    """The smallest whole numbers in front that balance the equation, by trying all of them."""
    tried = np.array(np.meshgrid(*[range(1, most + 1)] * len(SPECIES), indexing="ij")).reshape(len(SPECIES), -1).T
    sign = np.array([1] * len(REACTANTS) + [-1] * len(PRODUCTS))
    surplus = np.array([[atoms_in(text).get(element, 0) for element in ELEMENTS] for text in SPECIES]) * sign[:, None]
    good = tried[np.all(tried @ surplus == 0, axis=1)]
    return [int(count) for count in good[np.argmin(good.sum(axis=1))]]


COUNTS = smallest_counts()


def way():
    """The numbers set one after the other: each time the one that brings most elements into balance, products first."""
    counts, steps = [1] * len(SPECIES), []
    while counts != COUNTS:
        level = lambda tried: sum([counts_on(tried, e)[0] == counts_on(tried, e)[1] for e in ELEMENTS])
        ahead = [i for i in range(len(SPECIES)) if counts[i] != COUNTS[i]]
        trial = lambda i, counts=counts: [COUNTS[k] if k == i else counts[k] for k in range(len(SPECIES))]
        # products and larger molecules first where it makes no difference
        best = max(ahead, key=lambda i: (level(trial(i)), i >= len(REACTANTS), len(PLACES[SPECIES[i]])))
        counts = trial(best)
        steps.append((best, counts))
    return steps


def molar_mass(text):
    return sum([MASSES[symbol] * count for symbol, count in atoms_in(text).items()])


def moles():
    """The amount of every substance, in mol, for the given amount of the first."""
    return [amount * count / COUNTS[0] for count in COUNTS]


def grams():
    return [n * molar_mass(text) for n, text in zip(moles(), SPECIES, strict=True)]


# --- drawing ----------------------------------------------------------------------------------------
def spoken(text):
    """A formula for captions, with small numbers."""
    return "".join([SUBSCRIPTS.get(char, char) for char in text])


def chem(text, size=44, color=CHALK):
    """A formula with its small numbers lowered; its baseline is the x-axis."""
    drawn, x = VGroup(), 0.0
    for piece in pieces_of(text):
        small = piece.isdecimal()
        part = on_baseline(piece, 0.66 * size if small else size, color)
        part.shift((x - part.get_left()[0]) * RIGHT + (0.0028 * size * DOWN if small else ORIGIN))
        x = part.get_right()[0] + 0.0007 * size
        drawn.add(part)
    return drawn


def in_line(parts, gap=0.22):
    """Things in a row that keep their heights."""
    x = 0.0
    for part in parts:
        part.shift((x - part.get_left()[0]) * RIGHT)
        x = part.get_right()[0] + gap
    return VGroup(*parts)


def between(index, size=44):
    """The plus or the arrow before a substance."""
    if index == len(REACTANTS):
        return Arrow(ORIGIN, 1.1 * RIGHT, buff=0, color=CHALK2, stroke_width=5, tip_length=0.2).shift(
            0.0038 * size * UP
        )
    return on_baseline("+", size, CHALK2)


def equation(counts, size=44, slots=False):
    """The equation as (everything, formulas, numbers in front). With `slots` every number has a box of its own."""
    parts, formulas, fronts = [], [], []
    for index, (count, text) in enumerate(zip(counts, SPECIES, strict=True)):
        if index:
            parts.append(between(index, size))
        if slots or count > 1:
            front = on_baseline(str(count), size, COUNT_COLOR if count > 1 else CHALK3)
            box = RoundedRectangle(corner_radius=0.08, width=0.55, height=0.62, stroke_color=EDGE, stroke_width=2)
            fronts.append(VGroup(front, box.move_to(front)) if slots else front)
            parts.append(fronts[-1])
        formulas.append(chem(text, size))
        parts.append(formulas[-1])
    row = in_line(parts, 0.16)
    place = fit(row, zone(-6.4, 6.4, 1.95, 2.7))
    return place, formulas, fronts


def atom_color(symbol):
    return ATOM_COLORS.get(symbol, METAL_COLOR)


def ball(symbol, place, unit=0.5, letters=True):
    """One atom: a disc with its symbol."""
    radius = 0.5 * unit * SMALL.get(symbol, 1.0)
    disc = Circle(radius=radius, fill_color=atom_color(symbol), fill_opacity=1, stroke_color=STAGE, stroke_width=2)
    drawn = VGroup(disc.move_to(place))
    if letters:
        ink = CHALK if symbol == "C" else STAGE
        drawn.add(fit_width(words(symbol, 22, ink, BOLD), 1.35 * radius).move_to(place))
    return drawn


def molecule(text, unit=0.5, letters=True):
    return VGroup(*[ball(symbol, [unit * x, unit * y, 0], unit, letters) for symbol, x, y in PLACES[text]])


LEFT_HALF, RIGHT_HALF = zone(-6.5, -0.75, -0.55, 1.65), zone(0.75, 6.5, -0.55, 1.65)


def crowd(texts, counts, unit, letters=True):
    """All molecules of one side: one block for each substance."""
    blocks = VGroup()
    for text, count in zip(texts, counts, strict=True):
        columns = math.ceil(count / 3) if count != 4 else 2
        block = VGroup(*[molecule(text, unit, letters) for _each in range(count)])
        blocks.add(block.arrange_in_grid(cols=columns, buff=(0.24, 0.16)))
    return blocks.arrange(RIGHT, buff=0.55)


def crowds():
    """The molecules of both sides in their final number, drawn to one scale."""
    unit = 0.85
    for _try in range(30):
        sides = [
            crowd(REACTANTS, COUNTS[: len(REACTANTS)], unit, False),
            crowd(PRODUCTS, COUNTS[len(REACTANTS) :], unit, False),
        ]
        if all([side.width <= LEFT_HALF.width and side.height <= LEFT_HALF.height for side in sides]):
            break
        unit *= 0.94
    letters = unit > 0.36
    left = crowd(REACTANTS, COUNTS[: len(REACTANTS)], unit, letters).move_to(LEFT_HALF)
    right = crowd(PRODUCTS, COUNTS[len(REACTANTS) :], unit, letters).move_to(RIGHT_HALF)
    return left, right


def scale_for(element, x, left, right):
    """A beam for one element: it tips to the side with more atoms. `left` and `right` are trackers."""
    pivot = np.array([x, -1.75, 0])

    def tilt():
        a, b = left.get_value(), right.get_value()
        return 0.2 * clamp(2.5 * (a - b) / max(a + b, 1), -1, 1)

    def level():
        return abs(left.get_value() - right.get_value()) < 0.05

    def beam():
        way_out = 1.15 * np.array([math.cos(tilt()), math.sin(tilt()), 0])
        color = BALANCED_COLOR if level() else CHALK2
        bar = Line(pivot - way_out, pivot + way_out, stroke_color=color, stroke_width=6)
        numbers = VGroup()
        for side, tracker in ((-1, left), (1, right)):
            number_drawn = number(round(tracker.get_value()), 0, 36, color)
            numbers.add(number_drawn.next_to(pivot + side * way_out, UP, buff=0.14).shift(-0.15 * side * RIGHT))
        return VGroup(bar, numbers)

    foot = Line(pivot, pivot + 0.5 * DOWN, stroke_color=EDGE, stroke_width=5)
    name = ball(element, pivot + 0.72 * DOWN, 0.6)
    sides = VGroup(
        words("left", 20, CHALK3).move_to(pivot + 1.15 * LEFT + 0.72 * DOWN),
        words("right", 20, CHALK3).move_to(pivot + 1.15 * RIGHT + 0.72 * DOWN),
    )
    return VGroup(foot, name, sides), always_redraw(beam)


def scales(counts):
    """The beams of all elements, with the trackers that move them: (still parts, live beams, trackers)."""
    still, live, trackers = VGroup(), [], []
    for index, element in enumerate(ELEMENTS):
        pair = [ValueTracker(float(count)) for count in counts_on(counts, element)]
        parts, beam = scale_for(element, 4.2 * (index - (len(ELEMENTS) - 1) / 2), *pair)
        still.add(parts)
        live.append(beam)
        trackers.append(pair)
    return still, live, trackers


def becomes():
    """The arrow between the two crowds."""
    return Arrow([-0.55, 0.55, 0], [0.55, 0.55, 0], buff=0, color=CHALK3, stroke_width=6, tip_length=0.25)


def first_of_each(sides):
    """One molecule of every substance."""
    return VGroup(*[block[0] for side in sides for block in side])


def odd_one():
    """The element that is farthest out of balance at first, with its counts."""
    start = [1] * len(SPECIES)
    far = max(ELEMENTS, key=lambda e: abs(counts_on(start, e)[0] - counts_on(start, e)[1]))
    return far, counts_on(start, far)


NAMES = {
    "H": "hydrogen",
    "O": "oxygen",
    "C": "carbon",
    "N": "nitrogen",
    "Cl": "chlorine",
    "Na": "sodium",
    "Mg": "magnesium",
    "Fe": "iron",
    "Zn": "zinc",
}


class CountTheAtoms(Stage):
    def construct(self):
        sides = crowds()
        ones = [1] * len(SPECIES)
        row, formulas, _fronts = equation(ones)
        self.heading("Is every atom still there?")
        self.say("These are the right substances. But count the atoms before and after.")
        self.play(FadeIn(row, shift=0.2 * UP), FadeIn(becomes()), run_time=0.9)
        shown = first_of_each(sides)
        self.play(
            LaggedStart(
                *[FadeIn(m, target_position=f, scale=0.4) for m, f in zip(shown, formulas, strict=True)], lag_ratio=0.3
            ),
            run_time=1.6,
        )
        still, live, trackers = scales([0] * len(SPECIES))
        self.play(FadeIn(still), *[FadeIn(beam) for beam in live], run_time=0.6)
        self.say("Each beam weighs one element: its atoms on the left against its atoms on the right.")
        for element, pair in zip(ELEMENTS, trackers, strict=True):
            left, right = counts_on(ones, element)
            rings = VGroup(
                *[
                    Circle(radius=atom[0].width / 2 + 0.05, color=COUNT_COLOR, stroke_width=4).move_to(atom[0])
                    for text, drawn in zip(SPECIES, shown, strict=True)
                    for (symbol, _x, _y), atom in zip(PLACES[text], drawn, strict=True)
                    if symbol == element
                ]
            )
            self.play(
                LaggedStart(*[Create(ring) for ring in rings], lag_ratio=0.15),
                pair[0].animate.set_value(left),
                pair[1].animate.set_value(right),
                run_time=1.3,
            )
            self.play(FadeOut(rings), run_time=0.3)
        far, (left, right) = odd_one()
        lost = "would have to vanish" if left > right else "would have to come from nowhere"
        self.say(f"The beam of {NAMES[far]} tips: {left} on the left, {right} on the right. Atoms {lost}!")
        self.play(Indicate(live[ELEMENTS.index(far)], color=WRONG_COLOR, scale_factor=1.06), run_time=1.2)
        if mistake:
            self.say(f"Don't change a small number to repair it: {spoken(WRONG)} would be {WRONG_IS}.")
            for beam in live:
                beam.clear_updaters()
            self.play(FadeOut(still, *live), run_time=0.4)
            wrong = chem(WRONG, 64).move_to([-2.8, -1.75, 0])
            cross = Cross(wrong, stroke_color=WRONG_COLOR, stroke_width=4).scale(1.25)
            note = fit(lines(warning(), 28, CHALK2, 40), zone(-1.2, 6.4, -2.6, -0.95), LEFT)
            self.play(FadeIn(wrong), run_time=0.5)
            self.play(Create(cross), FadeIn(note), run_time=0.8)
        else:
            self.say("The formulas are fixed by nature. All we may change is how many of each we take.")
        self.pause(1.0)


def warning():
    """What the wrong formula would mean."""
    return "is " + WRONG_IS + ". Small numbers belong to the substance. Only the number in front is free."


class AddMolecules(Stage):
    def construct(self):
        sides = crowds()
        counts = [1] * len(SPECIES)
        row, formulas, fronts = equation(counts, slots=True)
        still, live, trackers = scales(counts)
        self.heading("Take more of each, until all beams are level")
        self.say("The boxes say how many molecules we take. At first it is one of each.")
        self.play(
            FadeIn(row),
            FadeIn(becomes()),
            FadeIn(first_of_each(sides)),
            FadeIn(still),
            *[FadeIn(b) for b in live],
            run_time=0.9,
        )
        self.play(
            LaggedStart(*[Indicate(front[1], color=COUNT_COLOR) for front in fronts], lag_ratio=0.2), run_time=1.0
        )
        blocks = [block for side in sides for block in side]
        for which, after in way():
            self.say(step_line(which, counts, after))
            new = on_baseline(str(after[which]), 44, COUNT_COLOR)
            new.scale(formulas[0][0].height / max(chem(SPECIES[0], 44)[0].height, 1e-6)).move_to(fronts[which][1])
            arrive = LaggedStart(*[GrowFromCenter(one) for one in blocks[which][1:]], lag_ratio=0.35)
            moves = [
                tracker.animate.set_value(float(value))
                for element, pair in zip(ELEMENTS, trackers, strict=True)
                for tracker, value in zip(pair, counts_on(after, element), strict=True)
            ]
            self.play(FadeOut(fronts[which][0], shift=0.2 * UP), run_time=0.3)
            self.play(
                FadeIn(new, shift=0.2 * UP),
                fronts[which][1].animate.set_stroke(COUNT_COLOR),
                arrive,
                *moves,
                run_time=clamp(0.8 + 0.3 * after[which], 1.4, 2.8),
            )
            counts = after
        self.say("Every beam is level. Each atom on the left has its place on the right: balanced.")
        for beam in live:
            beam.clear_updaters()
        self.play(
            LaggedStart(*[Flash(part[1], color=BALANCED_COLOR, flash_radius=0.45) for part in still], lag_ratio=0.3),
            run_time=1.2,
        )
        self.play(Create(highlight(row, BALANCED_COLOR, 0.16)), run_time=0.8)
        self.pause(1.0)


def step_line(which, before, after):
    """What setting one number does, in words."""
    name = spoken(SPECIES[which])
    level = [
        NAMES[e]
        for e in ELEMENTS
        if counts_on(after, e)[0] == counts_on(after, e)[1] and counts_on(before, e)[0] != counts_on(before, e)[1]
    ]
    head = f"{after[which]} in front of {name}: "
    if after == COUNTS:
        return head + "now the last beam comes level."
    if level:
        return head + " and ".join(level) + " is level now." if len(level) == 1 else head + " and ".join(level) + "."
    touched = [NAMES[e] for e in ELEMENTS if e in atoms_in(SPECIES[which])]
    return head + "that brings more " + " and ".join(touched) + ". The other side must follow."


class NothingIsLost(Stage):
    def construct(self):
        left, right = crowds()
        row, _formulas, _fronts = equation(COUNTS)
        self.heading("Old partners part, new ones meet")
        self.say("Now let the reaction run. Follow the atoms: not one appears, not one is lost.")
        self.play(FadeIn(row), FadeIn(becomes()), FadeIn(left), run_time=0.9)
        targets = {}
        for text, block in zip(PRODUCTS, right, strict=True):
            for one in block:
                for (symbol, _x, _y), atom in zip(PLACES[text], one, strict=True):
                    targets.setdefault(symbol, []).append(atom)
        moving, moves = [], []
        for text, block in zip(REACTANTS, left, strict=True):
            for one in block:
                for (symbol, _x, _y), atom in zip(PLACES[text], one, strict=True):
                    goal = targets[symbol].pop(0).get_center()
                    moving.append(atom)
                    moves.append((atom, goal))
        shadow = left.copy().set_opacity(0.16)
        self.add(shadow)
        self.bring_to_front(left)
        self.play(
            LaggedStart(
                *[atom.animate(path_arc=-0.5).move_to(goal) for atom, goal in moves], lag_ratio=0.6 / len(moves)
            ),
            run_time=4.5,
        )
        self.remove(left)
        self.add(right)
        self.say("In the laboratory we take moles of molecules. The same numbers give the proportions.")
        cards = VGroup()
        for index, (text, n, mass) in enumerate(zip(SPECIES, moles(), grams(), strict=True)):
            card = VGroup(
                chem(text, 32),
                words(number_text(n) + " mol × " + number_text(molar_mass(text), None, 4) + " g/mol", 24, COUNT_COLOR),
                words("= " + number_text(mass, None, 4) + " g", 30, CHALK),
            ).arrange(DOWN, buff=0.14)
            sign = ["", "+", "→"][0 if not index else 2 if index == len(REACTANTS) else 1]
            if sign:
                cards.add(words(sign, 34, CHALK2))
            cards.add(card)
        fit(cards.arrange(RIGHT, buff=0.55), zone(-6.4, 6.4, -2.2, -0.7), UP)
        self.play(LaggedStart(*[FadeIn(card, shift=0.2 * UP) for card in cards], lag_ratio=0.25), run_time=1.8)
        total = sum(grams()[: len(REACTANTS)])
        after = sum(grams()[len(REACTANTS) :])
        sums = words(
            "before: " + number_text(total, None, 4) + " g      after: " + number_text(after, None, 4) + " g",
            30,
            BALANCED_COLOR,
        )
        fit(sums, zone(-6.4, 6.4, -2.85, -2.35))
        self.say("So the mass is the same before and after: mass is conserved.")
        self.play(FadeIn(sums, shift=0.2 * UP), run_time=0.8)
        self.play(Create(highlight(sums, BALANCED_COLOR, 0.1)), run_time=0.6)
        self.pause(1.2)

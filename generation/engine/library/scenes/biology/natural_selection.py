from manim import *
from theorama_kit import *

frequency = knob(20.0, label="Dark allele A at the start", unit="%", minimum=5.0, maximum=90.0, step=1.0)
selection = knob(
    0.3,
    label="Selection against light moths s",
    minimum=0.0,
    maximum=0.8,
    step=0.01,
    help="0.3: thirty per cent more of the light ones are eaten.",
)
population = knob(100, label="Moths in a population", minimum=20, maximum=1000)
generations = knob(40, label="Generations", minimum=20, maximum=120)
effect = knob("dominant", label="The dark allele is", choices=("dominant", "in between", "recessive"))
luck = knob(3, label="Roll of chance", minimum=1, maximum=50, help="Another number gives other runs.")

A_COLOR = YELLOW  # the frequency of the allele A
RUN_COLOR = SKY
EXPECTED_COLOR = YELLOW
SELECTION_COLOR = MINT
LIGHT = CHALK
DARK = ManimColor("#4A545B")
BARK = ManimColor("#1B2126")

P = frequency / 100
HIDDEN = {"dominant": 0.0, "in between": 0.5, "recessive": 1.0}[effect]  # the share of s that Aa suffers
FITNESS = (1.0, 1 - HIDDEN * selection, 1 - selection)  # of AA, Aa, aa
MIDDLE = interpolate_color(DARK, LIGHT, HIDDEN)
SHADES = (DARK, MIDDLE, LIGHT)


def hardy_weinberg(p):
    """The shares of AA, Aa and aa when alleles meet at random."""
    return p * p, 2 * p * (1 - p), (1 - p) * (1 - p)


def selected(p, fitness=FITNESS):
    """The frequency of A among the survivors."""
    shares = hardy_weinberg(p)
    left = [share * w for share, w in zip(shares, fitness, strict=True)]
    return (left[0] + left[1] / 2) / sum(left)


def expected(fitness=FITNESS):
    """The frequency of A in every generation if the population were without end."""
    found = [P]
    for _each in range(generations):
        found.append(selected(found[-1], fitness))
    return found


def by_chance(dice, fitness=FITNESS):
    """One run of a population of limited size: selection, then a draw of 2N alleles (Wright and Fisher)."""
    found = [round(2 * population * P) / (2 * population)]
    for _each in range(generations):
        p = found[-1]
        found.append(float(dice.binomial(2 * population, selected(p, fitness))) / (2 * population) if 0 < p < 1 else p)
    return found


RUNS = 12
DICE = np.random.default_rng(luck)
DRIFT = [by_chance(DICE, (1.0, 1.0, 1.0)) for _each in range(RUNS)]
WITH_SELECTION = [by_chance(DICE) for _each in range(RUNS)]
EXPECTED = expected()


def fates(runs):
    """How many runs have lost A, and how many have nothing but A."""
    return len([1 for run in runs if run[-1] == 0]), len([1 for run in runs if run[-1] == 1])


# --- the moths of the first scene -------------------------------------------------------------------
ACROSS, ROWS = 12, 7
MOTHS = ACROSS * ROWS
SEEN = 6  # generations that are shown one by one


def life(seed):
    """Generations of moths as lists of copies of a (0 is AA, 2 is aa), each with the set of those that are eaten."""
    dice = np.random.default_rng(seed)
    copies = dice.binomial(2, 1 - P, size=MOTHS)
    found = []
    for _each in range(SEEN):
        eaten = {i for i in range(MOTHS) if dice.random() > FITNESS[copies[i]]}
        found.append(([int(c) for c in copies], eaten))
        alive = [int(copies[i]) for i in range(MOTHS) if i not in eaten]
        q = sum(alive) / (2 * len(alive))
        copies = dice.binomial(2, q, size=MOTHS)
    return found


LIFE = life(luck)


def share_of_a(index):
    """The frequency of A in a shown generation."""
    return 1 - sum(LIFE[index][0]) / (2 * MOTHS)


def moth(copies, spot, size=0.27):
    """A moth with spread wings, in the shade of its genotype."""
    wings = [(0, 0.25), (-1, 0.75), (-0.8, -0.35), (-0.15, -0.45), (0, -0.75), (0.15, -0.45), (0.8, -0.35), (1, 0.75)]
    shape = Polygon(*[[size * x, size * y, 0] for x, y in wings], stroke_width=1.5, stroke_color=EDGE)
    return shape.set_fill(SHADES[copies], 1).move_to(spot)


def swarm(copies):
    return VGroup(
        *[moth(c, [-6.15 + 0.735 * (i % ACROSS), 2.3 - 0.76 * (i // ACROSS), 0]) for i, c in enumerate(copies)]
    )


class EatenOrNot(Stage):
    def construct(self):
        bark = RoundedRectangle(
            corner_radius=0.15, width=8.9, height=5.5, stroke_width=0, fill_color=BARK, fill_opacity=1
        )
        bark.move_to([-2.12, 0.02, 0])
        current = ValueTracker(0.0)
        swarms = [swarm(copies) for copies, _eaten in LIFE]
        self.heading("Natural selection: who leaves offspring?")
        self.say(
            f"{MOTHS} moths sit on dark bark. An allele A makes them dark; it is {number_text(100 * share_of_a(0), 0)} % of all alleles."
        )
        self.play(FadeIn(bark), LaggedStart(*[FadeIn(one) for one in swarms[0]], lag_ratio=0.01), run_time=1.3)
        live = VGroup(
            readout("generation", lambda: current.get_value() + 1, "", 0, 26, CHALK2),
            readout("allele A", lambda: 100 * share_of_a(round(current.get_value())), "%", 0, 36, A_COLOR),
            readout("eaten", lambda: len(LIFE[round(current.get_value())][1]), "", 0, 26, CORAL),
        )
        stack(*live, area=zone(2.9, 6.6, 1.2, 2.7), buff=0.25)
        axes = graph((1, SEEN), (0, 100), zone(2.6, 6.7, -2.85, 0.8), "generation", "allele A in %", 20, whole=True)
        self.play(FadeIn(live), FadeIn(axes), run_time=0.7)
        dots = VGroup(Dot(axes.c2p(1, 100 * share_of_a(0)), color=A_COLOR, radius=0.09))
        self.play(FadeIn(dots), run_time=0.3)
        self.say(
            "Birds find the light ones more easily."
            if selection > 0
            else "With s = 0 birds find all of them equally well. Only chance is left."
        )
        for index, (_copies, eaten) in enumerate(LIFE[:-1]):
            here, there = swarms[index], swarms[index + 1]
            if index == 1:
                self.say("Those that are left have the young, and hand on their alleles.")
            if index == 3:
                self.say("No moth has changed its colour. The population has changed, generation by generation.")
            if eaten:
                gone = [here[i] for i in sorted(eaten)]
                self.play(*[one.animate.set_fill(CORAL) for one in gone], run_time=0.4)
                self.play(*[FadeOut(one, shift=0.3 * UP) for one in gone], run_time=0.5)
            self.play(FadeOut(here), run_time=0.35)
            self.play(FadeIn(there), current.animate.set_value(index + 1), run_time=0.6)
            level = 100 * share_of_a(index + 1)
            dot = Dot(axes.c2p(index + 2, level), color=A_COLOR, radius=0.09)
            link = Line(dots[-1].get_center(), dot.get_center(), stroke_color=A_COLOR, stroke_width=3)
            dots.add(dot)
            self.play(Create(link), GrowFromCenter(dot), run_time=0.35)
        begin, end = number_text(100 * share_of_a(0), 0), number_text(100 * share_of_a(SEEN - 1), 0)
        self.say(f"After {SEEN} generations A has gone from {begin} % to {end} %.")
        self.pause(1.0)


def run_lines(axes, runs, color):
    xs = list(range(generations + 1))
    return VGroup(*[polyline(axes, xs, [100 * p for p in run], color, 2.2) for run in runs])


class ChanceAndSelection(Stage):
    def construct(self):
        axes = graph((0, generations), (0, 100), MAIN, "generations", "allele A in %")
        self.heading("Chance alone, and chance with selection")
        self.say(f"First without any selection: {RUNS} populations of {population} moths, all with the same start.")
        self.play(FadeIn(axes), run_time=0.7)
        drift = run_lines(axes, DRIFT, RUN_COLOR)
        flat = DashedLine(axes.c2p(0, 100 * P), axes.c2p(generations, 100 * P), color=EXPECTED_COLOR, stroke_width=3)
        title = stack(
            words("s = 0", 40, RUN_COLOR), words(f"N = {population}", 30, CHALK2), area=zone(2.8, 6.6, 1.4, 2.7)
        )
        self.play(FadeIn(title), Create(flat), run_time=0.6)
        self.play(*[Create(line) for line in drift], run_time=5.0, rate_func=linear)
        lost, fixed = fates(DRIFT)
        self.say(
            f"They drift apart by pure luck: A is lost in {lost} and has taken over in {fixed} of them."
            if lost + fixed
            else "They drift apart by pure luck, for a draw of alleles is never exact. That is genetic drift."
        )
        first = lines(f"drift: lost in {lost}, taken over in {fixed} of {RUNS}", 24, RUN_COLOR, 24)
        fit(first, zone(2.8, 6.6, 0.1, 1.1), UL)
        self.play(FadeIn(first), run_time=0.6)
        self.pause(0.2)
        self.say(f"Now with selection: s = {number_text(selection)} against the light moths.")
        self.play(drift.animate.set_stroke(opacity=0.18), FadeOut(flat), run_time=0.6)
        curve = run_lines(axes, [EXPECTED], EXPECTED_COLOR).set_stroke(width=5)
        chosen = run_lines(axes, WITH_SELECTION, SELECTION_COLOR)
        label = words(f"s = {number_text(selection)}", 40, SELECTION_COLOR)
        fit(label, zone(2.8, 6.6, -0.85, -0.2), LEFT)
        self.play(FadeIn(label), run_time=0.4)
        self.play(*[Create(line) for line in chosen], run_time=4.5, rate_func=linear)
        self.say("The yellow curve is what selection alone would do in a population without end.")
        self.play(Create(curve), run_time=1.5)
        lost, fixed = fates(WITH_SELECTION)
        rise = number_text(100 * EXPECTED[-1], 0)
        second = lines(
            f"expected: {rise} % in the end; lost in {lost}, taken over in {fixed} of {RUNS}", 24, SELECTION_COLOR, 24
        )
        fit(second, zone(2.8, 6.6, -2.5, -1.1), UL)
        self.say(closing_line(lost))
        self.play(FadeIn(second), run_time=0.6)
        self.pause(1.0)


def closing_line(lost):
    if selection == 0:
        return "With s = 0 there is no direction: only drift, in both pictures."
    if lost:
        return f"Even a useful allele can be lost by bad luck: here in {lost} of {RUNS} populations."
    return "Selection gives the direction, chance makes the noise. The smaller N, the more noise."


def square_of(p, corner, side):
    """The square of random meetings: p and q along both sides, areas p², pq, qp and q²."""
    q = 1 - p
    parts = VGroup()
    for x, width, first in ((0, p, 0), (p, q, 1)):
        for y, height, second in ((0, p, 0), (p, q, 1)):
            box = Rectangle(
                width=max(side * width, 1e-3), height=max(side * height, 1e-3), stroke_color=EDGE, stroke_width=2
            )
            box.set_fill(SHADES[first + second], 1)
            parts.add(box.move_to(corner + side * np.array([x + width / 2, -(y + height / 2), 0])))
    return parts


def names_on(p, corner, side):
    """The names of the parts of the square that have room for them."""
    names, q = VGroup(), 1 - p
    for x, width, first in ((0, p, 0), (p, q, 1)):
        for y, height, second in ((0, p, 0), (p, q, 1)):
            if side * min(width, height) > 0.6:
                ink = CHALK if SHADES[first + second] == DARK else STAGE
                name = words(("AA", "Aa", "aa")[first + second], 28, ink)
                names.add(name.move_to(corner + side * np.array([x + width / 2, -(y + height / 2), 0])))
    return names


class TheSquare(Stage):
    def construct(self):
        corner, side = np.array([-5.9, 2.1, 0]), 4.4
        step = ValueTracker(0.0)

        def now():
            value = step.get_value()
            low = int(clamp(math.floor(value), 0, generations - 1))
            return EXPECTED[low] + (value - low) * (EXPECTED[low + 1] - EXPECTED[low])

        self.heading("Hardy and Weinberg: what is to be seen")
        self.say("Let alleles meet at random: A with the chance p, a with the chance q. A square shows all pairs.")
        picture = always_redraw(lambda: square_of(now(), corner, side))
        axes = graph((0, generations), (0, 100), zone(0.4, 6.6, -0.95, 2.75), "generations", "allele A in %")
        edges = VGroup()
        for text, color, middle in (
            ("p", A_COLOR, lambda: now() / 2),
            ("q", CHALK2, lambda: (1 + now()) / 2),
        ):
            for way in (RIGHT, DOWN):
                place = lambda way=way, middle=middle: corner + side * middle() * way + 0.3 * (UP if way[0] else LEFT)
                edges.add(
                    words(text, 28, color).move_to(place()).add_updater(lambda one, place=place: one.move_to(place()))
                )
        names = names_on(P, corner, side)
        self.play(FadeIn(picture), FadeIn(edges), run_time=0.9)
        self.play(FadeIn(names), run_time=0.5)
        law = formula(r"p^2 + 2 p q + q^2 = 1", 44, colors={"p": A_COLOR})
        fit(law, zone(0.6, 6.6, -1.75, -1.05), LEFT)
        self.say("So AA has the share p², Aa has 2pq, and aa has q². Without selection it stays like that.")
        self.play(Write(law), run_time=1.2)
        live = VGroup(
            readout("AA", lambda: 100 * hardy_weinberg(now())[0], "%", 1, 28, CHALK2),
            readout("Aa", lambda: 100 * hardy_weinberg(now())[1], "%", 1, 28, CHALK2),
            readout("aa", lambda: 100 * hardy_weinberg(now())[2], "%", 1, 28, CHALK2),
        ).arrange(RIGHT, buff=0.35)
        fit(live, zone(0.6, 6.6, -2.5, -1.95), LEFT)
        self.play(FadeIn(live), FadeIn(axes), run_time=0.7)
        self.say("Selection cuts down the light corner in each generation. Then alleles are mixed again.")
        curve = polyline(axes, list(range(generations + 1)), [100 * p for p in EXPECTED], EXPECTED_COLOR, 5)
        dot = Dot(axes.c2p(0, 100 * P), color=CHALK, radius=0.1)
        dot.add_updater(lambda one: one.move_to(axes.c2p(step.get_value(), 100 * now())))
        self.play(FadeOut(names), FadeIn(dot), run_time=0.4)
        self.play(step.animate.set_value(generations), Create(curve), run_time=7, rate_func=linear)
        for each in (picture, *edges, dot):
            each.clear_updaters()
        self.say(last_line())
        self.play(FadeIn(names_on(EXPECTED[-1], corner, side)), run_time=0.5)
        self.play(Indicate(live[1], color=A_COLOR), run_time=1.0)
        self.pause(1.0)


def last_line():
    """Where the light allele is in the end."""
    rare = hardy_weinberg(EXPECTED[-1])
    light, carriers = number_text(100 * rare[2], None, 2), number_text(100 * rare[1], None, 2)
    if selection == 0:
        return "Without selection nothing changes: p stays, and so do the three shares."
    if effect == "dominant":
        return f"Only {light} % are light now, but {carriers} % carry the allele a unseen. So it does not vanish."
    return f"Now {light} % are aa and {carriers} % are Aa. A good allele spreads, slowly at first."

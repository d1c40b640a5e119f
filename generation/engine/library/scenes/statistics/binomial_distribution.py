from manim import *
from theorama_kit import *

trials = knob(8, label="Trials n (rows of pins)", minimum=2, maximum=20)
chance = knob(0.5, label="Chance p of a success", minimum=0.05, maximum=0.95, step=0.01)
balls = knob(300, label="Balls", minimum=50, maximum=2000, step=50)
wanted = knob(5, label="Successes asked for", minimum=0, maximum=20, help="At most n; more is taken as n.")
question = knob("at least", label="Question", choices=("exactly", "at least", "at most"))

BALL_COLOR = YELLOW
RIGHT_COLOR = MINT
LEFT_COLOR = CORAL
COUNT_COLOR = SKY
EXACT_COLOR = LILAC
ASKED = min(wanted, trials)
STEPS = np.random.default_rng(21).random((balls, trials)) < chance  # True: a success, to the right
LANDED = STEPS.sum(axis=1)


def ways(k):
    """In how many orders k successes can come."""
    return math.comb(trials, k)


def probability(k):
    """The chance of just k successes."""
    return ways(k) * chance**k * (1 - chance) ** (trials - k)


def asked_for():
    """The numbers of successes that the question means."""
    if question == "at least":
        return list(range(ASKED, trials + 1))
    return list(range(ASKED + 1)) if question == "at most" else [ASKED]


def answer():
    return sum([probability(k) for k in asked_for()])


EXPECTED = trials * chance
DEVIATION = math.sqrt(trials * chance * (1 - chance))


def percent_text(part, digits=3):
    """A share in per cent."""
    if 0 < part < 1e-6:
        return "under 0.0001 %"
    return number_text(100 * part, None, digits if part < 0.999 else 6) + " %"


# --- the board ---------------------------------------------------------------------------------------
GAP = min(0.78, 7.6 / (trials + 1))  # between two pins of a row
DROP = min(0.36, 3.1 / trials)  # between two rows
MIDDLE, TOP = -2.15, 2.35
FLOOR = -2.35
DEEP = TOP - DROP * trials - 0.25 - FLOOR  # height of the boxes


def pin_spot(row, k):
    """The pin that a ball meets after `row` steps, k of them to the right."""
    return np.array([MIDDLE + GAP * (k - row / 2), TOP - DROP * row, 0.0])


def box_x(k):
    """The middle of the box for k successes."""
    return MIDDLE + GAP * (k - trials / 2)


def path_of(steps):
    """The way of one ball: over the pins and into its box."""
    spots, k = [pin_spot(0, 0) + 0.45 * UP, pin_spot(0, 0) + 0.13 * UP], 0
    for row, right in enumerate(steps):
        k += int(right)
        spots.append(pin_spot(row + 1, k) + 0.13 * UP if row + 1 < trials else np.array([box_x(k), FLOOR + 0.1, 0.0]))
    return spots


def board():
    """Pins and boxes."""
    pins = VGroup(*[Dot(pin_spot(row, k), radius=0.05, color=CHALK3) for row in range(trials) for k in range(row + 1)])
    walls = VMobject(stroke_color=EDGE, stroke_width=2)
    for k in range(trials + 2):
        x = box_x(k) - GAP / 2
        walls.start_new_path(np.array([x, FLOOR, 0.0]))
        walls.add_line_to(np.array([x, FLOOR + DEEP, 0.0]))
    floor = Line([box_x(0) - GAP / 2, FLOOR, 0], [box_x(trials) + GAP / 2, FLOOR, 0], stroke_color=CHALK3)
    labels = VGroup(*[words(str(k), 24, CHALK2).move_to([box_x(k), FLOOR - 0.28, 0]) for k in range(trials + 1)])
    return VGroup(pins, walls, floor.set_stroke(width=3), labels)


def highest():
    """The share that fills a box to the top."""
    counted = np.bincount(LANDED, minlength=trials + 1) / balls
    return 1.05 * max(float(counted.max()), max([probability(k) for k in range(trials + 1)]))


def level(share):
    return FLOOR + DEEP * share / highest()


class DownTheBoard(Stage):
    def construct(self):
        done = ValueTracker(0)
        stacks = VGroup()
        for k in range(trials + 1):
            one = Rectangle(width=0.86 * GAP, height=1e-3, stroke_width=0, fill_color=COUNT_COLOR, fill_opacity=0.85)
            stacks.add(one.move_to([box_x(k), FLOOR, 0], aligned_edge=DOWN))

        def grow(group):
            now = np.bincount(LANDED[: round(done.get_value())], minlength=trials + 1) / balls
            for k, one in enumerate(group):
                one.stretch_to_fit_height(max(level(now[k]) - FLOOR, 1e-3))
                one.move_to([box_x(k), FLOOR, 0], aligned_edge=DOWN)

        stacks.add_updater(grow)
        self.heading("Balls fall through rows of pins")
        self.say(f"At each of {trials} pins the ball goes right or left by chance: {trials} trials.")
        self.play(FadeIn(board()), run_time=0.8)
        facts = stack(
            VGroup(
                arrow(ORIGIN, 0.6 * RIGHT, RIGHT_COLOR), words("success: p = " + number_text(chance), 28, RIGHT_COLOR)
            ),
            VGroup(
                arrow(0.6 * RIGHT, ORIGIN, LEFT_COLOR),
                words("failure: 1 − p = " + number_text(1 - chance), 28, LEFT_COLOR),
            ),
            area=zone(2.8, 6.6, 1.4, 2.6),
        )
        for row in facts:
            row.arrange(RIGHT, buff=0.2)
        stack(*facts, area=zone(2.8, 6.6, 1.4, 2.6), buff=0.35)
        counter = stack(readout("balls", done, "", 0, 34, BALL_COLOR), area=zone(2.8, 6.6, 0.2, 0.9))
        self.play(FadeIn(facts), FadeIn(counter), run_time=0.6)
        self.add(stacks)
        for index in (0, 1, 2):
            ball = Dot(path_of(STEPS[index])[0], radius=0.11, color=BALL_COLOR)
            track = VMobject().set_points_as_corners(path_of(STEPS[index]))
            self.play(FadeIn(ball), run_time=0.15)
            self.play(MoveAlongPath(ball, track), run_time=2.2 if index == 0 else 1.1, rate_func=rush_into)
            done.set_value(index + 1)
            self.play(FadeOut(ball, scale=0.4), run_time=0.15)
            if index == 0:
                self.say("The number under a box counts the steps to the right: the successes.")
        self.say("One ball is pure chance. Now many: watch the shape that they make.")
        rain = VGroup(*[Dot(radius=0.07, color=BALL_COLOR) for _ball in range(6)])

        def fall(group):
            """A few balls on their way, each at another place."""
            part = done.get_value() * 12 / balls
            for i, dot in enumerate(group):
                spots = path_of(STEPS[(int(part + i / 6) * 6 + i) % balls])
                along = ((part + i / 6) % 1.0) * (len(spots) - 1)
                a = min(int(along), len(spots) - 2)
                dot.move_to(spots[a] + (along - a) * (spots[a + 1] - spots[a]))

        rain.add_updater(fall)
        self.add(rain)
        self.play(done.animate.set_value(balls), run_time=7.0, rate_func=linear)
        rain.clear_updaters()
        stacks.clear_updaters()
        self.play(FadeOut(rain), run_time=0.3)
        common = max(range(trials + 1), key=probability)
        told = lines(shape_words(common), 28, CHALK, 24)
        fit(told, zone(2.8, 6.6, -2.3, -0.3), UL)
        self.say("Boxes that many different ways lead to get many balls.")
        self.play(FadeIn(told, shift=0.2 * UP), run_time=0.7)
        self.pause(1.0)


def shape_words(common):
    """What the heap looks like."""
    if abs(chance - 0.5) < 1e-9:
        return f"most balls in the middle, near {number_text(EXPECTED)}, and few at the ends"
    side = "right" if chance > 0.5 else "left"
    return f"the heap leans to the {side}: {common} is the likeliest number of successes"


def deeper(row, k):
    """A pin of the same board, drawn higher where no boxes need room."""
    x, y, _z = pin_spot(row, k)
    return np.array([x, TOP - 1.45 * (TOP - y), 0.0])


class CountTheWays(Stage):
    def construct(self):
        k = ASKED
        self.heading(f"How likely are exactly {k} successes in {trials}?")
        self.say(f"Take one way with {k} steps to the right. Its chances multiply, one for every step.")
        pins = VGroup(
            *[Dot(deeper(row, j), radius=0.05, color=CHALK3) for row in range(trials) for j in range(row + 1)]
        )
        boxes = VGroup(
            *[words(str(j), 26, CHALK2).move_to([box_x(j), deeper(trials, 0)[1] - 0.15, 0]) for j in range(trials + 1)]
        )
        boxes[k].set_color(EXACT_COLOR)
        field = VGroup(pins, boxes)
        self.play(FadeIn(field), run_time=0.7)

        def way(rights, width=6):
            """One path, its steps coloured by their direction."""
            drawn, j = VGroup(), 0
            for row in range(trials):
                after = j + int(row in rights)
                color = RIGHT_COLOR if row in rights else LEFT_COLOR
                goal = deeper(row + 1, after)
                drawn.add(Line(deeper(row, j), goal, stroke_color=color, stroke_width=width))
                j = after
            return drawn

        chances = words(
            number_text(chance) + raised(k) + " · " + number_text(1 - chance) + raised(trials - k), 34, CHALK
        )
        single = VGroup(
            words("one such way", 24, CHALK2),
            chances,
            words("= " + percent_text(chance**k * (1 - chance) ** (trials - k)), 28, CHALK),
        )
        stack(*single, area=zone(2.8, 6.6, 0.9, 2.6), buff=0.2)
        first = way(set(range(k)))
        self.play(LaggedStart(*[Create(step) for step in first], lag_ratio=0.6), run_time=1.8)
        self.play(FadeIn(single, shift=0.2 * UP), run_time=0.7)
        many = ways(k)
        self.say("The same steps in another order have the same chance. How many such ways are there?")
        shown = VGroup(first)
        generator = np.random.default_rng(4)
        for _turn in range(min(6, many - 1)):
            other = way(set([int(i) for i in generator.permutation(trials)[:k]]), 5)
            self.play(shown.animate.set_stroke(opacity=0.25), Create(other), run_time=0.6)
            shown.add(other)
        number_of = VGroup(
            words("number of such ways", 24, CHALK2),
            formula(r"\binom{" + str(trials) + "}{" + str(k) + "} = " + str(many), 42, EXACT_COLOR),
        )
        stack(*number_of, area=zone(2.8, 6.6, -0.9, 0.7), buff=0.2)
        self.play(FadeIn(number_of, shift=0.2 * UP), run_time=0.7)
        self.say("Ways times the chance of one way: that is the binomial probability.")
        law = VGroup(
            formula(r"P(k) = \binom{n}{k} \, p^k (1-p)^{n-k}", 36, CHALK, {"p": RIGHT_COLOR}),
            words(f"P({k}) = " + percent_text(probability(k)), 36, EXACT_COLOR),
        )
        stack(*law, area=zone(2.8, 6.6, -2.75, -1.05), buff=0.35)
        self.play(FadeIn(law[0], shift=0.2 * UP), run_time=0.7)
        self.play(FadeIn(law[1], shift=0.2 * UP), Create(highlight(law[1], EXACT_COLOR, 0.14)), run_time=0.8)
        self.pause(1.0)


def raised(power):
    return "".join([SUPERSCRIPTS[sign] for sign in str(power)])


def question_text():
    name = "P(X = " if question == "exactly" else "P(X ≥ " if question == "at least" else "P(X ≤ "
    return name + str(ASKED) + ")"


class TheDistribution(Stage):
    def construct(self):
        chances = [probability(k) for k in range(trials + 1)]
        top = nice_range([1.1 * max(chances)], zero=True)
        axes = graph((-0.7, trials + 0.7), top, MAIN, "successes", "probability", whole=True)
        foot, step = axes.c2p(0, 0)[1], (axes.c2p(1, 0) - axes.c2p(0, 0))[0]
        self.heading(f"All probabilities for n = {trials}, p = {number_text(chance)}")
        self.say("The same for every number of successes. Together all bars make one.")
        self.play(FadeIn(axes), run_time=0.6)
        bars = VGroup()
        for k, part in enumerate(chances):
            tall = max(axes.c2p(0, part)[1] - foot, 0.005)
            one = Rectangle(width=0.8 * step, height=tall, stroke_width=0, fill_color=EXACT_COLOR, fill_opacity=0.85)
            bars.add(one.move_to([axes.c2p(k, 0)[0], foot, 0], aligned_edge=DOWN))
        self.play(LaggedStart(*[GrowFromEdge(one, DOWN) for one in bars], lag_ratio=0.15), run_time=2.2)
        counted = np.bincount(LANDED, minlength=trials + 1) / balls
        ticks = VGroup(
            *[
                Line(axes.c2p(k - 0.42, part), axes.c2p(k + 0.42, part), stroke_color=COUNT_COLOR, stroke_width=4)
                for k, part in enumerate(counted)
                if part <= top[1]
            ]
        )
        self.say(f"The {balls} balls come close, and the more balls, the closer.")
        key = stack(legend([("counted balls", COUNT_COLOR), ("exact", EXACT_COLOR)], 24), area=zone(2.8, 6.6, 1.7, 2.6))
        self.play(FadeIn(ticks), FadeIn(key), run_time=0.9)
        x = axes.c2p(EXPECTED, 0)[0]
        post = DashedLine([x, foot, 0], [x, axes.c2p(0, top[1])[1], 0], color=BALL_COLOR, stroke_width=4)
        facts = VGroup(
            words("mean = n p = " + number_text(EXPECTED), 30, BALL_COLOR),
            words("σ = √(n p (1 − p)) = " + number_text(DEVIATION), 26, CHALK),
        )
        stack(*facts, area=zone(2.8, 6.6, 0.3, 1.4), buff=0.22)
        self.say("On average n times p trials succeed. There the bars balance.")
        self.play(Create(post), FadeIn(facts, shift=0.2 * UP), run_time=1.0)
        self.play(FadeOut(ticks), run_time=0.4)
        asked = {"exactly": "exactly", "at least": "at least", "at most": "at most"}[question]
        self.say(f"And how likely are {asked} {ASKED} successes? Add up those bars.")
        picked = VGroup(*[bars[k] for k in asked_for()])
        self.play(LaggedStart(*[one.animate.set_fill(RIGHT_COLOR) for one in picked], lag_ratio=0.3), run_time=1.2)
        result = VGroup(
            words(question_text(), 30, CHALK),
            words("= " + percent_text(answer()), 46, RIGHT_COLOR),
        ).arrange(DOWN, buff=0.2, aligned_edge=LEFT)
        fit(result, zone(3.0, 6.4, -2.3, -0.5), LEFT)
        self.play(FadeIn(result, shift=0.2 * UP), Create(highlight(result, RIGHT_COLOR)), run_time=0.9)
        self.pause(1.0)

from manim import *
from theorama_kit import *

home_first = knob(60, label="Home: most wheat, if all grow wheat", minimum=10, maximum=100, step=5)
home_second = knob(60, label="Home: most cloth, if all make cloth", minimum=10, maximum=100, step=5)
abroad_first = knob(25, label="Abroad: most wheat", minimum=10, maximum=100, step=5)
abroad_second = knob(50, label="Abroad: most cloth", minimum=10, maximum=100, step=5)
goods = knob(
    "wheat and cloth", label="The two goods", choices=("wheat and cloth", "food and machines", "wine and cheese")
)

HOME_COLOR = SKY
ABROAD_COLOR = LILAC
POINT_COLOR = YELLOW
COST_COLOR = CORAL
GAIN_COLOR = MINT

FIRST, SECOND = goods.split(" and ")
MAKERS = {"Home": (home_first, home_second), "Abroad": (abroad_first, abroad_second)}
COLORS = {"Home": HOME_COLOR, "Abroad": ABROAD_COLOR}


# --- one country whose people and land are not equally good at both: a bowed-out frontier -----------
def bowed(first):
    """The most of the second good beside so much of the first: a quarter of an ellipse, an idealisation."""
    return home_second * math.sqrt(max(0.0, 1 - (first / home_first) ** 2))


def next_cost(first):
    """The opportunity cost: how much of the second good one more of the first costs, at a point."""
    part = first / home_first
    return home_second / home_first * part / math.sqrt(max(1e-9, 1 - part**2))


# --- two countries with constant costs: straight frontiers ------------------------------------------
def straight(country, first):
    most_first, most_second = MAKERS[country]
    return most_second * (1 - first / most_first)


def cost_of_first(country):
    """What one of the first good costs in the second, by making it at home."""
    return MAKERS[country][1] / MAKERS[country][0]


EQUAL = abs(cost_of_first("Home") - cost_of_first("Abroad")) < 1e-9
FIRST_MAKER = "Home" if cost_of_first("Home") <= cost_of_first("Abroad") else "Abroad"
SECOND_MAKER = "Abroad" if FIRST_MAKER == "Home" else "Home"
TERMS = math.sqrt(cost_of_first("Home") * cost_of_first("Abroad"))  # a price of the first good between both costs
# Half of what the smaller of both can offer, and no more than the first maker could make itself.
SOLD = min(MAKERS[FIRST_MAKER][0] / 2, MAKERS[SECOND_MAKER][1] / 2 / TERMS, 0.8 * MAKERS[FIRST_MAKER][1] / TERMS)


def with_trade(country, sold):
    """What a country has after it makes only its own good and `sold` of the first good has changed hands."""
    if country == FIRST_MAKER:
        return MAKERS[country][0] - sold, sold * TERMS
    return sold, MAKERS[country][1] - sold * TERMS


def gain(country):
    """How much more of the first good it has than it could make itself beside the same amount of the second."""
    first, second = with_trade(country, SOLD)
    most_first, most_second = MAKERS[country]
    return first - most_first * (1 - second / most_second)


def amount(value):
    return number_text(value, None, 2 if abs(value) < 10 else 3)


def capital(text):
    return text[:1].upper() + text[1:]


class TheFrontier(Stage):
    def construct(self):
        axes = graph(
            (0, nice_range([1.15 * home_first], zero=True)[1]),
            (0, nice_range([1.1 * home_second], zero=True)[1]),
            MAIN,
            FIRST + ", tonnes a year" if FIRST != "machines" else FIRST,
            SECOND,
        )
        curve = plot(axes, bowed, HOME_COLOR, (0, home_first), 5, 240)
        first = ValueTracker(0.1 * home_first)
        now = first.get_value
        dot = always_redraw(lambda: Dot(axes.c2p(now(), bowed(now())), radius=0.12, color=POINT_COLOR))
        self.heading("What can a country make in a year?")
        self.say(f"All hands on {SECOND}, or all on {FIRST}, or some of both: the frontier shows the most possible.")
        self.play(FadeIn(axes), run_time=0.6)
        self.play(Create(curve), run_time=1.6)
        inner, outer = axes.c2p(0.38 * home_first, 0.42 * home_second), axes.c2p(0.95 * home_first, 0.72 * home_second)
        marks = VGroup(Dot(inner, radius=0.1, color=CHALK2), Dot(outer, radius=0.1, color=COST_COLOR))
        names = VGroup(
            words("possible, but wasteful", 24, CHALK2).next_to(marks[0], DOWN, buff=0.12),
            words("out of reach", 24, COST_COLOR).next_to(marks[1], UP, buff=0.12),
        )
        self.say("Inside, hands or land lie idle. Outside, there is not enough of them.")
        self.play(FadeIn(marks[0], scale=0.4), FadeIn(names[0]), run_time=0.6)
        self.play(FadeIn(marks[1], scale=0.4), FadeIn(names[1]), run_time=0.6)
        numbers = stack(
            readout(FIRST, first, "", 1, 30, CHALK),
            readout(SECOND, lambda: bowed(now()), "", 1, 30, CHALK),
            area=zone(2.8, 6.6, 1.5, 2.6),
            buff=0.3,
        )
        self.say(f"Move along the frontier. More {FIRST} is only to be had for less {SECOND}.")
        self.play(FadeOut(marks), FadeOut(names), FadeIn(dot), FadeIn(numbers), run_time=0.7)
        count = 5
        costs = VGroup(words(f"the next {amount(home_first / count)} {FIRST} cost", 24, CHALK2))
        stairs = VGroup()
        self.play(first.animate.set_value(0.0), run_time=0.8)
        for n in range(count):
            here, there = home_first * n / count, home_first * (n + 1) / count
            corner = axes.c2p(there, bowed(here))
            across = Line(axes.c2p(here, bowed(here)), corner, stroke_color=CHALK2, stroke_width=4)
            down = Line(corner, axes.c2p(there, bowed(there)), stroke_color=COST_COLOR, stroke_width=6)
            lost = bowed(here) - bowed(there)
            entry = words(f"{MINUS}{amount(lost)} {SECOND}", 28, COST_COLOR)
            costs.add(entry)
            stairs.add(across, down)
            VGroup(*costs).arrange(DOWN, buff=0.18, aligned_edge=LEFT).move_to([2.8, 1.0, 0], aligned_edge=UL)
            if n == 0:
                self.say(f"The first {FIRST} costs little: it takes land that was poor for {SECOND} anyway.")
                self.play(FadeIn(costs[0]), run_time=0.4)
            if n == 3:
                self.say(f"The last costs dear: now the best workers for {SECOND} must leave it too.")
            self.play(first.animate.set_value(there), Create(across), Create(down), run_time=1.0)
            self.play(FadeIn(entry, shift=0.2 * LEFT), run_time=0.35)
        result = words("opportunity cost", 30, COST_COLOR).move_to([2.8, -2.2, 0], aligned_edge=LEFT)
        self.say("What is given up is the opportunity cost. It rises, so the frontier bows outwards.")
        self.play(FadeIn(result), Create(highlight(result, COST_COLOR, 0.14)), run_time=0.8)
        self.pause(1.0)


def two_graphs(far=False):
    """A graph for each country, both with the same scale; `far` leaves room for the trade lines."""
    left, right = split_zone(zone(-6.6, 6.6, -2.85, 2.3), [1, 1])
    ends = [*MAKERS.values(), *([reach(name) for name in MAKERS] if far else [])]
    x_range, y_range = [(0, nice_range([1.12 * max([end[k] for end in ends])], zero=True)[1]) for k in (0, 1)]
    drawn = {
        name: graph(x_range, y_range, area, FIRST, SECOND, y_count=4)
        for name, area in (("Home", left), ("Abroad", right))
    }
    titles = VGroup(
        *[
            words(name, 28, COLORS[name]).move_to([area.get_center()[0] + 0.3, 2.45, 0])
            for name, area in (("Home", left), ("Abroad", right))
        ]
    )
    return drawn, titles


def reach(country):
    """The ends of the trade line of a country: all of its own good exchanged."""
    most_first, most_second = MAKERS[country]
    return (most_first, most_first * TERMS) if country == FIRST_MAKER else (most_second / TERMS, most_second)


def frontier(axes, country):
    most_first, most_second = MAKERS[country]
    return Line(axes.c2p(0, most_second), axes.c2p(most_first, 0), stroke_color=COLORS[country], stroke_width=5)


def better_at():
    """Who makes more of what, as a sentence."""
    more_first, more_second = home_first > abroad_first, home_second > abroad_second
    if more_first and more_second:
        return "Home makes more of both. Is there anything to trade for?"
    if home_first < abroad_first and home_second < abroad_second:
        return "Abroad makes more of both. Is there anything to trade for?"
    return "How much each can make is not what counts. What does each give up?"


class WhoGivesUpLess(Stage):
    def construct(self):
        drawn, titles = two_graphs()
        self.heading("Two countries: who gives up less?")
        self.say("Two countries, drawn for simplicity with straight frontiers: the cost is the same all along.")
        self.play(FadeIn(drawn["Home"]), FadeIn(drawn["Abroad"]), FadeIn(titles), run_time=0.8)
        self.play(*[Create(frontier(drawn[name], name)) for name in MAKERS], run_time=1.2)
        self.say(better_at())
        part = ValueTracker(0.0)
        runners = [
            always_redraw(
                lambda name=name: Dot(
                    drawn[name].c2p(
                        part.get_value() * MAKERS[name][0], straight(name, part.get_value() * MAKERS[name][0])
                    ),
                    radius=0.11,
                    color=POINT_COLOR,
                )
            )
            for name in MAKERS
        ]
        self.play(*[FadeIn(dot) for dot in runners], run_time=0.4)
        self.play(part.animate.set_value(1.0), run_time=2.2)
        self.play(part.animate.set_value(0.5), run_time=1.0)
        facts = VGroup()
        for name in MAKERS:
            axes = drawn[name]
            corner = axes.c2p(axes.x_range[1], axes.y_range[1])
            text = VGroup(
                words(
                    f"1 {FIRST} costs {amount(cost_of_first(name))} {SECOND}",
                    26,
                    CHALK if name == FIRST_MAKER else CHALK2,
                ),
                words(
                    f"1 {SECOND} costs {amount(1 / cost_of_first(name))} {FIRST}",
                    26,
                    CHALK if name == SECOND_MAKER else CHALK2,
                ),
            ).arrange(DOWN, buff=0.18, aligned_edge=LEFT)
            text.add_background_rectangle(STAGE, 0.85, buff=0.1)
            facts.add(text.move_to(corner, aligned_edge=UR))
        self.say(f"Moving one step along the line: how much {SECOND} does one {FIRST} cost here and there?")
        self.play(FadeIn(facts[0]), run_time=0.7)
        self.play(FadeIn(facts[1]), run_time=0.7)
        if EQUAL:
            self.say("Both give up the same. Nobody has a comparative advantage: the slopes are equal.")
            self.play(Create(highlight(facts, CHALK2, 0.05)), run_time=0.7)
        else:
            self.say(
                f"{FIRST_MAKER} gives up less for {FIRST}, {SECOND_MAKER} less for {SECOND}: the comparative advantage."
            )
            index = {"Home": 0, "Abroad": 1}
            self.play(
                Create(highlight(facts[index[FIRST_MAKER]][1], GAIN_COLOR, 0.08)),
                Create(highlight(facts[index[SECOND_MAKER]][2], GAIN_COLOR, 0.08)),
                run_time=0.8,
            )
        self.pause(1.0)


class BothGain(Stage):
    def construct(self):
        drawn, titles = two_graphs(far=True)
        lines_home = {name: frontier(drawn[name], name) for name in MAKERS}
        self.heading("Trade: both leave their frontier" if not EQUAL else "Trade with equal costs")
        self.say(f"Now each makes only one good: {FIRST_MAKER} {FIRST}, {SECOND_MAKER} {SECOND}.")
        self.play(FadeIn(VGroup(*drawn.values(), titles, *lines_home.values())), run_time=0.8)
        sold = ValueTracker(0.0)
        dots = [
            always_redraw(
                lambda name=name: Dot(
                    drawn[name].c2p(*with_trade(name, sold.get_value())), radius=0.12, color=POINT_COLOR
                )
            )
            for name in MAKERS
        ]
        self.play(*[FadeIn(dot, scale=0.4) for dot in dots], run_time=0.7)
        price = f"one {FIRST} for {amount(TERMS)} {SECOND}"
        self.say(
            f"They exchange {price}: a price between the two costs."
            if not EQUAL
            else f"They exchange {price}, which is just what it costs each."
        )
        rays = VGroup()
        for name in MAKERS:
            ends = reach(name)
            rays.add(
                DashedLine(drawn[name].c2p(ends[0], 0), drawn[name].c2p(0, ends[1]), color=GAIN_COLOR, stroke_width=4)
            )
        starts = {FIRST_MAKER: 0, SECOND_MAKER: 1}
        for name, ray in zip(MAKERS, rays, strict=True):
            if starts[name] == 1:
                ray.become(
                    DashedLine(
                        drawn[name].c2p(0, reach(name)[1]),
                        drawn[name].c2p(reach(name)[0], 0),
                        color=GAIN_COLOR,
                        stroke_width=4,
                    )
                )
        self.play(*[Create(ray) for ray in rays], run_time=1.4)
        facts = VGroup()
        for name in MAKERS:
            axes = drawn[name]
            text = VGroup(
                readout(FIRST, lambda name=name: with_trade(name, sold.get_value())[0], "", 1, 26, CHALK),
                readout(SECOND, lambda name=name: with_trade(name, sold.get_value())[1], "", 1, 26, CHALK),
            ).arrange(DOWN, buff=0.18, aligned_edge=LEFT)
            corner = axes.c2p(axes.x_range[1], axes.y_range[1])
            facts.add(text.move_to([corner[0] - 2.4, corner[1], 0], aligned_edge=UL))
        self.play(FadeIn(facts), run_time=0.5)
        self.say(f"Ship {FIRST} one way and {SECOND} the other, and both slide along their trade lines.")
        self.play(sold.animate.set_value(SOLD), run_time=3.5)
        for dot in dots:
            dot.clear_updaters()
        if EQUAL:
            self.say("Both end on their own frontier: with equal opportunity costs, trade brings nothing.")
            self.pause(0.6)
        else:
            self.say("Both stand outside their own frontier, where they could never get alone!")
            steps = VGroup()
            for name in MAKERS:
                first, second = with_trade(name, SOLD)
                alone = first - gain(name)
                bar = Line(
                    drawn[name].c2p(alone, second),
                    drawn[name].c2p(first, second),
                    stroke_color=GAIN_COLOR,
                    stroke_width=9,
                )
                label = VGroup(
                    words(f"+{amount(gain(name))} {FIRST}", 26, GAIN_COLOR), words("than alone", 22, GAIN_COLOR)
                ).arrange(DOWN, buff=0.12, aligned_edge=RIGHT)
                label.add_background_rectangle(STAGE, 0.85, buff=0.05)
                corner = drawn[name].c2p(drawn[name].x_range[1], drawn[name].y_range[1])
                label.move_to([corner[0] - 0.05, corner[1] - 1.15, 0], aligned_edge=UR)
                steps.add(VGroup(bar, label))
            self.play(
                *[FadeIn(step) for step in steps],
                *[Flash(dot.get_center(), color=GAIN_COLOR, flash_radius=0.35) for dot in dots],
                run_time=1.0,
            )
            self.say(f"With as much {SECOND} as before, each has more {FIRST}. It needs no country to be better.")
        self.pause(1.2)

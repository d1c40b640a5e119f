from manim import *
from theorama_kit import *

dice = knob(3, label="Dice in one throw", minimum=1, maximum=10, step=1)
throws = knob(1000, label="Number of throws", minimum=50, maximum=5000, step=50)
luck = knob(7, label="Luck", minimum=1, maximum=999, step=1, help="Another number gives other throws.")

DIE_COLOR = CHALK
SHARE_COLOR = SKY
EXACT_COLOR = YELLOW
BELL_COLOR = CORAL
ROLLS = np.random.default_rng(luck).integers(1, 7, size=(throws, dice))
SUMS = ROLLS.sum(axis=1)


def exact(count):
    """The probability of every sum of `count` fair dice, as {sum: probability}."""
    chances = {0: 1.0}
    for _die in range(count):
        following = {}
        for total, chance in chances.items():
            for face in range(1, 7):
                following[total + face] = following.get(total + face, 0.0) + chance / 6
        chances = following
    return chances


def shares(first):
    """How often every sum came among the first throws, as a share of all throws."""
    counted = np.bincount(SUMS[:first], minlength=6 * dice + 1)
    return {total: counted[total] / throws for total in range(dice, 6 * dice + 1)}


def deviation(count):
    """The standard deviation of the mean of `count` dice."""
    return math.sqrt(35 / 12 / count)


def bell(x, count):
    """The normal density with the mean and spread of the mean of `count` dice."""
    spread = deviation(count)
    return math.exp(-(((x - 3.5) / spread) ** 2) / 2) / (spread * math.sqrt(math.tau))


PIPS = {
    1: [(0, 0)],
    2: [(-1, -1), (1, 1)],
    3: [(-1, -1), (0, 0), (1, 1)],
    4: [(-1, -1), (-1, 1), (1, -1), (1, 1)],
    5: [(-1, -1), (-1, 1), (0, 0), (1, -1), (1, 1)],
    6: [(-1, -1), (-1, 0), (-1, 1), (1, -1), (1, 0), (1, 1)],
}


def die(face, side=0.8):
    """A die that shows a face."""
    body = RoundedRectangle(width=side, height=side, corner_radius=0.15 * side, stroke_color=DIE_COLOR, stroke_width=3)
    dots = [Dot([0.27 * side * x, 0.27 * side * y, 0], radius=0.085 * side, color=DIE_COLOR) for x, y in PIPS[face]]
    return VGroup(body, *dots)


def thrown(faces):
    """The dice of one throw, at most five in a row, in the upper side zone."""
    drawn = [die(int(face)) for face in faces]
    rows = [VGroup(*drawn[i : i + 5]).arrange(RIGHT, buff=0.15) for i in range(0, len(drawn), 5)]
    return fit(VGroup(*rows).arrange(DOWN, buff=0.15, aligned_edge=LEFT), zone(2.9, 6.6, 0.9, 2.6), LEFT)


def column(axes, center, width, height, color=SHARE_COLOR):
    """A bar of a histogram, in the units of the axes."""
    low, high = axes.c2p(center - width / 2, 0), axes.c2p(center + width / 2, max(height, 1e-5))
    bar = Rectangle(width=high[0] - low[0], height=high[1] - low[1], stroke_color=STAGE, stroke_width=1.5)
    return bar.set_fill(color, opacity=0.85).move_to((low + high) / 2)


class ManyThrows(Stage):
    def construct(self):
        chances = exact(dice)
        low, high = dice, 6 * dice
        highest = max([*chances.values(), *shares(throws).values()])
        top = nice_range([1.12 * highest], zero=True)
        axes = graph((low - 1, high + 1), top, MAIN, what_is_counted(), f"share of {throws} throws", whole=True)
        done = ValueTracker(0)
        bars = VGroup(*[column(axes, total, 0.9, 0.0) for total in range(low, high + 1)])
        foot = axes.c2p(0, 0)[1]

        def grow(group):
            now = shares(round(done.get_value()))
            for total, bar in zip(range(low, high + 1), group, strict=True):
                top = axes.c2p(0, now[total])[1]
                bar.stretch_to_fit_height(max(top - foot, 1e-3))
                bar.move_to([bar.get_center()[0], foot, 0], aligned_edge=DOWN)

        bars.add_updater(grow)
        self.heading("One die, many throws" if dice == 1 else f"{dice} dice, many throws")
        self.say("Nobody knows the next throw. But let us count what many throws give.")
        self.play(FadeIn(axes), run_time=0.8)
        self.add(bars)
        shown = thrown(ROLLS[0])
        counter = stack(
            readout("throws", done, "", 0, 34),
            area=zone(2.9, 6.6, -0.2, 0.6),
        )
        self.play(FadeIn(shown, shift=0.3 * DOWN), FadeIn(counter), run_time=0.6)
        for index in range(5):
            if index:
                self.remove(shown)
                shown = thrown(ROLLS[index])
                self.add(shown)
            drop = Dot(shown.get_left() + 0.3 * LEFT, color=EXACT_COLOR, radius=0.1)
            self.play(drop.animate.move_to(axes.c2p(SUMS[index], 0) + 0.15 * UP), run_time=0.7)
            done.set_value(index + 1)
            self.play(FadeOut(drop, scale=0.3), run_time=0.2)
        self.say("Now faster: the luck of a single throw matters less and less.")
        self.play(FadeOut(shown), run_time=0.4)
        self.play(done.animate.set_value(throws), run_time=7, rate_func=rush_into)
        bars.clear_updaters()
        marks = VGroup(
            *[
                Line(axes.c2p(total - 0.45, chance), axes.c2p(total + 0.45, chance), color=EXACT_COLOR, stroke_width=4)
                for total, chance in chances.items()
            ]
        )
        key = stack(
            legend([("counted", SHARE_COLOR), ("exact chance", EXACT_COLOR)], 26), area=zone(2.9, 6.6, -2.2, -0.8)
        )
        self.say("The counted shares settle near the exact chances, worked out by counting all cases.")
        self.play(FadeIn(marks), FadeIn(key), run_time=1.0)
        self.say(shape_words())
        self.pause(1.0)


def what_is_counted():
    return "face of the die" if dice == 1 else f"sum of {dice} dice"


def shape_words():
    """What the histogram looks like, and why."""
    if dice == 1:
        return "With one die all faces are equally likely, so the picture is flat."
    return (
        "Middle sums win, because more combinations lead to them: "
        f"only one gives {dice}, many give {round(3.5 * dice)}."
    )


class TowardsTheBell(Stage):
    def construct(self):
        counts = sorted({1, 2, 4, max(dice, 4)} | ({dice} if dice > 1 else set()))
        tallest = max([bell(3.5, count) for count in counts] + [count * max(exact(count).values()) for count in counts])
        axes = graph((0.5, 6.5), nice_range([1.08 * tallest], zero=True), MAIN, "mean of the dice", "density")
        self.heading("More dice: where does the mean fall?")
        self.say("Take the mean of the dice in a throw. One die alone: flat.")
        bars = mean_bars(axes, counts[0])
        fact = facts(counts[0])
        self.play(FadeIn(axes), run_time=0.7)
        self.play(LaggedStart(*[GrowFromEdge(bar, DOWN) for bar in bars], lag_ratio=0.1), FadeIn(fact), run_time=1.2)
        spoken = {
            1: "Two dice: extremes need both to agree, so the middle rises to a peak.",
            2: "More dice still: high and low ones cancel out, and the corners become round.",
            3: "The steps shrink and the hill grows narrow, always around three and a half.",
        }
        for index, count in enumerate(counts[1:], start=1):
            if index in spoken:
                self.say(spoken[index])
            following = mean_bars(axes, count)
            self.play(FadeOut(fact), run_time=0.3)
            fact = facts(count)
            self.play(FadeOut(bars), FadeIn(following), FadeIn(fact), run_time=1.2)
            bars = following
            self.wait(0.4)
        curve = plot(axes, lambda x: bell(x, counts[-1]), BELL_COLOR, width=5)
        self.say("This is the bell curve. Sums and means of many independent things come close to it.")
        self.play(Create(curve), run_time=1.6)
        law = stack(
            words("spread of the mean", 24, CHALK2),
            formula(r"\sigma_n = \frac{\sigma}{\sqrt{n}}", 44, CHALK, {"n": SHARE_COLOR}),
            area=zone(2.9, 6.6, -2.5, -0.7),
            buff=0.25,
        )
        self.play(FadeIn(law, shift=0.2 * UP), run_time=0.8)
        self.say("Four times as many dice halve the spread: that is the square root in the law.")
        self.pause(1.2)


def mean_bars(axes, count):
    """The exact distribution of the mean of `count` dice, as areas."""
    return VGroup(*[column(axes, total / count, 1 / count, chance * count) for total, chance in exact(count).items()])


def facts(count):
    """How many dice, and how wide the hill is."""
    return stack(
        words("1 die" if count == 1 else f"{count} dice", 38, SHARE_COLOR),
        words(f"mean {number_text(3.5, 1)}", 28),
        words(f"spread {number_text(deviation(count), 2)}", 28),
        area=zone(2.9, 6.6, -0.3, 2.4),
    )

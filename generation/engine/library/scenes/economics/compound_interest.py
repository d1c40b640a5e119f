from manim import *
from theorama_kit import *

principal = knob(1000.0, label="Money put in", unit="€", minimum=100.0, maximum=100000.0, step=100.0)
rate = knob(6.0, label="Interest rate a year", unit="%", minimum=1.0, maximum=15.0, step=0.1)
years = knob(30, label="For how many years", minimum=5, maximum=50)
compounding = knob(
    "yearly",
    label="Interest is added",
    choices=("yearly", "quarterly", "monthly", "daily"),
    help="How often interest is paid and begins to earn interest itself.",
)
currency = knob("€", label="Currency", choices=("€", "$", "£"))

PRINCIPAL_COLOR = SKY
SIMPLE_COLOR = YELLOW
EXTRA_COLOR = CORAL
DOUBLE_COLOR = MINT

PERIODS = {"yearly": 1, "quarterly": 4, "monthly": 12, "daily": 365}
TIMES = PERIODS[compounding]
SHARE = rate / 100


def simple(time, start=principal):
    """The money after `time` years when only the first sum earns interest."""
    return start * (1 + SHARE * time)


def compound(time, start=principal, times=TIMES):
    """The money after `time` years when interest earns interest, paid `times` a year."""
    return start * (1 + SHARE / times) ** (times * time)


def effective(times):
    """The growth of one year in per cent when interest is paid `times` a year."""
    return 100 * ((1 + SHARE / times) ** times - 1)


def endless():
    """The limit: interest added at every moment, in per cent a year."""
    return 100 * (math.exp(SHARE) - 1)


def doubling_time(percent=rate, times=TIMES):
    """Years until the money has doubled, exactly."""
    return math.log(2) / (times * math.log(1 + percent / 100 / times))


def rule_of_72(percent=rate):
    """Years until the money has doubled, by the rule of thumb."""
    return 72 / percent


def money(amount):
    """An amount in whole units, with a space between groups of three digits."""
    text = f"{amount:,.0f}".replace(",", " ")
    return f"{text} €" if currency == "€" else currency + text


def percent_text(value, decimals=None):
    return number_text(value, decimals, 3) + " %"


# --- amounts on the axis are drawn in a unit that keeps its numbers short ---------------------------
SCALE = 1000.0 if compound(years) >= 10000 else 1.0
AMOUNT_LABEL = ("thousand " if SCALE > 1 else "") + currency


def stacked_bar(axes, year):
    """The money after whole years: the sum put in, the interest on it, and the interest on interest."""
    unit = axes.c2p(1, 0)[0] - axes.c2p(0, 0)[0]
    parts, foot = VGroup(), 0.0
    for top, color in (
        (principal, PRINCIPAL_COLOR),
        (simple(year), SIMPLE_COLOR),
        (compound(year), EXTRA_COLOR),
    ):
        height = axes.c2p(0, top / SCALE)[1] - axes.c2p(0, foot / SCALE)[1]
        part = Rectangle(width=0.76 * unit, height=max(height, 1e-4), stroke_width=0).set_fill(color, opacity=0.9)
        parts.add(part.move_to(axes.c2p(year, foot / SCALE), aligned_edge=DOWN))
        foot = top
    return parts


class InterestOnInterest(Stage):
    def construct(self):
        top = nice_range([compound(years) / SCALE], zero=True)[1]
        axes = graph((-0.6, years + 0.6), (0, top), MAIN, "years", AMOUNT_LABEL, whole=True)
        year = ValueTracker(0)
        now = lambda: round(year.get_value())
        self.heading("Interest on interest")
        self.say(f"Put {money(principal)} into an account at {percent_text(rate)} a year, and leave it there.")
        self.play(FadeIn(axes), run_time=0.7)
        bars = VGroup(*[stacked_bar(axes, n) for n in range(years + 1)])
        self.play(GrowFromEdge(bars[0][0], DOWN), run_time=0.8)
        in_unit = lambda value: value / SCALE
        places = 2 if SCALE > 1 else 0
        unit = ("k" if SCALE > 1 else "") + currency
        numbers = stack(
            readout("year", now, "", 0, 30, CHALK),
            readout("put in", lambda: in_unit(principal), unit, places, 26, PRINCIPAL_COLOR),
            readout("interest", lambda: in_unit(simple(now()) - principal), unit, places, 26, SIMPLE_COLOR),
            readout("on interest", lambda: in_unit(compound(now()) - simple(now())), unit, places, 26, EXTRA_COLOR),
            readout("in all", lambda: in_unit(compound(now())), unit, places, 34, CHALK),
            area=zone(2.8, 6.6, -0.6, 2.6),
            buff=0.3,
        )
        self.play(FadeIn(numbers), run_time=0.5)
        first = compound(1) - principal
        self.say(f"In the first year it earns {money(first)}. This interest stays in the account.")
        step = clamp(9 / years, 0.18, 0.6)
        early = min(4, years)
        for n in range(1, early + 1):
            self.play(FadeIn(bars[n], shift=0.1 * UP), year.animate.set_value(n), run_time=max(step, 0.5))
        self.say("Simple interest would add the same every year. But now interest earns interest too.")
        for n in range(early + 1, years + 1):
            self.play(FadeIn(bars[n], shift=0.1 * UP), year.animate.set_value(n), run_time=step)
        line = plot(axes, lambda t: simple(t) / SCALE, CHALK, (0, years), 5, 2)
        curve = plot(axes, lambda t: compound(t) / SCALE, CHALK, (0, years), 5, 120)
        self.say("Simple interest grows along a straight line, compound interest along a curve that bends up.")
        self.play(Create(line), run_time=1.0)
        self.play(Create(curve), run_time=1.2)
        extra = VGroup(
            words(f"after {years} years", 24, CHALK2),
            words("simple: " + money(simple(years)), 28, SIMPLE_COLOR),
            words("compound: " + money(compound(years)), 28, EXTRA_COLOR),
        ).arrange(DOWN, buff=0.18, aligned_edge=LEFT)
        fit(extra, zone(2.8, 6.6, -2.6, -1.0), UL)
        self.say(
            f"After {years} years, interest on interest alone has brought {money(compound(years) - simple(years))}."
        )
        self.play(FadeIn(extra, shift=0.2 * UP), run_time=0.8)
        self.pause(1.0)


HOW_OFTEN = [("yearly", 1), ("half-yearly", 2), ("quarterly", 4), ("monthly", 12), ("daily", 365)]


class MoreOften(Stage):
    def construct(self):
        low = rate - 0.25 * (endless() - rate)
        top = endless() + 0.3 * (endless() - rate)
        area = zone(-6.6, 2.3, -2.2, 2.75)
        left, right, bottom, height = -6.3, 2.1, -1.75, 3.7
        y = lambda percent: bottom + height * (percent - low) / (top - low)
        self.heading("Added more often: does it grow without end?")
        law = fit(
            formula(
                r"K = P\left(1 + \frac{r}{n}\right)^{n t}",
                48,
                colors={"P": PRINCIPAL_COLOR, "r": SIMPLE_COLOR, "n": EXTRA_COLOR},
            ),
            zone(2.8, 6.6, 1.5, 2.7),
            UL,
        )
        key = stack(
            words("P: money put in", 24, PRINCIPAL_COLOR),
            words(f"r: rate a year, {percent_text(rate)}", 24, SIMPLE_COLOR),
            words("n: times a year", 24, EXTRA_COLOR),
            words("t: years", 24, CHALK),
            area=zone(2.8, 6.6, -0.5, 1.2),
            buff=0.2,
        )
        self.say(f"Split the {percent_text(rate)}: add a part of it n times a year, so it earns interest sooner.")
        floor = Line([left, y(low), 0], [right, y(low), 0], stroke_color=CHALK3, stroke_width=3)
        title = words("growth in one year", 24, CHALK2).move_to([left, area.get_top()[1] - 0.15, 0], aligned_edge=LEFT)
        base = DashedLine([left, y(rate), 0], [right, y(rate), 0], color=SIMPLE_COLOR, stroke_width=2.5)
        self.play(Write(law), FadeIn(key), Create(floor), FadeIn(title), Create(base), run_time=1.4)
        width = (right - left) / len(HOW_OFTEN)
        bars = VGroup()
        for place, (name, times) in enumerate(HOW_OFTEN):
            x = left + width * (place + 0.5)
            color = EXTRA_COLOR if name == compounding else CHALK3
            bar = Rectangle(width=0.62 * width, height=y(effective(times)) - y(low), stroke_width=0)
            bar.set_fill(color, opacity=0.85).move_to([x, y(low), 0], aligned_edge=DOWN)
            value = fit_width(words(percent_text(effective(times), 3), 22, STAGE), 0.56 * width)
            value.next_to(bar.get_top(), DOWN, buff=0.12)
            label = words(name, 24, CHALK2).move_to([x, y(low) - 0.28, 0])
            count = words(f"n = {times}", 22, CHALK3).move_to([x, y(low) - 0.64, 0])
            bars.add(VGroup(bar, value, label, count))
        self.say("Twice a year brings a little more than once. But the gains get smaller and smaller.")
        for bar in bars:
            self.play(GrowFromEdge(bar[0], DOWN), FadeIn(bar[1:]), run_time=0.75)
        ceiling = Line([left, y(endless()), 0], [right, y(endless()), 0], stroke_color=DOUBLE_COLOR, stroke_width=3)
        limit = words(f"limit {percent_text(endless(), 3)}", 26, DOUBLE_COLOR)
        limit.move_to([right, y(endless()) + 0.3, 0], aligned_edge=RIGHT)
        note = fit(
            lines("The bars begin just below the yearly rate: differences look large here.", 22, CHALK2, 32),
            zone(2.8, 6.6, -2.7, -1.7),
            UL,
        )
        self.say("There is a ceiling: added at every moment, one year multiplies the money by e to the power r.")
        self.play(Create(ceiling), FadeIn(limit), FadeIn(note), run_time=1.0)
        bound = fit(
            formula(r"\left(1+\frac{r}{n}\right)^{n} \to e^{\,r}", 40, DOUBLE_COLOR), zone(2.8, 6.6, -1.5, -0.6), UL
        )
        self.play(FadeIn(bound, shift=0.2 * UP), run_time=0.8)
        self.pause(1.0)


class DoublingTime(Stage):
    def construct(self):
        double = doubling_time()
        times_shown = 4
        axes = graph(
            (0, nice_range([(times_shown + 0.1) * double], zero=True)[1]),
            (0, 17),
            MAIN,
            "years",
            "times the money put in",
        )
        edge = min(axes.x_range[1], math.log(17) / math.log(2) * double)
        self.heading("How long until it doubles?")
        self.say("Follow the curve: from 1 to 2, from 2 to 4, from 4 to 8. How long does each doubling take?")
        curve = plot(axes, lambda t: 2 ** (t / double), EXTRA_COLOR, (0, edge), 5, 160)
        self.play(FadeIn(axes), run_time=0.6)
        self.play(Create(curve), run_time=1.8)
        for n in range(1, times_shown + 1):
            start, end = axes.c2p((n - 1) * double, 2 ** (n - 1)), axes.c2p(n * double, 2**n)
            corner = np.array([end[0], start[1], 0])
            run = Line(start, corner, stroke_color=DOUBLE_COLOR, stroke_width=4)
            rise = Line(corner, end, stroke_color=CHALK2, stroke_width=3)
            dot = Dot(end, radius=0.09, color=DOUBLE_COLOR)
            label = words(f"×{2**n}", 26, DOUBLE_COLOR).next_to(end, UL, buff=0.08)
            self.play(Create(run), run_time=0.5)
            self.play(Create(rise), FadeIn(dot, scale=0.4), FadeIn(label), run_time=0.5)
        exact = VGroup(
            words("each doubling takes", 24, CHALK2), words(f"{number_text(double, 1)} years", 38, DOUBLE_COLOR)
        ).arrange(DOWN, buff=0.18, aligned_edge=LEFT)
        exact.move_to([2.8, 2.1, 0], aligned_edge=LEFT)
        self.say(f"Always the same time: at {percent_text(rate)}, {number_text(double, 1)} years.")
        self.play(FadeIn(exact), run_time=0.7)
        thumb = VGroup(
            words("rule of 72", 24, CHALK2),
            fit_width(words(f"72 ÷ {number_text(rate)} = {number_text(rule_of_72(), 1)} years", 28, SIMPLE_COLOR), 3.8),
        ).arrange(DOWN, buff=0.18, aligned_edge=LEFT)
        thumb.move_to([2.8, 0.8, 0], aligned_edge=LEFT)
        self.say("A rule of thumb: divide 72 by the rate in per cent. It is nearly right.")
        self.play(FadeIn(thumb), run_time=0.7)
        rows = [
            [percent_text(p), number_text(rule_of_72(p), 1), number_text(doubling_time(p), 1)] for p in (2, 4, 8, 12)
        ]
        sheet = table(["rate", "rule", "exact"], rows, [CHALK2, SIMPLE_COLOR, DOUBLE_COLOR], 24, 0.46, 0.6)
        fit(sheet, zone(2.8, 6.6, -2.75, 0.1), UL)
        self.say("Twice the rate, half the time: so small differences in rate matter over many years.")
        self.play(FadeIn(sheet[:2]), LaggedStart(*[FadeIn(row) for row in sheet[2:]], lag_ratio=0.4), run_time=1.6)
        self.pause(1.2)

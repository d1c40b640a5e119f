from manim import *
from theorama_kit import *

first = knob(0.5, label="First term a", minimum=0.1, maximum=10.0, step=0.1)
ratio = knob(0.5, label="Ratio r", minimum=-1.5, maximum=1.5, step=0.05)
count = knob(8, label="How many terms are added", minimum=4, maximum=12, step=1)

TERM_COLOR = SKY
SUM_COLOR = YELLOW
LIMIT_COLOR = MINT
RATIO_COLOR = CORAL

CONVERGES = abs(ratio) < 1
FILLS = 0.05 <= ratio <= 0.95  # pieces of a square need positive terms that shrink
FILL_FIRST, FILL_RATIO = (first, ratio) if FILLS else (0.5, 0.5)


def term(k, a=first, r=ratio):
    """The k-th term, counted from 0: a times r to the k."""
    return a * r**k


def partial_sum(n, a=first, r=ratio):
    """The sum of the first n terms, added up one by one."""
    return sum([term(k, a, r) for k in range(n)])


def closed_sum(n, a=first, r=ratio):
    """The same sum by the formula."""
    return n * a if r == 1 else a * (1 - r**n) / (1 - r)


def limit(a=first, r=ratio):
    """The sum of all terms; nan where there is none."""
    return a / (1 - r) if abs(r) < 1 else math.nan


def pieces(left, bottom, width, height, n):
    """Rectangles (left, bottom, width, height): each takes the part 1 - r of what is left, across and up in turn."""
    found, taken = [], 1 - FILL_RATIO
    for k in range(n):
        if k % 2 == 0:
            found.append((left, bottom, width * taken, height))
            left, width = left + width * taken, width * (1 - taken)
        else:
            found.append((left, bottom, width, height * taken))
            bottom, height = bottom + height * taken, height * (1 - taken)
    return found


def short(value):
    """A number with up to three decimals, or halves and quarters as fractions."""
    for below in (2, 4, 8, 16, 32, 64):
        if abs(value) < 1 and abs(value * below - round(value * below)) < 1e-12 and round(value * below):
            return (MINUS if value < 0 else "") + str(abs(round(value * below))) + "/" + str(below)
    return number_text(value)


class FillTheSquare(Stage):
    def construct(self):
        whole = limit(FILL_FIRST, FILL_RATIO)
        side = 5.3
        frame = Square(side_length=side, stroke_color=CHALK3, stroke_width=3).move_to([-3.6, -0.05, 0])
        left, bottom = frame.get_left()[0], frame.get_bottom()[1]
        self.heading("Can endlessly many numbers have a finite sum?")
        self.say(opening_line(whole))
        self.play(Create(frame), run_time=0.9)
        rows = [
            [str(n), short(term(n - 1, FILL_FIRST, FILL_RATIO)), number_text(partial_sum(n, FILL_FIRST, FILL_RATIO), 4)]
            for n in range(1, 7)
        ]
        sheet = table(["n", "term", "sum so far"], rows, [CHALK2, TERM_COLOR, SUM_COLOR], 30, 0.56, 0.8)
        fit(sheet, zone(0.2, 6.4, -1.3, 2.6), UL)
        self.play(FadeIn(sheet[:2]), run_time=0.4)
        shapes = VGroup()
        total = min(count + 4, 14)
        for k, (x, y, w, h) in enumerate(pieces(left, bottom, side, side, total)):
            piece = Rectangle(
                width=w,
                height=h,
                fill_color=SERIES[k % 6],
                fill_opacity=0.75,
                stroke_color=STAGE,
                stroke_width=clamp(30 * min(w, h), 0.5, 3),
            )
            piece.move_to([x + w / 2, y + h / 2, 0])
            shapes.add(piece)
            label = words(short(term(k, FILL_FIRST, FILL_RATIO)), 28, STAGE)
            if label.width < 0.85 * w and label.height < 0.6 * h:
                piece.add(label.move_to(piece.get_center()))
            moves = [FadeIn(piece, scale=0.85)]
            if k < 6:
                moves.append(FadeIn(sheet[k + 2], shift=0.2 * LEFT))
            self.play(*moves, run_time=1.1 if k < 3 else 0.6 if k < 6 else 0.25)
            if k == 0:
                self.say("Next comes " + short(FILL_RATIO) + " of the term before, and again, and again.")
            if k == 2:
                self.say("Every piece takes the same share of what is still empty. So it never spills over.")
        more = fit(
            words("rest: " + number_text(whole * FILL_RATIO**total, None, 2), 28, CHALK2),
            zone(0.2, 6.4, -1.9, -1.4),
            LEFT,
        )
        self.play(FadeIn(more), run_time=0.4)
        self.say("The rest shrinks to nothing: all the terms together fill the square exactly.")
        answer = words("sum of all terms = " + number_text(whole, None, 4), 36, LIMIT_COLOR)
        fit(answer, zone(0.3, 6.3, -2.75, -2.1), LEFT)
        self.play(FadeIn(answer, shift=0.2 * UP), frame.animate.set_stroke(LIMIT_COLOR, 6), run_time=0.9)
        self.play(Create(highlight(answer, LIMIT_COLOR, 0.14)), run_time=0.6)
        self.pause(1.0)


def opening_line(whole):
    start = "Take a square of area " + number_text(whole, None, 4) + "."
    if not FILLS:
        return "First an example with ratio one half. " + start
    return start + " Colour the first term: " + short(FILL_FIRST) + "."


def hop(start, end, height):
    """A curved step from one place on the number line to another."""
    way = end - start
    if abs(way) < 0.02:
        return VMobject()
    bend = ArcBetweenPoints([start, height, 0], [end, height, 0], angle=-1.15 if way > 0 else 1.15)
    return bend.set_stroke(TERM_COLOR, 4)


class Hops(Stage):
    def construct(self):
        sums = [partial_sum(n) for n in range(count + 1)]
        seen = [*sums, limit()] if CONVERGES else sums
        low, high = nice_range(seen, zero=True, margin=0.05)
        line = NumberLine(
            x_range=[low, high, high - low], length=8.2, include_ticks=False, stroke_color=CHALK3, stroke_width=3
        )
        line.move_to([-2.2, 1.5, 0])
        marks = VGroup()
        ticks = nice_ticks(low, high, 6)
        for tick, label in zip(ticks, tick_labels(ticks, 22, CHALK3), strict=True):
            spot = line.n2p(tick)
            marks.add(
                Line(spot + 0.08 * DOWN, spot + 0.08 * UP, stroke_color=CHALK3, stroke_width=2.5),
                label.next_to(spot, DOWN, buff=0.3),
            )
        axes = graph(
            (0, count + 0.5),
            (low, high),
            zone(-6.6, 2.3, -2.85, 0.6),
            "number of terms n",
            "sum Sₙ",
            20,
            whole=True,
            y_count=4,
        )
        place = ValueTracker(0.0)
        here = Dot(line.n2p(0), color=SUM_COLOR, radius=0.12)
        here.add_updater(lambda dot: dot.move_to(line.n2p(place.get_value())))
        self.heading("Every term is one hop")
        self.say(
            "Start at 0. The first hop is a = "
            + number_text(first)
            + ", each next one is r = "
            + number_text(ratio)
            + " times the last."
        )
        self.play(FadeIn(line), FadeIn(marks), FadeIn(axes), FadeIn(here), run_time=0.9)
        step = ValueTracker(0)
        live = VGroup(
            readout("n", step, "", 0, 32),
            readout(
                "hop",
                lambda: term(round(step.get_value()) - 1) if step.get_value() > 0.5 else 0.0,
                "",
                4,
                30,
                TERM_COLOR,
            ),
            readout("sum", place, "", 4, 34, SUM_COLOR),
        )
        stack(*live, area=zone(2.9, 6.6, 0.6, 2.6), buff=0.35)
        self.play(FadeIn(live), run_time=0.5)
        dots, last = VGroup(), None
        for n in range(1, count + 1):
            bend = hop(line.n2p(sums[n - 1])[0], line.n2p(sums[n])[0], line.n2p(0)[1])
            dot = Dot(axes.c2p(n, sums[n]), color=SUM_COLOR, radius=0.08)
            bar = Line(
                axes.c2p(n, sums[n - 1]), axes.c2p(n, sums[n]) + 1e-4 * UP, stroke_color=TERM_COLOR, stroke_width=4
            )
            dots.add(bar, dot)
            step.set_value(n)
            pace = 1.0 if n < 4 else 0.6
            self.play(Create(bend), place.animate.set_value(sums[n]), FadeIn(bar), GrowFromCenter(dot), run_time=pace)
            if last is not None:
                last.set_stroke(EDGE, 3)
            last = bend
            if n == 3:
                self.say(MIDDLE_LINE[behaviour()])
        if CONVERGES:
            level = DashedLine(axes.c2p(0, limit()), axes.c2p(count + 0.5, limit()), color=LIMIT_COLOR, stroke_width=4)
            goal = Line(
                line.n2p(limit()) + 0.3 * DOWN, line.n2p(limit()) + 0.3 * UP, stroke_color=LIMIT_COLOR, stroke_width=6
            )
            self.say(
                "The sums close in on "
                + number_text(limit(), None, 4)
                + ": each hop brings them nearer by the same share."
            )
            self.play(Create(level), Create(goal), run_time=1.0)
            self.bring_to_front(dots)
            notes = VGroup(
                words("limit " + number_text(limit(), None, 4), 34, LIMIT_COLOR),
                words("still missing: " + number_text(abs(limit() - sums[-1]), None, 2), 26, CHALK2),
            )
        else:
            self.say(AWAY_LINE[behaviour()])
            notes = VGroup(
                words("no sum", 36, RATIO_COLOR),
                words("r = " + number_text(ratio) + ":  hops do not shrink", 26, CHALK2),
            )
        stack(*notes, area=zone(2.95, 6.5, -1.6, -0.2), buff=0.25)
        self.play(FadeIn(notes, shift=0.2 * UP), Create(highlight(notes[0], notes[0].get_color(), 0.14)), run_time=0.9)
        self.pause(1.0)


def behaviour():
    """How the sums behave: "one way", "to and fro", "still", "runs away", "swings"."""
    if ratio == 0:
        return "still"
    if CONVERGES:
        return "one way" if ratio > 0 else "to and fro"
    return "runs away" if ratio >= 1 else "swings"


MIDDLE_LINE = {
    "one way": "The hops get shorter and shorter, all in the same direction.",
    "to and fro": "The ratio is negative: every hop turns back, but each is shorter than the last.",
    "still": "The ratio is 0: after the first hop nothing is left to add.",
    "runs away": "These hops do not get shorter.",
    "swings": "Every hop turns back, and none is shorter than the last.",
}
AWAY_LINE = {
    "runs away": "So the sum grows past every bound: this series has no sum. It diverges.",
    "swings": "So the sum swings for ever and settles nowhere: this series has no sum. It diverges.",
}


def cell(text, color):
    """A box with one term."""
    box = RoundedRectangle(
        corner_radius=0.08,
        width=1.35,
        height=0.75,
        stroke_color=color,
        stroke_width=3,
        fill_color=color,
        fill_opacity=0.18,
    )
    return VGroup(box, fit_width(words(text, 30, CHALK), 1.2).move_to(box))


class ShiftAndSubtract(Stage):
    def construct(self):
        names = ["a", "ar", "ar²", "…", "arⁿ⁻¹"]
        above, below = VGroup(), VGroup()
        for k, name in enumerate(names):
            above.add(cell(name, SUM_COLOR).move_to([-4.2 + 1.7 * k, 2.25, 0]))
            below.add(cell([*names[1:], "arⁿ"][k], RATIO_COLOR).move_to([-4.2 + 1.7 * (k + 1), 1.25, 0]))
        plus = VGroup()
        for row in (above, below):
            for one, other in zip(row[:-1], row[1:], strict=True):
                plus.add(words("+", 28, CHALK2).move_to((one.get_right() + other.get_left()) / 2))
        upper, lower = words("Sₙ =", 34, SUM_COLOR), words("r·Sₙ =", 34, RATIO_COLOR)
        upper.next_to(above, LEFT, buff=0.3)
        lower.move_to([upper.get_right()[0] - lower.width / 2, 1.25, 0])
        self.heading("The trick: shift and subtract")
        self.say("Write the sum of n terms, and below it the same sum multiplied by r.")
        self.play(FadeIn(upper), LaggedStart(*[FadeIn(each) for each in above], lag_ratio=0.2), run_time=1.3)
        self.play(FadeIn(plus[:4]), run_time=0.3)
        copy = above.copy()
        self.play(copy.animate.move_to([above.get_center()[0], 1.25, 0]), run_time=0.8)
        self.play(ReplacementTransform(copy, below), FadeIn(lower), FadeIn(plus[4:]), run_time=1.2)
        self.say("Every term has moved on by one place. Subtract, and nearly everything cancels.")
        gone = [*above[1:], *below[:-1]]
        self.play(*[each.animate.set_opacity(0.1) for each in gone], FadeOut(plus), run_time=1.3)
        self.play(Indicate(above[0], color=YELLOW), Indicate(below[-1], color=CORAL), run_time=0.9)
        left = formula(r"S_n - r S_n = a - a r^n", 44, colors={"r^n": RATIO_COLOR})
        fit(left, zone(-6.4, -1.9, -0.25, 0.45), LEFT)
        self.play(Write(left), run_time=1.1)
        if ratio == 1:
            self.say("With r = 1 that says only 0 = 0. But then all terms are equal, and the sum is n times a.")
            closed = r"S_n = n\,a"
        else:
            self.say("Only the first and the last are left. Divide by 1 − r: that is the sum of n terms.")
            closed = r"S_n = a\,\frac{1 - r^n}{1 - r}"
        law = formula(closed, 44, colors={"S_n": SUM_COLOR, "r^n": RATIO_COLOR})
        fit(law, zone(-6.4, -2.4, -1.3, -0.35), LEFT)
        self.play(Write(law), run_time=1.1)
        last = 40 if CONVERGES else 12
        powers = [ratio**n for n in range(last + 1)]
        axes = graph(
            (0, last + 0.5),
            nice_range(powers, zero=True),
            zone(1.6, 6.6, -2.85, 0.65),
            "n",
            "rⁿ",
            20,
            whole=True,
            y_count=4,
        )
        axes.add(Line(axes.c2p(0, 0), axes.c2p(last + 0.5, 0), stroke_color=EDGE, stroke_width=2.5))
        dots = VGroup(*[Dot(axes.c2p(n, power), color=RATIO_COLOR, radius=0.06) for n, power in enumerate(powers)])
        power = ValueTracker(1)
        whole = lambda: round(power.get_value())
        live = VGroup(
            readout("n", power, "", 0, 32),
            readout("rⁿ", lambda: ratio ** whole(), "", 5, 30, RATIO_COLOR),
            readout("Sₙ", lambda: closed_sum(whole()), "", 4, 32, SUM_COLOR),
        )
        stack(*live, area=zone(-1.7, 1.3, -1.5, 0.3), buff=0.3)
        self.say("Now let n grow, and watch r to the n: here r = " + number_text(ratio) + ".")
        self.play(FadeIn(live), FadeIn(axes), FadeIn(dots[0]), run_time=0.6)
        growing = LaggedStart(*[FadeIn(dot) for dot in dots[1:]], lag_ratio=0.5)
        self.play(power.animate.set_value(last), growing, run_time=4.5, rate_func=linear)
        if CONVERGES:
            self.say("It dies out, because r is smaller than 1 in size. So endlessly many terms have this sum:")
            end, color = r"S = \frac{a}{1 - r} = " + number_text(limit(), None, 4).replace(MINUS, "-"), LIMIT_COLOR
        else:
            self.say("It does not die out, because r is not smaller than 1 in size. There is no sum.")
            end, color = r"|r| \ge 1:\ \text{no sum}", RATIO_COLOR
        final = fit(formula(end, 42, color), zone(-6.3, -1.4, -2.75, -1.75), DL)
        self.play(Write(final), run_time=1.0)
        self.play(Create(highlight(final, color, 0.12)), run_time=0.6)
        self.pause(1.0)

from manim import *
from theorama_kit import *

rule = knob(
    "1/n",
    label="Rule for the terms",
    kind="expression",
    letters="nab",
    help="A formula in n; or the next term from a, the term before, and b, the one before that: a/2 + 3, a + b.",
)
first = knob(
    [1.0],
    label="First terms",
    minimum=-1000.0,
    maximum=1000.0,
    step=0.5,
    at_least=1,
    at_most=2,
    help="Used where the rule makes the next term from those before.",
)
begin = knob(1, label="Counting starts at n =", minimum=0, maximum=5, step=1)
count = knob(10, label="How many terms are listed", minimum=5, maximum=12, step=1)

TERM_COLOR = SKY
LIMIT_COLOR = MINT
SUM_COLOR = YELLOW
WITHIN_COLOR = LEAF

HIGHEST = 1e5  # taller terms leave the picture
LONG = 2048
run = expression(rule, "nab")
LETTERS = [token for token in tokens_of(rule, "nab") if token in ("a", "b")]
NEEDED = 2 if "b" in LETTERS else 1 if LETTERS else 0


def terms(many):
    """The first terms of the sequence: by the formula, or each made from those before it."""
    if not NEEDED:
        return [float(each) for each in run(np.arange(begin, begin + many), 0, 0)]
    if len(first) < NEEDED:
        raise ValueError("This rule uses the two terms before: give two first terms, such as 1, 1.")
    found = [float(each) for each in first[:NEEDED]]
    while len(found) < many and abs(found[-1]) < 1e150:
        before = found[-2] if NEEDED == 2 else 0.0
        found.append(float(run(begin + len(found) - 1, found[-1], before)))
    return found[:many] + [math.inf] * (many - len(found))


FAR = terms(LONG)
TERMS = FAR[:count]
if not all([math.isfinite(each) for each in TERMS]):
    raise ValueError("One of the first terms has no real value or is too large: change the rule or list fewer terms.")
if abs(TERMS[0]) > HIGHEST:
    raise ValueError("The first term is too large to draw: begin with a number below 100000.")


def goal(values):
    """What values at doubled places (N, 2N, 4N, 8N) run towards; nan where they don't settle."""
    d1, d2, d3 = [float(b - a) for a, b in zip(values[:-1], values[1:], strict=True)]
    small = 1e-11 * max(1.0, abs(values[-1]))
    if not all([math.isfinite(each) for each in values]):
        return math.nan
    if abs(d2) <= small and abs(d3) <= small:
        return float(values[-1])
    if d1 == 0 or d2 == 0 or abs(d2 / d1) > 0.8 or abs(d3 / d2) > 0.8:
        return math.nan
    ratio = d3 / d2
    return float(values[-1] + d3 * ratio / (1 - ratio))


def limit_of(values):
    """The limit of a long list of terms, found at several kinds of place; nan where they disagree."""
    found = [goal([values[base * part - 1] for part in (1, 2, 4, 8)]) for base in (180, 211, 233, 255)]
    spread = max(found) - min(found) if all([math.isfinite(each) for each in found]) else math.inf
    restless = max([abs(each - values[-1]) for each in values[-9:]])
    if not restless < 5e-3 * max(1.0, abs(values[-1])) or not spread < 1e-3 * max(5e-2, abs(found[0])):
        return math.nan
    best = min(found, key=lambda each: abs(each - round(each, 6)))
    return round(best, 6) if abs(best - round(best, 6)) < 1e-7 + 0.2 * spread else best


def running_sums(values):
    """The partial sums."""
    return [float(each) for each in np.cumsum(np.array(values))]


LIMIT = limit_of(FAR)
SUMS = running_sums(TERMS)
TOTAL = limit_of(running_sums(FAR))
SETTLES = math.isfinite(LIMIT)


def band():
    """A distance from the limit and the first place from which every term keeps within it."""
    span = max([abs(each - LIMIT) for each in TERMS])
    for share in (0.1, 0.2, 0.3, 0.5, 0.8):
        distance = share * span if span > 1e-9 * max(1.0, abs(LIMIT)) else 0.1 * max(abs(LIMIT), 1.0)
        outside = [i for i, each in enumerate(FAR) if abs(each - LIMIT) >= distance]
        place = outside[-1] + 1 if outside else 0
        if place <= 45:
            return distance, place
    return distance, place


def seen(values):
    """How many of the values, from the first on, stay in the picture."""
    tall = [i for i, each in enumerate(values) if not abs(each) <= HIGHEST]
    return tall[0] if tall else len(values)


def behaviour():
    """How the listed terms go on, in words."""
    steps = [b - a for a, b in zip(TERMS[:-1], TERMS[1:], strict=True)]
    if all([step == 0 for step in steps]):
        return "All terms are equal."
    if all([step > 0 for step in steps]):
        return "Every term is greater than the one before."
    if all([step < 0 for step in steps]):
        return "Every term is less than the one before."
    if all([step >= 0 for step in steps]) or all([step <= 0 for step in steps]):
        return "The terms never turn back, though some are equal."
    if all([one * other < 0 for one, other in zip(steps[:-1], steps[1:], strict=True)]):
        return "Up, down, up, down: each step turns back on the one before."
    return "The terms go up at times and down at times."


def subscripted(tex):
    """The rule's TeX with a and b as the terms they stand for."""
    out, at = "", 0
    while at < len(tex):
        size = 1
        if tex[at] == "\\":
            while at + size < len(tex) and tex[at + size].isalpha():
                size += 1
        token = tex[at : at + size]
        out += {"a": "a_{n}", "b": "a_{n-1}"}.get(token, token)
        at += size
    return out


def rule_shown():
    """The rule as a formula, above the graph."""
    tex = expression_tex(rule, "nab")
    shown = formula(("a_{n+1} = " + subscripted(tex)) if NEEDED else "a_{n} = " + tex, 42)
    if NEEDED:
        starts = [f"a_{{{begin + i}}} = {plain(value)}" for i, value in enumerate(first[:NEEDED])]
        shown = VGroup(shown, formula(r",\quad ".join(starts), 34, CHALK2)).arrange(RIGHT, buff=0.7)
    return fit(shown, zone(-6.6, 2.3, 1.85, 2.75), LEFT)


def plain(value):
    """A number for TeX."""
    return number_text(value).replace(MINUS, "-")


PICTURE = zone(-6.6, 2.3, -2.85, 1.6)


def paper(many, values, y_label, extra=()):
    """Axes for the first `many` values."""
    heights = nice_range([*values[: seen(values)], *extra], zero=True, margin=0.04)
    return graph((begin - 0.5, begin + many - 0.5), heights, PICTURE, "n", y_label, whole=True)


def peg(axes, i, value, color, radius=0.09):
    """A dot on its stalk above n."""
    foot, tip = axes.c2p(begin + i, 0), axes.c2p(begin + i, value)
    stalk = Line(foot, tip + 0.001 * UP, stroke_color=color, stroke_width=3, stroke_opacity=0.55)
    return VGroup(stalk, Dot(tip, radius=radius, color=color))


def zero_line(axes):
    """The line at height zero, from which the stalks grow."""
    return Line(axes.c2p(axes.x_range[0], 0), axes.c2p(axes.x_range[1], 0), stroke_color=CHALK3, stroke_width=2.5)


def sheet(columns, rows, colors):
    """The table in the side panel."""
    return fit(table(columns, rows, colors, 25, 0.42, 0.7), SIDE, UL)


def how_made():
    """The first thing to say about the rule."""
    if NEEDED == 2:
        return "Two terms are given. Each new term is made from the two before it."
    if NEEDED:
        return "One term is given. The rule makes each new term out of the one before."
    return "Put in n = " + ", ".join([str(begin + i) for i in range(3)]) + " and so on: for each n the rule gives one term."


class TermByTerm(Stage):
    def construct(self):
        axes, shown = paper(count, TERMS, "term"), rule_shown()
        rows = sheet(["n", "term"], [[str(begin + i), number_text(each, None, 4)] for i, each in enumerate(TERMS)], [CHALK2, TERM_COLOR])
        self.heading("Term by term")
        self.say(how_made())
        self.play(FadeIn(shown), FadeIn(axes), FadeIn(zero_line(axes)), FadeIn(rows[:2]), run_time=0.9)
        inside = seen(TERMS)
        pegs = VGroup()
        for i, value in enumerate(TERMS):
            moves = [FadeIn(rows[i + 2], shift=0.2 * LEFT)]
            if i < inside:
                pegs.add(peg(axes, i, value, TERM_COLOR))
                moves.append(GrowFromPoint(pegs[-1], axes.c2p(begin + i, 0)))
            self.play(*moves, run_time=1.0 if i < 3 else 0.55)
            if i == 2:
                self.say("Each term is one dot as tall as the term. Between the dots is nothing: n is whole.")
        if inside < count:
            self.say("From n = " + str(begin + inside) + " on the terms are too tall for the picture.")
        else:
            self.say(behaviour())
            self.play(LaggedStart(*[Indicate(each[1], color=TERM_COLOR, scale_factor=1.6) for each in pegs], lag_ratio=0.15), run_time=2.0)
        self.pause(1.0)


class WhereItLeads(Stage):
    def construct(self):
        distance, place = band() if SETTLES else (0.0, 0)
        many = int(clamp(max(2 * count, round(1.35 * place) + 4), 16, 60))
        values = FAR[:many]
        inside = seen(values)
        many = max(inside, 6) if inside < many else many
        values = FAR[:many]
        extra = [LIMIT - 1.2 * distance, LIMIT + 1.2 * distance] if SETTLES else []
        axes, shown = paper(many, values, "term", extra), rule_shown()
        self.heading("Where do the terms lead?")
        self.say("Go on along the sequence, further than the list.")
        self.play(FadeIn(shown), FadeIn(axes), FadeIn(zero_line(axes)), run_time=0.8)
        pegs = VGroup(*[peg(axes, i, value, TERM_COLOR, 0.07) for i, value in enumerate(values[:inside])])
        far = [10, 100, 1000]
        rows = [[index(n), number_text(FAR[n - begin], None, 5)] for n in far]
        self.play(LaggedStart(*[GrowFromPoint(each, each[0].get_start()) for each in pegs], lag_ratio=0.5), run_time=4)
        side = fit(table(["far out", "value"], rows, [CHALK2, TERM_COLOR], 28, 0.6, 0.6), zone(2.8, 6.6, 0.4, 2.6), UL)
        self.say("And much further out? Read the 10th, the 100th and the 1000th term.")
        self.play(LaggedStart(*[FadeIn(row) for row in side], lag_ratio=0.4), run_time=1.6)
        if SETTLES:
            show_limit(self, axes, pegs, distance, place)
        else:
            self.say(no_limit())
            self.play(FadeIn(fit(lines(verdict(), 30, SUM_COLOR, 22), zone(2.8, 6.6, -1.6, -0.2), UL)), run_time=0.7)
        self.pause(1.0)


def index(n):
    """The term's name, a with a small number below."""
    return "a" + "".join([chr(8320 + int(digit)) for digit in str(n)])


def no_limit():
    """What is told of a sequence that does not settle, as far as it was followed."""
    last = [each for each in FAR if math.isfinite(each)]
    if max([abs(each) for each in last]) > 1e4 or not math.isfinite(FAR[-1]):
        return "The terms do not settle: sooner or later they leave every picture, however tall."
    if len({round(each, 6) for each in last[-40:]}) <= 6:
        return "The terms do not settle: they go round among the same few values for ever."
    return "Followed for two thousand terms, they do not settle on one number."


def verdict():
    """The side panel's sentence where there is no limit."""
    return "no limit: the terms do not come to rest near one number"


def show_limit(stage, axes, pegs, distance, place):
    """The limit as a line, and a strip around it that holds all but the first few terms."""
    level = DashedLine(axes.c2p(axes.x_range[0], LIMIT), axes.c2p(axes.x_range[1], LIMIT), color=LIMIT_COLOR, stroke_width=3)
    answer = words("limit " + number_text(LIMIT, None, 5), 40, LIMIT_COLOR)
    fit(answer, zone(2.8, 6.6, -0.9, -0.1), LEFT)
    stage.say("They come to rest at " + number_text(LIMIT, None, 5) + ": that number is the limit of the sequence.")
    stage.play(Create(level), FadeIn(answer, shift=0.2 * UP), run_time=1.2)
    low, high = clamp(LIMIT - distance, *axes.y_range[:2]), clamp(LIMIT + distance, *axes.y_range[:2])
    corners = axes.c2p(axes.x_range[0], low), axes.c2p(axes.x_range[1], high)
    strip = Rectangle(
        width=corners[1][0] - corners[0][0],
        height=corners[1][1] - corners[0][1],
        stroke_width=0,
        fill_color=WITHIN_COLOR,
        fill_opacity=0.22,
    ).move_to((corners[0] + corners[1]) / 2)
    stage.say("Test it: put a strip around the limit. From some place on, every term must lie inside.")
    stage.play(FadeIn(strip), run_time=0.8)
    inside = [each[1].animate.set_color(WITHIN_COLOR) for each in pegs[place:]]
    note = words("closer than " + number_text(distance, None, 2), 26, WITHIN_COLOR)
    told = words("from n = " + str(begin + place) + " on", 32, WITHIN_COLOR)
    stack(note, told, area=zone(2.8, 6.6, -2.4, -1.2), buff=0.2)
    stage.play(LaggedStart(*inside, lag_ratio=0.1) if inside else Wait(0.1), FadeIn(note), FadeIn(told), run_time=1.5)
    stage.say("Make the strip narrower: that place moves on, but there always is one.")
    stage.play(strip.animate.stretch_to_fit_height(max(0.35 * strip.height, 0.03)).move_to(axes.c2p(sum(axes.x_range[:2]) / 2, LIMIT)), run_time=2)


class AddThemUp(Stage):
    def construct(self):
        sums = SUMS[: max(seen(SUMS), 2)]
        extra = [TOTAL] if math.isfinite(TOTAL) else []
        axes, shown = paper(count, [*sums, *TERMS[: seen(TERMS)]], "sum of the terms so far", extra), rule_shown()
        rows = [[str(begin + i), number_text(a, None, 4), number_text(s, None, 5)] for i, (a, s) in enumerate(zip(TERMS, SUMS, strict=True))]
        side = sheet(["n", "term", "sum"], rows, [CHALK2, TERM_COLOR, SUM_COLOR])
        self.heading("Adding the terms up")
        self.say("Add the terms one after the other. The sums so far, too, are a sequence.")
        self.play(FadeIn(shown), FadeIn(axes), FadeIn(zero_line(axes)), FadeIn(side[:2]), run_time=0.8)
        before = 0.0
        for i, total in enumerate(SUMS):
            moves = [FadeIn(side[i + 2], shift=0.2 * LEFT)]
            if i < seen(SUMS):
                start, end = axes.c2p(begin + i, before), axes.c2p(begin + i, total)
                bar = Line(start, end + 0.001 * UP, stroke_color=TERM_COLOR, stroke_width=14, stroke_opacity=0.75)
                moves += [GrowFromPoint(bar, start), FadeIn(Dot(end, radius=0.09, color=SUM_COLOR))]
            self.play(*moves, run_time=0.9 if i < 3 else 0.5)
            if i == 2:
                self.say("Each blue bar is one term: it starts where the sum before ended.")
            before = total
        self.say(sum_told())
        if math.isfinite(TOTAL):
            level = DashedLine(axes.c2p(axes.x_range[0], TOTAL), axes.c2p(axes.x_range[1], TOTAL), color=LIMIT_COLOR, stroke_width=3)
            self.play(Create(level), run_time=1.2)
        else:
            self.play(Create(highlight(side[-1], SUM_COLOR, 0.1)), run_time=0.8)
        self.pause(1.0)


def sum_told():
    """How the sums go on."""
    if math.isfinite(TOTAL):
        return "The sums settle as well: all the terms together add up to " + number_text(TOTAL, None, 5) + "."
    if SETTLES and abs(LIMIT) < 1e-9:
        return "The terms shrink to nothing, and yet their sums do not come to rest: small is not enough."
    if SETTLES:
        return "The terms do not shrink to zero, so their sums can never come to rest."
    return "The sums do not come to rest, for the terms themselves do not shrink to zero."

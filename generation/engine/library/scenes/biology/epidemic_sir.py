from manim import *
from theorama_kit import *

reproduction = knob(
    2.5,
    label="Basic reproduction number R₀",
    minimum=0.8,
    maximum=10.0,
    step=0.1,
    help="How many others one person infects while nobody is immune. Flu about 1.5, measles about 15.",
)
days = knob(5.0, label="Days a person stays infectious", minimum=2.0, maximum=20.0, step=0.5)
vaccinated = knob(0.0, label="Vaccinated before it starts", unit="%", minimum=0.0, maximum=95.0, step=1.0)
first_cases = knob(4, label="Infected at the start (of 240 people)", minimum=1, maximum=12)
luck = knob(7, label="Roll of chance", minimum=1, maximum=50, help="Another number gives another outbreak.")

OPEN_COLOR = SKY  # can still be infected
ILL_COLOR = CORAL
DONE_COLOR = CHALK3  # recovered, immune
SHIELD_COLOR = MINT  # vaccinated, immune
NUMBER_COLOR = YELLOW

ACROSS, DOWN_ROWS = 20, 12
PEOPLE = ACROSS * DOWN_ROWS
PASSING = reproduction / days  # infecting contacts of one infectious person in a day
RECOVERY = 1 / days
SHIELDED = min(round(PEOPLE * vaccinated / 100), PEOPLE - first_cases - 1)
THRESHOLD = max(0.0, 1 - 1 / reproduction)  # the share of immune people from which on no wave can grow


def outbreak(seed):
    """One outbreak by chance: (states at the start, events). An event is (day, kind, who, whom).

    Everybody meets everybody with the same chance. Kinds: "infects", "meets in vain" and "recovers".
    """
    dice = np.random.default_rng(seed)
    order = [int(i) for i in dice.permutation(PEOPLE)]
    states = ["open"] * PEOPLE
    for who in order[:SHIELDED]:
        states[who] = "shielded"
    ill = order[SHIELDED : SHIELDED + first_cases]
    for who in ill:
        states[who] = "ill"
    start, events, day = list(states), [], 0.0
    while ill:
        day += dice.exponential(1 / ((PASSING + RECOVERY) * len(ill)))
        place = int(dice.integers(len(ill)))
        who = ill[place]
        if dice.random() < PASSING / (PASSING + RECOVERY):
            whom = (who + 1 + int(dice.integers(PEOPLE - 1))) % PEOPLE
            hit = states[whom] == "open"
            events.append((day, "infects" if hit else "meets in vain", who, whom))
            if hit:
                states[whom] = "ill"
                ill.append(whom)
        else:
            states[who] = "done"
            ill.pop(place)
            events.append((day, "recovers", who, who))
    return start, events


START, EVENTS = outbreak(luck)
CAUGHT = first_cases + len([1 for event in EVENTS if event[1] == "infects"])
LAST_DAY = EVENTS[-1][0]


def infected_over_time():
    """Days and how many people are infected then, for this outbreak."""
    times, counts = [0.0], [first_cases]
    for day, kind, _who, _whom in EVENTS:
        if kind != "meets in vain":
            times += [day, day]
            counts += [counts[-1], counts[-1] + (1 if kind == "infects" else -1)]
    return np.array(times), np.array(counts)


CASE_TIMES, CASE_COUNTS = infected_over_time()
CASE_PEAK = int(max(CASE_COUNTS))
PEAK_DAY = float(CASE_TIMES[int(np.argmax(CASE_COUNTS))])


# --- the equations ----------------------------------------------------------------------------------
def rates(open_share, ill_share):
    """How fast the shares of open and of ill people change, per day."""
    new = PASSING * open_share * ill_share
    return -new, new - RECOVERY * ill_share


def solve(length, step):
    """Days, open shares and ill shares, by the method of Runge and Kutta."""
    s, i = 1 - (SHIELDED + first_cases) / PEOPLE, first_cases / PEOPLE
    found = [(s, i)]
    for _each in range(int(length / step)):
        a = rates(s, i)
        b = rates(s + step / 2 * a[0], i + step / 2 * a[1])
        c = rates(s + step / 2 * b[0], i + step / 2 * b[1])
        d = rates(s + step * c[0], i + step * c[1])
        s += step / 6 * (a[0] + 2 * b[0] + 2 * c[0] + d[0])
        i += step / 6 * (a[1] + 2 * b[1] + 2 * c[1] + d[1])
        found.append((s, i))
    open_share, ill_share = np.array(found).T
    return step * np.arange(len(found)), open_share, ill_share


TIMES, OPEN, ILL = solve(60 * days, days / 60)
DONE = 1 - SHIELDED / PEOPLE - OPEN - ILL
TOP = int(np.argmax(ILL))


def shown_days():
    """The day when the wave is over: hardly anybody is ill any more."""
    over = [i for i in range(TOP, len(TIMES)) if ILL[i] < max(0.06 * ILL[TOP], 0.001)]
    return float(TIMES[over[0]] if over else TIMES[-1])


SHOWN = max(shown_days(), 4 * days)
GROWS = reproduction * OPEN[0] > 1


def at(values, day):
    return float(np.interp(day, TIMES, values))


def attack(immune):
    """The share of all people that a wave infects when it starts from very few cases: z = s (1 - exp(-R z))."""
    free = 1 - immune
    if reproduction * free <= 1:
        return 0.0
    low, high = 1e-9, free
    for _halving in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if free * (1 - math.exp(-reproduction * middle)) > middle else (low, middle)
    return low


def percent(share):
    return number_text(100 * share, 0) + " %"


# --- the crowd --------------------------------------------------------------------------------------
COLORS = {"open": OPEN_COLOR, "ill": ILL_COLOR, "done": DONE_COLOR, "shielded": SHIELD_COLOR}


def home(who):
    return np.array([-6.3 + 0.435 * (who % ACROSS), 2.45 - 0.455 * (who // ACROSS), 0])


def crowd():
    return VGroup(*[Dot(home(who), radius=0.12, color=COLORS[START[who]]) for who in range(PEOPLE)])


def run_crowd(people, day):
    """Let the people change colour as the day of the tracker goes on."""
    done = [0]

    def refresh(group):
        while done[0] < len(EVENTS) and EVENTS[done[0]][0] <= day.get_value():
            _day, kind, who, whom = EVENTS[done[0]]
            if kind == "infects":
                group[whom].set_color(ILL_COLOR)
            elif kind == "recovers":
                group[who].set_color(DONE_COLOR)
            done[0] += 1

    return people.add_updater(refresh)


def contacts(day, kind, color, memory):
    """Lines for the meetings of the last moments."""
    drawn = VMobject(stroke_color=color, stroke_width=2.5 if kind == "infects" else 1.5)

    def refresh(line):
        now = day.get_value()
        line.clear_points()
        for when, what, who, whom in EVENTS:
            if when > now:
                break
            if what == kind and when > now - memory:
                line.start_new_path(home(who))
                line.add_line_to(home(whom))

    return drawn.add_updater(refresh)


def count_of(day, state):
    """How many people are in a state on a day."""
    infections = len([1 for event in EVENTS if event[0] <= day and event[1] == "infects"])
    recoveries = len([1 for event in EVENTS if event[0] <= day and event[1] == "recovers"])
    if state == "open":
        return PEOPLE - SHIELDED - first_cases - infections
    return recoveries if state == "done" else first_cases + infections - recoveries


class FromOneToMany(Stage):
    def construct(self):
        people, day = crowd(), ValueTracker(0.0)
        self.heading("How an infection spreads through a crowd")
        self.say(f"Each dot is a person: {PEOPLE} people, and {first_cases} of them infected at the start.")
        self.play(LaggedStart(*[FadeIn(dot) for dot in people], lag_ratio=0.004), run_time=1.2)
        carriers = VGroup(*[people[who] for who in range(PEOPLE) if START[who] == "ill"])
        self.play(*[Flash(dot, color=ILL_COLOR, flash_radius=0.3) for dot in carriers], run_time=0.8)
        live = VGroup(
            readout("day", day, "", 0, 26, CHALK2),
            readout("healthy", lambda: count_of(day.get_value(), "open"), "", 0, 28, OPEN_COLOR),
            readout("infected", lambda: count_of(day.get_value(), "ill"), "", 0, 34, ILL_COLOR),
            readout("recovered", lambda: count_of(day.get_value(), "done"), "", 0, 28, CHALK2),
        )
        if SHIELDED:
            live.add(words("vaccinated = " + str(SHIELDED), 28, SHIELD_COLOR))
        stack(*live, area=zone(2.9, 6.6, 0.35, 2.7), buff=0.2)
        axes = graph(
            (0, LAST_DAY),
            nice_range([1.1 * CASE_PEAK], zero=True),
            zone(2.6, 6.7, -2.85, 0.05),
            "day",
            "infected people",
            20,
        )
        self.say(
            f"They meet others at random, and one infects R₀ = {number_text(reproduction)} on average before recovering."
        )
        self.play(FadeIn(live), FadeIn(axes), run_time=0.8)
        memory = LAST_DAY / 40
        lines_hit, lines_vain = (
            contacts(day, "infects", ILL_COLOR, memory),
            contacts(day, "meets in vain", EDGE, memory),
        )
        trail = VMobject(stroke_color=ILL_COLOR, stroke_width=3.5)

        def grow(line):
            count = int(np.searchsorted(CASE_TIMES, day.get_value(), side="right"))
            points = [axes.c2p(CASE_TIMES[k], CASE_COUNTS[k]) for k in range(max(count, 1))]
            line.set_points_as_corners([*points, axes.c2p(day.get_value(), CASE_COUNTS[max(count, 1) - 1])])

        trail.add_updater(grow)
        run_crowd(people, day)
        self.add(lines_vain, lines_hit, people, trail)
        seconds = clamp(LAST_DAY / 5, 8, 12)
        part = clamp(PEAK_DAY / LAST_DAY, 0.15, 0.7)
        self.say(early_line())
        self.play(day.animate.set_value(part * LAST_DAY), run_time=part * seconds, rate_func=linear)
        self.say("Grey lines are wasted meetings: the other one is immune already. They become more and more.")
        self.play(day.animate.set_value(LAST_DAY), run_time=(1 - part) * seconds, rate_func=linear)
        for each in (people, trail, lines_hit, lines_vain):
            each.clear_updaters()
        self.remove(lines_hit, lines_vain)
        spared = PEOPLE - SHIELDED - CAUGHT
        self.say(f"At the end {CAUGHT} have had it. {spared} were never reached: the wave ran dry before.")
        untouched = VGroup(*[dot for dot in people if dot.get_color() == OPEN_COLOR])
        if len(untouched):
            self.play(Indicate(untouched, color=CHALK, scale_factor=1.0), run_time=1.2)
        self.pause(1.0)


def early_line():
    if vaccinated >= 100 * THRESHOLD and THRESHOLD > 0:
        return "So many are vaccinated that most meetings are in vain from the start."
    if reproduction <= 1:
        return "With R₀ below 1 each case is followed by less than one new case. The chain breaks."
    return "At first nearly every meeting finds a healthy person, so the numbers multiply."


class ThreeCurves(Stage):
    def construct(self):
        axes = graph((0, SHOWN), (0, 100), MAIN, "days", "share of all people in %")
        day = ValueTracker(0.0)
        self.heading("The SIR model: three curves")
        self.say("For a large population chance averages out. Two rules are enough: infect and recover.")
        law = formula(
            r"\begin{aligned}\dot S &= -\beta S I\\ \dot I &= \beta S I - \gamma I\\ \dot R &= \gamma I\end{aligned}",
            36,
            colors={"S": OPEN_COLOR, "I": ILL_COLOR, "R": CHALK2},
        )
        note = VGroup(
            words("β = R₀ ÷ days = " + number_text(PASSING) + " per day", 22, CHALK2),
            words("γ = 1 ÷ days = " + number_text(RECOVERY) + " per day", 22, CHALK2),
        ).arrange(DOWN, buff=0.14, aligned_edge=LEFT)
        stack(law, note, area=zone(2.8, 6.6, 0.15, 2.7), buff=0.22)
        live = VGroup(
            readout("day", day, "", 0, 24, CHALK2),
            readout("healthy S", lambda: 100 * at(OPEN, day.get_value()), "%", 0, 28, OPEN_COLOR),
            readout("infected I", lambda: 100 * at(ILL, day.get_value()), "%", 1, 28, ILL_COLOR),
            readout("recovered R", lambda: 100 * at(DONE, day.get_value()), "%", 0, 28, CHALK2),
            readout("R₀ · S", lambda: reproduction * at(OPEN, day.get_value()), "", 2, 36, NUMBER_COLOR),
        )
        stack(*live, area=zone(2.8, 6.6, -2.8, -0.1), buff=0.22)
        self.play(FadeIn(axes), Write(law), FadeIn(note), run_time=1.2)
        self.play(FadeIn(live), run_time=0.6)
        self.say("New cases come from S times I. One case is followed by R₀ times S new ones: watch that number.")
        curves = []
        for values, color in ((OPEN, OPEN_COLOR), (DONE, DONE_COLOR), (ILL, ILL_COLOR)):
            curve = VMobject(stroke_color=color, stroke_width=5 if color == ILL_COLOR else 4)

            def grow(line, values=values):
                now = max(day.get_value(), 1e-3)
                xs = np.linspace(0, now, 90)
                ys = 100 * np.interp(xs, TIMES, values)
                origin, unit = axes.c2p(0, 0), axes.c2p(1, 1) - axes.c2p(0, 0)
                line.set_points_as_corners(origin + np.stack([xs * unit[0], ys * unit[1], 0 * xs], axis=1))

            curves.append(curve.add_updater(grow))
        self.add(*curves)
        middle = float(TIMES[TOP]) if GROWS else 0.3 * SHOWN
        self.play(day.animate.set_value(middle), run_time=clamp(9 * middle / SHOWN, 2.5, 6), rate_func=linear)
        if GROWS:
            spot = axes.c2p(middle, 100 * ILL[TOP])
            mark = Dot(spot, color=NUMBER_COLOR, radius=0.1)
            guide = DashedLine(axes.c2p(middle, 0), axes.c2p(middle, 100), color=NUMBER_COLOR, stroke_width=2.5)
            self.say(
                f"The peak: S has fallen to 1/R₀ = {percent(1 / reproduction)}, and each case makes just one new case."
            )
            self.play(Create(guide), GrowFromCenter(mark), Flash(spot, color=NUMBER_COLOR), run_time=0.9)
        else:
            self.say("R₀ times S is below 1 from the start: each case makes less than one. No wave builds up.")
        self.play(day.animate.set_value(SHOWN), run_time=clamp(9 * (SHOWN - middle) / SHOWN, 3, 6), rate_func=linear)
        for curve in curves:
            curve.clear_updaters()
        left = at(OPEN, SHOWN)
        if GROWS:
            self.say(
                f"At the peak {percent(ILL[TOP])} are ill at once. At the end {percent(left)} were never infected."
            )
            name = words(
                "peak: " + number_text(100 * ILL[TOP], None, 2) + " % on day " + number_text(middle, 0),
                24,
                NUMBER_COLOR,
            )
            name.next_to(axes.c2p(middle, 96), RIGHT, buff=0.2).add_background_rectangle(STAGE, 0.8, buff=0.05)
            self.play(FadeIn(name), run_time=0.6)
        else:
            self.say(f"The first cases recover, and {percent(left)} are never infected.")
        self.pause(1.0)


class HerdImmunity(Stage):
    def construct(self):
        axes = graph((0, 100), (0, 100), MAIN, "immune before the wave, in %", "infected in the whole wave, in %")
        immune = ValueTracker(0.0)
        self.heading("How many must be immune to stop it?")
        self.say("Make more and more people immune beforehand, and see how large the whole wave becomes.")
        live = VGroup(
            readout("immune", immune, "%", 0, 28, SHIELD_COLOR),
            readout("infected in all", lambda: 100 * attack(immune.get_value() / 100), "%", 0, 28, ILL_COLOR),
            readout("R₀ · S", lambda: reproduction * (1 - immune.get_value() / 100), "", 2, 34, NUMBER_COLOR),
        )
        stack(*live, area=zone(2.8, 6.6, 1.1, 2.7), buff=0.22)
        self.play(FadeIn(axes), FadeIn(live), run_time=0.8)
        dot = Dot(axes.c2p(0, 100 * attack(0)), color=CHALK, radius=0.1)
        dot.add_updater(lambda one: one.move_to(axes.c2p(immune.get_value(), 100 * attack(immune.get_value() / 100))))
        trail = VMobject(stroke_color=ILL_COLOR, stroke_width=5)

        farthest = [0.01]

        def grow(line):
            xs = [immune.get_value()]
            farthest[0] = max(farthest[0], xs[-1])
            xs = np.linspace(0, farthest[0], 70)
            line.set_points_as_corners([axes.c2p(x, 100 * attack(x / 100)) for x in xs])

        trail.add_updater(grow)
        self.play(FadeIn(dot), run_time=0.3)
        self.add(trail, dot)
        edge = 100 * THRESHOLD
        if edge > 0:
            self.play(immune.animate.set_value(edge), run_time=4, rate_func=linear)
            wall = DashedLine(axes.c2p(edge, 0), axes.c2p(edge, 100), color=NUMBER_COLOR, stroke_width=3.5)
            self.say("Here R₀ times S is 1: a case makes no more than one new case, and no wave can grow.")
            self.play(Create(wall), Flash(dot, color=NUMBER_COLOR), run_time=0.9)
        self.play(immune.animate.set_value(100), run_time=2, rate_func=linear)
        if edge > 0:
            self.play(immune.animate.set_value(edge), run_time=1.0)
        trail.clear_updaters()
        dot.clear_updaters()
        if edge <= 0:
            self.say("With R₀ no larger than 1 there is never a large wave, whoever is immune.")
            self.pause(1.5)
            return
        rule = formula(r"1 - \frac{1}{R_0} = " + number_text(edge, 0) + r"\,\%", 44, NUMBER_COLOR)
        names = [("flu, R₀ about 1.5", 1.5), ("Covid in 2020, about 3", 3.0), ("measles, about 15", 15.0)]
        rows = VGroup(*[words(name + ": " + number_text(100 - 100 / r, 0) + " %", 24, CHALK2) for name, r in names])
        self.say(f"So {percent(THRESHOLD)} immune people protect all others as well: that is herd immunity.")
        fit(rule, zone(2.8, 6.6, -0.55, 0.75), LEFT)
        self.play(FadeIn(rule, shift=0.2 * UP), run_time=0.8)
        if vaccinated > 0:
            at_knob = vaccinated / 100
            here = Dot(axes.c2p(vaccinated, 100 * attack(at_knob)), color=SHIELD_COLOR, radius=0.12)
            self.say(
                f"With {percent(at_knob)} vaccinated, "
                + (f"a wave still reaches {percent(attack(at_knob))}." if attack(at_knob) > 0 else "no wave can grow.")
            )
            self.play(GrowFromCenter(here), Flash(here, color=SHIELD_COLOR), run_time=0.9)
        self.say("The more contagious a disease, the more people must be immune.")
        title = words("immune people needed against", 22, CHALK3)
        stack(title, *rows, area=zone(2.8, 6.6, -2.75, -0.85), buff=0.18)
        self.play(LaggedStart(*[FadeIn(row, shift=0.2 * UP) for row in (title, *rows)], lag_ratio=0.4), run_time=1.4)
        self.pause(1.2)

from manim import *
from theorama_kit import *

change = knob("add A", label="Disturbance", choices=("add A", "add B", "remove B", "warmer", "catalyst"))
amount = knob(0.6, label="Added or removed", unit="mol/L", minimum=0.1, maximum=1.5, step=0.05)
constant = knob(2.0, label="Equilibrium constant K", minimum=0.2, maximum=5.0, step=0.1)
start = knob(1.0, label="A at the start", unit="mol/L", minimum=0.3, maximum=2.0, step=0.05)
forward = knob(0.2, label="Rate constant of the forward reaction", unit="1/s", minimum=0.02, maximum=2.0, step=0.02)
heat = knob(
    "exothermic",
    label="Forward reaction",
    choices=("exothermic", "endothermic"),
    help="Matters when it is made warmer.",
)

A_COLOR = SKY
B_COLOR = CORAL
CONSTANT_COLOR = YELLOW
CHANGE_COLOR = MINT

BACKWARD = forward / constant  # at equilibrium forward [A] = backward [B], so K = forward / backward
TAU = 1 / (forward + BACKWARD)  # the time in which a difference falls to 37 %
A_EQUAL = start / (1 + constant)
B_EQUAL = start * constant / (1 + constant)
REMOVED = min(amount, 0.85 * B_EQUAL)
NEW_K = constant * {"exothermic": 0.5, "endothermic": 2.0}[heat] if change == "warmer" else constant
FASTER = 5.0 if change == "catalyst" else 1.0
NEW_FORWARD = forward * FASTER
NEW_BACKWARD = NEW_FORWARD / NEW_K


def approach(time):
    """[A] and [B] from pure A on, in mol/L: the solution of d[A]/dt = backward [B] - forward [A]."""
    fade = math.exp(-time / TAU)
    return A_EQUAL + B_EQUAL * fade, B_EQUAL * (1 - fade)


def just_after():
    """[A] and [B] right after the disturbance."""
    if change == "add A":
        return A_EQUAL + amount, B_EQUAL
    if change == "add B":
        return A_EQUAL, B_EQUAL + amount
    if change == "remove B":
        return A_EQUAL, B_EQUAL - REMOVED
    return A_EQUAL, B_EQUAL


AFTER_A, AFTER_B = just_after()
TOTAL = AFTER_A + AFTER_B
END_A, END_B = TOTAL / (1 + NEW_K), TOTAL * NEW_K / (1 + NEW_K)
NEW_TAU = 1 / (NEW_FORWARD + NEW_BACKWARD)
WHEN = 2 * TAU  # the moment of the disturbance in the second and third scene
LAST = WHEN + 7.5 * max(NEW_TAU, 0.5 * TAU)


def disturbed(time):
    """[A] and [B] in mol/L: at rest before the disturbance, then on the way to the new equilibrium."""
    if time < WHEN:
        return A_EQUAL, B_EQUAL
    fade = math.exp(-(time - WHEN) / NEW_TAU)
    return END_A + (AFTER_A - END_A) * fade, END_B + (AFTER_B - END_B) * fade


def quotient(time):
    """Q = [B] / [A]; at equilibrium it is K."""
    a, b = disturbed(time)
    return b / a


def speeds(time):
    """How fast A turns into B and B into A, in mol/L per second."""
    a, b = disturbed(time)
    before = time < WHEN
    return (forward if before else NEW_FORWARD) * a, (BACKWARD if before else NEW_BACKWARD) * b


# --- particles --------------------------------------------------------------------------------------
DOTS = 96
RUN = 9 * TAU  # seconds of model time in the first scene


def flips():
    """For every moment which particle changes its kind, by chance: a list of (time, particle)."""
    dice = np.random.default_rng(11)
    is_b, found, time = [False] * DOTS, [], 0.0
    while True:
        many_b = sum(is_b)
        total = forward * (DOTS - many_b) + BACKWARD * many_b
        time += dice.exponential(1 / total)
        if time > RUN:
            return found
        to_b = dice.random() < forward * (DOTS - many_b) / total
        ready = [i for i in range(DOTS) if is_b[i] != to_b]
        who = ready[int(dice.integers(len(ready)))]
        is_b[who] = to_b
        found.append((time, who))


def counts_over_time(events):
    """Times and how many particles are A then."""
    times, counts, is_b = [0.0], [DOTS], [False] * DOTS
    for time, who in events:
        is_b[who] = not is_b[who]
        times += [time, time]
        counts += [counts[-1], counts[-1] + (-1 if is_b[who] else 1)]
    return np.array(times), np.array(counts)


def stepped(axes, xs, ys, now, color, width):
    """The part of a stepped line up to a time."""
    count = int(np.searchsorted(xs, now, side="right"))
    points = [axes.c2p(x, y) for x, y in zip(xs[:count], ys[:count], strict=True)]
    return VMobject(stroke_color=color, stroke_width=width).set_points_as_corners(
        [*points, axes.c2p(now, ys[count - 1])]
    )


class NeverAtRest(Stage):
    def construct(self):
        events = flips()
        times, of_a = counts_over_time(events)
        dice = np.random.default_rng(2)
        box = RoundedRectangle(corner_radius=0.15, width=4.9, height=4.1, stroke_color=EDGE, stroke_width=3).move_to(
            [-4.05, 0.55, 0]
        )
        spots = [
            box.get_corner(UL)
            + np.array(
                [
                    0.32 + 0.387 * (k % 12) + dice.uniform(-0.09, 0.09),
                    -0.32 - 0.495 * (k // 12) + dice.uniform(-0.11, 0.11),
                    0,
                ]
            )
            for k in range(DOTS)
        ]
        dots = VGroup(*[Dot(place, radius=0.12, color=A_COLOR) for place in spots])
        axes = graph((0, RUN), (0, 1.05 * start), zone(-1.3, 6.6, -2.85, 2.75), "seconds", "concentration in mol/L")
        time = ValueTracker(0.0)
        now = time.get_value
        self.heading("A reaction that goes both ways")
        self.say("A turns into B, and B can turn back into A. At the start there is only A.")
        self.play(FadeIn(box), LaggedStart(*[FadeIn(dot) for dot in dots], lag_ratio=0.01), FadeIn(axes), run_time=1.2)
        done, ways = [0], [0, 0]

        def refresh(group):
            while done[0] < len(events) and events[done[0]][0] <= now():
                dot = group[events[done[0]][1]]
                to_b = dot.get_color() == A_COLOR
                dot.set_color(B_COLOR if to_b else A_COLOR)
                ways[0 if to_b else 1] += 1
                done[0] += 1

        dots.add_updater(refresh)
        live = VGroup(
            readout("A to B", lambda: ways[0], "", 0, 28, B_COLOR),
            readout("B to A", lambda: ways[1], "", 0, 28, A_COLOR),
        ).arrange(RIGHT, buff=0.6)
        fit(live, zone(-6.5, -1.6, -2.6, -1.8))
        titles = [
            words(text, 22, CHALK2).next_to(live, UP, buff=0.12) for text in ("changes so far", "changes from now on")
        ]
        unit = start / DOTS
        noisy = [
            always_redraw(lambda: stepped(axes, times, of_a * unit, now(), A_COLOR, 4)),
            always_redraw(lambda: stepped(axes, times, (DOTS - of_a) * unit, now(), B_COLOR, 4)),
        ]
        self.play(FadeIn(live), FadeIn(titles[0]), run_time=0.6)
        self.add(*noisy, dots)
        self.say("Much A, so many change into B. The more B there is, the more change back.")
        self.play(time.animate.set_value(3.5 * TAU), run_time=5.5, rate_func=linear)
        self.say("Now the curves are level. Has the reaction stopped? Watch the dots and the counters!")
        self.play(FadeOut(titles[0]), run_time=0.3)
        ways[:] = [0, 0]
        self.play(FadeIn(titles[1]), run_time=0.3)
        self.play(time.animate.set_value(RUN), run_time=6.0, rate_func=linear)
        for each in (dots, *noisy):
            each.clear_updaters()
        names = VGroup(words("[A]", 26, A_COLOR), words("[B]", 26, B_COLOR))
        high, low = (names[0], names[1]) if A_EQUAL > B_EQUAL else (names[1], names[0])
        high.next_to(axes.c2p(0.62 * RUN, min(max(A_EQUAL, B_EQUAL) + 0.1 * start, start)), UP, buff=0.08)
        low.next_to(axes.c2p(0.62 * RUN, max(min(A_EQUAL, B_EQUAL) - 0.08 * start, 0.1 * start)), DOWN, buff=0.08)
        smooth_ways = VGroup(
            plot(axes, lambda t: approach(t)[0], CHALK, width=2.5),
            plot(axes, lambda t: approach(t)[1], CHALK, width=2.5),
        )
        self.say("It never stops: as many go forth as come back. That is a dynamic equilibrium.")
        self.play(Create(smooth_ways), FadeIn(names), run_time=1.4)
        self.pause(1.0)


DEEDS = {
    "add A": "Now A is poured in. Q = [B] / [A] falls below K.",
    "add B": "Now B is poured in. Q = [B] / [A] rises above K.",
    "remove B": "Now B is taken out. Q = [B] / [A] falls below K.",
    "catalyst": "Now a catalyst comes in. Both ways become five times as fast.",
}


def deed_line():
    if change != "warmer":
        return DEEDS[change]
    kind = "gives off" if heat == "exothermic" else "takes up"
    way = "falls" if NEW_K < constant else "rises"
    return f"Now it is warmed. The forward reaction {kind} heat, so K {way} to {number_text(NEW_K)}."


def forwards():
    """Whether the mixture answers with more B (1), more A (-1) or not at all (0)."""
    return int(np.sign(round(END_B - AFTER_B, 9)))


def answer_line():
    if forwards() == 0:
        return "But both are still equally fast, so nothing shifts. Equilibrium is only reached sooner."
    if forwards() > 0:
        return "A to B is the faster way now. B grows and A falls, until Q equals K again."
    return "B to A is the faster way now. A grows and B falls, until Q equals K again."


def result_line():
    """How far the disturbance was softened."""
    moved = number_text(abs(END_B - AFTER_B), None, 2)
    if change == "add A":
        return f"Of the {number_text(amount)} mol/L that came in, {moved} were turned into B. The change is softened."
    if change == "add B":
        return f"Of the {number_text(amount)} mol/L that came in, {moved} were turned into A. The change is softened."
    if change == "remove B":
        return (
            f"Of the {number_text(REMOVED, None, 2)} mol/L taken out, {moved} have grown again. The change is softened."
        )
    if change == "warmer":
        return f"{moved} mol/L changed sides: it shifts the way that takes up heat."
    return "A catalyst does not change K, nor where the equilibrium lies."


def two_curves(axes, pair, now, colors):
    """The two curves of a pair of functions up to the time, with their leap at the disturbance."""
    lines_drawn = VGroup()
    for which, color in enumerate(colors):
        line = VMobject(stroke_color=color, stroke_width=5)

        def refresh(one, which=which):
            before = [t for t in (0.0, WHEN * 0.999999) if t <= now()]
            after = [float(t) for t in np.linspace(WHEN, now(), 80)] if now() > WHEN else []
            ts = [*before, *after] if after else [0.0, max(min(now(), WHEN * 0.999999), 1e-9)]
            one.set_points_as_corners([axes.c2p(t, pair(t)[which]) for t in ts])

        lines_drawn.add(line.add_updater(refresh))
    return lines_drawn


def moment_line(axes):
    top = axes.y_range[1]
    return DashedLine(axes.c2p(WHEN, 0), axes.c2p(WHEN, top), color=CHANGE_COLOR, stroke_width=3)


class Disturbed(Stage):
    def construct(self):
        top = nice_range([1.12 * max(AFTER_A, AFTER_B, END_A, END_B)], zero=True)
        axes = graph((0, LAST), top, MAIN, "seconds", "concentration in mol/L")
        time = ValueTracker(0.0)
        now = time.get_value
        self.heading("Disturb the equilibrium")
        self.say(f"At equilibrium the quotient [B] / [A] is always the same: K = {number_text(constant)}.")
        law = formula(r"K = \frac{[B]}{[A]}", 46, colors={"A": A_COLOR, "B": B_COLOR, "K": CONSTANT_COLOR})
        fit(law, zone(2.9, 6.6, 1.55, 2.7), LEFT)
        live = VGroup(
            readout("[A]", lambda: disturbed(now())[0], "mol/L", 2, 28, A_COLOR),
            readout("[B]", lambda: disturbed(now())[1], "mol/L", 2, 28, B_COLOR),
            readout("Q", lambda: quotient(now()), "", 2, 40, CHALK),
            readout("K", lambda: constant if now() < WHEN else NEW_K, "", 2, 40, CONSTANT_COLOR),
        )
        stack(*live, area=zone(2.9, 6.6, -1.25, 1.2), buff=0.26)
        self.play(FadeIn(axes), FadeIn(law), FadeIn(live), run_time=1.0)
        curves = two_curves(axes, disturbed, now, (A_COLOR, B_COLOR))
        self.add(curves)
        self.play(time.animate.set_value(0.999 * WHEN), run_time=2.0, rate_func=linear)
        mark = moment_line(axes)
        name = words(change, 26, CHANGE_COLOR).next_to(axes.c2p(WHEN, 0.955 * top[1]), RIGHT, buff=0.15)
        self.say(deed_line())
        self.play(Create(mark), FadeIn(name), run_time=0.7)
        self.play(time.animate.set_value(1.00005 * WHEN), run_time=0.5)
        self.pause(0.2)
        self.say(answer_line())
        self.play(time.animate.set_value(LAST), run_time=6.0, rate_func=linear)
        for curve in curves:
            curve.clear_updaters()
        self.say(result_line())
        old = VGroup(
            *[
                DashedLine(axes.c2p(WHEN, level), axes.c2p(LAST, level), color=color, stroke_width=2)
                for level, color in ((A_EQUAL, A_COLOR), (B_EQUAL, B_COLOR))
            ]
        )
        note = lines("Dashed: where it was before.", 24, CHALK2, 24)
        fit(note, zone(2.9, 6.6, -2.75, -1.6), LEFT)
        self.play(Create(old), FadeIn(note), run_time=1.0)
        self.pause(1.0)


class WhyItShifts(Stage):
    def construct(self):
        left = zone(-6.6, 1.9, -2.85, 2.75)
        fastest = max([*speeds(0), *speeds(WHEN), *speeds(LAST)])
        axes = graph((0, LAST), nice_range([1.1 * fastest], zero=True), left, "seconds", "rate in mol/L per second")
        time = ValueTracker(0.0)
        now = time.get_value
        self.heading("Why it shifts: two rates")
        self.say("Each way has its own rate, in proportion to what is there. At equilibrium they are equal.")
        live = VGroup(
            readout("A to B", lambda: speeds(now())[0], "", 3, 30, B_COLOR),
            readout("B to A", lambda: speeds(now())[1], "", 3, 30, A_COLOR),
        )
        stack(*live, area=zone(2.5, 6.6, 1.4, 2.65), buff=0.28)
        self.play(FadeIn(axes), FadeIn(live), run_time=0.9)
        curves = two_curves(axes, speeds, now, (B_COLOR, A_COLOR))
        self.add(curves)
        self.play(time.animate.set_value(0.999 * WHEN), run_time=2.0, rate_func=linear)
        self.say(
            "The disturbance makes one way faster than the other."
            if forwards()
            else "The catalyst lifts both rates, and by the same factor."
        )
        self.play(Create(moment_line(axes)), run_time=0.5)
        self.play(time.animate.set_value(1.00005 * WHEN), run_time=0.8)
        self.say(
            "The faster way uses up what drives it, so the two rates draw together again."
            if forwards()
            else "They stay equal, so neither A nor B can gain."
        )
        self.play(time.animate.set_value(LAST), run_time=5.0, rate_func=linear)
        for curve in curves:
            curve.clear_updaters()
        rows = [
            ["before", number_text(A_EQUAL, 2), number_text(B_EQUAL, 2), number_text(B_EQUAL / A_EQUAL, 2)],
            ["disturbed", number_text(AFTER_A, 2), number_text(AFTER_B, 2), number_text(AFTER_B / AFTER_A, 2)],
            ["at the end", number_text(END_A, 2), number_text(END_B, 2), number_text(END_B / END_A, 2)],
        ]
        sheet = table(["", "[A]", "[B]", "Q"], rows, [CHALK, A_COLOR, B_COLOR, CONSTANT_COLOR], 26, 0.6, 0.42)
        fit(sheet, zone(2.45, 6.6, -1.4, 1.1), UP)
        self.say(
            "Le Chatelier: a disturbed equilibrium shifts so that the disturbance is partly undone."
            if forwards()
            else "So a catalyst saves time, but it does not give more product."
        )
        self.play(LaggedStart(*[FadeIn(row, shift=0.15 * UP) for row in sheet], lag_ratio=0.3), run_time=1.6)
        shift = {1: "shifted towards B", -1: "shifted towards A", 0: "not shifted"}[forwards()]
        result = fit(words(shift, 34, CHANGE_COLOR), zone(2.55, 6.5, -2.6, -1.8), LEFT)
        self.play(FadeIn(result, shift=0.2 * UP), Create(highlight(result, CHANGE_COLOR, 0.12)), run_time=0.8)
        self.pause(1.2)

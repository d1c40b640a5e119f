from manim import *
from theorama_kit import *

nuclei = knob(400, label="Nuclei at the start", minimum=50, maximum=600)
half_life = knob(
    8.0, label="Half-life", minimum=0.1, maximum=10000.0, step=0.1, help="Iodine-131: 8 days. Carbon-14: 5730 years."
)
time_unit = knob("days", label="Unit of time", choices=("seconds", "minutes", "hours", "days", "years"))
seed = knob(7, label="Which run of chance", minimum=1, maximum=99, help="Another number, another run.")

ALIVE_COLOR = YELLOW
GONE_COLOR = EDGE
FLASH_COLOR = CORAL
LAW_COLOR = SKY
LAST = 5.0  # half-lives that are shown
FEW = 20  # nuclei in the small samples
RUNS = 5


def lifetimes(count, run):
    """When each nucleus decays, in half-lives: pure chance, the same for every nucleus and at every age."""
    return np.random.default_rng(run).exponential(1 / math.log(2), count)


LIVES = lifetimes(nuclei, seed)


def left_after(half_lives, lives=LIVES):
    """How many nuclei are still there."""
    return int(np.sum(lives > half_lives))


def expected(half_lives, count=nuclei):
    """The law: half of what is there goes in every half-life."""
    return count * 0.5**half_lives


def decay_constant():
    """The chance of a nucleus to decay, per unit of time (for short times)."""
    return math.log(2) / half_life


def time_text(half_lives):
    return number_text(half_lives * half_life, digits=4) + " " + time_unit


# --- drawing ----------------------------------------------------------------------------------------
SAMPLE = zone(-6.6, -1.7, -2.75, 2.65)
COLUMNS = math.ceil(math.sqrt(nuclei * SAMPLE.width / SAMPLE.height))
ROWS = math.ceil(nuclei / COLUMNS)
CELL = min(SAMPLE.width / COLUMNS, SAMPLE.height / ROWS, 0.42)


def places():
    """The centres of all nuclei, in rows."""
    start = SAMPLE.get_corner(UL) + CELL / 2 * (RIGHT + DOWN)
    return np.array(
        [start + CELL * (index % COLUMNS) * RIGHT + CELL * (index // COLUMNS) * DOWN for index in range(nuclei)]
    )


PLACES = places()
CIRCLE = Dot(radius=1.0).points


def discs(chosen, radius, color):
    """All chosen nuclei as one shape, which is quick to draw."""
    shape = VMobject(stroke_width=0).set_fill(color, opacity=1)
    spots = PLACES[chosen]
    if len(spots):
        shape.points = (spots[:, None, :] + radius * CIRCLE[None, :, :]).reshape(-1, 3)
    return shape


def sample(half_lives):
    """The nuclei at a time: those still there, those gone, and those that decay just now."""
    alive = LIVES > half_lives
    now = (~alive) & (LIVES > half_lives - 0.07)
    return VGroup(
        discs(~alive & ~now, 0.2 * CELL, GONE_COLOR),
        discs(alive, 0.38 * CELL, ALIVE_COLOR),
        discs(now, 0.55 * CELL, FLASH_COLOR),
    )


def time_axes(area, top, label):
    return graph((0, LAST * half_life), nice_range([1.02 * top], zero=True), area, f"time in {time_unit}", label)


def steps(axes, lives, end, color, width=4):
    """The count as a staircase up to a time in half-lives: it falls by one at every decay."""
    before = sorted([float(life) for life in lives if life < end])
    xs, ys, count = [0.0], [len(lives)], len(lives)
    for life in before:
        xs += [life * half_life, life * half_life]
        ys += [count, count - 1]
        count -= 1
    return polyline(axes, [*xs, end * half_life], [*ys, count], color, width)


def law(axes, count, color=LAW_COLOR):
    curve = plot(axes, lambda t: expected(t / half_life, count), color)
    return curve.set_stroke(width=3.5)


class ByChance(Stage):
    def construct(self):
        time = ValueTracker(0.0)
        now = time.get_value
        axes = time_axes(zone(-1.2, 6.6, -2.85, 1.65), nuclei, "nuclei left")
        self.heading("Radioactive decay: chance for each one")
        self.say(f"Here are {nuclei} unstable nuclei. Each will decay one day, but nobody can say when.")
        atoms = always_redraw(lambda: sample(now()))
        live = VGroup(
            readout("time", lambda: now() * half_life, time_unit, 1 if half_life >= 2 else 2, 32, CHALK),
            readout("left", lambda: left_after(now()), "", 0, 32, ALIVE_COLOR),
        )
        live[1].shift(4.4 * RIGHT)
        fit(live, zone(-0.4, 6.6, 2.1, 2.7), LEFT)
        self.play(FadeIn(atoms), FadeIn(live), run_time=0.9)
        self.play(FadeIn(axes), run_time=0.6)
        grown = always_redraw(lambda: steps(axes, LIVES, max(now(), 1e-4), ALIVE_COLOR))
        self.add(grown)
        self.say("All are alike, and all have the same chance at every moment. Watch which ones go.")
        self.play(time.animate.set_value(1.0), run_time=6, rate_func=linear)
        self.say(f"After {time_text(1)} about half of them are left: {left_after(1)}. This is the half-life.")
        mark = VGroup(
            DashedLine(axes.c2p(half_life, 0), axes.c2p(half_life, expected(1)), color=CHALK2, stroke_width=2.5),
            DashedLine(axes.c2p(0, expected(1)), axes.c2p(half_life, expected(1)), color=CHALK2, stroke_width=2.5),
        )
        self.play(Create(mark), run_time=0.8)
        self.pause(0.1)
        self.say("A common mistake: the other half does not go in the next one. Half of the rest does.")
        self.play(time.animate.set_value(2.0), run_time=5.5, rate_func=linear)
        self.say("So it goes on: fewer and fewer nuclei, and fewer and fewer decays.")
        self.play(time.animate.set_value(LAST), run_time=5.5, rate_func=linear)
        for still in (atoms, grown):
            still.clear_updaters()
        self.pause(1.0)


class HalfAndHalfAgain(Stage):
    def construct(self):
        axes = time_axes(zone(-6.6, 2.3, -2.85, 2.75), nuclei, "nuclei left")
        self.heading("Half, and half again")
        self.say("The staircase of chance follows a smooth law. In every half-life it falls by half.")
        stairs = steps(axes, LIVES, LAST, ALIVE_COLOR)
        curve = law(axes, nuclei)
        self.play(FadeIn(axes), FadeIn(stairs), run_time=0.8)
        self.play(Create(curve), run_time=2.0)
        rows = [
            [str(n), number_text(expected(n), None, 4 if n < 2 else 3), str(left_after(n))] for n in range(int(LAST))
        ]
        sheet = table(["half-lives", "law", "here"], rows, [CHALK2, LAW_COLOR, ALIVE_COLOR], 26, 0.5, 0.55)
        fit(sheet, zone(2.8, 6.6, -0.2, 2.7), UL)
        self.play(FadeIn(sheet[:3]), run_time=0.5)
        for n in range(1, int(LAST)):
            start, spot = axes.c2p(n * half_life, expected(n - 1)), axes.c2p(n * half_life, expected(n))
            fall = VGroup(
                DashedLine(axes.c2p((n - 1) * half_life, expected(n - 1)), start, color=CHALK2, stroke_width=2.5),
                Line(start, spot, stroke_color=FLASH_COLOR, stroke_width=5),
                Dot(spot, radius=0.09, color=CHALK),
            )
            self.play(Create(fall[0]), Create(fall[1]), FadeIn(fall[2]), FadeIn(sheet[2 + n]), run_time=1.0)
        formulas = VGroup(
            formula(r"N = N_0\left(\tfrac{1}{2}\right)^{t/T}", 44, colors={"N_0": ALIVE_COLOR, "T": LAW_COLOR}),
            fit_width(words("half-life T = " + time_text(1), 26, LAW_COLOR), 3.8),
            fit_width(words(chance_text(), 26, CHALK2), 3.8),
        )
        stack(*formulas, area=zone(2.8, 6.6, -2.8, -0.5), buff=0.25)
        self.say("As a formula: one factor of a half for every half-life that has passed.")
        self.play(FadeIn(formulas[:2], shift=0.2 * UP), run_time=0.9)
        self.say("Nuclei do not grow old: each survivor has the same chance as on the first day.")
        self.play(FadeIn(formulas[2], shift=0.2 * UP), run_time=0.7)
        self.pause(1.0)


def chance_text():
    """The decay constant, in words."""
    single = time_unit.removesuffix("s")
    return "λ = ln 2 ÷ T = " + number_text(decay_constant()) + " per " + single


class FewAndMany(Stage):
    def construct(self):
        areas = split_zone(FULL, [1, 1], gap=0.6)
        self.heading("Chance for few, law for many")
        self.say(f"Now five samples of only {FEW} nuclei. The blue line is the law for them.")
        small = time_axes(areas[0], FEW, f"left of {FEW}")
        self.play(FadeIn(small), run_time=0.6)
        self.play(Create(law(small, FEW)), run_time=0.8)
        for run in range(RUNS):
            curve = steps(small, lifetimes(FEW, 100 * seed + run), LAST, SERIES[1 + run % 5], 3)
            self.play(Create(curve), run_time=1.1, rate_func=linear)
        self.say(f"Each one goes its own way. Now five samples of {nuclei}, and the law rules them all.")
        large = time_axes(areas[1], nuclei, f"left of {nuclei}")
        self.play(FadeIn(large), run_time=0.6)
        rule = law(large, nuclei)
        self.play(Create(rule), run_time=0.8)
        for run in range(RUNS):
            curve = steps(large, lifetimes(nuclei, 100 * seed + 50 + run), LAST, SERIES[1 + run % 5], 3)
            self.play(Create(curve), run_time=0.9, rate_func=linear)
        self.bring_to_front(rule)
        self.say("A gram of matter has more than 10²⁰ nuclei: there the law is exact enough to tell the time.")
        notes = VGroup()
        for axes, count in ((small, FEW), (large, nuclei)):
            text = f"after one half-life: {number_text(expected(1, count))} ± {number_text(spread(count), None, 2)}"
            note = words(text, 24, CHALK)
            spot = axes.c2p(LAST * half_life, axes.y_range[1])
            notes.add(note.move_to(spot + np.array([-0.15, -0.35, 0]), aligned_edge=RIGHT))
        self.play(FadeIn(notes, shift=0.1 * UP), run_time=0.8)
        self.pause(1.0)


def spread(count):
    """The standard deviation of how many are left after one half-life (a binomial count)."""
    return math.sqrt(count * 0.5 * 0.5)

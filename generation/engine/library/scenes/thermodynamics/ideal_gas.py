from manim import *
from theorama_kit import *

process = knob(
    "squeeze it (Boyle)",
    label="What is done to the gas",
    choices=("squeeze it (Boyle)", "heat it, piston free (Charles)", "heat it, piston fixed (Gay-Lussac)"),
)
amount = knob(1.0, label="Amount of gas", unit="mol", minimum=0.1, maximum=10.0, step=0.1)
temperature = knob(300.0, label="Temperature at the start", unit="K", minimum=150.0, maximum=600.0, step=1.0)
volume = knob(24.0, label="Volume at the start", unit="L", minimum=2.0, maximum=100.0, step=0.5)
factor = knob(
    2.0,
    label="Changed by a factor of",
    minimum=1.5,
    maximum=4.0,
    step=0.1,
    help="The volume is divided by it, or the temperature is multiplied by it.",
)

PRESSURE_COLOR = YELLOW
VOLUME_COLOR = SKY
TEMPERATURE_COLOR = CORAL
GAS_COLOR = MINT
GAS_CONSTANT = 8.314462618  # J/(mol K)
CELSIUS = 273.15

BOYLE, CHARLES = process == "squeeze it (Boyle)", process == "heat it, piston free (Charles)"


def pressure_of(litres, kelvin):
    """The ideal gas law: pressure in kPa (litres and kilopascals give joules)."""
    return amount * GAS_CONSTANT * kelvin / litres


def state(part):
    """Pressure in kPa, volume in L and temperature in K when a part (0 to 1) of the change is done."""
    if BOYLE:
        litres = volume * (1 + part * (1 / factor - 1))
        return pressure_of(litres, temperature), litres, temperature
    kelvin = temperature * (1 + part * (factor - 1))
    litres = volume * kelvin / temperature if CHARLES else volume
    return pressure_of(litres, kelvin), litres, kelvin


START, END = state(0.0), state(1.0)


def places(size):
    """Decimals that show about three digits of a value of this size."""
    return int(clamp(2 - math.floor(math.log10(max(abs(size), 1e-3))), 0, 2))


# --- the particles: they never meet, and bounce off the walls without loss ---------------------------
COUNT = 60
WALL, BOTTOM, HEIGHT = -6.3, -1.5, 2.7  # the drawn inside of the cylinder
LONGEST = 5.4  # drawn length at the greatest volume, if the volume changes
chance = np.random.default_rng(7)
ACROSS, UPWARD = np.abs(chance.normal(0, 1.0, COUNT)) + 0.15, np.abs(chance.normal(0, 1.0, COUNT)) + 0.15
PHASES = chance.uniform(0, 2, (2, COUNT))
GRID = 0.01  # seconds of film


def drawn_length(part):
    """The drawn length of the gas when a part of the change is done."""
    return LONGEST * state(part)[1] / max(START[1], END[1]) if START[1] != END[1] else 0.8 * LONGEST


def simulate(parts):
    """Ways of the particles in widths of the cylinder, for the parts of the change at each moment of the film."""
    lengths = np.array([drawn_length(part) for part in parts])
    quick = np.sqrt(np.array([state(part)[2] for part in parts]) / temperature)  # speed goes with the root of T
    run = lambda rate: np.concatenate([[0.0], np.cumsum(rate[:-1] * GRID)])
    return lengths, run(1.3 * quick / lengths), run(1.3 * quick / HEIGHT)


def folded(ways):
    """Back and forth between 0 and 1."""
    return 1 - np.abs(1 - ways % 2)


def places_at(film, moment):
    """Drawn x, and y above the floor, of all particles at a moment (index) of the film."""
    lengths, along, up = film
    x = WALL + 0.1 + (lengths[moment] - 0.2) * folded(PHASES[0] + ACROSS * along[moment])
    return x, 0.1 + (HEIGHT - 0.2) * folded(PHASES[1] + UPWARD * up[moment])


def piston_hits(film, first, last):
    """How many times each particle hits the piston between two moments."""
    turns = lambda moment: np.floor((PHASES[0] + ACROSS * film[1][moment] + 1) / 2)
    return turns(last) - turns(first)


def cylinder(film, index, floor=BOTTOM):
    """Walls, piston, particles, and short flashes where a particle has just hit the piston."""
    edge = lambda: WALL + film[0][index()]
    walls = VMobject(stroke_color=CHALK2, stroke_width=6)
    end = WALL + LONGEST + 0.35
    walls.set_points_as_corners(
        [[end, floor - 0.05, 0], [WALL - 0.05, floor - 0.05, 0], [WALL - 0.05, floor + HEIGHT + 0.05, 0], [end, floor + HEIGHT + 0.05, 0]]
    )  # fmt: skip
    plate = Rectangle(width=0.22, height=HEIGHT, fill_color=CHALK2, fill_opacity=1, stroke_width=0)
    rod = Rectangle(width=0.7, height=0.16, fill_color=CHALK2, fill_opacity=1, stroke_width=0)
    plate.add_updater(lambda box: box.move_to([edge() + 0.11, floor + HEIGHT / 2, 0]))
    rod.add_updater(lambda box: box.move_to([edge() + 0.57, floor + HEIGHT / 2, 0]))
    dots = VGroup(*[Dot(radius=0.065, color=GAS_COLOR) for _each in range(COUNT)])

    def move(group):
        xs, ys = places_at(film, index())
        for dot, x, y in zip(group, xs, ys, strict=True):
            dot.move_to([x, y + floor, 0])

    dots.add_updater(move)

    def shine(group):
        hits = piston_hits(film, max(index() - 18, 0), index())
        ys = places_at(film, index())[1]
        for mark, hit, y in zip(group, hits, ys, strict=True):
            mark.move_to([edge(), y + floor, 0]).set_opacity(0.9 if hit else 0.0)

    marks = VGroup(*[Dot(radius=0.1, color=PRESSURE_COLOR).set_opacity(0) for _each in range(COUNT)])
    marks.add_updater(shine)
    for part in (plate, rod, dots):
        part.update()
    return VGroup(walls, rod, plate, marks, dots)


def heater(floor=BOTTOM):
    """A glowing coil below the cylinder, or a water bath that keeps the temperature."""
    xs = np.linspace(WALL, WALL + 4.6, 160)
    y = floor - 0.38
    points = np.stack([xs, y + 0.12 * np.sin(9 * (xs - WALL)), 0 * xs], axis=1)
    return VMobject(stroke_color=TEMPERATURE_COLOR, stroke_width=5).set_points_as_corners(points)


def follow(clock):
    """The index of the moment that the clock (seconds of film) shows."""
    return lambda: int(clock.get_value() / GRID)


WINDOW = 4.0  # seconds in which hits are counted


class HitsMakePressure(Stage):
    def construct(self):
        turning = 2.0
        times = np.arange(0, 2 * WINDOW + turning + 0.1, GRID)
        parts = [float(smooth(clamp((time - WINDOW) / turning, 0.0, 1.0))) for time in times]
        film = simulate(parts)
        clock = ValueTracker(0.0)
        index = follow(clock)
        gas = cylinder(film, index)
        counted = lambda first: lambda: float(
            piston_hits(film, int(first / GRID), int(clamp(clock.get_value(), first, first + WINDOW) / GRID)).sum()
        )
        self.heading("Why does a gas press?")
        self.say("A gas is a crowd of particles that fly straight on until they hit a wall.")
        self.play(FadeIn(gas), run_time=0.9)
        title = words("hits on the piston", 28, CHALK2)
        before = readout("before", counted(0.0), "", 0, 34, PRESSURE_COLOR)
        later = readout("after", counted(WINDOW + turning), "", 0, 34, PRESSURE_COLOR)
        stack(title, before, later, area=zone(1.6, 6.6, 0.6, 2.6), buff=0.35)
        self.play(FadeIn(title), FadeIn(before), run_time=0.5)
        self.say("Every hit is a tiny push on the piston. Count them for four seconds.")
        self.play(clock.animate.set_value(WINDOW), run_time=WINDOW, rate_func=linear)
        self.say(CHANGE[kind()])
        hot = heater()
        more = [] if BOYLE else [FadeIn(hot)]
        self.play(clock.animate.set_value(WINDOW + turning), *more, run_time=turning, rate_func=linear)
        self.say("Count again, for just as long.")
        self.play(FadeIn(later), run_time=0.4)
        self.play(clock.animate.set_value(2 * WINDOW + turning), run_time=WINDOW, rate_func=linear)
        for part in (*gas, before, later):
            part.clear_updaters()
        facts = VGroup(*[words(text, 28, color) for text, color in FACTS[kind()]])
        stack(*facts, area=zone(1.6, 6.6, -2.6, 0.2), buff=0.32)
        self.say(REASON[kind()])
        self.play(LaggedStart(*[FadeIn(fact, shift=0.2 * LEFT) for fact in facts], lag_ratio=0.4), run_time=1.6)
        self.pause(1.0)


def kind():
    return "Boyle" if BOYLE else "Charles" if CHARLES else "Gay-Lussac"


TIMES = number_text(factor)
CHANGE = {
    "Boyle": "Push the piston in, slowly, so that the temperature stays.",
    "Charles": "Heat the gas. The piston is free to move, so the gas expands.",
    "Gay-Lussac": "Heat the gas, but hold the piston fast.",
}
REASON = {
    "Boyle": "Less room, so each particle is back at the piston sooner: more hits, more pressure.",
    "Charles": "Rarer hits, but harder ones: the push on the piston stays the same.",
    "Gay-Lussac": "Faster particles hit more often and harder: the pressure rises.",
}
FACTS = {
    "Boyle": [("volume ÷ " + TIMES, VOLUME_COLOR), ("speed the same", TEMPERATURE_COLOR), ("pressure × " + TIMES, PRESSURE_COLOR)],
    "Charles": [
        ("temperature × " + TIMES, TEMPERATURE_COLOR),
        ("speed × √" + TIMES + " = " + number_text(math.sqrt(factor)), GAS_COLOR),
        ("volume × " + TIMES, VOLUME_COLOR),
        ("pressure the same", PRESSURE_COLOR),
    ],
    "Gay-Lussac": [
        ("temperature × " + TIMES, TEMPERATURE_COLOR),
        ("speed × √" + TIMES + " = " + number_text(math.sqrt(factor)), GAS_COLOR),
        ("volume the same", VOLUME_COLOR),
        ("pressure × " + TIMES, PRESSURE_COLOR),
    ],
}  # fmt: skip


def shown_pair(now):
    """What the graph of this process shows: (horizontal value, vertical value)."""
    pressure, litres, kelvin = now
    return (litres, pressure) if BOYLE else (kelvin, litres) if CHARLES else (kelvin, pressure)


LABELS = {
    "Boyle": ("volume V in L", "pressure p in kPa", PRESSURE_COLOR),
    "Charles": ("temperature T in K", "volume V in L", VOLUME_COLOR),
    "Gay-Lussac": ("temperature T in K", "pressure p in kPa", PRESSURE_COLOR),
}


class TheGraphGrows(Stage):
    def construct(self):
        lasts = 6.5
        parts = [clamp(float(time) / lasts, 0.0, 1.0) for time in np.arange(0, lasts + 0.1, GRID)]
        film = simulate(parts)
        clock = ValueTracker(0.0)
        gas = cylinder(film, follow(clock), -0.35)
        coil = VGroup() if BOYLE else heater(-0.35)
        now = lambda: state(clamp(clock.get_value() / lasts, 0.0, 1.0))
        x_label, y_label, color = LABELS[kind()]
        most = [max(pair) for pair in zip(shown_pair(START), shown_pair(END), strict=True)]
        axes = graph(
            nice_range([1.1 * most[0]], zero=True), nice_range([1.1 * most[1]], zero=True), zone(0.4, 6.6, -2.85, 2.75), x_label, y_label
        )  # fmt: skip
        line = VMobject(stroke_color=color, stroke_width=5)
        whole = polyline(axes, *zip(*[shown_pair(state(step / 200)) for step in range(201)], strict=True))
        line.add_updater(lambda curve: curve.set_points(whole.points[: 4 * int(200 * clamp(clock.get_value() / lasts, 0, 1))]))
        point = Dot(radius=0.11, color=CHALK)
        point.add_updater(lambda dot: dot.move_to(axes.c2p(*shown_pair(now()))))
        numbers = VGroup(
            readout("p", lambda: now()[0], "kPa", places(max(START[0], END[0])), 30, PRESSURE_COLOR),
            readout("V", lambda: now()[1], "L", places(max(START[1], END[1])), 30, VOLUME_COLOR),
            readout("T", lambda: now()[2], "K", 0, 30, TEMPERATURE_COLOR),
        )
        fit(numbers.arrange(RIGHT, buff=0.55), zone(-6.5, -0.1, -1.85, -1.15), LEFT)
        self.heading(NAMES[kind()])
        self.say(TASK[kind()])
        self.play(FadeIn(gas), FadeIn(axes), FadeIn(coil), run_time=0.9)
        self.play(FadeIn(numbers), FadeIn(point), run_time=0.6)
        self.add(line)
        self.bring_to_front(point)
        self.play(clock.animate.set_value(lasts), run_time=lasts, rate_func=linear)
        for part in (*gas, point, line, *numbers):
            part.clear_updaters()
        rule = formula(RULES[kind()], 50, colors={"p": PRESSURE_COLOR, "V": VOLUME_COLOR, "T": TEMPERATURE_COLOR})
        fit(rule, zone(-6.5, -0.2, -2.75, -2.05), LEFT)
        self.say(FOUND[kind()])
        self.play(FadeIn(rule, shift=0.2 * UP), run_time=0.8)
        pairs = VGroup()
        for end in (START, END):
            x, y = shown_pair(end)
            pairs.add(
                DashedLine(axes.c2p(x, 0), axes.c2p(x, y), color=CHALK3, stroke_width=2.5),
                DashedLine(axes.c2p(0, y), axes.c2p(x, y), color=CHALK3, stroke_width=2.5),
                Dot(axes.c2p(x, y), radius=0.1, color=CHALK),
            )
        self.play(Create(pairs), run_time=1.2)
        self.play(Create(highlight(rule, color, 0.12)), run_time=0.5)
        self.pause(1.0)


NAMES = {"Boyle": "Boyle's law", "Charles": "Charles's law", "Gay-Lussac": "Gay-Lussac's law"}
TASK = {
    "Boyle": "Squeeze the gas while the temperature stays, and plot pressure against volume.",
    "Charles": "Heat the gas while the pressure stays, and plot volume against temperature.",
    "Gay-Lussac": "Heat the gas while the volume stays, and plot pressure against temperature.",
}
RULES = {"Boyle": r"p \cdot V = \text{constant}", "Charles": r"V \propto T", "Gay-Lussac": r"p \propto T"}
FOUND = {
    "Boyle": "A hyperbola: volume divided by " + TIMES + " means pressure times " + TIMES + ".",
    "Charles": "A straight line towards zero: " + TIMES + " times the kelvins, " + TIMES + " times the volume.",
    "Gay-Lussac": "A straight line towards zero: " + TIMES + " times the kelvins, " + TIMES + " times the pressure.",
}


class OneLaw(Stage):
    def construct(self):
        self.heading("One law for all of it")
        law = formula(
            r"p\,V = n R\,T", 72, colors={"p": PRESSURE_COLOR, "V": VOLUME_COLOR, "T": TEMPERATURE_COLOR, "n": GAS_COLOR}
        )  # fmt: skip
        check = lambda now: [
            number_text(now[0]) + " kPa", number_text(now[1]) + " L", number_text(now[2]) + " K",
            number_text(now[0] * now[1] / now[2]),
        ]  # fmt: skip
        sheet = table(
            ["p", "V", "T", "pV ÷ T"], [check(START), check(END)],
            [PRESSURE_COLOR, VOLUME_COLOR, TEMPERATURE_COLOR, CHALK], 28, 0.56, 0.45,
        )  # fmt: skip
        value = words("n R = " + number_text(amount) + " mol × 8.314 J/(mol K)", 26, GAS_COLOR)
        stack(law, sheet, value, area=zone(1.2, 6.6, -1.3, 2.65), buff=0.45)
        if BOYLE:
            temperatures = [temperature / 1.5, temperature, 1.5 * temperature]
            top = 1.15 * pressure_of(volume / factor, temperature)
            axes = graph(
                nice_range([1.1 * volume], zero=True), nice_range([top], zero=True), zone(-6.6, 0.6, -2.85, 2.75), *LABELS["Boyle"][:2]
            )  # fmt: skip
            curves = VGroup(*[
                plot(
                    axes, lambda v, kelvin=kelvin: pressure_of(v, kelvin) if v > 0 else math.nan, color,
                    (0.001 * volume, 1.1 * volume),
                )
                for kelvin, color in zip(temperatures, (LILAC, PRESSURE_COLOR, TEMPERATURE_COLOR), strict=True)
            ])  # fmt: skip
            keys = legend(
                [
                    (number_text(kelvin, 0) + " K", color)
                    for kelvin, color in zip(temperatures[::-1], (TEMPERATURE_COLOR, PRESSURE_COLOR, LILAC), strict=True)
                ],
                24,
            )  # fmt: skip
            right, high = axes.c2p(axes.x_range[1], axes.y_range[1])[:2]
            fit(keys, zone(right - 2.0, right - 0.2, high - 1.5, high - 0.15), UR)
            self.say("At other temperatures the gas has other hyperbolas: the hotter, the higher.")
            self.play(FadeIn(axes), Create(curves[1]), run_time=1.4)
            self.play(Create(curves[0]), Create(curves[2]), FadeIn(keys), run_time=1.6)
        else:
            index = 1 if CHARLES else 0
            most = END[index]
            axes = graph(
                nice_range([-CELSIUS, END[2] - CELSIUS]), nice_range([1.1 * most], zero=True), zone(-6.6, 0.6, -2.85, 2.75),
                "temperature in °C", LABELS[kind()][1],
            )  # fmt: skip
            color = LABELS[kind()][2]
            at = lambda now: axes.c2p(now[2] - CELSIUS, now[index])
            solid = Line(at(START), at(END), stroke_color=color, stroke_width=5)
            back = DashedLine(at(START), axes.c2p(-CELSIUS, 0), color=CHALK, stroke_width=3)
            zero = Dot(axes.c2p(-CELSIUS, 0), radius=0.12, color=TEMPERATURE_COLOR)
            name = words(MINUS + "273 °C", 28, TEMPERATURE_COLOR).next_to(zero, RIGHT, buff=0.7).shift(0.2 * UP)
            name.add_background_rectangle(STAGE, 1, buff=0.05)
            self.say("In degrees Celsius the line goes on downwards and meets zero at −273 °C.")
            self.play(FadeIn(axes), Create(solid), run_time=1.3)
            self.play(Create(back), run_time=1.4)
            self.play(FadeIn(zero, scale=0.4), FadeIn(name), run_time=0.6)
            self.say("There the particles would stand still: absolute zero, where kelvins begin.")
            self.pause(0.1)
        self.say("In all changes pressure times volume, divided by temperature, stays the same.")
        self.play(FadeIn(sheet, shift=0.2 * UP), run_time=1.0)
        self.pause(0.1)
        self.say("It is the amount of gas times R. That is the ideal gas law.")
        self.play(Write(law), run_time=1.3)
        self.play(FadeIn(value), Create(highlight(law, PRESSURE_COLOR, 0.18)), run_time=0.7)
        note = lines("Ideal: the particles have no size and do not attract one another. T is in kelvins.", 24, CHALK2, 42)
        fit(note, zone(1.2, 6.6, -2.8, -1.75), UL)
        self.say("It holds for gases that are thin and warm enough, as air is.")
        self.play(FadeIn(note), run_time=0.6)
        self.pause(1.0)

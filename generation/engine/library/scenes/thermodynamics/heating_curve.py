from manim import *
from theorama_kit import *

mass = knob(0.5, label="Mass of the ice", unit="kg", minimum=0.05, maximum=5.0, step=0.05)
start = knob(-20.0, label="Temperature at the start", unit="°C", minimum=-60.0, maximum=-5.0, step=1.0)
final = knob(120.0, label="Temperature of the steam at the end", unit="°C", minimum=105.0, maximum=200.0, step=1.0)
power = knob(500.0, label="Power of the heater", unit="W", minimum=50.0, maximum=5000.0, step=50.0)

TEMPERATURE_COLOR = CORAL
STEP_COLORS = [SKY, LILAC, MINT, YELLOW, CORAL]  # warm ice, melt, warm water, boil, warm steam
NAMES = ["ice gets warmer", "ice melts", "water gets warmer", "water boils", "steam gets hotter"]

# Rounded textbook values at normal pressure: specific heats in kJ/(kg K), latent heats in kJ/kg.
ICE, WATER, STEAM = 2.1, 4.18, 2.0
MELTING, BOILING = 334.0, 2260.0


def energies(kilograms):
    """Energy in kJ that each of the five steps takes."""
    return [
        kilograms * ICE * (0 - start),
        kilograms * MELTING,
        kilograms * WATER * 100,
        kilograms * BOILING,
        kilograms * STEAM * (final - 100),
    ]


ENERGIES = energies(mass)
TOTAL = sum(ENERGIES)
TURNS = [0.0, *np.cumsum(ENERGIES).tolist()]  # energy at the ends of the steps, in kJ
LEVELS = [start, 0.0, 0.0, 100.0, 100.0, final]


def temperature(energy, factor=1.0):
    """The temperature in °C after some energy in kJ was put in; `factor` times the mass needs `factor` times as much."""
    return float(np.interp(energy / factor, TURNS, LEVELS))


def part_done(energy, step):
    """The part of a step that is done, 0 to 1."""
    return clamp((energy - TURNS[step]) / ENERGIES[step], 0.0, 1.0)


def energy_text(kilojoules):
    if kilojoules >= 1000:
        return number_text(kilojoules / 1000) + " MJ"
    return number_text(kilojoules) + " kJ"


def time_text(seconds):
    """A time as people say it."""
    if seconds < 120:
        return number_text(seconds, 0) + " s"
    return number_text(seconds / 60) + " min" if seconds < 7200 else number_text(seconds / 3600) + " h"


# --- particles in a beaker ----------------------------------------------------------------------------
COLUMNS, ROWS = 7, 6
COUNT = COLUMNS * ROWS
GLASS_X, GLASS_Y, GLASS_W, GLASS_H = -6.1, -2.2, 3.0, 3.3
chance = np.random.default_rng(11)
FIRST, SECOND = chance.uniform(0, 1, (2, COUNT)), chance.uniform(0, 2, (2, COUNT))
RATES = chance.uniform(0.5, 1.0, (2, COUNT))
GRID_X = np.tile(np.arange(COLUMNS), ROWS) * 0.34 + 0.48
GRID_Y = np.repeat(np.arange(ROWS), COLUMNS) * 0.34 + 0.17
ORDER = (GRID_Y.max() - GRID_Y) / (GRID_Y.max() + 0.4) * 0.8 + 0.2 * FIRST[0]  # the top melts and boils off first


def bounced(ways):
    """Back and forth between 0 and 1."""
    return 1 - np.abs(1 - ways % 2)


def particles_at(energy, clock):
    """Drawn x and y of all particles at an energy and a moment of the film: lattice, crowd, or free flight."""
    shake = 0.012 * math.sqrt((temperature(energy) + 80) / 20) * (1 - part_done(energy, 1))
    solid_x = GRID_X + shake * np.sin(40 * RATES[0] * clock + 9 * FIRST[0])
    solid_y = GRID_Y + shake * np.cos(43 * RATES[1] * clock + 9 * FIRST[1])
    crowd_x = 0.12 + (GLASS_W - 0.24) * bounced(GRID_X / GLASS_W + 0.13 * RATES[0] * clock + 0.25 * FIRST[0])
    crowd_y = 0.12 + 0.62 * GRID_Y + 0.1 * np.sin(2.5 * RATES[1] * clock + 6 * FIRST[1])
    free_x = 0.1 + (GLASS_W - 0.2) * bounced(SECOND[0] + 1.1 * RATES[0] * clock)
    free_y = 0.1 + GLASS_H * bounced(SECOND[1] + 0.9 * RATES[1] * clock)
    ease = lambda part: np.clip((1.15 * part - ORDER) / 0.15, 0, 1)
    melted, boiled = ease(part_done(energy, 1)), ease(part_done(energy, 3))
    x = (1 - melted) * solid_x + melted * crowd_x
    y = (1 - melted) * solid_y + melted * crowd_y
    return GLASS_X + (1 - boiled) * x + boiled * free_x, GLASS_Y + (1 - boiled) * y + boiled * free_y


def beaker(energy, clock):
    """The glass, the flame and the particles, which follow the energy and the clock."""
    left, right, top = GLASS_X - 0.05, GLASS_X + GLASS_W + 0.05, GLASS_Y + GLASS_H
    glass = VMobject(stroke_color=CHALK2, stroke_width=5).set_points_as_corners(
        [[left, top, 0], [left, GLASS_Y - 0.05, 0], [right, GLASS_Y - 0.05, 0], [right, top, 0]]
    )
    flames = VGroup(*[
        Triangle(fill_color=TEMPERATURE_COLOR, fill_opacity=0.9, stroke_width=0)
        .scale(0.17)
        .stretch(1.5, 1)
        .move_to([GLASS_X + GLASS_W * place, GLASS_Y - 0.36, 0])
        for place in (0.25, 0.42, 0.58, 0.75)
    ])  # fmt: skip
    dots = VGroup(*[Dot(radius=0.115, color=SKY) for _each in range(COUNT)])

    def move(group):
        xs, ys = particles_at(energy(), clock())
        for dot, x, y in zip(group, xs, ys, strict=True):
            dot.move_to([x, y, 0])

    move(dots)
    return VGroup(glass, flames, dots.add_updater(move))


def curve_points(steps=None, factor=1.0):
    """The corners of the heating curve: energies in kJ and temperatures."""
    chosen = range(6) if steps is None else steps
    return [factor * TURNS[i] for i in chosen], [LEVELS[i] for i in chosen]


SAID = [
    "Ice below zero: the heat makes its particles shake harder, and it gets warmer.",
    "At 0 °C the warming stops! The energy now breaks up the lattice: the ice melts.",
    "All is water. Again it gets warmer.",
    "At 100 °C it stops once more: the energy tears the particles apart. The water boils.",
    "Only when the last drop is gone does the steam get hotter.",
]


class IceToSteam(Stage):
    def construct(self):
        put_in, clock = ValueTracker(0.0), ValueTracker(0.0)
        unit = 1000.0 if TOTAL >= 2000 else 1.0
        axes = graph(
            (0, 1.02 * TOTAL / unit), nice_range([start, final]), zone(-2.3, 6.6, -2.85, 2.75),
            "energy put in, in " + ("MJ" if unit > 1 else "kJ"), "temperature in °C",
        )  # fmt: skip
        now = put_in.get_value
        picture = beaker(now, clock.get_value)
        numbers = VGroup(
            readout("T", lambda: temperature(now()), "°C", 0, 36, TEMPERATURE_COLOR),
            readout("time", lambda: 1000 * now() / power / 60, "min", 1, 26, CHALK2),
        ).arrange(DOWN, buff=0.2, aligned_edge=LEFT)
        fit(numbers, zone(-6.5, -2.9, 1.75, 2.8), LEFT)
        trace = VGroup(*[VMobject(stroke_color=color, stroke_width=6) for color in STEP_COLORS])

        def grow(group):
            for step, piece in enumerate(group):
                part = part_done(now(), step)
                reached = TURNS[step] + part * ENERGIES[step]
                piece.set_points_as_corners(
                    [axes.c2p(TURNS[step] / unit, LEVELS[step]), axes.c2p(reached / unit, temperature(reached))]
                )
                piece.set_stroke(opacity=1.0 if part > 0 else 0.0)

        grow(trace)
        trace.add_updater(grow)
        point = Dot(radius=0.1, color=CHALK)
        point.add_updater(lambda dot: dot.move_to(axes.c2p(now() / unit, temperature(now()))))
        self.heading("From ice to steam")
        self.say(number_text(mass) + " kg of ice on a heater of " + number_text(power) + " W. Will it get warmer and warmer?")
        self.play(FadeIn(picture), FadeIn(axes), run_time=0.9)
        self.play(FadeIn(numbers), FadeIn(point), run_time=0.6)
        self.add(trace)
        self.bring_to_front(point)
        for step, seconds in enumerate((3.0, 3.6, 3.6, 4.6, 2.6)):
            self.say(SAID[step])
            wait = max(len(SAID[step]) / READING_SPEED, seconds)
            self.play(
                put_in.animate.set_value(TURNS[step + 1]), clock.animate.increment_value(wait), run_time=wait, rate_func=linear
            )
        for part in (trace, point, picture[2], *numbers):
            part.clear_updaters()
        marks = VGroup()
        for step, text in ((1, "melting"), (3, "boiling")):
            label = words(text, 26, STEP_COLORS[step])
            middle = axes.c2p((TURNS[step] + TURNS[step + 1]) / 2 / unit, LEVELS[step])
            marks.add(label.next_to(middle, DOWN, buff=0.15))
        marks[0].align_to([axes.c2p(TURNS[1] / unit, 0)[0] + 0.15, 0, 0], LEFT)
        self.play(FadeIn(marks), run_time=0.7)
        self.pause(1.0)


class WhereItGoes(Stage):
    def construct(self):
        longest, left = 4.7, -3.3
        rows = VGroup()
        bars = VGroup()
        for step, (name, energy) in enumerate(zip(NAMES, ENERGIES, strict=True)):
            y = 1.85 - 0.78 * step
            color = STEP_COLORS[step]
            bar = Rectangle(
                width=max(longest * energy / max(ENERGIES), 0.02), height=0.44, stroke_width=0, fill_color=color, fill_opacity=0.9
            )  # fmt: skip
            bars.add(bar.move_to([left, y, 0], aligned_edge=LEFT))
            label = words(name, 26, color).move_to([-6.6, y, 0], aligned_edge=LEFT)
            law = words("m c ΔT" if step % 2 == 0 else "m L", 26, CHALK2).move_to([1.85, y, 0], aligned_edge=LEFT)
            value = words(energy_text(energy), 28, color).move_to([4.7, y, 0], aligned_edge=RIGHT)
            needed = words(time_text(1000 * energy / power), 26, CHALK2).move_to([6.6, y, 0], aligned_edge=RIGHT)
            rows.add(VGroup(label, law, value, needed))
        head = VGroup(
            words("energy", 24, CHALK2).move_to([4.7, 2.5, 0], aligned_edge=RIGHT),
            words("time", 24, CHALK2).move_to([6.6, 2.5, 0], aligned_edge=RIGHT),
        )
        total = VGroup(
            words("all together", 28, CHALK).move_to([-6.6, -2.3, 0], aligned_edge=LEFT),
            words(energy_text(TOTAL), 30, CHALK).move_to([4.7, -2.3, 0], aligned_edge=RIGHT),
            words(time_text(1000 * TOTAL / power), 28, CHALK).move_to([6.6, -2.3, 0], aligned_edge=RIGHT),
        )
        self.heading("Where does the energy go?")
        self.say("Getting warmer takes mass times specific heat times the rise: m c ΔT.")
        self.play(FadeIn(head), *[FadeIn(row[0]) for row in rows], run_time=0.8)
        for step in (0, 2, 4):
            self.play(GrowFromEdge(bars[step], LEFT), FadeIn(rows[step][1:]), run_time=1.0)
        self.say("Melting and boiling take mass times latent heat, m L, at the same temperature.")
        self.play(GrowFromEdge(bars[1], LEFT), FadeIn(rows[1][1:]), run_time=1.2)
        self.play(GrowFromEdge(bars[3], LEFT), FadeIn(rows[3][1:]), run_time=2.4)
        times = number_text(BOILING / MELTING, 1)
        self.say("Boiling takes " + times + " times as much as melting: the particles are pulled wholly apart.")
        self.play(Create(highlight(VGroup(bars[3], rows[3][0]), STEP_COLORS[3], 0.08)), run_time=0.8)
        rule = Line([-6.6, -1.82, 0], [6.6, -1.82, 0], stroke_color=EDGE, stroke_width=2)
        self.say("Steam carries all that energy: when it condenses on skin, it gives it back. It scalds.")
        self.play(FadeIn(rule), FadeIn(total, shift=0.2 * UP), run_time=0.8)
        self.pause(1.0)


class SteepOrFlat(Stage):
    def construct(self):
        unit = 1000.0 if 2 * TOTAL >= 2000 else 1.0
        axes = graph(
            (0, 2.04 * TOTAL / unit), nice_range([start, final]), MAIN, "energy put in, in " + ("MJ" if unit > 1 else "kJ"),
            "temperature in °C",
        )  # fmt: skip

        def pieces(factor, width):
            xs, ys = curve_points(None, factor)
            return VGroup(*[
                Line(
                    axes.c2p(xs[i] / unit, ys[i]), axes.c2p(xs[i + 1] / unit, ys[i + 1]), stroke_color=STEP_COLORS[i],
                    stroke_width=width,
                )
                for i in range(5)
            ])  # fmt: skip

        once, twice = pieces(1.0, 6), pieces(2.0, 6)
        self.heading("Steep or flat?")
        facts = VGroup(
            words("specific heat c", 26, CHALK2),
            words("ice      " + number_text(ICE) + " kJ/(kg K)", 28, STEP_COLORS[0]),
            words("water  " + number_text(WATER) + " kJ/(kg K)", 28, STEP_COLORS[2]),
            words("steam  " + number_text(STEAM) + " kJ/(kg K)", 28, STEP_COLORS[4]),
        )
        latent = VGroup(
            words("latent heat L", 26, CHALK2),
            words("melting  " + number_text(MELTING) + " kJ/kg", 28, STEP_COLORS[1]),
            words("boiling  " + number_text(BOILING) + " kJ/kg", 28, STEP_COLORS[3]),
        )
        stack(*facts, area=zone(2.8, 6.6, 0.4, 2.7), buff=0.26)
        stack(*latent, area=zone(2.8, 6.6, -1.6, 0.0), buff=0.26)
        self.say("Water needs twice as much as ice for one degree, so its line is half as steep.")
        self.play(FadeIn(axes), Create(once), FadeIn(facts), run_time=2.6)
        self.play(Indicate(once[0], color=STEP_COLORS[0]), Indicate(once[2], color=STEP_COLORS[2]), run_time=1.2)
        self.say("Flat parts: the heater runs on, yet no degree is gained. The energy is hidden, latent.")
        self.play(FadeIn(latent), Indicate(once[1], color=STEP_COLORS[1]), Indicate(once[3], color=STEP_COLORS[3]), run_time=1.4)
        ghost = once.copy().set_stroke(opacity=0.35)
        self.say("And twice the mass? Every step takes twice the energy, at the same temperatures.")
        self.add(ghost)
        self.play(Transform(once, twice), run_time=2.5)
        note = lines("Twice the mass: the curve is only stretched sideways.", 26, CHALK, 28)
        fit(note, zone(2.8, 6.6, -2.85, -1.85), UL)
        self.play(FadeIn(note, shift=0.2 * UP), run_time=0.7)
        self.pause(1.0)

from manim import *
from theorama_kit import *

stock = knob(2.0, label="Concentration of the stock c₁", unit="mol/L", minimum=0.1, maximum=12.0, step=0.1)
taken = knob(50.0, label="Volume taken V₁", unit="mL", minimum=5.0, maximum=100.0, step=1.0)
final = knob(250.0, label="Final volume V₂", unit="mL", minimum=120.0, maximum=1000.0, step=5.0)
substance = knob(
    "copper sulfate",
    label="Dissolved substance",
    choices=("copper sulfate", "sodium chloride", "glucose", "potassium permanganate"),
)

COUNT_COLOR = YELLOW  # the amount of substance
STRONG_COLOR = CORAL  # concentration
VOLUME_COLOR = SKY
GOOD_COLOR = MINT
MOLAR_MASS = {"copper sulfate": 159.6, "sodium chloride": 58.4, "glucose": 180.2, "potassium permanganate": 158.0}
TINT = {"copper sulfate": SKY, "sodium chloride": CHALK2, "glucose": CHALK2, "potassium permanganate": LILAC}[substance]

AMOUNT = stock * taken  # mol/L times mL gives mmol
DILUTED = AMOUNT / final
FACTOR = final / taken
MISTAKEN = AMOUNT / (taken + final)  # whoever adds V2 of water instead of filling up to V2
MASS = AMOUNT / 1000 * MOLAR_MASS[substance]  # of the dissolved substance (without water of crystallisation), in g


def concentration(volume):
    """In mol/L, after filling up to a volume in mL."""
    return AMOUNT / volume


# --- beakers ----------------------------------------------------------------------------------------
DOTS = 60
PLACES = np.random.default_rng(4).uniform(0.03, 0.97, size=(DOTS, 2))
WIDE = 3.0


def beaker(x, bottom, height, marks_to, size=22):
    """A beaker with a scale in mL; its inside is `height` high for the volume `marks_to`."""
    walls = VMobject(stroke_color=CHALK2, stroke_width=4).set_points_as_corners(
        [
            [x - WIDE / 2, bottom + height + 0.25, 0],
            [x - WIDE / 2, bottom, 0],
            [x + WIDE / 2, bottom, 0],
            [x + WIDE / 2, bottom + height + 0.25, 0],
        ]
    )
    drawn = VGroup(walls)
    for tick in nice_ticks(0, marks_to, 4)[1:]:
        y = bottom + height * tick / marks_to
        drawn.add(Line([x - WIDE / 2, y, 0], [x - WIDE / 2 + 0.22, y, 0], stroke_color=CHALK2, stroke_width=3))
        drawn.add(number(tick, 0, size, CHALK3).next_to([x - WIDE / 2, y, 0], LEFT, buff=0.12))
    return drawn


def liquid(x, bottom, level, strength):
    """The solution: the stronger, the deeper its colour."""
    body = Rectangle(width=WIDE - 0.08, height=max(level, 0.02), stroke_width=0)
    body.set_fill(TINT, 0.1 + 0.5 * clamp(strength, 0, 1))
    return body.move_to([x, bottom + 0.03 + level / 2, 0])


def particles(x, bottom, level, time):
    """The dissolved particles: always the same, spread over the whole liquid, and never quite at rest."""
    group = VGroup()
    for k, (u, v) in enumerate(PLACES):
        across = 0.06 * math.sin(1.7 * time + 2.1 * k)
        up = 0.06 * math.cos(1.3 * time + 1.3 * k)
        spot = [
            x + (WIDE - 0.35) * (u - 0.5) + across,
            bottom + 0.13 + max(level - 0.22, 0.02) * v + up * min(level, 1),
            0,
        ]
        group.add(Dot(spot, radius=0.065, color=COUNT_COLOR))
    return group


class SameParticles(Stage):
    def construct(self):
        x, bottom, height = -4.3, -2.5, 4.7
        volume = ValueTracker(taken)
        level = lambda: height * volume.get_value() / final
        strength = lambda: concentration(volume.get_value()) / stock
        self.heading("Water is added. What stays the same?")
        self.say(f"This beaker holds {number_text(taken)} mL of {substance} solution, {number_text(stock)} mol/L.")
        glass = beaker(x, bottom, height, final)
        body = always_redraw(lambda: liquid(x, bottom, level(), strength()))
        crowd = always_redraw(lambda: particles(x, bottom, level(), 12 * volume.get_value() / final))
        axes = graph(
            (0, 1.04 * final),
            nice_range([1.08 * stock], zero=True),
            zone(-1.9, 6.6, -2.85, 1.15),
            "volume in mL",
            "concentration in mol/L",
        )
        live = VGroup(
            readout("V", volume, "mL", 0, 30, VOLUME_COLOR),
            readout("n", lambda: AMOUNT, "mmol", 1, 30, COUNT_COLOR),
            readout("c", lambda: concentration(volume.get_value()), "mol/L", 3, 36, STRONG_COLOR),
        ).arrange(RIGHT, buff=0.75)
        fit(live, zone(-1.7, 6.6, 1.75, 2.55), LEFT)
        self.play(FadeIn(glass), FadeIn(body), FadeIn(crowd), run_time=0.9)
        self.play(FadeIn(axes), FadeIn(live), run_time=0.8)
        dot = Dot(axes.c2p(taken, stock), color=CHALK, radius=0.1)
        dot.add_updater(lambda one: one.move_to(axes.c2p(volume.get_value(), concentration(volume.get_value()))))
        trail = VMobject(stroke_color=STRONG_COLOR, stroke_width=5)

        def grow(line):
            vs = np.linspace(taken, max(volume.get_value(), taken + 1e-3), 60)
            line.set_points_as_corners([axes.c2p(v, concentration(v)) for v in vs])

        trail.add_updater(grow)
        self.play(FadeIn(dot), run_time=0.3)
        self.add(trail, dot)
        middle = min(2 * taken, final)
        self.say("Pour in water. No particle comes in, and none is lost: they only spread out.")
        stream = Line([x, 2.72, 0], [x, bottom + level(), 0], stroke_color=VOLUME_COLOR, stroke_width=6)
        stream.set_stroke(opacity=0.6)
        self.play(Create(stream), run_time=0.4)
        stream.add_updater(lambda line: line.put_start_and_end_on([x, 2.72, 0], [x, bottom + level(), 0]))
        self.play(volume.animate.set_value(middle), run_time=3.0, rate_func=linear)
        if final > 2.2 * taken:
            half = Dot(axes.c2p(middle, stock / 2), color=GOOD_COLOR, radius=0.1)
            self.say("Twice the volume: the same particles have twice the room, and c is half as large.")
            self.play(GrowFromCenter(half), Flash(half, color=GOOD_COLOR), run_time=0.8)
        self.say("The curve falls, but it never reaches zero: diluting takes no particle away.")
        self.play(volume.animate.set_value(final), run_time=4.0, rate_func=linear)
        stream.clear_updaters()
        self.play(FadeOut(stream), run_time=0.3)
        for each in (body, crowd, dot, trail):
            each.clear_updaters()
        self.say(
            f"{number_text(FACTOR)} times the volume, so c is {number_text(FACTOR)} times smaller: {number_text(DILUTED)} mol/L."
        )
        self.play(Create(highlight(live[1], COUNT_COLOR, 0.12)), run_time=0.7)
        self.pause(1.0)


class SameArea(Stage):
    def construct(self):
        axes = graph(
            (0, 1.04 * final), nice_range([1.08 * stock], zero=True), MAIN, "volume in mL", "concentration in mol/L"
        )
        volume = ValueTracker(taken)

        def block():
            corner, top = axes.c2p(0, 0), axes.c2p(volume.get_value(), concentration(volume.get_value()))
            box = Rectangle(
                width=top[0] - corner[0], height=top[1] - corner[1], stroke_color=COUNT_COLOR, stroke_width=3
            )
            return box.set_fill(COUNT_COLOR, 0.3).move_to((corner + top) / 2)

        shape = always_redraw(block)
        self.heading("One product stays: concentration times volume")
        self.say("Draw the volume across and the concentration up. The area is the amount: n = c times V.")
        live = VGroup(
            readout("V", volume, "mL", 0, 30, VOLUME_COLOR),
            readout("c", lambda: concentration(volume.get_value()), "mol/L", 3, 30, STRONG_COLOR),
            readout(
                "c · V", lambda: volume.get_value() * concentration(volume.get_value()), "mmol", 1, 34, COUNT_COLOR
            ),
        )
        stack(*live, area=zone(2.8, 6.6, 0.9, 2.7), buff=0.26)
        self.play(FadeIn(axes), FadeIn(shape), FadeIn(live), run_time=1.0)
        ghost = block().set_fill(opacity=0).set_stroke(CHALK3, 2)
        self.add(ghost)
        self.say("Dilute it: the area gets wider and flatter, and keeps its size.")
        self.play(volume.animate.set_value(final), run_time=5.0)
        shape.clear_updaters()
        law = formula(
            r"c_1 V_1 = c_2 V_2",
            60,
            colors={"c_1": STRONG_COLOR, "c_2": STRONG_COLOR, "V_1": VOLUME_COLOR, "V_2": VOLUME_COLOR},
        )
        fit(law, zone(2.8, 6.6, -0.5, 0.6), LEFT)
        self.say("Both areas are the same amount of substance. That is the rule of dilution.")
        self.play(Write(law), run_time=1.2)
        rows = VGroup(
            words(f"{number_text(stock)} mol/L × {number_text(taken)} mL = {number_text(AMOUNT)} mmol", 24, CHALK),
            words(f"{number_text(DILUTED)} mol/L × {number_text(final)} mL = {number_text(AMOUNT)} mmol", 24, CHALK),
            words(f"that is {number_text(MASS)} g of {substance}", 24, CHALK2),
        )
        stack(*[fit_width(row, 3.8) for row in rows], area=zone(2.8, 6.6, -2.6, -0.8), buff=0.28)
        self.play(LaggedStart(*[FadeIn(row, shift=0.2 * UP) for row in rows], lag_ratio=0.5), run_time=1.5)
        self.pause(1.0)


class FillUpToTheMark(Stage):
    def construct(self):
        bottom, height, most = -2.05, 3.9, taken + final
        self.heading("A common mistake when diluting")
        self.say(
            f"You want {number_text(final)} mL of {number_text(DILUTED)} mol/L. Both begin with {number_text(taken)} mL of stock."
        )
        volumes = [ValueTracker(taken), ValueTracker(taken)]
        parts, lives, names = VGroup(), VGroup(), VGroup()
        sides = (
            (-3.3, "fill up to " + number_text(final) + " mL", GOOD_COLOR),
            (3.3, "add " + number_text(final) + " mL of water", STRONG_COLOR),
        )
        bodies = []
        for (x, name, color), volume in zip(sides, volumes, strict=True):
            glass = beaker(x, bottom, height, most, 20)
            mark = DashedLine(
                [x - WIDE / 2, bottom + height * final / most, 0],
                [x + WIDE / 2, bottom + height * final / most, 0],
                color=COUNT_COLOR,
                stroke_width=3,
            )
            parts.add(glass, mark)
            bodies.append(
                always_redraw(
                    lambda x=x, volume=volume: VGroup(
                        liquid(
                            x, bottom, height * volume.get_value() / most, concentration(volume.get_value()) / stock
                        ),
                        particles(x, bottom, height * volume.get_value() / most, 12 * volume.get_value() / most),
                    )
                )
            )
            names.add(fit(words(name, 28, color), zone(x - 2.9, x + 2.9, 2.2, 2.75)))
            live = VGroup(
                readout("V", volume, "mL", 0, 26, VOLUME_COLOR),
                readout("c", lambda volume=volume: concentration(volume.get_value()), "mol/L", 3, 30, color),
            ).arrange(RIGHT, buff=0.75)
            lives.add(fit(live, zone(x - 2.6, x + 2.9, -2.85, -2.3)))
        self.play(FadeIn(parts), *[FadeIn(body) for body in bodies], FadeIn(names), FadeIn(lives), run_time=1.0)
        self.say("On the left water is poured in up to the mark.")
        self.play(volumes[0].animate.set_value(final), run_time=3.0, rate_func=linear)
        self.say("On the right the whole final volume is added as water. It rises above the mark!")
        self.play(volumes[1].animate.set_value(taken + final), run_time=3.4, rate_func=linear)
        for body in bodies:
            body.clear_updaters()
        off = 100 * (DILUTED - MISTAKEN) / DILUTED
        self.say(
            f"There it is only {number_text(MISTAKEN)} mol/L: {number_text(off, None, 2)} % too weak. The stock has a volume too."
        )
        self.play(Create(highlight(lives[0], GOOD_COLOR, 0.1)), run_time=0.7)
        self.play(Create(highlight(lives[1], STRONG_COLOR, 0.1)), run_time=0.6)
        water = number_text(final - taken)
        self.say(f"V₂ is the volume in the end. So only {water} mL of water are needed: fill up to the mark.")
        self.pause(1.2)

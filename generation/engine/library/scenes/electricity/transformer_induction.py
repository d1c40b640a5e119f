from manim import *
from theorama_kit import *

turns = knob(300, label="Turns of the coil", minimum=50, maximum=2000)
magnet_speed = knob(0.5, label="Speed of the magnet", unit="m/s", minimum=0.1, maximum=2.0, step=0.05)
magnet_flux = knob(
    0.5, label="Flux of the magnet", unit="mWb", minimum=0.1, maximum=2.0, step=0.05, help="Flux through one turn, magnet inside."
)
primary_voltage = knob(230.0, label="Primary voltage", unit="V", minimum=1.0, maximum=1000.0, step=1.0)
primary_turns = knob(1000, label="Primary turns", minimum=50, maximum=2000)
secondary_turns = knob(50, label="Secondary turns", minimum=10, maximum=2000)

FLUX_COLOR = YELLOW
EMF_COLOR = MINT
NORTH_COLOR = CORAL
SOUTH_COLOR = SKY
COIL_COLOR = LILAC
FIRST_COLOR = CORAL  # the primary side of the transformer
SECOND_COLOR = MINT  # the secondary side
RADIUS = 0.03  # of the coil, in metres
FAR = 3.5 * RADIUS  # from here to the coil the magnet moves
FREQUENCY = 50.0  # Hz


def flux(x):
    """Flux through one turn, in webers, with the magnet x metres away: a small magnet on the axis of the turn."""
    return magnet_flux / 1000 * (1 + (x / RADIUS) ** 2) ** -1.5


def flux_slope(x):
    """How fast that flux changes with x, in webers per metre."""
    return magnet_flux / 1000 * -3 * x / RADIUS**2 * (1 + (x / RADIUS) ** 2) ** -2.5


def emf(x, speed, windings):
    """Faraday's law: minus the number of turns times the rate of change of the flux, in volts."""
    return -windings * flux_slope(x) * speed


def peak_emf(speed, windings):
    """The largest emf; the flux changes fastest half a radius from the middle."""
    return abs(emf(RADIUS / 2, speed, windings))


LEG = FAR / magnet_speed  # seconds from far away to the middle of the coil
REST = 0.6 * LEG  # seconds of rest inside


def position(t):
    """Where the magnet is: it comes in, rests inside the coil, and goes out on the other side."""
    if t < LEG:
        return -FAR + magnet_speed * t
    return 0.0 if t < LEG + REST else min(magnet_speed * (t - LEG - REST), FAR)


def speed_at(t):
    return 0.0 if LEG <= t < LEG + REST or t > 2 * LEG + REST else magnet_speed


def secondary_voltage():
    """An ideal transformer: voltages go like the turns."""
    return primary_voltage * secondary_turns / primary_turns


# --- the picture ------------------------------------------------------------------------------------
COIL = np.array([-3.45, 1.05, 0.0])
REACH = 2.25  # drawn distance for FAR
LOOPS = int(clamp(round(3 + turns / 100), 3, 11))


def coil_half(front, loops=LOOPS):
    """The near or the far halves of the turns."""
    half = VGroup()
    for k in range(loops):
        x = COIL[0] + 0.13 * (k - (loops - 1) / 2)
        curve = ArcBetweenPoints(
            [x, COIL[1] + 0.68, 0],
            [x, COIL[1] - 0.68, 0],
            angle=-PI * 0.45 if front else PI * 0.45,
            stroke_color=COIL_COLOR if front else EDGE,
            stroke_width=5 if front else 4,
        )
        half.add(curve)
    return half


def flux_glow(x):
    """The flux inside the coil as a glow."""
    strength = flux(x) / (magnet_flux / 1000)
    glow = Ellipse(width=0.13 * LOOPS + 0.5, height=1.4, stroke_width=0).move_to(COIL)
    return glow.set_fill(FLUX_COLOR, opacity=0.55 * strength)


def bar_magnet():
    """A bar magnet, its north pole ahead."""
    south = Rectangle(width=0.75, height=0.42, stroke_width=0).set_fill(SOUTH_COLOR, 1)
    north = Rectangle(width=0.75, height=0.42, stroke_width=0).set_fill(NORTH_COLOR, 1)
    bar = VGroup(south, north).arrange(RIGHT, buff=0)
    letters = VGroup(words("S", 26, STAGE, BOLD).move_to(south), words("N", 26, STAGE, BOLD).move_to(north))
    return VGroup(bar, letters)


def magnet_place(x):
    return COIL + np.array([REACH * x / FAR, 0, 0])


METER = np.array([-3.45, -2.55, 0.0])


def meter(loops=LOOPS):
    """A meter with zero in the middle, wired to the ends of the coil."""
    dial = Arc(radius=1.25, start_angle=PI / 5, angle=3 * PI / 5, arc_center=METER, stroke_color=CHALK2, stroke_width=4)
    ticks = VGroup()
    for k in range(-2, 3):
        way = np.array([math.sin(k * 0.42), math.cos(k * 0.42), 0])
        ticks.add(Line(METER + 1.25 * way, METER + 1.37 * way, stroke_color=CHALK2, stroke_width=3))
    zero = words("0", 22, CHALK2).move_to(METER + 1.55 * UP)
    reach = 0.13 * (loops - 1) / 2
    wires = VGroup()
    for side in (-1, 1):
        start = COIL + np.array([side * reach, -0.68, 0])
        low = METER + np.array([side * 1.75, 0, 0])
        corner = np.array([low[0], start[1] - 0.25, 0])
        path = [start, np.array([start[0], corner[1], 0]), corner, low, METER + np.array([side * 0.2, 0, 0])]
        wires.add(VMobject(stroke_color=COIL_COLOR, stroke_width=3).set_points_as_corners(path))
    return VGroup(wires, dial, ticks, zero, Dot(METER, radius=0.09, color=CHALK2))


def needle(value, full):
    """The needle leans with the emf, to the right when it is positive."""
    lean = 0.84 * clamp(value / full, -1, 1)
    tip = METER + 1.12 * np.array([math.sin(lean), math.cos(lean), 0])
    return Line(METER, tip, stroke_color=EMF_COLOR, stroke_width=5)


class FluxMustChange(Stage):
    def construct(self):
        t = ValueTracker(0.0)
        now = t.get_value
        end = 2 * LEG + REST
        full = peak_emf(magnet_speed, turns)
        upper = graph(
            (0, end), nice_range([1.1 * magnet_flux], zero=True), zone(-0.2, 6.7, 0.1, 2.75), "", "flux through a turn in mWb", room=0.9, y_count=3
        )
        lower = graph(
            (0, end), nice_range([-1.1 * full, 1.1 * full]), zone(-0.2, 6.7, -2.85, -0.05), "time in s", "emf in V", room=0.9, y_count=4
        )
        zero_line = Line(lower.c2p(0, 0), lower.c2p(end, 0), stroke_color=CHALK3, stroke_width=2)
        stops = [float(s) for s in np.linspace(0, end, 241)]

        def trace(axes, value, color):
            past = [s for s in stops if s < now()] + [max(now(), 1e-6)]
            return polyline(axes, past, [value(s) for s in past], color, 5)

        emf_at = lambda s: emf(position(s), speed_at(s), turns)
        magnet = bar_magnet().move_to(magnet_place(-FAR))
        magnet.add_updater(lambda m: m.move_to(magnet_place(position(now()))))
        back, front = coil_half(False), coil_half(True)
        glow = always_redraw(lambda: flux_glow(position(now())))
        hand = always_redraw(lambda: needle(emf_at(now()), full))
        self.heading("A voltage appears only while the flux changes")
        self.say(f"A coil of {turns} turns is wired to a meter. A magnet waits outside, at rest.")
        self.play(FadeIn(back), FadeIn(glow), FadeIn(magnet), FadeIn(front), FadeIn(meter()), FadeIn(hand), run_time=0.9)
        self.play(FadeIn(upper), FadeIn(lower), FadeIn(zero_line), run_time=0.7)
        curves = VGroup(
            always_redraw(lambda: trace(upper, lambda s: 1000 * flux(position(s)), FLUX_COLOR)),
            always_redraw(lambda: trace(lower, emf_at, EMF_COLOR)),
        )
        self.add(curves)
        self.say(f"Push it in at {number_text(magnet_speed)} m/s: the flux grows, and meanwhile the needle swings out.")
        self.play(t.animate.set_value(LEG), run_time=5.0, rate_func=linear)
        self.say("Rest inside: now the flux is at its greatest, and yet the voltage is zero!")
        self.play(t.animate.set_value(LEG + REST), run_time=3.6, rate_func=linear)
        self.say("Pull it out: the flux shrinks, and the voltage has the opposite sign.")
        self.play(t.animate.set_value(end), run_time=5.0, rate_func=linear)
        for still in (magnet, glow, hand, *curves):
            still.clear_updaters()
        self.say("The emf is the slope of the flux curve, times the number of turns, with a minus sign.")
        law = formula(
            r"\varepsilon = -N\,\frac{\Delta\Phi}{\Delta t}", 40, colors={r"\varepsilon": EMF_COLOR, r"\Phi": FLUX_COLOR, "N": COIL_COLOR}
        )
        area = zone(lower.c2p(0, 0)[0] + 0.15, lower.c2p(0.46 * end, 0)[0], lower.c2p(0, 0)[1] + 0.1, lower.c2p(0, 0)[1] + 0.88)
        self.play(Write(fit(law, area)), run_time=1.2)
        self.pause(1.2)


RUNS = [  # speed, turns, name, colour
    (magnet_speed, turns, "as before", EMF_COLOR),
    (2 * magnet_speed, turns, "twice the speed", LEAF),
    (magnet_speed, 2 * turns, "twice the turns", LILAC),
]


def pulse_area(speed, windings):
    """The area under the first pulse, in volt seconds, by summing thin strips."""
    xs = np.linspace(-FAR, 0, 2001)
    values = [abs(emf(float(x), speed, windings)) for x in (xs[1:] + xs[:-1]) / 2]
    return float(sum(values) * (xs[1] - xs[0]) / speed)


class FasterOrMoreTurns(Stage):
    def construct(self):
        full = peak_emf(2 * magnet_speed, turns)
        end = 2 * LEG
        axes = graph((0, end), nice_range([-2.3 * full, 1.1 * full]), zone(-0.2, 6.7, -2.85, 2.75), "time in s", "emf in V")
        axes.add(Line(axes.c2p(0, 0), axes.c2p(end, 0), stroke_color=CHALK3, stroke_width=2))
        x, run = ValueTracker(-FAR), [RUNS[0]]
        magnet = bar_magnet().move_to(magnet_place(-FAR))
        magnet.add_updater(lambda m: m.move_to(magnet_place(x.get_value())))
        glow = always_redraw(lambda: flux_glow(x.get_value()))
        moving = [False]
        hand = always_redraw(
            lambda: needle(emf(x.get_value(), run[0][0], run[0][1]) if moving[0] else 0.0, full)
        )
        back, front = coil_half(False), coil_half(True)
        self.heading("Faster, or more turns")
        self.say("Move the magnet right through, without a stop. The voltage makes two opposite pulses.")
        self.play(
            FadeIn(back), FadeIn(glow), FadeIn(magnet), FadeIn(front), FadeIn(meter()), FadeIn(hand), FadeIn(axes), run_time=0.9
        )
        said = [
            "",
            "Twice as fast: the pulses are twice as high, but last only half as long.",
            "Twice as many turns at the first speed: twice as high, and just as long.",
        ]
        rows = VGroup(
            *[words(f"{name}: up to {number_text(peak_emf(v, n))} V", 24, color) for v, n, name, color in RUNS]
        ).arrange(DOWN, buff=0.16, aligned_edge=LEFT)
        left, top = axes.c2p(0, axes.y_range[1])[:2]
        fit(rows, zone(axes.c2p(end, 0)[0] - 3.6, axes.c2p(end, 0)[0] - 0.1, axes.c2p(0, axes.y_range[0])[1] + 0.1, axes.c2p(0, axes.y_range[0])[1] + 1.2), DR)
        for k, (speed, windings, _name, color) in enumerate(RUNS):
            if k:
                self.say(said[k])
                self.play(x.animate.set_value(-FAR), run_time=0.6)
            if k == 2:
                more, behind = coil_half(True, LOOPS + 6), coil_half(False, LOOPS + 6).set_z_index(-1)
                self.play(FadeOut(front, back), FadeIn(more, behind), run_time=0.5)
            run[0], moving[0] = (speed, windings), True
            stops = [float(s) for s in np.linspace(-FAR, FAR, 161)]

            def trace(speed=speed, windings=windings, color=color):
                past = [s for s in stops if s < x.get_value()] + [max(x.get_value(), -FAR + 1e-9)]
                return polyline(axes, [(s + FAR) / speed for s in past], [emf(s, speed, windings) for s in past], color, 4.5)

            curve = always_redraw(trace)
            self.add(curve)
            self.play(x.animate.set_value(FAR), FadeIn(rows[k]), run_time=2.2 if k == 1 else 4.4, rate_func=linear)
            curve.clear_updaters()
            moving[0] = False
        self.say("Slow or fast, the area under a pulse is the same: the flux of all turns together.")
        shapes = VGroup()
        for k in (0, 1):
            speed, windings, _name, color = RUNS[k]
            xs = np.linspace(-FAR, 0, 60)
            points = [axes.c2p((float(s) + FAR) / speed, emf(float(s), speed, windings)) for s in xs]
            base = [axes.c2p(LEG * magnet_speed / speed, 0), axes.c2p(0, 0)]
            shapes.add(Polygon(*points, *base, stroke_width=0).set_fill(color, 0.45))
        self.play(FadeIn(shapes), run_time=0.8)
        area = words(f"area of a pulse: N × Φ = {number_text(turns * magnet_flux / 1000)} V s", 26, FLUX_COLOR)
        fit(area, zone(-6.5, -0.7, 2.1, 2.7), UL)
        self.play(FadeIn(area, shift=0.2 * UP), run_time=0.6)
        for still in (magnet, glow, hand):
            still.clear_updaters()
        self.pause(1.2)


CORE = np.array([-3.5, 0.55, 0.0])
WIDE, TALL, THICK = 4.7, 3.5, 0.6


def core():
    outer = RoundedRectangle(corner_radius=0.15, width=WIDE, height=TALL, stroke_width=0)
    inner = RoundedRectangle(corner_radius=0.08, width=WIDE - 2 * THICK, height=TALL - 2 * THICK)
    return Difference(outer, inner, stroke_width=0).set_fill(EDGE, 0.75).shift(CORE)


def winding(side, count, color):
    """The turns on one leg of the core."""
    x = CORE[0] + side * (WIDE - THICK) / 2
    rows = VGroup()
    gap = min(0.22, 1.9 / max(count - 1, 1))
    for k in range(count):
        y = CORE[1] + gap * (k - (count - 1) / 2)
        rows.add(Line([x - 0.42, y - 0.05, 0], [x + 0.42, y + 0.05, 0], stroke_color=color, stroke_width=5))
    return rows


def drawn_turns(count):
    """Turns drawn: in proportion where that can be seen."""
    return int(clamp(round(20 * count / max(primary_turns, secondary_turns)), 1, 20))


def core_flux(strength):
    """The flux going round in the core: its width is its size, the tips tell which way."""
    w, h = (WIDE - THICK) / 2, (TALL - THICK) / 2
    ring = Rectangle(width=2 * w, height=2 * h, stroke_color=FLUX_COLOR, stroke_width=0.5 + 11 * abs(strength)).move_to(CORE)
    tips = VGroup()
    if abs(strength) > 0.12:
        for place, angle in (((0, h), 0), ((0, -h), PI)):
            tip = Triangle(stroke_width=0).set_fill(FLUX_COLOR, 1).scale(0.08 + 0.16 * abs(strength))
            turned = angle - PI / 2 if strength > 0 else angle + PI / 2
            tips.add(tip.rotate(turned).move_to(CORE + np.array([place[0], place[1], 0])))
    return VGroup(ring, tips)


class Transformer(Stage):
    def construct(self):
        period = 1000 / FREQUENCY  # in milliseconds
        t = ValueTracker(0.0)
        angle = lambda s: math.tau * s / period
        up, us = primary_voltage * math.sqrt(2), secondary_voltage() * math.sqrt(2)
        high = graph((0, 2 * period), nice_range([-1.05 * up, 1.05 * up]), zone(-0.2, 6.7, 0.1, 2.75), "", "primary voltage in V", room=0.9, y_count=4)
        low = graph(
            (0, 2 * period), nice_range([-1.05 * us, 1.05 * us]), zone(-0.2, 6.7, -2.85, -0.05), "time in ms", "secondary voltage in V", room=0.9, y_count=4
        )
        for axes in (high, low):
            axes.add(Line(axes.c2p(0, 0), axes.c2p(2 * period, 0), stroke_color=CHALK3, stroke_width=2))
        stops = [float(s) for s in np.linspace(0, 2 * period, 161)]

        def trace(axes, size, color):
            past = [s for s in stops if s < t.get_value()] + [max(t.get_value(), 1e-6)]
            return polyline(axes, past, [size * math.sin(angle(s)) for s in past], color, 4.5)

        first = winding(-1, drawn_turns(primary_turns), FIRST_COLOR)
        second = winding(1, drawn_turns(secondary_turns), SECOND_COLOR)
        x = (WIDE - THICK) / 2
        labels = VGroup(
            words(f"{primary_turns} turns", 26, FIRST_COLOR).move_to(CORE + np.array([-x, -TALL / 2 - 0.35, 0])),
            words(f"{secondary_turns} turns", 26, SECOND_COLOR).move_to(CORE + np.array([x, -TALL / 2 - 0.35, 0])),
        )
        per_turn = primary_voltage / primary_turns
        volts = VGroup(
            words(number_text(primary_voltage) + " V", 34, FIRST_COLOR).move_to(CORE + np.array([-x, -TALL / 2 - 0.85, 0])),
            words(number_text(secondary_voltage()) + " V", 34, SECOND_COLOR).move_to(CORE + np.array([x, -TALL / 2 - 0.85, 0])),
        )
        ring = always_redraw(lambda: core_flux(-math.cos(angle(t.get_value()))))
        self.heading("The transformer: induction without a magnet that moves")
        self.say("Two coils share an iron core. The first gets an alternating voltage, 50 times a second.")
        self.play(FadeIn(core()), FadeIn(first), FadeIn(second), FadeIn(labels), FadeIn(volts[0]), run_time=0.9)
        self.play(FadeIn(high), FadeIn(low), run_time=0.7)
        self.add(ring)
        self.bring_to_front(first, second)
        curves = VGroup(
            always_redraw(lambda: trace(high, up, FIRST_COLOR)), always_redraw(lambda: trace(low, us, SECOND_COLOR))
        )
        self.add(curves)
        self.say("Its changing current sends a changing flux round the core, through every turn of both coils.")
        self.play(t.animate.set_value(period), run_time=6.0, rate_func=linear)
        share = words(f"each turn: {number_text(per_turn)} V", 26, FLUX_COLOR)
        fit(share, zone(CORE[0] - 1.25, CORE[0] + 1.25, CORE[1] + 0.45, CORE[1] + 0.95))
        self.say(f"So each turn, on either side, gets the same voltage: here {number_text(per_turn)} V.")
        self.play(FadeIn(share, shift=0.2 * UP), run_time=0.6)
        self.play(t.animate.set_value(2 * period), run_time=5.0, rate_func=linear)
        for still in (ring, *curves):
            still.clear_updaters()
        self.say(ratio_line())
        law = formula(
            r"\frac{U_2}{U_1} = \frac{N_2}{N_1}", 38, colors={"U_2": SECOND_COLOR, "N_2": SECOND_COLOR, "U_1": FIRST_COLOR, "N_1": FIRST_COLOR}
        )
        fit(law, zone(CORE[0] - 1.15, CORE[0] + 1.15, CORE[1] - 0.75, CORE[1] + 0.3))
        self.play(FadeIn(volts[1], shift=0.2 * UP), Write(law), run_time=1.2)
        self.play(Create(highlight(volts[1], SECOND_COLOR, 0.1)), run_time=0.6)
        self.say("A battery would give nothing: its steady current makes a steady flux, and steady gives zero.")
        self.pause(1.2)


def ratio_line():
    """What this transformer does, for an ideal one."""
    ratio = secondary_turns / primary_turns
    if abs(ratio - 1) < 1e-9:
        return "With equal turns the voltage stays the same; the two circuits are only kept apart."
    if ratio < 1:
        size = number_text(1 / ratio)
        return f"Step-down: {size} times fewer turns, {size} times less voltage, {size} times more current."
    size = number_text(ratio)
    return f"Step-up: {size} times the turns, {size} times the voltage, {size} times less current."

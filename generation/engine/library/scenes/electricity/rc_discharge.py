from manim import *
from theorama_kit import *

voltage = knob(9.0, label="Battery voltage", unit="V", minimum=1.0, maximum=24.0, step=0.5)
resistance = knob(10.0, label="Resistance", unit="kΩ", minimum=0.1, maximum=1000.0, step=0.1)
capacitance = knob(100.0, label="Capacitance", unit="µF", minimum=1.0, maximum=10000.0, step=1.0)

STORED_COLOR = MINT  # the capacitor: its voltage and charge
CURRENT_COLOR = YELLOW
RESISTOR_COLOR = CORAL
BATTERY_COLOR = LILAC
TIME_COLOR = SKY  # the time constant
WIRE_COLOR = CHALK2

TAU = 1000 * resistance * capacitance * 1e-6  # the time constant, in seconds
TIME_UNIT, TIME_SCALE = ("ms", 1000.0) if TAU < 0.2 else ("s", 1.0) if TAU < 300 else ("min", 1 / 60)
FIRST_CURRENT = voltage / (1000 * resistance)  # in amperes
CURRENT_UNIT, CURRENT_SCALE = ("mA", 1000.0) if FIRST_CURRENT >= 1e-3 else ("µA", 1e6)


def charging(time):
    """The capacitor's voltage while it is charged, at a time in seconds."""
    return voltage * (1 - math.exp(-time / TAU))


def discharging(time):
    """The capacitor's voltage while it empties, at a time in seconds."""
    return voltage * math.exp(-time / TAU)


def current_at(time):
    """The size of the current, in amperes: the same fall in both cases."""
    return FIRST_CURRENT * math.exp(-time / TAU)


def half_life():
    return TAU * math.log(2)


def stored_charge():
    """The charge on the full capacitor, in coulombs."""
    return capacitance * 1e-6 * voltage


def seconds_text(value):
    return number_text(value * TIME_SCALE) + " " + TIME_UNIT


def percent(share):
    return number_text(100 * share, 1 if share < 0.995 else 0) + " %"


# --- the circuit: battery and short cut on the left, resistor above, capacitor on the right -------------
OUTER, INNER, PIVOT, RIGHT_X = -6.2, -5.0, -4.2, -2.0
HIGH, LOW, MIDDLE = 2.2, -1.1, 0.55
PLATE_HIGH, PLATE_LOW = 0.95, 0.15
ON, OFF = np.array([INNER, HIGH + 0.35, 0]), np.array([INNER, HIGH - 0.35, 0])
JOINT = np.array([PIVOT, HIGH, 0])
# The way of the charges in each case: to or from the upper plate, and from or to the lower one.
FILL = [
    [
        (OUTER, MIDDLE),
        (OUTER, HIGH + 0.35),
        (INNER, HIGH + 0.35),
        (PIVOT, HIGH),
        (RIGHT_X, HIGH),
        (RIGHT_X, PLATE_HIGH),
    ],
    [(RIGHT_X, PLATE_LOW), (RIGHT_X, LOW), (OUTER, LOW), (OUTER, MIDDLE)],
]
EMPTY = [
    [(RIGHT_X, PLATE_HIGH), (RIGHT_X, HIGH), (PIVOT, HIGH), (INNER, HIGH - 0.35), (INNER, LOW)],
    [(INNER, LOW), (RIGHT_X, LOW), (RIGHT_X, PLATE_LOW)],
]
SPACING = 0.42


def wire(*corners):
    return VMobject(stroke_color=WIRE_COLOR, stroke_width=4).set_points_as_corners([np.array([*c, 0]) for c in corners])


def circuit():
    """All that does not move: wires, battery, resistor and plates, with their values."""
    drawn = VGroup(
        wire((INNER, HIGH + 0.35), (OUTER, HIGH + 0.35), (OUTER, MIDDLE + 0.12)),
        wire((OUTER, MIDDLE - 0.12), (OUTER, LOW), (RIGHT_X, LOW), (RIGHT_X, PLATE_LOW)),
        wire((INNER, HIGH - 0.35), (INNER, LOW)),
        wire((PIVOT, HIGH), (RIGHT_X, HIGH), (RIGHT_X, PLATE_HIGH)),
    )
    drawn.add(
        Line([OUTER - 0.32, MIDDLE + 0.12, 0], [OUTER + 0.32, MIDDLE + 0.12, 0], color=BATTERY_COLOR, stroke_width=5)
    )
    drawn.add(
        Line([OUTER - 0.18, MIDDLE - 0.12, 0], [OUTER + 0.18, MIDDLE - 0.12, 0], color=BATTERY_COLOR, stroke_width=9)
    )
    for y in (PLATE_HIGH, PLATE_LOW):
        drawn.add(Line([RIGHT_X - 0.75, y, 0], [RIGHT_X + 0.75, y, 0], stroke_color=STORED_COLOR, stroke_width=7))
    for spot in (ON, OFF, JOINT):
        drawn.add(Dot(spot, radius=0.08, color=WIRE_COLOR))
    cell = words(number_text(voltage) + " V", 24, BATTERY_COLOR).move_to(
        [OUTER + 0.25, MIDDLE - 0.5, 0], aligned_edge=LEFT
    )
    ohms = words(number_text(resistance) + " kΩ", 24, RESISTOR_COLOR).move_to([-3.1, HIGH - 0.45, 0])
    farads = words(number_text(capacitance, digits=5) + " µF", 24, STORED_COLOR)
    return drawn.add(cell, ohms, farads.move_to([RIGHT_X - 0.95, 0.55, 0], aligned_edge=RIGHT))


def resistor():
    box = Rectangle(width=1.0, height=0.36, stroke_color=RESISTOR_COLOR, stroke_width=4)
    return box.set_fill(STAGE, opacity=1).move_to([-3.1, HIGH, 0]).set_z_index(2)


def lever(end):
    return Line(JOINT, end, stroke_color=CHALK, stroke_width=6)


def moving_charges(paths, time):
    """Charges on both sides of the capacitor; how far they have gone is how much charge has passed."""
    drawn = VGroup().set_z_index(1)
    for corners in paths:
        points = np.array([[*corner, 0.0] for corner in corners])
        ways = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(points, axis=0), axis=1))])
        count = math.ceil(ways[-1] / SPACING)
        circle = Dot(radius=0.065).points
        dots = VMobject(stroke_width=0).set_fill(CURRENT_COLOR, opacity=1).set_z_index(1)

        def refresh(shape, points=points, ways=ways, count=count, circle=circle):
            gone = 16 * (1 - math.exp(-time.get_value() / TAU))
            way = (gone + SPACING * np.arange(count)) % (SPACING * count)
            spots = np.stack([np.interp(way, ways, points[:, axis]) for axis in range(3)], axis=1)
            shape.points = (spots[:, None, :] + circle[None, :, :]).reshape(-1, 3)

        refresh(dots)
        drawn.add(dots.add_updater(refresh))
    return drawn


def plate_signs(share):
    """Plus signs on the upper plate and minus signs on the lower one, as many as there is charge."""
    drawn = VGroup()
    for place in range(7):
        x = RIGHT_X - 0.66 + 0.22 * place
        seen = clamp(7 * share() - place, 0, 1)
        up, down = PLATE_HIGH - 0.17, PLATE_LOW + 0.17
        for start, end in (
            ([x - 0.07, up, 0], [x + 0.07, up, 0]),
            ([x, up - 0.07, 0], [x, up + 0.07, 0]),
            ([x - 0.07, down, 0], [x + 0.07, down, 0]),
        ):
            drawn.add(Line(start, end, stroke_color=CHALK, stroke_width=3, stroke_opacity=seen))
    return drawn


GRAPH_ZONE = zone(-0.9, 6.6, -2.85, 2.75)
LAST = 5.0  # time constants that are shown


def time_axes(y_label, taus=LAST):
    end = taus * TAU * TIME_SCALE
    return graph((0, end), nice_range([1.02 * voltage], zero=True), GRAPH_ZONE, "time in " + TIME_UNIT, y_label)


def curve_to(axes, function, end, color, width=5):
    """A voltage as a function of time, up to a time in seconds."""
    stops = np.linspace(0, max(end, 1e-4 * TAU), 70)
    return polyline(axes, stops * TIME_SCALE, [function(stop) for stop in stops], color, width)


def live_numbers(time, voltage_now):
    rows = VGroup(
        readout("time", lambda: time.get_value() * TIME_SCALE, TIME_UNIT, 2, 26, TIME_COLOR),
        readout("capacitor", voltage_now, "V", 2, 26, STORED_COLOR),
        readout("current", lambda: current_at(time.get_value()) * CURRENT_SCALE, CURRENT_UNIT, 1, 26, CURRENT_COLOR),
    )
    return stack(*rows, area=zone(-6.5, -1.6, -2.85, -1.45), buff=0.2)


class ChargingUp(Stage):
    def construct(self):
        time = ValueTracker(0.0)
        stored = lambda: charging(time.get_value())
        left = lambda moment: voltage - charging(moment)
        axes = time_axes("voltage in V")
        self.heading("Charging a capacitor")
        self.say("A capacitor: two plates that hold charge. A resistor limits how fast it comes.")
        box, switch = resistor(), lever(JOINT + np.array([-0.75, 0.75, 0]))
        numbers = live_numbers(time, stored)
        self.play(FadeIn(circuit()), FadeIn(box), FadeIn(switch), run_time=0.9)
        self.play(FadeIn(axes), run_time=0.7)
        dots = moving_charges(FILL, time)
        signs = always_redraw(lambda: plate_signs(lambda: stored() / voltage))
        self.say("Close the switch. Charge runs onto one plate and off the other. None crosses the gap.")
        self.play(Transform(switch, lever(ON)), FadeIn(numbers), run_time=0.5)
        self.add(dots, signs)
        grown = always_redraw(lambda: curve_to(axes, charging, time.get_value(), STORED_COLOR))
        rest = always_redraw(lambda: curve_to(axes, left, time.get_value(), RESISTOR_COLOR, 3.5))
        self.add(rest, grown)
        self.play(time.animate.set_value(TAU), run_time=5, rate_func=linear)
        marks = legend([("capacitor", STORED_COLOR), ("resistor", RESISTOR_COLOR)], 24)
        marks.move_to(axes.c2p(LAST * TAU * TIME_SCALE, voltage / 2) + 0.3 * LEFT, aligned_edge=RIGHT)
        self.say("The fuller it is, the less voltage is left for the resistor, and the smaller the current.")
        self.play(FadeIn(marks), run_time=0.5)
        self.play(time.animate.set_value(LAST * TAU), run_time=7, rate_func=linear)
        for still in (grown, rest, signs, *dots):
            still.clear_updaters()
        spots = VGroup()
        for count in (1, 3, 5):
            height = charging(count * TAU)
            spot = axes.c2p(count * TAU * TIME_SCALE, height)
            text = words(percent(height / voltage), 24, CHALK)
            text.next_to(spot, DR if count == 1 else DOWN, buff=0.14)
            if count == 5:
                text.shift((text.width / 2 + 0.05) * LEFT)
            spots.add(VGroup(Dot(spot, color=CHALK, radius=0.09), text))
        self.say(f"One time constant, here {seconds_text(TAU)}, fills it to 63 %. After five it is as good as full.")
        self.play(LaggedStart(*[FadeIn(each, scale=0.6) for each in spots], lag_ratio=0.5), run_time=1.8)
        self.pause(1.0)


class LettingItEmpty(Stage):
    def construct(self):
        time = ValueTracker(0.0)
        stored = lambda: discharging(time.get_value())
        axes = time_axes("voltage of the capacitor in V")
        self.heading("Discharging: the fuller, the faster")
        box, switch = resistor(), lever(ON)
        numbers = live_numbers(time, stored)
        signs = always_redraw(lambda: plate_signs(lambda: stored() / voltage))
        self.say("Now turn the switch. The battery is out, and the full capacitor itself drives a current.")
        self.play(FadeIn(circuit()), FadeIn(box), FadeIn(switch), FadeIn(signs), FadeIn(axes), run_time=0.9)
        self.play(Transform(switch, lever(OFF)), FadeIn(numbers), run_time=0.7)
        dots = moving_charges(EMPTY, time)
        grown = always_redraw(lambda: curve_to(axes, discharging, time.get_value(), STORED_COLOR))
        self.add(grown, dots)
        self.pause(0.1)
        self.say("This very current empties it. Less charge, less voltage, less current: ever slower.")
        self.play(time.animate.set_value(LAST * TAU), run_time=9, rate_func=linear)
        for still in (grown, signs, *dots):
            still.clear_updaters()
        self.say("In each time constant it loses 63 % of what is left. So 37 % stay, then 37 % of that.")
        steps = VGroup()
        for count in (1, 2, 3):
            spot = axes.c2p(count * TAU * TIME_SCALE, discharging(count * TAU))
            drop = DashedLine(axes.c2p(count * TAU * TIME_SCALE, 0), spot, color=TIME_COLOR, stroke_width=3)
            text = words(percent(math.exp(-count)), 24, CHALK).next_to(spot, UR, buff=0.1)
            steps.add(VGroup(drop, Dot(spot, color=CHALK, radius=0.09), text))
        self.play(LaggedStart(*[FadeIn(step, shift=0.1 * UP) for step in steps], lag_ratio=0.6), run_time=2.2)
        tangent = DashedLine(axes.c2p(0, voltage), axes.c2p(TAU * TIME_SCALE, 0), color=CURRENT_COLOR, stroke_width=4)
        self.say("Had it gone on as fast as it began, it would be empty after one time constant.")
        self.play(Create(tangent), run_time=1.2)
        law = formula(
            r"V = V_0\, e^{-t/RC}",
            48,
            colors={"V_0": STORED_COLOR, "R": RESISTOR_COLOR, "C": STORED_COLOR, "t": TIME_COLOR},
        )
        fit(law, zone(2.6, 6.2, 0.9, 2.0))
        self.play(FadeIn(law, shift=0.2 * UP), Create(highlight(law, TIME_COLOR, 0.2)), run_time=0.9)
        self.pause(1.0)


class TimeConstant(Stage):
    def construct(self):
        more_ohms, more_farads = ValueTracker(1.0), ValueTracker(1.0)
        times = lambda: more_ohms.get_value() * more_farads.get_value()
        axes = time_axes("voltage of the capacitor in V")
        slowed = lambda moment: discharging(moment / times())
        self.heading("What sets the time: R times C")
        law = formula(r"\tau = R\,C", 64, colors={r"\tau": TIME_COLOR, "R": RESISTOR_COLOR, "C": STORED_COLOR})
        fit(law, zone(-6.5, -2.0, 1.7, 2.7), LEFT)
        product = f"{number_text(resistance)} kΩ × {number_text(capacitance, digits=5)} µF = {seconds_text(TAU)}"
        value = fit(words(product, 28, CHALK), zone(-6.5, -1.5, 1.0, 1.5), LEFT)
        first = curve_to(axes, discharging, LAST * TAU, STORED_COLOR)
        self.say("Resistance times capacitance is a time: the time constant τ.")
        self.play(FadeIn(axes), FadeIn(law), run_time=0.8)
        self.play(FadeIn(value, shift=0.2 * UP), Create(first), run_time=1.4)
        live = VGroup(
            readout("R", lambda: resistance * more_ohms.get_value(), "kΩ", 1, 30, RESISTOR_COLOR),
            readout("C", lambda: capacitance * more_farads.get_value(), "µF", 1, 30, STORED_COLOR),
            readout("τ", lambda: TAU * TIME_SCALE * times(), TIME_UNIT, 2, 40, TIME_COLOR),
        )
        stack(*live, area=zone(-6.5, -1.5, -1.2, 0.6), buff=0.24)
        moved = always_redraw(lambda: curve_to(axes, slowed, LAST * TAU, CHALK, 4))
        mark = lambda: axes.c2p(clamp(TAU * times(), 0, LAST * TAU) * TIME_SCALE, voltage / math.e)
        dot = Dot(mark(), color=TIME_COLOR, radius=0.1)
        dot.add_updater(lambda each: each.move_to(mark()))
        level = DashedLine(axes.c2p(0, voltage / math.e), axes.c2p(LAST * TAU * TIME_SCALE, voltage / math.e))
        level.set_stroke(TIME_COLOR, 2)
        name = words("37 %", 24, TIME_COLOR).next_to(level.get_end(), UL, buff=0.1)
        self.say("Twice the resistance: half the current, so everything takes twice as long.")
        self.play(FadeIn(live), Create(level), FadeIn(name), FadeIn(dot), run_time=0.7)
        self.add(moved, dot)
        self.play(more_ohms.animate.set_value(2.0), run_time=2.5)
        self.say("A quarter of the capacitance: less charge to carry, and it is quick again.")
        self.play(more_farads.animate.set_value(0.25), run_time=3)
        half = VGroup(
            words("half empty after", 24, CHALK2),
            words("t½ = 0.693 τ = " + seconds_text(half_life()), 30, CHALK),
        ).arrange(DOWN, buff=0.15, aligned_edge=LEFT)
        fit(half, zone(-6.5, -1.5, -2.75, -1.6), LEFT)
        spot = axes.c2p(half_life() * TIME_SCALE, voltage / 2)
        self.say("Back to the first values: half empty after 0.693 τ, the half-life, as with decaying atoms.")
        self.play(more_ohms.animate.set_value(1.0), more_farads.animate.set_value(1.0), run_time=1.5)
        for still in (moved, dot):
            still.clear_updaters()
        self.play(FadeIn(half, shift=0.2 * UP), FadeIn(Dot(spot, color=CHALK, radius=0.1), scale=0.5), run_time=0.8)
        guide = VGroup(
            DashedLine(axes.c2p(0, voltage / 2), spot, color=CHALK2, stroke_width=2.5),
            DashedLine(axes.c2p(half_life() * TIME_SCALE, 0), spot, color=CHALK2, stroke_width=2.5),
        )
        self.play(Create(guide), run_time=0.8)
        self.pause(1.0)

from manim import *
from theorama_kit import *

resistances = knob(
    [4.0, 6.0],
    label="Resistors",
    unit="Ω",
    minimum=1.0,
    maximum=100.0,
    step=1.0,
    at_least=2,
    at_most=3,
    help="Two or three resistors.",
)
voltage = knob(12.0, label="Battery voltage", unit="V", minimum=1.0, maximum=24.0, step=0.5)
carriers = knob(
    "conventional current",
    label="What the moving dots are",
    choices=("conventional current", "electrons"),
    help="Conventional current runs from plus to minus, electrons the other way.",
)

CURRENT_COLOR = YELLOW
VOLTAGE_COLOR = LILAC
RESISTOR_COLOR = CORAL
WIRE_COLOR = CHALK2

COUNT = len(resistances)
WAY = 1 if carriers == "conventional current" else -1
SPACING = 0.42  # drawn distance from charge to charge


def series_resistance():
    return sum(resistances)


def parallel_resistance():
    return 1 / sum([1 / one for one in resistances])


def series_current():
    """Ohm's law for the whole loop, in amperes."""
    return voltage / series_resistance()


def series_voltages():
    """The voltage across each resistor in series: current times resistance."""
    return [series_current() * one for one in resistances]


def branch_currents():
    """The current in each resistor in parallel: full voltage over its own resistance."""
    return [voltage / one for one in resistances]


def parallel_current():
    return sum(branch_currents())


def currents_without(lost):
    """The battery's current in series and in parallel once one resistor has burnt through."""
    return 0.0, sum([current for place, current in enumerate(branch_currents()) if place != lost])


def label_of(place):
    return "R" + "₁₂₃"[place]


def amps(value):
    return number_text(value) + " A"


def volts(value):
    return number_text(value) + " V"


# --- drawing circuits -------------------------------------------------------------------------------
def wire(*corners):
    return VMobject(stroke_color=WIRE_COLOR, stroke_width=4).set_points_as_corners([np.array([*c, 0]) for c in corners])


def battery(x, y, size=1.0):
    """A cell in an upright wire: the long plate is plus, on top."""
    gap = 0.12 * size
    cover = Rectangle(width=0.3, height=2 * gap, stroke_width=0).set_fill(STAGE, opacity=1).move_to([x, y, 0])
    long = Line(
        [x - 0.36 * size, y + gap, 0], [x + 0.36 * size, y + gap, 0], stroke_color=VOLTAGE_COLOR, stroke_width=5
    )
    short = Line([x - 0.2 * size, y - gap, 0], [x + 0.2 * size, y - gap, 0], stroke_color=VOLTAGE_COLOR, stroke_width=9)
    plus = words("+", 24, VOLTAGE_COLOR).move_to([x - 0.3 * size, y + gap + 0.24, 0])
    return VGroup(cover, long, short, plus)


def resistor(x, y, upright, size=1.0):
    width, height = (0.36, 1.0) if upright else (1.0, 0.36)
    box = Rectangle(width=size * width, height=size * height, stroke_color=RESISTOR_COLOR, stroke_width=4)
    return box.set_fill(STAGE, opacity=1).move_to([x, y, 0])


def charges(corners, speed, closed=False):
    """Charges along a wire; `speed` is a function of no arguments, in drawn units a second."""
    points = np.array([[*corner, 0.0] for corner in corners])
    ways = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(points, axis=0), axis=1))])
    count = max(1, round(ways[-1] / SPACING) if closed else math.ceil(ways[-1] / SPACING))
    step = ways[-1] / count if closed else SPACING
    circle = Dot(radius=0.065).points
    dots = VMobject(stroke_width=0).set_fill(CURRENT_COLOR if WAY > 0 else SKY, opacity=1)  # one shape: quick to move
    run = ValueTracker(0.0)

    def refresh(shape, dt):
        run.increment_value(WAY * speed() * dt)
        way = (run.get_value() + step * np.arange(count)) % (step * count)
        spots = np.stack([np.interp(way, ways, points[:, axis]) for axis in range(3)], axis=1)
        shape.points = (spots[:, None, :] + circle[None, :, :]).reshape(-1, 3)

    refresh(dots, 0.0)
    return dots.add_updater(refresh).set_z_index(1)


def series_loop(left, right, low, high, speed, size=1.0):
    """A loop with the battery on the left and the resistors along its upper side: (wires, charges, resistors)."""
    middle = (low + high) / 2
    loop = [(left, middle), (left, high), (right, high), (right, low), (left, low), (left, middle)]
    places = [left + (right - left) * (place + 0.5) / COUNT for place in range(COUNT)]
    boxes = VGroup(*[resistor(x, high, False, size) for x in places])
    return VGroup(wire(*loop), battery(left, middle, size)), charges(loop, speed, closed=True), boxes.set_z_index(2)


def parallel_ladder(left, right, low, high, speed_of, size=1.0):
    """A battery on the left and a rung for each resistor: (wires, charges, resistors).

    `speed_of` is a list of functions, one for each branch; a rail carries what the rungs beyond it need.
    """
    middle = (low + high) / 2
    rungs = [left + (right - left) * (place + 1) / COUNT for place in range(COUNT)]
    wires, moving, nodes = VGroup(), VGroup(), VGroup()
    edges = [left, *rungs]
    for place in range(COUNT):
        a, b = edges[place], edges[place + 1]
        beyond = lambda place=place: sum([speed() for speed in speed_of[place:]])
        up = [(a, high), (b, high)] if place else [(left, middle), (left, high), (b, high)]
        down = [(b, low), (a, low)] if place else [(b, low), (left, low), (left, middle)]
        for corners in (up, down):
            wires.add(wire(*corners))
            moving.add(charges(corners, beyond))
        wires.add(wire((b, high), (b, low)))
        moving.add(charges([(b, high), (b, low)], speed_of[place]))
        if place < COUNT - 1:
            nodes.add(Dot([b, high, 0], radius=0.09, color=WIRE_COLOR), Dot([b, low, 0], radius=0.09, color=WIRE_COLOR))
    boxes = VGroup(*[resistor(x, middle, True, size) for x in rungs])
    return VGroup(wires, battery(left, middle, size), nodes), moving.set_z_index(1), boxes.set_z_index(2)


# --- scene 1: series --------------------------------------------------------------------------------
LEFT_X, RIGHT_X = -5.7, 2.1
FULL_Y, ZERO_Y = -0.5, -2.65  # drawn heights of the battery's voltage and of zero


def height_of(value):
    return ZERO_Y + (FULL_Y - ZERO_Y) * value / voltage


def staircase():
    """The potential along the upper wire: flat in the wires, falling in every resistor."""
    level, points = voltage, [[LEFT_X, FULL_Y, 0]]
    for place, drop in enumerate(series_voltages()):
        middle = LEFT_X + (RIGHT_X - LEFT_X) * (place + 0.5) / COUNT
        points.append([middle - 0.5, height_of(level), 0])
        level -= drop
        points.append([middle + 0.5, height_of(level), 0])
    return [*points, [RIGHT_X, ZERO_Y, 0]]


def potential_axis():
    drawn = VGroup()
    ticks = nice_ticks(0, voltage, 4)
    for tick, label in zip(ticks, tick_labels(ticks, 22, CHALK3), strict=True):
        y = height_of(tick)
        drawn.add(Line([LEFT_X, y, 0], [RIGHT_X, y, 0], stroke_color=HAIRLINE, stroke_width=1.5))
        drawn.add(label.next_to([LEFT_X, y, 0], LEFT, buff=0.16))
    drawn.add(Line([LEFT_X, ZERO_Y, 0], [LEFT_X, FULL_Y + 0.1, 0], stroke_color=CHALK3, stroke_width=2.5))
    title = words("potential along the upper wire, in V", 22, CHALK2)
    return drawn.add(title.move_to([LEFT_X, FULL_Y + 0.5, 0], aligned_edge=LEFT))


def sum_text(values):
    return " + ".join([number_text(value) for value in values])


class InSeries(Stage):
    def construct(self):
        wires, moving, boxes = series_loop(LEFT_X, RIGHT_X, 0.6, 2.45, lambda: 1.0)
        names = VGroup()
        for place, box in enumerate(boxes):
            text = words(f"{label_of(place)} = {number_text(resistances[place])} Ω", 24, RESISTOR_COLOR)
            names.add(text.next_to(box, DOWN, buff=0.15))
        cell = words(volts(voltage), 26, VOLTAGE_COLOR).next_to([LEFT_X, 1.525, 0], RIGHT, buff=0.5)
        kind = "Conventional current runs from plus to minus" if WAY > 0 else "Electrons run from minus to plus"
        self.heading("In series: one loop")
        self.say(f"In series there is only one way round. {kind}.")
        self.play(Create(wires[0]), FadeIn(wires[1]), FadeIn(cell), run_time=1.0)
        self.play(FadeIn(boxes), FadeIn(names), run_time=0.6)
        self.add(moving)
        self.pause(0.2)
        current = words("I = " + amps(series_current()), 40, CURRENT_COLOR)
        rows = VGroup(
            words("resistances add up", 24, CHALK2),
            fit_width(words(f"R = {sum_text(resistances)} = {number_text(series_resistance())} Ω", 28), 3.8),
            words("Ohm's law: I = V ÷ R", 24, CHALK2),
            current,
        )
        stack(*rows, area=zone(2.8, 6.6, 0.1, 2.6), buff=0.22)
        self.say("The charges must pass every resistor, so the resistances add up.")
        self.play(FadeIn(rows[:2], shift=0.2 * UP), run_time=0.7)
        self.pause(0.1)
        self.say("A common mistake: current is not used up. It is the same all the way round.")
        self.play(FadeIn(rows[2:], shift=0.2 * UP), run_time=0.7)
        gauges = VGroup()
        for x, y in ((LEFT_X + (RIGHT_X - LEFT_X) / COUNT, 2.12), (RIGHT_X - 0.9, 0.88), (LEFT_X + 1.2, 0.88)):
            gauges.add(fit_width(words(amps(series_current()), 24, CURRENT_COLOR), 0.95).move_to([x, y, 0]))
        self.play(LaggedStart(*[FadeIn(gauge, shift=0.1 * UP) for gauge in gauges], lag_ratio=0.4), run_time=1.2)
        axis = potential_axis()
        stairs = VMobject(stroke_color=VOLTAGE_COLOR, stroke_width=5).set_points_as_corners(staircase())
        self.say("What is used up is voltage. Follow it along the upper wire: every resistor takes a share.")
        self.play(FadeIn(axis), run_time=0.6)
        self.play(Create(stairs), run_time=4.0, rate_func=linear)
        drops = VGroup()
        for place, drop in enumerate(series_voltages()):
            middle = LEFT_X + (RIGHT_X - LEFT_X) * (place + 0.5) / COUNT
            level = (staircase()[2 * place + 1][1] + staircase()[2 * place + 2][1]) / 2
            text = fit_width(words(volts(drop), 26, VOLTAGE_COLOR), 1.1)
            drops.add(text.move_to([middle + 0.14, level + 0.1, 0], aligned_edge=DL))
        shares = VGroup(
            words("the voltages add up", 24, CHALK2),
            fit_width(words(f"{sum_text(series_voltages())} = {volts(voltage)}", 28, VOLTAGE_COLOR), 3.8),
        )
        stack(*shares, area=zone(2.8, 6.6, -2.7, -0.8), buff=0.22)
        self.say("The largest resistance takes the largest share, and together they take all of it.")
        self.play(FadeIn(drops, shift=0.1 * UP), FadeIn(shares, shift=0.2 * UP), run_time=0.9)
        self.pause(1.0)


# --- scene 2: parallel ------------------------------------------------------------------------------
class InParallel(Stage):
    def construct(self):
        scale = 2.2 / parallel_current()  # drawn speed for one ampere
        speeds = [lambda current=current: scale * current for current in branch_currents()]
        wires, moving, boxes = parallel_ladder(-6.0, 1.2, -2.3, 2.3, speeds)
        self.heading("In parallel: a way for each")
        self.say("In parallel each resistor has a way of its own, from the battery and back to it.")
        cell = words(volts(voltage), 26, VOLTAGE_COLOR).move_to([-5.75, -0.55, 0], aligned_edge=LEFT)
        names, full, flows = VGroup(), VGroup(), VGroup()
        for place, box in enumerate(boxes):
            x = box.get_x()
            text = words(f"{label_of(place)} = {number_text(resistances[place])} Ω", 24, RESISTOR_COLOR)
            names.add(text.move_to([x - 0.32, 0.3, 0], aligned_edge=RIGHT))
            full.add(words(volts(voltage), 26, VOLTAGE_COLOR).move_to([x - 0.32, -0.15, 0], aligned_edge=RIGHT))
            flow = fit_width(words(amps(branch_currents()[place]), 26, CURRENT_COLOR), 1.05)
            flows.add(flow.move_to([x + 0.2, -1.3, 0], aligned_edge=LEFT))
        self.play(Create(wires[0]), FadeIn(wires[1:]), FadeIn(cell), run_time=1.0)
        self.play(FadeIn(boxes), FadeIn(names), run_time=0.6)
        self.add(moving)
        self.pause(0.2)
        self.say(f"Both ends of each one are joined to the battery. So each gets the full {volts(voltage)}.")
        self.play(LaggedStart(*[FadeIn(each, shift=0.1 * RIGHT) for each in full], lag_ratio=0.4), run_time=1.2)
        rows = VGroup(words("Ohm's law for each: I = V ÷ R", 24, CHALK2))
        for place, current in enumerate(branch_currents()):
            share = f"{number_text(voltage)} ÷ {number_text(resistances[place])} = {amps(current)}"
            rows.add(words(share, 28, CURRENT_COLOR))
        total = VGroup(
            words("the currents add up", 24, CHALK2), words("I = " + amps(parallel_current()), 40, CURRENT_COLOR)
        )
        whole = VGroup(
            words("as one resistor: R = V ÷ I", 24, CHALK2),
            words(f"R = {number_text(parallel_resistance())} Ω", 40, RESISTOR_COLOR),
        )
        for row in (*rows, *whole):
            fit_width(row, 3.8)
        stack(*rows, *total, *whole, area=zone(2.8, 6.6, -2.7, 2.6), buff=0.25)
        self.say("Each one takes the current that Ohm's law gives it. The smaller one takes more.")
        self.play(FadeIn(rows, shift=0.2 * UP), FadeIn(flows), run_time=0.9)
        main = words(amps(parallel_current()), 26, CURRENT_COLOR).move_to([-5.8, 1.85, 0], aligned_edge=LEFT)
        self.say("At the junctions the currents add up: as many charges come out as go in.")
        self.play(FadeIn(main, shift=0.1 * UP), FadeIn(total, shift=0.2 * UP), run_time=0.8)
        self.say("Surprise: together they resist less than the smallest one. More ways make it easier.")
        self.play(FadeIn(whole, shift=0.2 * UP), Create(highlight(whole[1], RESISTOR_COLOR, 0.14)), run_time=0.9)
        self.pause(1.0)


# --- scene 3: both, and a break -----------------------------------------------------------------------
LOST = COUNT - 1  # the resistor that burns through


class OneBurnsOut(Stage):
    def construct(self):
        whole = ValueTracker(1.0)
        scale = 2.0 / parallel_current()
        keep = whole.get_value
        speeds = [
            lambda current=current, place=place: scale * current * (keep() if place == LOST else 1.0)
            for place, current in enumerate(branch_currents())
        ]
        one = series_loop(-6.0, -1.0, 0.15, 1.75, lambda: scale * series_current() * keep(), 0.8)
        two = parallel_ladder(1.0, 6.0, -0.05, 1.75, speeds, 0.8)
        titles = VGroup(words("in series", 28), words("in parallel", 28))
        titles[0].move_to([-6.0, 2.4, 0], aligned_edge=LEFT)
        titles[1].move_to([1.0, 2.4, 0], aligned_edge=LEFT)
        self.heading("Same battery, same resistors")
        more = "far more" if parallel_current() > 6 * series_current() else "more"
        self.say(f"Side by side, on one scale: the parallel circuit draws {more} current.")
        for place in range(COUNT):
            titles.add(words(label_of(place), 22, RESISTOR_COLOR).next_to(one[2][place], DOWN, buff=0.12))
            titles.add(words(label_of(place), 22, RESISTOR_COLOR).next_to(two[2][place], LEFT, buff=0.15))
        self.play(FadeIn(titles), FadeIn(one[0]), FadeIn(two[0]), FadeIn(one[2]), FadeIn(two[2]), run_time=0.9)
        self.add(one[1], two[1])
        rows = [
            ["resistance", number_text(series_resistance()) + " Ω", number_text(parallel_resistance()) + " Ω"],
            ["current", amps(series_current()), amps(parallel_current())],
            ["power", power_text(series_current()), power_text(parallel_current())],
        ]
        sheet = table(["", "in series", "in parallel"], rows, [CHALK2, CHALK, CHALK], 28, 0.56, 1.1)
        fit(sheet, zone(-6.4, 1.6, -2.8, -0.5), LEFT)
        for cell in sheet[0][1:]:
            cell.align_to(sheet[0][1:], DOWN)
        for row, color in zip(sheet[2:], (RESISTOR_COLOR, CURRENT_COLOR, CHALK), strict=True):
            row[1:].set_color(color)
            row[0].set_color(CHALK2)
        self.play(FadeIn(sheet), run_time=0.7)
        self.pause(0.2)
        lost = label_of(LOST)
        self.say(f"Now {lost} burns through, like a broken lamp. What happens to the others?")
        self.pause(0.2)
        crosses = VGroup().set_z_index(3)
        for box in (one[2][LOST], two[2][LOST]):
            crosses.add(Cross(box, stroke_color=CHALK, stroke_width=5, scale_factor=1.2).set_z_index(3))
        self.play(Create(crosses), whole.animate.set_value(0.0), run_time=1.0)
        after = VGroup(
            words(f"{lost} burnt through", 24, CHALK2),
            words("series: " + amps(currents_without(LOST)[0]), 32, CURRENT_COLOR),
            words("parallel: " + amps(currents_without(LOST)[1]), 32, CURRENT_COLOR),
        ).arrange(DOWN, buff=0.3, aligned_edge=LEFT)
        fit(after, zone(2.4, 6.5, -2.8, -0.5), LEFT)
        self.say("In series everything stops. In parallel the others go on as if nothing had happened.")
        self.play(FadeIn(after, shift=0.2 * UP), run_time=0.8)
        self.pause(0.2)
        self.say("This is why the lamps and sockets of a house are wired in parallel.")
        self.play(Create(highlight(after[2], CURRENT_COLOR, 0.14)), run_time=0.8)
        self.pause(1.0)


def power_text(current):
    """What the battery delivers, in watts."""
    return number_text(voltage * current) + " W"

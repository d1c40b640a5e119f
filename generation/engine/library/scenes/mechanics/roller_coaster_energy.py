from manim import *
from theorama_kit import *

mass = knob(500.0, label="Mass of the train", unit="kg", minimum=100.0, maximum=5000.0, step=10.0)
top_height = knob(30.0, label="Height of the first hill", unit="m", minimum=10.0, maximum=80.0, step=1.0)
second_height = knob(20.0, label="Height of the second hill", unit="m", minimum=3.0, maximum=60.0, step=1.0)
loss = knob(
    25.0, label="Energy lost to friction", unit="%", minimum=1.0, maximum=40.0, step=1.0, help="On the whole way down."
)
lift_time = knob(30.0, label="Time of the lift", unit="s", minimum=5.0, maximum=120.0, step=1.0)

POTENTIAL_COLOR = SKY
KINETIC_COLOR = YELLOW
HEAT_COLOR = CORAL
POWER_COLOR = MINT
GRAVITY = 9.81  # m/s²

ENERGY = mass * GRAVITY * top_height  # joules: the work of the lift
POWER = ENERGY / lift_time  # watts
LENGTH = 4.0 * top_height  # metres from the station to the end, on the ground
NODES = [(0.0, 0.0), (0.05, 0.0), (0.3, 1.0), (0.53, 0.0), (0.73, second_height / top_height), (0.93, 0.0), (1.0, 0.0)]


def height(x):
    """The height of the track in metres above its lowest points, x metres from the station."""
    part = clamp(x / LENGTH, 0.0, 1.0)
    for (x0, h0), (x1, h1) in zip(NODES, NODES[1:], strict=False):
        if part <= x1:
            return top_height * (h0 + (h1 - h0) * (1 - math.cos(PI * (part - x0) / (x1 - x0))) / 2)
    return 0.0


TOP_X, VALLEY_X, HILL_X = 0.3 * LENGTH, 0.53 * LENGTH, 0.73 * LENGTH
XS = [float(x) for x in np.linspace(TOP_X, LENGTH, 701)]
STEPS = [math.hypot(b - a, height(b) - height(a)) for a, b in zip(XS, XS[1:], strict=False)]
WAY = [0.0, *[float(s) for s in np.cumsum(STEPS)]]  # metres of track behind each point


def way_to(x):
    """Metres of track from the top of the first hill."""
    return float(np.interp(x, XS, WAY))


def heat(x, percent):
    """Energy lost so far, in joules: friction takes the same from each metre of track."""
    return percent / 100 * ENERGY * way_to(x) / WAY[-1]


def kinetic(x, percent):
    """What is left for motion, in joules; below zero where the train can't be."""
    return ENERGY - mass * GRAVITY * height(x) - heat(x, percent)


def speed(x, percent):
    return math.sqrt(2 * max(kinetic(x, percent), 0.0) / mass)


def ride(percent):
    """Times and places of the free ride from the top, up to the end or to where the train stops."""
    times, places = [0.0], [XS[0]]
    for k, step in enumerate(STEPS):
        middle = (XS[k] + XS[k + 1]) / 2
        crest = XS[k] < TOP_X + 0.06 * LENGTH  # the chain of the lift pushes it over the crest at walking speed
        if kinetic(middle, percent) <= 0 and not crest:
            break
        times.append(times[-1] + step / max(speed(middle, percent), 1.5 if crest else 0.0))
        places.append(XS[k + 1])
    return times, places


def passes(percent):
    """Whether the train gets over the second hill."""
    return ride(percent)[1][-1] >= LENGTH - 1e-6


def allowed_height(percent):
    """The greatest height at the place of the second hill that the energy still reaches, in metres."""
    return (ENERGY - heat(HILL_X, percent)) / (mass * GRAVITY)


BIG = ENERGY >= 1e6
ENERGY_UNIT, ENERGY_SCALE = ("MJ", 1e6) if BIG else ("kJ", 1e3)
POWER_UNIT, POWER_SCALE = ("kW", 1e3) if 2 * POWER >= 1000 else ("W", 1.0)


def energy_text(joules):
    return number_text(joules / ENERGY_SCALE) + " " + ENERGY_UNIT


def power_text(watts):
    return number_text(watts / POWER_SCALE) + " " + POWER_UNIT


# --- the picture ------------------------------------------------------------------------------------
def car(place, slope):
    """The train as one car on the track."""
    tilt = math.atan(slope)
    body = RoundedRectangle(corner_radius=0.08, width=0.5, height=0.24, stroke_width=0).set_fill(CHALK, 1)
    wheels = VGroup(*[Dot([x, -0.13, 0], radius=0.06, color=CHALK2) for x in (-0.15, 0.15)])
    return VGroup(body, wheels).shift(0.2 * UP).rotate(tilt, about_point=ORIGIN).shift(place)


def track_line(spot, start, end, color=CHALK2, width=5):
    xs = [float(x) for x in np.linspace(start, end, 200)]
    return VMobject(stroke_color=color, stroke_width=width).set_points_as_corners([spot(x) for x in xs])


def posts(spot, base):
    """Supports under the track."""
    bars = VGroup()
    for x in np.linspace(0.08 * LENGTH, 0.92 * LENGTH, 22):
        top = spot(float(x))
        if top[1] - base > 0.15:
            bars.add(Line(top, [top[0], base, 0], stroke_color=HAIRLINE, stroke_width=3))
    return bars


class TheLift(Stage):
    def construct(self):
        left, base = -6.3, -2.4
        unit_x, unit_y = 5.0 / (0.36 * LENGTH), 4.0 / top_height
        spot = lambda x: np.array([left + unit_x * x, base + unit_y * height(x), 0])
        slope_at = lambda x: (height(x + 0.01) - height(x - 0.01)) / 0.02 * unit_y / unit_x
        rows = [x for x in np.linspace(0.05 * LENGTH, TOP_X, 400)]
        levels = [height(float(x)) for x in rows]
        part = ValueTracker(0.0)  # of the height
        place = lambda: float(np.interp(part.get_value() * top_height, levels, rows))
        train = always_redraw(lambda: car(spot(place()), slope_at(place()) if 0.001 < part.get_value() < 0.999 else 0))
        axes = graph(
            (0, lift_time),
            nice_range([1.05 * ENERGY / ENERGY_SCALE], zero=True),
            zone(-0.4, 6.7, -2.85, 2.75),
            "time in s",
            f"energy put in, in {ENERGY_UNIT}",
        )
        self.heading("The lift gives the train all its energy")
        self.say(f"A motor pulls {number_text(mass)} kg up to {number_text(top_height)} m. After that, nothing pushes.")
        scene = VGroup(posts(spot, base), track_line(spot, 0, 0.36 * LENGTH))
        scene[0].set_opacity(1)
        scene = VGroup(VGroup(*[bar for bar in scene[0] if bar.get_x() < left + 5.0]), scene[1])
        rise = DashedLine([left + 0.25, base, 0], [left + 0.25, base + unit_y * top_height, 0], color=POTENTIAL_COLOR)
        tall = words(number_text(top_height) + " m", 26, POTENTIAL_COLOR).next_to(rise, RIGHT, buff=0.15).shift(0.6 * UP)
        self.play(FadeIn(scene), FadeIn(train), FadeIn(axes), Create(rise), FadeIn(tall), run_time=1.0)
        work = VGroup(
            words("work = m g h", 26, CHALK2),
            words("= " + energy_text(ENERGY), 36, POTENTIAL_COLOR),
        ).arrange(DOWN, buff=0.15, aligned_edge=LEFT)
        fit(work, zone(left, -2.6, 1.75, 2.75), UL)
        first = always_redraw(
            lambda: Line(
                axes.c2p(0, 0),
                axes.c2p(max(part.get_value(), 1e-4) * lift_time, part.get_value() * ENERGY / ENERGY_SCALE),
                stroke_color=POTENTIAL_COLOR,
                stroke_width=5,
            )
        )
        self.add(first)
        self.say(f"In {number_text(lift_time)} s its potential energy grows evenly, by weight times height.")
        self.play(part.animate.set_value(1.0), run_time=5.0, rate_func=linear)
        first.clear_updaters()
        self.play(FadeIn(work, shift=0.2 * UP), run_time=0.6)
        self.say("The slope of the line, energy for each second, is the power of the motor.")
        top = axes.c2p(lift_time, axes.y_range[1])
        power = words(f"P = {energy_text(ENERGY)} ÷ {number_text(lift_time)} s = {power_text(POWER)}", 28, POTENTIAL_COLOR)
        low = axes.c2p(lift_time, 0)
        fit(power, zone(low[0] - 4.6, low[0] - 0.1, low[1] + 0.15, low[1] + 0.65), DR)
        self.play(FadeIn(power, shift=0.2 * UP), run_time=0.7)
        self.say("In half the time? The same energy, but twice the power.")
        self.play(part.animate.set_value(0.0), run_time=0.8)
        second = always_redraw(
            lambda: Line(
                axes.c2p(0, 0),
                axes.c2p(max(part.get_value(), 1e-4) * lift_time / 2, part.get_value() * ENERGY / ENERGY_SCALE),
                stroke_color=POWER_COLOR,
                stroke_width=5,
            )
        )
        self.add(second)
        self.play(part.animate.set_value(1.0), run_time=2.5, rate_func=linear)
        for still in (second, train):
            still.clear_updaters()
        double = words(f"in {number_text(lift_time / 2)} s: {power_text(2 * POWER)}", 28, POWER_COLOR)
        fit(double, zone(low[0] - 4.6, low[0] - 0.1, low[1] + 0.8, low[1] + 1.3), DR)
        level = DashedLine(
            axes.c2p(0, ENERGY / ENERGY_SCALE), axes.c2p(lift_time, ENERGY / ENERGY_SCALE), color=CHALK3, stroke_width=2
        )
        self.play(FadeIn(double, shift=0.2 * UP), Create(level), run_time=0.7)
        self.pause(1.2)


def show_ride(stage, percent, opening, middle_line, end_line):
    """The ride, with the energies stacked below the track: used with and without friction."""
    axes = graph(
        (0, LENGTH),
        nice_range([1.02 * ENERGY / ENERGY_SCALE], zero=True),
        zone(-6.6, 2.9, -2.85, -0.15),
        "distance from the station in m",
        f"energy in {ENERGY_UNIT}",
        y_count=3,
    )
    base = 0.15
    unit_y = 2.25 / max(top_height, second_height)
    spot = lambda x: np.array([axes.c2p(x, 0)[0], base + unit_y * height(x), 0])
    slope_at = lambda x: (spot(x + 0.01)[1] - spot(x - 0.01)[1]) / (spot(x + 0.01)[0] - spot(x - 0.01)[0])
    times, places = ride(percent)
    clock = ValueTracker(0.0)
    place = lambda: float(np.interp(clock.get_value(), times, places))
    train = always_redraw(lambda: car(spot(place()), slope_at(place())))

    def band(lower, upper, color):
        """The area between two energies from the top to the train."""
        xs = [x for x in XS[::6] if x < place()] + [max(place(), XS[0] + 1e-3)]
        edge = [axes.c2p(x, upper(x) / ENERGY_SCALE) for x in xs]
        floor = [axes.c2p(x, lower(x) / ENERGY_SCALE) for x in reversed(xs)]
        return Polygon(*edge, *floor, stroke_width=0).set_fill(color, 0.75)

    hill = lambda x: min(mass * GRAVITY * height(x), ENERGY - heat(x, percent))
    bands = VGroup(
        always_redraw(lambda: band(lambda x: 0.0, hill, POTENTIAL_COLOR)),
        always_redraw(lambda: band(hill, lambda x: ENERGY - heat(x, percent), KINETIC_COLOR)),
    )
    if percent:
        bands.add(always_redraw(lambda: band(lambda x: ENERGY - heat(x, percent), lambda x: ENERGY, HEAT_COLOR)))
    numbers = [
        readout("height", lambda: height(place()), "m", 1, 28, POTENTIAL_COLOR),
        readout("speed", lambda: speed(place(), percent), "m/s", 1, 30, KINETIC_COLOR),
        readout("potential", lambda: hill(place()) / ENERGY_SCALE, ENERGY_UNIT, 2 if BIG else 0, 26, POTENTIAL_COLOR),
        readout(
            "kinetic",
            lambda: max(kinetic(place(), percent), 0) / ENERGY_SCALE,
            ENERGY_UNIT,
            2 if BIG else 0,
            26,
            KINETIC_COLOR,
        ),
    ]
    if percent:
        numbers.append(
            readout("heat", lambda: heat(place(), percent) / ENERGY_SCALE, ENERGY_UNIT, 2 if BIG else 0, 26, HEAT_COLOR)
        )
    stack(*numbers, area=zone(3.2, 6.6, -0.4, 2.7), buff=0.26)
    stage.say(opening)
    picture = VGroup(posts(spot, base), track_line(spot, 0, LENGTH))
    stage.play(FadeIn(picture), FadeIn(train), FadeIn(axes), FadeIn(VGroup(*numbers)), run_time=0.9)
    reach = [spot(x) * RIGHT + (base + unit_y * (ENERGY - heat(x, percent)) / (mass * GRAVITY)) * UP for x in (XS[0], *XS[::10])]
    ceiling = DashedVMobject(
        VMobject(stroke_color=HEAT_COLOR if percent else CHALK2, stroke_width=2.5).set_points_as_corners(reach),
        num_dashes=45,
    )
    stage.play(Create(ceiling), run_time=0.8)
    stage.add(bands)
    stage.bring_to_front(train)
    seconds = times[-1]
    half = float(np.interp(VALLEY_X, places, times))
    stage.say(middle_line)
    stage.play(clock.animate.set_value(half), run_time=4.5, rate_func=linear)
    stage.say(end_line)
    stage.play(clock.animate.set_value(seconds), run_time=5.5, rate_func=linear)
    for still in (train, *bands, *numbers):
        still.clear_updaters()


class WithoutFriction(Stage):
    def construct(self):
        self.heading("Down the hill: height becomes speed")
        show_ride(
            self,
            0.0,
            "Let it roll, at first without friction. The dashed line is the height its energy reaches.",
            "What it loses in height it gains in motion: the sum stays the same at every point.",
            "Up again: motion turns back into height, and the train slows down."
            if passes(0.0)
            else "The second hill is too high: the train stops at its old height and rolls back.",
        )
        self.say("Set m g h equal to ½ m v². The mass cancels: full or empty, the speed is the same.")
        law = formula(r"v = \sqrt{2\,g\,h}", 40, colors={"v": KINETIC_COLOR, "h": POTENTIAL_COLOR})
        value = words(f"fastest: {number_text(speed(VALLEY_X, 0.0))} m/s", 28, KINETIC_COLOR)
        kmh = words(f"= {number_text(3.6 * speed(VALLEY_X, 0.0))} km/h", 28, KINETIC_COLOR)
        stack(law, value, kmh, area=zone(3.2, 6.6, -2.7, -0.75), buff=0.22)
        self.play(Write(law), run_time=1.0)
        self.play(FadeIn(value), FadeIn(kmh), run_time=0.6)
        self.pause(1.2)


class WithFriction(Stage):
    def construct(self):
        self.heading("With friction the energy line falls")
        show_ride(
            self,
            loss,
            f"Now wheels and air take {number_text(loss)} % of the energy on the way. The dashed line sinks.",
            "The coral part is heat. It grows with each metre of track and never comes back.",
            "The track must stay below the dashed line: each hill lower than the one before."
            if passes(loss)
            else "Here the second hill rises above the line: the train stops and rolls back.",
        )
        self.say("Nothing has vanished: potential, kinetic and heat together are still what the lift put in.")
        result = VGroup(
            words("at the second hill", 24, CHALK2),
            words(f"energy reaches {number_text(allowed_height(loss))} m", 26, HEAT_COLOR),
            words(f"the hill has {number_text(second_height)} m", 26, POTENTIAL_COLOR),
        ).arrange(DOWN, buff=0.18, aligned_edge=LEFT)
        fit(result, zone(3.2, 6.6, -2.6, -0.9), UL)
        self.play(FadeIn(result, shift=0.2 * UP), run_time=0.8)
        self.play(Create(highlight(result, KINETIC_COLOR, 0.14)), run_time=0.6)
        self.pause(1.2)

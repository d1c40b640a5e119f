from manim import *
from theorama_kit import *

block_density = knob(
    600.0, label="Density of the block", unit="kg/m³", minimum=50.0, maximum=20000.0, step=1.0, help="Ice 917, steel 7850."
)
liquid_density = knob(
    1000.0, label="Density of the liquid", unit="kg/m³", minimum=600.0, maximum=13600.0, step=1.0, help="Water 1000."
)
side = knob(10.0, label="Side of the block", unit="cm", minimum=2.0, maximum=50.0, step=1.0)
depth = knob(20.0, label="Depth of the dive", unit="m", minimum=1.0, maximum=100.0, step=1.0)
gravity = knob(9.81, label="Gravity", unit="m/s²", minimum=1.6, maximum=25.0, step=0.01)

PRESSURE_COLOR = YELLOW
UP_COLOR = MINT
WEIGHT_COLOR = CORAL
LIQUID_COLOR = SKY
BLOCK_COLOR = LILAC
AIR = 101325.0  # pressure of the air at sea level, in Pa


def pressure(below):
    """The pressure that the liquid adds at a depth, in pascals: density times g times depth."""
    return liquid_density * gravity * below


EDGE_LENGTH = side / 100  # metres
FACE = EDGE_LENGTH**2
VOLUME = EDGE_LENGTH**3
WEIGHT = block_density * VOLUME * gravity  # newtons
FULL_UPTHRUST = liquid_density * VOLUME * gravity  # newtons, with all of the block in the liquid
FRACTION = block_density / liquid_density  # of the block in the liquid when it floats
FLOATS = FRACTION < 1 - 1e-9
HOVERS = abs(FRACTION - 1) <= 1e-9
FORCE_LENGTH = 1.5 if FLOATS or HOVERS else 0.85  # drawn length of the greater force; a sunk block lies near the caption


def push(below):
    """The force on a face at a depth, in newtons."""
    return pressure(below) * FACE


def upthrust(sunk):
    """Weight of the displaced liquid, in newtons, with the lower face `sunk` metres below the surface."""
    return liquid_density * gravity * FACE * clamp(sunk, 0.0, EDGE_LENGTH)


def percent_text(part):
    return number_text(100 * part) + " %"


def newtons(value):
    return number_text(value) + " N"


# --- the picture ------------------------------------------------------------------------------------
WALL, FAR_WALL, SURFACE, FLOOR = -6.4, -1.3, 1.3, -2.75


def tank():
    """Glass and liquid; the deeper, the stronger its colour."""
    layers = VGroup()
    height = (SURFACE - FLOOR) / 12
    for k in range(12):
        layer = Rectangle(width=FAR_WALL - WALL, height=height, stroke_width=0)
        layer.set_fill(LIQUID_COLOR, 0.10 + 0.025 * k)
        layers.add(layer.move_to([(WALL + FAR_WALL) / 2, SURFACE - (k + 0.5) * height, 0]))
    glass = VMobject(stroke_color=CHALK2, stroke_width=4).set_points_as_corners(
        [[WALL, SURFACE + 0.5, 0], [WALL, FLOOR, 0], [FAR_WALL, FLOOR, 0], [FAR_WALL, SURFACE + 0.5, 0]]
    )
    top = Line([WALL, SURFACE, 0], [FAR_WALL, SURFACE, 0], stroke_color=LIQUID_COLOR, stroke_width=3)
    return VGroup(layers, top, glass)


MIDDLE = (WALL + FAR_WALL) / 2
SCALE = (SURFACE - FLOOR - 1.2) / depth  # drawn length of a metre of depth


def gauge(below):
    """A small box at a depth; the liquid presses on it from all sides alike."""
    centre = np.array([MIDDLE + 0.4, SURFACE - SCALE * below, 0])
    box = Square(0.5, stroke_color=CHALK, stroke_width=3).set_fill(STAGE, 0.9).move_to(centre)
    size = 0.06 + 0.72 * below / depth
    arrows = VGroup()
    for way in (UP, DOWN, LEFT, RIGHT):
        arrows.add(arrow(centre + (0.27 + size) * way, centre + 0.27 * way, PRESSURE_COLOR, 5))
    return VGroup(box, arrows)


def pressure_unit():
    return ("MPa", 1e6) if pressure(depth) >= 2e6 else ("kPa", 1e3)


class DeeperMorePressure(Stage):
    def construct(self):
        unit, per = pressure_unit()
        below = ValueTracker(0.0)
        now = below.get_value
        axes = graph(
            (0, depth),
            nice_range([1.05 * pressure(depth) / per], zero=True),
            zone(-0.4, 6.7, -2.85, 1.2),
            "depth in m",
            f"pressure of the liquid in {unit}",
            y_count=5,
        )
        ruler = VGroup()
        ticks = [tick for tick in nice_ticks(0, depth, 4) if tick > 0]
        for tick, label in zip(ticks, tick_labels(ticks, 22, CHALK2), strict=True):
            y = SURFACE - SCALE * tick
            ruler.add(Line([WALL, y, 0], [WALL + 0.2, y, 0], stroke_color=CHALK2, stroke_width=3))
            ruler.add(label.next_to([WALL + 0.2, y, 0], RIGHT, buff=0.1))
        ruler.add(words("m", 22, CHALK2).move_to([WALL + 0.4, SURFACE - 0.25, 0]))
        box = always_redraw(lambda: gauge(now()))
        numbers = VGroup(
            readout("depth", below, "m", 1, 28, CHALK),
            readout("pressure", lambda: pressure(now()) / per, unit, 2 if per > 1e3 else 1, 36, PRESSURE_COLOR),
        )
        stack(*numbers, area=zone(-0.1, 3.6, 1.5, 2.7), buff=0.22)
        self.heading("Deeper means more pressure")
        self.say(f"A liquid of {number_text(liquid_density, None, 5)} kg/m³. Lower a pressure gauge into it.")
        self.play(FadeIn(tank()), FadeIn(ruler), FadeIn(box), run_time=0.9)
        self.play(FadeIn(axes), FadeIn(numbers), run_time=0.7)
        line = always_redraw(
            lambda: Line(
                axes.c2p(0, 0),
                axes.c2p(max(now(), 1e-4 * depth), pressure(max(now(), 1e-4 * depth)) / per),
                stroke_color=PRESSURE_COLOR,
                stroke_width=5,
            )
        )
        self.add(line)
        self.say("It carries the weight of all liquid above it, so the pressure grows evenly with depth.")
        self.play(below.animate.set_value(depth), run_time=6.0, rate_func=linear)
        for still in (line, box, *numbers):
            still.clear_updaters()
        self.say("The arrows are alike on all sides: at one depth a liquid presses equally in every direction.")
        law = formula(r"p = \rho\, g\, h", 48, colors={"p": PRESSURE_COLOR})
        self.play(Write(fit(law, zone(4.0, 6.6, 1.9, 2.7), RIGHT)), run_time=1.0)
        times = number_text(pressure(depth) / AIR, None, 2)
        note = words(f"{times} times the pressure of the air", 24, CHALK2)
        fit(note, zone(axes.c2p(0, 0)[0] + 1.5, axes.c2p(depth, 0)[0] - 0.1, axes.c2p(0, 0)[1] + 0.15, axes.c2p(0, 0)[1] + 0.6), DR)
        self.say(f"At {number_text(depth)} m it is {times} times the pressure of the air, which comes on top of it.")
        self.play(FadeIn(note, shift=0.2 * UP), run_time=0.6)
        self.pause(1.0)


BLOCK = 1.1  # drawn side of the block
PER_METRE = BLOCK / EDGE_LENGTH
REACH = 1.65 * EDGE_LENGTH  # greatest depth of the upper face


def block_at(top_below, x=MIDDLE):
    """The block with its upper face at a depth in metres."""
    square = Square(BLOCK, stroke_color=CHALK, stroke_width=3).set_fill(BLOCK_COLOR, 0.35)
    return square.move_to([x, SURFACE - PER_METRE * top_below - BLOCK / 2, 0])


def squeezing(top_below):
    """The forces on the upper and the lower face, and fainter the ones from the sides, which cancel."""
    square = block_at(top_below)
    length = lambda below: 0.36 * below / EDGE_LENGTH
    upper, lower = square.get_top(), square.get_bottom()
    forces = VGroup(
        arrow(upper + length(top_below) * UP, upper, WEIGHT_COLOR, 7),
        arrow(lower + length(top_below + EDGE_LENGTH) * DOWN, lower, UP_COLOR, 7),
    )
    for way, corner in ((LEFT, square.get_left()), (RIGHT, square.get_right())):
        forces.add(arrow(corner + length(top_below + EDGE_LENGTH / 2) * way, corner, EDGE, 5))
    return forces


class WhereUpthrustComesFrom(Stage):
    def construct(self):
        top = ValueTracker(0.15 * EDGE_LENGTH)
        now = top.get_value
        square = always_redraw(lambda: block_at(now()))
        forces = always_redraw(lambda: squeezing(now()))
        axes = graph(
            (0, 100 * REACH * 1.03),
            nice_range([1.03 * push(REACH + EDGE_LENGTH)], zero=True),
            zone(-0.6, 6.7, -2.85, 0.9),
            "depth of the upper face in cm",
            "force in N",
            y_count=5,
        )
        numbers = VGroup(
            readout("from below", lambda: push(now() + EDGE_LENGTH), "N", 1, 26, UP_COLOR),
            readout("from above", lambda: push(now()), "N", 1, 26, WEIGHT_COLOR),
        )
        stack(*numbers, area=zone(-0.4, 2.9, 1.4, 2.7), buff=0.25)
        self.heading("Where the upthrust comes from")
        self.say(f"Hold a cube of {number_text(side)} cm under the surface. The liquid presses on every face.")
        self.play(FadeIn(tank()), FadeIn(square), run_time=0.8)
        self.play(FadeIn(forces), FadeIn(axes), FadeIn(numbers), run_time=0.8)
        self.say("Sideways it cancels. But the lower face lies deeper: the push from below is stronger.")
        deep = lambda: max(now(), 0.16 * EDGE_LENGTH)
        drawn = VGroup(
            always_redraw(
                lambda: Line(
                    axes.c2p(15 * EDGE_LENGTH, push(1.15 * EDGE_LENGTH)),
                    axes.c2p(100 * deep(), push(deep() + EDGE_LENGTH)),
                    stroke_color=UP_COLOR,
                    stroke_width=5,
                )
            ),
            always_redraw(
                lambda: Line(
                    axes.c2p(15 * EDGE_LENGTH, push(0.15 * EDGE_LENGTH)),
                    axes.c2p(100 * deep(), push(deep())),
                    stroke_color=WEIGHT_COLOR,
                    stroke_width=5,
                )
            ),
            always_redraw(
                lambda: Line(
                    axes.c2p(100 * deep(), push(deep())),
                    axes.c2p(100 * deep(), push(deep() + EDGE_LENGTH)),
                    stroke_color=YELLOW,
                    stroke_width=5,
                )
            ),
        )
        self.add(drawn)
        self.say("Push it deeper: both forces grow, but their difference stays exactly the same.")
        self.play(top.animate.set_value(REACH), run_time=6.0, rate_func=linear)
        for still in (square, forces, *drawn, *numbers):
            still.clear_updaters()
        result = VGroup(
            words("difference: the upthrust", 24, CHALK2), words(newtons(FULL_UPTHRUST), 36, YELLOW)
        ).arrange(DOWN, buff=0.15, aligned_edge=LEFT)
        fit(result, zone(3.3, 6.6, 1.5, 2.7), UL)
        self.play(FadeIn(result, shift=0.2 * UP), run_time=0.7)
        litres = number_text(1000 * VOLUME)
        self.say(f"It is the weight of the liquid whose place the block takes: {litres} litres of it.")
        self.play(Create(highlight(result, YELLOW, 0.12)), run_time=0.7)
        self.pause(1.2)


def float_words():
    """What the block does, in a caption."""
    if HOVERS:
        return "Weight and upthrust are equal only when all of it is under: it hovers, at any depth."
    if FLOATS:
        return f"Upthrust equals weight with {percent_text(FRACTION)} of the block under the surface: it floats."
    return "Even with all of it under, the upthrust is smaller than the weight: it sinks."


class FloatOrSink(Stage):
    def construct(self):
        sunk = ValueTracker(0.0)
        now = sunk.get_value
        bottom = (SURFACE - FLOOR) / PER_METRE
        goal = min(FRACTION, 1.0) * EDGE_LENGTH
        square = always_redraw(lambda: block_at(now() - EDGE_LENGTH))
        most = max(WEIGHT, FULL_UPTHRUST)

        def pair():
            """Weight and upthrust of the moment, drawn beside each other from the middle of the block."""
            middle = block_at(now() - EDGE_LENGTH).get_center()
            return VGroup(
                arrow(middle + 0.14 * LEFT, middle + 0.14 * LEFT + FORCE_LENGTH * WEIGHT / most * DOWN, WEIGHT_COLOR, 7),
                arrow(middle + 0.14 * RIGHT, middle + 0.14 * RIGHT + FORCE_LENGTH * upthrust(now()) / most * UP, UP_COLOR, 7),
            )

        forces = always_redraw(pair)
        axes = graph(
            (0, 200 * EDGE_LENGTH),
            nice_range([1.05 * most], zero=True),
            zone(-0.6, 6.7, -2.85, 0.9),
            "how deep the lower face is, in cm",
            "force in N",
            y_count=5,
        )
        level = Line(axes.c2p(0, WEIGHT), axes.c2p(200 * EDGE_LENGTH, WEIGHT), stroke_color=WEIGHT_COLOR, stroke_width=4)
        numbers = VGroup(
            words("weight = " + newtons(WEIGHT), 28, WEIGHT_COLOR),
            readout("upthrust", lambda: upthrust(now()), "N", 2 if most < 100 else 0, 28, UP_COLOR),
        )
        stack(*numbers, area=zone(-0.4, 3.1, 1.5, 2.7), buff=0.22)

        def trace():
            xs = [0.0, min(now(), EDGE_LENGTH), now()]
            return polyline(axes, [100 * x for x in xs], [upthrust(x) for x in xs], UP_COLOR, 5)

        self.heading("Will it float or sink?")
        self.say(f"Now a block of {number_text(block_density, None, 5)} kg/m³ is lowered into the liquid, and let go.")
        self.play(FadeIn(tank()), FadeIn(square), FadeIn(forces), run_time=0.8)
        self.play(FadeIn(axes), Create(level), FadeIn(numbers), run_time=0.8)
        curve = always_redraw(trace)
        self.add(curve)
        self.say("The deeper it dips in, the more liquid it pushes aside, and the stronger the upthrust.")
        self.play(sunk.animate.set_value(goal), run_time=5.0, rate_func=linear)
        self.say(float_words())
        if FLOATS:
            lift = min(0.12 * EDGE_LENGTH, 0.4 * goal)
            down = min(goal + lift, EDGE_LENGTH)
            for target in (down, goal - 0.6 * lift, goal + 0.3 * lift, goal):
                self.play(sunk.animate.set_value(target), run_time=0.7)
            answer = [words(f"{percent_text(FRACTION)} under", 34, YELLOW), words(f"{percent_text(1 - FRACTION)} above", 26, CHALK2)]
        elif HOVERS:
            self.play(sunk.animate.set_value(1.9 * EDGE_LENGTH), run_time=2.5, rate_func=smooth)
            answer = [words("it hovers", 34, YELLOW), words("equal densities", 26, CHALK2)]
        else:
            self.play(sunk.animate.set_value(bottom), run_time=2.2, rate_func=lambda t: t * t)
            answer = [
                words("it sinks", 34, YELLOW),
                words(f"short of {newtons(WEIGHT - FULL_UPTHRUST)}", 26, CHALK2),
            ]
        for still in (square, forces, curve, *numbers):
            still.clear_updaters()
        result = VGroup(*answer).arrange(DOWN, buff=0.16, aligned_edge=LEFT)
        fit(result, zone(3.5, 6.6, 1.5, 2.7), UL)
        self.play(FadeIn(result, shift=0.2 * UP), run_time=0.7)
        self.say("It is decided by the densities alone: block divided by liquid. The size does not matter.")
        self.play(Create(highlight(result, YELLOW, 0.12)), run_time=0.7)
        self.pause(1.2)

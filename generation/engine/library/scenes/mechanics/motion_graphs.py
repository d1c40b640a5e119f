from manim import *
from theorama_kit import *

journey = knob(
    "car between two stops",
    label="Journey",
    choices=("car between two stops", "walk there and back"),
    help="The car speeds up, keeps its speed and brakes. The walker goes, rests and comes back.",
)
speed = knob(12.0, label="Top speed", unit="m/s", minimum=0.5, maximum=40.0, step=0.5)
first_time = knob(6.0, label="First stage lasts", unit="s", minimum=1.0, maximum=60.0, step=1.0)
second_time = knob(8.0, label="Second stage lasts", unit="s", minimum=1.0, maximum=60.0, step=1.0)
third_time = knob(4.0, label="Third stage lasts", unit="s", minimum=1.0, maximum=60.0, step=1.0)

DISTANCE_COLOR = YELLOW
SPEED_COLOR = CORAL
STAGE_COLORS = [SKY, MINT, LILAC, CHALK3]
CAR = journey == "car between two stops"
MOVED = "distance" if CAR else "distance from home"
QUICK = "speed" if CAR else "velocity"


def stages():
    """The stages: how long each lasts (s), and the velocity at its start and at its end (m/s)."""
    if CAR:
        waits = 0.15 * (first_time + second_time + third_time)
        return [(first_time, 0.0, speed), (second_time, speed, speed), (third_time, speed, 0.0), (waits, 0.0, 0.0)]
    back = -speed * first_time / third_time
    return [(first_time, speed, speed), (second_time, 0.0, 0.0), (third_time, back, back)]


STAGES = stages()
STARTS = [sum([stage[0] for stage in STAGES[:i]]) for i in range(len(STAGES) + 1)]
TOTAL = STARTS[-1]


def way_of(stage, time):
    """The way covered in a stage after some time in it, in metres: the area under its speed."""
    lasts, begin, end = stage
    return begin * time + 0.5 * (end - begin) / lasts * time**2


WAYS = [way_of(stage, stage[0]) for stage in STAGES]


def number_of_stage(time):
    return max([i for i in range(len(STAGES)) if STARTS[i] <= time + 1e-9])


def distance_at(time):
    """Metres from the start, at a time in seconds."""
    i = number_of_stage(time)
    return sum(WAYS[:i]) + way_of(STAGES[i], min(time, TOTAL) - STARTS[i])


def speed_at(time):
    """Velocity in m/s, at a time in seconds."""
    i = number_of_stage(time)
    lasts, begin, end = STAGES[i]
    return begin + (end - begin) * (min(time, TOTAL) - STARTS[i]) / lasts


FARTHEST = max([distance_at(time) for time in STARTS])
SPEEDS = [value for stage in STAGES for value in stage[1:]]
SHOWN = TOTAL if CAR else TOTAL + 0.001 * TOTAL


def places(size):
    """Decimals that show about three digits of a value of this size."""
    return int(clamp(2 - math.floor(math.log10(max(abs(size), 1e-6))), 0, 3))


def distance_axes(area, y_count=6):
    return graph(
        (0, SHOWN), nice_range([1.04 * FARTHEST], zero=True), area, "time t in s", MOVED + " d in m", y_count=y_count
    )


def speed_axes(area, y_count=6):
    low, high = min([*SPEEDS, 0.0]), max(SPEEDS)
    reach = nice_range([1.08 * low, 1.08 * high], zero=True)
    return graph((0, SHOWN), reach, area, "time t in s", QUICK + " v in m/s", y_count=y_count)


def drawn(axes, function, color, clock, width=5):
    """The curve of a function of time, drawn up to the time of the clock; each stage is a path of its own."""
    whole, ends = VMobject(), []
    for i, (lasts, _begin, _end) in enumerate(STAGES):
        times = [STARTS[i] + lasts * part for part in np.linspace(0, 0.999999, 61)]
        points = [axes.c2p(time, function(time)) for time in times]
        whole.start_new_path(points[0])
        whole.add_points_as_corners(points[1:])
        ends += times[1:]
    curve = VMobject(stroke_color=color, stroke_width=width)
    return curve.add_updater(
        lambda part: part.set_points(whole.points[: 4 * int(np.searchsorted(ends, clock.get_value(), side="right"))])
    )


def film(stage):
    """Seconds of film for a stage: long ones get more, short ones can still be followed."""
    return 1.6 + 4.4 * stage[0] / TOTAL


# --- the picture -------------------------------------------------------------------------------------
def traveller(x, y):
    """A car or a walker with its middle at x(), standing on a road at the height y."""
    if CAR:
        body = RoundedRectangle(corner_radius=0.1, width=0.95, height=0.24, stroke_width=0)
        roof = Polygon([-0.34, 0.1, 0], [-0.2, 0.34, 0], [0.16, 0.34, 0], [0.32, 0.1, 0], stroke_width=0)
        shape = VGroup(body, roof).set_fill(CHALK, 1).shift(0.26 * UP)
        for side in (-0.27, 0.27):
            wheel = Circle(radius=0.11, fill_color=STAGE, fill_opacity=1, stroke_color=CHALK, stroke_width=4)
            shape.add(wheel.move_to([side, 0.12, 0]))
    else:
        limb = {"stroke_color": CHALK, "stroke_width": 6}
        shape = VGroup(
            Circle(radius=0.12, fill_color=CHALK, fill_opacity=1, stroke_width=0).move_to([0, 0.74, 0]),
            Line([0, 0.62, 0], [0, 0.32, 0], **limb),
            Line([0, 0.34, 0], [-0.16, 0.03, 0], **limb),
            Line([0, 0.34, 0], [0.16, 0.03, 0], **limb),
            Line([-0.18, 0.42, 0], [0.18, 0.5, 0], **limb),
        )
    anchor = Line([0, 0, 0], [0, 0.01, 0], stroke_width=0)
    shape.add(anchor).shift([x(), y, 0])
    return shape.add_updater(lambda one: one.shift((x() - one[-1].get_x()) * RIGHT))


def road(left, right, y, farthest):
    """A road with a scale in metres below it."""
    drawn_road = VGroup(Line([left - 0.4, y, 0], [right + 0.4, y, 0], stroke_color=EDGE, stroke_width=5))
    ticks = nice_ticks(0, farthest * 1.0001, 6)
    for tick, label in zip(ticks, tick_labels(ticks, 22, CHALK3), strict=True):
        x = left + (right - left) * tick / farthest
        drawn_road.add(Line([x, y, 0], [x, y - 0.12, 0], stroke_color=EDGE, stroke_width=3))
        drawn_road.add(label.next_to([x, y - 0.12, 0], DOWN, buff=0.1))
    return drawn_road.add(words("m", 22, CHALK3).move_to([right + 0.85, y - 0.31, 0]))


TOLD = (
    [
        "It speeds up: the curve gets steeper and steeper.",
        "It keeps its speed: a straight line.",
        "It brakes: still climbing, but less steeply.",
        "It stands: time goes on, so the line is level.",
    ]
    if CAR
    else [
        "Walking out at a steady pace gives a straight line.",
        "A rest: time goes on, the distance does not. The line is level.",
        "Coming back, the distance from home shrinks, so the line falls.",
    ]
)
STAGE_NAMES = ["speeding up", "steady", "braking", "standing"] if CAR else ["walking out", "resting", "coming back"]


class DistanceGraph(Stage):
    def construct(self):
        clock = ValueTracker(0.0)
        now = clock.get_value
        axes = distance_axes(zone(-6.6, 2.3, -2.85, 0.85))
        left, right, y = -5.9, 5.5, 1.55
        ground = road(left, right, y, FARTHEST)
        one = traveller(lambda: left + (right - left) * distance_at(now()) / FARTHEST, y)
        curve = drawn(axes, distance_at, DISTANCE_COLOR, clock)
        point = Dot(radius=0.1, color=CHALK)
        point.add_updater(lambda dot: dot.move_to(axes.c2p(now(), distance_at(now()))))
        numbers = stack(
            readout("t", clock, "s", 1, 32, CHALK),
            readout("d", lambda: distance_at(now()), "m", places(FARTHEST), 38, DISTANCE_COLOR),
            readout("v", lambda: speed_at(now()), "m/s", 1, 32, SPEED_COLOR),
            area=zone(2.9, 6.6, -0.9, 0.8),
            buff=0.3,
        )
        self.heading("A journey becomes a graph")
        self.say("Time runs to the right, distance upwards: it is no picture of the road.")
        self.play(FadeIn(ground), FadeIn(one), FadeIn(axes), run_time=0.9)
        self.play(FadeIn(numbers), FadeIn(point), run_time=0.6)
        self.add(curve)
        self.bring_to_front(point)
        for i, stage in enumerate(STAGES):
            self.say(TOLD[i])
            self.play(clock.animate.set_value(STARTS[i + 1] - 1e-6), run_time=film(stage), rate_func=linear)
        for moved in (curve, point):
            moved.clear_updaters()
        parts = VGroup()
        for i, (lasts, _begin, _end) in enumerate(STAGES):
            times = [STARTS[i] + lasts * part for part in np.linspace(0, 0.999999, 41)]
            parts.add(polyline(axes, times, [distance_at(time) for time in times], STAGE_COLORS[i], 7))
        keys = legend(list(zip(STAGE_NAMES, STAGE_COLORS, strict=False)), 26)
        fit(keys, zone(2.9, 6.6, -2.85, -1.25), UL)
        self.play(Create(parts), FadeIn(keys), run_time=1.2)
        self.bring_to_front(point)
        self.pause(1.0)


def tangent(axes, time):
    """A short straight line that touches the distance graph at a time."""
    unit = axes.c2p(1, 1) - axes.c2p(0, 0)
    way = np.array([unit[0], speed_at(time) * unit[1], 0.0])
    way = 0.75 * way / np.linalg.norm(way)
    middle = axes.c2p(time, distance_at(time))
    before = clamp((middle[0] - axes.c2p(0, 0)[0]) / way[0], 0.01, 1)
    beyond = clamp((axes.c2p(SHOWN, 0)[0] - middle[0]) / way[0], 0.01, 1)
    return Line(middle - before * way, middle + beyond * way, stroke_color=SPEED_COLOR, stroke_width=5)


class SlopeIsSpeed(Stage):
    def construct(self):
        clock = ValueTracker(0.0)
        now = clock.get_value
        upper, lower = zone(-6.6, 2.3, 0.0, 2.75), zone(-6.6, 2.3, -2.85, -0.1)
        room = 0.9
        low, high = min([*SPEEDS, 0.0]), max(SPEEDS)
        distances = graph((0, SHOWN), nice_range([1.04 * FARTHEST], zero=True), upper, "", MOVED + " d in m", room=room)
        speeds = graph(
            (0, SHOWN), nice_range([1.08 * low, 1.08 * high], zero=True), lower, "time t in s", QUICK + " v in m/s", room=room
        )  # fmt: skip
        still = drawn(distances, distance_at, DISTANCE_COLOR, ValueTracker(TOTAL)).update().clear_updaters()
        curve = drawn(speeds, speed_at, SPEED_COLOR, clock)
        touch = always_redraw(lambda: tangent(distances, now()))
        point = Dot(radius=0.09, color=CHALK)
        point.add_updater(lambda dot: dot.move_to(distances.c2p(now(), distance_at(now()))))
        below = Dot(radius=0.09, color=CHALK)
        below.add_updater(lambda dot: dot.move_to(speeds.c2p(now(), speed_at(now()))))
        drop = always_redraw(
            lambda: DashedLine(
                distances.c2p(now(), distance_at(now())), speeds.c2p(now(), speed_at(now())), color=CHALK3, stroke_width=2
            )  # fmt: skip
        )
        self.heading("The slope is the " + QUICK)
        self.say("How steep is the distance graph? Measure its slope.")
        self.play(FadeIn(distances), FadeIn(speeds), run_time=0.7)
        self.play(Create(still), run_time=1.2)
        steady = 1 if CAR else 0
        t0, t1 = STARTS[steady] + 0.25 * STAGES[steady][0], STARTS[steady] + 0.75 * STAGES[steady][0]
        d0, d1 = distance_at(t0), distance_at(t1)
        corner = distances.c2p(t1, d0)
        run = Line(distances.c2p(t0, d0), corner, stroke_color=CHALK, stroke_width=4)
        rise = Line(corner, distances.c2p(t1, d1), stroke_color=DISTANCE_COLOR, stroke_width=6)
        sums = VGroup(
            words("slope = rise ÷ run", 26, CHALK2),
            words("= " + number_text(d1 - d0) + " m ÷ " + number_text(t1 - t0) + " s", 28, CHALK),
            words("= " + number_text((d1 - d0) / (t1 - t0)) + " m/s", 40, SPEED_COLOR),
        )
        stack(*sums, area=zone(2.9, 6.6, 0.3, 2.6), buff=0.28)
        self.say("Metres gained, divided by seconds: that is a speed.")
        self.play(Create(run), run_time=0.6)
        self.play(Create(rise), FadeIn(sums, shift=0.2 * UP), run_time=0.8)
        live = readout("slope", lambda: speed_at(now()), "m/s", 1, 32, SPEED_COLOR)
        fit(live, zone(2.9, 6.6, -1.4, -0.6), UL)
        self.play(FadeIn(touch), FadeIn(point), FadeIn(below), FadeIn(live), run_time=0.5)
        self.add(curve, drop)
        self.bring_to_front(point, below)
        self.say("Draw the slope of every moment below: the " + QUICK + " graph appears.")
        for i, stage in enumerate(STAGES):
            self.play(clock.animate.set_value(STARTS[i + 1] - 1e-6), run_time=0.8 * film(stage), rate_func=linear)
        for moved in (touch, point, below, curve, drop):
            moved.clear_updaters()
        note = (
            "Straight above means level below; steeper and steeper means rising."
            if CAR
            else "Going back, the slope is negative, and so is the velocity: it has a direction."
        )
        self.say(note)
        told = lines(
            "straight above = level below" if CAR else "falling above = below zero", 28, CHALK, 30
        )
        self.play(FadeIn(fit(told, zone(2.9, 6.6, -2.5, -1.7), UL), shift=0.2 * UP), run_time=0.7)
        self.pause(1.0)


def piece(axes, number, time):
    """The area under the speed in a stage, up to a time."""
    begin = STARTS[number]
    time = clamp(time, begin + 1e-6, STARTS[number + 1] - 1e-6)
    corners = [(begin, 0), (begin, STAGES[number][1]), (time, speed_at(time)), (time, 0)]
    return Polygon(
        *[axes.c2p(*corner) for corner in corners], stroke_width=0, fill_color=STAGE_COLORS[number], fill_opacity=0.55
    )


def sum_text(number):
    """How the area of a stage is worked out."""
    lasts, begin, end = STAGES[number]
    height = number_text(max(begin, end, key=abs)) + " m/s"
    half = "" if begin == end else "½ × "
    return half + number_text(lasts) + " s × " + height


class AreaIsDistance(Stage):
    def construct(self):
        clock = ValueTracker(0.0)
        axes = speed_axes(MAIN)
        curve = drawn(axes, speed_at, SPEED_COLOR, ValueTracker(TOTAL)).update().clear_updaters()
        self.heading("The area is the distance")
        self.say("Speed times time is a way: so the area counts the metres.")
        self.play(FadeIn(axes), Create(curve), run_time=1.4)
        rows = VGroup()
        for i in range(3):
            rows.add(
                VGroup(
                    words(sum_text(i), 26, STAGE_COLORS[i]),
                    words("= " + number_text(WAYS[i], None, 4) + " m", 32, STAGE_COLORS[i]),
                ).arrange(DOWN, buff=0.12, aligned_edge=LEFT)
            )
        total = words("d = " + number_text(sum(WAYS), None, 4) + " m", 42, DISTANCE_COLOR)
        stack(*rows, total, area=zone(2.9, 6.6, -2.7, 2.6), buff=0.42)
        said = (
            [
                "Speeding up: a triangle, half of time times top speed.",
                "At steady speed: a rectangle, time times speed.",
                "Braking: a triangle again, sloping down.",
            ]
            if CAR
            else [
                "The way out is a rectangle: time times velocity.",
                "During the rest there is no area at all.",
                "The way back lies below the axis: this area counts backwards.",
            ]
        )
        for i in range(3):
            patch = always_redraw(lambda i=i: piece(axes, i, clock.get_value()))
            clock.set_value(STARTS[i])
            self.add(patch)
            self.bring_to_front(curve)
            self.say(said[i])
            self.play(clock.animate.set_value(STARTS[i + 1]), run_time=clamp(film(STAGES[i]), 1.8, 2.8), rate_func=linear)
            patch.clear_updaters()
            self.play(FadeIn(rows[i], shift=0.2 * LEFT), run_time=0.5)
        self.say(
            "Together they are the whole distance, as in the first graph."
            if CAR
            else "Out and back cancel: at the end the walker is home again, at distance zero."
        )
        self.play(FadeIn(total, shift=0.2 * UP), run_time=0.6)
        self.play(Create(highlight(total, DISTANCE_COLOR, 0.16)), run_time=0.6)
        self.pause(1.0)


def panel(left, right, label):
    """Bare axes without numbers, and the road below them."""
    area = zone(left, right, -1.0, 2.6)
    corner = np.array([left + 0.1, -0.9, 0])
    names = VGroup(
        words(label, 26, CHALK2).move_to([left + 0.1, 2.55, 0], aligned_edge=LEFT),
        words("time", 24, CHALK2).move_to([right, -1.2, 0], aligned_edge=RIGHT),
    )
    axes = VGroup(
        Line(corner, [left + 0.1, 2.25, 0], stroke_color=CHALK3), Line(corner, [right, -0.9, 0], stroke_color=CHALK3)
    )
    way = Line([left, -2.05, 0], [right, -2.05, 0], stroke_color=EDGE, stroke_width=5)
    return VGroup(area, axes, names, way)


class SameLineTwoMeanings(Stage):
    def construct(self):
        clock, tilt = ValueTracker(0.0), ValueTracker(0.0)
        now, tilted = clock.get_value, tilt.get_value
        sides = [(-6.4, -0.5), (0.5, 6.4)]
        panels = VGroup(panel(*sides[0], MOVED + " d"), panel(*sides[1], QUICK + " v"))
        height = lambda time: 0.35 if tilted() < 0.5 else time  # of both lines, as a part of their axes
        ways = [
            lambda: 0.35 if tilted() < 0.5 else now(),
            lambda: now() if tilted() < 0.5 else now() ** 2,
        ]
        lines_drawn, movers = VGroup(), VGroup()
        for (left, right), color, way in zip(sides, (DISTANCE_COLOR, SPEED_COLOR), ways, strict=True):
            spot = lambda time, left=left, right=right: np.array(
                [left + 0.1 + (right - left - 0.3) * time, -0.9 + 2.9 * height(time), 0]
            )
            lines_drawn.add(
                always_redraw(
                    lambda spot=spot, color=color: Line(
                        spot(0.0), spot(max(now(), 0.01)), stroke_color=color, stroke_width=6
                    )
                )
            )
            movers.add(traveller(lambda left=left, right=right, way=way: left + 0.55 + (right - left - 1.1) * way(), -2.05))
        self.heading("The same line, two meanings")
        self.say("Mind the label of the axis! Here is the same level line in both graphs.")
        self.play(FadeIn(panels), FadeIn(movers), run_time=0.8)
        self.add(lines_drawn)
        self.play(clock.animate.set_value(1.0), run_time=3.5, rate_func=linear)
        verdicts = [[("at rest", 0), ("steady " + QUICK, 1)], [("steady " + QUICK, 0), ("speeding up", 1)]]
        shown = VGroup()
        for turn in (0, 1):
            if turn:
                self.play(FadeOut(shown), FadeOut(lines_drawn), run_time=0.4)
                tilt.set_value(1.0)
                clock.set_value(0.0)
                self.say("And now the same rising line in both.")
                self.add(lines_drawn.set_opacity(1))
                self.play(clock.animate.set_value(1.0), run_time=3.5, rate_func=linear)
            shown = VGroup(*[
                fit(words(text, 34, (DISTANCE_COLOR, SPEED_COLOR)[side]), zone(*sides[side], -2.85, -2.3))
                for text, side in verdicts[turn]
            ])  # fmt: skip
            self.say(
                "Level means steady speed on the right, but standing still on the left."
                if turn == 0
                else "Left it is a steady speed, right the speed itself keeps growing."
            )
            self.play(FadeIn(shown, shift=0.2 * UP), run_time=0.7)
            if turn == 0:
                self.pause(0.1)
        self.pause(1.0)

from manim import *
from theorama_kit import *

source_frequency = knob(500.0, label="Frequency of the source", unit="Hz", minimum=20.0, maximum=5000.0, step=10.0)
source_speed = knob(
    30.0,
    label="Speed of the source",
    unit="m/s",
    minimum=1.0,
    maximum=700.0,
    step=1.0,
    help="30 m/s is about 108 km/h.",
)
wave_speed = knob(
    340.0,
    label="Speed of the waves",
    unit="m/s",
    minimum=100.0,
    maximum=1600.0,
    step=5.0,
    help="340 m/s: sound in air.",
)

SOURCE_COLOR = CORAL
WAVE_COLOR = SKY
AHEAD_COLOR = YELLOW  # in front of the source
BEHIND_COLOR = LILAC  # behind it

MACH = source_speed / wave_speed  # the source's speed as a part of the waves' speed
SEEN_MACH = MACH if 0.3 <= MACH <= 0.75 else 0.5  # of the first picture, where the crowding must be seen
PASSING = min(source_speed, 0.9 * wave_speed)  # the speed in the second scene: slower than the waves
FAST_MACH = clamp(MACH, 1.15, 2.6) if MACH > 1 else 1.6  # of the source that outruns its waves
ROAD, ASIDE = 100.0, 12.0  # the source comes from 100 m away; the listener stands 12 m beside its way


def heard(toward, speed=source_speed):
    """The frequency that a listener at rest hears from a source that comes (toward=1) or goes (-1), in Hz.

    Infinite at the speed of the waves; nan ahead of a faster source, where nothing is heard yet.
    """
    left = wave_speed - toward * speed
    if abs(left) < 1e-9:
        return math.inf
    return source_frequency * wave_speed / left if left > 0 else math.nan


def wavelength(toward, speed=source_speed):
    """The distance from crest to crest ahead of (1) or behind (-1) the source, in metres."""
    return (wave_speed - toward * speed) / source_frequency


def sent_at(time, speed=PASSING):
    """When the sound set out that arrives at a time, in seconds; the source is closest at zero."""
    v, u = wave_speed, speed
    root = math.sqrt(v**4 * time**2 - (v**2 - u**2) * (v**2 * time**2 - ASIDE**2))
    return (v**2 * time - root) / (v**2 - u**2)


def heard_at(time, speed=PASSING):
    """What somebody beside the road hears: only the speed along the line of sight counts. In Hz."""
    way = speed * sent_at(time, speed)
    toward = -way / math.hypot(way, ASIDE)
    return source_frequency * wave_speed / (wave_speed - toward * speed)


def cone_angle(mach):
    """The half angle of the cone behind a source faster than its waves, in degrees."""
    return math.degrees(math.asin(1 / mach))


# --- drawing: the waves spread at one drawn unit a second ------------------------------------------------
ROAD_Y = -0.05
LEFT_X, RIGHT_X, TOP_Y, LOW_Y = -6.5, 2.2, 2.7, -2.8
PERIOD = 0.6  # film seconds from crest to crest


def frame():
    return Rectangle(width=RIGHT_X - LEFT_X, height=TOP_Y - LOW_Y, stroke_color=HAIRLINE, stroke_width=2).move_to(
        [(LEFT_X + RIGHT_X) / 2, (TOP_Y + LOW_Y) / 2, 0]
    )


def arc_inside(center, radius):
    """The parts of a circle inside the picture, as lists of points."""
    angles = np.linspace(0, math.tau, 97)
    xs, ys = center[0] + radius * np.cos(angles), center[1] + radius * np.sin(angles)
    inside = (xs >= LEFT_X) & (xs <= RIGHT_X) & (ys >= LOW_Y) & (ys <= TOP_Y)
    pieces, piece = [], []
    for x, y, good in zip(xs, ys, inside, strict=True):
        if good:
            piece.append([x, y, 0])
        elif piece:
            pieces, piece = [*pieces, piece], []
    return [each for each in [*pieces, piece] if len(each) > 1]


def crests(time, start, mach, began=0.0):
    """All crests that have set out by `time`, each a circle round the place where it was made."""
    drawn = VMobject(stroke_color=WAVE_COLOR, stroke_width=3)
    count = 0
    while began + count * PERIOD < time:
        sent = began + count * PERIOD
        for points in arc_inside((start + mach * sent, ROAD_Y), time - sent):
            drawn.start_new_path(np.array(points[0]))
            drawn.add_points_as_corners([np.array(point) for point in points[1:]])
        count += 1
    return drawn


def source(time, start, mach):
    return Dot([start + mach * time, ROAD_Y, 0], radius=0.13, color=SOURCE_COLOR)


def listener(x, y, color):
    """A head with an ear, drawn simply."""
    head = Circle(radius=0.2, stroke_color=color, stroke_width=4).set_fill(STAGE, opacity=1)
    ear = Arc(0.09, -PI / 2, PI, stroke_color=color, stroke_width=4).shift(0.06 * LEFT)
    return VGroup(head, ear).move_to([x, y, 0])


def hertz(value):
    if math.isinf(value):
        return "no limit"
    return number_text(value) + " Hz" if math.isfinite(value) else "nothing yet"


def metres(value):
    return number_text(value) + " m" if abs(value) >= 1 else number_text(100 * value) + " cm"


class CrowdedAhead(Stage):
    def construct(self):
        time = ValueTracker(0.0)
        self.heading("A moving source of waves")
        self.say("A siren at rest sends crest after crest, and each one spreads as a circle.")
        still = always_redraw(lambda: crests(time.get_value(), -2.15, 0.0))
        dot = source(0, -2.15, 0)
        ahead, behind = listener(1.7, ROAD_Y, AHEAD_COLOR), listener(-6.0, ROAD_Y, BEHIND_COLOR)
        self.play(FadeIn(frame()), FadeIn(ahead), FadeIn(behind), FadeIn(dot), run_time=0.8)
        self.add(still, dot, ahead, behind)
        self.play(time.animate.set_value(5.0), run_time=5, rate_func=linear)
        speed = SEEN_MACH * wave_speed
        facts = VGroup(
            words("source: " + number_text(source_frequency) + " Hz", 26, SOURCE_COLOR),
            words("waves: " + number_text(wave_speed) + " m/s", 26, WAVE_COLOR),
            words("at rest λ = " + metres(wavelength(0)), 26, CHALK),
        )
        stack(*facts, area=zone(2.8, 6.6, 0.9, 2.7), buff=0.2)
        self.say("On both sides they pass at the same distance: the wavelength λ.")
        self.play(FadeIn(facts, shift=0.2 * UP), time.animate.set_value(6.0), run_time=1, rate_func=linear)
        self.play(time.animate.set_value(9.0), run_time=3, rate_func=linear)
        self.play(FadeOut(still, dot), run_time=0.5)
        time.set_value(0.0)
        start = -0.6 - SEEN_MACH * 8
        moving = always_redraw(lambda: crests(time.get_value(), start, SEEN_MACH, -6.0))
        runner = always_redraw(lambda: source(time.get_value(), start, SEEN_MACH))
        now = words("source moves: " + number_text(speed) + " m/s", 26, SOURCE_COLOR)
        now = VGroup(now)
        if abs(SEEN_MACH - MACH) > 1e-9:
            slower = "faster" if SEEN_MACH > MACH else "slower"
            now.add(words(f"({slower} than yours, to see it well)", 22, CHALK2))
        stack(*now, area=zone(2.8, 6.6, 0.05, 0.85), buff=0.14)
        self.say("Now it drives to the right. Each circle stays centred where its crest was made.")
        self.play(FadeIn(moving), FadeIn(runner), FadeIn(now), run_time=0.6)
        self.bring_to_front(ahead, behind)
        self.play(time.animate.set_value(5.0), run_time=5, rate_func=linear)
        self.say("Ahead it runs after its own crests: they are crowded. Behind, they are stretched.")
        notes = VGroup(
            words("ahead: λ = " + metres(wavelength(1, speed)), 28, AHEAD_COLOR),
            words(hertz(heard(1, speed)), 34, AHEAD_COLOR),
            words("behind: λ = " + metres(wavelength(-1, speed)), 28, BEHIND_COLOR),
            words(hertz(heard(-1, speed)), 34, BEHIND_COLOR),
        )
        stack(*notes, area=zone(2.8, 6.6, -2.7, -0.25), buff=0.22)
        self.play(FadeIn(notes[0::2], shift=0.2 * UP), time.animate.set_value(6.0), run_time=1, rate_func=linear)
        self.play(time.animate.set_value(8.0), run_time=2, rate_func=linear)
        for each in (moving, runner):
            each.clear_updaters()
        self.say("The waves are no faster than before. So more crests arrive each second ahead, fewer behind.")
        self.play(FadeIn(notes[1::2], shift=0.2 * UP), run_time=0.8)
        self.pause(1.0)


class PassingBy(Stage):
    def construct(self):
        last = 1.15 * ROAD / PASSING
        time = ValueTracker(-last)
        scale = (RIGHT_X - LEFT_X) / 2.36 / ROAD
        middle, road_y = (LEFT_X + RIGHT_X) / 2, 2.3
        self.heading("What you hear when it passes")
        road = Line([LEFT_X, road_y, 0], [RIGHT_X, road_y, 0], stroke_color=EDGE, stroke_width=4)
        person = listener(middle, road_y - ASIDE * scale - 0.1, CHALK)
        note = words("12 m from the road", 22, CHALK2).next_to(person, RIGHT, buff=0.2)
        car = Dot([middle, road_y, 0], radius=0.13, color=SOURCE_COLOR)
        car.add_updater(
            lambda dot: dot.move_to([middle + scale * PASSING * time.get_value(), road_y, 0]), call_updater=True
        )
        high, low = heard(1, PASSING), heard(-1, PASSING)
        spread = high - low
        y_range = nice_range([max(0.0, low - 0.15 * spread), high + 0.15 * spread])
        axes = graph((-last, last), y_range, zone(-6.6, 2.3, -2.85, 1.05), "time in s", "frequency heard in Hz")
        if PASSING < source_speed:
            self.say(f"First more slowly than the waves: {number_text(PASSING)} m/s, past somebody by the road.")
        else:
            self.say(f"It comes at {number_text(source_speed)} m/s and passes somebody who stands by the road.")
        self.play(FadeIn(road), FadeIn(person), FadeIn(note), FadeIn(car), FadeIn(axes), run_time=0.9)
        levels = VGroup()
        for value, color, text in ((high, AHEAD_COLOR, "coming"), (low, BEHIND_COLOR, "going")):
            line = DashedLine(axes.c2p(-last, value), axes.c2p(last, value), color=color, stroke_width=2.5)
            name = words(text, 22, color)
            edge, way = (last, RIGHT) if value == high else (-last, LEFT)
            name.move_to(axes.c2p(edge, value) + 0.2 * UP - 0.1 * way, aligned_edge=way)
            levels.add(VGroup(line, name))
        live = VGroup(
            words("sent out", 24, CHALK2),
            words(number_text(source_frequency) + " Hz", 32, SOURCE_COLOR),
            words("heard", 24, CHALK2),
            readout("f", lambda: heard_at(time.get_value()), "Hz", 0 if spread > 20 else 1, 40, CHALK),
        )
        stack(*live, area=zone(2.8, 6.6, 0.5, 2.7), buff=0.2)
        self.play(FadeIn(live), FadeIn(levels), run_time=0.7)
        stops = np.linspace(-last, last, 161)
        heights = [heard_at(stop) for stop in stops]
        end = lambda: max(time.get_value(), -last + 1e-4)
        drawn = always_redraw(
            lambda: polyline(
                axes,
                [*[x for x in stops if x < end()], end()],
                [*[y for x, y in zip(stops, heights, strict=True) if x < end()], heard_at(end())],
                CHALK,
            )
        )
        self.say("A common mistake: the tone does not rise as it comes nearer. It is high all the time.")
        self.add(drawn)
        self.play(time.animate.set_value(-0.12 * last), run_time=5, rate_func=linear)
        self.say("It falls while the source passes, for then it no longer comes toward you. Then it stays low.")
        self.play(time.animate.set_value(last), run_time=6, rate_func=linear)
        for each in (drawn, car):
            each.clear_updaters()
        law = formula(r"f' = f\,\frac{v}{v \mp v_s}", 48, colors={"f'": CHALK, "v_s": SOURCE_COLOR})
        results = VGroup(
            law,
            words("coming (−): " + hertz(high), 28, AHEAD_COLOR),
            words("going (+): " + hertz(low), 28, BEHIND_COLOR),
        )
        stack(*results, area=zone(2.8, 6.6, -2.7, 0.2), buff=0.26)
        self.say("Minus while it comes, plus when it goes: v is the waves' speed, vₛ that of the source.")
        self.play(FadeIn(results, shift=0.2 * UP), run_time=0.9)
        self.pause(1.0)


def cone(tip, mach):
    """The two edges of the cone behind a source that outruns its waves, cut off at the picture's edges."""
    angle, drawn = math.radians(cone_angle(mach)), VGroup()
    for side in (1, -1):
        way = np.array([-math.cos(angle), side * math.sin(angle), 0])
        reach = min((tip[0] - LEFT_X) / math.cos(angle), (TOP_Y - ROAD_Y) / math.sin(angle))
        drawn.add(Line(tip, tip + reach * way, stroke_color=CHALK, stroke_width=5))
    return drawn


class AsFastAsSound(Stage):
    def construct(self):
        time = ValueTracker(0.0)
        self.heading("When the source catches up with its waves")
        axes = graph((0, 2), (0, 5), zone(2.5, 6.7, -2.85, 0.9), "source speed ÷ wave speed", "f' ÷ f", 20)
        curves = VGroup(
            plot(axes, lambda x: 1 / (1 - x) if x < 1 else math.nan, AHEAD_COLOR, (0, 0.9999)),
            plot(axes, lambda x: 1 / (1 + x), BEHIND_COLOR),
        )
        tags = VGroup(
            words("ahead", 22, AHEAD_COLOR).move_to(axes.c2p(0.32, 3.3)),
            words("behind", 22, BEHIND_COLOR).move_to(axes.c2p(1.5, 1.05)),
        )
        wall = DashedLine(axes.c2p(1, 0), axes.c2p(1, 5), color=CHALK2, stroke_width=2.5)
        start = -4.6
        first = always_redraw(lambda: crests(time.get_value(), start, 1.0))
        dot = always_redraw(lambda: source(time.get_value(), start, 1.0))
        self.say("Drive as fast as the waves. No crest gets away: they all pile up into one wall.")
        self.play(FadeIn(frame()), FadeIn(axes), run_time=0.7)
        self.play(Create(curves), FadeIn(tags), run_time=0.8)
        self.add(first, dot)
        self.play(time.animate.set_value(5.0), run_time=5, rate_func=linear)
        self.say("The formula for the way ahead grows without limit here, and so it ends here.")
        self.play(Create(wall), run_time=0.8)
        self.pause(0.2)
        self.play(FadeOut(first, dot), run_time=0.5)
        time.set_value(0.0)
        until = 6.6 / FAST_MACH
        second = always_redraw(lambda: crests(time.get_value(), -6.2, FAST_MACH))
        runner = always_redraw(lambda: source(time.get_value(), -6.2, FAST_MACH))
        speed = FAST_MACH * wave_speed
        self.say(f"Faster still, here {number_text(speed)} m/s: it leaves its own waves behind.")
        self.add(second, runner)
        self.play(time.animate.set_value(until), run_time=1.3 * until, rate_func=linear)
        for each in (second, runner):
            each.clear_updaters()
        tip = np.array([-6.2 + FAST_MACH * until, ROAD_Y, 0])
        edges = cone(tip, FAST_MACH)
        self.say("All crests touch one cone. Where it sweeps over you, you hear them at once: a sonic boom.")
        self.play(Create(edges), run_time=1.2)
        self.bring_to_front(runner)
        rows = VGroup(
            words("sin θ = v ÷ vₛ", 28, CHALK2),
            words(f"= {number_text(wave_speed)} ÷ {number_text(speed)}", 26, CHALK2),
            words("θ = " + number_text(cone_angle(FAST_MACH), 1) + "°", 36, CHALK),
        )
        for row in rows:
            fit_width(row, 3.8)
        stack(*rows, area=zone(2.8, 6.6, 1.1, 2.7), buff=0.2)
        size = math.radians(cone_angle(FAST_MACH))
        arc = Arc(1.0, PI - size, size, arc_center=tip, color=YELLOW, stroke_width=4)
        back = DashedLine(tip, tip + 1.8 * LEFT, color=CHALK2, stroke_width=2.5)
        self.say("Ahead there is silence. The faster the source, the narrower the cone.")
        self.play(FadeIn(rows, shift=0.2 * UP), Create(arc), Create(back), run_time=0.9)
        self.pause(1.0)

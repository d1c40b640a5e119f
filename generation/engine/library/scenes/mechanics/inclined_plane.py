from manim import *
from theorama_kit import *

angle = knob(30.0, label="Angle of the slope", unit="°", minimum=5.0, maximum=60.0, step=1.0)
mass = knob(2.0, label="Mass of the block", unit="kg", minimum=0.1, maximum=100.0, step=0.1)
friction = knob(
    0.4,
    label="Coefficient of friction",
    minimum=0.0,
    maximum=1.2,
    step=0.01,
    help="Taken as equal at rest and while sliding.",
)
gravity = knob(9.81, label="Gravity", unit="m/s²", minimum=1.6, maximum=25.0, step=0.01, help="1.62 on the Moon.")

WEIGHT_COLOR = CORAL
ALONG_COLOR = YELLOW  # the part of the weight along the slope
PRESS_COLOR = SKY  # the part of the weight into the slope
FRICTION_COLOR = LILAC
SPEED_COLOR = MINT

WEIGHT = mass * gravity  # in newtons
LENGTH = 2.0  # of the slope in the last scene, in metres


def along(degrees):
    """The part of the weight down the slope, in newtons."""
    return WEIGHT * math.sin(degrees * DEGREES)


def pressing(degrees):
    """The part of the weight into the slope, in newtons; the slope presses back equally."""
    return WEIGHT * math.cos(degrees * DEGREES)


def grip(degrees):
    """The most that friction can hold, in newtons."""
    return friction * pressing(degrees)


def friction_at(degrees):
    """Friction on a block that was at rest: as much as needed, up to the limit."""
    return min(along(degrees), grip(degrees))


LIMIT = math.atan(friction) / DEGREES  # the angle at which the block starts to slide
SLIDES = along(angle) > grip(angle) + 1e-9
ACCELERATION = gravity * (math.sin(angle * DEGREES) - friction * math.cos(angle * DEGREES))  # of a sliding block


def places(size):
    """Decimals that show about three digits of a value of this size."""
    return int(clamp(2 - math.floor(math.log10(max(abs(size), 1e-3))), 0, 3))


def newtons(force):
    return number_text(force) + " N"


# --- the picture -------------------------------------------------------------------------------------
def down_slope(degrees):
    return np.array([-math.cos(degrees * DEGREES), -math.sin(degrees * DEGREES), 0.0])


def into_slope(degrees):
    return np.array([math.sin(degrees * DEGREES), -math.cos(degrees * DEGREES), 0.0])


PIVOT = np.array([-3.3, -0.4, 0.0])
HALF = 0.36  # half the side of the block


def plank(tilt):
    """A plank that turns about a pivot on a stand."""
    board = always_redraw(
        lambda: Line(
            PIVOT + 3.0 * down_slope(tilt()), PIVOT - 3.0 * down_slope(tilt()), stroke_color=CHALK2, stroke_width=8
        )
    )
    stand = VGroup(
        Line(PIVOT, [PIVOT[0], -2.8, 0], stroke_color=HAIRLINE, stroke_width=8),
        Line([-6.6, -2.8, 0], [0.0, -2.8, 0], stroke_color=EDGE, stroke_width=3),
        DashedLine(PIVOT, PIVOT + 2.9 * RIGHT, color=CHALK3, stroke_width=2),
    )
    arc = always_redraw(
        lambda: Arc(
            radius=1.5, start_angle=0, angle=max(tilt(), 0.05) * DEGREES, arc_center=PIVOT, stroke_color=CHALK, stroke_width=3
        )
    )
    return VGroup(stand, board, arc)


def block_at(middle, degrees, size=HALF, color=CHALK):
    """A square block whose middle is given, turned like the slope."""
    box = Square(2 * size, fill_color=color, fill_opacity=1, stroke_width=0)
    return box.rotate(degrees * DEGREES).move_to(middle)


class WeightInTwoParts(Stage):
    def construct(self):
        tilt = ValueTracker(0.0)
        now = tilt.get_value
        middle = lambda: PIVOT - (HALF + 0.05) * into_slope(now())
        long = 2.1
        board = plank(now)
        box = always_redraw(lambda: block_at(middle(), now(), HALF, EDGE))
        weight = always_redraw(lambda: arrow(middle(), middle() + long * DOWN, WEIGHT_COLOR, 7))
        part = lambda degrees: math.sin(degrees * DEGREES) * down_slope(degrees)
        press = lambda degrees: math.cos(degrees * DEGREES) * into_slope(degrees)
        down = always_redraw(lambda: arrow(middle(), middle() + long * part(now()), ALONG_COLOR, 7))
        inward = always_redraw(lambda: arrow(middle(), middle() + long * press(now()), PRESS_COLOR, 7))
        frame = always_redraw(
            lambda: VGroup(
                DashedLine(middle() + long * part(now()), middle() + long * DOWN, color=CHALK3, stroke_width=2),
                DashedLine(middle() + long * press(now()), middle() + long * DOWN, color=CHALK3, stroke_width=2),
            )
        )
        self.heading("One weight, two parts")
        self.say("A block lies on a plank. Its weight pulls straight down, " + newtons(WEIGHT) + ".")
        rows = VGroup(
            readout("angle θ", tilt, "°", 1, 30, CHALK),
            words("weight  " + newtons(WEIGHT), 30, WEIGHT_COLOR),
            readout("along the slope", lambda: along(now()), "N", places(WEIGHT), 30, ALONG_COLOR),
            readout("into the slope", lambda: pressing(now()), "N", places(WEIGHT), 30, PRESS_COLOR),
        )
        stack(*rows, area=zone(1.4, 6.6, -0.2, 2.6), buff=0.36)
        self.play(FadeIn(board), FadeIn(box), run_time=0.7)
        self.play(FadeIn(weight), FadeIn(rows[:2]), run_time=0.7)
        self.say("Now tilt the plank. Part of the weight pulls along it, part presses into it.")
        self.add(frame, inward, down)
        self.play(FadeIn(rows[2:]), run_time=0.5)
        self.play(tilt.animate.set_value(angle), run_time=4.5)
        laws = VGroup(
            formula(r"F_{\text{along}} = m g \sin\theta", 46, ALONG_COLOR),
            formula(r"F_{\text{into}} = m g \cos\theta", 46, PRESS_COLOR),
        )
        stack(*laws, area=zone(1.4, 6.6, -2.6, -0.7), buff=0.4)
        self.say("The angle of the slope is also the angle between the weight and the part into it.")
        corner = Arc(
            radius=0.85, start_angle=-90 * DEGREES, angle=angle * DEGREES, arc_center=middle(), stroke_color=CHALK, stroke_width=4
        )
        self.play(Create(corner), run_time=0.8)
        self.say("So sine belongs to the part along the slope, cosine to the part into it.")
        self.play(FadeIn(laws, shift=0.2 * UP), run_time=0.8)
        self.remove(corner)
        self.say("Steeper: more along, less into. Flatter: the other way round.")
        self.play(tilt.animate.set_value(60.0), run_time=1.5)
        self.play(tilt.animate.set_value(5.0), run_time=1.8)
        self.play(tilt.animate.set_value(angle), run_time=1.2)
        for moved in (box, weight, down, inward, frame):
            moved.clear_updaters()
        self.pause(1.0)


class FrictionDecides(Stage):
    def construct(self):
        tilt, slid = ValueTracker(0.0), ValueTracker(0.0)
        now = tilt.get_value
        middle = lambda: PIVOT - (HALF + 0.05) * into_slope(now()) + slid.get_value() * down_slope(now())
        top = nice_range([1.05 * max(along(60), grip(0))], zero=True)
        long = 2.6 / top[1]
        board = plank(now)
        box = always_redraw(lambda: block_at(middle(), now(), HALF, EDGE))
        down = always_redraw(
            lambda: arrow(middle(), middle() + long * along(now()) * down_slope(now()), ALONG_COLOR, 7)
        )
        holding = always_redraw(
            lambda: arrow(
                middle() + HALF * into_slope(now()),
                middle() + HALF * into_slope(now()) - long * friction_at(now()) * down_slope(now()),
                FRICTION_COLOR, 7,
            )  # fmt: skip
        )
        axes = graph((0, 60), top, zone(0.5, 6.6, -2.85, 2.75), "angle of the slope in degrees", "force in N")
        pull_curve = plot(axes, along, ALONG_COLOR)
        grip_curve = plot(axes, grip, FRICTION_COLOR, width=3)
        grip_line = DashedVMobject(grip_curve, num_dashes=40)
        steps = np.linspace(0, 60, 241)
        whole = polyline(axes, steps, [friction_at(float(step)) for step in steps], FRICTION_COLOR, 7)
        actual = VMobject(stroke_color=FRICTION_COLOR, stroke_width=8)
        actual.add_updater(lambda line: line.set_points(whole.points[: 4 * max(int(4 * now()), 1)]))
        dots = [
            always_redraw(lambda f=f, color=color: Dot(axes.c2p(now(), f(now())), radius=0.1, color=color))
            for f, color in ((along, ALONG_COLOR), (friction_at, FRICTION_COLOR))
        ]
        self.heading("When does it slide?")
        self.say("Friction can hold only so much: " + number_text(friction) + " times the force into the slope.")
        self.play(FadeIn(board), FadeIn(box), FadeIn(axes), run_time=0.8)
        self.play(Create(grip_line), run_time=1.2)
        keys = legend([("down the slope", ALONG_COLOR), ("friction (dashed: its limit)", FRICTION_COLOR)], 26)
        fit(keys, zone(-6.6, -2.4, 1.75, 2.7), UL)
        self.play(FadeIn(keys), run_time=0.5)
        self.add(down, holding, *dots)
        if LIMIT > 1:
            self.say("Tilt slowly: friction is just as strong as the pull, so nothing moves.")
            self.add(actual)
            self.bring_to_front(*dots)
            self.play(
                tilt.animate.set_value(LIMIT), Create(pull_curve), run_time=clamp(LIMIT / 6, 3.5, 5.0), rate_func=linear
            )
        else:
            self.play(Create(pull_curve), run_time=1.5)
        cross = axes.c2p(LIMIT, along(LIMIT))
        mark = DashedLine(cross, axes.c2p(LIMIT, 0), color=CHALK, stroke_width=3)
        self.say("Here the two curves cross: friction has reached its limit, at " + number_text(LIMIT, 1) + "°.")
        self.play(Create(mark), run_time=0.7)
        self.say("A little steeper, and the block slides.")
        self.play(tilt.animate.set_value(min(LIMIT + 5, 60)), run_time=0.8)
        self.remove(actual)
        self.play(slid.animate.set_value(2.3), run_time=1.5, rate_func=lambda part: part * part)
        for moved in (box, down, holding, *dots):
            moved.clear_updaters()
        law = VGroup(
            formula(r"m g \sin\theta = \mu\, m g \cos\theta", 40),
            formula(r"\tan\theta = \mu", 52, FRICTION_COLOR),
        ).arrange(DOWN, buff=0.25)
        fit(law, zone(-3.0, 0.1, -2.65, -0.8))
        self.say("Mass and gravity cancel: only the surfaces decide. A heavy block slides no sooner.")
        self.play(FadeIn(law, shift=0.2 * UP), run_time=0.9)
        self.pause(1.0)


def ramp_length():
    """The drawn length of the ramp, so that it fits in height and width."""
    return min(4.0 / math.sin(angle * DEGREES), 6.6 / math.cos(angle * DEGREES), 7.0)


def way_at(time):
    """Metres from the start after some time: down from rest, or after a push that carries 1.2 m."""
    if SLIDES:
        return min(0.5 * ACCELERATION * time**2, LENGTH)
    time = min(time, END_TIME)
    return PUSHED * time + 0.5 * ACCELERATION * time**2


def speed_at(time):
    """Metres per second; zero once it has come to rest."""
    if SLIDES:
        return ACCELERATION * time
    return max(PUSHED + ACCELERATION * time, 0.0)


CARRIED = 1.2  # metres that a push carries a block that does not slide by itself
PUSHED = 0.0 if SLIDES else math.sqrt(2 * CARRIED * max(-ACCELERATION, 1e-6))
END_TIME = math.sqrt(2 * LENGTH / max(ACCELERATION, 1e-6)) if SLIDES else PUSHED / max(-ACCELERATION, 1e-6)


class DoesItSlide(Stage):
    def construct(self):
        clock = ValueTracker(0.0)
        now = clock.get_value
        drawn = ramp_length()
        foot = np.array([-6.0, -2.6, 0])
        top = foot - drawn * down_slope(angle)
        ramp = Polygon(foot, top, [top[0], foot[1], 0], stroke_color=CHALK2, stroke_width=4, fill_color=HAIRLINE, fill_opacity=0.6)
        size = 0.3
        room = drawn - 2 * size - 0.3
        spot = lambda big: top + (size + 0.1 + room * way_at(now()) / LENGTH) * down_slope(angle) - (big + 0.03) * into_slope(angle)
        box = always_redraw(lambda: block_at(spot(size), angle, size, EDGE))
        long = 1.1 / max(along(angle), grip(angle))
        rubbing = lambda: grip(angle) if SLIDES or 0 < now() < END_TIME else along(angle)
        pull = always_redraw(
            lambda: arrow(spot(size), spot(size) + long * along(angle) * down_slope(angle), ALONG_COLOR, 6)
        )
        hold = always_redraw(
            lambda: arrow(
                spot(size) + size * into_slope(angle),
                spot(size) + size * into_slope(angle) - long * rubbing() * down_slope(angle), FRICTION_COLOR, 6,
            )
        )  # fmt: skip
        self.heading("Does it slide at " + number_text(angle) + "°?")
        left = along(angle) - friction_at(angle)
        budget = VGroup(
            words("down the slope  " + newtons(along(angle)), 28, ALONG_COLOR),
            words("friction at most  " + newtons(grip(angle)), 28, FRICTION_COLOR),
            words("left over  " + newtons(left), 32, CHALK),
        )
        stack(*budget, area=zone(2.4, 6.6, 1.0, 2.7), buff=0.3)
        self.say("Add up the forces along the slope: the pull of gravity, and friction against it.")
        self.play(FadeIn(ramp), FadeIn(box), run_time=0.7)
        self.play(FadeIn(budget[0]), FadeIn(pull), run_time=0.6)
        self.play(FadeIn(budget[1]), FadeIn(hold), run_time=0.6)
        self.say(
            "Friction is too weak. What is left over accelerates the block."
            if SLIDES
            else "Friction can hold more than gravity pulls. Nothing is left over: the block stays."
        )
        self.play(FadeIn(budget[2], shift=0.2 * UP), run_time=0.6)
        law = formula(r"a = g\,(\sin\theta - \mu\cos\theta)", 40)
        value = words(("a = " if SLIDES else "sliding: a = ") + number_text(ACCELERATION) + " m/s²", 36, SPEED_COLOR)
        numbers = VGroup(
            law,
            value,
            VGroup(
                readout("t", clock, "s", 2, 30, CHALK), readout("v", lambda: speed_at(now()) if now() > 0 else 0.0, "m/s", 2, 30, SPEED_COLOR)
            ).arrange(RIGHT, buff=0.35),
        )
        stack(*numbers, area=zone(2.4, 6.6, -1.2, 0.7), buff=0.3)
        self.play(FadeIn(numbers), run_time=0.7)
        self.say(
            "Divide by the mass: it cancels. On a slope of " + number_text(LENGTH) + " m it runs like this."
            if SLIDES
            else "Give it a push: friction is the stronger, so it slows down and stops."
        )
        self.play(clock.animate.set_value(END_TIME), run_time=clamp(END_TIME, 2.0, 4.0), rate_func=linear)
        first = words(number_text(mass) + " kg:  " + number_text(END_TIME, 2) + " s", 30, CHALK)
        second = words(number_text(10 * mass) + " kg:  " + number_text(END_TIME, 2) + " s", 30, CHALK2)
        stack(first, second, area=zone(2.5, 6.6, -2.7, -1.6), buff=0.24)
        self.play(FadeIn(first, shift=0.2 * UP), run_time=0.5)
        self.say("Now a block of ten times the mass, " + number_text(10 * mass) + " kg. Does it do the same?")
        self.play(FadeOut(box), FadeOut(pull), FadeOut(hold), run_time=0.3)
        clock.set_value(0.0)
        heavy = always_redraw(lambda: block_at(spot(0.5), angle, 0.5, CHALK2))
        self.play(FadeIn(heavy), run_time=0.4)
        self.play(clock.animate.set_value(END_TIME), run_time=clamp(END_TIME, 2.0, 4.0), rate_func=linear)
        heavy.clear_updaters()
        self.say("Just the same: ten times the pull, ten times the friction, ten times the inertia.")
        self.play(FadeIn(second, shift=0.2 * UP), run_time=0.5)
        self.play(Create(highlight(VGroup(first, second), SPEED_COLOR, 0.14)), run_time=0.5)
        self.pause(1.0)

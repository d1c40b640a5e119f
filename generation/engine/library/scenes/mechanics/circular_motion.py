from manim import *
from theorama_kit import *

radius = knob(2.0, label="Radius of the circle", unit="m", minimum=0.2, maximum=200.0, step=0.1)
speed = knob(4.0, label="Speed", unit="m/s", minimum=0.5, maximum=50.0, step=0.5)
mass = knob(0.5, label="Mass", unit="kg", minimum=0.1, maximum=2000.0, step=0.1)
example = knob("ball on a string", label="What goes round", choices=("ball on a string", "car in a bend"))

BODY_COLOR = CHALK
VELOCITY_COLOR = MINT
ACCELERATION_COLOR = YELLOW
FORCE_COLOR = CORAL
RADIUS_COLOR = SKY

BALL = example == "ball on a string"
THING = "ball" if BALL else "car"
PULLER = "string" if BALL else "grip of the tyres"
GRAVITY = 9.81  # m/s², to compare with


def centripetal(v, r):
    """Acceleration towards the centre, in m/s²."""
    return v**2 / r


ACCELERATION = centripetal(speed, radius)
FORCE = mass * ACCELERATION  # in newtons
PERIOD = math.tau * radius / speed  # in seconds


def change_of_velocity(angle):
    """The length of the change of velocity while the direction turns by an angle in radians, in m/s."""
    return 2 * speed * math.sin(angle / 2)


def mean_acceleration(angle):
    """Change of velocity over the time it took, in m/s²."""
    return change_of_velocity(angle) / (radius * angle / speed)


def places(size):
    """Decimals that show about three digits of a value of this size."""
    return int(clamp(2 - math.floor(math.log10(size)), 0, 4))


# --- the picture -------------------------------------------------------------------------------------
def outward(angle):
    return np.array([math.cos(angle), math.sin(angle), 0.0])


def forward(angle):
    return np.array([-math.sin(angle), math.cos(angle), 0.0])


def ring(centre, drawn_radius):
    """The circular path and its centre."""
    path = Circle(radius=drawn_radius, stroke_color=EDGE, stroke_width=3).move_to(centre)
    return VGroup(path, Dot(centre, radius=0.05, color=CHALK3))


def body(place):
    return Dot(place(), radius=0.15, color=BODY_COLOR).add_updater(lambda dot: dot.move_to(place()))


def thread(centre, place):
    """The string, or for a car only a faint radius."""
    color, width = (CHALK2, 3) if BALL else (HAIRLINE, 2)
    string = Line(centre, place(), stroke_color=color, stroke_width=width)
    return string.add_updater(lambda line: line.put_start_and_end_on(centre, place()))


class AlwaysTurning(Stage):
    def construct(self):
        turn = ValueTracker(0.0)  # in rounds
        angle = lambda: math.tau * turn.get_value() - 0.6
        centre, drawn, long = np.array([-4.15, -0.1, 0]), 2.1, 1.3
        place = lambda: centre + drawn * outward(angle())
        heart = np.array([4.7, 1.25, 0])
        path, string, ball = ring(centre, drawn), thread(centre, place), body(place)
        velocity = always_redraw(lambda: arrow(place(), place() + long * forward(angle()), VELOCITY_COLOR, 7))
        self.heading("Steady speed, and yet accelerated")
        facts = VGroup(
            words("r = " + number_text(radius) + " m", 30, RADIUS_COLOR),
            words("v = " + number_text(speed) + " m/s", 30, VELOCITY_COLOR),
            words("T = " + number_text(PERIOD) + " s", 30, CHALK),
        )
        stack(*facts, area=zone(-1.3, 2.4, 0.6, 2.5), buff=0.32)
        self.say("A " + THING + " goes round at a steady speed. Is anything about its motion changing?")
        self.play(FadeIn(path), FadeIn(string), FadeIn(ball), FadeIn(facts), run_time=0.8)
        self.add(velocity)
        self.bring_to_front(ball)
        self.play(turn.animate.set_value(1.0), run_time=4.4, rate_func=linear)
        self.say("Yes: the direction. Draw all the velocities from one common point.")
        second = always_redraw(lambda: arrow(heart, heart + long * forward(angle()), VELOCITY_COLOR, 7))
        old = VGroup()
        self.play(FadeIn(Dot(heart, radius=0.06, color=CHALK3)), FadeIn(second), run_time=0.6)
        for i in range(12):
            self.play(turn.animate.set_value(1 + (i + 1) / 12), run_time=0.36, rate_func=linear)
            ghost = Line(heart, heart + long * forward(angle()), stroke_color=VELOCITY_COLOR, stroke_width=2.5)
            old.add(ghost.set_opacity(0.4))
            self.add(ghost)
            self.bring_to_front(second)
        circle = Circle(radius=long, stroke_color=ACCELERATION_COLOR, stroke_width=3).move_to(heart)
        self.say("The tip of the velocity runs round a circle too. How fast it runs is the acceleration.")
        tip = always_redraw(
            lambda: arrow(
                heart + long * forward(angle()), heart + long * forward(angle()) - 0.8 * outward(angle()), ACCELERATION_COLOR, 6
            )  # fmt: skip
        )
        inward = always_redraw(lambda: arrow(place(), place() - 1.2 * outward(angle()), ACCELERATION_COLOR, 7))
        self.play(Create(circle), run_time=0.9)
        self.add(tip, inward)
        self.bring_to_front(ball)
        self.play(turn.animate.set_value(2.6), run_time=4.2, rate_func=linear)
        law = formula(
            r"a = \frac{2\pi v}{T} = \frac{v^2}{r}", 48,
            colors={"a": ACCELERATION_COLOR, "v": VELOCITY_COLOR, "r": RADIUS_COLOR},
        )  # fmt: skip
        value = words("a = " + number_text(ACCELERATION) + " m/s²", 38, ACCELERATION_COLOR)
        stack(law, value, area=zone(2.9, 6.6, -2.75, -0.5), buff=0.3)
        self.say("Way 2πv in one period T = 2πr/v makes v² over r. And it points to the centre.")
        self.play(FadeIn(law, shift=0.2 * UP), turn.animate.set_value(3.05), run_time=1.65, rate_func=linear)
        self.play(FadeIn(value, shift=0.2 * UP), turn.animate.set_value(3.4), run_time=1.1, rate_func=linear)
        for moved in (velocity, second, tip, inward, ball, string):
            moved.clear_updaters()
        self.pause(1.0)


class TowardsTheCentre(Stage):
    def construct(self):
        angle = ValueTracker(70 * DEGREES)
        middle = 90 * DEGREES
        centre, drawn, long = np.array([-3.0, -1.9, 0]), 3.2, 1.6
        ends = [lambda: middle - angle.get_value() / 2, lambda: middle + angle.get_value() / 2]
        spots = [lambda end=end: centre + drawn * outward(end()) for end in ends]
        arc = Arc(
            radius=drawn, start_angle=15 * DEGREES, angle=150 * DEGREES, arc_center=centre, stroke_color=EDGE, stroke_width=3
        )  # fmt: skip
        rays = [always_redraw(lambda spot=spot: Line(centre, spot(), stroke_color=RADIUS_COLOR, stroke_width=2.5)) for spot in spots]
        speeds = [
            always_redraw(lambda i=i, c=color: arrow(spots[i](), spots[i]() + long * forward(ends[i]()), c, 6))
            for i, color in enumerate((VELOCITY_COLOR, LEAF))
        ]
        dots = [always_redraw(lambda spot=spot: Dot(spot(), radius=0.12, color=BODY_COLOR)) for spot in spots]
        tail = np.array([6.3, 1.4, 0])
        pair = [
            always_redraw(lambda i=i, c=color: arrow(tail, tail + 2.2 * forward(ends[i]()), c, 6))
            for i, color in enumerate((VELOCITY_COLOR, LEAF))
        ]
        change = always_redraw(
            lambda: arrow(tail + 2.2 * forward(ends[0]()), tail + 2.2 * forward(ends[1]()), ACCELERATION_COLOR, 7)
        )
        self.heading("Where does the acceleration point?")
        self.say("Compare the velocity now with the velocity a little later.")
        self.play(FadeIn(arc), FadeIn(Dot(centre, radius=0.06, color=CHALK3)), run_time=0.6)
        self.play(*[FadeIn(each) for each in (*rays, *speeds, *dots)], run_time=0.8)
        self.say("Tail to tail, the yellow arrow between the tips is the change.")
        keys = legend([("velocity now", VELOCITY_COLOR), ("a little later", LEAF), ("change Δv", ACCELERATION_COLOR)], 24)
        fit(keys, zone(-0.6, 2.3, -2.85, -1.4), UL)
        self.play(FadeIn(pair[0]), FadeIn(pair[1]), FadeIn(keys), run_time=0.8)
        self.play(FadeIn(change), run_time=0.6)
        inward = always_redraw(
            lambda: arrow(
                centre + drawn * outward(middle),
                centre + (drawn - 1.7 * mean_acceleration(angle.get_value()) / ACCELERATION) * outward(middle),
                ACCELERATION_COLOR, 8,
            )  # fmt: skip
        )
        self.say("Seen from half-way between, it points straight to the centre.")
        self.play(FadeIn(inward), run_time=0.8)
        rows = stack(
            readout("turned by", lambda: angle.get_value() / DEGREES, "°", 1, 28, CHALK),
            readout("Δv", lambda: change_of_velocity(angle.get_value()), "m/s", places(speed), 28, ACCELERATION_COLOR),
            readout("Δt", lambda: radius * angle.get_value() / speed, "s", places(0.1 * PERIOD), 28, CHALK),
            readout("Δv ÷ Δt", lambda: mean_acceleration(angle.get_value()), "m/s²", places(ACCELERATION), 34, ACCELERATION_COLOR),
            area=zone(2.6, 6.6, -2.1, -0.1),
            buff=0.24,
        )
        self.play(FadeIn(rows), run_time=0.6)
        self.say("Let the time between shrink: Δv shrinks too, but Δv ÷ Δt settles.")
        self.play(angle.animate.set_value(3 * DEGREES), run_time=5.5)
        result = words("v² ÷ r = " + number_text(ACCELERATION) + " m/s²", 34, ACCELERATION_COLOR)
        fit(result, zone(2.6, 6.6, -2.85, -2.35), LEFT)
        for moved in (*rays, *speeds, *dots, *pair, change, inward):
            moved.clear_updaters()
        self.say("It settles at v² ÷ r: the centripetal acceleration.")
        self.play(FadeIn(result, shift=0.2 * UP), Create(highlight(result, ACCELERATION_COLOR, 0.13)), run_time=0.9)
        self.pause(1.0)


class LetGo(Stage):
    def construct(self):
        turn, flight = ValueTracker(-1.3), ValueTracker(0.0)
        release = -25 * DEGREES
        angle = lambda: math.tau * turn.get_value() + release
        centre, drawn = np.array([-3.7, -0.15, 0]), 2.1
        place = lambda: centre + drawn * outward(angle()) + flight.get_value() * forward(release)
        path, string, ball = ring(centre, drawn), thread(centre, place), body(place)
        velocity = always_redraw(lambda: arrow(place(), place() + 1.1 * forward(angle()), VELOCITY_COLOR, 6))
        force = always_redraw(lambda: arrow(place(), place() - 1.2 * outward(angle()), FORCE_COLOR, 7))
        self.heading("No inward force, no circle")
        rows = VGroup(
            words("force towards the centre:", 26, CHALK2),
            formula(r"F = \frac{m v^2}{r}", 54, colors={"F": FORCE_COLOR, "v": VELOCITY_COLOR, "r": RADIUS_COLOR}),
            words("F = " + number_text(FORCE) + " N", 40, FORCE_COLOR),
        )
        stack(*rows, area=zone(2.9, 6.6, -0.2, 2.7), buff=0.32)
        self.say("An acceleration needs a force: here the " + PULLER + " pulls the " + THING + " inwards.")
        self.play(FadeIn(path), FadeIn(string), FadeIn(ball), run_time=0.7)
        self.add(velocity, force)
        self.bring_to_front(ball)
        self.play(turn.animate.set_value(-0.5), FadeIn(rows), run_time=3.2, rate_func=linear)
        self.say("Now the string is cut. Where will it fly?" if BALL else "Now there is ice on the road. Where will it go?")
        self.play(turn.animate.set_value(0.0), run_time=2.0, rate_func=linear)
        self.remove(force, string)
        start = place()
        guesses = [(outward(release), 2.6, "A"), (forward(release), 2.5, "B")]
        ways, names = VGroup(), VGroup()
        for direction, length, name in guesses:
            ways.add(DashedLine(start + 0.3 * direction, start + length * direction, color=CHALK2, stroke_width=4))
            names.add(words(name, 34, CHALK).move_to(start + (length + 0.35) * direction))
        self.remove(velocity)
        self.play(Create(ways), FadeIn(names), run_time=0.9)
        self.say("A, outwards, or B, straight on?")
        self.pause(0.6)
        ahead = always_redraw(lambda: arrow(place(), place() + 0.9 * forward(release), VELOCITY_COLOR, 6))
        self.add(ahead)
        self.bring_to_front(ball)
        self.play(flight.animate.set_value(1.25), run_time=1.8, rate_func=linear)
        ball.clear_updaters()
        ahead.clear_updaters()
        cross = Cross(names[0], stroke_color=CORAL, stroke_width=4).scale(1.4)
        self.say("Straight on, along the tangent. No force ever pulled it outwards.")
        told = lines("Without a force the velocity stays as it is: a straight line.", 28, CHALK2, 26)
        fit(told, zone(2.9, 6.6, -2.6, -0.7), UL)
        self.play(
            Create(cross), ways[0].animate.set_opacity(0.3), Create(highlight(names[1], MINT, 0.12)), FadeIn(told), run_time=1.0
        )
        self.pause(1.0)


class TwiceAsFast(Stage):
    def construct(self):
        turn = ValueTracker(0.0)
        drawn = 1.75
        cases = [(-4.75, 1, 0.4, "v = " + number_text(speed) + " m/s"), (-0.5, 2, 1.6, "v = " + number_text(2 * speed) + " m/s")]
        self.heading("Twice the speed, four times the force")
        picture, moving, names = VGroup(), [], VGroup()
        for x, factor, long, name in cases:
            centre = np.array([x, 0.65, 0])
            angle = lambda factor=factor: math.tau * factor * turn.get_value() + 0.5
            place = lambda centre=centre, angle=angle: centre + drawn * outward(angle())
            picture.add(ring(centre, drawn), body(place))
            moving.append(
                always_redraw(
                    lambda place=place, angle=angle, long=long: arrow(place(), place() - long * outward(angle()), FORCE_COLOR, 7)
                )
            )
            names.add(words(name, 30, VELOCITY_COLOR).move_to([x, -1.55, 0]))
        self.say("Same circle, but twice as fast. How much more force does that take?")
        rows = VGroup(
            formula(r"F = \frac{m v^2}{r}", 60, colors={"F": FORCE_COLOR, "v": VELOCITY_COLOR, "r": RADIUS_COLOR}),
            words("twice the speed: F × 4", 28, CHALK),
            words("twice the mass: F × 2", 28, CHALK),
            words("twice the radius: F ÷ 2", 28, CHALK),
            words("here a = " + number_text(ACCELERATION / GRAVITY) + " g", 30, ACCELERATION_COLOR),
        )
        stack(*rows, area=zone(2.6, 6.6, -2.6, 2.6), buff=0.36)
        self.play(FadeIn(picture), FadeIn(names), FadeIn(rows[0]), run_time=0.8)
        self.add(*moving)
        self.bring_to_front(picture[1], picture[3])
        self.play(turn.animate.set_value(1.6), run_time=5.6, rate_func=linear)
        forces = VGroup(
            words("F = " + number_text(FORCE) + " N", 36, FORCE_COLOR).move_to([cases[0][0], -2.3, 0]),
            words("F = " + number_text(4 * FORCE) + " N", 36, FORCE_COLOR).move_to([cases[1][0], -2.3, 0]),
        )
        self.say("Four times: the velocity is twice as large and turns twice as quickly.")
        self.play(turn.animate.set_value(2.2), FadeIn(forces, shift=0.2 * UP), run_time=2.1, rate_func=linear)
        for moved in (*moving, picture[1], picture[3]):
            moved.clear_updaters()
        self.say("So speed matters far more in a bend than mass or radius.")
        self.play(LaggedStart(*[FadeIn(row, shift=0.2 * LEFT) for row in rows[1:]], lag_ratio=0.3), run_time=1.8)
        self.pause(1.0)

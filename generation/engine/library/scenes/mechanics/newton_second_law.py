from manim import *
from theorama_kit import *

pull = knob(2.0, label="Pulling force", unit="N", minimum=0.5, maximum=20.0, step=0.1)
mass = knob(1.0, label="Mass of the cart", unit="kg", minimum=0.2, maximum=10.0, step=0.1)
friction = knob(0.0, label="Friction", unit="N", minimum=0.0, maximum=10.0, step=0.1)
duration = knob(4.0, label="Time shown", unit="s", minimum=1.0, maximum=10.0, step=0.5)

FORCE_COLOR = CORAL
FRICTION_COLOR = LILAC
MASS_COLOR = SKY
ACCELERATION_COLOR = YELLOW
SPEED_COLOR = MINT

if friction >= pull:
    raise ValueError("Friction holds the cart in place: pull with more force than the friction.")

RESULTANT = pull - friction  # in newtons


def acceleration(force, body):
    """Newton's second law, in m/s²: resultant force over mass."""
    return force / body


ACCELERATION = acceleration(RESULTANT, mass)
END_SPEED = ACCELERATION * duration  # in m/s


def distance(time, rate=ACCELERATION):
    """The way from rest, in metres."""
    return 0.5 * rate * time**2


def places(size):
    """Decimals that show about three digits of a value of this size."""
    return int(clamp(2 - math.floor(math.log10(size)), 0, 4))


def newtons(force):
    return number_text(force) + " N"


# --- the picture: a cart with blocks on it, pulled along a track ------------------------------------
def cart(front, y, blocks=1, force=1.2, against=0.0):
    """A cart whose front stands at x = front(); arrows of the drawn lengths `force` and `against`; blocks are mass."""
    body = RoundedRectangle(
        corner_radius=0.06, width=1.0, height=0.26, fill_color=CHALK2, fill_opacity=1, stroke_width=0
    )
    body.move_to([front() - 0.5, y + 0.31, 0])
    wheels = VGroup(*[
        Circle(radius=0.13, fill_color=STAGE, fill_opacity=1, stroke_color=CHALK2, stroke_width=4).move_to(
            [front() - 0.5 + side, y + 0.15, 0]
        )
        for side in (-0.28, 0.28)
    ])  # fmt: skip
    load = VGroup(*[
        Square(0.22, fill_color=MASS_COLOR, fill_opacity=1, stroke_width=0).move_to(
            [front() - 0.5 + 0.25 * (i - (blocks - 1) / 2), y + 0.56, 0]
        )
        for i in range(blocks)
    ])  # fmt: skip
    rope = arrow([front(), y + 0.31, 0], [front() + force, y + 0.31, 0], FORCE_COLOR, 6)
    parts = VGroup(body, wheels, load, rope)
    if against > 0:
        parts.add(arrow([front() - 1, y + 0.2, 0], [front() - 1 - against, y + 0.2, 0], FRICTION_COLOR, 6))
    return parts.add_updater(lambda whole: whole.shift((front() - whole[0].get_right()[0]) * RIGHT))


def track(left, right, y):
    return Line([left, y, 0], [right, y, 0], stroke_color=EDGE, stroke_width=4)


class SteadyForce(Stage):
    def construct(self):
        clock = ValueTracker(0.0)
        now = clock.get_value
        steps = 4
        left, reach, y = -5.2, 9.6, 1.35
        at = lambda time: left + reach * distance(time) / distance(duration)
        force = 1.2
        wagon = cart(lambda: at(now()), y, 1, force, force * friction / pull)
        ground = track(-6.6, 6.6, y)
        axes = graph(
            (0, duration), nice_range([1.05 * END_SPEED], zero=True), zone(-6.6, 2.3, -2.85, 0.25),
            "time t in seconds", "speed v in m/s", y_count=4,
        )  # fmt: skip
        point = Dot(radius=0.09, color=SPEED_COLOR)
        point.add_updater(lambda dot: dot.move_to(axes.c2p(now(), ACCELERATION * now())))
        line = always_redraw(
            lambda: Line(
                axes.c2p(0, 0), axes.c2p(max(now(), 1e-3), ACCELERATION * max(now(), 1e-3)),
                stroke_color=SPEED_COLOR, stroke_width=5,
            )  # fmt: skip
        )
        self.heading("A steady force on a cart")
        names = [("pull  " + newtons(pull), FORCE_COLOR)]
        if friction > 0:
            names.append(("friction  " + newtons(friction), FRICTION_COLOR))
        names.append(("mass  " + number_text(mass) + " kg", MASS_COLOR))
        keys = fit(legend(names, 24).arrange(RIGHT, buff=0.7), zone(-6.6, 6.6, 2.4, 2.85), LEFT)
        self.say("A cart is pulled with a force that stays the same. Will it keep a steady speed?")
        self.play(FadeIn(ground), FadeIn(wagon), FadeIn(keys), run_time=0.9)
        if friction > 0:
            self.say("Friction pulls back: what counts is the resultant, " + newtons(RESULTANT) + ".")
        numbers = stack(
            readout("t", clock, "s", 1, 30, CHALK),
            readout("v", lambda: ACCELERATION * now(), "m/s", places(END_SPEED), 40, SPEED_COLOR),
            area=zone(2.9, 6.6, -0.9, 0.3),
            buff=0.3,
        )
        self.play(FadeIn(axes), FadeIn(numbers), FadeIn(point), run_time=0.7)
        self.add(line)
        flags = VGroup()
        for step in range(steps + 1):
            if step:
                self.play(
                    clock.animate.set_value(duration * step / steps),
                    run_time=clamp(duration, 4.8, 6.4) / steps,
                    rate_func=linear,
                )
            x = at(duration * step / steps)
            flag = VGroup(
                Line([x, y - 0.05, 0], [x, y - 0.3, 0], stroke_color=CHALK, stroke_width=3),
                Dot(axes.c2p(duration * step / steps, END_SPEED * step / steps), radius=0.07, color=CHALK),
            )
            flags.add(flag)
            self.add(flag)
        for moved in (wagon, point, line):
            moved.clear_updaters()
        gaps = VGroup(*[
            words("×" + str(2 * i + 1) if i else "1", 24, CHALK).move_to(
                [(at(duration * i / steps) + at(duration * (i + 1) / steps)) / 2, y - 0.3, 0]
            )
            for i in range(steps)
        ])  # fmt: skip
        self.say("No! In equal times it covers more and more: 1, 3, 5, 7 times the first stretch.")
        self.play(LaggedStart(*[FadeIn(gap, shift=0.15 * UP) for gap in gaps], lag_ratio=0.4), run_time=1.6)
        stairs = VGroup()
        for i in range(steps):
            t0, t1 = duration * i / steps, duration * (i + 1) / steps
            corner = axes.c2p(t1, ACCELERATION * t0)
            stairs.add(
                Line(axes.c2p(t0, ACCELERATION * t0), corner, stroke_color=CHALK3, stroke_width=3),
                Line(corner, axes.c2p(t1, ACCELERATION * t1), stroke_color=ACCELERATION_COLOR, stroke_width=5),
            )
        self.say("But the speed grows by the same amount in each step: the acceleration is constant.")
        self.play(Create(stairs), run_time=1.8)
        result = VGroup(
            words("gain in speed ÷ time taken", 24, CHALK2),
            words("= " + number_text(END_SPEED) + " m/s ÷ " + number_text(duration) + " s", 26, CHALK),
            words("a = " + number_text(ACCELERATION) + " m/s²", 40, ACCELERATION_COLOR),
        )
        stack(*result, area=zone(2.9, 6.6, -2.75, -1.2), buff=0.22)
        self.play(FadeIn(result, shift=0.2 * UP), run_time=0.8)
        self.pause(1.0)


LANES = (1.55, -0.3, -2.15)
START_X = -5.2
LANE_WAY = 3.6  # drawn way of the fastest cart


def race(stage, clock, rates, blocks, arrows_drawn, names):
    """Three carts in three lanes; they start together and the clock runs until the fastest has done its way."""
    fastest = max(rates)
    carts = VGroup()
    for lane, (rate, load, force) in enumerate(zip(rates, blocks, arrows_drawn, strict=True)):
        front = lambda rate=rate: START_X + LANE_WAY * rate / fastest * clock.get_value() ** 2
        carts.add(cart(front, LANES[lane], load, force))
    grounds = VGroup(*[track(-6.6, 0.1, y) for y in LANES])
    labels = VGroup(*[
        words(name, 26, color).move_to([-6.5, y + 0.98, 0], aligned_edge=LEFT)
        for (name, color), y in zip(names, LANES, strict=True)
    ])  # fmt: skip
    stage.play(FadeIn(grounds), FadeIn(carts), FadeIn(labels), run_time=0.9)
    return carts


def found(axes, x, value):
    """A measured point with its guides."""
    place = axes.c2p(x, value)
    return VGroup(
        DashedLine(axes.c2p(x, 0), place, color=CHALK3, stroke_width=2),
        DashedLine(axes.c2p(0, value), place, color=ACCELERATION_COLOR, stroke_width=2),
        Dot(place, radius=0.1, color=ACCELERATION_COLOR),
    )


def lane_results(rates):
    """What the carts' accelerations are, at the right end of the lanes."""
    return VGroup(*[
        words("a = " + number_text(rate) + " m/s²", 26, ACCELERATION_COLOR).move_to([0.1, y + 0.98, 0], aligned_edge=RIGHT)
        for rate, y in zip(rates, LANES, strict=True)
    ])  # fmt: skip


class MoreForce(Stage):
    def construct(self):
        clock = ValueTracker(0.0)
        forces = [RESULTANT, 2 * RESULTANT, 3 * RESULTANT]
        rates = [acceleration(force, mass) for force in forces]
        kind = "resultant " if friction > 0 else "force "
        axes = graph(
            nice_range([1.1 * forces[-1]], zero=True), nice_range([1.1 * rates[-1]], zero=True),
            zone(0.7, 6.6, -2.85, 2.75), kind + "F in N", "acceleration a in m/s²",
        )  # fmt: skip
        self.heading("More force, same mass")
        self.say("Equal carts, but the second gets twice the force, the third three times.")
        names = [(kind + newtons(force), FORCE_COLOR) for force in forces]
        carts = race(self, clock, rates, (1, 1, 1), (0.35, 0.7, 1.05), names)
        self.play(FadeIn(axes), run_time=0.6)
        self.pause(0.1)
        self.say("Ready, go! They start together.")
        self.play(clock.animate.set_value(1.0), run_time=2.6, rate_func=linear)
        carts.clear_updaters()
        results = lane_results(rates)
        self.say("Enter each acceleration above its force: the points lie on a line through zero.")
        points = VGroup()
        for force, rate, result in zip(forces, rates, results, strict=True):
            points.add(found(axes, force, rate))
            self.play(FadeIn(result, shift=0.2 * RIGHT), FadeIn(points[-1]), run_time=0.8)
        line = plot(axes, lambda force: force / mass, CHALK, (0, min(axes.x_range[1], mass * axes.y_range[1])), samples=2)
        self.play(Create(line), run_time=1.0)
        self.bring_to_front(points)
        law = formula(r"a \propto F", 56, colors={"a": ACCELERATION_COLOR, "F": FORCE_COLOR})
        left, top = axes.c2p(0, axes.y_range[1])[:2]
        fit(law, zone(left + 0.3, left + 2.3, top - 1.0, top - 0.2), UL).add_background_rectangle(STAGE, 1, buff=0.15)
        self.say("Twice the force, twice the acceleration: they are in proportion.")
        self.play(FadeIn(law), Create(highlight(law, ACCELERATION_COLOR, 0.0)), run_time=0.8)
        self.pause(1.0)


class MoreMass(Stage):
    def construct(self):
        clock = ValueTracker(0.0)
        masses = [mass, 2 * mass, 4 * mass]
        rates = [acceleration(RESULTANT, body) for body in masses]
        axes = graph(
            nice_range([1.1 * masses[-1]], zero=True), nice_range([1.15 * rates[0]], zero=True),
            zone(0.7, 6.6, -2.85, 2.75), "mass m in kg", "acceleration a in m/s²",
        )  # fmt: skip
        self.heading("More mass, same force")
        self.say("Now equal forces, but twice the mass on the second cart and four times on the third.")
        names = [("mass " + number_text(body) + " kg", MASS_COLOR) for body in masses]
        carts = race(self, clock, rates, (1, 2, 4), (0.7, 0.7, 0.7), names)
        self.play(FadeIn(axes), run_time=0.6)
        self.pause(0.1)
        self.say("Ready, go! The heavy cart is slow to get going.")
        self.play(clock.animate.set_value(1.0), run_time=2.6, rate_func=linear)
        carts.clear_updaters()
        results = lane_results(rates)
        self.say("Twice the mass halves the acceleration, four times the mass leaves a quarter.")
        points = VGroup()
        for body, rate, result in zip(masses, rates, results, strict=True):
            points.add(found(axes, body, rate))
            self.play(FadeIn(result, shift=0.2 * RIGHT), FadeIn(points[-1]), run_time=0.8)
        curve = plot(axes, lambda body: RESULTANT / body if body > 0 else math.nan, CHALK)
        self.play(Create(curve), run_time=1.2)
        self.bring_to_front(points)
        law = formula(r"a \propto \frac{1}{m}", 56, colors={"a": ACCELERATION_COLOR, "m": MASS_COLOR})
        right, top = axes.c2p(axes.x_range[1], axes.y_range[1])[:2]
        fit(law, zone(right - 2.4, right - 0.3, top - 1.7, top - 0.3), UR)
        self.say("Mass is what resists being accelerated. We call that inertia.")
        self.play(FadeIn(law), Create(highlight(law, ACCELERATION_COLOR, 0.15)), run_time=0.8)
        self.pause(1.0)


def column(x, value, unit_size, color):
    """A bar standing at x that is as high as value()."""
    height = lambda: max(1.9 * value() / unit_size, 0.01)
    bar = Rectangle(width=0.95, height=height(), stroke_width=0, fill_color=color, fill_opacity=0.85)
    bar.move_to([x, -1.3, 0], aligned_edge=DOWN)
    return bar.add_updater(lambda box: box.stretch_to_fit_height(height()).move_to([x, -1.3, 0], aligned_edge=DOWN))


class TheLaw(Stage):
    def construct(self):
        force, body = ValueTracker(RESULTANT), ValueTracker(mass)
        rate = lambda: acceleration(force.get_value(), body.get_value())
        columns = [
            (-5.6, force.get_value, RESULTANT, FORCE_COLOR, "F", "N"),
            (-3.0, body.get_value, mass, MASS_COLOR, "m", "kg"),
            (-0.4, rate, ACCELERATION, ACCELERATION_COLOR, "a", "m/s²"),
        ]
        bars, numbers = VGroup(), VGroup()
        for x, value, size, color, name, unit in columns:
            bars.add(column(x, value, size, color))
            shown = readout(name, value, unit, places(size), 30, color)
            fit(shown, zone(x - 1.25, x + 1.25, -2.2, -1.6))
            numbers.add(shown.shift((-2.0 - shown[1][0].get_start()[1]) * UP))
        floor = Line([-6.6, -1.3, 0], [0.6, -1.3, 0], stroke_color=EDGE, stroke_width=3)
        self.heading("Newton's second law")
        law = formula("F = m \\, a", 84, colors={"F": FORCE_COLOR, "m": MASS_COLOR, "a": ACCELERATION_COLOR})
        fit(law, zone(1.9, 6.4, 1.3, 2.6))
        self.say("Both in one line: resultant force equals mass times acceleration.")
        self.play(FadeIn(bars), FadeIn(numbers), FadeIn(floor), run_time=0.8)
        self.play(Write(law), run_time=1.4)
        self.say("Double the force, and the acceleration doubles with it.")
        self.play(force.animate.set_value(2 * RESULTANT), run_time=1.8)
        self.say("Now double the mass as well, and the acceleration is back where it was.")
        self.play(body.animate.set_value(2 * mass), run_time=1.8)
        meaning = VGroup(
            words("1 N gives a mass of 1 kg", 28, CHALK),
            words("an acceleration of 1 m/s²", 28, CHALK),
            lines("F is the resultant of all forces. No resultant: no change of velocity.", 26, CHALK2, 30),
        )
        fit(meaning.arrange(DOWN, buff=0.3, aligned_edge=LEFT), zone(1.9, 6.5, -2.4, 0.7), UL)
        self.say("This fixes the unit: one newton gives one kilogram 1 m/s every second.")
        self.play(FadeIn(meaning, shift=0.2 * UP), Create(highlight(law, ACCELERATION_COLOR, 0.2)), run_time=0.9)
        self.pause(1.0)

from manim import *
from theorama_kit import *

first_mass = knob(1.0, label="Mass of the first cart", unit="kg", minimum=0.1, maximum=10.0, step=0.1)
second_mass = knob(2.0, label="Mass of the second cart", unit="kg", minimum=0.1, maximum=10.0, step=0.1)
first_velocity = knob(3.0, label="Velocity of the first cart", unit="m/s", minimum=0.0, maximum=10.0, step=0.1)
second_velocity = knob(
    0.0,
    label="Velocity of the second cart",
    unit="m/s",
    minimum=-10.0,
    maximum=10.0,
    step=0.1,
    help="Minus means towards the first cart.",
)
bounce = knob(
    1.0,
    label="Bounciness e",
    minimum=0.0,
    maximum=1.0,
    step=0.05,
    help="Coefficient of restitution: 1 is perfectly elastic, 0 means that the carts stick together.",
)

FIRST_COLOR = SKY
SECOND_COLOR = MINT
TOTAL_COLOR = YELLOW
FORCE_COLOR = CORAL
ENERGY_COLOR = LILAC

if second_velocity >= first_velocity:
    raise ValueError("The first cart never reaches the second: give it the greater velocity.")

MOMENTUM = first_mass * first_velocity + second_mass * second_velocity  # of both, in kg m/s
CONTACT = 20.0  # milliseconds that the carts touch


def after(e=bounce):
    """The velocities after the collision, in m/s: momentum stays, and they part e times as fast as they met."""
    both, closing = first_mass + second_mass, first_velocity - second_velocity
    return (MOMENTUM - second_mass * e * closing) / both, (MOMENTUM + first_mass * e * closing) / both


def kinetic(first, second):
    """The energy of motion of both carts, in joules."""
    return 0.5 * first_mass * first**2 + 0.5 * second_mass * second**2


ENERGY = kinetic(first_velocity, second_velocity)
FIRST_AFTER, SECOND_AFTER = after()
PUSH = second_mass * (SECOND_AFTER - second_velocity)  # momentum handed over, in kg m/s


def force_at(time):
    """The force between the carts in newtons, `time` in ms: half a sine wave whose area is the push."""
    return PUSH * PI / (2 * CONTACT / 1000) * math.sin(PI * clamp(time / CONTACT, 0, 1))


def handed_over(time):
    """The part of the push that has been given until a time in ms."""
    return (1 - math.cos(PI * clamp(time / CONTACT, 0, 1))) / 2


def places(size):
    """Decimals that show about three digits of a value of this size."""
    return int(clamp(2 - math.floor(math.log10(max(abs(size), 1e-3))), 0, 3))


FASTEST = max([abs(v) for v in (first_velocity, second_velocity, FIRST_AFTER, SECOND_AFTER)])
DECIMALS = places(max(abs(MOMENTUM), abs(first_mass * first_velocity), abs(second_mass * SECOND_AFTER)))


# --- the picture -------------------------------------------------------------------------------------
def size_of(body):
    """The drawn side of a cart: its cube is in proportion to the mass, within limits."""
    return clamp(0.75 * body ** (1 / 3), 0.45, 1.3)


def cart(edge, y, body, color, side, scale=1.0):
    """A cart on the height y. Its inner edge is at x = edge(); it lies left (side -1) or right (1) of it."""
    size = scale * size_of(body)
    box = RoundedRectangle(
        corner_radius=0.08, width=size, height=0.7 * size, fill_color=color, fill_opacity=1, stroke_width=0
    )
    box.move_to([edge() + side * size / 2, y + 0.13 + 0.35 * size, 0])
    wheels = VGroup(*[
        Circle(radius=0.11, fill_color=STAGE, fill_opacity=1, stroke_color=color, stroke_width=4).move_to(
            [edge() + side * size / 2 + part * size, y + 0.11, 0]
        )
        for part in (-0.3, 0.3)
    ])  # fmt: skip
    whole = VGroup(box, wheels)
    return whole.add_updater(lambda one: one.shift((edge() + side * size / 2 - one[0].get_x()) * RIGHT))


def velocity_arrow(edge, y, body, side, velocity, color, scale=1.0, longest=1.3):
    """The velocity of a cart, drawn above it."""
    middle = side * scale * size_of(body) / 2
    start = lambda: np.array([edge() + middle, y, 0])
    return always_redraw(lambda: arrow(start(), start() + longest * velocity() / FASTEST * RIGHT, color, 6))


def meters(value, unit):
    return number_text(value) + " " + unit


class Collide(Stage):
    def construct(self):
        clock, blend = ValueTracker(-1.0), ValueTracker(0.0)
        y, reach = 0.75, 4.4 / FASTEST
        speeds = (
            lambda: first_velocity + blend.get_value() * (FIRST_AFTER - first_velocity),
            lambda: second_velocity + blend.get_value() * (SECOND_AFTER - second_velocity),
        )
        edges = [lambda speed=speed: reach * speed() * clock.get_value() for speed in speeds]
        carts = VGroup(
            cart(edges[0], y, first_mass, FIRST_COLOR, -1), cart(edges[1], y, second_mass, SECOND_COLOR, 1)
        )
        top = y + 0.4 + 0.7 * max(size_of(first_mass), size_of(second_mass))
        pointers = [
            velocity_arrow(edges[0], top, first_mass, -1, speeds[0], FIRST_COLOR),
            velocity_arrow(edges[1], top, second_mass, 1, speeds[1], SECOND_COLOR),
        ]
        ground = Line([-6.6, y, 0], [6.6, y, 0], stroke_color=EDGE, stroke_width=4)
        keys = legend(
            [
                ("cart 1:  " + meters(first_mass, "kg") + ", " + meters(first_velocity, "m/s"), FIRST_COLOR),
                ("cart 2:  " + meters(second_mass, "kg") + ", " + meters(second_velocity, "m/s"), SECOND_COLOR),
            ],
            24,
        ).arrange(RIGHT, buff=0.8)  # fmt: skip
        fit(keys, zone(-6.6, 6.6, 2.45, 2.9), LEFT)
        self.heading("Two carts collide")
        self.say("Two carts on a smooth track. Momentum is mass times velocity, so it has a direction.")
        self.play(FadeIn(ground), FadeIn(carts), FadeIn(keys), run_time=0.9)
        share = [lambda: first_mass * speeds[0](), lambda: second_mass * speeds[1]()]
        ends = [0.0, MOMENTUM, first_mass * first_velocity, first_mass * FIRST_AFTER]
        low, high = min(ends), max(ends)
        unit = 6.6 / max(high - low, 1e-6)
        zero = -5.0 - unit * low
        rows = (-0.25, -1.15, -2.3)
        bars = [
            lambda: arrow([zero, rows[0], 0], [zero + unit * share[0](), rows[0], 0], FIRST_COLOR, 12),
            lambda: arrow(
                [zero + unit * share[0](), rows[1], 0], [zero + unit * (share[0]() + share[1]()), rows[1], 0],
                SECOND_COLOR, 12,
            ),
        ]  # fmt: skip
        moving = [always_redraw(each) for each in bars]
        total = arrow([zero, rows[2], 0], [zero + unit * MOMENTUM, rows[2], 0], TOTAL_COLOR, 12)
        names = VGroup(*[
            words(name, 26, color).move_to([-6.6, height, 0], aligned_edge=LEFT)
            for name, color, height in zip(("cart 1", "cart 2", "total"), (FIRST_COLOR, SECOND_COLOR, TOTAL_COLOR), rows, strict=True)
        ])  # fmt: skip
        origin = DashedLine([zero, 0.3, 0], [zero, -2.75, 0], color=CHALK3, stroke_width=2)
        numbers = VGroup()
        for name, value, color, height, size in (
            ("p₁", share[0], FIRST_COLOR, rows[0], 28),
            ("p₂", share[1], SECOND_COLOR, rows[1], 28),
            ("p", lambda: MOMENTUM, TOTAL_COLOR, rows[2], 32),
        ):
            row = readout(name, value, "kg m/s", DECIMALS, size, color)
            numbers.add(fit(row, zone(3.0, 6.6, height - 0.3, height + 0.3), LEFT))
        self.play(FadeIn(names), FadeIn(numbers), FadeIn(origin), *[FadeIn(each) for each in moving], run_time=0.8)
        self.add(*pointers)
        self.say("Put the two momenta tip to tail: together they make the total.")
        self.play(FadeIn(total, shift=0.3 * RIGHT), run_time=0.8)
        self.play(clock.animate.set_value(0.0), run_time=2.8, rate_func=linear)
        flash = Circle(radius=0.2, stroke_color=TOTAL_COLOR, stroke_width=5).move_to([0, y + 0.35, 0])
        self.play(blend.animate.set_value(1.0), flash.animate.scale(4).set_stroke(opacity=0), run_time=0.5)
        self.remove(flash)
        self.say(outcome() + " The total has not changed.")
        self.play(clock.animate.set_value(1.0), run_time=3.2, rate_func=linear)
        for moved in (*pointers, *moving, carts[0], carts[1]):
            moved.clear_updaters()
        self.say("Whatever the collision is like, the total momentum before equals the total after.")
        self.play(Create(highlight(VGroup(names[2], total, numbers[2]), TOTAL_COLOR, 0.16)), run_time=0.8)
        self.pause(1.0)


def outcome():
    """What became of the first cart."""
    if bounce == 0:
        return "They stick together and move as one."
    if first_velocity == 0:
        return "Cart 1 is pushed away."
    if abs(FIRST_AFTER) < 1e-9:
        return "Cart 1 stops dead and cart 2 takes it all."
    if FIRST_AFTER < 0 <= first_velocity:
        return "Cart 1 bounces back."
    return "Cart 1 goes on, but slower." if FIRST_AFTER < first_velocity else "Cart 1 goes on."


def coil(left, right, y):
    """A bumper spring between the carts."""
    part = np.linspace(0, 1, 97)
    up = 0.2 * np.sin(12 * PI * part)
    return np.stack([left + (right - left) * part, y + up, 0 * part], axis=1)


def area_up_to(axes, sign, clock, color):
    """The area between a force curve and the time axis, up to the time of the clock."""
    times = np.linspace(0, clamp(clock.get_value(), 1e-3, CONTACT), 40)
    points = [axes.c2p(t, sign * force_at(t)) for t in times]
    shape = VMobject(stroke_width=0, fill_color=color, fill_opacity=0.45)
    return shape.set_points_as_corners([axes.c2p(0, 0), *points, axes.c2p(times[-1], 0), axes.c2p(0, 0)])


class TheContact(Stage):
    def construct(self):
        clock = ValueTracker(0.0)
        now = clock.get_value
        squeeze = lambda: 0.5 * (
            math.sin(PI * now() / CONTACT)
            if now() < CONTACT / 2
            else 1 - bounce * (1 - math.sin(PI * min(now() / CONTACT, 1.0)))
        )
        y, middle, gap = 1.15, -2.15, 1.3
        edges = [lambda: middle - gap / 2 + squeeze() / 2, lambda: middle + gap / 2 - squeeze() / 2]
        carts = VGroup(
            cart(edges[0], y, first_mass, FIRST_COLOR, -1, 1.1), cart(edges[1], y, second_mass, SECOND_COLOR, 1, 1.1)
        )
        spring = VMobject(stroke_color=CHALK2, stroke_width=4)
        spring.add_updater(lambda line: line.set_points_as_corners(coil(edges[0](), edges[1](), y + 0.35)))
        spring.update()
        ground = Line([-6.6, y, 0], [2.3, y, 0], stroke_color=EDGE, stroke_width=4)
        peak = force_at(CONTACT / 2)
        long = lambda: 1.5 * force_at(now()) / peak
        height = y + 0.3 + 0.77 * max(size_of(first_mass), size_of(second_mass))
        pushes = [
            always_redraw(lambda: arrow([edges[0](), height, 0], [edges[0]() - long(), height, 0], FORCE_COLOR, 7)),
            always_redraw(lambda: arrow([edges[1](), height, 0], [edges[1]() + long(), height, 0], FORCE_COLOR, 7)),
        ]
        axes = graph(
            (0, CONTACT), nice_range([-1.05 * peak, 1.05 * peak]), zone(-6.6, 2.3, -2.85, 0.75),
            "time in milliseconds", "force in N",
        )  # fmt: skip
        areas = [
            always_redraw(lambda: area_up_to(axes, 1, clock, SECOND_COLOR)),
            always_redraw(lambda: area_up_to(axes, -1, clock, FIRST_COLOR)),
        ]
        curves = VGroup(
            plot(axes, force_at, SECOND_COLOR, samples=80), plot(axes, lambda t: -force_at(t), FIRST_COLOR, samples=80)
        )
        zero_line = Line(axes.c2p(0, 0), axes.c2p(CONTACT, 0), stroke_color=CHALK3, stroke_width=2.5)
        speeds = stack(
            readout("v₁", lambda: first_velocity - PUSH * handed_over(now()) / first_mass, "m/s", 2, 32, FIRST_COLOR),
            readout("v₂", lambda: second_velocity + PUSH * handed_over(now()) / second_mass, "m/s", 2, 32, SECOND_COLOR),
            area=zone(2.9, 6.6, 1.2, 2.6),
        )
        self.heading("What happens during the contact?")
        self.say("In slow motion: a springy bumper between the carts is squeezed for 20 milliseconds.")
        self.play(FadeIn(ground), FadeIn(carts), FadeIn(spring), FadeIn(axes), FadeIn(zero_line), run_time=0.9)
        self.play(FadeIn(speeds), run_time=0.5)
        self.add(*areas, *pushes)
        self.say("Each pushes the other: at every moment equally hard, in opposite directions.")
        self.play(
            clock.animate.set_value(CONTACT), Create(curves[0]), Create(curves[1]), run_time=5.2, rate_func=linear
        )
        for moved in (*areas, *pushes, spring, carts[0], carts[1]):
            moved.clear_updaters()
        names = VGroup(
            words("on cart 2:  +" + number_text(PUSH) + " N s", 30, SECOND_COLOR),
            words("on cart 1:  " + MINUS + number_text(PUSH) + " N s", 30, FIRST_COLOR),
            words("together:  0", 34, TOTAL_COLOR),
        )
        title = words("area = force × time", 26, CHALK2)
        stack(title, *names, area=zone(2.9, 6.6, -2.6, 0.6), buff=0.36)
        self.say("The area under the force is the change of momentum: what one loses, the other gains.")
        self.play(FadeIn(title), FadeIn(names[:2], shift=0.2 * UP), run_time=0.9)
        self.say("So the carts cannot change their total. Only a force from outside could.")
        self.play(FadeIn(names[2], shift=0.2 * UP), run_time=0.6)
        self.play(Create(highlight(names[2], TOTAL_COLOR, 0.15)), run_time=0.5)
        self.pause(1.0)


def lanes():
    """Bounciness and name of the three collisions that are compared."""
    part = bounce if 0.05 <= bounce <= 0.95 else 0.5
    return [(1.0, "elastic"), (part, "partly elastic"), (0.0, "perfectly inelastic")]


class EnergyIsDifferent(Stage):
    def construct(self):
        clock = ValueTracker(-1.0)
        heights = (1.25, -0.6, -2.45)
        results = [after(e) for e, _name in lanes()]
        fastest = max([abs(v) for pair in [*results, (first_velocity, second_velocity)] for v in pair])
        reach, middle = 2.9 / fastest, -2.7
        carts, notes, frames, fills, texts = VGroup(), VGroup(), VGroup(), VGroup(), VGroup()
        for (e, name), (first, second), y in zip(lanes(), results, heights, strict=True):
            early = lambda before, late: middle + reach * clock.get_value() * (before if clock.get_value() < 0 else late)
            carts.add(
                cart(lambda late=first, early=early: early(first_velocity, late), y, first_mass, FIRST_COLOR, -1, 0.75),
                cart(lambda late=second, early=early: early(second_velocity, late), y, second_mass, SECOND_COLOR, 1, 0.75),
            )
            label = words("e = " + number_text(e) + "   " + name, 26, CHALK2)
            notes.add(label.move_to([-6.6, y + 1.25, 0], aligned_edge=LEFT))
            frame = Rectangle(width=3.7, height=0.42, stroke_color=CHALK3, stroke_width=2.5)
            frames.add(frame.move_to([2.9, y + 0.2, 0], aligned_edge=LEFT))
            kept = kinetic(first, second) / ENERGY
            left = lambda kept=kept: 1.0 if clock.get_value() < 0 else kept + (1 - kept) * max(0, 1 - 6 * clock.get_value())
            fill = Rectangle(width=3.7, height=0.42, stroke_width=0, fill_color=ENERGY_COLOR, fill_opacity=0.85)
            fill.move_to(frame.get_left(), aligned_edge=LEFT)
            fill.add_updater(
                lambda box, left=left, frame=frame: box.stretch_to_fit_width(max(3.7 * left(), 1e-3)).move_to(
                    frame.get_left(), aligned_edge=LEFT
                )
            )
            fills.add(fill)
            told = words("energy kept: " + number_text(100 * kept, None, 3) + " %", 26, ENERGY_COLOR)
            momentum = words("p = " + number_text(MOMENTUM) + " kg m/s", 26, TOTAL_COLOR)
            texts.add(
                VGroup(
                    told.move_to([2.9, y + 0.7, 0], aligned_edge=LEFT),
                    momentum.move_to([2.9, y + 1.2, 0], aligned_edge=LEFT),
                )
            )
        grounds = VGroup(*[Line([-6.6, y, 0], [2.2, y, 0], stroke_color=EDGE, stroke_width=4) for y in heights])
        self.heading("Momentum stays. And the energy?")
        self.say("The same start three times: they bounce well, a little, or stick together.")
        self.play(FadeIn(grounds), FadeIn(carts), FadeIn(notes), run_time=0.9)
        self.say("The bars show the energy of motion, " + number_text(ENERGY) + " J before each collision.")
        self.play(FadeIn(frames), FadeIn(fills), run_time=0.8)
        self.play(clock.animate.set_value(0.0), run_time=2.2, rate_func=linear)
        self.say("e compares the speed at which they part with the speed at which they met.")
        self.play(clock.animate.set_value(1.0), run_time=4.5, rate_func=linear)
        for each in (*carts, *fills):
            each.clear_updaters()
        self.say("The momentum is the same in all three.")
        self.play(LaggedStart(*[FadeIn(text[1], shift=0.2 * UP) for text in texts], lag_ratio=0.3), run_time=1.2)
        self.say("The energy of motion is kept only if elastic: else a part becomes heat, sound and dents.")
        self.play(LaggedStart(*[FadeIn(text[0], shift=0.2 * UP) for text in texts], lag_ratio=0.3), run_time=1.2)
        self.pause(1.0)

from manim import *
from theorama_kit import *

mass = knob(0.5, label="Mass", unit="kg", minimum=0.1, maximum=5.0, step=0.1)
stiffness = knob(20.0, label="Stiffness of the spring", unit="N/m", minimum=5.0, maximum=200.0, step=1.0)
amplitude = knob(0.1, label="Pulled aside by", unit="m", minimum=0.02, maximum=0.5, step=0.01)
loss = knob(
    0.0,
    label="Energy lost to friction in each cycle",
    unit="%",
    minimum=0.0,
    maximum=60.0,
    step=1.0,
    help="0 is a perfect spring on a perfect track.",
)

SPRING_COLOR = SKY  # energy stored in the spring
MOTION_COLOR = MINT  # energy of motion, and the velocity
FORCE_COLOR = CORAL
HEAT_COLOR = LILAC
TOTAL_COLOR = YELLOW

NATURAL = math.sqrt(stiffness / mass)  # angular frequency without damping, in 1/s
RATIO = -math.log(1 - loss / 100) / (4 * PI)  # damping rate over angular frequency: it loses `loss` in a cycle
RATE = NATURAL * RATIO / math.sqrt(1 + RATIO**2)  # damping rate, in 1/s
ANGULAR = math.sqrt(NATURAL**2 - RATE**2)
PERIOD = math.tau / ANGULAR
START = 0.5 * stiffness * amplitude**2  # energy put in, in joules
DAMPED = loss > 0


def motion(time):
    """Displacement in m and velocity in m/s after release from rest: the exact solution of m x'' = -k x - b x'."""
    fade, turn = amplitude * math.exp(-RATE * time), ANGULAR * time
    return (
        fade * (math.cos(turn) + RATE / ANGULAR * math.sin(turn)),
        -fade * NATURAL**2 / ANGULAR * math.sin(turn),
    )


def energies(time):
    """Energy in the spring, energy of motion and energy turned into heat, in joules."""
    x, v = motion(time)
    stored, moving = 0.5 * stiffness * x**2, 0.5 * mass * v**2
    return stored, moving, max(START - stored - moving, 0.0)


def top_speed():
    """The greatest speed, in m/s: in the first quarter of the motion."""
    return max([abs(motion(PERIOD / 2 * i / 2000)[1]) for i in range(2001)])


def places(size):
    """Decimals that show about three digits of a value of this size."""
    return int(clamp(2 - math.floor(math.log10(size)), 0, 5))


# --- the picture: a block on a track, held by a spring ----------------------------------------------
REACH = 1.7  # drawn length of the amplitude
HALF = 0.36  # half the width of the block


def coil(left, right, y):
    """The points of a spring between two places: straight ends and eleven turns."""
    part = np.linspace(0, 1, 177)
    turning = np.clip((part - 0.06) / 0.88, 0, 1)
    up = 0.22 * np.sin(22 * PI * turning)
    return np.stack([left + (right - left) * part, y + up, 0 * part], axis=1)


def wagon(wall, middle, y, place, reach=REACH, color=CHALK2, size=HALF):
    """Wall, track, spring and block. `place` gives the displacement in metres; `middle` is where it is zero."""
    at = lambda: middle + reach * place() / amplitude
    spring = VMobject(stroke_color=SPRING_COLOR, stroke_width=4)
    spring.add_updater(lambda line: line.set_points_as_corners(coil(wall, at() - size, y)))
    block = RoundedRectangle(
        corner_radius=0.08, width=2 * size, height=2 * size, fill_color=color, fill_opacity=1, stroke_width=0
    )
    block.add_updater(lambda box: box.move_to([at(), y, 0]))
    ground = Line([wall, y - size - 0.04, 0], [middle + 2.25 * reach, y - size - 0.04, 0], stroke_color=EDGE)
    post = Line([wall, y - size - 0.04, 0], [wall, y + size + 0.1, 0], stroke_color=EDGE, stroke_width=8)
    still = DashedLine(
        [middle, y - size - 0.04, 0], [middle, y + size + 0.28, 0], color=CHALK3, stroke_width=2, dash_length=0.08
    )
    spring.update()
    block.update()
    return VGroup(ground, post, still, spring, block)


def arrows(middle, y, now):
    """The force of the spring (left of or right of the block) and the velocity above it, drawn to scale."""
    place = lambda: np.array([middle + REACH * now()[0] / amplitude, y, 0])
    force = always_redraw(
        lambda: arrow(place() + 0.55 * UP, place() + 0.55 * UP - 1.3 * now()[0] / amplitude * RIGHT, FORCE_COLOR, 6)
    )
    fastest = amplitude * NATURAL
    speed = always_redraw(
        lambda: arrow(place() + 0.85 * UP, place() + 0.85 * UP + 1.3 * now()[1] / fastest * RIGHT, MOTION_COLOR, 6)
    )
    return force, speed


def grown(axes, function, color, clock, end):
    """A curve that is drawn up to the time of the clock."""
    times = np.linspace(0, end, 361)
    whole = polyline(axes, times, [function(float(t)) for t in times], color)
    part = VMobject(stroke_color=color, stroke_width=4)
    return part.add_updater(lambda curve: curve.set_points(whole.points[: 4 * int(360 * clock.get_value() / end)]))


def pace(cycles):
    """Seconds of film for so many cycles: the true time where that can be followed."""
    return clamp(cycles * PERIOD, 2.6 * cycles, 3.0 * cycles)


class BackAndForth(Stage):
    def construct(self):
        shown = 2.2 * PERIOD
        clock, pull = ValueTracker(0.0), ValueTracker(0.0)
        now = lambda: tuple(pull.get_value() * part for part in motion(clock.get_value()))
        middle, y = -1.5, 1.15
        cart = wagon(-6.5, middle, y, lambda: now()[0])
        force, speed = arrows(middle, y, now)
        span = nice_range([-amplitude, amplitude])
        axes = graph((0, shown), span, zone(-6.6, 2.3, -2.85, 0.45), "time t in seconds", "displacement x in metres")
        self.heading("A mass on a spring")
        self.say("A block on a track is held by a spring. The dashed line is where it rests.")
        self.play(FadeIn(cart), FadeIn(axes), run_time=0.8)
        pulled = number_text(amplitude) + " m"
        self.say("Pull it " + pulled + " aside. The spring pulls back, towards the middle.")
        keys = legend([("force of the spring", FORCE_COLOR), ("velocity", MOTION_COLOR)], 26)
        fit(keys, zone(2.9, 6.6, 1.6, 2.7), UL)
        self.play(FadeIn(keys), run_time=0.5)
        self.add(force, speed)
        self.play(pull.animate.set_value(1.0), run_time=1.8)
        trace = grown(axes, lambda t: motion(t)[0], CHALK, clock, shown)
        point = Dot(radius=0.09, color=CHALK)
        point.add_updater(lambda dot: dot.move_to(axes.c2p(clock.get_value(), now()[0])))
        numbers = stack(
            readout("x", lambda: now()[0], "m", places(amplitude), 32, CHALK),
            readout("v", lambda: now()[1], "m/s", places(amplitude * NATURAL), 32, MOTION_COLOR),
            area=zone(2.9, 6.6, 0.1, 1.4),
        )
        self.play(FadeIn(numbers), FadeIn(point), run_time=0.6)
        self.add(trace)
        self.say("Let go. In the middle the force is zero, yet there it is fastest.")
        self.play(clock.animate.set_value(PERIOD), run_time=pace(1.7), rate_func=linear)
        self.say(
            "The swing repeats, each a little smaller: a damped oscillation."
            if DAMPED
            else "The displacement is a cosine of the time: simple harmonic motion."
        )
        self.play(clock.animate.set_value(shown), run_time=pace(1.2) - 0.5, rate_func=linear)
        for moved in (force, speed, trace, point, cart[3], cart[4]):
            moved.clear_updaters()
        tops = [axes.c2p(0, motion(0)[0]), axes.c2p(PERIOD, motion(PERIOD)[0])]
        marks = VGroup(
            *[DashedLine([top[0], axes.c2p(0, span[0])[1], 0], top, color=TOTAL_COLOR, stroke_width=2.5) for top in tops],
            DoubleArrow(
                axes.c2p(0, 0.86 * span[0]), axes.c2p(PERIOD, 0.86 * span[0]), buff=0, color=TOTAL_COLOR,
                stroke_width=3, tip_length=0.16,
            ),
        )
        sign = r"\approx" if DAMPED else "="
        law = VGroup(
            words("one full cycle takes", 26, CHALK2),
            formula(r"T " + sign + r" 2\pi\sqrt{\frac{m}{k}}", 46, colors={"T": TOTAL_COLOR}),
            words("T = " + number_text(PERIOD) + " s", 40, TOTAL_COLOR),
        )
        stack(*law, area=zone(2.9, 6.6, -2.6, -0.2), buff=0.25)
        self.say("From peak to peak is one period, set by mass and stiffness alone.")
        self.play(Create(marks), FadeIn(law, shift=0.2 * UP), run_time=1.2)
        self.pause(1.0)


def bar(clock, x, bottom, height):
    """One column, as high as all the energy; its parts change with the time of the clock."""
    column = VGroup()
    for which, color in enumerate((SPRING_COLOR, MOTION_COLOR, HEAT_COLOR)):
        part = Rectangle(width=0.8, height=0.01, stroke_width=0, fill_color=color, fill_opacity=0.9)

        def settle(box, which=which):
            found = energies(clock.get_value())
            low = bottom + height * sum(found[:which]) / START
            box.stretch_to_fit_height(max(height * found[which] / START, 1e-3)).move_to([x, low, 0], aligned_edge=DOWN)

        settle(part)
        column.add(part.add_updater(settle))
    frame = Rectangle(width=0.8, height=height, stroke_color=TOTAL_COLOR, stroke_width=3)
    return column.add(frame.move_to([x, bottom, 0], aligned_edge=DOWN))


class TwoEnergies(Stage):
    def construct(self):
        shown = 2.0 * PERIOD
        clock = ValueTracker(0.0)
        now = lambda: motion(clock.get_value())
        cart = wagon(-6.5, -0.4, 2.05, lambda: now()[0])
        speed = arrows(-0.4, 1.9, now)[1]
        column = bar(clock, -6.1, -2.75, 3.1)
        part = lambda which: lambda: energies(clock.get_value())[which]
        decimals = places(START)
        rows = [
            readout("spring", part(0), "J", decimals, 26, SPRING_COLOR),
            readout("motion", part(1), "J", decimals, 26, MOTION_COLOR),
        ]
        if DAMPED:
            rows.append(readout("heat", part(2), "J", decimals, 26, HEAT_COLOR))
        rows.append(words("total = " + number_text(START, decimals) + " J", 28, TOTAL_COLOR))
        stack(*rows, area=zone(-5.45, -2.7, -2.6, 0.35), buff=0.32)
        top = nice_range([1.06 * START], zero=True)
        axes = graph((0, shown), top, zone(-2.4, 6.6, -2.85, 1.1), "time t in seconds", "energy in joules")
        level = DashedLine(axes.c2p(0, START), axes.c2p(shown, START), color=TOTAL_COLOR, stroke_width=3)
        curves = [
            grown(axes, lambda t, which=which: energies(t)[which], color, clock, shown)
            for which, color in enumerate((SPRING_COLOR, MOTION_COLOR, HEAT_COLOR)[: 3 if DAMPED else 2])
        ]
        self.heading("Where is the energy?")
        self.say("Stretching took work. Before release all of that energy sits in the spring.")
        self.play(FadeIn(cart), FadeIn(column), run_time=0.8)
        self.play(FadeIn(axes), Create(level), *[FadeIn(row) for row in rows], run_time=0.9)
        self.add(speed, *curves)
        self.say("Let go: the spring's energy becomes energy of motion.")
        self.play(clock.animate.set_value(PERIOD / 4), run_time=3.0, rate_func=linear)
        self.say(
            "In the middle the spring holds nothing: what is left is all in the motion."
            if DAMPED
            else "In the middle the spring is relaxed: all is in the motion."
        )
        self.pause(0.1)
        self.say("Then the block squeezes the spring, and the energy goes back.")
        self.play(clock.animate.set_value(PERIOD / 2), run_time=3.0, rate_func=linear)
        self.say(
            f"Friction turns {number_text(loss)} % into heat in every cycle, yet the sum stays the same."
            if DAMPED
            else "Twice in each cycle they change places, and their sum never changes."
        )
        self.play(clock.animate.set_value(shown), run_time=pace(1.6), rate_func=linear)
        for moved in (speed, *curves):
            moved.clear_updaters()
        self.play(Create(highlight(rows[-1], TOTAL_COLOR, 0.14)), run_time=0.6)
        self.pause(1.0)


def first_time_at(x):
    """The first time at which the block is at x on its way from the start to the middle, by halving."""
    low, high = 0.0, PERIOD / 2
    for _halving in range(60):
        half = (low + high) / 2
        low, high = (half, high) if motion(half)[0] > x else (low, half)
    return low


class EnergyValley(Stage):
    def construct(self):
        clock = ValueTracker(0.0)
        now = lambda: motion(clock.get_value())
        energy = lambda x: 0.5 * stiffness * x**2
        span = 1.25 * amplitude
        axes = graph(
            (-span, span), nice_range([1.1 * START], zero=True), zone(-6.6, 2.3, -1.5, 2.75),
            "displacement x in metres", "energy in joules",
        )  # fmt: skip
        middle = axes.c2p(0, 0)[0]
        reach = axes.c2p(amplitude, 0)[0] - middle
        cart = wagon(-6.5, middle, -2.2, lambda: now()[0], reach, size=0.26)
        cart[0].put_start_and_end_on([-6.5, -2.5, 0], [2.3, -2.5, 0])
        valley = plot(axes, energy, SPRING_COLOR, (-1.02 * amplitude, 1.02 * amplitude))
        spot = lambda: axes.c2p(now()[0], energy(now()[0]))
        top = lambda: axes.c2p(now()[0], sum(energies(clock.get_value())[:2]))
        stored = always_redraw(lambda: Line(axes.c2p(now()[0], 0), spot(), stroke_color=SPRING_COLOR, stroke_width=9))
        moving = always_redraw(lambda: Line(spot(), top(), stroke_color=MOTION_COLOR, stroke_width=9))
        ball = always_redraw(lambda: Dot(spot(), radius=0.1, color=CHALK))
        level = always_redraw(
            lambda: DashedLine(
                [axes.c2p(-amplitude, 0)[0], top()[1], 0], [axes.c2p(amplitude, 0)[0], top()[1], 0],
                color=TOTAL_COLOR, stroke_width=3,
            )  # fmt: skip
        )
        laws = VGroup(
            formula(r"E_{\text{spring}} = \tfrac{1}{2} k x^2", 40, SPRING_COLOR),
            formula(r"E_{\text{motion}} = \tfrac{1}{2} m v^2", 40, MOTION_COLOR),
        )
        stack(*laws, area=zone(2.9, 6.6, 1.1, 2.7), buff=0.35)
        self.heading("A valley of energy")
        self.say("Draw the spring's energy against the place: it is a parabola.")
        self.play(FadeIn(axes), FadeIn(cart), run_time=0.8)
        self.play(Create(valley), FadeIn(laws[0]), run_time=1.4)
        self.say("The gap up to the total is the energy of motion: widest in the middle.")
        self.play(FadeIn(level), FadeIn(stored), FadeIn(moving), FadeIn(ball), FadeIn(laws[1]), run_time=0.7)
        self.play(clock.animate.set_value(PERIOD), run_time=clamp(PERIOD, 4.4, 4.7), rate_func=linear)
        half = first_time_at(amplitude / 2)
        self.say("Stop half-way to the middle. Is half of the energy still in the spring?")
        self.play(FadeOut(stored), FadeOut(moving), FadeOut(ball), FadeOut(level), run_time=0.3)
        clock.set_value(0.0)
        self.play(FadeIn(stored), FadeIn(moving), FadeIn(ball), FadeIn(level), run_time=0.3)
        self.play(clock.animate.set_value(half), run_time=2.0, rate_func=linear)
        for moved in (stored, moving, ball, level):
            moved.clear_updaters()
        found = energies(half)
        rows = VGroup(
            words("at half the stretch, " + number_text(amplitude / 2) + " m:", 26, CHALK2),
            words("spring  " + share(found[0]), 34, SPRING_COLOR),
            words("motion  " + share(found[1]), 34, MOTION_COLOR),
        )
        if DAMPED:
            rows.add(words("heat  " + share(found[2]), 34, HEAT_COLOR))
        stack(*rows, area=zone(2.9, 6.6, -2.6, 0.6), buff=0.28)
        self.say("No: half the stretch means only a quarter of the energy, because x is squared.")
        self.play(FadeIn(rows, shift=0.2 * UP), run_time=0.9)
        self.pause(1.0)


def share(energy):
    """A part of all the energy, in per cent."""
    return number_text(100 * energy / START, None, 3) + " %"


class TwiceAsFar(Stage):
    def construct(self):
        clock = ValueTracker(0.0)
        now = lambda: motion(clock.get_value())[0]
        middle, reach = 0.0, 1.9
        near = wagon(-6.5, middle, 1.55, now, reach, CHALK2, 0.33)
        far = wagon(-6.5, middle, -0.35, lambda: 2 * now(), reach, CHALK2, 0.33)
        names = VGroup(
            words("pulled " + number_text(amplitude) + " m", 26, CHALK2).move_to([-6.4, 2.45, 0], aligned_edge=LEFT),
            words("pulled " + number_text(2 * amplitude) + " m", 26, CHALK2).move_to([-6.4, 0.55, 0], aligned_edge=LEFT),
        )
        longest = amplitude * NATURAL / 0.65  # a speed that is drawn 1 long
        speeds = [
            always_redraw(
                lambda y=y, factor=factor: arrow(
                    [reach * factor * now() / amplitude, y + 0.52, 0],
                    [reach * factor * now() / amplitude + factor * motion(clock.get_value())[1] / longest, y + 0.52, 0],
                    MOTION_COLOR, 6,
                )
            )
            for y, factor in ((1.55, 1), (-0.35, 2))
        ]  # fmt: skip
        fast, lasts = top_speed(), number_text(PERIOD) + " s"
        rows = [
            [number_text(amplitude) + " m", lasts, number_text(fast) + " m/s", number_text(START) + " J"],
            [number_text(2 * amplitude) + " m", lasts, number_text(2 * fast) + " m/s", number_text(4 * START) + " J"],
            ["× 2", "same", "× 2", "× 4"],
        ]
        sheet = table(
            ["pulled", "period", "top speed", "energy"], rows, [CHALK2, TOTAL_COLOR, MOTION_COLOR, SPRING_COLOR], 28, 0.55, 0.75
        )  # fmt: skip
        fit(sheet, zone(-6.5, 1.9, -2.85, -1.0), LEFT)
        for cell in sheet[0]:
            cell.align_to(sheet[0], DOWN)
        for cell in sheet[-1]:
            cell.set_color(TOTAL_COLOR)
        column = lambda place: VGroup(*[row[place] for row in sheet[2:]])
        self.heading("Pull it twice as far")
        self.say("One is pulled twice as far. Which block is back first?")
        self.play(FadeIn(near), FadeIn(far), FadeIn(names), run_time=0.8)
        self.play(FadeIn(sheet[:2]), FadeIn(column(0)), run_time=0.7)
        self.pause(0.1)
        self.add(*speeds)
        self.say("Neither: both keep time. The longer way is covered at twice the speed.")
        self.play(clock.animate.set_value(2 * PERIOD), run_time=pace(2.0), rate_func=linear)
        self.play(FadeIn(column(1)), FadeIn(column(2)), run_time=0.7)
        for moved in speeds:
            moved.clear_updaters()
        law = formula(r"E = \tfrac{1}{2} k A^2", 60, colors={"E": SPRING_COLOR})
        fit(law, zone(2.9, 6.6, -2.5, -1.2))
        self.say("Twice as far, four times the energy: it goes with the amplitude squared.")
        self.play(FadeIn(column(3), shift=0.2 * UP), run_time=0.8)
        self.play(Write(law), run_time=1.0)
        self.play(Create(highlight(law, TOTAL_COLOR, 0.2)), run_time=0.5)
        self.pause(1.0)

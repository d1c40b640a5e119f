from manim import *
from theorama_kit import *

left_mass = knob(40.0, label="Mass on the left", unit="kg", minimum=5.0, maximum=80.0, step=1.0)
left_distance = knob(1.0, label="Left distance from the pivot", unit="m", minimum=0.5, maximum=2.0, step=0.1)
right_mass = knob(25.0, label="Mass on the right", unit="kg", minimum=5.0, maximum=80.0, step=1.0)
right_distance = knob(2.0, label="Right distance from the pivot", unit="m", minimum=0.5, maximum=2.5, step=0.1)
gravity = knob(9.81, label="Gravity", unit="m/s²", minimum=1.6, maximum=25.0, step=0.01, help="1.62 on the Moon.")

LEFT_COLOR = SKY
RIGHT_COLOR = MINT
FORCE_COLOR = CORAL
ARM_COLOR = YELLOW
HALF = 2.5  # metres from the pivot to each end of the plank
THICK = 0.16  # drawn thickness of the plank


def moment(mass, distance):
    """The moment of a weight about the pivot, in newton metres: force times distance."""
    return mass * gravity * distance


LEFT_MOMENT = moment(left_mass, left_distance)
RIGHT_MOMENT = moment(right_mass, right_distance)
BALANCE = left_mass * left_distance / right_mass  # where the right mass balances the left one, in metres
REACHABLE = BALANCE <= HALF + 1e-9


def balancing_mass(distance):
    """The mass that balances the left one from a distance on the right, in kilograms."""
    return left_mass * left_distance / distance


def winner(left, right):
    """Which side goes down: 1 for the left (anticlockwise), -1 for the right, 0 for neither."""
    return 0 if abs(left - right) < 1e-6 * max(left, right) else (1 if left > right else -1)


# --- the picture ------------------------------------------------------------------------------------
def tilt_on_ground(unit, height):
    """The angle at which an end of the plank lies on the ground."""
    return math.asin(clamp(height / (unit * HALF), 0, 0.5))


def at(pivot, unit, tilt, distance, above=0.0):
    """A point of the plank at a distance from the pivot (right is positive), or above it."""
    along, up = np.array([math.cos(tilt), math.sin(tilt), 0]), np.array([-math.sin(tilt), math.cos(tilt), 0])
    return np.array(pivot) + unit * distance * along + above * up


def support(pivot, height, width):
    """The ground and the pivot."""
    top, foot = np.array(pivot) - (THICK / 2) * UP, np.array(pivot) - height * UP
    wedge = Polygon(top, foot + 0.42 * LEFT, foot + 0.42 * RIGHT, stroke_width=0, fill_color=EDGE, fill_opacity=1)
    ground = Line(foot + width / 2 * LEFT, foot + width / 2 * RIGHT, stroke_color=CHALK3, stroke_width=3)
    return VGroup(ground, wedge)


def plank(pivot, unit, tilt):
    """The plank with a mark at each half metre."""
    board = Rectangle(width=2 * HALF * unit, height=THICK, stroke_width=0, fill_color=CHALK2, fill_opacity=1)
    marks = VGroup(
        *[
            Line([unit * k / 2, -THICK / 2, 0], [unit * k / 2, THICK / 2, 0], stroke_color=STAGE, stroke_width=2.5)
            for k in range(-4, 5)
        ]
    )
    return VGroup(board, marks).rotate(tilt, about_point=ORIGIN).shift(pivot)


def side_of(mass):
    """The drawn side of a crate: its volume grows with its mass."""
    return clamp(0.19 * mass ** (1 / 3), 0.3, 1.05)


def crate(pivot, unit, tilt, distance, mass, color):
    side = side_of(mass)
    box = RoundedRectangle(corner_radius=0.06, width=side, height=side, stroke_width=0, fill_color=color)
    return box.set_fill(color, 1).rotate(tilt).move_to(at(pivot, unit, tilt, distance, side / 2 + THICK / 2))


def weight_arrow(pivot, unit, tilt, distance, mass, newton):
    """The weight, drawn from the point where it presses on the plank straight down."""
    start = at(pivot, unit, tilt, distance)
    return arrow(start, start + mass * newton * DOWN, FORCE_COLOR, 6)


def arm(pivot, unit, tilt, distance):
    """The distance from the pivot, drawn along the plank."""
    return Line(pivot, at(pivot, unit, tilt, distance), stroke_color=ARM_COLOR, stroke_width=7)


def follow(label, pivot, unit, tilt, distance, mass):
    """Keep a label above its crate."""
    middle = lambda: at(pivot, unit, tilt(), distance(), side_of(mass()) / 2 + THICK / 2)
    place = lambda: middle() + (0.61 * side_of(mass()) + 0.22) * UP
    label.move_to(place()).set_z_index(-1)  # a tilted plank lies in front of its labels
    return label.add_updater(lambda text: text.move_to(place()))


def newton_metres(value):
    return number_text(value) + " N m"


def turning(t):
    """A steady moment turns the plank faster and faster: the angle grows with the square of time."""
    return t * t


PIVOT_1, UNIT_1, HEIGHT_1 = np.array([0.0, -0.85, 0.0]), 2.2, 1.0
BARS = 4.6 / max(LEFT_MOMENT, RIGHT_MOMENT)  # drawn length of a newton metre in the bars at the top


def moment_note(side, mass, distance, color):
    """A side's moment in words and numbers, and its bar."""
    value = moment(mass, distance)
    turn = "anticlockwise" if side < 0 else "clockwise"
    factors = VGroup(
        on_baseline(number_text(mass * gravity) + " N", 28, FORCE_COLOR),
        on_baseline("×", 28, CHALK2),
        on_baseline(number_text(distance) + " m", 28, ARM_COLOR),
    )
    factors[1].next_to(factors[0], RIGHT, buff=0.15, coor_mask=[1, 0, 0])
    factors[2].next_to(factors[1], RIGHT, buff=0.15, coor_mask=[1, 0, 0])
    text = VGroup(
        factors,
        words(f"= {newton_metres(value)} {turn}", 30, color),
    ).arrange(DOWN, buff=0.14, aligned_edge=LEFT if side > 0 else RIGHT)
    area = zone(-6.4, -0.45, 1.85, 2.7) if side < 0 else zone(0.45, 6.4, 1.85, 2.7)
    fit(text, area, UL if side > 0 else UR)
    bar = Line([0, 1.6, 0], [side * BARS * value, 1.6, 0], stroke_color=color, stroke_width=14)
    return VGroup(text, bar)


class WhichSideGoesDown(Stage):
    def construct(self):
        tilt = ValueTracker(0.0)
        now = tilt.get_value
        most = tilt_on_ground(UNIT_1, HEIGHT_1)
        newton = 0.9 / max(left_mass, right_mass)
        place = (PIVOT_1, UNIT_1)
        self.heading("A seesaw: which side goes down?")
        self.say("A plank rests on a pivot at its middle. Its own weight acts there and turns it neither way.")
        board = always_redraw(lambda: plank(*place, now()))
        self.play(FadeIn(support(PIVOT_1, HEIGHT_1, 13)), FadeIn(board), run_time=0.8)
        self.say(f"A load of {number_text(left_mass)} kg is put down {number_text(left_distance)} m left of the pivot.")
        first = always_redraw(lambda: crate(*place, now(), -left_distance, left_mass, LEFT_COLOR))
        first_label = words(number_text(left_mass) + " kg", 26, LEFT_COLOR)
        follow(first_label, *place, now, lambda: -left_distance, lambda: left_mass)
        self.play(FadeIn(first, shift=0.5 * DOWN), FadeIn(first_label, shift=0.5 * DOWN), run_time=0.8)
        first_arrow = always_redraw(lambda: weight_arrow(*place, now(), -left_distance, left_mass, newton))
        first_arm = always_redraw(lambda: arm(*place, now(), -left_distance))
        self.add(first_arm, first_arrow)
        self.play(tilt.animate.set_value(most), run_time=1.6, rate_func=turning)
        self.say("How strongly does it turn the plank? Multiply its weight by its distance: the moment.")
        first_note = moment_note(-1, left_mass, left_distance, LEFT_COLOR)
        self.play(FadeIn(first_note[0], shift=0.2 * UP), Create(first_note[1]), run_time=1.0)
        self.say(f"On the right we put {number_text(right_mass)} kg, {number_text(right_distance)} m from the pivot.")
        second = always_redraw(lambda: crate(*place, now(), right_distance, right_mass, RIGHT_COLOR))
        second_label = words(number_text(right_mass) + " kg", 26, RIGHT_COLOR)
        follow(second_label, *place, now, lambda: right_distance, lambda: right_mass)
        second_arrow = always_redraw(lambda: weight_arrow(*place, now(), right_distance, right_mass, newton))
        second_arm = always_redraw(lambda: arm(*place, now(), right_distance))
        self.play(FadeIn(second, shift=0.5 * DOWN), FadeIn(second_label, shift=0.5 * DOWN), run_time=0.8)
        self.add(second_arm, second_arrow)
        second_note = moment_note(1, right_mass, right_distance, RIGHT_COLOR)
        self.play(FadeIn(second_note[0], shift=0.2 * UP), Create(second_note[1]), run_time=1.0)
        side = winner(LEFT_MOMENT, RIGHT_MOMENT)
        self.say(verdict(side))
        if side <= 0:
            self.play(tilt.animate.set_value(side * most), run_time=2.0, rate_func=turning if side else smooth)
        loser = second_note if side > 0 else first_note
        if side:
            winning = first_note if side > 0 else second_note
            self.play(loser.animate.set_opacity(0.45), Create(highlight(winning[0], ARM_COLOR, 0.12)), run_time=0.8)
        else:
            self.play(Create(highlight(VGroup(first_note[0], second_note[0]), ARM_COLOR, 0.12)), run_time=0.8)
        self.pause(1.2)


def verdict(side):
    """What happens with both loads on the plank."""
    if side == 0:
        return "The two moments are equal: the plank comes up level and stays there."
    bigger, smaller = max(LEFT_MOMENT, RIGHT_MOMENT), min(LEFT_MOMENT, RIGHT_MOMENT)
    name = "left" if side > 0 else "right"
    heavier = 1 if left_mass > right_mass else -1 if right_mass > left_mass else 0
    compared = f"{newton_metres(bigger)} beats {newton_metres(smaller)}: the {name} side goes down"
    if heavier == 0:
        return compared + ", though the masses are equal."
    return compared + (", although it is the lighter one." if heavier != side else ".")


PIVOT_2, UNIT_2, HEIGHT_2 = np.array([-2.2, -0.9, 0.0]), 1.65, 0.85
GOAL = min(BALANCE, HALF)
START = right_distance if abs(right_distance - GOAL) > 0.15 else max(0.25, GOAL / 2)  # so that there is a way to go


class SlideToBalance(Stage):
    def construct(self):
        most = tilt_on_ground(UNIT_2, HEIGHT_2)
        place = (PIVOT_2, UNIT_2)
        distance = ValueTracker(START)
        tilt = ValueTracker(winner(LEFT_MOMENT, moment(right_mass, START)) * most)
        now, right = tilt.get_value, distance.get_value
        newton = 0.9 / max(left_mass, right_mass)
        board = always_redraw(lambda: plank(*place, now()))
        first = always_redraw(lambda: crate(*place, now(), -left_distance, left_mass, LEFT_COLOR))
        second = always_redraw(lambda: crate(*place, now(), right(), right_mass, RIGHT_COLOR))
        forces = VGroup(
            always_redraw(lambda: arm(*place, now(), -left_distance)),
            always_redraw(lambda: arm(*place, now(), right())),
            always_redraw(lambda: weight_arrow(*place, now(), -left_distance, left_mass, newton)),
            always_redraw(lambda: weight_arrow(*place, now(), right(), right_mass, newton)),
        )
        labels = VGroup(
            follow(
                words(number_text(left_mass) + " kg", 24, LEFT_COLOR),
                *place,
                now,
                lambda: -left_distance,
                lambda: left_mass,
            ),
            follow(words(number_text(right_mass) + " kg", 24, RIGHT_COLOR), *place, now, right, lambda: right_mass),
        )
        labels.set_z_index(-1)
        top = nice_range([1.05 * max(LEFT_MOMENT, moment(right_mass, HALF))], zero=True)
        axes = graph((0, HALF), top, zone(2.7, 6.7, -2.85, 2.75), "distance in m", "moment in N m")
        level = Line(axes.c2p(0, LEFT_MOMENT), axes.c2p(HALF, LEFT_MOMENT), stroke_color=LEFT_COLOR, stroke_width=4)
        line = Line(axes.c2p(0, 0), axes.c2p(HALF, moment(right_mass, HALF)), stroke_color=RIGHT_COLOR, stroke_width=4)
        dot = Dot(axes.c2p(START, moment(right_mass, START)), color=CHALK, radius=0.1)
        dot.add_updater(lambda mark: mark.move_to(axes.c2p(right(), moment(right_mass, right()))))
        numbers = VGroup(
            words("left:  " + newton_metres(LEFT_MOMENT), 28, LEFT_COLOR),
            readout("right", lambda: moment(right_mass, right()), "N m", 0, 28, RIGHT_COLOR),
            readout("distance", right, "m", 2, 28, ARM_COLOR),
        )
        stack(*numbers, area=zone(-6.5, -1.5, 1.35, 2.7), buff=0.2)
        self.heading("Slide the load until it balances")
        self.say("Only the right load may move. Its moment grows in step with its distance: a straight line.")
        self.play(FadeIn(support(PIVOT_2, HEIGHT_2, 8.6)), FadeIn(board), FadeIn(axes), run_time=0.8)
        self.play(FadeIn(first), FadeIn(second), FadeIn(labels), FadeIn(forces), FadeIn(numbers), run_time=0.8)
        self.play(Create(line), Create(level), run_time=1.2)
        self.play(FadeIn(dot, scale=0.4), run_time=0.3)
        outward = GOAL > START
        self.say(f"Slide it {'outwards' if outward else 'inwards'}, {towards(outward)}")
        self.play(distance.animate.set_value(GOAL), run_time=4.0, rate_func=linear)
        if REACHABLE:
            self.say(f"At {number_text(BALANCE)} m both moments are equal. Lift the plank level: it stays.")
            self.play(tilt.animate.set_value(0.0), run_time=1.6)
            drop = DashedLine(axes.c2p(BALANCE, 0), axes.c2p(BALANCE, LEFT_MOMENT), color=ARM_COLOR, stroke_width=3)
            answer = words(f"balance at {number_text(BALANCE)} m", 30, ARM_COLOR)
            self.play(Create(drop), run_time=0.6)
        else:
            self.say(f"Even at the end of the plank it is too little. It would need {number_text(BALANCE)} m.")
            answer = words(f"it would need {number_text(BALANCE)} m", 30, ARM_COLOR)
        fit(answer, zone(-1.4, 2.2, 2.1, 2.7), UR)
        self.play(FadeIn(answer, shift=0.2 * UP), run_time=0.6)
        self.say("In balance, the clockwise moment equals the anticlockwise moment.")
        rule = formula("m_1\\, g\\, d_1 = m_2\\, g\\, d_2", 40, colors={"d_1": ARM_COLOR, "d_2": ARM_COLOR})
        rule[0][0:2].set_color(LEFT_COLOR)
        fit(rule, zone(-1.6, 2.2, 1.25, 2.0), UR)
        self.play(Write(rule), run_time=1.0)
        self.pause(1.0)


def towards(outward):
    """What the slide does to the moment."""
    if outward:
        return "and its moment climbs towards that of the left load."
    return "and its moment falls towards that of the left load."


NEAR = max(left_distance / 2, 0.4)


class MissingMass(Stage):
    def construct(self):
        place = (PIVOT_2, UNIT_2)
        distance = ValueTracker(HALF)
        right = distance.get_value
        mass = lambda: balancing_mass(right())
        newton = 0.95 / max(balancing_mass(NEAR), left_mass)
        top = nice_range([1.05 * balancing_mass(NEAR)], zero=True)
        axes = graph((0, HALF), top, zone(2.7, 6.7, -2.85, 2.75), "distance in m", "balancing mass in kg")
        still = VGroup(
            support(PIVOT_2, HEIGHT_2, 8.6),
            plank(*place, 0),
            arm(*place, 0, -left_distance),
            weight_arrow(*place, 0, -left_distance, left_mass, newton),
            crate(*place, 0, -left_distance, left_mass, LEFT_COLOR),
        )
        label = words(number_text(left_mass) + " kg", 24, LEFT_COLOR)
        follow(label, *place, lambda: 0.0, lambda: -left_distance, lambda: left_mass)
        label.clear_updaters()
        moving = VGroup(
            always_redraw(lambda: arm(*place, 0, right())),
            always_redraw(lambda: weight_arrow(*place, 0, right(), mass(), newton)),
            always_redraw(lambda: crate(*place, 0, right(), mass(), RIGHT_COLOR)),
        )
        numbers = VGroup(
            readout("distance", right, "m", 2, 26, ARM_COLOR),
            readout("mass needed", mass, "kg", 1, 28, RIGHT_COLOR),
            readout("moment", lambda: moment(mass(), right()), "N m", 0, 26, CHALK2),
        )
        stack(*numbers, area=zone(-6.5, -2.6, 1.2, 2.7), buff=0.2)
        self.heading("Find the missing mass")
        self.say(f"Which mass balances the load if it hangs at the very end, {number_text(HALF)} m out?")
        self.play(FadeIn(still), FadeIn(label), FadeIn(axes), run_time=0.8)
        self.play(FadeIn(moving), FadeIn(numbers), run_time=0.8)
        solved = VGroup(
            words("m = moment ÷ (g × distance)", 24, CHALK2),
            words(f"= {newton_metres(LEFT_MOMENT)} ÷ ({number_text(gravity)} × {number_text(HALF)})", 24, CHALK2),
            words(f"= {number_text(balancing_mass(HALF))} kg", 30, RIGHT_COLOR),
        ).arrange(DOWN, buff=0.13, aligned_edge=LEFT)
        fit(solved, zone(-1.9, 2.3, 1.2, 2.7), UL)
        self.play(FadeIn(solved, shift=0.2 * UP), run_time=0.8)
        self.say("Now move it closer. The moment must stay the same, so the mass must grow.")
        self.play(FadeOut(solved), run_time=0.4)
        trail = always_redraw(
            lambda: plot(axes, balancing_mass, RIGHT_COLOR, (min(right(), HALF - 1e-6), HALF), samples=60)
        )
        dot = Dot(axes.c2p(HALF, balancing_mass(HALF)), color=CHALK, radius=0.1)
        dot.add_updater(lambda mark: mark.move_to(axes.c2p(right(), mass())))
        self.add(trail, dot)
        self.play(distance.animate.set_value(NEAR), run_time=6.0, rate_func=smooth)
        trail.clear_updaters()
        self.say("Half the distance needs twice the mass; a tenth of the distance needs ten times as much.")
        pair = [2 * NEAR, NEAR]
        marks = VGroup()
        for d in pair:
            m = balancing_mass(d)
            corner = axes.c2p(d, m)
            marks.add(
                VGroup(
                    DashedLine(axes.c2p(d, 0), corner, color=ARM_COLOR, stroke_width=2.5),
                    DashedLine(axes.c2p(0, m), corner, color=RIGHT_COLOR, stroke_width=2.5),
                    Dot(corner, color=CHALK, radius=0.09),
                )
            )
        self.play(LaggedStart(*[Create(mark) for mark in marks], lag_ratio=0.5), run_time=1.6)
        self.say("That is a lever: a small force far from the pivot holds a large load close to it.")
        for part in moving:
            part.clear_updaters()
        equation = VGroup(
            words(f"{number_text(left_mass * gravity)} N × {number_text(left_distance)} m", 28, LEFT_COLOR),
            words(f"= {number_text(balancing_mass(NEAR) * gravity)} N × {number_text(NEAR)} m", 28, RIGHT_COLOR),
        ).arrange(DOWN, buff=0.18, aligned_edge=RIGHT)
        fit(equation, zone(-1.9, 2.1, 1.5, 2.55), UR)
        self.play(FadeIn(equation, shift=0.2 * UP), run_time=0.8)
        self.play(Create(highlight(equation, ARM_COLOR, 0.15)), run_time=0.7)
        self.pause(1.2)

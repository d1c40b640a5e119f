from manim import *
from theorama_kit import *

central_angle = knob(100.0, label="Angle at the centre", unit="°", minimum=60.0, maximum=170.0, step=1.0)
diameter = knob(10.0, label="Diameter of the semicircle", unit="cm", minimum=2.0, maximum=50.0, step=0.5)
angle_at_a = knob(35.0, label="Angle at A in the semicircle", unit="°", minimum=15.0, maximum=75.0, step=1.0)
corner_angle = knob(70.0, label="Angle A of the quadrilateral", unit="°", minimum=50.0, maximum=130.0, step=1.0)

CENTRE_COLOR = YELLOW
RIM_COLOR = SKY
FIRST_COLOR = MINT
SECOND_COLOR = CORAL
PAIR_COLOR = LILAC
RADIUS = 2.25
MIDDLE = np.array([-3.9, -0.05, 0.0])


def spot(turn, middle=MIDDLE, radius=RADIUS):
    """The point of the circle in a direction given in degrees, counter-clockwise from the right."""
    t = math.radians(turn)
    return middle + radius * np.array([math.cos(t), math.sin(t), 0.0])


def direction(start, end):
    """The direction from one point to another, in degrees."""
    return math.degrees(math.atan2(end[1] - start[1], end[0] - start[0]))


def angle_at(point, one, other):
    """The angle one-point-other in degrees, from the coordinates; no number where two points coincide."""
    first, second = one - point, other - point
    if min(np.linalg.norm(first), np.linalg.norm(second)) < 0.02:
        return math.nan
    return math.degrees(math.atan2(abs(first[0] * second[1] - first[1] * second[0]), float(first @ second)))


def ends(opening):
    """The points A and B at the bottom of the circle whose radii make an angle of `opening` degrees."""
    return spot(270 - opening / 2), spot(270 + opening / 2)


def rim_angle(travelled, opening=central_angle):
    """The angle at P after P has travelled so many degrees round the circle from B."""
    a, b = ends(opening)
    return angle_at(spot(270 + opening / 2 + travelled), a, b)


def facing(travelled, opening=central_angle):
    """The angle at the centre that belongs to P: the small one, or the large one when P is between A and B."""
    return opening if travelled % 360 < 360 - opening else 360 - opening


def sector(at, start, size, radius, color, opacity=0.5):
    """A piece of an angle, `size` degrees counter-clockwise from `start`."""
    rim = [spot(start + size * i / 32, at, radius) for i in range(33)]
    return Polygon(at, *rim, stroke_color=color, stroke_width=2.5, fill_color=color, fill_opacity=opacity)


def between(at, one, other, radius, color, opacity=0.5):
    """The angle at a point between the directions to two others (always the one under 180°)."""
    start, end = direction(at, one), direction(at, other)
    size = (end - start + 180) % 360 - 180
    return sector(at, start, size, radius, color, opacity)


def side(start, end, color=CHALK, width=4):
    return Line(start, end, stroke_color=color, stroke_width=width)


def ring(middle=MIDDLE):
    return Circle(radius=RADIUS, stroke_color=CHALK3, stroke_width=4).move_to(middle)


def letter(text, turn, color=CHALK, middle=MIDDLE, radius=RADIUS + 0.33):
    return words(text, 28, color).move_to(spot(turn, middle, radius))


def degrees_text(value):
    return number_text(value, None, 4) + "°"


class CentreAndRim(Stage):
    def construct(self):
        a, b = ends(central_angle)
        gap = 360 - central_angle
        travelled = ValueTracker(0.22 * gap)
        begin = travelled.get_value()
        at = lambda: spot(270 + central_angle / 2 + travelled.get_value())
        self.heading("The same two points, seen from the circle")
        self.say(f"From the centre O, the points A and B are seen under {degrees_text(central_angle)}.")
        circle, dots = ring(), VGroup(*[Dot(point, color=CHALK) for point in (a, b, MIDDLE)])
        names = VGroup(letter("A", 270 - central_angle / 2), letter("B", 270 + central_angle / 2))
        centre_name = words("O", 28).move_to(MIDDLE + 0.32 * UP).add_background_rectangle(STAGE, 0.8, buff=0.04)
        radii = VGroup(side(MIDDLE, a, CENTRE_COLOR), side(MIDDLE, b, CENTRE_COLOR))
        small = sector(MIDDLE, 270 - central_angle / 2, central_angle, 0.6, CENTRE_COLOR)
        self.play(Create(circle), FadeIn(dots), FadeIn(names), FadeIn(centre_name), run_time=1.0)
        top = zone(-0.9, 6.6, 1.05, 2.75)
        live = VGroup(
            readout("angle at the centre", lambda: facing(travelled.get_value()), "°", 1, 32, CENTRE_COLOR),
            readout("angle at P", lambda: rim_angle(travelled.get_value()), "°", 1, 32, RIM_COLOR),
            readout(
                "centre divided by P",
                lambda: facing(travelled.get_value()) / rim_angle(travelled.get_value()),
                "",
                2,
                32,
                CHALK,
            ),
        )
        stack(*live, area=top, buff=0.24)
        self.play(Create(radii), FadeIn(small), FadeIn(live[0]), run_time=1.0)
        self.say("From a point P of the circle, under just half of it.")
        lines_to = always_redraw(lambda: VGroup(side(at(), a, RIM_COLOR), side(at(), b, RIM_COLOR)))
        mark = always_redraw(
            lambda: (
                between(at(), a, b, 0.6, RIM_COLOR)
                if math.isfinite(rim_angle(travelled.get_value()))
                else Dot(at(), color=RIM_COLOR)
            )
        )
        point = always_redraw(lambda: Dot(at(), color=CHALK, radius=0.09))
        name = always_redraw(lambda: letter("P", 270 + central_angle / 2 + travelled.get_value()))
        self.play(FadeIn(lines_to), FadeIn(mark), FadeIn(point), FadeIn(name), FadeIn(live[1:]), run_time=0.9)
        self.bring_to_front(centre_name)
        axes = graph((0, 360), (0, 180), zone(-0.95, 6.6, -2.85, 0.75), "way of P from B in degrees", "angle at P in °")

        def trace():
            """The angle at P for the way so far, broken where P passes A."""
            now, drawn = travelled.get_value(), VGroup()
            for low, high in ((begin, min(now, gap - 1)), (gap + 1, now)):
                if high > low + 0.5:
                    xs = np.linspace(low, high, 24)
                    drawn.add(polyline(axes, xs, [rim_angle(x) for x in xs], RIM_COLOR, 5))
            return drawn

        self.say("Move P along the large arc. What does its angle do?")
        grown = always_redraw(trace)
        self.play(FadeIn(axes), run_time=0.6)
        self.add(grown)
        self.play(travelled.animate.set_value(gap - 14), run_time=4.0, rate_func=linear)
        self.say(f"Nothing: it stays {degrees_text(central_angle / 2)}. But let P pass A!")
        border = DashedLine(axes.c2p(gap, 0), axes.c2p(gap, 180), color=CHALK2, stroke_width=2.5)
        self.play(Create(border), FadeOut(names[0]), run_time=0.6)
        self.play(travelled.animate.set_value(gap + 14), run_time=1.6, rate_func=linear)
        self.play(FadeIn(names[0]), run_time=0.3)
        large = sector(MIDDLE, 270 + central_angle / 2, gap, 0.6, CENTRE_COLOR)
        self.say(f"It leaps to {degrees_text(180 - central_angle / 2)}: now P faces the large angle at the centre.")
        self.play(FadeOut(small), FadeOut(centre_name), run_time=0.4)
        self.play(FadeIn(large), run_time=0.4)
        self.bring_to_front(dots)
        self.play(travelled.animate.set_value(360 - 0.5 * central_angle), run_time=2.0, rate_func=linear)
        self.say("On either side, the angle at the centre is twice the angle at P.")
        self.play(Create(highlight(live[2][:2], CHALK, 0.1)), run_time=0.8)
        self.pause(1.0)


class WhyTwice(Stage):
    def construct(self):
        a, b = ends(central_angle)
        lean = ValueTracker(0.12 * central_angle)
        top = lambda: spot(90 + lean.get_value())
        left_part = lambda: angle_at(top(), MIDDLE, a)
        right_part = lambda: angle_at(top(), MIDDLE, b)
        wide = 0.85
        self.heading("Why the centre sees twice as much")
        self.say("The line from P through the centre makes two triangles.")
        sides = always_redraw(lambda: VGroup(side(top(), a), side(top(), b)))
        far = always_redraw(lambda: DashedLine(top(), spot(270 + lean.get_value()), color=CHALK2, stroke_width=3))
        radii = VGroup(side(MIDDLE, a), side(MIDDLE, b))
        dots = always_redraw(lambda: VGroup(*[Dot(point, color=CHALK) for point in (a, b, MIDDLE, top())]))
        names = VGroup(letter("A", 270 - central_angle / 2), letter("B", 270 + central_angle / 2))
        name = always_redraw(lambda: letter("P", 90 + lean.get_value()))
        self.play(FadeIn(ring()), FadeIn(radii), FadeIn(sides), FadeIn(names), FadeIn(name), run_time=0.9)
        self.play(Create(far), FadeIn(dots), run_time=0.8)
        self.say("Radii are equal, so each triangle has two equal angles.")
        self.play(*[Indicate(radius, color=CENTRE_COLOR, scale_factor=1.03) for radius in radii], run_time=0.8)

        def equal_angles():
            """The four equal angles of the two triangles: at P and at A, at P and at B."""
            p = top()
            return VGroup(
                between(p, MIDDLE, a, wide, FIRST_COLOR),
                between(a, MIDDLE, p, wide, FIRST_COLOR),
                between(p, MIDDLE, b, wide, SECOND_COLOR),
                between(b, MIDDLE, p, wide, SECOND_COLOR),
            )

        equal = equal_angles()
        live = VGroup(
            readout("a", left_part, "°", 1, 34, FIRST_COLOR),
            readout("b", right_part, "°", 1, 34, SECOND_COLOR),
        )
        stack(*live, area=zone(-0.4, 6.6, 1.5, 2.7), buff=0.28)
        self.play(FadeIn(equal), FadeIn(live), run_time=0.9)
        self.say("Slide one a to the centre; the other makes half a turn.")

        rows = (
            (equal[0], top(), 0.0, 1.1),
            (equal[1], a, PI, 1.6),
            (equal[2], top(), 0.0, 1.0),
            (equal[3], b, -PI, 1.3),
        )
        moved = VGroup()
        for piece, start, turn, seconds in rows:
            if piece is equal[2]:
                self.say("The same with b: the centre holds both twice.")
            own = piece.copy()
            if turn:
                self.play(Rotate(own, turn, about_point=(start + MIDDLE) / 2), run_time=seconds)
            else:
                self.play(own.animate.shift(MIDDLE - start), run_time=seconds)
            moved.add(own)
        laws = VGroup(
            words("at P:   a + b", 32, RIM_COLOR),
            words("at the centre:   2a + 2b", 32, CENTRE_COLOR),
        )
        stack(*laws, area=zone(-0.4, 6.6, -0.2, 1.1), buff=0.3)
        self.play(FadeIn(laws, shift=0.2 * UP), run_time=0.8)

        def all_angles():
            """The equal angles, and their copies at the centre."""
            p, group = top(), equal_angles()
            under = direction(p, MIDDLE)
            for size, color in ((left_part(), FIRST_COLOR), (-right_part(), SECOND_COLOR)):
                group.add(sector(MIDDLE, under, -size, wide, color), sector(MIDDLE, under - size, -size, wide, color))
            return group

        self.remove(equal, *moved)
        everything = always_redraw(all_angles)
        self.add(everything)
        sums = VGroup(
            readout("a + b", lambda: left_part() + right_part(), "°", 1, 40, RIM_COLOR),
            readout("2a + 2b", lambda: 2 * (left_part() + right_part()), "°", 1, 40, CENTRE_COLOR),
        )
        stack(*sums, area=zone(-0.4, 6.4, -2.4, -0.9), buff=0.35)
        self.say("Move P: what a gains, b loses. The sum stays half.")
        self.play(FadeIn(sums), run_time=0.6)
        self.play(lean.animate.set_value(-0.3 * central_angle), run_time=2.4)
        self.play(lean.animate.set_value(0.12 * central_angle), run_time=1.6)
        self.play(Create(highlight(sums, CENTRE_COLOR, 0.2)), run_time=0.7)
        self.pause(1.0)


def legs(turn):
    """The lengths PA and PB in cm, with P in the direction `turn` as seen from the centre."""
    scale = diameter / (2 * RADIUS)
    p = spot(turn)
    return scale * float(np.linalg.norm(p - spot(180))), scale * float(np.linalg.norm(p - spot(0)))


class Semicircle(Stage):
    def construct(self):
        opening, turn, reach = ValueTracker(central_angle), ValueTracker(62.0), ValueTracker(1.0)
        first = lambda: spot(270 - opening.get_value() / 2)
        second = lambda: spot(270 + opening.get_value() / 2)
        top = lambda: spot(turn.get_value(), MIDDLE, RADIUS * reach.get_value())
        seen = lambda: angle_at(top(), first(), second())
        self.heading("The angle in a semicircle")
        self.say("Open the angle at the centre to 180°: AB is a diameter.")
        lower = always_redraw(lambda: VGroup(side(MIDDLE, first(), CENTRE_COLOR), side(MIDDLE, second(), CENTRE_COLOR)))
        upper = always_redraw(lambda: VGroup(side(top(), first(), RIM_COLOR), side(top(), second(), RIM_COLOR)))
        marks = always_redraw(
            lambda: VGroup(
                sector(MIDDLE, 270 - opening.get_value() / 2, opening.get_value(), 0.5, CENTRE_COLOR),
                between(top(), first(), second(), 0.5, RIM_COLOR),
            )
        )
        dots = always_redraw(lambda: VGroup(*[Dot(point, color=CHALK) for point in (first(), second(), MIDDLE, top())]))
        names = always_redraw(
            lambda: VGroup(
                letter("A", 270 - opening.get_value() / 2),
                letter("B", 270 + opening.get_value() / 2),
                letter("P", turn.get_value(), radius=RADIUS * reach.get_value() + 0.33),
            )
        )
        angles = VGroup(
            readout("angle at the centre", opening, "°", 1, 32, CENTRE_COLOR),
            readout("angle at P", seen, "°", 1, 40, RIM_COLOR),
        )
        stack(*angles, area=zone(-0.4, 6.6, 1.2, 2.7), buff=0.3)
        figure = VGroup(ring(), lower, upper, marks, dots, names)
        self.play(*[FadeIn(part) for part in figure], FadeIn(angles), run_time=0.9)
        self.play(opening.animate.set_value(180.0), run_time=2.4)
        self.say("Half of 180° is 90°: P sees a diameter under a right angle.")
        self.play(turn.animate.set_value(150.0), run_time=2.4)
        self.say("Only from the circle: inside the angle is larger, outside smaller.")
        self.play(reach.animate.set_value(0.55), run_time=1.4)
        self.play(reach.animate.set_value(1.07), run_time=1.4)
        self.play(reach.animate.set_value(1.0), turn.animate.set_value(2 * angle_at_a), run_time=1.6)
        one, other = legs(2 * angle_at_a)
        lengths = VGroup(
            words(f"diameter AB = {number_text(diameter)} cm,  angle at A = {degrees_text(angle_at_a)}", 26, CENTRE_COLOR),
            words(f"PA = {number_text(diameter)} · cos {degrees_text(angle_at_a)} = {number_text(one, 2)} cm", 30, RIM_COLOR),
            words(f"PB = {number_text(diameter)} · sin {degrees_text(angle_at_a)} = {number_text(other, 2)} cm", 30, RIM_COLOR),
            words(f"PA² + PB² = {number_text(one**2 + other**2, None, 4)} cm² = AB²", 32, CHALK),
        )
        stack(*lengths, area=zone(-0.4, 6.4, -2.5, 0.5), buff=0.36)
        self.say("So Pythagoras, sine and cosine hold here.")
        self.play(FadeIn(lengths[0], shift=0.2 * UP), run_time=0.6)
        self.play(LaggedStart(*[FadeIn(row, shift=0.2 * UP) for row in lengths[1:3]], lag_ratio=0.5), run_time=1.4)
        self.play(FadeIn(lengths[3]), Create(highlight(lengths[3], CENTRE_COLOR, 0.14)), run_time=0.8)
        self.pause(1.0)


def corner_turns():
    """The directions of A, B, C, D from the centre: the arc from B over C to D is twice the angle at A."""
    half = corner_angle
    return [180 + 0.2 * (180 - half), -half, -0.2 * half, half]


class Quadrilateral(Stage):
    def construct(self):
        begin = corner_turns()
        turns = [ValueTracker(value) for value in begin]
        reach = ValueTracker(1.0)
        spots = lambda: [
            spot(turns[i].get_value(), MIDDLE, RADIUS * (reach.get_value() if i == 2 else 1.0)) for i in range(4)
        ]

        def inner(i):
            """The angle at corner number i now."""
            now = spots()
            return angle_at(now[i], now[i - 1], now[(i + 1) % 4])

        colors = [RIM_COLOR, PAIR_COLOR, RIM_COLOR, PAIR_COLOR]
        self.heading("Four points on a circle")
        self.say("All four corners lie on one circle.")
        shape = always_redraw(lambda: Polygon(*spots(), stroke_color=CHALK, stroke_width=4))
        marks = always_redraw(
            lambda: VGroup(*[between(spots()[i], spots()[i - 1], spots()[(i + 1) % 4], 0.5, colors[i]) for i in range(4)])
        )
        names = always_redraw(
            lambda: VGroup(
                *[
                    letter(
                        "ABCD"[i],
                        turns[i].get_value(),
                        colors[i],
                        radius=RADIUS * (reach.get_value() if i == 2 else 1.0) + 0.33,
                    )
                    for i in range(4)
                ]
            )
        )
        live = VGroup(
            *[readout("ABCD"[i], lambda i=i: inner(i), "°", 1, 30, colors[i]) for i in (0, 2, 1, 3)],
            readout("A + C", lambda: inner(0) + inner(2), "°", 1, 34, RIM_COLOR),
            readout("B + D", lambda: inner(1) + inner(3), "°", 1, 34, PAIR_COLOR),
        )
        columns = (zone(-0.4, 2.9, 0.3, 2.6), zone(3.2, 6.6, 0.3, 2.6))
        stack(live[0], live[1], live[4], area=columns[0], buff=0.28)
        stack(live[2], live[3], live[5], area=columns[1], buff=0.28)
        self.play(FadeIn(ring()), FadeIn(shape), FadeIn(marks), FadeIn(names), run_time=0.9)
        self.play(FadeIn(live), run_time=0.6)
        self.say("Drag corners along the circle: opposite angles always make 180°.")
        self.play(turns[3].animate.set_value(begin[3] + (25 if corner_angle < 90 else -25)), run_time=1.8)
        self.play(turns[3].animate.set_value(begin[3]), turns[0].animate.set_value(begin[0] - 15), run_time=1.5)
        self.play(turns[0].animate.set_value(begin[0]), run_time=0.9)
        self.say("Pull C off the circle, and the sums are no longer 180°.")
        self.play(reach.animate.set_value(0.6), run_time=1.5)
        self.play(reach.animate.set_value(1.0), run_time=1.2)
        half = corner_angle
        views = VGroup(
            sector(MIDDLE, -half, 2 * half, 0.75, CENTRE_COLOR, 0.5),
            sector(MIDDLE, half, 360 - 2 * half, 0.75, CENTRE_COLOR, 0.15),
        )
        spokes = VGroup(side(MIDDLE, spot(-half), CENTRE_COLOR, 3), side(MIDDLE, spot(half), CENTRE_COLOR, 3))
        reasons = VGroup(
            words(f"A = ½ · {degrees_text(2 * half)} = {degrees_text(half)}", 30, RIM_COLOR),
            words(f"C = ½ · {degrees_text(360 - 2 * half)} = {degrees_text(180 - half)}", 30, RIM_COLOR),
            words("A + C = ½ · 360° = 180°", 36, CHALK),
        )
        stack(*reasons, area=zone(-0.4, 6.4, -2.5, -0.3), buff=0.34)
        self.say("Why? A is half of one angle at the centre, and C is half of the rest.")
        self.play(Create(spokes), FadeIn(views[0]), FadeIn(reasons[0], shift=0.2 * UP), run_time=1.1)
        self.play(FadeIn(views[1]), FadeIn(reasons[1], shift=0.2 * UP), run_time=1.1)
        self.say("Together that is half of the full turn of 360°.")
        self.play(FadeIn(reasons[2], shift=0.2 * UP), Create(highlight(reasons[2], CENTRE_COLOR, 0.14)), run_time=0.9)
        self.pause(1.0)

from manim import *
from theorama_kit import *

angle_left = knob(50.0, label="Angle on the left", unit="°", minimum=15.0, maximum=140.0, step=1.0)
angle_right = knob(70.0, label="Angle on the right", unit="°", minimum=15.0, maximum=140.0, step=1.0)
names = knob("α β γ", label="Names of the angles", choices=("α β γ", "A B C", "a b c", "1 2 3"))
corners = knob(5, label="Corners of the polygon", minimum=4, maximum=9)

LEFT_COLOR = SKY
RIGHT_COLOR = CORAL
TOP_COLOR = YELLOW
LINE_COLOR = MINT
COLORS = [LEFT_COLOR, RIGHT_COLOR, TOP_COLOR]
NAMES = names.split()


def third(left, right):
    """The angle at the top, in degrees."""
    if left + right > 165:
        raise ValueError("Two angles of a triangle can't be that large together: leave at least 15° for the third.")
    return 180.0 - left - right


ANGLES = [angle_left, angle_right, third(angle_left, angle_right)]


def apex(left, right):
    """The top of a triangle whose base goes from (0, 0) to (1, 0), by the law of sines."""
    side = math.sin(math.radians(right)) / math.sin(math.radians(left + right))
    return np.array([side * math.cos(math.radians(left)), side * math.sin(math.radians(left)), 0.0])


def other_angles():
    """Two angles of another triangle, for the moment when the top is dragged away."""
    return 0.5 * angle_right + 20.0, 0.5 * angle_left + 15.0


def placing(pairs, area):
    """Scale and shift that put all triangles with these pairs of angles into a zone."""
    tops = [apex(*pair) for pair in pairs]
    low, high = min([0.0, *[top[0] for top in tops]]), max([1.0, *[top[0] for top in tops]])
    tall = max([top[1] for top in tops])
    scale = min(area.width / (high - low), area.height / tall)
    corner = area.get_center() - np.array([scale * (low + high) / 2, scale * tall / 2, 0.0])
    return scale, corner


def vertices(left, right, scale, corner):
    """The corners of the triangle on the stage: left, right, top."""
    return [corner, corner + scale * RIGHT, corner + scale * apex(left, right)]


def triangle(points):
    return Polygon(*points, stroke_color=CHALK, stroke_width=5, fill_color=CHALK, fill_opacity=0.06)


def starts(left, right):
    """The direction, in degrees, in which each corner begins, counter-clockwise: left, right, top."""
    return [0.0, 180.0 - right, 180.0 + left]


def corner_piece(at, start, size, radius, color, opacity=0.6):
    """A corner of the triangle as a piece of paper."""
    turns = [math.radians(start + size * i / 24) for i in range(25)]
    rim = [at + radius * np.array([math.cos(t), math.sin(t), 0.0]) for t in turns]
    return Polygon(at, *rim, stroke_color=color, stroke_width=3, fill_color=color, fill_opacity=opacity)


def pieces(points, left, right, radius):
    """The three corners of a triangle."""
    sizes = [left, right, 180.0 - left - right]
    rows = zip(points, starts(left, right), sizes, COLORS, strict=True)
    return VGroup(*[corner_piece(point, start, size, radius, color) for point, start, size, color in rows])


def largest_radius(points):
    """A size of the pieces that fits into the triangle."""
    a, b, c = points
    sides = [float(np.linalg.norm(one - other)) for one, other in ((a, b), (b, c), (c, a))]
    return min(0.75, 0.42 * min(sides))


def outside(points, index):
    """Where the name of a corner stands: beyond the corner, away from the triangle."""
    point = points[index]
    others = [points[i] for i in range(3) if i != index]
    inward = sum([(other - point) / np.linalg.norm(other - point) for other in others])
    return point - 0.36 * inward / max(float(np.linalg.norm(inward)), 1e-9)


def labels(points):
    return VGroup(*[words(NAMES[i], 32, COLORS[i]).move_to(outside(points, i)) for i in range(3)])


def fan_name(at, start, size, radius, index):
    """The name of a piece, beyond its rim."""
    middle = math.radians(start + size / 2)
    spot = at + (radius + 0.28) * np.array([math.cos(middle), math.sin(middle), 0.0])
    return words(NAMES[index], 30, COLORS[index]).move_to(spot)


def sum_text(values):
    return " + ".join([number_text(value, None, 4) + "°" for value in values])


class TearTheCorners(Stage):
    def construct(self):
        scale, base = placing([(angle_left, angle_right), other_angles()], zone(-5.9, 1.7, -0.5, 2.3))
        left, right = ValueTracker(angle_left), ValueTracker(angle_right)
        now = lambda: vertices(left.get_value(), right.get_value(), scale, base)
        sizes = lambda: [left.get_value(), right.get_value(), 180.0 - left.get_value() - right.get_value()]
        wide, ground = 1.15, np.array([-2.1, -2.7, 0.0])
        radius = min(largest_radius(now()), largest_radius(vertices(*other_angles(), scale, base)))
        gone = ValueTracker(0.0)
        self.heading("Tear off the corners of a triangle")
        self.say("A triangle has three angles. How large are they together?")
        body = always_redraw(lambda: triangle(now()))
        marked = always_redraw(lambda: pieces(now(), left.get_value(), right.get_value(), radius))
        named = labels(now())
        rows = VGroup(*[readout(NAMES[i], lambda i=i: sizes()[i], "°", 1, 34, COLORS[i]) for i in range(3)])
        stack(*rows, area=zone(2.9, 6.6, 0.6, 2.6), buff=0.3)
        self.play(FadeIn(body), run_time=0.8)
        self.play(FadeIn(marked), FadeIn(named), FadeIn(rows), run_time=0.9)
        self.say("Tear the corners off and put them side by side, point to point.")
        line = Line(ground + 2.6 * LEFT, ground + 2.6 * RIGHT, stroke_color=LINE_COLOR, stroke_width=4)

        def moved():
            """The three pieces on their way: two only slide, the top one turns upside down."""
            part = smooth(gone.get_value())
            a, b, c = sizes()
            begin = starts(a, b)
            group = VGroup()
            for i in range(3):
                at = (1 - part) * now()[i] + part * ground
                turn = begin[i] - (180.0 * part if i == 2 else 0.0)
                size = (1 - part) * radius + part * wide
                group.add(corner_piece(at, turn, [a, b, c][i], size, COLORS[i]))
            return group

        fan = always_redraw(moved)
        self.add(fan)
        self.play(gone.animate.set_value(1.0), run_time=3.0, rate_func=linear)
        goals = [0.0, 180.0 - angle_right, angle_left]
        tags = VGroup(*[fan_name(ground, goals[i], ANGLES[i], wide, i) for i in range(3)])
        self.say("They fit along a straight line: half of a full turn, 180 degrees.")
        self.play(Create(line), FadeIn(tags), run_time=1.0)
        total = VGroup(
            words(" + ".join(NAMES), 30, CHALK),
            readout("sum", lambda: sum(sizes()), "°", 1, 44, LINE_COLOR),
        )
        stack(*total, area=zone(2.9, 6.6, -1.6, 0.1), buff=0.3)
        self.play(FadeIn(total, shift=0.2 * UP), run_time=0.8)
        self.say("An accident? Drag the top away: all three angles change, the sum does not.")
        self.play(FadeOut(named), FadeOut(tags), run_time=0.4)
        more = other_angles()
        self.play(left.animate.set_value(more[0]), right.animate.set_value(more[1]), run_time=3.0)
        self.play(left.animate.set_value(angle_left), right.animate.set_value(angle_right), run_time=2.4)
        for still in (body, marked, fan):
            still.clear_updaters()
        self.play(FadeIn(named), FadeIn(tags), Create(highlight(total[1], LINE_COLOR)), run_time=0.8)
        self.pause(1.0)


class ParallelLine(Stage):
    def construct(self):
        scale, base = placing([(angle_left, angle_right)], zone(-5.6, 1.4, -2.3, 1.3))
        points = vertices(angle_left, angle_right, scale, base)
        radius = largest_radius(points)
        turn = ValueTracker(0.0)
        self.heading("Why it is always 180°")
        self.say("Trying is not proving. Draw a line through the top, parallel to the base.")
        body, marked, named = triangle(points), pieces(points, angle_left, angle_right, radius), labels(points)
        for i in (0, 1):
            named[i].move_to(points[i] + 0.42 * DOWN)  # the line along the base keeps free
        self.play(FadeIn(body), FadeIn(marked), FadeIn(named[:2]), run_time=0.8)
        top = points[2]
        upper = Line([-6.4, top[1], 0], [2.1, top[1], 0], stroke_color=LINE_COLOR, stroke_width=5)
        lower = Line([-6.4, base[1], 0], [2.1, base[1], 0], stroke_color=LINE_COLOR, stroke_width=3)
        top_name = words(NAMES[2], 32, TOP_COLOR).move_to(top + 0.42 * UP)
        self.play(Create(upper), Create(lower), FadeIn(top_name), run_time=1.2)
        self.bring_to_front(body, marked)
        notes = VGroup(
            lines(f"{NAMES[0]} turns about the middle of the left side", 26, LEFT_COLOR, 24),
            lines(f"{NAMES[1]} turns about the middle of the right side", 26, RIGHT_COLOR, 24),
        )
        stack(*notes, area=zone(2.8, 6.6, 0.7, 2.6), buff=0.35)
        spoken = (
            "Half a turn about the middle of a side carries the base onto the parallel.",
            "The same on the other side. These are alternate angles, and they are equal.",
        )
        for i in (0, 1):
            middle = (points[i] + top) / 2
            begin = starts(angle_left, angle_right)[i]
            turn = ValueTracker(0.0)

            def carried(i=i, middle=middle, begin=begin, turn=turn):
                """The corner with half a turn about the middle of a side, so far."""
                t = turn.get_value()
                way = points[i] - middle
                spot = middle + np.array(
                    [way[0] * math.cos(t) - way[1] * math.sin(t), way[0] * math.sin(t) + way[1] * math.cos(t), 0.0]
                )
                return corner_piece(spot, begin + math.degrees(t), ANGLES[i], radius, COLORS[i])

            piece = always_redraw(carried)
            pivot = Dot(middle, color=CHALK, radius=0.09)
            self.say(spoken[i])
            self.play(FadeIn(pivot, scale=0.4), FadeIn(notes[i]), run_time=0.6)
            self.add(piece)
            self.play(turn.animate.set_value(PI if i == 0 else -PI), run_time=2.4)
            piece.clear_updaters()
        self.say("At the top, all three angles now lie along one straight line. So they are 180°.")
        law = words(" + ".join(NAMES) + " = 180°", 38, LINE_COLOR)
        numbers = words(sum_text(ANGLES) + " = 180°", 26, CHALK2)
        result = stack(law, numbers, area=zone(2.8, 6.5, -1.9, -0.3), buff=0.3)
        self.play(FadeIn(result, shift=0.2 * UP), Create(highlight(law, LINE_COLOR, 0.16)), run_time=1.0)
        self.pause(1.0)


class OutsideAngle(Stage):
    def construct(self):
        scale, base = placing([(angle_left, angle_right)], zone(-5.9, 0.3, -2.1, 2.2))
        points = vertices(angle_left, angle_right, scale, base)
        radius = largest_radius(points)
        end = np.array([2.2, base[1], 0.0])
        self.heading("The angle outside")
        self.say("Extend the base. Which angle lies outside, between the base and the side?")
        body, marked, named = triangle(points), pieces(points, angle_left, angle_right, radius), labels(points)
        self.play(FadeIn(body), FadeIn(marked), FadeIn(named[0]), FadeIn(named[2]), run_time=0.8)
        name = words(NAMES[1], 32, RIGHT_COLOR).move_to(points[1] + 0.42 * DOWN)
        self.play(Create(Line(points[1], end, stroke_color=LINE_COLOR, stroke_width=5)), FadeIn(name), run_time=0.8)
        wide = 1.3 * radius
        rim = Arc(wide, 0, math.radians(180 - angle_right), arc_center=points[1], color=LINE_COLOR, stroke_width=6)
        self.play(Create(rim), run_time=0.8)
        self.say(
            f"{NAMES[0]} slides along the base to its end. {NAMES[2]} makes half a turn about the middle of the side."
        )
        slide = marked[0].copy()
        self.play(slide.animate.shift(points[1] - points[0]), run_time=1.8)
        middle = (points[1] + points[2]) / 2
        turned = marked[2].copy()
        pivot = Dot(middle, color=CHALK, radius=0.09)
        self.play(FadeIn(pivot, scale=0.4), run_time=0.3)
        self.play(Rotate(turned, PI, about_point=middle), run_time=2.2)
        self.say("Together they fill the outside angle exactly, whatever the triangle looks like.")
        rows = VGroup(
            words("outside angle", 28, LINE_COLOR),
            words("= " + NAMES[0] + " + " + NAMES[2], 36, CHALK),
            words("= " + sum_text([ANGLES[0], ANGLES[2]]), 28, CHALK2),
            words("= " + number_text(180 - angle_right, None, 4) + "°", 40, LINE_COLOR),
        )
        stack(*rows, area=zone(2.9, 6.6, -0.6, 2.4), buff=0.28)
        self.play(LaggedStart(*[FadeIn(row, shift=0.2 * UP) for row in rows], lag_ratio=0.4), run_time=1.8)
        check = lines(f"and with {NAMES[1]} = {number_text(angle_right, None, 4)}° it makes 180°", 26, RIGHT_COLOR, 24)
        fit(check, zone(2.9, 6.6, -2.3, -1.1), UL)
        self.say("And it fills up with the angle beside it to a straight line.")
        self.play(FadeIn(check, shift=0.2 * UP), Indicate(marked[1], color=RIGHT_COLOR), run_time=1.0)
        self.pause(1.0)


def polygon_points():
    """A polygon with bulges to all sides but no dents: uneven steps round an ellipse."""
    steps = [1.0 + 0.35 * math.sin(2.3 * i + 0.7) for i in range(corners)]
    turns = np.cumsum([0.0, *steps[:-1]]) / sum(steps) * math.tau + 2.6
    return [np.array([-2.2 + 3.4 * math.cos(t), -0.1 + 2.45 * math.sin(t), 0.0]) for t in turns]


def inner_angles(points):
    """The angles at the corners of a polygon, in degrees."""
    found = []
    for i, point in enumerate(points):
        one, other = points[i - 1] - point, points[(i + 1) % len(points)] - point
        found.append(math.degrees(math.atan2(abs(one[0] * other[1] - one[1] * other[0]), float(one @ other))))
    return found


def polygon_sum(count):
    """The sum of the angles of a polygon: 180° for every triangle it is cut into."""
    return 180 * (count - 2)


class MoreCorners(Stage):
    def construct(self):
        points = polygon_points()
        pieces_count = corners - 2
        self.heading("And with more corners?")
        self.say(f"Here is a polygon with {corners} corners. What do its angles add up to?")
        outline = Polygon(*points, stroke_color=CHALK, stroke_width=5)
        self.play(Create(outline), run_time=1.4)
        self.say("Cut it into triangles, all from the same corner.")
        parts = VGroup()
        for i in range(1, corners - 1):
            color = SERIES[(i - 1) % len(SERIES)]
            parts.add(
                Polygon(
                    points[0],
                    points[i],
                    points[i + 1],
                    stroke_color=color,
                    stroke_width=3,
                    fill_color=color,
                    fill_opacity=0.25,
                )
            )
        counted = ValueTracker(0)
        numbers = stack(
            readout("triangles", counted, "", 0, 34, CHALK),
            readout("sum", lambda: 180 * round(counted.get_value()), "°", 0, 44, LINE_COLOR),
            area=zone(2.9, 6.6, 0.9, 2.5),
        )
        self.play(FadeIn(numbers), run_time=0.5)
        for i, part in enumerate(parts):
            a, b, c = part.get_vertices()
            centre = (a + b + c) / 3
            tag = words("180°", 26 if corners < 7 else 22, CHALK).move_to(centre)
            self.play(FadeIn(part), run_time=0.4 if corners < 7 else 0.3)
            counted.set_value(i + 1)
            self.play(FadeIn(tag, scale=0.6), run_time=0.25)
        self.say(f"{corners} corners give {pieces_count} triangles, always two less. Each brings its 180 degrees.")
        law = VGroup(
            words("(corners − 2) · 180°", 30, CHALK),
            words(f"= {pieces_count} · 180° = {polygon_sum(corners)}°", 34, LINE_COLOR),
            words("if all are equal, each has", 24, CHALK2),
            words(number_text(polygon_sum(corners) / corners, None, 4) + "°", 34, LINE_COLOR),
        )
        stack(*law, area=zone(2.9, 6.5, -2.6, 0.4), buff=0.28)
        self.play(FadeIn(law[:2], shift=0.2 * UP), run_time=0.9)
        self.play(Create(highlight(law[1], LINE_COLOR, 0.14)), FadeIn(law[2:]), run_time=0.9)
        self.pause(1.0)

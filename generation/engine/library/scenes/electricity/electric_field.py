from manim import *
from theorama_kit import *

first_charge = knob(4.0, label="Charge on the left", unit="nC", minimum=-10.0, maximum=10.0, step=0.5)
second_charge = knob(-4.0, label="Charge on the right", unit="nC", minimum=-10.0, maximum=10.0, step=0.5)
distance = knob(10.0, label="Distance between the charges", unit="cm", minimum=2.0, maximum=50.0, step=0.5)
test_charge = knob(
    1.0,
    label="Test charge",
    unit="nC",
    minimum=0.1,
    maximum=2.0,
    step=0.1,
    help="Small, positive, and free to be moved.",
)

PLUS_COLOR = CORAL
MINUS_COLOR = SKY
FIRST_COLOR = LILAC  # the force from the charge on the left
SECOND_COLOR = LEAF  # the force from the charge on the right
SUM_COLOR = YELLOW  # the whole force, and the field
COULOMB = 8.9875e9  # in N m²/C²

GAP = 3.6  # drawn distance between the charges
SCALE = distance / 100 / GAP  # metres in one drawn unit
MIDDLE = MAIN.get_center()
LEFT_SPOT, RIGHT_SPOT = MIDDLE + GAP / 2 * LEFT, MIDDLE + GAP / 2 * RIGHT
HALF_WIDTH, HALF_HEIGHT = MAIN.width / 2, MAIN.height / 2


def field_of(charge, place, spot):
    """Coulomb's law: the field of one charge (in nC) at a drawn spot, in N/C, as a vector."""
    way = (np.asarray(spot, dtype=float) - place)[..., :2] * SCALE
    far = np.maximum(np.linalg.norm(way, axis=-1, keepdims=True), 1e-9)
    return COULOMB * charge * 1e-9 * way / far**3


def whole_field(spot):
    """The fields of both charges, added as vectors."""
    return field_of(first_charge, LEFT_SPOT, spot) + field_of(second_charge, RIGHT_SPOT, spot)


def force_on_test(charge, place, spot):
    """In micronewtons."""
    return field_of(charge, place, spot) * test_charge * 1e-9 * 1e6


def force_between(metres):
    """The size of the force between the two charges, in micronewtons."""
    return COULOMB * abs(first_charge * second_charge) * 1e-18 / metres**2 * 1e6


BOTH = abs(first_charge * second_charge) > 1e-9


# --- field lines ------------------------------------------------------------------------------------
STEP = 0.05
LINES = 16  # that belong to the larger charge


def starts():
    """Where lines begin, whether they are followed along the field (1) or against it (-1), and of which charge."""
    spots, signs, owners = [], [], []
    larger = max(abs(first_charge), abs(second_charge))
    for owner, (charge, place) in enumerate(((first_charge, LEFT_SPOT), (second_charge, RIGHT_SPOT))):
        count = max(4, round(LINES * abs(charge) / larger))
        for turn in range(count):
            angle = math.tau * (turn + 0.5) / count
            spots.append(place + 0.24 * np.array([math.cos(angle), math.sin(angle), 0]))
            signs.append(1.0 if charge > 0 else -1.0)
            owners.append(owner)
    return np.array(spots), np.array(signs), owners


def direction(spots, signs):
    found = whole_field(spots) * signs[:, None]
    return found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-12)


def inside(spot):
    return abs(spot[0] - MIDDLE[0]) <= HALF_WIDTH and abs(spot[1] - MIDDLE[1]) <= HALF_HEIGHT


def field_lines():
    """All field lines as lists of points in the direction of the field, by steps of Runge and Kutta."""
    spots, signs, owners = starts()
    first_is_larger = abs(first_charge) >= abs(second_charge)
    unlike, left_picture = first_charge * second_charge < 0, set()
    tracks = [[spot.copy()] for spot in spots]
    going = np.ones(len(spots), dtype=bool)
    for _count in range(600):
        if not going.any():
            break
        here = spots.copy()
        k1 = direction(here, signs)
        k2 = direction(here + STEP / 2 * np.pad(k1, ((0, 0), (0, 1))), signs)
        k3 = direction(here + STEP / 2 * np.pad(k2, ((0, 0), (0, 1))), signs)
        k4 = direction(here + STEP * np.pad(k3, ((0, 0), (0, 1))), signs)
        spots = here + STEP / 6 * np.pad(k1 + 2 * k2 + 2 * k3 + k4, ((0, 0), (0, 1)))
        for place, spot in enumerate(spots):
            if not going[place]:
                continue
            if not inside(spot):
                left_picture.add(place)
            near = min(np.linalg.norm(spot - LEFT_SPOT), np.linalg.norm(spot - RIGHT_SPOT))
            if not inside(spot) or (near < 0.22 and len(tracks[place]) > 5):
                going[place] = False
                continue
            tracks[place].append(spot.copy())
    kept = []
    for place, track in enumerate(tracks):
        of_larger = (owners[place] == 0) == first_is_larger
        # A line between unlike charges is drawn once; the smaller one adds those that come from far away.
        if len(track) > 4 and (not unlike or of_larger or place in left_picture):
            kept.append(track if signs[place] > 0 else track[::-1])
    return kept


# --- drawing ----------------------------------------------------------------------------------------
def charge_text(value):
    return ("+" if value > 0 else "") + number_text(value) + " nC"


def ball(value, spot, radius=0.3):
    """A charge with its sign."""
    color = PLUS_COLOR if value > 0 else MINUS_COLOR
    body = Circle(radius=radius, stroke_width=0).set_fill(color, opacity=1).move_to(spot)
    sign = VGroup(Line(spot + 0.14 * LEFT, spot + 0.14 * RIGHT, stroke_color=STAGE, stroke_width=6))
    if value > 0:
        sign.add(Line(spot + 0.14 * DOWN, spot + 0.14 * UP, stroke_color=STAGE, stroke_width=6))
    return VGroup(body, sign)


def two_charges(lower=0.0):
    """Both charges with their names, some way below the middle."""
    pair, names = VGroup(), VGroup()
    for value, spot in ((first_charge, LEFT_SPOT + lower * DOWN), (second_charge, RIGHT_SPOT + lower * DOWN)):
        pair.add(ball(value, spot))
        color = PLUS_COLOR if value > 0 else MINUS_COLOR
        names.add(words(charge_text(value), 24, color).move_to(spot + 0.55 * DOWN))
    return pair, names


LOWER = 1.0  # how far below the middle the charges lie in the first scene


def forces_at(spot):
    """The two forces on the test charge in the first scene, in micronewtons."""
    first = force_on_test(first_charge, LEFT_SPOT + LOWER * DOWN, spot)
    return first, force_on_test(second_charge, RIGHT_SPOT + LOWER * DOWN, spot)


def test_path(part):
    """The way of the test charge: from left to right, above both charges."""
    return MIDDLE + np.array([-3.0 + 6.0 * part, 0.75, 0])


def longest_force():
    """The largest force on the way of the test charge, in micronewtons: it sets the scale of the arrows."""
    sizes = []
    for part in np.linspace(0, 1, 41):
        first, second = forces_at(test_path(part))
        sizes += [np.linalg.norm(each) for each in (first, second, first + second)]
    return max(sizes)


def arrow_of(spot, force, scale, color, width=5):
    return arrow(spot, spot + scale * np.array([force[0], force[1], 0]), color, width)


class TwoForces(Stage):
    def construct(self):
        if not BOTH:
            raise ValueError("A charge of zero makes no field: give both charges a value other than zero.")
        part = ValueTracker(0.0)
        spot = lambda: test_path(part.get_value())
        one = lambda: forces_at(spot())[0]
        two = lambda: forces_at(spot())[1]
        scale = 1.75 / longest_force()
        pair, names = two_charges(LOWER)
        self.heading("Two charges act on a third one")
        self.say("Two charges are held fast. A small positive test charge feels a force from each.")
        self.play(FadeIn(pair), FadeIn(names), run_time=0.8)
        probe = Dot(spot(), radius=0.12, color=CHALK)
        probe.add_updater(lambda dot: dot.move_to(spot()))
        first = always_redraw(lambda: arrow_of(spot(), one(), scale, FIRST_COLOR))
        second = always_redraw(lambda: arrow_of(spot(), two(), scale, SECOND_COLOR))
        total = always_redraw(lambda: arrow_of(spot(), one() + two(), scale, SUM_COLOR, 7))
        size = lambda force: float(np.linalg.norm(force))
        places = 1 if longest_force() > 5 else 3
        live = VGroup(
            readout("from the left", lambda: size(one()), "µN", places, 28, FIRST_COLOR),
            readout("from the right", lambda: size(two()), "µN", places, 28, SECOND_COLOR),
            readout("together", lambda: size(one() + two()), "µN", places, 36, SUM_COLOR),
        )
        stack(*live, area=zone(2.8, 6.6, 1.0, 2.7), buff=0.24)
        self.play(FadeIn(probe), FadeIn(live[:2]), run_time=0.6)
        self.add(first, second, probe)
        self.say("Like charges repel, unlike ones attract. The nearer charge acts far more strongly.")
        self.play(part.animate.set_value(0.5), run_time=5)
        self.say("Forces add as arrows, side by side in a parallelogram. The sum is what the test charge feels.")
        sides = always_redraw(lambda: parallelogram(spot(), one() * scale, two() * scale))
        self.play(FadeIn(live[2]), run_time=0.5)
        self.add(sides, total, probe)
        self.play(part.animate.set_value(1.0), run_time=6)
        self.play(part.animate.set_value(0.4), run_time=2.5)
        for still in (first, second, total, sides, probe):
            still.clear_updaters()
        law = formula(r"F = k\,\frac{q_1\, q_2}{r^2}", 46, colors={"F": SUM_COLOR})
        rows = VGroup(law, words("k = 8.99×10⁹ N m²/C²", 26, CHALK2))
        stack(*rows, area=zone(2.8, 6.6, -1.6, 0.5), buff=0.28)
        self.say("Each force follows Coulomb's law: charge times charge, over the distance squared.")
        self.play(FadeIn(rows, shift=0.2 * UP), run_time=0.8)
        self.pause(1.0)


def parallelogram(spot, first, second):
    """The two dashed sides that close the parallelogram of forces."""
    a, b = spot + np.array([*first, 0]), spot + np.array([*second, 0])
    end = a + b - spot
    drawn = VGroup()
    for start in (a, b):
        if np.linalg.norm(end - start) > 0.12:
            drawn.add(DashedLine(start, end, color=CHALK2, stroke_width=2.5))
    return drawn


def line_with_head(track):
    """A field line with an arrow head in its middle."""
    points = [np.array(point) for point in track]
    line = VMobject(stroke_color=SUM_COLOR, stroke_width=3.5, stroke_opacity=0.85).set_points_as_corners(points)
    place = len(points) // 2
    way = points[place] - points[place - 2]
    way = way / max(np.linalg.norm(way), 1e-9)
    side = np.array([-way[1], way[0], 0])
    tip = points[place]
    head = Polygon(tip + 0.12 * way, tip - 0.1 * way + 0.1 * side, tip - 0.1 * way - 0.1 * side, stroke_width=0)
    return VGroup(line, head.set_fill(SUM_COLOR, opacity=1))


def arrow_grid():
    """Short arrows in the direction of the field, brighter where it is stronger."""
    drawn = VGroup()
    middle = float(np.linalg.norm(whole_field(MIDDLE + 1.4 * UP))) + 1e-9
    for x in np.linspace(0.4 - HALF_WIDTH, HALF_WIDTH - 0.4, 13):
        for y in np.linspace(0.3 - HALF_HEIGHT, HALF_HEIGHT - 0.3, 9):
            spot = MIDDLE + np.array([x, y, 0])
            if min(np.linalg.norm(spot - LEFT_SPOT), np.linalg.norm(spot - RIGHT_SPOT)) < 0.5:
                continue
            found = whole_field(spot)
            size = float(np.linalg.norm(found))
            way = np.array([*found, 0]) / max(size, 1e-12)
            shaft = Line(spot - 0.2 * way, spot + 0.2 * way, stroke_color=SUM_COLOR, stroke_width=3)
            side, tip = np.array([-way[1], way[0], 0]), spot + 0.24 * way
            head = Polygon(tip, tip - 0.15 * way + 0.08 * side, tip - 0.15 * way - 0.08 * side, stroke_width=0)
            bright = clamp(0.25 + 0.5 * size / middle, 0.25, 1.0)
            drawn.add(VGroup(shaft.set_stroke(opacity=bright), head.set_fill(SUM_COLOR, opacity=bright)))
    return drawn


class FieldOfTwo(Stage):
    def construct(self):
        if not BOTH:
            raise ValueError("A charge of zero makes no field: give both charges a value other than zero.")
        pair = two_charges()[0]
        self.heading("The electric field")
        self.say("Force divided by test charge is the field E: it belongs to the place, not to the test charge.")
        self.play(FadeIn(pair), run_time=0.7)
        arrows = arrow_grid()
        rows = VGroup(
            formula(r"\vec{E} = \frac{\vec{F}}{q}", 46, colors={r"\vec{E}": SUM_COLOR}),
            words("half-way between the charges", 24, CHALK2),
            words("E = " + number_text(float(np.linalg.norm(whole_field(MIDDLE)))) + " N/C", 34, SUM_COLOR),
        )
        stack(*rows, area=zone(2.8, 6.6, 0.4, 2.7), buff=0.24)
        self.play(LaggedStart(*[FadeIn(each) for each in arrows], lag_ratio=0.02), FadeIn(rows[0]), run_time=2.5)
        self.say("Every arrow shows the way a positive charge would be pushed there. Bright means strong.")
        self.play(FadeIn(rows[1:], shift=0.2 * UP), run_time=0.7)
        self.pause(0.1)
        tracks = field_lines()
        drawn = VGroup(*[line_with_head(track) for track in tracks])
        self.say("Join the arrows, and you get field lines: from plus to minus, or away to infinity.")
        self.play(arrows.animate.set_opacity(0.22), run_time=0.6)
        self.play(*[Create(each[0]) for each in drawn], run_time=3.5, rate_func=linear)
        self.play(FadeIn(VGroup(*[each[1] for each in drawn])), FadeOut(arrows), run_time=0.6)
        self.bring_to_front(pair)
        self.say(shape_line())
        notes = VGroup(
            lines("Close lines: strong field.", 26, CHALK, 26),
            lines("Lines never cross: at each place the force has one direction.", 26, CHALK, 26),
        )
        stack(*notes, area=zone(2.8, 6.6, -2.7, -0.3), buff=0.3)
        self.play(FadeIn(notes, shift=0.2 * UP), run_time=0.8)
        self.pause(1.0)


def shape_line():
    """What the picture of lines says about these two charges."""
    if first_charge * second_charge > 0:
        return "Like charges: the lines avoid each other, and somewhere between them the field is zero."
    if abs(abs(first_charge) - abs(second_charge)) < 0.05:
        return "Equal and opposite, a dipole: every line that leaves the plus ends on the minus."
    return "Unlike charges: the smaller one takes lines as its charge allows, the others go far away."


def curve_to(axes, near, far):
    """The force between two distances, in metres."""
    stops = np.linspace(near, max(far, 1.0001 * near), 60)
    return polyline(axes, 100 * stops, [force_between(stop) for stop in stops], SUM_COLOR)


class InverseSquare(Stage):
    def construct(self):
        if not BOTH:
            raise ValueError("A charge of zero makes no field: give both charges a value other than zero.")
        metres = distance / 100
        apart = ValueTracker(metres)
        now = lambda: force_between(apart.get_value())
        road_y = 1.75
        unit = 6.2 / (3 * metres)
        spots = lambda: (np.array([-5.6, road_y, 0]), np.array([-5.6 + unit * apart.get_value(), road_y, 0]))
        sign = 1 if first_charge * second_charge > 0 else -1  # like charges push apart
        self.heading("Twice as far, a quarter of the force")
        self.say("Now the two charges alone. Newton's third law: both feel the same force, whatever their size.")
        left, right = ball(first_charge, spots()[0]), ball(second_charge, spots()[1])
        right.add_updater(lambda each: each.move_to(spots()[1]))
        scale = 0.8 / force_between(metres)
        forces = always_redraw(
            lambda: VGroup(
                arrow(spots()[0] + 0.45 * UP, spots()[0] + 0.45 * UP + sign * scale * now() * LEFT, SUM_COLOR, 6),
                arrow(spots()[1] + 0.45 * UP, spots()[1] + 0.45 * UP + sign * scale * now() * RIGHT, SUM_COLOR, 6),
            )
        )
        x_range = nice_range([300 * metres], zero=True)
        y_range = nice_range([1.15 * force_between(metres)], zero=True)
        axes = graph(x_range, y_range, zone(-6.6, 2.3, -2.85, 0.95), "distance in cm", "force in µN")
        curve = plot(axes, lambda x: force_between(max(x, 1e-6) / 100), SUM_COLOR, (0.0, 300 * metres))
        dot = Dot(axes.c2p(100 * metres, now()), radius=0.1, color=CHALK)
        dot.add_updater(lambda mark: mark.move_to(axes.c2p(100 * apart.get_value(), now())))
        live = VGroup(
            readout("r", lambda: 100 * apart.get_value(), "cm", 1, 32, CHALK),
            readout("F", now, "µN", 1 if force_between(metres) > 20 else 2, 36, SUM_COLOR),
        )
        stack(*live, area=zone(2.8, 6.6, 1.3, 2.7), buff=0.26)
        self.play(FadeIn(left), FadeIn(right), FadeIn(live), FadeIn(axes), run_time=0.8)
        self.add(forces)
        self.pause(0.1)
        self.say("Pull them apart and watch the force: it falls quickly at first, then slowly.")
        grown = always_redraw(lambda: curve_to(axes, metres, apart.get_value()))
        self.play(FadeIn(dot), run_time=0.4)
        self.add(grown, dot)
        self.play(apart.animate.set_value(2 * metres), run_time=3, rate_func=linear)
        rows = VGroup()
        for times in (1, 2, 3):
            text = f"{number_text(100 * metres * times)} cm: {number_text(force_between(metres * times))} µN"
            rows.add(fit_width(words(text, 28, CHALK), 3.8))
        stack(*rows, area=zone(2.8, 6.6, -1.0, 0.9), buff=0.26)
        self.play(FadeIn(rows[:2], shift=0.2 * UP), run_time=0.6)
        self.say("Twice the distance: not half the force, but a quarter. Three times: a ninth.")
        self.play(apart.animate.set_value(3 * metres), run_time=3, rate_func=linear)
        self.play(FadeIn(rows[2], shift=0.2 * UP), Create(curve), run_time=1.5)
        for still in (forces, dot, right, grown):
            still.clear_updaters()
        marks = VGroup(
            *[Dot(axes.c2p(100 * metres * n, force_between(metres * n)), color=SUM_COLOR) for n in (1, 2, 3)]
        )
        self.bring_to_front(dot)
        note = lines("An inverse-square law, like gravity, but with two signs.", 26, CHALK2, 26)
        fit(note, zone(2.8, 6.6, -2.7, -1.3), UL)
        self.say("An inverse-square law, like gravity. But charges have two signs, and gravity only attracts.")
        self.play(FadeIn(marks), FadeIn(note, shift=0.2 * UP), run_time=0.8)
        self.pause(1.0)

from manim import *
from theorama_kit import *

first_index = knob(
    1.0, label="Refractive index above", minimum=1.0, maximum=2.5, step=0.01, help="1.00 air, 1.33 water, 1.50 glass."
)
second_index = knob(
    1.5,
    label="Refractive index below",
    minimum=1.0,
    maximum=2.5,
    step=0.01,
    help="1.33 water, 1.50 glass, 2.42 diamond.",
)
incidence = knob(50.0, label="Angle of incidence", unit="°", minimum=5.0, maximum=85.0, step=1.0)

FIRST_COLOR = YELLOW  # the incoming ray and its angle
SECOND_COLOR = MINT  # the refracted ray and its angle
BACK_COLOR = CORAL  # reflected light
WALL_COLOR = CHALK3  # the boundary and the normal

LIGHT_SPEED = 299_792_458.0  # in a vacuum, m/s
DENSE, THIN = max(first_index, second_index), min(first_index, second_index)
MATERIALS = [(1.0, "air"), (1.31, "ice"), (1.33, "water"), (1.36, "ethanol"), (1.5, "glass"), (2.42, "diamond")]


def material(index):
    """What a medium is called: by its refractive index when that is a well-known one."""
    known = [name for value, name in MATERIALS if abs(value - index) < 0.0051]
    if known:
        return known[0]
    return "the denser medium" if index == DENSE else "the thinner medium"


def critical_angle(upper, lower):
    """The angle of incidence (in degrees) beyond which no light comes through, or None."""
    return math.degrees(math.asin(lower / upper)) if lower < upper else None


def refraction_angle(angle, upper, lower):
    """Snell's law in degrees; nan where all light is reflected."""
    sine = upper * math.sin(math.radians(angle)) / lower
    return math.degrees(math.asin(sine)) if sine <= 1 else math.nan


def reflected_share(angle, upper, lower):
    """Fresnel's equations: the reflected part of unpolarised light, from 0 to 1."""
    out = refraction_angle(angle, upper, lower)
    if not math.isfinite(out):
        return 1.0
    a, b = math.cos(math.radians(angle)), math.cos(math.radians(out))
    across = (upper * a - lower * b) / (upper * a + lower * b)
    along = (upper * b - lower * a) / (upper * b + lower * a)
    return (across**2 + along**2) / 2


def speed_in(index):
    """The speed of light in a medium, in m/s."""
    return LIGHT_SPEED / index


def front_angle():
    """The angle of incidence in the scene with waves: the chosen one where waves can be drawn for it."""
    limit = critical_angle(first_index, second_index)
    return clamp(incidence, 20.0, min(65.0, 0.9 * limit) if limit else 65.0)


# --- the picture: a boundary in the middle of MAIN ---------------------------------------------------
MIDDLE = MAIN.get_center()
HALF_WIDTH, HALF_HEIGHT = MAIN.width / 2, MAIN.height / 2
REACH = 2.65  # drawn length of a ray


def media(upper, lower, name_right=False):
    """Two media, the optically denser one brighter, and their boundary."""
    parts = VGroup()
    for index, side in ((upper, 1), (lower, -1)):
        sheet = Rectangle(width=2 * HALF_WIDTH, height=HALF_HEIGHT, stroke_width=0)
        sheet.set_fill(SKY, opacity=0.04 + 0.16 * (index - 1.0))
        parts.add(sheet.move_to(MIDDLE + side * HALF_HEIGHT / 2 * UP))
        name = words(material(index), 26, CHALK)
        value = words("n = " + number_text(index, 2), 24, CHALK2)
        tag = VGroup(name, value).arrange(DOWN, buff=0.12, aligned_edge=LEFT)
        way = RIGHT if name_right and side > 0 else LEFT
        corner = MIDDLE + (HALF_WIDTH - 0.2) * way + side * (HALF_HEIGHT - 0.15) * UP
        parts.add(tag.move_to(corner, aligned_edge=way + side * UP))
    wall = Line(MIDDLE + HALF_WIDTH * LEFT, MIDDLE + HALF_WIDTH * RIGHT, stroke_color=WALL_COLOR, stroke_width=3)
    return parts.add(wall)


def normal():
    return DashedLine(MIDDLE + 2.6 * UP, MIDDLE + 2.6 * DOWN, color=WALL_COLOR, stroke_width=2.5)


def heading_of(angle, down):
    """The unit vector along a ray that has crossed (down) or bounced, at an angle from the normal in degrees."""
    turn = math.radians(angle)
    return np.array([math.sin(turn), -math.cos(turn) if down else math.cos(turn), 0])


def ray(start, end, color, strength=1.0, width=6):
    """A ray with an arrow head in its middle; weak light is faint."""
    way = (end - start) / max(np.linalg.norm(end - start), 1e-6)
    side, tip = np.array([-way[1], way[0], 0]), start + 0.56 * (end - start)
    line = Line(start, end, stroke_color=color, stroke_width=width, stroke_opacity=strength)
    head = Polygon(tip + 0.14 * way, tip - 0.14 * way + 0.13 * side, tip - 0.14 * way - 0.13 * side, stroke_width=0)
    return VGroup(line, head.set_fill(color, opacity=strength))


def rays(angle, upper, lower):
    """The incoming, reflected and refracted rays at an angle; brightness follows Fresnel's equations."""
    back = reflected_share(angle, upper, lower)
    out = refraction_angle(angle, upper, lower)
    drawn = VGroup(ray(MIDDLE - REACH * heading_of(angle, True), MIDDLE, FIRST_COLOR))
    if angle > 1:
        drawn.add(ray(MIDDLE, MIDDLE + REACH * heading_of(angle, False), BACK_COLOR, 0.25 + 0.75 * back))
    if math.isfinite(out):
        drawn.add(ray(MIDDLE, MIDDLE + REACH * heading_of(out, True), SECOND_COLOR, 0.2 + 0.8 * (1 - back)))
    return drawn


def pulses(gone, angle, upper, lower):
    """Flashes of light on their way; where light is slower they run slower and closer together."""
    drawn, out = VGroup(), refraction_angle(angle, upper, lower)
    back = reflected_share(angle, upper, lower)
    for count in range(-6, 12):
        way = (count + gone % 1.0) * 0.66
        if -REACH < way <= 0:
            drawn.add(Dot(MIDDLE + way * heading_of(angle, True), radius=0.09, color=CHALK))
        if 0 < way < REACH:
            drawn.add(Dot(MIDDLE + way * heading_of(angle, False), radius=0.09 * back**0.25, color=CHALK))
        if 0 < way * upper / lower < REACH and math.isfinite(out):
            spot = MIDDLE + way * upper / lower * heading_of(out, True)
            drawn.add(Dot(spot, radius=0.09 * (1 - back) ** 0.25, color=CHALK))
    return drawn


def arcs(angle, upper, lower):
    """The angle of incidence and the angle of refraction, both measured from the normal."""
    drawn, out = VGroup(), refraction_angle(angle, upper, lower)
    if angle > 0.5:
        drawn.add(Arc(0.75, PI / 2, math.radians(angle), arc_center=MIDDLE, color=FIRST_COLOR, stroke_width=4))
    if math.isfinite(out) and out > 0.5:
        drawn.add(Arc(0.75, -PI / 2, math.radians(out), arc_center=MIDDLE, color=SECOND_COLOR, stroke_width=4))
    return drawn


def angle_names(turn, upper, lower):
    """The names of the two angles, which follow their arcs and hide where the arcs are too narrow."""
    first, second = words("θ₁", 26, FIRST_COLOR), words("θ₂", 26, SECOND_COLOR)

    def place(name, angle, down):
        shown = math.isfinite(angle) and angle > 24
        name.set_opacity(1.0 if shown else 0.0)
        if shown:
            way = heading_of(angle / 2, down)
            name.move_to(MIDDLE + 1.1 * (way if down else way * np.array([-1, 1, 1])))

    first.add_updater(lambda name: place(name, turn.get_value(), False), call_updater=True)
    second.add_updater(
        lambda name: place(name, refraction_angle(turn.get_value(), upper, lower), True), call_updater=True
    )
    return VGroup(first, second)


def degrees(value):
    return number_text(value, 1) + "°"


class BendingAtABoundary(Stage):
    def construct(self):
        if abs(first_index - second_index) < 0.005:
            raise ValueError("Both media have the same refractive index, so light is not bent: choose two that differ.")
        upper, lower = first_index, second_index
        turn, limit = ValueTracker(0.0), critical_angle(upper, lower)
        hidden = limit is not None and incidence > limit
        out = lambda: refraction_angle(turn.get_value(), upper, lower)
        self.heading("Light at a boundary")
        self.say(f"Light comes from {material(upper)} and meets {material(lower)}.")
        self.play(FadeIn(media(upper, lower)), Create(normal()), run_time=1.0)
        down = [MIDDLE + REACH * UP, MIDDLE, MIDDLE + REACH * DOWN]
        first, second = ray(down[0], down[1], FIRST_COLOR), ray(down[1], down[2], SECOND_COLOR)
        self.play(Create(first[0]), run_time=0.7, rate_func=linear)
        self.play(
            FadeIn(first[1]), Create(second[0]), FadeIn(second[1]), run_time=0.7 * lower / upper, rate_func=linear
        )
        self.say("Along the normal, the dashed line, it goes straight on. Now tilt it.")
        self.pause(0.1)
        live = VGroup(
            words("angle of incidence", 24, CHALK2),
            readout("θ₁", turn, "°", 1, 40, FIRST_COLOR),
            words("angle of refraction", 24, CHALK2),
            readout("θ₂", out, "°", 1, 40, SECOND_COLOR),
        )
        stack(*live, area=zone(2.8, 6.6, 0.0, 2.6), buff=0.25)
        moving = always_redraw(lambda: rays(turn.get_value(), upper, lower))
        bows = always_redraw(lambda: arcs(turn.get_value(), upper, lower))
        self.play(FadeIn(live), run_time=0.6)
        self.remove(*first, *second)
        self.add(bows, moving, angle_names(turn, upper, lower))
        stop = 0.8 * limit if hidden else incidence
        if lower > upper:
            self.say("Slower light below: the ray bends toward the normal, and θ₂ is smaller.")
        else:
            self.say("Faster light below: the ray bends away from the normal, and θ₂ is larger.")
        self.play(turn.animate.set_value(stop), run_time=5)
        if hidden:
            self.say(f"Beyond {degrees(limit)} nothing comes through: the boundary has become a perfect mirror.")
            self.play(turn.animate.set_value(incidence), run_time=3)
        else:
            straight = DashedLine(
                MIDDLE, MIDDLE + REACH * heading_of(incidence, True), color=FIRST_COLOR, stroke_width=2.5
            )
            self.say("Unbent, it would go on along the dashes. Angles are measured from the normal.")
            self.play(Create(straight), run_time=0.9)
        share = reflected_share(incidence, upper, lower)
        note = VGroup(
            words("reflected, at the same angle", 24, BACK_COLOR),
            words(number_text(100 * share, None, 2) + " % of the light", 30, BACK_COLOR),
        )
        stack(*note, area=zone(2.8, 6.6, -2.6, -0.9), buff=0.2)
        clock = ValueTracker(0.0)
        flashes = always_redraw(lambda: pulses(clock.get_value(), incidence, upper, lower))
        self.say(
            "All the light is reflected, and at the angle at which it came."
            if hidden
            else "A little of the light is always reflected, at the angle at which it came."
        )
        self.play(FadeIn(note, shift=0.2 * UP), FadeIn(flashes), run_time=0.7)
        self.play(clock.animate.set_value(12.0), run_time=6, rate_func=linear)
        flashes.clear_updaters()
        self.pause(1.0)


# --- wave fronts ------------------------------------------------------------------------------------
FRONT = front_angle()
FRONT_OUT = refraction_angle(FRONT, first_index, second_index)
LONG = 1.15  # drawn wavelength in the thinner medium
WAVE_ONE, WAVE_TWO = LONG * THIN / first_index, LONG * THIN / second_index
STEP = WAVE_ONE / math.sin(math.radians(FRONT))  # from crest to crest along the boundary
MOUTH = clamp(1.1 * STEP, 1.7, 2.6)  # half of the lit part of the boundary


def kept(start, way, down):
    """The part of a straight line start + t way that lies in one half of the picture, or None."""
    low, high = -20.0, 20.0
    bounds = ((-HALF_WIDTH, HALF_WIDTH), (-HALF_HEIGHT, 0.0) if down else (0.0, HALF_HEIGHT))
    for axis, (least, most) in enumerate(bounds):
        if abs(way[axis]) < 1e-9:
            if not least <= start[axis] <= most:
                return None
            continue
        ends = sorted([(least - start[axis]) / way[axis], (most - start[axis]) / way[axis]])
        low, high = max(low, ends[0]), min(high, ends[1])
    return (low, high)


def crests(periods, down):
    """The crests of the beam in one medium after some periods; they meet on the boundary."""
    angle, wave = (FRONT_OUT, WAVE_TWO) if down else (FRONT, WAVE_ONE)
    way = heading_of(angle, True)
    across = np.array([-way[1], way[0], 0])
    half = MOUTH * math.cos(math.radians(angle))
    drawn = VMobject(stroke_color=SECOND_COLOR if down else FIRST_COLOR, stroke_width=4)
    for count in range(-12, 13):
        start = (count + periods % 1.0) * wave * way
        span = kept(start, across, down)
        if span is None:
            continue
        low, high = max(span[0], -half), min(span[1], half)
        if high - low > 0.02:
            drawn.start_new_path(MIDDLE + start + low * across)
            drawn.add_line_to(MIDDLE + start + high * across)
    return drawn


def beam_axis():
    """The rays that belong to the fronts, at right angles to them."""
    start, end = MIDDLE - REACH * heading_of(FRONT, True), MIDDLE + REACH * heading_of(FRONT_OUT, True)
    return VGroup(ray(start, MIDDLE, CHALK, 0.9, 4), ray(MIDDLE, end, CHALK, 0.9, 4))


def triangles():
    """Between two crests on the boundary: one wavelength above, one below, and the same step on the boundary."""
    left, right = MIDDLE + STEP / 2 * LEFT, MIDDLE + STEP / 2 * RIGHT
    above, below = right - WAVE_ONE * heading_of(FRONT, True), left + WAVE_TWO * heading_of(FRONT_OUT, True)
    upper = Polygon(left, right, above, stroke_width=0).set_fill(FIRST_COLOR, opacity=0.3)
    lower = Polygon(left, right, below, stroke_width=0).set_fill(SECOND_COLOR, opacity=0.3)
    step = Line(left, right, stroke_color=CHALK, stroke_width=7)
    one = Line(above, right, stroke_color=FIRST_COLOR, stroke_width=8)
    two = Line(left, below, stroke_color=SECOND_COLOR, stroke_width=8)
    # The angle between crest and boundary is the angle between ray and normal.
    bend, out = math.radians(FRONT), math.radians(FRONT_OUT)
    arc_one = Arc(0.3 * STEP, 0, bend, arc_center=left, color=FIRST_COLOR, stroke_width=4)
    arc_two = Arc(0.3 * STEP, PI, out, arc_center=right, color=SECOND_COLOR, stroke_width=4)
    names = VGroup(words("λ₁", 28, FIRST_COLOR), words("λ₂", 28, SECOND_COLOR))
    for name, line, way in zip(names, (one, two), (RIGHT + UP, LEFT + DOWN), strict=True):
        name.move_to(line.get_center() + 0.26 * way).add_background_rectangle(STAGE, 0.75, buff=0.05)
    return VGroup(upper, lower, step, VGroup(one, arc_one), VGroup(two, arc_two), names)


def speed_rows():
    rows = VGroup()
    for index, color in ((first_index, FIRST_COLOR), (second_index, SECOND_COLOR)):
        name = words("speed in " + material(index), 24, CHALK2)
        value = words(number_text(speed_in(index)) + " m/s", 32, color)
        rows.add(VGroup(fit_width(name, 3.8), value).arrange(DOWN, buff=0.12, aligned_edge=LEFT))
    return rows


class WhyItBends(Stage):
    def construct(self):
        clock = ValueTracker(0.0)
        first = always_redraw(lambda: crests(clock.get_value(), False))
        second = always_redraw(lambda: crests(clock.get_value(), True))
        self.heading("Why it bends: the speed changes")
        self.say("Light is a wave. Here are its crests, much enlarged.")
        picture = media(first_index, second_index, name_right=True)
        rows = stack(*speed_rows(), area=zone(2.8, 6.6, 0.3, 2.6), buff=0.3)
        self.play(FadeIn(picture), run_time=0.7)
        axis = beam_axis()
        self.play(FadeIn(first), FadeIn(second), FadeIn(axis), run_time=0.7)
        self.play(clock.animate.set_value(3.0), run_time=3, rate_func=linear)
        slower = "slower" if second_index > first_index else "faster"
        closer = "closer together" if second_index > first_index else "further apart"
        self.say(f"Below light is {slower}: as many crests pass each second, so they run {closer}.")
        self.play(FadeIn(rows, shift=0.2 * UP), clock.animate.set_value(4.0), run_time=1, rate_func=linear)
        self.play(clock.animate.set_value(8.0), run_time=4, rate_func=linear)
        self.say("But crests must meet on the boundary. They can do so only at another angle.")
        self.play(clock.animate.set_value(12.5), run_time=4.5, rate_func=linear)
        for still in (first, second):
            still.clear_updaters()
        shape = triangles()
        self.say("Two triangles share one step on the boundary. Their short sides are the wavelengths.")
        self.play(FadeOut(axis), first.animate.set_stroke(opacity=0.45), second.animate.set_stroke(opacity=0.45))
        self.play(FadeIn(shape[2]), run_time=0.5)
        self.play(FadeIn(shape[0]), FadeIn(shape[1]), Create(shape[3]), Create(shape[4]), run_time=1.2)
        self.play(FadeIn(shape[5]), run_time=0.4)
        law = VGroup(
            formula(
                r"\frac{\sin\theta_1}{\sin\theta_2} = \frac{\lambda_1}{\lambda_2} = \frac{v_1}{v_2} = \frac{n_2}{n_1}",
                36,
                colors={
                    r"\theta_1": FIRST_COLOR, r"\lambda_1": FIRST_COLOR, "v_1": FIRST_COLOR, "n_1": FIRST_COLOR,
                    r"\theta_2": SECOND_COLOR, r"\lambda_2": SECOND_COLOR, "v_2": SECOND_COLOR, "n_2": SECOND_COLOR,
                },
            ),
            formula(
                r"n_1 \sin\theta_1 = n_2 \sin\theta_2",
                40,
                colors={"n_1": FIRST_COLOR, "n_2": SECOND_COLOR, r"\theta_1": FIRST_COLOR, r"\theta_2": SECOND_COLOR},
            ),
        )  # fmt: skip
        law.arrange(DOWN, buff=0.45, aligned_edge=LEFT)
        fit(law, zone(2.8, 6.5, -2.6, 0.0), UL)
        self.say("So the sines are as the wavelengths, and as the speeds: this is Snell's law.")
        self.play(FadeIn(law[0], shift=0.2 * UP), run_time=0.9)
        self.play(FadeIn(law[1], shift=0.2 * UP), Create(highlight(law[1], CHALK2, 0.14)), run_time=0.9)
        self.pause(1.2)


class NothingComesThrough(Stage):
    def construct(self):
        limit = critical_angle(DENSE, THIN)
        turn = ValueTracker(0.0)
        share = lambda angle: 100 * reflected_share(angle, DENSE, THIN)
        self.heading("Total internal reflection")
        if first_index < second_index:
            self.say(f"Now the other way round: light comes from {material(DENSE)} and wants to get out.")
        else:
            self.say(f"Here light wants to get out of {material(DENSE)}. Turn it further and further.")
        self.play(FadeIn(media(DENSE, THIN)), FadeIn(normal()), run_time=0.8)
        moving = always_redraw(lambda: rays(turn.get_value(), DENSE, THIN))
        bows = always_redraw(lambda: arcs(turn.get_value(), DENSE, THIN))
        live = VGroup(
            readout("θ₁", turn, "°", 1, 34, FIRST_COLOR),
            readout("θ₂", lambda: refraction_angle(turn.get_value(), DENSE, THIN), "°", 1, 34, SECOND_COLOR),
            readout("reflected", lambda: share(turn.get_value()), "%", 0, 30, BACK_COLOR),
        )
        stack(*live, area=zone(2.8, 6.6, 1.1, 2.7), buff=0.22)
        axes = graph((0, 90), (0, 100), zone(2.5, 6.7, -2.85, 0.85), "θ₁ in degrees", "reflected light in %", 20)
        dot = Dot(axes.c2p(0, share(0)), color=CHALK, radius=0.09)
        dot.add_updater(lambda mark: mark.move_to(axes.c2p(turn.get_value(), share(turn.get_value()))))
        self.play(FadeIn(live), FadeIn(axes), FadeIn(dot), run_time=0.8)
        self.add(bows, moving, angle_names(turn, DENSE, THIN))
        grown = always_redraw(lambda: share_curve(axes, turn.get_value(), limit))
        self.add(grown, dot)
        self.say("It bends away from the normal, so θ₂ reaches 90° before θ₁ does.")
        self.play(turn.animate.set_value(limit - 0.02), run_time=6)
        mark = DashedLine(axes.c2p(limit, 0), axes.c2p(limit, 100), color=CHALK2, stroke_width=2.5)
        self.say(f"At {degrees(limit)} the ray skims along the boundary. This is the critical angle.")
        self.play(Create(mark), run_time=0.8)
        self.say("A little more, and no light comes out at all: a perfect mirror.")
        self.play(turn.animate.set_value((limit + 90) / 2), run_time=3.5)
        for still in (moving, bows, grown, dot):
            still.clear_updaters()
        self.play(FadeOut(live), run_time=0.4)
        ends = VGroup(
            words("sin θc = n₂ ÷ n₁", 30, CHALK2),
            words(f"= {number_text(THIN, 2)} ÷ {number_text(DENSE, 2)} = {number_text(THIN / DENSE)}", 28, CHALK2),
            words("critical angle θc = " + degrees(limit), 32, CHALK),
        )
        stack(*ends, area=zone(2.8, 6.6, 1.15, 2.7), buff=0.2)
        self.say("It needs a way into a thinner medium. Optical fibres guide light like this.")
        self.play(FadeIn(ends, shift=0.2 * UP), run_time=0.8)
        self.pause(1.0)


def share_curve(axes, angle, limit):
    """The reflected share up to an angle, with samples close together before the critical angle."""
    near = limit * (1 - np.linspace(1, 0, 80) ** 3)
    stops = [float(x) for x in near if x < angle] + [min(angle, limit)]
    heights = [100 * reflected_share(x, DENSE, THIN) for x in stops]
    if angle > limit:
        stops, heights = [*stops, limit, angle], [*heights, 100.0, 100.0]
    return polyline(axes, [0.0, *stops], [heights[0], *heights], BACK_COLOR)

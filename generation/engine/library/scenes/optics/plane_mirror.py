from manim import *
from theorama_kit import *

incidence = knob(35.0, label="Angle of incidence", unit="°", minimum=5.0, maximum=80.0, step=1.0)
object_distance = knob(1.5, label="Distance from the mirror", unit="m", minimum=0.6, maximum=2.8, step=0.1)
closer_distance = knob(0.8, label="New distance from the mirror", unit="m", minimum=0.6, maximum=2.8, step=0.1)
sign = knob("AMBULANCE", label="Word on the sign", choices=("AMBULANCE", "POLICE", "MIRROR", "TAXI"))

RAY_COLOR = YELLOW
BACK_COLOR = MINT
IMAGE_COLOR = LILAC
LENGTH_COLOR = SKY
MIRROR_COLOR = CHALK


def reflected(direction, normal):
    """A direction after reflection: the part along the normal turns round, the rest stays."""
    direction, normal = np.asarray(direction, dtype=float), np.asarray(normal, dtype=float)
    normal = normal / np.linalg.norm(normal)
    return direction - 2 * float(direction @ normal) * normal


def angle_between(first, second):
    """The angle between two directions, in degrees."""
    cosine = float(np.dot(first, second)) / (np.linalg.norm(first) * np.linalg.norm(second))
    return math.degrees(math.acos(clamp(cosine, -1, 1)))


def incoming(degrees_in):
    """The direction of a ray that falls on a mirror lying flat."""
    part = math.radians(degrees_in)
    return np.array([math.sin(part), -math.cos(part), 0.0])


def angle_out(degrees_in):
    """The angle of reflection, measured from the normal, found from the reflected direction."""
    return angle_between(reflected(incoming(degrees_in), UP), UP)


def meeting_point(first, first_way, second, second_way):
    """Where two straight lines meet: a point and a direction each, in the plane."""
    matrix = np.array([[first_way[0], -second_way[0]], [first_way[1], -second_way[1]]])
    along, _other = np.linalg.solve(matrix, (np.asarray(second) - np.asarray(first))[:2])
    return np.asarray(first) + along * np.asarray(first_way)


# --- the law of reflection ---------------------------------------------------------------------------
HIT = np.array([-2.15, -2.15, 0.0])
RAY = 4.3  # drawn length of a ray


def flat_mirror():
    """A mirror that lies flat, with hatching on its dark side."""
    line = Line(HIT + 4.3 * LEFT, HIT + 4.3 * RIGHT, stroke_color=MIRROR_COLOR, stroke_width=6)
    marks = VGroup()
    for k in range(-21, 22):
        start = HIT + np.array([0.2 * k, -0.04, 0])
        marks.add(Line(start, start + np.array([-0.15, -0.2, 0]), stroke_color=EDGE, stroke_width=2))
    return VGroup(marks, line)


def both_rays(degrees_in):
    """The ray to the mirror and the ray away from it."""
    way = incoming(degrees_in)
    start, end = HIT - RAY * way, HIT + RAY * reflected(way, UP)
    return VGroup(arrow(start, HIT, RAY_COLOR, 6), arrow(HIT, end, BACK_COLOR, 6))


def both_arcs(degrees_in):
    """The two angles, each between its ray and the normal."""
    part = math.radians(max(degrees_in, 0.5))
    left = Arc(radius=1.25, start_angle=PI / 2, angle=part, arc_center=HIT, stroke_color=RAY_COLOR, stroke_width=5)
    right = Arc(radius=1.25, start_angle=PI / 2, angle=-part, arc_center=HIT, stroke_color=BACK_COLOR, stroke_width=5)
    return VGroup(left, right)


class LawOfReflection(Stage):
    def construct(self):
        angle = ValueTracker(5.0)
        now = angle.get_value
        rays = always_redraw(lambda: both_rays(now()))
        arcs = always_redraw(lambda: both_arcs(now()))
        normal = DashedLine(HIT, HIT + 4.6 * UP, color=CHALK2, stroke_width=3)
        name = words("normal", 24, CHALK2).next_to(HIT + 4.6 * UP, RIGHT, buff=0.12)
        numbers = VGroup(
            readout("incidence i", angle, "°", 0, 30, RAY_COLOR),
            readout("reflection r", lambda: angle_out(now()), "°", 0, 30, BACK_COLOR),
        )
        stack(*numbers, area=zone(2.8, 6.6, 1.5, 2.7), buff=0.25)
        axes = graph((0, 90), (0, 90), zone(2.6, 6.6, -2.85, 1.2), "i in degrees", "r in degrees", y_count=4)
        trail = always_redraw(
            lambda: Line(
                axes.c2p(0, 0), axes.c2p(max(now(), 0.5), angle_out(max(now(), 0.5))), stroke_color=BACK_COLOR, stroke_width=5
            )
        )
        self.heading("The law of reflection")
        self.say("A ray of light falls on a flat mirror. Both angles are measured from the normal.")
        self.play(FadeIn(flat_mirror()), Create(normal), FadeIn(name), run_time=0.9)
        self.play(FadeIn(rays), FadeIn(arcs), FadeIn(numbers), FadeIn(axes), run_time=0.8)
        self.add(trail)
        self.say("Tilt the ray: whatever the angle of incidence, the ray leaves at the same angle.")
        self.play(angle.animate.set_value(80), run_time=6.0, rate_func=linear)
        for still in (trail,):
            still.clear_updaters()
        self.say(f"Here at {number_text(incidence)}°. A common mistake: reading the angle from the mirror, {number_text(90 - incidence)}°.")
        self.play(angle.animate.set_value(incidence), run_time=2.5)
        dot = Dot(axes.c2p(incidence, angle_out(incidence)), color=RAY_COLOR, radius=0.1)
        law = formula("i = r", 48, colors={"i": RAY_COLOR, "r": BACK_COLOR})
        fit(law, zone(axes.c2p(3, 0)[0], axes.c2p(48, 0)[0], axes.c2p(0, 66)[1], axes.c2p(0, 88)[1]))
        self.play(FadeIn(dot, scale=0.4), Write(law), run_time=0.9)
        for still in (rays, arcs, *numbers):
            still.clear_updaters()
        self.pause(1.2)


# --- the image ----------------------------------------------------------------------------------------
PER_METRE = 2.1
LAMP_Y = 1.0
TARGETS = [0.35, -0.25, -0.85]  # where the three rays meet the mirror


def lamp(distance):
    return np.array([-PER_METRE * distance, LAMP_Y, 0.0])


def image_of(distance):
    """Where two reflected rays, drawn on backwards, meet: computed from the rays, not assumed."""
    ways = [reflected(np.array([0.0, y, 0.0]) - lamp(distance), RIGHT) for y in TARGETS[:2]]
    return meeting_point([0, TARGETS[0], 0], ways[0], [0, TARGETS[1], 0], ways[1])


def standing_mirror():
    line = Line([0, -2.7, 0], [0, 2.0, 0], stroke_color=MIRROR_COLOR, stroke_width=6)
    marks = VGroup(
        *[Line([0.04, y, 0], [0.24, y + 0.15, 0], stroke_color=EDGE, stroke_width=2) for y in np.linspace(-2.65, 1.8, 23)]
    )
    return VGroup(marks, line)


def fan(distance):
    """Rays from the lamp to the mirror and back, as far as the edge of the picture."""
    drawn = VGroup()
    for y in TARGETS:
        spot = np.array([0.0, y, 0.0])
        way = reflected(spot - lamp(distance), RIGHT)
        way = way / np.linalg.norm(way)
        reach = min(5.9 / abs(way[0]), (y + 2.7) / max(-way[1], 1e-6))
        drawn.add(Line(lamp(distance), spot, stroke_color=RAY_COLOR, stroke_width=4))
        drawn.add(arrow(spot, spot + reach * way, BACK_COLOR, 4))
        if y == TARGETS[0]:  # the eye
            place = spot + (reach + 0.24) * way
            drawn.add(Ellipse(width=0.5, height=0.34, color=CHALK, stroke_width=3).move_to(place), Dot(place, color=CHALK))
    return drawn


def backwards(distance):
    """The same rays drawn on behind the mirror."""
    meet = image_of(distance)
    return VGroup(
        *[DashedLine([0, y, 0], meet, color=IMAGE_COLOR, stroke_width=2.5, dash_length=0.1) for y in TARGETS]
    )


def distances(distance):
    """The distances of lamp and image from the mirror."""
    level = np.array([0, LAMP_Y + 0.5, 0])
    return VGroup(
        *[
            VGroup(
                Line(level, level + x * RIGHT, stroke_color=LENGTH_COLOR, stroke_width=4),
                Line(level + x * RIGHT + 0.12 * DOWN, level + x * RIGHT + 0.12 * UP, stroke_color=LENGTH_COLOR, stroke_width=4),
            )
            for x in (lamp(distance)[0], image_of(distance)[0])
        ]
    )


class ImageBehindTheMirror(Stage):
    def construct(self):
        far = ValueTracker(object_distance)
        now = far.get_value
        bulb = always_redraw(lambda: Dot(lamp(now()), radius=0.16, color=RAY_COLOR))
        rays = always_redraw(lambda: fan(now()))
        dashes = always_redraw(lambda: backwards(now()))
        ghost = always_redraw(lambda: Circle(0.16, color=IMAGE_COLOR, stroke_width=4).move_to(image_of(now())))
        bars = always_redraw(lambda: distances(now()))
        numbers = VGroup(
            readout("lamp", far, "m", 2, 30, LENGTH_COLOR).move_to([-3.2, 2.35, 0]),
            readout("image", lambda: image_of(now())[0] / PER_METRE, "m", 2, 30, LENGTH_COLOR).move_to([3.4, 2.35, 0]),
        )
        self.heading("The image lies behind the mirror")
        self.say(f"A lamp stands {number_text(object_distance)} m in front of a mirror. Each of its rays obeys i = r.")
        self.play(FadeIn(standing_mirror()), FadeIn(bulb), run_time=0.8)
        self.play(Create(fan(object_distance)), run_time=2.0)
        self.clear()
        self.add(self.title_text, standing_mirror(), rays, bulb)
        self.say("An eye knows nothing of the bend. Draw the rays on straight: they all meet in one point.")
        self.play(Create(backwards(object_distance)), run_time=1.8)
        self.clear()
        self.add(self.title_text, standing_mirror(), rays, dashes, bulb)
        self.play(FadeIn(ghost, scale=0.4), run_time=0.6)
        self.say("There we see the image, just as far behind the mirror as the lamp is in front of it.")
        self.play(FadeIn(bars), FadeIn(numbers), run_time=0.9)
        goal = closer_distance if abs(closer_distance - object_distance) > 0.15 else 3.4 - object_distance
        goal = goal if abs(goal - object_distance) > 0.15 else 0.8
        self.say("Move the lamp, and the image moves too, always the same distance on the other side.")
        self.play(far.animate.set_value(goal), run_time=4.0)
        self.play(far.animate.set_value(object_distance), run_time=2.5)
        for still in (bulb, rays, dashes, ghost, bars, *numbers):
            still.clear_updaters()
        note = VGroup(
            words("virtual image", 34, IMAGE_COLOR), words("no light is there: a screen stays dark", 24, CHALK2)
        ).arrange(DOWN, buff=0.16, aligned_edge=LEFT)
        fit(note, zone(1.2, 6.5, -2.7, -1.6), UL)
        self.say("No light comes from behind the mirror: such an image is called virtual.")
        self.play(FadeIn(note, shift=0.2 * UP), run_time=0.8)
        self.pause(1.2)


class MirrorWriting(Stage):
    def construct(self):
        self.heading("Mirror writing")
        mirror = Line([0, -2.7, 0], [0, 2.6, 0], stroke_color=MIRROR_COLOR, stroke_width=6)
        plain = fit_width(words(sign, 60, RAY_COLOR, BOLD), 4.4).move_to([-3.2, 1.4, 0])
        image = plain.copy().flip(UP, about_point=ORIGIN).set_color(IMAGE_COLOR)
        self.say("A sign stands at right angles to the mirror. Send every point of it to the other side.")
        self.play(Create(mirror), FadeIn(plain), run_time=0.9)
        threads = VGroup()
        for letter, ghost in zip(plain, image, strict=True):
            level = letter.get_bottom()[1] - 0.12
            threads.add(Line([letter.get_x(), level, 0], [ghost.get_x(), level, 0], stroke_color=LENGTH_COLOR, stroke_width=2))
        first, last = threads[0], threads[-1]
        first.shift(0.36 * DOWN)
        self.play(Create(first), run_time=1.0)
        self.play(TransformFromCopy(plain[0], image[0]), run_time=1.0)
        self.say("The letter farthest from the mirror has its image farthest behind it.")
        self.play(Create(last), run_time=0.6)
        self.play(LaggedStart(*[TransformFromCopy(a, b) for a, b in zip(plain[1:], image[1:], strict=True)], lag_ratio=0.25), run_time=3.0)
        self.say("A mirror swaps front and back, towards it and away from it. Up stays up, down stays down.")
        self.play(FadeOut(first, last), run_time=0.4)
        back = VGroup(
            arrow([-0.9, 0.35, 0], [-5.4, 0.35, 0], LENGTH_COLOR), arrow([0.9, 0.35, 0], [5.4, 0.35, 0], LENGTH_COLOR)
        )
        self.play(*[GrowArrow(part) for part in back], run_time=0.9)
        self.say("So write it backwards to begin with, and a driver reads it the right way round in his mirror.")
        turned = plain.copy().flip(UP).move_to([-3.2, -1.3, 0])
        read = turned.copy().flip(UP, about_point=ORIGIN).set_color(IMAGE_COLOR)
        self.play(FadeIn(turned, shift=0.2 * UP), run_time=0.8)
        self.play(TransformFromCopy(turned, read, path_arc=0), run_time=1.8)
        labels = VGroup(
            words("in front of the mirror", 24, CHALK2).move_to([-3.2, -2.45, 0]),
            words("seen in the mirror", 24, CHALK2).move_to([3.2, -2.45, 0]),
        )
        self.play(FadeIn(labels), Create(highlight(read, BACK_COLOR, 0.2)), run_time=0.8)
        self.pause(1.2)

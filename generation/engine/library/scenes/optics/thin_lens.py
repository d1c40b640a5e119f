from manim import *
from theorama_kit import *

lens = knob("converging", label="Lens", choices=("converging", "diverging"))
focal_length = knob(10.0, label="Focal length", unit="cm", minimum=2.0, maximum=50.0, step=0.5)
object_distance = knob(25.0, label="Object distance", unit="cm", minimum=1.0, maximum=150.0, step=0.5)
object_height = knob(3.0, label="Height of the object", unit="cm", minimum=0.5, maximum=20.0, step=0.5)

OBJECT_COLOR = YELLOW
IMAGE_COLOR = CORAL
FIRST_COLOR, SECOND_COLOR, THIRD_COLOR = SKY, MINT, LILAC  # the three easy rays
GLASS_COLOR = SKY

CONVERGING = lens == "converging"
FOCUS = focal_length if CONVERGING else -focal_length  # with its sign: a diverging lens counts as negative


def image_distance(distance):
    """The thin-lens equation, in cm: positive behind the lens (real), negative in front of it (virtual)."""
    gap = distance - FOCUS
    return math.inf if abs(gap) < 1e-9 else FOCUS * distance / gap


def magnification(distance):
    """Image height over object height; negative means upside down."""
    gap = FOCUS - distance
    return math.inf if abs(gap) < 1e-9 else FOCUS / gap


IMAGE_AT = image_distance(object_distance)
MAGNIFIED = magnification(object_distance)
REAL = IMAGE_AT > 0


def view():
    """How far the picture reaches to the left and right of the lens, in cm, and whether the image is in it."""
    left, right = 1.12 * max(object_distance, 1.3 * focal_length), 1.5 * focal_length
    if REAL:
        shown = IMAGE_AT <= 3 * left
        return left, max(right, 1.12 * IMAGE_AT if shown else 2 * left), shown
    shown = -IMAGE_AT <= 3 * max(object_distance, focal_length)
    return max(left, -1.12 * IMAGE_AT if shown else 0), right, shown


LEFT_REACH, RIGHT_REACH, SHOWN = view()

# --- the picture: lens and axis in MAIN, centimetres along and across on scales of their own -----------
BOX = MAIN
FLOOR, CEILING = BOX.get_bottom()[1], BOX.get_top()[1]
AXIS_Y = (FLOOR + CEILING) / 2
EDGES = (BOX.get_left()[0], BOX.get_right()[0])


def bench(left, right, tallest):
    """A function from cm (along the axis, across it) to the stage; `tallest` cm are 1.95 units high."""
    along, across = (EDGES[1] - EDGES[0]) / (left + right), 1.95 / tallest
    return lambda x, y: np.array([EDGES[0] + along * (left + x), AXIS_Y + across * y, 0])


def kept(start, end):
    """The part of a segment inside the picture, or None."""
    low, high, way = 0.0, 1.0, end - start
    for axis, (least, most) in enumerate((EDGES, (FLOOR, CEILING))):
        if abs(way[axis]) < 1e-9:
            if not least <= start[axis] <= most:
                return None
            continue
        ends = sorted([(least - start[axis]) / way[axis], (most - start[axis]) / way[axis]])
        low, high = max(low, ends[0]), min(high, ends[1])
    return (start + low * way, start + high * way) if high - low > 1e-6 else None


def piece(start, end, color, dashed=False, width=4):
    """A straight piece of a ray, cut off at the edges of the picture."""
    ends = kept(start, end)
    if ends is None:
        return VGroup()
    if dashed:
        return DashedLine(ends[0], ends[1], color=color, stroke_width=0.75 * width, dash_length=0.11)
    return Line(ends[0], ends[1], stroke_color=color, stroke_width=width)


def beyond(start, through, reach=60.0):
    """A point far along the line from `start` through another point."""
    way = through - start
    return start + reach * way / max(np.linalg.norm(way), 1e-9)


def three_rays(place, distance, height):
    """For each easy ray: its way to the lens, its way behind it, and where it seems to come from (dashed)."""
    size = magnification(distance)
    tip, image = place(-distance, height), None
    if math.isfinite(size):
        image = place(image_distance(distance), size * height)
    virtual = image is not None and image_distance(distance) < 0
    hits = [place(0, height), place(0, 0)] + ([place(0, size * height)] if image is not None else [])
    # Ray 1 leaves the lens on the line through a focus, ray 2 goes straight on, ray 3 leaves parallel to the axis.
    leaves = [
        beyond(hits[0], place(FOCUS, 0)) if CONVERGING else beyond(place(FOCUS, 0), hits[0]),
        beyond(tip, hits[1]),
    ]
    leaves += [beyond(hits[2], hits[2] + RIGHT)] if image is not None else []
    drawn = []
    for hit, end, color in zip(hits, leaves, (FIRST_COLOR, SECOND_COLOR, THIRD_COLOR), strict=False):
        ray = [piece(tip, hit, color), piece(hit, end, color)]
        back = piece(hit, image, color, dashed=True) if virtual else VGroup()
        drawn.append((*ray, back))
    return drawn


def lens_shape(place):
    """The lens, thick or thin in the middle, and its axis."""
    heights = np.linspace(-1, 1, 41)
    bulge = 0.04 + 0.2 * (1 - heights**2) if CONVERGING else 0.07 + 0.17 * heights**2
    middle, tall = place(0, 0), 2.5
    edge = [middle + np.array([x, tall * y, 0]) for x, y in zip(bulge, heights, strict=True)]
    edge += [middle + np.array([-x, tall * y, 0]) for x, y in zip(bulge[::-1], heights[::-1], strict=True)]
    glass = Polygon(*edge, stroke_color=CHALK2, stroke_width=2.5).set_fill(GLASS_COLOR, opacity=0.22)
    axis = Line([EDGES[0], middle[1], 0], [EDGES[1], middle[1], 0], stroke_color=CHALK3, stroke_width=2.5)
    return VGroup(axis, glass)


def focus_marks(place, doubles=False):
    """The two focal points, and the points at twice the focal length."""
    marks = VGroup()
    for count, name in ((1, "F"), (2, "2F"))[: 2 if doubles else 1]:
        for side in (-1, 1):
            spot = place(side * count * focal_length, 0)
            away = np.array([0.24, 0.28, 0]) if side > 0 and CONVERGING else np.array([-0.2, -0.3, 0])
            label = words(name, 24, CHALK2).move_to(spot + away)
            marks.add(VGroup(Dot(spot, radius=0.06, color=CHALK), label))
    return marks


def upright(place, x, height, color):
    """An arrow that stands on the axis (or hangs from it)."""
    return arrow(place(x, 0), place(x, height), color, 7)


def distance_text(value):
    return number_text(value) + " cm" if math.isfinite(value) else "infinitely far"


def kind_text(size):
    """The three words for an image."""
    way = "upside down" if size < 0 else "upright"
    big = "same size" if abs(abs(size) - 1) < 5e-3 else "larger" if abs(size) > 1 else "smaller"
    return f"{'real' if size < 0 else 'virtual'}, {way}, {big}"


class ThreeRays(Stage):
    def construct(self):
        place = bench(LEFT_REACH, RIGHT_REACH, object_height * max(1.0, abs(MAGNIFIED) if SHOWN else 1.0))
        self.heading(f"How a {lens} lens makes an image")
        if CONVERGING:
            self.say("A converging lens bends parallel rays so that they meet in its focus F.")
        else:
            self.say("A diverging lens spreads parallel rays, as if they came from its focus F.")
        glass, marks = lens_shape(place), focus_marks(place)
        self.play(FadeIn(glass), run_time=0.7)
        comes, goes, seems = VGroup(), VGroup(), VGroup()
        for up in (1.7, 0.9, -0.9, -1.7):
            hit, focus = place(0, 0) + up * UP, place(FOCUS, 0)
            comes.add(Line([EDGES[0], hit[1], 0], hit, stroke_color=CHALK, stroke_width=3))
            goes.add(piece(hit, beyond(hit, focus) if CONVERGING else beyond(focus, hit), CHALK, width=3))
            seems.add(VGroup() if CONVERGING else piece(focus, hit, CHALK2, dashed=True, width=3))
        self.play(*[Create(one) for one in comes], run_time=1.0, rate_func=linear)
        self.play(*[Create(one) for one in goes], FadeIn(marks), run_time=1.0, rate_func=linear)
        if not CONVERGING:
            self.play(*[Create(one) for one in seems], run_time=0.7)
        self.pause(0.1)
        facts = VGroup(
            words("focal length", 24, CHALK2),
            words(distance_text(focal_length), 30, CHALK),
            words("object distance", 24, CHALK2),
            words(distance_text(object_distance), 30, OBJECT_COLOR),
        )
        stack(*facts, area=zone(2.8, 6.6, 0.3, 2.6), buff=0.22)
        thing = upright(place, -object_distance, object_height, OBJECT_COLOR)
        self.say("Now an object stands in front. Of all rays from its tip, three are easy to draw.")
        self.play(FadeOut(comes, goes, seems), FadeIn(facts), run_time=0.6)
        name = words("object", 24, OBJECT_COLOR).next_to(thing.get_end(), UP, buff=0.12)
        self.play(GrowArrow(thing), FadeIn(name), run_time=0.7)
        rays = three_rays(place, object_distance, object_height)
        said = ["Ray 1 comes in parallel to the axis, and so it leaves through the focus."]
        if not CONVERGING:
            said = ["Ray 1 comes in parallel to the axis, and leaves as if it came from the focus."]
        said.append("Ray 2 goes through the middle of the lens, and straight on.")
        said.append("Ray 3 is ray 1 backwards: it heads for the other focus, and leaves parallel.")
        if CONVERGING and object_distance < focal_length:
            said[2] = "Ray 3 is ray 1 backwards: it seems to come from the focus, and leaves parallel."
        elif CONVERGING:
            said[2] = "Ray 3 is ray 1 backwards: it comes through a focus, and leaves parallel."
        shown = rays if SHOWN else rays[:2]
        for (first, second, _back), line in zip(shown, said, strict=False):
            self.say(line)
            self.play(Create(first), run_time=0.7, rate_func=linear)
            self.play(Create(second), run_time=0.7, rate_func=linear)
        image = upright(place, IMAGE_AT, MAGNIFIED * object_height, IMAGE_COLOR) if SHOWN else VGroup()
        self.say(meeting_line())
        backs = [back for _first, _second, back in shown]
        if not REAL:
            self.play(*[Create(back) for back in backs], run_time=1.0)
        if SHOWN:
            self.play(GrowArrow(image), run_time=0.8)
            tag = words("image", 24, IMAGE_COLOR).next_to(image.get_end(), DOWN if REAL else UP, buff=0.12)
            if not REAL and MAGNIFIED < 1:
                tag.next_to(place(IMAGE_AT, 0), DOWN, buff=0.5)  # its tip lies among the rays
            near = overlap(tag, name) > 0
            self.play(FadeIn(tag), *([FadeOut(name)] if near else []), run_time=0.4)
        notes = image_notes()
        stack(*notes, area=zone(2.8, 6.6, -2.7, 0.0), buff=0.22)
        self.play(FadeIn(notes, shift=0.2 * UP), run_time=0.7)
        self.pause(1.0)


def meeting_line():
    """What the rays do after the lens."""
    if not math.isfinite(IMAGE_AT):
        return "The object stands at the focus: its rays leave parallel and never meet. No image."
    if REAL:
        far = "" if SHOWN else ", far out of the picture"
        return f"All rays from the tip meet again {distance_text(IMAGE_AT)} behind the lens{far}: a real image."
    far = "" if SHOWN else ", far to the left"
    return f"They spread, as if they came from one point in front of the lens{far}: a virtual image."


def image_notes():
    notes = VGroup(words("image distance", 24, CHALK2), words(distance_text(IMAGE_AT), 34, IMAGE_COLOR))
    if math.isfinite(IMAGE_AT):
        notes.add(words("magnification", 24, CHALK2), words(number_text(MAGNIFIED), 34, IMAGE_COLOR))
        notes.add(words(kind_text(MAGNIFIED), 24, IMAGE_COLOR))
    return notes


# The object's stations on its way, in focal lengths, with what to notice there.
STATIONS = (
    [
        (3.0, "beyond 2F", "Far away: the image is real, upside down and smaller, as in a camera or an eye."),
        (2.0, "at 2F", "At twice the focal length, object and image are of the same size."),
        (1.35, "between 2F and F", "Closer, and the image runs away and grows: so a projector works."),
        (0.6, "inside F", "Inside the focus it has jumped to the front: upright and larger, a magnifying glass."),
    ]
    if CONVERGING
    else [
        (3.0, "at 3F", "The rays spread, so the image is virtual: upright, smaller, on the object's side."),
        (2.0, "at 2F", "Bring the object closer, and the image comes closer too, and grows."),
        (1.0, "at F", "At F nothing special happens: the image is half as large as the object."),
        (0.3, "inside F", "However close it comes, the image stays virtual, upright and smaller."),
    ]
)


class MovingTheObject(Stage):
    def construct(self):
        unit, small = focal_length, 0.72 * object_height / 1.95  # the object is drawn 0.72 units high
        place = bench(3.3 * unit, 4.4 * unit, object_height)
        at = ValueTracker(STATIONS[0][0] * unit)
        size = lambda: magnification(at.get_value())
        shown = lambda: math.isfinite(size()) and abs(size()) < 3.7 and image_distance(at.get_value()) < 4.4 * unit
        self.heading("Move the object toward the lens")
        self.say(STATIONS[0][2])
        glass, marks = lens_shape(place), focus_marks(place, doubles=True)
        moving = always_redraw(
            lambda: VGroup(
                *[part for ray in three_rays(place, at.get_value(), small)[: 3 if shown() else 2] for part in ray]
            ).set_stroke(opacity=0.75)
        )
        thing = always_redraw(lambda: upright(place, -at.get_value(), small, OBJECT_COLOR))
        image = always_redraw(
            lambda: upright(place, image_distance(at.get_value()), size() * small, IMAGE_COLOR) if shown() else VGroup()
        )
        live = VGroup(
            readout("object", at, "cm", 1, 30, OBJECT_COLOR),
            readout("image", lambda: image_distance(at.get_value()), "cm", 1, 30, IMAGE_COLOR),
            readout("magnification", size, "", 2, 30, IMAGE_COLOR),
        )
        stack(*live, area=zone(2.8, 6.6, 1.15, 2.7), buff=0.2)
        self.play(FadeIn(glass), FadeIn(marks), FadeIn(live), run_time=0.7)
        self.play(FadeIn(moving), FadeIn(thing), FadeIn(image), run_time=0.7)
        rows = VGroup()
        for station, name, _line in STATIONS:
            kind = kind_text(magnification(station * unit))
            rows.add(VGroup(words(name, 24, CHALK), words(kind, 22, IMAGE_COLOR)))
            rows[-1].arrange(DOWN, buff=0.09, aligned_edge=LEFT)
        stack(*rows, area=zone(2.8, 6.6, -2.85, 0.85), buff=0.2)
        self.play(FadeIn(rows[0], shift=0.2 * UP), run_time=0.5)
        for index, (station, _name, line) in enumerate(STATIONS[1:], start=1):
            self.say(line)
            self.play(at.animate.set_value(station * unit), run_time=4.5 if index == 3 and CONVERGING else 3)
            self.play(FadeIn(rows[index], shift=0.2 * UP), run_time=0.5)
        for still in (moving, thing, image):
            still.clear_updaters()
        self.pause(1.0)


class LensEquation(Stage):
    def construct(self):
        unit = focal_length
        x_end = nice_range([max(4 * unit, 1.1 * min(object_distance, 12 * unit))], zero=True)[1]
        tall = clamp(IMAGE_AT, -3 * unit, 5 * unit) if math.isfinite(IMAGE_AT) else 4 * unit
        spans = [-2 * unit, 4 * unit, 1.1 * tall] if CONVERGING else [-1.15 * unit, 0.15 * unit]
        y_range = nice_range(spans, zero=True)
        axes = graph((0, x_end), y_range, MAIN, "object distance in cm", "image distance in cm")
        zero = Line(axes.c2p(0, 0), axes.c2p(x_end, 0), stroke_color=CHALK3, stroke_width=2.5)
        self.heading("The lens equation")
        law = formula(
            r"\frac{1}{f} = \frac{1}{d_o} + \frac{1}{d_i}", 44, colors={"d_o": OBJECT_COLOR, "d_i": IMAGE_COLOR}
        )
        fit(law, zone(2.8, 6.5, 1.3, 2.75), UL)
        self.say("One equation ties the two distances to the focal length.")
        self.play(FadeIn(axes), FadeIn(zero), Write(law), run_time=1.3)
        curve = plot(axes, image_distance, IMAGE_COLOR, (x_end / 2000, x_end), samples=400)
        curve.reverse_direction()  # drawn from far to near
        self.say(
            "Far objects have their image near F. Close to F it runs away; inside, it turns negative: virtual."
            if CONVERGING
            else "A diverging lens has a negative f, so the image distance is always negative: virtual."
        )
        edge = FOCUS if y_range[0] <= FOCUS <= y_range[1] else 0.0
        near = DashedLine(axes.c2p(0, edge), axes.c2p(x_end, edge), color=CHALK2, stroke_width=2)
        name = words("f", 24, CHALK2).next_to(axes.c2p(0, edge), UR, buff=0.1)
        self.play(Create(curve), run_time=3.0, rate_func=linear)
        self.play(Create(near), FadeIn(name), run_time=0.7)
        if CONVERGING:
            wall = DashedLine(axes.c2p(unit, y_range[0]), axes.c2p(unit, y_range[1]), color=CHALK2, stroke_width=2)
            self.play(Create(wall), run_time=0.6)
        rows = worked_rows()
        stack(*rows, area=zone(2.8, 6.6, -2.7, 1.0), buff=0.26)
        self.say(f"An object {distance_text(object_distance)} away: put in the numbers.")
        if object_distance <= x_end and math.isfinite(IMAGE_AT) and y_range[0] <= IMAGE_AT <= y_range[1]:
            spot = axes.c2p(object_distance, IMAGE_AT)
            up = DashedLine(axes.c2p(object_distance, 0), spot, color=OBJECT_COLOR, stroke_width=3)
            over = DashedLine(spot, axes.c2p(0, IMAGE_AT), color=IMAGE_COLOR, stroke_width=3)
            self.play(Create(up), run_time=0.7)
            self.play(GrowFromCenter(Dot(spot, color=CHALK, radius=0.1)), Create(over), run_time=0.8)
        for row in rows:
            self.play(FadeIn(row, shift=0.2 * UP), run_time=0.6)
        self.say(last_line())
        self.pause(1.0)


def worked_rows():
    """The example worked out, line by line."""
    colors = {"d_o": OBJECT_COLOR, "d_i": IMAGE_COLOR}
    rows = [formula(r"\frac{1}{d_i} = \frac{1}{f} - \frac{1}{d_o}", 34, colors=colors)]
    terms = f"= {number_text(1 / FOCUS)} − {number_text(1 / object_distance)}"
    if not math.isfinite(IMAGE_AT):
        return [*rows, words(terms + " = 0", 26), words("no image", 34, IMAGE_COLOR)]
    terms += f" = {number_text(1 / FOCUS - 1 / object_distance)} per cm"
    rows.append(fit_width(words(terms, 26), 3.8))
    rows.append(fit_width(words("image distance: " + distance_text(IMAGE_AT), 28, IMAGE_COLOR), 3.8))
    size = VGroup(
        formula(r"m = -\frac{d_i}{d_o}", 34, colors=colors), words("= " + number_text(MAGNIFIED), 32, IMAGE_COLOR)
    )
    rows.append(fit_width(size.arrange(RIGHT, buff=0.2), 3.8))
    return rows


def last_line():
    if not math.isfinite(IMAGE_AT):
        return "One divided by zero: the image has gone to infinity."
    if REAL:
        return "Plus: behind the lens, real. The minus sign of m says that the image is upside down."
    return "A minus sign: in front of the lens, virtual. And m is positive: the image is upright."

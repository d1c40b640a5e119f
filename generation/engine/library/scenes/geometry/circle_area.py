from manim import *
from theorama_kit import *

radius = knob(5.0, label="Radius", minimum=0.1, maximum=100.0, step=0.1)
length_unit = knob("cm", label="Unit of length", choices=("mm", "cm", "m", "km", "in", "ft"))
slices = knob(
    16, label="Slices at first", minimum=8, maximum=40, step=2, help="An odd number becomes the next even one."
)
rings = knob(14, label="Rings of the onion", minimum=5, maximum=30)
factor = knob(2, label="The second circle is so many times as wide", minimum=2, maximum=4)

UPPER_COLOR = SKY
LOWER_COLOR = CORAL
EDGE_COLOR = MINT
RADIUS_COLOR = YELLOW
AREA_COLOR = LILAC
FIRST = slices + slices % 2


def circumference(r):
    return 2 * math.pi * r


def circle_area(r):
    return math.pi * r * r


def row_width(n, r):
    """The straight length of one row of n/2 slices: the chords of half the circle."""
    return n * r * math.sin(math.pi / n)


def row_height(n, r):
    """The height of the row: from the middle of the circle to a chord."""
    return r * math.cos(math.pi / n)


def box_area(n, r):
    """Width times height of the rearranged slices (the small bulges left out)."""
    return row_width(n, r) * row_height(n, r)


def ring_radii(r):
    """The middle radius of every ring, from the inside out."""
    return [(i + 0.5) * r / rings for i in range(rings)]


def strip_areas(r):
    """The area of every unrolled ring: a strip as long as the ring's middle line."""
    return [circumference(middle) * r / rings for middle in ring_radii(r)]


def length_text(value, digits=4):
    return number_text(value, None, digits) + " " + length_unit


def area_text(value, digits=4):
    return number_text(value, None, digits) + " " + length_unit + "²"


# --- slices: rigid pieces, hinged at the outer corners ----------------------------------------------
def one_slice(n, r):
    """A slice with its chord on the x-axis, from 0 to c, its tip below and its arc above."""
    half = math.pi / n
    chord, depth = 2 * r * math.sin(half), r * math.cos(half)
    bends = max(2, round(48 / n))
    turns = [half - 2 * half * i / bends for i in range(bends + 1)]
    arc = [(chord / 2 - r * math.sin(turn), r * math.cos(turn) - depth) for turn in turns]
    return np.array([(chord / 2, -depth), *arc, (chord / 2, -depth)]), chord


def fan(n, r, opened, up=True):
    """Half of the circle as a chain of slices: round (0) or straightened (1). The middle of the circle, or of the row
    of chords lowered by its height, is the origin."""
    shape, chord = one_slice(n, r)
    count, turn = n // 2, (1 - opened) * 2 * math.pi / n
    heading = (count - 1) / 2 * turn
    pieces, spot, along = [], np.zeros(2), heading
    for _piece in range(count):
        way = np.array([[math.cos(along), -math.sin(along)], [math.sin(along), math.cos(along)]])
        pieces.append(shape @ way.T + spot)
        spot = spot + way @ np.array([chord, 0.0])
        along -= turn
    middle = np.array([spot[0] / 2, 0.0])
    top = max([float(piece[:, 1].max()) for piece in pieces])
    moved = [piece - middle + np.array([0.0, r - top]) for piece in pieces]
    return moved if up else [piece * np.array([1.0, -1.0]) for piece in moved]


def drawn(pieces, at, color):
    """All slices of a half as one shape."""
    shape = VMobject(fill_color=color, fill_opacity=0.55, stroke_color=STAGE, stroke_width=2)
    for piece in pieces:
        points = [np.array([x + at[0], y + at[1], 0.0]) for x, y in piece]
        shape.start_new_path(points[0])
        shape.add_points_as_corners(points[1:])
    return shape


def meshed(n, r, at):
    """Both rows pushed into one another, the middle of the whole at `at`."""
    chord, height = one_slice(n, r)[1], row_height(n, r)
    upper = drawn(fan(n, r, 1.0), (at[0] + chord / 4, at[1] - height / 2), UPPER_COLOR)
    lower = drawn(fan(n, r, 1.0, up=False), (at[0] - chord / 4, at[1] + height / 2), LOWER_COLOR)
    return VGroup(upper, lower)


class CutAndRearrange(Stage):
    def construct(self):
        r, at = 2.1, np.array([-2.2, 0.0, 0.0])
        chord, height = one_slice(FIRST, r)[1], row_height(FIRST, r)
        opened, apart, meshing = ValueTracker(0.0), ValueTracker(0.0), ValueTracker(0.0)
        level = lambda: 0.3 * apart.get_value() + (height / 2) * -meshing.get_value()
        aside = lambda: chord / 4 * meshing.get_value()
        lift = lambda: level() - 0.3 * apart.get_value() * meshing.get_value()
        upper = always_redraw(
            lambda: drawn(fan(FIRST, r, opened.get_value()), at[:2] + np.array([aside(), lift()]), UPPER_COLOR)
        )
        lower = always_redraw(
            lambda: drawn(fan(FIRST, r, opened.get_value(), False), at[:2] - np.array([aside(), lift()]), LOWER_COLOR)
        )
        self.heading("How large is a circle?")
        self.say("No squares fill a round shape. So how do we find its area?")
        whole = Circle(r, color=EDGE_COLOR, stroke_width=5).move_to(at)
        inside = Circle(r, stroke_width=0, fill_color=AREA_COLOR, fill_opacity=0.35).move_to(at)
        spoke = Line(at, at + r * RIGHT, stroke_color=RADIUS_COLOR, stroke_width=5)
        letter = words("r", 30, RADIUS_COLOR).next_to(spoke, UP, buff=0.1)
        facts = stack(
            words("r = " + length_text(radius), 34, RADIUS_COLOR),
            words("edge: 2πr = " + length_text(circumference(radius)), 28, EDGE_COLOR),
            words("area = ?", 34, AREA_COLOR),
            area=zone(2.8, 6.6, 0.7, 2.6),
            buff=0.3,
        )
        self.play(Create(whole), FadeIn(inside), run_time=1.2)
        self.play(Create(spoke), FadeIn(letter), FadeIn(facts), run_time=0.9)
        self.say(f"Cut it into {FIRST} equal slices, all through the middle.")
        halves = VGroup(
            drawn(fan(FIRST, r, 0.0), at[:2], UPPER_COLOR), drawn(fan(FIRST, r, 0.0, False), at[:2], LOWER_COLOR)
        )
        self.play(FadeOut(spoke), FadeOut(letter), FadeOut(whole), FadeOut(inside), FadeIn(halves), run_time=1.2)
        self.remove(halves)
        self.add(upper, lower)
        self.say("Open both halves like fans. No slice changes its size.")
        self.play(apart.animate.set_value(1.0), run_time=0.6)
        self.play(opened.animate.set_value(1.0), run_time=3.0)
        self.say("Push the two rows into one another: no gap.")
        self.play(meshing.animate.set_value(1.0), run_time=2.2)
        for still in (upper, lower):
            still.clear_updaters()
        width = row_width(FIRST, r)
        base, side = at + np.array([-chord / 4, -height / 2, 0]), at + np.array([width / 2 + chord / 4, 0, 0])
        below = brace(
            Line(base + width / 2 * LEFT, base + width / 2 * RIGHT).shift(0.05 * DOWN),
            DOWN,
            "πr, half of the edge",
            size=28,
        )
        tall = brace(Line(side + height / 2 * DOWN, side + height / 2 * UP), RIGHT, "r", CHALK2, 32)
        below[1].set_color(EDGE_COLOR)
        tall[1].set_color(RADIUS_COLOR)
        self.say("Half of the edge lies on top, half below. The height is nearly the radius.")
        self.play(GrowFromCenter(below[0]), FadeIn(below[1]), run_time=1.0)
        self.play(GrowFromCenter(tall[0]), FadeIn(tall[1]), run_time=1.0)
        guess = stack(
            words("nearly a rectangle:", 26, CHALK2),
            words("width ≈ πr = " + length_text(circumference(radius) / 2), 28, EDGE_COLOR),
            words("height ≈ r = " + length_text(radius), 28, RADIUS_COLOR),
            area=zone(2.8, 6.6, -1.6, 0.2),
            buff=0.25,
        )
        self.play(FadeIn(guess, shift=0.2 * UP), run_time=0.8)
        self.pause(1.0)


def counts():
    """Numbers of slices, doubled three times."""
    return [FIRST, 2 * FIRST, 4 * FIRST, 8 * FIRST]


class ThinnerSlices(Stage):
    def construct(self):
        r, at = 1.75, np.array([-3.3, 1.35, 0.0])
        self.heading("Thinner and thinner slices")
        self.say("The top is bumpy and the sides lean. So cut finer, and measure.")
        rows = [
            [
                str(n),
                length_text(row_width(n, radius), 5),
                length_text(row_height(n, radius), 5),
                area_text(box_area(n, radius), 5),
            ]
            for n in counts()
        ]
        limit = [
            "more and more",
            "πr = " + length_text(circumference(radius) / 2, 5),
            "r = " + length_text(radius, 5),
            "πr² = " + area_text(circle_area(radius), 5),
        ]
        titles = ["slices", "width", "height", "width × height"]
        sheet = table(titles, [*rows, limit], [CHALK2, EDGE_COLOR, RADIUS_COLOR, AREA_COLOR], 28, 0.5, 0.8)
        fit(sheet, zone(-6.3, 6.3, -2.85, 0.05), DOWN)
        for cell, color in zip(sheet[-1], (CHALK, EDGE_COLOR, RADIUS_COLOR, AREA_COLOR), strict=True):
            cell.set_color(color)
        now = meshed(counts()[0], r, at)
        label = fit(words(f"{counts()[0]} slices", 40, CHALK), zone(1.2, 6.4, 1.1, 2.1), LEFT)
        self.play(FadeIn(now), FadeIn(label), FadeIn(sheet[:2]), run_time=0.9)
        self.play(FadeIn(sheet[2], shift=0.2 * UP), run_time=0.5)
        spoken = {
            1: "More slices: the bumps get flatter, the sides more upright.",
            2: "Width and height hardly change any more.",
        }
        for index, n in enumerate(counts()[1:], start=1):
            if index in spoken:
                self.say(spoken[index])
            following = meshed(n, r, at)
            self.play(FadeOut(label), run_time=0.2)
            label = fit(words(f"{n} slices", 40, CHALK), zone(1.2, 6.4, 1.1, 2.1), LEFT)
            self.play(FadeOut(now), FadeIn(following), FadeIn(label), run_time=0.9)
            self.play(FadeIn(sheet[index + 2], shift=0.2 * UP), run_time=0.5)
            now = following
        self.say("In the limit it is a true rectangle: πr wide and r high.")
        exact = Rectangle(width=math.pi * r, height=r, stroke_color=AREA_COLOR, stroke_width=5).move_to(at)
        self.play(Create(exact), FadeIn(sheet[-1], shift=0.2 * UP), run_time=1.2)
        law = formula(r"A = \pi r \cdot r = \pi r^2", 52, CHALK, {"A": AREA_COLOR})
        self.play(FadeOut(label), run_time=0.3)
        fit(law, zone(0.9, 6.4, 0.7, 2.2))
        self.say("So the area of a circle is πr times r.")
        self.play(Write(law), run_time=1.2)
        self.play(Create(highlight(law, AREA_COLOR, 0.22)), run_time=0.6)
        self.pause(1.0)


# --- rings: strips that keep their length while they straighten -------------------------------------
def ring_outline(middle, thick, opened, samples=60):
    """A ring cut open at the top, with its lowest point kept; its middle line never changes its length."""
    bend = middle / max(1 - opened, 1e-3)
    reach = math.pi * max(1 - opened, 1e-3)
    turns = np.linspace(-reach, reach, samples)
    points = []
    for way, side in ((turns, 1), (turns[::-1], -1)):
        far = bend + side * thick / 2
        points += [(far * math.sin(turn), bend - middle - far * math.cos(turn)) for turn in way]
    return [*points, points[0]]


def onion(r, opened, at):
    """All rings of the circle; every second one a little darker."""
    peel = VGroup()
    for shade in (0.75, 0.45):
        peel.add(VMobject(fill_color=EDGE_COLOR, fill_opacity=shade, stroke_width=0))
    for index, middle in enumerate(ring_radii(r)):
        outline = ring_outline(middle, r / rings, opened)
        points = [np.array([x + at[0], y + at[1], 0.0]) for x, y in outline]
        peel[index % 2].start_new_path(points[0])
        peel[index % 2].add_points_as_corners(points[1:])
    return peel


class UnrollTheRings(Stage):
    def construct(self):
        r, at = 1.95, np.array([0.0, 0.15, 0.0])
        opened = ValueTracker(0.0)
        peel = always_redraw(lambda: onion(r, opened.get_value(), at))
        self.heading("A second look: peel it like an onion")
        self.say("Is it really so? Take the same circle apart in thin rings.")
        self.play(FadeIn(peel), run_time=1.0)
        self.say("Cut the rings at the top. Each straightens and keeps its length.")
        self.play(opened.animate.set_value(1.0), run_time=4.6)
        peel.clear_updaters()
        left, right = at + np.array([-math.pi * r, -r, 0]), at + np.array([math.pi * r, -r, 0])
        outline = Polygon(left, right, at, stroke_color=CHALK, stroke_width=4)
        self.say("The strips make a triangle. Its base is the outer edge, its height the radius.")
        self.play(Create(outline), run_time=1.2)
        below = brace(Line(left, right), DOWN, "2πr = " + length_text(circumference(radius)), size=28)
        below[1].set_color(EDGE_COLOR)
        tall = Line(at + r * DOWN, at, stroke_color=RADIUS_COLOR, stroke_width=5)
        letter = words("r = " + length_text(radius), 28, RADIUS_COLOR).next_to(at, UP, buff=0.15)
        self.play(GrowFromCenter(below[0]), FadeIn(below[1]), Create(tall), FadeIn(letter), run_time=1.0)
        law = formula(r"A = \tfrac{1}{2} \cdot 2 \pi r \cdot r = \pi r^2", 52, CHALK, {"A": AREA_COLOR})
        fit(law, zone(-6.2, 6.2, 1.3, 2.5))
        self.say("Half of base times height, half of 2πr times r: again πr².")
        self.play(Write(law), run_time=1.4)
        self.play(Create(highlight(law, AREA_COLOR, 0.2)), run_time=0.6)
        self.pause(1.0)


def squares_on_radius(center, side, count):
    """The square on the radius, cut into count by count equal squares."""
    step = side / count
    parts = VGroup()
    for i in range(count):
        for j in range(count):
            one = Square(step, stroke_color=RADIUS_COLOR, stroke_width=2.5, fill_color=RADIUS_COLOR, fill_opacity=0.3)
            parts.add(one.move_to(center + np.array([(i + 0.5) * step, (j + 0.5) * step, 0])))
    return parts


class TwiceAsWide(Stage):
    def construct(self):
        times = {2: "Twice", 3: "Three times", 4: "Four times"}[factor]
        large = 2.2
        small = large / factor
        left, right = np.array([-6.3 + small, -0.2, 0]), np.array([-6.3 + 2 * small + 1.0 + large, -0.2, 0])
        edge = right[0] + large + 0.6
        self.heading(f"{times} as wide: how much larger?")
        self.say("πr² means: the square on the radius, about 3.14 times.")
        disc = Circle(small, stroke_color=EDGE_COLOR, stroke_width=4, fill_color=AREA_COLOR, fill_opacity=0.3)
        disc.move_to(left)
        square = squares_on_radius(left, small, 1)
        square_name = words("r²", 28 if factor < 4 else 22, CHALK).move_to(square)
        rows = VGroup(
            words("A = π · (" + length_text(radius) + ")²", 28, CHALK),
            words("= " + area_text(circle_area(radius)), 34, AREA_COLOR),
        )
        wide = length_text(factor * radius)
        more = VGroup(
            words("A = π · (" + wide + ")²", 28, CHALK),
            words("= " + area_text(circle_area(factor * radius)), 34, AREA_COLOR),
        )
        for pair in (rows, more):
            pair.arrange(DOWN, buff=0.18, aligned_edge=LEFT)
        result = words(f"{factor} × {factor} = {factor * factor} times the area", 30, RADIUS_COLOR)
        together = VGroup(rows, more, result).arrange(DOWN, buff=0.6, aligned_edge=LEFT)
        fit(together, zone(edge, 6.5, -2.6, 2.4), LEFT)
        self.play(FadeIn(disc, scale=0.7), run_time=0.8)
        self.play(FadeIn(square), FadeIn(square_name), FadeIn(rows, shift=0.2 * UP), run_time=0.9)
        grown = Circle(large, stroke_color=EDGE_COLOR, stroke_width=4, fill_color=AREA_COLOR, fill_opacity=0.3)
        grown.move_to(right)
        self.say(f"{times} as wide. Is the area also {times.lower()} as large?")
        self.play(GrowFromCenter(grown), run_time=1.4)
        parts = squares_on_radius(right, large, factor)
        self.play(LaggedStart(*[TransformFromCopy(square[0], part) for part in parts], lag_ratio=0.25), run_time=2.4)
        self.say(f"The square on its radius holds {factor * factor} of the small squares.")
        self.play(FadeIn(more, shift=0.2 * UP), run_time=0.8)
        self.say(f"So the area is {factor * factor} times as large: a length counts twice in an area.")
        self.play(FadeIn(result, shift=0.2 * UP), run_time=0.7)
        self.play(Create(highlight(result, RADIUS_COLOR)), run_time=0.6)
        self.pause(1.0)

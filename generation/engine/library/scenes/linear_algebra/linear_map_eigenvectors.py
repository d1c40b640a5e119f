from manim import *
from theorama_kit import *

top_left = knob(2.0, label="a (top left)", minimum=-3.0, maximum=3.0, step=0.25)
top_right = knob(1.0, label="b (top right)", minimum=-3.0, maximum=3.0, step=0.25)
bottom_left = knob(1.0, label="c (bottom left)", minimum=-3.0, maximum=3.0, step=0.25)
bottom_right = knob(2.0, label="d (bottom right)", minimum=-3.0, maximum=3.0, step=0.25)

I_COLOR = MINT
J_COLOR = CORAL
EIGEN_COLOR = YELLOW
GRID_COLOR = SKY
AREA_COLOR = LILAC

MATRIX = np.array([[top_left, top_right], [bottom_left, bottom_right]])
TRACE = top_left + bottom_right
DET = top_left * bottom_right - top_right * bottom_left
DISCRIMINANT = TRACE * TRACE - 4 * DET
TINY = 1e-9


def case():
    """What kind of eigenvalues there are."""
    if DISCRIMINANT < -TINY:
        return "complex"
    if DISCRIMINANT > TINY:
        return "two"
    return "every" if abs(top_right) < TINY and abs(bottom_left) < TINY else "defective"


def eigenvalues():
    """The real eigenvalues: the solutions of x² - trace x + det = 0, the larger first."""
    if case() == "complex":
        return []
    if case() != "two":
        return [TRACE / 2]
    root = math.sqrt(DISCRIMINANT)
    return [(TRACE + root) / 2, (TRACE - root) / 2]


def eigenvector(value):
    """A unit vector that the matrix only stretches by `value`: it is kept by (matrix - value)."""
    rows = [(top_left - value, top_right), (bottom_left, bottom_right - value)]
    x, y = max(rows, key=lambda row: math.hypot(*row))
    length = math.hypot(x, y)
    if length < TINY:
        return np.array([1.0, 0.0])
    found = np.array([-y, x]) / length
    return found if found[0] > TINY or (abs(found[0]) <= TINY and found[1] > 0) else -found


def partway(part):
    """The map on its way from "nothing moves" (0) to the matrix (1): every point goes straight."""
    return (1 - part) * np.eye(2) + part * MATRIX


# --- the plane: coordinates to stage, cut off at the edges of the picture ---------------------------
PLANE = zone(-6.6, 2.3, -2.85, 2.75)
CENTRE = PLANE.get_center()
HALF_WIDTH, HALF_HEIGHT = PLANE.width / 2, PLANE.height / 2


def drawn_unit():
    """The drawn length of 1: images of the unit vectors and of the unit square stay in the picture."""
    across, up = [float(np.linalg.norm(row)) for row in MATRIX]
    across, up = max(across, abs(top_left + top_right), 1.5), max(up, abs(bottom_left + bottom_right), 1.5)
    return clamp(0.93 * min(HALF_WIDTH / across, HALF_HEIGHT / up), 0.3, 1.1)


UNIT = drawn_unit()


def spot(vector):
    return CENTRE + UNIT * np.array([vector[0], vector[1], 0.0])


def cut(start, end):
    """The part of a segment inside the picture, or None."""
    start, end = np.asarray(start, dtype=float), np.asarray(end, dtype=float)
    low, high, way = 0.0, 1.0, end - start
    for axis, half in ((0, HALF_WIDTH / UNIT), (1, HALF_HEIGHT / UNIT)):
        if abs(way[axis]) < TINY:
            if abs(start[axis]) > half:
                return None
            continue
        ends = sorted([(-half - start[axis]) / way[axis], (half - start[axis]) / way[axis]])
        low, high = max(low, ends[0]), min(high, ends[1])
    return (start + low * way, start + high * way) if high - low > TINY else None


def grid(matrix, color, width, opacity=1.0, reach=16):
    """The image of the square grid under a matrix."""
    lines_drawn = VMobject(stroke_color=color, stroke_width=width, stroke_opacity=opacity)
    for i in range(-reach, reach + 1):
        for start, end in (((i, -reach), (i, reach)), ((-reach, i), (reach, i))):
            part = cut(matrix @ np.array(start), matrix @ np.array(end))
            if part:
                lines_drawn.start_new_path(spot(part[0]))
                lines_drawn.add_line_to(spot(part[1]))
    return lines_drawn


def whole_line(vector, color, width=3):
    """The line through the origin along a vector, from edge to edge of the picture."""
    ends = cut(-40 * vector, 40 * vector)
    return DashedLine(spot(ends[0]), spot(ends[1]), color=color, stroke_width=width, dash_length=0.12)


def vector_arrow(vector, color, width=6):
    """An arrow from the origin to a point, cut off at the edge of the picture."""
    ends = cut((0, 0), vector) if np.linalg.norm(vector) > 1e-6 else None
    return arrow(CENTRE, spot(ends[1]) if ends else CENTRE, color, width)


def kept_side(corners, axis, side):
    """The part of a polygon on the inner side of one edge of the picture."""
    edge = (HALF_WIDTH, HALF_HEIGHT)[axis] / UNIT
    kept = []
    for here, there in zip(corners, [*corners[1:], *corners[:1]], strict=True):
        a, b = edge - side * here[axis], edge - side * there[axis]
        if a >= 0:
            kept.append(here)
        if a * b < 0:
            kept.append(here + a / (a - b) * (there - here))
    return kept


def unit_square(matrix):
    """The image of the square between the two basis vectors, cut off at the edges of the picture."""
    corners = [matrix @ np.array(corner) for corner in ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))]
    for axis, side in ((0, 1), (0, -1), (1, 1), (1, -1)):
        corners = kept_side(corners, axis, side)
    return Polygon(*[spot(corner) for corner in corners], fill_color=AREA_COLOR, fill_opacity=0.4, stroke_width=0)


def plane_background():
    """The plane before the map: a faint grid and its axes."""
    axes = VGroup(
        Line([CENTRE[0] - HALF_WIDTH, CENTRE[1], 0], [CENTRE[0] + HALF_WIDTH, CENTRE[1], 0]),
        Line([CENTRE[0], CENTRE[1] - HALF_HEIGHT, 0], [CENTRE[0], CENTRE[1] + HALF_HEIGHT, 0]),
    )
    return VGroup(grid(np.eye(2), HAIRLINE, 1.5), axes.set_stroke(EDGE, 2))


# --- texts ------------------------------------------------------------------------------------------
def entry(value):
    return number_text(value, None, 4).replace(MINUS, "-")


def matrix_tex():
    left, right = [r"{\color[HTML]{" + ManimColor(color).to_hex().lstrip("#") + "}" for color in (I_COLOR, J_COLOR)]
    rows = [left + entry(row[0]) + "} & " + right + entry(row[1]) + "}" for row in MATRIX]
    return r"M = \begin{pmatrix}" + r" \\ ".join(rows) + r"\end{pmatrix}"


def area_line():
    """What the determinant says about areas."""
    if abs(DET) < TINY:
        return "The square is squashed flat: all areas become zero. The determinant is 0."
    size = number_text(abs(DET))
    if abs(DET - 1) < TINY:
        return "The shape has changed, but every area stays the same: the determinant is 1."
    if DET < 0:
        return (
            "Every area becomes "
            + size
            + " times as large, and the plane is flipped: the determinant is "
            + (number_text(DET) + ".")
        )
    return "Every area becomes " + size + " times as large. That number is the determinant."


def stretch_line(value):
    """What an eigenvalue does to the vectors on its line."""
    if abs(value) < TINY:
        return "everything on it goes to zero"
    if abs(value - 1) < TINY:
        return "nothing on it moves"
    if abs(value + 1) < TINY:
        return "all on it turns back, same length"
    size = number_text(abs(value)) + " times as long"
    return size if value > 0 else "turned back, " + size


class TheMap(Stage):
    def construct(self):
        part = ValueTracker(0.0)
        now = lambda: partway(part.get_value())
        moving = always_redraw(lambda: grid(now(), GRID_COLOR, 2, 0.6))
        first = always_redraw(lambda: vector_arrow(now()[:, 0], I_COLOR))
        second = always_redraw(lambda: vector_arrow(now()[:, 1], J_COLOR))
        face = always_redraw(lambda: unit_square(now()))
        self.heading("A matrix moves the whole plane")
        self.say("Here is the plane with its two basis vectors: one step right and one step up.")
        title = fit(formula(matrix_tex(), 44), zone(2.8, 6.6, 1.5, 2.7), UL)
        self.play(FadeIn(plane_background()), run_time=0.7)
        self.play(FadeIn(moving), GrowFromPoint(first, CENTRE), GrowFromPoint(second, CENTRE), run_time=1.0)
        rows = VGroup()
        for name, vector, color in (("right", MATRIX[:, 0], I_COLOR), ("up", MATRIX[:, 1], J_COLOR)):
            row = VGroup(words("one step " + name + " goes to", 24, CHALK2), words(point_text(vector), 34, color))
            rows.add(row.arrange(DOWN, buff=0.15, aligned_edge=LEFT))
        stack(*rows, area=zone(2.8, 6.6, -1.0, 1.2), buff=0.35)
        self.say("The columns of the matrix tell where these two land. All else must follow.")
        self.play(FadeIn(title), run_time=0.7)
        self.play(FadeIn(rows, shift=0.2 * UP), run_time=0.9)
        self.play(part.animate.set_value(1.0), run_time=3.5)
        self.say("Grid lines stay straight, parallel and evenly spaced: such a map is called linear.")
        self.play(part.animate.set_value(0.0), run_time=1.6)
        self.play(FadeIn(face), run_time=0.6)
        self.bring_to_front(first, second)
        self.say("Watch the square between the basis vectors. Its area is 1.")
        self.play(part.animate.set_value(1.0), run_time=2.8)
        self.say(area_line())
        label = VGroup(words("area factor", 24, CHALK2), words("det M = " + number_text(DET), 36, AREA_COLOR))
        stack(*label, area=zone(2.8, 6.6, -2.6, -1.3), buff=0.2)
        self.play(FadeIn(label, shift=0.2 * UP), run_time=0.8)
        self.pause(1.0)


def point_text(vector):
    return "(" + number_text(vector[0]) + ", " + number_text(vector[1]) + ")"


def compass(count=16):
    """Unit vectors in all directions."""
    return [np.array([math.cos(t), math.sin(t)]) for t in np.linspace(0, math.tau, count + 1)[:-1] + 0.1]


def fan_of(matrix, color, width):
    """The images of unit vectors in all directions: all shafts as one shape and all tips as another."""
    shafts = VMobject(stroke_color=color, stroke_width=width)
    tips = VMobject(fill_color=color, fill_opacity=1, stroke_width=0)
    for vector in compass():
        end = spot(matrix @ vector)
        length = float(np.linalg.norm(end - CENTRE))
        if length < 0.02:
            continue
        way = (end - CENTRE) / length
        size = min(0.22, 0.3 * length)
        base, side = end - size * way, 0.45 * size * np.array([-way[1], way[0], 0.0])
        shafts.start_new_path(CENTRE)
        shafts.add_line_to(base)
        tips.start_new_path(end)
        tips.add_points_as_corners([base + side, base - side, end])
    return VGroup(shafts, tips)


def eigenlines():
    """Directions that are kept, with their eigenvalues; where all are, the two axes stand for them."""
    if case() == "every":
        return [(np.array([1.0, 0.0]), TRACE / 2), (np.array([0.0, 1.0]), TRACE / 2)]
    return [(eigenvector(value), value) for value in eigenvalues()]


VERDICT = {
    "two": "Most vectors leave their line and turn. But on two lines they only stretch.",
    "defective": "Most vectors leave their line and turn. Only one line is kept.",
    "every": "Here all vectors stay on their lines, and all are stretched alike.",
    "complex": "Every single vector leaves its line: this map turns all of them.",
}
MEANING = {
    "two": "A vector that stays on its line is an eigenvector. Its stretch is the eigenvalue λ.",
    "defective": "This eigenvalue counts twice, and yet there is only one line of eigenvectors.",
    "every": "Every vector is an eigenvector here, with the same eigenvalue λ.",
    "complex": "No vector keeps its line: there is no real eigenvector. The eigenvalues are complex.",
}


def complex_text():
    return "λ = " + number_text(TRACE / 2) + " ± " + number_text(math.sqrt(-DISCRIMINANT) / 2) + " i"


def eigen_notes():
    """The eigenvalues and what each does on its line."""
    if case() == "complex":
        return VGroup(words("no real eigenvalue", 28, CHALK2), fit_width(words(complex_text(), 36, EIGEN_COLOR), 3.8))
    notes = VGroup()
    for value in eigenvalues():
        notes.add(words("λ = " + number_text(value), 38, EIGEN_COLOR))
        notes.add(fit_width(words(stretch_line(value), 24, CHALK2), 3.8))
    return notes


class WhoStaysOnItsLine(Stage):
    def construct(self):
        part = ValueTracker(0.0)
        now = lambda: partway(part.get_value())
        self.heading("Which vectors stay on their line?")
        self.say("Take vectors of length 1 in all directions, and apply the matrix to each of them.")
        moving = always_redraw(lambda: grid(now(), GRID_COLOR, 1.5, 0.25))
        fan = always_redraw(lambda: fan_of(now(), CHALK, 4))
        faint = always_redraw(lambda: fan_of(now(), EDGE, 3))
        title = fit(formula(matrix_tex(), 44), zone(2.8, 6.6, 1.5, 2.7), UL)
        self.play(FadeIn(plane_background()), FadeIn(moving), FadeIn(title), run_time=0.7)
        self.play(FadeIn(fan), run_time=0.9)
        self.play(part.animate.set_value(1.0), run_time=3.0)
        self.say(VERDICT[case()])
        self.play(part.animate.set_value(0.0), run_time=1.6)
        kept = []
        if case() == "complex":
            tracks = VGroup(*[whole_line(v, EDGE, 2) for v in compass()[:8:2]])
            self.play(Create(tracks), run_time=1.0)
        else:
            tracks = VGroup(*[whole_line(v, EIGEN_COLOR) for v, _value in eigenlines()])
            kept = [always_redraw(lambda v=v: vector_arrow(now() @ v, EIGEN_COLOR, 7)) for v, _value in eigenlines()]
            self.play(FadeOut(fan), FadeIn(faint), Create(tracks), FadeIn(*kept), run_time=1.2)
        self.play(part.animate.set_value(1.0), run_time=3.0)
        for still in (moving, fan, faint, *kept):  # a still picture is drawn only once
            still.clear_updaters()
        self.say(MEANING[case()])
        notes = eigen_notes()
        stack(*notes, area=zone(2.8, 6.6, -1.8, 1.1), buff=0.25)
        self.play(FadeIn(notes, shift=0.2 * UP), run_time=0.9)
        self.pause(1.0)


def characteristic(value):
    """The determinant of the matrix minus `value` times the identity."""
    return value * value - TRACE * value + DET


def characteristic_tex():
    middle = "" if abs(TRACE) < TINY else (" - " if TRACE > 0 else " + ")
    middle += "" if not middle else ("" if abs(abs(TRACE) - 1) < TINY else entry(abs(TRACE))) + r"\lambda"
    end = "" if abs(DET) < TINY else (" + " if DET > 0 else " - ") + entry(abs(DET))
    return r"\lambda^2" + middle + end + " = 0"


def sums_text():
    """The check: the eigenvalues add up to the trace and multiply to the determinant."""
    return "a + d = " + number_text(TRACE) + ",   det M = " + number_text(DET)


class SquashedFlat(Stage):
    def construct(self):
        found = sorted(eigenvalues())
        spread = (found[-1] - found[0]) if found else 0.0
        low, high = (found[0], found[-1]) if found else (TRACE / 2, TRACE / 2)
        low, high = low - 0.2 * spread - 0.8, high + 0.2 * spread + 0.8
        shift = ValueTracker(low)
        now = lambda: MATRIX - shift.get_value() * np.eye(2)
        height = lambda: characteristic(shift.get_value())
        self.heading("How to find the eigenvalues")
        self.say("If M only stretches v by λ, then M − λI sends v to zero: it squashes the plane.")
        crowded = lambda: clamp(0.12 + abs(height()), 0.12, 0.6)  # dense lines are drawn fainter
        moving = always_redraw(lambda: grid(now(), GRID_COLOR, 2, crowded()))
        face = always_redraw(lambda: unit_square(now()))
        first = always_redraw(lambda: vector_arrow(now()[:, 0], I_COLOR))
        second = always_redraw(lambda: vector_arrow(now()[:, 1], J_COLOR))
        self.play(FadeIn(plane_background()), FadeIn(moving), FadeIn(face), FadeIn(first), FadeIn(second), run_time=0.9)
        live = VGroup(
            readout("λ", shift, "", 2, 32, EIGEN_COLOR), readout("det(M − λI)", height, "", 2, 28, AREA_COLOR)
        )
        stack(*live, area=zone(2.8, 6.6, 1.3, 2.7), buff=0.25)
        heights = [characteristic(x) for x in (low, high, TRACE / 2)]
        span = nice_range(heights, zero=True, margin=0.08)
        axes = graph((low, high), span, zone(2.5, 6.7, -2.85, 0.95), "λ", "det(M − λI)", 20)
        zero = Line(axes.c2p(low, 0), axes.c2p(high, 0), stroke_color=CHALK3, stroke_width=2)
        self.play(FadeIn(live), FadeIn(axes.add(zero)), run_time=0.7)
        self.say("Let λ grow, and watch the area of the square: the determinant of M − λI.")
        curve = plot(axes, characteristic, AREA_COLOR)
        pen = Dot(axes.c2p(low, characteristic(low)), color=CHALK, radius=0.08)
        pen.add_updater(lambda dot: dot.move_to(axes.c2p(shift.get_value(), height())))
        self.play(FadeIn(pen), run_time=0.3)
        drawn = always_redraw(
            lambda: plot(axes, characteristic, AREA_COLOR, (low, max(shift.get_value(), low + 1e-6)), samples=80)
        )
        self.add(drawn, pen)
        for index, value in enumerate(found):
            self.play(shift.animate.set_value(value), run_time=3.0)
            track = VGroup(*[whole_line(v, EIGEN_COLOR) for v, stretch in eigenlines() if stretch == value])
            mark = Dot(axes.c2p(value, 0), color=EIGEN_COLOR, radius=0.1)
            if index == 0:
                self.say("Flat! The vectors on the dashed line have gone to zero: λ is an eigenvalue.")
            self.play(Create(track), GrowFromCenter(mark), run_time=0.9)
            if case() == "every":
                self.say("Here even the whole plane shrinks into one point: all vectors are eigenvectors.")
            self.pause(0.2)
            self.play(FadeOut(track), run_time=0.4)
        self.play(shift.animate.set_value(high), run_time=2.5)
        self.remove(drawn)
        self.add(curve, pen)
        for still in (moving, face, first, second, pen):  # a still picture is drawn only once
            still.clear_updaters()
        if not found:
            self.say("The curve never reaches zero: no real λ squashes the plane. There is no real eigenvalue.")
        else:
            self.say("So the eigenvalues are the solutions of a quadratic equation.")
        self.play(FadeOut(live), run_time=0.4)
        answer = complex_text() if not found else "λ = " + "  or  λ = ".join([number_text(value) for value in found])
        rows = VGroup(
            formula(characteristic_tex(), 38),
            fit_width(words(answer, 30, EIGEN_COLOR), 3.8),
            fit_width(words(sums_text(), 24, CHALK2), 3.8),
        )
        stack(*rows, area=zone(2.8, 6.6, 1.15, 2.85), buff=0.2)
        self.play(FadeIn(rows, shift=0.2 * UP), run_time=0.9)
        self.say("A check: the eigenvalues add up to a + d, and multiply to the determinant.")
        self.pause(1.0)

from manim import *
from theorama_kit import *

top_left = knob(3.0, label="a (top left)", minimum=-3.0, maximum=3.0, step=0.25)
top_right = knob(1.0, label="b (top right)", minimum=-3.0, maximum=3.0, step=0.25)
bottom_left = knob(1.0, label="c (bottom left)", minimum=-3.0, maximum=3.0, step=0.25)
bottom_right = knob(2.0, label="d (bottom right)", minimum=-3.0, maximum=3.0, step=0.25)

FIRST_COLOR = SKY
SECOND_COLOR = CORAL
PLUS_COLOR = MINT
MINUS_COLOR = LILAC
NUMBER_COLOR = YELLOW

MATRIX = np.array([[top_left, top_right], [bottom_left, bottom_right]])
TINY = 1e-9


def determinant(matrix):
    """a d − b c: the signed area of the image of the unit square."""
    return float(matrix[0][0] * matrix[1][1] - matrix[0][1] * matrix[1][0])


DET = determinant(MATRIX)


def partway(part):
    """The matrix on its way from "nothing moves" (0) to the whole map (1)."""
    return (1 - part) * np.eye(2) + part * MATRIX


def pivot():
    """Row and column of the largest entry: the side of the rectangle that the shears lead to."""
    return max([(i, j) for i in (0, 1) for j in (0, 1)], key=lambda place: abs(MATRIX[place]))


def shears():
    """The matrix, after one shear and after two: the columns stand on the axes in the end, the area is kept."""
    i, j = pivot()
    if abs(MATRIX[i, j]) < TINY:
        return [MATRIX, MATRIX, MATRIX]
    once = MATRIX.copy()
    once[:, 1 - j] = MATRIX[:, 1 - j] - MATRIX[i, 1 - j] / MATRIX[i, j] * MATRIX[:, j]
    twice = once.copy()
    if abs(once[1 - i, 1 - j]) > TINY:
        twice[1 - i, j] = 0.0
    return [MATRIX, once, twice]


def rectangle_sides():
    """The signed sides of the last rectangle."""
    i, j = pivot()
    return float(shears()[2][i, j]), float(shears()[2][1 - i, 1 - j])


def sides_text():
    one, other = [number_text(abs(side), None, 4) for side in rectangle_sides()]
    return "nothing is left" if abs(DET) < TINY else "sides " + one + " and " + other


def area_text():
    """The area of the rectangle, and what its orientation makes of it."""
    one, other = [number_text(abs(side), None, 4) for side in rectangle_sides()]
    if abs(DET) < TINY:
        return "area 0"
    sign = " = " if abs(float(one) * float(other) - abs(DET)) < TINY else " ≈ "
    plain = one + " · " + other + sign + number_text(abs(DET), None, 4)
    return plain if DET > 0 else plain + ", turned over: " + number_text(DET, None, 4)


LENGTHS = [math.hypot(MATRIX[0, j], MATRIX[1, j]) for j in (0, 1)]
DIRECTIONS = [math.degrees(math.atan2(MATRIX[1, j], MATRIX[0, j])) for j in (0, 1)]


def turning_angle():
    """From the first column to the second, counter-clockwise, from 0 up to 360 degrees."""
    return (DIRECTIONS[1] - DIRECTIONS[0]) % 360


def area_at(degrees):
    """The signed area when the second vector makes this angle with the first."""
    return LENGTHS[0] * LENGTHS[1] * math.sin(math.radians(degrees))


# --- the plane ---------------------------------------------------------------------------------------
AREA = zone(-6.5, 2.2, -2.75, 2.65)


SIGN_COLORS = {True: PLUS_COLOR, False: MINUS_COLOR}


def placing(matrices, area):
    """Unit and origin, so that the images of the unit square under all matrices fit into a zone."""
    spots = [np.zeros(2)]
    for matrix in matrices:
        spots += [matrix[:, 0], matrix[:, 1], matrix[:, 0] + matrix[:, 1]]
    low, high = np.min(spots, axis=0) - 0.5, np.max(spots, axis=0) + 0.5
    size = float(min(area.width / (high[0] - low[0]), area.height / (high[1] - low[1]), 1.5))
    middle = (low + high) / 2
    return size, area.get_center() - size * np.array([middle[0], middle[1], 0.0])


def spot(frame, x, y):
    return frame[1] + frame[0] * np.array([x, y, 0.0])


def background(frame, area):
    """A square grid and the two axes, up to the edges of the zone."""
    size, origin = frame
    left, bottom = area.get_corner(DL)[:2]
    right, top = area.get_corner(UR)[:2]
    faint, axes = VMobject(stroke_color=HAIRLINE, stroke_width=1.5), VMobject(stroke_color=EDGE, stroke_width=2.5)
    for i in range(math.ceil((left - origin[0]) / size), math.floor((right - origin[0]) / size) + 1):
        line = axes if i == 0 else faint
        line.start_new_path(np.array([origin[0] + size * i, bottom, 0.0]))
        line.add_line_to(np.array([origin[0] + size * i, top, 0.0]))
    for i in range(math.ceil((bottom - origin[1]) / size), math.floor((top - origin[1]) / size) + 1):
        line = axes if i == 0 else faint
        line.start_new_path(np.array([left, origin[1] + size * i, 0.0]))
        line.add_line_to(np.array([right, origin[1] + size * i, 0.0]))
    return VGroup(faint, axes)


# The letter F inside the unit square: it shows when the plane has been turned over.
LETTER = [(0.3, 0.2), (0.3, 0.8), (0.72, 0.8), (0.72, 0.68), (0.43, 0.68), (0.43, 0.55), (0.62, 0.55), (0.62, 0.43)]
LETTER += [(0.43, 0.43), (0.43, 0.2), (0.3, 0.2)]


def image(frame, matrix):
    """The image of the unit square, of the F in it and of its two sides."""
    color = SIGN_COLORS[determinant(matrix) >= 0]
    at = lambda x, y: spot(frame, *(matrix @ np.array([x, y])))
    face = VMobject(stroke_color=color, stroke_width=3, fill_color=color, fill_opacity=0.35)
    face.set_points_as_corners([at(0, 0), at(1, 0), at(1, 1), at(0, 1), at(0, 0)])
    letter = VMobject(stroke_width=0, fill_color=CHALK, fill_opacity=0.8)
    letter.set_points_as_corners([at(x, y) for x, y in LETTER])
    return VGroup(
        face,
        letter,
        arrow(at(0, 0), at(1, 0), FIRST_COLOR, 6),
        arrow(at(0, 0), at(0, 1), SECOND_COLOR, 6),
    )


# --- texts -------------------------------------------------------------------------------------------
def entry(value):
    return number_text(value, None, 4).replace(MINUS, "-")


def matrix_tex():
    tint = [r"{\color[HTML]{" + ManimColor(color).to_hex().lstrip("#") + "}" for color in (FIRST_COLOR, SECOND_COLOR)]
    rows = [tint[0] + entry(row[0]) + "} & " + tint[1] + entry(row[1]) + "}" for row in MATRIX]
    return r"M = \begin{pmatrix}" + r" \\ ".join(rows) + r"\end{pmatrix}"


def bracketed(value):
    return number_text(value, None, 4) if value >= 0 else "(" + number_text(value, None, 4) + ")"


def product_text():
    """ "3 · 2 − 1 · 1": the determinant with its numbers."""
    a, b, c, d = top_left, top_right, bottom_left, bottom_right
    first = number_text(a, None, 4) + " · " + bracketed(d)
    return first + " − " + bracketed(b) + " · " + bracketed(c)


def area_line():
    """What has happened to the area."""
    if abs(DET) < TINY:
        return "The parallelogram is flat. All areas are squashed to nothing: the determinant is 0."
    size = number_text(abs(DET), None, 4)
    if DET < 0:
        return f"The area is now {size}, and the F is turned over: the determinant is −{size}."
    return f"The area is now {size}. Every other area grows by the same factor: the determinant."


class SquareToParallelogram(Stage):
    def construct(self):
        frame = placing([np.eye(2), MATRIX], AREA)
        part = ValueTracker(0.0)
        moving = always_redraw(lambda: image(frame, partway(part.get_value())))
        self.heading("What becomes of the unit square?")
        self.say("Here is a square with area 1. A matrix moves the plane, and the square with it.")
        self.play(FadeIn(background(frame, AREA)), FadeIn(moving), run_time=0.9)
        title = fit(formula(matrix_tex(), 44), zone(2.8, 6.6, 1.6, 2.7), UL)
        notes = VGroup(
            words("first column", 26, FIRST_COLOR),
            words("second column", 26, SECOND_COLOR),
        )
        stack(*notes, area=zone(2.8, 6.6, 0.4, 1.4), buff=0.2)
        self.say("The columns of the matrix are the places where its two sides land.")
        self.play(FadeIn(title), FadeIn(notes), run_time=0.8)
        live = stack(
            readout("signed area", lambda: determinant(partway(part.get_value())), "", 2, 32, NUMBER_COLOR),
            area=zone(2.8, 6.6, -0.6, 0.1),
        )
        self.play(FadeIn(live), run_time=0.4)
        self.play(part.animate.set_value(1.0), run_time=4.0)
        moving.clear_updaters()
        self.say("The square has become a parallelogram.")
        self.say(area_line())
        result = VGroup(
            words("det M = a d − b c", 30, CHALK),
            words("= " + product_text(), 28, CHALK2),
            words("= " + number_text(DET, None, 4), 42, NUMBER_COLOR),
        )
        stack(*result, area=zone(2.8, 6.5, -2.7, -0.8), buff=0.22)
        self.play(FadeIn(result, shift=0.2 * UP), run_time=0.9)
        self.play(Create(highlight(result[2], NUMBER_COLOR, 0.14)), run_time=0.6)
        self.pause(1.0)


def rectangle_line():
    if abs(DET) < TINY:
        return "No height, no area. So the matrix has the determinant 0."
    if DET < 0:
        return "One side times the other. The F is turned over, and so the area counts as negative."
    return "The area of a rectangle is easy: one side times the other."


class TwoShears(Stage):
    def construct(self):
        stages = shears()
        frame = placing(stages, AREA)
        flat = abs(DET) < TINY
        part = ValueTracker(0.0)

        def now():
            """Between the stages, each change at an even pace."""
            step = int(clamp(math.floor(part.get_value()), 0, 1))
            rest = part.get_value() - step
            return (1 - rest) * stages[step] + rest * stages[step + 1]

        moving = always_redraw(lambda: image(frame, now()))
        self.heading("Why it is ad − bc")
        self.say("How large is a slanting parallelogram? Slide one side along the line of the other.")
        self.play(FadeIn(background(frame, AREA)), FadeIn(moving), run_time=0.9)
        live = stack(
            readout("signed area", lambda: determinant(now()), "", 2, 32, NUMBER_COLOR),
            area=zone(2.8, 6.6, 1.9, 2.7),
        )
        self.play(FadeIn(live), run_time=0.4)
        facts = VGroup(
            lines("A shear keeps base and height, and so it keeps the area.", 28, CHALK, 24),
            words(sides_text(), 30, CHALK),
            words(area_text(), 32, NUMBER_COLOR),
        )
        stack(*facts, area=zone(2.8, 6.6, -1.0, 1.6), buff=0.4)
        self.play(FadeIn(facts[0]), run_time=0.5)
        self.play(part.animate.set_value(1.0), run_time=2.6)
        if flat:
            self.say("Nothing is left of it: one column lies on the line of the other, and the area is 0.")
        else:
            self.say("Once more, along the other side: now both sides stand on the axes.")
            self.play(part.animate.set_value(1.999999), run_time=2.6)
        moving.clear_updaters()
        self.say(rectangle_line())
        self.play(FadeIn(facts[1], shift=0.2 * UP), run_time=0.6)
        self.play(FadeIn(facts[2], shift=0.2 * UP), run_time=0.6)
        law = formula(r"\det M = ad - bc", 48, CHALK)
        fit(law, zone(2.8, 6.5, -2.6, -1.3), LEFT)
        self.say("Put in the letters and the same two shears give a times d minus b times c.")
        self.play(FadeIn(law, shift=0.2 * UP), Create(highlight(law, NUMBER_COLOR, 0.14)), run_time=0.9)
        self.pause(1.0)


class TheFlip(Stage):
    def construct(self):
        if min(LENGTHS) < TINY:
            raise ValueError("A column of zeros has no direction to turn. Change one of its numbers.")
        area = zone(-6.5, -0.7, -2.7, 2.5)
        turn = ValueTracker(90.0)

        def turned(degrees):
            """Both vectors, the first along the ground, the second at this angle to it."""
            t = math.radians(degrees)
            return np.array([[LENGTHS[0], LENGTHS[1] * math.cos(t)], [0.0, LENGTHS[1] * math.sin(t)]])

        frame = placing([turned(t) for t in (0, 45, 90, 135, 180, 225, 270, 315)], area)
        moving = always_redraw(lambda: image(frame, turned(turn.get_value())))
        most = LENGTHS[0] * LENGTHS[1]
        axes = graph(
            (0, 360),
            nice_range([-1.08 * most, 1.08 * most]),
            zone(-0.2, 6.6, -2.85, 1.4),
            "angle in degrees",
            "signed area",
        )
        zero = Line(axes.c2p(0, 0), axes.c2p(360, 0), stroke_color=CHALK3, stroke_width=2.5)
        live = stack(
            readout("angle", turn, "°", 0, 28, CHALK),
            readout("signed area", lambda: area_at(turn.get_value()), "", 2, 34, NUMBER_COLOR),
            area=zone(0.4, 6.6, 1.55, 2.75),
            buff=0.2,
        )
        self.heading("Why an area can be negative")
        self.say("Turn the second side. The steeper it stands, the larger the area.")
        self.play(FadeIn(background(frame, area)), FadeIn(moving), run_time=0.8)
        self.play(FadeIn(axes.add(zero)), FadeIn(live), run_time=0.7)
        curve = plot(axes, area_at, NUMBER_COLOR)
        pen = always_redraw(lambda: Dot(axes.c2p(turn.get_value(), area_at(turn.get_value())), color=CHALK))
        trace = always_redraw(lambda: plot(axes, area_at, NUMBER_COLOR, (90, max(turn.get_value(), 90.1)), samples=70))
        self.add(trace, pen)
        self.play(turn.animate.set_value(180), run_time=2.6, rate_func=linear)
        self.say("Both sides on one line: the area is zero. Then the second side passes over.")
        self.pause(0.1)
        self.play(turn.animate.set_value(270), run_time=2.6, rate_func=linear)
        self.say("Now the F is in the mirror: the plane is turned over, and the area counts as negative.")
        self.pause(0.1)
        self.play(turn.animate.set_value(360), run_time=2.0, rate_func=linear)
        self.remove(trace)
        self.add(curve, pen)
        ours = turning_angle()
        self.say(f"From our first column to the second it is {number_text(ours, 1)}°, counter-clockwise.")
        self.play(turn.animate.set_value(ours), run_time=2.0)
        for still in (moving, pen):
            still.clear_updaters()
        told = words(
            "det M = "
            + number_text(DET, None, 4)
            + (": turned over" if DET < -TINY else "" if DET > TINY else ": flat"),
            32,
            NUMBER_COLOR,
        )
        fit(told, zone(-6.4, -0.9, 1.9, 2.6), UL).add_background_rectangle(STAGE, 0.85, buff=0.1)
        self.play(FadeIn(told, shift=0.2 * UP), run_time=0.7)
        self.pause(1.0)

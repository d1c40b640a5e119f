from manim import *
from theorama_kit import *

leg_a = knob(3.0, label="Leg a", minimum=0.1, maximum=100.0, step=0.1, help="At most twenty times the other leg.")
leg_b = knob(4.0, label="Leg b", minimum=0.1, maximum=100.0, step=0.1, help="At most twenty times the other leg.")
length_unit = knob("cm", label="Unit of length", choices=("mm", "cm", "m", "km", "in", "ft"))

A_COLOR = SKY
B_COLOR = CORAL
C_COLOR = YELLOW
TRIANGLE_COLOR = MINT


def hypotenuse(a, b):
    """The side opposite the right angle, in the unit of the legs."""
    if max(a, b) > 20 * min(a, b):
        raise ValueError("One leg is more than twenty times as long as the other. Choose lengths closer together.")
    return math.sqrt(a * a + b * b)


C = hypotenuse(leg_a, leg_b)


def exact_text(value):
    """A product of two lengths, without rounding what can be written out."""
    return number_text(value, None, 8) if abs(value * 1e4 - round(value * 1e4)) < 1e-5 else number_text(value, None, 6)


def length_text(value):
    return number_text(value, None, 5) + " " + length_unit


def area_text(value):
    return exact_text(value) + " " + length_unit + "²"


def root_text():
    """The hypotenuse: exactly where it comes out even, otherwise as a root and rounded."""
    if abs(C * 100 - round(C * 100)) < 1e-7:
        return "c = " + length_text(C)
    return (
        "c = √" + exact_text(leg_a**2 + leg_b**2) + f" {length_unit} ≈ " + number_text(C, None, 4) + f" {length_unit}"
    )


def shape(corners, color, opacity=0.3, stroke=3.0):
    """A filled polygon."""
    spots = [np.array([x, y, 0.0]) for x, y in corners]
    return Polygon(*spots, fill_color=color, fill_opacity=opacity, stroke_color=color, stroke_width=stroke)


def four_triangles():
    """Four copies of the triangle in the corners of a square with side a + b; the hole in the middle is c by c.

    Lower left, lower right, upper right, upper left, in units of length from the lower left corner.
    """
    a, b, s = leg_a, leg_b, leg_a + leg_b
    return [
        [(0, 0), (a, 0), (0, b)],
        [(s, 0), (s, a), (a, 0)],
        [(s, s), (b, s), (s, a)],
        [(0, s), (0, b), (b, s)],
    ]


# How far each of the four slides, in units of length: nothing is turned and nothing changes its size.
SLIDES = [(0.0, 0.0), (0.0, leg_b), (-leg_b, -leg_a), (leg_a, 0.0)]


def slid(index):
    """The corners of one triangle after its slide."""
    return [(x + SLIDES[index][0], y + SLIDES[index][1]) for x, y in four_triangles()[index]]


def placed(corners, origin, scale):
    """Units of length to places on the stage."""
    return [(origin[0] + scale * x, origin[1] + scale * y) for x, y in corners]


def hole_c(origin, scale):
    """The tilted square that the four triangles leave free."""
    a, b, s = leg_a, leg_b, leg_a + leg_b
    return shape(placed([(a, 0), (s, a), (b, s), (0, b)], origin, scale), C_COLOR)


def holes_ab(origin, scale):
    """The two squares that are free after the slides."""
    a, b, s = leg_a, leg_b, leg_a + leg_b
    small = shape(placed([(0, b), (a, b), (a, s), (0, s)], origin, scale), A_COLOR)
    large = shape(placed([(a, 0), (s, 0), (s, b), (a, b)], origin, scale), B_COLOR)
    return VGroup(small, large)


def in_square(square, text, color, size, outside):
    """A label in the middle of a square, or beside it where the square is too small."""
    label = words(text, size, color)
    if max(label.width, label.height) < 0.8 * min(square.width, square.height):
        return label.move_to(square)
    return label.next_to(square, outside, buff=0.15)


class ThreeSquares(Stage):
    def construct(self):
        a, b, c = leg_a, leg_b, C
        corner = (0.0, 0.0)
        triangle_corners = [corner, (b, 0.0), (0.0, a)]
        square_a = [(0.0, 0.0), (0.0, a), (-a, a), (-a, 0.0)]
        square_b = [(0.0, 0.0), (b, 0.0), (b, -b), (0.0, -b)]
        square_c = [(b, 0.0), (0.0, a), (a, a + b), (a + b, b)]
        every = [*square_a, *square_b, *square_c]
        left, right = min([x for x, _y in every]), max([x for x, _y in every])
        low, high = min([y for _x, y in every]), max([y for _x, y in every])
        area = zone(-6.3, 1.9, -2.7, 2.6)
        scale = min(area.width / (right - left), area.height / (high - low))
        middle = area.get_center()
        origin = (middle[0] - scale * (left + right) / 2, middle[1] - scale * (low + high) / 2)
        draw = lambda corners, color, opacity: shape(placed(corners, origin, scale), color, opacity)

        triangle = draw(triangle_corners, TRIANGLE_COLOR, 0.5)
        mark_size = min(0.22, 0.3 * scale * min(a, b))
        foot = np.array([*placed([corner], origin, scale)[0], 0.0])
        right_angle = Square(mark_size, stroke_color=CHALK, stroke_width=2).move_to(foot, aligned_edge=DL)
        self.heading("A square on every side")
        self.say("A triangle with a right angle. Its short sides, the legs, are a and b.")
        rows = VGroup(
            words("a = " + length_text(a), 32, A_COLOR),
            words("b = " + length_text(b), 32, B_COLOR),
            words("c = ?", 32, C_COLOR),
        )
        stack(*rows, area=zone(2.8, 6.6, 0.6, 2.6), buff=0.35)
        across = 0.5 * scale * np.array([b, a, 0])
        letters = VGroup(
            words("a", 30, A_COLOR).move_to(foot + 0.3 * LEFT + across * UP),
            words("b", 30, B_COLOR).move_to(foot + 0.35 * DOWN + across * RIGHT),
            words("c", 30, C_COLOR).move_to(foot + across + 0.35 * np.array([a, b, 0]) / c),
        )
        self.play(DrawBorderThenFill(triangle), run_time=1.2)
        self.play(Create(right_angle), FadeIn(rows[:2]), FadeIn(letters[:2]), run_time=0.8)
        self.say("The side opposite the right angle is the hypotenuse c. How long is it?")
        ends = [np.array([*spot, 0.0]) for spot in placed([(b, 0.0), (0.0, a)], origin, scale)]
        slanted = Line(ends[0], ends[1], stroke_color=C_COLOR, stroke_width=6)
        self.play(Create(slanted), FadeIn(rows[2]), FadeIn(letters[2]), run_time=1.0)
        self.say("Draw a square on each side. How do the two smaller areas compare with the large one?")
        self.play(FadeOut(letters), run_time=0.4)
        named = [(square_a, A_COLOR, "a²", LEFT), (square_b, B_COLOR, "b²", DL), (square_c, C_COLOR, "c²", UR)]
        for corners, color, text, side in named:
            square = draw(corners, color, 0.3)
            inside = Square(scale * math.dist(corners[0], corners[1])).move_to(square)
            label = in_square(inside, text, color, 34, side)
            flat = draw([corners[0], corners[1], corners[1], corners[0]], color, 0.3)
            self.play(Transform(flat, square), run_time=0.9)
            self.play(FadeIn(label), run_time=0.3)
        self.bring_to_front(triangle, right_angle, slanted)
        question = VGroup(
            words("a² = " + area_text(a * a), 32, A_COLOR),
            words("b² = " + area_text(b * b), 32, B_COLOR),
            words("a² + b² = c² ?", 38, CHALK),
        )
        stack(*question, area=zone(2.8, 6.6, -2.5, 0.1), buff=0.35)
        self.say("We want to show: the squares on a and b together have exactly the area of the square on c.")
        self.play(LaggedStart(*[FadeIn(row, shift=0.2 * UP) for row in question], lag_ratio=0.4), run_time=1.6)
        self.pause(1.0)


def board(origin, scale):
    """The outer square with side a + b."""
    side = scale * (leg_a + leg_b)
    frame = Square(side, stroke_color=CHALK2, stroke_width=3)
    return frame.move_to([origin[0], origin[1], 0], aligned_edge=DL)


def tiles(origin, scale, moved=False):
    """The four triangles on the stage."""
    corners = [slid(i) if moved else four_triangles()[i] for i in range(4)]
    return VGroup(*[shape(placed(each, origin, scale), TRIANGLE_COLOR, 0.55, 2.5) for each in corners])


def edge_letters(origin, scale):
    """a and b along the lower and the left edge, outside the square."""
    x, y = origin
    a, s = scale * leg_a, scale * (leg_a + leg_b)
    b = scale * leg_b
    letters = [
        ("a", A_COLOR, [x + a / 2, y - 0.25, 0]),
        ("b", B_COLOR, [x + a + b / 2, y - 0.25, 0]),
        ("b", B_COLOR, [x - 0.25, y + b / 2, 0]),
        ("a", A_COLOR, [x - 0.25, y + (b + s) / 2, 0]),
    ]
    return VGroup(*[words(text, 28, color).move_to(spot) for text, color, spot in letters])


class Rearrangement(Stage):
    def construct(self):
        side = leg_a + leg_b
        scale = 4.7 / side
        origin = (-4.8, -2.4)
        shift = lambda i: np.array([scale * SLIDES[i][0], scale * SLIDES[i][1], 0.0])
        outer, four = board(origin, scale), tiles(origin, scale)
        middle = hole_c(origin, scale)
        label_c = in_square(Square(scale * C * 0.75).move_to(middle), "c²", C_COLOR, 44, UP)
        self.heading("Slide four triangles")
        self.say("Take four copies of the triangle and put them into a square with side a plus b.")
        self.play(Create(outer), FadeIn(edge_letters(origin, scale)), run_time=1.0)
        self.play(LaggedStart(*[FadeIn(each, scale=0.8) for each in four], lag_ratio=0.4), run_time=2.0)
        self.say("The hole is a square with side c: at its corners, both sharp angles leave 90°.")
        self.play(FadeIn(middle), FadeIn(label_c), run_time=0.9)
        self.bring_to_front(four)
        before = VGroup(words("Free area", 26, CHALK2), words("c²", 48, C_COLOR))
        stack(*before, area=zone(1.6, 6.4, 1.1, 2.5), buff=0.25)
        self.play(FadeIn(before, shift=0.2 * UP), run_time=0.7)
        self.say("Now slide the triangles. They only move: no triangle changes its size.")
        self.play(middle.animate.set_opacity(0.1), FadeOut(label_c), run_time=0.5)
        self.play(FadeOut(middle), four[2].animate.shift(shift(2)), run_time=1.7)
        self.play(four[3].animate.shift(shift(3)), run_time=1.5)
        self.play(four[1].animate.shift(shift(1)), run_time=1.5)
        holes = holes_ab(origin, scale)
        names = VGroup(in_square(holes[0], "a²", A_COLOR, 34, UP), in_square(holes[1], "b²", B_COLOR, 34, RIGHT))
        self.say("Two squares are free now: one with side a and one with side b.")
        self.play(FadeIn(holes), FadeIn(names), run_time=0.9)
        self.bring_to_front(four)
        after = VGroup(
            words("Free area now", 26, CHALK2),
            VGroup(words("a²", 48, A_COLOR), words("+", 44), words("b²", 48, B_COLOR)).arrange(RIGHT, buff=0.25),
        )
        stack(*after, area=zone(1.6, 6.4, -0.6, 0.8), buff=0.25)
        self.play(FadeIn(after, shift=0.2 * UP), run_time=0.7)
        self.say("Same big square, same four triangles: so what is left over must be the same, too.")
        law = VGroup(words("a²", 56, A_COLOR), words("+", 50), words("b²", 56, B_COLOR), words("=", 50))
        law.add(words("c²", 56, C_COLOR)).arrange(RIGHT, buff=0.3)
        fit(law, zone(1.6, 6.4, -2.2, -1.2), LEFT)
        self.play(FadeIn(law, shift=0.2 * UP), Create(highlight(law, YELLOW, 0.25)), run_time=1.2)
        self.pause(1.0)


class WithNumbers(Stage):
    def construct(self):
        side = leg_a + leg_b
        scale = 3.3 / side
        left, right = (-5.9, -0.75), (-1.2, -0.75)
        self.heading("The theorem of Pythagoras")
        self.say("Both pictures side by side: the free area is the same on the left and on the right.")
        one = VGroup(hole_c(left, scale), tiles(left, scale), board(left, scale))
        two = VGroup(holes_ab(right, scale), tiles(right, scale, moved=True), board(right, scale))
        equal = words("=", 48, CHALK2).move_to([(left[0] + 3.3 + right[0]) / 2, left[1] + 1.65, 0])
        big = Square(scale * C * 0.75).move_to(one[0])
        names = VGroup(in_square(big, "c²", C_COLOR, 36, UP))
        names.add(in_square(two[0][0], "a²", A_COLOR, 32, UP), in_square(two[0][1], "b²", B_COLOR, 32, RIGHT))
        self.play(FadeIn(one), run_time=0.9)
        self.play(FadeIn(equal), FadeIn(two), FadeIn(names), run_time=0.9)
        a2, b2, c2 = leg_a**2, leg_b**2, leg_a**2 + leg_b**2
        self.say("Put in the lengths: square the two legs and add the areas.")
        rows = VGroup(
            words("a² = " + area_text(a2), 30, A_COLOR),
            words("b² = " + area_text(b2), 30, B_COLOR),
            words("c² = " + area_text(c2), 34, C_COLOR),
        )
        stack(*rows, area=zone(3.2, 6.6, -0.75, 2.4), buff=0.4, align=LEFT)
        rule = Line(ORIGIN, RIGHT * rows.width, stroke_color=EDGE, stroke_width=2)
        rule.move_to((rows[1].get_corner(DL) + rows[2].get_corner(UL)) / 2, aligned_edge=LEFT)
        self.play(FadeIn(rows[0], shift=0.2 * UP), FadeIn(rows[1], shift=0.2 * UP), run_time=1.0)
        self.play(Create(rule), FadeIn(rows[2], shift=0.2 * UP), run_time=1.0)
        self.say("The side of a square is the root of its area. That is the length of c.")
        answer = fit(words(root_text(), 46, C_COLOR), zone(-6.0, 6.3, -2.3, -1.4))
        self.play(FadeIn(answer, shift=0.2 * UP), Create(highlight(answer, C_COLOR, 0.22)), run_time=1.2)
        self.say("Nothing here depended on the lengths: it is true for every right triangle.")
        self.play(Indicate(equal, color=YELLOW, scale_factor=1.4), run_time=1.0)
        self.pause(1.0)

from manim import *
from theorama_kit import *

z_real = knob(2.0, label="z: real part", minimum=-3.0, maximum=3.0, step=0.25)
z_imaginary = knob(1.0, label="z: imaginary part", minimum=-3.0, maximum=3.0, step=0.25)
w_real = knob(1.0, label="w: real part", minimum=-3.0, maximum=3.0, step=0.25)
w_imaginary = knob(1.5, label="w: imaginary part", minimum=-3.0, maximum=3.0, step=0.25)

Z_COLOR = SKY
W_COLOR = YELLOW
PRODUCT_COLOR = MINT
ANGLE_COLOR = CORAL

Z, W = complex(z_real, z_imaginary), complex(w_real, w_imaginary)
if abs(Z) < 1e-9 or abs(W) < 1e-9:
    raise ValueError("Zero times anything is zero: nothing turns. Choose numbers other than 0 for z and w.")
PRODUCT = Z * W


def angle_of(number_):
    """The angle of a complex number in degrees, from -180 to 180."""
    return math.degrees(math.atan2(number_.imag, number_.real))


def angle_within(degrees):
    """An angle brought between -180 (left out) and 180 degrees."""
    return 180.0 - (180.0 - degrees) % 360.0


def partway(part):
    """A number on its way from 1 to w: the length and the angle both grow evenly."""
    return abs(W) ** part * complex(math.cos(part * TURN), math.sin(part * TURN))


TURN = math.radians(angle_of(W))


def complex_text(number_, digits=3):
    """A complex number as it is written, such as 2 + 3i."""
    real, imaginary = number_.real, number_.imag
    if abs(imaginary) < 1e-9:
        return number_text(real, None, digits)
    size = "" if abs(abs(imaginary) - 1) < 1e-9 else number_text(abs(imaginary), None, digits)
    if abs(real) < 1e-9:
        return (MINUS if imaginary < 0 else "") + size + "i"
    return number_text(real, None, digits) + (" " + MINUS + " " if imaginary < 0 else " + ") + size + "i"


# --- the plane ---------------------------------------------------------------------------------------
def ranges_for(numbers):
    """Ranges with equal units and a width of 1.6 heights that show zero and all numbers, with room around them."""
    across, up = [0.0, *[each.real for each in numbers]], [0.0, *[each.imag for each in numbers]]
    wide, tall = max(across) - min(across), max(up) - min(up)
    tall = 1.5 * max(tall, wide / 1.6, 1.5)
    middle = ((max(across) + min(across)) / 2, (max(up) + min(up)) / 2)
    return (middle[0] - 0.8 * tall, middle[0] + 0.8 * tall), (middle[1] - 0.5 * tall, middle[1] + 0.5 * tall)


def plane(numbers, area=MAIN):
    """Real and imaginary axis with equal units, large enough for all numbers."""
    (left, right), (low, high) = ranges_for([complex(each) for each in numbers])
    axes = graph((left, right), (low, high), area, "real", "imaginary", equal=True)
    axes.add(Line(axes.c2p(left, 0), axes.c2p(right, 0), stroke_color=EDGE, stroke_width=2.5))
    return axes.add(Line(axes.c2p(0, low), axes.c2p(0, high), stroke_color=EDGE, stroke_width=2.5))


def spot(axes, number_):
    return axes.c2p(number_.real, number_.imag)


def pointer(axes, number_, color, width=6):
    return arrow(spot(axes, 0), spot(axes, number_), color, width)


def sector(axes, start, turn, size, color):
    """An arc about the origin from one angle on, both in radians."""
    arc = Arc(
        radius=size, start_angle=start, angle=turn if abs(turn) > 1e-3 else 1e-3, stroke_color=color, stroke_width=5
    )
    return arc.shift(spot(axes, 0))


def name_at(axes, number_, text, color, others=()):
    """A label beyond the tip of an arrow, or beside it where another label stands."""
    label = words(text, 30, color)
    tip = spot(axes, number_)
    way = tip - spot(axes, 0)
    way = way / max(np.linalg.norm(way), 1e-9)
    side = np.array([-way[1], way[0], 0.0])
    away = (0.2 + 0.5 * (label.width * abs(way[0]) + label.height * abs(way[1]))) * way
    for offset in (away, away + 0.5 * side, away - 0.5 * side, 0.5 * side, -0.5 * side):
        label.move_to(tip + offset)
        if not any([overlap(label, other) > 0 for other in others]):
            break
    return label


def triangle(axes, factor, color=Z_COLOR):
    """The triangle 0, 1, z multiplied by a factor."""
    corners = [spot(axes, factor * each) for each in (0, 1, Z)]
    shape = VMobject(fill_color=color, fill_opacity=0.25, stroke_color=color, stroke_width=3)
    return shape.set_points_as_corners([*corners, corners[0]])


class TimesI(Stage):
    def construct(self):
        powers = [Z * 1j**k for k in range(4)]
        axes = plane(powers)
        self.heading("What does multiplying by i do?")
        self.say("A complex number is an arrow: here z = " + complex_text(Z) + ", so far right, so far up.")
        hand = pointer(axes, Z, Z_COLOR)
        label = name_at(axes, Z, "z", Z_COLOR)
        self.play(FadeIn(axes), run_time=0.7)
        self.play(GrowFromPoint(hand, spot(axes, 0)), FadeIn(label), run_time=1.0)
        rows = VGroup(words("z = " + complex_text(Z), 34, Z_COLOR))
        for k, name in ((1, "i·z"), (2, "i·i·z"), (3, "i·i·i·z")):
            rows.add(words(name + " = " + complex_text(powers[k]), 30, PRODUCT_COLOR if k != 2 else W_COLOR))
        stack(*rows, area=zone(2.8, 6.6, 0.2, 2.6), buff=0.32)
        self.play(FadeIn(rows[0]), run_time=0.4)
        self.say("Multiply by i: i(a + bi) = ai + b·i², and i² is −1. So it becomes −b + ai.")
        marks = VGroup()
        for k in range(1, 4):
            start = math.atan2(powers[k - 1].imag, powers[k - 1].real)
            turn = ValueTracker(0.0)
            here = lambda k=k, turn=turn: (
                powers[k - 1] * complex(math.cos(turn.get_value()), math.sin(turn.get_value()))
            )
            moving = always_redraw(lambda here=here, k=k: pointer(axes, here(), W_COLOR if k == 2 else PRODUCT_COLOR))
            arc = always_redraw(lambda start=start, turn=turn: sector(axes, start, turn.get_value(), 0.55, ANGLE_COLOR))
            self.add(moving, arc)
            self.play(turn.animate.set_value(PI / 2), run_time=1.6)
            for still in (moving, arc):
                still.clear_updaters()
            marks.add(moving, arc)
            self.play(FadeIn(rows[k], shift=0.2 * LEFT), run_time=0.4)
            if k == 1:
                self.say("Both parts change places and one changes its sign: that is a quarter turn.")
            if k == 2:
                self.say("Twice is a half turn, and that is the same as times −1. This is why i² = −1.")
        notes = VGroup(words("times i", 32, PRODUCT_COLOR), words("= turn by 90°", 32, ANGLE_COLOR))
        stack(*notes, area=zone(2.95, 6.5, -1.9, -0.5), buff=0.2)
        self.play(FadeIn(notes, shift=0.2 * UP), Create(highlight(notes, ANGLE_COLOR, 0.15)), run_time=0.9)
        self.pause(1.0)


class TurnAndStretch(Stage):
    def construct(self):
        axes = plane([Z, W, PRODUCT, 1])
        part = ValueTracker(0.0)
        factor = lambda: partway(part.get_value())
        self.heading("Multiplying turns and stretches")
        self.say("Take the triangle of 0, 1 and z. Multiply all of it by w = " + complex_text(W) + ".")
        first = triangle(axes, 1.0).set_stroke(opacity=0.6)
        hand = pointer(axes, Z, Z_COLOR)
        z_label = name_at(axes, Z, "z", Z_COLOR)
        goal = pointer(axes, W, W_COLOR)
        w_label = name_at(axes, W, "w", W_COLOR, [z_label])
        self.play(FadeIn(axes), FadeIn(first), GrowFromPoint(hand, spot(axes, 0)), FadeIn(z_label), run_time=1.1)
        self.play(GrowFromPoint(goal, spot(axes, 0)), FadeIn(w_label), run_time=0.8)
        live = VGroup(
            readout("stretch", lambda: abs(factor()), "", 3, 30, W_COLOR),
            readout("turn", lambda: math.degrees(part.get_value() * TURN), "°", 1, 30, ANGLE_COLOR),
        )
        stack(*live, area=zone(2.8, 6.6, 1.6, 2.6), buff=0.32)
        self.play(FadeIn(live), run_time=0.5)
        self.say("1 must go to w. The rest of the triangle keeps its shape, so it turns and grows along.")
        moving = always_redraw(lambda: triangle(axes, factor(), PRODUCT_COLOR))
        result = always_redraw(lambda: pointer(axes, factor() * Z, PRODUCT_COLOR))
        self.add(moving, result)
        self.play(part.animate.set_value(1.0), run_time=4.0)
        moving.clear_updaters()
        result.clear_updaters()
        label = name_at(axes, PRODUCT, "zw", PRODUCT_COLOR, [z_label, w_label])
        self.play(FadeIn(label), run_time=0.4)
        a, b, c, d = [number_text(each) for each in (Z.real, Z.imag, W.real, W.imag)]
        self.say("Where z has gone is the product. Multiply out the brackets, and you get the same.")
        real = signed_product(a, c) + " − " + signed_product(b, d) + " = " + number_text(PRODUCT.real, None, 4)
        imaginary = signed_product(a, d) + " + " + signed_product(b, c) + " = " + number_text(PRODUCT.imag, None, 4)
        sums = VGroup(words("real part", 22, CHALK2), fit_width(words(real, 28), 3.6))
        sums.add(words("imaginary part", 22, CHALK2), fit_width(words(imaginary, 28), 3.6))
        sums.add(words("zw = " + complex_text(PRODUCT, 4), 34, PRODUCT_COLOR))
        sums.arrange(DOWN, buff=0.16, aligned_edge=LEFT)
        sums[2:].shift(0.1 * DOWN)
        sums[4].shift(0.15 * DOWN)
        fit(sums, zone(2.95, 6.55, -1.4, 1.25), UL)
        self.play(FadeIn(sums[:4], shift=0.2 * UP), run_time=0.8)
        self.play(FadeIn(sums[4], shift=0.2 * UP), Create(highlight(sums[4], PRODUCT_COLOR, 0.13)), run_time=0.9)
        note = fit(
            lines("the real part has a minus because i · i = −1", 24, CHALK2, 28), zone(2.8, 6.6, -2.75, -1.85), UL
        )
        self.play(FadeIn(note), run_time=0.5)
        self.pause(1.0)


def signed_product(first, second):
    """Two numbers with a dot between; negative ones in brackets."""
    return "·".join([each if each[0] != MINUS else "(" + each + ")" for each in (first, second)])


class PolarForm(Stage):
    def construct(self):
        axes = plane([Z, W, PRODUCT])
        start, turn = math.radians(angle_of(Z)), math.radians(angle_of(W))
        self.heading("Lengths multiply, angles add")
        self.say("In polar form a number is its length and its angle. Then a product is easy.")
        hands = VGroup(pointer(axes, Z, Z_COLOR), pointer(axes, W, W_COLOR), pointer(axes, PRODUCT, PRODUCT_COLOR))
        arcs = VGroup(sector(axes, 0, start, 0.95, Z_COLOR), sector(axes, 0, turn, 0.65, W_COLOR))
        names = VGroup(name_at(axes, Z, "z", Z_COLOR))
        names.add(name_at(axes, W, "w", W_COLOR, list(names)))
        names.add(name_at(axes, PRODUCT, "zw", PRODUCT_COLOR, list(names)))
        rows = [
            ["z", number_text(abs(Z), 3), degrees_text(angle_of(Z))],
            ["w", number_text(abs(W), 3), degrees_text(angle_of(W))],
        ]
        rows.append(["zw", number_text(abs(PRODUCT), 3), degrees_text(angle_of(PRODUCT))])
        sheet = table(["", "length", "angle"], rows, None, 30, 0.62, 0.6)
        for row, color in zip(sheet[2:], (Z_COLOR, W_COLOR, PRODUCT_COLOR), strict=True):
            row.set_color(color)
        fit(sheet, zone(2.8, 6.6, 0.35, 2.7), UL)
        self.play(FadeIn(axes), FadeIn(sheet[:2]), run_time=0.7)
        for k in range(2):
            self.play(GrowFromPoint(hands[k], spot(axes, 0)), Create(arcs[k]), FadeIn(names[k]), run_time=0.9)
            self.play(FadeIn(sheet[k + 2], shift=0.2 * LEFT), run_time=0.4)
        self.say("Put the angle of w on top of the angle of z, and multiply the two lengths.")
        copy = arcs[1].copy()
        self.play(Rotate(copy, start, about_point=spot(axes, 0)), run_time=1.6)
        self.play(copy.animate.scale(0.95 / 0.65, about_point=spot(axes, 0)), run_time=0.5)
        ray = pointer(axes, Z, PRODUCT_COLOR)
        self.play(Rotate(ray, turn, about_point=spot(axes, 0)), run_time=1.2)
        self.play(Transform(ray, hands[2]), FadeIn(names[2]), run_time=1.2)
        self.play(FadeIn(sheet[4], shift=0.2 * LEFT), run_time=0.5)
        rules = VGroup(
            words(
                number_text(abs(Z), 3) + " · " + number_text(abs(W), 3) + " = " + number_text(abs(PRODUCT), 3),
                28,
                PRODUCT_COLOR,
            ),
            words(sum_of_angles(), 28, ANGLE_COLOR),
        )
        stack(*rules, area=zone(2.9, 6.55, -0.9, 0.15), buff=0.25)
        self.say(closing_line())
        self.play(FadeIn(rules, shift=0.2 * UP), run_time=0.9)
        laws = VGroup(
            formula(r"|zw| = |z| \cdot |w|", 40, PRODUCT_COLOR), formula(r"\arg zw = \arg z + \arg w", 40, ANGLE_COLOR)
        )
        stack(*laws, area=zone(2.95, 6.5, -2.65, -1.3), buff=0.25)
        self.play(Write(laws[0]), run_time=0.8)
        self.play(Write(laws[1]), run_time=0.8)
        self.play(Create(highlight(laws, PRODUCT_COLOR, 0.14)), run_time=0.6)
        self.pause(1.0)


def degrees_text(value):
    return number_text(value, 1) + "°"


def sum_of_angles():
    """The angles added, and brought back by a full turn where they go beyond."""
    total = angle_of(Z) + angle_of(W)
    second = degrees_text(angle_of(W))
    text = (
        degrees_text(angle_of(Z))
        + " + "
        + (second if angle_of(W) >= 0 else "(" + second + ")")
        + " = "
        + degrees_text(total)
    )
    return text if abs(total - angle_within(total)) < 1e-6 else text + " → " + degrees_text(angle_within(total))


def closing_line():
    total = angle_of(Z) + angle_of(W)
    if abs(total - angle_within(total)) > 1e-6:
        return "Lengths multiply, angles add. A full turn more or less makes no difference."
    return "Lengths multiply, angles add: that is all there is to multiplying complex numbers."

from manim import *
from theorama_kit import *

acid = knob("weak acid", label="Acid", choices=("strong acid", "weak acid"))
acid_concentration = knob(0.1, label="Acid concentration", unit="mol/L", minimum=0.05, maximum=0.5, step=0.01)
acid_volume = knob(25.0, label="Acid volume", unit="mL", minimum=10.0, maximum=50.0, step=1.0)
base_concentration = knob(0.1, label="Base concentration", unit="mol/L", minimum=0.05, maximum=0.5, step=0.01)
acid_strength = knob(
    4.76, label="pKa of the weak acid", minimum=3.0, maximum=9.0, step=0.01, help="4.76 is acetic acid, as in vinegar."
)
indicator = knob("phenolphthalein", label="Indicator", choices=("methyl orange", "bromothymol blue", "phenolphthalein"))

CURVE_COLOR = SKY
BASE_COLOR = LILAC
EQUAL_COLOR = YELLOW
HALF_COLOR = MINT
WEAK = acid == "weak acid"
WATER = 1e-14  # the ionic product of water at 25 °C, in mol²/L²
EQUIVALENCE = acid_concentration * acid_volume / base_concentration  # in mL

# The range of pH over which each indicator changes, its colour below and its colour above.
INDICATORS = {
    "methyl orange": (3.1, 4.4, ManimColor("#FF6B5A"), ManimColor("#F4C95D")),
    "bromothymol blue": (6.0, 7.6, ManimColor("#F4C95D"), ManimColor("#5AA9F0")),
    "phenolphthalein": (8.2, 10.0, ManimColor("#6E7A80"), ManimColor("#F27BB8")),
}
CHANGE_FROM, CHANGE_TO, BELOW_COLOR, ABOVE_COLOR = INDICATORS[indicator]


def surplus(ph, added):
    """Positive charge minus negative charge in the flask, in mol/L; zero at the true pH."""
    total = acid_volume + added
    sodium = base_concentration * added / total
    all_acid = acid_concentration * acid_volume / total
    hydrogen = 10.0**-ph
    dissociated = all_acid / (1 + hydrogen / 10.0**-acid_strength) if WEAK else all_acid
    return hydrogen + sodium - WATER / hydrogen - dissociated


def ph_after(added):
    """The pH after adding a volume of base (in mL), from the balance of charges, by halving an interval."""
    low, high = -1.0, 15.0
    for _halving in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if surplus(middle, added) > 0 else (low, middle)
    return (low + high) / 2


def volume_at(ph):
    """The volume of base (in mL) that brings the flask to a pH, or the end of the axis."""
    low, high = 0.0, 2 * EQUIVALENCE
    for _halving in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if ph_after(middle) < ph else (low, middle)
    return (low + high) / 2


def solution_color(ph):
    """What the indicator looks like at a pH."""
    return interpolate_color(BELOW_COLOR, ABOVE_COLOR, clamp((ph - CHANGE_FROM) / (CHANGE_TO - CHANGE_FROM), 0, 1))


def titration_axes():
    return graph((0, nice_range([2 * EQUIVALENCE], zero=True)[1]), (0, 14), MAIN, "base added in mL", "pH", y_count=7)


def curve_part(axes, end):
    """The curve from the start to a volume, with samples close together where it is steep or bends."""
    near = EQUIVALENCE + EQUIVALENCE * np.linspace(-1, 1, 121) ** 3
    first = 0.1 * EQUIVALENCE * np.linspace(0, 1, 25) ** 2
    stops = [float(v) for v in sorted([*near, *first]) if v < end] + [end]
    return polyline(axes, stops, [ph_after(v) for v in stops], CURVE_COLOR, 5)


FLASK = np.array([4.7, -1.15, 0])  # the middle of the flask's floor
HEIGHT, FLOOR, NECK = 1.9, 1.05, 0.24  # of the flask: height, half widths below and above


def half_width(height):
    """Half the inner width of the flask at a height above its floor."""
    return FLOOR + (NECK - FLOOR) * min(height / (0.78 * HEIGHT), 1.0)


def flask():
    outline = [(-NECK, HEIGHT), (-NECK, 0.78 * HEIGHT), (-FLOOR, 0), (FLOOR, 0), (NECK, 0.78 * HEIGHT), (NECK, HEIGHT)]
    shape = VMobject(stroke_color=CHALK2, stroke_width=4)
    return shape.set_points_as_corners([FLASK + np.array([x, y, 0]) for x, y in outline])


def liquid(added):
    """What is in the flask: it rises and takes the colour of the indicator."""
    level = 0.45 + 0.65 * added / (2 * EQUIVALENCE)
    corners = [(-half_width(level), level), (-FLOOR, 0.03), (FLOOR, 0.03), (half_width(level), level)]
    body = Polygon(*[FLASK + np.array([0.96 * x, y, 0]) for x, y in corners], stroke_width=0)
    return body.set_fill(solution_color(ph_after(added)), opacity=0.75)


def burette(added):
    """A tube with the rest of the base in it, and a drop on its way down."""
    tube = Rectangle(width=0.42, height=1.35, stroke_color=CHALK2, stroke_width=3).move_to(FLASK + 3.2 * UP)
    rest = 1.25 * (1 - 0.9 * added / (2 * EQUIVALENCE))
    filled = Rectangle(width=0.34, height=rest, stroke_width=0).set_fill(BASE_COLOR, opacity=0.7)
    filled.move_to(tube.get_bottom() + 0.04 * UP, aligned_edge=DOWN)
    tip = tube.get_bottom()
    fall = (24 * added / (2 * EQUIVALENCE)) % 1.0
    drop = Dot(tip + fall**2 * 1.1 * DOWN, radius=0.06, color=BASE_COLOR)
    return VGroup(filled, tube, drop)


class DropByDrop(Stage):
    def construct(self):
        axes = titration_axes()
        added = ValueTracker(0.0)
        ph = lambda: ph_after(added.get_value())
        curve = always_redraw(lambda: curve_part(axes, max(added.get_value(), 1e-3)))
        point = always_redraw(lambda: Dot(axes.c2p(added.get_value(), ph()), radius=0.1, color=CHALK))
        glass = VGroup(
            always_redraw(lambda: liquid(added.get_value())), flask(), always_redraw(lambda: burette(added.get_value()))
        )
        numbers = stack(
            readout("base added", added, "mL", 1, 26, BASE_COLOR),
            readout("pH", ph, "", 2, 40, CURVE_COLOR),
            area=zone(3.2, 6.6, -2.85, -1.5),
            buff=0.25,
        )
        self.heading(f"Titrating a {acid} with a strong base")
        self.say(
            f"The flask holds {number_text(acid_volume)} mL of a {acid}, {number_text(acid_concentration)} mol/L, "
            f"with {indicator}."
        )
        self.play(FadeIn(axes), run_time=0.7)
        self.play(FadeIn(glass), FadeIn(numbers), run_time=0.8)
        self.add(curve, point)
        self.say(start_words())
        self.play(added.animate.set_value(0.9 * EQUIVALENCE), run_time=6, rate_func=linear)
        self.say("Now hardly any acid is left: a few more drops change the pH enormously.")
        self.play(added.animate.set_value(1.1 * EQUIVALENCE), run_time=6, rate_func=linear)
        self.say("Beyond the jump there is only surplus base, and the curve levels off.")
        self.play(added.animate.set_value(2 * EQUIVALENCE), run_time=4, rate_func=linear)
        self.pause(0.8)


def start_words():
    """Why the first part of the curve is nearly flat."""
    if WEAK:
        return "Each drop turns some acid into its salt. Acid and salt together buffer: the pH climbs slowly."
    return "Each drop removes some acid, but plenty is left: on the scale of powers of ten little happens."


class ReadTheCurve(Stage):
    def construct(self):
        axes = titration_axes()
        curve = curve_part(axes, 2 * EQUIVALENCE)
        middle = ph_after(EQUIVALENCE)
        self.heading("Reading the curve")
        self.say(f"At {number_text(EQUIVALENCE)} mL there is exactly as much base as there was acid.")
        self.play(FadeIn(axes), run_time=0.6)
        self.play(Create(curve), run_time=1.4)
        spot = axes.c2p(EQUIVALENCE, middle)
        guide = DashedLine(axes.c2p(EQUIVALENCE, 0), spot, color=EQUAL_COLOR, stroke_width=3)
        equal = Dot(spot, radius=0.11, color=EQUAL_COLOR)
        notes = [
            words("equivalence point", 26, EQUAL_COLOR),
            words(f"{number_text(EQUIVALENCE)} mL, pH {number_text(middle, 2)}", 30, EQUAL_COLOR),
        ]
        if WEAK:
            half = ph_after(EQUIVALENCE / 2)
            notes += [
                words("half-way: pH = pKa", 26, HALF_COLOR),
                words(f"{number_text(EQUIVALENCE / 2)} mL, pH {number_text(half, 2)}", 30, HALF_COLOR),
            ]
        notes += [
            words(indicator, 26, ABOVE_COLOR),
            words(f"changes from pH {number_text(CHANGE_FROM, 1)} to {number_text(CHANGE_TO, 1)}", 26, ABOVE_COLOR),
        ]
        stack(*notes, area=zone(2.8, 6.6, -1.2, 2.6), buff=0.26)
        self.play(Create(guide), FadeIn(equal, scale=0.4), FadeIn(VGroup(*notes[:2])), run_time=1.0)
        if WEAK:
            self.say("Half-way to it, half of the acid has become salt, and there the pH equals the pKa.")
            place = axes.c2p(EQUIVALENCE / 2, half)
            dot = Dot(place, radius=0.1, color=HALF_COLOR)
            down = DashedLine(axes.c2p(EQUIVALENCE / 2, 0), place, color=HALF_COLOR, stroke_width=3)
            self.play(Create(down), FadeIn(dot, scale=0.4), FadeIn(VGroup(*notes[2:4])), run_time=1.0)
        band = Rectangle(
            width=axes.c2p(axes.x_range[1], 0)[0] - axes.c2p(0, 0)[0],
            height=axes.c2p(0, CHANGE_TO)[1] - axes.c2p(0, CHANGE_FROM)[1],
            stroke_width=0,
        )
        band.set_fill(ABOVE_COLOR, opacity=0.25)
        band.move_to((axes.c2p(0, CHANGE_FROM) + axes.c2p(axes.x_range[1], CHANGE_TO)) / 2)
        self.say(f"{indicator.capitalize()} changes its colour in this band of pH.")
        self.play(FadeIn(band), FadeIn(VGroup(*notes[-2:])), run_time=0.9)
        self.bring_to_front(curve, guide, equal)
        fits, sentence = judge()
        mark = fit(lines(sentence, 28, HALF_COLOR if fits else CORAL, width=26), zone(2.8, 6.6, -2.8, -1.4), UL)
        self.say(
            "The band crosses the steep part, so the colour changes right at the equivalence point."
            if fits
            else "The band misses the steep part, so the colour would change at the wrong volume."
        )
        self.play(FadeIn(mark, shift=0.2 * RIGHT), run_time=0.8)
        self.pause(1.2)


def judge():
    """Whether the indicator shows the equivalence point to within two per cent, and a sentence about it."""
    seen = volume_at((CHANGE_FROM + CHANGE_TO) / 2)
    error = (seen - EQUIVALENCE) / EQUIVALENCE
    if abs(error) <= 0.02:
        return True, "A good choice for this titration."
    return False, f"A poor choice here: off by {number_text(100 * abs(error), None, 2)} %."

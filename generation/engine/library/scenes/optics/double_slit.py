from manim import *
from theorama_kit import *

light = knob(
    550.0,
    label="Wavelength of the light",
    unit="nm",
    minimum=400.0,
    maximum=700.0,
    step=5.0,
    help="400 violet, 700 red.",
)
separation = knob(0.2, label="Distance between the slits", unit="mm", minimum=0.05, maximum=1.0, step=0.01)
screen = knob(2.0, label="Distance to the screen", unit="m", minimum=0.5, maximum=5.0, step=0.1)

EXTRA_COLOR = CORAL  # the path difference
WALL_COLOR = CHALK3


def colour_of(nanometres):
    """About the colour that the eye sees, by sliding between the colours of the spectrum."""
    stops = [
        (400, "#9A5CFF"), (440, "#5470FF"), (490, "#35C8FF"), (520, "#3BE08A"), (560, "#A8E84A"), (580, "#F7DF4B"),
        (610, "#FF9E45"), (650, "#FF5B4A"), (700, "#F0403C"),
    ]  # fmt: skip
    for (low, first), (high, second) in zip(stops, stops[1:], strict=False):
        if nanometres <= high:
            part = clamp((nanometres - low) / (high - low), 0, 1)
            return interpolate_color(ManimColor(first), ManimColor(second), part)
    return ManimColor(stops[-1][1])


LIGHT_COLOR = colour_of(light)


def fringe_spacing(nanometres=light, millimetres=separation, metres=screen):
    """From one bright fringe to the next, in mm: wavelength times distance over slit distance (small angles)."""
    return nanometres * 1e-9 * metres / (millimetres * 1e-3) * 1000


def brightness(place, spacing):
    """The brightness at a place on the screen (both in mm), from 0 to 1, for two very narrow slits."""
    return math.cos(math.pi * place / spacing) ** 2


# --- the enlarged picture: slits on the left, screen on the right -----------------------------------------
WALL_X, SCREEN_X = -5.9, 0.4
MIDDLE_Y = -0.05
HALF_GAP = 1.1  # half the drawn distance between the slits
WAVE = 0.42  # drawn wavelength
SLITS = (np.array([WALL_X, MIDDLE_Y + HALF_GAP, 0]), np.array([WALL_X, MIDDLE_Y - HALF_GAP, 0]))
TOP = 2.45  # highest point of the screen, above its middle


def path_difference(height):
    """How much longer the way from the lower slit is, in drawn wavelengths, for a height above the middle."""
    spot = np.array([SCREEN_X, MIDDLE_Y + height, 0])
    return (np.linalg.norm(spot - SLITS[1]) - np.linalg.norm(spot - SLITS[0])) / WAVE


def height_for(difference):
    """The height on the drawn screen with a path difference (in wavelengths), by halving an interval."""
    low, high = 0.0, TOP
    for _halving in range(50):
        middle = (low + high) / 2
        low, high = (middle, high) if path_difference(middle) < difference else (low, middle)
    return (low + high) / 2


def drawn_brightness(height):
    return math.cos(math.pi * path_difference(height)) ** 2


def wall():
    """The plate with two slits, and the screen."""
    parts, edges = VGroup(), [-2.75, -HALF_GAP - 0.12, -HALF_GAP + 0.12, HALF_GAP - 0.12, HALF_GAP + 0.12, 2.75]
    for low, high in zip(edges[::2], edges[1::2], strict=True):
        start, end = [WALL_X, MIDDLE_Y + low, 0], [WALL_X, MIDDLE_Y + high, 0]
        parts.add(Line(start, end, stroke_color=WALL_COLOR, stroke_width=8))
    sheet = Line(
        [SCREEN_X, MIDDLE_Y - 2.75, 0], [SCREEN_X, MIDDLE_Y + 2.75, 0], stroke_color=WALL_COLOR, stroke_width=5
    )
    return parts.add(sheet)


def rings(periods, slit):
    """The crests that come from one slit, between plate and screen."""
    drawn = VMobject(stroke_color=LIGHT_COLOR, stroke_width=2.5, stroke_opacity=0.75)
    reach = SCREEN_X - WALL_X
    for count in range(17):
        radius = (count + periods % 1.0) * WAVE
        if radius < 0.05 or (count + periods % 1.0) > periods:
            continue
        angles = np.linspace(-PI / 2, PI / 2, 49)
        xs, ys = slit[0] + radius * np.cos(angles), slit[1] + radius * np.sin(angles)
        good = (xs <= WALL_X + reach) & (ys <= MIDDLE_Y + 2.75) & (ys >= MIDDLE_Y - 2.75)
        for start, end in runs_of(good):
            points = np.stack([xs[start:end], ys[start:end], 0 * xs[start:end]], axis=1)
            if len(points) > 1:
                drawn.start_new_path(points[0])
                drawn.add_points_as_corners(list(points[1:]))
    return drawn


def runs_of(good):
    """The stretches of True, as (start, end)."""
    found, start = [], None
    for place, value in enumerate([*good, False]):
        if value and start is None:
            start = place
        if not value and start is not None:
            found, start = [*found, (start, place)], None
    return found


def glow(opacity=1.0, heights=111):
    """The screen's light in the enlarged picture."""
    drawn, step = VGroup(), 2 * TOP / heights
    for height in np.linspace(-TOP, TOP, heights):
        cell = Rectangle(width=0.32, height=1.15 * step, stroke_width=0)
        cell.set_fill(LIGHT_COLOR, opacity=opacity * drawn_brightness(height))
        drawn.add(cell.move_to([SCREEN_X + 0.22, MIDDLE_Y + height, 0]))
    return drawn


def in_step_lines():
    """Where the path difference is a whole number of wavelengths: crest on crest all the way."""
    drawn = VGroup()
    for order in range(-2, 3):
        xs = np.linspace(WALL_X + 0.35, SCREEN_X, 60)
        points = []
        for x in xs:
            low, high = 0.0, 2.7
            for _halving in range(40):
                middle = (low + high) / 2
                gap = math.hypot(x - WALL_X, middle + HALF_GAP) - math.hypot(x - WALL_X, middle - HALF_GAP)
                low, high = (middle, high) if gap < abs(order) * WAVE else (low, middle)
            if high < 2.69:
                points.append([x, MIDDLE_Y + math.copysign(low, order if order else 1), 0])
        drawn.add(VMobject(stroke_color=CHALK, stroke_width=3, stroke_opacity=0.8).set_points_as_corners(points))
    return drawn


class TwoWavesMeet(Stage):
    def construct(self):
        clock = ValueTracker(0.0)
        upper = always_redraw(lambda: rings(clock.get_value(), SLITS[0]))
        lower = always_redraw(lambda: rings(clock.get_value(), SLITS[1]))
        self.heading("Light through two slits")
        self.say("Light of one colour meets two narrow slits. What would you expect on the screen?")
        scale = words("much enlarged, not to scale", 22, CHALK2).move_to([2.8, -2.65, 0], aligned_edge=LEFT)
        self.play(FadeIn(wall()), FadeIn(scale), run_time=0.8)
        guess = lines("Particles would make two bright lines, one behind each slit.", 26, CHALK2, 26)
        fit(guess, zone(2.8, 6.6, 1.2, 2.6), UL)
        bars = VGroup(*[Line(UP, DOWN, color=LIGHT_COLOR, stroke_width=9).scale(0.2) for each in SLITS])
        for bar, slit in zip(bars, SLITS, strict=True):
            bar.move_to([SCREEN_X + 0.22, slit[1], 0])
        self.play(FadeIn(guess), FadeIn(bars), run_time=0.8)
        self.pause(0.2)
        self.say("But light is a wave: from each slit it spreads in circles. Here are the crests.")
        self.play(FadeOut(bars), run_time=0.4)
        self.add(upper, lower)
        self.play(clock.animate.set_value(15.0), run_time=6, rate_func=linear)
        fact = lines("Where crest meets crest, the light is bright.", 26, CHALK, 26)
        fit(fact, zone(2.8, 6.6, 0.0, 0.9), UL)
        self.say("Along these lines crest meets crest all the way: there the two waves help each other.")
        meet = in_step_lines()
        self.play(Create(meet), FadeIn(fact), clock.animate.set_value(17.0), run_time=2.0, rate_func=linear)
        self.play(clock.animate.set_value(20.0), run_time=3, rate_func=linear)
        other = lines("Where crest meets trough, light and light make dark.", 26, LIGHT_COLOR, 26)
        fit(other, zone(2.8, 6.6, -1.3, -0.3), UL)
        self.say("On the screen there are many fringes, and between them darkness: light plus light is dark.")
        self.play(FadeIn(glow()), FadeIn(other), clock.animate.set_value(22.0), run_time=2.0, rate_func=linear)
        for still in (upper, lower):
            still.clear_updaters()
        self.pause(1.0)


def wave_along(slit, spot):
    """The wave on its way from a slit to a point of the screen, at one moment."""
    way = spot - slit
    length = np.linalg.norm(way)
    way = way / length
    side = np.array([-way[1], way[0], 0])
    steps = np.linspace(0, length, int(26 * length / WAVE / 2))
    points = [slit + s * way + 0.13 * math.cos(math.tau * s / WAVE) * side for s in steps]
    return VMobject(stroke_color=LIGHT_COLOR, stroke_width=3).set_points_as_corners(points)


def brightness_curve(top):
    """The brightness beside the drawn screen, from the middle up to a height (and down as far)."""
    heights = np.linspace(-top, top, 161)
    points = [[SCREEN_X + 0.5 + 1.5 * drawn_brightness(h), MIDDLE_Y + h, 0] for h in heights]
    return VMobject(stroke_color=LIGHT_COLOR, stroke_width=5).set_points_as_corners(points)


class PathDifference(Stage):
    def construct(self):
        height = ValueTracker(0.0)
        spot = lambda: np.array([SCREEN_X, MIDDLE_Y + height.get_value(), 0])
        gap = lambda: path_difference(height.get_value())
        self.heading("One way is longer than the other")
        self.say("The middle of the screen is equally far from both slits. The waves arrive in step: bright.")
        rays = [always_redraw(lambda slit=slit: wave_along(slit, spot())) for slit in SLITS]
        extra = always_redraw(
            lambda: Line(
                SLITS[1],
                SLITS[1] + (gap() * WAVE + 1e-3) * (spot() - SLITS[1]) / np.linalg.norm(spot() - SLITS[1]),
                stroke_color=EXTRA_COLOR,
                stroke_width=9,
            )
        )
        mark = Dot(spot(), radius=0.11, color=CHALK)
        mark.add_updater(lambda dot: dot.move_to(spot()))
        live = VGroup(
            words("path difference", 24, CHALK2),
            readout("Δ", gap, "λ", 2, 40, EXTRA_COLOR),
            words("brightness", 24, CHALK2),
            readout("I", lambda: 100 * drawn_brightness(height.get_value()), "%", 0, 36, LIGHT_COLOR),
        )
        stack(*live, area=zone(2.8, 6.6, 0.3, 2.7), buff=0.22)
        self.play(FadeIn(wall()), run_time=0.5)
        self.play(*[FadeIn(each) for each in (*rays, mark, live)], run_time=0.8)
        grown = always_redraw(lambda: brightness_curve(max(height.get_value(), 0.01)))
        self.add(grown, extra, mark)
        rows = VGroup(words("bright: Δ = 0, 1 λ, 2 λ …", 28, LIGHT_COLOR), words("dark: Δ = ½ λ, 1½ λ …", 28, CHALK2))
        stack(*rows, area=zone(2.8, 6.6, -1.6, 0.0), buff=0.3)
        self.say("Higher up the lower wave has further to go. Half a wavelength more: crest meets trough.")
        self.play(height.animate.set_value(height_for(0.5)), run_time=4)
        self.pause(0.1)
        self.say("A whole wavelength more, and they are in step again: the next bright fringe.")
        self.play(height.animate.set_value(height_for(1.0)), run_time=4)
        self.play(FadeIn(rows[0], shift=0.2 * UP), run_time=0.5)
        self.say("And so on: what counts is only how many wavelengths one way is longer.")
        self.play(height.animate.set_value(height_for(1.5)), run_time=3)
        self.play(FadeIn(rows[1], shift=0.2 * UP), run_time=0.5)
        self.play(height.animate.set_value(min(TOP, height_for(2.0))), run_time=3)
        for still in (*rays, extra, mark, grown):
            still.clear_updaters()
        self.pause(1.0)


# --- fringes to scale -----------------------------------------------------------------------------------
CELLS = 150


def strip(axes, top, high, nanometres, millimetres):
    """A band of fringes on the screen, to the scale of the axes."""
    reach, drawn = axes.x_range[1], VGroup()
    step = 2 * reach / CELLS
    for place in np.linspace(-reach + step / 2, reach - step / 2, CELLS):
        left, right = axes.c2p(place - step / 2, 0)[0], axes.c2p(place + step / 2, 0)[0]
        cell = Rectangle(width=1.02 * (right - left), height=high, stroke_width=0)
        cell.move_to([(left + right) / 2, top - high / 2, 0])
        share = brightness(place, fringe_spacing(nanometres, millimetres()))
        drawn.add(cell.set_fill(colour_of(nanometres), opacity=share))
    return drawn


def recolour(cells, axes, nanometres, millimetres):
    """Follow a slit distance that changes."""
    reach = axes.x_range[1]
    places = np.linspace(-reach + reach / CELLS, reach - reach / CELLS, CELLS)
    for cell, place in zip(cells, places, strict=True):
        cell.set_fill(opacity=brightness(place, fringe_spacing(nanometres, millimetres())))


class FringeSpacing(Stage):
    def construct(self):
        spacing, gap = fringe_spacing(), ValueTracker(separation)
        reach = 3.2 * fringe_spacing(700)
        axes = graph((-reach, reach), (0, 1), zone(-6.6, 2.3, -2.85, -1.0), "place on the screen in mm", y_count=0)
        self.heading("How far apart are the fringes?")
        self.say(
            f"Now to scale: the screen is {number_text(screen)} m away, the slits {number_text(separation)} mm apart."
        )
        ruler = Line(axes.c2p(-reach, 0), axes.c2p(reach, 0), stroke_color=CHALK3, stroke_width=3)
        ticks = nice_ticks(-reach, reach, 6)
        scale = VGroup(ruler)
        y = -1.1
        ruler.set_y(y)
        for tick, label in zip(ticks, tick_labels(ticks, 22, CHALK2), strict=True):
            x = axes.c2p(tick, 0)[0]
            scale.add(Line([x, y, 0], [x, y - 0.14, 0], stroke_color=CHALK3, stroke_width=3))
            scale.add(label.next_to([x, y - 0.14, 0], DOWN, buff=0.12))
        scale.add(words("place on the screen in mm", 24, CHALK2).next_to(ruler, DOWN, buff=0.62))
        mine = strip(axes, 2.1, 0.8, light, gap.get_value)
        name = words(number_text(light) + " nm", 26, LIGHT_COLOR).move_to([2.8, 1.7, 0], aligned_edge=LEFT)
        self.play(FadeIn(scale), FadeIn(mine), FadeIn(name), run_time=1.0)
        left, right = axes.c2p(0, 0)[0], axes.c2p(spacing, 0)[0]
        bar = Line([left, 2.25, 0], [right, 2.25, 0], stroke_color=CHALK, stroke_width=5)
        size = words("Δy = " + length_text(spacing), 26, CHALK).next_to(bar, UP, buff=0.1)
        law = formula(r"\Delta y = \frac{\lambda L}{d}", 44, colors={r"\lambda": LIGHT_COLOR})
        fit(law, zone(2.8, 6.6, -2.8, -1.6), UL)
        self.say("Similar triangles turn the path difference into a distance on the screen.")
        self.play(Create(bar), FadeIn(size), run_time=0.8)
        self.play(FadeIn(law, shift=0.2 * UP), run_time=0.8)
        self.say("Longer waves, wider fringes: red is spread the most, violet the least.")
        others = VGroup()
        for nanometres, top, text in ((700.0, 1.15, "red 700 nm"), (400.0, 0.2, "violet 400 nm")):
            band = strip(axes, top, 0.8, nanometres, gap.get_value)
            tag = words(text, 26, colour_of(nanometres)).move_to([2.8, top - 0.22, 0], aligned_edge=LEFT)
            value = words(length_text(fringe_spacing(nanometres)), 26, CHALK).next_to(tag, DOWN, buff=0.1)
            others.add(VGroup(band, tag, value.align_to(tag, LEFT)))
            self.play(FadeIn(others[-1]), run_time=0.9)
        self.say("And the surprise: bring the slits closer together, and the fringes move apart.")
        live = readout("d", gap, "mm", 2 if separation < 0.5 else 1, 30, EXTRA_COLOR)
        fit(live, zone(2.8, 6.6, -1.35, -0.95), LEFT)
        self.play(FadeIn(live), FadeOut(bar), FadeOut(size), FadeOut(others[0][2]), FadeOut(others[1][2]), run_time=0.5)
        bands = ((mine, light), (others[0][0], 700.0), (others[1][0], 400.0))
        for band, nanometres in bands:
            band.add_updater(lambda cells, n=nanometres: recolour(cells, axes, n, gap.get_value))
        self.play(gap.animate.set_value(separation / 2), run_time=4)
        for band, _nanometres in bands:
            band.clear_updaters()
        wide = fringe_spacing(light, separation / 2)
        right = axes.c2p(wide, 0)[0]
        bar = Line([left, 2.25, 0], [right, 2.25, 0], stroke_color=CHALK, stroke_width=5)
        half = VGroup(bar, words("Δy = " + length_text(wide), 26, CHALK).next_to(bar, UP, buff=0.1))
        self.say("Half the distance, twice the spacing. So a tiny pattern of slits can be measured with a ruler.")
        self.play(FadeIn(half, shift=0.1 * UP), Create(highlight(law, CHALK2, 0.1)), run_time=0.8)
        self.pause(1.0)


def length_text(millimetres):
    return number_text(millimetres) + " mm"

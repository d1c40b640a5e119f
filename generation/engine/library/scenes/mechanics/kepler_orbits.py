from manim import *
from theorama_kit import *

axis = knob(
    1.0, label="Semi-major axis of the orbit", unit="AU", minimum=0.1, maximum=40.0, step=0.01, help="The Earth's is 1 AU."
)
eccentricity = knob(
    0.5, label="Eccentricity", minimum=0.0, maximum=0.85, step=0.01, help="0 is a circle; the Earth's orbit has 0.017."
)
star = knob(1.0, label="Mass of the star", unit="solar masses", minimum=0.1, maximum=10.0, step=0.1)
sectors = knob(8, label="Equal times in one orbit", minimum=4, maximum=12)

STAR_COLOR = YELLOW
PLANET_COLOR = CHALK
NEAR_COLOR = SKY  # distance from the star
OTHER_COLOR = LILAC  # distance from the empty focus
SPEED_COLOR = MINT
AXIS_COLOR = CORAL
KILOMETRES = 4.740470  # km/s in one astronomical unit a year

PERIOD = math.sqrt(axis**3 / star)  # in years: Kepler's third law, with axis in AU and mass in solar masses
SMALL_AXIS = axis * math.sqrt(1 - eccentricity**2)
NEAREST, FARTHEST = axis * (1 - eccentricity), axis * (1 + eccentricity)
AREA = PI * axis * SMALL_AXIS  # of the ellipse, in AU²

# Kepler's equation M = E - e sin E, tabled: E is the place on the ellipse, M grows evenly with the time.
PLACES = np.linspace(0, math.tau, 8001)
TIMES = (PLACES - eccentricity * np.sin(PLACES)) / math.tau


def anomaly(turns):
    """The eccentric anomaly E in radians after some orbits; 0 is the point nearest to the star."""
    return math.tau * math.floor(turns) + float(np.interp(turns - math.floor(turns), TIMES, PLACES))


def distance(turns):
    """Distance from the star in AU."""
    return axis * (1 - eccentricity * math.cos(anomaly(turns)))


def speed(turns):
    """Speed in km/s, from the energy of the orbit."""
    return KILOMETRES * math.tau * math.sqrt(star * (2 / distance(turns) - 1 / axis))


def position(turns):
    """Place in AU from the star, as (x, y)."""
    place = anomaly(turns)
    return axis * (eccentricity - math.cos(place)), -SMALL_AXIS * math.sin(place)


def digits(size):
    """Decimals that show about three digits of a value of this size."""
    return int(clamp(2 - math.floor(math.log10(size)), 0, 3))


def years(time):
    text = number_text(time)
    return text + (" year" if text == "1" else " years") if time >= 1 else number_text(365.25 * time) + " days"


# --- the picture: the ellipse with the star in its left focus --------------------------------------
HALF_WIDTH = min(4.1, 2.6 / math.sqrt(1 - eccentricity**2))
UNIT = HALF_WIDTH / axis
CENTRE = np.array([-2.2, -0.05, 0.0])
SUN = CENTRE + HALF_WIDTH * eccentricity * LEFT
EMPTY = CENTRE + HALF_WIDTH * eccentricity * RIGHT


def spot(turns):
    x, y = position(turns)
    return SUN + UNIT * np.array([x, y, 0.0])


def orbit(color=EDGE, width=3):
    path = VMobject(stroke_color=color, stroke_width=width)
    return path.set_points_as_corners([spot(turns) for turns in np.linspace(0, 1, 401)])


def sun():
    glow = Circle(radius=0.3, fill_color=STAR_COLOR, fill_opacity=0.25, stroke_width=0).move_to(SUN)
    return VGroup(glow, Dot(SUN, radius=0.17, color=STAR_COLOR))


def planet(place):
    return Dot(place(), radius=0.12, color=PLANET_COLOR).add_updater(lambda dot: dot.move_to(place()))


class TheEllipse(Stage):
    def construct(self):
        clock = ValueTracker(0.0)
        now = clock.get_value
        place = lambda: spot(now())
        whole = orbit()
        trail = VMobject(stroke_color=CHALK2, stroke_width=4)
        trail.add_updater(lambda line: line.set_points(whole.points[: 4 * int(400 * clamp(now(), 0, 1))]))
        other = Dot(EMPTY, radius=0.08, color=OTHER_COLOR)
        to_sun = always_redraw(lambda: Line(SUN, place(), stroke_color=NEAR_COLOR, stroke_width=4))
        to_other = always_redraw(lambda: Line(EMPTY, place(), stroke_color=OTHER_COLOR, stroke_width=4))
        body = planet(place)
        numbers = stack(
            readout("to the star", lambda: distance(now()), "AU", digits(axis), 28, NEAR_COLOR),
            readout("to the other", lambda: 2 * axis - distance(now()), "AU", digits(axis), 28, OTHER_COLOR),
            words("sum = " + number_text(2 * axis, digits(axis)) + " AU", 34, AXIS_COLOR),
            area=zone(2.7, 6.6, 0.3, 2.6),
            buff=0.35,
        )
        self.heading("First law: an ellipse")
        self.say("A planet goes round its star on an ellipse. The star is not in the middle.")
        self.play(FadeIn(sun()), FadeIn(body), run_time=0.8)
        self.add(trail)
        self.bring_to_front(body)
        self.play(clock.animate.set_value(1.0), run_time=5.0, rate_func=linear)
        self.say(
            "Here the ellipse is a circle: both of its foci lie in the middle."
            if eccentricity < 0.005
            else "It stands in one focus. The other focus is empty."
        )
        self.play(FadeIn(other, scale=0.3), run_time=0.7)
        self.say("From any point of the orbit, both distances add up to the same length.")
        self.play(FadeIn(to_sun), FadeIn(to_other), FadeIn(numbers), run_time=0.6)
        self.bring_to_front(body)
        self.play(clock.animate.set_value(2.0), run_time=6.0, rate_func=linear)
        for moved in (trail, to_sun, to_other, body, *numbers):
            moved.clear_updaters()
        ruler = DoubleArrow(
            CENTRE + HALF_WIDTH * LEFT, CENTRE + HALF_WIDTH * RIGHT, buff=0, color=AXIS_COLOR, stroke_width=4, tip_length=0.2
        )
        facts = VGroup(
            words("long axis 2a = " + number_text(2 * axis) + " AU", 28, AXIS_COLOR),
            words("nearest " + number_text(NEAREST) + " AU", 28, CHALK),
            words("farthest " + number_text(FARTHEST) + " AU", 28, CHALK),
            words("eccentricity " + number_text(eccentricity), 28, CHALK2),
        )
        stack(*facts, area=zone(2.7, 6.6, -2.6, -0.2), buff=0.3)
        self.say("That length is the long axis 2a. Its half, a, gives the size of the orbit.")
        self.play(FadeOut(to_sun), FadeOut(to_other), Create(ruler), FadeIn(facts, shift=0.2 * UP), run_time=1.0)
        self.pause(1.0)


def sector(first, last):
    """The area that the line from the star to the planet sweeps between two times."""
    return Polygon(SUN, *[spot(turns) for turns in np.linspace(first, last, 30)], stroke_width=0)


class EqualAreas(Stage):
    def construct(self):
        clock = ValueTracker(0.0)
        now = clock.get_value
        place = lambda: spot(now())
        body = planet(place)
        fastest = speed(0.0)

        def heading_of():
            way = spot(now() + 1e-4) - spot(now() - 1e-4)
            return arrow(place(), place() + 1.2 * speed(now()) / fastest * way / np.linalg.norm(way), SPEED_COLOR, 6)

        pointer = always_redraw(heading_of)
        numbers = stack(
            readout("distance", lambda: distance(now()), "AU", digits(axis), 28, NEAR_COLOR),
            readout("speed", lambda: speed(now()), "km/s", 1, 36, SPEED_COLOR),
            area=zone(2.7, 6.6, 1.3, 2.6),
        )
        self.heading("Second law: equal areas")
        self.say("The planet hurries when it is near the star and dawdles when it is far.")
        centre = sun()
        self.play(FadeIn(orbit()), FadeIn(centre), FadeIn(body), FadeIn(numbers), run_time=0.9)
        self.add(pointer)
        self.play(clock.animate.set_value(1.0), run_time=5.5, rate_func=linear)
        clock.set_value(0.0)
        self.say("Draw the line to the star, and colour what it sweeps in " + str(sectors) + " equal times.")
        done = VGroup()
        for k in range(sectors):
            color = (SKY, LILAC, LEAF)[k % 3] if k < sectors - 1 or sectors % 3 != 1 else CORAL
            patch = always_redraw(
                lambda k=k, color=color: sector(k / sectors, max(now(), k / sectors + 1e-4)).set_fill(color, 0.5)
            )
            self.add(patch)
            self.bring_to_front(centre, pointer, body)
            self.play(clock.animate.set_value((k + 1) / sectors), run_time=7.2 / sectors, rate_func=linear)
            patch.clear_updaters()
            done.add(patch)
        for moved in (pointer, body, *numbers):
            moved.clear_updaters()
        rows = VGroup(
            words("each sector", 26, CHALK2),
            words(number_text(AREA / sectors) + " AU²", 38, AXIS_COLOR),
            words("in " + years(PERIOD / sectors), 30, CHALK),
        )
        stack(*rows, area=zone(2.7, 6.6, -0.9, 0.8), buff=0.24)
        self.say("Wide and short, or narrow and long: every sector has the same area.")
        self.play(FadeIn(rows, shift=0.2 * UP), run_time=0.8)
        ends = VGroup(
            words("nearest: " + number_text(speed(0.0)) + " km/s", 28, SPEED_COLOR),
            words("farthest: " + number_text(speed(0.5)) + " km/s", 28, SPEED_COLOR),
        )
        stack(*ends, area=zone(2.7, 6.6, -2.6, -1.4), buff=0.26)
        self.say("So at the ends speed times distance is equal: " + compared())
        self.play(FadeIn(ends, shift=0.2 * UP), run_time=0.8)
        self.pause(1.0)


def compared():
    """How much farther and slower the planet is at its far end."""
    if eccentricity < 0.005:
        return "here the speed never changes."
    times = number_text(FARTHEST / NEAREST)
    return times + " times as far, " + times + " times as slow."


# Measured: semi-major axes in AU and periods in years of the four inner planets.
PLANETS = [
    ("Mercury", 0.3871, 0.2408, CHALK2), ("Venus", 0.7233, 0.6152, LEAF), ("Earth", 1.0, 1.0, SKY), ("Mars", 1.5237, 1.8808, CORAL),
]  # fmt: skip


class FarAndSlow(Stage):
    def construct(self):
        clock = ValueTracker(0.0)
        now = clock.get_value
        middle, unit = np.array([-3.9, 0.0, 0.0]), 2.15 / PLANETS[-1][1]
        rings, bodies, names = VGroup(), VGroup(), VGroup()
        for name, size, time, color in PLANETS:
            rings.add(Circle(radius=unit * size, stroke_color=EDGE, stroke_width=2).move_to(middle))
            place = lambda size=size, time=time: middle + unit * size * np.array(
                [math.cos(math.tau * now() / time + 0.6), math.sin(math.tau * now() / time + 0.6), 0.0]
            )
            bodies.add(Dot(place(), radius=0.12, color=color).add_updater(lambda dot, place=place: dot.move_to(place())))
            names.add(words(name, 24, color))
        glow = Dot(middle, radius=0.15, color=STAR_COLOR)
        axes = graph((0, 4), (0, 4), zone(0.0, 6.6, -2.85, 2.75), "a³ in AU³", "T² in years²")
        clock_face = readout("time", clock, "years", 2, 28, CHALK)
        fit(clock_face, zone(-6.6, -3.0, 2.35, 2.8), LEFT)
        self.heading("Third law: far means slow")
        self.say("The inner planets at their true pace. The outer ones have longer ways, and are slower.")
        self.play(FadeIn(rings), FadeIn(glow), FadeIn(bodies), FadeIn(clock_face), FadeIn(axes), run_time=0.9)
        self.play(clock.animate.set_value(PLANETS[-1][2]), run_time=7.0, rate_func=linear)
        for moved in (*bodies, clock_face):
            moved.clear_updaters()
        self.say("Square each period T, cube each half axis a, and enter the point.")
        points = VGroup()
        for (name, size, time, color), label in zip(PLANETS, names, strict=True):
            point = Dot(axes.c2p(size**3, time**2), radius=0.1, color=color)
            label.next_to(point, RIGHT if name != "Mars" else LEFT, buff=0.18)
            label.shift((0.1 if name == "Mercury" else 0.0) * UP)
            points.add(point)
            self.play(FadeIn(point, scale=0.3), FadeIn(label), run_time=0.6)
        line = Line(axes.c2p(0, 0), axes.c2p(4, 4), stroke_color=CHALK, stroke_width=3)
        law = formula(r"\frac{T^2}{a^3} = \text{const.}", 52, colors={"T": SPEED_COLOR, "a": AXIS_COLOR})
        left, top = axes.c2p(0, 4)[:2]
        fit(law, zone(left + 0.3, left + 3.0, top - 1.4, top - 0.25), UL)
        self.say("All lie on one straight line: T² ÷ a³ is the same for every planet of the Sun.")
        self.play(Create(line), run_time=1.0)
        self.bring_to_front(points)
        self.play(FadeIn(law), run_time=0.8)
        host = " AU:" if star == 1 else " AU, star of " + number_text(star) + " Suns:"
        yours = words("a = " + number_text(axis) + host + "  T = " + years(PERIOD), 28, STAR_COLOR)
        fit(yours, zone(-6.6, -0.5, -2.85, -2.4), LEFT)
        self.say("So the orbit of before takes " + years(PERIOD) + ". A heavier star makes it quicker.")
        self.play(FadeIn(yours, shift=0.2 * UP), run_time=0.8)
        self.pause(1.0)

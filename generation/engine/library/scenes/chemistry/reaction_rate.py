from manim import *
from theorama_kit import *

temperature = knob(298.0, label="Temperature", unit="K", minimum=250.0, maximum=500.0, step=1.0)
warmer = knob(10.0, label="Warmer by", unit="K", minimum=5.0, maximum=100.0, step=1.0)
activation = knob(50.0, label="Activation energy", unit="kJ/mol", minimum=15.0, maximum=100.0, step=1.0)
lowered = knob(15.0, label="A catalyst lowers it by", unit="kJ/mol", minimum=2.0, maximum=60.0, step=1.0)
particles = knob(30, label="Particles in each box", minimum=12, maximum=44)

FIRST_COLOR = SKY
SECOND_COLOR = CORAL
PRODUCT_COLOR = MINT
ENOUGH_COLOR = YELLOW  # energy that is enough to react
CATALYST_COLOR = LILAC
COLD_COLOR = SKY
HOT_COLOR = CORAL

GAS = 0.0083145  # the gas constant in kJ/(mol K)
HOT = temperature + warmer
EASIER = max(activation - lowered, 5.0)  # with a catalyst


def density(energy, kelvin):
    """Maxwell and Boltzmann: the share of molecules per kJ/mol at an energy."""
    rt = GAS * kelvin
    return 2 * math.sqrt(max(energy, 0.0) / math.pi) * rt**-1.5 * math.exp(-energy / rt)


def share_above(energy, kelvin):
    """The share of molecules with at least this energy: the area to the right, in closed form."""
    x = energy / (GAS * kelvin)
    return math.erfc(math.sqrt(x)) + 2 * math.sqrt(x / math.pi) * math.exp(-x)


COLD_SHARE, HOT_SHARE = share_above(activation, temperature), share_above(activation, HOT)
CATALYSED = share_above(EASIER, temperature)


def times_text(factor):
    """A factor in words that stay short: "1.9 times", "430 times"."""
    return number_text(factor, None, 2) + " times"


def share_text(share):
    """A small share as one in so many."""
    many = 1 / share
    if many < 1e4:
        return "1 in " + number_text(many, None, 2)
    for size, name in (
        (1e18, "quintillion"),
        (1e15, "quadrillion"),
        (1e12, "trillion"),
        (1e9, "billion"),
        (1e6, "million"),
        (1e3, "thousand"),
    ):
        if many >= size:
            return "1 in " + number_text(many / size, None, 2) + " " + name
    return "1 in " + number_text(many)


# --- the particles ----------------------------------------------------------------------------------
WIDE, HIGH, RADIUS = 5.9, 3.9, 0.14
TYPICAL = 1.15  # speed per direction in the colder box, in scene units a second
BARRIER = 2.8  # energy needed in the boxes, over kT of the colder box: far lower than in nature, so that we see it
SECONDS, STEP = 10.0, 1 / 60
BOX_HEAT = 1.6  # the warmer box has so many times the absolute temperature


def simulate(heat, seed, reacts=True):
    """Discs that bounce off each other. A hit of two kinds reacts where the energy along the line of centres is enough.

    Returns the places at every step, the steps at which each disc reacted (or a late one), and all hits as (step,
    place, whether it led to a reaction).
    """
    dice = np.random.default_rng(seed)
    across = math.ceil(math.sqrt(particles * WIDE / HIGH))
    rows = math.ceil(particles / across)
    grid = [((k % across + 0.5) * WIDE / across, (k // across + 0.5) * HIGH / rows) for k in range(particles)]
    place = np.array(grid) - np.array([WIDE, HIGH]) / 2
    speed = TYPICAL * math.sqrt(heat) * dice.normal(size=(particles, 2))
    kinds = dice.permutation(np.arange(particles) % 2)
    reacted = np.full(particles, 10**6)
    wall = np.array([WIDE, HIGH]) / 2 - RADIUS
    path, hits = [place.copy()], []
    upper = np.triu_indices(particles, 1)
    for step in range(int(SECONDS / STEP)):
        place = place + STEP * speed
        out = np.abs(place) > wall
        speed = np.where(out & (place * speed > 0), -speed, speed)
        place = np.clip(place, -wall, wall)
        apart = place[upper[0]] - place[upper[1]]
        near = np.flatnonzero((apart**2).sum(axis=1) < (2 * RADIUS) ** 2)
        for pair in near:
            a, b = int(upper[0][pair]), int(upper[1][pair])
            line = place[a] - place[b]
            line = line / max(float(np.hypot(line[0], line[1])), 1e-9)
            closing = float((speed[b] - speed[a]) @ line)
            if closing <= 0:
                continue
            speed[a] = speed[a] + closing * line
            speed[b] = speed[b] - closing * line
            fresh = kinds[a] != kinds[b] and reacted[a] > step and reacted[b] > step
            # energy of approach, half the reduced mass (1/2) times the speed squared, over kT of the colder box
            enough = bool(fresh and closing**2 / 4 / TYPICAL**2 > BARRIER)
            hits.append((step, (place[a] + place[b]) / 2, enough))
            if enough and reacts:
                reacted[a] = reacted[b] = step + 1
        path.append(place.copy())
    return np.array(path), kinds, reacted, hits


class HardEnough(Stage):
    def construct(self):
        clock = ValueTracker(0.0)
        self.heading("Which collisions lead to a reaction?")
        self.say("Two kinds of particles fly about. They can only react where they meet.")
        boxes, tallies = VGroup(), []
        for x, heat, color in ((-3.4, 1.0, COLD_COLOR), (3.4, BOX_HEAT, HOT_COLOR)):
            frame = Rectangle(width=WIDE + 0.1, height=HIGH + 0.1, stroke_color=EDGE, stroke_width=3).move_to(
                [x, 0.2, 0]
            )
            name = words(number_text(temperature * heat, 0) + " K", 30, color).next_to(frame, UP, buff=0.14)
            path, kinds, reacted, hits = simulate(heat, 7)
            boxes.add(VGroup(frame, name))
            tallies.append((frame.get_center(), path, kinds, reacted, hits))
        crowds, rings, live = VGroup(), VGroup(), VGroup()
        step_now = lambda: int(clamp(clock.get_value() / STEP, 0, SECONDS / STEP))
        for middle, path, kinds, reacted, hits in tallies:
            crowd = VGroup(
                *[
                    Dot(
                        middle + np.array([*path[0][k], 0]),
                        radius=RADIUS,
                        color=SECOND_COLOR if kinds[k] else FIRST_COLOR,
                    )
                    for k in range(particles)
                ]
            )

            def move(group, middle=middle, path=path, reacted=reacted):
                now = step_now()
                for k, dot in enumerate(group):
                    dot.move_to(middle + np.array([path[now][k][0], path[now][k][1], 0]))
                    if reacted[k] <= now and dot.get_color() != PRODUCT_COLOR:
                        dot.set_color(PRODUCT_COLOR)

            crowd.add_updater(move)

            def flash(group, middle=middle, hits=hits):
                now = step_now()
                fresh = [hit for hit in hits if hit[2] and 0 <= now - hit[0] < 24]
                group.become(
                    VGroup(
                        *[
                            Circle(radius=0.2 + 0.02 * (now - step), stroke_color=ENOUGH_COLOR, stroke_width=4)
                            .set_stroke(opacity=1 - (now - step) / 24)
                            .move_to(middle + np.array([spot[0], spot[1], 0]))
                            for step, spot, _enough in fresh
                        ]
                    )
                )

            ring = VGroup().add_updater(flash)
            crowds.add(crowd)
            rings.add(ring)
            counts = VGroup(
                readout(
                    "collisions", lambda hits=hits: len([1 for hit in hits if hit[0] <= step_now()]), "", 0, 28, CHALK2
                ),
                readout(
                    "reactions",
                    lambda hits=hits: len([1 for hit in hits if hit[2] and hit[0] <= step_now()]),
                    "",
                    0,
                    32,
                    ENOUGH_COLOR,
                ),
            ).arrange(RIGHT, buff=0.5)
            live.add(fit(counts, zone(middle[0] - 3.0, middle[0] + 3.0, -2.6, -2.0)))
        self.play(
            FadeIn(boxes),
            LaggedStart(*[FadeIn(dot) for crowd in crowds for dot in crowd], lag_ratio=0.01),
            run_time=1.2,
        )
        self.play(FadeIn(live), run_time=0.5)
        self.add(*crowds, *rings)
        self.say("Most bounce off again. Only a collision that is hard enough breaks bonds: it flashes.")
        self.play(clock.animate.set_value(0.45 * SECONDS), run_time=0.45 * SECONDS, rate_func=linear)
        self.say("On the right it is warmer: particles are faster, meet more often and, above all, harder.")
        self.play(clock.animate.set_value(SECONDS), run_time=0.55 * SECONDS, rate_func=linear)
        for each in (*crowds, *rings):
            each.clear_updaters()
        self.say("In these boxes little energy is enough, so that we see it happen. Nature asks for far more.")
        self.pause(1.0)


def energy_axes(area, top_kelvin, right):
    """Energy across; no numbers on the left, for only the shape and the areas matter."""
    axes = graph((0, right), (0, 1), area, "energy of a molecule in kJ/mol", "share of molecules")
    axes[-1].remove(*[part for part in axes[-1] if part.get_right()[0] < axes.c2p(0, 0)[0] and part.width < 1])
    return axes


TALLEST = density(GAS * temperature / 2, temperature)  # the top of the colder curve


def curve_points(kelvin, low, high, factor, count=160):
    energies = np.linspace(low, high, count)
    return energies, np.array([factor * density(float(e), kelvin) for e in energies])


def area_under(axes, kelvin, low, high, factor, color, opacity=0.6):
    """The filled area under a curve from one energy to another."""
    energies, heights = curve_points(kelvin, low, high, factor)
    top = axes.y_range[1]
    corners = [axes.c2p(e, min(h, top)) for e, h in zip(energies, heights, strict=True)]
    return Polygon(
        axes.c2p(low, 0), *corners, axes.c2p(high, 0), fill_color=color, fill_opacity=opacity, stroke_width=0
    )


RIGHT_END = 1.18 * activation


class TheFewFast(Stage):
    def construct(self):
        axes = energy_axes(zone(-6.6, 6.6, -2.85, 2.75), HOT, RIGHT_END)
        scale = 0.92 / TALLEST
        self.heading("How many molecules have enough energy?")
        self.say("Molecules are not all equally fast. This curve of Maxwell and Boltzmann counts them by energy.")
        self.play(FadeIn(axes), run_time=0.8)
        cold = polyline(axes, *curve_points(temperature, 0, RIGHT_END, scale, 400), COLD_COLOR, 5)
        hot = polyline(axes, *curve_points(HOT, 0, RIGHT_END, scale, 400), HOT_COLOR, 5)
        cold_name = words(number_text(temperature) + " K", 26, COLD_COLOR)
        hot_name = words(number_text(HOT) + " K", 26, HOT_COLOR)
        self.play(Create(cold), run_time=1.6)
        names = VGroup(cold_name, hot_name).arrange(RIGHT, buff=0.5)
        fit(names, zone(axes.c2p(0, 0)[0] + 0.2, -1.2, axes.c2p(0, 1)[1] - 0.5, axes.c2p(0, 1)[1] - 0.05), LEFT)
        names.move_to(axes.c2p(0.14 * RIGHT_END, 0.91), aligned_edge=LEFT)
        self.play(FadeIn(cold_name), run_time=0.4)
        self.say(f"To react it takes the activation energy, here {number_text(activation)} kJ/mol. It is far out!")
        wall = DashedLine(axes.c2p(activation, 0), axes.c2p(activation, 1), color=ENOUGH_COLOR, stroke_width=4)
        wall_name = words("activation energy", 26, ENOUGH_COLOR).next_to(axes.c2p(activation, 0.91), LEFT, buff=0.2)
        self.play(Create(wall), FadeIn(wall_name), run_time=0.9)
        self.say("Now warm it up a little. The curve hardly changes.")
        self.play(TransformFromCopy(cold, hot), FadeIn(hot_name), run_time=1.6)
        self.say("But look at the tail beyond the line, enlarged very much.")
        lens_low, lens_high = 0.985 * activation, activation + 4.2 * GAS * HOT
        lens_area = zone(-3.0, 3.4, -1.45, 1.7) if activation > 16 * GAS * HOT else zone(0.2, 4.3, -0.25, 1.75)
        factor = 0.9 / density(activation, HOT)
        lens = lens_axes(lens_area, lens_low, lens_high)
        spot = axes.c2p(activation, 0)
        beams = VGroup(
            *[
                Line(lens[0].get_corner(corner), spot, stroke_color=ENOUGH_COLOR, stroke_width=1.5)
                for corner in (UR, DR)
            ]
        )
        inner = lens[1]
        hot_tail = area_under(inner, HOT, activation, lens_high, factor, HOT_COLOR)
        cold_tail = area_under(inner, temperature, activation, lens_high, factor, COLD_COLOR, 0.68)
        inner_wall = Line(inner.c2p(activation, 0), inner.c2p(activation, 1), stroke_color=ENOUGH_COLOR, stroke_width=4)
        self.play(FadeIn(beams), FadeIn(lens), FadeIn(inner_wall), run_time=0.9)
        self.play(FadeIn(cold_tail, shift=0.2 * UP), run_time=0.7)
        self.play(FadeIn(hot_tail), run_time=0.7)
        self.bring_to_front(cold_tail, inner_wall)
        self.say(
            f"{number_text(warmer)} K warmer, and {times_text(HOT_SHARE / COLD_SHARE)} as many molecules have enough energy."
        )
        result = VGroup(
            words(share_text(COLD_SHARE), 28, COLD_COLOR),
            words(share_text(HOT_SHARE), 28, HOT_COLOR),
            words("× " + number_text(HOT_SHARE / COLD_SHARE, None, 2), 44, ENOUGH_COLOR),
        ).arrange(DOWN, buff=0.2, aligned_edge=LEFT)
        left_edge = inner.c2p(lens_low + 0.45 * (lens_high - lens_low), 0)[0]
        fit(
            result,
            zone(left_edge, lens_area.get_right()[0] - 0.15, lens_area.get_y() - 0.1, lens_area.get_top()[1] - 0.12),
            UR,
        )
        self.play(FadeIn(result, shift=0.2 * UP), run_time=0.9)
        self.say("That is why a little warmth speeds up a reaction so much, and a fridge keeps food fresh.")
        self.pause(1.0)


def lens_axes(area, low, high):
    """A framed graph without numbers, for the tail: (frame, axes)."""
    frame = RoundedRectangle(
        corner_radius=0.1, width=area.width, height=area.height, stroke_color=ENOUGH_COLOR, stroke_width=2.5
    )
    frame.set_fill(STAGE, 1).move_to(area)
    axes = Axes(
        x_range=[low, high, high - low],
        y_range=[0, 1, 1],
        x_length=area.width - 0.5,
        y_length=area.height - 0.4,
        tips=False,
        axis_config={"include_ticks": False, "stroke_color": CHALK3, "stroke_width": 2.5},
    )
    axes.shift(area.get_center() - (axes.c2p(low, 0) + axes.c2p(high, 1)) / 2)
    axes.y_axis.set_opacity(0)
    return VGroup(frame, axes)


def hill(x, height, drop):
    """The energy along the way of a reaction: from zero over a hill down to -drop, smooth, the top at x = 0.5."""
    if x < 0.5:
        return height * smooth(clamp(2 * x, 0, 1))
    return height - (height + drop) * smooth(clamp(2 * x - 1, 0, 1))


class LowerHill(Stage):
    def construct(self):
        left_area, right_area = split_zone(FULL, [1.15, 1], gap=0.5)
        drop = 0.45 * activation
        y_range = nice_range([-1.35 * drop, 1.2 * activation])
        axes = graph((0, 1), y_range, left_area, "", "energy in kJ/mol")
        axes[-1].remove(*[part for part in axes[-1] if part.get_top()[1] < axes.c2p(0, y_range[0])[1] - 0.02])
        axes[0].remove(*axes[0][: len(nice_ticks(0, 1, clamp(4, 2, 8)))])
        self.heading("A catalyst opens an easier way")
        self.say("On the way from reactants to products there is a hill: the activation energy.")
        over = plot(axes, lambda x: hill(x, activation, drop), ENOUGH_COLOR, (0.06, 0.94))
        names = VGroup(
            words("reactants", 24, CHALK2)
            .next_to(axes.c2p(0.06, 0), DOWN, buff=0.15)
            .align_to(axes.c2p(0.02, 0), LEFT),
            words("products", 24, CHALK2)
            .next_to(axes.c2p(0.94, -drop), DOWN, buff=0.15)
            .align_to(axes.c2p(0.98, 0), RIGHT),
        )
        level = DashedLine(axes.c2p(0, 0), axes.c2p(0.75, 0), color=CHALK3, stroke_width=2)
        self.play(FadeIn(axes), run_time=0.7)
        self.play(Create(over), FadeIn(names), Create(level), run_time=1.5)
        climber = Dot(axes.c2p(0.06, hill(0.06, activation, drop)), color=CHALK, radius=0.12)
        height = DoubleArrow(
            axes.c2p(0.5, 0), axes.c2p(0.5, activation), buff=0, color=ENOUGH_COLOR, stroke_width=4, tip_length=0.18
        )
        tall = words(number_text(activation) + " kJ/mol", 26, ENOUGH_COLOR).next_to(height, UP, buff=0.12)
        self.play(GrowFromCenter(height), FadeIn(tall), run_time=0.8)
        right = 1.18 * activation
        curve_axes = energy_axes(zone(right_area.get_left()[0], 6.6, -0.95, 2.75), temperature, right)
        scale = 0.92 / TALLEST
        curve = polyline(curve_axes, *curve_points(temperature, 0, right, scale, 300), COLD_COLOR, 4)
        need = ValueTracker(activation)
        wall = always_redraw(
            lambda: DashedLine(
                curve_axes.c2p(need.get_value(), 0),
                curve_axes.c2p(need.get_value(), 1),
                color=ENOUGH_COLOR,
                stroke_width=4,
            )
        )
        tail = always_redraw(
            lambda: area_under(curve_axes, temperature, need.get_value(), right, scale, ENOUGH_COLOR, 0.7)
        )
        self.say(f"At {number_text(temperature)} K only {share_text(COLD_SHARE)} molecules can get over it.")
        self.play(FadeIn(curve_axes), Create(curve), FadeIn(wall), run_time=1.0)
        self.add(tail)
        first = words("without: " + share_text(COLD_SHARE), 26, ENOUGH_COLOR)
        second = words("with: " + share_text(CATALYSED), 26, CATALYST_COLOR)
        more = words("× " + number_text(CATALYSED / COLD_SHARE, None, 2), 40, CHALK)
        stack(first, second, more, area=zone(right_area.get_left()[0] + 0.25, 6.6, -2.8, -1.15), buff=0.2)
        back = [axes.c2p(x, hill(x, activation, drop)) for x in np.linspace(0.06, 0.4, 20)]
        way = VMobject().set_points_as_corners([*back, *back[::-1]])
        self.play(FadeIn(first), FadeIn(climber), run_time=0.5)
        self.play(MoveAlongPath(climber, way), run_time=1.8)
        self.say(f"A catalyst offers another way over a lower hill: {number_text(EASIER)} kJ/mol instead.")
        low = plot(axes, lambda x: hill(x, EASIER, drop), CATALYST_COLOR, (0.06, 0.94))
        short = words(number_text(EASIER), 26, CATALYST_COLOR).next_to(
            axes.c2p(0.5, EASIER), DL if EASIER > 0.35 * activation else UL, buff=0.14
        )
        self.play(Create(low), FadeIn(short), over.animate.set_stroke(opacity=0.45), run_time=1.3)
        self.play(need.animate.set_value(EASIER), run_time=2.2)
        for part in (wall, tail):
            part.clear_updaters()
        self.play(
            wall.animate.set_color(CATALYST_COLOR), tail.animate.set_fill(CATALYST_COLOR), FadeIn(second), run_time=0.6
        )
        path = VMobject().set_points_as_corners(
            [axes.c2p(x, hill(x, EASIER, drop)) for x in np.linspace(0.06, 0.94, 60)]
        )
        self.say(f"That makes {times_text(CATALYSED / COLD_SHARE)} as many fit to react, at the same temperature.")
        self.play(MoveAlongPath(climber, path), FadeIn(more, shift=0.2 * UP), run_time=1.8)
        self.say("The catalyst is not used up, and the energy of reactants and products stays what it was.")
        self.play(Create(highlight(more, CATALYST_COLOR, 0.1)), run_time=0.7)
        self.pause(1.0)

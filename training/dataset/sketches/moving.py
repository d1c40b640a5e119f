"""Things that move: falling, swinging, orbiting, travelling, oscillating, diffusing."""

from __future__ import annotations

import random

from training.dataset.sketches.sketch import Family, Sketch, colours, painted


def falling_ball(chance: random.Random) -> Sketch:
    """A ball that falls faster and faster, with its speed."""
    height = chance.choice((5, 10, 20, 45, 80))
    place, g = chance.choice((("Earth", 9.81), ("the Moon", 1.62), ("Mars", 3.71)))
    time = (2 * height / g) ** 0.5
    ball, word, _ = painted(chance)
    thing = chance.choice(("ball", "stone", "apple"))
    return Sketch(
        (f"a {word}{thing} falls {height} m on {place}", f"drop a {thing} from {height} m on {place} and show its speed",
         f"free fall from {height} m, with the speed as a number, on {place}"),
        f"""
        self.heading("A {thing} falls {height} m on {place}")
        t = ValueTracker(0.0)
        drop = lambda: 4.6 * (t.get_value() / {time:.3f}) ** 2
        ball = always_redraw(lambda: Dot([-3, 2.3 - drop(), 0], radius=0.2, color={ball}))
        ground = Line([-5, -2.5, 0], [-1, -2.5, 0], color=EDGE, stroke_width=6)
        numbers = stack(readout("t", t, "s", 2, 32), readout("v", lambda: {g} * t.get_value(), "m/s", 1, 32, {ball}))
        self.say("Each second adds the same amount of speed.")
        self.play(Create(ground), FadeIn(ball), FadeIn(numbers))
        self.play(t.animate.set_value({time:.3f}), run_time={chance.choice((3, 4))}, rate_func=linear)
        self.say("It lands after {time:.2g} seconds.")
        self.pause(1.0)
        """,
    )  # fmt: skip


def thrown_ball(chance: random.Random) -> Sketch:
    """A path that bends down, with a ball that follows it."""
    wide, high = chance.choice((6, 8, 10, 12, 20, 30)), chance.choice((2, 3, 4, 5))
    path, ball = colours(chance, 2)
    thing = chance.choice(("ball", "stone", "water drop", "basketball", "frog"))
    return Sketch(
        (f"a {thing} flies {wide} m far and {high} m high", f"the path of a {thing}: {high} m up, {wide} m away",
         f"show the parabola of a {thing} with its highest point at {high} m"),
        f"""
        self.heading("The path of a {thing}")
        axes = graph((0, {wide}), (0, {high + 1}), MAIN, "distance in m", "height in m")
        curve = plot(axes, lambda x: {4 * high / wide**2:g} * x * ({wide} - x), {path})
        ball = Dot(axes.c2p(0, 0), radius=0.14, color={ball})
        top = Dot(axes.c2p({wide / 2:g}, {high}), color=CHALK)
        note = stack(words("highest: {high} m", 30), words("range: {wide} m", 30, {path}))
        self.say("It goes up, slows down, and comes back in a curve.")
        self.play(FadeIn(axes), FadeIn(ball))
        self.play(MoveAlongPath(ball, curve), Create(curve), run_time={chance.choice((3, 4, 5))}, rate_func=linear)
        self.say("The highest point lies halfway.")
        self.play(FadeIn(top), FadeIn(note))
        self.pause(1.0)
        """,
    )  # fmt: skip


def orbiting(chance: random.Random) -> Sketch:
    """A body that goes round another."""
    middle, body = chance.choice(
        (("the Sun", "the Earth"), ("the Earth", "the Moon"), ("Jupiter", "Io"), ("the nucleus", "an electron"), ("a star", "a planet"),
         ("the Earth", "a satellite"), ("Mars", "Phobos"))
    )  # fmt: skip
    rounds = chance.choice((1, 2, 3))
    one, two = colours(chance, 2)
    shape = chance.choice(("circle", "ellipse"))
    made = "Circle(radius=2.2" if shape == "circle" else "Ellipse(width=6.4, height=3.8"
    return Sketch(
        (f"{body} goes round {middle}", f"{body} moves around {middle} in {rounds} full turns", f"orbit of {body} about {middle} as {'an' if shape == 'ellipse' else 'a'} {shape}"),
        f"""
        self.heading("{body[0].upper()}{body[1:]} and {middle}")
        path = {made}, color=EDGE).move_to(MAIN)
        centre = Dot(path.get_center(), radius=0.35, color={one})
        body = Dot(path.get_start(), radius=0.15, color={two})
        names = fit(legend([("{middle}", {one}), ("{body}", {two})], 28), SIDE)
        self.say("One body stays in the middle, the other goes round it.")
        self.play(FadeIn(centre), Create(path), FadeIn(names))
        self.play(FadeIn(body))
        for turn in range({rounds}):
            self.play(MoveAlongPath(body, path), run_time=3, rate_func=linear)
        self.pause(1.0)
        """,
    )  # fmt: skip


def swinging(chance: random.Random) -> Sketch:
    """A pendulum that swings."""
    degrees, seconds, swings = chance.choice((10, 20, 30, 40)), chance.choice((1, 1.5, 2, 3)), chance.choice((2, 3, 4))
    string, bob = colours(chance, 2)
    return Sketch(
        (f"a pendulum swinging {swings} times", f"a weight on a string swings to {degrees} degrees", f"simple pendulum, {swings} swings, angle shown live"),
        f"""
        self.heading("A swinging pendulum")
        pivot, t = np.array([-2.2, 2.4, 0]), ValueTracker(0.0)
        angle = lambda: {degrees} * math.cos(TAU * t.get_value())
        end = lambda: pivot + 4 * np.array([math.sin(math.radians(angle())), -math.cos(math.radians(angle())), 0])
        rod = always_redraw(lambda: Line(pivot, end(), color={string}))
        bob = always_redraw(lambda: Dot(end(), radius=0.22, color={bob}))
        beam = Line(pivot + LEFT, pivot + RIGHT, color=EDGE, stroke_width=6)
        self.say("Let it go, and it swings from side to side.")
        self.play(Create(beam), FadeIn(rod), FadeIn(bob), FadeIn(stack(readout("angle", angle, "°", 0, 32, {bob}))))
        self.play(t.animate.set_value({swings}), run_time={swings * seconds:g}, rate_func=linear)
        self.pause(1.0)
        """,
    )  # fmt: skip


def travelling_wave(chance: random.Random) -> Sketch:
    """A wave that moves along."""
    kind, paint = chance.choice(("sound", "water", "light", "rope")), colours(chance, 1)[0]
    length, height = chance.choice((1, 2, 3)), chance.choice((0.5, 1, 1.5))
    way = chance.choice(("right", "left"))
    sign = "-" if way == "right" else "+"
    return Sketch(
        (f"a {kind} wave moving to the {way}", f"a wave with wavelength {length} m travels {way}", f"travelling {kind} wave, amplitude {height:g}, going {way}"),
        f"""
        self.heading("A {kind} wave travels to the {way}")
        axes = graph((0, 6), (-2, 2), MAIN, "x in m", "y")
        t = ValueTracker(0.0)
        wave = always_redraw(lambda: plot(axes, lambda x: {height:g} * np.sin(TAU * (x {sign} t.get_value()) / {length}), {paint}))
        note = stack(words("wavelength {length} m", 30, {paint}), words("amplitude {height:g}", 30))
        self.say("The shape moves on. Each point only goes up and down.")
        self.play(FadeIn(axes), FadeIn(wave), FadeIn(note))
        self.play(t.animate.set_value({chance.choice((2, 3, 4))}), run_time={chance.choice((5, 6))}, rate_func=linear)
        self.pause(1.0)
        """,
    )  # fmt: skip


def bouncing_spring(chance: random.Random) -> Sketch:
    """A mass on a spring."""
    mass, reach, times = chance.choice((0.5, 1, 2, 5)), chance.choice((0.6, 0.9, 1.2)), chance.choice((2, 3, 4))
    spring, block = colours(chance, 2)
    return Sketch(
        (f"a {mass:g} kg mass bounces on a spring", f"a spring with a block of {mass:g} kg, {times} bounces", "mass on a spring going up and down"),
        f"""
        self.heading("A mass of {mass:g} kg on a spring")
        t = ValueTracker(0.0)
        y = lambda: -0.5 - {reach} * math.cos(TAU * t.get_value())
        coil = lambda: [[-2.5 + (0.25 if i % 2 else -0.25), 2.4 + (y() - 2.4) * i / 14, 0] for i in range(15)]
        spring = always_redraw(lambda: VMobject(stroke_color={spring}).set_points_as_corners(coil()))
        block = always_redraw(lambda: Square(0.8, color={block}, fill_opacity=0.8).move_to([-2.5, y() - 0.4, 0]))
        self.say("The spring pulls back, the mass shoots past, again and again.")
        self.play(FadeIn(spring), FadeIn(block), FadeIn(stack(readout("height", y, "", 2, 32, {block}))))
        self.play(t.animate.set_value({times}), run_time={times * 2}, rate_func=linear)
        self.pause(1.0)
        """,
    )  # fmt: skip


def moving_particles(chance: random.Random) -> Sketch:
    """Particles in a box."""
    count, state = chance.choice((8, 12, 16, 20)), chance.choice(("gas", "liquid", "hot gas", "cold gas"))
    seed = chance.randrange(100)
    reach = {"gas": 1.0, "liquid": 0.4, "hot gas": 1.6, "cold gas": 0.5}[state]
    paint, word, _ = painted(chance)
    return Sketch(
        (f"{count} {word}particles of a {state} in a box", f"particle model of a {state}", f"show how {count} particles of a {state} move"),
        f"""
        self.heading("Particles of a {state}")
        box = Rectangle(width=6, height=4.6, color=CHALK2).move_to(MAIN)
        rng = np.random.default_rng({seed})
        spots = [box.get_center() + np.array([x, y, 0]) for x, y in rng.uniform([-2.6, -2], [2.6, 2], ({count}, 2))]
        dots = VGroup(*[Dot(spot, radius=0.1, color={paint}) for spot in spots])
        note = fit(words("{count} particles", 32, {paint}), SIDE)
        self.say("The particles never rest.")
        self.play(Create(box), FadeIn(dots), FadeIn(note))
        for step in range({chance.choice((3, 4, 5))}):
            moves = rng.uniform(-{reach}, {reach}, ({count}, 2))
            goals = [np.clip(dot.get_center() + [x, y, 0], box.get_corner(DL) + 0.2, box.get_corner(UR) - 0.2) for dot, (x, y) in zip(dots, moves)]
            self.play(*[dot.animate.move_to(goal) for dot, goal in zip(dots, goals)], run_time=1, rate_func=linear)
        self.pause(1.0)
        """,
    )  # fmt: skip


def moving_car(chance: random.Random) -> Sketch:
    """Something that goes at a steady speed, with the distance."""
    thing, speed = chance.choice(
        (("car", 15), ("bicycle", 5), ("train", 40), ("runner", 6), ("snail", 0.01), ("bus", 12), ("plane", 250))
    )
    time = chance.choice((4, 5, 8, 10))
    paint, word, _ = painted(chance)
    return Sketch(
        (f"a {word}{thing} drives at {speed:g} m/s for {time} s", f"a {thing} at a steady {speed:g} m/s: show distance and time",
         f"uniform motion of a {thing}, {speed:g} m/s, {time} seconds"),
        f"""
        self.heading("A {thing} at {speed:g} m/s")
        t = ValueTracker(0.0)
        road = Line([-6.2, -1, 0], [2, -1, 0], color=EDGE, stroke_width=6)
        thing = always_redraw(lambda: Rectangle(width=1, height=0.5, color={paint}, fill_opacity=0.8).move_to([-5.6 + 7 * t.get_value() / {time}, -0.7, 0]))
        numbers = stack(readout("t", t, "s", 1, 32), readout("s", lambda: {speed:g} * t.get_value(), "m", 1, 32, {paint}))
        self.say("Every second the same distance.")
        self.play(Create(road), FadeIn(thing), FadeIn(numbers))
        self.play(t.animate.set_value({time}), run_time={min(time, 6)}, rate_func=linear)
        self.pause(1.0)
        """,
    )  # fmt: skip


FAMILIES: tuple[Family, ...] = (
    falling_ball, thrown_ball, orbiting, swinging, travelling_wave, bouncing_spring, moving_particles, moving_car,
)  # fmt: skip

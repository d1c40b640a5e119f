from manim import *
from theorama_kit import *

speed = knob(20.0, label="Launch speed", unit="m/s", minimum=2.0, maximum=100.0, step=0.5)
angle = knob(35.0, label="Launch angle", unit="°", minimum=10.0, maximum=80.0, step=1.0, help="Above the level ground.")
gravity = knob(
    9.81, label="Gravity", unit="m/s²", minimum=1.0, maximum=25.0, step=0.01, help="9.81 on Earth, 1.62 on the Moon."
)

PATH_COLOR = YELLOW
ACROSS_COLOR = SKY
UP_COLOR = CORAL
BEST_COLOR = MINT


def across_speed(degrees):
    return speed * math.cos(math.radians(degrees))


def up_speed(degrees):
    """The upward speed at launch, in m/s."""
    return speed * math.sin(math.radians(degrees))


def flight_time(degrees):
    """Seconds until the ball is back at the height it started from."""
    return 2 * up_speed(degrees) / gravity


def reach(degrees):
    """How far it lands, in metres."""
    return across_speed(degrees) * flight_time(degrees)


def top(degrees):
    """The greatest height, in metres."""
    return up_speed(degrees) ** 2 / (2 * gravity)


def position(degrees, time):
    """Where the ball is: steady motion across, free fall up and down. No air resistance."""
    return across_speed(degrees) * time, up_speed(degrees) * time - gravity * time**2 / 2


def field(width, height, area):
    """Level ground and a wall, with the same scale both ways so that angles look right."""
    tall = max(1.22 * height, 0.38 * width)
    wide = max(1.06 * width, 0.8 * tall)
    return graph((0, wide), (0, tall), area, "distance in metres", "height in metres", equal=True)


def trajectory(axes, degrees, color, until=None, width=4):
    """The path of the ball from the launch until a time."""
    across, up = position(degrees, np.linspace(0, until if until is not None else flight_time(degrees), 60))
    origin, unit = axes.c2p(0, 0), axes.c2p(1, 1) - axes.c2p(0, 0)
    points = origin + np.stack([across * unit[0], up * unit[1], 0 * across], axis=1)
    return VMobject(stroke_color=color, stroke_width=width).set_points_as_corners(points)


def pace():
    """Seconds of film for one flight."""
    return clamp(flight_time(angle), 4.0, 7.0)


def decimals_for(largest):
    """Decimals for a live number, three digits or so at its largest."""
    return int(clamp(2 - math.floor(math.log10(largest)), 0, 4))


def metres(value):
    return number_text(value) + " m"


class TwoMotions(Stage):
    def construct(self):
        axes = field(reach(angle), top(angle), MAIN)
        clock = ValueTracker(0.0)
        here = lambda: position(angle, clock.get_value())
        ball = Dot(axes.c2p(0, 0), radius=0.12, color=CHALK).add_updater(lambda dot: dot.move_to(axes.c2p(*here())))
        ground = Dot(axes.c2p(0, 0), radius=0.09, color=ACROSS_COLOR)
        ground.add_updater(lambda dot: dot.move_to(axes.c2p(here()[0], 0)))
        wall = Dot(axes.c2p(0, 0), radius=0.09, color=UP_COLOR)
        wall.add_updater(lambda dot: dot.move_to(axes.c2p(0, here()[1])))
        drop = always_redraw(
            lambda: Line(
                axes.c2p(here()[0], 0), axes.c2p(*here()) + 0.001 * UP, stroke_color=ACROSS_COLOR, stroke_width=2
            )
        )
        level = always_redraw(
            lambda: Line(
                axes.c2p(0, here()[1]), axes.c2p(*here()) + 0.001 * RIGHT, stroke_color=UP_COLOR, stroke_width=2
            )
        )
        path = always_redraw(lambda: trajectory(axes, angle, PATH_COLOR, clock.get_value() + 1e-6))
        self.heading("One throw, two motions")
        self.say("A ball is thrown at " + number_text(speed) + " m/s, " + number_text(angle) + "° above the ground.")
        facts = VGroup(
            words("speed  " + number_text(speed) + " m/s", 28, PATH_COLOR),
            words("angle  " + number_text(angle) + "°", 28, PATH_COLOR),
            words("g  " + number_text(gravity) + " m/s²", 28, CHALK2),
        )
        stack(*facts, area=zone(2.8, 6.6, 1.0, 2.6), buff=0.25)
        aim = arrow(
            axes.c2p(0, 0),
            axes.c2p(0, 0) + 1.6 * np.array([math.cos(math.radians(angle)), math.sin(math.radians(angle)), 0]),
            PATH_COLOR,
        )
        self.play(FadeIn(axes), FadeIn(facts), run_time=0.9)
        self.play(GrowArrow(aim), FadeIn(ball), run_time=0.8)
        live = VGroup(
            readout("t", clock, "s", decimals_for(flight_time(angle)), 28, CHALK),
            readout("across", lambda: here()[0], "m", decimals_for(reach(angle)), 28, ACROSS_COLOR),
            readout("up", lambda: here()[1], "m", decimals_for(reach(angle)), 28, UP_COLOR),
        )
        stack(*live, area=zone(2.8, 6.6, -1.0, 0.6), buff=0.25)
        self.say("Watch its two shadows: one on the ground below it, and one on the wall at the left.")
        self.play(FadeOut(aim), FadeIn(ground), FadeIn(wall), FadeIn(live), run_time=0.7)
        self.add(path, drop, level)
        self.bring_to_front(ball)
        self.play(clock.animate.set_value(flight_time(angle)), run_time=pace(), rate_func=linear)
        self.remove(path, drop, level, ground, wall)
        still = trajectory(axes, angle, PATH_COLOR)
        self.add(still, ball)
        times = np.linspace(0, flight_time(angle), 9)
        stamps = [position(angle, time) for time in times]
        shots = VGroup(*[Dot(axes.c2p(*stamp), radius=0.08, color=CHALK) for stamp in stamps])
        steady = VGroup(*[Dot(axes.c2p(stamp[0], 0), radius=0.08, color=ACROSS_COLOR) for stamp in stamps])
        thrown = VGroup(*[Dot(axes.c2p(0, stamp[1]), radius=0.08, color=UP_COLOR) for stamp in stamps[:5]])
        self.say("Photographs at equal times show it: across, the ball moves on by equal steps.")
        self.play(LaggedStart(*[GrowFromCenter(shot) for shot in shots], lag_ratio=0.15), run_time=1.2)
        falls = [
            Line(shot.get_center(), low.get_center() + 0.001 * UP, stroke_color=ACROSS_COLOR, stroke_width=1.5)
            for shot, low in zip(shots, steady, strict=True)
        ]
        self.play(TransformFromCopy(shots, steady), *[Create(fall) for fall in falls], run_time=1.4)
        first = lines("across: equal steps, nothing pulls sideways", 22, ACROSS_COLOR, 28)
        second = lines("up: shorter and shorter steps, gravity pulls down", 22, UP_COLOR, 28)
        stack(first, second, area=zone(2.8, 6.6, -2.8, -1.1), buff=0.25)
        self.play(FadeIn(first), run_time=0.5)
        self.say("Upward, the steps get shorter and shorter: gravity takes away the upward speed.")
        rises = [
            Line(shot.get_center(), high.get_center() + 0.001 * RIGHT, stroke_color=UP_COLOR, stroke_width=1.5)
            for shot, high in zip(shots[:5], thrown, strict=True)
        ]
        self.play(TransformFromCopy(shots[:5], thrown), *[Create(rise) for rise in rises], FadeIn(second), run_time=1.4)
        self.pause(1.0)


class Velocity(Stage):
    def construct(self):
        axes = field(reach(angle), top(angle), MAIN)
        clock = ValueTracker(0.0)
        here = lambda: axes.c2p(*position(angle, clock.get_value()))
        vx = across_speed(angle)
        vy = lambda: up_speed(angle) - gravity * clock.get_value()
        scale = 1.25 / speed  # scene units for one m/s
        center = np.array([3.6, 1.35, 0])
        self.heading("The velocity has two parts")
        self.add(axes, trajectory(axes, angle, PATH_COLOR, width=2.5).set_stroke(opacity=0.5))
        self.say("Split the launch velocity: one part points across, the other part points up.")
        ball = Dot(axes.c2p(0, 0), radius=0.12, color=CHALK).add_updater(lambda dot: dot.move_to(here()))
        flying = always_redraw(lambda: arrow(here(), here() + 0.7 * scale * (vx * RIGHT + vy() * UP), PATH_COLOR, 4))
        whole = always_redraw(lambda: arrow(center, center + scale * (vx * RIGHT + vy() * UP), PATH_COLOR))
        flat = arrow(center, center + scale * vx * RIGHT, ACROSS_COLOR)
        steep = always_redraw(
            lambda: arrow(center + scale * vx * RIGHT, center + scale * (vx * RIGHT + vy() * UP), UP_COLOR)
        )
        live = VGroup(
            readout("across", lambda: vx, "m/s", 1 if speed >= 10 else 2, 28, ACROSS_COLOR),
            readout("up", vy, "m/s", 1 if speed >= 10 else 2, 28, UP_COLOR),
        )
        stack(*live, area=zone(2.8, 6.6, -1.0, -0.1), buff=0.25)
        self.play(FadeIn(ball), FadeIn(whole), run_time=0.6)
        self.play(FadeIn(flat), FadeIn(steep), FadeIn(live), run_time=0.9)
        self.add(flying)
        self.say("In flight the part across never changes. Gravity shrinks the upward part second by second.")
        half = flight_time(angle) / 2
        self.play(clock.animate.set_value(half), run_time=pace() / 2, rate_func=linear)
        peak = axes.c2p(*position(angle, half))
        height = DashedLine([peak[0], axes.c2p(0, 0)[1], 0], peak, color=UP_COLOR, stroke_width=2.5)
        tall = words("highest: " + metres(top(angle)), 24, UP_COLOR).next_to(peak, UP, buff=0.12)
        tall.shift(max(0.0, axes.c2p(0, 0)[0] + 0.1 - tall.get_left()[0]) * RIGHT)
        self.say("At the highest point the upward part is zero: the ball moves level for an instant.")
        self.play(Create(height), FadeIn(tall), Flash(peak, color=UP_COLOR), run_time=1.0)
        self.say("Then gravity makes it grow downward, until the ball lands as fast as it was thrown.")
        self.play(clock.animate.set_value(2 * half), run_time=pace() / 2, rate_func=linear)
        self.remove(flying)
        start, end = axes.c2p(0, 0), axes.c2p(reach(angle), 0)
        landed = Line(start, end, stroke_color=ACROSS_COLOR, stroke_width=6)
        results = VGroup(
            words("time in the air: " + number_text(2 * half) + " s", 24, CHALK),
            words("range: " + metres(reach(angle)), 30, ACROSS_COLOR),
        )
        stack(*results, area=zone(2.8, 6.6, -2.8, -1.3), buff=0.25)
        self.say("Time in the air comes from the upward part. The part across turns it into range.")
        self.play(Create(landed), FadeIn(results, shift=0.2 * UP), run_time=1.0)
        self.bring_to_front(ball)
        self.pause(1.0)


def compared():
    """Three launch angles: a flat one, the steep one with the same range, and 45 degrees between them."""
    flat = min(angle, 90 - angle)
    flat = flat if flat <= 42 else 30.0
    return flat, 90 - flat


class BestAngle(Stage):
    def construct(self):
        flat, steep = compared()
        axes = field(reach(45), top(steep), MAIN)
        shots = [(flat, PATH_COLOR), (steep, LILAC), (45.0, BEST_COLOR)]
        self.heading("Which angle throws farthest?")
        self.say("Same speed, two angles that add up to 90 degrees: one throw flat, one throw steep.")
        rows = VGroup()
        for degrees, color in shots:
            row = VGroup(
                words(number_text(degrees) + "°:  range " + metres(reach(degrees)), 26, color),
                words("in the air " + number_text(flight_time(degrees)) + " s", 22, CHALK2),
            )
            rows.add(row.arrange(DOWN, buff=0.12, aligned_edge=LEFT))
        fit(rows.arrange(DOWN, buff=0.3, aligned_edge=LEFT), zone(2.8, 6.6, -0.4, 2.6), UL)
        self.play(FadeIn(axes), run_time=0.7)
        clock = ValueTracker(0.0)
        longest = flight_time(steep)
        film = clamp(longest, 4.0, 6.0)
        for pair in (shots[:2], shots[2:]):
            clock.set_value(0.0)
            moving = VGroup()
            for degrees, color in pair:
                now = lambda degrees=degrees: min(clock.get_value(), flight_time(degrees))
                moving.add(
                    always_redraw(
                        lambda degrees=degrees, color=color, now=now: trajectory(axes, degrees, color, now() + 1e-6)
                    )
                )
                moving.add(
                    Dot(axes.c2p(0, 0), radius=0.11, color=color).add_updater(
                        lambda dot, degrees=degrees, now=now: dot.move_to(axes.c2p(*position(degrees, now())))
                    )
                )
            self.add(moving)
            last = max([flight_time(degrees) for degrees, _color in pair])
            self.play(clock.animate.set_value(last), run_time=film * last / longest, rate_func=linear)
            self.remove(moving)
            for degrees, color in pair:
                self.add(trajectory(axes, degrees, color), Dot(axes.c2p(reach(degrees), 0), radius=0.11, color=color))
            if len(pair) == 2:
                self.say("They land on the same spot! The steep one flies longer, the flat one faster across.")
                self.play(FadeIn(rows[:2], shift=0.2 * UP), run_time=0.8)
                self.say("Halfway between them, at 45 degrees, the trade-off is best.")
        self.play(FadeIn(rows[2], shift=0.2 * UP), run_time=0.7)
        law = formula(r"R = \frac{v^2 \sin 2\theta}{g}", 48, colors={"R": ACROSS_COLOR})
        fit(law, zone(2.9, 6.5, -1.85, -0.65), LEFT)
        note = fit(
            lines("without air resistance, landing at the height of the launch", 20, CHALK2, 34),
            zone(2.8, 6.6, -2.85, -2.15),
            UL,
        )
        self.say("The range follows the sine of twice the angle, largest at 45 degrees.")
        self.play(Write(law), run_time=1.2)
        self.say("This holds without air. In air, real throws fall shorter, and a flatter angle is best.")
        self.play(FadeIn(note), Create(highlight(law, BEST_COLOR, 0.15)), run_time=0.8)
        self.pause(1.2)

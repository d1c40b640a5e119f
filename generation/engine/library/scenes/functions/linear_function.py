from manim import *
from theorama_kit import *

slope = knob(2.0, label="Slope m", minimum=-5.0, maximum=5.0, step=0.25)
intercept = knob(1.0, label="Intercept b", minimum=-10.0, maximum=10.0, step=0.5)
first_x = knob(1.0, label="First point: x₁", minimum=-9.0, maximum=9.0, step=0.5)
first_y = knob(5.0, label="First point: y₁", minimum=-9.0, maximum=9.0, step=0.5)
second_x = knob(4.0, label="Second point: x₂", minimum=-8.0, maximum=10.0, step=0.5)
second_y = knob(-1.0, label="Second point: y₂", minimum=-8.0, maximum=10.0, step=0.5)

LINE_COLOR = SKY
SLOPE_COLOR = YELLOW
START_COLOR = LILAC
RUN_COLOR = MINT
RISE_COLOR = CORAL
STEPS = 4
TURNED = max(abs(slope), 1.0)  # the slope with which the line falls, when it is turned
CAPTION_SLOPE = number_text(slope)


def height(x):
    """The y of the line y = mx + b."""
    return slope * x + intercept


def ratio(top, bottom):
    """A fraction of two multiples of 1/2 in lowest terms, as whole numbers (top, bottom) with bottom above 0."""
    high, low = round(2 * top), round(2 * bottom)
    shared = math.gcd(high, low) * (1 if low > 0 else -1)
    return (high // shared, low // shared)


def through_points():
    """Slope and intercept of the line through the two points, as exact fractions; None where it stands upright."""
    rise, run = second_y - first_y, second_x - first_x
    if run == 0 and rise == 0:
        raise ValueError("The two points are the same. Move one of them: a line needs two points.")
    if run == 0:
        return None
    high, low = ratio(rise, run)
    start, parts = round(2 * first_y) * low - high * round(2 * first_x), 2 * low
    shared = math.gcd(start, parts)
    return ((high, low), (start // shared, parts // shared))


# --- writing numbers as TeX --------------------------------------------------------------------------
def plain(value):
    return number_text(value, None, 4).replace(MINUS, "-")


def bracketed(value):
    return plain(value) if value >= 0 else "(" + plain(value) + ")"


def fraction_tex(pair):
    top, bottom = pair
    if bottom == 1:
        return str(top)
    return ("-" if top < 0 else "") + r"\tfrac{" + str(abs(top)) + "}{" + str(bottom) + "}"


def fraction_bracketed(pair):
    return fraction_tex(pair) if pair[0] >= 0 else "(" + fraction_tex(pair) + ")"


def tinted_part(tex, color):
    return r"{\color[HTML]{" + ManimColor(color).to_hex().lstrip("#") + "}" + tex + "}"


def line_tex(slope_tex, start_tex):
    """y = mx + b with numbers, leaving out ones and zeros."""
    if slope_tex == "0":
        return "y = " + tinted_part(start_tex, START_COLOR)
    front = {"1": "", "-1": "-"}.get(slope_tex, slope_tex)
    first = "y = " + (tinted_part(front, SLOPE_COLOR) if front else "") + "x"
    if start_tex == "0":
        return first
    sign = "-" if start_tex[0] == "-" else "+"
    return first + " " + sign + " " + tinted_part(start_tex.lstrip("-"), START_COLOR)


# --- drawing -----------------------------------------------------------------------------------------
def paper(x_range, y_range, area=MAIN):
    """Axes with brighter lines through zero."""
    axes = graph(x_range, y_range, area, "x", "y")
    zero = VGroup()
    if y_range[0] <= 0 <= y_range[1]:
        zero.add(Line(axes.c2p(x_range[0], 0), axes.c2p(x_range[1], 0), stroke_color=EDGE, stroke_width=3))
    if x_range[0] <= 0 <= x_range[1]:
        zero.add(Line(axes.c2p(0, y_range[0]), axes.c2p(0, y_range[1]), stroke_color=EDGE, stroke_width=3))
    return axes.add(zero)


def straight(axes, rate, start, color=LINE_COLOR, width=5):
    """The part of the line y = rate x + start that lies inside the axes."""
    (low, high), (y0, y1) = axes.x_range[:2], axes.y_range[:2]
    if abs(rate) > 1e-6:
        across = sorted([(y0 - start) / rate, (y1 - start) / rate])
        low, high = max(low, across[0]), min(high, across[1])
    if low >= high:
        return VMobject()
    return Line(
        axes.c2p(low, rate * low + start), axes.c2p(high, rate * high + start), stroke_color=color, stroke_width=width
    )


def edge(start, end, color):
    """One leg of a slope triangle."""
    return Line(start, end + 1e-4 * UP, stroke_color=color, stroke_width=6)


def signed(value):
    return ("+" if value > 0 else "") + number_text(value)


class StepByStep(Stage):
    def construct(self):
        xs = list(range(STEPS + 1))
        span = nice_range([height(-1), height(STEPS + 1)], zero=True)
        axes = paper((-1, STEPS + 1), span)
        self.heading("What does y = mx + b tell us?")
        self.say("Start at x = 0. There the value is " + number_text(intercept) + ": the intercept b.")
        title = fit(formula(line_tex(plain(slope), plain(intercept)), 54), zone(2.8, 6.6, 1.75, 2.7), UL)
        self.play(FadeIn(axes), FadeIn(title), run_time=0.9)
        dot = Dot(axes.c2p(0, intercept), color=START_COLOR, radius=0.12)
        rows = [[number_text(x), number_text(height(x), None, 4)] for x in xs]
        sheet = table(["x", "y"], rows, [CHALK2, LINE_COLOR], 30, 0.55, 1.0)
        fit(sheet, zone(2.8, 6.6, -2.0, 1.4), UL)
        self.play(GrowFromCenter(dot), FadeIn(sheet[:3]), run_time=0.9)
        self.say("Go one to the right: y changes by " + signed(slope) + ". That is the slope m, " + change_word() + ".")
        legs, marks = VGroup(), VGroup(dot)
        for x in xs[1:]:
            here, corner, there = axes.c2p(x - 1, height(x - 1)), axes.c2p(x, height(x - 1)), axes.c2p(x, height(x))
            run, rise = arrow(here, corner, RUN_COLOR, 5), arrow(corner, there, RISE_COLOR, 5)
            walker = Dot(here, color=CHALK, radius=0.11)
            legs.add(run, rise)
            marks.add(walker)
            pace = 0.8 if x == 1 else 0.45
            self.play(GrowFromPoint(run, here), walker.animate.move_to(corner), run_time=pace)
            self.play(GrowFromPoint(rise, corner), walker.animate.move_to(there), run_time=pace)
            step = words(signed(slope), 24, RISE_COLOR).next_to(
                (sheet[x + 1][1].get_center() + sheet[x + 2][1].get_center()) / 2, RIGHT, buff=0.5
            )
            self.play(FadeIn(sheet[x + 2]), FadeIn(step), run_time=0.35)
            if x == 1:
                self.say("The next step changes y by the same amount, and so does every step after it.")
        self.say("Equal steps to the right, equal changes of y: all points lie on one straight line.")
        line = straight(axes, slope, intercept)
        self.play(Create(line), run_time=1.6)
        self.bring_to_front(marks)
        notes = VGroup(
            words("b: where the line starts", 24, START_COLOR), words("m: change of y for one step", 24, SLOPE_COLOR)
        )
        stack(*notes, area=zone(2.8, 6.6, -2.85, -2.0), buff=0.15)
        self.play(FadeIn(notes, shift=0.2 * UP), run_time=0.8)
        self.pause(1.0)


def change_word():
    if slope == 0:
        return "here zero"
    return "and it goes up" if slope > 0 else "and it goes down"


class TurnAndShift(Stage):
    def construct(self):
        axes = paper((-5, 5), (intercept - 5 * TURNED, intercept + 5 * TURNED))
        rate, start = ValueTracker(slope), ValueTracker(intercept)
        left, run = ValueTracker(0.0), ValueTracker(1.0)
        y_at = lambda x: rate.get_value() * x + start.get_value()
        line = always_redraw(lambda: straight(axes, rate.get_value(), start.get_value()))
        foot = lambda: axes.c2p(left.get_value(), y_at(left.get_value()))
        corner = lambda: axes.c2p(left.get_value() + run.get_value(), y_at(left.get_value()))
        tip = lambda: axes.c2p(left.get_value() + run.get_value(), y_at(left.get_value() + run.get_value()))
        base = always_redraw(lambda: edge(foot(), corner(), RUN_COLOR))
        side = always_redraw(lambda: edge(corner(), tip(), RISE_COLOR))
        pin = always_redraw(lambda: Dot(axes.c2p(0, start.get_value()), color=START_COLOR, radius=0.12))
        self.heading("Turn it with m, shift it with b")
        self.say("Draw a slope triangle: so far to the right, and so far up or down.")
        rise = lambda: rate.get_value() * run.get_value()
        live = VGroup(
            readout("run", run, "", 2, 30, RUN_COLOR),
            readout("rise", rise, "", 2, 30, RISE_COLOR),
            readout("m = rise ÷ run", rate, "", 2, 32, SLOPE_COLOR),
            readout("b", start, "", 2, 32, START_COLOR),
        )
        stack(*live, area=zone(2.8, 6.6, 0.1, 2.7), buff=0.35)
        self.play(FadeIn(axes), FadeIn(line), run_time=0.8)
        self.play(FadeIn(base), FadeIn(side), FadeIn(pin), FadeIn(live), run_time=0.8)
        self.say("Slide it, make it larger: rise divided by run stays the same everywhere on the line.")
        self.play(left.animate.set_value(-4.0), run_time=1.4)
        self.play(run.animate.set_value(3.0), run_time=1.3)
        self.play(left.animate.set_value(0.0), run.animate.set_value(2.0), run_time=1.6)
        self.say("Change m and the line turns around its start. Zero is level, below zero it falls.")
        self.play(rate.animate.set_value(0.0), run_time=1.6)
        self.wait(0.4)
        self.play(rate.animate.set_value(-TURNED), run_time=1.8)
        self.wait(0.4)
        self.play(rate.animate.set_value(slope), run_time=1.6)
        self.say("Change b and the whole line moves up or down. It stays parallel: the slope is the same.")
        ghosts = VGroup()
        for shift in (2 * TURNED, -2 * TURNED):
            self.play(start.animate.set_value(intercept + shift), run_time=1.5)
            ghost = straight(axes, slope, intercept + shift, EDGE, 3)
            ghosts.add(ghost)
            self.add(ghost)
            self.bring_to_front(pin)
        self.play(start.animate.set_value(intercept), run_time=1.3)
        law = formula("y = m x + b", 54, colors={"m": SLOPE_COLOR, "b": START_COLOR})
        notes = VGroup(law, words("m: how steep", 26, SLOPE_COLOR), words("b: where it crosses x = 0", 26, START_COLOR))
        stack(*notes, area=zone(2.8, 6.6, -2.7, -0.5), buff=0.25)
        self.play(Write(law), FadeIn(notes[1:], shift=0.2 * UP), run_time=1.2)
        self.pause(1.0)


def point_text(x, y):
    return "(" + number_text(x) + ", " + number_text(y) + ")"


def close_view(found):
    """Ranges that show both points with room around them, and the y-axis where it is not too far away."""
    spread = max(abs(second_x - first_x), abs(second_y - first_y), 1.0)
    pad, ends = max(1.0, 0.3 * spread), [first_x, second_x]
    heights = [first_y - 0.3 * pad, second_y + 0.3 * pad, first_y + 0.3 * pad, second_y - 0.3 * pad]
    if min(abs(first_x), abs(second_x)) <= 2 * spread:
        ends.append(0.0)
        if found and abs(found[1][0] / found[1][1] - (first_y + second_y) / 2) < 2 * spread:
            heights.append(found[1][0] / found[1][1])
    return (min(ends) - pad, max(ends) + pad), nice_range(heights, margin=0.1)


class TwoPoints(Stage):
    def construct(self):
        found = through_points()
        axes = paper(*close_view(found))
        spots = [axes.c2p(first_x, first_y), axes.c2p(second_x, second_y)]
        dots = VGroup(*[Dot(spot, color=CHALK, radius=0.11) for spot in spots])
        self.heading("The line through two points")
        self.say("Two points are enough for one line. What is its equation?")
        self.play(FadeIn(axes), run_time=0.7)
        self.play(LaggedStart(*[GrowFromCenter(dot) for dot in dots], lag_ratio=0.5), run_time=0.8)
        corner = axes.c2p(second_x, first_y)
        base, side = edge(spots[0], corner, RUN_COLOR), edge(corner, spots[1], RISE_COLOR)
        names = VGroup()
        (left, right), (low, high) = axes.x_range[:2], axes.y_range[:2]
        inside = zone(axes.c2p(left, 0)[0], axes.c2p(right, 0)[0], axes.c2p(0, low)[1], axes.c2p(0, high)[1])
        for x, y, dot in ((first_x, first_y, dots[0]), (second_x, second_y, dots[1])):
            text = words(point_text(x, y), 26, CHALK)
            names.add(beside(text, dot, [base, side, *names, *label_spots(axes, found)], inside, 0.14))
            text.add_background_rectangle(STAGE, 0.85, buff=0.04)
        self.play(FadeIn(names), run_time=0.5)
        rise_tex = plain(second_y) + " - " + bracketed(first_y)
        run_tex = plain(second_x) + " - " + bracketed(first_x)
        self.say("From the first to the second: the run is the change of x, the rise the change of y.")
        tags = VGroup()
        for leg, size, color in ((base, second_x - first_x, RUN_COLOR), (side, second_y - first_y, RISE_COLOR)):
            tag = words(number_text(size) if size else " ", 26, color)
            ways = (UP, DOWN) if leg is base else (RIGHT, LEFT)
            beside(tag, leg.get_center(), [*names, *label_spots(axes, found)], inside, 0.14, ways)
            tags.add(tag.add_background_rectangle(STAGE, 0.85, buff=0.04) if size else tag)
        self.play(Create(base), FadeIn(tags[0]), run_time=0.8)
        self.play(Create(side), FadeIn(tags[1]), run_time=0.8)
        if not found:
            upright(self, axes, dots)
            return
        (high, low), start = found
        step = (
            r"m = \frac{" + tinted_part(rise_tex, RISE_COLOR) + "}{" + tinted_part(run_tex, RUN_COLOR) + "}"
            r" = " + tinted_part(fraction_tex((high, low)), SLOPE_COLOR)
        )
        self.say("The slope is rise divided by run. Subtract both in the same order, or the sign is wrong.")
        first = fit(formula(step, 40), zone(2.8, 6.6, 1.3, 2.7), LEFT)
        self.play(Write(first), run_time=1.4)
        self.say("Now b: put one point into y = mx + b, and solve.")
        slope_tex = fraction_tex((high, low))
        put_in = (
            plain(first_y)
            + " = "
            + tinted_part(fraction_bracketed((high, low)), SLOPE_COLOR)
            + r" \cdot "
            + bracketed(first_x)
            + " + "
            + tinted_part("b", START_COLOR)
        )
        second = fit(formula(put_in, 40), zone(2.8, 6.6, 0.45, 1.2), LEFT)
        self.play(Write(second), Indicate(dots[0], color=YELLOW, scale_factor=1.6), run_time=1.2)
        third = fit(
            formula(tinted_part("b", START_COLOR) + " = " + tinted_part(fraction_tex(start), START_COLOR), 40),
            zone(2.8, 6.6, -0.45, 0.35),
            LEFT,
        )
        self.play(FadeIn(third, shift=0.2 * DOWN), run_time=0.8)
        line = straight(axes, high / low, start[0] / start[1])
        answer = fit(formula(line_tex(slope_tex, fraction_tex(start)), 54), zone(2.95, 6.45, -1.75, -0.75), LEFT)
        self.say("So this is the line. Check with the other point: it must fit as well.")
        self.play(Create(line), FadeIn(answer), run_time=1.4)
        self.bring_to_front(names, tags, dots)
        height_at_zero = start[0] / start[1]
        if axes.x_range[0] <= 0 <= axes.x_range[1] and axes.y_range[0] <= height_at_zero <= axes.y_range[1]:
            self.play(GrowFromCenter(Dot(axes.c2p(0, height_at_zero), color=START_COLOR, radius=0.12)), run_time=0.5)
        value = high / low * second_x + start[0] / start[1]
        check = words("at x = " + number_text(second_x) + ":  y = " + number_text(value) + "  ✓", 26, MINT)
        fit(check, zone(2.8, 6.6, -2.7, -2.1), LEFT)
        self.play(FadeIn(check), Flash(dots[1], color=MINT), Create(highlight(answer, LINE_COLOR, 0.15)), run_time=1.0)
        self.pause(1.0)


def label_spots(axes, found):
    """Points along the line, so that no name is put on it."""
    if not found:
        return []
    (high, low), (top, bottom) = found
    line = straight(axes, high / low, top / bottom)
    return [Dot(line.point_from_proportion(part), radius=0.1) for part in np.linspace(0, 1, 30)]


def upright(stage, axes, dots):
    """Both points have the same x: the run is zero and there is no slope."""
    stage.say("Here the run is zero, and nothing can be divided by zero: this line has no slope.")
    notes = VGroup(words("run = 0", 32, RUN_COLOR), words("no slope, no y = mx + b", 26, CHALK2))
    stack(*notes, area=zone(2.8, 6.6, 0.9, 2.6), buff=0.3)
    stage.play(FadeIn(notes), run_time=0.8)
    line = Line(
        axes.c2p(first_x, axes.y_range[0]), axes.c2p(first_x, axes.y_range[1]), stroke_color=LINE_COLOR, stroke_width=5
    )
    answer = fit(words("x = " + number_text(first_x), 44, LINE_COLOR), zone(2.95, 6.45, -1.0, 0.2), LEFT)
    stage.say("It stands upright. Its equation says only that x never changes.")
    stage.play(Create(line), FadeIn(answer), run_time=1.4)
    stage.bring_to_front(dots)
    stage.play(Create(highlight(answer, LINE_COLOR, 0.15)), run_time=0.7)
    stage.pause(1.0)

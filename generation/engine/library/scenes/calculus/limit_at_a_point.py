from manim import *
from theorama_kit import *

kind = knob(
    "hole",
    label="What happens at the point",
    choices=("hole", "jump", "asymptote 1/(x - a)", "asymptote 1/(x - a)^2"),
    help="A hole has a limit, a jump has two one-sided limits, at an asymptote the values grow without bound.",
)
place = knob(2.0, label="The point a", minimum=-5.0, maximum=5.0, step=0.25)
epsilon = knob(1.0, label="First tolerance ε", minimum=0.2, maximum=2.0, step=0.1)
leap = knob(2.0, label="Height of the jump", minimum=0.5, maximum=4.0, step=0.25)
value = knob(1.0, label="Value put in at a, above the limit by", minimum=-2.0, maximum=2.0, step=0.25)

CURVE_COLOR = SKY
LEFT_COLOR = MINT
RIGHT_COLOR = CORAL
BAND_COLOR = YELLOW
VALUE_COLOR = LILAC

HOLE, JUMP = kind == "hole", kind == "jump"
LOW_SIDE = 1.0  # the limit from the left, at a jump


def f(x):
    """The function; nan at the point itself where it has no value."""
    gap = x - place
    if JUMP:
        return 0.5 * gap + LOW_SIDE + (leap if gap >= 0 else 0.0)
    if abs(gap) < 1e-12:
        return math.nan
    if HOLE:
        return (x * x - place * place) / gap
    return 1 / gap if kind == "asymptote 1/(x - a)" else 1 / gap**2


def one_sided():
    """The limits from the left and from the right."""
    if HOLE:
        return (2 * place, 2 * place)
    if JUMP:
        return (LOW_SIDE, LOW_SIDE + leap)
    return (-math.inf if kind == "asymptote 1/(x - a)" else math.inf, math.inf)


FROM_LEFT, FROM_RIGHT = one_sided()
if HOLE:
    MIDDLE, TALL = FROM_LEFT, 3.0
elif JUMP:
    MIDDLE, TALL = LOW_SIDE + leap / 2, leap / 2 + 2.0
else:
    MIDDLE, TALL = (0.0, 6.0) if kind == "asymptote 1/(x - a)" else (4.5, 5.5)
X_RANGE, Y_RANGE = (place - 3.0, place + 3.0), (MIDDLE - TALL, MIDDLE + TALL)
GAPS = (1.0, 0.1, 0.01, 0.001)


def delta(size):
    """How near to a is near enough: f stays within `size` of the limit (hole), or beyond `size` (asymptote)."""
    if HOLE:
        return size  # the slope is 1
    return 1 / size if kind == "asymptote 1/(x - a)" else 1 / math.sqrt(size)


def signed_tex(number_):
    return (" - " if number_ >= 0 else " + ") + number_text(abs(number_), None, 4)


def function_tex():
    if HOLE:
        square = number_text(place * place, None, 5)
        return r"f(x) = \frac{x^2 - " + square + "}{x" + signed_tex(place) + "}" if place else r"f(x) = \frac{x^2}{x}"
    if JUMP:
        return r"f(x) \text{ leaps at } x = " + number_text(place, None, 4).replace(MINUS, "-")
    inner = "x" + signed_tex(place) if place else "x"
    below = inner if kind == "asymptote 1/(x - a)" else ("(" + inner + ")^2" if place else "x^2")
    return r"f(x) = \frac{1}{" + below + "}"


def paper():
    axes = graph(X_RANGE, Y_RANGE, MAIN, "x", "f(x)")
    if Y_RANGE[0] < 0 < Y_RANGE[1]:
        axes.add(Line(axes.c2p(X_RANGE[0], 0), axes.c2p(X_RANGE[1], 0), stroke_color=EDGE, stroke_width=2.5))
    return axes


def branches(axes):
    """Both sides of the curve, and what stands at the point: an empty circle, or the dashed asymptote."""
    near = 1e-4
    drawn = VGroup(
        plot(axes, f, CURVE_COLOR, (X_RANGE[0], place - near), 5),
        plot(axes, f, CURVE_COLOR, (place + near, X_RANGE[1]), 5),
    )
    if HOLE or JUMP:
        drawn.add(ring(axes, FROM_LEFT))
        if JUMP:
            drawn.add(Dot(axes.c2p(place, FROM_RIGHT), color=CURVE_COLOR, radius=0.1))
    else:
        drawn.add(DashedLine(axes.c2p(place, Y_RANGE[0]), axes.c2p(place, Y_RANGE[1]), color=CHALK3, stroke_width=3))
    return drawn


def ring(axes, y):
    """An empty circle: the curve has no value here."""
    return Circle(radius=0.11, stroke_color=CURVE_COLOR, stroke_width=4, fill_color=STAGE, fill_opacity=1).move_to(
        axes.c2p(place, y)
    )


def inside(y):
    return clamp(y, *Y_RANGE)


def limit_text(number_):
    if math.isfinite(number_):
        return number_text(number_, None, 4)
    return "+∞" if number_ > 0 else MINUS + "∞"


class ComeCloser(Stage):
    def construct(self):
        axes, gap = paper(), ValueTracker(2.2)
        curve = branches(axes)
        self.heading("What does f(x) go to as x goes to " + number_text(place) + "?")
        self.say(START[0 if HOLE else 1 if JUMP else 2])
        name = fit(formula(function_tex(), 42, CURVE_COLOR), zone(2.8, 6.6, 1.75, 2.75), UL)
        self.play(FadeIn(axes), FadeIn(name), run_time=0.8)
        self.play(Create(curve[0]), Create(curve[1]), run_time=1.4)
        self.play(FadeIn(curve[2:]), run_time=0.4)
        walkers = VGroup()
        for side, color in ((-1, LEFT_COLOR), (1, RIGHT_COLOR)):
            x = lambda side=side: place + side * gap.get_value()
            walkers.add(always_redraw(lambda x=x, color=color: walker(axes, x(), color)))
        rows = [
            [number_text(each), number_text(f(place - each), None, 5), number_text(f(place + each), None, 5)]
            for each in GAPS
        ]
        sheet = table(["h", "f(a − h)", "f(a + h)"], rows, [CHALK2, LEFT_COLOR, RIGHT_COLOR], 28, 0.55, 0.5)
        fit(sheet, zone(2.8, 6.6, -1.2, 1.5), UL)
        self.say("Never stand on the point itself. Come closer from the left and from the right.")
        self.play(FadeIn(walkers), FadeIn(sheet[:2]), run_time=0.7)
        for row, each in zip(sheet[2:], GAPS, strict=True):
            self.play(gap.animate.set_value(each), run_time=1.6 if each > 0.01 else 0.8)
            self.play(FadeIn(row, shift=0.2 * UP), run_time=0.4)
        walkers[0].clear_updaters()
        walkers[1].clear_updaters()
        if HOLE or JUMP:
            self.bring_to_front(curve[2:])
        self.say(CLOSE[0 if HOLE else 1 if JUMP else 2])
        both = VGroup(
            words("from the left: " + limit_text(FROM_LEFT), 28, LEFT_COLOR),
            words("from the right: " + limit_text(FROM_RIGHT), 28, RIGHT_COLOR),
        )
        stack(*both, area=zone(2.9, 6.6, -2.7, -1.5), buff=0.22)
        self.play(FadeIn(both, shift=0.2 * UP), run_time=0.8)
        self.play(Create(highlight(both, BAND_COLOR, 0.14)), run_time=0.6)
        self.pause(1.0)


START = [
    "At this x the formula is 0 divided by 0: no value at all, only a hole in the graph.",
    "At this x the graph leaps: left and right of it run at different heights.",
    "At this x the formula divides by zero: it has no value there.",
]
CLOSE = [
    "Both sides close in on the same number. That number is the limit.",
    "Each side closes in on a number of its own: two one-sided limits, but no limit.",
    "The closer we come, the larger the size of f: it grows past every bound. No number is the limit.",
]


def walker(axes, x, color):
    """A dot on the curve with its foot on the axis; only the foot where the curve is out of view."""
    foot = axes.c2p(x, Y_RANGE[0] if HOLE or JUMP else inside(0.0))
    y = f(x)
    top = axes.c2p(x, inside(y) if math.isfinite(y) else Y_RANGE[0])
    marks = VGroup(Line(foot, top + 1e-4 * UP, stroke_color=color, stroke_width=3))
    if math.isfinite(y) and Y_RANGE[0] <= y <= Y_RANGE[1]:
        marks.add(Dot(top, color=color, radius=0.1))
    return marks


def box(axes, x0, x1, y0, y1, color, opacity):
    """A filled rectangle in the coordinates of the graph, cut off at its edges."""
    start = axes.c2p(clamp(x0, *X_RANGE), inside(y0))
    end = axes.c2p(clamp(x1, *X_RANGE), inside(y1))
    return Polygon(
        start, [end[0], start[1], 0], end, [start[0], end[1], 0], fill_color=color, fill_opacity=opacity, stroke_width=0
    )


class NearEnough(Stage):
    def construct(self):
        axes = paper()
        curve = branches(axes)
        self.heading("How close is close?" if HOLE else "No number will do" if JUMP else "Past every bound")
        name = fit(formula(function_tex(), 42, CURVE_COLOR), zone(2.8, 6.6, 1.75, 2.75), UL)
        if HOLE:
            tolerance(self, axes, curve, name)
        elif JUMP:
            no_number(self, axes, curve, name)
        else:
            past_bounds(self, axes, curve, name)


def tolerance(stage, axes, curve, name):
    """The band of width ε around the limit, and the strip of width δ that keeps the curve in it."""
    size = ValueTracker(epsilon)
    band = always_redraw(
        lambda: box(axes, *X_RANGE, FROM_LEFT - size.get_value(), FROM_LEFT + size.get_value(), BAND_COLOR, 0.22)
    )
    near = always_redraw(
        lambda: box(axes, place - delta(size.get_value()), place + delta(size.get_value()), *Y_RANGE, LEFT_COLOR, 0.22)
    )
    stage.say("You choose a tolerance ε: a band around the limit that f should not leave.")
    stage.play(FadeIn(axes), FadeIn(curve), FadeIn(name), run_time=0.8)
    live = VGroup(
        readout("ε", size, "", 3, 36, BAND_COLOR), readout("δ", lambda: delta(size.get_value()), "", 3, 36, LEFT_COLOR)
    )
    stack(*live, area=zone(2.8, 6.6, 0.2, 1.5), buff=0.35)
    stage.play(FadeIn(band), FadeIn(live[0]), run_time=0.8)
    stage.bring_to_front(curve)
    stage.say("I answer with a distance δ: all x nearer to a than δ keep f inside your band.")
    stage.play(FadeIn(near), FadeIn(live[1]), run_time=0.8)
    stage.bring_to_front(curve)
    stage.pause(0.2)
    stage.say("Make the band narrower: I just come closer. There is always an answer.")
    for part in (2, 5, 20):
        stage.play(size.animate.set_value(epsilon / part), run_time=1.8)
        stage.wait(0.3)
    band.clear_updaters()
    near.clear_updaters()
    law = formula(r"\lim_{x \to " + plain(place) + "} f(x) = " + plain(FROM_LEFT), 48, colors={})
    fit(law, zone(2.95, 6.5, -1.3, -0.2), LEFT)
    note = lines("for every ε there is a δ: that is what “limit” means", 24, CHALK2, 30)
    fit(note, zone(2.8, 6.6, -2.6, -1.6), UL)
    stage.say("Because that works for every ε, however small, the limit is " + limit_text(FROM_LEFT) + ".")
    stage.play(Write(law), FadeIn(note), run_time=1.2)
    stage.play(Create(highlight(law, BAND_COLOR, 0.15)), run_time=0.7)
    stage.pause(1.0)


def plain(number_):
    return number_text(number_, None, 4).replace(MINUS, "-")


def no_number(stage, axes, curve, name):
    """A band narrower than the jump is tried at every height: one side always leaves it."""
    size = min(epsilon, 0.45 * leap)
    level, reach = ValueTracker(FROM_LEFT), 1.2 * size
    band = always_redraw(
        lambda: box(axes, *X_RANGE, level.get_value() - size, level.get_value() + size, BAND_COLOR, 0.22)
    )
    outside = always_redraw(
        lambda: VGroup(
            *[
                plot(
                    axes, lambda x: f(x) if abs(f(x) - level.get_value()) > size else math.nan, RIGHT_COLOR, ends, 9, 40
                )
                for ends in ((place - reach, place - 1e-3), (place + 1e-3, place + reach))
            ]
        )
    )
    stage.say("Try a number as limit, with a tolerance ε = " + number_text(size) + " around it.")
    stage.play(FadeIn(axes), FadeIn(curve), FadeIn(name), run_time=0.8)
    live = VGroup(words("ε = " + number_text(size), 36, BAND_COLOR), readout("limit?", level, "", 2, 36, CHALK))
    stack(*live, area=zone(2.8, 6.6, 0.2, 1.5), buff=0.35)
    stage.play(FadeIn(band), FadeIn(live), run_time=0.7)
    stage.add(outside)
    stage.bring_to_front(curve[2:])
    stage.say("The left side fits. But right beside the point the other side is out of the band.")
    stage.pause(0.2)
    stage.say("Slide the band wherever you like: one side, marked red, is always outside.")
    stage.play(level.animate.set_value((FROM_LEFT + FROM_RIGHT) / 2), run_time=2.4)
    stage.play(level.animate.set_value(FROM_RIGHT), run_time=2.4)
    stage.play(level.animate.set_value((FROM_LEFT + FROM_RIGHT) / 2), run_time=1.6)
    band.clear_updaters()
    outside.clear_updaters()
    notes = VGroup(
        words("no limit", 38, BAND_COLOR),
        words("left " + limit_text(FROM_LEFT) + ",  right " + limit_text(FROM_RIGHT), 28, CHALK2),
    )
    stack(*notes, area=zone(2.95, 6.5, -1.9, -0.4), buff=0.36)
    stage.say("A limit must hold for both sides at once. Here there are only one-sided limits.")
    stage.play(FadeIn(notes, shift=0.2 * UP), Create(highlight(notes[0], BAND_COLOR, 0.15)), run_time=1.0)
    stage.pause(1.0)


def past_bounds(stage, axes, curve, name):
    """A ceiling is raised; nearer to the point than δ the curve is always above it."""
    ceiling = ValueTracker(1.0)
    reach = lambda: delta(ceiling.get_value())
    wall = always_redraw(lambda: box(axes, place, place + reach(), ceiling.get_value(), Y_RANGE[1], RIGHT_COLOR, 0.3))
    level = always_redraw(
        lambda: DashedLine(
            axes.c2p(X_RANGE[0], inside(ceiling.get_value())),
            axes.c2p(X_RANGE[1], inside(ceiling.get_value())),
            color=BAND_COLOR,
            stroke_width=3,
        )
    )
    stage.say("Is there a bound that f cannot pass? Set one: the dashed line.")
    stage.play(FadeIn(axes), FadeIn(curve), FadeIn(name), run_time=0.8)
    live = VGroup(readout("bound M", ceiling, "", 1, 34, BAND_COLOR), readout("δ", reach, "", 4, 34, RIGHT_COLOR))
    stack(*live, area=zone(2.8, 6.6, 0.2, 1.5), buff=0.35)
    stage.play(FadeIn(level), FadeIn(live[0]), run_time=0.7)
    stage.say("Nearer to the point than δ, on its right, the curve is already above it.")
    stage.play(FadeIn(wall), FadeIn(live[1]), run_time=0.7)
    stage.bring_to_front(curve)
    stage.pause(0.2)
    stage.say("Raise the bound as far as you like: a smaller δ does it again.")
    for bound in (2.0, 5.0, 100.0):
        stage.play(ceiling.animate.set_value(bound), run_time=2.0)
    for still in (wall, level):
        still.clear_updaters()
    text = r"\lim_{x \to " + plain(place) + r"} f(x) = \infty"
    if FROM_LEFT < 0:
        text = r"\lim_{x \to " + plain(place) + r"^{+}} f(x) = \infty"
    law = fit(formula(text, 46), zone(2.95, 6.5, -1.2, -0.2), LEFT)
    note = "on the left the same happens downwards: −∞" if FROM_LEFT < 0 else "on the left the same happens"
    more = fit(lines(note, 26, CHALK2, 26), zone(2.8, 6.6, -2.5, -1.5), UL)
    stage.say("That is what infinity means here: not a number, but growing past every bound.")
    stage.play(Write(law), FadeIn(more), run_time=1.2)
    stage.play(Create(highlight(law, BAND_COLOR, 0.15)), run_time=0.7)
    stage.pause(1.0)


class TheValueItself(Stage):
    def construct(self):
        axes = paper()
        curve = branches(axes)
        goal = FROM_LEFT if HOLE else (FROM_LEFT + FROM_RIGHT) / 2 if JUMP else MIDDLE
        height = ValueTracker(goal + value)
        self.heading("The value at the point is another matter")
        self.say(
            "Now give the function some value at a, here f("
            + number_text(place)
            + ") = "
            + number_text(goal + value)
            + ". Does that change the limit?"
        )
        dot = Dot(axes.c2p(place, inside(goal + value)), color=VALUE_COLOR, radius=0.13)
        dot.add_updater(lambda one: one.move_to(axes.c2p(place, inside(height.get_value()))))
        self.play(FadeIn(axes), FadeIn(curve if not JUMP else curve[:3]), run_time=0.8)
        if JUMP:
            self.play(FadeIn(ring(axes, FROM_RIGHT)), run_time=0.4)
        live = VGroup(
            readout("f(" + number_text(place) + ")", height, "", 2, 36, VALUE_COLOR),
            words("from the left: " + limit_text(FROM_LEFT), 28, LEFT_COLOR),
            words("from the right: " + limit_text(FROM_RIGHT), 28, RIGHT_COLOR),
        )
        stack(*live, area=zone(2.8, 6.6, 0.7, 2.6), buff=0.35)
        self.play(GrowFromCenter(dot), FadeIn(live), run_time=0.8)
        self.say("Move it: the curve beside it stays as it is, and so do the limits.")
        swing = 0.75 * TALL
        self.play(height.animate.set_value(MIDDLE + swing), run_time=1.6)
        self.play(height.animate.set_value(MIDDLE - swing), run_time=2.2)
        if HOLE:
            self.say("Only one value fills the hole. Then limit and value agree: f is continuous there.")
            self.play(height.animate.set_value(goal), run_time=1.8)
            text, more = "continuous: f(a) = limit", "the gap can be removed"
            self.play(Flash(dot, color=VALUE_COLOR), run_time=0.7)
        elif JUMP:
            self.say("It may join one side or the other, but never both: a jump cannot be mended.")
            self.play(height.animate.set_value(FROM_RIGHT), run_time=1.3)
            self.play(height.animate.set_value(FROM_LEFT), run_time=1.6)
            text, more = "never continuous", "a jump stays a jump"
        else:
            self.say("No value can join the branches: an asymptote cannot be mended.")
            self.play(height.animate.set_value(MIDDLE), run_time=1.4)
            text, more = "never continuous", "no value fits here"
        notes = VGroup(words(text, 34, VALUE_COLOR), words(more, 26, CHALK2))
        stack(*notes, area=zone(2.95, 6.5, -1.7, -0.2), buff=0.36)
        self.play(FadeIn(notes, shift=0.2 * UP), Create(highlight(notes[0], VALUE_COLOR, 0.15)), run_time=1.0)
        self.say("The limit tells where f is heading, not what happens when it gets there.")
        self.pause(1.0)

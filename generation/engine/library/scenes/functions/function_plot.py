from manim import *
from theorama_kit import *

function = knob(
    "x^2 - 3", label="Function f(x)", kind="expression", help="A formula in x, such as sin(x), 1/x or x^3 - 2x."
)
left = knob(-4.0, label="Graph from x =", minimum=-100.0, maximum=100.0, step=0.5)
right = knob(4.0, label="Graph to x =", minimum=-100.0, maximum=100.0, step=0.5)

CURVE_COLOR = SKY
ZERO_COLOR = YELLOW
TURN_COLOR = MINT
START_COLOR = LILAC
POLE_COLOR = CHALK2
RISE_COLOR = LEAF
FALL_COLOR = CORAL

f = expression(function)
LOW, HIGH = min(left, right), max(max(left, right), min(left, right) + 0.5)
XS = np.linspace(LOW, HIGH, 4001)
GAP = float(XS[1] - XS[0])
YS = np.asarray(f(XS), dtype=float)
GOOD = np.isfinite(YS)


def value(x):
    return float(f(float(x)))


def typical_size():
    """A measure of how tall the curve is, not spoilt by poles; raises when there is nothing to draw."""
    if not GOOD.any():
        raise ValueError("The function " + function + " has no real value anywhere between the two ends of the graph.")
    return max(float(np.percentile(np.abs(YS[GOOD]), 80)), 1e-12)


SIZE = typical_size()
NOISE = 1e-5 * min(SIZE, 1.0)
TALLEST = 1e9  # what grows beyond it leaves the picture
MANY = 24  # more points than this are not marked one by one


def halve(test, inside, outside):
    """The last x, going from `inside` to `outside`, where the test still holds."""
    for _step in range(60):
        middle = (inside + outside) / 2
        inside, outside = (middle, outside) if test(middle) else (inside, middle)
    return inside


def summit(height, a, b):
    """The x between a and b where `height` is greatest (golden section search)."""
    ratio = (math.sqrt(5) - 1) / 2
    for _step in range(90):
        c, d = b - ratio * (b - a), a + ratio * (b - a)
        a, b = (a, d) if height(c) >= height(d) else (c, b)
    return (a + b) / 2


def domain_edges():
    """Places where the function begins or stops to have a value, as (edge just inside, one grid step inside)."""
    found = []
    for i in np.flatnonzero(GOOD[1:] != GOOD[:-1]):
        inside, outside = (XS[i], XS[i + 1]) if GOOD[i] else (XS[i + 1], XS[i])
        found.append(halve(lambda x: math.isfinite(value(x)), float(inside), float(outside)))
    return found


def grows_without_bound(x):
    """Whether |f| keeps growing, however close one comes to x."""
    sizes = []
    for part in (1e-1, 1e-3, 1e-5):
        near = [abs(value(x + side * part * GAP)) for side in (-1, 1)]
        sizes.append(max([size for size in near if math.isfinite(size)] or [0.0]))
    first, second = sizes[1] - sizes[0], sizes[2] - sizes[1]
    return first > 1e-9 * SIZE and second > 0.5 * first


def apart(places, distance):
    """The places in order, without those that are nearly the same."""
    kept = []
    for x in sorted(places):
        if not kept or x - kept[-1] > distance:
            kept.append(x)
    return kept


def tidy(x, whole):
    """Rounding noise around zero becomes zero."""
    return 0.0 if abs(x) < 1e-7 * whole else float(x)


def find_poles():
    """The x of the vertical asymptotes."""
    size = np.where(GOOD, np.abs(YS), np.inf)
    places = []
    for i in np.flatnonzero((size[1:-1] >= size[:-2]) & (size[1:-1] >= size[2:])) + 1:
        if not (GOOD[i - 1] or GOOD[i + 1]) or size[i - 1] == size[i] == size[i + 1] or size[i] < SIZE:
            continue
        height = lambda x: abs(value(x)) if not math.isnan(value(x)) else -1.0
        places.append(summit(height, float(XS[i - 1]), float(XS[i + 1])))
    ends = [LOW + (HIGH - LOW) * 1e-13, HIGH - (HIGH - LOW) * 1e-13]
    return [tidy(x, HIGH - LOW) for x in apart([x for x in places + EDGES + ends if grows_without_bound(x)], 1.5 * GAP)]


EDGES = [tidy(x, HIGH - LOW) for x in domain_edges()]
POLES = find_poles()


def by_pole(x):
    return any([abs(x - pole) < 1.5 * GAP for pole in POLES])


def find_turns():
    """Turning points as (x, y, is it a peak?)."""
    found, before, start = [], 0, 0
    for i in range(len(XS) - 1):
        if not (GOOD[i] and GOOD[i + 1]):
            before = 0
            continue
        change = YS[i + 1] - YS[i]
        noise = 1e-12 * abs(YS[i]) + 1e-13
        direction = 0 if abs(change) <= noise else (1 if change > 0 else -1)
        if direction and before and direction != before and i - start <= 3:
            sign = float(before)
            x = summit(lambda place: sign * value(place), float(XS[start]), float(XS[i + 1]))
            leap = abs(value(x + 1e-4 * GAP) - value(x - 1e-4 * GAP))
            if not by_pole(x) and leap < 0.2 * max(abs(change), abs(YS[i] - YS[start])) + noise:
                found.append((tidy(x, HIGH - LOW), tidy(value(x), NOISE), before > 0))
        if direction:
            before, start = direction, i
    return found


TURNS = find_turns()


def find_zeros():
    """The x where the curve meets the x-axis: it crosses, touches, or starts there."""
    places = [x for x, y, _peak in TURNS if abs(y) < 1e-7 * SIZE]
    places += [x for x in EDGES if abs(value(x)) < 1e-5 * SIZE]
    places += [
        float(XS[i]) for i in np.flatnonzero(YS == 0) if not (YS[max(i - 1, 0)] == 0 and YS[min(i + 1, 4000)] == 0)
    ]
    for i in np.flatnonzero(GOOD[1:] & GOOD[:-1] & (np.sign(YS[1:]) * np.sign(YS[:-1]) < 0)):
        x = halve(lambda place: value(place) * YS[i] > 0, float(XS[i]), float(XS[i + 1]))
        if abs(value(x)) < 1e-3 * max(abs(YS[i]), abs(YS[i + 1])):
            places.append(x)
    return [tidy(x, HIGH - LOW) for x in apart(places, 1.5 * GAP)]


ZEROS = find_zeros()
CROSSING = value(0) if LOW <= 0 <= HIGH else math.nan
CROSSING = tidy(CROSSING, NOISE)


def seen_heights():
    """A round y range: the whole curve, or its calm part where it runs off to infinity."""
    finite = np.sort(YS[GOOD])
    bottom, top = float(finite[0]), float(finite[-1])
    if POLES:
        low, high = np.percentile(finite, [10, 90])
        reach = 0.75 * max(float(high - low), 0.5 * SIZE)
        bottom, top = max(bottom, float(low) - reach), min(top, float(high) + reach)
        marked = [y for _x, y, _peak in TURNS[:8]]
        bottom, top = min([bottom, *marked]), max([top, *marked])
    bottom, top = max(bottom, -TALLEST), min(top, TALLEST)
    spread = max(top - bottom, 0.5 * max(abs(top), 1e-6) if top == bottom else 0.0)
    if bottom <= 0.6 * spread and top >= -0.6 * spread:  # the x-axis is near: show it
        bottom, top = min(bottom, 0.0), max(top, 0.0)
    return nice_range([bottom, top], count=10, margin=0.07)


HEIGHTS = seen_heights()


def in_view(y):
    return math.isfinite(y) and HEIGHTS[0] <= y <= HEIGHTS[1]


def stretches():
    """The parts on which f only rises (1), only falls (-1) or stays level (0), as (from, to, direction)."""
    cuts = apart([LOW, HIGH, *POLES, *EDGES, *[x for x, _y, _peak in TURNS]], 1.5 * GAP)
    parts = []
    for a, b in zip(cuts[:-1], cuts[1:], strict=True):
        inside = YS[(XS > a) & (XS < b) & GOOD]
        if len(inside) > 1:
            change = float(inside[-1] - inside[0])
            parts.append((a, b, 0 if abs(change) < 1e-9 * float(np.abs(inside).max()) + 1e-13 else (1 if change > 0 else -1)))
    return parts


def listed(texts, room=27):
    """As many of the texts in a row as there is room for, and dots for the rest."""
    row = texts[0]
    for text in texts[1:]:
        if len(row) + len(text) + 2 > room:
            return row + " …"
        row += ",  " + text
    return row


def numbers_listed(values):
    return listed([number_text(each) for each in values])


# --- the stage: a graph at the left, what there is to know at the right ------------------------------
PANEL = zone(2.8, 6.6, -2.85, 1.4)


def paper():
    """The axes, the curve and the formula; a long formula gets a row of its own."""
    title = formula("f(x) = " + expression_tex(function), 40, colors={"f": CURVE_COLOR})
    wide = title.width > 1.3 * SIDE.width
    fit(title, zone(-6.6, 6.6, 2.05, 2.75) if wide else zone(2.8, 6.6, 1.75, 2.7), LEFT if wide else UL)
    axes = graph((LOW, HIGH), HEIGHTS, zone(-6.6, 2.3, -2.85, 1.85 if wide else 2.75), "x", "f(x)")
    return axes, plot(axes, f, CURVE_COLOR, samples=1600), title


def spot(axes, x, y, color, radius=0.09):
    return Dot(axes.c2p(x, y), color=color, radius=radius).set_stroke(STAGE, 2, background=True)


def asymptotes(axes):
    """Dashed lines at the poles."""
    low, high = HEIGHTS
    ends = [(axes.c2p(x, low), axes.c2p(x, high)) for x in POLES]
    return VGroup(*[DashedLine(a, b, color=POLE_COLOR, stroke_width=2.5, dash_length=0.12) for a, b in ends])


def decimals_for(span):
    """Decimals that show about a thousandth of the span."""
    return int(clamp(2 - math.floor(math.log10(max(span, 1e-9)) - 0.5), 0, 5))


def pair(x, y):
    return "(" + number_text(x) + ", " + number_text(y) + ")"


class Drawing(Stage):
    def construct(self):
        axes, curve, title = paper()
        low, high = HEIGHTS
        floor = clamp(0.0, low, high)
        x = ValueTracker(LOW)
        self.heading("The graph of a function")
        self.say("For every x the formula gives one value. Draw that value as the height of a point.")
        self.play(FadeIn(axes), FadeIn(title), run_time=0.9)

        height = lambda: value(x.get_value())
        stick = Line(axes.c2p(LOW, floor), axes.c2p(LOW, floor) + 0.01 * UP, stroke_color=CURVE_COLOR, stroke_width=3)
        point = Dot(axes.c2p(LOW, floor), color=CHALK, radius=0.1)
        foot = Dot(axes.c2p(LOW, floor), color=CHALK2, radius=0.06)

        def stand(line):
            top = clamp(height(), low, high) if math.isfinite(height()) else floor
            line.set_points_as_corners([axes.c2p(x.get_value(), floor), axes.c2p(x.get_value(), top) + 0.001 * UP])

        def follow(dot):
            seen = in_view(height())
            dot.move_to(axes.c2p(x.get_value(), height() if seen else floor)).set_opacity(1 if seen else 0)

        stick.add_updater(stand)
        point.add_updater(follow)
        foot.add_updater(lambda dot: dot.move_to(axes.c2p(x.get_value(), floor)))
        live = VGroup(
            readout("x", x, "", decimals_for(HIGH - LOW), 32, CHALK2),
            readout("f(x)", height, "", decimals_for(high - low), 38, CURVE_COLOR),
        )
        stack(*live, area=zone(2.8, 6.6, 0.0, 1.4), buff=0.4)
        note = fit(lines("The height of the point is the value f(x).", 22, CHALK2, 28), zone(2.8, 6.6, -1.2, -0.3), UL)
        self.play(FadeIn(stick), FadeIn(foot), FadeIn(point), FadeIn(live), FadeIn(note), run_time=0.6)

        samples = VGroup()
        for part in (0.0, 0.25, 0.5, 0.75, 1.0):
            self.play(x.animate.set_value(LOW + part * (HIGH - LOW)), run_time=0.7 if part else 0.2)
            if in_view(height()):
                samples.add(spot(axes, x.get_value(), height(), CURVE_COLOR, 0.06))
                self.add(samples[-1])
        self.play(x.animate.set_value(LOW), run_time=0.8)

        ends = curve.points[3::4, 0]  # where each small piece of the curve ends, from left to right
        drawn = VMobject(stroke_color=CURVE_COLOR, stroke_width=4)

        def draw(line):
            pieces = int(np.searchsorted(ends, axes.c2p(x.get_value(), 0)[0] + 1e-6))
            line.points = curve.points[: 4 * pieces]

        drawn.add_updater(draw)
        self.add(drawn)
        self.say(
            "Let x run from "
            + number_text(LOW)
            + " to "
            + number_text(HIGH)
            + ": all those points together are the curve."
        )
        self.play(x.animate.set_value(HIGH), run_time=8)
        if POLES or max(np.abs(YS[GOOD])) > TALLEST:
            self.say("Where the values grow beyond all bounds, the curve leaves the picture.")
        elif EDGES:
            self.say("Where the formula has no real value there is no curve: those x lie outside the domain.")
        self.remove(drawn)
        self.add(curve)
        self.play(FadeOut(stick), FadeOut(point), FadeOut(foot), FadeOut(samples), run_time=0.4)
        self.pause(0.8)


def findings():
    """What there is to tell: (line to say, color, row title, row text, places to mark, labels)."""
    told = []
    if POLES:
        line = "Here f grows beyond all bounds: the curve comes ever closer to these lines, the asymptotes."
        told.append((line, POLE_COLOR, "Vertical asymptotes, x =", numbers_listed(POLES), [], []))
    if math.isfinite(CROSSING) and in_view(CROSSING):
        text = "f(0) = " + number_text(CROSSING)
        places, labels = [(0, CROSSING)], [number_text(CROSSING) if CROSSING else ""]
        line = "At x = 0 we read off where the curve meets the y-axis."
        told.append((line, START_COLOR, "Meets the y-axis at", text, places, labels))
    told.append(zero_finding())
    told.append(turn_finding())
    return told


def zero_finding():
    if np.count_nonzero(YS == 0) > 10:
        line = "Here the curve lies on the x-axis: f is zero all along."
        return (line, ZERO_COLOR, "Zeros, f(x) = 0", "a whole stretch of x", [], [])
    if not ZEROS:
        line = "The curve never meets the x-axis here: f has no zero in this range."
        return (line, ZERO_COLOR, "Zeros", "none in this range", [], [])
    ending = "This is its zero." if len(ZEROS) == 1 else "These are its zeros."
    ending = "There are too many to mark them all." if len(ZEROS) > MANY else ending
    places = [(x, 0.0) for x in ZEROS] if len(ZEROS) <= MANY else []
    title = counted(len(ZEROS), "zero") + ", f(x) = 0 at x ="
    line = "Where the curve meets the x-axis, f is zero. " + ending
    return (line, ZERO_COLOR, title, numbers_listed(ZEROS), places, [number_text(x) for x, _y in places])


def turn_finding():
    if not TURNS:
        line = "It never changes between climbing and falling here: there is no turning point."
        return (line, TURN_COLOR, "Turning points", "none in this range", [], [])
    places = [(x, y) for x, y, _peak in TURNS if in_view(y)] if len(TURNS) <= MANY else []
    text = listed([pair(x, y) for x, y, _peak in TURNS])
    line = "Where it stops climbing and starts to fall, or the reverse, the curve turns."
    return (line, TURN_COLOR, counted(len(TURNS), "turning point"), text, places, [pair(x, y) for x, y in places])


def counted(count, noun):
    """How many there are, as the start of a line: "3 zeros"."""
    if count == 1:
        return noun.capitalize()
    return ("Many" if count > MANY else str(count)) + " " + noun + "s"


def inner(axes):
    """The rectangle of the plot itself, a little smaller."""
    (x0, x1), (y0, y1) = axes.x_range[:2], axes.y_range[:2]
    start, end = axes.c2p(x0, y0), axes.c2p(x1, y1)
    return zone(start[0] + 0.05, end[0] - 0.05, start[1] + 0.05, end[1] - 0.05)


def trail(axes, curve):
    """Small boxes along the curve, the x-axis and the asymptotes, for labels to keep away from."""
    along = [axes.c2p(x, clamp(0, *HEIGHTS)) for x in np.linspace(LOW, HIGH, 80)]
    along += [axes.c2p(x, y) for x in POLES[:12] for y in np.linspace(*HEIGHTS, 40)]
    return [Dot(point, radius=0.05) for point in [*curve.points[:: max(4, 4 * (len(curve.points) // 1600))], *along]]


class SpecialPoints(Stage):
    def construct(self):
        axes, curve, title = paper()
        self.heading("The points that tell its story")
        self.add(axes, curve, title)
        path, taken = trail(axes, curve), []
        rows = split_zone(PANEL, [1, 1, 1, 1], across=False, gap=0.12)
        for (line, color, name, text, places, labels), area in zip(findings(), rows, strict=False):
            self.say(line)
            row = VGroup(words(name, 22, CHALK2), fit_width(words(text, 26, color), 3.8))
            fit(row.arrange(DOWN, buff=0.14, aligned_edge=LEFT), area, UL)
            dots = [spot(axes, x, y, color) for x, y in places]
            taken += dots
            marks = [LaggedStart(*[GrowFromCenter(dot) for dot in dots], lag_ratio=0.3)] if dots else []
            marks += [Create(asymptotes(axes))] if color == POLE_COLOR else []
            self.play(*marks, FadeIn(row, shift=0.2 * UP), run_time=1.0)
            names = VGroup()
            for dot, label in zip(dots, labels, strict=True) if len(dots) <= 6 else []:
                drawn = beside(words(label, 22, color), dot, [*taken, *path], inner(axes), 0.12)
                covered = sum([overlap(drawn, other) for other in path]) + 10 * sum(
                    [overlap(drawn, other) for other in taken]
                )
                if label and covered < 0.03:  # no room: the panel names it
                    names.add(drawn)
                    taken.append(drawn)
            if len(names):
                self.play(FadeIn(names), run_time=0.4)
        self.pause(1.0)


class RiseAndFall(Stage):
    def construct(self):
        axes, curve, title = paper()
        parts = stretches()
        self.heading("The graph at a glance")
        marks = VGroup(*[spot(axes, x, 0, ZERO_COLOR) for x in ZEROS if len(ZEROS) <= MANY])
        marks.add(*[spot(axes, x, y, TURN_COLOR) for x, y, _peak in TURNS if in_view(y) and len(TURNS) <= MANY])
        self.add(axes, curve, title, asymptotes(axes), marks)
        ways = {way for _a, _b, way in parts}
        self.say(
            "Follow the curve from left to right: here it rises, there it falls."
            if {1, -1} <= ways
            else "Follow the curve from left to right: it "
            + {1: "rises", -1: "falls", 0: "stays level"}[max(ways)]
            + " on every part."
        )
        colored = VGroup()
        for a, b, way in parts:
            color = {1: RISE_COLOR, -1: FALL_COLOR, 0: CHALK2}[way]
            fine = int(clamp(1600 * (b - a) / (HIGH - LOW), 40, 800))
            colored.add(plot(axes, f, color, (a, b), width=6, samples=fine))
        pace = clamp(0.9 * len(parts), 1.8, 4.0)
        if len(parts) <= MANY:
            self.play(
                AnimationGroup(*[Create(part, rate_func=linear) for part in colored], lag_ratio=1.0), run_time=pace
            )
        else:
            self.play(FadeIn(colored), run_time=pace)
        self.remove(curve)
        self.bring_to_front(marks)
        self.say("All we found, in one picture: this is how the function behaves in this range.")
        self.play(FadeIn(card(parts), shift=0.2 * UP), run_time=0.9)
        self.pause(1.2)


def card(parts):
    """What the graph tells, in a frame."""
    rows = []
    for way, name, color in ((1, "rises", RISE_COLOR), (-1, "falls", FALL_COLOR), (0, "stays level", CHALK2)):
        spans = [number_text(a) + " to " + number_text(b) for a, b, each in parts if each == way]
        if spans:
            rows.append((name + " for x from", listed(spans), color))
    _line, _color, _name, zeros, _places, _labels = zero_finding()
    rows.append(("zeros at x =", zeros, ZERO_COLOR))
    rows.append(("turns at", turn_finding()[3], TURN_COLOR))
    if POLES:
        rows.append(("asymptotes at x =", numbers_listed(POLES), POLE_COLOR))
    drawn = VGroup()
    for name, text, color in rows:
        row = VGroup(words(name, 20, CHALK3), fit_width(words(text, 24, color), 3.3))
        drawn.add(row.arrange(DOWN, buff=0.08, aligned_edge=LEFT))
    fit(drawn.arrange(DOWN, buff=0.24, aligned_edge=LEFT), zone(3.05, 6.35, -2.6, 1.15), UL)
    frame = RoundedRectangle(
        corner_radius=0.15, width=3.8, height=drawn.height + 0.5, stroke_color=EDGE, stroke_width=2
    )
    return VGroup(frame.move_to([4.7, drawn.get_center()[1], 0]), drawn)

from manim import *
from theorama_kit import *

data = knob(
    "Mon 3, Tue 5, Wed 2, Thu 8, Fri 4",
    label="Data",
    kind="text",
    help="Names with numbers: apples 12, pears 7, plums 3; or numbers alone: 150, 152, 160, 171.",
)
quantity = knob(
    "number",
    label="What is measured or counted",
    kind="text",
    help="Written at the axis, such as books lent, rain in mm, height in cm.",
)
chart = knob(
    "fitting",
    label="Chart",
    choices=("fitting", "bar chart", "line chart", "pie chart", "box plot"),
    help="Fitting: bars for named values, a box plot for numbers alone.",
)

VALUE_COLOR = SKY
MEAN_COLOR = YELLOW
MEDIAN_COLOR = MINT
SPREAD_COLOR = LILAC
OUTLIER_COLOR = CORAL
SLICES = [*SERIES, *[ManimColor(each) for each in ("#F29BC1", "#4FB8B0", "#B98A62", "#9AA7F0")]]

MOST_NAMED, MOST_LISTED = 10, 24
EXAMPLE = "such as Mon 3, Tue 5, Wed 2 or 150, 152, 160, 171."


# --- the data ---
def as_number(token):
    """A number as people type it, or a refusal."""
    plain = token.replace(MINUS, "-").replace("–", "-").rstrip("%")
    body = plain[1:] if plain[:1] in ("-", "+") else plain
    whole = body.replace(".", "", 1)
    if not (whole.isascii() and whole.isdecimal()):
        raise ValueError("“" + token + "” is not a number. Write names with numbers, or numbers alone, " + EXAMPLE)
    return float(plain)


def is_numeric(text):
    """Whether a name is a number itself."""
    return text.replace(".", "", 1).replace("-", "", 1).isdecimal()


def read_data(text):
    """The names (empty for numbers alone) and the values."""
    items = [each.replace(":", " ").replace("=", " ").split() for each in text.replace(";", ",").split(",")]
    items = [each for each in items if each]
    if len(items) == 1 and len(items[0]) > 2 and all([is_numeric(each) for each in items[0]]):
        items = [[each] for each in items[0]]  # numbers with spaces between
    values = [as_number(each[-1]) for each in items]
    found = [" ".join(each[:-1]) for each in items]
    if any(found) and not all(found):
        raise ValueError("Give every number a name, or none of them, " + EXAMPLE)
    if any(found) and all([is_numeric(each) for each in found]):
        raise ValueError("Here numbers have numbers as names. Use words as names, or list every single value.")
    return (found if any(found) else []), values


NAMES, VALUES = read_data(data)
COUNT = len(VALUES)
KIND = chart if chart != "fitting" else "bar chart" if NAMES or COUNT < 4 else "box plot"
LISTED = KIND == "box plot"


def refuse_what_cannot_be_drawn():
    """Each refusal says what to change."""
    sizes = [abs(each) for each in VALUES]
    if COUNT < 2:
        raise ValueError("One number alone makes no chart: give at least two, " + EXAMPLE)
    if LISTED and not 4 <= COUNT <= MOST_LISTED:
        raise ValueError("A box plot needs 4 to " + str(MOST_LISTED) + " numbers; there are " + str(COUNT) + ".")
    if not LISTED and COUNT > MOST_NAMED:
        raise ValueError("A " + KIND + " holds at most " + str(MOST_NAMED) + " values; there are " + str(COUNT) + ". Put some together.")
    if max(sizes) > 1e6 or 0 < max(sizes) < 1e-3:
        raise ValueError("Write the numbers in another unit, so that the greatest is between 0.001 and a million.")
    if max([len(each) for each in NAMES] + [0]) > 20:
        raise ValueError("A name is too long for its place below the chart: use at most 20 letters.")
    if len(set(NAMES)) < len(NAMES):
        raise ValueError("A name stands there twice: give each name once.")
    if KIND == "pie chart" and (min(VALUES) < 0 or max(VALUES) == 0):
        raise ValueError("A pie shows parts of a whole, so no value may be negative. Choose a bar chart.")


refuse_what_cannot_be_drawn()
LABELS = NAMES or [str(i + 1) for i in range(COUNT)]


# --- the statistics ---
def mean_of(values):
    """The sum shared out equally."""
    return math.fsum(values) / len(values)


def median_of(values):
    """The middle one of the ordered values, or half-way between the middle two."""
    ordered, half = sorted(values), len(values) // 2
    return ordered[half] if len(values) % 2 else (ordered[half - 1] + ordered[half]) / 2


def quartiles_of(values):
    """The medians of the lower and of the upper half; an odd one in the middle belongs to neither."""
    ordered, half = sorted(values), len(values) // 2
    return median_of(ordered[:half]), median_of(ordered[-half:])


def shares():
    """Each value's part of the whole."""
    whole = math.fsum(VALUES)
    return [each / whole for each in VALUES]


MEAN, MEDIAN = mean_of(VALUES), median_of(VALUES)
LEAST, MOST = min(VALUES), max(VALUES)
SPAN = MOST - LEAST
ORDER = sorted(range(COUNT), key=lambda i: VALUES[i])
MIDDLE = ORDER[(COUNT - 1) // 2 : COUNT // 2 + 1]


def told(value):
    """A value or a mean as it is written."""
    return number_text(value, None, 4 if abs(value) < 1000 else 6)


def rounded(value):
    """ "= 4.4", or with a rounded sign where digits are left out."""
    shown = told(value).replace(MINUS, "-")
    exact = "×" in shown or abs(float(shown) - value) < 1e-9 * max(1.0, abs(value))
    return ("= " if exact else "≈ ") + told(value)


# --- pictures of bars ---
PICTURE = zone(-6.6, 2.3, -2.85, 2.75)


def bar_axes(values, below=0.75):
    """Axes over named places: numbers on the left, nothing below."""
    low, high = nice_range(values, zero=True, margin=0.1)
    ticks = nice_ticks(low, high, 6)
    numbers = tick_labels(ticks, 22, CHALK3)
    left = max([each.width for each in numbers]) + 0.3
    axes = Axes(
        x_range=[0, COUNT, COUNT],
        y_range=[low, high, high - low],
        x_length=PICTURE.width - left,
        y_length=PICTURE.height - 0.5 - below,
        tips=False,
        axis_config={"include_ticks": False, "stroke_color": CHALK3, "stroke_width": 2.5},
    )
    axes.shift(PICTURE.get_corner(DR) + below * UP - axes.c2p(COUNT, low))
    for tick, shown in zip(ticks, numbers, strict=True):
        axes.add_to_back(Line(axes.c2p(0, tick), axes.c2p(COUNT, tick), stroke_color=HAIRLINE, stroke_width=1.5))
        axes.add(shown.next_to(axes.c2p(0, tick), LEFT, buff=0.16))
    title = fit_width(words(quantity, 24, CHALK2), PICTURE.width - left)
    return axes.add(title.move_to(axes.c2p(0, high) + 0.3 * UP, aligned_edge=LEFT))


def bar_at(axes, place, value, color=VALUE_COLOR):
    """One bar from zero to its value."""
    width = 0.62 * (axes.c2p(1, 0)[0] - axes.c2p(0, 0)[0])
    foot, tip = axes.c2p(place + 0.5, 0), axes.c2p(place + 0.5, value)
    bar = Rectangle(width=min(width, 1.5), height=max(abs(tip[1] - foot[1]), 0.02), stroke_width=0, fill_color=color, fill_opacity=0.85)
    return bar.move_to((foot + tip) / 2)


def name_tags(axes):
    """The names below the axes; long ones stand in two rows."""
    slot = axes.c2p(1, 0)[0] - axes.c2p(0, 0)[0]
    tags = [words(each, 22, CHALK2) for each in LABELS]
    two_rows = max([each.width for each in tags]) > 0.94 * slot
    for i, each in enumerate(tags):
        room = (1.7 if 0 < i < COUNT - 1 else 1.3) * slot if two_rows else 0.94 * slot
        fit_width(each, room).move_to(axes.c2p(i + 0.5, axes.y_range[0]) + (0.24 + 0.32 * (two_rows and i % 2)) * DOWN)
    return VGroup(*tags)


def value_tag(axes, place, value, color=CHALK):
    """The number at the end of its bar."""
    slot = axes.c2p(1, 0)[0] - axes.c2p(0, 0)[0]
    tag = fit_width(words(told(value), 22, color), 0.92 * slot)
    return tag.next_to(axes.c2p(place + 0.5, value), UP if value >= 0 else DOWN, buff=0.22 if KIND == "line chart" else 0.1)


def level(axes, value, color):
    """A dashed line across the chart."""
    return DashedLine(axes.c2p(0, value), axes.c2p(COUNT, value), color=color, stroke_width=4)


# --- pictures of dots ---
def scale_line(low, high, y, title):
    """A number line with its numbers below; x_at gives the place of a value."""
    ticks = nice_ticks(low, high, 8)
    line = VGroup(Line([-6.2, y, 0], [1.9, y, 0], stroke_color=CHALK3, stroke_width=3))
    for tick, shown in zip(ticks, tick_labels(ticks, 22, CHALK3), strict=True):
        foot = np.array([x_at(tick, low, high), y, 0])
        line.add(Line(foot, foot + 0.12 * DOWN, stroke_color=CHALK3, stroke_width=2.5))
        line.add(shown.next_to(foot, DOWN, buff=0.2))
    return line.add(fit_width(words(title, 24, CHALK2), 8.0).move_to([1.9, y - 0.72, 0], aligned_edge=RIGHT))


def x_at(value, low, high):
    """Where a value stands on the number line."""
    return -6.0 + 7.7 * (value - low) / (high - low)


def heap(low, high, y, height):
    """A dot for each value over the number line; dots that would touch stand on one another."""
    levels, taken = [0] * COUNT, []
    for i in ORDER:
        x, row = x_at(VALUES[i], low, high), 0
        while any([other_row == row and abs(other - x) < 0.32 for other, other_row in taken]):
            row += 1
        levels[i] = row
        taken.append((x, row))
    rise = min(0.32, height / (max(levels) + 1))
    radius = min(0.14, 0.46 * rise)
    return VGroup(*[Dot([x_at(VALUES[i], low, high), y + (levels[i] + 0.5) * rise, 0], radius, color=VALUE_COLOR) for i in range(COUNT)])


def bounds():
    """The ends of the number line."""
    return nice_range(VALUES, 8, margin=0.04)


def mark(value, low, high, bottom, top, color):
    """An upright dashed line at a value."""
    x = x_at(value, low, high)
    return DashedLine([x, bottom, 0], [x, top, 0], color=color, stroke_width=4)


# --- the scenes ---
class TableAndChart(Stage):
    def construct(self):
        self.heading("From the table to the chart" if not LISTED else "From the list to the number line")
        if LISTED:
            show_heap(self)
        elif KIND == "pie chart":
            show_pie(self)
        else:
            show_bars(self)
        self.pause(1.0)


def data_sheet(extra=(), colors=None):
    """The table in the side panel."""
    first = "name" if NAMES else "no."
    rows = [[fit_width(words(name, 24, CHALK2), 2.1), told(value), *more] for name, value, more in zip(LABELS, VALUES, extra or [[]] * COUNT, strict=True)]
    second = words(quantity, 24, CHALK2)
    header = [first, second if second.width < (1.4 if extra else 2.0) else "value", *(["share"] if extra else [])]
    sheet = table(header, rows, None, 24, 0.45, 0.5)
    for row, color in zip(sheet[2:], colors or [VALUE_COLOR] * COUNT, strict=True):
        row[0 if colors else 1].set_color(color)
    return fit(sheet, SIDE, UL)


def pace(most):
    """How long one row may take, so that many rows don't take long."""
    return clamp(most / COUNT, 0.35, 1.1)


def show_bars(stage):
    """Row by row, a bar or a point for each value."""
    axes, sheet = bar_axes(VALUES), data_sheet()
    tags, lined = name_tags(axes), KIND == "line chart"
    stage.say("Each row of the table becomes one " + ("point" if lined else "bar") + ", as high as its number.")
    stage.play(FadeIn(axes), FadeIn(tags), FadeIn(sheet[:2]), run_time=0.8)
    zero = Line(axes.c2p(0, 0), axes.c2p(COUNT, 0), stroke_color=CHALK3, stroke_width=2.5)
    stage.add(zero)
    before = None
    for i, value in enumerate(VALUES):
        tip = axes.c2p(i + 0.5, value)
        shape = Dot(tip, 0.1, color=VALUE_COLOR) if lined else bar_at(axes, i, value)
        moves = [FadeIn(sheet[i + 2], shift=0.2 * LEFT), GrowFromPoint(shape, axes.c2p(i + 0.5, 0)), FadeIn(value_tag(axes, i, value))]
        if lined and before is not None:
            moves.append(Create(Line(before, tip, stroke_color=VALUE_COLOR, stroke_width=4)))
        stage.play(*moves, run_time=pace(6.0))
        before = tip
    if lined:
        stage.say("The line joins them in order: steep pieces are great changes. Only the points are data.")
    elif LEAST >= 0:
        stage.say("All bars start at zero, so a bar twice as high means twice as many.")
    else:
        stage.say("All bars start at zero: upward for positive values, downward for negative ones.")
    stage.play(Create(highlight(sheet[VALUES.index(MOST) + 2], OUTLIER_COLOR, 0.08)), run_time=0.8)
    stage.say(extremes())


def extremes():
    """The greatest and the least, in words."""
    if SPAN == 0:
        return "All values are equal: " + told(MOST) + "."
    tops = [LABELS[i] for i in range(COUNT) if VALUES[i] == MOST]
    if not NAMES or len(tops) > 1:
        return "The greatest value is " + told(MOST) + ", the least " + told(LEAST) + "."
    return "Greatest: " + tops[0] + " with " + told(MOST) + ". Least: " + told(LEAST) + "."


def show_pie(stage):
    """Slice by slice, each as wide as its share."""
    parts = shares()
    colors = SLICES[:COUNT]
    texts = [number_text(100 * each, 1) + " %" for each in parts]
    sheet = data_sheet([[each] for each in texts], colors)
    stage.say("Together the values make " + told(math.fsum(VALUES)) + ": the whole pie. Each value is a part of it.")
    center, radius, angle = np.array([-2.15, -0.05, 0]), 2.3, PI / 2
    ring = Circle(radius, color=CHALK3, stroke_width=2.5).move_to(center)
    stage.play(FadeIn(sheet[:2]), Create(ring), run_time=0.9)
    for i, part in enumerate(parts):
        moves = [FadeIn(sheet[i + 2], shift=0.2 * LEFT)]
        if part > 0:
            turn = -TAU * part
            slice_shape = AnnularSector(0.0, radius, turn, angle, fill_color=colors[i], fill_opacity=0.9, stroke_color=STAGE, stroke_width=2).shift(center)
            middle = angle + turn / 2
            inside = part > 0.07
            tag = words(texts[i], 24 if inside else 20, STAGE if inside else colors[i], weight=SEMIBOLD)
            reach = 1.5 if inside else radius + 0.15 + 0.5 * abs(math.cos(middle))
            if inside or part > 0.025:
                moves.append(FadeIn(tag.move_to(center + reach * np.array([math.cos(middle), math.sin(middle), 0])).set_z_index(2)))
            moves.append(FadeIn(slice_shape))
            angle += turn
        stage.play(*moves, run_time=pace(7.0))
    top = VALUES.index(MOST)
    stage.say("The share is the value over the sum; the slice takes the same share of 360°.")
    turn_told = LABELS[top] + ": " + told(MOST) + " of " + told(math.fsum(VALUES)) + " is " + texts[top] + ", so " + number_text(360 * parts[top], None, 4) + "°."
    stage.play(Create(highlight(sheet[top + 2], CHALK, 0.08)), run_time=0.8)
    stage.say(turn_told)


def show_heap(stage):
    """The numbers of the list, each dropped on the number line."""
    low, high = bounds()
    line = scale_line(low, high, -0.9, quantity)
    dots = heap(low, high, -0.9, 3.4)
    tags = [words(told(each), 26, VALUE_COLOR) for each in VALUES]
    widest = max([each.width for each in tags])
    across = int(clamp(3.8 // (widest + 0.3), 1, 4))
    for i, each in enumerate(tags):
        each.move_to([(i % across) * (widest + 0.3) + widest, -(i // across) * 0.5, 0], aligned_edge=RIGHT)
    sheet = VGroup(words(str(COUNT) + " numbers as given", 24, CHALK2), VGroup(*tags)).arrange(DOWN, buff=0.3, aligned_edge=LEFT)
    fit(sheet, SIDE, UL)
    stage.say("A list in any order tells little. Put each number where it belongs on a number line.")
    stage.play(FadeIn(line), FadeIn(sheet), run_time=0.9)
    drops = [AnimationGroup(TransformFromCopy(tag, dot), tag.animate.set_color(CHALK3)) for dot, tag in zip(dots, tags, strict=True)]
    stage.play(LaggedStart(*drops, lag_ratio=0.5), run_time=clamp(0.6 * COUNT, 4, 8))
    stage.say("One dot for each number. Now you see where they crowd and how far they reach.")
    low_x, high_x = x_at(LEAST, low, high), x_at(MOST, low, high)
    reach = Line([low_x - 0.05, -1.8, 0], [high_x + 0.05, -1.8, 0])
    stage.play(FadeIn(brace(reach, DOWN, "range " + told(SPAN), SPREAD_COLOR, 30)), run_time=0.8)
    stage.say("From " + told(LEAST) + " to " + told(MOST) + " is a distance of " + told(SPAN) + ": the range.")


class MeanAndMedian(Stage):
    def construct(self):
        if LISTED:
            self.heading("The mean balances, the median divides")
            show_balance(self)
        else:
            self.heading("Mean: all made level. Median: the middle")
            show_levelling(self)
        self.pause(1.0)


def panel(title, rule, value, color, area):
    """One statistic with how it is made."""
    return stack(words(title, 26, CHALK2), fit_width(words(rule, 24, CHALK2), 3.8), words(rounded(value), 42, color), area=area, buff=0.18)


def mean_panel():
    return panel("mean", told(math.fsum(VALUES)) + " shared by " + str(COUNT), MEAN, MEAN_COLOR, zone(2.8, 6.6, 1.0, 2.75))


def median_panel():
    rule = "the middle one in order" if COUNT % 2 else "between the middle two"
    return panel("median", rule, MEDIAN, MEDIAN_COLOR, zone(2.8, 6.6, -0.9, 0.85))


def range_panel():
    return panel("range", told(MOST) + (" − " + told(LEAST) if LEAST >= 0 else " − (" + told(LEAST) + ")"), SPAN, SPREAD_COLOR, zone(2.8, 6.6, -2.8, -1.05))


def show_levelling(stage):
    """The bars are made equal, then put in order."""
    axes = bar_axes(VALUES)
    tags = name_tags(axes)
    zero = Line(axes.c2p(0, 0), axes.c2p(COUNT, 0), stroke_color=CHALK3, stroke_width=2.5)
    bars = VGroup(*[bar_at(axes, i, value) for i, value in enumerate(VALUES)])
    stage.say("If the same total were shared out equally, how much would each one get?")
    stage.play(FadeIn(axes), FadeIn(zero), FadeIn(tags), FadeIn(bars), run_time=0.9)
    line = level(axes, MEAN, MEAN_COLOR)
    stage.play(Create(line), run_time=0.8)
    stage.say("Take from the bars above the line and give to those below, until all are level.")
    over, under = above_and_below(axes)
    stage.play(FadeIn(over), FadeIn(under), run_time=0.8)
    levelled = [Transform(bar, bar_at(axes, i, MEAN, MEAN_COLOR)) for i, bar in enumerate(bars)]
    stage.play(*levelled, over.animate.set_fill(opacity=0), run_time=2.5)
    stage.bring_to_front(line)
    stage.say("That height is the mean: " + told(math.fsum(VALUES)) + " divided by " + str(COUNT) + " " + rounded(MEAN).replace("= ", "is ").replace("≈ ", "is about ") + ".")
    stage.play(FadeIn(mean_panel(), shift=0.2 * UP), run_time=0.8)
    stage.play(FadeOut(over), FadeOut(under), *[Transform(bar, bar_at(axes, i, value)) for i, (bar, value) in enumerate(zip(bars, VALUES, strict=True))], run_time=1.2)
    stage.say("For the median, put the bars in order, from the least to the greatest.")
    step = axes.c2p(1, 0)[0] - axes.c2p(0, 0)[0]
    moves = []
    for place, i in enumerate(ORDER):
        down = 0 if abs(tags[i].get_y() - tags[place].get_y()) < 0.01 else tags[place].get_y() - tags[i].get_y()
        moves += [bars[i].animate.shift((place - i) * step * RIGHT), tags[i].animate.move_to([tags[i].get_x() + (place - i) * step, tags[i].get_y() + down, 0])]
    stage.play(*moves, run_time=2.2)
    middle = "The bar in the middle is the median" if COUNT % 2 else "Half-way between the two bars in the middle is the median"
    stage.say(middle + ": " + told(MEDIAN) + ".")
    half = level(axes, MEDIAN, MEDIAN_COLOR)
    stage.play(*[bars[i].animate.set_fill(MEDIAN_COLOR) for i in MIDDLE], Create(half), FadeIn(median_panel(), shift=0.2 * UP), run_time=1.0)
    stage.say("Greatest less least is the range: how far apart the values are.")
    stage.play(FadeIn(range_panel(), shift=0.2 * UP), run_time=0.8)


def above_and_below(axes):
    """What stands above the mean, filled, and what is missing below it, in outline: the same in all."""
    over, under = VGroup(), VGroup()
    for i, value in enumerate(VALUES):
        piece = bar_at(axes, i, value)
        edge = axes.c2p(i + 0.5, MEAN)[1]
        size = abs(axes.c2p(i + 0.5, value)[1] - edge)
        if LEAST >= 0 and size > 0.03:
            piece.stretch_to_fit_height(size).move_to([piece.get_x(), edge, 0], aligned_edge=DOWN if value > MEAN else UP)
            piece.set_stroke(OUTLIER_COLOR, 2.5).set_fill(OUTLIER_COLOR, 0.85 if value > MEAN else 0)
            (over if value > MEAN else under).add(piece)
    return over, under


def show_balance(stage):
    """The dots on a plank: it balances at the mean; then they are taken away in pairs."""
    low, high = bounds()
    line = scale_line(low, high, -1.6, quantity)
    dots = heap(low, high, -0.6, 2.6)
    plank = Rectangle(width=8.1, height=0.08, stroke_width=0, fill_color=CHALK2, fill_opacity=1).move_to([-2.15, -0.64, 0])
    start = (LEAST + MOST) / 2
    pivot = Triangle(color=MEAN_COLOR, fill_opacity=0.9, stroke_width=0).scale_to_fit_height(0.72)
    pivot.move_to([x_at(start, low, high), -0.68, 0], aligned_edge=UP)
    stage.say("Lay the dots on a plank, all equally heavy, and prop it half-way between least and greatest.")
    stage.play(FadeIn(line), FadeIn(plank), FadeIn(dots), FadeIn(pivot), run_time=1.0)
    lean = MEAN - start
    loaded = VGroup(plank, dots)
    if abs(lean) > 1e-9 * max(1.0, SPAN):
        tilt = -math.copysign(clamp(0.35 * abs(lean) / SPAN, 0.03, 0.09), lean)
        prop = pivot.get_top()
        stage.play(Rotate(loaded, tilt, about_point=prop), run_time=1.2, rate_func=rate_functions.ease_out_bounce)
        stage.say("It tips over: more weight pulls on the " + ("right" if lean > 0 else "left") + ". Move the prop until it is level.")
        stage.play(
            Rotate(loaded, -tilt, about_point=prop),
            pivot.animate.move_to([x_at(MEAN, low, high), -0.68, 0], aligned_edge=UP),
            run_time=2.5,
        )
    else:
        stage.say("It is level already: the values lie evenly on both sides.")
        stage.play(Indicate(pivot, color=MEAN_COLOR), run_time=1.0)
    stage.say("It balances at the mean, " + told(MEAN) + ": the sum of all, divided by how many they are.")
    mean_mark = mark(MEAN, low, high, -1.6, -1.4, MEAN_COLOR)
    stage.play(FadeIn(mean_panel(), shift=0.2 * UP), Create(mean_mark), run_time=1.0)
    stage.say("For the median, take away the least and the greatest together, again and again.")
    pairs = [[ORDER[i], ORDER[COUNT - 1 - i]] for i in range((COUNT - len(MIDDLE)) // 2)]
    gone = [AnimationGroup(*[dots[i].animate.set_fill(opacity=0.22) for i in pair]) for pair in pairs]
    stage.play(LaggedStart(*gone, lag_ratio=0.6), run_time=clamp(0.5 * len(pairs), 1.5, 5))
    left_over = "One is left, the one in the middle: " if COUNT % 2 else "Two are left, and half-way between them is "
    stage.say(left_over + told(MEDIAN) + ". That is the median.")
    half = mark(MEDIAN, low, high, -0.6, dots.get_top()[1] + 0.5, MEDIAN_COLOR)
    stage.play(*[dots[i].animate.set_color(MEDIAN_COLOR).set_fill(opacity=1) for i in MIDDLE], Create(half), FadeIn(median_panel(), shift=0.2 * UP), run_time=1.0)
    stage.say(compared())
    stage.play(FadeIn(range_panel(), shift=0.2 * UP), run_time=0.8)


def compared():
    """What it tells that mean and median agree or differ."""
    if abs(MEAN - MEDIAN) <= 0.03 * SPAN or SPAN == 0:
        return "Mean and median lie close together: no side pulls harder than the other."
    side = "high" if MEAN > MEDIAN else "low"
    return "The mean lies " + ("above" if MEAN > MEDIAN else "below") + " the median: some " + side + " values pull it to their side."


class SpreadAndOutliers(Stage):
    def construct(self):
        if LISTED:
            self.heading("The box plot: four quarters of the data")
            show_box(self)
        else:
            self.heading("What one outlier does")
            show_outlier(self)
        self.pause(1.0)


def show_outlier(stage):
    """The greatest value grows: the mean follows, the median stays."""
    top, far = ORDER[-1], MOST + max(SPAN, 0.6 * abs(MOST), 0.5 * max([abs(each) for each in VALUES]))
    grown = ValueTracker(MOST)

    def now():
        return [*[VALUES[i] for i in ORDER[:-1]], grown.get_value()]

    axes = bar_axes([*VALUES, far])
    tags = name_tags(axes)
    zero = Line(axes.c2p(0, 0), axes.c2p(COUNT, 0), stroke_color=CHALK3, stroke_width=2.5)
    bars = VGroup(*[bar_at(axes, i, VALUES[i]) for i in range(COUNT) if i != top])
    great = always_redraw(lambda: bar_at(axes, top, grown.get_value(), OUTLIER_COLOR))
    places = 1 if far >= 100 else 2
    numbers = stack(
        readout(fit_width(on_baseline((LABELS[top] if NAMES else "greatest") + " =", 30, OUTLIER_COLOR), 1.9), grown, "", places, 30, OUTLIER_COLOR),
        readout("mean", lambda: mean_of(now()), "", places, 36, MEAN_COLOR),
        readout("median", lambda: median_of(now()), "", places, 36, MEDIAN_COLOR),
        readout("range", lambda: max(now()) - min(now()), "", places, 30, SPREAD_COLOR),
        buff=0.5,
    )
    stage.say("Suppose a mistake in typing made the greatest value still greater.")
    stage.play(FadeIn(axes), FadeIn(zero), FadeIn(tags), FadeIn(bars), FadeIn(great), FadeIn(numbers), run_time=0.9)
    mean_line = always_redraw(lambda: level(axes, mean_of(now()), MEAN_COLOR))
    median_line = always_redraw(lambda: level(axes, median_of(now()), MEDIAN_COLOR))
    old = level(axes, MEAN, MEAN_COLOR).set_stroke(opacity=0.35)
    stage.play(FadeIn(old), FadeIn(mean_line), FadeIn(median_line), run_time=0.6)
    stage.say("Watch the two lines while only this one bar grows.")
    stage.play(grown.animate.set_value(far), run_time=4.0)
    if COUNT == 2:
        stage.say("With only two values both lines rise: the median needs more values to stay calm.")
    else:
        stage.say("The mean goes up with it, for it counts every unit. The median stays: the middle is the same.")
    stage.say("So one false or unusual value can spoil a mean and a range, and hardly a median.")


def show_box(stage):
    """The five numbers, and the box they make below the dots."""
    low, high = bounds()
    line = scale_line(low, high, -1.6, quantity)
    dots = heap(low, high, 0.55, 2.0)
    first, third = quartiles_of(VALUES)
    y = -0.5
    stage.say("The median cuts the ordered values into two halves of the same count.")
    stage.play(FadeIn(line), FadeIn(dots), run_time=0.8)

    def upright(value, color, size=0.45):
        x = x_at(value, low, high)
        return Line([x, y - size, 0], [x, y + size, 0], stroke_color=color, stroke_width=5)

    middle = upright(MEDIAN, MEDIAN_COLOR)
    top = dots.get_top()[1] + 0.35
    cut = mark(MEDIAN, low, high, 0.1, top, MEDIAN_COLOR)
    entries = [["least", LEAST], ["lower quartile", first], ["median", MEDIAN], ["upper quartile", third], ["greatest", MOST]]
    colors = [CHALK, SPREAD_COLOR, MEDIAN_COLOR, SPREAD_COLOR, CHALK]
    rows = [[words(name, 26, color), words(told(value), 28, color)] for (name, value), color in zip(entries, colors, strict=True)]
    sheet = fit(table(["five numbers", ""], rows, None, 26, 0.55, 0.4), zone(2.8, 6.6, -0.8, 2.75), UL)
    stage.play(Create(cut), Create(middle), FadeIn(sheet[:2]), FadeIn(sheet[4]), run_time=1.0)
    stage.say("The median of the lower half is the lower quartile; that of the upper half, the upper one.")
    sides = VGroup(upright(first, SPREAD_COLOR), upright(third, SPREAD_COLOR))
    cuts = VGroup(mark(first, low, high, 0.1, top, SPREAD_COLOR), mark(third, low, high, 0.1, top, SPREAD_COLOR))
    stage.play(Create(cuts), Create(sides), FadeIn(sheet[3]), FadeIn(sheet[5]), run_time=1.2)
    left, right = x_at(first, low, high), x_at(third, low, high)
    box = Rectangle(width=max(right - left, 0.02), height=0.9, stroke_color=SPREAD_COLOR, stroke_width=4, fill_color=SPREAD_COLOR, fill_opacity=0.2)
    box.move_to([(left + right) / 2, y, 0])
    stage.say("The box goes from quartile to quartile: the middle half of the data lies in it.")
    inside = [dots[i].animate.set_color(SPREAD_COLOR) for i in range(COUNT) if first <= VALUES[i] <= third]
    stage.play(FadeIn(box), *inside, run_time=1.0)
    stage.bring_to_front(middle)
    whiskers = VGroup(
        Line([left, y, 0], [x_at(LEAST, low, high) - 0.001, y, 0], stroke_color=CHALK, stroke_width=4),
        Line([right, y, 0], [x_at(MOST, low, high) + 0.001, y, 0], stroke_color=CHALK, stroke_width=4),
        upright(LEAST, CHALK, 0.22),
        upright(MOST, CHALK, 0.22),
    )
    stage.say("The whiskers reach to the least and to the greatest value.")
    stage.play(Create(whiskers), FadeIn(sheet[2]), FadeIn(sheet[6]), run_time=1.2)
    spread = stack(
        words("interquartile range", 26, CHALK2),
        words(rounded(third - first), 40, SPREAD_COLOR),
        fit_width(words("range " + told(SPAN), 26, CHALK), 3.8),
        area=zone(2.8, 6.6, -2.8, -1.0),
        buff=0.2,
    )
    stage.say("The box's length, the interquartile range, tells the spread without the far ends.")
    stage.play(FadeIn(spread, shift=0.2 * UP), run_time=0.8)

from manim import *
from theorama_kit import *

values = knob(
    [2, 5, 8, 12, 16, 23, 27, 31, 38, 45, 56, 62, 70, 84, 91],
    label="Numbers in the list",
    minimum=1,
    maximum=99,
    step=1,
    at_least=5,
    at_most=15,
    help="Five to fifteen numbers; they are put in order first.",
)
target = knob(70, label="Number to look for", minimum=0, maximum=100, help="It need not be in the list.")
first_place = knob("0", label="Count the places from", choices=("0", "1"))
long_list = knob("a million", label="The long list at the end", choices=("a thousand", "a million", "a billion"))

LOW_COLOR = SKY
HIGH_COLOR = LILAC
LOOK_COLOR = YELLOW
FOUND_COLOR = MINT
LINEAR_COLOR = CORAL

NUMBERS = sorted([round(value) for value in values])
COUNT = len(NUMBERS)
OFFSET = int(first_place)
LONG = {"a thousand": 1_000, "a million": 1_000_000, "a billion": 1_000_000_000}


def look_up(numbers, wanted):
    """Binary search: every look as (low, middle, high), and where the number was found or None."""
    low, high, looks = 0, len(numbers) - 1, []
    while low <= high:
        middle = (low + high) // 2
        looks.append((low, middle, high))
        if numbers[middle] == wanted:
            return looks, middle
        if numbers[middle] < wanted:
            low = middle + 1
        else:
            high = middle - 1
    return looks, None


def looks_for_place(size):
    """How many looks binary search needs for each place of a list of different numbers."""
    return [len(look_up(range(size), place)[0]) for place in range(size)]


def most_looks(size):
    """The most looks that binary search needs in a list: every look leaves at most half of the cells."""
    looks = 0
    while size > 0:
        size, looks = size // 2, looks + 1
    return looks


def spaced(count):
    """A whole number in groups of three digits."""
    return f"{count:,}".replace(",", " ")


def looks_text(count):
    return "1 look" if count == 1 else f"{count} looks"


# --- the row of cells -------------------------------------------------------------------------------
WIDTH = min(0.86, 12.9 / COUNT) if COUNT > 9 else 1.2
ROW_Y = 1.0


def cell_x(place):
    return WIDTH * (place - (COUNT - 1) / 2)


def draw_cells():
    """A square with its number for every place; the place stands above it."""
    cells = VGroup()
    for place, value in enumerate(NUMBERS):
        box = RoundedRectangle(width=0.94 * WIDTH, height=0.8, corner_radius=0.08, stroke_color=EDGE, stroke_width=2.5)
        box.set_fill(STAGE, opacity=1)
        cell = VGroup(box, words(str(value), 30), words(str(place + OFFSET), 20, CHALK3).shift(0.62 * UP))
        cells.add(cell.move_to([cell_x(place), ROW_Y, 0], aligned_edge=ORIGIN))
        cell.shift((ROW_Y - box.get_y()) * UP)
    return cells


def pointer(name, color, place, above=False, side=ORIGIN):
    """A triangle at a cell with its name: over the row, or below it and then to one side."""
    tip = Triangle(fill_color=color, fill_opacity=1, stroke_width=0).scale_to_fit_width(0.22)
    label = words(name, 24, color)
    if above:
        tip.rotate(PI).move_to([0, 0.98, 0])
        label.move_to([0, 1.26, 0])
    else:
        tip.move_to([0.14 * side[0], -0.58, 0])
        label.move_to([0.05 * side[0], -0.93, 0], aligned_edge=-1 * side)
    return VGroup(tip, label).shift([cell_x(clamp(place, -0.4, COUNT - 0.6)), ROW_Y, 0])


def band(low, middle, high, row):
    """One line of the record below: the cells that were left, and the one looked at."""
    y = -0.47 - 0.42 * row
    strip = RoundedRectangle(width=WIDTH * (high - low + 0.94), height=0.34, corner_radius=0.08, stroke_width=0)
    strip.set_fill(EDGE, opacity=0.45).move_to([cell_x((low + high) / 2), y, 0])
    box = RoundedRectangle(width=0.94 * WIDTH, height=0.34, corner_radius=0.08, stroke_width=0)
    box.set_fill(LOOK_COLOR, opacity=1).move_to([cell_x(middle), y, 0])
    return VGroup(strip, box, words(str(NUMBERS[middle]), 22, STAGE).move_to(box))


def compare_line(middle):
    """What one look tells, as a caption and as a short line."""
    here = NUMBERS[middle]
    if here == target:
        return f"The middle is {here}: found, at place {middle + OFFSET}!", f"{here} = {target}"
    if here < target:
        return (
            f"The middle is {here}, too small. So it and all cells to its left are out.",
            f"{here} < {target}: go right",
        )
    return f"The middle is {here}, too large. So it and all cells to its right are out.", f"{here} > {target}: go left"


class HalveIt(Stage):
    def construct(self):
        looks, found = look_up(NUMBERS, target)
        cells = draw_cells()
        done, left = ValueTracker(0), ValueTracker(COUNT)
        self.heading(f"Where is {target} in this list?")
        self.say(f"{COUNT} numbers in order of size. Look for {target}, with as few looks as possible.")
        self.play(LaggedStart(*[FadeIn(cell, shift=0.2 * UP) for cell in cells], lag_ratio=0.08), run_time=1.6)
        numbers = VGroup(
            readout("looks", done, "", 0, 30, LOOK_COLOR), readout("cells left", left, "", 0, 30, CHALK)
        ).arrange(RIGHT, buff=0.9)
        numbers.move_to([4.2, -2.5, 0])
        low, high = pointer("low", LOW_COLOR, 0, side=LEFT), pointer("high", HIGH_COLOR, COUNT - 1, side=RIGHT)
        self.say("It can only lie from low to high. Always look at the cell in the middle.")
        self.play(FadeIn(low), FadeIn(high), FadeIn(numbers), run_time=0.8)
        middle_mark, short = None, VGroup()
        for row, (first, middle, last) in enumerate(looks):
            caption, short_text = compare_line(middle)
            fresh = pointer("mid", LOOK_COLOR, middle, above=True)
            self.say(caption)
            arrive = FadeIn(fresh) if middle_mark is None else middle_mark.animate.move_to(fresh)
            self.play(arrive, FadeIn(band(first, middle, last, row)), FadeOut(short), run_time=0.7)
            middle_mark = fresh if middle_mark is None else middle_mark
            done.set_value(row + 1)
            hit = NUMBERS[middle] == target
            color = FOUND_COLOR if hit else LOOK_COLOR
            short = fit(words(short_text, 34, color), zone(-6.4, 1.0, -2.8, -2.2), LEFT)
            self.play(
                cells[middle][0].animate.set_stroke(color, width=5).set_fill(color, opacity=0.3),
                FadeIn(short, shift=0.2 * UP),
                run_time=0.6,
            )
            if hit:
                left.set_value(1)
                out = [place for place in range(first, last + 1) if place != middle]
                self.play(*[cells[place].animate.set_opacity(0.22) for place in out], Wait(0.6), run_time=0.6)
                continue
            right = NUMBERS[middle] < target
            out = range(first, middle + 1) if right else range(middle, last + 1)
            new_low, new_high = (middle + 1, last) if right else (first, middle - 1)
            self.play(
                *[cells[place].animate.set_opacity(0.22) for place in out],
                Transform(low, pointer("low", LOW_COLOR, new_low, side=LEFT if new_low <= new_high else RIGHT)),
                Transform(high, pointer("high", HIGH_COLOR, new_high, side=RIGHT if new_low <= new_high else LEFT)),
                left.animate.set_value(new_high - new_low + 1),
                run_time=0.8,
            )
        if found is None:
            self.say(f"Now low lies to the right of high: no cell is left. {target} is not in the list.")
            self.play(FadeOut(short), FadeOut(middle_mark), run_time=0.4)
            end = fit(words(f"{target} is not there", 34, LINEAR_COLOR), zone(-6.4, 1.0, -2.8, -2.2), LEFT)
            self.play(FadeIn(end), run_time=0.5)
        self.say(f"{looks_text(len(looks))} for {COUNT} cells. It works only because the list is in order.")
        self.pause(1.0)


class EveryPlace(Stage):
    def construct(self):
        halving = looks_for_place(COUNT)
        linear = list(range(1, COUNT + 1))
        axes = graph(
            (OFFSET - 0.5, OFFSET + COUNT - 0.5),
            (0, 5 * math.ceil(COUNT / 5)),
            MAIN,
            "place in the list",
            "looks needed",
            grid=False,
            whole=True,
            y_count=5,
        )
        unit = axes.c2p(1, 0)[0] - axes.c2p(0, 0)[0]
        self.heading("One by one, or by halves?")
        self.say("Search from the left, cell by cell: the last cell takes as many looks as there are cells.")
        self.play(FadeIn(axes), run_time=0.7)
        first, second = VGroup(), VGroup()
        for group, counts, shift, color in ((first, linear, -0.2, LINEAR_COLOR), (second, halving, 0.2, LOOK_COLOR)):
            for place, looks in enumerate(counts):
                height = axes.c2p(0, looks)[1] - axes.c2p(0, 0)[1]
                bar = Rectangle(width=0.34 * unit, height=height, stroke_width=0).set_fill(color, opacity=0.9)
                group.add(bar.move_to(axes.c2p(OFFSET + place + shift, 0), aligned_edge=DOWN))
        self.play(LaggedStart(*[GrowFromEdge(bar, DOWN) for bar in first], lag_ratio=0.3), run_time=3.0)
        notes = VGroup()
        for name, counts, color in (("one by one", linear, LINEAR_COLOR), ("by halves", halving, LOOK_COLOR)):
            notes.add(
                VGroup(
                    words(name, 30, color),
                    words("at most " + looks_text(max(counts)), 26, CHALK2),
                    words(f"on average {number_text(sum(counts) / COUNT, None, 3)}", 34, color),
                ).arrange(DOWN, buff=0.2, aligned_edge=LEFT)
            )
        stack(*notes, area=zone(2.8, 6.6, -2.4, 2.4), buff=0.8)
        self.play(FadeIn(notes[0]), run_time=0.6)
        self.say("By halves the middle cell takes one look, the two next quarters take two, and so on.")
        order = sorted(range(COUNT), key=lambda place: halving[place])
        self.play(LaggedStart(*[GrowFromEdge(second[place], DOWN) for place in order], lag_ratio=0.3), run_time=3.0)
        self.play(FadeIn(notes[1]), run_time=0.6)
        self.say("Only for the first few cells is one by one quicker. On average halving wins.")
        level = axes.c2p(0, max(halving))[1]
        line = DashedLine(
            [axes.c2p(OFFSET - 0.5, 0)[0], level, 0], [axes.c2p(OFFSET + COUNT - 0.5, 0)[0], level, 0], color=LOOK_COLOR
        )
        self.play(Create(line), run_time=1.0)
        self.pause(1.0)


def short_name(count):
    """A list length as people say it."""
    return {10**3: "1 thousand", 10**6: "1 million", 10**9: "1 billion"}.get(count, spaced(count))


class DoubleIt(Stage):
    def construct(self):
        axes = graph((0, 64), (0, 64), MAIN, "cells in the list", "looks needed at most", whole=True)
        size = ValueTracker(1.0)
        now = lambda: max(1, math.floor(size.get_value() + 1e-6))
        steps = VMobject(stroke_color=LOOK_COLOR, stroke_width=5)
        corners = [axes.c2p(1, 1)]
        for power in range(1, 7):
            corners += [axes.c2p(2**power, power), axes.c2p(2**power, power + 1)]
        steps.set_points_as_corners(corners)
        line = Line(axes.c2p(1, 1), axes.c2p(64, 64), stroke_color=LINEAR_COLOR, stroke_width=5)
        numbers = stack(
            readout("cells", now, "", 0, 30, CHALK),
            readout("one by one", now, "", 0, 30, LINEAR_COLOR),
            readout("by halves", lambda: most_looks(now()), "", 0, 30, LOOK_COLOR),
            area=zone(2.8, 6.6, 1.0, 2.6),
            buff=0.28,
        )
        dots = [
            always_redraw(lambda: Dot(axes.c2p(size.get_value(), size.get_value()), color=LINEAR_COLOR, radius=0.09)),
            always_redraw(lambda: Dot(axes.c2p(size.get_value(), most_looks(now())), color=LOOK_COLOR, radius=0.09)),
        ]
        self.heading("Twice the list, one look more")
        self.say("Let the list grow from one cell to 64, and count the looks in the worst case.")
        self.play(FadeIn(axes), FadeIn(numbers), run_time=0.8)
        self.add(*dots)
        self.play(Create(line, rate_func=linear), size.animate(rate_func=linear).set_value(64), run_time=5)
        self.say("One by one, twice the cells take twice the looks. By halves, they take one more.")
        self.play(Create(steps), run_time=1.6)
        marks = VGroup()
        for power in (4, 5, 6):
            dot = Dot(axes.c2p(2**power, power + 1), color=FOUND_COLOR, radius=0.09)
            marks.add(VGroup(dot, words(str(power + 1), 26, FOUND_COLOR).next_to(dot, UP, buff=0.1)))
        self.play(LaggedStart(*[FadeIn(mark, scale=0.5) for mark in marks], lag_ratio=0.4), run_time=1.6)
        count = LONG[long_list]
        rows = [[short_name(n), str(most_looks(n))] for n in sorted({64, 1000, 10**6, 10**9})]
        sheet = table(["cells", "looks"], rows, [CHALK2, LOOK_COLOR], 26, 0.5, 0.8)
        fit(sheet, zone(2.8, 6.6, -2.6, 0.4), UL)
        self.say(
            f"In a list of {long_list} numbers, {most_looks(count)} looks are enough. One by one: up to {long_list}."
        )
        self.play(FadeIn(sheet[:2]), LaggedStart(*[FadeIn(row) for row in sheet[2:]], lag_ratio=0.4), run_time=1.6)
        picked = [row for row, entry in zip(sheet[2:], rows, strict=True) if entry[0] == short_name(count)]
        self.play(Create(highlight(picked[0], LOOK_COLOR, 0.12)), run_time=0.6)
        self.say("Every look halves what is left: about log₂ n looks for n cells.")
        self.pause(1.2)

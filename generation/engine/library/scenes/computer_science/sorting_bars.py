from manim import *
from theorama_kit import *

values = knob(
    [5, 2, 8, 1, 9, 4],
    label="Numbers to sort",
    minimum=1,
    maximum=99,
    step=1,
    at_least=2,
    at_most=10,
    help="Two to ten numbers; only the first ten are sorted.",
)
method = knob(
    "bubble sort",
    label="Method",
    choices=("bubble sort", "insertion sort", "selection sort"),
)

LOOK_COLOR = YELLOW
DONE_COLOR = MINT
SWAP_COLOR = CORAL
BAR_COLOR = SKY
NUMBERS = [round(value) for value in values]

RULES = {
    "bubble sort": "Compare neighbours. Swap them when the left one is larger.",
    "insertion sort": "Take the next number and let it slide left until it fits.",
    "selection sort": "Look for the smallest of the rest and put it in front.",
}
REASONS = {
    "bubble sort": "After each pass the largest of the rest has bubbled to the right end: it is in its place.",
    "insertion sort": "Left of the next number everything is already in order among itself.",
    "selection sort": "What has been put in front is smaller than all the rest: it never moves again.",
}


def bubble(numbers):
    """Every comparison and swap of bubble sort that stops after a pass without a swap."""
    row, steps = list(numbers), []
    for end in range(len(row) - 1, 0, -1):
        swapped = False
        for i in range(end):
            steps.append(("compare", i, i + 1))
            if row[i] > row[i + 1]:
                row[i], row[i + 1] = row[i + 1], row[i]
                steps.append(("swap", i, i + 1))
                swapped = True
        steps.append(("done", end, end))
        if not swapped:
            break
    return steps, row


def insertion(numbers):
    """Every comparison and swap of insertion sort."""
    row, steps = list(numbers), []
    for start in range(1, len(row)):
        i = start
        while i > 0:
            steps.append(("compare", i - 1, i))
            if row[i - 1] <= row[i]:
                break
            row[i - 1], row[i] = row[i], row[i - 1]
            steps.append(("swap", i - 1, i))
            i -= 1
    return steps, row


def selection(numbers):
    """Every comparison and swap of selection sort."""
    row, steps = list(numbers), []
    for front in range(len(row) - 1):
        least = front
        for i in range(front + 1, len(row)):
            steps.append(("compare", least, i))
            if row[i] < row[least]:
                least = i
        if least != front:
            row[front], row[least] = row[least], row[front]
            steps.append(("swap", front, least))
        steps.append(("done", front, front))
    return steps, row


SORTS = {"bubble sort": bubble, "insertion sort": insertion, "selection sort": selection}


def count(steps, kind):
    return len([step for step in steps if step[0] == kind])


def make_bar(value, index):
    """A bar that stands on the floor, with its number on the floor's other side."""
    cell = MAIN.width / len(NUMBERS)
    height = 0.25 + 4.1 * value / max(NUMBERS)
    bar = RoundedRectangle(width=min(0.72 * cell, 1.6), height=height, corner_radius=min(0.08, 0.1 * cell))
    bar.set_fill(BAR_COLOR, opacity=0.9).set_stroke(width=0)
    bar.move_to(place(index), aligned_edge=DOWN)
    label = number(value, 0, clamp(34 * cell, 24, 34), CHALK).next_to(bar, DOWN, buff=0.18)
    return VGroup(bar, label)


def place(index):
    """Where the foot of the bar at a position stands."""
    cell = MAIN.width / len(NUMBERS)
    return np.array([MAIN.get_left()[0] + cell * (index + 0.5), MAIN.get_bottom()[1] + 0.75, 0])


class WatchIt(Stage):
    def construct(self):
        steps = SORTS[method](NUMBERS)[0]
        pace = clamp(26 / max(len(steps), 1), 0.14, 0.7)  # seconds a step: the whole takes about half a minute
        bars = [make_bar(value, index) for index, value in enumerate(NUMBERS)]
        floor = Line(place(0), place(len(NUMBERS) - 1), color=EDGE, stroke_width=3).set_width(MAIN.width)
        floor.move_to([MAIN.get_center()[0], place(0)[1] - 0.04, 0])
        tally = {"compare": ValueTracker(0), "swap": ValueTracker(0)}
        side = stack(
            lines(RULES[method], 28, CHALK, width=22),
            readout("comparisons", tally["compare"], "", 0, 30, LOOK_COLOR),
            readout("swaps", tally["swap"], "", 0, 30, SWAP_COLOR),
            legend(
                [("being compared", LOOK_COLOR), ("changing places", SWAP_COLOR), ("in its final place", DONE_COLOR)]
            ),
            buff=0.5,
        )
        self.heading(method.capitalize() + ", step by step")
        self.say(RULES[method])
        self.play(
            FadeIn(floor),
            LaggedStart(*[FadeIn(bar, shift=0.3 * UP) for bar in bars], lag_ratio=0.12),
            run_time=1.4,
        )
        self.play(FadeIn(side), run_time=0.6)
        self.pause(0.2)
        explain_after = len(steps) // 4
        finished = set()
        for n, (kind, i, j) in enumerate(steps):
            if n == explain_after:
                self.say(REASONS[method])
            elif n == 2 * explain_after and len(steps) > 30:
                self.say("The work adds up: almost every number has to be compared with almost every other.")
            elif n == 3 * explain_after and len(steps) > 60:
                self.say(f"{count(steps[:n], 'compare')} comparisons so far, for only {len(NUMBERS)} numbers.")
            if kind == "done":
                finished.add(bars[i])
                self.play(bars[i][0].animate.set_fill(DONE_COLOR), run_time=max(pace, 0.2))
                continue
            if kind == "compare":
                tally[kind].increment_value(1)
                self.play(*[bars[k][0].animate.set_fill(LOOK_COLOR) for k in (i, j)], run_time=0.6 * pace)
                following = steps[n + 1][0] if n + 1 < len(steps) else "end"
                if following != "swap" or method == "selection sort":
                    self.play(*[bars[k][0].animate.set_fill(BAR_COLOR) for k in (i, j)], run_time=0.4 * pace)
            else:
                swap_bars(self, bars, i, j, pace)
                tally[kind].increment_value(1)
        self.play(*[bar[0].animate.set_fill(DONE_COLOR) for bar in bars if bar not in finished], run_time=0.5)
        self.say(
            f"In order: {len(NUMBERS)} numbers took {count(steps, 'compare')} comparisons "
            f"and {count(steps, 'swap')} swaps."
        )
        self.pause(1.0)


def swap_bars(stage, bars, i, j, pace):
    """Let two bars change places."""
    first, second = bars[i], bars[j]
    stage.play(*[bar[0].animate.set_fill(SWAP_COLOR) for bar in (first, second)], run_time=0.3 * pace)
    step = place(j)[0] - place(i)[0]
    stage.play(
        first[0].animate.shift(step * RIGHT),
        second[0].animate.shift(step * LEFT),
        first[1].animate(path_arc=PI / 2).shift(step * RIGHT),
        second[1].animate(path_arc=PI / 2).shift(step * LEFT),
        run_time=0.9 * pace,
    )
    bars[i], bars[j] = second, first
    stage.play(*[bar[0].animate.set_fill(BAR_COLOR) for bar in (first, second)], run_time=0.3 * pace)


def merge_comparisons(numbers):
    """How many comparisons merge sort needs, and the sorted numbers."""
    if len(numbers) < 2:
        return 0, list(numbers)
    middle = len(numbers) // 2
    left_count, left = merge_comparisons(numbers[:middle])
    right_count, right = merge_comparisons(numbers[middle:])
    total, merged = left_count + right_count, []
    while left and right:
        total += 1
        merged.append(left.pop(0) if left[0] <= right[0] else right.pop(0))
    return total, merged + left + right


def average_comparisons(size, counter, tries=30):
    """The mean number of comparisons over lists shuffled at random (always the same ones)."""
    random = np.random.default_rng(2024 + size)
    return sum([counter([int(v) for v in random.permutation(size)]) for trial in range(tries)]) / tries


class HowItGrows(Stage):
    def construct(self):
        sizes = [2, 5, 10, 15, 20, 25, 30, 35, 40]
        ours = [average_comparisons(n, lambda row: count(SORTS[method](row)[0], "compare")) for n in sizes]
        merging = [average_comparisons(n, lambda row: merge_comparisons(row)[0]) for n in sizes]
        axes = graph((0, 40), (0, 800), MAIN, "how many numbers", "comparisons, on average")
        self.heading("Twice as many numbers: how much more work?")
        self.say("Sort shuffled lists of every length and count the comparisons.")
        self.play(FadeIn(axes), run_time=0.8)
        dots = VGroup(*[Dot(axes.c2p(n, c), radius=0.08, color=BAR_COLOR) for n, c in zip(sizes, ours, strict=True)])
        self.play(LaggedStart(*[FadeIn(dot, scale=0.4) for dot in dots], lag_ratio=0.3), run_time=2.5)
        curve = polyline(axes, sizes, ours, BAR_COLOR)
        self.play(Create(curve), run_time=1.2)
        self.bring_to_front(dots)
        ratio = ours[sizes.index(40)] / ours[sizes.index(20)]
        facts = stack(
            words("20 numbers", 26, CHALK2),
            words(f"{number_text(ours[sizes.index(20)], 0)} comparisons", 30, BAR_COLOR),
            words("40 numbers", 26, CHALK2),
            words(f"{number_text(ours[sizes.index(40)], 0)} comparisons", 30, BAR_COLOR),
            words(f"{number_text(ratio, 1)} times the work", 34, LOOK_COLOR),
            area=zone(2.8, 6.6, -0.6, 2.6),
            buff=0.22,
        )
        self.say("From 20 to 40 numbers the work grows about four times, not twice: it goes with the square.")
        self.play(FadeIn(facts), run_time=0.8)
        self.pause(0.4)
        other = polyline(axes, sizes, merging, DONE_COLOR)
        others = VGroup(
            *[Dot(axes.c2p(n, c), radius=0.06, color=DONE_COLOR) for n, c in zip(sizes, merging, strict=True)]
        )
        self.say("Merge sort splits the list in halves first. It hardly climbs: about n times log n.")
        self.play(Create(other), FadeIn(others), run_time=1.6)
        key = stack(
            legend([(method, BAR_COLOR), ("merge sort", DONE_COLOR)], 26),
            area=zone(2.8, 6.6, -2.6, -1.0),
        )
        self.play(FadeIn(key), run_time=0.6)
        self.pause(1.0)

from manim import *
from theorama_kit import *

disks = knob(3, label="Disks", minimum=2, maximum=6)
goal = knob("right", label="Peg to move them to", choices=("middle", "right"))
legend_disks = knob(64, label="Disks of the legend", minimum=8, maximum=64, help="In the old legend there are 64.")
seconds = knob(1.0, label="Time for one move", unit="s", minimum=0.1, maximum=60.0, step=0.1)

BIG_COLOR = CORAL
SMALL_COLOR = SKY
COUNT_COLOR = YELLOW
CALL_COLOR = MINT
NAMES = ("left", "middle", "right")
TARGET = NAMES.index(goal)
SPARE = 3 - TARGET


def solve(count, source, target, spare, depth=0):
    """All steps of the recursive rule in order: ("call", count, source, target, depth) and ("move", disk, ...)."""
    if count == 0:
        return []
    steps = [("call", count, source, target, depth)]
    steps += solve(count - 1, source, spare, target, depth + 1)
    steps.append(("move", count, source, target, depth))
    steps += solve(count - 1, spare, target, source, depth + 1)
    steps.append(("return", count, source, target, depth))
    return steps


def moves_of(count):
    """The moves alone: (disk, from peg, to peg); disk 1 is the smallest."""
    return [step[1:4] for step in solve(count, 0, TARGET, SPARE) if step[0] == "move"]


def times_moved(size):
    """How often the disk of this size moves in all."""
    return len([move for move in moves_of(disks) if move[0] == size])


def fewest_moves(count):
    """The rule counts itself: twice the moves for one disk less, and one for the largest."""
    return 2 * fewest_moves(count - 1) + 1 if count else 0


YEAR = 365.25 * 24 * 3600  # seconds


def duration_text(total):
    """A time as people say it."""
    for size, name in (
        (1e9 * YEAR, "billion years"),
        (1e6 * YEAR, "million years"),
        (YEAR, "years"),
        (86400, "days"),
        (3600, "hours"),
        (60, "minutes"),
    ):
        if total >= 2 * size:
            return f"{grouped(total / size)} {name}"
    return f"{number_text(total)} seconds"


def grouped(value):
    """Three digits, or a whole number in groups of three."""
    return f"{value:,.0f}".replace(",", " ") if value >= 1000 else number_text(value, None, 3)


def disk_color(size, count):
    part = (size - 1) / max(count - 1, 1)
    return interpolate_color(SMALL_COLOR, BIG_COLOR, part)


# --- three pegs and their disks ---------------------------------------------------------------------
def board(pegs, floor, height):
    """The pegs on their floor."""
    base = Line([pegs[0] - 1.6, floor, 0], [pegs[2] + 1.6, floor, 0], stroke_color=EDGE, stroke_width=6)
    sticks = [Line([x, floor, 0], [x, floor + height, 0], stroke_color=EDGE, stroke_width=8) for x in pegs]
    return VGroup(base, *sticks)


def draw_disks(count, peg_x, floor, thickness, widest=2.6):
    """The disks on one peg, the largest below; entry 0 is the smallest."""
    drawn = []
    for size in range(1, count + 1):
        width = 0.75 + (widest - 0.75) * (size - 1) / max(count - 1, 1)
        disk = RoundedRectangle(width=width, height=0.9 * thickness, corner_radius=0.4 * thickness, stroke_width=0)
        disk.set_fill(disk_color(size, count), opacity=1)
        disk.move_to([peg_x, floor + thickness * (count - size + 0.5) + 0.04, 0])
        label = words(str(size), clamp(70 * thickness, 20, 26), STAGE).move_to(disk)
        drawn.append(VGroup(disk, label))
    return drawn


def lift(stage, disk, peg_x, height, over, run_time):
    """Carry a disk up, across and down again."""
    here = disk.get_center()
    path = VMobject().set_points_as_corners([here, [here[0], over, 0], [peg_x, over, 0], [peg_x, height, 0]])
    stage.play(MoveAlongPath(disk, path), run_time=run_time)


class WatchTheMoves(Stage):
    def construct(self):
        steps = solve(disks, 0, TARGET, SPARE)
        pegs, floor, thickness = (-5.0, -1.95, 1.1), -2.3, clamp(3.0 / disks, 0.42, 0.6)
        total = fewest_moves(disks)
        drawn = draw_disks(disks, pegs[0], floor, thickness)
        piles, counter = [disks, 0, 0], ValueTracker(0)
        self.heading(f"The Tower of Hanoi with {disks} disks")
        self.say(f"Move the tower to the {goal} peg: one disk at a time, never a larger one on a smaller.")
        self.play(FadeIn(board(pegs, floor, 3.6)), run_time=0.6)
        for x, name in zip(pegs, NAMES, strict=True):
            name_text = on_baseline(name, 22, CHALK2)
            self.add(name_text.shift((x - name_text.width / 2) * RIGHT + (floor - 0.4) * UP))
        self.play(LaggedStart(*[FadeIn(disk, shift=0.5 * DOWN) for disk in drawn[::-1]], lag_ratio=0.2), run_time=1.0)
        live = readout("moves", counter, "", 0, 34, COUNT_COLOR).move_to([3.0, 2.4, 0], aligned_edge=LEFT)
        title = words("open tasks", 24, CHALK2).move_to([3.0, 1.75, 0], aligned_edge=LEFT)
        self.play(FadeIn(live), FadeIn(title), run_time=0.5)
        self.say("Beside it stands the pile of open tasks: every task waits for the smaller ones above it.")
        seconds_a_move = clamp(17 / total, 0.3, 1.4)
        stack_now = []
        for kind, count, source, target, depth in steps:
            if kind == "call":
                card = task_card(count, source, target, depth)
                stack_now.append(card)
                if seconds_a_move > 0.6 or depth < 2:
                    self.play(FadeIn(card, shift=0.2 * DOWN), run_time=0.28 if disks < 4 else 0.2)
                else:
                    self.add(card)
            elif kind == "return":
                self.remove(stack_now.pop())
            else:
                stack_now[-1][0].set_stroke(COUNT_COLOR)
                piles[source] -= 1
                height = floor + thickness * (piles[target] + 0.5) + 0.04
                piles[target] += 1
                counter.increment_value(1)
                lift(self, drawn[count - 1], pegs[target], height, floor + 4.1, seconds_a_move)
                done = int(counter.get_value())
                if done == (total + 1) // 2:
                    self.say("Now the largest disk moves: the only time. All others stand aside, on one peg.")
        self.say(f"Done in {total} moves, and no way is shorter. Count them disk by disk:")
        self.play(FadeOut(title), run_time=0.3)
        rows = [[str(size), str(times_moved(size))] for size in range(1, disks + 1)]
        sheet = table(["disk", "moves"], rows, [CHALK2, COUNT_COLOR], 26, 0.5, 1.0)
        fit(sheet, zone(3.0, 6.5, -2.4, 1.75), UL)
        self.play(FadeIn(sheet[:2]), LaggedStart(*[FadeIn(row) for row in sheet[2:]], lag_ratio=0.3), run_time=1.2)
        self.say("The largest moves once, each smaller one twice as often as the one below it.")
        self.play(Create(highlight(sheet[-1], BIG_COLOR, 0.1)), run_time=0.6)
        self.pause(1.0)


def task_card(count, source, target, depth):
    """One open task: a card that stands lower the deeper it is called."""
    text = (
        f"move {count}: {NAMES[source]} → {NAMES[target]}"
        if count > 1
        else f"disk 1: {NAMES[source]} → {NAMES[target]}"
    )
    height = min(0.62, 4.2 / disks)
    label = words(text, 24)
    card = RoundedRectangle(
        width=3.7, height=0.86 * height, corner_radius=0.08, stroke_color=CALL_COLOR, stroke_width=2.5
    )
    card.set_fill(STAGE, opacity=1)
    return VGroup(card, label).move_to([4.85, 1.2 - height * depth, 0])


class TheRule(Stage):
    def construct(self):
        count = min(disks + 1, 5)
        pegs, floor, thickness = (-4.6, 0.0, 4.6), -0.35, 0.42
        drawn = draw_disks(count, pegs[0], floor, thickness, 3.0)
        self.heading("The rule that calls itself")
        self.say("To free the largest disk, all others must first stand on the spare peg, in order.")
        self.play(FadeIn(board(pegs, floor, 2.6)), *[FadeIn(disk) for disk in drawn], run_time=0.9)
        tower = VGroup(*drawn[:-1])
        largest = drawn[-1]
        box = highlight(tower, CALL_COLOR, 0.1)
        small = words(f"{count - 1} disks" if count > 2 else "1 disk", 26, CALL_COLOR).next_to(box, RIGHT, buff=0.2)
        self.play(Create(box), FadeIn(small), run_time=0.7)
        parts = VGroup()
        texts = [
            (f"1. move {count - 1} to the spare peg", CALL_COLOR),
            ("2. move the largest", BIG_COLOR),
            (f"3. move {count - 1} on top of it", CALL_COLOR),
        ]
        for text, color in texts:
            parts.add(words(text, 28, color))
        parts.arrange(DOWN, buff=0.22, aligned_edge=LEFT).move_to([-6.4, -1.85, 0], aligned_edge=LEFT)
        sums = VGroup(
            words(f"T({count - 1}) moves", 28, CALL_COLOR),
            words("1 move", 28, BIG_COLOR),
            words(f"T({count - 1}) moves", 28, CALL_COLOR),
        )
        for one, part in zip(sums, parts, strict=True):
            one.move_to([0.1, part.get_y(), 0], aligned_edge=LEFT)
        self.say("Suppose we can do that already for one disk less. Then the task has just three parts.")
        self.play(FadeOut(small), FadeIn(parts[0]), FadeIn(sums[0]), run_time=0.5)
        carried = VGroup(tower, box)
        over, spare_height = floor + 3.05, floor + thickness * (count - 1) / 2 + 0.04
        self.play(carried.animate.move_to([pegs[0], over - 0.2, 0]), run_time=0.6)
        self.play(carried.animate.move_to([pegs[1], over - 0.2, 0]), run_time=0.7)
        self.play(carried.animate.move_to([pegs[1], spare_height, 0]), run_time=0.6)
        self.play(FadeIn(parts[1]), FadeIn(sums[1]), run_time=0.4)
        lift(self, largest, pegs[2], floor + thickness / 2 + 0.04, over - 0.2, 1.3)
        self.play(FadeIn(parts[2]), FadeIn(sums[2]), run_time=0.4)
        self.play(carried.animate.move_to([pegs[1], over - 0.2, 0]), run_time=0.5)
        self.play(carried.animate.move_to([pegs[2], over - 0.2, 0]), run_time=0.6)
        self.play(carried.animate.move_to([pegs[2], spare_height + thickness, 0]), run_time=0.5)
        self.play(FadeOut(box), run_time=0.3)
        self.say("And how do we move one disk less? By the same rule. It calls itself down to a single disk.")
        law = formula(r"T(n) = 2\,T(n-1) + 1", 44, colors={"T": COUNT_COLOR, "1": CHALK})
        self.play(Write(fit(law, zone(2.6, 6.5, -1.85, -1.1))), run_time=1.2)
        half = fewest_moves(count - 1)
        sum_line = words(f"T({count}) = {half} + 1 + {half} = {fewest_moves(count)}", 30, COUNT_COLOR)
        self.play(FadeIn(fit(sum_line, zone(2.6, 6.5, -2.75, -2.1)), shift=0.2 * UP), run_time=0.7)
        self.pause(1.0)


class HowItGrows(Stage):
    def construct(self):
        most = 7
        counts = [fewest_moves(n) for n in range(1, most + 1)]
        axes = graph((0.4, most + 0.6), (0, 140), MAIN, "disks", "fewest moves", grid=True, whole=True, y_count=7)
        self.heading("One disk more, twice the work")
        self.say("One disk takes one move. Each further disk: twice the moves so far, and one more.")
        self.play(FadeIn(axes), run_time=0.7)
        unit = axes.c2p(1, 0)[0] - axes.c2p(0, 0)[0]
        foot = axes.c2p(0, 0)[1]
        tall = lambda value: axes.c2p(0, value)[1] - foot
        last = None
        for n, value in enumerate(counts, start=1):
            x = axes.c2p(n, 0)[0]
            color = COUNT_COLOR if n == disks else CHALK3
            bar = Rectangle(width=0.6 * unit, height=tall(value), stroke_width=0).set_fill(color, opacity=0.9)
            bar.move_to([x, foot, 0], aligned_edge=DOWN)
            label = words(str(value), 28, CHALK).next_to(bar, UP, buff=0.1)
            if last is None:
                self.play(GrowFromEdge(bar, DOWN), FadeIn(label), run_time=0.6)
            else:
                half = last.copy().set_fill(CALL_COLOR, opacity=0.9)
                upper = half.copy()
                one = Rectangle(width=0.6 * unit, height=tall(1), stroke_width=0).set_fill(BIG_COLOR, opacity=1)
                self.add(half, upper)
                self.play(
                    half.animate.move_to([x, foot, 0], aligned_edge=DOWN),
                    upper.animate.move_to([x, foot + tall(counts[n - 2]) + tall(1), 0], aligned_edge=DOWN),
                    FadeIn(one.move_to([x, foot + tall(counts[n - 2]), 0], aligned_edge=DOWN)),
                    run_time=0.7,
                )
                self.play(FadeIn(label), run_time=0.2)
                self.play(FadeIn(bar), FadeOut(half), FadeOut(upper), FadeOut(one), run_time=0.25)
            last = bar
        law = formula(r"T(n) = 2^{n} - 1", 48, colors={"T": COUNT_COLOR, "2": CALL_COLOR})
        fit(law, zone(2.8, 6.6, 1.7, 2.6), UL)
        self.say("1, 3, 7, 15, 31: always one less than a power of two.")
        self.play(Write(law), run_time=1.0)
        total = fewest_moves(legend_disks)
        facts = VGroup(
            words(f"{legend_disks} disks", 30, CHALK),
            words(f"{grouped(total) if total < 10**9 else number_text(float(total), None, 3)} moves", 32, COUNT_COLOR),
            words(f"{number_text(seconds)} s each:", 26, CHALK2),
            fit_width(words(duration_text(total * seconds), 34, BIG_COLOR), 3.8),
        ).arrange(DOWN, buff=0.25, aligned_edge=LEFT)
        fit(facts, zone(2.8, 6.6, -2.2, 0.9), UL)
        self.say(
            f"A legend tells of monks who move {legend_disks} disks. At {number_text(seconds)} s a move it takes "
            f"{duration_text(total * seconds)}."
        )
        self.play(FadeIn(facts[:2], shift=0.2 * UP), run_time=0.8)
        self.play(FadeIn(facts[2:], shift=0.2 * UP), run_time=0.8)
        self.pause(1.2)

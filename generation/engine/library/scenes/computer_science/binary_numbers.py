from manim import *
from theorama_kit import *

first = knob(45, label="Number to write in binary", minimum=1, maximum=255)
second = knob(27, label="Number to add to it", minimum=1, maximum=255)
bits = knob(8, label="Bits", minimum=4, maximum=8, help="How many places there are; more if a number needs them.")
hexadecimal = knob(False, label="Show hexadecimal as well")

ONE_COLOR = YELLOW
ZERO_COLOR = CHALK3
PLACE_COLOR = SKY
CARRY_COLOR = CORAL
RESULT_COLOR = MINT


def places_needed(value):
    """The fewest binary places that hold a whole number."""
    places = 1
    while 2**places <= value:
        places += 1
    return places


BITS = max(bits, places_needed(first), places_needed(second))
SUM = first + second
OVERFLOW = SUM >= 2**BITS


def take_places(value, count):
    """The largest place that fits is taken away again and again: (place value, taken or not, what is left)."""
    steps, rest = [], value
    for power in range(count - 1, -1, -1):
        taken = rest >= 2**power
        rest -= 2**power if taken else 0
        steps.append((2**power, taken, rest))
    return steps


def halve(value):
    """Division by two again and again: (number, half of it, remainder)."""
    steps = []
    while value > 0:
        steps.append((value, value // 2, value % 2))
        value //= 2
    return steps


def digits_of(value, count):
    """The binary digits, the largest place first."""
    return [value // 2**power % 2 for power in range(count - 1, -1, -1)]


def binary_text(value, count=1):
    return "".join([str(digit) for digit in digits_of(value, max(count, places_needed(value)))])


def hex_text(value):
    """The same number in base sixteen: each group of four bits is one sign."""
    return f"{value:X}"


def add_columns(one, other, count):
    """Column addition from the right: (digit, digit, carry in, digit written, carry out)."""
    steps, carry = [], 0
    for power in range(count):
        upper, lower = one // 2**power % 2, other // 2**power % 2
        total = upper + lower + carry
        steps.append((upper, lower, carry, total % 2, total // 2))
        carry = total // 2
    return steps


# --- cards: one for every bit -----------------------------------------------------------------------
def card_row(count, width, y):
    """Cards with their place values above them; each card holds both digits, of which one is shown."""
    row = VGroup()
    for power in range(count - 1, -1, -1):
        box = RoundedRectangle(width=0.86 * width, height=1.05, corner_radius=0.1, stroke_color=EDGE, stroke_width=3)
        box.set_fill(STAGE, opacity=1)
        value = words(str(2**power), 28, PLACE_COLOR).next_to(box, UP, buff=0.18)
        zero, one = words("0", 48, ZERO_COLOR).move_to(box), words("1", 48, ONE_COLOR).move_to(box)
        row.add(VGroup(box, value, zero, one.set_opacity(0)))
    row.arrange(RIGHT, buff=0.14 * width, aligned_edge=DOWN)
    return row.shift((y - row[0][0].get_y()) * UP - row.get_center()[0] * RIGHT)


def show_bit(card, bit):
    """Let a card show 0 or 1."""
    card[0].set_stroke(ONE_COLOR if bit else EDGE).set_fill(ONE_COLOR if bit else STAGE, opacity=0.22 if bit else 1)
    card[2].set_opacity(0 if bit else 1)
    card[3].set_opacity(1 if bit else 0)


SHOWN = min(BITS, 5)  # bits of the counter at the start
LAST = 2**SHOWN - 1


class CountUp(Stage):
    def construct(self):
        cards = card_row(SHOWN, 1.3, 1.45)
        cards.shift((-1.6 - cards.get_center()[0]) * RIGHT)
        count = ValueTracker(0.0)
        now = lambda: int(clamp(math.floor(count.get_value() + 1e-6), 0, LAST))
        self.heading("Counting with only 0 and 1")
        self.say("Each place is worth twice the place to its right: 1, 2, 4, 8 and so on.")
        order = [cards[SHOWN - 1 - k] for k in range(SHOWN)]
        self.play(LaggedStart(*[FadeIn(card, shift=0.3 * LEFT) for card in order], lag_ratio=0.35), run_time=2.2)
        left, right = -4.6, 5.9
        step, height = (right - left) / (LAST + 1), 0.34
        lanes, tracks = VGroup(), []
        for power in range(SHOWN):
            y = -2.65 + 0.58 * power
            lanes.add(words(f"{2**power}", 24, PLACE_COLOR).move_to([left - 0.55, y + height / 2, 0]))
            lanes.add(Line([left, y, 0], [right, y, 0], stroke_color=HAIRLINE, stroke_width=2))
            corners = []
            for value in range(LAST + 1):
                level = y + height * (value // 2**power % 2)
                corners += [[left + step * value, level, 0], [left + step * (value + 1), level, 0]]
            tracks.append(corners)
        live = readout("count", now, "", 0, 44, CHALK).move_to([3.4, 1.45, 0], aligned_edge=LEFT)
        self.say("Count up and watch: every place changes half as often as the one to its right.")
        self.play(FadeIn(live), FadeIn(lanes), run_time=0.7)

        def trace(power):
            corners = tracks[power][: 2 * now() + 2]
            return VMobject(stroke_color=ONE_COLOR, stroke_width=4).set_points_as_corners(corners)

        traces = VGroup(*[always_redraw(lambda power=power: trace(power)) for power in range(SHOWN)])
        cards.add_updater(lambda row: [show_bit(card, now() >> (SHOWN - 1 - k) & 1) for k, card in enumerate(row)])
        self.add(traces, cards)
        self.play(count.animate.set_value(LAST + 0.5), run_time=8, rate_func=linear)
        cards.clear_updaters()
        for one in traces:
            one.clear_updaters()
        self.say(f"{SHOWN} places count from 0 to {LAST}: with each new place twice as many numbers.")
        self.pause(1.0)


class TakeThePlaces(Stage):
    def construct(self):
        steps = take_places(first, BITS)
        cards = card_row(BITS, min(1.5, 12.8 / BITS), 1.2)
        rest = ValueTracker(first)
        unit = 12.4 / first
        left, y = -6.2, -1.15
        outline = Rectangle(width=12.4, height=0.9, stroke_color=CHALK2, stroke_width=3).move_to([0, y, 0])
        live = readout("still to be made", rest, "", 0, 34, CHALK).move_to([-6.2, -2.35, 0], aligned_edge=LEFT)
        self.heading(f"{first} in binary: which places make it up?")
        self.say(f"The bar is {first} units long. Fill it with place values, each used once at most.")
        self.play(FadeIn(cards), run_time=0.8)
        self.play(Create(outline), FadeIn(live), run_time=0.8)
        pace = clamp(7 / BITS, 0.8, 1.2)
        at, told = 0, set()
        for card, (value, taken, left_over) in zip(cards, steps, strict=True):
            kind = "done" if left_over == 0 and not taken else "taken" if taken else "too large"
            line = {
                "taken": f"{value} fits: write 1. What is left is {left_over}.",
                "too large": f"{value} is more than what is left: write 0.",
                "done": "Nothing is left: all smaller places get 0.",
            }[kind]
            if kind not in told:
                self.say(line)
            told.add(kind)
            look = highlight(card[0], PLACE_COLOR, 0.07)
            self.play(FadeIn(look), run_time=0.2 * pace)
            if taken:
                piece = Rectangle(width=unit * value, height=0.9, stroke_color=STAGE, stroke_width=3)
                piece.set_fill(ONE_COLOR, opacity=0.85).move_to([left + unit * (at + value / 2), y, 0])
                label = words(str(value), 30, STAGE).move_to(piece)
                named = VGroup(piece, label) if piece.width > label.width + 0.12 else VGroup(piece)
                at += value
                seed = Rectangle(width=0.7, height=0.3, stroke_width=0).set_fill(ONE_COLOR, opacity=0.85)
                seed.move_to(card[0].get_bottom() + 0.3 * DOWN)
                self.play(ReplacementTransform(seed, piece), rest.animate.set_value(left_over), run_time=0.75 * pace)
                self.add(named)
                show_bit(card, 1)
            else:
                self.play(Wiggle(card[2], scale_value=1.15), run_time=0.45 * pace)
            self.play(FadeOut(look), run_time=0.15 * pace)
        used = " + ".join([str(value) for value, taken, _left in steps if taken])
        summary = f"{first} = {used} = " if used != str(first) else f"{first} = "
        result = VGroup(words(summary, 32), words(binary_text(first, BITS), 40, ONE_COLOR)).arrange(RIGHT, buff=0.15)
        if hexadecimal:
            result.add(words(f"= {hex_text(first)} in hexadecimal", 32, PLACE_COLOR).next_to(result, RIGHT, buff=0.25))
        self.say(f"So {first} is {binary_text(first)} in binary: a 1 for each place used, a 0 for the others.")
        self.play(FadeOut(live), run_time=0.3)
        self.play(FadeIn(fit(result, zone(-6.3, 6.3, -2.8, -1.95))), run_time=0.8)
        self.pause(1.0)


class HalveAndHalve(Stage):
    def construct(self):
        steps = halve(first)
        row_height = min(0.66, 3.65 / max(len(steps) - 1, 1))
        self.heading("Another way: halve and keep the remainder")
        self.say(f"Divide {first} by 2 and keep the remainder. It tells odd from even: that is the last digit.")
        heads = VGroup(words("halve", 24, CHALK2).move_to([-5.1, 2.45, 0]))
        heads.add(
            words("remainder", 24, CHALK2).move_to([-1.9, 2.45, 0]),
            words("the same in binary", 24, CHALK2).move_to([4.9 + 0.15, 2.45, 0], aligned_edge=RIGHT),
        )
        self.play(FadeIn(heads), run_time=0.6)
        pace = clamp(8 / len(steps), 0.85, 1.3)
        cell = 0.42
        remainders = VGroup()
        for row, (value, half, remainder) in enumerate(steps):
            y = 1.9 - row_height * row
            division = words(f"{value} ÷ 2 = {half}", 34).move_to([-6.4, y, 0], aligned_edge=LEFT)
            rest = words(str(remainder), 36, ONE_COLOR).move_to([-1.9, y, 0])
            digits = VGroup()
            for k, digit in enumerate(binary_text(value)[::-1]):
                color = ONE_COLOR if k == 0 else CHALK2
                digits.add(words(digit, 36, color).move_to([4.9 - cell * (k + row), y, 0]))
            gone = VGroup(*[words(str(steps[k][2]), 36, EDGE).move_to([4.9 - cell * k, y, 0]) for k in range(row)])
            if row == 1:
                self.say("Halving drops the last binary digit and moves all others one place. Repeat until 0.")
            self.play(FadeIn(division, shift=0.15 * DOWN), FadeIn(digits), FadeIn(gone), run_time=0.5 * pace)
            self.play(TransformFromCopy(digits[0], rest), run_time=0.45 * pace)
            remainders.add(rest)
        up = (
            Arrow(
                remainders[-1].get_center() + 0.75 * RIGHT,
                remainders[0].get_center() + 0.75 * RIGHT,
                buff=0,
                color=RESULT_COLOR,
            )
            if len(steps) > 1
            else VGroup()
        )
        read = words("read upwards", 26, RESULT_COLOR).rotate(PI / 2)
        read.move_to([-0.75, (remainders[0].get_y() + remainders[-1].get_y()) / 2, 0])
        if read.height > remainders.height + 0.3:
            read = VGroup()
        self.say("The last remainder is the largest place, so read them from the bottom up.")
        self.play(GrowArrow(up) if len(steps) > 1 else Wait(), FadeIn(read), run_time=0.9)
        answer = VGroup(words(f"{first} =", 34), words(binary_text(first), 44, RESULT_COLOR)).arrange(RIGHT, buff=0.2)
        answer.move_to([0.6, -2.45, 0], aligned_edge=LEFT)
        self.play(TransformFromCopy(remainders, answer[1]), FadeIn(answer[0]), run_time=1.2)
        self.pause(1.0)


CELL = 0.82
ROWS = {"carry": 2.15, "upper": 1.35, "lower": 0.45, "sum": -0.75}


def column_x(power):
    """The middle of the column of a place; the ones stand rightmost."""
    return 1.55 - CELL * power


def digit_at(digit, power, row, color, size=44):
    return words(str(digit), size, color).move_to([column_x(power), ROWS[row], 0])


def column_line(upper, lower, carry, written, carried):
    """What happens in one column, as a short line."""
    parts = [str(upper), str(lower)] + ([str(carry)] if carry else [])
    return " + ".join(parts) + f" = {upper + lower + carry}", f"write {written}" + (
        f", carry {carried}" if carried else ""
    )


def column_caption(upper, lower, carry):
    """The reason, said when such a column comes for the first time."""
    return {
        0: "0 + 0 is 0, as always.",
        1: "1 + 0 is 1, as always.",
        2: "1 + 1 is two, and two is written 10: write 0 and carry 1 to the next place.",
        3: "With the carry there are three ones: three is 11, so write 1 and carry 1.",
    }[upper + lower + carry]


class AddThem(Stage):
    def construct(self):
        steps = add_columns(first, second, BITS)
        self.heading(f"Adding in binary: {first} + {second}")
        upper, lower = VGroup(), VGroup()
        for power in range(BITS):
            upper.add(digit_at(steps[power][0], power, "upper", CHALK))
            lower.add(digit_at(steps[power][1], power, "lower", CHALK))
        plus = words("+", 44).move_to([column_x(BITS), ROWS["lower"], 0])
        rule = Line(
            [column_x(BITS) - 0.3, -0.15, 0], [column_x(0) + 0.4, -0.15, 0], stroke_color=CHALK2, stroke_width=3
        )
        names = VGroup()
        for value, row in ((first, "upper"), (second, "lower")):
            names.add(words(f"= {value}", 32, CHALK2).move_to([2.4, ROWS[row], 0], aligned_edge=LEFT))
        self.say("Write one number under the other, and add column by column from the right.")
        self.play(FadeIn(upper), FadeIn(lower), FadeIn(plus), Create(rule), FadeIn(names), run_time=1.0)
        told, notes = set(), VGroup()
        pace = clamp(8.4 / BITS, 1.0, 1.4)
        for power, (top, bottom, carry, written, carried) in enumerate(steps):
            if top + bottom + carry not in told:
                self.say(column_caption(top, bottom, carry))
            told.add(top + bottom + carry)
            sums = column_line(top, bottom, carry, written, carried)
            total = top + bottom + carry
            parts = [words(sums[0], 34), words(sums[1], 28, RESULT_COLOR)]
            if total > 1:
                parts.insert(1, words(f"{total} is {binary_text(total)} in binary", 26, CHALK2))
            fresh = VGroup(*parts).arrange(DOWN, buff=0.22, aligned_edge=LEFT)
            fresh.move_to([4.1, 0.9, 0], aligned_edge=LEFT)
            frame = Rectangle(width=0.74 * CELL, height=2.5, stroke_color=PLACE_COLOR, stroke_width=3)
            frame.move_to([column_x(power), 1.27, 0])
            self.play(FadeIn(frame), FadeOut(notes), run_time=0.2 * pace)
            result = digit_at(written, power, "sum", RESULT_COLOR, 48)
            moves = [FadeIn(fresh), FadeIn(result, shift=0.3 * DOWN)]
            if carried and power + 1 < BITS:
                token = words("1", 34, CARRY_COLOR).move_to([column_x(power), ROWS["sum"], 0])
                target = digit_at(1, power + 1, "carry", CARRY_COLOR, 34)
                moves.append(token.animate(path_arc=-1.2).move_to(target))
            self.play(*moves, run_time=0.6 * pace)
            self.play(FadeOut(frame), run_time=0.15 * pace)
            notes = fresh
        self.play(FadeOut(notes), run_time=0.3)
        total = words(f"= {SUM}", 36, RESULT_COLOR).move_to([2.4, ROWS["sum"], 0], aligned_edge=LEFT)
        text = f"Check: {first} + {second} = {SUM}"
        if hexadecimal:
            text += f", in hexadecimal {hex_text(first)} + {hex_text(second)} = {hex_text(SUM)}"
        check = fit(words(text, 30, CHALK2), zone(-6.4, 6.4, -2.75, -2.15), LEFT)
        if OVERFLOW:
            lost = digit_at(1, BITS, "sum", CARRY_COLOR, 48)
            kept = words(f"{BITS} bits keep only {SUM - 2**BITS}", 30, CARRY_COLOR).move_to(
                [2.4, -1.5, 0], aligned_edge=LEFT
            )
            self.say(f"The last carry needs one more place. With only {BITS} bits it is lost: an overflow.")
            self.play(FadeIn(lost, shift=0.4 * LEFT), Create(highlight(lost, CARRY_COLOR, 0.12)), run_time=0.8)
            self.play(FadeIn(total), FadeIn(kept), FadeIn(check), run_time=0.8)
        else:
            self.say(f"The result is {binary_text(SUM)}, which is {SUM}: the same sum as in decimal.")
            self.play(FadeIn(total), FadeIn(check), run_time=0.8)
        self.pause(1.2)

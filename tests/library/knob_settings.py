"""Knob settings that a template must hold out: its defaults, the ends of its bounds, odd formulas, random ones."""

import random
from collections.abc import Iterator, Mapping

from generation.engine.types import Knob, KnobKind, KnobValue

FORMULAS = (
    "1/x", "tan(x)", "x^5 - 3x", "exp(x)", "ln(x)", "sqrt(x)", "abs(x)", "sin(x)/x", "3", "0", "-x",
    "1000x^2", "0.001x", "sin(10x)", "1/(x^2 - 4)", "x^2 - 3", "exp(-x^2)", "sqrt(4 - x^2)",
)  # fmt: skip
TEXTS = ("A", "The quick brown fox jumps over the lazy dog and then takes a very long rest now")
COLOURS = ("#FF5C5C", "#FFFFFF")
# What a teacher may type into knobs that hold their own data.
TYPED = {
    "equation": ("3x + 5 = 20", "2(x - 3) = x + 4", "x^2 - 5x + 6 = 0", "3 - 2x < 7", "2x + 1 = 2x + 3",
                 "2x + 1 = 2x + 1", "(x - 3)^2 = 0", "x^2 + 1 = 0", "2x^2 + 3x - 7 <= 4(x + 1) - x",
                 "x/2 + 1/3 = 5/6 - 3x/7", "x^2 = 2",
                 "6x^2 + x - 2 > 0", "123x + 45678 = 9", "0.5x^2 - 0.3x = 7", "x^2 - 6x = 0", "sin(x) = 0.5",
                 "x^3 = 8", "x + y = 2", "3(2t - 4) - 5(t + 1)(t - 2) + 7 = 12 - 3t/4", "n >= 3"),
    "data": ("Mon 3, Tue 5, Wed 2", "150, 152, 160, 171", "apples 12, pears 7, plums 3", "yes 1, no 0", "5, 5, 5, 5, 5",
             "a 7, b 7, c 7", "0, 0, 0, 0", "1, 2", "4 7 7 9 12 15 21 4 7 7 9 12 15 21 4 7 7 9 12 15 21 30 31 32",
             "Jan -12.5, Feb -3, Mar 2, Apr 7, May 12, Jun 0, Jul 14, Aug 14.25, Sep 4", "-5, -7, -1.5, -20, -9",
             "Electrical engineers 1234567, Law 3", "a 0.002, b 0.0015", "Tokyo 374000, Delhi 329410, Lima 11204",
             "a 1, b 1, c 1, d 1, e 1, f 1, g 1, h 1, i 1, j 900000", "Mon three, Tue 5", "1, 2, x 3",
             "36: 4, 37: 7", "12",
             "Political science 12, Modern languages 9, Chemistry 15, Art 4, Computing 22",
             "a 1, b 2, c 3, d 4, e 5, f 6, g 7, h 8, i 9, j 1, k 2", "0.1, 0.2, 0.30, 0.4, 1000", "(a) 3, (b) 4; c=5"),
    "slope": ("x - y", "-x/y", "0.5y(2 - y)", "y", "x^2 - 2", "y^2", "sin(x) * y", "1/x", "sqrt(y)", "1", "100y",
              "x/(y - 1)"),
    "rule": ("1/n", "a/2 + 3", "a + b", "2^n", "(-1)^n", "n^2", "ln(n)", "1/n^2", "-a", "a", "3", "3.9a(1 - a)", "n*a",
             "sqrt(a + 2)", "(1 + 1/n)^n", "1/(n - 3)", "sin(n)", "10^n", "1000n^3 - 2n"),
}  # fmt: skip

Setting = Mapping[str, KnobValue]


def settings(knobs: tuple[Knob, ...], *, seeded: int = 6) -> Iterator[tuple[str, Setting]]:
    """Name and values of every setting worth trying, the defaults first."""
    yield "defaults", {}
    for knob in knobs:
        for value in ends(knob):
            yield f"{knob.name}={value}", {knob.name: value}
    numeric = [knob for knob in knobs if knob.kind in {KnobKind.NUMBER, KnobKind.INTEGER, KnobKind.NUMBERS}]
    if len(numeric) > 1:
        yield "all least", {knob.name: ends(knob)[0] for knob in numeric}
        yield "all most", {knob.name: ends(knob)[1] for knob in numeric}
    for seed in range(seeded if knobs else 0):
        chance = random.Random(seed)
        yield f"random {seed}", {knob.name: drawn(knob, chance) for knob in knobs}


def ends(knob: Knob) -> tuple[KnobValue, ...]:
    """The least and the most, then all else that the kind of knob makes awkward."""
    low, high = bounds(knob)
    few, many = knob.at_least, knob.at_most
    spread = on_step(knob, [low + (high - low) * i / max(many - 1, 1) for i in range(many)])
    awkward: dict[KnobKind, tuple[KnobValue, ...]] = {
        KnobKind.NUMBER: (low, high),
        KnobKind.INTEGER: (int(low), int(high)),
        KnobKind.NUMBERS: ([low] * few, [high] * many, [high] * few, [low] * many, spread, spread[::-1]),
        KnobKind.CHOICE: knob.choices,
        KnobKind.TOGGLE: (False, True),
        KnobKind.EXPRESSION: FORMULAS,
        KnobKind.TEXT: TEXTS,
        KnobKind.COLOUR: COLOURS,
    }
    if knob.kind in {KnobKind.TEXT, KnobKind.EXPRESSION} and knob.name in TYPED:
        return TYPED[knob.name]
    return awkward[knob.kind]


def drawn(knob: Knob, chance: random.Random) -> KnobValue:
    """A random value in bounds."""
    low, high = bounds(knob)
    match knob.kind:
        case KnobKind.NUMBER:
            return on_step(knob, [chance.uniform(low, high)])[0]
        case KnobKind.INTEGER:
            return chance.randint(int(low), int(high))
        case KnobKind.NUMBERS:
            count = chance.randint(knob.at_least, knob.at_most)
            return on_step(knob, [chance.uniform(low, high) for _ in range(count)])
        case _:
            return chance.choice(ends(knob))


def bounds(knob: Knob) -> tuple[float, float]:
    """The bounds of a knob; numbers without any are tried from -10 to 10."""
    return (-10.0 if knob.minimum is None else knob.minimum, 10.0 if knob.maximum is None else knob.maximum)


def on_step(knob: Knob, values: list[float]) -> list[float]:
    """Values as the slider gives them."""
    low, high = bounds(knob)
    step = knob.step or (high - low) / 1000
    return [min(high, round(low + round((value - low) / step) * step, 6)) for value in values]

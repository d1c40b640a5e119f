"""Knob values for variants: within a knob's range, round as people choose them."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping

from generation.engine.knobs import COLOUR_NAMES
from generation.engine.library.catalogue import Template
from generation.engine.types import Knob, KnobKind, KnobValue

MOST_TURNED = 3


def some_values(template: Template, chance: random.Random) -> Mapping[str, KnobValue]:
    """Other values for up to `MOST_TURNED` knobs that people speak of; each is checked where it is used."""
    spoken = [knob for knob in template.knobs if knob.name in template.knob_words]
    chosen = chance.sample(spoken, k=min(len(spoken), chance.randint(1, MOST_TURNED)))
    values = {knob.name: some_value(knob, chance) for knob in sorted(chosen, key=lambda each: each.line)}
    return {name: value for name, value in values.items() if value is not None}


def some_value(knob: Knob, chance: random.Random) -> KnobValue | None:
    """Another value of a knob; None for kinds whose values nobody can draw by chance."""
    if knob.kind is KnobKind.CHOICE:
        others = [choice for choice in knob.choices if choice != knob.value]
        return chance.choice(others) if others else None
    if knob.kind is KnobKind.COLOUR:
        return chance.choice(sorted(COLOUR_NAMES))
    if knob.kind is KnobKind.TOGGLE:
        return not knob.value
    if knob.kind is KnobKind.NUMBERS and isinstance(knob.value, list):
        count = chance.randint(knob.at_least, min(knob.at_most, max(knob.at_least, len(knob.value) + 1)))
        wanted = [_number(knob, float(chance.choice(knob.value)), chance) for _ in range(count)]
        return sorted(wanted) if knob.value == sorted(knob.value) else wanted
    if knob.kind in {KnobKind.NUMBER, KnobKind.INTEGER} and isinstance(knob.value, int | float):
        value = _number(knob, float(knob.value), chance)
        return round(value) if knob.kind is KnobKind.INTEGER else value
    return None


def _number(knob: Knob, around: float, chance: random.Random) -> float:
    """A round number within the range, mostly of the size of the value that the knob has."""
    low = knob.minimum if knob.minimum is not None else min(0.0, 3 * around)
    high = knob.maximum if knob.maximum is not None else max(10.0, 3 * around)
    if around and low > 0 and high / low > 50:
        value = math.exp(chance.uniform(math.log(max(low, abs(around) / 4)), math.log(min(high, abs(around) * 4))))
    else:
        value = chance.uniform(max(low, around - (high - low) / 3), min(high, around + (high - low) / 3))
    step = max(knob.step or 0.0, 10.0 ** (math.floor(math.log10(abs(value) or 1.0)) - 1))
    step = 1.0 if knob.kind is KnobKind.INTEGER else step
    return min(high, max(low, float(f"{round(value / step) * step:.6g}")))

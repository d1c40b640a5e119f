"""Sentences that give a knob its value in words which no rule of the reader knows: what a model is asked to read."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generation.engine import knobs
from generation.engine.library.catalogue import Template
from generation.engine.types import Knob, KnobKind, KnobValue
from generation.engine.understanding.words import words_of
from training.dataset import sampling

# A word of a knob's label or name, and what people say in its place.
MEANT: Mapping[str, tuple[str, ...]] = {
    "mass": ("it weighs in at {0}", "on the scales: {0}", "as heavy as {0}"),
    "length": ("it reaches {0}", "from end to end {0}", "it measures {0} across"),
    "lengths": ("they reach {0}", "cut to {0}"), "width": ("{0} from side to side", "as broad as {0}"),
    "height": ("{0} up in the air", "as tall as {0}", "from {0} above the floor"),
    "radius": ("{0} from the middle to the rim",), "distance": ("{0} apart", "{0} away", "a gap of {0}"),
    "speed": ("going along at {0}", "it does {0}", "at a pace of {0}"), "velocity": ("going along at {0}", "at a pace of {0}"),
    "angle": ("tilted by {0}", "leaning at {0}", "a slant of {0}"), "slope": ("as steep as {0}", "it climbs by {0}"),
    "time": ("it goes on for {0}", "let it run {0}", "over {0}"), "period": ("once every {0}",),
    "frequency": ("it repeats {0} every second", "so often: {0}"), "amplitude": ("swinging out by {0}", "as high as {0} at the crest"),
    "temperature": ("as warm as {0}", "the thermometer shows {0}"), "pressure": ("squeezed to {0}", "the gauge reads {0}"),
    "volume": ("it holds {0}", "room for {0}"), "force": ("pushed with {0}", "a shove of {0}"),
    "resistance": ("it holds the current back with {0}",), "voltage": ("a battery of {0}",), "current": ("{0} flow through it",),
    "charge": ("it carries {0}",), "energy": ("{0} go in",), "stiffness": ("so stiff that it is {0}",),
    "probability": ("the odds are {0}", "it happens in {0} of cases"), "chance": ("the odds are {0}",),
    "rate": ("it goes up by {0} each time", "{0} every year"), "interest": ("the bank pays {0}",),
    "price": ("it goes for {0}", "at the till {0}"), "cost": ("to make one takes {0}",), "costs": ("before anything is sold {0} are gone",),
    "count": ("there are {0} of them", "{0} in all"), "number": ("there are {0} of them", "{0} in all"),
    "terms": ("go on for {0} of them", "stop after {0}"), "steps": ("do it {0} times",), "size": ("as big as {0}",),
    "start": ("begin from {0}", "at the outset {0}"), "first": ("begin with {0}",), "end": ("go as far as {0}",),
    "mean": ("on average {0}", "centred on {0}"), "deviation": ("spread out by {0}",), "samples": ("draw {0} of them",),
    "half-life": ("half of it is gone after {0}",), "concentration": ("as strong as {0}",), "amount": ("there is {0} of it",),
    "people": ("{0} souls live there",), "population": ("{0} live there",), "gravity": ("where things fall with {0}",),
    "wavelength": ("from crest to crest {0}",), "index": ("light is slowed by {0}",), "ratio": ("in the proportion {0}",),
    "target": ("the one to look for is {0}",), "base": ("to the base {0}",), "degree": ("up to power {0}",),
    "initial": ("at the outset {0}",), "final": ("at the very end {0}",), "years": ("left alone for {0}",), "n": ("take it {0} times",),
    "trials": ("try it {0} times",), "savings": ("put away {0}",), "deposit": ("put {0} into it",), "discs": ("a pile of {0}",),
}  # fmt: skip
_TAILS = ("{0}; {1}", "{0}, {1}", "{0} - {1}", "{1}: {0}", "{0} ({1})", "{0}. Let's say {1}.", "{0}, and {1}")
_NUMBERS = frozenset({KnobKind.NUMBER, KnobKind.INTEGER, KnobKind.NUMBERS})


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence, and what it says about which knob."""

    sentence: str
    values: Mapping[str, KnobValue]


def sentence_with(template: Template, chance: random.Random) -> Told | None:
    """A sentence that says one or two values in other words than the card's; None where no knob has any."""
    able = [(knob, ways) for knob in template.knobs if knob.name in template.knob_words and (ways := _ways(knob))]
    if not able:
        return None
    chosen = chance.sample(able, k=min(len(able), 2 if chance.random() < 0.35 else 1))
    values: dict[str, KnobValue] = {}
    said: list[str] = []
    for knob, ways in chosen:
        value = sampling.some_value(knob, chance)
        if value is None:
            return None
        values[knob.name] = value
        said.append(chance.choice(ways).format(knobs.worded(knob, value)))
    phrase = chance.choice([each for each in template.phrases if not any(map(str.isdigit, each))] or [template.title])
    return Told(chance.choice(_TAILS).format(phrase.rstrip(" ?."), " and ".join(said)), values)


def _ways(knob: Knob) -> Sequence[str]:
    """How else the value may be said."""
    if knob.kind in _NUMBERS:
        words = [*words_of(knob.label.lower()), *knob.name.split("_")]
        return [way for word in words for way in MEANT.get(word, ())]
    return ("as for the kind: {0}", "the {0} one", "{0} if you can") if knob.kind is KnobKind.CHOICE else ()

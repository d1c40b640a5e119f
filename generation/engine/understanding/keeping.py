"""What was read of a prompt so far, and how a value is kept: checked, told back, never clamped."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from generation.engine import knobs
from generation.engine.errors import RequestFault
from generation.engine.library.catalogue import Template
from generation.engine.types import Knob, KnobKind, KnobValue
from generation.engine.understanding.quantities import is_money


@dataclass
class Readings:
    """What was read: values by knob, sentences for the teacher, and what the template cannot do."""

    values: dict[str, KnobValue] = field(default_factory=dict)
    understood: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    rest: str = ""  # the text with what was read blanked
    unused: list[str] = field(default_factory=list)  # numbers that fit no knob


class Keeper:
    """The text that is left to read, the knobs, and what was read. What is read is blanked, so none is read twice."""

    def __init__(self, text: str, template: Template) -> None:
        self.text = text
        self.template = template
        self.knobs = {knob.name: knob for knob in template.knobs if knob.name in template.knob_words}
        self.words = template.knob_words
        self.readings = Readings()
        self.common_unit = ""  # of knobs that take any unit, once another knob has read which

    def reading(self, reads: str) -> list[Knob]:
        """The knobs that read one thing, in order."""
        return [self.knobs[name] for name, words in self.words.items() if words.reads == reads]

    def unit_read(self, knob: Knob) -> str:
        """The unit that another knob has read; whole numbers count things and have none."""
        return self.common_unit if knob.kind is KnobKind.NUMBER else ""

    def put(self, knob: Knob, value: KnobValue, said: str = "") -> None:
        """Keep a value; one that the knob cannot take becomes a problem."""
        try:
            kept = knobs.checked(knob, value)
        except RequestFault as fault:
            self.readings.problems.append(fault.fault.message)
            return
        self.readings.values[knob.name] = kept
        beside = f" ({said})" if said and not isinstance(kept, str) else ""
        unit = knob.unit or self.unit_read(knob)
        measured = replace(knob, unit=self.common_unit if is_money(unit) and is_money(self.common_unit) else unit)
        self.readings.understood.append(f"{knobs.labelled(measured, kept)}{beside}.")

    def tell(self, sentence: str) -> None:
        """Say something to the teacher once."""
        if sentence not in self.readings.understood:
            self.readings.understood.append(sentence)

    def cover(self, start: int, end: int) -> None:
        """Blank what was read, keeping the places of the rest."""
        self.text = self.text[:start] + "~" * (end - start) + self.text[end:]

"""Knob values said in a prompt, read by rule: assignments, units, lists, ranges, matrices, names, formulas."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from generation.engine import knobs
from generation.engine.library.catalogue import Template
from generation.engine.types import Knob, KnobKind, KnobValue
from generation.engine.understanding import (
    coordinates,
    equations,
    formulas,
    matrices,
    numerals,
    own_data,
    reactions,
    relations,
)
from generation.engine.understanding.assigning import NumberReader
from generation.engine.understanding.keeping import Readings
from generation.engine.understanding.quantities import Quantity, quantities, same_unit

GRAVITY = {"Moon": 1.62, "Mars": 3.71, "Earth": 9.81, "Jupiter": 24.79, "Venus": 8.87, "Saturn": 10.44, "Mercury": 3.7}
_ACCELERATION = {"m/s²", "m/s^2", "m/s2"}
_RANGE = re.compile(
    r"\s*(?:(?:and\s+|and\s+up\s+)?(?:ending\s+at|ends\s+at|stopping\s+at|to|until|up\s+to|till|through)|and|\.\.\.?|[-\u2013\u2014]|,"
    r"|<=?\s*[xt]\s*<=?|≤\s*[xt]\s*≤)\s*(?:x\s*=\s*)?",
    re.IGNORECASE,
)
_RANGE_HEAD = re.compile(
    r"(?:\bfrom|\bbetween|\binterval|\bdomain|\brange|\bin|\bon|\bover|\bof|\bstart(?:ing|s)?\s+at|\bx\s*=)\s*(?:[xt]\s*=\s*)?[\[(]?\s*$",
    re.IGNORECASE,
)
_UPRIGHT = re.compile(r"(?<![\w.])x\s*=\s*-?\s*\d+(?:\.\d+)?(?![\w.^*/+])")
_TOKEN = re.compile(r"[^\W\d_]\w*(?:'[^\W\d_]+)?")
_OWNED = "'s"


def read_knobs(text: str, template: Template) -> Readings:
    """Read the template's knobs from a screened prompt."""
    return _Reader(text, template).read()


class _Reader(NumberReader):
    def __init__(self, text: str, template: Template) -> None:
        related = relations.resolved(numerals.in_digits(text))
        super().__init__(related.text, template)
        if any(knob.unit == "%" for knob in self.knobs.values()):
            self.text = relations.in_percent(self.text)
        if self.reading("complex"):
            self.text = coordinates.with_complex_numbers(self.text)
        if any(knob.kind is KnobKind.NUMBERS for knob in self.knobs.values()):
            self.text = coordinates.with_vectors(self.text)
        self.text = formulas.written_out(self.text)
        for said in related.open:
            self.tell(f"I did not use “{said}”: say it as a number.")

    def read(self) -> Readings:
        """Each reader takes what it understands out of the text, so that no number is read twice."""
        self.read_own_data()
        self.read_equations()
        self.read_formula()
        self.read_matrix()
        self.read_range()
        self.read_unit()
        self.read_numbers()
        self.read_names()
        self.readings.rest = self.text
        return self.readings

    # --- the teacher's own data ---------------------------------------------------------------------

    def read_own_data(self) -> None:
        """What the teacher typed in full. A graph of one's own is asked about: the animations have one each."""
        lettered = (each.choices for each in self.knobs.values() if each.kind is KnobKind.CHOICE)
        if any(all(len(choice) == 1 for choice in choices) for choices in lettered) and own_data.edges(self.text):
            self.readings.problems.append(
                "This animation has a graph of its own and can't draw yours yet; leave the edges out to see it."
            )
        for name, words in self.words.items():
            reader = own_data.READERS.get(words.reads)
            found = reader(self.text) if reader else None
            if found is None:
                continue
            self.cover(found.start, found.end)
            if found.fault:
                self.readings.problems.append(found.fault)
                continue
            self.put(self.knobs[name], found.value)
            for other, value in found.others.items():
                self.put(self.knobs[other], value)

    # --- formulas, matrices, ranges -----------------------------------------------------------------

    def read_equations(self) -> None:
        targets = self.reading("equations")
        found = equations.find_system(self.text) if targets else None
        if found is not None:
            self.cover(found.start, found.end)
            for knob, value in zip(targets, found.coefficients, strict=True):
                self.put(knob, value)
        elif targets and equations.has_equation(self.text):
            self.readings.problems.append("This animation solves two linear equations in the same two unknowns.")

    def read_formula(self) -> None:
        knob = next((each for each in self.knobs.values() if each.kind is KnobKind.EXPRESSION), None)
        powers = (self.knob_reading(f"coefficient_{power}") for power in (0, 1, 2))
        coefficients = [each for each in powers if each is not None]
        if (knob is None or knob.letters) and not coefficients:
            return
        drawn = self.template.draws_any_formula
        found = formulas.find_formula(self.text) or (formulas.find_named(self.text) if drawn else None)
        if found is None:
            upright = _UPRIGHT.search(self.text) if drawn else None
            if upright is not None:
                line = " ".join(upright.group().split())
                self.readings.problems.append(f"{line} is an upright line, not a function; I draw y = f(x).")
            return
        self.cover(found.start, found.end)
        if knob is None:
            self.put_coefficients(coefficients, found)
        elif found.formula is None:
            self.readings.problems.append(found.fault)
        elif found.more and drawn:
            self.readings.problems.append("I draw one formula at a time, and I found several.")
        else:
            self.put(knob, found.formula.text)

    def put_coefficients(self, targets: Sequence[Knob], found: formulas.Found) -> None:
        if found.formula is None:
            return  # the law itself, a(x - h)^2 + k, sets nothing
        degree = len(targets) - 1
        values = found.formula.coefficients(degree)
        if values is None:
            wanted = "linear function such as 3x - 2" if degree == 1 else "quadratic function such as x^2 - 4x + 3"
            self.readings.problems.append(f"This animation takes a {wanted}.")
            return
        for knob, value in reversed(list(zip(targets, values, strict=True))):
            self.put(knob, value)

    def knob_reading(self, reads: str) -> Knob | None:
        return next(iter(self.reading(reads)), None)

    def read_matrix(self) -> None:
        targets = self.reading("matrix")
        found = matrices.find_matrix(self.text) if targets else None
        if found is None:
            return
        self.cover(found.start, found.end)
        if not found.is_two_by_two:
            self.readings.problems.append("This animation takes a matrix of two rows and two columns.")
        elif len(targets) == 1:
            self.put(targets[0], found.entries)
        else:
            for knob, entry in zip(targets, found.entries, strict=False):
                self.put(knob, entry)

    def read_range(self) -> None:
        low, high = self.knob_reading("range_start"), self.knob_reading("range_end")
        if low is None or high is None:
            return
        found = quantities(self.text)
        for first, second in pairwise(found):
            if self.is_range(first, second):
                least, most = sorted((first.value, second.value))
                self.put(low, least)
                self.put(high, most)
                if first.value > second.value:
                    self.tell("I took the interval from left to right.")
                self.cover(first.start, second.end)
                return

    def is_range(self, first: Quantity, second: Quantity) -> bool:
        between = self.text[first.end : second.start]
        if not _RANGE.fullmatch(between):
            return False
        if "<" in between or between.strip() == "..":
            return True
        bracketed = self.text[: first.start].rstrip()[-1:] in ("[", "(") and self.text[second.end :].lstrip()[:1] in (
            "]",
            ")",
        )
        if between.strip() == ",":
            return bracketed
        return bracketed or between.strip().lower() == "to" or bool(_RANGE_HEAD.search(self.text[: first.start]))

    def read_unit(self) -> None:
        """ "legs of 3 m and 4 m": the unit is a choice of its own, and the numbers are meant in it."""
        knob = self.knob_reading("unit")
        if knob is None:
            return
        said = (each.unit for each in quantities(self.text) if each.unit)
        symbol = next((choice for unit in said for choice in knob.choices if same_unit(unit, choice)), None)
        if symbol is not None:
            self.put(knob, symbol)
            self.common_unit = symbol

    # --- names --------------------------------------------------------------------------------------

    def read_names(self) -> None:
        lowered = _tokens(self.text)
        for knob in self.knobs.values():
            if knob.name in self.readings.values or self.read_reaction(knob):
                continue
            said = [
                (phrase, value)
                for phrase, value in self.named_values(knob)
                if len((plain := _tokens(phrase)).strip()) > 1 and plain in lowered
            ]
            if said and all(value == said[0][1] for _, value in said):
                self.put(knob, said[0][1], said=said[0][0])
            elif not said:
                self.read_letter(knob)

    def read_reaction(self, knob: Knob) -> bool:
        """Whether formulas of substances decide this knob: a substance that no reaction has is asked about."""
        if self.words[knob.name].reads != "reaction":
            return False
        value, problem = reactions.reaction_of(self.text, self.words[knob.name].names)
        if problem:
            self.readings.problems.append(problem)
        elif value is not None:
            self.put(knob, value)
        return bool(problem) or value is not None

    def read_letter(self, knob: Knob) -> None:
        """ "from A to F": a choice of one letter needs its word before it, for a is also an article."""
        if knob.kind is not KnobKind.CHOICE:
            return
        for word in self.words[knob.name].words:
            for choice in knob.choices:
                pattern = rf"\b(?i:{re.escape(word)})\s+(?:(?i:node|vertex|point)\s+)?{re.escape(choice)}\b"
                if len(choice) == 1 and re.search(pattern, self.text):
                    self.put(knob, choice)
                    return
            other = re.search(rf"\b(?i:{re.escape(word)})\s+(?:(?i:node|vertex|point)\s+)?([B-Z])\b", self.text)
            if other and all(len(choice) == 1 for choice in knob.choices):
                self.put(knob, other.group(1))
                return

    def named_values(self, knob: Knob) -> Iterable[tuple[str, KnobValue]]:
        """Phrases that stand for a value of this knob, the longest first."""
        named: dict[str, KnobValue] = dict(self.words[knob.name].names)
        if knob.unit in _ACCELERATION:
            named |= {f"{article}{place}": value for place, value in GRAVITY.items() for article in ("on the ", "on ")}
        if knob.kind is KnobKind.CHOICE:
            named |= {choice: choice for choice in knob.choices if len(choice) > 1}
        if knob.kind is KnobKind.COLOUR:
            named |= {f"{name} {word}": name for name in knobs.COLOUR_NAMES for word in self.words[knob.name].words}
        if knob.kind is KnobKind.TOGGLE:
            for word in self.words[knob.name].words:
                named |= {f"with {word}": True, f"without {word}": False, f"no {word}": False}
        return sorted(named.items(), key=lambda item: -len(item[0]))


def _tokens(text: str) -> str:
    """The words of a text with a space on each side; H2O2 keeps its digits."""
    return f" {' '.join(each.removesuffix(_OWNED) for each in _TOKEN.findall(text.lower()))} "


def without_knobs(text: str) -> str:
    """The text without formulas, numbers and units: what is left says which animation is meant."""
    text = formulas.written_out(relations.resolved(numerals.in_digits(text)).text)
    while (found := formulas.find_formula(text)) is not None and found.end > found.start:
        text = text[: found.start] + " " + text[found.end :]
    for each in reversed(quantities(text)):
        text = text[: each.start] + " " + text[each.end :]
    return " ".join(text.split())

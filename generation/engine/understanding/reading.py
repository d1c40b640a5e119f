"""Knob values said in a prompt, read by rule: assignments, units, lists, ranges, matrices, names, formulas."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from generation.engine import knobs
from generation.engine.errors import RequestFault
from generation.engine.library.catalogue import KnobWords, Template
from generation.engine.types import Knob, KnobKind, KnobValue
from generation.engine.understanding import formulas
from generation.engine.understanding.quantities import Quantity, converted, groups, quantities, same_unit
from generation.engine.understanding.words import stem, words_of

GRAVITY = {"Moon": 1.62, "Mars": 3.71, "Earth": 9.81, "Jupiter": 24.79, "Venus": 8.87, "Saturn": 10.44, "Mercury": 3.7}
_ACCELERATION = {"m/s²", "m/s^2", "m/s2"}
_RANGE = re.compile(
    r"\s*(?:to|and|until|up to|till|\.\.\.?|-|,|<=?\s*[xt]\s*<=?|through)\s*(?:x\s*=\s*)?", re.IGNORECASE
)
_RANGE_HEAD = re.compile(
    r"(?:\bfrom|\bbetween|\binterval|\bdomain|\brange|\bin|\bon|\bover|\bof)\s*(?:[xt]\s*=\s*)?[\[(]?\s*$",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[.;!?](?:\s|$)|\n")
_UPRIGHT = re.compile(r"(?<![\w.])x\s*=\s*-?\s*\d+(?:\.\d+)?(?![\w.^*/+])")
_MATRIX = re.compile(
    r"\(\s*\([^()]*\)(?:\s*,?\s*\([^()]*\))+\s*\)|"
    r"\[\s*\[[^\[\]]*\](?:\s*,?\s*\[[^\[\]]*\])*\s*\]|[\[(]?\s*-?[\d./]+(?:[\s,]+-?[\d./]+)+\s*;[-\d\s,./;]+[\])]?"
)
_ENTRY = re.compile(r"-?\d+(?:\.\d+)?(?:/\d+)?|-?\.\d+")
_ASSIGNED = re.compile(
    r"\s*(?:=|:|:=|is|equals|equal to|of|at|to|about|around|being|as)\s*(?:about\s*|=\s*)?$", re.IGNORECASE
)
_PI = re.compile(r"pi\b|π", re.IGNORECASE)
_ENOUGH = 1.9


@dataclass
class Readings:
    """What was read: values by knob, sentences for the teacher, and what the template cannot do."""

    values: dict[str, KnobValue] = field(default_factory=dict)
    understood: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def read_knobs(text: str, template: Template) -> Readings:
    """Read the template's knobs from a screened prompt."""
    return _Reader(text, template).read()


@dataclass(frozen=True, slots=True)
class _Match:
    score: float
    knob: Knob
    group: int


class _Reader:
    def __init__(self, text: str, template: Template) -> None:
        self.text = formulas.written_out(text)
        self.template = template
        self.knobs = {knob.name: knob for knob in template.knobs if knob.name in template.knob_words}
        self.words = template.knob_words
        self.readings = Readings()
        self.length_unit = ""  # of knobs that take any unit, once another knob has read which

    def read(self) -> Readings:
        """Each reader takes what it understands out of the text, so that no number is read twice."""
        self.read_formula()
        self.read_matrix()
        self.read_range()
        self.read_unit()
        self.read_numbers()
        self.read_names()
        return self.readings

    # --- formulas, matrices, ranges -----------------------------------------------------------------

    def read_formula(self) -> None:
        knob = next((each for each in self.knobs.values() if each.kind is KnobKind.EXPRESSION), None)
        coefficients = [self.knob_reading(f"coefficient_{power}") for power in (0, 1, 2)]
        if knob is None and None in coefficients:
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
            self.put_coefficients([each for each in coefficients if each is not None], found)
        elif found.formula is None:
            self.readings.problems.append(found.fault)
        elif found.more and drawn:
            self.readings.problems.append("I draw one formula at a time, and I found several.")
        else:
            self.put(knob, found.formula.text)

    def put_coefficients(self, targets: Sequence[Knob], found: formulas.Found) -> None:
        if found.formula is None:
            return  # the law itself, a(x - h)^2 + k, sets nothing
        values = found.formula.quadratic()
        if values is None:
            self.readings.problems.append("This animation takes a quadratic function such as x^2 - 4x + 3.")
            return
        for knob, value in reversed(list(zip(targets, values, strict=True))):
            self.put(knob, value)

    def knob_reading(self, reads: str) -> Knob | None:
        return next((self.knobs[name] for name, words in self.words.items() if words.reads == reads), None)

    def read_matrix(self) -> None:
        targets = [self.knobs[name] for name, words in self.words.items() if words.reads == "matrix"]
        if not targets:
            return
        rows = self.matrix_rows()
        if rows is None:
            return
        entries = [entry for row in rows for entry in row]
        if len(rows) != 2 or any(len(row) != 2 for row in rows):
            self.readings.problems.append("This animation takes a matrix of two rows and two columns.")
        elif len(targets) == 1:
            self.put(targets[0], entries)
        else:
            for knob, entry in zip(targets, entries, strict=False):
                self.put(knob, entry)

    def matrix_rows(self) -> list[list[float]] | None:
        match = _MATRIX.search(self.text)
        if match is not None:
            self.cover(match.start(), match.end())
            rows = re.split(r"[\])]\s*,?\s*[\[(]|;", match.group())
            return [entries for row in rows if (entries := [_entry(each) for each in _ENTRY.findall(row)])]
        after = re.search(r"\bmatrix\b", self.text, re.IGNORECASE)
        lists = groups(self.text, quantities(self.text))
        for each in lists:
            if after and len(each) in (4, 9) and each[0].start > after.end():
                self.cover(each[0].start, each[-1].end)
                values, size = [one.value for one in each], 2 if len(each) == 4 else 3
                return [values[start : start + size] for start in range(0, len(values), size)]
        return None

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
        if "<" in between:
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
            self.length_unit = symbol

    # --- numbers ------------------------------------------------------------------------------------

    def read_numbers(self) -> None:
        lists = groups(self.text, quantities(self.text))
        taken = self.read_shared(lists)
        matches = sorted(self.matches(lists), key=lambda match: -match.score)
        for match in matches:
            if match.group in taken or match.knob.name in self.readings.values:
                continue
            taken.add(match.group)
            self.put_numbers(match.knob, lists[match.group])
        for index, group in enumerate(lists):
            if index not in taken and not all(each.worded for each in group):
                said = self.text[group[0].start : group[-1].end].strip(" ,")
                self.tell(f"I did not use “{said}”: no setting of this animation fits it.")
        for group in lists:
            self.cover(group[0].start, group[-1].end)

    def read_shared(self, lists: Sequence[Sequence[Quantity]]) -> set[int]:
        """ "legs 3 and 4": one word, as many knobs as numbers, each knob its number in order."""
        taken: set[int] = set()
        scalars = [each for each in self.knobs.values() if each.kind in (KnobKind.NUMBER, KnobKind.INTEGER)]
        for index, group in enumerate(lists):
            if self.put_by_unit(scalars, group):
                taken.add(index)
                continue
            for word in {word for knob in scalars for word in self.words[knob.name].words}:
                sharing = [knob for knob in scalars if word in self.words[knob.name].words]
                fits = all(self.in_unit(knob, each) is not None for knob in sharing for each in group)
                if len(sharing) == len(group) > 1 and fits and self.beside(word, lists, index) >= _ENOUGH:
                    for knob, each in zip(sharing, group, strict=True):
                        self.put(knob, self.in_unit(knob, each) or 0.0)
                    taken.add(index)
                    break
        return taken

    def put_by_unit(self, scalars: Sequence[Knob], group: Sequence[Quantity]) -> bool:
        """ "10 Hz and 11 Hz" where just two knobs are in hertz: each its number in order."""
        if len(group) < 2 or not all(each.unit for each in group):
            return False
        sharing = [knob for knob in scalars if all(self.in_unit(knob, each) is not None for each in group)]
        if len(sharing) != len(group):
            return False
        for knob, each in zip(sharing, group, strict=True):
            self.put(knob, self.in_unit(knob, each) or 0.0)
        return True

    def matches(self, lists: Sequence[Sequence[Quantity]]) -> Iterator[_Match]:
        numeric = (KnobKind.NUMBER, KnobKind.INTEGER, KnobKind.NUMBERS)
        for knob in self.knobs.values():
            if knob.kind not in numeric or self.words[knob.name].reads == "matrix":
                continue
            for index, group in enumerate(lists):
                score = self.fit(knob, self.words[knob.name], lists, index)
                if score >= _ENOUGH and all(self.in_unit(knob, each) is not None for each in group):
                    yield _Match(score, knob, index)

    def fit(self, knob: Knob, spoken: KnobWords, lists: Sequence[Sequence[Quantity]], index: int) -> float:
        """How well a list of numbers fits a knob: by its unit and by the words beside it."""
        group = lists[index]
        score = 0.0
        if group[-1].unit:
            rivals = [each for each in self.knobs.values() if self.in_unit(each, group[-1]) is not None and each.unit]
            score += 2.2 if len(rivals) == 1 else 1.4
        elif knob.unit and not group[0].worded:
            score += 0.2
        score += max((self.beside(word, lists, index) for word in spoken.words), default=0.0)
        if knob.kind is KnobKind.NUMBERS and not knob.unit and len(group) >= max(3, knob.at_least):
            score += 2.0
        if knob.kind is not KnobKind.NUMBERS and len(group) > 1:
            score -= 0.3
        return score

    def beside(self, word: str, lists: Sequence[Sequence[Quantity]], index: int) -> float:
        """How closely a knob's word stands before or after the numbers, without others in between."""
        first, last = lists[index][0], lists[index][-1]
        left = lists[index - 1][-1].end if index else 0
        before = _CLAUSE.split(self.text[left : first.start])[-1]
        right = lists[index + 1][0].start if index + 1 < len(lists) else len(self.text)
        after = _CLAUSE.split(self.text[last.end : right])[0]
        if len(word) == 1:
            return (
                3.5
                if re.search(rf"(?<![a-z]){re.escape(word)}\s*(?:=|:|\bis\b|\bequals\b)\s*$", before, re.IGNORECASE)
                else 0.0
            )
        spoken = [stem(each) for each in words_of(word)] or [word]
        linked = _ASSIGNED.sub(" ", before)
        said, whole = ([stem(each) for each in words_of(part)] for part in (linked, before))
        behind = 3.0 - 0.5 * min(_distance(spoken, each[::-1], backwards=True) for each in (said, whole))
        if index and linked == before and len(said) == len(spoken):
            behind -= 1.5  # "4 dice 2000 times": the dice are four
        ahead = 3.1 - 0.6 * _distance(spoken, [stem(each) for each in words_of(after)], backwards=False)
        equals = 0.8 if behind >= 3.0 and re.search(r"[=:]\s*$", before) else 0.0
        return max(behind + equals, ahead, 0.0)

    def in_unit(self, knob: Knob, quantity: Quantity) -> float | None:
        unit = knob.unit or self.length_unit or next(iter(self.words[knob.name].units), "")
        if unit == "°" and not quantity.unit and _PI.search(self.text[quantity.start : quantity.end]):
            quantity = replace(quantity, unit="rad")
        if quantity.unit and not unit:
            return None
        return converted(quantity, unit)

    def put_numbers(self, knob: Knob, group: Sequence[Quantity]) -> None:
        values = [value for each in group if (value := self.in_unit(knob, each)) is not None]
        if knob.kind is KnobKind.NUMBERS:
            self.put(knob, values)
            return
        self.put(knob, values[0])
        if len(values) > 1 and knob.name in self.readings.values:
            self.tell(f"“{knob.label}” takes one value, so I took the first: {knobs.worded(knob, values[0])}.")

    # --- names --------------------------------------------------------------------------------------

    def read_names(self) -> None:
        lowered = f" {' '.join(words_of(self.text))} "
        for knob in self.knobs.values():
            if knob.name in self.readings.values:
                continue
            said = [
                (phrase, value)
                for phrase, value in self.named_values(knob)
                if (plain := " ".join(words_of(phrase))) and f" {plain} " in lowered
            ]
            if said and all(value == said[0][1] for _, value in said):
                self.put(knob, said[0][1], said=said[0][0])
            elif not said:
                self.read_letter(knob)

    def read_letter(self, knob: Knob) -> None:
        """ "from A to F": a choice of one letter needs its word before it, for a is also an article."""
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

    # --- keeping ------------------------------------------------------------------------------------

    def put(self, knob: Knob, value: KnobValue, said: str = "") -> None:
        try:
            kept = knobs.checked(knob, value)
        except RequestFault as fault:
            self.readings.problems.append(fault.fault.message)
            return
        self.readings.values[knob.name] = kept
        beside = f" ({said})" if said and not isinstance(kept, str) else ""
        measured = replace(knob, unit=knob.unit or self.length_unit)
        self.readings.understood.append(f"{knobs.labelled(measured, kept)}{beside}.")

    def tell(self, sentence: str) -> None:
        if sentence not in self.readings.understood:
            self.readings.understood.append(sentence)

    def cover(self, start: int, end: int) -> None:
        """Blank what was read, keeping the places of the rest."""
        self.text = self.text[:start] + "~" * (end - start) + self.text[end:]


def _entry(text: str) -> float:
    """An entry of a matrix, where a comma always separates."""
    upper, _, lower = text.partition("/")
    return float(upper) / (float(lower or 1) or math.nan)


def _distance(spoken: Sequence[str], words: Sequence[str], *, backwards: bool) -> float:
    """How many words lie between; a large number when the spoken words are not within four."""
    wanted = list(reversed(spoken)) if backwards else list(spoken)
    for start in range(min(5, len(words))):
        if words[start : start + len(wanted)] == wanted:
            return float(start)
    return 99.0


def without_knobs(text: str) -> str:
    """The text without formulas, numbers and units: what is left says which animation is meant."""
    text = formulas.written_out(text)
    while (found := formulas.find_formula(text)) is not None and found.end > found.start:
        text = text[: found.start] + " " + text[found.end :]
    for each in reversed(quantities(text)):
        text = text[: each.start] + " " + text[each.end :]
    return " ".join(text.split())

"""Knob values said in a prompt, read by rule: assignments, units, lists, ranges, matrices, names, formulas."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from generation.engine import knobs
from generation.engine.errors import RequestFault
from generation.engine.library.catalogue import KnobWords, Template
from generation.engine.types import Knob, KnobKind, KnobValue
from generation.engine.understanding import formulas, matrices, own_data, reactions
from generation.engine.understanding.nearness import beside, stands_after, stands_before
from generation.engine.understanding.quantities import Quantity, converted, groups, is_money, quantities, same_unit

GRAVITY = {"Moon": 1.62, "Mars": 3.71, "Earth": 9.81, "Jupiter": 24.79, "Venus": 8.87, "Saturn": 10.44, "Mercury": 3.7}
_ACCELERATION = {"m/s²", "m/s^2", "m/s2"}
_RANGE = re.compile(
    r"\s*(?:to|and|until|up to|till|\.\.\.?|-|,|<=?\s*[xt]\s*<=?|through)\s*(?:x\s*=\s*)?", re.IGNORECASE
)
_RANGE_HEAD = re.compile(
    r"(?:\bfrom|\bbetween|\binterval|\bdomain|\brange|\bin|\bon|\bover|\bof)\s*(?:[xt]\s*=\s*)?[\[(]?\s*$",
    re.IGNORECASE,
)
_UPRIGHT = re.compile(r"(?<![\w.])x\s*=\s*-?\s*\d+(?:\.\d+)?(?![\w.^*/+])")
_PI = re.compile(r"pi\b|π", re.IGNORECASE)
_TOKEN = re.compile(r"[^\W\d_]\w*(?:'[^\W\d_]+)?")
_OWNED = "'s"
_SINGLE = (KnobKind.NUMBER, KnobKind.INTEGER)
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
        self.common_unit = ""  # of knobs that take any unit, once another knob has read which

    def read(self) -> Readings:
        """Each reader takes what it understands out of the text, so that no number is read twice."""
        self.read_own_data()
        self.read_formula()
        self.read_matrix()
        self.read_range()
        self.read_unit()
        self.read_numbers()
        self.read_names()
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
        return next((self.knobs[name] for name, words in self.words.items() if words.reads == reads), None)

    def read_matrix(self) -> None:
        targets = [self.knobs[name] for name, words in self.words.items() if words.reads == "matrix"]
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
            self.common_unit = symbol

    # --- numbers ------------------------------------------------------------------------------------

    def read_numbers(self) -> None:
        lists = self.parted(groups(self.text, quantities(self.text)))
        taken = self.read_pairs(lists) | self.read_shared(lists)
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

    def parted(self, lists: Sequence[list[Quantity]]) -> list[list[Quantity]]:
        """ "first guess 5 and 6 steps": two numbers side by side that belong to two knobs are no list."""
        parts: list[list[Quantity]] = []
        for group in lists:
            before = self.named_by(stands_before, group[0])
            after = self.named_by(stands_after, group[-1])
            if len(group) == 2 and before and after and before != after:
                parts += [[group[0]], [group[1]]]
            else:
                parts.append(group)
        return parts

    def named_by(self, stands: Callable[[str, str, Quantity], bool], number: Quantity) -> str:
        """The single number whose longest word stands there."""
        found = [
            (len(word), name)
            for name, knob in self.knobs.items()
            if knob.kind in _SINGLE
            for word in self.words[name].words
            if stands(word, self.text, number)
        ]
        return max(found)[1] if found else ""

    def read_pairs(self, lists: Sequence[Sequence[Quantity]]) -> set[int]:
        """ "(3, 4) and (1, -2)": pairs in brackets go to the knobs that hold lists, in order."""
        targets = [knob for knob in self.knobs.values() if knob.kind is KnobKind.NUMBERS]
        pairs = [index for index, group in enumerate(lists) if len(group) > 1 and self.is_bracketed(group)]
        if len(targets) < 2 or len(pairs) != len(targets):
            return set()
        for knob, index in zip(targets, pairs, strict=True):
            self.put_numbers(knob, lists[index])
        return set(pairs)

    def is_bracketed(self, group: Sequence[Quantity]) -> bool:
        before, after = self.text[: group[0].start].rstrip()[-1:], self.text[group[-1].end :].lstrip()[:1]
        return before + after in ("()", "[]")

    def read_shared(self, lists: Sequence[Sequence[Quantity]]) -> set[int]:
        """ "legs 3 and 4": one word, as many knobs as numbers, each knob its number in order."""
        taken: set[int] = set()
        scalars = [each for each in self.knobs.values() if each.kind in _SINGLE]
        for index, group in enumerate(lists):
            if self.put_by_unit(scalars, group):
                taken.add(index)
                continue
            for word in {word for knob in scalars for word in self.words[knob.name].words}:
                sharing = [knob for knob in scalars if word in self.words[knob.name].words]
                fits = all(self.in_unit(knob, each) is not None for knob in sharing for each in group)
                if len(sharing) == len(group) > 1 and fits and beside(word, self.text, lists, index) >= _ENOUGH:
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
                fits = all(self.in_unit(knob, each) is not None for each in group)
                if score >= _ENOUGH and fits and not self.is_talk(knob, group):
                    yield _Match(score, knob, index)

    @staticmethod
    def is_talk(knob: Knob, group: Sequence[Quantity]) -> bool:
        """ "Two vectors", "three resistors": words that count things, and are no value of a list or in a unit."""
        bare = all(each.worded and not each.unit for each in group)
        return bare and (knob.kind is KnobKind.NUMBERS or bool(knob.unit))

    def fit(self, knob: Knob, spoken: KnobWords, lists: Sequence[Sequence[Quantity]], index: int) -> float:
        """How well a list of numbers fits a knob: by its unit and by the words beside it."""
        group = lists[index]
        score = 0.0
        if group[-1].unit:
            rivals = [each for each in self.knobs.values() if self.in_unit(each, group[-1]) is not None and each.unit]
            score += 2.2 if len(rivals) == 1 else 1.4
        elif knob.unit and not group[0].worded:
            score += 0.2
        score += max((beside(word, self.text, lists, index) for word in spoken.words), default=0.0)
        if knob.kind is KnobKind.NUMBERS and not knob.unit and len(group) >= max(3, knob.at_least):
            score += 2.0
        if knob.kind is not KnobKind.NUMBERS and len(group) > 1:
            score -= 0.3
        return score

    def in_unit(self, knob: Knob, quantity: Quantity) -> float | None:
        spoken = self.words[knob.name]
        unit = knob.unit or self.unit_read(knob) or next(iter(spoken.units), "")
        if unit == "°" and not quantity.unit and _PI.search(self.text[quantity.start : quantity.end]):
            quantity = replace(quantity, unit="rad")
        if quantity.unit and not unit:
            return None
        return converted(quantity, unit, difference=spoken.reads == "difference")

    def unit_read(self, knob: Knob) -> str:
        """The unit that another knob has read; whole numbers count things and have none."""
        return self.common_unit if knob.kind is KnobKind.NUMBER else ""

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

    # --- keeping ------------------------------------------------------------------------------------

    def put(self, knob: Knob, value: KnobValue, said: str = "") -> None:
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
        if sentence not in self.readings.understood:
            self.readings.understood.append(sentence)

    def cover(self, start: int, end: int) -> None:
        """Blank what was read, keeping the places of the rest."""
        self.text = self.text[:start] + "~" * (end - start) + self.text[end:]


def _tokens(text: str) -> str:
    """The words of a text with a space on each side; H2O2 keeps its digits."""
    return f" {' '.join(each.removesuffix(_OWNED) for each in _TOKEN.findall(text.lower()))} "


def without_knobs(text: str) -> str:
    """The text without formulas, numbers and units: what is left says which animation is meant."""
    text = formulas.written_out(text)
    while (found := formulas.find_formula(text)) is not None and found.end > found.start:
        text = text[: found.start] + " " + text[found.end :]
    for each in reversed(quantities(text)):
        text = text[: each.start] + " " + text[each.end :]
    return " ".join(text.split())

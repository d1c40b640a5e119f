"""Which number of a sentence belongs to which knob: by its unit, the words beside it, its order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from generation.engine import knobs
from generation.engine.errors import RequestFault
from generation.engine.library.catalogue import KnobWords
from generation.engine.types import Knob, KnobKind
from generation.engine.understanding.keeping import Keeper
from generation.engine.understanding.nearness import beside, stands_after, stands_before
from generation.engine.understanding.quantities import UNITS, Quantity, converted, groups, plain_unit, quantities

_PI = re.compile(r"pi\b|π", re.IGNORECASE)
_SINGLE = (KnobKind.NUMBER, KnobKind.INTEGER)
_ENOUGH = 1.9
_CLEARLY = 1.6  # by so much a value out of bounds must fit better than one within them
_EACH = re.compile(r"\s*(?:each|apiece)\b", re.IGNORECASE)
_EQUAL = re.compile(r"\b(?:equal|identical|like|same|alike|both)\b[^.;!?,]*$", re.IGNORECASE)
_UNLIKE = re.compile(r"\b(?:opposite|unlike|unequal|different)\b", re.IGNORECASE)
_MEETING = re.compile(
    r"\b(?:opposite\s+direction|other\s+way|head[\s-]on|towards?\s+(?:it|each\s+other|one\s+another|the\s+first)|oncoming)\b",
    re.IGNORECASE,
)
_ANOTHER = re.compile(r"\b(?:and|other|another|second|third)\b", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\b", re.IGNORECASE)
_TAKEN_AWAY = re.compile(r"\b(?:subtract|take|taking|subtracting)\b", re.IGNORECASE)
_TIMES = frozenset(unit for unit, (kind, _) in UNITS.items() if kind == "time" and len(unit) > 2)
_POUNDS = re.compile(r"pounds?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Match:
    score: float
    knob: Knob
    group: int


class NumberReader(Keeper):
    """Gives the numbers of the text to knobs."""

    def read_numbers(self) -> None:
        """Read every number that belongs to a knob; of the others the teacher is told, or asked."""
        lists = self.parted(groups(self.text, quantities(self.text)))
        taken = self.read_pairs(lists) | self.read_shared(lists)
        lists, taken = self.apart(lists, taken)
        chosen: dict[str, int] = {}
        for match in self.within_bounds(list(self.matches(lists)), lists):
            free = match.knob.name not in chosen and match.knob.name not in self.readings.values
            if free and match.group not in taken:
                taken.add(match.group)
                chosen[match.knob.name] = match.group
        self.put_in_order(chosen, lists)
        for name, index in chosen.items():
            more = self.others_of(self.knobs[name], index, lists, taken)
            taken |= set(more)
            self.put_numbers(self.knobs[name], [each for place in sorted([index, *more]) for each in lists[place]])
        for index, group in enumerate(lists):
            talk = all(each.worded and not each.unit for each in group)
            if index not in taken and not talk:
                self.leave_out(group)
            if index in taken or not talk:
                self.cover(group[0].start, group[-1].end)

    def put_in_order(self, chosen: dict[str, int], lists: Sequence[Sequence[Quantity]]) -> None:
        """Knobs that share their words, with none of its own beside the numbers, take them in the text's order."""
        names = [name for name in self.knobs if name in chosen]
        for first, second in combinations(names, 2):
            one, other = self.words[first].words, self.words[second].words
            alike = set(one) & set(other) and self.knobs[first].unit == self.knobs[second].unit
            if not alike or chosen[first] < chosen[second]:
                continue
            own = [(word, chosen[first]) for word in one if word not in other]
            own += [(word, chosen[second]) for word in other if word not in one]
            if all(beside(word, self.text, lists, index) < _ENOUGH for word, index in own):
                chosen[first], chosen[second] = chosen[second], chosen[first]

    def others_of(self, knob: Knob, index: int, lists: Sequence[Sequence[Quantity]], taken: set[int]) -> list[int]:
        """ "One 1 m long and the other 2 m long": more numbers of a list, of a unit that no other knob takes."""
        if knob.kind is not KnobKind.NUMBERS or not knob.unit:
            return []
        more = []
        for place, group in enumerate(lists):
            rivals = [each for each in self.knobs.values() if each.unit and self.in_unit(each, group[-1]) is not None]
            between = self.text[lists[min(place, index)][-1].end : lists[max(place, index)][0].start]
            if place not in taken and group[-1].unit and rivals == [knob] and _ANOTHER.search(between):
                more.append(place)
        return more

    def leave_out(self, group: Sequence[Quantity]) -> None:
        """A number with a unit that a setting could take is asked about; any other is told."""
        said = self.text[group[0].start : group[-1].end].strip(" ,")
        measured = [each for each in self.knobs.values() if each.unit and group[-1].unit]
        able = [each for each in measured if self.in_unit(each, group[-1]) is not None and self.takes(each, group)]
        fitting = [each.label for each in able]
        if (other := self.only_other(able)) is not None:
            self.put_numbers(other, group)
        elif fitting:
            self.readings.problems.append(f"I am not sure what “{said}” is: {' or '.join(fitting)}.")
        else:
            self.tell(f"I did not use “{said}”: no setting of this animation fits it.")
            self.readings.unused.append(said)

    def only_other(self, able: Sequence[Knob]) -> Knob | None:
        """Of two that go by one name the one without a value: the first mass, where the second is known."""
        free = [each for each in able if each.name not in self.readings.values]
        return free[0] if len(free) == 1 and len(able) == 2 and self.kin(able) == list(able) else None

    def apart(self, lists: Sequence[list[Quantity]], taken: set[int]) -> tuple[list[list[Quantity]], set[int]]:
        """Numbers that stand together but are nobody's list, one by one: "learning rate 0.2, 15 steps"."""
        holding = [each for each in self.knobs.values() if each.kind is KnobKind.NUMBERS]
        parts: list[list[Quantity]] = []
        kept: set[int] = set()
        for index, group in enumerate(lists):
            whole = index in taken or any(all(self.in_unit(knob, one) is not None for one in group) for knob in holding)
            if index in taken:
                kept.add(len(parts))
            parts += [group] if whole else [[each] for each in group]
        return parts, kept

    def within_bounds(self, matches: Sequence[_Match], lists: Sequence[Sequence[Quantity]]) -> list[_Match]:
        """The best first. A knob that cannot take the value stands back where another can."""
        able = {(each.group, each.knob.name) for each in matches if self.takes(each.knob, lists[each.group])}
        best: dict[int, float] = {}
        for each in matches:
            if (each.group, each.knob.name) in able:
                best[each.group] = max(best.get(each.group, 0.0), each.score)
        kept = [
            each
            for each in matches
            if (each.group, each.knob.name) in able
            or each.score > best.get(each.group, 0.0) + _CLEARLY
            or each.group not in best
        ]
        return sorted(kept, key=lambda match: -match.score)

    def takes(self, knob: Knob, group: Sequence[Quantity]) -> bool:
        """Whether the knob can have the value."""
        values = [self.in_unit(knob, each) or 0.0 for each in group]
        try:
            knobs.checked(knob, values if knob.kind is KnobKind.NUMBERS else values[0])
        except RequestFault:
            return False
        return True

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
        """ "(3, 4) and (1, -2)": pairs in brackets go to the knobs that hold lists, or to the coordinates, in order."""
        pairs = [index for index, group in enumerate(lists) if len(group) > 1 and self.is_bracketed(group)]
        targets = [knob for knob in self.knobs.values() if knob.kind is KnobKind.NUMBERS]
        if len(targets) > 1 and len(pairs) == len(targets):
            order = pairs[::-1] if self.is_taken_away(lists, pairs) else pairs
            for knob, index in zip(targets, order, strict=True):
                self.put_numbers(knob, lists[index])
            return set(pairs)
        singles = self.reading("points") or self.reading("complex")
        values = [each.value for index in pairs for each in lists[index]]
        if not pairs or len(values) != len(singles):
            return set()
        for knob, value in zip(singles, values, strict=True):
            self.put(knob, value)
        return set(pairs)

    def is_taken_away(self, lists: Sequence[Sequence[Quantity]], pairs: Sequence[int]) -> bool:
        """ "Subtract (1, 2) from (6, 3)" names what is taken away first."""
        first, second = lists[pairs[0]], lists[pairs[1]]
        between = self.text[first[-1].end : second[0].start]
        return bool(_TAKEN_AWAY.search(self.text[: first[0].start]) and _FROM.search(between))

    def is_bracketed(self, group: Sequence[Quantity]) -> bool:
        """Whether the numbers stand in brackets of their own."""
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
        """ "10 Hz and 11 Hz" where just two knobs are in hertz: each its number in order. "5 nC each": both."""
        if not all(each.unit for each in group):
            return False
        able = [knob for knob in scalars if all(self.in_unit(knob, each) is not None for each in group)]
        alike = len(group) == 1 and self.is_each(group[0])
        if len(group) < 2 and not alike:
            return False
        sharing = able if len(able) == len(group) and not alike else self.kin(able)
        if len(sharing) != len(group) and not (alike and len(sharing) > 1):
            return False
        for knob, each in zip(sharing, group if not alike else [group[0]] * len(sharing), strict=True):
            self.put(knob, self.in_unit(knob, each) or 0.0)
        return True

    def is_each(self, number: Quantity) -> bool:
        """Whether several things have this number: "4 nC each", "two equal charges of 4 nC"."""
        before = self.text[: number.start]
        if _EACH.match(self.text[number.end :]):
            return True
        return _EQUAL.search(before) is not None and not _UNLIKE.search(before)

    def kin(self, able: Sequence[Knob]) -> list[Knob]:
        """Those that go by one name: the charges, not the test charge."""
        by_word = {word: [knob for knob in able if word in self.words[knob.name].words] for knob in able
                   for word in self.words[knob.name].words}  # fmt: skip
        return max(by_word.values(), key=len, default=[])

    def matches(self, lists: Sequence[Sequence[Quantity]]) -> Iterator[_Match]:
        """Every knob with every list of numbers that may be its own."""
        numeric = (KnobKind.NUMBER, KnobKind.INTEGER, KnobKind.NUMBERS)
        for knob in self.knobs.values():
            if knob.kind not in numeric or self.words[knob.name].reads == "matrix":
                continue
            for index, group in enumerate(lists):
                score = self.fit(knob, self.words[knob.name], lists, index)
                fits = all(self.in_unit(knob, each) is not None for each in group)
                if score >= _ENOUGH and fits and not self.is_talk(knob, group):
                    yield _Match(score, knob, index)

    def is_talk(self, knob: Knob, group: Sequence[Quantity]) -> bool:
        """ "Two vectors", "cross two plants": words that count things, and are no value of a list or in a unit."""
        bare = all(each.worded and not each.unit for each in group)
        return bare and (knob.kind is KnobKind.NUMBERS or bool(knob.unit) or not self.takes(knob, group))

    def fit(self, knob: Knob, spoken: KnobWords, lists: Sequence[Sequence[Quantity]], index: int) -> float:
        """How well a list of numbers fits a knob: by its unit and by the words beside it."""
        group = lists[index]
        score = 0.0
        if group[-1].unit in _TIMES and not knob.unit and self.in_unit(knob, group[-1]) is not None:
            score += 2.4
        elif knob.unit == "°" and all(_PI.search(self.text[each.start : each.end]) for each in group):
            score += 2.2
        elif group[-1].unit:
            rivals = [each for each in self.knobs.values() if self.in_unit(each, group[-1]) is not None and each.unit]
            score += 2.2 if len(rivals) == 1 else 2.0 if spoken.main else 1.4
        elif knob.unit and not group[0].worded:
            score += 0.2
        score += max((beside(word, self.text, lists, index) for word in spoken.words), default=0.0)
        if knob.kind is KnobKind.NUMBERS and not knob.unit and len(group) >= max(3, knob.at_least):
            score += 2.0
        if knob.kind is not KnobKind.NUMBERS and len(group) > 1:
            score -= 0.3
        return score

    def in_unit(self, knob: Knob, quantity: Quantity) -> float | None:
        """The number in the knob's unit; None where it measures something else."""
        spoken = self.words[knob.name]
        unit = knob.unit or self.unit_read(knob) or next(iter(spoken.units), "")
        if unit == "°" and not quantity.unit and _PI.search(self.text[quantity.start : quantity.end]):
            quantity = replace(quantity, unit="rad")
        if _POUNDS.search(self.text[quantity.start : quantity.end]) and UNITS.get(plain_unit(unit), ("",))[0] == "mass":
            quantity = replace(quantity, unit="lb")
        if quantity.unit and not unit:  # "for 2 decades", where the knob's own word is "years"
            unit = next((word for word in map(plain_unit, spoken.words) if word in _TIMES), "")
            if not unit or quantity.unit not in _TIMES:
                return None
        return converted(quantity, unit, difference=spoken.reads == "difference")

    def put_numbers(self, knob: Knob, group: Sequence[Quantity]) -> None:
        """Keep the numbers that a knob was given."""
        values = [value for each in group if (value := self.in_unit(knob, each)) is not None]
        if knob.kind is KnobKind.NUMBERS:
            self.put(knob, values)
            return
        meeting = self.words[knob.name].reads == "opposed" and values[0] > 0 and _MEETING.search(self.text)
        self.put(knob, -values[0] if meeting else values[0])
        if len(values) > 1 and knob.name in self.readings.values:
            self.tell(f"“{knob.label}” takes one value, so I took the first: {knobs.worded(knob, values[0])}.")

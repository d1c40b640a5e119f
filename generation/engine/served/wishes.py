"""What a teacher's words ask to change: knobs, read by rule, and whatever is left for a model."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from generation.engine import knobs
from generation.engine.library import catalogue
from generation.engine.library.catalogue import Template
from generation.engine.types import KnobKind, KnobValue
from generation.engine.understanding.keeping import Readings
from generation.engine.understanding.reading import read_knobs
from generation.engine.understanding.words import content, words_of

LONGEST = 400  # characters of a wish
# What every wish may say without asking for anything by it.
IDLE = frozenset(
    [
        "make", "set", "change", "use", "let", "put", "turn", "take", "give", "get", "go", "be", "is", "it", "its",
        "that", "this", "please", "now", "instead", "value", "values", "new", "them", "they", "want", "should", "would",
        "like", "need", "can", "could", "we", "our", "you", "your", "show", "all", "each", "both", "only", "just",
        "a", "an", "the", "of", "and", "to", "with", "in", "on", "at", "for", "by", "from", "as", "is", "are",
    ]
)  # fmt: skip
COLOURS: Mapping[str, str] = {
    "red": r"RED|FF5C5C|CORAL", "orange": r"ORANGE|FFA14D|CORAL", "yellow": r"YELLOW|GOLD|F4C95D",
    "green": r"GREEN|MINT|LEAF|6FD3B2|A5D46A", "blue": r"BLUE|SKY|7CC4F2", "purple": r"PURPLE|LILAC|C3A6F0",
    "violet": r"PURPLE|LILAC|C3A6F0", "pink": r"PINK|F29BC1", "white": r"WHITE|CHALK|FFFFFF",
    "grey": r"GRE?Y|GRAY|CHALK|8C959A", "gray": r"GRE?Y|GRAY|CHALK|8C959A", "teal": r"TEAL|4FB8B0",
    "brown": r"BROWN|B98A62", "gold": r"GOLD|YELLOW", "black": r"BLACK|000000",
}  # fmt: skip
_CLAUSE = re.compile(r"[,;]|\band\b")
_QUOTED = re.compile(r"[“\"]([^”\"]{1,80})[”\"]")
_TEXT = re.compile(r"\"(?!#)[^\"]*\"|'(?!#)[^']*'")
_NUMBER = re.compile(r"(?<![\w.])-?\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Wish:
    """A teacher's words taken apart. `rest` is empty where the knobs say it all."""

    values: Mapping[str, KnobValue]
    understood: tuple[str, ...]
    rest: str
    problems: tuple[str, ...] = ()


def read_wish(words: str, source: str, slug: str) -> Wish:
    """Read what is a knob's in the words. Animations that are no template's have no words for their knobs."""
    template = catalogue.templates().get(slug)
    if template is None:
        return Wish({}, (), words)
    readings = read_knobs(words, template)
    known = {knob.name for knob in knobs.extract(source)}
    values = {name: value for name, value in readings.values.items() if name in known}
    return Wish(values, tuple(readings.understood), _rest(words, readings, template, values), tuple(readings.problems))


def _rest(words: str, readings: Readings, template: Template, values: Mapping[str, KnobValue]) -> str:
    """The part of the words that no knob accounts for, clause by clause."""
    if not values or readings.unused:
        return words
    told = set[str]()
    for knob in template.knobs:
        if knob.name in values:
            meant = template.knob_words[knob.name]
            phrases = [knob.label, knob.unit, knob.name.replace("_", " "), *meant.words, *meant.names, *knob.choices]
            told |= {_stem(word) for phrase in phrases for word in words_of(phrase)}
            told |= set(COLOURS) if knob.kind is KnobKind.COLOUR else set()
    clauses = _CLAUSE.split(re.sub(r"~+", " ", readings.rest))
    left = [
        " ".join(clause.split())
        for clause in clauses
        if any(_stem(word) not in told and word not in IDLE for word in content(words_of(clause)))
    ]
    return ", ".join(left)


def unmet(wish: str, changed: str, values: Mapping[str, KnobValue]) -> tuple[str, ...]:
    """What the words name, colour, number or text, and the changed lines do not hold."""
    lower, code = wish.lower(), _TEXT.sub('""', changed)
    missing = [
        name
        for name, written in COLOURS.items()
        if re.search(rf"\b{name}\b", lower) and not re.search(rf"(?:\b|#|_)(?:{written})", code)
    ]
    spoken = _QUOTED.findall(wish)
    missing += [f"“{text}”" for text in spoken if text.casefold() not in changed.casefold()]
    held = {float(each) for each in _NUMBER.findall(changed)}
    for value in values.values():
        held |= {float(each) for each in (value if isinstance(value, list) else _NUMBER.findall(str(value)))}
    missing += [each for each in _NUMBER.findall(_QUOTED.sub(" ", wish)) if float(each) not in held]
    return tuple(missing)


def _stem(word: str) -> str:
    return word[:-1] if word.endswith("s") and len(word) > 3 else word

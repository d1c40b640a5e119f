"""Values said by comparing: "twice as long", "half the mass", "a quarter of the people", "4 nC each"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from generation.engine.understanding.quantities import NUMBER_WORDS, UNITS, Quantity, quantities

_TIMES = {"twice": 2.0, "double": 2.0, "triple": 3.0, "half": 0.5, "a third": 1 / 3, "a quarter": 0.25}
_MEASURED = {
    "length": r"long|length|tall|high|height|wide|width|distance|far|radius|amplitude",
    "mass": r"heavy|mass|weight",
    "speed": r"fast|speed|velocity",
    "force": r"strong|force|pull",
    "frequency": r"frequency",
    "resistance": r"resistance",
    "voltage": r"voltage",
    "charge": r"charge",
    "time": r"time|period",
}
_KIND_OF = {word: kind for kind, words in _MEASURED.items() for word in words.split("|")}
_FACTOR = (
    rf"(?P<factor>twice|double|triple|half|a\s+third|a\s+quarter|(?:\d+(?:\.\d+)?|{'|'.join(NUMBER_WORDS)})\s+times)"
)
_RELATION = re.compile(
    rf"\b{_FACTOR}\s+(?:(?:as\s+)(?P<how>{'|'.join(_KIND_OF)})\b(?:\s+as\s+(?:the\s+)?(?:first|other)\b)?"
    rf"|(?:of\s+)?(?:the|that|its|this)\s+(?:same\s+)?(?P<what>{'|'.join(_KIND_OF)})\b)",
    re.IGNORECASE,
)
_PEOPLE = (
    r"people|population|patients|pupils|students|class|herd|inhabitants|individuals|residents|them|everyone|energy"
)
# "40 N/m: no, 20 N/m" takes the first value back
_TAKEN_BACK = re.compile(
    r"[^.?!]{0,30}?(?:[,;:-]\s*(?:oh\s+)?no,|:\s*just|[,;:-]\s*(?:I\s+mean|sorry|rather|make\s+(?:it|that)),?)\s*",
    re.IGNORECASE,
)
_REPEATED = re.compile(r"(?<![\w.,])(\d+)\s+([a-z]{4,})(\s+and\s+\d+\s+)\2\b", re.IGNORECASE)
_SHARE = re.compile(
    rf"\b(?:(?P<part>half|a\s+third|a\s+quarter|a\s+fifth|a\s+tenth|0\.\d+)\s+(?:of\s+)?(?:the\s+|all\s+|our\s+|all\s+the\s+)*"
    rf"(?=(?:{_PEOPLE})\b)"
    rf"|(?:one|1)\s+(?:in|out\s+of)\s+(?:every\s+)?(?P<many>a\s+hundred|a\s+thousand|\d+|ten|twenty|fifty)"
    r"(?:\s+(?:people|patients|persons)\b)?)",
    re.IGNORECASE,
)
_PARTS = {"half": 50.0, "a third": 100 / 3, "a quarter": 25.0, "a fifth": 20.0, "a tenth": 10.0}
_MANY = {"a hundred": 100.0, "a thousand": 1000.0}


@dataclass(frozen=True, slots=True)
class Resolved:
    """The text with the values in place of the comparisons, and the comparisons that have nothing to compare with."""

    text: str
    open: tuple[str, ...] = ()


def resolved(text: str) -> Resolved:
    """Put "2 m" where the text says "twice as long" after "1 m", and leave out what is taken back."""
    text = _REPEATED.sub(r"\1\3\2", _durations_first(_corrected(text)))
    unknown: list[str] = []
    position = 0
    while (found := _RELATION.search(text, position)) is not None:
        kind = _KIND_OF[(found["how"] or found["what"]).lower()]
        bases = [each for each in quantities(text[: found.start()]) if each.unit and UNITS[each.unit][0] == kind]
        if not bases:
            unknown.append(found.group())
            position = found.end()
            continue
        value = f"{bases[-1].value * _factor(found['factor']):.10g} {bases[-1].unit} {found['how'] or found['what']}"
        text = text[: found.start()] + value + text[found.end() :]
        position = found.start() + len(value)
    return Resolved(text, tuple(unknown))


def _corrected(text: str) -> str:
    """The text without values that the next one takes back."""
    for first, second in reversed(list(pairwise(quantities(text)))):
        if _kind(first) == _kind(second) and _TAKEN_BACK.fullmatch(text[first.end : second.start]):
            text = text[: first.start] + text[first.end :]
    return text


def _durations_first(text: str) -> str:
    """ "Cruise at 15 m/s for 30 s" says of the cruise how long it lasts: "cruise for 30 s at 15 m/s"."""
    for first, second in reversed(list(pairwise(quantities(text)))):
        at = re.search(r"\bat\s+$", text[: first.start])
        joined = text[first.end : second.start] == " for " and (_kind(first), _kind(second)) == ("speed", "time")
        if at and joined:
            speed, time = text[at.start() : first.end], text[first.end + 1 : second.end]
            text = f"{text[: at.start()]}{time} {speed}{text[second.end :]}"
    return text


def _kind(quantity: Quantity) -> str:
    return UNITS[quantity.unit][0] if quantity.unit else ""


def _factor(said: str) -> float:
    said = " ".join(said.lower().split())
    times = said.removesuffix(" times")
    return _TIMES[said] if said in _TIMES else NUMBER_WORDS[times] if times in NUMBER_WORDS else float(times)


def in_percent(text: str) -> str:
    """ "A quarter of the people" is 25 % of them, "one in a hundred" 1 %."""
    return _SHARE.sub(lambda found: f"{_percent(found):.10g} % ", text)


def _percent(found: re.Match[str]) -> float:
    if found["part"]:
        part = " ".join(found["part"].lower().split())
        return _PARTS[part] if part in _PARTS else 100 * float(part)
    many = " ".join(found["many"].lower().split())
    return 100 / (_MANY.get(many) or NUMBER_WORDS.get(many) or float(many))

"""Numbers said in words or written as people write them, as plain digits: "two and a half", "1 200 €", "5k".

A single word such as "two" stays as it is: it is more often talk ("two slits") than a value.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_ONES = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_VALUES = {word: number for number, word in enumerate(_ONES, 1)} | {
    word: 10 * number for number, word in enumerate(_TENS, 2)
}
_PARTS = {
    "half": 2, "halves": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10,
    "hundredth": 100,
}  # fmt: skip
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}

_SMALL = rf"(?:(?:{'|'.join(_TENS)})(?:[\s-](?:{'|'.join(_ONES[:9])}))?|(?:{'|'.join(reversed(_ONES))}))"
_HUNDREDS = rf"(?:(?:{_SMALL}|a)\s+hundred(?:\s+(?:and\s+)?{_SMALL})?|{_SMALL})"
_SPOKEN = rf"{_HUNDREDS}\s+thousand(?:\s+(?:and\s+)?{_HUNDREDS})?|{_HUNDREDS}"
_PERIOD = (
    r"(?:(?<=\bfor )|(?<=\bafter )|(?<=\bwithin )|(?<=\blasts ))an?\s+"
    r"(?=(?:week|day|hour|minute|month|year|decade)\b(?=\s*(?:[.,;?!]|$|with\b|and\b|later\b)))"
)
_COUNT = rf"\d+|{'|'.join(reversed(_ONES))}"
_PART = "|".join(f"{part}s?" for part in _PARTS)


def _number(words: str) -> float:
    """The value of words that `_SPOKEN` matches."""
    total, current = 0.0, 0.0
    for word in re.split(r"[\s-]+", words.lower()):
        if word == "thousand":
            total, current = total + 1000 * current, 0.0
        elif word == "hundred":
            current *= 100
        elif word == "a":
            current = 1.0
        elif word != "and":
            current += _count(word)
    return total + current


def _count(text: str) -> float:
    return float(text) if text[0].isdigit() else float(_VALUES[text.lower()])


def _in_words(found: re.Match[str]) -> str:
    """Several words that are one number; one word alone stays."""
    return _digits(_number(found.group())) if re.search(r"[\s-]", found.group()) else found.group()


def _mixed(found: re.Match[str]) -> str:
    part = found["part"].lower()
    count = 1.0 if found["count"].lower() in ("a", "an") else _count(found["count"])
    return _digits(_count(found["whole"]) + count / _divisor(part))


def _fraction(found: re.Match[str]) -> str:
    return _digits(_count(found["count"]) / _divisor(found["part"].lower()))


def _divisor(part: str) -> int:
    return _PARTS.get(part) or _PARTS[part.removesuffix("s")]


def _digits(value: float) -> str:
    return f"{value:.12g}"


_RULES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), written)
    for pattern, written in (
        # 1 200 € and 12 500.50: in groups of three, before a unit, so that a list of numbers stays one
        (
            r"(?<![\d.,]\s)(?<![\d.,])\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:\.\d+)?(?=\s*(?:[€$£%]|[a-zµΩ]))",
            lambda found: re.sub(r"\s", "", found.group()),
        ),
        (r"(?<![\d.,])\d{1,3}(?:,\d{3})+\.\d+", lambda found: found.group().replace(",", "")),
        (r"(?<=\d)k(?=\s*resistors?\b)", lambda found: " kΩ"),
        (r"(?<![\w.,])(?P<front>\d+(?:\.\d+)?)k(?![\w/Ω])", lambda found: _digits(1000 * float(found["front"]))),
        (
            rf"\b(?P<whole>{_COUNT})\s+and\s+(?P<count>an?|one|three)\s+(?P<part>half|quarters?|thirds?)\b(?!-)",
            _mixed,
        ),
        (rf"\b(?P<count>{_COUNT})[\s-](?P<part>{_PART})\b(?!-)", _fraction),
        (rf"\b(?:{_SPOKEN})\b", _in_words),
        (r"\ba\s+dozen\b", lambda found: "12"),
        (
            r"(?<![\w.,])(?P<front>\d+(?:\.\d+)?)\s+(?P<scale>hundred|thousand|million|billion)\b",
            lambda found: _digits(float(found["front"]) * _SCALES[found["scale"].lower()]),
        ),
        # "for a week" is one week; "a second wave" is none
        (
            _PERIOD,
            lambda found: "1 ",
        ),
    )
)  # fmt: skip


def in_digits(text: str) -> str:
    """The text with numbers of several words, mixed numbers, fractions and grouped digits as plain numbers."""
    for pattern, written in _RULES:
        text = pattern.sub(written, text)
    return text

"""How closely a word stands to numbers in a sentence: what "length" says about the 4 of "a length of 4 m"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generation.engine.understanding.quantities import Quantity
from generation.engine.understanding.words import stem, words_of

NEXT = 3.0  # right beside the numbers
_BREAK = re.compile(r"[.;!?,](?:\s|$)|\n")  # a comma ends the reach of a word
_ASSIGNED = re.compile(
    r"\s*(?:=|:|:=|is|equals|equal to|of|at|to|about|around|being|as)\s*(?:about\s*|=\s*)?$", re.IGNORECASE
)
_LINK = re.compile(r"(?:[=:]|\bis|\bat|\bequals)\s*$", re.IGNORECASE)  # no "of": "2500 throws of five dice"
_LEADING = ("with", "at", "of", "for", "to", "by", "on")


def beside(word: str, text: str, lists: Sequence[Sequence[Quantity]], index: int) -> float:
    """How closely a knob's word stands before or after the numbers, without others in between."""
    before, after = _around(text, lists, index)
    if len(word) == 1 or any(each.isdigit() for each in word):
        named = rf"(?<![a-z]){re.escape(word)}\s*(?:=|:|\bis\b|\bequals\b|\bof\b)\s*$"
        return 3.5 if re.search(named, before, re.IGNORECASE) else 0.0
    spoken = [stem(each) for each in words_of(word)] or [word]
    linked = _ASSIGNED.sub(" ", before)
    said, whole = ([stem(each) for each in words_of(part)] for part in (linked, before))
    behind = NEXT - 0.5 * min(_distance(spoken, each[::-1], backwards=True) for each in (said, whole))
    adjoining = index and before == text[lists[index - 1][-1].end : lists[index][0].start]
    if adjoining and linked == before and len(said) == len(spoken):
        behind -= 1.5  # "4 dice 2000 times": the dice are four
    following = [stem(each) for each in words_of(after)]
    ahead = NEXT + 0.1 - 0.6 * _distance(spoken, following, backwards=False)
    if _leads_on(spoken, after, text, lists, index):
        ahead -= 2.0  # "a capacity of 500 starting with 30": the start is thirty
    equals = 0.8 if behind >= NEXT and re.search(r"[=:]\s*$", before) else 0.0
    return max(behind + equals, ahead, 0.0)


def _leads_on(spoken: Sequence[str], after: str, text: str, lists: Sequence[Sequence[Quantity]], index: int) -> bool:
    """Whether the word stands right before the next number, linked to it by no more than "=" or "at"."""
    if index + 1 >= len(lists) or after != text[lists[index][-1].end : lists[index + 1][0].start]:
        return False
    said = [stem(each) for each in words_of(after)]
    if said[-len(spoken) :] == list(spoken):
        return spoken[-1] in _LEADING or _LINK.search(after) is not None
    return _LINK.search(after) is not None and [stem(each) for each in words_of(_LINK.sub(" ", after))][
        -len(spoken) :
    ] == list(spoken)


def stands_before(word: str, text: str, number: Quantity) -> bool:
    """Whether the word ends right before the number: "first guess 5"."""
    before = _ASSIGNED.sub(" ", _BREAK.split(text[: number.start])[-1])
    return len(word) > 1 and re.search(rf"(?<!\w){re.escape(word)}\s*$", before, re.IGNORECASE) is not None


def stands_after(word: str, text: str, number: Quantity) -> bool:
    """Whether the word follows the number at once: "6 steps"."""
    return len(word) > 1 and re.match(rf"\s*{re.escape(word)}(?!\w)", text[number.end :], re.IGNORECASE) is not None


def _around(text: str, lists: Sequence[Sequence[Quantity]], index: int) -> tuple[str, str]:
    """What stands between the numbers and the next ones on either side, as far as a word reaches."""
    first, last = lists[index][0], lists[index][-1]
    left = lists[index - 1][-1].end if index else 0
    right = lists[index + 1][0].start if index + 1 < len(lists) else len(text)
    return _BREAK.split(text[left : first.start])[-1], _BREAK.split(text[last.end : right])[0]


def _distance(spoken: Sequence[str], words: Sequence[str], *, backwards: bool) -> float:
    """How many words lie between; a large number when the spoken words are not within four."""
    wanted = list(reversed(spoken)) if backwards else list(spoken)
    for start in range(min(5, len(words))):
        if words[start : start + len(wanted)] == wanted:
            return float(start)
    return 99.0

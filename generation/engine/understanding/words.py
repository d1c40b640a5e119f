"""Words of a prompt: cut, stemmed, weighed by how rare they are, and forgiven their typing errors."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from functools import cache

from generation.engine.understanding.embedding import DATA
from generation.engine.understanding.quantities import UNITS

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
# Words of school science: spelt right, though the model's vocabulary lacks many, and meant by their misspellings.
TERMS = frozenset((DATA / "terms.txt").read_text(encoding="utf-8").split())
# Said around any subject: they tell nothing about which animation is meant.
GENERAL = frozenset((DATA / "general_words.txt").read_text(encoding="utf-8").split())
# A millimetre is no mistyped kilometre.
_UNIT_WORDS = frozenset(
    form for unit in UNITS for word in unit.split() if word.isalpha() for form in (word, f"{word}s")
)
_SUFFIXES = (
    "izations", "isations", "ization", "isation", "ational", "fulness", "ousness", "iveness", "ements", "ations",
    "ities", "ation", "ators", "ement", "ments", "ances", "ences", "ating", "ional", "ness", "ment", "ance", "ence",
    "able", "ible", "ator", "ally", "ical", "ings", "ies", "ied", "ing", "ion", "ions", "ers", "ity", "ive", "ate",
    "ous", "est", "ed", "er", "es", "ly", "al", "ic", "or", "s", "e", "y",
)  # fmt: skip


def words_of(text: str) -> list[str]:
    """The words of a text in small letters, without numbers and signs."""
    return [word.removesuffix("'s").strip("'") for word in _WORD.findall(text.lower())]


@cache
def stem(word: str) -> str:
    """The word without its ending, so that `waves`, `waving` and `wave` meet."""
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 3:
            bare = word[: -len(suffix)]
            return bare[:-1] if len(bare) > 3 and bare[-1] == bare[-2] and bare[-1] not in "ls" else bare
    return word


def singular(word: str) -> str:
    """The word without a plural ending: what is refused must be named, not only sound related."""
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word


def content(words: Iterable[str]) -> list[str]:
    """The words that say what is asked for."""
    return [word for word in words if word not in GENERAL and len(word) > 1]


@cache
def _ranks() -> Mapping[str, int]:
    with (DATA / "vocab.txt").open(encoding="utf-8") as file:
        return {line.rstrip("\n"): rank for rank, line in enumerate(file)}


def is_english(word: str) -> bool:
    """Whether the model's vocabulary holds the whole word."""
    return word in _ranks()


@cache
def weight(word: str) -> float:
    """How much a word says, 0 to 1: the vocabulary is ordered by frequency, rare words say more."""
    rank = _ranks().get(word, 30_000)
    return min(1.0, max(0.15, math.log(max(rank, 2_000) / 1_500) / math.log(20)))


class Speller:
    """Finds the catalogue's word a mistyped word stands for."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known = frozenset(known) | TERMS | _UNIT_WORDS
        self._by_length: dict[int, list[str]] = {}
        for word in sorted(self._known):
            self._by_length.setdefault(len(word), []).append(word)

    def corrected(self, word: str) -> str:
        """The nearest known word within one or two slips, or the word itself when it is right or far from all."""
        if word in self._known or word in GENERAL or len(word) < 4 or is_english(word):
            return word
        if stem(word) in self._stems and stem(word) != word:  # projectil is no word, only the stem of one
            return word
        slips = 1 if len(word) < 6 else 2 if len(word) < 10 else 3
        best, fewest, letters = word, slips + 0.5, set(word)
        for length in range(len(word) - slips, len(word) + slips + 1):
            for candidate in self._by_length.get(length, ()):
                if len(letters.symmetric_difference(candidate)) > 2 * slips:
                    continue  # too many slips, without counting them one by one
                found = distance(word, candidate, slips)
                if candidate[0] != word[0]:
                    found += 0.5  # people rarely mistype the first letter
                if found < fewest:
                    best, fewest = candidate, found
        return best

    @property
    def _stems(self) -> frozenset[str]:
        return _stems_of(self._known)


@cache
def _stems_of(known: frozenset[str]) -> frozenset[str]:
    return frozenset(stem(word) for word in known)


def distance(left: str, right: str, limit: int) -> float:
    """Slips between two words: two letters swapped, one missing, extra or wrong; limit + 1 when there are more.

    The commoner a slip, the less it counts, so that limt is limit rather than list.
    """
    if abs(len(left) - len(right)) > limit:
        return limit + 1
    before: list[float] = []
    row: list[float] = [float(each) for each in range(len(right) + 1)]
    for i, a in enumerate(left, start=1):
        before, previous, row = row, before, [float(i)]
        for j, b in enumerate(right, start=1):
            cost = min(before[j] + 0.95, row[j - 1] + 0.9, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, previous[j - 2] + 0.85)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return row[-1]

"""Groups of words and phrases, and where they stand in a text. A word that ends in * matches whatever goes on."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from generation.engine.screening.normal import plain, tokens, unrepeated

HARMLESS = "harmless"  # phrases of science that only sound bad: their words are not looked at
_MASK = "\0"
_GLUED = 10  # letters from which a word may be several written together

Spans = Mapping[str, Sequence[tuple[int, int]]]
_Word = tuple[str, bool]  # the letters, and whether more may follow


class Lexicon:
    """All groups, indexed by the first word of each phrase, so that a long text costs little."""

    def __init__(self, groups: Mapping[str, Iterable[str]]) -> None:
        self._exact: dict[str, list[tuple[tuple[_Word, ...], str]]] = defaultdict(list)
        self._open: dict[str, list[tuple[tuple[_Word, ...], str]]] = defaultdict(list)
        self._words: set[str] = {"a", "i"}
        for group, phrases in groups.items():
            for phrase in phrases:
                first, *rest = _words(phrase)
                (self._open if first[1] else self._exact)[first[0]].append((tuple(rest), group))
                self._words |= {word for word, _ in (first, *rest) if len(word) > 1}
        self._lengths = sorted({len(prefix) for prefix in self._open})

    def find(self, text: Sequence[str]) -> tuple[Sequence[str], Spans]:
        """The words of a sentence, and where each group stands among them, as (first, behind the last)."""
        words = [part for word in text for part in self._parted(word)]
        found = self._scan(words)
        if HARMLESS not in found:
            return words, found
        masked = list(words)
        for start, end in found[HARMLESS]:
            masked[start:end] = [_MASK] * (end - start)
        return words, self._scan(masked)

    def _scan(self, words: Sequence[str]) -> dict[str, list[tuple[int, int]]]:
        found: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for start, word in enumerate(words):
            candidates = list(self._exact.get(word, ()))
            for length in self._lengths:
                if length > len(word):
                    break
                candidates += self._open.get(word[:length], ())
            for rest, group in candidates:
                end = start + 1 + len(rest)
                if all(map(_fits, rest, words[start + 1 : end])) and end <= len(words):
                    found[group].append((start, end))
        return found

    def _parted(self, word: str) -> tuple[str, ...]:
        *others, word = unrepeated(word)
        word = next((other for other in others if other in self._words), word)
        return (word,) if len(word) < _GLUED or word in self._exact else self._split(word)

    @lru_cache(maxsize=4096)  # noqa: B019 - there is one lexicon for the life of the process
    def _split(self, word: str) -> tuple[str, ...]:
        """Words written together (howtomakea...), apart where all of them are ours; else the word itself."""
        best: list[tuple[str, ...] | None] = [(), *[None] * len(word)]
        for end in range(1, len(word) + 1):
            for start in range(max(0, end - 16), end):
                before = best[start]
                if before is not None and word[start:end] in self._words:
                    parts = (*before, word[start:end])
                    known = best[end]
                    if known is None or len(parts) < len(known):
                        best[end] = parts
        return best[-1] or (word,)


def phrases_of(text: str) -> list[str]:
    """The phrases of a group as the data files hold them: apart by commas or lines."""
    return [phrase for phrase in map(str.strip, re.split(r"[,\n]", text)) if phrase]


def _words(phrase: str) -> list[_Word]:
    found = []
    for part in phrase.split():
        spoken = tokens(plain(part.removesuffix("*")))
        found += [(word, False) for word in spoken]
        if part.endswith("*"):
            found[-1] = (found[-1][0], True)
    return found


def _fits(wanted: _Word, word: str) -> bool:
    letters, is_open = wanted
    return word.startswith(letters) if is_open else word == letters

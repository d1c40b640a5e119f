"""German, French and Spanish word for word in English, for a sentence model that learnt English.

No translation: endings and order are lost. It is enough to tell what a text is about.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from generation.engine.screening.normal import STOP
from generation.engine.screening.rulebook import DATA

_GLOSSES = DATA / "glosses.txt"
_LANGUAGES = ("German", "French", "Spanish")
_KNOWN = 0.5  # share of the words from which a text is taken to be understood
_COMPOUND = 4  # letters from which the rest of a German word is looked up by itself


@dataclass(frozen=True, slots=True)
class _Glossary:
    """One language: its words, the beginnings of words that go on, and its phrases by their first word."""

    exact: Mapping[str, str]
    stems: Mapping[str, str]
    phrases: Mapping[str, Sequence[tuple[tuple[str, ...], str]]]
    compounds: bool

    def read(self, words: Sequence[str]) -> tuple[list[str], int]:
        """The words in English where they are known, else as they are, and how many were known."""
        found, known, at = [], 0, 0
        while at < len(words):
            rest, gloss = next(self._phrases_at(words, at), ((), self._gloss(words[at])))
            found.append(gloss or words[at])
            known += (1 + len(rest)) * bool(gloss)
            at += 1 + len(rest)
        return found, known

    def _phrases_at(self, words: Sequence[str], at: int) -> Iterator[tuple[tuple[str, ...], str]]:
        for rest, gloss in self.phrases.get(words[at], ()):
            if tuple(words[at + 1 : at + 1 + len(rest)]) == rest:
                yield rest, gloss

    def _gloss(self, word: str) -> str:
        if word in self.exact:
            return self.exact[word]
        for end in range(len(word), 2, -1):
            if word[:end] in self.stems:
                return f"{self.stems[word[:end]]} {self._rest(word[end:])}".strip()
        return ""

    def _rest(self, end: str) -> str:
        """What the second half of a compound means, also behind a linking s or n."""
        if not self.compounds or len(end) < _COMPOUND:
            return ""
        return self._gloss(end) or self._gloss(end.lstrip("sn"))


@lru_cache(maxsize=1024)
def glossed(words: tuple[str, ...]) -> str | None:
    """Plain words of a text in English; None where they are of none of the three languages."""
    spoken = tuple(word for word in words if word != STOP and not word.isdecimal())
    read = [glossary.read(spoken) for glossary in _glossaries()]
    english, known = max(read, key=lambda each: each[1])
    return " ".join(english) if known and known >= _KNOWN * len(spoken) else None


@cache
def _glossaries() -> tuple[_Glossary, ...]:
    rows = [line for line in _GLOSSES.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    columns = zip(*([cell.strip() for cell in row.split("|")] for row in rows), strict=True)
    english, *foreign = columns
    return tuple(
        _glossary(english, words, compounds=language == "German")
        for language, words in zip(_LANGUAGES, foreign, strict=True)
    )


def _glossary(english: Sequence[str], foreign: Sequence[str], *, compounds: bool) -> _Glossary:
    exact: dict[str, str] = {}
    stems: dict[str, str] = {}
    phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for meaning, words in zip(english, foreign, strict=True):
        for word in words.split():
            first, *rest = word.split("_")
            if rest:
                phrases.setdefault(first, []).append((tuple(rest), meaning))
            elif word.endswith("*"):
                stems.setdefault(word[:-1], meaning)
            else:
                exact.setdefault(word, meaning)
    longest_first = {first: sorted(found, key=lambda each: -len(each[0])) for first, found in phrases.items()}
    return _Glossary(exact, stems, longest_first, compounds)

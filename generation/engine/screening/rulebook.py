"""Rules about words as data: groups of words that stand near one another in a sentence, and what lifts that."""

from __future__ import annotations

import tomllib
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise, product
from pathlib import Path
from typing import Any

from generation.engine.screening.lexicon import Lexicon, Spans, phrases_of
from generation.engine.screening.normal import STOP, readings

DATA = Path(__file__).resolve().parent / "data"
_NEAR = 10  # words


@dataclass(frozen=True, slots=True)
class Rule:
    """Groups of words that must stand near one another, and those that lift the rule in their sentence."""

    needs: tuple[str, ...]
    near: int
    in_order: bool
    lifted_by: tuple[str, ...]
    shown_only: bool  # for texts that a class would see, not for what a teacher writes to us

    @classmethod
    def of(cls, facts: Mapping[str, Any], lifted_by: Iterable[str]) -> Rule:
        """The rule as a data file holds it; `lifted_by` is what its topic says."""
        return cls(
            needs=tuple(facts["needs"]),
            near=facts.get("near", _NEAR),
            in_order=facts.get("in_order", False),
            lifted_by=tuple(facts.get("lifted_by", lifted_by)),
            shown_only=facts.get("shown_only", False),
        )

    def match(self, spans: Spans) -> tuple[int, int] | None:
        """Where a sentence breaks the rule, as (first word, behind the last)."""
        if any(group not in spans for group in self.needs):
            return None
        if "evasion" not in spans and any(group in spans for group in self.lifted_by):
            return None
        for anchor in spans[self.needs[0]]:
            others = (self._around(anchor[0], spans[group]) for group in self.needs[1:])
            for chosen in product((anchor,), *others):
                ordered = sorted(chosen)
                first, last = ordered[0][0], max(end for _, end in chosen)
                apart = all(left[1] <= right[0] for left, right in pairwise(ordered))
                if apart and last - first <= self.near and (not self.in_order or list(chosen) == ordered):
                    return first, last
        return None

    def _around(self, word: int, spans: Sequence[tuple[int, int]]) -> Sequence[tuple[int, int]]:
        """Those that begin near enough to a word; a text of nothing but such words must not take long."""
        return spans[bisect_left(spans, (word - self.near, 0)) : bisect_left(spans, (word + self.near, 0))]


@dataclass(frozen=True, slots=True)
class Topic:
    """Rules about one thing, and what the file says of it besides."""

    name: str
    rules: tuple[Rule, ...]
    facts: Mapping[str, Any]


class Rulebook:
    """Topics, first the gravest, with all their words."""

    def __init__(self, topics: Sequence[Topic], groups: Mapping[str, Iterable[str]]) -> None:
        spoken_of = {group for topic in topics for rule in topic.rules for group in (*rule.needs, *rule.lifted_by)}
        if missing := spoken_of - set(groups):
            raise ValueError(f"Rules speak of groups of words that are not there: {', '.join(sorted(missing))}.")
        self._topics = topics
        self._lexicon = Lexicon(groups)

    def topic(self, name: str) -> Topic:
        """The topic of this name."""
        return next(topic for topic in self._topics if topic.name == name)

    def groups_in(self, text: str) -> frozenset[str]:
        """The groups of words that a text has, however it is read."""
        return frozenset(group for reading in readings(text) for group in self._lexicon.find(reading)[1])

    @property
    def groups(self) -> Sequence[str]:
        """The names of all groups of words that rules speak of."""
        return sorted(
            {group for topic in self._topics for rule in topic.rules for group in (*rule.needs, *rule.lifted_by)}
        )

    def find(self, text: str, *, shown: bool = False) -> tuple[Topic, str] | None:
        """The first topic that a text has, and the words that say so."""
        sentences = [self._lexicon.find(sentence) for reading in readings(text) for sentence in _sentences(reading)]
        for topic in self._topics:
            for rule in topic.rules:
                if rule.shown_only and not shown:
                    continue
                for words, spans in sentences:
                    place = rule.match(spans)
                    if place is not None:
                        return topic, " ".join(words[place[0] : place[1]])
        return None


@cache
def shared_words() -> Mapping[str, str]:
    """The groups that several topics use."""
    words: Mapping[str, str] = _read(DATA / "shared.toml")["words"]
    return words


@cache
def load(folder: str) -> Rulebook:
    """The rulebook of data/FOLDER: a file for each topic; shared words are in data/shared.toml."""
    groups = {name: phrases_of(words) for name, words in shared_words().items()}
    topics = []
    for path in sorted((DATA / folder).glob("*.toml")):
        facts = _read(path)
        groups |= {name: phrases_of(words) for name, words in facts["words"].items()}
        rules = tuple(Rule.of(rule, facts.get("lifted_by", ())) for rule in facts["rule"])
        topics.append(Topic(path.stem, rules, facts))
    topics.sort(key=lambda topic: topic.facts.get("rank", 9))
    return Rulebook(topics, groups)


def _sentences(words: Sequence[str]) -> Iterator[Sequence[str]]:
    start = 0
    for end in [*(index for index, word in enumerate(words) if word == STOP), len(words)]:
        if end > start:
            yield words[start:end]
        start = end + 1


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))

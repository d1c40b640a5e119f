"""Which template a prompt asks for: likeness of meaning and words that speak for or against, as one probability.

The probability comes from a logistic model over a few readable signals. Its weights are fitted on labelled
prompts by `python -m tests.understanding.score --fit`; docs/understanding.md says how well it does.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from functools import lru_cache

import numpy as np

from generation.engine.library.catalogue import Template
from generation.engine.understanding import embedding
from generation.engine.understanding.words import Speller, content, singular, stem, weight, words_of

_WITHOUT = ("without", "no", "not", "ignoring", "ignore", "neglecting", "neglect", "minus")
_WAVED_AWAY = re.compile(rf"\b(?:{'|'.join(_WITHOUT)})\s+(?:the\s+|any\s+)?$")
_SMALL = frozenset(("a", "an", "the", "of", "and", "in", "on", "at", "to", "for", "by", "with", "s"))


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for and against one template. All are about 0 to 1."""

    likeness: float  # of meaning, to the nearest of the template's texts
    breadth: float  # of meaning, mean over the three nearest texts
    lead: float  # of likeness over the best other template
    keyword: float  # strength of the strongest keyword found
    keywords: float  # strength of all keywords found
    keyword_lead: float  # over the best other template
    explained: float  # share of the prompt's content found in the template's own words
    explained_lead: float  # share of it, by how few templates have the words, over the best other template
    nearer_excluded: float  # is nearer in meaning to something the template cannot show


@dataclass(frozen=True, slots=True)
class Ranked:
    """A template with its probability, the words that spoke for it, and what it is asked for but cannot show."""

    template: Template
    confidence: float
    words: tuple[str, ...]
    signals: Signals
    excluded: str = ""

    @classmethod
    def chosen(cls, template: Template) -> Ranked:
        """A template somebody picked: nothing to weigh."""
        return cls(template, 1.0, (), Signals(*(0.0 for _ in fields(Signals))))


@dataclass(frozen=True, slots=True)
class Query:
    """A prompt as retrieval sees it. `formula` tells that it holds a formula to draw, taken out of `text`."""

    text: str
    plain: str
    formula: bool = False
    system: bool = False  # it holds two equations in two unknowns
    data: str = ""  # the kind of own data it holds, as cards name it


# Fitted; see the module's words.
OWN_DATA = 7.0  # how much more likely a template is that draws the kind of data the prompt holds
FORMULA_ALONE = 0.97  # a formula with nothing else said is a wish to see it drawn
BIAS = -6.41
WEIGHTS: Mapping[str, float] = {
    "likeness": 2.57,
    "breadth": 2.41,
    "lead": 3.36,
    "keyword": 0.83,
    "keywords": 0.75,
    "keyword_lead": 0.86,
    "explained": 2.69,
    "explained_lead": 2.31,
    "nearer_excluded": -3.11,
}


@dataclass(frozen=True, slots=True)
class Phrase:
    """A keyword or an exclusion. One with signs or single letters, such as A* or 3D, is looked for as it stands."""

    text: str
    stems: frozenset[str]

    @classmethod
    def of(cls, text: str, form: Callable[[str], str] = stem) -> Phrase:
        """Prepare a phrase; `form` is what two words must share to be the same."""
        words = re.split(r"[\s\-']+", text.lower())
        literal = any(word != "a" and (len(word) == 1 or not word.isalpha()) for word in words if word)
        return cls(text, frozenset() if literal else frozenset(_stems(text, form)))


class _Entry:
    """A template prepared for matching."""

    def __init__(self, template: Template) -> None:
        self.template = template
        self.texts = texts_of(template)
        self.vectors = embedding.embed_all(self.texts)
        self.excluded_vectors = embedding.embed_all(template.excludes)
        self.excludes = [Phrase.of(exclude, form=singular) for exclude in template.excludes]
        self.keywords = [Phrase.of(keyword) for keyword in template.keywords]
        by_knob = template.knob_words.values()
        spoken = (*self.texts, *template.keywords, *(word for each in by_knob for word in each.words))
        names = (name for each in by_knob for name in each.names)
        self.stems = frozenset(stem(word) for text in (*spoken, *names) for word in words_of(text))


class Ranker:
    """Ranks the templates of one catalogue. Made once; safe to use from several threads."""

    def __init__(self, templates: Iterable[Template]) -> None:
        self.entries = [_Entry(template) for template in templates]
        templates = [entry.template for entry in self.entries]
        texts = [text for each in templates for text in (*texts_of(each), *each.keywords, *each.excludes)]
        vocabulary = {word for text in texts for word in words_of(text)}
        self.speller = Speller(word for word in vocabulary if len(word) >= 4)
        self._spread = Counter(each for entry in self.entries for each in entry.stems)

    def corrected(self, text: str) -> str:
        """The text with mistyped words set right, as far as the library's words tell."""
        fixes = {word: self.speller.corrected(word) for word in words_of(text)}
        for word, right in fixes.items():
            if word != right:
                text = _replace_word(text, word, right)
        return text

    def rank(self, query: Query) -> list[Ranked]:
        """All templates, the most probable first."""
        asked = _Asked(query)
        likenesses = [np.sort(asked.likeness(entry.vectors))[::-1] for entry in self.entries]
        strengths = [self._keyword_strengths(entry, asked) for entry in self.entries]
        totals = [sum(each.values()) for each in strengths]
        leads = _leads([float(each[0]) for each in likenesses])
        keyword_leads = _leads(totals)
        explained_leads = _leads(self._shares_by_rarity(asked))
        ranked = []
        for index, entry in enumerate(self.entries):
            signals = Signals(
                lead=leads[index],
                keyword=max(strengths[index].values(), default=0.0),
                keywords=min(totals[index], 3.0) / 3,
                keyword_lead=max(-1.0, min(1.0, keyword_leads[index])),
                explained_lead=explained_leads[index],
                **_own_signals(entry, asked, likenesses[index]),
            )
            words = asked.words_for(keyword for keyword in entry.keywords if keyword.text in strengths[index])
            excluded = next((each.text for each in entry.excludes if asked.names(each, wanted=True)), "")
            confidence = probability(signals)
            if asked.formula:
                drawn = entry.template.draws_any_formula
                confidence = max(confidence, FORMULA_ALONE) if drawn else confidence * (1 - FORMULA_ALONE)
            if asked.system and any(words.reads == "equations" for words in entry.template.knob_words.values()):
                confidence = max(confidence, FORMULA_ALONE)
            if query.data and any(query.data == each.reads for each in entry.template.knob_words.values()):
                confidence = OWN_DATA * confidence / (1 + (OWN_DATA - 1) * confidence)
            ranked.append(Ranked(entry.template, confidence, words, signals, excluded))
        return sorted(ranked, key=lambda each: -each.confidence)

    def _keyword_strengths(self, entry: _Entry, asked: _Asked) -> dict[str, float]:
        """Each keyword found in the prompt with its strength: rare words that few templates use are strong."""
        found = {}
        for keyword in entry.keywords:
            if asked.names(keyword):
                rare = max((self._rarity(each) for each in keyword.stems), default=1.0)
                found[keyword.text] = rare * max((weight(word) for word in words_of(keyword.text)), default=1.0)
        return found

    def _shares_by_rarity(self, asked: _Asked) -> list[float]:
        """The share of the prompt that each template's words explain, where words of few templates count more."""
        said = [(stem(word), weight(word)) for word in asked.content]
        weights = {word: self._rarity(word) * heavy for word, heavy in said}
        total = sum(weights.values()) or 1.0
        return [sum(each for word, each in weights.items() if word in entry.stems) / total for entry in self.entries]

    def _rarity(self, word: str) -> float:
        """1 for a word of one template or none, falling towards 0 for a word of all."""
        count = len(self.entries) + 1
        return math.log(count / max(1, self._spread[word])) / math.log(count)


@lru_cache(maxsize=4)
def ranker_of(templates: tuple[Template, ...]) -> Ranker:
    """The ranker of a catalogue, made once."""
    return Ranker(templates)


def texts_of(template: Template) -> tuple[str, ...]:
    """What a prompt is compared with."""
    return (template.title, template.summary, *template.phrases, *(scene.title for scene in template.storyboard.scenes))


def library_texts(templates: Iterable[Template]) -> list[str]:
    """Everything of the templates that has a vector."""
    return [text for template in templates for text in (*texts_of(template), *template.excludes)]


def probability(signals: Signals) -> float:
    """The logistic model."""
    total = BIAS + sum(WEIGHTS[each.name] * getattr(signals, each.name) for each in fields(signals))
    return 1.0 / (1.0 + math.exp(-total))


class _Asked:
    """The prompt's words in the forms the signals need."""

    def __init__(self, query: Query) -> None:
        self.words = words = words_of(query.text)
        self.text = query.text.lower()
        self.stems = [stem(word) for word in words if word not in _SMALL]
        self.singulars = [singular(word) for word in words if word not in _SMALL or word == "and"]
        self.content = content(dict.fromkeys(words_of(query.plain)))
        self.formula, self.system = query.formula, query.system
        texts = {query.text, query.plain} if len(words_of(query.plain)) > 1 else {query.text}
        self.vectors = np.stack([embedding.embed(text) for text in sorted(texts)])

    def likeness(self, vectors: embedding.Vector) -> embedding.Vector:
        """Likeness of meaning to each vector, with or without the prompt's formulas and numbers."""
        return np.asarray((vectors @ self.vectors.T).max(axis=1), dtype=np.float32)

    def words_for(self, phrases: Iterable[Phrase]) -> tuple[str, ...]:
        """The prompt's own words that named these phrases, in the prompt's order."""
        found = list(phrases)
        stems = {each for phrase in found for each in phrase.stems}
        literal = {phrase.text.lower() for phrase in found if not phrase.stems}
        said = [word for word in dict.fromkeys(self.words) if stem(word) in stems and word not in _SMALL]
        return (*said, *sorted(literal))

    def names(self, phrase: Phrase, *, wanted: bool = False) -> bool:
        """Whether the phrase's words stand close together in the prompt, in any order.

        With `wanted` a phrase that is waved away ("without air resistance") does not count.
        """
        if not phrase.stems:
            found = re.search(rf"(?<!\w){re.escape(phrase.text.lower())}(?!\w)", self.text)
            return found is not None and not (wanted and _WAVED_AWAY.search(self.text[: found.start()]))
        said = self.singulars if wanted else self.stems
        if not phrase.stems <= set(said):
            return False
        reach = len(phrase.stems) + (1 if len(phrase.stems) > 1 else 0)
        parted = wanted and " and " not in phrase.text
        for start in range(len(said)):
            window = said[start : start + reach]
            if parted and "and" in window:  # a pendulum and a spring are not a spring pendulum
                window = window[: window.index("and")]
            if phrase.stems <= set(window):
                return not (wanted and any(word in said[max(0, start - 1) : start + 1] for word in _WITHOUT))
        return False


def _own_signals(entry: _Entry, asked: _Asked, likenesses: embedding.Vector) -> dict[str, float]:
    """The signals that take no look at other templates."""
    unknown = sum(weight(word) for word in asked.content if stem(word) not in entry.stems)
    known = sum(weight(word) for word in asked.content) - unknown
    to_excluded = float(asked.likeness(entry.excluded_vectors).max(initial=0.0))
    return {
        "likeness": float(likenesses[0]),
        "breadth": float(likenesses[:3].mean()),
        "explained": known / (known + unknown) if known + unknown else 0.0,
        "nearer_excluded": max(0.0, min(0.3, to_excluded - float(likenesses[0]) + 0.05)) / 0.3,
    }


def _leads(values: list[float]) -> list[float]:
    """How far each value is ahead of the best of the others."""
    best, second = (*sorted(values, reverse=True), 0.0, 0.0)[:2]
    return [value - (second if value == best else best) for value in values]


def _stems(text: str, form: Callable[[str], str] = stem) -> list[str]:
    return [form(word) for word in words_of(text) if word not in _SMALL]


def _replace_word(text: str, word: str, right: str) -> str:
    lower = text.lower()
    start = lower.find(word)
    while start >= 0:
        end = start + len(word)
        alone = not (lower[start - 1 : start].isalpha() or lower[end : end + 1].isalpha())
        if alone:
            text, lower = text[:start] + right + text[end:], lower[:start] + right + lower[end:]
        start = lower.find(word, start + (len(right) if alone else 1))
    return text

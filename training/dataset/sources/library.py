"""The library's animations: each is a family, with other knob values, other words and other languages."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterator, Mapping
from typing import Any

from generation.engine import composing, slices
from generation.engine.drafting import draft_template
from generation.engine.errors import RequestFault
from generation.engine.languages import ENGLISH, TRANSLATED
from generation.engine.library import catalogue, translations
from generation.engine.library.catalogue import Template
from generation.engine.served import filling, wording
from generation.engine.served.faultfinding import DryRun
from generation.engine.served.planning import storyboard_json
from generation.engine.served.profile import LARGE
from generation.engine.served.replies import read_storyboard
from generation.engine.types import KnobValue, SceneCard, Storyboard
from training.dataset import phrasing, rehearsing, sampling, wishing
from training.dataset.candidates import Candidate, chance
from training.dataset.measures import sentence_with
from training.dataset.rehearsing import Rejected
from training.dataset.rewording import REWORDINGS
from training.dataset.rows import Message, Origin, Task
from training.lanes import OWN

# Of each family, before the checks have their say.
WRITES, EDITS, FILLS, PLANS = 1, 8, 90, 10
IN_WORDS: Mapping[str, tuple[str, ...]] = {
    "de": ("say it in German", "the narration in German, please", "spoken in German"),
    "es": ("say it in Spanish", "the narration in Spanish, please", "spoken in Spanish"),
    "fr": ("say it in French", "the narration in French, please", "spoken in French"),
}


def origin() -> Origin:
    """The library as it is installed: named by the sum of its files."""
    digest = hashlib.sha256()
    for path in sorted(catalogue.SCENES.glob("*/*")):
        if path.suffix in {".py", ".toml"}:
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    evidence = "Written for this project: generation/engine/library/scenes, in this repository."
    return Origin("theorama-library", digest.hexdigest()[:12], OWN, evidence)


def candidates(origin: Origin, slugs: frozenset[str] = frozenset()) -> Iterator[Candidate]:
    """All candidates of the library, or of some of its animations."""
    for slug, template in sorted(catalogue.templates().items()):
        if not slugs or slug in slugs:
            yield from _Family(origin, template).candidates()


class _Family:
    """One animation of the library and what can be asked of it."""

    def __init__(self, origin: Origin, template: Template) -> None:
        self._origin = origin
        self._template = template
        self._languages = [each for each in (ENGLISH, *TRANSLATED) if translations.is_available(template, each)]
        self._path = f"{template.subject}/{template.slug}.py"

    def candidates(self) -> Iterator[Candidate]:
        """Of every task some."""
        yield from self._writes()
        yield from self._edits()
        yield from self._fills()
        yield from self._rewordings()
        yield from self._plans()

    def _candidate(
        self, task: Task, request: str, prove: Any, language: str = ENGLISH, profile: str = "small"
    ) -> Candidate:
        return Candidate(task, self._origin, self._template.slug, request, prove, language, profile, self._path)

    def _request(self, chance: random.Random, language: str, values: Mapping[str, KnobValue]) -> str:
        """What somebody says who wants this animation with these values."""
        spoken = translations.in_language(self._template, language)
        phrases = spoken.phrases if language == ENGLISH else _phrases(self._template, language)
        told = [phrasing.value_told(knob, values[knob.name]) for knob in spoken.knobs if knob.name in values]
        phrase = phrasing.with_values(chance.choice(phrases), told, language, chance)
        return phrasing.said(phrase, language, self._template.level, chance)

    def _writes(self) -> Iterator[Candidate]:
        """Every scene, as a large model is asked for it."""
        for number in range(WRITES):
            luck = chance("write", self._template.slug, number)
            language = self._languages[number % len(self._languages)] if number else ENGLISH
            values = sampling.some_values(self._template, luck) if number else {}
            request = self._request(luck, language, values)
            for scene in range(len(self._template.storyboard.scenes)):
                prove = _Written(self._template, language, values, request, scene)
                yield self._candidate(Task.WRITE, request, prove, language, LARGE.name)

    def _edits(self) -> Iterator[Candidate]:
        for number in range(2):
            luck = chance("edit", self._template.slug, number)
            try:
                values = sampling.some_values(self._template, luck) if number else {}
                draft = draft_template(self._template.slug, values)
            except RequestFault:
                continue
            wanted = wishing.wishes(draft.source, luck)
            for each in wanted[: EDITS // 2]:
                yield self._candidate(
                    Task.EDIT,
                    each.words,
                    lambda run, draft=draft, each=each: rehearsing.edited(draft, each.words, each.changes, run),
                )

    def _fills(self) -> Iterator[Candidate]:
        """Sentences whose values no rule reads, with the form that a model is shown for them."""
        for number in range(FILLS):
            luck = chance("fill", self._template.slug, number)
            told = sentence_with(self._template, luck)
            if told is None:
                continue
            wanted = filling.unread(told.sentence, self._template, {})
            if wanted and any(knob.name in told.values for knob in wanted):
                yield self._candidate(
                    Task.FILL,
                    told.sentence,
                    lambda run, told=told, wanted=wanted: rehearsing.filled(
                        told.sentence, self._template, wanted, told.values
                    ),
                )

    def _rewordings(self) -> Iterator[Candidate]:
        """Spoken lines in other languages, by those who translated them, and in other words by rule."""
        draft = draft_template(self._template.slug, {})
        for card in draft.storyboard.scenes:
            lines = wording.spoken(draft.source, card.name)[: wording.MOST_LINES]
            if not lines:
                continue
            luck = chance("reword", self._template.slug, card.name)
            for language in self._languages[1:]:
                other = translations.in_language(self._template, language)
                said = wording.spoken(other.source, card.name)[: wording.MOST_LINES]
                yield self._reworded(draft, card, luck.choice(IN_WORDS[language]), said, language)
            for wishes, rule in REWORDINGS:
                yield self._reworded(draft, card, luck.choice(wishes), _held(lines, [rule(line) for line in lines]))

    def _reworded(self, draft: Any, card: SceneCard, wish: str, lines: list[str], language: str = ENGLISH) -> Candidate:
        return self._candidate(Task.REWORD, wish, lambda run: rehearsing.reworded(draft, card, wish, lines), language)

    def _plans(self) -> Iterator[Candidate]:
        for number in range(PLANS):
            luck = chance("plan", self._template.slug, number)
            language = self._languages[number % len(self._languages)]
            request = self._request(luck, language, {})
            board = storyboard_json(translations.in_language(self._template, language).storyboard)
            yield self._candidate(
                Task.PLAN, request, lambda run, r=request, b=board: rehearsing.planned(r, b), language, LARGE.name
            )


class _Written:
    """One scene of an animation with its values, under the name that its place in the storyboard gives it."""

    def __init__(
        self, template: Template, language: str, values: Mapping[str, KnobValue], request: str, scene: int
    ) -> None:
        self._template, self._language, self._values = template, language, values
        self._request, self._scene = request, scene

    def __call__(self, run: DryRun) -> tuple[Message, ...]:
        """Raises Rejected."""
        try:
            draft = draft_template(self._template.slug, self._values, language=self._language)
            plan = _renamed(draft.storyboard)
        except RequestFault as error:
            raise Rejected(error.fault.code, error.fault.message) from error
        old, new = draft.storyboard.scenes[self._scene].name, plan.scenes[self._scene].name
        code = composing.with_names(compact(slices.scene_slice(draft.source, old)), {old: new})
        messages, _ = rehearsing.written(self._request, code, run, profile=LARGE, plan=plan, scene=self._scene)
        return messages


def compact(code: str) -> str:
    """A slice without the room that the other scenes left in it."""
    blank, kept = 0, list[str]()
    for line in code.split("\n"):
        blank = 0 if line.strip() else blank + 1
        if blank <= 2:
            kept.append(line)
    return "\n".join(kept).rstrip() + "\n"


def _renamed(storyboard: Storyboard) -> Storyboard:
    """The storyboard as a model would have planned it, with the names that follow from its titles."""
    return read_storyboard(json.loads(json.dumps(storyboard_json(storyboard))))


def _phrases(template: Template, language: str) -> tuple[str, ...]:
    return translations.read(translations.path_of(template, language)).phrases


def _held(before: list[str], after: list[str]) -> list[str]:
    """The new lines, and the old one wherever the new one would lose a number or a formula."""
    if len(before) != len(after):
        return []
    return [new if wording.holds(old, new) else old for old, new in zip(before, after, strict=True)]

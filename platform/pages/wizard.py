"""Choosing an animation step by step: a subject, an animation with its example, words and knobs."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from django.conf import settings
from django.templatetags.static import static

from accounts.models import User
from billing import entitlements
from billing.entitlements import Answer
from billing.tiers import Feature
from generation import fairness
from generation.engine.languages import LANGUAGES
from generation.engine.library import catalogue, translations
from generation.engine.library.catalogue import Template
from generation.engine.types import Knob, KnobKind, KnobValue
from generation.engine.understanding import understand
from generation.studio import KnobField, value_text
from pages import examples

TYPED = "wizard_words"
EXAMPLES = "example/library"
LONGEST = 10_000  # characters of a prompt that is kept between steps


@dataclass(frozen=True, slots=True)
class Offer:
    """An animation to choose: what it is, its example, and whether her tier has it."""

    example: examples.Example
    level: str
    seconds: float
    picture: str
    clip: str
    answer: Answer


def subject_named(slug: str) -> examples.Subject | None:
    """Return the subject of that name."""
    return next((subject for subject in examples.by_subject() if subject.slug == slug), None)


def offers(user: User, subject: examples.Subject) -> list[Offer]:
    """Return the animations of a subject, each with its example."""
    allowed = entitlements.of(user)
    found = []
    for example in subject.examples:
        template = catalogue.templates()[example.slug]
        found.append(
            Offer(
                example=example,
                level=template.level,
                seconds=sum(card.seconds for card in template.storyboard.scenes),
                picture=_address(f"{example.slug}.jpg"),
                clip=_address(f"{example.slug}.mp4"),
                answer=allowed.may(Feature.LIBRARY, template.level),
            )
        )
    return found


@dataclass(frozen=True, slots=True)
class Estimate:
    """What an animation costs, told before the click: seconds of video, and until it is drawn on a machine at rest."""

    video_seconds: float
    drawing_seconds: float


class Details:
    """The last step: words, language and knobs of one template, as typed or as they are by themselves."""

    def __init__(self, template: Template, prompt: str, typed: Mapping[str, str] | None = None) -> None:
        self.template = template
        self.prompt = prompt or template.phrases[0][:1].upper() + template.phrases[0][1:]
        self.typed = typed
        self.read_from = (typed or {}).get("read_from", self.prompt)[:LONGEST]  # the words that set the knobs as shown
        self.language = (typed or {}).get("language", "")
        self.error_at = ""
        self.error = ""

    @property
    def picture(self) -> str:
        """Address of the example's picture, empty where there is none."""
        return _address(f"{self.template.slug}.jpg")

    @property
    def clip(self) -> str:
        """Address of the moving example."""
        return _address(f"{self.template.slug}.mp4")

    @property
    def estimate(self) -> Estimate:
        """How long the video is and how long it takes to draw, as the queue reckons."""
        seconds = sum(card.seconds for card in self.template.storyboard.scenes)
        return Estimate(seconds, fairness.expected_cost(seconds, "l") / 2)

    @property
    def hints(self) -> list[str]:
        """What can be said in words: each knob that is read from prompts, with how it is named."""
        labels = {knob.name: knob.label for knob in self.template.knobs}
        spoken = self.template.knob_words.items()
        return [f"{labels[name]}: {', '.join(words.words[:3])}" for name, words in spoken if words.words]

    @property
    def knobs(self) -> list[KnobField]:
        """Every knob with what was typed, or its own value."""
        return [
            KnobField(knob, self._text(knob), self.error if knob.name == self.error_at else "")
            for knob in self.template.knobs
        ]

    @property
    def languages(self) -> dict[str, str]:
        """Languages that the captions can be in."""
        return {code: name for code, name in LANGUAGES.items() if translations.is_available(self.template, code)}

    def values(self) -> dict[str, KnobValue]:
        """Return the knobs that were turned by hand; the engine reads and checks what was typed.

        Those left as they were shown follow the words, which may have changed since.
        """
        turned: dict[str, KnobValue] = {}
        for knob in self.template.knobs:
            typed = self._text(knob)
            if typed != self._shown(knob):
                turned[knob.name] = bool(typed) if knob.kind is KnobKind.TOGGLE else typed
        return turned

    @cached_property
    def _read(self) -> Mapping[str, KnobValue]:
        return understand(self.read_from, template=self.template.slug).knobs

    def _shown(self, knob: Knob) -> str:
        return value_text(self._read.get(knob.name, knob.value))

    def _text(self, knob: Knob) -> str:
        if self.typed is None:
            return self._shown(knob)
        if knob.kind is KnobKind.TOGGLE:
            return "on" if knob.name in self.typed else ""
        return self.typed.get(knob.name, self._shown(knob))


def keep_words(session: MutableMapping[str, Any], slug: str, words: str) -> None:
    """Hold what was typed for an animation, so that going back and forth loses nothing."""
    session[TYPED] = {**session.get(TYPED, {}), slug: words[:LONGEST]}


def kept_words(session: Mapping[str, Any], slug: str) -> str:
    """Return what was typed for an animation."""
    return str(session.get(TYPED, {}).get(slug, ""))


def _address(name: str) -> str:
    """Return the address of an example's file; empty where it was not drawn yet."""
    there = Path(settings.ROOT, "static", EXAMPLES, name).exists()
    return static(f"{EXAMPLES}/{name}") if there else ""

"""The same request as different people say it: by language, level and tone."""

from __future__ import annotations

import random
from collections.abc import Mapping

from generation.engine import knobs
from generation.engine.languages import ENGLISH
from generation.engine.types import Knob, KnobKind, KnobValue

# {0} is what is asked for. The first of each language is the bare request.
TONES: Mapping[str, tuple[str, ...]] = {
    "en": (
        "{0}", "{0}, please", "Please show this: {0}", "Can you animate this for me: {0}?", "I need a clip on {0}",
        "{0} – short and clear", "Make a short animation: {0}", "for the board tomorrow: {0}", "Could we see {0}?",
        "I want my students to see {0}", "animation wanted: {0}", "quick one: {0}", "Draw and move: {0}",
    ),
    "de": (
        "{0}", "{0}, bitte", "Bitte zeige: {0}", "Kannst du das animieren: {0}?", "Ich brauche einen Clip zu: {0}",
        "Mach eine kurze Animation: {0}", "für die Tafel morgen: {0}",
    ),
    "es": (
        "{0}", "{0}, por favor", "Por favor, muestra: {0}", "¿Puedes animar esto: {0}?", "Necesito un clip sobre: {0}",
        "Haz una animación corta: {0}", "para la clase de mañana: {0}",
    ),
    "fr": (
        "{0}", "{0}, s’il te plaît", "Montre, s’il te plaît : {0}", "Peux-tu animer ceci : {0} ?",
        "Il me faut un clip sur : {0}", "Fais une courte animation : {0}", "pour le cours de demain : {0}",
    ),
}  # fmt: skip
LEVELS: Mapping[str, tuple[str, ...]] = {
    "primary": ("For my class of 9 year olds: {0}", "{0}, so that young children follow", "For a primary class: {0}"),
    "secondary": ("For my year 10: {0}", "{0}, for a secondary class", "For 15 year olds: {0}"),
    "undergraduate": ("For a first-year lecture: {0}", "{0}, at university level", "For undergraduates: {0}"),
}
_WITH: Mapping[str, tuple[str, str, str]] = {
    "en": ("{0}, with {1}", "{0}. Take {1}.", "{0}. Use {1}."),
    "de": ("{0}, mit {1}", "{0}. Nimm {1}.", "{0}. Verwende {1}."),
    "es": ("{0}, con {1}", "{0}. Toma {1}.", "{0}. Usa {1}."),
    "fr": ("{0}, avec {1}", "{0}. Prends {1}.", "{0}. Utilise {1}."),
}
_AND: Mapping[str, str] = {"en": "and", "de": "und", "es": "y", "fr": "et"}


def said(phrase: str, language: str, level: str, chance: random.Random) -> str:
    """A phrase in some tone, now and then for a level."""
    if language == ENGLISH and chance.random() < 0.25:
        return chance.choice(LEVELS[level]).format(phrase)
    shape = chance.choice(TONES[language])
    return shape.format(phrase.rstrip(" ?.") if shape.endswith("?") else phrase)


def with_values(phrase: str, told: list[str], language: str, chance: random.Random) -> str:
    """A phrase with the values that are to be used."""
    if not told:
        return phrase
    listed = f" {_AND[language]} ".join(filter(None, [", ".join(told[:-1]), told[-1]]))
    return chance.choice(_WITH[language]).format(phrase.rstrip(" .?"), listed)


def value_told(knob: Knob, value: KnobValue) -> str:
    """A knob's value as a person adds it to a request."""
    label = knob.label.rstrip(" =:")
    name = label if len(label) < 3 else label[0].lower() + label[1:]
    if knob.kind in {KnobKind.NUMBER, KnobKind.INTEGER, KnobKind.NUMBERS}:
        return f"{name} {knobs.worded(knob, value)}"
    return f"{name}: {knobs.worded(knob, value)}"

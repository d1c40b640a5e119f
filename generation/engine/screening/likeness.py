"""A second vote on requests: likeness of meaning to labelled ones, for wordings that no rule foresees.

Softmax regression on sentence vectors; its weights are made by `python -m tests.screening.fit`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np
import numpy.typing as npt

from generation.engine.screening.normal import readings
from generation.engine.screening.rulebook import DATA, load

Vector = npt.NDArray[np.float32]
Embed = Callable[[str], Vector]

WEIGHTS = DATA / "likeness.npz"
FIT = "fit"  # the class of what fits a classroom
SURE = 0.7  # that a request does not fit
SURE_OF_LESSON = 0.95  # the same where it has words of lessons about hard subjects
LESSONS = (
    "prevention", "history", "science", "literature", "medicine", "ciphers", "neutral", "media_lesson", "countering",
    "bonds", "pharmacy", "privacy_lesson", "balls",
)  # fmt: skip
_ASCII = 0.9  # share of words in plain Latin letters
_ENGLISH = "the of and to is are how show for with that what from when why in my who which their"
_FOREIGN = (
    "el la los las del que como una un por para con su mis sus se al le les des du une est et dans sur mon mes il elle"
    " comment pourquoi vote je tu nous vous ne pas ce qui en au aux avec como quiero mi es sin que lo yo"
    " der die das und ein eine einen wie zeige ist den dem von auf mein meine mit nicht ich als im zu aus"
)
_SCALE = 4.0  # of the vectors, which have length one; what ridge the fit needs depends on it


def topic_like(text: str, embed: Embed) -> str | None:
    """The topic that a request is most likely about, where it is likely enough that it does not fit."""
    if not is_english(text):
        return None
    names, weights = _weights()
    sure = SURE_OF_LESSON if load("topics").speaks_of(text, LESSONS) else SURE
    for worded in wordings(text):
        chances = chances_of(features(embed(worded)), weights)
        if 1 - chances[names.index(FIT)] > sure:
            return max((name for name in names if name != FIT), key=lambda name: float(chances[names.index(name)]))
    return None


def is_english(text: str) -> bool:
    """Whether the sentence model can know what a text means: it learnt from English."""
    words = readings(text)[0]
    if sum(word.isascii() for word in words) < _ASCII * len(words):
        return False
    english, foreign = ({*words} & {*known.split()} for known in (_ENGLISH, _FOREIGN))
    return bool(english) or not foreign


def wordings(text: str) -> tuple[str, ...]:
    """The text as it stands and with every disguise taken off."""
    read = readings(text)
    return tuple(dict.fromkeys(" ".join(words) for words in (read[0], read[-1])))


def features(vectors: Vector) -> Vector:
    """What the regression sees of one vector or a row of them for each text."""
    scaled = _SCALE * np.atleast_2d(vectors)
    return np.hstack([scaled, np.ones((len(scaled), 1), np.float32)])


def chances_of(rows: Vector, weights: Vector) -> Vector:
    """The chance of each class, for one text as a flat list."""
    scores = rows @ weights
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    chances: Vector = np.squeeze(powers / powers.sum(axis=1, keepdims=True))
    return chances


@cache
def _weights() -> tuple[list[str], Vector]:
    with np.load(WEIGHTS) as data:
        return [str(name) for name in data["names"]], data["weights"].astype(np.float32)

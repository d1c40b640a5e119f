"""A second vote on requests: likeness of meaning to labelled ones, for wordings that no rule foresees.

Softmax regression on the sentence vector and on which groups of words of the rules a text has, so that words of lessons
and words of intent count here too; its weights are made by `python -m tests.screening.fit`.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from generation.engine.screening.glosses import glossed
from generation.engine.screening.normal import readings
from generation.engine.screening.rulebook import DATA, load

Vector = npt.NDArray[np.float32]
Embed = Callable[[str], Vector]

WEIGHTS = DATA / "likeness.npz"
FIT = "fit"  # the class of what fits a classroom
SURE = 0.75  # that a request does not fit
_ENGLISH = "the of and to is are how show for with that what from when why who which their by it this be my in"
_FOREIGN = (
    "el la los las del que como una un por para con su mis sus se al le les des du une est et dans sur mon mes il elle"
    " comment pourquoi je tu nous vous ne pas ce qui en au aux avec quiero mi es sin lo yo y de haz montre fais"
    " der die das und ein eine einen wie zeige zeig ist den dem von auf mein meine mit nicht ich als im zu aus fur"
)
_SCALE = 4.0  # of the vectors, which have length one; what ridge the fit needs depends on it
_PRESENT = 0.7  # what a group of words counts beside the vector


def topic_like(text: str, embed: Embed) -> str | None:
    """The topic that a request is most likely about, where it is likely enough that it does not fit."""
    spoken_of = load("topics").groups_in(text)
    model = _model()
    for worded in wordings(text):
        chances = chances_of(features(embed(worded), spoken_of, model.groups), model.weights)
        if 1 - chances[model.names.index(FIT)] > SURE:
            unfit = (name for name in model.names if name != FIT)
            return max(unfit, key=lambda name: float(chances[model.names.index(name)]))
    return None


def wordings(text: str) -> tuple[str, ...]:
    """What to ask the sentence model: the text in English, as it stands and with every disguise taken off."""
    read = readings(text)
    both = (read[0], read[-1])
    asked = (" ".join(words) if is_english(words) else glossed(words) for words in both)
    return tuple(dict.fromkeys(filter(None, asked)))


def is_english(words: Sequence[str]) -> bool:
    """Whether the sentence model can know what words mean without help."""
    english, foreign = (len({*words} & {*known.split()}) for known in (_ENGLISH, _FOREIGN))
    return english >= foreign


def features(vector: Vector, spoken_of: Container[str], groups: Sequence[str]) -> Vector:
    """What the regression sees of one text: its meaning, and which groups of words of the rules it has."""
    present = [_PRESENT * (group in spoken_of) for group in groups]
    return np.concatenate([_SCALE * vector, present, [1.0]]).astype(np.float32)


def chances_of(rows: Vector, weights: Vector) -> Vector:
    """The chance of each class."""
    scores = rows @ weights
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    chances: Vector = powers / powers.sum(axis=-1, keepdims=True)
    return chances


@dataclass(frozen=True, slots=True)
class _Model:
    names: list[str]
    groups: list[str]
    weights: Vector


@cache
def _model() -> _Model:
    with np.load(WEIGHTS) as data:
        names, groups = ([str(each) for each in data[key]] for key in ("names", "groups"))
        return _Model(names, groups, data["weights"].astype(np.float32))

"""Whether confidence means what it says: of the prompts read with 70 % confidence, seven in ten should be read right.

Judged is the likeliest template of every labelled prompt; where nothing in the library answers, it is wrong.
"""

# ruff: noqa: T201

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
from scipy.optimize import isotonic_regression, minimize

from generation.engine.library import catalogue
from generation.engine.understanding import reader, retrieval
from generation.engine.understanding.screening import screen
from tests.understanding.score import Labelled

Numbers = npt.NDArray[np.float64]
BINS = 10
FOLDS = 5
Curve = Callable[[Numbers], Numbers]


def pairs(labelled: Sequence[Labelled]) -> tuple[Numbers, Numbers, list[str]]:
    """For every prompt that can be read: confidence of the likeliest template, whether it is right, and its group.

    A group is a template: its prompts are alike, so they must not stand on both sides of a split.
    """
    ranker = retrieval.ranker_of(tuple(catalogue.templates().values()))
    confidence, right, groups = [], [], []
    for each in labelled:
        screened = screen(each.prompt)
        if screened.code or each.kind == "ambiguous":
            continue
        best = ranker.rank(reader.query_of(ranker.corrected(screened.text)))[0]
        confidence.append(best.confidence)
        right.append(float(best.template.slug in each.templates))
        groups.append(each.templates[0] if each.templates else best.template.slug)
    return np.array(confidence), np.array(right), groups


def expected_error(confidence: Numbers, right: Numbers) -> float:
    """Expected calibration error over bins of equal width."""
    index = np.minimum((confidence * BINS).astype(int), BINS - 1)
    gaps = [abs(float((right - confidence)[index == i].sum())) for i in range(BINS)]
    return sum(gaps) / len(right)


def platt(confidence: Numbers, right: Numbers) -> Curve:
    """A logistic curve over the logit of the confidence."""

    def curve(scores: Numbers, a: float, b: float) -> Numbers:
        return np.asarray(1 / (1 + np.exp(-(a * _logit(scores) + b))))

    def loss(ab: Numbers) -> float:
        chance = np.clip(curve(confidence, *ab), 1e-9, 1 - 1e-9)
        return float(-(right * np.log(chance) + (1 - right) * np.log(1 - chance)).mean())

    a, b = minimize(loss, np.array([1.0, 0.0])).x
    return lambda scores: curve(scores, a, b)


def isotonic(confidence: Numbers, right: Numbers) -> Curve:
    """The best rising step curve."""
    order = np.argsort(confidence)
    steps = isotonic_regression(right[order]).x
    return lambda scores: np.interp(scores, confidence[order], steps)


def out_of_sample(confidence: Numbers, right: Numbers, groups: Sequence[str], fit: Callable[..., Curve]) -> Numbers:
    """What a curve makes of each prompt when it was fitted without the prompts of that template."""
    names = sorted(set(groups))
    fold = np.array([names.index(group) % FOLDS for group in groups])
    made = np.empty_like(confidence)
    for held in range(FOLDS):
        made[fold == held] = fit(confidence[fold != held], right[fold != held])(confidence[fold == held])
    return made


def report(labelled: Sequence[Labelled]) -> None:
    """Print the table of all prompts and of those never fitted on, and what two curves would change."""
    for name, part in (("all", list(labelled)), ("held out", [each for each in labelled if each.held_out])):
        confidence, right, groups = pairs(part)
        print(f"\ncalibration, {name}: {len(right)} prompts\nconfidence    prompts  said  right")
        index = np.minimum((confidence * BINS).astype(int), BINS - 1)
        for i in range(BINS):
            chosen = index == i
            if chosen.any():
                bar = "#" * round(20 * right[chosen].mean())
                said, true = confidence[chosen].mean(), right[chosen].mean()
                print(f"{i / BINS:.1f} to {(i + 1) / BINS:.1f}  {chosen.sum():7}  {said:.2f}  {true:.2f}  {bar}")
        curves = {"as it is": confidence}
        curves |= {each.__name__: out_of_sample(confidence, right, groups, each) for each in (platt, isotonic)}
        for curve, scores in curves.items():
            brier = float(((scores - right) ** 2).mean())
            print(f"{curve:9} expected calibration error {expected_error(scores, right):.3f}, Brier score {brier:.3f}")


def _logit(scores: Numbers) -> Numbers:
    clipped = np.clip(scores, 1e-6, 1 - 1e-6)
    return np.asarray(np.log(clipped / (1 - clipped)))

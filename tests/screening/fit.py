"""Fit the vote by likeness: `python -m tests.screening.fit [--ridge R] [--harmless FILE ...]`.

Learns from the labelled prompts of every batch but "blind", the prompts of tests/understanding and the library's own
texts, prints what cross-validation says for a few thresholds, and writes generation/engine/screening/data/likeness.npz.
"""

# ruff: noqa: T201

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from generation.engine.library import catalogue
from generation.engine.screening import likeness, screen
from generation.engine.understanding import embedding
from tests.screening import prompts

FOLDS = 5
KINDS = ("unsafe", "hard harmless", "ordinary")
Row = tuple[str, str, str]  # text, class, kind


def rows(further: Sequence[Path]) -> list[Row]:
    """Every text with its class; each once."""
    found = [(each.text, each.label, "unsafe") for each in prompts.unsafe() if each.batch != "blind"]
    found += [(each.text, likeness.FIT, "hard harmless") for each in prompts.harmless() if each.batch != "blind"]
    files = [*sorted((prompts.FOLDER.parent / "understanding").glob("prompts*.jsonl")), *further]
    asked = [json.loads(line)["prompt"] for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    library = [text for card in catalogue.templates().values() for text in (card.title, *card.phrases)]
    found += [(text, likeness.FIT, "ordinary") for text in (*asked, *library) if screen(text) is None]
    return list({text: (text, label, kind) for text, label, kind in found if likeness.is_english(text)}.values())


def fitted(features: np.ndarray, classes: np.ndarray, ridge: float) -> np.ndarray:
    """Softmax regression with a ridge on everything but the constant."""
    count, width = classes.max() + 1, features.shape[1]
    wanted = np.eye(count)[classes]

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        weights = flat.reshape(width, count)
        scores = features @ weights
        top = scores.max(axis=1, keepdims=True)
        logs = scores - top - np.log(np.exp(scores - top).sum(axis=1, keepdims=True))
        kept = weights.copy()
        kept[-1] = 0
        slope = features.T @ (np.exp(logs) - wanted) + 2 * ridge * kept
        return float(-(wanted * logs).sum() + ridge * (kept**2).sum()), slope.ravel()

    start = np.zeros(width * count)
    solution = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 300})
    return np.asarray(solution.x.reshape(width, count))


def cross_validate(features: np.ndarray, classes: np.ndarray, kinds: np.ndarray, fit: int, ridge: float) -> None:
    """Print the share of each kind that is held to be unfit by weights that never saw it."""
    fold = np.random.default_rng(1).integers(0, FOLDS, len(classes))
    unfit = np.zeros(len(classes))
    for each in range(FOLDS):
        weights = fitted(features[fold != each], classes[fold != each], ridge)
        unfit[fold == each] = 1 - likeness.chances_of(features[fold == each], weights)[:, fit]
    for sure in (0.4, 0.5, 0.6, 0.7, 0.8):
        shares = ", ".join(f"{kind} {(unfit[kinds == kind] > sure).mean():.3f}" for kind in KINDS)
        print(f"held to be unfit above {sure}: {shares}")


def main() -> None:
    """Fit, say how well, and write the weights."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--ridge", type=float, default=0.3)
    parser.add_argument("--harmless", type=Path, nargs="*", default=[], help="more files of harmless prompts")
    options = parser.parse_args()
    labelled = rows(options.harmless)
    names = sorted({label for _, label, _ in labelled})
    classes = np.array([names.index(label) for _, label, _ in labelled])
    vectors = np.stack([embedding.embed(likeness.wordings(text)[0]) for text, _, _ in labelled])
    features = likeness.features(vectors).astype(np.float64)
    kinds = np.array([kind for _, _, kind in labelled])
    print(f"{len(labelled)} texts, {len(names)} classes")
    cross_validate(features, classes, kinds, names.index(likeness.FIT), options.ridge)
    weights = fitted(features, classes, options.ridge)
    np.savez_compressed(likeness.WEIGHTS, names=np.array(names), weights=weights.astype(np.float16))


if __name__ == "__main__":
    main()

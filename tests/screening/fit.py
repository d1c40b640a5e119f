"""Fit the vote by likeness: `python -m tests.screening.fit [--ridge R] [--harmless FILE ...]`.

Learns from the labelled prompts, the prompts of tests/understanding and the library's own texts, prints what
cross-validation by batch says for a few thresholds, and writes generation/engine/screening/data/likeness.npz.
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
from generation.engine.screening import likeness, rulebook, screen
from generation.engine.understanding import embedding
from tests.screening import prompts

ORDINARY = 3  # batches of prompts that nobody would turn away
KINDS = ("unsafe", "hard harmless", "ordinary")
Row = tuple[str, str, str, str]  # text, class, kind, batch


def rows(further: Sequence[Path]) -> list[Row]:
    """Every text with its class; each once."""
    found = [(each.text, each.label, "unsafe", each.batch) for each in prompts.unsafe()]
    found += [(each.text, likeness.FIT, "hard harmless", each.batch) for each in prompts.harmless()]
    files = [*sorted((prompts.FOLDER.parent / "understanding").glob("prompts*.jsonl")), *further]
    asked = [json.loads(line)["prompt"] for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    library = [text for card in catalogue.templates().values() for text in (card.title, *card.phrases)]
    found += [
        (text, likeness.FIT, "ordinary", f"ordinary {index % ORDINARY}")
        for index, text in enumerate((*asked, *library))
        if screen(text) is None
    ]
    return list({row[0]: row for row in found if likeness.wordings(row[0])}.values())


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


def cross_validate(features: np.ndarray, classes: np.ndarray, labelled: Sequence[Row], fit: int, ridge: float) -> None:
    """Print the share of each kind that is held to be unfit by weights that saw nothing of its batch.

    A batch was written in one go by one author; prompts of one batch are more alike than those of teachers will be.
    """
    kinds, batches = (np.array([row[column] for row in labelled]) for column in (2, 3))
    unfit = np.zeros(len(classes))
    for each in np.unique(batches):
        weights = fitted(features[batches != each], classes[batches != each], ridge)
        unfit[batches == each] = 1 - likeness.chances_of(features[batches == each], weights)[:, fit]
    for sure in (0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
        shares = ", ".join(f"{kind} {(unfit[kinds == kind] > sure).mean():.3f}" for kind in KINDS)
        print(f"held to be unfit above {sure}: {shares}")


def main() -> None:
    """Fit, say how well, and write the weights."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--ridge", type=float, default=0.3)
    parser.add_argument("--harmless", type=Path, nargs="*", default=[], help="more files of harmless prompts")
    options = parser.parse_args()
    labelled = rows(options.harmless)
    names = sorted({row[1] for row in labelled})
    classes = np.array([names.index(row[1]) for row in labelled])
    book = rulebook.load("topics")
    groups = book.groups
    vectors = [embedding.embed(likeness.wordings(row[0])[0]) for row in labelled]
    seen = [book.groups_in(row[0]) for row in labelled]
    features = np.stack(
        [likeness.features(vector, found, groups) for vector, found in zip(vectors, seen, strict=True)]
    ).astype(np.float64)
    print(f"{len(labelled)} texts, {len(names)} classes")
    cross_validate(features, classes, labelled, names.index(likeness.FIT), options.ridge)
    weights = fitted(features, classes, options.ridge)
    np.savez_compressed(
        likeness.WEIGHTS, names=np.array(names), groups=np.array(groups), weights=weights.astype(np.float16)
    )


if __name__ == "__main__":
    main()

"""Evaluations as the database keeps them, beside the model they are about."""

from __future__ import annotations

from pathlib import Path

from training import registry
from training.evaluation.scoring import Scores
from training.models import Evaluation


def record(scores: Scores, report: Path) -> Evaluation:
    """Keep the scores; a model that is registered under that name is found by it."""
    rows = scores.scenes.rows if scores.scenes else ()
    return Evaluation.objects.create(
        artifact=registry.find(scores.model),
        model=scores.model,
        suite=", ".join(sorted(set(scores.suites.values()))),
        suite_sha256=scores.manifest["suites_sha256"],
        samples=len(rows) + len(scores.edits) + len(scores.fields),
        scores=scores.rates(),
        manifest=dict(scores.manifest),
        report=str(report),
    )

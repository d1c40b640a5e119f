"""Runs as the database keeps them: begun, followed, ended. The trainer itself knows nothing of them."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from generation.engine.render.client import Renderer
from training import services
from training.dataset import shards
from training.models import DatasetVersion, ModelArtifact, TrainingRun
from training.tune import process, rows
from training.tune.faults import TuneFault
from training.tune.folder import Order, RunFolder
from training.tune.judging import judging
from training.tune.recipe import GRPO, Recipe

# Of these the trainer may go on from its last checkpoint once the operator has mended what was wrong.
PASSING = frozenset({"killed", "disk_full", "out_of_memory", "busy", "no_reward"})
MOST_METRICS = 2000  # kept in the database for plots; all of them are in the run's folder


def python_for(recipe: Recipe) -> Path:
    """The Python that trains: the one that was set, else that of the environment for the recipe's device."""
    if settings.TRAINING_PYTHON:
        return Path(settings.TRAINING_PYTHON).absolute()
    return Path(process.ROOT) / (".venv-vllm" if recipe.device == "cpu" else ".venv-training") / "bin" / "python"


def requirements_for(recipe: Recipe) -> Path:
    """The locked requirements of that environment."""
    return process.ROOT / "requirements" / ("training-cpu.txt" if recipe.device == "cpu" else "training.txt")


def order(recipe: Recipe, dataset: rows.Dataset, *, base: str, adapter: str) -> Order:
    """What the trainer is told."""
    return Order(
        recipe=recipe,
        base=str(Path(base).resolve()) if base else recipe.base.model,
        dataset=str(dataset.folder.resolve()),
        dataset_digest=dataset.digest,
        adapter=str(Path(adapter).resolve()) if adapter else "",
        versions=process.pinned(requirements_for(recipe)),
    )


def begin(name: str, ordered: Order, folder: RunFolder, *, parent: ModelArtifact | None = None) -> TrainingRun:
    """The run of this folder: the one that is there already, else a new one."""
    recipe = ordered.recipe
    found, is_new = TrainingRun.objects.get_or_create(
        folder=str(folder.path.resolve()),
        defaults={
            "name": name,
            "method": recipe.kind,
            "base": recipe.base.model,
            "base_licence": recipe.base.licence,
            "recipe": asdict(recipe),
            "device": recipe.device,
            "parent": parent,
        },
    )
    if is_new:
        folder_of_rows = Path(ordered.dataset)
        if (
            folder_of_rows / shards.CARD
        ).is_file():  # else it is none of `training build`: nothing is known of its lane
            services.register_dataset(folder_of_rows)
        found.datasets.set(DatasetVersion.objects.filter(manifest_sha256=ordered.dataset_digest))
    return found


def train(run: TrainingRun, ordered: Order, folder: RunFolder, on_metrics: process.OnMetrics) -> None:
    """Train to the end, with the database kept up to date. Raises TuneFault, after it is written down too."""
    run.state, run.problem, run.started = TrainingRun.State.RUNNING, "", run.started or timezone.now()
    run.save()

    def keep(metrics: list[dict[str, Any]]) -> None:
        on_metrics(metrics)
        if len(metrics) != len(run.metrics):
            run.metrics = thinned(metrics)
            run.save(update_fields=["metrics"])

    renderer = Renderer(Path(settings.RUN_DIR)) if ordered.recipe.kind == GRPO else None
    try:
        with judging(renderer.check) if renderer else nullcontext() as socket:
            folder.write_order(_with_socket(ordered, socket))
            _run(ordered, folder, keep)
    except TuneFault as fault:
        run.state = TrainingRun.State.STOPPED if fault.code in PASSING else TrainingRun.State.FAILED
        run.problem = str(fault)
        raise
    except BaseException:  # Ctrl-C
        run.state, run.problem = TrainingRun.State.STOPPED, "Stopped by the operator."
        raise
    else:
        run.state, run.finished = TrainingRun.State.SUCCEEDED, timezone.now()
    finally:
        run.save()
        if renderer:
            renderer.close()


def _with_socket(ordered: Order, socket: Path | None) -> Order:
    return Order(**{**{name: getattr(ordered, name) for name in ordered.__slots__}, "reward_socket": str(socket or "")})


def _run(ordered: Order, folder: RunFolder, on_metrics: process.OnMetrics) -> None:
    recipe = ordered.recipe
    process.run_trainer(
        python_for(recipe),
        "train",
        folder,
        on_cpu=recipe.device == "cpu",
        threads=settings.TRAINING_THREADS,
        on_metrics=on_metrics,
    )


def thinned(metrics: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Few enough for a plot: every n-th, and always the last."""
    every = -(-len(metrics) // MOST_METRICS) or 1
    return metrics[::every] if every == 1 or not metrics else [*metrics[:-1:every], metrics[-1]]

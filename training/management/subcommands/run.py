"""`manage.py training run`: trains an adapter, in an environment and a process of its own."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import OutputWrapper
from django.utils import timezone
from rich.console import Console
from rich.progress import Progress, TaskID, TextColumn

from training.tune import recipe as recipes
from training.tune import rows, runs
from training.tune.faults import TuneFault
from training.tune.folder import RunFolder

HELP = "Train an adapter by a recipe on a dataset; goes on from the last checkpoint with --resume."


def add_arguments(parser: ArgumentParser) -> None:
    """Read what to train, on what, and where."""
    parser.add_argument("recipe", help="a recipe's name, or a .toml file (`training plan` lists them)")
    parser.add_argument("--dataset", type=Path, required=True, help="a folder that `training build` wrote")
    parser.add_argument("--base", default="", help="a folder with the base model; else the recipe's, from the hub")
    parser.add_argument("--adapter", default="", help="a folder with the adapter that DPO or GRPO goes on from")
    parser.add_argument("--out", type=Path, help="the run's folder; else one in DATA_DIR/training/runs")
    parser.add_argument("--resume", action="store_true", help="go on with the run in --out")


def run(options: Mapping[str, Any], screen: OutputWrapper) -> None:
    """Train, with a bar on standard error."""
    recipe = recipes.load(options["recipe"])
    dataset = rows.open_dataset(options["dataset"])
    folder = RunFolder(_folder(recipe.name, options))
    if options["resume"]:
        folder.read_order()
    elif folder.order_file.exists():
        raise TuneFault("other_run", f"{folder.path} (go on with --resume)")
    ordered = runs.order(recipe, dataset, base=options["base"], adapter=options["adapter"])
    folder.write_order(ordered)
    run_row = runs.begin(recipe.name, ordered, folder)
    columns = (*Progress.get_default_columns(), TextColumn("{task.fields[loss]}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Steps", total=None, loss="")
        runs.train(run_row, ordered, folder, lambda metrics: _show(bar, task, metrics))
    screen.write(f"{folder.adapter}")


def _folder(name: str, options: Mapping[str, Any]) -> Path:
    if options["out"]:
        return Path(options["out"])
    if options["resume"]:
        raise TuneFault("nothing_to_resume", "Without --out, nothing")
    return Path(settings.DATA_DIR) / "training" / "runs" / f"{name}-{timezone.now():%Y%m%d-%H%M%S}"


def _show(bar: Progress, task: TaskID, metrics: list[dict[str, Any]]) -> None:
    losses = [each for each in metrics if "loss" in each]
    if losses:
        last = losses[-1]
        bar.update(task, completed=last["step"], total=last["of"], loss=f"loss {last['loss']:.3f}")

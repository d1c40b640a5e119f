"""Trains: plain fine-tuning, preferences, or the jail's reward; with checkpoints that survive a kill."""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from typing import Any

from training.tune import rows
from training.tune.faults import TuneFault
from training.tune.folder import Order, RunFolder, mark_whole, step_of
from training.tune.recipe import DPO, GRPO, Recipe


def train(folder: RunFolder) -> None:
    """Train from the newest whole checkpoint on, or from the beginning, and leave the adapter in the run's folder."""
    order = folder.read_order()
    dataset = rows.open_dataset(Path(order.dataset))
    if dataset.digest != order.dataset_digest:
        raise TuneFault("other_run", "the dataset has changed since the run began")
    _require_room(folder, order.recipe)
    last = _last_checkpoint(folder)
    trainer = _trainer(order, dataset, folder)
    trainer.add_callback(_diary(folder))
    trainer.train(resume_from_checkpoint=str(last) if last else None)
    fresh = folder.path / ".adapter.new"
    shutil.rmtree(fresh, ignore_errors=True)
    trainer.model.save_pretrained(fresh)
    trainer.processing_class.save_pretrained(fresh)
    shutil.rmtree(folder.adapter, ignore_errors=True)
    fresh.rename(folder.adapter)


def _require_room(folder: RunFolder, recipe: Recipe) -> None:
    """A checkpoint holds the adapter in 32 bits and two moments of each weight; one more is written than is kept."""
    needed = recipe.lora.parameters(recipe.base) * 4 * 3 * (recipe.schedule.keep + 1) + (64 << 20)
    free = shutil.disk_usage(folder.path).free
    if free < needed:
        raise TuneFault("disk_full", f"{needed >> 20} MB are needed in {folder.path}, {free >> 20} MB are free")


def _last_checkpoint(folder: RunFolder) -> Path | None:
    """The checkpoint to go on from; what a kill left half written is deleted."""
    last = folder.whole_checkpoint()
    for each in folder.checkpoints.glob("checkpoint-*"):
        if last is None or step_of(each) > step_of(last):
            shutil.rmtree(each)
    folder.keep_metrics_until(step_of(last) if last else -1)
    return last


def _trainer(order: Order, dataset: rows.Dataset, folder: RunFolder) -> Any:
    if order.recipe.kind == DPO:
        from training.tune.trainer.preferring import preference_trainer  # noqa: PLC0415

        return preference_trainer(order, dataset, folder)
    if order.recipe.kind == GRPO:
        from training.tune.trainer.rewarding import reward_trainer  # noqa: PLC0415

        return reward_trainer(order, dataset, folder)
    from training.tune.trainer.imitating import imitation_trainer  # noqa: PLC0415

    return imitation_trainer(order, dataset, folder)


def _diary(folder: RunFolder) -> Any:
    from transformers import TrainerCallback  # noqa: PLC0415

    class Diary(TrainerCallback):  # type: ignore[misc]
        """Writes down what a plot needs, and which checkpoints are whole."""

        def __init__(self) -> None:
            self._began = time.monotonic()

        def on_log(self, args: Any, state: Any, control: Any, logs: Any = None, **more: Any) -> None:
            values = {name: value for name, value in (logs or {}).items() if isinstance(value, int | float)}
            seconds = round(time.monotonic() - self._began, 2)
            folder.log_metrics({"step": state.global_step, "of": state.max_steps, "seconds": seconds, **values})

        def on_save(self, args: Any, state: Any, control: Any, **more: Any) -> None:
            mark_whole(Path(args.output_dir) / f"checkpoint-{state.global_step}")

    return Diary()


def common_arguments(recipe: Recipe, folder: RunFolder) -> dict[str, Any]:
    """What all three trainers are told alike."""
    schedule, on_cpu = recipe.schedule, recipe.device == "cpu"
    return {
        "output_dir": str(folder.checkpoints),
        "per_device_train_batch_size": schedule.batch,
        "gradient_accumulation_steps": schedule.accumulate,
        "learning_rate": schedule.learning_rate,
        "num_train_epochs": schedule.epochs,
        "max_steps": schedule.max_steps or -1,
        "lr_scheduler_type": schedule.scheduler,
        "warmup_steps": schedule.warmup,  # below 1 it is a part of all steps
        "optim": schedule.optimiser,
        "weight_decay": schedule.weight_decay,
        "seed": schedule.seed,
        "data_seed": schedule.seed,
        "save_steps": schedule.save_steps,
        "save_total_limit": schedule.keep,
        "logging_steps": 1,
        "report_to": "none",
        "use_cpu": on_cpu,
        "bf16": not on_cpu,
    }

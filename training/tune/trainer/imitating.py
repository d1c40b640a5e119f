"""Plain fine-tuning (SFT) with Unsloth and TRL."""

from __future__ import annotations

from typing import Any

from training.tune import rows
from training.tune.faults import TuneFault
from training.tune.folder import Order, RunFolder
from training.tune.recipe import Recipe
from training.tune.trainer.encoding import encode
from training.tune.trainer.loading import load
from training.tune.trainer.training import common_arguments


def imitation_trainer(order: Order, dataset: rows.Dataset, folder: RunFolder) -> Any:
    """A trainer over the rows with an answer. Raises TuneFault `no_rows`."""
    model, tokenizer = load(order)
    from datasets import Dataset  # noqa: PLC0415 - Unsloth wants to be loaded first
    from transformers import DataCollatorForSeq2Seq, EarlyStoppingCallback  # noqa: PLC0415
    from trl import SFTConfig, SFTTrainer  # noqa: PLC0415

    recipe = order.recipe
    limits: dict[str, Any] = {"max_length": recipe.max_length, "thinking": recipe.thinking}
    learned = encode(dataset.rows(rows.TRAIN), tokenizer, **limits)
    held_out = encode(dataset.rows(rows.VALIDATION), tokenizer, **limits)
    if not learned.rows:
        raise TuneFault("no_rows", f"{learned.too_long} are longer than {recipe.max_length} tokens")
    folder.log_metrics(
        {"step": 0, "rows": len(learned.rows), "rows_too_long": learned.too_long, "rows_held_out": len(held_out.rows)}
    )
    arguments = SFTConfig(
        **common_arguments(recipe, folder),
        max_length=recipe.max_length,
        packing=recipe.packing,
        dataset_kwargs={"skip_prepare_dataset": not recipe.packing},
        remove_unused_columns=False,
        **_evaluation(recipe, bool(held_out.rows)),
    )
    trainer = SFTTrainer(
        model=model,
        args=arguments,
        train_dataset=Dataset.from_list(learned.rows),
        eval_dataset=Dataset.from_list(held_out.rows) if held_out.rows else None,
        processing_class=tokenizer,
        data_collator=None if recipe.packing else DataCollatorForSeq2Seq(tokenizer, padding=True),
    )
    if held_out.rows and recipe.schedule.patience:
        trainer.add_callback(EarlyStoppingCallback(early_stopping_patience=recipe.schedule.patience))
    return trainer


def _evaluation(recipe: Recipe, is_there: bool) -> dict[str, Any]:
    """Evaluate on families that were held out, and keep the best where that ends a run early."""
    if not is_there:
        return {"eval_strategy": "no"}
    found: dict[str, Any] = {
        "eval_strategy": "steps",
        "eval_steps": recipe.schedule.eval_steps,
        "per_device_eval_batch_size": recipe.schedule.batch,
    }
    if recipe.schedule.patience:
        found |= {"load_best_model_at_end": True, "metric_for_best_model": "eval_loss", "greater_is_better": False}
    return found

"""Preferences (DPO) with TRL: the answer people kept against the one they did not."""

from __future__ import annotations

from typing import Any

from training.tune import rows
from training.tune.faults import TuneFault
from training.tune.folder import Order, RunFolder
from training.tune.trainer.loading import load
from training.tune.trainer.training import common_arguments


def preference_trainer(order: Order, dataset: rows.Dataset, folder: RunFolder) -> Any:
    """A trainer over the rows with a chosen and a rejected answer. Raises TuneFault `no_preferences`."""
    pairs = [found for row in dataset.rows(rows.TRAIN) if (found := rows.preference_of(row))]
    if not pairs:
        raise TuneFault("no_preferences")
    model, tokenizer = load(order)
    from datasets import Dataset  # noqa: PLC0415 - Unsloth wants to be loaded first
    from trl import DPOConfig, DPOTrainer  # noqa: PLC0415

    recipe = order.recipe
    folder.log_metrics({"step": 0, "rows": len(pairs)})
    weighted = recipe.preference.sft_weight > 0
    arguments = DPOConfig(
        **common_arguments(recipe, folder),
        max_length=recipe.max_length,
        beta=recipe.preference.beta,
        loss_type=[recipe.preference.loss, "sft"] if weighted else [recipe.preference.loss],
        loss_weights=[1.0, recipe.preference.sft_weight] if weighted else None,
    )
    said = [
        {
            "prompt": question,
            "chosen": [{"role": "assistant", "content": chosen}],
            "rejected": [{"role": "assistant", "content": rejected}],
            "chat_template_kwargs": {"enable_thinking": recipe.thinking},
        }
        for question, chosen, rejected in pairs
    ]
    return DPOTrainer(model=model, args=arguments, train_dataset=Dataset.from_list(said), processing_class=tokenizer)

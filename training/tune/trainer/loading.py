"""The base model with a fresh or a given adapter on it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from training.tune.faults import TuneFault
from training.tune.folder import Order
from training.tune.recipe import SFT, Recipe
from training.tune.trainer.plain_kernel import use_plain_kernel


def load(order: Order) -> tuple[Any, Any]:
    """Model and tokenizer. Raises TuneFault `no_gpu` or `wrong_base`; what the hub raises comes through."""
    recipe = order.recipe
    _require_device(recipe)
    _require_shape(order)
    if recipe.device == "cpu" and recipe.kind != SFT:
        return _plain(order)  # on a processor, Unsloth speeds up plain fine-tuning only
    return _unsloth(order)


def _require_device(recipe: Recipe) -> None:
    import torch  # noqa: PLC0415 - as is all of this

    if recipe.device == "cuda" and not torch.cuda.is_available():
        raise TuneFault("no_gpu")


def _require_shape(order: Order) -> None:
    """A folder that holds another model than the recipe's would be tuned without a word."""
    config = Path(order.base) / "config.json"
    if not config.is_file():
        return  # a name on the hub
    found, base = json.loads(config.read_text(encoding="utf-8")), order.recipe.base
    wanted = {"num_hidden_layers": base.layers, "hidden_size": base.hidden, "intermediate_size": base.feed_forward}
    wrong = [f"{name} is {found.get(name)}, not {value}" for name, value in wanted.items() if found.get(name) != value]
    if wrong:
        raise TuneFault("wrong_base", "; ".join(wrong))


def _unsloth(order: Order) -> tuple[Any, Any]:
    import torch  # noqa: PLC0415
    from unsloth import FastLanguageModel  # noqa: PLC0415

    recipe = order.recipe
    model, tokenizer = FastLanguageModel.from_pretrained(
        order.adapter or order.base,
        max_seq_length=recipe.max_length,
        dtype=torch.bfloat16,
        load_in_4bit=recipe.bits == 4,
        revision=recipe.base.revision or None,
    )
    if order.adapter:
        return model, tokenizer
    tuned = FastLanguageModel.get_peft_model(
        model,
        r=recipe.lora.rank,
        lora_alpha=recipe.lora.alpha,
        lora_dropout=recipe.lora.dropout,
        target_modules=list(recipe.lora.targets),
        bias="none",
        use_gradient_checkpointing="unsloth" if recipe.device == "cuda" else False,
        random_state=recipe.schedule.seed,
        use_rslora=recipe.lora.rslora,
    )
    return tuned, tokenizer


def _plain(order: Order) -> tuple[Any, Any]:
    import torch  # noqa: PLC0415
    from peft import LoraConfig, PeftModel, get_peft_model  # noqa: PLC0415
    from transformers import AutoModelForCausalLM, AutoTokenizer  # noqa: PLC0415

    use_plain_kernel()
    recipe = order.recipe
    torch.manual_seed(recipe.schedule.seed)
    model = AutoModelForCausalLM.from_pretrained(order.base, dtype=torch.float32)
    tokenizer = AutoTokenizer.from_pretrained(order.base)
    if order.adapter:
        return PeftModel.from_pretrained(model, order.adapter, is_trainable=True), tokenizer
    shape = LoraConfig(
        r=recipe.lora.rank,
        lora_alpha=recipe.lora.alpha,
        lora_dropout=recipe.lora.dropout,
        target_modules=list(recipe.lora.targets),
        use_rslora=recipe.lora.rslora,
        task_type="CAUSAL_LM",
    )
    return get_peft_model(model, shape), tokenizer

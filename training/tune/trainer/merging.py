"""Merges an adapter into its base model: for servers that take no adapters, and the way to a whole GGUF."""

from __future__ import annotations

import shutil
from typing import Any

from training.tune.folder import RunFolder


def merge(folder: RunFolder) -> None:
    """Write the merged model in 16 bits to `merged` in the run's folder. The base is loaded without quantisation."""
    import torch  # noqa: PLC0415 - in this process only
    from peft import PeftModel  # noqa: PLC0415
    from transformers import AutoModelForCausalLM, AutoTokenizer  # noqa: PLC0415

    order = folder.read_order()
    base: Any = AutoModelForCausalLM.from_pretrained(order.base, dtype=torch.bfloat16)
    merged = PeftModel.from_pretrained(base, str(folder.adapter)).merge_and_unload()
    fresh = folder.path / ".merged.new"
    shutil.rmtree(fresh, ignore_errors=True)
    merged.save_pretrained(fresh)
    AutoTokenizer.from_pretrained(order.base).save_pretrained(fresh)
    target = folder.path / "merged"
    shutil.rmtree(target, ignore_errors=True)
    fresh.rename(target)

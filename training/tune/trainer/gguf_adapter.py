"""Writes a PEFT adapter as a GGUF adapter: `python -m training.tune.trainer.gguf_adapter ADAPTER BASE OUT`.

Qwen's rotary halves lie as llama.cpp wants them, so that no weights are reordered.
"""

from __future__ import annotations

import json
import math
import re
import sys
from pathlib import Path
from typing import Any

from training.tune.trainer.gguf_names import architecture, ggml_name

_WEIGHT = re.compile(r"base_model\.model\.(.+)\.lora_(A|B)\.weight")


def write_adapter(adapter: Path, base: str, out: Path) -> int:
    """Write the adapter of `base`, a folder or a name, in 16 bits; return the number of its tensors.

    Raises ValueError for what GGUF cannot hold.
    """
    import gguf  # noqa: PLC0415 - of the training environment
    import numpy as np  # noqa: PLC0415
    from safetensors.torch import load_file  # noqa: PLC0415

    shape = json.loads((adapter / "adapter_config.json").read_text(encoding="utf-8"))
    _require_plain(shape)
    fresh = out.with_name(f".{out.name}.new")
    writer = gguf.GGUFWriter(str(fresh), architecture(_config_of(base)))
    writer.add_type("adapter")
    writer.add_string("adapter.type", "lora")
    writer.add_float32("adapter.lora.alpha", alpha_of(shape))
    tensors = load_file(str(adapter / "adapter_model.safetensors"))
    for name in sorted(tensors):
        found = _WEIGHT.fullmatch(name)
        if found is None:
            raise ValueError(f"{name} is no weight of a LoRA")
        values = tensors[name].float().numpy().astype(np.float16)
        writer.add_tensor(f"{ggml_name(found[1])}.weight.lora_{found[2].lower()}", values)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    fresh.replace(out)
    return len(tensors)


def _config_of(base: str) -> dict[str, Any]:
    from transformers import AutoConfig  # noqa: PLC0415 - of the training environment

    found: dict[str, Any] = AutoConfig.from_pretrained(base).to_dict()
    return found


def alpha_of(shape: dict[str, Any]) -> float:
    """The alpha that llama.cpp divides by the rank; a rank-stabilised LoRA divides by its root instead."""
    alpha, rank = float(shape["lora_alpha"]), int(shape["r"])
    return alpha * math.sqrt(rank) if shape.get("use_rslora") else alpha


def _require_plain(shape: dict[str, Any]) -> None:
    wrong = [name for name in ("use_dora", "rank_pattern", "alpha_pattern", "modules_to_save") if shape.get(name)]
    if wrong or shape.get("bias", "none") != "none":
        raise ValueError(f"a GGUF adapter cannot hold {', '.join(wrong) or 'biases'}")


if __name__ == "__main__":
    print(write_adapter(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3])))  # noqa: T201 - its only word

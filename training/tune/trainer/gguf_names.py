"""How llama.cpp calls the parts of Qwen2 and Qwen3, and what it wants to know of their shape."""

from __future__ import annotations

import re
from typing import Any

# https://github.com/ggml-org/llama.cpp/blob/master/gguf-py/gguf/tensor_mapping.py
_LAYER = {
    "self_attn.q_proj": "attn_q",
    "self_attn.k_proj": "attn_k",
    "self_attn.v_proj": "attn_v",
    "self_attn.o_proj": "attn_output",
    "self_attn.q_norm": "attn_q_norm",
    "self_attn.k_norm": "attn_k_norm",
    "mlp.gate_proj": "ffn_gate",
    "mlp.up_proj": "ffn_up",
    "mlp.down_proj": "ffn_down",
    "input_layernorm": "attn_norm",
    "post_attention_layernorm": "ffn_norm",
}
_WHOLE = {"model.embed_tokens": "token_embd", "model.norm": "output_norm", "lm_head": "output"}
ARCHITECTURES = {"qwen2": "qwen2", "qwen3": "qwen3"}  # model_type of transformers: of llama.cpp
_IN_LAYER = re.compile(r"model\.layers\.(\d+)\.(.+)")


def ggml_name(module: str) -> str:
    """llama.cpp's name of a module of transformers, without `.weight`. Raises ValueError for any other."""
    found = _IN_LAYER.fullmatch(module)
    name = f"blk.{found[1]}.{_LAYER[found[2]]}" if found and found[2] in _LAYER else _WHOLE.get(module, "")
    if not name:
        raise ValueError(f"{module} is no part of Qwen2 or Qwen3")
    return name


def architecture(config: dict[str, Any]) -> str:
    """llama.cpp's name of a kind of model. Raises ValueError for other kinds."""
    kind = str(config.get("model_type"))
    if kind not in ARCHITECTURES:
        raise ValueError(f"models of type {kind} are not written as GGUF here")
    return ARCHITECTURES[kind]

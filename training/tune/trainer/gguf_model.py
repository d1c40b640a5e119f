"""Writes a whole Qwen2 or Qwen3 as GGUF: `python -m training.tune.trainer.gguf_model MODEL OUT [f16|q8_0]`.

For engines of their own that take no adapters. Smaller kinds (Q4_K_M) need llama.cpp's own `llama-quantize`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from training.tune.trainer.gguf_names import architecture, ggml_name

NORMAL, CONTROL, USER_DEFINED, UNUSED = 1, 3, 4, 5  # kinds of tokens: gguf.TokenType


def write_model(model: Path, out: Path, kind: str = "f16") -> int:
    """Write the model with its tokenizer; return the number of tensors. Raises ValueError for other kinds of models."""
    import gguf  # noqa: PLC0415 - of the training environment

    config = json.loads((model / "config.json").read_text(encoding="utf-8"))
    fresh = out.with_name(f".{out.name}.new")
    writer = gguf.GGUFWriter(str(fresh), architecture(config))
    _add_shape(writer, config)
    _add_tokenizer(writer, model, config)
    count = 0
    quantised = {"f16": gguf.GGMLQuantizationType.F16, "q8_0": gguf.GGMLQuantizationType.Q8_0}[kind]
    for name, values in _weights(model):
        wanted = quantised if values.ndim == 2 else gguf.GGMLQuantizationType.F32  # norms and biases stay whole
        if wanted is gguf.GGMLQuantizationType.Q8_0 and values.shape[-1] % 32:
            wanted = gguf.GGMLQuantizationType.F16  # a block of Q8_0 has 32 numbers
        writer.add_tensor(name, gguf.quants.quantize(values, wanted), raw_dtype=wanted)
        count += 1
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    fresh.replace(out)
    return count


def _add_shape(writer: Any, config: dict[str, Any]) -> None:
    heads = config["num_attention_heads"]
    head_dim = config.get("head_dim") or config["hidden_size"] // heads
    writer.add_context_length(config["max_position_embeddings"])
    writer.add_embedding_length(config["hidden_size"])
    writer.add_block_count(config["num_hidden_layers"])
    writer.add_feed_forward_length(config["intermediate_size"])
    writer.add_head_count(heads)
    writer.add_head_count_kv(config["num_key_value_heads"])
    writer.add_key_length(head_dim)
    writer.add_value_length(head_dim)
    writer.add_rope_freq_base(_rope_base(config))
    writer.add_layer_norm_rms_eps(config["rms_norm_eps"])


def _rope_base(config: dict[str, Any]) -> float:
    """transformers 5 keeps it among the parameters of the rotation, 4 beside them."""
    return float((config.get("rope_parameters") or config).get("rope_theta", 10000.0))


def _add_tokenizer(writer: Any, model: Path, config: dict[str, Any]) -> None:
    from transformers import AutoTokenizer  # noqa: PLC0415 - of the training environment

    data = json.loads((model / "tokenizer.json").read_text(encoding="utf-8"))
    tokenizer = AutoTokenizer.from_pretrained(model)
    added = {each["id"]: each for each in data["added_tokens"]}
    words = {number: word for word, number in tokenizer.get_vocab().items()}
    size = config["vocab_size"]
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("qwen2")
    writer.add_token_list([words.get(number, f"[PAD{number}]") for number in range(size)])
    writer.add_token_types([_kind(number, words, added) for number in range(size)])
    writer.add_token_merges([each if isinstance(each, str) else " ".join(each) for each in data["model"]["merges"]])
    writer.add_eos_token_id(tokenizer.eos_token_id)
    if tokenizer.pad_token_id is not None:
        writer.add_pad_token_id(tokenizer.pad_token_id)
    writer.add_add_bos_token(False)
    if tokenizer.chat_template:
        writer.add_chat_template(tokenizer.chat_template)


def _kind(number: int, words: dict[int, str], added: dict[int, Any]) -> int:
    if number not in words:
        return UNUSED
    if number not in added:
        return NORMAL
    return CONTROL if added[number].get("special") else USER_DEFINED


def _weights(model: Path) -> Iterator[tuple[str, Any]]:
    from safetensors.torch import load_file  # noqa: PLC0415 - of the training environment

    for file in sorted(model.glob("*.safetensors")):
        for name, values in sorted(load_file(str(file)).items()):
            module, _, part = name.rpartition(".")
            yield f"{ggml_name(module)}.{part}", values.float().numpy()


if __name__ == "__main__":
    print(write_model(Path(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:4]))  # noqa: T201 - its only word

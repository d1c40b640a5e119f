"""Datasets and recipes small enough to train on in seconds, as a build would have left them."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from training.tune.rows import MANIFEST

ANSWER = "```python\ndot = Dot()\n```"


def row(number: int, answer: str = ANSWER, **more: Any) -> dict[str, Any]:
    return {
        "messages": [
            {"role": "user", "content": f"Write the scene number {number}"},
            {"role": "assistant", "content": answer},
        ],
        **more,
    }


def preference(number: int) -> dict[str, Any]:
    asked = [{"role": "user", "content": f"Write the scene number {number}"}]
    return {"prompt": asked, "chosen": ANSWER, "rejected": "No."}


def build(folder: Path, shards: Mapping[str, Iterable[Mapping[str, Any]]], **facts: Any) -> Path:
    """`build(tmp_path, {"train": [row(1)]})`: one shard a split."""
    folder.mkdir(parents=True, exist_ok=True)
    listed = []
    for split, rows in shards.items():
        lines = "".join(f"{json.dumps({**each, 'split': split})}\n" for each in rows)
        file = folder / f"{split}.jsonl.gz"
        file.write_bytes(gzip.compress(lines.encode(), mtime=0))
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        listed.append({"file": file.name, "sha256": digest, "rows": lines.count("\n")})
    manifest = {"name": "tiny", "lane": "commercial", "shards": listed, **facts}
    (folder / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    return folder


def recipe(folder: Path, kind: str = "sft", *, base: Path | str = "tiny", name: str = "", **schedule: Any) -> Path:
    """A recipe for the processor and the model of tests/vllm/make_model.py."""
    values = {
        "learning_rate": 0.01,
        "max_steps": 120,
        "batch": 3,
        "accumulate": 1,
        "optimiser": "adamw_torch",
        "save_steps": 10,
        "eval_steps": 60,
        "patience": 0,
        **schedule,
    }
    lines = "\n".join(f"{key} = {json.dumps(value)}" for key, value in values.items())
    path = folder / f"{name or f'tiny-{kind}'}.toml"
    path.write_text(
        f"""title = "Tiny"
kind = "{kind}"
device = "cpu"
packing = false
max_length = 256

[base]
model = "{base}"
licence = "Apache-2.0"
layers = 2
hidden = 64
heads = 2
kv_heads = 1
head_dim = 32
feed_forward = 128
vocabulary = 2048
tied = false
context = 16384

[lora]
rank = 8
alpha = 32

[schedule]
{lines}

[reinforcement]
answers = 2
longest_answer = 16
""",
        encoding="utf-8",
    )
    return path

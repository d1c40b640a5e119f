"""The labelled prompts: requests that a class must not get, and harmless ones that sound bad."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent
PLAIN = ""
OBFUSCATED = "obfuscated"


@dataclass(frozen=True)
class Prompt:
    """A prompt, its category (or subject), how it is written, and the batch it belongs to."""

    text: str
    label: str
    variant: str
    batch: str


def unsafe() -> list[Prompt]:
    return _read("unsafe.jsonl", "category")


def harmless() -> list[Prompt]:
    return _read("harmless.jsonl", "subject")


def _read(name: str, label: str) -> list[Prompt]:
    rows = map(json.loads, (FOLDER / name).read_text(encoding="utf-8").splitlines())
    return [Prompt(row["prompt"], row[label], row.get("variant", PLAIN), row.get("batch", "first")) for row in rows]

"""What comes of a run: the adapter for vLLM and for the local engine, whole models, and the card."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from training.lanes import Lane
from training.tune import process, rows
from training.tune.card import card
from training.tune.faults import TuneFault
from training.tune.folder import RunFolder, write_whole

PEFT, GGUF, MERGED, MODEL_F16, MODEL_Q8 = FORMATS = ("peft", "gguf", "merged", "gguf-f16", "gguf-q8_0")
CARD = "CARD.md"
SUMS = "EXPORT.json"


def export(folder: RunFolder, formats: Iterable[str], python: Path) -> dict[str, Path]:
    """Write each format, then the card; return where each is. Raises TuneFault."""
    order = folder.read_order()
    if not (folder.adapter / "adapter_model.safetensors").is_file():
        raise TuneFault("nothing_to_resume", f"{folder.path}: no adapter was trained; it")
    wanted = [each for each in FORMATS if each in set(formats)]
    made = {PEFT: folder.adapter} if PEFT in wanted else {}
    if GGUF in wanted:
        made[GGUF] = folder.path / "adapter.gguf"
        arguments = str(folder.adapter), order.base, str(made[GGUF])
        process.run_script(python, "training.tune.trainer.gguf_adapter", *arguments)
    if {MERGED, MODEL_F16, MODEL_Q8} & set(wanted):
        made |= _whole_models(folder, wanted, python)
    write_whole(folder.path / SUMS, json.dumps(sums(made), indent=1))
    write_card(folder)
    return made


def _whole_models(folder: RunFolder, wanted: list[str], python: Path) -> dict[str, Path]:
    """Merge, and write what is asked for of the merged model."""
    process.run_trainer(python, "merge", folder, on_cpu=True, threads=1, on_metrics=lambda metrics: None)
    merged = folder.path / "merged"
    made = {MERGED: merged} if MERGED in wanted else {}
    for name in (MODEL_F16, MODEL_Q8):
        if name in wanted:
            kind = name.removeprefix("gguf-")
            made[name] = folder.path / f"model-{kind}.gguf"
            process.run_script(python, "training.tune.trainer.gguf_model", str(merged), str(made[name]), kind)
    return made


def sums(made: dict[str, Path]) -> dict[str, dict[str, str]]:
    """The SHA-256 of each file, by format."""
    return {
        name: {file.name: rows.file_digest(file) for file in sorted(path.iterdir()) if file.is_file()}
        if path.is_dir()
        else {path.name: rows.file_digest(path)}
        for name, path in made.items()
    }


def write_card(folder: RunFolder) -> str:
    """Write the card of what the folder holds, and return it."""
    order = folder.read_order()
    manifest = _manifest(Path(order.dataset))
    listed: dict[str, dict[str, str]] = json.loads((folder.path / SUMS).read_text(encoding="utf-8"))
    files = {f"{name}/{file}": digest for name, found in listed.items() for file, digest in found.items()}
    lane = Lane(manifest.get("lane", Lane.BLOCKED))
    text = card(folder.path.name, order, manifest, lane, folder.metrics(), files)
    write_whole(folder.path / CARD, text)
    return text


def _manifest(dataset: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads((dataset / rows.MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}  # the dataset is gone: then nothing is known of its lane
    return found

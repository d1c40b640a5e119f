"""A dataset on disk: JSONL shards by split, a manifest with the sum of each, and a card. Same rows, same sums.

OUT/data/train-00000.jsonl ...    one conversation a line
OUT/MANIFEST.json                 what is there and what it was made of
OUT/CARD.md                       for people
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from training.dataset.rows import Row, Split
from training.errors import TrainingFault

FORMAT = 1
ROWS_A_SHARD = 2000
MANIFEST, CARD = "MANIFEST.json", "CARD.md"


def as_line(row: Row, split: Split, tokens: int, answer_tokens: int) -> dict[str, Any]:
    """A row as it stands in a shard: `messages` for any trainer of chats, the rest to choose by."""
    return {
        "id": row.digest,
        "messages": [dict(each) for each in row.messages],
        "chat_template_kwargs": {"enable_thinking": False},
        "task": row.task.value,
        "split": split.value,
        "family": row.family,
        "lane": row.origin.lane.value,
        "licence": row.origin.licence,
        "source": row.origin.name,
        "source_version": row.origin.version,
        "path": row.path,
        "language": row.language,
        "profile": row.profile,
        "tokens": tokens,
        "answer_tokens": answer_tokens,
    }


def write(folder: Path, lines: Mapping[Split, Sequence[Mapping[str, Any]]]) -> list[dict[str, Any]]:
    """Write the shards, each whole or not at all, and return what the manifest says of them. Raises OSError."""
    data = folder / "data"
    data.mkdir(parents=True, exist_ok=True)
    made: list[dict[str, Any]] = []
    for split in Split:
        rows = lines.get(split, ())
        for number, start in enumerate(range(0, len(rows), ROWS_A_SHARD)):
            part = rows[start : start + ROWS_A_SHARD]
            content = "".join(json.dumps(row, ensure_ascii=False, sort_keys=True) + "\n" for row in part).encode()
            name = f"{split.value}-{number:05}.jsonl"
            put(data / name, content)
            digest = hashlib.sha256(content).hexdigest()
            made.append({"file": f"data/{name}", "split": split.value, "rows": len(part), "sha256": digest})
    for stray in {path.name for path in data.glob("*.jsonl")} - {Path(each["file"]).name for each in made}:
        (data / stray).unlink()  # of an earlier build into the same folder
    return made


def put(file: Path, content: bytes) -> None:
    """Write a file so that it is there whole or as it was before. Raises OSError."""
    pending = file.with_name(f".{file.name}.part")
    try:
        with pending.open("wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        pending.replace(file)
    finally:
        pending.unlink(missing_ok=True)


def manifest_bytes(manifest: Mapping[str, Any]) -> bytes:
    """The manifest as it is written; its sum names the dataset."""
    return (json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def read_manifest(folder: Path) -> tuple[dict[str, Any], str]:
    """The manifest of a dataset and its sum. Raises TrainingFault where there is none that can be read."""
    try:
        content = (folder / MANIFEST).read_bytes()
        manifest = json.loads(content)
        known = manifest["format"] == FORMAT and isinstance(manifest["shards"], list)
    except FileNotFoundError as error:
        raise TrainingFault(f"{folder} holds no dataset.", "Build one: manage.py training build --out DIR.") from error
    except (ValueError, KeyError, TypeError) as error:
        raise TrainingFault(f"The manifest in {folder} cannot be read.", "Build the dataset again.") from error
    if not known:
        raise TrainingFault(f"The dataset in {folder} has another format.", "Build it again with this version.")
    return manifest, hashlib.sha256(content).hexdigest()


def read(folder: Path, split: Split | None = None) -> Iterator[dict[str, Any]]:
    """The rows of a dataset, each shard compared with its sum before a row of it is given.

    Raises TrainingFault for a shard that is missing or is not what was built.
    """
    manifest, _ = read_manifest(folder)
    for shard in manifest["shards"]:
        if split is None or shard["split"] == split.value:
            yield from _checked(folder, shard)


def _checked(folder: Path, shard: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    file = folder / shard["file"]
    again = "Build the dataset again: what was checked is not checked twice."
    try:
        content = file.read_bytes()
    except FileNotFoundError as error:
        raise TrainingFault(f"The shard {shard['file']} is missing.", again) from error
    if hashlib.sha256(content).hexdigest() != shard["sha256"]:
        raise TrainingFault(f"The shard {shard['file']} is corrupt: it is not what was built.", again)
    for line in content.decode().rstrip("\n").split("\n"):
        yield json.loads(line)

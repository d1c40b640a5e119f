"""Reads a dataset that was built: manifest, shards against their sums, and rows. Needs nothing but Python."""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from training.tune.faults import TuneFault

MANIFEST = "MANIFEST.json"
TRAIN, VALIDATION, TEST = "train", "validation", "test"
CHUNK = 1 << 20
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Dataset:
    """A folder of shards whose sums were compared with the manifest when it was opened."""

    folder: Path
    manifest: dict[str, Any]
    digest: str  # of the manifest: the dataset's name

    def rows(self, split: str) -> Iterator[Row]:
        """The rows of a split, in the order of the shards. Raises TuneFault for a row that is no JSON object."""
        for shard in self.manifest["shards"]:
            path = self.folder / shard["file"]
            with (
                gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file
            ):
                for number, line in enumerate(file, start=1):
                    row = _row(line, path, number)
                    if split_of(row, shard) == split:
                        yield row


def open_dataset(folder: Path) -> Dataset:
    """Open and check a dataset. Raises TuneFault `no_dataset` or `corrupt_shard`, naming the file."""
    path = folder / MANIFEST
    try:
        text = path.read_bytes()
        manifest = json.loads(text)
        shards = [(shard["file"], shard["sha256"]) for shard in manifest["shards"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise TuneFault("no_dataset", str(folder)) from error
    for name, digest in shards:
        _require_whole(folder, name, digest)
    return Dataset(folder, manifest, hashlib.sha256(text).hexdigest())


def _require_whole(folder: Path, name: str, digest: str) -> None:
    path = folder / name
    if path.resolve().parent != folder.resolve() and folder.resolve() not in path.resolve().parents:
        raise TuneFault("corrupt_shard", f"{name} lies outside the dataset")
    try:
        found = file_digest(path)
    except OSError as error:
        raise TuneFault("corrupt_shard", f"{name}: {error.strerror}") from error
    if found != digest:
        raise TuneFault("corrupt_shard", f"{name} has the sum {found[:12]}, the manifest says {digest[:12]}")
    try:
        if path.suffix == ".gz":
            with gzip.open(path) as file:
                while file.read(CHUNK):
                    pass
    except (OSError, EOFError, zlib.error) as error:
        raise TuneFault("corrupt_shard", f"{name}: {error}") from error


def file_digest(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _row(line: str, path: Path, number: int) -> Row:
    try:
        row = json.loads(line)
        if isinstance(row, dict):
            return row
    except ValueError:
        pass
    raise TuneFault("corrupt_shard", f"{path.name}, line {number} is no row")


def split_of(row: Row, shard: dict[str, Any]) -> str:
    """Which split a row is in: as it says itself, else as its shard does."""
    return str(row.get("split") or row.get("meta", {}).get("split") or shard.get("split") or TRAIN)


def messages_of(row: Row) -> list[dict[str, str]]:
    """What is said, the answer last. Empty where the row is none of that kind."""
    said = row.get("messages") or [*row.get("prompt", ()), *row.get("completion", ())]
    whole = [
        each for each in said if isinstance(each, dict) and each.get("role") and isinstance(each.get("content"), str)
    ]
    return whole if len(whole) == len(said) and len(said) > 1 and said[-1]["role"] == "assistant" else []


def preference_of(row: Row) -> tuple[list[dict[str, str]], str, str] | None:
    """The question with its better and its worse answer; None for rows of other kinds."""
    question, chosen, rejected = row.get("prompt"), row.get("chosen"), row.get("rejected")
    if not (isinstance(question, list) and chosen and rejected):
        return None
    return question, _content(chosen), _content(rejected)


def _content(answer: Any) -> str:
    return str(answer[-1]["content"]) if isinstance(answer, list) else str(answer)

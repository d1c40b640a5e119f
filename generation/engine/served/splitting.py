"""Which of several adapters writes for somebody: shares in per cent, by a hash that is the same on every machine."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

WHOLE = 100.0


def shares(words: list[str]) -> dict[str, float]:
    """`["manim=90", "manim-next=10"]` as a table. Raises ValueError for shares that cannot be."""
    found: dict[str, float] = {}
    for word in words:
        name, mark, share = word.partition("=")
        value = float(share) if mark else -1.0
        if not name or not 0 <= value <= WHOLE or name in found:
            raise ValueError(f"{word} is no share: write NAME=PERCENT, each name once")
        found[name] = value
    if sum(found.values()) > WHOLE:
        raise ValueError(f"the shares add up to {sum(found.values()):g} per cent")
    return found


def place(key: str, salt: str) -> float:
    """Where a key falls between 0 and 100. Another salt throws the dice anew, so that experiments do not overlap."""
    digest = hashlib.sha256(f"{salt}\0{key}".encode()).digest()
    return int.from_bytes(digest[:8]) / 2**64 * WHOLE


def chosen(split: Mapping[str, float], key: str, otherwise: str) -> str:
    """The adapter for a key. More for the last one takes from `otherwise` alone: nobody else changes hands."""
    at = place(key, "adapter")
    for name, share in split.items():
        if at < share:
            return name
        at -= share
    return otherwise

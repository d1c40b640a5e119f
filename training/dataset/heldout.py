"""The families that no training row is of, as `heldout.toml` lists them."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

LIST = Path(__file__).with_name("heldout.toml")


@cache
def held_out() -> frozenset[str]:
    """The names of the families."""
    listed = tomllib.loads(LIST.read_text(encoding="utf-8"))
    return frozenset(name for names in listed.values() for name in names)

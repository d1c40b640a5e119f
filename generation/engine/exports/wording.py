"""What exported files say by themselves, in the language of the animation, and the styles they carry inside."""

from __future__ import annotations

import functools
import tomllib
from pathlib import Path

ASSETS = Path(__file__).with_name("assets")


@functools.cache
def _all() -> dict[str, dict[str, str]]:
    return tomllib.loads((ASSETS / "words.toml").read_text(encoding="utf-8"))


def words(language: str) -> dict[str, str]:
    """Return the sentences of a language; English where we have none."""
    return _all().get(language.partition("-")[0], _all()["en"])


def asset(name: str) -> str:
    """Return the text of a style or script that goes into a file."""
    return (ASSETS / name).read_text(encoding="utf-8")

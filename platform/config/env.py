"""Typed reading of environment variables: the only place that touches `os.environ` for settings."""

import os
from pathlib import Path

TRUE_WORDS = {"1", "true", "yes", "on"}
FALSE_WORDS = {"0", "false", "no", "off", ""}


class BadSetting(Exception):
    """An environment variable holds a value that cannot be used."""


def text(name: str, default: str = "") -> str:
    """Return the variable, stripped, or `default` where it is not set."""
    return os.environ.get(name, default).strip()


def boolean(name: str, *, default: bool = False) -> bool:
    """Return the variable as a boolean. Raises BadSetting for anything but yes/no words."""
    raw = os.environ.get(name)
    if raw is None:
        return default
    word = raw.strip().lower()
    if word in TRUE_WORDS:
        return True
    if word in FALSE_WORDS:
        return False
    raise BadSetting(f"{name} must be one of yes, no, true, false, 1 or 0; it is {raw!r}.")


def integer(name: str, default: int) -> int:
    """Return the variable as a whole number. Raises BadSetting for anything else."""
    raw = os.environ.get(name)
    if raw is None or not raw.strip():
        return default
    try:
        return int(raw)
    except ValueError:
        raise BadSetting(f"{name} must be a whole number; it is {raw!r}.") from None


def number(name: str, default: float) -> float:
    """Return the variable as a number. Raises BadSetting for anything else."""
    raw = text(name)
    if not raw:
        return default
    try:
        return float(raw)
    except ValueError:
        raise BadSetting(f"{name} must be a number; it is {raw!r}.") from None


def words(name: str, default: str = "") -> list[str]:
    """Return a comma-separated variable as a list without empty entries."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def one_of(name: str, choices: tuple[str, ...]) -> str:
    """Return the variable, the first choice where it is not set. Raises BadSetting for anything else."""
    chosen = text(name) or choices[0]
    if chosen not in choices:
        raise BadSetting(f"{name} must be one of {', '.join(choices)}; it is {chosen!r}.")
    return chosen


def path(name: str, default: Path) -> Path:
    """Return the variable as an absolute path."""
    raw = text(name)
    return Path(raw).expanduser().resolve() if raw else default

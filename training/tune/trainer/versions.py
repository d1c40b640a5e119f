"""Whether the environment is the one that was pinned."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version

from training.tune.faults import TuneFault


def require_versions(wanted: Mapping[str, str]) -> None:
    """Raise TuneFault `wrong_versions`, naming each package that differs."""
    found = {name: _installed(name) for name in wanted}
    wrong = [
        f"{name} {found[name] or 'is missing'}, not {wanted[name]}" for name in wanted if found[name] != wanted[name]
    ]
    if wrong:
        raise TuneFault("wrong_versions", "; ".join(wrong))


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""

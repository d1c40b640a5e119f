"""Lists the parts of an object as Manim does, but quicker: a surface of 576 faces is listed several times a frame."""

from __future__ import annotations

from typing import Any

from manim import Mobject

DEEPEST = 12  # levels; Manim's own way also ends where an object contains itself

_GET_FAMILY = Mobject.get_family


def install() -> None:
    """Let every object of this process list its parts this way."""
    setattr(Mobject, "get_family", _get_family)  # noqa: B010 - for the type checker a method is no variable


def _get_family(mobject: Any, recurse: bool = True) -> list[Any]:
    """Stand in for `Mobject.get_family`: the object, then all its parts, each once."""
    family = [mobject]
    if not _collect(mobject, family, DEEPEST) or len(set(family)) != len(family):
        return list(_GET_FAMILY(mobject, recurse))
    return family


def _collect(mobject: Any, family: list[Any], levels: int) -> bool:
    """Add the parts of `mobject`, depth first; False if they go deeper than `levels`."""
    if not levels:
        return False
    for part in mobject.submobjects:
        family.append(part)
        if part.submobjects and not _collect(part, family, levels - 1):
            return False
    return True

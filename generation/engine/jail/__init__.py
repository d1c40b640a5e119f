"""The jail: where code nobody vouches for runs. Assume it is hostile and native; see docs/security-model.md."""

from __future__ import annotations

from collections.abc import Callable

from generation.engine.jail.box import Box, Ended, JailRun, LeftFile, Level
from generation.engine.jail.spawn import Jailed, start

__all__ = ["Box", "Ended", "JailRun", "Jailed", "LeftFile", "Level", "spawn"]


def spawn(main: Callable[[], None], box: Box) -> Jailed:
    """Run `main` in a jail; call it in a process with one thread, no secrets and a clean environment."""
    return start(main, box, Level.NAMESPACES)

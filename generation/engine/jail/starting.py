"""Start a job the way its level says: in a fork of this process, or in a container."""

from __future__ import annotations

from collections.abc import Callable, Collection

from generation.engine.jail import container, jailed
from generation.engine.jail.box import Box, Level
from generation.engine.jail.jailed import Jailed


def start(main: Callable[[], None], box: Box, level: Level, *, without: Collection[str] = ()) -> Jailed:
    """Run `main` in a jail of this level. A container takes only what can be pickled: see `container.start`."""
    if level is Level.CONTAINER:
        return container.start(main, box, without=without)
    return jailed.start(main, box, level, without=without)

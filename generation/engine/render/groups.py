"""The groups of glyphs by name that Manim keeps for a text or formula, made when somebody asks for one.

Manim makes three groups a glyph, each an object with colours and arrays of its own, and copies them all with the text.
Formulas look at a few of them, texts at none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from manim import VGroup

from generation.engine.render.quick_copy import COPIERS, Memo, copied


class LazyGroups(dict[str, Any]):
    """Groups by name. `members` are all glyphs, in order; a group has those from one number to another."""

    def __init__(self, members: list[Any], ranges: Mapping[str, tuple[int, int]]) -> None:
        super().__init__(dict.fromkeys(ranges))  # None: not made yet
        self._members, self._ranges = members, ranges

    def __getitem__(self, name: str) -> Any:
        group = super().__getitem__(name)
        if group is None:
            first, last = self._ranges[name]
            group = self[name] = VGroup()
            group.submobjects = self._members[first:last]
        return group

    def __iter__(self) -> Iterator[str]:  # its being ours makes Python read us through __getitem__ everywhere
        return super().__iter__()

    def get(self, name: str, default: Any = None) -> Any:
        """Return the group of this name, or `default`."""
        return self[name] if name in self else default  # noqa: SIM401 - that is this method

    def __deepcopy__(self, memo: Memo) -> LazyGroups:
        result = memo[id(self)] = LazyGroups([], self._ranges)
        result._members = copied(self._members, memo)
        for name in self:
            if (group := super().__getitem__(name)) is not None:
                result[name] = copied(group, memo)
        return result


def _after_making_all(name: str) -> Any:
    plain = getattr(dict, name)

    def method(self: LazyGroups, *arguments: Any) -> Any:
        for key in self:
            self[key]
        return plain(self, *arguments)

    method.__name__ = name
    return method


for _name in ("values", "items", "pop", "popitem", "setdefault", "copy", "__eq__", "__ne__", "__repr__", "__or__"):
    setattr(LazyGroups, _name, _after_making_all(_name))

COPIERS[LazyGroups] = LazyGroups.__deepcopy__

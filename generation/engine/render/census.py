"""Counts what is on the stage after each play of a dry run: kinds of mobjects, their colours, and what moves.

Runs in the jail. Only what leaves a mark inside the frame counts: things that are invisible, of no size, or beside the
picture say nothing about what is shown.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from manim import Mobject, ValueTracker

from generation.engine.limits import MOST_COLOURS, MOST_KINDS
from generation.engine.render.drawing import FAINT, is_shown
from generation.engine.types import Sighting

MOST_PARTS = 4000  # of one look: a stage with more is counted in part
TRACKER = "ValueTracker"
_PLAIN = frozenset({"Mobject", "VMobject", "Group", "VGroup", "VDict", "object"})  # say nothing about what is shown


@dataclass(slots=True)
class _Kind:
    most: int = 0
    moves: bool = False
    colours: dict[str, None] = field(default_factory=dict)


class Census:
    """What was seen over the plays of one scene."""

    def __init__(self) -> None:
        self._kinds: dict[str, _Kind] = {}
        self._places: dict[int, int] = {}  # of each leaf: a sum of its points
        self._values: dict[int, float] = {}
        self._kept: dict[int, Any] = {}  # ids stay unique while the objects live
        self._now: dict[str, int] = {}
        self._left = 0
        self._frame: tuple[float, float, float, float] | None = None

    def look(self, scene: Any, frame: tuple[float, float, float, float] | None) -> None:
        """Count what is on the stage after a play; `frame` is None where the camera looks from an angle."""
        self._now, self._left, self._frame = {}, MOST_PARTS, frame
        for mobject in scene.mobjects:
            self._count(mobject)
        for kind, number in self._now.items():
            found = self._kinds[kind]
            found.most = max(found.most, number)
        self._follow_trackers(scene)

    def sightings(self) -> list[Sighting]:
        """What was seen, by kind."""
        return [
            Sighting(name, kind.most, kind.moves, tuple(kind.colours)[:MOST_COLOURS])
            for name, kind in sorted(self._kinds.items())
        ][:MOST_KINDS]

    def _count(self, mobject: Any) -> tuple[bool, bool, str]:
        """Count a mobject and its parts; return whether any of it is shown, whether it moved, and its colour."""
        shown, moved, colour = self._leaf(mobject)
        for part in mobject.submobjects:
            if self._left <= 0:
                break
            is_shown_there, has_moved, its_colour = self._count(part)
            shown, moved, colour = shown or is_shown_there, moved or has_moved, colour or its_colour
        if shown:
            for name in _names(type(mobject)):
                self._note(name, moved, colour)
        return shown, moved, colour

    def _note(self, name: str, moved: bool, colour: str) -> None:
        kind = self._kinds.setdefault(name, _Kind())
        self._now[name] = self._now.get(name, 0) + 1
        kind.moves = kind.moves or moved
        if colour and len(kind.colours) < MOST_COLOURS:
            kind.colours[colour] = None

    def _leaf(self, mobject: Any) -> tuple[bool, bool, str]:
        self._left -= 1
        if not len(mobject.points) or not is_shown(mobject) or not self._is_inside(mobject):
            return False, False, ""
        place = hash(mobject.points.round(4).tobytes())
        before = self._places.get(id(mobject), place)
        self._places[id(mobject)] = place
        self._kept[id(mobject)] = mobject
        return True, before != place, _colour(mobject)

    def _is_inside(self, mobject: Any) -> bool:
        if self._frame is None:
            return True
        left, bottom, right, top = self._frame
        low, high = mobject.points.min(axis=0), mobject.points.max(axis=0)
        return bool(low[0] <= right and high[0] >= left and low[1] <= top and high[1] >= bottom)

    def _follow_trackers(self, scene: Any) -> None:
        """A tracker is seen where an animation changes its value; it leaves no mark of its own."""
        changed = 0
        for animation in scene.animations or []:
            tracker = getattr(animation, "mobject", None)
            if isinstance(tracker, ValueTracker):
                value = float(tracker.get_value())
                before = self._values.get(id(tracker), _value_before(animation))
                changed += before != value
                self._values[id(tracker)] = value
                self._kept[id(tracker)] = tracker
        if changed:
            kind = self._kinds.setdefault(TRACKER, _Kind())
            kind.most, kind.moves = max(kind.most, changed), True


def _value_before(animation: Any) -> float:
    start = getattr(animation, "starting_mobject", None)
    return float(start.get_value()) if isinstance(start, ValueTracker) else 0.0


def _names(kind: type) -> list[str]:
    """A class of Manim and those it derives from; classes of the scene's own code count as what they derive from."""
    return [
        each.__name__
        for each in kind.__mro__
        if each.__module__.startswith("manim.") and each.__name__ not in _PLAIN and issubclass(each, Mobject)
    ]


def _colour(mobject: Any) -> str:
    """The colour of the filling, else of the line, as `#rrggbb`; empty for what has neither."""
    try:
        filled = float(mobject.get_fill_opacity()) > FAINT
        return str((mobject.get_fill_color() if filled else mobject.get_stroke_color()).to_hex()).lower()
    except AttributeError:
        return ""

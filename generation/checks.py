"""The card "check before class" as the studio page shows it: items in words, with their place in the video."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from generation.faults import said
from generation.mathml import mathml

GROUPS = {
    "equality": gettext_lazy("Numbers and equations"),
    "formula": gettext_lazy("Formulas"),
    "constant": gettext_lazy("Constants"),
    "unit": gettext_lazy("Units"),
    "claim": gettext_lazy("What it claims"),
    "ideal": gettext_lazy("What it leaves out or simplifies"),
    "layout": gettext_lazy("Layout"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """An item of the card. `mark` is right, wrong, look or unknown; `words` say what was recomputed."""

    key: str
    text: str
    formula: SafeString | None
    mark: str
    words: str
    scene: str
    seconds: float | None
    done: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Items of one kind."""

    title: str
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Card:
    """Everything to check before class."""

    groups: Sequence[Group]

    @property
    def rows(self) -> list[Row]:
        """All items."""
        return [row for group in self.groups for row in group.rows]

    @property
    def summary(self) -> str:
        """How many there are, in a sentence that claims no more than was computed."""
        marks = [row.mark for row in self.rows]
        recomputed = marks.count("right") + marks.count("wrong")
        told = [
            ngettext("%(count)d thing to check.", "%(count)d things to check.", len(marks)) % {"count": len(marks)},
            ngettext("%(count)d was recomputed.", "%(count)d were recomputed.", recomputed) % {"count": recomputed},
        ]
        if wrong := marks.count("wrong"):
            told.append(ngettext("%(count)d looks wrong.", "%(count)d look wrong.", wrong) % {"count": wrong})
        return " ".join(told)


def card(storyboard: Mapping[str, Any], done: AbstractSet[str]) -> Card | None:
    """The card of a revision; None where it was made before there was one."""
    if "checks" not in storyboard:
        return None
    scenes = {scene["name"]: scene for scene in storyboard.get("scenes", [])}
    by_kind: dict[str, list[Row]] = {}
    for item in storyboard["checks"]:
        by_kind.setdefault(item["kind"], []).append(_row(item, scenes.get(item["scene"]), item["key"] in done))
    return Card([Group(str(title), by_kind[kind]) for kind, title in GROUPS.items() if kind in by_kind])


def _row(item: Mapping[str, Any], scene: Mapping[str, Any] | None, done: bool) -> Row:
    placed = scene is not None and not scene.get("fault") and item["kind"] != "unit"
    return Row(
        key=item["key"],
        text=said(item["text"]) if item["kind"] == "layout" else item["text"],
        formula=mathml(item["text"]) if item["tex"] else None,
        mark="look" if item["kind"] == "layout" else item["verdict"],
        words=_words(item),
        scene=scene["title"] if scene is not None else "",
        seconds=round(scene.get("start", 0.0) + item["seconds"], 2) if scene is not None and placed else None,
        done=done,
    )


def _words(item: Mapping[str, Any]) -> str:
    notes = {
        "computed": _("Recomputed: right."),
        "remainder": _("Recomputed: right, with a remainder."),
        "with_values": _("Recomputed with the values shown beside it: right."),
        "identity": _("Tried at many points: holds."),
        "constant": _("Agrees with the accepted value."),
        "other_value": _("Not the usual value: is it meant?"),
        "unit": _("Recomputed: the units do not fit."),
        "order": _("Recomputed: the comparison does not hold."),
        "not_identity": _("Tried at many points: does not hold."),
        "some_values": _("Holds for some values only; is it meant as an equation to solve?"),
        "should_be": _("Recomputed: it should be %(value)s.") % {"value": item["value"]},
    }
    if item["kind"] == "layout":
        return _("Seen on the stage; have a look.")
    return notes.get(item["note"], _("Not recomputed."))

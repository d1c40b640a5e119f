"""Two versions beside one another: their pictures, their knobs and their code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from generation import signing
from generation.coding import changes
from generation.engine import knobs
from generation.engine.types import Knob
from generation.studio import value_text
from projects.models import Animation, Artefact, Revision


@dataclass(frozen=True, slots=True)
class KnobPair:
    """A knob with its value, as text with its unit, in both versions; empty where a version does not have it."""

    label: str
    before: str
    after: str

    @property
    def differs(self) -> bool:
        """Whether it was turned, added or taken away."""
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two versions have and have not in common. Pictures are addresses, empty where there is none."""

    before: Revision
    after: Revision
    picture_before: str
    picture_after: str
    knobs: Sequence[KnobPair]
    lines: Sequence[tuple[str, str]]
    versions: Sequence[Revision]


def compare(user: Any, animation: Animation, before: str, after: str) -> Comparison | None:
    """Compare two versions by number; the newest two where nothing is named. None where there are not two."""
    versions = list(animation.revisions.order_by("-number"))
    by_number = {str(version.number): version for version in versions}
    newer = by_number.get(after, versions[0] if versions else None)
    if newer is None:
        return None
    older = by_number.get(before) or next((one for one in versions if one.number < newer.number), None)
    if older is None:
        return None
    return Comparison(
        before=older,
        after=newer,
        picture_before=_picture(user, older),
        picture_after=_picture(user, newer),
        knobs=_knobs(older, newer),
        lines=list(changes(older.source, newer.source)),
        versions=versions,
    )


def _picture(user: Any, revision: Revision) -> str:
    poster = revision.artefacts.filter(kind=Artefact.Kind.POSTER).order_by("-size").first()
    return signing.artefact_path(poster, user, inline=True) if poster is not None else ""


def _knobs(before: Revision, after: Revision) -> list[KnobPair]:
    old = {knob.name: knob for knob in knobs.extract(before.source)}
    new = {knob.name: knob for knob in knobs.extract(after.source)}
    pairs = []
    for name in [*new, *(name for name in old if name not in new)]:
        told = new.get(name) or old[name]
        was, now = old.get(name), new.get(name)
        pairs.append(KnobPair(told.label, _value(was), _value(now)))
    return pairs


def _value(knob: Knob | None) -> str:
    return f"{value_text(knob.value)} {knob.unit}".strip() if knob is not None else ""

"""Versions of an animation that differ by knobs alone and are drawn already: a watcher changes between them."""

from __future__ import annotations

from dataclasses import dataclass

from generation.engine import knobs
from generation.engine.types import Knob
from projects.models import Animation, Artefact, Revision
from projects.selectors import knob_variants

MOST = 24


@dataclass(frozen=True, slots=True)
class Variant:
    """A version with a video; `label` says the knobs in which it differs from the others."""

    revision: Revision
    label: str


def variants_of(animation: Animation) -> list[Variant]:
    """Return the current version and those beside it, oldest first; of two that say the same, the newer one."""
    current = animation.current_revision
    if current is None:
        return []
    with_video = set(
        Artefact.objects.filter(kind=Artefact.Kind.VIDEO, revision__animation=animation).values_list(
            "revision", flat=True
        )
    )
    versions = [one for one in knob_variants(current) if one.pk in with_video or one.pk == current.pk][-MOST:]
    turned = {one.pk: {knob.name: knob for knob in knobs.extract(one.source)} for one in versions}
    differing = [name for name in turned[current.pk] if len({_value(found.get(name)) for found in turned.values()}) > 1]
    labels = {one.pk: ", ".join(_said(turned[one.pk].get(name)) for name in differing) for one in versions}
    last = {labels[one.pk]: one.pk for one in versions} | {labels[current.pk]: current.pk}
    return [Variant(one, labels[one.pk]) for one in versions if last[labels[one.pk]] == one.pk]


def _value(knob: Knob | None) -> str:
    return repr(knob.value) if knob else ""


def _said(knob: Knob | None) -> str:
    if knob is None:
        return ""
    value = knob.value
    if isinstance(value, bool):
        shown = "✓" if value else "✗"
    elif isinstance(value, list):
        shown = ", ".join(f"{each:g}" for each in value)
    else:
        shown = f"{value:.10g}" if isinstance(value, float) else str(value)
    return f"{knob.label}: {shown} {knob.unit}".strip()

"""A draft as JSON: what a job will render is fixed when it is submitted and survives every restart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from generation.engine import knobs
from generation.engine.drafting import Draft
from generation.engine.languages import ENGLISH
from generation.engine.types import SceneCard, Storyboard


def to_json(draft: Draft) -> dict[str, Any]:
    """Return the draft as JSON; its knobs are left out because the code carries them."""
    return {
        "template": draft.template,
        "title": draft.title,
        "storyboard": asdict(draft.storyboard),
        "source": draft.source,
        "proven": draft.proven,
        "understood": list(draft.understanding.understood) if draft.understanding else [],
    }


def from_json(data: dict[str, Any]) -> Draft:
    """Return the draft that `to_json` stored."""
    return Draft(
        template=data["template"],
        title=data["title"],
        storyboard=storyboard_from_json(data["storyboard"]),
        source=data["source"],
        knobs=knobs.extract(data["source"]),
        proven=data.get("proven", bool(data["template"])),  # jobs queued by an older version do not say
    )


def storyboard_from_json(data: dict[str, Any]) -> Storyboard:
    """Return the storyboard stored in a draft or a revision; a revision's scenes say more than their cards.

    Scenes that were left out, since no code of them was written, are not part of it.
    """
    names = [field.name for field in fields(SceneCard)]
    cards = tuple(
        SceneCard(**{name: scene[name] for name in names})
        for scene in data["scenes"]
        if scene.get("state") != "left_out"
    )
    return Storyboard(title=data["title"], scenes=cards, language=data.get("language", ENGLISH))


def knob_values(draft: Draft) -> dict[str, Any]:
    """Return the value of each knob of the draft's code."""
    return {knob.name: knob.value for knob in draft.knobs}


def video_seconds(data: Mapping[str, Any]) -> float:
    """Return how long the video of a stored draft is meant to be; 0 where its storyboard does not say."""
    return float(sum(scene["seconds"] for scene in data["storyboard"]["scenes"]))

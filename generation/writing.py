"""Animations that a served model writes: whether one is offered, what a job asks of it, and its draft in the end."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from django.conf import settings

from generation import adapters, drafts
from generation.engine import drafting
from generation.engine.boards import Card
from generation.engine.drafting import Draft
from generation.engine.errors import NotServed, RequestFault
from generation.engine.render.client import Renderer
from generation.engine.served.client import ModelClient
from generation.engine.served.faults import ModelFault
from generation.engine.served.planning import one_scene, plan_storyboard
from generation.engine.served.profile import PROFILES, Profile
from generation.engine.served.replies import read_storyboard
from generation.engine.served.request import Endpoint, Sampling
from generation.engine.served.writer import NothingWritten, OnMended, ServedWriter, Written, ignore_mended
from generation.engine.types import Event, Fault, Outcome, SceneCard, Storyboard, Understanding
from generation.engine.understanding import understand
from generation.scribe import Scribe

LIBRARY, SERVED = "library", "served"
EXPERIMENTAL = "Experimental: a small model on this machine wrote this. Look at it before you show it."
LONGEST_TITLE = 60
EXPECTED_SECONDS = 30.0  # of video, before there is a storyboard: a job's place in line needs a length
# What the library may leave to the model; everything else that it refuses has no place here at all.
LEFT_TO_THE_MODEL = frozenset({"unsure", "no_template", "excluded"})


def is_offered() -> bool:
    """Whether this installation has a model that writes."""
    return bool(settings.MODEL_URL)


@functools.cache
def _client(urls: tuple[str, ...], model: str, adapter: str, key: str, profile: Profile) -> ModelClient:
    return ModelClient([Endpoint(url, model, adapter, key) for url in urls], patience=profile.patience)


def profile() -> Profile:
    """How the model that is set up here is worked with."""
    return PROFILES[settings.MODEL_PROFILE]


def client(*, paying: bool = True, adapter: str | None = None) -> ModelClient:
    """The client of this process, with its breakers: one for each adapter, of which some tenants may not have one."""
    carried = adapters.chosen(paying=paying) if adapter is None else adapter
    urls = tuple(filter(None, (settings.MODEL_URL, settings.MODEL_URL_HEDGE)))
    return _client(urls, settings.MODEL_NAME, carried, settings.MODEL_KEY, profile())


def require_may_write(understanding: Understanding) -> None:
    """Raise NotServed for a prompt that no writer may take, whoever asks."""
    if understanding.outcome is Outcome.REFUSED and understanding.code not in LEFT_TO_THE_MODEL:
        raise NotServed(understanding)


def brief(prompt: str, sampling: Mapping[str, Any], storyboard: Mapping[str, Any] | None) -> dict[str, Any]:
    """What a job keeps until its draft is written. Raises RequestFault for values or a storyboard that cannot be."""
    _sampling(sampling)
    planned = read_storyboard(storyboard) if storyboard is not None else None
    title = planned.title if planned else " ".join(prompt.split())[:LONGEST_TITLE]
    cards = planned.scenes if planned else ()
    return {
        "writer": SERVED,
        "template": "",
        "title": title,
        "storyboard": {"title": title, "scenes": [asdict(card) for card in cards]},
        "source": "",
        "understood": [],
        "sampling": dict(sampling),
    }


def plan(prompt: str, sampling: Mapping[str, Any], *, keep: Sequence[tuple[int, Card]] = ()) -> Storyboard:
    """A storyboard as the model makes it, for people to change before anything is written; `keep` are scenes with the
    places at which they stay. Raises EngineError.
    """
    require_may_write(understand(prompt))
    kept = [(place, card.title, card.shown) for place, card in keep]
    if not profile().plans:
        return one_scene(prompt)
    return plan_storyboard(client(), prompt, sampling=_sampling(sampling), keep=kept)


def _sampling(chosen: Mapping[str, Any]) -> Sampling:
    """What the request chose, else what suits the model. Raises RequestFault for values out of bounds."""
    return replace(profile().sampling, **chosen)


def is_brief(draft: Mapping[str, Any]) -> bool:
    """Whether a job's draft has yet to be written."""
    return draft.get("writer") == SERVED and not draft["source"]


def expected_seconds(draft: Mapping[str, Any]) -> float:
    """How long the video of a job will be, as far as that can be known."""
    return drafts.video_seconds(draft) or (EXPECTED_SECONDS if is_brief(draft) else 0.0)


def write(
    prompt: str,
    asked: Mapping[str, Any],
    renderer: Renderer,
    scribe: Scribe,
    *,
    adapter: str,
    on_mended: OnMended = ignore_mended,
) -> dict[str, Any]:
    """Let the model write what a brief asks for; return the draft as a job keeps it.

    Where the model fails, the library's animation is taken if there is one that surely fits, and the teacher is told.
    Raises RequestFault, ModelFault and Cancelled.
    """

    def planned(storyboard: Storyboard) -> None:
        scribe.event(Event("stage", {"stage": "writing"}))
        scribe.event(Event("storyboard", asdict(storyboard)))

    scenes = asked["storyboard"]["scenes"]
    storyboard = drafts.storyboard_from_json(asked["storyboard"]) if scenes else None
    scribe.event(Event("stage", {"stage": "storyboard"}))
    try:
        written = ServedWriter(client(adapter=adapter), renderer.check, profile()).write(
            prompt,
            storyboard=storyboard,
            sampling=_sampling(asked["sampling"]),
            on_storyboard=planned,
            on_attempt=scribe.attempt,
            on_code=scribe.code,
            on_mended=on_mended,
            should_stop=scribe.should_stop,
        )
    except (ModelFault, NothingWritten) as error:
        return _from_the_library(prompt, error.fault, scribe)
    return _kept(written, asked)


def _kept(written: Written, asked: Mapping[str, Any]) -> dict[str, Any]:
    left_out = [
        {**asdict(card), "seconds": 0.0, "fault": asdict(written.faults[card.name])}
        for card in written.storyboard.scenes
        if card.name in written.faults
    ]
    understood = [_sentence(card) for card in written.draft.storyboard.scenes]
    if profile().experimental:
        understood.insert(0, EXPERIMENTAL)
    return {**asked, **drafts.to_json(written.draft), "understood": understood, "left_out": left_out}


def _sentence(card: SceneCard) -> str:
    return f"{card.title}: {card.shown}"


def _from_the_library(prompt: str, fault: Fault, scribe: Scribe) -> dict[str, Any]:
    """The library's animation in place of the model's. Raises RequestFault, naming the nearest, where none fits."""
    try:
        found: Draft = drafting.draft(prompt)
    except NotServed as error:
        nearest = "; ".join(f"“{choice.title}”" for choice in error.understanding.alternatives)
        hint = f"{fault.hint} Nearest in the library: {nearest}." if nearest else fault.hint
        raise RequestFault(replace(fault, hint=hint)) from error
    told = f"{fault.message} This animation is from the library instead."
    scribe.event(Event("fallback", {"reason": fault.code, "title": found.title, "words": told}))
    kept = drafts.to_json(found)
    return {**kept, "understood": [told, *kept["understood"]]}


def leave_to_the_model(understanding: Understanding) -> bool:
    """Whether the library is not sure of a prompt that a model may write for. Raises NotServed for all that may not."""
    require_may_write(understanding)
    return understanding.outcome is not Outcome.SERVED and understanding.code in LEFT_TO_THE_MODEL

"""The storyboard of a served model: planned before anything is written, and for people to change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from generation.engine.errors import RequestFault
from generation.engine.served import prompts
from generation.engine.served.attempts import Attempt, OnAttempt, Step
from generation.engine.served.client import ModelClient
from generation.engine.served.faults import ModelFault
from generation.engine.served.replies import LENGTHS, STORYBOARD_SCHEMA, read_storyboard, storyboard_of
from generation.engine.served.request import Chat, Reply, Sampling
from generation.engine.types import ShouldStop, Storyboard, never_stop

SAMPLING = Sampling()
TRIES = 2


def ignore_attempt(attempt: Attempt) -> None:
    """An OnAttempt for callers that look at the attempts in the end."""


def plan_storyboard(
    client: ModelClient,
    prompt: str,
    *,
    sampling: Sampling = SAMPLING,
    keep: Sequence[tuple[int, str, str]] = (),
    on_attempt: OnAttempt = ignore_attempt,
    should_stop: ShouldStop = never_stop,
) -> Storyboard:
    """Plan the scenes around those to `keep` (place, title, what is shown).

    Raises ModelFault, and RequestFault `storyboard` where the model gives none twice.
    """
    messages = [
        {"role": "system", "content": prompts.system_for_storyboard()},
        {"role": "user", "content": prompts.ask_for_storyboard(prompt, keep)},
    ]
    chat = Chat(messages, sampling, schema=STORYBOARD_SCHEMA)
    for again in range(TRIES):
        attempt = Attempt(Step.STORYBOARD, round=again)
        try:
            reply = client.chat(chat, should_stop=should_stop)
            found = storyboard_of(reply.text)
        except ModelFault as fault:
            on_attempt(replace(attempt, codes=(fault.code,), detail=fault.fault.message))
            raise
        except RequestFault as error:
            fault_of_form = error.fault
            on_attempt(counted(replace(attempt, codes=(fault_of_form.code,), detail=fault_of_form.message), reply))
            if again == TRIES - 1:
                raise
        else:
            on_attempt(counted(replace(attempt, title=found.title), reply))
            return found
    raise AssertionError("The last try either returns or raises.")


def one_scene(prompt: str) -> Storyboard:
    """A storyboard of one scene in the teacher's own words, for a model that plans badly."""
    words = " ".join("".join(each if each.isprintable() else " " for each in prompt).split())
    title = words[: LENGTHS["title"]].rstrip(" .,;:")
    scene = {"title": title, "shown": words[: LENGTHS["shown"]], "said": words[: LENGTHS["said"]], "seconds": 12.0}
    return read_storyboard({"title": title, "scenes": [scene]})


def counted(attempt: Attempt, reply: Reply) -> Attempt:
    """The attempt with what the answer cost."""
    return replace(attempt, tokens=reply.tokens, seconds=round(reply.seconds, 2), model=reply.model)


def storyboard_json(storyboard: Storyboard) -> dict[str, Any]:
    """A storyboard as people edit it: without the names of its scenes, which are made anew."""
    scenes = [
        {**{name: getattr(card, name) for name in LENGTHS}, "seconds": card.seconds} for card in storyboard.scenes
    ]
    return {"title": storyboard.title, "scenes": scenes}

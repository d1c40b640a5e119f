"""Knobs that the rules left unread: what a job keeps to ask the model for, and its draft with what the model read."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from generation import drafts, writing
from generation.engine import drafting
from generation.engine.drafting import Draft
from generation.engine.errors import Cancelled, RequestFault
from generation.engine.library import catalogue
from generation.engine.served import filling
from generation.engine.served.attempts import Attempt, Step
from generation.engine.served.faults import ModelFault
from generation.scribe import Scribe

PATIENCE_SECONDS = 45.0  # then the animation is drawn with what the rules read


def left_over(prompt: str, draft: Draft) -> dict[str, Any]:
    """What a library's draft carries for the model to read; nothing where there is none, or nothing to read."""
    if not draft.template or draft.understanding is None or not (writing.is_offered() and writing.profile().fills):
        return {}
    template = catalogue.templates()[draft.template]
    wanted = filling.unread(prompt, template, draft.understanding.knobs)
    return {"unread": [knob.name for knob in wanted]} if wanted else {}


def is_unfilled(draft: Mapping[str, Any]) -> bool:
    """Whether the model has yet to read a job's knobs."""
    return bool(draft.get("unread"))


def fill(prompt: str, asked: Mapping[str, Any], scribe: Scribe, *, paying: bool = True) -> dict[str, Any]:
    """Return the draft with the values that the model read and the words bear out.

    A model that is away or slow is no reason to wait for or to fail: the draft is drawn as it is. Raises Cancelled.
    """
    kept = {name: value for name, value in asked.items() if name != "unread"}
    template = catalogue.templates()[asked["template"]]
    wanted = [knob for knob in template.knobs if knob.name in asked["unread"]]
    until = time.monotonic() + PATIENCE_SECONDS
    try:
        found = filling.fill(
            writing.client(paying=paying),
            prompt,
            template,
            wanted,
            profile=writing.profile(),
            should_stop=lambda: scribe.should_stop() or time.monotonic() > until,
        )
        base = drafts.from_json(kept)
        turned = drafting.redraft(base.source, base.storyboard, found.values, title=base.title, template=base.template)
    except Cancelled:
        if scribe.should_stop():
            raise
        scribe.attempt(Attempt(Step.FILL, title=asked["title"], codes=("model_slow",)))
        return kept
    except (ModelFault, RequestFault) as error:
        scribe.attempt(Attempt(Step.FILL, title=asked["title"], codes=(error.fault.code,), detail=error.fault.message))
        return kept
    codes = ("unmet",) if found.refused and not found.values else ()
    tried = Attempt(Step.FILL, "", asked["title"], codes=codes, tokens=found.tokens, seconds=round(found.seconds, 2))
    scribe.attempt(tried)
    still = [sentence for sentence in asked["understood"] if not any(f"“{text}”" in sentence for text in found.used)]
    return {**kept, **drafts.to_json(turned), "understood": [*still, *found.understood]}

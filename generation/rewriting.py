"""Changes in words to an animation that is there: what a job keeps of the wish, and its draft in the end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from generation import drafts, writing
from generation.engine import drafting
from generation.engine.errors import EngineError, RequestFault
from generation.engine.render.client import Renderer
from generation.engine.served import wording
from generation.engine.served.editing import QUOTED, Edited, Editor
from generation.engine.served.faults import ModelFault
from generation.engine.served.wishes import LONGEST, Wish, read_wish
from generation.engine.served.wording import Worded
from generation.engine.types import Event, Fault
from generation.engine.understanding import understand
from generation.scribe import Scribe
from projects.models import Revision


def read(words: str, parent: Revision) -> Wish:
    """What the words ask of a revision. Raises RequestFault where they may not be asked, or a value cannot be."""
    if not words.strip() or len(words) > LONGEST:
        message = f"Say in up to {LONGEST} characters what to change."
        raise RequestFault(Fault("words", message, "For example: rectangles red."))
    screened = understand(words)
    if screened.code not in writing.LEFT_TO_THE_MODEL | SHORT:
        writing.require_may_write(screened)
    wish = read_wish(words, parent.source, parent.template)
    if wish.problems:
        raise RequestFault(Fault("knob", " ".join(wish.problems), "Change that and ask again."))
    return wish


# A change may be a word or two, which alone would be no prompt.
SHORT = frozenset({"no_words", "off_topic", "not_animation"})


def brief(words: str, wish: Wish, parent: Revision) -> dict[str, Any]:
    """What a job keeps until the model has written the change. Raises RequestFault for values that cannot be."""
    storyboard = drafts.storyboard_from_json(parent.storyboard)
    base = drafting.redraft(parent.source, storyboard, wish.values, title=parent.title, template=parent.template)
    return {
        **drafts.to_json(base),
        "writer": writing.SERVED,
        "base": base.source,
        "source": "",
        "understood": list(parent.understood),
        "wish": {"words": words, **asdict(wish)},
    }


def is_wish(draft: Mapping[str, Any]) -> bool:
    """Whether a job's draft is a change in words."""
    return "wish" in draft


def change(asked: Mapping[str, Any], renderer: Renderer, scribe: Scribe, *, paying: bool = True) -> dict[str, Any]:
    """Let the model make the change; return the draft as a job keeps it.

    Where it cannot, the knobs that the words also turn are turned and the teacher is told; without any, this raises
    RequestFault or ModelFault and the animation stays as it is.
    """
    base = drafts.from_json({**asked, "source": asked["base"]})
    told = dict(asked["wish"])
    words = told.pop("words")
    wish = Wish(**told)
    scribe.event(Event("stage", {"stage": "writing"}))
    try:
        edited = _changed(base, wish, renderer, scribe, paying)
    except (ModelFault, RequestFault) as error:
        return _only_knobs(asked, base, wish, error, scribe)
    changes = [f"{before} → {after}" for before, after in edited.changes]
    understood = [
        *asked["understood"],
        *wish.understood,
        f"Changed in words: “{words}”.",
        writing.EXPERIMENTAL,
        *changes,
    ]
    return {**asked, **drafts.to_json(edited.draft), "understood": list(dict.fromkeys(understood))}


def _changed(base: drafting.Draft, wish: Wish, renderer: Renderer, scribe: Scribe, paying: bool) -> Edited | Worded:
    """The spoken lines in other words where the wish is about them, else other code."""
    client = writing.client(paying=paying)
    follow: dict[str, Any] = {"on_attempt": scribe.attempt, "should_stop": scribe.should_stop}
    if wording.ABOUT.search(wish.rest) and not QUOTED.search(wish.rest):
        return wording.reword(client, base, wish.rest, profile=writing.profile(), **follow)
    return Editor(client, renderer.check, writing.profile()).edit(base, wish, **follow)


def _only_knobs(
    asked: Mapping[str, Any], base: drafting.Draft, wish: Wish, error: EngineError, scribe: Scribe
) -> dict[str, Any]:
    if not wish.values:
        raise error
    told = f"{error.fault.message} Only the knobs were turned."
    scribe.event(Event("fallback", {"reason": error.fault.code, "title": base.title, "words": told}))
    return {**asked, **drafts.to_json(base), "understood": [*asked["understood"], *wish.understood, told]}

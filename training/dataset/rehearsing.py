"""The product's own steps, run with the answer we want: what they ask becomes the row, what they check is the proof.

So a row can be wrong in no way that serving would notice, and it is asked in the very words that serving uses.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from generation.engine import knobs, slices
from generation.engine.drafting import Draft
from generation.engine.errors import RequestFault
from generation.engine.library.catalogue import Template
from generation.engine.served import filling, prompts, wording
from generation.engine.served.client import ModelClient, OnText, ignore_text
from generation.engine.served.editing import Editor
from generation.engine.served.faultfinding import DryRun, Tried, tried
from generation.engine.served.planning import one_scene
from generation.engine.served.profile import SMALL, Profile
from generation.engine.served.replies import read_storyboard
from generation.engine.served.request import Chat, Endpoint, Reply
from generation.engine.served.wishes import Wish
from generation.engine.types import Knob, SceneCard, ShouldStop, Storyboard, never_stop
from training.dataset.rows import Message, conversation


class Rejected(Exception):
    """A candidate is no row. `code` is counted, `detail` says more."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code


class Rehearsal(ModelClient):
    """Answers every chat with what it is given, and keeps what it was asked."""

    def __init__(self, answers: Sequence[str]) -> None:
        super().__init__([Endpoint("", "rehearsal")])
        self._answers = list(answers)
        self.asked: list[Sequence[Message]] = []

    def chat(self, chat: Chat, *, on_text: OnText = ignore_text, should_stop: ShouldStop = never_stop) -> Reply:
        """The next answer. Raises Rejected where the step asks again, because the last one did not hold."""
        if not self._answers:
            raise Rejected("asked_again", chat.messages[-1]["content"][:200])
        self.asked.append(chat.messages)
        return Reply(self._answers.pop(0), "rehearsal")


def written(
    request: str,
    code: str,
    dry_run: DryRun,
    *,
    profile: Profile = SMALL,
    plan: Storyboard | None = None,
    scene: int = 0,
) -> tuple[tuple[Message, ...], Tried]:
    """A request answered with a whole scene that runs and has no blemish. Raises Rejected."""
    storyboard = plan or storyboard_for(request)
    card = storyboard.scenes[scene]
    found = tried(fenced(code), card.name, dry_run)
    if not found.runs or found.layout:
        raise Rejected(found.codes[0] if found.codes else "no_code", found.detail)
    return conversation(asking(request, storyboard, card, profile, code), fenced(found.code)), found


def repaired(
    request: str, broken: str, code: str, dry_run: DryRun, *, profile: Profile = SMALL
) -> tuple[tuple[Message, ...], Tried]:
    """A scene that does not work, what the checks truly say about it, and the scene that does. Raises Rejected."""
    storyboard = storyboard_for(request)
    card = storyboard.scenes[0]
    wrong = tried(fenced(broken), card.name, dry_run)
    if not wrong.codes:
        raise Rejected("not_broken")
    right = tried(fenced(code), card.name, dry_run)
    if not right.runs or right.layout:
        raise Rejected("not_mended", right.detail)
    repair = {"role": "user", "content": prompts.ask_for_repair(card.name, list(wrong.told))}
    answered = {"role": "assistant", "content": fenced(wrong.code or broken)}
    asked = [*asking(request, storyboard, card, profile, broken + code), answered, repair]
    if "0x" in repair["content"] or "/tmp/" in repair["content"]:  # noqa: S108 - looked for, not used
        raise Rejected("machine")  # an address or a folder of this machine
    return conversation(asked, fenced(right.code)), wrong


def edited(draft: Draft, words: str, changes: Mapping[int, str], dry_run: DryRun) -> tuple[Message, ...]:
    """A wish in words answered with the lines to change, as the editor takes them. Raises Rejected."""
    wanted = [{"line": line, "code": changes[line].strip()} for line in sorted(changes)]
    client = Rehearsal([json.dumps({"changes": wanted}, ensure_ascii=False)])
    wish = Wish({}, (), words)
    _passes(lambda: Editor(client, dry_run, replace(SMALL, rounds=0)).edit(draft, wish))
    return conversation(client.asked[0], json.dumps({"changes": wanted}, ensure_ascii=False))


def filled(prompt: str, template: Template, wanted: Sequence[Knob], said: Mapping[str, object]) -> tuple[Message, ...]:
    """A form filled with what a sentence says, null elsewhere; the words bear every value out. Raises Rejected."""
    form = {knob.name: said.get(knob.name) for knob in wanted}
    answer = json.dumps(form, ensure_ascii=False)
    client = Rehearsal([answer])
    found = filling.fill(client, prompt, template, wanted)
    expected = {name for name, value in form.items() if value is not None}
    if found.refused or set(found.values) != expected:
        raise Rejected("not_borne_out", ", ".join(sorted({*found.refused} | (expected - set(found.values)))))
    return conversation(client.asked[0], answer)


def reworded(draft: Draft, scene: SceneCard, wish: str, lines: Sequence[str]) -> tuple[Message, ...]:
    """Spoken lines in other words, each of which keeps its numbers and formulas. Raises Rejected."""
    before = wording.spoken(draft.source, scene.name)[: wording.MOST_LINES]
    if len(before) != len(lines) or not all(
        old == new or wording.holds(old, new) for old, new in zip(before, lines, strict=True)
    ):
        raise Rejected("not_held")
    answer = json.dumps({"sentences": list(lines)}, ensure_ascii=False)
    client = Rehearsal([answer])
    alone = replace(draft, storyboard=Storyboard(draft.title, (scene,)))
    _passes(lambda: wording.reword(client, alone, wish))
    return conversation(client.asked[0], answer)


def planned(prompt: str, storyboard: Mapping[str, Any]) -> tuple[Message, ...]:
    """A request answered with a storyboard of the form that is asked for. Raises Rejected."""
    _passes(lambda: read_storyboard(storyboard))
    asked = [
        {"role": "system", "content": prompts.system_for_storyboard()},
        {"role": "user", "content": prompts.ask_for_storyboard(prompt)},
    ]
    return conversation(asked, json.dumps(storyboard, ensure_ascii=False))


def asking(request: str, plan: Storyboard, card: SceneCard, profile: Profile, salt: str) -> list[Message]:
    """What a request for code says. Its mark is made anew in every process; in rows it follows from their text."""
    mark = f"kit-card {hashlib.sha256(salt.encode()).hexdigest()[:16]}"
    system = prompts.system_for_code(whole=profile.whole_card).replace(prompts.CANARY, mark)
    user = prompts.ask_for_scene(request, plan, card)
    return [{"role": "system", "content": system}, {"role": "user", "content": user}]


def storyboard_for(request: str) -> Storyboard:
    """The storyboard of one scene that the small profile makes of a request. Raises Rejected."""
    try:
        return one_scene(request)
    except RequestFault as error:
        raise Rejected(error.fault.code, error.fault.message) from error


def fenced(code: str) -> str:
    """Code as an answer holds it."""
    return f"```python\n{code.rstrip()}\n```"


def draft_of(source: str, title: str, template: str = "", storyboard: Storyboard | None = None) -> Draft:
    """A module as the editor takes it."""
    cards = tuple(SceneCard(name, title, title, title, 10.0) for name in slices.scene_names(source))
    return Draft(template, title, storyboard or Storyboard(title, cards), source, knobs.extract(source))


def _passes(step: Callable[[], object]) -> None:
    try:
        step()
    except RequestFault as error:
        raise Rejected(error.fault.code, error.fault.message) from error

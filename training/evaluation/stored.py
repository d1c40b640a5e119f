"""Answers that were given before, as if a model gave them now.

One `{"prompt": ..., "seed": 0, "replies": ["...", ...]}` a line. The first reply is the scene, each further one its
repair. Everything after the answer is what a served model goes through.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import cast

from generation.engine import composing, slices
from generation.engine.errors import RequestFault
from generation.engine.scorecard.writers import Answer, ModelWriter
from generation.engine.served.client import ModelClient, OnText, ignore_text
from generation.engine.served.faultfinding import DryRun
from generation.engine.served.faults import ModelFault
from generation.engine.served.planning import one_scene
from generation.engine.served.profile import SMALL
from generation.engine.served.replies import fenced_module
from generation.engine.served.request import Chat, Reply
from generation.engine.types import ShouldStop, never_stop
from training.errors import TrainingFault

Completions = Mapping[tuple[str, int], Sequence[str]]


def read(path: Path) -> Completions:
    """Read stored answers. Raises TrainingFault, naming the line, for a file that holds none."""
    found: dict[tuple[str, int], list[str]] = {}
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise TrainingFault(f"{path} cannot be read.", "Name a file of stored answers.") from error
    for number, line in enumerate(lines, start=1):
        try:
            data = json.loads(line)
            replies = data.get("replies", [data["reply"]] if "reply" in data else None)
            if not isinstance(data["prompt"], str) or not all(isinstance(each, str) for each in replies):
                raise TypeError
            found[data["prompt"], int(data.get("seed", 0))] = list(replies)
        except (ValueError, KeyError, TypeError) as error:
            raise TrainingFault(
                f"{path.name}, line {number}, is no stored answer.", "Mend or remove the line."
            ) from error
    return found


class StoredWriter:
    """A `Write` of the scorecard over stored answers. What was not answered counts as an empty answer."""

    def __init__(self, completions: Completions, dry_run: DryRun) -> None:
        self._completions = completions
        self._dry_run = dry_run

    def __call__(self, prompt: str, seed: int) -> Answer:
        """What comes of the stored answer."""
        replies = self._completions.get((prompt, seed), ())
        name = one_scene(prompt).scenes[0].name
        client = _Stored([_named(each, name) for each in replies])
        profile = replace(SMALL, rounds=max(0, len(replies) - 1))
        return ModelWriter(cast(ModelClient, client), self._dry_run, lambda words: None, profile)(prompt, seed)


def _named(reply: str, name: str) -> str:
    """The reply with its scene under the name that a request of ours would have asked for."""
    try:
        code = fenced_module(reply)
        (found,) = slices.scene_names(code)
        return f"```python\n{composing.with_names(code, {found: name})}```"
    except (RequestFault, ValueError):
        return reply  # judged as it is


class _Stored:
    """Stands where a client is expected."""

    def __init__(self, replies: Sequence[str]) -> None:
        self._left = list(replies)

    def is_resting(self) -> bool:
        return False

    def chat(self, chat: Chat, *, on_text: OnText = ignore_text, should_stop: ShouldStop = never_stop) -> Reply:
        """The next reply; an empty one where nothing more was stored."""
        if not self._left:
            raise ModelFault("model_empty")
        text = self._left.pop(0)
        on_text(text)
        return Reply(text, "stored", tokens=0)

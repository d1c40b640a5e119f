"""The writers that are measured: the built-in library, and any model behind an OpenAI-compatible server."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from generation.engine import drafting, pipeline
from generation.engine.apiindex import check_api
from generation.engine.drafting import Draft
from generation.engine.errors import EngineFault, RequestFault
from generation.engine.served.attempts import Attempt, Step
from generation.engine.served.client import ModelClient
from generation.engine.served.faultfinding import DryRun
from generation.engine.served.faults import ModelFault
from generation.engine.served.profile import LARGE, Profile
from generation.engine.served.writer import NothingWritten, ServedWriter, Written
from generation.engine.types import Fault, SceneCard

# What a model answered amiss is the writer's fault; every other failure is its server's.
OWN_FAULTS = frozenset({"model_empty", "model_too_long"})
RUNNING_WITH_FAULTS = ("layout",)
REST_POLL_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Answer:
    """What a writer made of a prompt: a draft, or none where nothing came of it, and at what price.

    `mended` are the scenes that did not run as first written, `left_out` those that were given up. `api_first` tells
    whether the first replies used only what Manim has.
    """

    draft: Draft | None
    tokens: int = 0
    attempts: int = 1
    mended: frozenset[str] = frozenset()
    left_out: Mapping[str, Fault] = field(default_factory=dict)
    cards: Sequence[SceneCard] = ()  # of the storyboard, with the scenes that were left out
    api_first: bool = True
    by_template: bool = False  # so that the label's templates can be compared


Write = Callable[[str, int], Answer]  # prompt, seed; raises NotServed, RequestFault, and EngineFault for the provider's


def from_library(prompt: str, seed: int) -> Answer:
    """What the built-in library makes of it. It leaves nothing to chance: every seed gives the same."""
    draft = drafting.draft(prompt)
    cards = draft.storyboard.scenes
    return Answer(draft, cards=cards, api_first=not check_api(draft.source), by_template=True)


class ModelWriter:
    """A model that writes as it does in a job: what the screening refuses never reaches it."""

    def __init__(
        self,
        client: ModelClient,
        dry_run: DryRun,
        require_may_write: Callable[[str], None],
        profile: Profile = LARGE,
        temperature: float | None = None,
    ) -> None:
        self._client = client
        self._writer = ServedWriter(client, dry_run, profile)
        warmth = profile.sampling.temperature if temperature is None else temperature
        self._sampling = replace(profile.sampling, temperature=warmth)
        self._require_may_write = require_may_write

    def __call__(self, prompt: str, seed: int) -> Answer:
        """Write. Raises NotServed for what no writer may take, and ModelFault where the server failed."""
        self._require_may_write(prompt)
        while self._client.is_resting():  # a prompt that finds the server resting would count as the server's failure
            time.sleep(REST_POLL_SECONDS)
        attempts: list[Attempt] = []
        lock = threading.Lock()

        def note(attempt: Attempt) -> None:
            with lock:
                attempts.append(attempt)

        try:
            written = self._writer.write(prompt, sampling=replace(self._sampling, seed=seed), on_attempt=note)
        except (NothingWritten, ModelFault) as error:
            _raise_providers([error.fault])
            return _answer(attempts, None)
        except RequestFault:  # no storyboard
            return _answer(attempts, None)
        _raise_providers(written.faults.values())
        return _answer(attempts, written)


def _raise_providers(faults: Iterable[Fault]) -> None:
    """Raise EngineFault where the server or this machine failed, for then the writer was not measured."""
    for fault in faults:
        if fault.code in pipeline.OURS or (fault.code.startswith("model_") and fault.code not in OWN_FAULTS):
            raise EngineFault(fault)


def _answer(attempts: Sequence[Attempt], written: Written | None) -> Answer:
    first = {each.scene: each for each in attempts if each.step is Step.WRITE}
    mended = {name for name, each in first.items() if each.codes not in ((), RUNNING_WITH_FAULTS)}
    return Answer(
        draft=written.draft if written else None,
        tokens=sum(each.tokens for each in attempts),
        attempts=len(attempts),
        mended=frozenset(mended),
        left_out=_left_out(attempts, written),
        cards=written.storyboard.scenes if written else (),
        api_first=bool(first) and all(each.api == 0 for each in first.values()),
    )


def _left_out(attempts: Sequence[Attempt], written: Written | None) -> Mapping[str, Fault]:
    if written is not None:
        return written.faults
    last = {each.scene or "storyboard": each for each in attempts if each.codes}
    return {name: Fault(each.codes[0], each.detail) for name, each in last.items()}

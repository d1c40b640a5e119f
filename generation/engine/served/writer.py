"""The served writer: a storyboard first, then code scene by scene, checked and repaired until it runs."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from generation.engine import knobs
from generation.engine.drafting import Draft
from generation.engine.errors import Cancelled, RequestFault
from generation.engine.served import prompts
from generation.engine.served.attempts import Attempt, OnAttempt, Step
from generation.engine.served.client import ModelClient, OnText
from generation.engine.served.faultfinding import DryRun, Tried, tried
from generation.engine.served.faults import ModelFault
from generation.engine.served.joining import joined
from generation.engine.served.planning import counted, ignore_attempt, one_scene, plan_storyboard
from generation.engine.served.profile import LARGE, Profile
from generation.engine.served.replies import FORM
from generation.engine.served.request import Chat, Sampling
from generation.engine.types import Fault, LayoutFault, SceneCard, ShouldStop, Storyboard, never_stop

OnMended = Callable[[str, str, tuple[str, ...]], None]  # a scene that did not run, the one that does, what was wrong
OnCode = Callable[[str, str], None]  # scene, the next piece of its text; "" when it begins anew
OnStoryboard = Callable[[Storyboard], None]


@dataclass(frozen=True, slots=True)
class Written:
    """What the writer made: a draft of the scenes that run, and the faults of those that could not be made."""

    draft: Draft
    storyboard: Storyboard  # as planned, with the scenes that are left out
    attempts: tuple[Attempt, ...]
    faults: Mapping[str, Fault]  # by scene
    layout: Mapping[str, tuple[LayoutFault, ...]]  # blemishes that remain, by scene


class NothingWritten(RequestFault):
    """No storyboard came, or no scene could be made to run. `attempts` says what was tried."""

    def __init__(self, fault: Fault, attempts: tuple[Attempt, ...]) -> None:
        super().__init__(fault)
        self.attempts = attempts


def ignore_code(scene: str, piece: str) -> None:
    """An OnCode for callers that wait for the whole code."""


def ignore_mended(before: str, after: str, codes: tuple[str, ...]) -> None:
    """An OnMended for callers that learn nothing from it."""


def ignore_storyboard(storyboard: Storyboard) -> None:
    """An OnStoryboard for callers that look at it in the end."""


class ServedWriter:
    """Writes animations with a served model. One writer serves one request at a time per call; calls share nothing."""

    def __init__(self, client: ModelClient, dry_run: DryRun, profile: Profile = LARGE) -> None:
        self._client = client
        self._dry_run = dry_run
        self._profile = profile

    def write(
        self,
        prompt: str,
        *,
        storyboard: Storyboard | None = None,
        sampling: Sampling | None = None,
        on_storyboard: OnStoryboard = ignore_storyboard,
        on_attempt: OnAttempt = ignore_attempt,
        on_code: OnCode = ignore_code,
        on_mended: OnMended = ignore_mended,
        should_stop: ShouldStop = never_stop,
    ) -> Written:
        """Write the scenes of a storyboard (the one given, else one made now) side by side.

        Without `sampling` it is the profile's.

        Raises Cancelled, ModelFault where the model does not answer, NothingWritten where it plans nothing that can
        be used or no scene runs.
        """
        attempts: list[Attempt] = []
        lock = threading.Lock()

        def note(attempt: Attempt) -> None:
            with lock:
                attempts.append(attempt)
                on_attempt(attempt)

        sampling = sampling or self._profile.sampling
        try:
            plan = storyboard or self._planned(prompt, sampling, note, should_stop)
        except RequestFault as error:
            raise NothingWritten(_nothing_planned(error.fault), tuple(attempts)) from error
        on_storyboard(plan)
        stop = threading.Event()
        asked = _Asked(prompt, plan, sampling, note, on_code, on_mended, lambda: stop.is_set() or should_stop())
        with ThreadPoolExecutor(min(self._profile.parallel, len(plan.scenes)), "write") as workers:
            running = [workers.submit(self._scene, asked, card) for card in plan.scenes]
            try:
                results = [each.result() for each in running]
            except BaseException:
                stop.set()
                raise
        return _written(plan, dict(zip((card.name for card in plan.scenes), results, strict=True)), attempts)

    def _planned(self, prompt: str, sampling: Sampling, on_attempt: OnAttempt, should_stop: ShouldStop) -> Storyboard:
        if not self._profile.plans:
            return one_scene(prompt)
        return plan_storyboard(self._client, prompt, sampling=sampling, on_attempt=on_attempt, should_stop=should_stop)

    def _scene(self, asked: _Asked, card: SceneCard) -> Tried:
        """One scene: written, repaired at most as often as the profile says, then written anew and simpler."""
        messages = [
            {"role": "system", "content": prompts.system_for_code(whole=self._profile.whole_card)},
            {"role": "user", "content": prompts.ask_for_scene(asked.prompt, asked.storyboard, card)},
        ]
        best = Tried()
        last, said = self._try(asked, card, Step.WRITE, 0, messages)
        of_form = 0
        for number in range(1, self._profile.rounds + 1):
            best = _better(best, last)
            of_form += bool(FORM & {*last.codes})
            if not last.codes or of_form > 1 or _is_models(last):
                break
            repair = {"role": "user", "content": prompts.ask_for_repair(card.name, list(last.told))}
            answered = {"role": "assistant", "content": _fenced(last.code) or said or "(nothing)"}
            before = last
            last, said = self._try(asked, card, Step.REPAIR, number, [*messages, answered, repair])
            if last.runs and before.code and not before.runs:
                asked.on_mended(before.code, last.code, before.codes)
        best = _better(best, last)
        if best.runs or _is_models(best):
            return best
        simpler = {"role": "user", "content": f"{messages[1]['content']}\n\n{prompts.ask_for_simpler(card.name)}"}
        last, _ = self._try(asked, card, Step.SIMPLIFY, 0, [messages[0], simpler])
        return last if last.runs else best

    def _try(
        self, asked: _Asked, card: SceneCard, step: Step, number: int, messages: list[dict[str, str]]
    ) -> tuple[Tried, str]:
        """One answer and what the checks say about it, and the answer itself."""
        attempt = Attempt(step, card.name, card.title, number)
        asked.on_code(card.name, "")
        hear: OnText = lambda piece: asked.on_code(card.name, piece)  # noqa: E731  (a closure over the scene)
        try:
            reply = self._client.chat(Chat(messages, asked.sampling), on_text=hear, should_stop=asked.should_stop)
        except ModelFault as fault:
            asked.on_attempt(replace(attempt, codes=(fault.code,), detail=fault.fault.message))
            return Tried(fault=fault.fault, codes=(fault.code,)), fault.partial
        found = tried(reply.text, card.name, self._dry_run, cut=reply.cut)
        if asked.should_stop():
            raise Cancelled
        judged = replace(attempt, codes=found.codes, line=found.line, detail=found.detail, api=found.api)
        asked.on_attempt(counted(judged, reply))
        return found, reply.text[: 4 << 10]


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is the same for all scenes of a request."""

    prompt: str
    storyboard: Storyboard
    sampling: Sampling
    on_attempt: OnAttempt
    on_code: OnCode
    on_mended: OnMended
    should_stop: ShouldStop


def _better(best: Tried, other: Tried) -> Tried:
    """What runs before what does not, then the one with fewer blemishes, then the later one."""
    if best.runs and not other.runs:
        return best
    if best.runs and len(best.layout) < len(other.layout):
        return best
    return other


def _is_models(last: Tried) -> bool:
    """Whether the model itself failed, so that nothing is there to repair."""
    return bool(last.codes) and last.codes[0].startswith("model_")


def _fenced(code: str) -> str:
    return f"```python\n{code}```" if code else ""


def _nothing_planned(fault: Fault) -> Fault:
    """Nobody can change a storyboard that never was: another hint than for one that a teacher sent."""
    message = "The model planned no scenes that can be used."
    return Fault("nothing_written", message, "Say it in other words, or as one smaller idea.", log=fault.message)


def _written(plan: Storyboard, results: Mapping[str, Tried], attempts: list[Attempt]) -> Written:
    faults = {name: replace(each.fault, scene=name) for name, each in results.items() if each.fault is not None}
    kept = [card for card in plan.scenes if results[card.name].runs]
    if not kept:
        first = next(iter(faults.values()))
        message = "None of the scenes could be made to work."
        hint = "Say it in other words, or as one smaller idea."
        fault = first if first.code.startswith("model_") else Fault("nothing_written", message, hint, log=first.message)
        raise NothingWritten(fault, tuple(attempts))
    source = joined([results[card.name].code for card in kept])
    draft = Draft("", plan.title, Storyboard(plan.title, tuple(kept)), source, knobs.extract(source))
    layout = {card.name: results[card.name].layout for card in kept if results[card.name].layout}
    return Written(draft, plan, tuple(attempts), faults, layout)

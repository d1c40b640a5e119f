"""What people who consented gave, cleaned of everything that points to them, at most so much from each.

Who consented is not decided here: only what may be used is handed in (`training.services.given_feedback`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generation.engine import composing, slices
from generation.engine.errors import RequestFault
from generation.engine.served.faultfinding import DryRun
from training.dataset import privacy, rehearsing
from training.dataset.candidates import Candidate
from training.dataset.rehearsing import Rejected
from training.dataset.rows import Message, Origin, Task
from training.lanes import CONSENTED

MOST_OF_A_USER = 40  # events: nobody's taste becomes everybody's, and nobody can poison much
GOOD = frozenset({"accepted", "edited", "rated_up"})  # what somebody kept, kept after changing, or praised


@dataclass(frozen=True, slots=True)
class Given:
    """One thing somebody gave. `roster` are names of people around her, which are taken out too."""

    kind: str
    user: str
    prompt: str
    before: str
    after: str
    consent: str
    roster: tuple[str, ...] = ()


def candidates(given: Iterable[Given]) -> Iterator[Candidate]:
    """A request with the code that was kept, and a broken scene with the one that mended it."""
    taken: Counter[str] = Counter()
    for each in given:
        if taken[each.user] >= MOST_OF_A_USER or not each.after:
            continue
        taken[each.user] += 1
        origin = Origin("feedback", each.consent, CONSENTED, f"Consent of the account, version {each.consent}.")
        prompt = privacy.cleaned(each.prompt, each.roster).text
        if each.kind in GOOD:
            yield Candidate(Task.WRITE, origin, "feedback", prompt, _Kept(each, prompt))
        elif each.kind == "repaired" and each.before:
            yield Candidate(Task.REPAIR, origin, "feedback", prompt, _Mended(each, prompt))


class _Kept:
    """A request with the code that somebody kept."""

    def __init__(self, given: Given, prompt: str) -> None:
        self._given, self._prompt = given, prompt

    def __call__(self, run: DryRun) -> tuple[Message, ...]:
        """Raises Rejected."""
        code = _one_scene(self._given.after, self._prompt, self._given.roster)
        return rehearsing.written(self._prompt, code, run)[0]


class _Mended:
    """Code that did not work with the code that did."""

    def __init__(self, given: Given, prompt: str) -> None:
        self._given, self._prompt = given, prompt

    def __call__(self, run: DryRun) -> tuple[Message, ...]:
        """Raises Rejected."""
        code = _one_scene(self._given.after, self._prompt, self._given.roster)
        broken = _one_scene(self._given.before, self._prompt, self._given.roster)
        return rehearsing.repaired(self._prompt, broken, code, run)[0]


def _one_scene(source: str, prompt: str, roster: tuple[str, ...]) -> str:
    """The module, cleaned, with its one scene under the name that the request gives it. Raises Rejected."""
    found = privacy.cleaned(source, roster)
    try:
        (name,) = slices.scene_names(found.text)
        wanted = rehearsing.storyboard_for(prompt).scenes[0].name
        return composing.with_names(found.text, {name: wanted})
    except ValueError as error:
        raise Rejected("several_scenes") from error
    except RequestFault as error:
        raise Rejected(error.fault.code, error.fault.message) from error

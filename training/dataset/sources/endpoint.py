"""Rejection sampling: a served model answers our requests several times, and what the checks let through is kept.

The lane follows from the licence of the model that answered, which the operator states; unstated is blocked.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from generation.engine.errors import EngineFault
from generation.engine.library import catalogue
from generation.engine.served.client import ModelClient
from generation.engine.served.faultfinding import DryRun, tried
from generation.engine.served.faults import ModelFault
from generation.engine.served.profile import SMALL
from generation.engine.served.request import Chat, Sampling
from training.dataset import phrasing, rehearsing
from training.dataset.candidates import Candidate, chance
from training.dataset.proving import Kept
from training.dataset.rehearsing import Rejected
from training.dataset.rows import Message, Origin, Task, conversation
from training.dataset.sketches import FAMILIES

TEMPERATURE = 0.8
MOST_TOKENS = 1024


@dataclass(frozen=True, slots=True)
class Asked:
    """Which model answers, under which licence, and how often each request is put to it."""

    model: str
    licence: str
    samples: int


@dataclass(frozen=True, slots=True)
class Request:
    """A sentence and the family that it is about."""

    text: str
    family: str


def origin(asked: Asked) -> Origin:
    """The model that answered."""
    evidence = f"Stated by the operator for {asked.model}." if asked.licence else ""
    return Origin(f"sampled:{asked.model}", asked.model, asked.licence, evidence)


def requests(most: int, held_out: frozenset[str]) -> list[Request]:
    """Requests of our own, of families that are not held out, mixed by chance that is the same each time."""
    found: dict[str, str] = {}
    for slug, template in sorted(catalogue.templates().items()):
        found |= dict.fromkeys(template.phrases, slug)
    for name, family in FAMILIES.items():
        for number in range(8):
            found |= dict.fromkeys(family(chance("sampled", name, number)).phrases, name)
    luck = chance("sampled")
    open_ones = sorted((text, family) for text, family in found.items() if family not in held_out)
    chosen = luck.sample(open_ones, k=min(most, len(open_ones)))
    return [Request(phrasing.said(text, "en", "secondary", luck), family) for text, family in chosen]


def candidates(client: ModelClient, asked: Asked, wanted: Sequence[Request], kept: Kept) -> Iterator[Candidate]:
    """Every sample of every request; whether it is any good the checks say."""
    from_model = origin(asked)
    for request in wanted:
        for number in range(asked.samples):
            sample = _Sample(client, asked.model, request.text, number, kept)
            path = hashlib.sha256(request.text.encode()).hexdigest()[:16]
            yield Candidate(Task.WRITE, from_model, request.family, request.text, sample, path=path)


class _Sample:
    """One answer of the model to a request, proved like an answer of our own."""

    def __init__(self, client: ModelClient, model: str, request: str, number: int, kept: Kept) -> None:
        self._client, self._model, self._request, self._number = client, model, request, number
        self._kept = kept

    def __call__(self, run: DryRun) -> tuple[Message, ...]:
        """Raises Rejected where the checks speak against the answer, EngineFault where the model does not answer."""
        storyboard = rehearsing.storyboard_for(self._request)
        card = storyboard.scenes[0]
        asking = rehearsing.asking(self._request, storyboard, card, SMALL, f"{self._request}{self._number}")
        reply = self._kept.reply(f"{self._model}\0{self._number}\0{asking}", lambda: self._ask(asking))
        found = tried(reply, card.name, run)
        if not found.runs or found.layout:
            raise Rejected(found.codes[0] if found.codes else "no_code", found.detail)
        return conversation(asking, rehearsing.fenced(found.code))

    def _ask(self, asking: list[Message]) -> str:
        sampling = Sampling(temperature=TEMPERATURE, max_tokens=MOST_TOKENS, seed=self._number + 1)
        try:
            return self._client.chat(Chat(asking, sampling)).text
        except ModelFault as error:
            raise EngineFault(replace(error.fault, hint="Start the model's server and run the same again.")) from error

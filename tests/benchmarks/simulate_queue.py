"""What the queue does to people's waits with many workers: a discrete-event simulation of the real policy.

`python -m tests.benchmarks.simulate_queue [HOURS]` prints a table and writes JSON. The choices are made by
`generation.fairness`, the very code that the database queue chooses with (tests/generation/test_fairness.py proves
that both take the same jobs in the same order). Service times are drawn from renders measured on one core
(service_times.json). `FirstComeFirstServed` is what a plain queue would do: the negative control.
"""

from __future__ import annotations

import heapq
import itertools
import json
import random
from collections import Counter, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from accounts.models import Tier
from generation import fairness
from generation.fairness import Start

SERVICE_TIMES = Path(__file__).with_name("service_times.json")


@dataclass(slots=True)
class SimulatedJob:
    """A job of the simulation; all times in seconds since its beginning."""

    number: int
    person: str
    tier: str
    arrival: float
    service: float
    cost: float
    priority: int = 0
    started: float = -1.0
    turn: float = 0.0

    @property
    def wait(self) -> float:
        """Seconds in line."""
        return self.started - self.arrival


class Queue(Protocol):
    """What decides who goes next."""

    def join(self, job: SimulatedJob) -> None:
        """Put a job in line."""

    def claim(self) -> SimulatedJob | None:
        """Take the next job out of line."""

    def finish(self, job: SimulatedJob) -> None:
        """Note that a job ended."""


class FirstComeFirstServed:
    """A plain queue."""

    def __init__(self) -> None:
        self._line: deque[SimulatedJob] = deque()

    def join(self, job: SimulatedJob) -> None:
        self._line.append(job)

    def claim(self) -> SimulatedJob | None:
        return self._line.popleft() if self._line else None

    def finish(self, job: SimulatedJob) -> None:
        pass


Head = tuple[float, float, int, str]  # turn, arrival and number of the job whose turn it is; the person


@dataclass(slots=True)
class _Person:
    """Somebody's waiting jobs, and the one with the highest turn of those that were started."""

    tier: str
    waiting: list[SimulatedJob] = field(default_factory=list)
    latest: SimulatedJob | None = None
    running: int = 0
    head: Head | None = None

    @property
    def is_capped(self) -> bool:
        return bool(fairness.at_cap({("", self.tier): self.running}))

    def last(self) -> Start | None:
        """Of her jobs the one with the highest turn."""
        known = [*self.waiting, self.latest] if self.latest else self.waiting
        last = max(known, key=lambda job: job.turn, default=None)
        return Start(last.tier, last.cost, last.turn) if last else None


class FairQueue:
    """The policy of `generation.fairness` over a line in memory: each person's head lies in one of four heaps."""

    def __init__(self) -> None:
        self._people: dict[str, _Person] = {}
        self._recent: deque[Start] = deque(maxlen=fairness.WINDOW)
        self._heads: dict[tuple[bool, bool], list[Head]] = {
            (free, capped): [] for free in (True, False) for capped in (True, False)
        }

    def join(self, job: SimulatedJob) -> None:
        person = self._people.setdefault(job.person, _Person(job.tier))
        job.turn = fairness.joining_turn(fairness.clock(self._recent), person.last(), len(person.waiting))
        person.waiting.append(job)
        self._show(job.person)

    def claim(self) -> SimulatedJob | None:
        head = fairness.choose(self, self._recent)
        if head is None:
            return None
        turn, _arrival, number, name = head
        person = self._people[name]
        job = min(person.waiting, key=lambda job: (-job.priority, job.arrival, job.number))
        for other in person.waiting:
            if other.number == number:
                other.turn = job.turn  # an urgent job goes on the turn of an older one and leaves it its own
        job.turn = fairness.started_turn(turn, fairness.clock(self._recent), job.cost)
        person.waiting.remove(job)
        person.running += 1
        if person.latest is None or job.turn > person.latest.turn:
            person.latest = job
        self._recent.append(Start(job.tier, job.cost, job.turn))
        self._show(name)
        return job

    def finish(self, job: SimulatedJob) -> None:
        self._people[job.person].running -= 1
        self._show(job.person)

    def first(self, *, free_only: bool, below_cap: bool) -> Head | None:
        """Return the lowest turn, as `fairness.choose` asks for it."""
        tops = [
            self._top(free, capped)
            for free in ((True,) if free_only else (True, False))
            for capped in ((False,) if below_cap else (False, True))
        ]
        return min((top for top in tops if top is not None), default=None)

    def _show(self, name: str) -> None:
        person = self._people[name]
        heads = ((job.turn, job.arrival, job.number, name) for job in person.waiting)
        person.head = min(heads, default=None)
        if person.head is not None:
            heapq.heappush(self._heads[person.tier == Tier.FREE, person.is_capped], person.head)

    def _top(self, free: bool, capped: bool) -> Head | None:
        heads = self._heads[free, capped]
        while heads:
            person = self._people[heads[0][-1]]
            if person.head == heads[0] and person.is_capped == capped:
                return heads[0]
            heapq.heappop(heads)  # out of date
        return None


def simulate(jobs: Iterable[SimulatedJob], *, cores: int, queue: Queue, until: float = float("inf")) -> None:
    """Run the jobs, sorted by arrival, on `cores` workers of one core; writes `started` of those begun by `until`."""
    ends: list[tuple[float, int, SimulatedJob]] = []
    arrivals = iter(jobs)
    coming = next(arrivals, None)
    while coming is not None or ends:
        if coming is not None and (not ends or coming.arrival < ends[0][0]):
            now = coming.arrival
            queue.join(coming)
            coming = next(arrivals, None)
        else:
            now, _number, ended = heapq.heappop(ends)
            queue.finish(ended)
        if now > until:
            return
        while len(ends) < cores and (job := queue.claim()) is not None:
            job.started = now
            heapq.heappush(ends, (now + job.service, job.number, job))


# --- Who comes when ------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Mix:
    """Measured jobs to draw from: (core seconds, expected cost, priority)."""

    kinds: tuple[tuple[float, float, int], ...]
    weights: tuple[float, ...]

    @property
    def mean(self) -> float:
        """Mean core seconds of a job."""
        return sum(w * kind[0] for w, kind in zip(self.weights, self.kinds, strict=True)) / sum(self.weights)


def measured_mix(share: dict[tuple[str, str], float]) -> Mix:
    """Measured jobs, weighted so that (kind, quality) has its `share` of the jobs."""
    measured = json.loads(SERVICE_TIMES.read_text())["jobs"]
    counts = Counter((job["kind"], job["quality"]) for job in measured)
    kinds, weights = [], []
    for job in measured:
        key = job["kind"], job["quality"]
        if share.get(key):
            cost = fairness.expected_cost(job["video_seconds"], job["quality"])
            kinds.append((job["cpu"], cost, 10 if job["kind"] == "knobs" else 0))
            weights.append(share[key] / counts[key])
    return Mix(tuple(kinds), tuple(weights))


# A teacher turns knobs about as often as she asks for something new; most of it in draft quality.
USUAL = {("generate", "l"): 0.45, ("knobs", "l"): 0.4, ("generate", "m"): 0.1, ("generate", "h"): 0.05}
DRAFTS = {("generate", "l"): 0.5, ("knobs", "l"): 0.5}
_numbers = itertools.count()


def job_of(person: str, tier: str, arrival: float, mix: Mix, chance: random.Random) -> SimulatedJob:
    """A job drawn from the mix."""
    service, cost, priority = chance.choices(mix.kinds, mix.weights)[0]
    return SimulatedJob(next(_numbers), person, tier, arrival, service, cost, priority)


def steady(
    people: Sequence[tuple[str, str]], *, busy: float, cores: int, seconds: float, mix: Mix, chance: random.Random
) -> list[SimulatedJob]:
    """People (name, tier) who come at random so that on average `busy` of the cores have work."""
    rate = busy * cores / mix.mean
    jobs, now = [], 0.0
    while (now := now + chance.expovariate(rate)) < seconds:
        jobs.append(job_of(*chance.choice(people), now, mix, chance))
    return jobs


def flood(
    people: Sequence[tuple[str, str]], count: int, mix: Mix, chance: random.Random, at: float = 0.0
) -> list[SimulatedJob]:
    """Each of the people (name, tier) queues `count` jobs at once."""
    return [job_of(name, tier, at, mix, chance) for _job in range(count) for name, tier in people]


def copies(jobs: Iterable[SimulatedJob]) -> list[SimulatedJob]:
    """The same jobs, not yet started, by arrival: what both sides of a comparison get."""
    fresh = [SimulatedJob(j.number, j.person, j.tier, j.arrival, j.service, j.cost, j.priority) for j in jobs]
    return sorted(fresh, key=lambda job: (job.arrival, job.number))


def p95(values: Iterable[float]) -> float:
    """The 95th percentile; 0 of nothing."""
    ordered = sorted(values)
    return ordered[int(0.95 * (len(ordered) - 1))] if ordered else 0.0

"""What the queue does to people's waits with many workers: a discrete-event simulation of the real policy.

`python -m tests.benchmarks.simulate_queue` prints tables and writes docs/benchmarks/queue.json. The choices are made by
`generation.fairness`, the very code that the database queue chooses with (tests/generation/test_fairness.py proves
that both take the same jobs in the same order). Service times are drawn from renders measured on one core
(service_times.json). `FirstComeFirstServed` is what a plain queue would do: the negative control.
"""

from __future__ import annotations

import heapq
import itertools
import json
import random
import statistics
import sys
from collections import Counter, deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from accounts.tiers import Tier
from generation import fairness
from generation.fairness import Start

SERVICE_TIMES = Path(__file__).with_name("service_times.json")
RESULT = Path(__file__).resolve().parents[2] / "docs" / "benchmarks" / "queue.json"


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


# --- What is asked of it -------------------------------------------------------------------------
# The part of a school day's jobs that falls into each hour: teachers prepare before lessons and in the evening.
DAY = {
    6: 0.03, 7: 0.10, 8: 0.08, 9: 0.07, 10: 0.07, 11: 0.06, 12: 0.05, 13: 0.05,
    14: 0.06, 15: 0.06, 16: 0.05, 17: 0.04, 18: 0.05, 19: 0.08, 20: 0.09, 21: 0.06,
}  # fmt: skip
TIERS = ((Tier.FREE, 0.7), (Tier.EDUCATOR, 0.1), (Tier.PROFESSIONAL, 0.1), (Tier.SCHOOL, 0.08), (Tier.ENTERPRISE, 0.02))
JOBS_PER_TEACHER = 3.0  # on a school day, over all who have an account
TOLERABLE_WAIT = 10.0  # seconds, 95 of 100 jobs
HOUR = 3600.0


def school(teachers: int, chance: random.Random) -> list[tuple[str, str]]:
    """Teachers with their tiers."""
    tiers = chance.choices([tier for tier, _share in TIERS], [share for _tier, share in TIERS], k=teachers)
    return [(f"teacher {n}", tier) for n, tier in enumerate(tiers)]


def hours_jobs(teachers: int, hours: Iterable[int], mix: Mix, chance: random.Random) -> list[SimulatedJob]:
    """The jobs of some hours of a school day. Each teacher's come in sittings: one job, then often another soon."""
    people, jobs = school(teachers, chance), []
    for number, hour in enumerate(hours):
        sittings = DAY[hour] * JOBS_PER_TEACHER * teachers / 3
        now = number * HOUR
        while (now := now + chance.expovariate(sittings / HOUR)) < (number + 1) * HOUR:
            name, tier = chance.choice(people)
            at = now
            while True:
                jobs.append(job_of(name, tier, at, mix, chance))
                at += chance.expovariate(1 / 60)
                if chance.random() > 2 / 3:
                    break
    return sorted(jobs, key=lambda job: (job.arrival, job.number))


def crowd(cores: int, busy: float, mix: Mix) -> dict[str, float]:
    """Waits and throughput of `cores` when `busy` of them have work on average."""
    chance = random.Random(cores)
    seconds = max(600.0, 8 * HOUR / cores)
    jobs = steady(school(40 * cores, chance), busy=busy, cores=cores, seconds=seconds, mix=mix, chance=chance)
    simulate(jobs, cores=cores, queue=FairQueue())
    waits = [job.wait for job in jobs]
    return {
        "cores": cores,
        "busy": busy,
        "jobs_a_minute": round(60 * len(jobs) / seconds, 1),
        "median_wait": round(statistics.median(waits), 1),
        "p95_wait": round(p95(waits), 1),
    }


def one_flood(cores: int, busy: float, mix: Mix, make: Callable[[], Queue]) -> dict[str, float]:
    """What 500 jobs of one Free person do to the 95th percentile of others' wait, and of their time to the video."""
    chance = random.Random(cores)
    people = [(f"teacher {n}", Tier.FREE.value) for n in range(40 * cores)]
    usual = steady(people, busy=busy, cores=cores, seconds=4 * HOUR, mix=mix, chance=chance)
    both = usual + flood([("flooder", Tier.FREE)], 500, mix, chance, at=300.0)
    calm, flooded = copies(usual), copies(both)
    simulate(calm, cores=cores, queue=make())
    simulate(flooded, cores=cores, queue=make())
    over = max(job.started for job in flooded if job.person == "flooder")

    def others(jobs: list[SimulatedJob], served: float) -> float:
        return p95(
            job.wait + served * job.service for job in jobs if job.person != "flooder" and 300 <= job.arrival <= over
        )

    return {
        "cores": cores,
        "busy": busy,
        "calm_wait": round(others(calm, 0), 1),
        "flooded_wait": round(others(flooded, 0), 1),
        "video_ratio": round(others(flooded, 1) / others(calm, 1), 2),
    }


def professionals(cores: int, mix: Mix, make: Callable[[], Queue]) -> dict[str, float]:
    """What 200 Professional people with ten jobs each leave to Free people who ask for half (or 9 %) of the cores."""
    found: dict[str, float] = {"cores": cores}
    for name, busy in (("share", 0.5), ("longest_wait", 0.09)):
        chance = random.Random(cores)
        people = [(f"pro {n}", Tier.PROFESSIONAL.value) for n in range(200)]
        seconds = 2000 * mix.mean / cores
        free = [(f"free {n}", Tier.FREE.value) for n in range(20)]
        usual = steady(free, busy=busy, cores=cores, seconds=seconds, mix=mix, chance=chance)
        jobs = copies(flood(people, 10, mix, chance) + usual)
        simulate(jobs, cores=cores, queue=make(), until=seconds)
        begun = [job for job in jobs if job.started >= 600 / cores]
        if name == "share":
            free_work = sum(job.service for job in begun if job.tier == Tier.FREE)
            found[name] = round(free_work / sum(job.service for job in begun), 3)
        else:
            found[name] = round(max((job.wait for job in begun if job.tier == Tier.FREE), default=seconds))
    return found


def cores_for(teachers: int, mix: Mix) -> dict[str, float]:
    """The fewest cores with which 95 of 100 jobs of the day's busiest hours wait at most `TOLERABLE_WAIT`."""
    jobs = hours_jobs(teachers, (7, 8), mix, random.Random(teachers))
    need = sum(job.service for job in jobs) / (2 * HOUR)
    cores = max(1, int(need))
    while True:
        tried = copies(jobs)
        simulate(tried, cores=cores, queue=FairQueue())
        wait = p95(job.wait for job in tried)
        if wait <= TOLERABLE_WAIT:
            break
        cores += max(1, cores // 50)
    busiest = Counter(int(job.arrival // 60) for job in jobs).most_common(1)[0][1]
    return {
        "teachers": teachers,
        "jobs_a_day": round(teachers * JOBS_PER_TEACHER),
        "jobs_in_the_busiest_minute": busiest,
        "cores": cores,
        "cores_busy": round(need / cores, 2),
        "p95_wait": round(wait, 1),
        "core_hours_a_day": round(teachers * JOBS_PER_TEACHER * mix.mean / HOUR, 1),
    }


def table(title: str, rows: list[dict[str, float]]) -> str:
    """Rows as a Markdown table."""
    names = list(rows[0])
    lines = [f"\n{title}\n", f"| {' | '.join(name.replace('_', ' ') for name in names)} |", "|---" * len(names) + "|"]
    return "\n".join(lines + [f"| {' | '.join(f'{row[name]:,}' for name in names)} |" for row in rows])


def main() -> None:
    """Print the tables and write the numbers."""
    usual, drafts = measured_mix(USUAL), measured_mix(DRAFTS)
    found = {
        "waits": [crowd(cores, busy, usual) for cores in (1, 2, 8, 64, 512) for busy in (0.5, 0.8, 0.95)],
        "flood_of_500": [
            one_flood(cores, busy, drafts, FairQueue) for cores in (1, 2, 8) for busy in (0.5, 0.7, 0.9, 0.95)
        ],
        "flood_of_500_plain_queue": [one_flood(cores, 0.9, drafts, FirstComeFirstServed) for cores in (1, 2, 8)],
        "professionals": [professionals(cores, drafts, FairQueue) for cores in (1, 2, 8, 64)],
        "professionals_plain_queue": [professionals(cores, drafts, FirstComeFirstServed) for cores in (1, 2, 8, 64)],
        "teachers": [cores_for(teachers, usual) for teachers in (10, 1_000, 10_000, 100_000)],
    }
    sys.stdout.write("\n".join(table(name.replace("_", " "), rows) for name, rows in found.items()) + "\n")
    source = json.loads(SERVICE_TIMES.read_text())["source"]
    report = {"mean_core_seconds": round(usual.mean, 2), "service_times": source, **found}
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    RESULT.write_text(json.dumps(report, indent=1) + "\n")


if __name__ == "__main__":
    main()

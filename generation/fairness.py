"""Whose turn it is, as plain arithmetic: weighted start-time fair queueing over people, with a floor for Free.

Every waiting job has a `turn`, its start tag in virtual seconds (Goyal, Vin and Cheng 1996): a person's next job
starts where her last one ended, a newcomer's at the clock, and lower turns go first. So whoever queues 500 jobs
spreads them over the far future, and everybody else goes in between. The clock is the turn of the job that started
last. Nothing here knows of a database: `queue` and the simulation in tests/benchmarks make their choices with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from accounts.tiers import Tier

Head_co = TypeVar("Head_co", covariant=True)
Person = TypeVar("Person")


@dataclass(frozen=True, slots=True)
class Terms:
    """What a tier means in line: a person's share beside others, and her jobs at a time while others wait."""

    weight: float
    at_once: int


TERMS: Mapping[str, Terms] = {
    Tier.FREE: Terms(weight=1, at_once=1),
    Tier.EDUCATOR: Terms(weight=2, at_once=3),
    Tier.PROFESSIONAL: Terms(weight=3, at_once=3),
    Tier.SCHOOL: Terms(weight=3, at_once=3),
    Tier.ENTERPRISE: Terms(weight=4, at_once=10),
}
# Free gets this part of the work while Free waits. Promised is a tenth; costs are estimates, so a little more is kept.
FREE_SHARE = 0.125
# Starts that are looked back on. More would let Free make up for longer famines in one go.
WINDOW = 32
# The clock advances by at least this part of all work, however many newcomers come: every turn comes round.
LEAST_PACE = 0.01
# A person's share halves when this many of her jobs wait, and so on: a flood fills gaps, it does not take equal turns.
BATCH = 5
# Core seconds per second of video, by quality, and of a job's fixed part: a fit to measured renders
# (tests/benchmarks/service_times.json). Only their proportions matter here.
PACE = {"l": 0.2, "m": 0.4, "h": 1.1}
FIXED_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Start:
    """A job that was started: its tier, its expected core seconds and its turn."""

    tier: str
    cost: float
    turn: float


class Line(Protocol[Head_co]):
    """The waiting jobs, as `choose` needs to ask for them."""

    def first(self, *, free_only: bool, below_cap: bool) -> Head_co | None:
        """Return the waiting job with the lowest turn: only of Free people, only of people below their cap."""


def choose(line: Line[Head_co], recent: Sequence[Start]) -> Head_co | None:
    """Return the head of the line: Free's where Free is short, else who has the lowest turn and is below her cap.

    Whoever is at her cap goes only when nobody else waits, so no core idles. None where nothing waits.
    """
    for free_only in (True, False) if is_free_short(recent) else (False,):
        for below_cap in (True, False):
            head = line.first(free_only=free_only, below_cap=below_cap)
            if head is not None:
                return head
    return None


def is_free_short(recent: Sequence[Start]) -> bool:
    """Say whether Free got less than its floor of the `WINDOW` latest starts."""
    return sum(start.cost for start in recent if start.tier == Tier.FREE) < FREE_SHARE * sum(s.cost for s in recent)


def clock(recent: Iterable[Start]) -> float:
    """Return the virtual time, in seconds, from the latest starts; 0 before the first."""
    return max((start.turn for start in recent), default=0.0)


def joining_turn(now: float, last: Start | None, waiting: int) -> float:
    """Return the turn of a job that joins at virtual time `now`, behind the `waiting` jobs of the same person.

    `last` is that of her jobs, waiting or started, with the highest turn.
    """
    if last is None:
        return now
    return max(now, last.turn + (1 + waiting / BATCH) * last.cost / TERMS[last.tier].weight)


def started_turn(turn: float, now: float, cost: float) -> float:
    """Return the turn to write on a job of `cost` core seconds that starts now: the clock never stands still."""
    return max(turn, now + LEAST_PACE * cost)


def at_cap(running: Mapping[tuple[Person, str], int]) -> set[Person]:
    """Return the people who run as many jobs as their tier allows; `running` counts jobs by person and tier."""
    return {person for (person, tier), count in running.items() if count >= TERMS[tier].at_once}


def expected_cost(video_seconds: float, quality: str) -> float:
    """Return the core seconds that a video of this length and quality is expected to take."""
    return FIXED_SECONDS + PACE[quality] * video_seconds

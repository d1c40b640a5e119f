"""The reward of an answer in GRPO: what the jail and the layout probe say of it, and what was asked for.

Nothing in it grows with length: no play, no object and no line is paid for. What is longer than a scene needs loses.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generation.engine import slices
from generation.engine.errors import RequestFault
from generation.engine.scorecard.requirements import Requirement, which
from generation.engine.served.faultfinding import DryRun, Tried, tried
from generation.engine.served.replies import fenced_module
from generation.engine.types import CheckReport

API, RUN, LAYOUT, ASKED = 0.1, 0.3, 0.2, 0.4  # of 1; without requirements a scene can earn 0.6 at most
MOST_BLEMISHES = 4  # layout faults that cost the whole part
LETTERS, SECONDS, PLAYS = 2600, 60.0, 14  # what a scene may take at no cost: 60 lines, a minute
LENGTH_COST = 0.2
NO_SCENE = frozenset({"no_code", "two_blocks", "cut", "too_long", "leak", "syntax", "shape", "policy"})


@dataclass(frozen=True, slots=True)
class Judged:
    """A reward between 0 and 1, and what it is made of."""

    reward: float
    codes: tuple[str, ...] = ()
    ran: bool = False
    asked: float | None = None  # part of the requirements that it meets
    cost: float = 0.0  # of its length


def judge(answer: str, must: Sequence[Requirement], dry_run: DryRun, scene: str = "") -> Judged:
    """Judge one answer. Code that the policy refuses is never run, and earns nothing."""
    reports: list[CheckReport] = []

    def run(code: str, name: str) -> CheckReport:
        reports.append(dry_run(code, name))
        return reports[-1]

    found = tried(answer, scene or _scene_in(answer), run)
    if not found.code or NO_SCENE & {*found.codes}:
        return Judged(0.0, found.codes)
    if not reports:
        return Judged(0.0, found.codes)  # names that Manim does not have: it was not run
    if found.fault is not None:
        return Judged(API, found.codes)
    return _ran(answer, found, reports[-1], must)


def _ran(answer: str, found: Tried, report: CheckReport, must: Sequence[Requirement]) -> Judged:
    asked = sum(which(must, [report])) / len(must) if must else None
    clean = 1.0 - min(1.0, len(found.layout) / MOST_BLEMISHES)
    cost = LENGTH_COST * min(1.0, max(_over(len(answer), LETTERS), _over(report.seconds, SECONDS), _plays(report)))
    total = API + RUN + LAYOUT * clean + ASKED * (asked or 0.0) - cost
    return Judged(round(max(0.0, total), 4), found.codes, ran=True, asked=asked, cost=round(cost, 4))


def _over(value: float, free: float) -> float:
    """How far a value is beyond what is free: 0 up to there, 1 at twice as much."""
    return max(0.0, value / free - 1.0)


def _plays(report: CheckReport) -> float:
    return _over(len(report.plays), PLAYS)


def _scene_in(answer: str) -> str:
    """The name of the one scene of an answer, where the task does not name it."""
    try:
        names = slices.scene_names(fenced_module(answer))
    except RequestFault:
        return "Scene1"
    return names[0] if len(names) == 1 else "Scene1"

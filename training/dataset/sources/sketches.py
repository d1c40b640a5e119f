"""Sketches as rows: written from a request, repaired from a real error, and edited in words."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from generation.engine.served.faultfinding import DryRun
from training.dataset import breaking, phrasing, rehearsing, wishing
from training.dataset.candidates import Candidate, chance
from training.dataset.rehearsing import Rejected
from training.dataset.rows import Message, Origin, Task
from training.dataset.sketches import FAMILIES, Sketch
from training.lanes import OWN

# Of each family, before the checks have their say.
SKETCHES, REPAIRED, REPAIRS_OF_EACH, EDITED, EDITS_OF_EACH = 28, 11, 2, 4, 3
LEVEL = "secondary"


def origin() -> Origin:
    """The sketches as they are in this repository: named by the sum of their files."""
    digest = hashlib.sha256()
    for path in sorted((Path(__file__).parents[1] / "sketches").glob("*.py")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    evidence = "Written for this project: training/dataset/sketches, in this repository."
    return Origin("theorama-sketches", digest.hexdigest()[:12], OWN, evidence)


def candidates(origin: Origin, most: int = SKETCHES) -> Iterator[Candidate]:
    """All candidates: up to `most` sketches a family."""
    for name, family in FAMILIES.items():
        seen = set[str]()
        for number in range(most):
            luck = chance(name, number)
            sketch = family(luck)
            request = phrasing.said(luck.choice(sketch.phrases), "en", LEVEL, luck)
            if request in seen:
                continue
            seen.add(request)
            yield from _of_one(origin, name, number, sketch, request)


def _of_one(origin: Origin, family: str, number: int, sketch: Sketch, request: str) -> Iterator[Candidate]:
    try:
        scene = rehearsing.storyboard_for(request).scenes[0].name
    except Rejected:
        return  # nothing that could be asked for at all
    code, path = sketch.code(scene), f"{family}/{number}"
    yield Candidate(
        Task.WRITE, origin, family, request, lambda run: rehearsing.written(request, code, run)[0], path=path
    )
    luck = chance("repair", family, number)
    if number < REPAIRED:
        for what, wrong in breaking.broken(code, luck, REPAIRS_OF_EACH):
            yield Candidate(
                Task.REPAIR,
                origin,
                family,
                request,
                partial(_repaired, request, wrong, code),
                path=f"{path}/{what}",
            )
    if number < EDITED:
        draft = rehearsing.draft_of(code, request)
        for wanted in wishing.wishes(code, luck)[:EDITS_OF_EACH]:
            yield Candidate(
                Task.EDIT,
                origin,
                family,
                wanted.words,
                partial(rehearsing.edited, draft, wanted.words, wanted.changes),
                path=path,
            )


def _repaired(request: str, wrong: str, code: str, run: DryRun) -> tuple[Message, ...]:
    return rehearsing.repaired(request, wrong, code, run)[0]

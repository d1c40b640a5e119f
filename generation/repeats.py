"""Animations that somebody made before and asks for again, in the same words or in others. Never anybody else's.

The library reads a prompt into code; what gives the same code is the same request, whatever its words. What a model
would write cannot be known, so there an animation made from nearly the same words is only offered.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet

from accounts.models import User
from generation import drafts, writing
from generation.engine import drafting
from generation.engine.cache import animation_key
from generation.engine.types import Quality
from generation.engine.understanding import embedding
from generation.engine.understanding.quantities import UNITS, quantities
from generation.models import Job
from projects.models import Artefact, Project
from projects.selectors import projects_owned_by

NEAR = 0.9  # cosine; measured in docs/jobs.md
MOST_COMPARED = 50
_TURNS_AROUND = frozenset(
    [
        "not",
        "no",
        "without",
        "never",
        "instead",
        "before",
        "after",
        "more",
        "less",
        "increase",
        "decrease",
        "up",
        "down",
        "left",
        "right",
        "inside",
        "outside",
        "minus",
        "plus",
        "positive",
        "negative",
        "first",
        "second",
        "only",
        "except",
        "versus",
        "grade",
        "level",
    ]
)
_WORD = re.compile(r"[^\W\d_]+", re.UNICODE)
_SYMBOLS = re.compile(r"\S*[=^*/<>+√π²³]\S*")


def reading_of(draft: Mapping[str, Any], quality: str) -> str:
    """Name what a prompt was read as: everything that decides the files. Empty where a model is yet to write."""
    if not draft["source"]:
        return ""
    made = drafts.from_json(dict(draft))
    stem = drafting.file_stem(made)
    return animation_key(made.source, made.storyboard, stem, made.title, Quality(quality))


def made_before(user: User, reading: str, project: Project | None) -> Job | None:
    """Her newest job that made just this, if its animation is still there as it was made, and in `project` if given."""
    if not reading:
        return None
    mine = _still_there(_alike(reading), user)
    return (mine if project is None else mine.filter(animation__project=project)).first()


def nearly(user: User, prompt: str) -> Job | None:
    """Her animation that a model wrote from nearly the same words, with the same numbers, units and names."""
    written = Job.objects.filter(kind=Job.Kind.GENERATE, state=Job.State.SUCCEEDED, draft__writer=writing.SERVED)
    facts, asked = _facts(prompt), None
    best, likeness = None, NEAR
    for job in _still_there(written, user)[:MOST_COMPARED]:
        if _facts(job.prompt) != facts:
            continue
        if asked is None:
            asked = embedding.embed(_plain(prompt))
        alike = float(asked @ embedding.embed(_plain(job.prompt)))
        if alike >= likeness:
            best, likeness = job, alike
    return best


def _alike(reading: str) -> QuerySet[Job]:
    """Jobs of anybody that made the same. Not for use without `_still_there`."""
    return Job.objects.filter(reading=reading, kind=Job.Kind.GENERATE, state=Job.State.SUCCEEDED)


def _still_there(jobs: QuerySet[Job], user: User) -> QuerySet[Job]:
    """Those of this person whose animation she can still see, unchanged, with its video, in no archived project."""
    video = Artefact.objects.filter(
        revision=OuterRef("revision"), kind=Artefact.Kind.VIDEO, quality=OuterRef("quality")
    )
    return (
        jobs.filter(
            Exists(video),
            owner=user,
            animation__project__in=projects_owned_by(user),
            animation__project__archived__isnull=True,
            animation__current_revision=F("revision"),
        )
        .select_related("animation__project", "revision")
        .order_by("-created", "-id")
    )


def _plain(prompt: str) -> str:
    return " ".join(prompt.casefold().split())


def _facts(prompt: str) -> tuple[Any, ...]:
    """What must be equal: numbers in base units, formulas, names, and words that turn a sentence around."""
    numbers = sorted(
        (kind, round(each.value * factor, 9))
        for each in quantities(prompt)
        for kind, factor in [UNITS.get(each.unit, (each.unit, 1.0))]
    )
    words = _WORD.findall(prompt)
    names = sorted({word.casefold() for word in words[1:] if word[0].isupper()})
    turns = sorted(word for word in map(str.casefold, words) if word in _TURNS_AROUND)
    return numbers, sorted(_SYMBOLS.findall(prompt.replace(" = ", "="))), names, turns

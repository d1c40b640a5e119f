"""What can be asked for, by subject: the library's own templates in teachers' words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from django.utils.translation import gettext_lazy as _

from generation.engine.library import catalogue

# Folder of the library -> what a teacher calls the subject.
SUBJECT_NAMES: Mapping[str, object] = {
    "algebra": _("Algebra"),
    "biology": _("Biology"),
    "calculus": _("Calculus"),
    "chemistry": _("Chemistry"),
    "computer_science": _("Computer science"),
    "economics": _("Economics"),
    "electricity": _("Electricity"),
    "functions": _("Functions and graphs"),
    "geometry": _("Geometry"),
    "linear_algebra": _("Linear algebra"),
    "mechanics": _("Mechanics"),
    "modern_physics": _("Modern physics"),
    "optics": _("Optics"),
    "physics": _("Physics"),
    "probability": _("Probability"),
    "statistics": _("Statistics"),
    "thermodynamics": _("Thermodynamics"),
    "trigonometry": _("Trigonometry"),
    "waves": _("Waves"),
}
STARTERS = ("pendulum_period", "derivative_slope", "pythagoras")


@dataclass(frozen=True, slots=True)
class Example:
    """A template as an invitation: its title, and a prompt that asks for it."""

    slug: str
    title: str
    summary: str
    prompt: str


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject and what can be asked for in it."""

    slug: str
    name: object
    examples: tuple[Example, ...]


@cache
def by_subject() -> tuple[Subject, ...]:
    """Every template of the library, in order of subject and title."""
    shelves: dict[str, list[Example]] = {}
    for template in catalogue.templates().values():
        shelves.setdefault(template.subject, []).append(_example(template))
    return tuple(
        Subject(
            slug=slug,
            name=SUBJECT_NAMES.get(slug, slug.replace("_", " ").capitalize()),
            examples=tuple(sorted(examples, key=lambda example: example.title)),
        )
        for slug, examples in sorted(shelves.items())
    )


def starters() -> list[Example]:
    """Three examples for somebody with an empty page: of three subjects where there are three."""
    known = catalogue.templates()
    chosen = [slug for slug in STARTERS if slug in known]
    for subject in by_subject():
        for example in subject.examples[:1]:
            if len(chosen) < len(STARTERS) and example.slug not in chosen:
                chosen.append(example.slug)
    return [_example(known[slug]) for slug in chosen]


def _example(template: catalogue.Template) -> Example:
    phrase = template.phrases[0]
    return Example(template.slug, template.title, template.summary, phrase[:1].upper() + phrase[1:])

"""Drafts: an animation's code and storyboard, from a sentence, a template, turned knobs or somebody's own code."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from generation.engine import composing, knobs, policy, slices
from generation.engine.errors import NotServed, RequestFault
from generation.engine.languages import ENGLISH
from generation.engine.library import catalogue, translations
from generation.engine.screening import shown
from generation.engine.types import Fault, Knob, KnobValue, Outcome, SceneCard, Storyboard, Understanding
from generation.engine.understanding import understand


@dataclass(frozen=True, slots=True)
class Draft:
    """An animation ready to be made: its code with the knobs' values written in.

    `proven` code was drawn before, with other values, or swept at the ends of its knobs.
    """

    template: str
    title: str
    storyboard: Storyboard
    source: str
    knobs: tuple[Knob, ...]
    understanding: Understanding | None = None
    proven: bool = False

    @property
    def language(self) -> str:
        """The language of captions, labels and words on screen."""
        return self.storyboard.language


def draft(prompt: str, *, language: str = "") -> Draft:
    """Turn a teacher's sentence into an animation's code.

    Raises NotServed, with the nearest templates, where no template serves it with confidence.
    """
    return draft_understood(understand(prompt), language=language)


def draft_understood(understanding: Understanding, *, language: str = "") -> Draft:
    """Turn what a prompt was understood to ask for into code, in `language` or the one that the prompt asks for.

    Raises NotServed where nothing is served.
    """
    if understanding.outcome is not Outcome.SERVED:
        raise NotServed(understanding)
    understanding, language = translations.settled(understanding, language)
    if understanding.parts:
        return _draft_parts(understanding, language)
    return draft_template(
        understanding.template or "", understanding.knobs, language=language, understanding=understanding
    )


def _draft_parts(understanding: Understanding, language: str) -> Draft:
    """Join the templates of a prompt that asks for several."""
    drafts = [
        (part, draft_template(part.template or "", part.knobs, language=language)) for part in understanding.parts
    ]
    whole = composing.joined(
        [composing.Part(draft.title, draft.storyboard, draft.source, frozenset(part.knobs)) for part, draft in drafts],
        language,
    )
    turned = knobs.extract(whole.source)
    return Draft("", whole.title, whole.storyboard, whole.source, turned, understanding, proven=True)


def draft_template(
    slug: str,
    values: Mapping[str, KnobValue],
    *,
    language: str = ENGLISH,
    understanding: Understanding | None = None,
) -> Draft:
    """Take a template from the library and set its knobs.

    Raises RequestFault for an unknown template, a bad value or a language that the template does not have.
    """
    template = catalogue.templates().get(slug)
    if template is None:
        raise RequestFault(Fault("unknown_template", f"There is no animation called {slug} in the library."))
    values = translations.values_in(template, language, values)
    template = translations.in_language(template, language)
    source = knobs.apply(template.source, values)
    turned = knobs.extract(source)
    shown.require_fit_values(turned, values)
    return Draft(slug, template.title, template.storyboard, source, turned, understanding, proven=True)


def redraft(
    source: str, storyboard: Storyboard, values: Mapping[str, KnobValue], *, title: str, template: str = ""
) -> Draft:
    """Turn the knobs of an existing animation: the same code with new values, no new generation."""
    source = knobs.apply(source, values)
    turned = knobs.extract(source)
    shown.require_fit_values(turned, values)
    return Draft(template, title, storyboard, source, turned, proven=True)


def turned(draft: Draft, values: Mapping[str, KnobValue]) -> Draft:
    """The same draft with some knobs set by hand. Raises KnobFault for a value that does not fit."""
    again = redraft(draft.source, draft.storyboard, values, title=draft.title, template=draft.template)
    return replace(again, understanding=draft.understanding)


def draft_source(source: str, *, title: str) -> Draft:
    """Take code that somebody wrote. Its storyboard is just the scenes in order. Raises RequestFault."""
    require_allowed(source)
    names = slices.scene_names(source)
    if not names:
        raise RequestFault(
            Fault("no_scene", "The file has no scene.", hint="Write a class based on Scene with a construct method.")
        )
    cards = tuple(SceneCard(name=name, title=shown.spaced(name), shown="", said="", seconds=0.0) for name in names)
    storyboard = Storyboard(title, cards)
    shown.require_fit(title, storyboard, source)
    return Draft("", title, storyboard, source, knobs.extract(source))


def require_allowed(source: str) -> None:
    """Raise RequestFault with the rule and the line where the code policy refuses the source."""
    verdict = policy.check(source)
    if not verdict.allowed:
        raise RequestFault(
            Fault(
                "policy", verdict.message, hint="Change that line and try again.", line=verdict.line, log=verdict.rule
            )
        )


def file_stem(made_from: Draft) -> str:
    """Return a short ASCII file name, without a suffix, for the animation's files."""
    name = made_from.template or re.sub(r"[^a-z0-9]+", "_", made_from.title.lower()).strip("_")
    return name[:60] or "animation"

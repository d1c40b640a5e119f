"""The library in other languages: a catalogue `<slug>.<language>.toml` beside a template's card.

A template is shown in a language only where its catalogue has every text, so that no animation mixes two.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from generation.engine import knobs
from generation.engine.errors import EngineFault, RequestFault
from generation.engine.languages import ENGLISH, IN_ENGLISH, LANGUAGES, TRANSLATED
from generation.engine.library import catalogue, strings
from generation.engine.library.catalogue import Template
from generation.engine.types import Fault, KnobKind, KnobValue, SceneCard, Storyboard, Understanding

LEAST_PHRASES = 3
_SCENE_TEXTS = ("title", "shown", "said")
_QUOTES = "'\"\\"


@dataclass(frozen=True, slots=True)
class Translation:
    """A catalogue as it is written; texts that nobody has translated yet are empty."""

    title: str
    summary: str
    phrases: tuple[str, ...]  # what people say to ask for it
    scenes: Mapping[str, Mapping[str, str]]  # name -> title, shown, said
    texts: Mapping[str, str]  # pattern -> the same in this language


EMPTY = Translation("", "", (), {}, {})


def path_of(template: Template, language: str) -> Path:
    """Where a template's catalogue lies."""
    return catalogue.SCENES / template.subject / f"{template.slug}.{language}.toml"


def read(path: Path) -> Translation:
    """A catalogue's contents. Raises EngineFault `catalogue` where the file is not one."""
    language = path.suffixes[0].lstrip(".")
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        return Translation(
            title=str(data["title"]),
            summary=str(data["summary"]),
            phrases=tuple(str(each) for each in data["phrases"]),
            scenes={entry["name"]: {key: str(entry[key]) for key in _SCENE_TEXTS} for entry in data.get("scene", [])},
            texts={str(entry[ENGLISH]): str(entry[language]) for entry in data.get("text", [])},
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EngineFault(
            Fault("catalogue", f"The library's {path.name} is not right: {error}.", hint="Correct that file.")
        ) from error


def problems(template: Template, found: Translation) -> Iterator[str]:
    """What keeps a catalogue from being used, in words for its translator."""
    for name, text in (("title", found.title), ("summary", found.summary)):
        if not text.strip():
            yield f"{name} is not translated"
    if len([each for each in found.phrases if each.strip()]) < LEAST_PHRASES:
        yield f"it needs at least {LEAST_PHRASES} phrases"
    for card in template.storyboard.scenes:
        for key in _SCENE_TEXTS:
            if not found.scenes.get(card.name, {}).get(key, "").strip():
                yield f"scene {card.name}: {key} is not translated"
    wanted = strings.patterns(template.source)
    for pattern in wanted:
        yield from _text_problems(pattern, found.texts.get(pattern, ""))
    for pattern in found.texts.keys() - set(wanted):
        yield f"the code has no “{pattern}”; run the update"
    for name in found.scenes.keys() - {card.name for card in template.storyboard.scenes}:
        yield f"the card has no scene {name}; run the update"


def _text_problems(pattern: str, text: str) -> Iterator[str]:
    if not text.strip():
        yield f"“{pattern}” is not translated"
        return
    try:
        kept = sorted(strings.places_of(text)) == sorted(strings.places_of(pattern))
    except ValueError:
        kept = False
    if not kept:
        yield f"“{text}” must have the places of “{pattern}”, each once; double other braces"
    if [len(each) - len(each.lstrip(" ")) for each in (text, text[::-1])] != [
        len(each) - len(each.lstrip(" ")) for each in (pattern, pattern[::-1])
    ]:
        yield f"“{text}” must begin and end with the spaces of “{pattern}”"
    if set(text) & set(_QUOTES) - set(pattern):
        yield f"“{text}” must not hold {_QUOTES}: write ’ and the language's quotation marks"


@cache
def is_available(template: Template, language: str) -> bool:
    """Whether the template can be shown in a language, all of it."""
    if language == ENGLISH:
        return True
    path = path_of(template, language)
    return language in TRANSLATED and path.is_file() and not any(problems(template, read(path)))


@cache
def in_language(template: Template, language: str) -> Template:
    """The template in another language; its knobs keep their names. Raises RequestFault where it is not translated."""
    if language == ENGLISH:
        return template
    if not is_available(template, language):
        name = IN_ENGLISH.get(language, language)
        raise RequestFault(
            Fault(
                "not_translated",
                f"“{template.title}” is not yet translated into {name}.",
                hint=f"Take it in English. Captions can come in {', '.join(LANGUAGES.values())}.",
            )
        )
    found = read(path_of(template, language))
    source = strings.translated(template.source, found.texts)
    cards = tuple(
        SceneCard(card.name, **found.scenes[card.name], seconds=card.seconds) for card in template.storyboard.scenes
    )
    return replace(
        template,
        title=found.title,
        summary=found.summary,
        storyboard=Storyboard(found.title, cards, language),
        source=source,
        knobs=knobs.extract(source),
    )


def values_in(template: Template, language: str, values: Mapping[str, KnobValue]) -> dict[str, KnobValue]:
    """Knob values as the template in that language takes them: choices are words of it."""
    if language == ENGLISH:
        return dict(values)
    own = {knob.name: knob for knob in template.knobs}
    other = {knob.name: knob for knob in in_language(template, language).knobs}
    turned: dict[str, KnobValue] = {}
    for name, value in values.items():
        knob = own.get(name)
        chosen = knob.kind is KnobKind.CHOICE and value in knob.choices if knob else False
        turned[name] = other[name].choices[own[name].choices.index(str(value))] if chosen else value
    return turned


def settled(understanding: Understanding, language: str = "") -> tuple[Understanding, str]:
    """The language that something served comes in: the one that is asked for, or English where it is not translated.

    The teacher is told which, unless nobody asked.
    """
    wanted = language or understanding.language
    if wanted == ENGLISH:
        return understanding, ENGLISH
    library = catalogue.templates()
    slugs = [part.template or "" for part in understanding.parts or (understanding,)]
    name = IN_ENGLISH.get(wanted, wanted)
    if all(is_available(library[slug], wanted) for slug in slugs if slug in library):
        told, settled_on = f"Captions in {name}.", wanted
    else:
        told, settled_on = f"Captions in English: not yet translated into {name}.", ENGLISH
    return replace(understanding, understood=(*understanding.understood, told)), settled_on


# --- writing -----------------------------------------------------------------------------------------


def written(template: Template, language: str, found: Translation) -> str:
    """The catalogue as a file: every text of the template, with the translations there are."""
    phrases = [each for each in found.phrases if each.strip()]
    phrases += [""] * (LEAST_PHRASES - len(phrases))
    lines = [
        f"# {template.title}",
        f"title = {_quoted(found.title)}",
        f"# {template.summary}",
        f"summary = {_quoted(found.summary)}",
        "# What people say to ask for it, in their own words.",
        "phrases = [",
        *(f"  {_quoted(each)}," for each in phrases),
        "]",
    ]
    for card in template.storyboard.scenes:
        lines += ["", "[[scene]]", f"name = {_quoted(card.name)}"]
        for key in _SCENE_TEXTS:
            lines += [f"# {getattr(card, key)}", f"{key} = {_quoted(found.scenes.get(card.name, {}).get(key, ''))}"]
    for phrase in strings.phrases(template.source):
        lines += ["", "[[text]]", f"# {phrase.code}"]
        lines += [f"# {{{number}}} is {' '.join(code.split())}" for number, code in enumerate(phrase.places, 1)]
        lines += [f"en = {_quoted(phrase.pattern)}", f"{language} = {_quoted(found.texts.get(phrase.pattern, ''))}"]
    return "\n".join(lines) + "\n"


def update(template: Template, language: str) -> Translation:
    """Write the catalogue anew: new texts come in, texts that the code no longer has go out."""
    path = path_of(template, language)
    found = read(path) if path.is_file() else EMPTY
    path.write_text(written(template, language, found), encoding="utf-8")
    return found


def _quoted(text: str) -> str:
    kept: dict[str, Any] = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}
    return '"' + "".join(kept.get(each, each) for each in text) + '"'

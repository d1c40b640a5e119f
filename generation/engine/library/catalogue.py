"""The library's templates: hand-written animations with the words teachers use for them.

Each is `scenes/<subject>/<slug>.py`, exactly the code a teacher gets, beside `<slug>.toml`, its card.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from generation.engine import knobs, slices
from generation.engine.errors import EngineFault, RequestFault
from generation.engine.types import Fault, Knob, KnobValue, SceneCard, Storyboard

SCENES = Path(__file__).parent / "scenes"
LEVELS = ("primary", "secondary", "undergraduate")
LEAST_PHRASES = 8
READS = (
    "sequence", "equation", "slope", "data",
    "value", "unit", "difference", "reaction", "range_start", "range_end", "matrix",
    "coefficient_2", "coefficient_1", "coefficient_0", "equations", "points", "complex", "opposed",
)  # fmt: skip
_SLUG = re.compile(r"[a-z][a-z0-9_]{2,49}")
_FIELDS = {"title", "level", "summary", "phrases", "keywords", "excludes", "draws_any_formula", "scene", "knob"}
_SCENE_FIELDS = {"name", "title", "shown", "said", "seconds"}
_KNOB_FIELDS = {"words", "units", "names", "reads", "main"}


@dataclass(frozen=True, slots=True)
class KnobWords:
    """How a knob is spoken of in a prompt."""

    words: tuple[str, ...]
    units: tuple[str, ...] = ()  # the first is the knob's own; the others are converted to it
    names: Mapping[str, KnobValue] = field(default_factory=dict)  # phrase -> value: "on the moon" -> 1.62
    reads: str = "value"  # or one of READS: the others' unit, an end of a range, an entry of a matrix, a coefficient
    main: bool = False  # a lone number in its unit is its own, unless words beside it name another


@dataclass(frozen=True, slots=True)
class Template:
    """One animation of the library. `knob_words` holds only the knobs that are read from prompts."""

    slug: str
    subject: str
    title: str
    level: str
    summary: str
    phrases: tuple[str, ...]
    keywords: tuple[str, ...]
    excludes: tuple[str, ...]  # things close by that this template cannot show
    storyboard: Storyboard
    source: str
    knobs: tuple[Knob, ...]
    knob_words: Mapping[str, KnobWords]
    draws_any_formula: bool = False  # "plot x^2 - 3" alone means this template

    def __hash__(self) -> int:
        return hash(self.slug)


@cache
def templates() -> Mapping[str, Template]:
    """All templates by slug, read once. Raises EngineFault `catalogue` naming the file that is wrong."""
    return load(SCENES)


def load(folder: Path) -> Mapping[str, Template]:
    """The templates of a folder laid out as <subject>/<slug>.{py,toml}. Raises EngineFault `catalogue`."""
    found: dict[str, Template] = {}
    for card in sorted(folder.glob("*/*.toml")):
        if "." in card.stem:  # a catalogue of translations
            continue
        template = _Card(card).template()
        if template.slug in found:
            raise _wrong(card, f"another subject already has a template called {template.slug}")
        found[template.slug] = template
    return MappingProxyType(found)


class _Card:
    """One .toml file while it is being read and checked against its code."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self.data: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
            self.source = path.with_suffix(".py").read_text(encoding="utf-8")
            self.knobs = knobs.extract(self.source)
        except (OSError, ValueError) as error:
            raise _wrong(path, str(error)) from error
        except RequestFault as error:
            raise _wrong(path.with_suffix(".py"), error.fault.message) from error

    def template(self) -> Template:
        """Build the template. Raises EngineFault."""
        slug = self.path.stem
        self.require(bool(_SLUG.fullmatch(slug)), "a file name is made of small letters, digits and underscores")
        self.refuse_unknown(self.data, _FIELDS, "the card")
        level = self.text(self.data, "level")
        self.require(level in LEVELS, f"level must be one of {', '.join(LEVELS)}")
        phrases = self.texts(self.data, "phrases")
        self.require(len(phrases) >= LEAST_PHRASES, f"it needs at least {LEAST_PHRASES} phrases, it has {len(phrases)}")
        keywords = self.texts(self.data, "keywords")
        self.require(bool(keywords), "it needs keywords")
        title = self.text(self.data, "title")
        return Template(
            slug=slug,
            subject=self.path.parent.name,
            title=title,
            level=level,
            summary=self.text(self.data, "summary"),
            phrases=phrases,
            keywords=keywords,
            excludes=self.texts(self.data, "excludes"),
            storyboard=Storyboard(title, self.scenes()),
            source=self.source,
            knobs=self.knobs,
            knob_words=self.knob_words(),
            draws_any_formula=bool(self.data.get("draws_any_formula", False)),
        )

    def scenes(self) -> tuple[SceneCard, ...]:
        """The cards of the storyboard, which must be the scenes of the code."""
        entries = self.data.get("scene") or []
        self.require(isinstance(entries, list), "scenes are written as [[scene]]")
        cards = tuple(self.scene(entry) for entry in entries)
        written, coded = [card.name for card in cards], slices.scene_names(self.source)
        missing = [name for name in coded if name not in written]
        unknown = [name for name in written if name not in coded]
        self.require(not missing, f"it has no [[scene]] for {', '.join(missing)}")
        self.require(not unknown, f"its code has no scene called {', '.join(unknown)}")
        self.require(len(written) == len(set(written)) > 0, "it needs scenes, each once")
        return cards

    def scene(self, entry: dict[str, Any]) -> SceneCard:
        """One card of the storyboard."""
        self.refuse_unknown(entry, _SCENE_FIELDS, "a [[scene]]")
        seconds = entry.get("seconds")
        self.require(isinstance(seconds, int | float) and 0 < seconds <= 300, "each scene says its seconds, 1 to 300")
        name, title, shown, said = (self.text(entry, key) for key in ("name", "title", "shown", "said"))
        return SceneCard(name, title, shown, said, float(entry["seconds"]))

    def knob_words(self) -> Mapping[str, KnobWords]:
        """The [knob.*] tables, whose knobs must exist."""
        known = {knob.name for knob in self.knobs}
        tables = self.data.get("knob") or {}
        for name, table in tables.items():
            self.require(name in known, f"[knob.{name}] has no knob of that name in the code")
            self.refuse_unknown(table, _KNOB_FIELDS, f"[knob.{name}]")
            self.require(table.get("reads", "value") in READS, f"[knob.{name}] reads one of {', '.join(READS)}")
        return {
            name: KnobWords(
                words=self.texts(table, "words"),
                units=self.texts(table, "units"),
                names=MappingProxyType({str(key).lower(): value for key, value in table.get("names", {}).items()}),
                reads=table.get("reads", "value"),
                main=table.get("main", False) is True,
            )
            for name, table in tables.items()
        }

    def text(self, table: Mapping[str, Any], key: str) -> str:
        """A line of text that must be there."""
        value = table.get(key)
        if not isinstance(value, str) or not value.strip():
            raise _wrong(self.path, f"“{key}” is missing")
        return " ".join(value.split())

    def texts(self, table: Mapping[str, Any], key: str) -> tuple[str, ...]:
        """A list of texts, which may be left out."""
        values = table.get(key, [])
        if not isinstance(values, list) or not all(isinstance(each, str) and each.strip() for each in values):
            raise _wrong(self.path, f"“{key}” must be a list of texts")
        return tuple(values)

    def refuse_unknown(self, table: Mapping[str, Any], fields: set[str], where: str) -> None:
        """Misspelt fields would be lost in silence."""
        unknown = sorted(set(table) - fields)
        self.require(not unknown, f"{where} has fields I do not know: {', '.join(unknown)}")

    def require(self, holds: bool, otherwise: str) -> None:
        """Raise EngineFault with the reason unless it holds."""
        if not holds:
            raise _wrong(self.path, otherwise)


def _wrong(path: Path, why: str) -> EngineFault:
    place = f"{path.parent.name}/{path.name}"
    return EngineFault(
        Fault(code="catalogue", message=f"The library's {place} is not right: {why}.", hint="Correct that file.")
    )

"""The index of Manim's names, read from the JSON that the survey wrote. Manim itself is not imported."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

MANIM_VERSION = "0.22.0"


def index_file(version: str) -> Path:
    """Where the index of a version of Manim is kept."""
    return Path(__file__).with_name(f"manim-{version}.json")


@dataclass(frozen=True, slots=True)
class Signature:
    """How something is called. `keywords` holds every keyword that is taken, those handed on included."""

    shown: str
    positional: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    keywords: frozenset[str] = frozenset()
    more: bool = False  # any number of positional arguments
    open: bool = False  # any keyword
    gives: str = ""  # the class of what it returns; "Self" for its own

    def told(self, name: str) -> str:
        """The signature with its name, and with the keywords that it hands on."""
        handed_on = sorted(self.keywords - set(self.positional) - _named_in(self.shown))
        also = f"; **kwargs may be: {', '.join(handed_on)}" if handed_on and "**" in self.shown else ""
        return f"{name}{self.shown}{also}"


def _named_in(shown: str) -> set[str]:
    return {part.partition("=")[0].strip(" *()") for part in shown.split(",")}


@dataclass(frozen=True, slots=True)
class Described:
    """A class: the names of what it derives from, nearest first, and what it defines itself."""

    name: str
    bases: tuple[str, ...] = ()
    init: Signature | None = None
    methods: Mapping[str, Signature] = field(default_factory=dict)
    attributes: frozenset[str] = frozenset()
    open: bool = False  # it may have more than is listed
    hidden: bool = False  # not exported by Manim


@dataclass(frozen=True)
class Index:
    """What may be named and how it may be called."""

    version: str
    functions: Mapping[str, Signature]
    classes: Mapping[str, Described]
    values: frozenset[str]
    loose: frozenset[str]  # attributes that code sets on objects of any class

    @functools.cached_property
    def exported(self) -> frozenset[str]:
        """Every name that `from manim import *` brings."""
        return frozenset({*self.functions, *self.values, *(n for n, each in self.classes.items() if not each.hidden)})

    def line(self, name: str) -> tuple[Described, ...]:
        """A class and all it derives from, nearest first; those not in the index are left out."""
        first = self.classes.get(name)
        return () if first is None else (first, *(self.classes[base] for base in first.bases if base in self.classes))

    def method(self, of: str, name: str) -> Signature | None:
        """The signature of a method of a class, its own or inherited."""
        return next((each.methods[name] for each in self.line(of) if name in each.methods), None)

    def members(self, of: str) -> set[str]:
        """Everything that objects of a class have."""
        return {name for each in self.line(of) for name in (*each.methods, *each.attributes)}

    def below(self, of: str) -> Iterator[str]:
        """The classes that derive from one."""
        return (name for name, each in self.classes.items() if of in each.bases)

    def is_open(self, of: str) -> bool:
        """Whether objects of a class may have more than is listed."""
        line = self.line(of)
        return not line or any(each.open for each in line)

    def with_classes(self, more: Iterable[Described], functions: Mapping[str, Signature] | None = None) -> Index:
        """The index with further classes and functions, which stand before those of the same name."""
        classes = {**self.classes, **{each.name: each for each in more}}
        return Index(self.version, {**self.functions, **(functions or {})}, classes, self.values, self.loose)


@functools.cache
def manim_index() -> Index:
    """The index of the Manim that this product draws with."""
    found = json.loads(index_file(MANIM_VERSION).read_text(encoding="utf-8"))
    return Index(
        version=found["manim"],
        functions={name: _signature(each) for name, each in found["functions"].items()},
        classes={name: _described(name, each) for name, each in found["classes"].items()},
        values=frozenset(found["values"]),
        loose=frozenset(found["loose"]),
    )


def _described(name: str, found: Mapping[str, Any]) -> Described:
    return Described(
        name=name,
        bases=tuple(found["bases"]),
        init=_signature(found["init"]) if "init" in found else None,
        methods={each: _signature(signature) for each, signature in found["methods"].items()},
        attributes=frozenset(found["attributes"]),
        open=found.get("open", False),
        hidden=found.get("hidden", False),
    )


def _signature(found: Mapping[str, Any]) -> Signature:
    return Signature(
        shown=found["shown"],
        positional=tuple(found.get("positional", ())),
        required=tuple(found.get("required", ())),
        keywords=frozenset(found.get("keywords", ())),
        more=found.get("more", False),
        open=found.get("open", False),
        gives=found.get("gives", ""),
    )

"""The scenes of one file, each as code of its own: what it needs is brought along, what it can't have is said."""

from __future__ import annotations

import ast
import builtins
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from generation.engine.apiindex import index
from training.extract import blockers, tokens
from training.extract.blockers import Blocker
from training.extract.definitions import GL_MODULES, FileParts, Part, take_apart
from training.extract.vocabulary import OLDER, vocabulary

EARLY, MIDDLE, LATE = "2015-2019", "2020-2021", "2022-"
_LATE = re.compile(r"\b(?:InteractiveScene|TexText|t2c|reorient|fix_in_frame|set_backstroke|f_always|time_span)\b")
_OLD_TEX = re.compile(r"\b(?:OldTex|OldTexText|TexMobject|TextMobject)\b")
_MIDDLE = re.compile(r"\.animate\b|\bcamera\.frame\b|self\.embed\(")
# Bases that make a class a scene though neither the file nor ManimGL says so.
_SCENE = re.compile(r"Scene$")


@dataclass(frozen=True, slots=True)
class Extracted:
    """A scene with all it needs from its file."""

    id: str
    path: str
    scene: str
    generation: str
    source: str
    lines: tuple[int, int]
    tokens: int
    bases: tuple[str, ...]
    blockers: tuple[Blocker, ...]

    @property
    def convertible(self) -> bool:
        """Whether nothing is known that would keep it from being converted."""
        return not self.blockers


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a checkout's other files bring: names by the file they come from, and its modules."""

    brought: Mapping[str, str]
    modules: frozenset[str]


ALONE = Surroundings({}, frozenset())


def scenes_of(text: str, path: str, around: Surroundings = ALONE) -> tuple[Extracted, ...]:
    """Every scene of a file that has something to construct; a file that can't be read is one blocked row."""
    try:
        parts = take_apart(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        why = (Blocker(blockers.UNPARSABLE, str(error)[:120]),)
        return (Extracted(_id(path, "", text), path, "", "", "", (1, text.count("\n") + 1), 0, (), why),)
    classes = parts.classes()
    return tuple(
        _extracted(parts, part, path, around)
        for part in parts.parts
        if isinstance(part.node, ast.ClassDef)
        and classes[part.node.name] is part.node
        and is_scene(part.node.name, classes)
        and _constructs(part.node.name, classes)
    )


def line_of(name: str, classes: Mapping[str, ast.ClassDef]) -> list[str]:
    """A class and its bases, nearest first: those of the file, and the first outside it of each branch."""
    found: list[str] = []
    waiting = [name]
    while waiting:
        each = waiting.pop(0)
        if each in found:
            continue
        found.append(each)
        if each in classes:
            waiting += [_base(base) for base in classes[each].bases if _base(base)]
    return found


def _base(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def is_scene(name: str, classes: Mapping[str, ast.ClassDef]) -> bool:
    """Whether a class derives from a scene."""
    outside = [each for each in line_of(name, classes) if each not in classes]
    return any(_SCENE.search(each) or "Scene" in vocabulary().line(each) for each in outside)


def _constructs(name: str, classes: Mapping[str, ast.ClassDef]) -> bool:
    """Whether it or a base of the file says what is shown."""
    return any(
        isinstance(part, ast.FunctionDef) and part.name == "construct"
        for each in line_of(name, classes)
        if each in classes
        for part in classes[each].body
    )


def _extracted(parts: FileParts, part: Part, path: str, around: Surroundings) -> Extracted:
    needed = needed_by(parts, part)
    reads = frozenset().union(*(each.reads for each in needed))
    source = _source(parts, needed, reads)
    name = part.names[0]
    return Extracted(
        id=_id(path, name, source),
        path=path,
        scene=name,
        generation=generation_of(source),
        source=source,
        lines=(part.first, part.last),
        tokens=tokens.count(source),
        bases=tuple(each for each in line_of(name, parts.classes()) if each not in parts.classes()),
        blockers=tuple(sorted(set(_blockers(parts, needed, reads, around)))),
    )


def needed_by(parts: FileParts, part: Part) -> list[Part]:
    """A part and everything of the file that it needs, in the file's order."""
    found: list[Part] = []
    waiting = [part]
    while waiting:
        each = waiting.pop()
        if each in found:
            continue
        found.append(each)
        for name in each.reads:
            waiting += parts.defining(name)
    return sorted(found, key=lambda each: each.first)


def _source(parts: FileParts, needed: Iterable[Part], reads: frozenset[str]) -> str:
    """The imports in use and the parts."""
    heads = [f"from {module} import *" for module in parts.stars if _harmless(module)]
    named: dict[str, None] = {}
    for name, node in parts.imports.items():
        if name in reads and isinstance(node, ast.Import | ast.ImportFrom):
            alias = next(each for each in node.names if name in {each.asname, each.name, each.name.partition(".")[0]})
            one = (
                ast.Import([alias])
                if isinstance(node, ast.Import)
                else ast.ImportFrom(node.module, [alias], node.level)
            )
            named[ast.unparse(one)] = None
    body = "\n\n\n".join(parts.source(each) for each in needed)
    return "\n".join([*heads, *named]) + f"\n\n\n{body}\n"


def generation_of(source: str) -> str:
    """Which of ManimGL's three ways of writing a scene uses."""
    if _LATE.search(source):
        return LATE
    if _MIDDLE.search(source):
        return MIDDLE
    return (
        EARLY
        if _OLD_TEX.search(source) or "CONFIG" in source or not re.search(r"from manimlib import", source)
        else LATE
    )


def _blockers(parts: FileParts, needed: list[Part], reads: frozenset[str], around: Surroundings) -> Iterator[Blocker]:
    own = {name for each in parts.parts for name in each.names}
    methods = {each.name for part in needed for each in ast.walk(part.node) if isinstance(each, ast.FunctionDef)}
    others = [each for each in parts.stars if not _harmless(each)]
    for name in sorted(reads - own):
        kind = _name(name, parts, around)
        if kind == blockers.UNDEFINED and others:  # it may come from one of those
            kind = blockers.CROSS_FILE if any(_inside(each, around) for each in others) else blockers.THIRD_PARTY
        if kind:
            yield Blocker(kind, name)
    for attribute in sorted(frozenset().union(*(each.attributes for each in needed)) - methods):
        if attribute in blockers.PI_METHODS:
            yield Blocker(blockers.PI_CREATURES, attribute)
        elif attribute in blockers.GL_METHODS:
            yield Blocker(blockers.GL_ONLY, attribute)


def _harmless(module: str) -> bool:
    """Whether all that a module brings is there after conversion."""
    return module.lstrip(".").startswith(GL_MODULES) or module.partition(".")[0] in blockers.HARMLESS


def _name(name: str, parts: FileParts, around: Surroundings) -> str:
    """What keeps a scene with this name from being converted, empty where nothing does."""
    if name in parts.imported:
        return _imported(name, parts.imported[name], around)
    known = (
        (blockers.PI_CREATURES, blockers.PI_NAMES), (blockers.ASSETS, blockers.ASSET_NAMES),
        (blockers.GL_ONLY, blockers.GL_NAMES), (blockers.NO_EQUAL, blockers.DRAWINGS),
    )  # fmt: skip
    for kind, names in known:
        if name in names:
            return kind
    if name in vocabulary().names or name in OLDER or name in index().exported or hasattr(builtins, name):
        return ""
    if name in around.brought:
        return blockers.PI_CREATURES if around.brought[name].startswith("custom") else blockers.CROSS_FILE
    return blockers.UNDEFINED


def _imported(name: str, module: str, around: Surroundings) -> str:
    root = module.lstrip(".").partition(".")[0]
    if module.startswith(".") or _inside(module, around):
        return blockers.PI_CREATURES if root == "custom" else blockers.CROSS_FILE
    if root in GL_MODULES:
        return _name(name, FileParts(""), around)
    if root in blockers.HARMLESS:
        return ""
    return blockers.ASSETS if root in blockers.FILES else blockers.THIRD_PARTY


def _inside(module: str, around: Surroundings) -> bool:
    """Whether a module is one of the checkout's own files."""
    return module.startswith(".") or module.partition(".")[0] in around.modules


def _id(path: str, name: str, source: str) -> str:
    """The same for the same scene of the same text, whatever else changes in its file."""
    lines = "\n".join(line.rstrip() for line in source.strip().splitlines())
    return f"{path}::{name}@{hashlib.sha256(lines.encode()).hexdigest()[:12]}"

"""One file taken apart: what it defines at its top, where, and which names each part needs."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field

from generation.engine import syntax

GL_MODULES = ("manim_imports_ext", "manimlib", "big_ol_pile_of_manim_imports")


@dataclass(frozen=True, slots=True)
class Part:
    """A statement at the top of a file: the names it defines, its lines (from 1, both ends), what it reads."""

    names: tuple[str, ...]
    first: int
    last: int
    node: ast.stmt
    reads: frozenset[str]  # names it reads and does not bind itself
    attributes: frozenset[str]


@dataclass(slots=True)
class FileParts:
    """A file's text and parts. `stars` are the modules whose names all come in; `imported` says which name is whose."""

    text: str
    parts: list[Part] = field(default_factory=list)
    stars: list[str] = field(default_factory=list)
    imported: dict[str, str] = field(default_factory=dict)
    imports: dict[str, ast.stmt] = field(default_factory=dict)

    def defining(self, name: str) -> list[Part]:
        """The parts that define a name."""
        return [each for each in self.parts if name in each.names]

    def classes(self) -> dict[str, ast.ClassDef]:
        """The classes of the file; of two by one name the last one counts."""
        return {each.node.name: each.node for each in self.parts if isinstance(each.node, ast.ClassDef)}

    def source(self, part: Part) -> str:
        """The lines of a part, with the comments right above it."""
        lines = self.text.splitlines()
        first = part.first
        while first > 1 and lines[first - 2].startswith("#"):
            first -= 1
        return "\n".join(lines[first - 1 : part.last])


def take_apart(text: str) -> FileParts:
    """Read a file. Raises SyntaxError or ValueError where it can't be read."""
    found = FileParts(text)
    for node in syntax.parse(text).body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            _import(node, found)
        elif not _is_text(node) and not _is_main(node):
            names = tuple(dict.fromkeys(_defined(node)))
            first = min([node.lineno, *(each.lineno for each in getattr(node, "decorator_list", []))])
            reads, attributes = names_in(node)
            found.parts.append(Part(names, first, node.end_lineno or node.lineno, node, reads, attributes))
    return found


def _import(node: ast.Import | ast.ImportFrom, found: FileParts) -> None:
    for alias in node.names:
        module = ("." * node.level + (node.module or "")) if isinstance(node, ast.ImportFrom) else alias.name
        if alias.name == "*":
            found.stars.append(module)
            continue
        name = alias.asname or (alias.name.partition(".")[0] if isinstance(node, ast.Import) else alias.name)
        found.imported[name] = module
        found.imports[name] = node


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _is_main(node: ast.stmt) -> bool:
    return isinstance(node, ast.If) and "__name__" in ast.unparse(node.test)


def _defined(node: ast.stmt) -> Iterator[str]:
    """The names that a statement at the top binds there."""
    if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
        yield node.name
        return
    for each in ast.walk(node):
        if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store):
            yield each.id


def names_in(node: ast.AST) -> tuple[frozenset[str], frozenset[str]]:
    """The names that a piece of code reads and does not itself bind, and the attributes it reads."""
    read: set[str] = set()
    bound: set[str] = set()
    attributes: set[str] = set()
    for each in ast.walk(node):
        if isinstance(each, ast.Name):
            (read if isinstance(each.ctx, ast.Load) else bound).add(each.id)
        elif isinstance(each, ast.arg):
            bound.add(each.arg)
        elif isinstance(each, ast.Attribute):
            attributes.add(each.attr)
        elif isinstance(each, ast.ExceptHandler):
            bound |= {each.name} if each.name else set()
        elif isinstance(each, ast.FunctionDef):
            bound |= {each.name} if each is not node else set()
        elif isinstance(each, ast.alias):
            bound.add((each.asname or each.name).partition(".")[0])
    return frozenset(read - bound), frozenset(attributes)

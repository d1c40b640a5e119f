"""Scenes written apart become one module. A helper or constant that two scenes name alike gets a name of its own."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass

from generation.engine import composing, slices

HEAD = ("from manim import *", "from theorama_kit import *")


@dataclass(frozen=True, slots=True)
class _Part:
    """One scene's module, taken apart."""

    imports: tuple[str, ...]
    pieces: tuple[tuple[frozenset[str], str], ...]  # names a statement binds at the top, and its text


def with_head(code: str) -> str:
    """A scene's module with the two imports that every one begins with, in place of whatever it imports so."""
    part = _taken_apart(code)
    more = [each for each in part.imports if each not in HEAD]
    return _put_together(more, [text for _, text in part.pieces])


def joined(codes: Sequence[str]) -> str:
    """One module of several, each written on its own. The scenes keep their names."""
    imports: list[str] = []
    pieces: list[str] = []
    known: dict[str, str] = {}
    for number, code in enumerate(codes, start=1):
        part = _taken_apart(_apart_from(code, known, number))
        imports += [each for each in part.imports if each not in (*HEAD, *imports)]
        for bound, text in part.pieces:
            if bound and all(known.get(name) == text for name in bound):
                continue  # the very same helper or knob is there already
            known.update(dict.fromkeys(bound, text))
            pieces.append(text)
    return _put_together(imports, pieces)


def _put_together(imports: Sequence[str], pieces: Sequence[str]) -> str:
    return "\n".join([*HEAD, *imports]) + "\n\n\n" + "\n\n\n".join(pieces) + "\n"


def _apart_from(code: str, known: dict[str, str], number: int) -> str:
    """The module with those names changed that an earlier one uses for something else."""
    clashing = {
        name: f"{name}_{number}"
        for bound, text in _taken_apart(code).pieces
        for name in bound
        if name in known and known[name] != text
    }
    return composing.with_names(code, clashing) if clashing else code


def _taken_apart(code: str) -> _Part:
    lines = code.split("\n")
    imports: list[str] = []
    pieces: list[tuple[frozenset[str], str]] = []
    last = 0
    for statement in slices.parse(code).body:
        decorators = getattr(statement, "decorator_list", [])
        first = min([statement.lineno, *(each.lineno for each in decorators)])
        end = statement.end_lineno or statement.lineno
        if isinstance(statement, ast.Import | ast.ImportFrom):
            imports.append(ast.unparse(statement))
        elif first > last and not _is_docstring(statement):
            comments = _comments_above(lines, last, first)
            pieces.append((frozenset(slices.bound_names(statement)), "\n".join([*comments, *lines[first - 1 : end]])))
        last = max(last, end)
    return _Part(tuple(imports), tuple(pieces))


def _comments_above(lines: list[str], last: int, first: int) -> list[str]:
    above: list[str] = []
    for line in reversed(lines[last : first - 1]):
        if not line.startswith("#"):
            break
        above.insert(0, line)
    return above


def _is_docstring(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)

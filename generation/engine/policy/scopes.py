"""Which binding a name means, as Python's own rules have it, worked out without running anything."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field

FUNCTIONS = (ast.FunctionDef, ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_SCOPES = (*FUNCTIONS, ast.ClassDef)


@dataclass(slots=True)
class Scope:
    """A function's or a class's own names."""

    is_class: bool
    is_comprehension: bool = False
    bound: set[str] = field(default_factory=set)


def scope_of(node: ast.AST) -> Scope:
    """The scope a function, lambda, comprehension or class opens."""
    scope = Scope(isinstance(node, ast.ClassDef), isinstance(node, FUNCTIONS[2:]))
    if isinstance(node, ast.FunctionDef | ast.Lambda):
        given = node.args
        several = [*given.posonlyargs, *given.args, *given.kwonlyargs]
        scope.bound |= {one.arg for one in (*several, given.vararg, given.kwarg) if one is not None}
        body: list[ast.AST] = list(node.body) if isinstance(node, ast.FunctionDef) else [node.body]
    elif isinstance(node, ast.ClassDef):
        body = list(node.body)
    else:
        body = list(ast.iter_child_nodes(node))
    for part in body:
        scope.bound |= set(_binds(part))
    return scope


def _binds(node: ast.AST) -> Iterator[str]:
    """Names a statement or expression binds in the scope it stands in."""
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
        yield node.id
    elif isinstance(node, ast.FunctionDef | ast.ClassDef):
        yield node.name
    if not isinstance(node, _SCOPES):
        for child in ast.iter_child_nodes(node):
            yield from _binds(child)


def within_scope(node: ast.AST) -> Iterator[ast.AST]:
    """A node and what is below it in the same scope."""
    yield node
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, _SCOPES):
            yield from within_scope(child)


def module_bindings(tree: ast.Module) -> tuple[set[str], dict[str, int]]:
    """(all names bound at the top, those bound there unconditionally with the position from which they hold)."""
    every: set[str] = set()
    firm: dict[str, int] = {}
    for position, statement in enumerate(tree.body):
        every |= set(_binds(statement))
        if isinstance(statement, ast.FunctionDef | ast.ClassDef):
            firm.setdefault(statement.name, position)
        elif isinstance(statement, ast.Assign):
            for target in statement.targets:
                for name in _plain(target):
                    firm.setdefault(name, position)
        elif isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name) and statement.value:
            firm.setdefault(statement.target.id, position)
    return every, firm


def _plain(target: ast.expr) -> Iterator[str]:
    if isinstance(target, ast.Name):
        yield target.id
    elif isinstance(target, ast.Tuple | ast.List):
        for part in target.elts:
            yield from _plain(part)

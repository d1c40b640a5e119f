"""The part of a source that one scene needs, found by reading the syntax tree. Nothing is executed.

A slice is what makes the scene the unit of rendering, caching and failing: a knob or a line that one scene
does not reach does not change that scene's slice. When in doubt a statement is kept, never dropped.
"""

from __future__ import annotations

import ast
import functools
import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from generation.engine import syntax
from generation.engine.errors import RequestFault
from generation.engine.types import Fault

MAX_DEPTH = 200  # of the syntax tree: deeper code could exhaust Python's own recursion in the readers after us
_SCENE_BASE = re.compile(r"(Scene|Stage)$")
_NEWLINE = re.compile(r"\r\n|\r|\n")  # what Python counts as a line; str.splitlines() also cuts at form feeds
_DYNAMIC = {"globals", "locals", "vars", "exec", "eval", "__import__", "setattr"}
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_SCOPES = (*_DEFINITIONS, ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_EFFECTS = (ast.Expr, ast.Delete, ast.Assert, ast.Raise)


def parse(source: str) -> ast.Module:
    """The syntax tree of `source`; RequestFault `syntax` with the line when it does not parse."""
    try:
        tree = syntax.parse(source)
    except SyntaxError as error:
        where = f" on line {error.lineno}" if error.lineno else ""
        message = f"The code cannot be read as Python: {error.msg}{where}."
        raise _syntax_fault(message, error.lineno) from error
    except (ValueError, RecursionError, MemoryError) as error:
        raise _syntax_fault(
            "The code cannot be read as Python: it holds characters or nesting Python refuses."
        ) from error
    _refuse_depth(tree)
    return tree


def scene_names(source: str) -> tuple[str, ...]:
    """Names of the Scene classes of `source` that can be rendered, in order of definition."""
    return _scenes(parse(source))


def scene_slice(source: str, scene: str) -> str:
    """`source` with every top-level statement that `scene` does not need blanked; line numbers stay the same."""
    units = _read(source)
    kept = _needed_by(units, _require(units, scene))
    lines = _NEWLINE.split(source)
    wanted = {number for index in kept for number in range(units[index].first, units[index].last + 1)}
    return "\n".join(line if number in wanted else "" for number, line in enumerate(lines, start=1))


def fingerprint(source: str, scene: str) -> str:
    """A hash of what `scene` needs: the same for the same code whatever its comments, spacing and other scenes."""
    units = _read(source)
    kept = _needed_by(units, _require(units, scene))
    digest = hashlib.sha256(scene.encode())
    for index in sorted(kept):
        for statement in units[index].statements:
            digest.update(b"\0" + ast.dump(statement).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


@functools.lru_cache(maxsize=4)
def _read(source: str) -> list[_Unit]:
    """The units of `source`, which nobody changes: each scene of an animation asks for the same."""
    return _units(parse(source))


def scenes_by_line(source: str) -> dict[int, tuple[str, ...]]:
    """For each line of a top-level statement, the scenes whose slice holds it."""
    tree = parse(source)
    units = _units(tree)
    kept = {scene: _needed_by(units, scene) for scene in _scenes(tree)}
    return {
        line: tuple(scene for scene, indices in kept.items() if index in indices)
        for index, unit in enumerate(units)
        for line in range(unit.first, unit.last + 1)
    }


@dataclass
class _Unit:
    """Top-level statements that share lines (nearly always one), with what they bind and use."""

    first: int
    last: int
    statements: list[ast.stmt] = field(default_factory=list)
    binds: set[str] = field(default_factory=set)
    uses: set[str] = field(default_factory=set)
    touches: set[str] = field(default_factory=set)  # names whose value these statements may change
    always: bool = False

    def add(self, statement: ast.stmt, last: int) -> None:
        """Take in one more statement that begins on our last line."""
        self.statements.append(statement)
        self.last = max(self.last, last)
        self.binds |= set(bound_names(statement))
        self.uses |= _used_names(statement)
        self.touches |= _touched_names(statement)
        self.always = self.always or _has_effect(statement)


def _syntax_fault(message: str, line: int | None = None) -> RequestFault:
    return RequestFault(Fault(code="syntax", message=message, hint="Correct that line and try again.", line=line))


def _refuse_depth(tree: ast.Module) -> None:
    layer: list[ast.AST] = [tree]
    for _ in range(MAX_DEPTH):
        layer = [child for node in layer for child in ast.iter_child_nodes(node)]
        if not layer:
            return
    line = next((node.lineno for node in layer if isinstance(node, ast.expr | ast.stmt)), None)
    raise _syntax_fault("The code is nested too deeply to be read.", line)


def _require(units: list[_Unit], scene: str) -> str:
    if any(isinstance(each, ast.ClassDef) and each.name == scene for unit in units for each in unit.statements):
        return scene
    raise RequestFault(
        Fault(code="scene", message=f"The code has no scene called “{scene}”.", hint="Choose one of its scenes.")
    )


def _scenes(tree: ast.Module) -> tuple[str, ...]:
    """A scene is a class over Scene, Stage or another scene that has a construct, its own or inherited here."""
    staged: dict[str, bool] = {}  # class name -> has a construct
    for statement in tree.body:
        if not isinstance(statement, ast.ClassDef):
            continue
        bases = {_last_name(base) for base in statement.bases}
        if any(base in staged or _SCENE_BASE.search(base) for base in bases):
            own = any(isinstance(each, ast.FunctionDef) and each.name == "construct" for each in statement.body)
            staged[statement.name] = own or any(staged.get(base, False) for base in bases)
    return tuple(name for name, constructs in staged.items() if constructs)


def _last_name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _units(tree: ast.Module) -> list[_Unit]:
    units: list[_Unit] = []
    for statement in tree.body:
        decorators = getattr(statement, "decorator_list", [])
        first = min([statement.lineno, *(each.lineno for each in decorators)])
        last = statement.end_lineno or statement.lineno
        if not units or first > units[-1].last:
            units.append(_Unit(first, last))
        units[-1].add(statement, last)
    _drop_harmless_touches(units)
    return units


def _drop_harmless_touches(units: list[_Unit]) -> None:
    """Numbers and words cannot be changed in place, and a call changes only what its function can reach."""
    statements = [statement for unit in units for statement in unit.statements]
    mutable = {
        name
        for statement in statements
        if not isinstance(statement, (*_DEFINITIONS, ast.Import, ast.ImportFrom)) and not _binds_constant(statement)
        for name in bound_names(statement)
    }
    meddling = {
        statement.name
        for statement in statements
        if isinstance(statement, ast.FunctionDef)
        and (_touched_names(statement) & mutable or any(isinstance(node, ast.Global) for node in ast.walk(statement)))
    }
    for unit in units:
        unit.touches &= mutable | meddling


def _binds_constant(statement: ast.stmt) -> bool:
    value = statement.value if isinstance(statement, ast.Assign | ast.AnnAssign) else None
    if isinstance(value, ast.UnaryOp):
        value = value.operand
    return isinstance(value, ast.Constant) or (isinstance(value, ast.Call) and _last_name(value.func) == "knob")


def _needed_by(units: list[_Unit], scene: str) -> set[int]:
    if any(_DYNAMIC & unit.uses for unit in units):
        return set(range(len(units)))  # names made or read at run time cannot be followed
    kept = _closure(units, {scene})
    for index, unit in enumerate(units):
        if unit.always or _draws_random(units, unit):
            kept |= _closure(units, unit.uses) | {index}
    return _with_touching(units, kept)


def _closure(units: list[_Unit], names: Iterable[str]) -> set[int]:
    kept: set[int] = set()
    known: set[str] = set()
    waiting = set(names)
    while waiting:
        known |= waiting
        found = {index for index, unit in enumerate(units) if index not in kept and unit.binds & waiting}
        kept |= found
        waiting = {name for index in found for name in units[index].uses} - known
    return kept


def _with_touching(units: list[_Unit], kept: set[int]) -> set[int]:
    """Also what may change a kept value in place, until nothing more is found."""
    while True:
        held = {name for index in kept for name in units[index].binds}
        more = {index for index, unit in enumerate(units) if index not in kept and unit.touches & held}
        if not more:
            return kept
        kept = kept | more | _closure(units, {name for index in more for name in units[index].uses})


def _draws_random(units: list[_Unit], unit: _Unit) -> bool:
    """Whether running this statement may advance a shared random generator, which later draws depend on."""
    if all(isinstance(each, (*_DEFINITIONS, ast.Import, ast.ImportFrom)) for each in unit.statements):
        return False
    reached = [unit, *(units[index] for index in _closure(units, unit.uses))]
    return any("random" in each.uses for each in reached)


def bound_names(statement: ast.stmt) -> Iterator[str]:
    """Module-level names this statement gives a value, also through `global` in a function."""
    for node in _own_scope(statement):
        if isinstance(node, _DEFINITIONS):
            yield node.name
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store | ast.Del):
            yield node.id
        elif isinstance(node, ast.alias):
            yield (node.asname or node.name).split(".")[0]
        elif isinstance(node, ast.ExceptHandler | ast.MatchAs | ast.MatchStar) and node.name:
            yield node.name
    for node in ast.walk(statement):
        if isinstance(node, ast.Global):
            yield from node.names
        elif isinstance(node, ast.NamedExpr):
            yield node.target.id


def _own_scope(node: ast.AST) -> Iterator[ast.AST]:
    """Nodes whose names belong to the module: not the inside of functions, classes and comprehensions."""
    yield node
    if isinstance(node, _DEFINITIONS):
        return
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, _SCOPES):
            yield from _own_scope(child)
        elif isinstance(child, _DEFINITIONS):
            yield child


def _used_names(statement: ast.stmt) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(statement):
        if isinstance(node, ast.Name) and (isinstance(node.ctx, ast.Load) or isinstance(statement, ast.AugAssign)):
            names.add(node.id)
        elif getattr(node, "attr", "") == "random" or _imports_random(node):
            names.add("random")
        elif isinstance(node, ast.Global):
            names.update(node.names)
    return names


def _imports_random(node: ast.AST) -> bool:
    return isinstance(node, ast.ImportFrom) and (node.module or "").endswith("random")


def _touched_names(statement: ast.stmt) -> set[str]:
    """Names this statement may change in place: called upon, passed to a call, or assigned into."""
    if isinstance(statement, ast.ClassDef):
        return set()  # a scene works on its own run; nothing of it reaches another scene's
    roots: list[ast.expr] = []
    for node in ast.walk(statement):
        if isinstance(node, ast.Call):
            roots += [node.func, *node.args, *(each.value for each in node.keywords)]
        elif isinstance(node, ast.Attribute | ast.Subscript) and isinstance(node.ctx, ast.Store | ast.Del):
            roots.append(node)
    names = {each.id for root in roots for each in [_root(root)] if isinstance(each, ast.Name)}
    return names - _parameters(statement)


def _parameters(statement: ast.stmt) -> set[str]:
    if not isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
        return set()
    arguments = {node.arg for node in ast.walk(statement) if isinstance(node, ast.arg)}
    return arguments | {
        node.id for node in ast.walk(statement) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }


def _root(node: ast.expr) -> ast.expr:
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Starred):
        node = node.value
    return node


def _has_effect(statement: ast.stmt) -> bool:
    """Whether the statement does something besides naming values: such statements are in every slice."""
    if isinstance(statement, ast.ImportFrom):
        return statement.module == "__future__" or any(each.name == "*" for each in statement.names)
    for node in _own_scope(statement):
        if isinstance(node, _EFFECTS) and not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
            return True
        if isinstance(node, ast.Attribute | ast.Subscript) and isinstance(node.ctx, ast.Store | ast.Del):
            return True
    return False

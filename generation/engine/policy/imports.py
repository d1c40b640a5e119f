"""Which names a scene gets from its imports: Manim and the kit by star or name, a few modules by listed names."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass, field

from generation.engine.policy.names import KIT_NAME, MODULE_IMPORTS, kit_names, names
from generation.engine.policy.verdict import Refused

MANIM_MODULES = frozenset(
    {"rate_functions", "unit", "AS2700", "BS381", "DVIPSNAMES", "SVGNAMES", "X11", "XKCD", "manim_colors"}
)
_STAR_MODULES = {"np": "numpy", "config": "config"}


@dataclass(slots=True)
class Imported:
    """`names` are plain values; `modules` are names that may only be followed by a listed attribute."""

    names: set[str] = field(default_factory=set)
    modules: dict[str, str] = field(default_factory=dict)
    reserved: set[str] = field(default_factory=set)


def read_imports(tree: ast.Module, nodes: Iterable[ast.AST]) -> Imported:
    """Check the imports of a module and tell what they bring."""
    imported = Imported()
    head = set()
    for statement in tree.body:
        if isinstance(statement, ast.Import | ast.ImportFrom):
            head.add(statement)
        elif not (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)):
            break
    for node in nodes:
        if isinstance(node, ast.Import):
            _modules(node, imported)
        elif isinstance(node, ast.ImportFrom):
            if node not in head and any(alias.name == "*" for alias in node.names):
                raise _refused(node, "Imports with a star belong at the top of the code.")
            _members(node, imported)
    return imported


def _refused(node: ast.stmt, message: str) -> Refused:
    return Refused("import", node.lineno, message)


def _plain(node: ast.stmt, name: str) -> str:
    if name.startswith("_"):
        raise _refused(node, f"The name {name} can't be used for an import.")
    return name


def _modules(node: ast.Import, imported: Imported) -> None:
    for alias in node.names:
        if alias.name not in MODULE_IMPORTS:
            raise _refused(node, f"Importing {alias.name} is not allowed in a scene.")
        imported.modules[_plain(node, alias.asname or alias.name)] = alias.name


def _members(node: ast.ImportFrom, imported: Imported) -> None:
    source = node.module or ""
    if source in MANIM_MODULES:
        raise _refused(node, f"Importing from {source} is not allowed in a scene: it is manim's.")
    if source.startswith("manim."):  # a name that is allowed is allowed from where Manim defines it
        last = source.rpartition(".")[2]
        source = last if last in MANIM_MODULES else "manim"
    if node.level or source not in {"manim", KIT_NAME, *names().modules}:
        raise _refused(node, f"Importing from {'.' * node.level}{source} is not allowed in a scene.")
    for alias in node.names:
        if alias.name == "*":
            _star(node, source, imported)
            continue
        name = _plain(node, alias.asname or alias.name)
        if source == "manim" and alias.name in {*_STAR_MODULES, *MANIM_MODULES}:
            imported.modules[name] = _STAR_MODULES.get(alias.name, alias.name)
        elif alias.name in _listed(source):
            imported.names.add(name)
            if name != alias.name and alias.name in CALL_ONLY:
                raise _refused(node, f"{alias.name} can't be given another name.")
        else:
            raise _refused(node, f"{source} has no name {alias.name} that a scene may use.")


# Classes that would read a file were they called in another way than the policy can follow.
CALL_ONLY = frozenset({"Code", "ImageMobject", "TexTemplate", "super", "hasattr"})


def _listed(source: str) -> frozenset[str]:
    if source == "manim":
        return names().manim
    if source in MANIM_MODULES:
        return names().modules[source] | names().manim
    return kit_names()[0] if source == KIT_NAME else names().modules[source]


def _star(node: ast.ImportFrom, source: str, imported: Imported) -> None:
    if source not in {"manim", KIT_NAME}:
        raise _refused(node, f"Import the names you need from {source} one by one.")
    imported.names |= names().manim
    imported.reserved |= names().manim_refused  # the kit passes on what it imported from Manim
    imported.modules |= {name: name for name in MANIM_MODULES} | _STAR_MODULES
    if source == KIT_NAME:
        imported.names |= kit_names()[0]
        imported.modules["math"] = "math"

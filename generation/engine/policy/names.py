"""The lists the policy allows by: names.json, found in Manim and numpy, and what was decided about Python itself."""

from __future__ import annotations

import ast
import builtins
import functools
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from generation.engine import syntax
from generation.engine.kit import KIT_SOURCE

KIT_NAME = "theorama_kit"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


BUILTINS = _words(
    """
    abs all any ascii bin bool callable chr complex dict divmod enumerate filter float format frozenset hasattr hash
    hex int isinstance issubclass iter len list map max min next object oct ord pow print property range repr
    reversed round set slice sorted staticmethod classmethod str sum super tuple zip Exception ArithmeticError
    AssertionError AttributeError FloatingPointError IndexError KeyError LookupError NotImplementedError
    OverflowError RuntimeError StopIteration TypeError ValueError ZeroDivisionError
    """
)
BUILTINS_REFUSED = frozenset(dir(builtins)) - BUILTINS

MODULE_IMPORTS = frozenset({"numpy", "math", "random", "itertools", "functools", "networkx"})
CONFIG_SETTABLE = frozenset({"background_color", "background_opacity", "frame_width", "frame_height", "scene_names"})
# Keywords by which a drawing class would read a file or start another compiler.
KEYWORDS_REFUSED = _words(
    """
    code_file background_image background_image_file file_name tex_compiler output_format svg_file image_file
    sound_file metaclass
    """
)


@dataclass(frozen=True, slots=True)
class Names:
    """What a scene may name. `modules` maps a module to the attributes allowed on it."""

    manim: frozenset[str]
    manim_refused: frozenset[str]
    attributes: frozenset[str]
    attributes_refused: frozenset[str]
    config: frozenset[str]
    modules: Mapping[str, frozenset[str]]


@functools.cache
def names() -> Names:
    """The lists, read once."""
    found = json.loads(Path(__file__).with_name("names.json").read_text())
    modules = {name: frozenset(allowed) for name, allowed in found.pop("modules").items()}
    return Names(**{key: frozenset(value) for key, value in found.items()}, modules=modules)


@functools.cache
def kit_names() -> tuple[frozenset[str], frozenset[str]]:
    """(public names, attribute names) of the scene kit, read from its text."""
    tree = syntax.parse(KIT_SOURCE)
    top = {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    top |= {
        target.id
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    return frozenset(name for name in top if name[0] != "_"), own_attributes(ast.walk(tree))


def own_attributes(nodes: Iterable[ast.AST]) -> frozenset[str]:
    """Attribute names a module brings itself: what it sets on objects and what its classes define."""
    found: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.Attribute):
            if isinstance(node.ctx, ast.Store):
                found.add(node.attr)
        elif isinstance(node, ast.ClassDef):
            for part in node.body:
                found |= defined_by(part)
    return frozenset(found - names().attributes_refused)


def defined_by(part: ast.stmt) -> set[str]:
    """Names that a statement in a class's body gives to the class."""
    if isinstance(part, ast.FunctionDef):
        return {part.name}
    targets = part.targets if isinstance(part, ast.Assign) else [part.target] if isinstance(part, ast.AnnAssign) else []
    return {target.id for target in targets if isinstance(target, ast.Name)}

"""Foresees which formulas a scene will ask for, so that they can be set in one run of TeX.

It reads the code without running it and lets Manim itself say which document each literal formula needs, so what it
foresees is exact. What it misses is asked for when it is needed, as ever. It runs in the jail, as part of the job.
"""

from __future__ import annotations

import ast
import contextlib
import json
import sys
import types
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from manim import MathTex, Tex, config
from manim.mobject.text import tex_mobject

from generation.engine.render import wire

SHAPES = {  # keywords that change the document
    *("arg_separator", "substrings_to_isolate", "tex_environment", "tex_template", "tex_to_color_map"),
    "colors",  # of the kit's formula()
}
KIT = ("theorama_stage", "formula")
MODULE = "animation"  # what a job's code is run as
MOST = 60  # as many as the server takes at once
LONGEST = wire.LARGEST_DOCUMENT - 1000  # bytes of all documents together


class _Enough(Exception):
    """Manim has said which document it wants."""


class Foreseen:
    """The documents that a scene's code spells out, given away once."""

    def __init__(self, code: str, scene: str) -> None:
        self._code, self._scene = code, scene

    def take(self, first: str, ask: Callable[[dict[str, Any]], dict[str, Any]]) -> dict[str, str]:
        """Pictures by document, of `first` and all that are foreseen; empty when there is nothing to foresee."""
        code, self._code = self._code, ""
        documents = list(dict.fromkeys([first, *_documents(code, self._scene)])) if code else []
        while documents and (len(documents) > MOST or len(json.dumps(documents)) > LONGEST):
            documents.pop()
        if len(documents) < 2:
            return {}
        answer = ask({"documents": documents})
        return {text: str(answer[str(place)]) for place, text in enumerate(documents) if str(place) in answer}


def document(expression: str, environment: str | None, template: Any) -> str:
    """The document Manim would compile."""
    if environment is None:
        return str(template.get_texcode_for_expression(expression))
    return str(template.get_texcode_for_expression_in_env(expression, environment))


def _documents(code: str, scene: str) -> Iterator[str]:
    names = vars(sys.modules.get(MODULE, types.ModuleType(MODULE)))
    for node in _nodes(ast.parse(code), scene):
        if not isinstance(node, ast.Call):
            continue
        maker = _maker(node.func, names)
        if maker is None:
            continue
        try:
            strings = [_value(part, names) for part in node.args]
            shape = {part.arg: _value(part.value, names) for part in node.keywords if part.arg in SHAPES}
        except LookupError:
            continue  # only the running scene can tell
        foreseen = _wanted(maker, strings, shape)
        if foreseen is not None:
            yield foreseen


def _maker(called: ast.expr, names: Mapping[str, Any]) -> Any:
    """What a call makes a formula with, when it is Manim or the kit that does."""
    if isinstance(called, ast.Name):
        found = names.get(called.id)
    elif isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name):
        module = names.get(called.value.id)
        found = vars(module).get(called.attr) if isinstance(module, types.ModuleType) else None
    else:
        return None
    of_the_kit = isinstance(found, types.FunctionType) and (found.__module__, found.__name__) == KIT
    return found if found is MathTex or found is Tex or of_the_kit else None


def _value(node: ast.expr, names: Mapping[str, Any]) -> Any:
    """A constant, a name of the module or a container of such. Raises LookupError for anything else."""
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.Name):
        return names[node.id]
    if isinstance(node, ast.List | ast.Tuple):
        return [_value(part, names) for part in node.elts]
    if isinstance(node, ast.Dict) and None not in node.keys:
        return {
            _value(key, names): _value(part, names) for key, part in zip(node.keys, node.values, strict=True) if key
        }
    raise LookupError(type(node).__name__)


def _wanted(maker: Any, strings: list[Any], shape: dict[str, Any]) -> str | None:
    wanted: list[str] = []

    def note(expression: str, environment: str | None = None, tex_template: Any = None) -> None:
        template = tex_template or config["tex_template"]
        if template.tex_compiler == "latex" and template.output_format == ".dvi":
            wanted.append(document(expression, environment, template))
        raise _Enough

    asking = vars(tex_mobject)["tex_to_svg_file"]
    vars(tex_mobject)["tex_to_svg_file"] = note
    try:
        with contextlib.suppress(Exception):  # what Manim cannot make of it, it will say when the scene asks
            maker(*strings, **shape)
    finally:
        vars(tex_mobject)["tex_to_svg_file"] = asking
    return wanted[0] if wanted else None


def _nodes(module: ast.Module, scene: str) -> Iterator[ast.AST]:
    """All of a module's nodes in order, but for other scenes."""
    for statement in module.body:
        is_other_scene = isinstance(statement, ast.ClassDef) and statement.name != scene and _constructs(statement)
        if not is_other_scene:
            yield from ast.walk(statement)


def _constructs(found: ast.ClassDef) -> bool:
    return any(isinstance(part, ast.FunctionDef) and part.name == "construct" for part in found.body)

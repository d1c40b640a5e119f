"""Foresees which formulas a scene will ask for, so that they can be set in one run of TeX.

It reads the code without running it and lets Manim itself say which document each literal formula needs, so what it
foresees is exact. What it misses is asked for when it is needed, as ever. It runs in the jail, as part of the job.
"""

from __future__ import annotations

import ast
import contextlib
from collections.abc import Callable, Iterator
from typing import Any

from manim import MathTex, Tex, config
from manim.mobject.text import tex_mobject

KINDS: dict[str, Any] = {"MathTex": MathTex, "Tex": Tex}
SHAPES = {"arg_separator", "substrings_to_isolate", "tex_environment"}  # keywords that change the document
MOST = 60  # as many as the server takes at once
LONGEST = 100_000  # characters of all documents together


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
        while documents and (len(documents) > MOST or sum(map(len, documents)) > LONGEST):
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
    template = config["tex_template"]
    if template.tex_compiler != "latex" or template.output_format != ".dvi":
        return
    for kind, strings, shape in _literal_formulas(code, scene):
        foreseen = _wanted(kind, strings, shape)
        if foreseen is not None:
            yield foreseen


def _wanted(kind: Any, strings: list[str], shape: dict[str, Any]) -> str | None:
    wanted: list[str] = []

    def note(expression: str, environment: str | None = None, tex_template: Any = None) -> None:
        wanted.append(document(expression, environment, tex_template or config["tex_template"]))
        raise _Enough

    asking = vars(tex_mobject)["tex_to_svg_file"]
    vars(tex_mobject)["tex_to_svg_file"] = note
    try:
        with contextlib.suppress(Exception):  # what Manim cannot make of it, it will say when the scene asks
            kind(*strings, **shape)
    finally:
        vars(tex_mobject)["tex_to_svg_file"] = asking
    return wanted[0] if wanted else None


def _literal_formulas(code: str, scene: str) -> Iterator[tuple[Any, list[str], dict[str, Any]]]:
    for node in _nodes(ast.parse(code), scene):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        strings = [part.value for part in node.args if isinstance(part, ast.Constant) and isinstance(part.value, str)]
        keywords = {keyword.arg: keyword.value for keyword in node.keywords}
        if name not in KINDS or not strings or len(strings) != len(node.args):
            continue
        if None in keywords or "tex_template" in keywords:
            continue
        try:
            shape = {word: ast.literal_eval(keywords[word]) for word in SHAPES & keywords.keys()}
            colours = keywords.get("tex_to_color_map")
            if colours is not None:
                shape["tex_to_color_map"] = dict.fromkeys(_keys(colours), "WHITE")
        except ValueError:
            continue
        yield KINDS[name], strings, shape


def _keys(colours: ast.expr) -> list[Any]:
    if not isinstance(colours, ast.Dict) or None in colours.keys:
        raise ValueError("not spelt out")
    return [ast.literal_eval(key) for key in colours.keys if key is not None]


def _nodes(module: ast.Module, scene: str) -> Iterator[ast.AST]:
    """All of a module's nodes in order, but for other scenes."""
    for statement in module.body:
        is_other_scene = isinstance(statement, ast.ClassDef) and statement.name != scene and _constructs(statement)
        if not is_other_scene:
            yield from ast.walk(statement)


def _constructs(found: ast.ClassDef) -> bool:
    return any(isinstance(part, ast.FunctionDef) and part.name == "construct" for part in found.body)

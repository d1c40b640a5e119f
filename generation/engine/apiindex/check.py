"""Checks code against the index: names, keywords, arguments and attributes that the installed Manim does not have."""

from __future__ import annotations

import ast
import difflib
import functools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generation.engine import syntax
from generation.engine.apiindex.index import Index, Signature
from generation.engine.apiindex.reading import Kind, Module, Scope, kit_index

MOST_FAULTS = 20  # more than anybody repairs at once
_CLOSE = 3
_SHORTEST_PART = 3
# Names that older versions and the other Manim have, which models remember.
FORMER = {
    "ShowCreation": "Create",
    "ShowCreationThenDestruction": "ShowPassingFlash",
    "TextMobject": "Tex",
    "TexMobject": "MathTex",
    "TexText": "Tex",
    "FadeInFrom": "FadeIn",
    "FadeInFromDown": "FadeIn",
    "FadeOutAndShift": "FadeOut",
    "FadeInFromLarge": "FadeIn",
    "GraphScene": "Axes",
    "get_graph": "plot",
    "CircleIndicate": "Circumscribe",
    "ShowCreationThenFadeAround": "Circumscribe",
}
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


@dataclass(frozen=True, slots=True)
class ApiFault:
    """One thing that Manim does not have, with what it has instead."""

    code: str  # unknown_name, unknown_keyword, unknown_attribute, too_many_arguments, missing_argument, given_twice
    line: int
    name: str
    message: str
    signature: str = ""
    close: tuple[str, ...] = ()


def check_api(source: str) -> tuple[ApiFault, ...]:
    """What does not fit the installed Manim, in order of lines. Code that cannot be read has no such faults."""
    try:
        checker = _Checker(Module(syntax.parse(source), index()))
        checker.run()
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ()
    return tuple(sorted(checker.faults, key=lambda fault: fault.line)[:MOST_FAULTS])


@functools.cache
def index() -> Index:
    """Manim's names and the scene kit's, read once."""
    return kit_index()


class _Checker:
    """Walks one module with the scopes it is in."""

    def __init__(self, module: Module) -> None:
        self.module = module
        self.index = module.index
        self.faults: list[ApiFault] = []

    def run(self) -> None:
        for part in self.module.tree.body:
            self._visit(part, self.module.top)

    def _add(self, code: str, node: ast.expr | ast.keyword, name: str, message: str, **more: object) -> None:
        self.faults.append(ApiFault(code, node.lineno, name, message, **more))  # type: ignore[arg-type]

    def _visit(self, node: ast.AST, scope: Scope) -> None:
        if isinstance(node, ast.Call):
            self._call(node, scope)
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
            self._attribute(node, scope)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            self._name(node)
        inner = scope
        if isinstance(node, (*_FUNCTIONS, *_COMPREHENSIONS, ast.ClassDef)):
            inner = Scope(node, scope, scope.of)
        for child in ast.iter_child_nodes(node):
            self._visit(child, inner)

    # --- names and attributes -------------------------------------------------------------------------
    def _name(self, node: ast.Name) -> None:
        if not self.module.whole or node.id in self.module.defined:
            return
        close = _close(node.id, self.index.exported)
        self._add("unknown_name", node, node.id, f"There is no {node.id} in Manim.", close=close)

    def _attribute(self, node: ast.Attribute, scope: Scope) -> None:
        of = self.module.kind(node.value, scope)
        if of is None or not of.name or node.attr.startswith("_") or self._has(of, node.attr):
            return
        close = _close(node.attr, self.index.members(of.name))
        self._add("unknown_attribute", node, node.attr, f"A {of.name} has no {node.attr}.", close=close)

    def _has(self, of: Kind, name: str) -> bool:
        classes = [of.name] if of.exact else [of.name, *self.index.below(of.name)]
        if any(self.index.is_open(each) for each in classes) or name in self.index.loose or name in self.module.stored:
            return True
        members = set[str]().union(*(self.index.members(each) for each in classes))
        # Manim reads get_x and set_x as the attribute x where there is no such method.
        plain = name[4:] if name.startswith(("get_", "set_")) and self._is_mobject(of.name) else name
        return name in members or plain in members

    def _is_mobject(self, name: str) -> bool:
        return any(each.name == "Mobject" for each in self.index.line(name))

    # --- calls ----------------------------------------------------------------------------------------
    def _call(self, node: ast.Call, scope: Scope) -> None:
        found = self._signature(node.func, scope)
        if found is None:
            return
        name, signature = found
        self._keywords(node, name, signature)
        self._arguments(node, name, signature)

    def _signature(self, called: ast.expr, scope: Scope) -> tuple[str, Signature] | None:
        """The name and the signature of what is called, None where the text does not tell."""
        if isinstance(called, ast.Name):
            return self._of_name(called.id, scope)
        of = self.module.kind(called, scope)
        if of is not None and of.animated and isinstance(called, ast.Attribute) and called.attr == "animate":
            signature = self.index.method("Mobject", "animate")
            return (f"{of.name}.animate", signature) if signature else None
        if not isinstance(called, ast.Attribute):
            return None
        of = self.module.kind(called.value, scope)
        if of is None or not of.name or of.is_class:
            return None
        signature = self.index.method(of.name, called.attr)
        overridden = not of.exact and any(
            called.attr in self.index.classes[each].methods for each in self.index.below(of.name)
        )
        return None if signature is None or overridden else (f"{of.name}.{called.attr}", signature)

    def _of_name(self, name: str, scope: Scope) -> tuple[str, Signature] | None:
        if not self.module.is_manims(name, scope):
            return None
        if name in self.index.classes:
            made = self.index.classes[name]
            return None if made.init is None or self.index.is_open(name) else (name, made.init)
        return (name, self.index.functions[name]) if name in self.index.functions else None

    def _keywords(self, node: ast.Call, name: str, signature: Signature) -> None:
        for each in node.keywords:
            if each.arg is None or signature.open or each.arg in signature.keywords:
                continue
            self._add(
                "unknown_keyword",
                each,
                each.arg,
                f"{name} takes no {each.arg}.",
                signature=signature.told(name),
                close=_close(each.arg, signature.keywords),
            )

    def _arguments(self, node: ast.Call, name: str, signature: Signature) -> None:
        if any(isinstance(each, ast.Starred) for each in node.args) or any(each.arg is None for each in node.keywords):
            return
        filled = signature.positional[: len(node.args)]
        keywords = {each.arg for each in node.keywords}
        told = signature.told(name)
        if len(node.args) > len(signature.positional) and not signature.more:
            most = len(signature.positional)
            message = f"{name} takes at most {most} arguments without a name, not {len(node.args)}."
            self._add("too_many_arguments", node, name, message, signature=told)
        elif missing := [each for each in signature.required if each not in filled and each not in keywords]:
            self._add("missing_argument", node, name, f"{name} also needs {_listed(missing)}.", signature=told)
        elif twice := [each for each in filled if each in keywords]:
            self._add("given_twice", node, name, f"{name} is given {_listed(twice)} twice.", signature=told)


def _close(name: str, among: Iterable[str]) -> tuple[str, ...]:
    """The names that may be meant, the likeliest first."""
    public = sorted(each for each in among if not each.startswith("_"))
    if FORMER.get(name) in public:
        return (FORMER[name],)
    found: Sequence[str] = difflib.get_close_matches(name, public, n=_CLOSE, cutoff=0.6)
    if not found:  # the same word with other words around it, or the same first word
        found = [each for each in public if _within(each, name) or _within(name, each)]
    if not found and "_" in name:
        found = [each for each in public if each.startswith(name[: name.index("_") + 1])]
    return tuple(found[:_CLOSE])


def _within(part: str, whole: str) -> bool:
    return len(part) >= _SHORTEST_PART and part.lower() in whole.lower()


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"

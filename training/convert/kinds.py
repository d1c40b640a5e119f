"""What the variables of a piece of code hold: a light reading of assignments, enough to tell a formula from a list."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from generation.engine.apiindex import index
from training.convert.nodes import dotted, method
from training.extract.vocabulary import vocabulary

# What methods return; the others are taken to return the object itself where they do not begin with "get_".
RETURNS = {
    "get_graph": "ParametricFunction", "plot": "ParametricFunction", "get_parametric_curve": "ParametricFunction",
    "get_tex": "MathTex", "get_text": "Tex", "get_part_by_tex": "VMobject", "get_brace": "Brace",
    "get_tangent_line": "Line", "get_v_line": "Line", "get_h_line": "Line", "get_riemann_rectangles": "VGroup",
    "replicate": "VGroup", "get_grid": "VGroup", "get_graph_label": "MathTex",
}  # fmt: skip
FORMULAS = frozenset(
    {"MathTex", "Tex", "OldTex", "OldTexText", "TexText", "TexMobject", "TextMobject", "SingleStringTex"}
)


class Kinds(cst.CSTVisitor):
    """Classes of variables by function, of attributes by class; variables that hold different things are unknown."""

    def __init__(self, module: cst.Module) -> None:
        self.classes: dict[str, list[str]] = {}
        self.methods: dict[str, set[str]] = {}
        self.functions: dict[str, cst.FunctionDef] = {}
        self.own: set[str] = set()  # every name the file gives to something of its own
        self.settings: dict[tuple[str, str], cst.BaseExpression] = {}  # what classes set for their objects
        self._bound: dict[tuple[str, str], list[cst.BaseExpression]] = {}
        self._place: list[str] = []
        self._looking: set[tuple[str, str]] = set()
        module.visit(self)

    # --- reading ---------------------------------------------------------------------------------------
    def visit_ClassDef(self, node: cst.ClassDef) -> None:
        """Remember a class and its bases."""
        name = node.name.value
        self.own.add(name)
        self.classes[name] = [dotted(base.value).rpartition(".")[2] for base in node.bases]
        self.methods[name] = {each.name.value for each in node.body.body if isinstance(each, cst.FunctionDef)}
        self._place.append(name)

    def leave_ClassDef(self, original_node: cst.ClassDef) -> None:
        """Leave it."""
        self._place.pop()

    def visit_FunctionDef(self, node: cst.FunctionDef) -> None:
        """Remember a function."""
        if len(self._place) != 1 or self._place[0] not in self.classes:
            self.own.add(node.name.value)
        if not self._place:
            self.functions[node.name.value] = node
        self._place.append(node.name.value)

    def leave_FunctionDef(self, original_node: cst.FunctionDef) -> None:
        """Leave it."""
        self._place.pop()

    def visit_Assign(self, node: cst.Assign) -> None:
        """Remember what a name was given."""
        for target in node.targets:
            self._bind(target.target, node.value)

    def _bind(self, target: cst.BaseExpression, value: cst.BaseExpression) -> None:
        if isinstance(target, cst.Tuple | cst.List):
            several = isinstance(value, cst.Tuple | cst.List) and len(value.elements) == len(target.elements)
            for place, each in enumerate(target.elements):
                self._bind(each.value, value.elements[place].value if several else cst.Ellipsis())  # type: ignore[attr-defined]
            return
        name = dotted(target)
        if name and "." not in name and not (len(self._place) == 1 and self._place[0] in self.classes):
            self.own.add(name)
        if len(self._place) == 1 and self._place[0] in self.classes and "." not in name:
            self.settings[self._place[0], name] = value
        if name:
            self._bound.setdefault((self._scope(name), name), []).append(value)

    def _scope(self, name: str) -> str:
        """Attributes of `self` belong to the class, variables to the function."""
        return self._place[0] if name.startswith("self.") and self._place else ".".join(self._place)

    def visit_Param(self, node: cst.Param) -> None:
        """Remember a parameter."""
        self.own.add(node.name.value)

    def visit_CompFor(self, node: cst.CompFor) -> None:
        """Remember the variables of a loop in brackets."""
        self._keep(node.target)

    def visit_For(self, node: cst.For) -> None:
        """Remember the variables of a loop."""
        self._keep(node.target)

    def _keep(self, target: cst.BaseExpression) -> None:
        if isinstance(target, cst.Tuple | cst.List):
            for each in target.elements:
                self._keep(each.value)
        elif isinstance(target, cst.Name):
            self.own.add(target.value)

    # --- asking ----------------------------------------------------------------------------------------
    def of(self, node: cst.CSTNode | None, place: list[str]) -> str:
        """The class of what an expression holds; empty where the text does not tell."""
        if isinstance(node, cst.Call):
            return self._made(node, place)
        name = dotted(node)
        if not name:
            return ""
        if name == "self":
            return place[0] if place and place[0] in self.classes else ""
        found = {self.of(each, list(where)) for each, where in self.values(name, place)}
        return found.pop() if len(found) == 1 else ""

    def values(self, name: str, place: list[str]) -> Iterator[tuple[cst.BaseExpression, list[str]]]:
        """What a name was given, in the nearest place that gives it something."""
        scopes = [place[:depth] for depth in range(len(place), -1, -1)]
        if name.startswith("self."):
            scopes = [[each] for each in self._related(place[0])] if place else []
        for scope in scopes:
            key = (".".join(scope), name)
            if key in self._bound and key not in self._looking:
                self._looking.add(key)
                try:
                    yield from [
                        (value, list(scope) if not name.startswith("self.") else place) for value in self._bound[key]
                    ]
                finally:
                    self._looking.discard(key)
                return

    def _related(self, name: str) -> Iterator[str]:
        yield name
        for base in self.classes.get(name, []):
            if base in self.classes and base != name:
                yield from self._related(base)

    def _made(self, node: cst.Call, place: list[str]) -> str:
        if isinstance(node.func, cst.Name):
            name = node.func.value
            if name in self.classes or name in vocabulary().classes or name in index().classes:
                return name
            return self._returned(name)
        called = method(node)
        if not called:
            return ""
        if called in RETURNS:
            return RETURNS[called]
        if called.startswith(("get_", "is_", "has_")):
            return ""
        return self.of(node.func.value, place) if isinstance(node.func, cst.Attribute) else ""

    def _returned(self, name: str) -> str:
        """What a function of the file returns, where its last line says so."""
        function = self.functions.get(name)
        if function is None or (name, "") in self._looking:
            return ""
        last = function.body.body[-1] if function.body.body else None
        if not (isinstance(last, cst.SimpleStatementLine) and isinstance(last.body[-1], cst.Return)):
            return ""
        self._looking.add((name, ""))
        try:
            return self.of(last.body[-1].value, [name])
        finally:
            self._looking.discard((name, ""))

    def line(self, name: str) -> list[str]:
        """A class and all it derives from, in the file, in Manim and in ManimGL."""
        found, waiting = [], [name]
        while waiting:
            each = waiting.pop(0)
            if each in found or not each:
                continue
            found.append(each)
            if each in self.classes:
                waiting += self.classes[each]
            else:
                waiting += [base.name for base in index().line(each)[1:]]
                waiting += list(vocabulary().line(each))[1:]
        return found

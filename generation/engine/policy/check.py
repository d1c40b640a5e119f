"""The code policy: an allow-list of node types, names, attributes and calls, applied to the syntax tree.

It is the first wall and the one that can explain itself; the jail holds without it.
"""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Iterator
from itertools import groupby

from generation.engine.policy import tex
from generation.engine.policy.calls import check_call, check_seconds
from generation.engine.policy.imports import CALL_ONLY, read_imports
from generation.engine.policy.names import (
    BUILTINS,
    BUILTINS_REFUSED,
    CONFIG_SETTABLE,
    KEYWORDS_REFUSED,
    defined_by,
    kit_names,
    names,
    own_attributes,
)
from generation.engine.policy.scopes import Scope, module_bindings, scope_of, within_scope
from generation.engine.policy.verdict import Refused

ALLOWED_NODES: tuple[type[ast.AST], ...] = (
    # statements; with is for numpy's errstate alone; no async, match, del, global or except*
    ast.FunctionDef, ast.ClassDef, ast.Return, ast.Assign, ast.AugAssign, ast.AnnAssign, ast.For, ast.While, ast.If,
    ast.Raise, ast.Try, ast.Assert, ast.Import, ast.ImportFrom, ast.Nonlocal, ast.Expr, ast.Pass, ast.Break,
    ast.Continue, ast.ExceptHandler, ast.With, ast.withitem,
    # expressions
    ast.BoolOp, ast.NamedExpr, ast.BinOp, ast.UnaryOp, ast.Lambda, ast.IfExp, ast.Dict, ast.Set, ast.ListComp,
    ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.Yield, ast.Compare, ast.Call, ast.FormattedValue, ast.JoinedStr,
    ast.Constant, ast.Attribute, ast.Subscript, ast.Starred, ast.Name, ast.List, ast.Tuple, ast.Slice,
    # parts
    ast.Module, ast.expr_context, ast.boolop, ast.operator, ast.unaryop, ast.cmpop, ast.comprehension, ast.arguments,
    ast.arg, ast.keyword, ast.alias,
)  # fmt: skip

# A replacement field that reaches for what is hidden, for whatever may format the text later.
_LOOKS_INSIDE = re.compile(r"\{[^{}]*[.\[]__")
_TELLERS = frozenset({"str", "repr", "print"})
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


class Checker:
    """Walks one module; raises Refused at the first thing that is not on the lists."""

    def __init__(self, tree: ast.Module) -> None:
        self.tree = tree
        every = list(ast.walk(tree))
        self.imported = read_imports(tree, every)
        self.bound, self.firm = module_bindings(tree)
        own = {name for name in own_attributes(every) if not _reaches_hidden(name)}
        self.attributes = names().attributes | kit_names()[1] | own
        self.scopes: list[Scope] = []
        self.told_errors: set[ast.AST] = set()
        self.summed: set[ast.AST] = set()
        self.position = 0
        self.line: int | None = None

    def run(self) -> None:
        """Check every top-level statement."""
        for position, statement in enumerate(self.tree.body):
            self.position = position
            self.visit(statement)

    def refuse(self, rule: str, message: str) -> Refused:
        """The refusal of what stands on the current line."""
        return Refused(rule, self.line, message)

    def visit(self, node: ast.AST) -> None:
        """Check one node and what is below it."""
        self.line = getattr(node, "lineno", self.line)
        handler = _handler_of(type(node))  # type: ignore[arg-type]  # a class is hashable
        if handler is None:
            raise self.refuse("syntax", f"{type(node).__name__} is not something a scene needs.")
        getattr(self, handler)(node)

    def _children(self, node: ast.AST) -> None:
        for child in ast.iter_child_nodes(node):
            self.visit(child)

    def _imported(self, node: ast.AST) -> None:
        """All imports were read first."""

    # --- scopes ---------------------------------------------------------------------------------------
    def _within(self, scope: Scope, *parts: ast.AST) -> None:
        self.scopes.append(scope)
        for part in parts:
            self.visit(part)
        self.scopes.pop()

    def _functiondef(self, node: ast.FunctionDef) -> None:
        if getattr(node, "type_params", None):
            raise self.refuse("syntax", "A function takes no type parameters in a scene.")
        inside_class = bool(self.scopes) and self.scopes[-1].is_class
        if node.name.startswith("_") and inside_class and node.name != "__init__":
            raise self.refuse("private", f"A method can't be called {node.name}: names starting with _ are closed.")
        if not inside_class:
            self._binding(node.name)
        for part in (*node.decorator_list, *([node.returns] if node.returns else [])):
            self.visit(part)
        self._arguments_outside(node.args)
        self._within(scope_of(node), *node.body)

    def _lambda(self, node: ast.Lambda) -> None:
        self._arguments_outside(node.args)
        self._within(scope_of(node), node.body)

    def _arguments_outside(self, given: ast.arguments) -> None:
        """Defaults and annotations belong to the scope around the function."""
        every = [*given.posonlyargs, *given.args, *given.kwonlyargs, given.vararg, given.kwarg]
        for one in every:
            if one is not None:
                self._binding(one.arg)
                if one.annotation is not None:
                    self.visit(one.annotation)
        for default in (*given.defaults, *given.kw_defaults):
            if default is not None:
                self.visit(default)

    def _classdef(self, node: ast.ClassDef) -> None:
        self._binding(node.name)
        if node.keywords or getattr(node, "type_params", None):
            raise self.refuse("syntax", "A class takes no keywords in a scene.")
        for part in (*node.decorator_list, *node.bases):
            self.visit(part)
        self._definitions(node)
        self._within(scope_of(node), *node.body)

    def _definitions(self, node: ast.ClassDef) -> None:
        """What Manim looks for by these names leads to files, programs or the renderer: a class can't define them."""
        for part in node.body:
            for name in sorted(defined_by(part) & names().attributes_refused):
                self.line = part.lineno
                raise self.refuse("attribute", f"A class in a scene can't define {name}. Choose another name.")

    def _comprehension_scope(self, node: ast.AST) -> None:
        """The first thing looped over is worked out outside, the rest inside."""
        generators: list[ast.comprehension] = node.generators  # type: ignore[attr-defined]
        self.visit(generators[0].iter)
        parts: list[ast.AST] = []
        for number, generator in enumerate(generators):
            if generator.is_async:
                raise self.refuse("syntax", "async is not something a scene needs.")
            parts += [generator.target, *generator.ifs, *([generator.iter] if number else [])]
        results = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]  # type: ignore[attr-defined]
        self._within(scope_of(node), *parts, *results)

    def _namedexpr(self, node: ast.NamedExpr) -> None:
        if self.scopes and self.scopes[-1].is_comprehension:
            raise self.refuse("syntax", "Assign before the comprehension, not inside it.")
        self._children(node)

    # --- names ----------------------------------------------------------------------------------------
    def _binding(self, name: str) -> None:
        if name.startswith("__"):
            raise self.refuse("private", f"The name {name} is closed to scenes.")

    def _name(self, node: ast.Name) -> None:
        self._binding(node.id)
        if isinstance(node.ctx, ast.Load) and node not in self.told_errors:
            if self.module_named(node) is not None:
                raise self.refuse("name", f"{node.id} can only be used with a name after a dot.")
            if node.id in CALL_ONLY and not self._is_local(node.id):
                raise self.refuse("name", f"{node.id} can only be called, and by its own name.")
            self._known(node.id)

    def _is_local(self, name: str) -> bool:
        for depth, scope in enumerate(reversed(self.scopes)):
            if scope.is_class:
                if depth == 0 and name in scope.bound:
                    return False  # Python looks for it in the class, then at the top
            elif name in scope.bound:
                return True
        return False

    def _known(self, name: str) -> None:
        if self._is_local(name):
            return
        if name in self.firm and self.firm[name] < self.position:
            return
        if name in BUILTINS_REFUSED or name in self.imported.reserved:
            raise self.refuse("name", f"{name} is not open to scenes. If it is a name of yours, choose another.")
        in_class = bool(self.scopes) and self.scopes[-1].is_class and name in self.scopes[-1].bound
        if in_class or name in self.bound or name in BUILTINS or name in self.imported.names:
            return
        raise self.refuse("name", f"The name {name} is not defined, or not one that scenes may use.")

    def module_named(self, node: ast.expr) -> str | None:
        """The module (or `config`) that an expression names, None when it names none."""
        if isinstance(node, ast.Name) and node.id in self.imported.modules:
            local = self._is_local(node.id) or self.firm.get(node.id, self.position) < self.position
            return None if local else self.imported.modules[node.id]
        return None

    # --- attributes -----------------------------------------------------------------------------------
    def _attribute(self, node: ast.Attribute) -> None:
        module, path = self._module_path(node)
        if module is None:
            self.visit(node.value)
            self.attribute_named(node.attr)
            if node.attr == "set" and isinstance(node.ctx, ast.Load):
                raise self.refuse("call", "set can only be called.")
            return
        allowed = names().config if module == "config" else names().modules[module]
        if path in allowed:
            self._settable(node, module)
            return
        parent = path.rpartition(".")[0]
        if not parent or parent not in allowed:
            raise self.refuse("attribute", f"{module}.{path} is not open to scenes.")
        self.attribute_named(node.attr)

    def _settable(self, node: ast.Attribute, module: str) -> None:
        if isinstance(node.ctx, ast.Load) or (module == "config" and node.attr in CONFIG_SETTABLE):
            return
        if node.attr == "frame_rate":
            raise self.refuse("bound", "The frame rate comes with the quality (at most 60); a scene can't set it.")
        raise self.refuse("attribute", f"{module}.{node.attr} can't be set by a scene.")

    def _module_path(self, node: ast.Attribute) -> tuple[str | None, str]:
        parts = [node.attr]
        base = node.value
        while isinstance(base, ast.Attribute):
            parts.append(base.attr)
            base = base.value
        return self.module_named(base), ".".join(reversed(parts))

    def attribute_named(self, name: str) -> None:
        """Check the name of an attribute of something that is not a module."""
        if name.startswith("_"):
            raise self.refuse("private", f"{name}: names starting with _ are closed to scenes.")
        if name not in self.attributes:
            why = "is not open to scenes" if name in names().attributes_refused else "is not something Manim has"
            raise self.refuse("attribute", f"The attribute {name} {why}.")

    def _subscript(self, node: ast.Subscript) -> None:
        if self.module_named(node.value) == "config":
            key = node.slice.value if isinstance(node.slice, ast.Constant) else None
            pretend = ast.copy_location(ast.Attribute(node.value, str(key), node.ctx), node)
            self._attribute(pretend)
            return
        self._children(node)

    # --- the rest -------------------------------------------------------------------------------------
    def _call(self, node: ast.Call) -> None:
        check_call(self, node)

    def _excepthandler(self, node: ast.ExceptHandler) -> None:
        if node.type is None:
            raise self.refuse("syntax", "Name the errors after except.")
        if node.name is not None:
            self._binding(node.name)
            self._caught(node, node.name)
        self._children(node)

    def _caught(self, node: ast.ExceptHandler, name: str) -> None:
        """An error leads to its frames, so its words may be told and nothing else be done with it."""
        uses = {part for part in ast.walk(node) if isinstance(part, ast.Name) and part.id == name}
        for part in within_scope(node):
            if isinstance(part, ast.FormattedValue) and part.format_spec is None:
                self.told_errors |= uses & {part.value}
            elif isinstance(part, ast.Call) and isinstance(part.func, ast.Name) and self._tells(part.func.id):
                self.told_errors |= uses.intersection(part.args)
        if not uses <= self.told_errors or self._tells(name):
            raise self.refuse("syntax", f"Of an error only its words can be used: str({name}) or print({name}).")

    def _tells(self, function: str) -> bool:
        return function in _TELLERS and function not in self.bound and not self._is_local(function)

    def _with(self, node: ast.With) -> None:
        for item in node.items:
            manager = item.context_expr
            function = manager.func if isinstance(manager, ast.Call) else None
            calm = isinstance(function, ast.Attribute) and self._module_path(function) == ("numpy", "errstate")
            if not calm or item.optional_vars is not None:
                raise self.refuse("syntax", "with is only for np.errstate(...) in a scene.")
        self._children(node)

    def _constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str):
            self._text(node.value)

    def _binop(self, node: ast.BinOp) -> None:
        if isinstance(node.op, ast.Add) and node not in self.summed:
            pieces = [part.value if isinstance(part, ast.Constant) else None for part in self._operands(node)]
            for are_text, run in groupby(pieces, lambda piece: isinstance(piece, str)):
                if are_text:
                    self._text("".join(map(str, run)))
        self._children(node)

    def _operands(self, node: ast.BinOp) -> Iterator[ast.expr]:
        """What a sum of sums adds up, from left to right."""
        waiting: list[ast.expr] = [node]
        while waiting:
            part = waiting.pop()
            if isinstance(part, ast.BinOp) and isinstance(part.op, ast.Add):
                self.summed.add(part)
                waiting += [part.right, part.left]
            else:
                yield part

    def _joinedstr(self, node: ast.JoinedStr) -> None:
        pieces = [part.value for part in node.values if isinstance(part, ast.Constant)]
        self._text("".join(piece for piece in pieces if isinstance(piece, str)))
        self._children(node)

    def _dict(self, node: ast.Dict) -> None:
        for key in node.keys:
            if isinstance(key, ast.Constant) and key.value in KEYWORDS_REFUSED:
                raise self.refuse("file", f"The keyword {key.value} is not open to scenes.")
        check_seconds(self, zip(node.keys, node.values, strict=True))
        self._children(node)

    def _text(self, text: str) -> None:
        if _LOOKS_INSIDE.search(text):
            raise self.refuse("format", "A text can't have a field that looks inside its value; use an f-string.")
        if found := tex.forbidden(text):
            raise self.refuse("tex", f"The TeX command {found} is not open to scenes.")


@functools.cache
def _handler_of(kind: type[ast.AST]) -> str | None:
    """The method of Checker for a kind of node, None for a kind that is not allowed."""
    if not issubclass(kind, ALLOWED_NODES):
        return None
    if issubclass(kind, ast.Import | ast.ImportFrom):
        return "_imported"
    if issubclass(kind, _COMPREHENSIONS):
        return "_comprehension_scope"
    own = f"_{kind.__name__.lower()}"
    return own if hasattr(Checker, own) else "_children"


def _reaches_hidden(name: str) -> bool:
    """Whether Mobject's own get_/set_ magic would turn this name into a closed one."""
    plain = name.removeprefix("get_").removeprefix("set_")
    return name.startswith("_") or (plain != name and (plain.startswith("_") or plain in names().attributes_refused))


def check_tree(tree: ast.Module) -> None:
    """Raise Refused for the first thing in a module that the policy does not allow."""
    Checker(tree).run()

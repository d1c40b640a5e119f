"""The code policy: an allow-list of node types, names, attributes and calls, applied to the syntax tree.

It is the first wall and the one that can explain itself; the jail holds without it.
"""

from __future__ import annotations

import ast

from generation.engine.policy import tex
from generation.engine.policy.calls import check_call, constant_text
from generation.engine.policy.imports import CALL_ONLY, read_imports
from generation.engine.policy.names import BUILTINS, BUILTINS_REFUSED, CONFIG_SETTABLE, kit_names, names, own_attributes
from generation.engine.policy.scopes import Scope, module_bindings, scope_of
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
        if not isinstance(node, ALLOWED_NODES):
            raise self.refuse("syntax", f"{type(node).__name__} is not something a scene needs.")
        if isinstance(node, ast.Import | ast.ImportFrom):
            return  # all were read first
        handler = getattr(self, f"_{type(node).__name__.lower()}", None)
        if handler is not None:
            handler(node)
        elif isinstance(node, _COMPREHENSIONS):
            self._comprehension_scope(node)
        else:
            self._children(node)

    def _children(self, node: ast.AST) -> None:
        for child in ast.iter_child_nodes(node):
            self.visit(child)

    # --- scopes ---------------------------------------------------------------------------------------
    def _within(self, scope: Scope, *parts: ast.AST) -> None:
        self.scopes.append(scope)
        for part in parts:
            self.visit(part)
        self.scopes.pop()

    def _functiondef(self, node: ast.FunctionDef) -> None:
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
        if node.keywords:
            raise self.refuse("syntax", "A class takes no keywords in a scene.")
        for part in (*node.decorator_list, *node.bases):
            self.visit(part)
        self._within(scope_of(node), *node.body)

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
        if isinstance(node.ctx, ast.Load):
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
        if node.type is None or node.name is not None:
            raise self.refuse("syntax", "Name the errors after except, and give them no name of their own.")
        self._children(node)

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
        if isinstance(node.op, ast.Add) and (joined := constant_text(node)) is not None:
            self._text(joined)
        self._children(node)

    def _joinedstr(self, node: ast.JoinedStr) -> None:
        pieces = [part.value for part in node.values if isinstance(part, ast.Constant)]
        self._text("".join(piece for piece in pieces if isinstance(piece, str)))
        self._children(node)

    def _text(self, text: str) -> None:
        if found := tex.forbidden(text):
            raise self.refuse("tex", f"The TeX command {found} is not open to scenes.")


def _reaches_hidden(name: str) -> bool:
    """Whether Mobject's own get_/set_ magic would turn this name into a closed one."""
    plain = name.removeprefix("get_").removeprefix("set_")
    return name.startswith("_") or (plain != name and (plain.startswith("_") or plain in names().attributes_refused))


def check_tree(tree: ast.Module) -> None:
    """Raise Refused for the first thing in a module that the policy does not allow."""
    Checker(tree).run()

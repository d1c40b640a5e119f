"""What a module's own text says: the classes and functions it defines, and what its variables hold."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from generation.engine import syntax
from generation.engine.apiindex.index import Described, Index, Signature, manim_index
from generation.engine.kit import KIT_SOURCE

STARS = {"manim", "theorama_kit"}
# Variables followed in one module: many assigned to each other in turns would take for ever.
MOST_STEPS = 20_000
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef, *_COMPREHENSIONS)


@dataclass(frozen=True, slots=True)
class Kind:
    """What an expression is: an object of a class, the class itself, or its `.animate`."""

    name: str
    exact: bool = True  # else it may be of a derived class
    is_class: bool = False
    animated: bool = False


# What an assignment that leads back to itself adds to what a variable holds: nothing.
SAME = Kind("")


def signature_of(function: ast.FunctionDef, *, method: bool) -> Signature:
    """The signature of a function in the text; a decorated one may be called in any way."""
    given = function.args
    places = [each.arg for each in (*given.posonlyargs, *given.args)][1 if method else 0 :]
    bare = places[: len(places) - len(given.defaults)] if len(given.defaults) <= len(places) else []
    named = [each.arg for each in given.kwonlyargs]
    needed = [each.arg for each, default in zip(given.kwonlyargs, given.kw_defaults, strict=True) if default is None]
    text = ast.unparse(given)
    return Signature(
        shown=f"({text.partition(',')[2].strip() if method else text})",
        positional=tuple(places),
        required=() if function.decorator_list else (*bare, *needed),
        keywords=frozenset({*places, *named}),
        more=given.vararg is not None or bool(function.decorator_list),
        open=given.kwarg is not None or bool(function.decorator_list),
    )


def described_class(node: ast.ClassDef, index: Index) -> Described:
    """A class of the text. It may have more than is listed where it derives from something unknown."""
    bases: list[str] = []
    whole = True
    for base in node.bases:
        name = base.id if isinstance(base, ast.Name) else ""
        line = [each.name for each in index.line(name)]
        whole = whole and bool(line)
        bases += [each for each in line if each not in bases]
    methods: dict[str, Signature] = {}
    attributes: set[str] = set()
    for part in node.body:
        if isinstance(part, ast.FunctionDef):
            if any(isinstance(each, ast.Name) and each.id == "property" for each in part.decorator_list):
                attributes.add(part.name)
            else:
                methods[part.name] = signature_of(part, method=True)
        else:
            attributes |= {each.id for each in ast.walk(part) if isinstance(each, ast.Name)}
    inherited = next((index.classes[base].init for base in bases if index.classes[base].init), None)
    return Described(
        name=node.name,
        bases=tuple(bases),
        init=methods.pop("__init__", inherited),
        methods=methods,
        attributes=frozenset(attributes),
        open=not whole or bool(node.decorator_list) or bool(node.keywords),
    )


def kit_index() -> Index:
    """The index of Manim together with the scene kit, which is read as text."""
    index = manim_index()
    tree = syntax.parse(KIT_SOURCE)
    functions = {node.name: signature_of(node, method=False) for node in tree.body if isinstance(node, ast.FunctionDef)}
    classes = [described_class(node, index) for node in tree.body if isinstance(node, ast.ClassDef)]
    values = {name for node in tree.body for name in stored_names(node)} - {*functions, *(c.name for c in classes)}
    index = index.with_classes(classes, functions)
    return replace(index, values=index.values | values)


def stored_names(node: ast.AST) -> Iterator[str]:
    """Every name that is bound somewhere in a piece of text."""
    for part in ast.walk(node):
        if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store | ast.Del):
            yield part.id
        elif isinstance(part, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
            yield part.name
        elif isinstance(part, ast.arg):
            yield part.arg
        elif isinstance(part, ast.alias):
            yield (part.asname or part.name).partition(".")[0]
        elif isinstance(part, ast.ExceptHandler | ast.MatchAs | ast.MatchStar) and part.name:
            yield part.name


class Scope:
    """The names one function, class or module binds, with the expressions they are bound to."""

    def __init__(self, node: ast.AST, parent: Scope | None, of: str = "") -> None:
        self.parent = parent
        self.is_class = isinstance(node, ast.ClassDef)
        self.of = node.name if isinstance(node, ast.ClassDef) else of  # the class around it
        self.bound: dict[str, list[ast.expr | None]] = {}
        self.myself = ""
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            for each in ast.walk(node.args):
                if isinstance(each, ast.arg):
                    self._bind(each.arg, None)
            first = node.args.args[:1]
            plain = isinstance(node, ast.FunctionDef) and not node.decorator_list
            if first and plain and parent is not None and parent.is_class:
                self.myself = first[0].arg
        inside = ast.iter_child_nodes(node) if isinstance(node, _COMPREHENSIONS) else _body(node)
        for part in inside:
            self._read(part)

    def _bind(self, name: str, value: ast.expr | None) -> None:
        self.bound.setdefault(name, []).append(value)

    def _read(self, node: ast.AST) -> None:
        if isinstance(node, ast.Assign) and all(isinstance(target, ast.Name) for target in node.targets):
            for target in node.targets:
                self._bind(target.id, node.value)  # type: ignore[attr-defined]  # a name, as was just seen
            self._read(node.value)
            return
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            self._bind(node.name, None)
            return
        if isinstance(node, _SCOPES):
            return
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store | ast.Del):
            self._bind(node.id, None)
        for child in ast.iter_child_nodes(node):
            self._read(child)

    def holder(self, name: str) -> Scope | None:
        """The scope whose name is meant; a class's own names are not seen from its methods."""
        scope: Scope | None = self
        while scope is not None:
            if name in scope.bound and (not scope.is_class or scope is self):
                return scope
            scope = scope.parent
        return None


def _body(node: ast.AST) -> Iterable[ast.AST]:
    body = getattr(node, "body", [])
    return body if isinstance(body, list) else [body]


class Module:
    """One module: its index with what it defines itself, its names, and whether all of them are known."""

    def __init__(self, tree: ast.Module, index: Index) -> None:
        self.tree = tree
        self.whole = True  # nothing comes from a place not known
        known: set[str] = set()
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and any(each.name == "*" for each in node.names):
                self.whole = self.whole and node.module in STARS
                known |= index.exported
        self.own = {node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef | ast.FunctionDef)}
        self.defined = {*stored_names(tree), *known, *dir(builtins)}
        self.stored = {
            node.attr
            for node in ast.walk(tree)
            if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store | ast.Del)
        }
        for part in tree.body:
            if isinstance(part, ast.ClassDef):
                index = index.with_classes([described_class(part, index)])
            elif isinstance(part, ast.FunctionDef):
                index = index.with_classes([], {part.name: signature_of(part, method=False)})
        self.index = index
        self.top = Scope(tree, None)
        self._following: set[tuple[int, str]] = set()
        self._steps = MOST_STEPS

    def kind(self, node: ast.expr, scope: Scope) -> Kind | None:
        """What an expression is, None where the text does not tell."""
        if isinstance(node, ast.Name):
            return self._named(node.id, scope)
        if isinstance(node, ast.Call):
            return self._called(node, scope)
        if isinstance(node, ast.Attribute) and node.attr == "animate":
            base = self.kind(node.value, scope)
            return replace(base, animated=True) if base and base is not SAME and not base.is_class else base
        return None

    def is_manims(self, name: str, scope: Scope) -> bool:
        """Whether a name means Manim's or the kit's, or one of the module's own classes and functions."""
        holder = scope.holder(name)
        if holder is None:
            return True
        return holder is self.top and holder.bound[name] == [None] and name in self.own

    def _named(self, name: str, scope: Scope) -> Kind | None:
        holder = scope.holder(name)
        if holder is None or self.is_manims(name, scope):
            return Kind(name, is_class=True) if name in self.index.classes else None
        if holder.myself == name and holder.of:
            return Kind(holder.of, exact=False)
        place = (id(holder), name)
        if place in self._following:
            return SAME
        self._steps -= 1
        if self._steps < 0:
            return None
        self._following.add(place)
        kinds = {None if value is None else self.kind(value, holder) for value in holder.bound[name]} - {SAME}
        self._following.discard(place)
        return kinds.pop() if len(kinds) == 1 else None

    def _called(self, node: ast.Call, scope: Scope) -> Kind | None:
        """What a call returns: the object a class makes, or what the signature says."""
        if isinstance(node.func, ast.Attribute) and node.func.attr != "animate":
            return self._returned(self.kind(node.func.value, scope), node.func.attr)
        made = self.kind(node.func, scope)
        if made is not None:
            return made if made.animated else Kind(made.name) if made.is_class else None
        if isinstance(node.func, ast.Name) and self.is_manims(node.func.id, scope):
            gives = self.index.functions[node.func.id].gives if node.func.id in self.index.functions else ""
            return Kind(gives, exact=False) if gives else None
        return None

    def _returned(self, base: Kind | None, method: str) -> Kind | None:
        if base is None or base is SAME or base.animated:
            return base
        signature = self.index.method(base.name, method)
        if signature is None or not signature.gives:
            return None
        return replace(base, is_class=False) if signature.gives == "Self" else Kind(signature.gives, exact=False)

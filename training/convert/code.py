"""A piece of ManimGL code on its way to Manim Community, and the rules that change it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

import libcst as cst

from training.convert.kinds import Kinds
from training.convert.nodes import dotted

Statements = Sequence[cst.BaseStatement]
_GL = re.compile(r"^\s*(?:from|import)\s+(?:manim_imports_ext|manimlib|big_ol_pile_of_manim_imports)\b", re.MULTILINE)
_OLD = re.compile(r"\b(?:OldTex|OldTexText|TexMobject|TextMobject)\b|^\s*CONFIG\s*=", re.MULTILINE)
_NEW = re.compile(r"\b(?:InteractiveScene|TexText|t2c|reorient|fix_in_frame|set_backstroke|f_always)\b")


def is_manimgl(source: str) -> bool:
    """Whether code imports ManimGL."""
    return bool(_GL.search(source))


def is_new(source: str) -> bool:
    """Whether code is of ManimGL's newer kind, where `Tex` is one string and its parts are found by their text."""
    return bool(_NEW.search(source)) or not _OLD.search(source)


@dataclass(frozen=True, slots=True)
class Left:
    """Something that was not converted. `shows` says whether the picture differs by it."""

    rule: str
    what: str
    why: str
    shows: bool = True


@dataclass
class Code:
    """One module while rules go over it: what was done, what was left, and what the code says about itself."""

    module: cst.Module
    new: bool = True
    counts: Counter[str] = field(default_factory=Counter)
    left: list[Left] = field(default_factory=list)
    place: list[str] = field(default_factory=list)
    helpers: dict[str, str] = field(default_factory=dict)
    rule: str = ""
    kinds: Kinds = field(init=False)

    def __post_init__(self) -> None:
        self.kinds = Kinds(self.module)

    def leave(self, what: str, why: str, *, shows: bool = True) -> None:
        """Note what the rule at work could not convert."""
        note = Left(self.rule, what, why, shows)
        if note not in self.left:
            self.left.append(note)

    def kind(self, node: cst.CSTNode | None) -> str:
        """The class of what an expression holds, empty where unknown."""
        return self.kinds.of(node, self.place)

    def is_a(self, node: cst.CSTNode | None, *names: str) -> bool:
        """Whether an expression is known to hold an object of one of these classes."""
        return not set(names).isdisjoint(self.kinds.line(self.kind(node)))

    def in_scene(self) -> bool:
        """Whether this place is in a method of a scene."""
        return bool(self.place) and "Scene" in self.kinds.line(self.place[0])

    def scene_is(self, *names: str) -> bool:
        """Whether this place is in a class that derives from one of these."""
        return bool(self.place) and not set(names).isdisjoint(self.kinds.line(self.place[0]))


class Rule:
    """One difference between the two Manims. Rules override what they need; each gives the same node to change nothing.

    `differences` are the numbers of the table in docs/training-conversion.md.
    """

    differences: ClassVar[tuple[int, ...]] = ()

    @property
    def title(self) -> str:
        """The rule's name in reports."""
        return type(self).__name__

    def module(self, node: cst.Module, code: Code) -> cst.Module:
        """Change the whole module, before its parts."""
        return node

    def class_def(self, node: cst.ClassDef, code: Code) -> cst.ClassDef:
        """Change a class, after its parts."""
        return node

    def function_def(self, node: cst.FunctionDef, code: Code) -> cst.FunctionDef:
        """Change a function, after its parts."""
        return node

    def statement(self, node: cst.SimpleStatementLine, code: Code) -> Statements | None:
        """Put statements in the place of one, None to leave it."""
        return None

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """Change a call, after its parts."""
        return node

    def name(self, node: cst.Name, code: Code) -> cst.BaseExpression:
        """Change a name that is read."""
        return node

    def attribute(self, node: cst.Attribute, code: Code) -> cst.BaseExpression:
        """Change an attribute that is read."""
        return node

    def subscript(self, node: cst.Subscript, code: Code) -> cst.BaseExpression:
        """Change a subscript."""
        return node


class Walk(cst.CSTTransformer):
    """Takes some rules over a module, in their order at each node."""

    def __init__(self, rules: Iterable[Rule], code: Code) -> None:
        super().__init__()
        self.rules = list(rules)
        self.code = code
        self._bare: set[int] = set()
        self._handled = {
            name: [each for each in self.rules if getattr(type(each), name) is not getattr(Rule, name)]
            for name in ("class_def", "function_def", "statement", "call", "name", "attribute", "subscript")
        }

    def _changed(self, kind: str, node: cst.CSTNode) -> cst.CSTNode:
        same = type(node)
        for rule in self._handled[kind]:
            self.code.rule = rule.title
            new = getattr(rule, kind)(node, self.code)
            if new is not node:
                self.code.counts[rule.title] += 1
                node = new
                if not isinstance(node, same):
                    break
        return node

    # Names that are not read: parts of attributes, keywords, parameters, what is imported or defined.
    def visit_Attribute(self, node: cst.Attribute) -> None:
        """The name behind the dot is no variable."""
        self._bare.add(id(node.attr))

    def visit_Arg(self, node: cst.Arg) -> None:
        """Nor is a keyword."""
        if node.keyword is not None:
            self._bare.add(id(node.keyword))

    def visit_Param(self, node: cst.Param) -> None:
        """Nor is a parameter."""
        self._bare.add(id(node.name))

    def visit_ImportFrom(self, node: cst.ImportFrom) -> bool:
        """Imports are the import rule's."""
        return False

    def visit_Import(self, node: cst.Import) -> bool:
        """Imports are the import rule's."""
        return False

    def visit_AssignTarget(self, node: cst.AssignTarget) -> None:
        """A name that is given something keeps its name."""
        self._bare.add(id(node.target))

    def visit_ClassDef(self, node: cst.ClassDef) -> None:
        """Go into a class."""
        self._bare.add(id(node.name))
        self.code.place.append(node.name.value)

    def visit_FunctionDef(self, node: cst.FunctionDef) -> None:
        """Go into a function."""
        self._bare.add(id(node.name))
        self.code.place.append(node.name.value)

    def leave_ClassDef(self, original_node: cst.ClassDef, updated_node: cst.ClassDef) -> cst.ClassDef:
        """Change a class."""
        new = self._changed("class_def", updated_node)
        self.code.place.pop()
        assert isinstance(new, cst.ClassDef)  # noqa: S101 - what the rules' signature says
        return new

    def leave_FunctionDef(self, original_node: cst.FunctionDef, updated_node: cst.FunctionDef) -> cst.FunctionDef:
        """Change a function."""
        new = self._changed("function_def", updated_node)
        self.code.place.pop()
        assert isinstance(new, cst.FunctionDef)  # noqa: S101 - what the rules' signature says
        return new

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.BaseExpression:
        """Change a call."""
        return self._changed("call", updated_node)  # type: ignore[return-value]

    def leave_Subscript(self, original_node: cst.Subscript, updated_node: cst.Subscript) -> cst.BaseExpression:
        """Change a subscript."""
        return self._changed("subscript", updated_node)  # type: ignore[return-value]

    def leave_Attribute(self, original_node: cst.Attribute, updated_node: cst.Attribute) -> cst.BaseExpression:
        """Change an attribute."""
        if id(original_node) in self._bare:
            return updated_node
        return self._changed("attribute", updated_node)  # type: ignore[return-value]

    def leave_Name(self, original_node: cst.Name, updated_node: cst.Name) -> cst.BaseExpression:
        """Change a name that is read."""
        if id(original_node) in self._bare:
            return updated_node
        return self._changed("name", updated_node)  # type: ignore[return-value]

    def leave_SimpleStatementLine(
        self, original_node: cst.SimpleStatementLine, updated_node: cst.SimpleStatementLine
    ) -> cst.BaseStatement | cst.FlattenSentinel[cst.BaseStatement] | cst.RemovalSentinel:
        """Change a line."""
        lines: list[cst.BaseStatement] = [updated_node]
        for rule in self._handled["statement"]:
            self.code.rule = rule.title
            after: list[cst.BaseStatement] = []
            for line in lines:
                new = rule.statement(line, self.code) if isinstance(line, cst.SimpleStatementLine) else None
                if new is None:
                    after.append(line)
                    continue
                self.code.counts[rule.title] += 1
                after += _with_comments(line, new)
            lines = after
        if lines == [updated_node]:
            return updated_node
        return cst.FlattenSentinel(lines) if lines else cst.RemoveFromParent()

    def leave_IndentedBlock(
        self, original_node: cst.IndentedBlock, updated_node: cst.IndentedBlock
    ) -> cst.IndentedBlock:
        """A block that lost all its lines keeps one that does nothing."""
        if updated_node.body:
            return updated_node
        return updated_node.with_changes(body=[cst.SimpleStatementLine([cst.Pass()])])


def _with_comments(line: cst.BaseStatement, new: Statements) -> list[cst.BaseStatement]:
    """The new lines under the comments of the old one."""
    found = list(new)
    if found and isinstance(line, cst.SimpleStatementLine) and line.leading_lines:
        first = found[0]
        if isinstance(first, cst.SimpleStatementLine) and not first.leading_lines:
            found[0] = first.with_changes(leading_lines=line.leading_lines)
    return found


def walk(rules: Iterable[Rule], code: Code) -> None:
    """Take rules over the code once."""
    found = list(rules)
    for rule in found:
        code.rule = rule.title
        new = rule.module(code.module, code)
        if new is not code.module:
            code.counts[rule.title] += 1
            code.module = new
    code.kinds = Kinds(code.module)
    code.place = []
    new = code.module.visit(Walk(found, code))
    assert isinstance(new, cst.Module)  # noqa: S101 - a module's visit gives a module
    code.module = new


def expression_of(node: cst.SimpleStatementLine) -> cst.BaseExpression | None:
    """The expression that is all of a line, as in `a.b(c)`."""
    only = node.body[0] if len(node.body) == 1 else None
    return only.value if isinstance(only, cst.Expr) else None


def assigned(node: cst.SimpleStatementLine) -> tuple[str, cst.BaseExpression] | None:
    """The one name that a line gives a value, and the value."""
    only = node.body[0] if len(node.body) == 1 else None
    if not (isinstance(only, cst.Assign) and len(only.targets) == 1):
        return None
    name = dotted(only.targets[0].target)
    return (name, only.value) if name else None

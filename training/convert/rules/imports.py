"""The head of the file: one import of Manim, and the modules that ManimGL's brought along."""

from __future__ import annotations

import libcst as cst

from training.convert.code import Code, Rule
from training.convert.nodes import statements, text

MODULES = {
    "np": "import numpy as np", "it": "import itertools as it", "op": "import operator as op", "os": "import os",
    "re": "import re", "sys": "import sys", "math": "import math", "random": "import random", "string": "import string",
    "inspect": "import inspect", "partial": "from functools import partial", "reduce": "from functools import reduce",
    "Iterable": "from collections.abc import Iterable", "Callable": "from collections.abc import Callable",
    "Sequence": "from collections.abc import Sequence", "warnings": "import warnings", "time": "import time",
    "combinations": "from itertools import combinations", "Counter": "from collections import Counter",
}  # fmt: skip
GL = ("manim_imports_ext", "manimlib", "big_ol_pile_of_manim_imports")


def is_gl_import(node: cst.BaseSmallStatement) -> bool:
    """Whether a statement imports ManimGL."""
    if isinstance(node, cst.ImportFrom) and node.module is not None:
        return text(node.module).split(".")[0] in GL
    if isinstance(node, cst.Import):
        return any(text(each.name).split(".")[0] in GL for each in node.names)
    return False


class _Used(cst.CSTVisitor):
    """Names a module reads, gives values to, and imports."""

    def __init__(self) -> None:
        self.read: set[str] = set()
        self.bound: set[str] = set()

    def visit_Name(self, node: cst.Name) -> None:
        self.read.add(node.value)

    def visit_Param(self, node: cst.Param) -> None:
        self.bound.add(node.name.value)

    def visit_AssignTarget(self, node: cst.AssignTarget) -> None:
        if isinstance(node.target, cst.Name):
            self.bound.add(node.target.value)

    def visit_ImportFrom(self, node: cst.ImportFrom) -> bool:
        if not isinstance(node.names, cst.ImportStar):
            self.bound |= {_name(each) for each in node.names}
        return False

    def visit_Import(self, node: cst.Import) -> bool:
        self.bound |= {_name(each) for each in node.names}
        return False

    def visit_Attribute(self, node: cst.Attribute) -> bool:
        node.value.visit(self)
        return False

    def visit_Arg(self, node: cst.Arg) -> bool:
        node.value.visit(self)
        return False


def _name(node: cst.ImportAlias) -> str:
    return text(node.asname.name) if node.asname is not None else text(node.name).split(".")[0]


class Imports(Rule):
    """`from manim_imports_ext import *` and its elders."""

    differences = ()

    def module(self, node: cst.Module, code: Code) -> cst.Module:
        """`from manim import *`, the modules in use, the functions that were needed."""
        body: list[cst.BaseStatement] = []
        found = False
        for line in node.body:
            if isinstance(line, cst.SimpleStatementLine) and any(is_gl_import(each) for each in line.body):
                rest = [each for each in line.body if not is_gl_import(each)]
                if not found:
                    new = statements("from manim import *")[0]
                    body.append(new.with_changes(leading_lines=line.leading_lines))
                found = True
                if rest:
                    body.append(line.with_changes(body=rest))
                continue
            body.append(line)
        if not found and not code.helpers:
            return node
        used = _Used()
        node.visit(used)
        missing = [line for name, line in MODULES.items() if name in used.read and name not in used.bound]
        head = _after_imports(body)
        extra = statements("\n".join(missing)) if found and missing else []
        helpers = [each for source in code.helpers.values() for each in statements("\n\n" + source)]
        code.helpers.clear()
        return node.with_changes(body=[*body[:head], *extra, *helpers, *body[head:]])


def _after_imports(body: list[cst.BaseStatement]) -> int:
    """Where the imports end."""
    last = 0
    for at, line in enumerate(body):
        if isinstance(line, cst.SimpleStatementLine) and any(
            isinstance(each, cst.Import | cst.ImportFrom) for each in line.body
        ):
            last = at + 1
    return last

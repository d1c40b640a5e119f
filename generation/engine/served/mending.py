"""Slips of a model that need no model to correct: functions of NumPy without their prefix, and Manim's former names."""

from __future__ import annotations

import ast

from generation.engine import syntax
from generation.engine.apiindex import check_api
from generation.engine.apiindex.check import FORMER

_OF_NUMPY = frozenset(
    {
        "sin",
        "cos",
        "tan",
        "arcsin",
        "arccos",
        "arctan",
        "exp",
        "log",
        "sqrt",
        "abs",
        "linspace",
        "arange",
        "array",
        "pi",
    }
)


def mended(code: str) -> str:
    """The code with those names put right that Manim does not have and that can mean one thing only."""
    unknown = {fault.name for fault in check_api(code) if fault.code == "unknown_name"}
    right = {name: f"np.{name}" if name in _OF_NUMPY else FORMER[name] for name in unknown & (_OF_NUMPY | {*FORMER})}
    if not right:
        return code
    places = [
        (node.lineno, node.col_offset, node.id)
        for node in ast.walk(syntax.parse(code))
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in right
    ]
    lines = [line.encode() for line in code.split("\n")]  # the tree counts columns in bytes
    for number, column, name in sorted(places, reverse=True):
        line = lines[number - 1]
        lines[number - 1] = line[:column] + right[name].encode() + line[column + len(name) :]
    return b"\n".join(lines).decode()

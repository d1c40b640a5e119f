"""Converts one piece of code: all rules in their order, and an account of what they did and left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import libcst as cst

from training.convert.code import Code, Left, Rule, is_manimgl, is_new, walk
from training.convert.rules.order import ORDER

VERSION = "2"  # part of the key of kept results: raise it when a rule changes


@dataclass(frozen=True, slots=True)
class Converted:
    """The new code, how often each rule changed something, and what is left."""

    source: str
    counts: Mapping[str, int]
    left: tuple[Left, ...]


def convert(source: str, order: Sequence[Sequence[type[Rule]]] = ORDER) -> Converted:
    """Convert code that imports ManimGL; code that does not is given back as it is.

    Raises SyntaxError where the code can't be read.
    """
    if not is_manimgl(source):
        return Converted(source, {}, ())
    try:
        module = cst.parse_module(source)
    except cst.ParserSyntaxError as error:
        raise SyntaxError(str(error)) from error
    code = Code(module, new=is_new(source))
    for group in order:
        walk([rule() for rule in group], code)
    return Converted(code.module.code, dict(code.counts), tuple(code.left))

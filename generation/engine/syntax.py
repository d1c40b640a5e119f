"""Python's own parser, one thread at a time."""

from __future__ import annotations

import ast
import threading

_parsing = threading.Lock()


def parse(source: str) -> ast.Module:
    """Parse like `ast.parse`, safely from several threads.

    CPython 3.11 keeps the depth of the tree it builds in a place that all threads share: two parses at once end in
    SystemError "AST constructor recursion depth mismatch" (python/cpython#106905).
    """
    with _parsing:
        return ast.parse(source)

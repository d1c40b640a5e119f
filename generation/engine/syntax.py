"""Python's own parser, one thread at a time."""

from __future__ import annotations

import ast
import threading

# To quote the line of an error the parser opens the file it is told of, so it is told of one that can't be there.
NOWHERE = "/dev/null/source"
_parsing = threading.Lock()


def parse(source: str) -> ast.Module:
    """Parse like `ast.parse`, safely from several threads.

    CPython 3.11 keeps the depth of the tree it builds in a place that all threads share: two parses at once end in
    SystemError "AST constructor recursion depth mismatch" (python/cpython#106905).
    """
    with _parsing:
        return ast.parse(source, NOWHERE)

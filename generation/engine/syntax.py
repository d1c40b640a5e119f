"""Python's own parser, one thread at a time."""

from __future__ import annotations

import ast
import re
import threading
from collections.abc import Iterable

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


def rewritten(source: str, edits: Iterable[tuple[ast.expr, str]]) -> str:
    """The source with the text of some nodes replaced; all else stays, character for character.

    The tree counts columns in UTF-8 bytes, so the work is done on bytes.
    """
    code = source.encode("utf-8")
    starts = [0, *(match.end() for match in re.finditer(rb"\r\n|\r|\n", code))]
    for node, text in sorted(edits, key=lambda edit: (edit[0].lineno, edit[0].col_offset), reverse=True):
        first = starts[node.lineno - 1] + node.col_offset
        last = starts[(node.end_lineno or node.lineno) - 1] + (node.end_col_offset or 0)
        code = code[:first] + text.encode("utf-8") + code[last:]
    return code.decode("utf-8")

"""The scene kit that scenes import inside the jail and that every export carries along.

It is three files to read and one module to use: KIT_SOURCE is all of it as one text.
"""

from __future__ import annotations

import ast
from pathlib import Path

KIT_FOLDER = Path(__file__).resolve().parent
KIT_PARTS = ("theorama_stage", "theorama_kit", "theorama_formula")
_HEAD = "import math\n\nimport numpy as np\nfrom manim import *\n"


def _without_head(source: str) -> str:
    """The module without its docstring and imports, which stand at its top."""
    last = [node for node in ast.parse(source).body if isinstance(node, ast.Import | ast.ImportFrom)][-1]
    return "\n".join(source.splitlines()[last.end_lineno :]).strip("\n")


def _joined() -> str:
    parts = [(KIT_FOLDER / f"{name}.py").read_text(encoding="utf-8") for name in KIT_PARTS]
    return "\n\n\n".join([_HEAD.rstrip("\n"), *map(_without_head, parts)]) + "\n"


KIT_SOURCE = _joined()

"""The animation as one Python file that the plain `manim` command renders, with nothing of ours installed."""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Sequence

from generation.engine import slices, syntax
from generation.engine.kit import KIT_SOURCE

KIT_MODULE = "theorama_kit"
SHARED_IMPORTS = "import math\n\nimport numpy as np\nfrom manim import *\n"


def self_contained(source: str, *, title: str, order: Sequence[str] = ()) -> str:
    """Return `source` with the scene kit inlined and, last, one class that plays every scene in order.

    `manim FILE.py` without a scene's name renders that class, so the file gives the very animation it came from.
    `order` names the scenes where theirs is not that of the code. Sources whose scenes are not all kit stages keep
    their scenes one by one (`manim -a FILE.py`).
    """
    scenes = tuple(order) or slices.scene_names(source)
    parts = [
        _header(title),
        SHARED_IMPORTS,
        "# --- The scene kit of Theorama (MIT licence) " + "-" * 60,
        _kit(),
        "# --- The animation " + "-" * 85,
        _body(source),
    ]
    if _all_stages(source, scenes):
        parts.append(_whole(title, source, scenes))
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def class_name(title: str, taken: set[str]) -> str:
    """Return a Python class name made of the title's words that is not `taken`."""
    words = re.findall(r"[A-Za-z0-9]+", title)
    name = "".join(word[:1].upper() + word[1:] for word in words) or "Animation"
    if not name[0].isalpha():
        name = f"Animation{name}"
    while name in taken:
        name += "Animation"
    return name


def _header(title: str) -> str:
    safe = " ".join(title.replace("\\", " ").replace('"', "'").split())
    return f'"""{safe}.\n\nMade with Theorama. Render it with Manim Community 0.22:  manim -qh THIS_FILE.py\n"""'


@functools.cache
def _kit() -> str:
    return _body(KIT_SOURCE)


def _body(source: str) -> str:
    """Return the module without its docstring and the imports that the exported file already has."""
    tree = syntax.parse(source)
    lines = source.splitlines()
    for statement in tree.body:
        if _is_docstring(statement, tree) or _is_shared_import(statement):
            for number in range(statement.lineno - 1, statement.end_lineno or statement.lineno):
                lines[number] = ""
    return re.sub(r"\n{4,}", "\n\n\n", "\n".join(lines)).strip("\n")


def _is_docstring(statement: ast.stmt, tree: ast.Module) -> bool:
    return statement is tree.body[0] and isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def _is_shared_import(statement: ast.stmt) -> bool:
    if isinstance(statement, ast.ImportFrom):
        star = [alias.name for alias in statement.names] == ["*"]
        return statement.module in {KIT_MODULE, "__future__"} or (statement.module == "manim" and star)
    if isinstance(statement, ast.Import):
        return ast.unparse(statement) in {"import math", "import numpy as np"}
    return False


def _all_stages(source: str, scenes: tuple[str, ...]) -> bool:
    bases = {
        node.name: [base.id for base in node.bases if isinstance(base, ast.Name)]
        for node in syntax.parse(source).body
        if isinstance(node, ast.ClassDef)
    }
    return bool(scenes) and all(bases.get(scene) == ["Stage"] for scene in scenes)


def _whole(title: str, source: str, scenes: tuple[str, ...]) -> str:
    taken = {node.id for node in ast.walk(syntax.parse(source)) if isinstance(node, ast.Name)} | set(scenes)
    name = class_name(title, taken)
    return (
        f"class {name}(Stage):\n"
        f'    """The whole animation: every scene in order."""\n\n'
        f"    def construct(self):\n"
        f"        play_scenes(self, {', '.join(scenes)})\n\n\n"
        f"# Without a scene's name on the command line, Manim renders the whole animation.\n"
        f'config.scene_names = config.scene_names or ["{name}"]\n'
    )

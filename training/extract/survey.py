"""Reads the source of ManimGL and lists what it has: names, classes with their parameters, methods of mobjects.

`python -m training.extract.survey FOLDER... > training/extract/data/manimgl.json`, with the folders `manimlib` of the
releases wanted, newest first. The releases listed are 1.7.2 (manimgl) and 0.2.0 (manimlib), both under the MIT licence.
"""

from __future__ import annotations

import ast
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

_TOOLS = {"window.py", "module_loader.py", "extract_scene.py", "__main__.py", "logger.py", "stream_starter.py"}
# What the star import of ManimGL also brings.
MODULES = ("np", "it", "op", "os", "re", "sys", "math", "random", "string", "inspect", "Color", "Image", "partial",
           "reduce", "Iterable", "Callable", "Sequence", "warnings")  # fmt: skip


def parameters(function: ast.FunctionDef) -> list[str]:
    """Names of the positional parameters without `self`; `*` and `**` where more are taken."""
    given = function.args
    found = [each.arg for each in (*given.posonlyargs, *given.args)][1:]
    found += ["*"] if given.vararg else []
    found += [each.arg for each in given.kwonlyargs]
    return found + (["**"] if given.kwarg else [])


def survey(folder: Path) -> dict[str, Any]:
    """What one release has."""
    classes: dict[str, Any] = {}
    names: set[str] = set()
    for file in sorted(folder.rglob("*.py")):
        if file.name in _TOOLS:
            continue
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            names |= set(_bound(node))
            if isinstance(node, ast.ClassDef):
                classes[node.name] = _class(node)
    return {"names": names, "classes": classes}


def _bound(node: ast.stmt) -> Iterator[str]:
    if isinstance(node, ast.ClassDef | ast.FunctionDef):
        yield node.name
    elif isinstance(node, ast.Assign | ast.AnnAssign):
        for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
            yield from (each.id for each in ast.walk(target) if isinstance(each, ast.Name))


def _class(node: ast.ClassDef) -> dict[str, Any]:
    functions = [each for each in node.body if isinstance(each, ast.FunctionDef)]
    init = [parameters(each) for each in functions if each.name == "__init__"]
    return {
        "bases": [each.id for each in node.bases if isinstance(each, ast.Name)],
        "methods": sorted(each.name for each in functions if not each.name.startswith("_")),
        **({"init": init[0]} if init else {}),
    }


def joined(found: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Several releases as one; where they differ the first one counts, methods of all are kept."""
    classes: dict[str, Any] = {}
    names = set(MODULES)
    for release in found:
        names |= release["names"]
        for name, each in release["classes"].items():
            known = classes.setdefault(name, each)
            known["methods"] = sorted({*known["methods"], *each["methods"]})
    return {
        "names": sorted(each for each in names if not each.startswith("_")),
        "classes": dict(sorted(classes.items())),
    }


def main() -> None:
    """Write the list for the folders named on the command line."""
    found = joined(survey(Path(folder)) for folder in sys.argv[1:])
    sys.stdout.write(json.dumps(found, separators=(",", ":")).replace('},"', '},\n"') + "\n")


if __name__ == "__main__":
    main()

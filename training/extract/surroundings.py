"""What the files of a checkout bring one another: the names behind `from manim_imports_ext import *`."""

from __future__ import annotations

import ast
from pathlib import Path

from training.extract.checkout import Checkout
from training.extract.definitions import GL_MODULES, take_apart
from training.extract.scenes import Surroundings

HEADS = tuple(f"{name}.py" for name in GL_MODULES)


def look_around(checkout: Checkout) -> Surroundings:
    """The names that the checkout's own head file brings, and the modules that are files here."""
    modules = {
        each.stem if each.suffix == ".py" else each.name
        for each in checkout.root.iterdir()
        if not each.name.startswith(".")
    }
    brought: dict[str, str] = {}
    for head in HEADS:
        _bring(checkout.root, checkout.root / head, brought, set())
    return Surroundings(brought, frozenset(modules - set(GL_MODULES)))


def _bring(root: Path, file: Path, brought: dict[str, str], seen: set[Path]) -> None:
    """Follow the star imports of a file through the checkout."""
    if file in seen or not file.is_file() or not file.resolve().is_relative_to(root):
        return
    seen.add(file)
    try:
        parts = take_apart(file.read_text(encoding="utf-8", errors="replace"))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    inside = str(file.relative_to(root))
    if inside not in HEADS:
        for part in parts.parts:
            for name in part.names:
                if not name.startswith("_") and not isinstance(part.node, ast.Expr):
                    brought.setdefault(name, inside)
    for module in parts.stars:
        if module.lstrip(".").startswith("manimlib"):
            continue
        place = root / Path(*module.lstrip(".").split("."))
        _bring(root, place.with_suffix(".py"), brought, seen)
        _bring(root, place / "__init__.py", brought, seen)

"""A Jupyter notebook (nbformat 4.5) that draws the animation with the plain Manim that it installs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from generation.engine.exports.clips import OnPart
from generation.engine.exports.material import Material
from generation.engine.exports.script import class_name


def write(material: Material, out: Path, told: OnPart) -> None:
    """Write the notebook; it runs on any computer with Manim's system packages."""
    name = _whole_class(material)
    cells = [
        _text("about", f"# {material.title}\n\n" + "\n".join(f"- {line}" for line in material.understood)),
        _code("install", "%pip install -q manim==0.22.0"),
        _text("code", "The whole animation. Change a `knob(...)` and run the cells below again."),
        _code("animation", material.script),
        _code("draw", f"%manim -qm -v WARNING {name}"),
    ]
    book = {
        "cells": cells,
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
            "title": material.title,
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    out.write_text(json.dumps(book, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    told(1.0)


def _whole_class(material: Material) -> str:
    """Return the class that plays everything: the script's last one."""
    names = [line.split()[1].split("(")[0].rstrip(":") for line in material.script.splitlines() if line[:6] == "class "]
    return names[-1] if names else class_name(material.title, set())


def _text(key: str, text: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "id": key, "metadata": {}, "source": text.splitlines(keepends=True)}


def _code(key: str, text: str) -> dict[str, Any]:
    return {
        "cell_type": "code", "execution_count": None, "id": key, "metadata": {}, "outputs": [],
        "source": text.splitlines(keepends=True),
    }  # fmt: skip

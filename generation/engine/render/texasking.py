"""Formulas in the jail: TeX pictures come from the TeX server, over a socket that was open before the jail shut.

The documents are exactly those Manim would compile itself, so the pictures are the same.
"""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

import manim.utils.tex_file_writing as tex_files
from manim import config
from manim.mobject.text import tex_mobject

from generation.engine.render import texforesight, wire
from generation.engine.render.texforesight import Foreseen

FOLDER = Path("/tmp/tex")  # noqa: S108 - private to this jail


class TexError(ValueError):
    """A formula that TeX could not set. Manim's own code raises ValueError here, so code that catches it still does."""

    def __init__(self, code: str, message: str, formula: str) -> None:
        super().__init__(message)
        self.code = code
        self.formula = formula


class TexLost(Exception):
    """Whoever sets formulas went away. That is nobody's fault here: the job is done once more."""


class TexMissing(TexError):
    """TeX is not installed on this machine."""


def use(fd: int, code: str = "", scene: str = "") -> None:
    """Let Manim ask the TeX server on the connected socket `fd` for every formula.

    The formulas that `code` spells out for `scene` are asked for together, when the first is needed.
    """
    server = socket.socket(fileno=fd)
    foreseen = Foreseen(code, scene)

    def tex_to_svg_file(expression: str, environment: str | None = None, tex_template: Any = None) -> Path:
        template = tex_template or config["tex_template"]
        document = texforesight.document(expression, environment, template)
        picture = _place(document)
        if not picture.exists():
            for text, svg in foreseen.take(document, lambda words: _ask(server, words)).items():
                _write(_place(text), svg)
        if picture.exists():
            return picture
        compilers = template.tex_compiler
        words = {
            "document": document,
            "compilers": [compilers] if isinstance(compilers, str) else list(compilers),
            "format": template.output_format,
        }
        answer = _ask(server, words)
        if "svg" not in answer:
            kind = TexMissing if answer.get("code") == "tex_missing" else TexError
            raise kind(str(answer.get("code")), str(answer.get("message")), expression)
        _write(picture, answer["svg"])
        return picture

    tex_files.tex_to_svg_file = tex_to_svg_file
    vars(tex_mobject)["tex_to_svg_file"] = tex_to_svg_file  # it imported the name


def _ask(server: socket.socket, words: dict[str, Any]) -> dict[str, Any]:
    try:
        wire.send_json(server, words)
        answer = wire.receive_json(server, wire.LARGEST_SVG)
    except OSError as error:
        raise TexLost from error
    if answer is None:
        raise TexLost
    return answer


def _place(document: str) -> Path:
    return FOLDER / f"{tex_files.tex_hash(document)}.svg"


def _write(picture: Path, svg: str) -> None:
    FOLDER.mkdir(exist_ok=True)
    picture.write_text(svg, encoding="utf-8")
